//! Which patterns there are, and what was published of each.

use super::{
    Cl100k, DeepSeek, Gemma, Glm4, Kimi, Llama3, O200k, P50k, Qwen2, Scanner, Tekken, Whole, case,
    deepseek, gpt2, letter,
};
use std::iter::FusedIterator;

/// A published split pattern.
///
/// ```
/// use foretoken::tokens::split::Pattern;
/// let pieces: Vec<&str> = Pattern::O200k.pieces("It's 12345 tokensLater\n").collect();
/// assert_eq!(pieces, ["It's", " ", "123", "45", " tokens", "Later", "\n"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// o200k_base and o200k_harmony.
    O200k,
    /// cl100k_base.
    Cl100k,
    /// p50k_base, r50k_base and GPT-2.
    P50k,
    /// Llama 3.
    Llama3,
    /// Qwen 2, 2.5 and 3.
    Qwen2,
    /// DeepSeek V3 and R1.
    DeepSeek,
    /// Mistral's Tekken.
    Tekken,
    /// Kimi K2.
    Kimi,
    /// GLM-4 and GLM-4.5.
    Glm4,
    /// Gemma 4, which has none: cuts where no token crosses.
    Gemma,
    /// No split: one piece.
    Whole,
}

/// What is to be done with a pattern's scanner, for any scanner: see [`Pattern::with_scanner`].
pub trait WithScanner {
    type Output;
    fn run<S: Scanner>(self) -> Self::Output;
}

impl Pattern {
    pub const ALL: [Pattern; 11] = [
        Pattern::O200k,
        Pattern::Cl100k,
        Pattern::P50k,
        Pattern::Llama3,
        Pattern::Qwen2,
        Pattern::DeepSeek,
        Pattern::Tekken,
        Pattern::Kimi,
        Pattern::Glm4,
        Pattern::Gemma,
        Pattern::Whole,
    ];

    /// The published expression. DeepSeek's is three, one a line: each cuts the pieces the one before left, and what an
    /// expression does not match stays a piece.
    pub const fn regex(self) -> &'static str {
        match self {
            Pattern::O200k => case::O200K_REGEX,
            Pattern::Cl100k => letter::CL100K_REGEX,
            Pattern::P50k => gpt2::P50K_REGEX,
            Pattern::Llama3 | Pattern::Glm4 => letter::LLAMA3_REGEX,
            Pattern::Qwen2 => letter::QWEN2_REGEX,
            Pattern::DeepSeek => deepseek::DEEPSEEK_REGEXES,
            Pattern::Tekken => case::TEKKEN_REGEX,
            Pattern::Kimi => case::KIMI_REGEX,
            Pattern::Gemma | Pattern::Whole => r"(?s:.+)",
        }
    }

    /// Do something with this pattern's scanner, compiled for that scanner alone.
    pub fn with_scanner<W: WithScanner>(self, work: W) -> W::Output {
        match self {
            Pattern::O200k => work.run::<O200k>(),
            Pattern::Cl100k => work.run::<Cl100k>(),
            Pattern::P50k => work.run::<P50k>(),
            Pattern::Llama3 => work.run::<Llama3>(),
            Pattern::Qwen2 => work.run::<Qwen2>(),
            Pattern::DeepSeek => work.run::<DeepSeek>(),
            Pattern::Tekken => work.run::<Tekken>(),
            Pattern::Kimi => work.run::<Kimi>(),
            Pattern::Glm4 => work.run::<Glm4>(),
            Pattern::Gemma => work.run::<Gemma>(),
            Pattern::Whole => work.run::<Whole>(),
        }
    }

    /// The pieces of a text, in order; together they are the text.
    pub fn pieces(self, text: &str) -> Pieces<'_> {
        struct PieceEnd;
        impl WithScanner for PieceEnd {
            type Output = fn(&[u8], usize) -> usize;
            fn run<S: Scanner>(self) -> Self::Output {
                S::piece_end
            }
        }
        Pieces {
            rest: text,
            piece_end: self.with_scanner(PieceEnd),
        }
    }

    /// Whether the text may be cut at byte `at` and its parts be split apart: see [`Scanner::is_safe_cut`].
    ///
    /// ```
    /// use foretoken::tokens::split::Pattern;
    /// assert!(Pattern::Cl100k.is_safe_cut("two words".as_bytes(), 3));
    /// // The space belongs to the word after it.
    /// assert!(!Pattern::Cl100k.is_safe_cut("two words".as_bytes(), 4));
    /// ```
    pub fn is_safe_cut(self, text: &[u8], at: usize) -> bool {
        struct IsSafeCut<'text>(&'text [u8], usize);
        impl WithScanner for IsSafeCut<'_> {
            type Output = bool;
            fn run<S: Scanner>(self) -> bool {
                S::is_safe_cut(self.0, self.1)
            }
        }
        self.with_scanner(IsSafeCut(text, at))
    }
}

/// The pieces of a text: see [`Pattern::pieces`].
#[derive(Debug, Clone)]
pub struct Pieces<'text> {
    rest: &'text str,
    piece_end: fn(&[u8], usize) -> usize,
}

impl<'text> Iterator for Pieces<'text> {
    type Item = &'text str;

    fn next(&mut self) -> Option<&'text str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = (self.piece_end)(self.rest.as_bytes(), 0);
        debug_assert!(end > 0, "a piece without a character of {:?}", self.rest);
        let (piece, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(piece)
    }
}

impl FusedIterator for Pieces<'_> {}
