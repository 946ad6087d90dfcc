//! What one request costs.

use super::resolve::{Charge, Lookup};
use super::{NoPrice, RatingError};
use crate::calendar::Timestamp;
use crate::catalog::Model;
use crate::money::{Money, MoneyError};
use crate::usage::{Meter, Usage};
use rust_decimal::Decimal;

/// What one request costs, meter by meter. Nothing in it is rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    pub charges: Vec<Charge>,
    pub total: Money,
}

/// What this request costs at this instant.
///
/// Meters that were not used never matter; one that was used and has no price makes the whole request "no price".
///
/// ```
/// use foretoken::{catalog::Catalog, rating::rate_request, usage::Usage};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-5.4", "basis": "exact",
///     "prices": [{"usd": {"input": ["5", ">272000", "10"], "cache_read": ["0.5", ">272000", "1"],
///                         "output": ["30", ">272000", "45"]}}]}]}]}"#).unwrap();
/// let model = catalog.find("gpt-5.4").unwrap().model;
/// let usage = Usage { cache_read_tokens: 7_936, ..Usage::request(278_476, 630) };
/// let rated = rate_request(model, &usage, "2026-11-24T12:00:00Z".parse().unwrap(), None).unwrap();
/// // 270,540 × $10 + 7,936 × $1 + 630 × $45, each per million: the whole request is over 272,000.
/// assert_eq!(rated.total.amount().to_string(), "2.741686");
/// ```
pub fn rate_request(
    model: &Model,
    usage: &Usage,
    at: Timestamp,
    variant: Option<&str>,
) -> Result<Rated, RatingError> {
    let parts = usage.exclusive()?;
    let lookup = Lookup::new(model, variant, at.into(), usage.input_tokens);
    let mut charges = Vec::with_capacity(6);
    let mut missing = Vec::new();
    for (meter, quantity) in parts.used() {
        match lookup.charge(meter, quantity) {
            Some(charge) => charges.push(charge?),
            // Only a few providers ask a fee for each request: no rate means no fee.
            None if meter == Meter::Request => {}
            None => missing.push((meter, quantity)),
        }
    }
    if !missing.is_empty() {
        let model = model.id.to_string();
        return Err(NoPrice { model, missing }.into());
    }
    let total = sum(charges.iter().map(|charge| charge.amount))?;
    Ok(Rated { charges, total })
}

/// The sum of dollars, exactly.
pub(super) fn sum(mut amounts: impl Iterator<Item = Money>) -> Result<Money, MoneyError> {
    amounts.try_fold(Money::usd(Decimal::ZERO), Money::plus)
}
