//! Capacity: units held for so many hours, used or not; what does not fit spills over at list price.

use super::tiers::{above_zero, is_zero, not_negative};
use super::{Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, difference, product};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `(units − reserved) × hours × amount`.
///
/// ```
/// use foretoken::rating::price::Capacity;
/// let read = r#"{"units": "400", "amount": "1", "reserved": "300"}"#;
/// let ptu: Capacity = serde_json::from_str(read).unwrap();
/// assert_eq!(ptu.for_hours(24.into()).unwrap().amount.value().unwrap(), 2_400.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capacity {
    /// Units provisioned.
    pub units: Exact,
    /// For each unit and hour.
    pub amount: Exact,
    /// Units paid for elsewhere.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reserved: Exact,
    /// How many hours they are held; all hours the plan is active where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Exact>,
    /// What becomes of tokens the units cannot hold; nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spill_over: Option<SpillOver>,
}

/// What becomes of tokens that the units cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpillOver {
    /// The meters that share the capacity.
    pub of: Vec<Arc<str>>,
    /// How many tokens a unit holds in an hour.
    pub tokens_per_unit_hour: Exact,
    /// Put on the list price of what spills over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub markup_percent: Exact,
}

impl Capacity {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        not_negative("units", self.units)?;
        not_negative("amount", self.amount)?;
        not_negative("reserved", self.reserved)?;
        expect(
            self.reserved <= self.units,
            "reserved",
            self.reserved,
            "at most the units",
        )?;
        if let Some(hours) = self.hours {
            not_negative("hours", hours)?;
        }
        if let Some(spill) = &self.spill_over {
            expect(
                !spill.of.is_empty(),
                "spill_over.of",
                "an empty list",
                "one meter at least",
            )?;
            above_zero(
                "spill_over.tokens_per_unit_hour",
                spill.tokens_per_unit_hour,
            )?;
            super::cost_plus::markup("spill_over.markup_percent", spill.markup_percent)?;
        }
        Ok(())
    }

    pub fn for_hours(&self, hours: Decimal) -> Result<Priced, PlanError> {
        let units = difference(*self.units, *self.reserved)?;
        let part = Part::Hours {
            units: units.into(),
        };
        let unit_hours = product(units, hours).at("units")?;
        Ok(Priced::one(
            Slice::new(part, unit_hours.into(), *self.amount, Decimal::ONE).at("amount")?,
        ))
    }
}
