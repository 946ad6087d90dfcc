use serde::{Deserialize, Serialize};

/// The kinds of text whose token counts differ between vocabularies in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextClass {
    /// Prose in Latin script.
    Latin,
    /// Programs, JSON, logs, markup.
    Code,
    /// Text in any other script.
    Other,
}

/// How much of a text is of each class, in rough tokens.
///
/// ```
/// use foretoken::tokens::Profile;
/// assert_eq!(Profile::of("A plain English sentence.\n").code, 0);
/// assert!(Profile::of("fn main() { println!(\"{}\", 1 + 1); }").code > 0);
/// assert!(Profile::of("Съешь же ещё этих мягких французских булок").other > 0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub latin: u64,
    pub code: u64,
    pub other: u64,
}

/// Characters of each class that make about as many tokens as each other, so that the classes can be weighed.
const LATIN_WEIGHT: u64 = 2;
const CODE_WEIGHT: u64 = 3;
const OTHER_WEIGHT: u64 = 5;

impl Profile {
    pub fn of(text: &str) -> Profile {
        text.lines().fold(Profile::default(), |profile, line| {
            profile.plus(line_profile(line))
        })
    }

    pub fn plus(self, other: Profile) -> Profile {
        Profile {
            latin: self.latin + other.latin,
            code: self.code + other.code,
            other: self.other + other.other,
        }
    }

    pub fn total(self) -> u64 {
        self.latin + self.code + self.other
    }
}

fn line_profile(line: &str) -> Profile {
    let (mut letters, mut foreign, mut symbols, mut all) = (0_u64, 0_u64, 0_u64, 0_u64);
    for character in line.chars() {
        all += 1;
        match character {
            'a'..='z' | 'A'..='Z' | ' ' => letters += 1,
            '{'
            | '}'
            | '['
            | ']'
            | '('
            | ')'
            | '<'
            | '>'
            | '='
            | ';'
            | '_'
            | '/'
            | '\\'
            | '|'
            | '&'
            | '*'
            | '+'
            | '#'
            | '@'
            | '"'
            | '`'
            | '$'
            | '~'
            | '^'
            | ':'
            | '0'..='9' => {
                symbols += 1;
            }
            other if other > '\u{24f}' => foreign += 1,
            _ => letters += 1,
        }
    }
    let mut profile = Profile {
        other: foreign * OTHER_WEIGHT,
        ..Profile::default()
    };
    // One symbol or digit in eight is more than prose has.
    if symbols * 8 > all {
        profile.code = (letters + symbols) * CODE_WEIGHT;
    } else {
        profile.latin = (letters + symbols) * LATIN_WEIGHT;
    }
    profile
}
