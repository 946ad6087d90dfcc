//! All that the user chose, and how it is kept.
//!
//! Owns: the scenario, its starting values, and reading a kept one back. Does not own: what follows from it (see
//! `estimate`), or where it is kept (see `app`).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::catalog::{Listing, PriceOverride};
use crate::money;
use crate::tokens::{Message, Prompt, Role};

/// Raised when an older page could not read what a newer one keeps.
pub const VERSION: u32 = 1;

/// Why a kept draft could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    #[error("the saved draft is not one of ours: {0}")]
    Foreign(String),
    #[error(
        "the saved draft was made by a newer version ({found}; this page reads up to {VERSION}): reload to get it"
    )]
    Newer { found: u32 },
    #[error("the saved draft has {seen} for {what}; expected {expected}")]
    Impossible {
        what: &'static str,
        seen: String,
        expected: &'static str,
    },
}

/// A model at a provider, by their ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ModelKey {
    pub provider: String,
    pub model: String,
}

impl ModelKey {
    pub fn is(&self, listing: Listing<'_>) -> bool {
        *self.provider == *listing.provider.id && *self.model == *listing.model.id
    }
}

/// All that the user chose. Everything shown follows from it, the catalogue, the counts and the day.
///
/// ```
/// use foretoken::scenario::Scenario;
/// let kept = Scenario::default().to_json();
/// assert_eq!(Scenario::from_json(&kept).unwrap(), Scenario::default());
/// assert!(Scenario::from_json("{\"cart\": []}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    pub version: u32,
    pub prompt: Prompt,
    pub answer: Answer,
    pub load: Load,
    #[serde(default)]
    pub selected: Option<ModelKey>,
    #[serde(default)]
    pub pins: Vec<ModelKey>,
    #[serde(default)]
    pub overrides: Vec<PriceOverride>,
    /// True counts the user entered, by family of tokenizers.
    #[serde(default)]
    pub calibrations: BTreeMap<String, Calibration>,
}

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

impl Calibration {
    /// A count of ours as the true one would be, if it stood to ours as it did when it was entered.
    ///
    /// ```
    /// use foretoken::scenario::Calibration;
    /// assert_eq!(Calibration { stated: 1_150, counted: 1_000 }.scale(2_000), 2_300);
    /// ```
    pub fn scale(self, tokens: u64) -> u64 {
        money::product(tokens.into(), self.stated.into())
            .and_then(|product| money::quotient(product, self.counted.into()))
            .ok()
            .and_then(|scaled| money::round(scaled, 0).to_u64())
            .unwrap_or(tokens)
    }
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

/// How often the prompt is sent, and how.
///
/// ```
/// use foretoken::scenario::Load;
/// let load = Load { cache_read_percent: 90.into(), ..Load::default() };
/// // Of 100 tokens 90 are read from the cache, none is written to it, and 10 are plain input.
/// assert_eq!(load.cache_write_percent, 0.into());
/// assert_eq!((load.requests_per_day, load.variant), (100.into(), None));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Load {
    #[serde(with = "rust_decimal::serde::str")]
    pub requests_per_day: Decimal,
    /// Year and month; the next calendar month where none was chosen.
    #[serde(default)]
    pub month: Option<(i16, i8)>,
    /// Percent of the prompt read from the provider's cache.
    #[serde(with = "rust_decimal::serde::str")]
    pub cache_read_percent: Decimal,
    /// Percent of the prompt written to it.
    #[serde(with = "rust_decimal::serde::str")]
    pub cache_write_percent: Decimal,
    /// Written to stay an hour, not the usual few minutes.
    #[serde(default)]
    pub cache_write_hour: bool,
    /// `batch`, `flex` and so on; the standard price where none is named.
    #[serde(default)]
    pub variant: Option<String>,
}

/// A count the user measured, beside what we counted for the same prompt then.
/// Stated 1,150 where we counted 1,000, a prompt that we count at 2,000 is taken to be 2,300 tokens.
///
/// ```
/// use foretoken::scenario::{Calibration, Scenario};
/// let mut scenario = Scenario::default();
/// scenario.calibrations.insert("claude_new".into(), Calibration { stated: 1_150, counted: 1_000 });
/// assert_eq!(Scenario::from_json(&scenario.to_json()).unwrap().calibrations["claude_new"].stated, 1_150);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    pub stated: u64,
    pub counted: u64,
}

impl Default for Scenario {
    fn default() -> Self {
        Scenario {
            version: VERSION,
            prompt: Prompt {
                messages: vec![Message::new(Role::User, "")],
                tools: String::new(),
            },
            answer: Answer {
                length: AnswerLength::ChatReply,
                sample: String::new(),
                own: AnswerTokens {
                    low: 100,
                    expected: 300,
                    high: 600,
                },
            },
            load: Load::default(),
            selected: None,
            pins: Vec::new(),
            overrides: Vec::new(),
            calibrations: BTreeMap::new(),
        }
    }
}

impl Default for Load {
    fn default() -> Self {
        Load {
            requests_per_day: Decimal::ONE_HUNDRED,
            month: None,
            cache_read_percent: Decimal::ZERO,
            cache_write_percent: Decimal::ZERO,
            cache_write_hour: false,
            variant: None,
        }
    }
}

impl Scenario {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(json: &str) -> Result<Scenario, ScenarioError> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let foreign = |error: serde_json::Error| ScenarioError::Foreign(error.to_string());
        let head: Head = serde_json::from_str(json).map_err(foreign)?;
        if head.version > VERSION {
            return Err(ScenarioError::Newer {
                found: head.version,
            });
        }
        let scenario: Scenario = serde_json::from_str(json).map_err(foreign)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// What no page of ours lets anyone choose is not opened either.
    fn check(&self) -> Result<(), ScenarioError> {
        let Load {
            requests_per_day,
            month,
            cache_read_percent: read,
            cache_write_percent: write,
            ..
        } = &self.load;
        let AnswerTokens {
            low,
            expected,
            high,
        } = self.answer.own;
        let within = |value: &Decimal, most: Decimal| *value >= Decimal::ZERO && *value <= most;
        let hundred = Decimal::ONE_HUNDRED;
        expect(
            !self.prompt.messages.is_empty(),
            ("the messages", "none"),
            "one at least",
        )?;
        expect(
            within(requests_per_day, MOST_REQUESTS.into()),
            ("the requests a day", requests_per_day),
            "0 to 1,000,000,000",
        )?;
        expect(
            within(read, hundred) && within(write, hundred - read),
            ("the cached shares", format!("{read} and {write}")),
            "percentages that sum to 100 at most",
        )?;
        expect(
            month.is_none_or(|(year, month)| {
                (2000..=2200).contains(&year) && (1..=12).contains(&month)
            }),
            ("the month", format!("{month:?}")),
            "a year from 2000 to 2200 and a month from 1 to 12",
        )?;
        expect(
            low <= expected && expected <= high && high <= MOST_TOKENS,
            ("the answer", format!("{low} to {expected} to {high}")),
            "three rising numbers of tokens, 10,000,000 at most",
        )
    }
}

/// The most requests a day, and the most tokens of an answer, that can be chosen.
pub const MOST_REQUESTS: u64 = 1_000_000_000;
pub const MOST_TOKENS: u64 = 10_000_000;

fn expect(
    holds: bool,
    (what, seen): (&'static str, impl ToString),
    expected: &'static str,
) -> Result<(), ScenarioError> {
    if holds {
        return Ok(());
    }
    Err(ScenarioError::Impossible {
        what,
        seen: seen.to_string(),
        expected,
    })
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
