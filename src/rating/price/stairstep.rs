//! Stairstep: one amount for each step, however much of the step is used.

use super::tiers::{
    AboveAll, AtZero, bounds_of, check_bounds, chosen_or, is_default, not_negative,
};
use super::{Part, Place, PlanError, Priced, Slice};
use crate::money::{Exact, Ratio};
use serde::{Deserialize, Serialize};

/// The amount of the first step whose bound is not exceeded.
///
/// ```
/// use foretoken::rating::price::Price;
/// let steps: Price = serde_json::from_str(r#"{"stairstep": {
///     "tiers": [{"up_to": "100", "amount": "50"}, {"up_to": "500", "amount": "90"}]}}"#).unwrap();
/// let cost = |used: u32| steps.of(used).unwrap().amount.value().unwrap();
/// assert_eq!((cost(100), cost(101)), (50.into(), 90.into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stairstep {
    /// In rising order; the last may be open.
    pub tiers: Vec<Step>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_zero: AtZero,
    #[serde(default, skip_serializing_if = "is_default")]
    pub above: AboveAll,
}

/// A step and what it costs as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The last unit that belongs to it; the open step has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
    /// For all of it.
    pub amount: Exact,
}

impl Stairstep {
    fn bounds(&self) -> Vec<Option<Exact>> {
        self.tiers.iter().map(|step| step.up_to).collect()
    }

    pub(super) fn check(&self) -> Result<(), PlanError> {
        check_bounds(&self.bounds())?;
        let mut steps = self.tiers.iter().enumerate();
        steps.try_for_each(|(at, step)| not_negative("amount", step.amount).at_item("tiers", at))
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        if quantity.is_zero() && self.at_zero == AtZero::None {
            return Ok(Priced::default());
        }
        let bounds = self.bounds();
        let at = chosen_or(&bounds, quantity, self.above)?;
        let part = Part::Step(bounds_of(&bounds, at));
        Ok(Priced::one(Slice::once(part, *self.tiers[at].amount)))
    }
}
