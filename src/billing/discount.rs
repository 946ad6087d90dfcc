//! Discounts: an amount, a percentage, or percentages of progressive bands of spend.

use crate::money::{Exact, MoneyError, Ratio};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Something taken off; one of `amount`, `percent` and `tiers`.
///
/// ```
/// use foretoken::billing::Discount;
/// use rust_decimal::Decimal;
/// let bands: Discount = serde_json::from_str(r#"{"name": "More for more",
///     "tiers": [{"up_to": "100", "percent": "0"}, {"percent": "10"}]}"#).unwrap();
/// // Nothing off the first $100, 10 % off the other $50.
/// assert_eq!(bands.off(Decimal::from(150).into()).unwrap().value().unwrap(), 5.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Discount {
    /// What the bill calls it.
    pub name: Arc<str>,
    /// So much, at most what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Exact>,
    /// So many percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Exact>,
    /// Progressive bands of spend, each with its own percentage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Band>,
    /// The charges it is taken off; all of them where it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<Arc<str>>,
    /// Why it is given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A band of spend and what is taken off it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Band {
    /// The spend it ends at; the open band has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
    /// Taken off what lies in the band.
    pub percent: Exact,
}

/// Which discounts come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DiscountOrder {
    /// Amounts, then percentages, each in stated order. The default.
    #[default]
    AmountsFirst,
    AsListed,
}

impl DiscountOrder {
    /// The discounts in the order they are taken.
    pub(super) fn arrange(self, discounts: &[Discount]) -> Vec<&Discount> {
        let mut arranged: Vec<&Discount> = discounts.iter().collect();
        if self == DiscountOrder::AmountsFirst {
            arranged.sort_by_key(|discount| discount.amount.is_none());
        }
        arranged
    }
}

impl Discount {
    /// What is taken off so much, never more than all of it.
    pub fn off(&self, base: Ratio) -> Result<Ratio, MoneyError> {
        if base.is_zero() || base.is_negative() {
            return Ok(Ratio::ZERO);
        }
        match (self.amount, self.percent) {
            (Some(amount), _) => base.at_most((*amount).into()),
            (_, Some(percent)) => base.percent(*percent),
            _ => self.off_bands(base),
        }
    }

    /// What is spent above a closed last band is not discounted.
    fn off_bands(&self, base: Ratio) -> Result<Ratio, MoneyError> {
        let (mut off, mut below) = (Ratio::ZERO, Ratio::ZERO);
        for band in &self.tiers {
            let end = match band.up_to {
                Some(bound) => base.at_most((*bound).into())?,
                None => base,
            };
            off = off.plus(end.minus(below)?.percent(*band.percent)?)?;
            below = end;
        }
        Ok(off)
    }
}
