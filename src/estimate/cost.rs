use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{AnswerEstimate, Given, NoFigure, PromptTokens};
use crate::catalog::Model;
use crate::money::{self, Money};
use crate::rating::{Rated, rate_request};
use crate::scenario::Load;
use crate::usage::Usage;

/// What one request costs: exact for the expected tokens, and at both ends of the range.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestCost {
    pub low: Money,
    pub expected: Rated,
    pub high: Money,
}

impl RequestCost {
    /// The part of the expected cost that the prompt, or the answer, is charged.
    pub fn of_prompt(&self) -> Option<Money> {
        self.part(|charge| !is_answer(charge))
    }

    pub fn of_answer(&self) -> Option<Money> {
        self.part(is_answer)
    }

    fn part(&self, of: impl Fn(&crate::rating::Charge) -> bool) -> Option<Money> {
        self.expected
            .charges
            .iter()
            .filter(|charge| of(charge))
            .try_fold(Money::usd(Decimal::ZERO), |sum, charge| {
                sum.plus(charge.amount).ok()
            })
    }
}

fn is_answer(charge: &crate::rating::Charge) -> bool {
    use crate::usage::Meter;
    matches!(charge.meter, Meter::Output | Meter::Reasoning)
}

/// Whether the prompt, and the answer after it, fit the model.
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
            window: model.context_window.or(model.max_input),
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
        low: rate(&low)?.total,
        expected,
        high: rate(&high)?.total,
    })
}

/// The usage of one request at the low end, as expected, and at the high end.
pub fn usages(prompt: &PromptTokens, answer: &AnswerEstimate, load: &Load) -> [Usage; 3] {
    let answer = answer.tokens.unwrap_or(crate::scenario::AnswerTokens {
        low: 0,
        expected: 0,
        high: 0,
    });
    [
        usage(prompt.total.low, answer.low, load),
        usage(prompt.total.tokens, answer.expected, load),
        usage(prompt.total.high, answer.high, load),
    ]
}

fn usage(prompt: u64, answer: u64, load: &Load) -> Usage {
    let read = share(prompt, load.cache_read_percent);
    let written = share(prompt, load.cache_write_percent).min(prompt - read);
    let (short, hour) = if load.cache_write_hour {
        (0, written)
    } else {
        (written, 0)
    };
    Usage {
        cache_read_tokens: read,
        cache_write_tokens: short,
        cache_write_1h_tokens: hour,
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
