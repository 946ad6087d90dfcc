//! All that the user chose, and how it is kept.
//!
//! Owns: the scenario, its starting values, and reading a kept one back. Does not own: what follows from it (see
//! `estimate`), or where it is kept (see `app`).

mod answer;
mod month;

pub use answer::{Answer, AnswerEnd, AnswerLength, AnswerTokens};
pub use month::{AtLimit, MOST_MODELS, MOST_PEOPLE, MOST_PLANS, MOST_PROMPT, MonthChoice};

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::catalog::{Listing, PriceOverride};
use crate::document;
use crate::money;
use crate::tokens::{Attachment, Audio, Image, Message, Prompt, Role};

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
    /// The Month page.
    #[serde(default)]
    pub month: MonthChoice,
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
            month: MonthChoice::default(),
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
    /// The scenario without the texts of documents that have a key, and those texts by it: a draft is written with each
    /// word that is typed, and megabytes that stay the same are not.
    ///
    /// ```
    /// use foretoken::scenario::Scenario;
    /// use foretoken::tokens::{Attachment, Document};
    /// let mut scenario = Scenario::default();
    /// let log = Document { key: "1".into(), ..Document::new("log.txt", "GET / 200") };
    /// scenario.prompt.messages[0].attachments.push(Attachment::Document(log));
    /// let (light, texts) = scenario.clone().without_documents();
    /// assert!(!light.to_json().contains("GET"));
    /// let back = light.with_documents(|key| texts.iter().find(|(known, _)| known == key).map(|(_, text)| text.clone()));
    /// assert_eq!(back, (scenario, Vec::new()), "nothing is missing");
    /// ```
    pub fn without_documents(mut self) -> (Scenario, Vec<(String, Arc<str>)>) {
        let empty = Arc::<str>::from("");
        let keyed = self
            .prompt
            .documents_mut()
            .filter(|document| !document.key.is_empty());
        let texts = keyed
            .map(|document| {
                let text = std::mem::replace(&mut document.text, empty.clone());
                (document.key.clone(), text)
            })
            .collect();
        (self, texts)
    }

    /// The whole scenario again, and the names of documents whose text is gone: they are gone with it.
    pub fn with_documents(
        mut self,
        text: impl Fn(&str) -> Option<Arc<str>>,
    ) -> (Scenario, Vec<String>) {
        let mut lost = Vec::new();
        for message in &mut self.prompt.messages {
            message
                .attachments
                .retain_mut(|attachment| match attachment {
                    Attachment::Document(document) if !document.key.is_empty() => {
                        match text(&document.key) {
                            Some(text) => document.text = text,
                            None => {
                                lost.push(document.name.clone());
                                return false;
                            }
                        }
                        true
                    }
                    _ => true,
                });
        }
        (self, lost)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(json: &str) -> Result<Scenario, ScenarioError> {
        let foreign = |error: serde_json::Error| ScenarioError::Foreign(error.to_string());
        let found = document::version(json).map_err(foreign)?;
        if found > VERSION {
            return Err(ScenarioError::Newer { found });
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
        )?;
        for attachment in self.prompt.attachments() {
            check_attachment(attachment)?;
        }
        self.month.check()
    }
}

/// The longest side of a picture, the longest recording and the most pages that can be attached.
const MOST_PIXELS: u32 = 1_000_000;
const MOST_MILLISECONDS: u64 = 1_000_000_000;
const MOST_PAGES: u32 = 1_000_000;

fn check_attachment(attachment: &Attachment) -> Result<(), ScenarioError> {
    match attachment {
        Attachment::Image(Image { width, height, .. }) => expect(
            [width, height]
                .iter()
                .all(|side| (1..=MOST_PIXELS).contains(*side)),
            ("the sides of a picture", format!("{width} × {height}")),
            "1 to 1,000,000 pixels each",
        ),
        Attachment::Audio(Audio { milliseconds, .. }) => expect(
            *milliseconds <= MOST_MILLISECONDS,
            ("the length of a recording", milliseconds),
            "1,000,000 seconds at most",
        ),
        Attachment::Document(document) => expect(
            document.pages.is_none_or(|pages| pages <= MOST_PAGES),
            ("the pages of a document", format!("{:?}", document.pages)),
            "1,000,000 at most",
        ),
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
