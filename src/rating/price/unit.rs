//! Per unit: every unit at one price.

use super::tiers::{above_zero, is_one, not_negative};
use super::{Part, Place, PlanError, Priced, Slice};
use crate::money::{Exact, Ratio};
use serde::{Deserialize, Serialize};

/// `quantity × amount ÷ per`.
///
/// ```
/// use foretoken::rating::price::{Price, Unit};
/// let unit = Price::Unit(Unit { amount: "0.03".parse().unwrap(), per: 1_000.into() });
/// assert_eq!(unit.of(2_500_u32).unwrap().amount.value().unwrap().to_string(), "0.075");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// For each `per` units.
    pub amount: Exact,
    /// How many units the amount buys, 1 where it is left out; not rounded up to whole ones.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub per: Exact,
}

impl Unit {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        not_negative("amount", self.amount)?;
        above_zero("per", self.per)
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        let slice = Slice::new(Part::Whole, quantity, *self.amount, *self.per).at("amount")?;
        Ok(Priced::one(slice))
    }
}
