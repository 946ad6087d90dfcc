use serde::{Deserialize, Serialize};

/// What a count rests on, from surest to least sure.
///
/// ```
/// use foretoken::tokens::Basis;
/// assert!(Basis::Exact < Basis::Stated && Basis::Probable < Basis::Estimate);
/// assert_eq!(Basis::Exact.max(Basis::Probable).word(), "probable", "the less sure of two is the greater");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The model's own published vocabulary and framing.
    Exact,
    /// The user measured it and told us.
    Stated,
    /// The text is likely exact; its framing, or which vocabulary applies, is modelled.
    Probable,
    /// No public vocabulary, or one that is not loaded: a range.
    Estimate,
}

impl Basis {
    /// The settled word a reader sees.
    pub const fn word(self) -> &'static str {
        match self {
            Basis::Exact => "exact",
            Basis::Stated => "your count",
            Basis::Probable => "probable",
            Basis::Estimate => "estimate",
        }
    }
}

/// A number of tokens, the range it lies in, and what it rests on.
///
/// ```
/// use foretoken::tokens::{Basis, TokenCount};
/// let text = TokenCount::sure(184, Basis::Exact);
/// let framing = TokenCount::sure(11, Basis::Probable);
/// let prompt = text.plus(framing);
/// assert_eq!((prompt.tokens, prompt.basis), (195, Basis::Probable), "a sum is as sure as its least sure part");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCount {
    pub tokens: u64,
    pub low: u64,
    pub high: u64,
    pub basis: Basis,
}

impl TokenCount {
    pub const ZERO: TokenCount = TokenCount::sure(0, Basis::Exact);

    /// A count without a band.
    pub const fn sure(tokens: u64, basis: Basis) -> Self {
        TokenCount {
            tokens,
            low: tokens,
            high: tokens,
            basis,
        }
    }

    pub fn plus(self, other: TokenCount) -> TokenCount {
        TokenCount {
            tokens: self.tokens.saturating_add(other.tokens),
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
            basis: self.basis.max(other.basis),
        }
    }

    pub const fn is_banded(self) -> bool {
        self.low != self.high
    }
}
