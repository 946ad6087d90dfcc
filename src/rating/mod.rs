//! Usage × rates → exact charges.
//!
//! Owns: which rate a meter gets at an instant, in a variant, at a size; what a request costs; what a month of requests
//! costs when rates change within it; the price shapes of plans. Does not own: discounts, commitments and bills (see `billing`).
//!
//! The order of work: the variant's price if it has one, else the user's own, else the standard card that holds, last
//! one first. The tier follows from all input tokens, cached ones included, and holds for the whole request.

mod month;
pub mod price;
mod request;
mod resolve;

pub use month::{MonthCharge, MonthLine, rate_month};
pub use request::{Rated, rate_request};
pub use resolve::{Charge, ChargeWindow, TierChoice};

use crate::money::MoneyError;
use crate::usage::{Meter, UsageError};

/// A meter was used that the model has no price for. Never 0, never a guess.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{model} has no price for {}", listed(.missing))]
pub struct NoPrice {
    pub model: String,
    /// What was used without a price, and how much of it.
    pub missing: Vec<(Meter, u64)>,
}

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RatingError {
    #[error(transparent)]
    NoPrice(#[from] NoPrice),
    #[error(transparent)]
    Usage(#[from] UsageError),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

fn listed(missing: &[(Meter, u64)]) -> String {
    let each = missing.iter();
    let each = each.map(|(meter, quantity)| format!("{} ({quantity} used)", meter.key()));
    each.collect::<Vec<_>>().join(", ")
}
