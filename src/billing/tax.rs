//! Tax: on top of prices, or inside them.

use crate::money::{Exact, MoneyError, Ratio, Rounding, sum, sum_of_quotients};
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
/// let taxed = vat.on("2.99".parse().unwrap(), Some(Rounding::CENTS)).unwrap();
/// assert_eq!(taxed[0].amount.to_string(), "0.11");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tax {
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: TaxMode,
    pub rates: Vec<TaxRate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub inclusive_rounds: InclusiveRounds,
}

/// Whether prices hold the tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TaxMode {
    #[default]
    Exclusive,
    Inclusive,
}

/// Which of net and tax is rounded; the other is the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum InclusiveRounds {
    #[default]
    Net,
    Tax,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaxRate {
    pub name: Arc<str>,
    pub percent: Exact,
}

/// What one rate comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxed {
    pub exact: Decimal,
    pub amount: Decimal,
}

impl Tax {
    /// Whether prices hold it.
    pub fn is_inside(&self) -> bool {
        self.mode == TaxMode::Inclusive
    }

    /// The tax of each rate on a sum; inside it where prices hold the tax. Unrounded where nothing is asked.
    pub fn on(&self, base: Decimal, rounding: Option<Rounding>) -> Result<Vec<Taxed>, MoneyError> {
        let round = |amount: Decimal| rounding.map_or(amount, |rounding| rounding.round(amount));
        let base = rounding.map_or(Ratio::of_quotient(base), |_| base.into());
        if self.is_inside() {
            return self.inside(base, &round);
        }
        let rates = self.rates.iter();
        rates
            .map(|rate| {
                let exact = base.percent(*rate.percent)?.value()?;
                let amount = round(exact);
                Ok(Taxed { exact, amount })
            })
            .collect()
    }

    /// Each rate is rounded, and the last one takes the rest: they sum to the whole tax.
    fn inside(
        &self,
        gross: Ratio,
        round: &dyn Fn(Decimal) -> Decimal,
    ) -> Result<Vec<Taxed>, MoneyError> {
        let mut percent = Decimal::ZERO;
        for rate in &self.rates {
            percent = sum(percent, *rate.percent)?;
        }
        let whole = sum(Decimal::ONE_HUNDRED, percent)?;
        let net = gross.times(Decimal::ONE_HUNDRED)?.per(whole)?.value()?;
        let tax = match self.inclusive_rounds {
            InclusiveRounds::Net => sum_of_quotients(gross.value()?, -round(net))?,
            InclusiveRounds::Tax => round(gross.times(percent)?.per(whole)?.value()?),
        };
        let mut rest = tax;
        let mut taxed = Vec::with_capacity(self.rates.len());
        for (at, rate) in self.rates.iter().enumerate() {
            let exact = gross.times(*rate.percent)?.per(whole)?.value()?;
            let last = at + 1 == self.rates.len();
            let amount = if last { rest } else { round(exact) };
            rest = sum_of_quotients(rest, -amount)?;
            taxed.push(Taxed { exact, amount });
        }
        Ok(taxed)
    }
}
