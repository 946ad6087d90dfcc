//! Package: whole packages of units.

use super::tiers::{above_zero, is_default, is_zero, not_negative};
use super::{Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, Ratio};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Packages of what is above the free units × amount.
///
/// ```
/// use foretoken::rating::price::Price;
/// let packages: Price = serde_json::from_str(r#"{"package": {"size": "10", "amount": "5", "free_units": "10"}}"#).unwrap();
/// // 121 less 10 free are 111: 12 packages.
/// assert_eq!(packages.of(121_u32).unwrap().amount.value().unwrap(), 60.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Package {
    /// Units in a package.
    pub size: Exact,
    /// For each package.
    pub amount: Exact,
    /// Taken off before packages are counted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub free_units: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub round: Round,
    /// So many are due at least.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub minimum_packages: Exact,
}

/// What becomes of a package that was begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "PackageRound")
)]
pub enum Round {
    /// A package begun is a package. The default.
    #[default]
    Up,
    /// Only whole packages count.
    Down,
}

impl Round {
    /// How many packages of this size hold the quantity.
    pub(super) fn packages(self, quantity: Ratio, size: Exact) -> Result<Decimal, PlanError> {
        let packages = quantity.per(*size).at("size")?;
        Ok(match self {
            Round::Up => packages.ceil().at("size")?,
            Round::Down => packages.floor().at("size")?.0,
        })
    }
}

impl Package {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        above_zero("size", self.size)?;
        not_negative("amount", self.amount)?;
        not_negative("free_units", self.free_units)?;
        let whole = self.minimum_packages.is_integer() && self.minimum_packages >= Exact::ZERO;
        expect(
            whole,
            "minimum_packages",
            self.minimum_packages,
            "a whole number, 0 or more",
        )
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        let billed = quantity
            .minus((*self.free_units).into())?
            .at_least(Ratio::ZERO)?;
        let packages = self.round.packages(billed, self.size)?;
        let packages = packages.max(*self.minimum_packages);
        let part = Part::Packages { size: self.size };
        let slice = Slice::new(part, packages.into(), *self.amount, Decimal::ONE).at("amount")?;
        Ok(Priced::one(slice))
    }
}
