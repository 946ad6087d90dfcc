use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Pace;
use crate::calendar::{Timestamp, written};
use crate::catalog::{Catalog, Model};
use crate::document;
use crate::money::{self, Money, MoneyError};
use crate::rating::{Rated, RatingError, rate_request};
use crate::scenario::ModelKey;
use crate::tokens::{Message, TokenCount};
use crate::usage::Usage;

/// The version of sessions this library writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Whole,
    /// By the user. What had arrived is metered.
    Stopped,
    /// By itself, for this reason. What had arrived is metered.
    Broken(String),
}

/// One request: what was sent, what came back, and by whose count. What it cost follows from it and the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    #[serde(with = "written::instant")]
    pub at: Timestamp,
    pub model: ModelKey,
    #[serde(default)]
    pub variant: Option<String>,
    /// The page played the model: nothing was sent and nothing was paid.
    pub rehearsed: bool,
    /// The beginning of what the user said.
    pub said: String,
    /// Our own count of what was sent.
    pub counted: TokenCount,
    /// Of that, what the conversation had sent or been sent before.
    pub resent: u64,
    /// What was used: as the provider says, or by our own count.
    pub usage: Usage,
    /// The input tokens the provider counted, where it said so.
    #[serde(default)]
    pub reported: Option<u64>,
    pub outcome: Outcome,
    pub milliseconds: u64,
}

/// Why a request has no price. Never 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unpriced {
    #[error("this model is not in the catalogue")]
    Unknown,
    #[error(transparent)]
    Rating(#[from] RatingError),
}

/// From a difference of more than so many percent between our count and the provider's, a line is flagged.
const FLAGGED_PERCENT: Decimal = Decimal::ONE;

impl Entry {
    /// What it cost, at the prices of its moment.
    pub fn cost(&self, catalog: &Catalog) -> Result<Rated, Unpriced> {
        self.rated(catalog, &self.usage)
    }

    /// What it would have cost if all that was sent again had been read from the provider's cache.
    pub fn cost_if_cached(&self, catalog: &Catalog) -> Result<Rated, Unpriced> {
        let cached = Usage {
            cache_read_tokens: self.resent.min(self.usage.input_tokens),
            cache_write_tokens: 0,
            cache_write_1h_tokens: 0,
            ..self.usage
        };
        self.rated(catalog, &cached)
    }

    fn rated(&self, catalog: &Catalog, usage: &Usage) -> Result<Rated, Unpriced> {
        let listing = catalog.get(&self.model.provider, &self.model.model);
        let model: &Model = listing.ok_or(Unpriced::Unknown)?.model;
        Ok(rate_request(
            model,
            usage,
            self.at,
            self.variant.as_deref(),
        )?)
    }

    /// How much more the provider counted than we did, in percent of ours.
    pub fn difference_percent(&self) -> Option<Decimal> {
        let (ours, theirs) = (self.counted.tokens.into(), self.reported?.into());
        let difference = money::difference(theirs, ours).ok()?;
        let hundredfold = money::product(difference, Decimal::ONE_HUNDRED).ok()?;
        money::quotient(hundredfold, ours).ok()
    }

    pub fn is_flagged(&self) -> bool {
        let difference = self.difference_percent();
        difference.is_some_and(|percent| percent.abs() > FLAGGED_PERCENT)
    }
}

/// A conversation in the sandbox, and every request that was made for it.
///
/// ```
/// use foretoken::sandbox::Session;
/// let kept = Session::default().to_json();
/// assert_eq!(Session::from_json(&kept).unwrap(), Session::default());
/// assert!(Session::from_json("{\"version\": 2}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub version: u32,
    /// What it may cost, in dollars.
    #[serde(with = "rust_decimal::serde::str")]
    pub limit: Decimal,
    /// How fast answers arrive, where the user set it.
    #[serde(default)]
    pub pace: Option<Pace>,
    pub messages: Vec<Message>,
    pub entries: Vec<Entry>,
}

/// Why a kept session could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    #[error("it is no session of this page: {0}")]
    Foreign(String),
    #[error("its version is {0}, newer than this page reads ({VERSION})")]
    Newer(u32),
}

/// What the requests of a session come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Of those that have a price.
    pub cost: Money,
    pub priced: u32,
    pub unpriced: u32,
    pub input_tokens: u64,
    pub output_tokens: u64,
}

impl Default for Session {
    fn default() -> Self {
        Session {
            version: VERSION,
            limit: Decimal::ONE,
            pace: None,
            messages: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl Session {
    pub fn limit(&self) -> Money {
        Money::usd(self.limit)
    }

    pub fn summary(&self, catalog: &Catalog) -> Result<Summary, MoneyError> {
        let mut summary = Summary {
            cost: Money::usd(Decimal::ZERO),
            priced: 0,
            unpriced: 0,
            input_tokens: 0,
            output_tokens: 0,
        };
        for entry in &self.entries {
            let (input, output) = (entry.usage.input_tokens, entry.usage.output_tokens);
            summary.input_tokens = summary.input_tokens.saturating_add(input);
            summary.output_tokens = summary.output_tokens.saturating_add(output);
            match entry.cost(catalog) {
                Ok(rated) => {
                    summary.cost = summary.cost.plus(rated.total)?;
                    summary.priced += 1;
                }
                Err(_) => summary.unpriced += 1,
            }
        }
        Ok(summary)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn from_json(json: &str) -> Result<Session, SessionError> {
        let foreign = |error: serde_json::Error| SessionError::Foreign(error.to_string());
        let version = document::version(json).map_err(foreign)?;
        if version > VERSION {
            return Err(SessionError::Newer(version));
        }
        serde_json::from_str(json).map_err(foreign)
    }
}

impl Summary {
    /// A month of so many requests a day that cost on average what these did; nothing before the first that has a price.
    pub fn month(&self, requests_per_day: Decimal, days: u32) -> Option<Money> {
        let requests = money::product(requests_per_day, days.into()).ok()?;
        self.cost.share(requests, self.priced.into()).ok()
    }
}
