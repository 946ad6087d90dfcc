//! Tax: on top of prices, or inside them.

use crate::money::{Exact, MoneyError, Ratio, Rounding, difference, sum};
use crate::rating::price::is_default;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Taxes and how they are taken.
///
/// ```
/// use foretoken::billing::Tax;
/// use foretoken::money::Rounding;
/// let vat: Tax = serde_json::from_str(r#"{"mode": "inclusive", "rates": [{"name": "VAT", "percent": "4"}]}"#).unwrap();
/// // 2.99 / 1.04 is 2.875: a net of 2.88, and a tax of 0.11.
/// let paid: rust_decimal::Decimal = "2.99".parse().unwrap();
/// let taxed = vat.on(paid.into(), Some(Rounding::CENTS)).unwrap();
/// assert_eq!(taxed[0].amount.value().unwrap().to_string(), "0.11");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tax {
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: TaxMode,
    /// Each has a line of its own.
    pub rates: Vec<TaxRate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub inclusive_rounds: InclusiveRounds,
}

/// Whether prices hold the tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TaxMode {
    /// It comes on top. The default.
    #[default]
    Exclusive,
    /// It is in the prices already.
    Inclusive,
}

/// Where prices hold the tax: which of net and tax is rounded, net where nothing is said; the other is the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum InclusiveRounds {
    #[default]
    Net,
    Tax,
}

/// A tax and how much of the net it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaxRate {
    /// What the bill calls it: `VAT, Netherlands`.
    pub name: Arc<str>,
    /// Percent of the net.
    pub percent: Exact,
}

/// What one rate comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Taxed {
    pub exact: Ratio,
    pub amount: Ratio,
}

impl Tax {
    /// Whether prices hold it.
    pub fn is_inside(&self) -> bool {
        self.mode == TaxMode::Inclusive
    }

    /// The net in a sum that holds the tax.
    pub(super) fn without(&self, gross: Ratio) -> Result<Ratio, MoneyError> {
        gross.times(Decimal::ONE_HUNDRED)?.per(self.whole()?)
    }

    /// Net and all rates together, in percent of the net.
    fn whole(&self) -> Result<Decimal, MoneyError> {
        let mut percents = self.rates.iter().map(|rate| *rate.percent);
        percents.try_fold(Decimal::ONE_HUNDRED, sum)
    }

    /// The tax of each rate on a sum; inside it where prices hold the tax. Unrounded where nothing is asked.
    pub fn on(&self, base: Ratio, rounding: Option<Rounding>) -> Result<Vec<Taxed>, MoneyError> {
        let round = |amount: Ratio| match rounding {
            Some(rounding) => amount.rounded(rounding).map(Ratio::from),
            None => Ok(amount),
        };
        if self.is_inside() {
            return self.inside(base, &round);
        }
        let rates = self.rates.iter();
        rates
            .map(|rate| {
                let exact = base.percent(*rate.percent)?;
                let amount = round(exact)?;
                Ok(Taxed { exact, amount })
            })
            .collect()
    }

    /// Each rate is rounded, and the last one takes the rest: they sum to the whole tax.
    fn inside(
        &self,
        gross: Ratio,
        round: &dyn Fn(Ratio) -> Result<Ratio, MoneyError>,
    ) -> Result<Vec<Taxed>, MoneyError> {
        let whole = self.whole()?;
        let percent = difference(whole, Decimal::ONE_HUNDRED)?;
        let part = |percent: Decimal| gross.times(percent)?.per(whole);
        let tax = match self.inclusive_rounds {
            InclusiveRounds::Net => gross.minus(round(part(Decimal::ONE_HUNDRED)?)?)?,
            InclusiveRounds::Tax => round(part(percent)?)?,
        };
        let mut rest = tax;
        let mut taxed = Vec::with_capacity(self.rates.len());
        for (at, rate) in self.rates.iter().enumerate() {
            let exact = part(*rate.percent)?;
            let last = at + 1 == self.rates.len();
            let amount = if last { rest } else { round(exact)? };
            rest = rest.minus(amount)?;
            taxed.push(Taxed { exact, amount });
        }
        Ok(taxed)
    }
}
