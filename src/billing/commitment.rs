//! Commitment: so much is promised; what goes beyond may cost more, what falls short may be billed.

use crate::money::{Exact, MoneyError, Ratio, difference};
use crate::rating::price::is_one;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An amount promised for the period.
///
/// ```
/// use foretoken::billing::Commitment;
/// let promise: Commitment = serde_json::from_str(r#"{"amount": "1000", "overage_factor": "1.25"}"#).unwrap();
/// let change = |spent: u32| promise.change(spent.into(), 1_000_u32.into()).unwrap().value().unwrap();
/// assert_eq!(change(1_200), 50.into(), "$200 above the promise cost a quarter more");
/// assert_eq!(change(900), 100.into(), "true-up");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Commitment {
    /// What is promised.
    pub amount: Exact,
    /// What goes beyond is multiplied by it; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub overage_factor: Exact,
    /// Whether what falls short is billed; true where it is left out.
    #[serde(
        default = "super::plan::yes",
        skip_serializing_if = "super::plan::is_true"
    )]
    pub true_up: bool,
}

impl Commitment {
    /// What it adds to so much spent in the period, where this much was promised.
    pub fn change(&self, spent: Ratio, promised: Ratio) -> Result<Ratio, MoneyError> {
        let beyond = spent.minus(promised)?;
        if !beyond.is_negative() {
            let extra = difference(*self.overage_factor, Decimal::ONE)?;
            return beyond.times(extra);
        }
        Ok(if self.true_up {
            beyond.negative()
        } else {
            Ratio::ZERO
        })
    }
}
