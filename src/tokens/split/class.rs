//! What kind of character stands at a place, as far as any split pattern asks.
//!
//! The kinds come from `classes.bin`, which `tests/split/table.rs` writes out of the Unicode data of the `regex` crate:
//! the data the published patterns are matched with. Its form: a row number for every 128 characters, first those below
//! U+33480 and then those from U+E0000 to U+E01FF (elsewhere are no characters a pattern asks for), then the rows, four
//! bits a character, the even one low. Whether a character is of the kana blocks is told by its code point.

static TABLE: &[u8; TABLE_LENGTH] = include_bytes!("classes.bin");
const TABLE_LENGTH: usize = include_bytes!("classes.bin").len();

const ROW_BITS: u32 = 7;
const ROW_LENGTH: usize = (1 << ROW_BITS) / 2;
/// The first row number, of 128 characters each, that the table leaves out, and those it has again.
const LOW_ROWS: usize = 0x33480 >> ROW_BITS;
const TAG_ROWS: std::ops::Range<usize> = 0xE0000 >> ROW_BITS..0xE0200 >> ROW_BITS;
const ROWS_AT: usize = LOW_ROWS + (TAG_ROWS.end - TAG_ROWS.start);

/// How far the kinds of the kana blocks are from what they would be elsewhere.
const KANA_SHIFT: u32 = 16;
const KANA: std::ops::RangeInclusive<u32> = 0x3040..=0x30FF;

/// A set of kinds of characters. A character is of exactly one kind, a set of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    /// What stands where the text has ended: of no kind.
    pub const NOTHING: Class = Class(0);
    /// `[\p{Lu}\p{Lt}]`
    pub const UPPER: Class = Class(1 << 0);
    /// `\p{Ll}`
    pub const LOWER: Class = Class(1 << 1);
    /// `[\p{P}\p{S}]`, but those named apart below.
    const PLAIN_SYMBOL: Class = Class(1 << 2);
    /// `\p{N}`, but those named apart below.
    const PLAIN_NUMBER: Class = Class(1 << 3);
    /// `\s`, which is White_Space: none of what stands elsewhere here.
    pub const BLANK: Class = Class(1 << 4);
    /// `\p{M}`, but those named apart below.
    const PLAIN_MARK: Class = Class(1 << 5);
    /// `[\p{Lm}\p{Lo}]`, but those named apart below.
    const PLAIN_LETTER: Class = Class(1 << 6);
    /// U+4E00 to U+9FA5, all `\p{Lo}` and `\p{Han}`.
    const IDEOGRAPH: Class = Class(1 << 7);
    /// The rest of `\p{Han}`: its other letters, marks, numbers, and symbols or punctuation.
    const HAN_LETTER: Class = Class(1 << 8);
    const HAN_MARK: Class = Class(1 << 9);
    const HAN_NUMBER: Class = Class(1 << 10);
    const HAN_SYMBOL: Class = Class(1 << 11);
    /// Controls, format characters, private use and what no character was given: no letter, mark, number, symbol,
    /// punctuation or blank.
    const PLAIN_OTHER: Class = Class(1 << 12);
    /// What stands from U+3040 to U+30FF, in the order of the kinds it would be of elsewhere.
    const KANA_SYMBOL: Class = Class::PLAIN_SYMBOL.of_kana();
    const KANA_MARK: Class = Class::PLAIN_MARK.of_kana();
    const KANA_LETTER: Class = Class::PLAIN_LETTER.of_kana();
    const KANA_OTHER: Class = Class::PLAIN_OTHER.of_kana();

    /// `\p{Han}`
    pub const HAN: Class = Class::IDEOGRAPH
        .or(Class::HAN_LETTER)
        .or(Class::HAN_MARK)
        .or(Class::HAN_NUMBER)
        .or(Class::HAN_SYMBOL);
    /// `[\u{4E00}-\u{9FA5}\u{3040}-\u{30FF}]`
    pub const CJK: Class = Class::IDEOGRAPH
        .or(Class::KANA_LETTER)
        .or(Class::KANA_MARK)
        .or(Class::KANA_SYMBOL)
        .or(Class::KANA_OTHER);
    /// `[\p{Lm}\p{Lo}]`
    pub const CASELESS: Class = Class::PLAIN_LETTER
        .or(Class::IDEOGRAPH)
        .or(Class::HAN_LETTER)
        .or(Class::KANA_LETTER);
    /// `\p{L}`
    pub const LETTER: Class = Class::UPPER.or(Class::LOWER).or(Class::CASELESS);
    /// `\p{M}`
    pub const MARK: Class = Class::PLAIN_MARK.or(Class::HAN_MARK).or(Class::KANA_MARK);
    /// `\p{N}`
    pub const NUMBER: Class = Class::PLAIN_NUMBER.or(Class::HAN_NUMBER);
    /// `[\p{P}\p{S}]`
    pub const SYMBOL: Class = Class::PLAIN_SYMBOL
        .or(Class::HAN_SYMBOL)
        .or(Class::KANA_SYMBOL);
    /// `[^\s\p{L}\p{M}\p{N}\p{P}\p{S}]`
    pub const OTHER: Class = Class::PLAIN_OTHER.or(Class::KANA_OTHER);
    /// `[^\s\p{L}\p{N}]`
    pub const SIGN: Class = Class::BLANK.or(Class::LETTER).or(Class::NUMBER).not();

    const fn of_kana(self) -> Class {
        Class(self.0 << KANA_SHIFT)
    }

    pub const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    pub const fn and(self, other: Class) -> Class {
        Class(self.0 & other.0)
    }

    pub const fn not(self) -> Class {
        Class(!self.0)
    }

    /// Whether a character of this kind is in a set.
    #[inline(always)]
    pub const fn is(self, set: Class) -> bool {
        self.0 & set.0 != 0
    }
}

const fn ascii_class(byte: u8) -> Class {
    match byte {
        b'A'..=b'Z' => Class::UPPER,
        b'a'..=b'z' => Class::LOWER,
        b'0'..=b'9' => Class::PLAIN_NUMBER,
        b'\t'..=b'\r' | b' ' => Class::BLANK,
        b'!'..=b'~' => Class::PLAIN_SYMBOL,
        _ => Class::PLAIN_OTHER,
    }
}

static ASCII: [Class; 128] = {
    let mut classes = [Class::PLAIN_OTHER; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = ascii_class(byte);
        byte += 1;
    }
    classes
};

/// The kind of a character, by its code point.
#[inline]
pub fn class_of(character: u32) -> Class {
    let row = (character >> ROW_BITS) as usize;
    let entry = if row < LOW_ROWS {
        row
    } else if TAG_ROWS.contains(&row) {
        row - TAG_ROWS.start + LOW_ROWS
    } else {
        return Class::PLAIN_OTHER;
    };
    let column = character as usize & ((1 << ROW_BITS) - 1);
    let row_at = ROWS_AT + TABLE[entry] as usize * ROW_LENGTH;
    let pair = TABLE.get(row_at + column / 2).copied().unwrap_or(0xFF);
    let kind = pair >> (column % 2 * 4) & 0xF;
    let shift = if KANA.contains(&character) {
        KANA_SHIFT
    } else {
        0
    };
    Class(1 << (u32::from(kind) + shift))
}

/// A character of a text: its kind, and its length in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Character {
    pub class: Class,
    pub length: usize,
}

impl Character {
    const NOTHING: Character = Character {
        class: Class::NOTHING,
        length: 0,
    };
}

/// The character that begins at byte `at` of a text in UTF-8; nothing at its end.
#[inline(always)]
pub fn character_at(text: &[u8], at: usize) -> Character {
    match text.get(at) {
        None => Character::NOTHING,
        Some(&byte) if byte < 0x80 => Character {
            class: ASCII[(byte & 0x7F) as usize],
            length: 1,
        },
        Some(_) => long_character(&text[at..]),
    }
}

/// The character a text begins with, beyond ASCII.
#[inline]
fn long_character(text: &[u8]) -> Character {
    let low = |byte: u8| u32::from(byte & 0x3F);
    let (character, length) = match *text {
        [a, b, ..] if a < 0xE0 => (u32::from(a & 0x1F) << 6 | low(b), 2),
        [a, b, c, ..] if a < 0xF0 => (u32::from(a & 0x0F) << 12 | low(b) << 6 | low(c), 3),
        [a, b, c, d, ..] => (
            u32::from(a & 0x07) << 18 | low(b) << 12 | low(c) << 6 | low(d),
            4,
        ),
        _ => {
            return Character {
                class: Class::PLAIN_OTHER,
                length: text.len(),
            };
        } // not UTF-8
    };
    Character {
        class: class_of(character),
        length,
    }
}

/// The character that ends before byte `at`; nothing at the text's start.
pub fn character_before(text: &[u8], at: usize) -> Character {
    let mut start = at;
    while start > 0 {
        start -= 1;
        if text[start] & 0xC0 != 0x80 {
            return character_at(text, start);
        }
    }
    Character::NOTHING
}
