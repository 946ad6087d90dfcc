//! Threshold total: one total once a quantity is passed.

use super::tiers::not_negative;
use super::{Bounds, Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, Ratio};
use serde::{Deserialize, Serialize};

/// The total of the highest threshold that was passed; nothing up to the first.
///
/// ```
/// use foretoken::rating::price::Price;
/// let totals: Price = serde_json::from_str(r#"{"threshold_total": {
///     "thresholds": [{"above": "100", "total": "30"}, {"above": "500", "total": "80"}]}}"#).unwrap();
/// let cost = |used: u32| totals.of(used).unwrap().amount.value().unwrap();
/// assert_eq!((cost(100), cost(101), cost(501)), (0.into(), 30.into(), 80.into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThresholdTotal {
    /// In rising order.
    pub thresholds: Vec<Passing>,
}

/// What is due once more than this was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Passing {
    /// It is passed by more than so much.
    pub above: Exact,
    /// What is due then, in all.
    pub total: Exact,
}

impl ThresholdTotal {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        expect(
            !self.thresholds.is_empty(),
            "thresholds",
            "an empty list",
            "one threshold at least",
        )?;
        let mut below = None;
        for (at, each) in self.thresholds.iter().enumerate() {
            let rises = below.is_none_or(|below| each.above > below);
            let place = format!("thresholds[{at}].above");
            expect(rises, &place, each.above, "above the threshold before it")?;
            not_negative("above", each.above).at_item("thresholds", at)?;
            not_negative("total", each.total).at_item("thresholds", at)?;
            below = Some(each.above);
        }
        Ok(())
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        let mut passed = None;
        for (at, each) in self.thresholds.iter().enumerate() {
            if quantity.compare((*each.above).into())?.is_gt() {
                passed = Some(at);
            }
        }
        let Some(at) = passed else {
            return Ok(Priced::default());
        };
        let bounds = Bounds {
            number: at + 1,
            above: self.thresholds[at].above,
            up_to: self.thresholds.get(at + 1).map(|next| next.above),
        };
        Ok(Priced::one(Slice::once(
            Part::Step(bounds),
            *self.thresholds[at].total,
        )))
    }
}
