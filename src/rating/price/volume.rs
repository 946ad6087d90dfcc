//! Volume (all-units): the total picks one tier, whose price holds for every unit. The bill can fall when use rises.

use super::tiers::{
    AboveAll, AtZero, Tier, above_zero, bounds, bounds_of, check_tiers, chosen_or, is_default,
    is_one,
};
use super::{Part, Place, PlanError, Priced, Slice};
use crate::money::{Exact, Ratio};
use serde::{Deserialize, Serialize};

/// `quantity × amount ÷ per` of the first tier whose bound is not exceeded, and that tier's flat fee.
///
/// ```
/// use foretoken::rating::price::Price;
/// let minutes: Price = serde_json::from_str(r#"{"volume": {
///     "tiers": [{"up_to": "1000", "amount": "0.05"}, {"amount": "0.04"}]}}"#).unwrap();
/// let cost = |used: u32| minutes.of(used).unwrap().amount.value().unwrap().to_string();
/// assert_eq!((cost(1_000), cost(1_001), cost(1_500)), ("50".into(), "40.04".into(), "60".into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Volume {
    /// How many units an amount buys; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub per: Exact,
    /// In rising order; the last may be open.
    pub tiers: Vec<Tier>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_zero: AtZero,
    #[serde(default, skip_serializing_if = "is_default")]
    pub above: AboveAll,
}

impl Volume {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        above_zero("per", self.per)?;
        check_tiers(&self.tiers)
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        let bounds = bounds(&self.tiers);
        let at = chosen_or(&bounds, quantity, self.above)?;
        let (tier, bounds) = (&self.tiers[at], bounds_of(&bounds, at));
        let all = Slice::new(Part::Tier(bounds), quantity, *tier.amount, *self.per);
        let mut slices = vec![all.at_item("tiers", at)?];
        let entered = !quantity.is_zero() || self.at_zero == AtZero::FirstTier;
        if !tier.flat.is_zero() && entered {
            slices.push(Slice::once(Part::TierFee(bounds), *tier.flat));
        }
        Priced::of(slices)
    }
}
