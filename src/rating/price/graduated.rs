//! Graduated (marginal): each slice of the quantity at the price of its own tier. The article's "tiered".

use super::tiers::{
    Above, AtZero, Tier, above_zero, check_tiers, cut, is_default, is_one, not_negative, refused,
};
use super::{Part, Place, PlanError, Priced, Slice, tiers};
use crate::money::{Exact, Ratio};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Σ units in a tier × its amount ÷ per, and the flat fee of each tier that was entered.
///
/// ```
/// use foretoken::rating::price::Price;
/// let tiered: Price = serde_json::from_str(r#"{"graduated": {"per": "1000",
///     "tiers": [{"up_to": "10000", "amount": "0.05"}, {"amount": "0.04"}]}}"#).unwrap();
/// let cost = |tokens: u32| tiered.of(tokens).unwrap().amount;
/// // From 9,500 to 10,500: 500 at $0.05 and 500 at $0.04 per thousand.
/// let day = cost(10_500).minus(cost(9_500)).unwrap();
/// assert_eq!(day.value().unwrap().to_string(), "0.045");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Graduated {
    /// How many units an amount buys; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub per: Exact,
    /// In rising order; the last may be open.
    pub tiers: Vec<Tier>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_zero: AtZero,
    #[serde(default, skip_serializing_if = "is_default")]
    pub above: Above,
}

impl Graduated {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        above_zero("per", self.per)?;
        check_tiers(&self.tiers)?;
        match self.above {
            Above::Overage(price) => not_negative("above.overage", price),
            _ => Ok(()),
        }
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        graduated(
            &self.tiers,
            self.at_zero,
            self.above,
            Part::Tier,
            quantity,
            *self.per,
        )
    }
}

/// What graduated prices of units and of money have in common.
pub(super) fn graduated(
    table: &[Tier],
    at_zero: AtZero,
    above: Above,
    part: fn(super::Bounds) -> Part,
    quantity: Ratio,
    per: Decimal,
) -> Result<Priced, PlanError> {
    let last = table.last().and_then(|tier| tier.up_to);
    let passed = match last {
        Some(bound) => quantity.compare((*bound).into())?.is_gt(),
        None => false,
    };
    // The last tier goes on: what is above its bound is in it.
    let goes_on = passed && above == Above::Extend;
    let ends = table.iter().map(|tier| tier.up_to);
    let ends = ends.map(|end| end.filter(|_| !goes_on || end != last));
    let cut = cut(ends, quantity)?;
    let mut slices = Vec::with_capacity(table.len() + 1);
    for (at, (bounds, units)) in cut.parts.into_iter().enumerate() {
        let tier = &table[at];
        slices.push(Slice::new(part(bounds), units, *tier.amount, per).at_item("tiers", at)?);
        let entered = !quantity.is_zero() || at_zero == AtZero::FirstTier;
        if !tier.flat.is_zero() && entered {
            slices.push(Slice::once(Part::TierFee(bounds), *tier.flat));
        }
    }
    if let Some((bound, rest)) = cut.above {
        slices.push(beyond(table, above, (bound, rest), per)?);
    }
    Priced::of(slices)
}

/// What lies above the last tier, where that does not go on.
fn beyond(
    table: &[Tier],
    above: Above,
    (bound, rest): (Exact, Ratio),
    per: Decimal,
) -> Result<Slice, PlanError> {
    let Above::Overage(rate) = above else {
        let quantity = rest.plus((*bound).into())?;
        return Err(refused(&tiers::bounds(table), quantity));
    };
    Slice::new(Part::Overage { above: bound }, rest, *rate, per).at("above")
}
