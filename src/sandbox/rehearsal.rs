use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;
use crate::catalog::Model;
use crate::scenario::AnswerTokens;
use crate::usage::Meter;

/// How fast an answer arrives.
///
/// ```
/// use foretoken::sandbox::Pace;
/// let pace = Pace { first_token_ms: 600, tokens_per_second: 80 };
/// assert_eq!((pace.tokens_at(599), pace.tokens_at(600), pace.tokens_at(1_600)), (0, 1, 81));
/// assert_eq!(pace.milliseconds(81), 1_600);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pace {
    /// Milliseconds from the request to the first token.
    pub first_token_ms: u64,
    /// Above 0.
    pub tokens_per_second: u64,
}

impl Pace {
    /// A small model's, a usual one's and a large one's.
    const CLASSES: [Pace; 3] = [
        Pace {
            first_token_ms: 300,
            tokens_per_second: 150,
        },
        Pace {
            first_token_ms: 700,
            tokens_per_second: 80,
        },
        Pace {
            first_token_ms: 1_200,
            tokens_per_second: 45,
        },
    ];

    /// What a model of this class is like: nobody publishes it, so it is told from the price of its answers, and the
    /// user can set another.
    pub fn of(model: &Model, at: Timestamp) -> Pace {
        let [small, usual, large] = Pace::CLASSES;
        let rate = model.base_rate(at.into(), None, Meter::Output);
        match rate.map(|rate| rate.amount) {
            Some(dollars) if dollars <= Decimal::TWO => small,
            Some(dollars) if dollars > Decimal::from(20) => large,
            _ => usual,
        }
    }

    /// How many tokens are there so many milliseconds after the request.
    pub fn tokens_at(self, milliseconds: u64) -> u64 {
        match milliseconds.checked_sub(self.first_token_ms) {
            None => 0,
            Some(since) => 1 + since.saturating_mul(self.tokens_per_second) / 1_000,
        }
    }

    /// When so many tokens are there.
    pub fn milliseconds(self, tokens: u64) -> u64 {
        let rest = tokens.saturating_sub(1).saturating_mul(1_000);
        self.first_token_ms + rest.div_ceil(self.tokens_per_second.max(1))
    }
}

/// An answer that the page plays: as long as one of the model's could be, at its pace, in words that say that no model wrote
/// them. The same seed gives the same answer.
///
/// ```
/// use foretoken::{sandbox::{Pace, Rehearsal}, scenario::AnswerTokens};
/// let pace = Pace { first_token_ms: 600, tokens_per_second: 80 };
/// let rehearsal = Rehearsal::new(7, AnswerTokens { low: 120, expected: 280, high: 600 }, pace);
/// assert!((120..=600).contains(&rehearsal.tokens()));
/// assert_eq!(rehearsal, Rehearsal::new(7, AnswerTokens { low: 120, expected: 280, high: 600 }, pace));
/// assert_eq!(rehearsal.text(5), "No model wrote this:");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rehearsal {
    tokens: u64,
    pace: Pace,
}

impl Rehearsal {
    /// As often shorter than expected as longer, never beyond either end.
    pub fn new(seed: u64, answer: AnswerTokens, pace: Pace) -> Rehearsal {
        let drawn = mixed(seed);
        let (from, to) = match drawn & 1 {
            0 => (answer.low, answer.expected),
            _ => (answer.expected, answer.high),
        };
        let choices = to.saturating_sub(from).saturating_add(1);
        let tokens = from + (drawn >> 1) % choices;
        Rehearsal { tokens, pace }
    }

    /// How long the answer will be.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// How much of it is there so many milliseconds after the request.
    pub fn tokens_at(&self, milliseconds: u64) -> u64 {
        self.pace.tokens_at(milliseconds).min(self.tokens)
    }

    /// When all of it is.
    pub fn milliseconds(&self) -> u64 {
        self.pace.milliseconds(self.tokens)
    }

    /// The first so many tokens of it: a word or a sign is one, in every vocabulary that is published.
    pub fn text(&self, tokens: u64) -> String {
        let words = WORDS.iter().cycle();
        let text: String = words
            .take(tokens.min(self.tokens) as usize)
            .copied()
            .collect();
        text.trim_start().to_owned()
    }
}

/// What the answer says, over and over; each is one token.
pub const WORDS: &[&str] = &[
    " No", " model", " wrote", " this", ":", " the", " page", " plays", " an", " answer", " as",
    " long", " as", " one", " could", " be", ",", " so", " that", " you", " see", " what", " it",
    " would", " cost", ".", " Nothing", " was", " sent", " and", " nothing", " was", " paid", ".",
];

/// SplitMix64: neighbouring seeds give numbers that have nothing to do with each other.
fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
