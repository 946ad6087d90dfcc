//! How long the answer will be.

use serde::{Deserialize, Serialize};

/// How long the answer will be.
///
/// ```
/// use foretoken::scenario::{AnswerLength, Scenario};
/// let answer = Scenario::default().answer;
/// assert_eq!((answer.length, answer.own.expected), (AnswerLength::ChatReply, 300));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub length: AnswerLength,
    /// An answer pasted as a sample; kept while another length is chosen.
    #[serde(default)]
    pub sample: String,
    /// The user's own figures; kept while another length is chosen.
    pub own: AnswerTokens,
}

/// What the user says of the answer's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerLength {
    YesOrNo,
    Sentence,
    ChatReply,
    Page,
    Report,
    LikeThePrompt,
    ModelMaximum,
    Sample,
    Own,
}

/// Tokens of an answer: least, expected, most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTokens {
    pub low: u64,
    pub expected: u64,
    pub high: u64,
}

/// One of the three figures of an answer's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnswerEnd {
    Low,
    Expected,
    High,
}

impl AnswerEnd {
    pub const fn label(self) -> &'static str {
        match self {
            AnswerEnd::Low => "Low",
            AnswerEnd::Expected => "Expected",
            AnswerEnd::High => "High",
        }
    }
}

impl AnswerTokens {
    /// These figures with one of them set; the others give way as far as they must.
    ///
    /// ```
    /// use foretoken::scenario::{AnswerEnd, AnswerTokens};
    /// let reply = AnswerTokens { low: 120, expected: 280, high: 600 };
    /// assert_eq!(reply.with(AnswerEnd::High, 900).high, 900);
    /// assert_eq!(reply.with(AnswerEnd::Expected, 1_000), AnswerTokens { low: 120, expected: 1_000, high: 1_000 });
    /// ```
    pub fn with(self, end: AnswerEnd, tokens: u64) -> AnswerTokens {
        match end {
            AnswerEnd::Low => AnswerTokens {
                low: tokens,
                expected: self.expected.max(tokens),
                high: self.high.max(tokens),
            },
            AnswerEnd::Expected => AnswerTokens {
                low: self.low.min(tokens),
                expected: tokens,
                high: self.high.max(tokens),
            },
            AnswerEnd::High => AnswerTokens {
                low: self.low.min(tokens),
                expected: self.expected.min(tokens),
                high: tokens,
            },
        }
    }
}

impl AnswerLength {
    pub const ALL: [AnswerLength; 9] = [
        AnswerLength::YesOrNo,
        AnswerLength::Sentence,
        AnswerLength::ChatReply,
        AnswerLength::Page,
        AnswerLength::Report,
        AnswerLength::LikeThePrompt,
        AnswerLength::ModelMaximum,
        AnswerLength::Sample,
        AnswerLength::Own,
    ];

    pub const fn label(self) -> &'static str {
        match self {
            AnswerLength::YesOrNo => "Yes or no",
            AnswerLength::Sentence => "A sentence",
            AnswerLength::ChatReply => "A chat reply",
            AnswerLength::Page => "A page",
            AnswerLength::Report => "A report",
            AnswerLength::LikeThePrompt => "Like the prompt",
            AnswerLength::ModelMaximum => "Model’s limit",
            AnswerLength::Sample => "From a sample",
            AnswerLength::Own => "My own figures",
        }
    }

    /// Least, expected and most words, where the length is one in words.
    ///
    /// ```
    /// use foretoken::scenario::AnswerLength;
    /// assert_eq!(AnswerLength::ChatReply.words(), Some((90, 210, 450)));
    /// assert_eq!(AnswerLength::Sample.words(), None, "as many tokens as the sample has");
    /// ```
    pub const fn words(self) -> Option<(u64, u64, u64)> {
        match self {
            AnswerLength::YesOrNo => Some((1, 1, 3)),
            AnswerLength::Sentence => Some((9, 18, 36)),
            AnswerLength::ChatReply => Some((90, 210, 450)),
            AnswerLength::Page => Some((300, 500, 700)),
            AnswerLength::Report => Some((1_500, 3_000, 6_000)),
            _ => None,
        }
    }
}
