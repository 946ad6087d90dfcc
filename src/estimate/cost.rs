use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{AnswerEstimate, Given, NoFigure, PromptTokens};
use crate::catalog::Model;
use crate::money::{self, Money};
use crate::rating::{Charge, Rated, rate_request};
use crate::scenario::Load;
use crate::tokens::TokenCount;
use crate::usage::{Meter, Usage};

/// What one request costs: exact for the expected tokens, and at both ends of the range.
///
/// ```
/// use foretoken::{Catalog, Usage, catalog::PriceOverride, estimate::RequestCost, rating::rate_request};
/// let own = serde_json::from_str(r#"{"id": "own", "prices": [{"meter": "input", "amount": "2.5"},
///     {"meter": "output", "amount": "10"}]}"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&[PriceOverride::Model(own)]);
/// let (model, now) = (catalog.find("own").unwrap().model, "2026-11-24T12:00:00Z".parse().unwrap());
/// let rate = |answer| rate_request(model, &Usage::request(1_000, answer), now, None).unwrap();
/// let cost = RequestCost { low: rate(120), expected: rate(280), high: rate(600) };
/// let [prompt, answer] = [cost.of_prompt(), cost.of_answer()].map(|part| part.unwrap().amount().to_string());
/// assert_eq!((prompt.as_str(), answer.as_str()), ("0.0025", "0.0028"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RequestCost {
    pub low: Rated,
    pub expected: Rated,
    pub high: Rated,
}

impl RequestCost {
    /// What the prompt is charged, as expected; a fee for the request itself is part of it.
    pub fn of_prompt(&self) -> Option<Money> {
        part(&self.expected, false)
    }

    /// What the answer is charged, as expected.
    pub fn of_answer(&self) -> Option<Money> {
        part(&self.expected, true)
    }

    /// What the answer is charged at both ends.
    pub fn answer_range(&self) -> Option<(Money, Money)> {
        Some((part(&self.low, true)?, part(&self.high, true)?))
    }
}

fn part(rated: &Rated, answer: bool) -> Option<Money> {
    let of_answer =
        |charge: &&Charge| matches!(charge.meter, Meter::Output | Meter::Reasoning) == answer;
    rated
        .charges
        .iter()
        .filter(of_answer)
        .try_fold(Money::usd(Decimal::ZERO), |sum, charge| {
            sum.plus(charge.amount).ok()
        })
}

/// Whether the prompt, and the answer after it, fit the model.
/// All in tokens.
///
/// ```
/// use foretoken::estimate::Fit;
/// // A window of 128,000 less an answer of 280.
/// let fit = Fit { limit: Some(127_720), window: Some(128_000), prompt: 32_000, fits: Some(true) };
/// assert_eq!(fit.percent(), Some(25.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The most the prompt may be: the input limit where it is known, else the window less the answer.
    pub limit: Option<u64>,
    /// What the share is of: the window, or the input limit where only that is known.
    pub window: Option<u64>,
    pub prompt: u64,
    /// Nothing where no limit is known.
    pub fits: Option<bool>,
}

impl Fit {
    pub(super) fn of(model: &Model, prompt: &PromptTokens, answer: &AnswerEstimate) -> Fit {
        let answer = answer.tokens.map_or(0, |tokens| tokens.expected);
        let limit = model.max_input.or_else(|| {
            model
                .context_window
                .map(|window| window.saturating_sub(answer))
        });
        let prompt = prompt.total.tokens;
        Fit {
            limit,
            window: model.window(),
            prompt,
            fits: limit.map(|limit| prompt <= limit),
        }
    }

    /// How full the window is, in percent.
    pub fn percent(&self) -> Option<Decimal> {
        let window = self.window.filter(|window| *window > 0)?;
        money::product(self.prompt.into(), Decimal::ONE_HUNDRED)
            .and_then(|hundredfold| money::quotient(hundredfold, window.into()))
            .ok()
    }
}

pub(super) fn request(
    model: &Model,
    prompt: &PromptTokens,
    answer: &AnswerEstimate,
    fit: &Fit,
    given: Given<'_>,
) -> Result<RequestCost, NoFigure> {
    if fit.fits == Some(false) {
        return Err(NoFigure::TooLong);
    }
    if answer.tokens.is_none() {
        return Err(NoFigure::AnswerUnknown);
    }
    let load = &given.scenario.load;
    let rate = |usage: &Usage| rate_request(model, usage, given.now, load.variant.as_deref());
    let [low, expected, high] = usages(prompt, answer, load);
    // The expected usage first: where a price is missing, its quantities are named.
    let expected = rate(&expected)?;
    Ok(RequestCost {
        low: rate(&low)?,
        expected,
        high: rate(&high)?,
    })
}

/// The usage of one request at the low end, as expected, and at the high end.
pub fn usages(prompt: &PromptTokens, answer: &AnswerEstimate, load: &Load) -> [Usage; 3] {
    let answer = answer.tokens.unwrap_or(crate::scenario::AnswerTokens {
        low: 0,
        expected: 0,
        high: 0,
    });
    let TokenCount {
        low, tokens, high, ..
    } = prompt.total;
    [
        usage(low, prompt.audio.low, answer.low, load),
        usage(tokens, prompt.audio.tokens, answer.expected, load),
        usage(high, prompt.audio.high, answer.high, load),
    ]
}

/// Sound with a price of its own is taken to be new with each request; of the rest the chosen shares are cached.
fn usage(prompt: u64, audio: u64, answer: u64, load: &Load) -> Usage {
    let plain = prompt.saturating_sub(audio);
    let read = share(plain, load.cache_read_percent);
    let written = share(plain, load.cache_write_percent).min(plain - read);
    let (short, hour) = if load.cache_write_hour {
        (0, written)
    } else {
        (written, 0)
    };
    Usage {
        cache_read_tokens: read,
        cache_write_tokens: short,
        cache_write_1h_tokens: hour,
        input_audio_tokens: audio,
        ..Usage::request(prompt, answer)
    }
}

/// Whole tokens, rounded down: a cache holds no part of a token.
fn share(tokens: u64, percent: Decimal) -> u64 {
    money::product(tokens.into(), percent)
        .and_then(|product| money::quotient(product, Decimal::ONE_HUNDRED))
        .ok()
        .and_then(|part| part.floor().to_u64())
        .unwrap_or(0)
        .min(tokens)
}
