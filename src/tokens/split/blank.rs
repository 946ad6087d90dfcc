//! What the patterns do with blanks, when no other alternative takes them.

use super::class::{Class, character_at};
use super::run::{is_newline, spaces_end};

/// A run of blanks.
#[derive(Debug, Clone, Copy)]
pub struct Blanks {
    start: usize,
    /// Where its last character begins.
    last: usize,
    /// Where its last newline ends, or the start where it has none.
    newline_end: usize,
    pub end: usize,
}

impl Blanks {
    /// The run at `at`, where a blank stands.
    #[inline(always)]
    pub fn at(text: &[u8], at: usize) -> Blanks {
        let mut run = Blanks {
            start: at,
            last: at,
            newline_end: at,
            end: at,
        };
        loop {
            let next = character_at(text, run.end);
            if !next.class.is(Class::BLANK) {
                return run;
            }
            run.last = run.end;
            run.end += next.length;
            let byte = text[run.last];
            if byte == b' ' {
                run.end = spaces_end(text, run.end);
                run.last = run.end - 1;
            } else if is_newline(byte) {
                run.newline_end = run.end;
            }
        }
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last newline, else [`Blanks::leave_one`].
    #[inline(always)]
    pub fn newlines_first(self, text_goes_on: bool) -> usize {
        if self.newline_end > self.start {
            self.newline_end
        } else {
            self.leave_one(text_goes_on)
        }
    }

    /// `\s+(?!\S)|\s+`: the last blank before more text is left to it, unless it is the only one.
    #[inline(always)]
    pub fn leave_one(self, text_goes_on: bool) -> usize {
        if text_goes_on && self.last > self.start {
            self.last
        } else {
            self.end
        }
    }
}
