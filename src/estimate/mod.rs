//! What a prompt costs on every model.
//!
//! Owns: a model's own tokens for a prompt and an answer, whether they fit, what one request and a month cost with
//! their ranges, and the order of the table. Does not own: counting (see `tokens`) or which rate applies (see `rating`).

mod answer;
mod attached;
mod cost;
mod prompt;
mod table;

use std::collections::BTreeMap;

use crate::calendar::{Month, Timestamp};
use crate::catalog::Listing;
use crate::rating::{MonthCharge, RatingError, rate_month};
use crate::scenario::{ModelKey, Scenario};
use crate::tokens::{Encoding, Families, MediaRules, PromptCounts};
use crate::usage::Usage;

pub use answer::{AnswerEstimate, answer_tokens};
pub use attached::{AttachmentLine, Part, Uncounted};
pub use cost::{Fit, RequestCost, usages};
pub use prompt::{FramingRule, PromptTokens, family_of, prompt_tokens};
pub use table::{Column, Filter, Sellers, Sort, arrange, cheapest, dearest};

/// The counts that have arrived, by encoding.
pub type Counts = BTreeMap<Encoding, PromptCounts>;

/// Everything an estimate follows from, besides the model.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub scenario: &'a Scenario,
    pub families: &'a Families,
    pub media: &'a MediaRules,
    pub counts: &'a Counts,
    /// The counts are a guess from the number of characters.
    pub rough: bool,
    pub now: Timestamp,
    pub month: Month,
}

/// What one prompt, sent to one model, comes to.
///
/// ```
/// use foretoken::{Catalog, Encoding, Scenario, calendar::Month, estimate::*,
///     tokens::{Families, MediaRules, PromptCounts}};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "encoding": "o200k_base", "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let counts = PromptCounts { messages: vec![993], framing: 7, ..PromptCounts::default() };
/// let (scenario, month) = (Scenario::default(), Month::utc(2026, 12).unwrap());
/// let (counts, families) = (Counts::from([(Encoding::O200kBase, counts)]), Families::default());
/// let (scenario, counts, families, now) = (&scenario, &counts, &families, month.start());
/// let given = Given { scenario, families, media: &MediaRules::default(), counts, rough: false, now, month };
/// let estimate = estimate(catalog.find("gpt-4o").unwrap(), given).unwrap();
/// // A chat reply of 210 words is 280 tokens: 1,000 × $2.50 + 280 × $10, per million.
/// assert_eq!((estimate.prompt.total.tokens, estimate.answer.tokens.unwrap().expected), (1_000, 280));
/// assert_eq!(estimate.request.unwrap().expected.total.amount().to_string(), "0.0053");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    pub key: ModelKey,
    pub prompt: PromptTokens,
    pub answer: AnswerEstimate,
    pub fit: Fit,
    /// What one request costs now.
    pub request: Result<RequestCost, NoFigure>,
}

impl Estimate {
    /// Whether everything that is sent is counted.
    pub fn is_whole(&self) -> bool {
        self.prompt.uncounted.is_nothing()
    }
}

/// What a month of such requests comes to, with the range.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthEstimate {
    pub low: MonthCharge,
    pub expected: MonthCharge,
    pub high: MonthCharge,
}

/// Why there is no price to show. Never 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFigure {
    #[error("the prompt does not fit")]
    TooLong,
    #[error("the length of the answer is unknown: no limit is published, or no sample is pasted")]
    AnswerUnknown,
    #[error(transparent)]
    Rating(#[from] RatingError),
}

/// Estimate one model.
pub fn estimate(listing: Listing<'_>, given: Given<'_>) -> Option<Estimate> {
    let prompt = prompt_tokens(listing.model, given)?;
    let answer = answer_tokens(listing.model, &prompt, given);
    let fit = Fit::of(listing.model, &prompt, &answer);
    Some(Estimate {
        key: key_of(listing),
        request: cost::request(listing.model, &prompt, &answer, &fit, given),
        prompt,
        answer,
        fit,
    })
}

/// The month of an estimate; worked out for rows that are shown, since it may hold many lines.
pub fn estimate_month(
    listing: Listing<'_>,
    estimate: &Estimate,
    given: Given<'_>,
) -> Result<MonthEstimate, NoFigure> {
    if let Err(why) = &estimate.request {
        return Err(why.clone());
    }
    let load = &given.scenario.load;
    let rate = |usage: &Usage| {
        rate_month(
            listing.model,
            usage,
            load.requests_per_day,
            &given.month,
            load.variant.as_deref(),
        )
    };
    let [low, expected, high] = usages(&estimate.prompt, &estimate.answer, load);
    Ok(MonthEstimate {
        low: rate(&low)?,
        expected: rate(&expected)?,
        high: rate(&high)?,
    })
}

/// The ids by which a choice, such as a pin, finds its model again.
///
/// ```
/// use foretoken::{Catalog, catalog::PriceOverride, estimate::key_of};
/// let own = serde_json::from_str(r#"{"id": "in-house", "prices": []}"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&[PriceOverride::Model(own)]);
/// let key = key_of(catalog.find("in-house").unwrap());
/// assert_eq!((key.provider.as_str(), key.model.as_str()), ("yours", "in-house"));
/// ```
pub fn key_of(listing: Listing<'_>) -> ModelKey {
    ModelKey {
        provider: listing.provider.id.to_string(),
        model: listing.model.id.to_string(),
    }
}
