//! The oldest pattern: GPT-2, r50k and p50k.
//!
//! GPT-2 writes `\s+(?!\S)|\s+` at its end where tiktoken now writes `\s++$|\s+(?!\S)|\s`; both cut alike, for blanks at
//! the text's end have nothing after them, and a single blank is left only where there is but one.

use super::Scanner;
use super::blank::Blanks;
use super::class::{Class, character_at};
use super::cut::{self, Seam};
use super::run::{letters_end, run_end};

/// As tiktoken publishes it in `tiktoken_ext/openai_public.py`.
pub const P50K_REGEX: &str =
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s";

/// p50k_base, r50k_base and GPT-2.
pub struct P50k;

impl Scanner for P50k {
    #[inline(always)]
    fn piece_end(text: &[u8], at: usize) -> usize {
        let start = at + usize::from(text[at] == b' ');
        let first = character_at(text, start);
        if first.class.is(Class::LETTER) {
            return letters_end(text, start, Class::LETTER);
        }
        if first.class.is(Class::NUMBER) {
            return run_end(text, start, Class::NUMBER);
        }
        if first.class.is(Class::SIGN) {
            return match text[at..] {
                [b'\'', b's' | b'd' | b'm' | b't', ..] => at + 2,
                [b'\'', b'l', b'l', ..] | [b'\'', b'v' | b'r', b'e', ..] => at + 3,
                _ => run_end(text, start, Class::SIGN),
            };
        }
        let blanks = Blanks::at(text, at);
        blanks.leave_one(blanks.end < text.len())
    }

    /// By the character on the left:
    /// * a letter, a number or a sign: the run ends before whatever is of another kind. But an apostrophe may begin a
    ///   contraction if a letter follows;
    /// * a blank, not a space, after what is none: before text, or where the text ends, it is a piece by itself.
    fn is_safe_cut(text: &[u8], at: usize) -> bool {
        cut::between(text, at, |seam: Seam| {
            let Seam { left, right, .. } = seam;
            if left.is(Class::BLANK) {
                return !seam.space_left()
                    && !right.is(Class::BLANK)
                    && !seam.before_left().is(Class::BLANK);
            }
            let kinds = [Class::LETTER, Class::NUMBER, Class::SIGN];
            let apart = kinds
                .iter()
                .all(|kind| !(left.is(*kind) && right.is(*kind)));
            apart && !(seam.apostrophe_left() && right.is(Class::LETTER))
        })
    }
}
