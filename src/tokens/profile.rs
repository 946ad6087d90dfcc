use serde::{Deserialize, Serialize};

use super::words::{Packed, Tongue, tongue};

/// How much of a text is of each class, in rough hundredths of a token.
///
/// ```
/// use foretoken::tokens::Profile;
/// let english = Profile::of("A plain sentence in English, as one would write it to a friend.\n");
/// assert_eq!(english.total(), english.english);
/// assert!(Profile::of("fn main() { println!(\"{}\", 1 + 1); }").code > 0);
/// assert!(Profile::of("Съешь же ещё этих мягких французских булок").other > 0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub english: u64,
    pub latin: u64,
    pub code: u64,
    pub cjk: u64,
    pub other: u64,
}

/// Tokens of `o200k_base` that a hundred characters make, blanks after a blank left out: the middle of 510 texts.
const ENGLISH_WEIGHT: u64 = 21;
const LATIN_WEIGHT: u64 = 27;
const CODE_WEIGHT: u64 = 34;
const CJK_WEIGHT: u64 = 76;
const OTHER_WEIGHT: u64 = 42;

impl Profile {
    /// Read a text once, line by line; a line that says little goes with its neighbours.
    pub fn of(text: &str) -> Profile {
        let mut reader = Reader::default();
        for character in text.chars() {
            reader.read(character);
        }
        reader.finish()
    }

    pub fn plus(self, other: Profile) -> Profile {
        Profile {
            english: self.english + other.english,
            latin: self.latin + other.latin,
            code: self.code + other.code,
            cjk: self.cjk + other.cjk,
            other: self.other + other.other,
        }
    }

    pub fn total(self) -> u64 {
        self.english + self.latin + self.code + self.cjk + self.other
    }
}

/// A longer line is judged in parts of about this many characters.
const LONG_LINE: u64 = 400;
/// A line's evidence for or against code counts no more than this, so that one line cannot decide for many.
const MOST_CODE: i64 = 60;
/// A line needs this much evidence to speak for a language itself, and more where it only has no small English words.
const CLEAR: i64 = 8;
const CLEAR_BY_LACK: i64 = 24;

/// What speaks for code in a line that starts as comments and markup do, and in one that is indented.
const STARTS_AS_CODE: i64 = 20;
const INDENTED: i64 = 12;
const INDENTED_AFTER_CODE: i64 = 40;

/// What a key in quotes says for code: as much as two strong signs.
const KEY: u64 = 6;

const ENGLISH_WORD: i64 = 6;
const FOREIGN_WORD: i64 = -6;
const ACCENTED_WORD: i64 = -4;
const PLAIN_WORD: i64 = -1;

#[derive(Default)]
struct Reader {
    profile: Profile,
    line: Line,
    word: Word,
    /// How much the lines before looked like code, the nearest most.
    code: i64,
    /// What the lines before were written in, where they said.
    language: Option<Tongue>,
    /// Characters of prose before the language was known, what their words said for English, and whether any was foreign.
    undecided: u64,
    leaning: i64,
    foreign: bool,
}

/// What was seen of one line.
#[derive(Default)]
struct Line {
    /// Blanks before the first other character.
    indent: u64,
    /// Characters of Latin script and those common to all scripts.
    latin: u64,
    cjk: u64,
    other: u64,
    /// Characters that are not blank.
    visible: u64,
    /// The weight of signs and digits, which programs and data have and prose has not.
    signs: u64,
    letters: u64,
    /// What its words say for English, less what they say against it.
    english: i64,
    /// Some word is of another language, or accented.
    foreign: bool,
    starts_as_code: bool,
    /// The last character, a blank for any blank, nought beyond ASCII.
    last: u8,
}

#[derive(Default)]
struct Word {
    packed: Packed,
    length: u32,
    accented: bool,
    /// It follows an apostrophe, as the "s" of "it's".
    tail: bool,
    /// Its last letter is a small one.
    lower: bool,
}

impl Reader {
    fn read(&mut self, character: char) {
        if character.is_ascii() {
            self.read_ascii(character as u8);
        } else {
            self.read_beyond(character);
        }
    }

    fn read_ascii(&mut self, byte: u8) {
        let line = &mut self.line;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                line.latin += 1;
                line.visible += 1;
                line.letters += 1;
                line.last = byte;
                let word = &mut self.word;
                // A capital inside a word.
                if byte & 0x20 == 0 && word.lower {
                    line.signs += 3;
                }
                word.lower = byte & 0x20 != 0;
                word.packed = word.packed << 8 | Packed::from(byte | 0x20);
                word.length += 1;
            }
            b'\n' => self.end_line(),
            b' ' | b'\t' | b'\r' => {
                self.end_word(false);
                let line = &mut self.line;
                if line.visible == 0 {
                    line.indent += if byte == b'\t' { 4 } else { 1 };
                } else if line.last != b' ' {
                    line.latin += 1;
                    line.last = b' ';
                }
                if line.latin + line.cjk + line.other > LONG_LINE {
                    self.end_line();
                }
            }
            _ => {
                line.starts_as_code |=
                    line.visible == 0 && matches!(byte, b'/' | b'*' | b'#' | b'<');
                line.latin += 1;
                line.visible += 1;
                line.signs += u64::from(SIGNS[usize::from(byte)]);
                // The end of a key.
                if line.last == b'"' && byte == b':' {
                    line.signs += KEY;
                }
                line.last = byte;
                self.end_word(byte == b'\'');
            }
        }
    }

    fn read_beyond(&mut self, character: char) {
        let line = &mut self.line;
        line.visible += 1;
        line.last = 0;
        match script(character) {
            Script::Latin => {
                line.latin += 1;
                line.letters += 1;
                self.word.accented = true;
                self.word.length += 1;
            }
            Script::Cjk => {
                line.cjk += 1;
                self.end_word(false);
            }
            Script::Other => {
                line.other += 1;
                self.end_word(false);
            }
            Script::Common => {
                line.latin += 1;
                self.end_word(character == '\u{2019}');
            }
        }
        if self.line.cjk + self.line.other > LONG_LINE {
            self.end_line();
        }
    }

    fn end_word(&mut self, apostrophe: bool) {
        let word = std::mem::replace(
            &mut self.word,
            Word {
                tail: apostrophe,
                ..Word::default()
            },
        );
        if word.length == 0 || word.tail {
            return;
        }
        let says = if word.accented {
            ACCENTED_WORD
        } else if word.length > 8 {
            PLAIN_WORD
        } else {
            match tongue(word.packed) {
                Some(Tongue::English) => ENGLISH_WORD,
                Some(Tongue::Foreign) => FOREIGN_WORD,
                None => PLAIN_WORD,
            }
        };
        self.line.english += says;
        self.line.foreign |= says < PLAIN_WORD;
    }

    fn end_line(&mut self) {
        self.end_word(false);
        let line = std::mem::take(&mut self.line);
        if line.visible == 0 {
            return;
        }
        self.profile.cjk += line.cjk * CJK_WEIGHT;
        self.profile.other += line.other * OTHER_WEIGHT;
        if self.is_code(&line) {
            self.profile.code += line.latin * CODE_WEIGHT;
        } else if line.cjk + line.other > line.letters / 4 {
            // Names and terms in a text of another script.
            self.profile.english += line.letters * ENGLISH_WEIGHT;
        } else {
            self.prose(&line);
        }
    }

    /// Many signs for its length, or prose-like among lines of code, as a docstring is.
    fn is_code(&mut self, line: &Line) -> bool {
        let mut here = 4 * line.signs as i64 - line.visible as i64;
        if line.starts_as_code {
            here += STARTS_AS_CODE;
        }
        if line.indent >= 4 {
            here += if self.code > 0 {
                INDENTED_AFTER_CODE
            } else {
                INDENTED
            };
        }
        let here = here.clamp(-MOST_CODE, MOST_CODE);
        let code = here + self.code > 0;
        self.code = (self.code * 7 + here) / 8;
        code
    }

    fn prose(&mut self, line: &Line) {
        if let Some(language) = clear(line.english, line.foreign, CLEAR_BY_LACK) {
            self.language = Some(language);
        } else if self.language.is_none() {
            self.leaning += line.english;
            self.foreign |= line.foreign;
            self.language = clear(self.leaning, self.foreign, 2 * CLEAR_BY_LACK);
        }
        self.undecided += line.latin;
        match self.language {
            Some(Tongue::English) => self.profile.english += self.take_undecided() * ENGLISH_WEIGHT,
            Some(Tongue::Foreign) => self.profile.latin += self.take_undecided() * LATIN_WEIGHT,
            None => {}
        }
    }

    fn take_undecided(&mut self) -> u64 {
        std::mem::take(&mut self.undecided)
    }

    /// A text that never says is taken for English.
    fn finish(mut self) -> Profile {
        self.end_line();
        self.profile.english += self.take_undecided() * ENGLISH_WEIGHT;
        self.profile
    }
}

/// The language that the evidence speaks for, if it is enough.
fn clear(english: i64, foreign: bool, by_lack: i64) -> Option<Tongue> {
    let against = if foreign { CLEAR } else { by_lack };
    if english >= CLEAR {
        Some(Tongue::English)
    } else if english <= -against {
        Some(Tongue::Foreign)
    } else {
        None
    }
}

/// What each ASCII character says for code; four times the sum is set against the length of the line.
static SIGNS: [u8; 128] = signs();

const fn signs() -> [u8; 128] {
    let mut signs = [0; 128];
    let (strong, weak) = (b"{}[]<>=;_\\|&*+#@`$~^/", b"()0123456789");
    let mut at = 0;
    while at < strong.len() {
        signs[strong[at] as usize] = 3;
        at += 1;
    }
    at = 0;
    while at < weak.len() {
        signs[weak[at] as usize] = 2;
        at += 1;
    }
    signs[b'"' as usize] = 1;
    signs[b':' as usize] = 1;
    signs[b'-' as usize] = 1;
    signs
}

enum Script {
    Latin,
    Cjk,
    Other,
    /// Punctuation, symbols, emoji.
    Common,
}

const fn script(character: char) -> Script {
    match character as u32 {
        0..=0xBF | 0xD7 | 0xF7 | 0x2000..=0x2BFF | 0xFE00..=0xFE0F | 0x1_F000..=0x1_FAFF => {
            Script::Common
        }
        0xC0..=0x36F | 0x1E00..=0x1EFF | 0xA720..=0xA7FF | 0xFB00..=0xFB06 => Script::Latin,
        0x1100..=0x11FF
        | 0x2E80..=0x9FFF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF
        | 0x2_0000..=0x3_FFFF => Script::Cjk,
        _ => Script::Other,
    }
}
