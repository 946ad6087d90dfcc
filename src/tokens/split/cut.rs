//! Where a text may be cut so that its parts split as the whole does.
//!
//! A scanner never looks behind, so a cut is safe when every piece begun before it ends where it would end if the text
//! did. Of these pieces only those count that reach the cut or look past it. Each scanner's rule speaks of the two
//! characters at the cut, and sometimes of the one before them; it says by the pattern's alternatives why no other text
//! matters, and `tests/split/cuts.rs` tries it on every short text over an alphabet of every kind.

use super::class::{Class, character_at, character_before};
use super::run::is_newline;

/// The place between two characters.
#[derive(Debug, Clone, Copy)]
pub struct Seam<'text> {
    pub left: Class,
    pub right: Class,
    /// The text before the last character on the left.
    before: &'text [u8],
    last_left: u8,
    first_right: u8,
}

/// Ask a rule about the place before byte `at`. The text's start and end are no seams; nothing is cut there.
pub fn between<'text>(text: &'text [u8], at: usize, is_safe: impl Fn(Seam<'text>) -> bool) -> bool {
    let left = character_before(text, at);
    let right = character_at(text, at);
    if left.length == 0 || right.length == 0 {
        return true;
    }
    is_safe(Seam {
        left: left.class,
        right: right.class,
        before: &text[..at - left.length],
        last_left: text[at - 1],
        first_right: text[at],
    })
}

impl Seam<'_> {
    pub fn newline_left(self) -> bool {
        is_newline(self.last_left)
    }

    pub fn newline_right(self) -> bool {
        is_newline(self.first_right)
    }

    pub fn space_left(self) -> bool {
        self.last_left == b' '
    }

    pub fn apostrophe_left(self) -> bool {
        self.last_left == b'\''
    }

    pub fn apostrophe_right(self) -> bool {
        self.first_right == b'\''
    }

    pub fn slash_right(self) -> bool {
        self.first_right == b'/'
    }

    pub fn ascii_left(self) -> bool {
        self.last_left.is_ascii()
    }

    pub fn ascii_right(self) -> bool {
        self.first_right.is_ascii()
    }

    /// The character before the one on the left.
    pub fn before_left(self) -> Class {
        character_before(self.before, self.before.len()).class
    }

    pub fn before_left_is_apostrophe(self) -> bool {
        self.before.ends_with(b"'")
    }
}
