//! Graduated percentage: each slice of the money carried at the share of its own tier.

use super::graduated::graduated;
use super::tiers::{Above, AtZero, Tier, check_tiers, is_default, not_negative};
use super::{Part, Place, PlanError, Priced};
use crate::money::{Exact, Ratio};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Σ money in a tier × its percent, and the flat fee of each tier that was entered.
///
/// ```
/// use foretoken::rating::price::Price;
/// let fee: Price = serde_json::from_str(r#"{"graduated_percentage": {"tiers": [
///     {"up_to": "1000", "percent": "1", "flat": "200"}, {"percent": "2", "flat": "300"}]}}"#).unwrap();
/// let cost = |money: u32| fee.of(money).unwrap().amount.value().unwrap();
/// // 1 % of 1,000 and 2 % of 50, and both fees.
/// assert_eq!(cost(1_050), 511.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GraduatedPercentage {
    /// In rising order; the last may be open.
    pub tiers: Vec<PercentTier>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_zero: AtZero,
    #[serde(default, skip_serializing_if = "is_default")]
    pub above: Above,
}

/// A tier of money and its share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PercentTier {
    /// The money it ends at; the open tier has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
    /// Of the money in it.
    pub percent: Exact,
    /// Once, as soon as the tier is entered.
    #[serde(default, skip_serializing_if = "super::tiers::is_zero")]
    pub flat: Exact,
}

impl GraduatedPercentage {
    fn table(&self) -> Vec<Tier> {
        let tier = |tier: &PercentTier| Tier {
            up_to: tier.up_to,
            amount: tier.percent,
            flat: tier.flat,
        };
        self.tiers.iter().map(tier).collect()
    }

    pub(super) fn check(&self) -> Result<(), PlanError> {
        for (at, tier) in self.tiers.iter().enumerate() {
            not_negative("percent", tier.percent).at_item("tiers", at)?;
        }
        check_tiers(&self.table())?;
        match self.above {
            Above::Overage(percent) => not_negative("above.overage", percent),
            _ => Ok(()),
        }
    }

    pub(super) fn of(&self, money: Ratio) -> Result<Priced, PlanError> {
        let hundred = Decimal::ONE_HUNDRED;
        graduated(
            &self.table(),
            self.at_zero,
            self.above,
            Part::Tier,
            money,
            hundred,
        )
    }
}
