//! Where a text may be cut so that its parts split as the whole does.
//!
//! Let a text be *a* and then *b*. A scanner never looks behind, so *b* splits the same in the text and alone, if the
//! text has a boundary between them. It has, and *a* splits the same, if every piece begun in *a* ends where it would
//! end if *a* were all. A scanner reads on from a piece's start until a character, or the text's end, decides. So a cut
//! is safe when, whatever alternative may be reading when it comes to the cut, the first character of *b* stops it as the
//! end would, and leaves it with the same piece. By the last character of *a*, these may be reading:
//!
//! * a letter: a run of letters, or a contraction (whose letters and apostrophe are all in *a*, or whose first letter is
//!   the last of *a*);
//! * a mark: a run of letters or of signs, as the pattern has it;
//! * a number: a run of numbers;
//! * a sign: a run of signs; or what may stand before a word; or an apostrophe before its contraction;
//! * a newline: what follows a run of signs, or a run of blanks. The run of blanks is cut after its last newline, so it
//!   is the same if *b* begins with no blank, whether `\s*[\r\n]+`, `\s++$` or `\s+(?!\S)` took it;
//! * another blank: a run of blanks, which leaves its last to a text that follows: no place to cut.
//!
//! Each scanner's rule goes through these for its own pattern. `tests/split/cuts.rs` tries it on every text of two
//! characters of any kinds on each side, and on random texts.

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
