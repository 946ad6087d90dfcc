//! Text is cut into pieces before a vocabulary is asked: no token reaches across a cut.
//!
//! Owns: the published split patterns and, for each, a scanner written by hand that cuts as its regular expression does,
//! in time linear in the text whatever the text; and where a text may be cut so that its parts can be scanned apart.
//! Does not own: how a piece becomes tokens, nor which encoding uses which pattern.
//!
//! Every scanner only looks ahead, never behind: where a piece ends depends on the text from its own start on. So it may
//! be started at any boundary. `tests/split.rs` holds each against the expression itself.

mod blank;
mod case;
mod class;
mod cut;
mod deepseek;
mod gemma;
mod gpt2;
mod letter;
mod pattern;
mod run;

pub use case::{Kimi, O200k, Tekken};
pub use deepseek::DeepSeek;
pub use gemma::Gemma;
pub use gpt2::P50k;
pub use letter::{Cl100k, Glm4, Llama3, Qwen2};
pub use pattern::{Pattern, Pieces, WithScanner};

/// Cuts as one pattern does. Chosen by type, so that a loop over pieces is compiled for the one pattern.
pub trait Scanner {
    /// Where the piece of `text` that begins at byte `at` ends.
    ///
    /// `text` is valid UTF-8, `at` is a boundary between two of its pieces (or its start), and before its end. The
    /// answer lies after `at`.
    fn piece_end(text: &[u8], at: usize) -> usize;

    /// Whether `text` may be cut at byte `at` and the parts be scanned apart: a piece ends there, and none on either
    /// side would be another if the text on the other side were. `at` is a boundary between two characters.
    ///
    /// False where that is not known; at the text's start and end it is true.
    fn is_safe_cut(text: &[u8], at: usize) -> bool;
}

/// No split: the text is one piece.
pub struct Whole;

impl Scanner for Whole {
    fn piece_end(text: &[u8], _: usize) -> usize {
        text.len()
    }

    fn is_safe_cut(text: &[u8], at: usize) -> bool {
        at == 0 || at == text.len()
    }
}
