//! Single requests, as the prices see them that look at each.

use crate::money::{MoneyError, Ratio, product};
use rust_decimal::Decimal;

/// Some alike requests, in the order of time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Event {
    pub requests: Decimal,
    /// Money all of them carry together.
    pub amount: Decimal,
    /// What was measured of all of them together.
    pub quantity: Decimal,
    pub score: Option<Decimal>,
}

impl Event {
    /// The money of each.
    pub(super) fn each(&self) -> Result<Ratio, MoneyError> {
        if self.requests.is_zero() {
            return Ok(Ratio::ZERO);
        }
        Ratio::from(self.amount).per(self.requests)
    }

    /// How many of them begin while a running total that stands at `before` is still below the bound.
    pub(super) fn beginning_below(
        &self,
        before: Decimal,
        bound: Decimal,
    ) -> Result<Decimal, MoneyError> {
        let room = crate::money::difference(bound, before)?;
        if room <= Decimal::ZERO {
            return Ok(Decimal::ZERO);
        }
        if self.amount.is_zero() {
            return Ok(self.requests);
        }
        // room ÷ (amount ÷ requests), rounded up: the last of them may reach beyond the bound.
        let fitting = Ratio::from(product(room, self.requests)?).per(self.amount)?;
        Ok(fitting.ceil()?.min(self.requests))
    }
}
