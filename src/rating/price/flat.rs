//! Flat and recurring: a fee for the period, for each seat.

use super::tiers::{is_one, not_negative};
use super::{Part, Place, PlanError, Priced, Slice};
use crate::money::Exact;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// `amount × seats`, and of that as many days as the plan was active.
///
/// ```
/// use foretoken::rating::price::Flat;
/// let seats = Flat { amount: 31.into(), seats: 4.into() };
/// assert_eq!(seats.for_days(31, 31).unwrap().amount.value().unwrap(), 124.into());
/// assert_eq!(seats.for_days(17, 31).unwrap().amount.value().unwrap(), 68.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flat {
    /// For each seat and period.
    pub amount: Exact,
    /// 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub seats: Exact,
}

impl Flat {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        not_negative("amount", self.amount)?;
        not_negative("seats", self.seats)
    }

    pub fn for_days(&self, days: u32, of: u32) -> Result<Priced, PlanError> {
        let mut slice = Slice::new(
            Part::Seats,
            (*self.seats).into(),
            *self.amount,
            Decimal::ONE,
        )
        .at("amount")?;
        if days != of {
            slice.amount = slice.amount.times(days.into())?.per(of.into())?;
        }
        Ok(Priced::one(slice))
    }
}
