//! Package × tiers: packages whose price depends on how many there are, in both orders of work.

use super::package::Round;
use super::tiers::{
    AboveAll, AtZero, Tier, above_zero, bounds, bounds_of, check_tiers, chosen_or, cut, is_default,
    refused,
};
use super::{Bounds, Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, Ratio};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Packages priced in tiers.
///
/// ```
/// use foretoken::rating::price::Price;
/// let read = |order: &str| serde_json::from_str::<Price>(&format!(r#"{{"tiered_package": {{"size": "10", "order": "{order}",
///     "tiers": [{{"up_to": "100", "amount": "5"}}, {{"amount": "4"}}]}}}}"#)).unwrap();
/// let cost = |order| read(order).of("100.5".parse::<rust_decimal::Decimal>().unwrap()).unwrap().amount.value().unwrap();
/// // 100.5 units are 11 packages, 110 units: 10 × $5 and 1 × $4.
/// assert_eq!(cost("round_then_tier"), 54.into());
/// // 100 units in the first tier are 10 packages; half a unit in the second is 1.
/// assert_eq!(cost("tier_then_round"), 54.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TieredPackage {
    /// Units in a package.
    pub size: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "is_default")]
    pub order: Order,
    #[serde(default, skip_serializing_if = "is_default")]
    pub round: Round,
    /// In rising order, the last may be open; bounds in units, amounts for each package.
    pub tiers: Vec<Tier>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_zero: AtZero,
    #[serde(default, skip_serializing_if = "is_default")]
    pub above: AboveAll,
}

/// Whether a tier's price holds for its own packages or for all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Kind {
    /// Its own. The default.
    #[default]
    Graduated,
    /// All of them.
    Volume,
}

/// What is done first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Order {
    /// The quantity is rounded to whole packages, then they are cut into tiers. The default.
    #[default]
    RoundThenTier,
    /// The quantity is cut into tiers, then each slice is rounded to packages.
    TierThenRound,
}

impl TieredPackage {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        above_zero("size", self.size)?;
        check_tiers(&self.tiers)?;
        for (at, tier) in self.tiers.iter().enumerate() {
            let fits = tier
                .up_to
                .is_none_or(|bound| (*bound % *self.size).is_zero());
            let fits = fits || self.order == Order::TierThenRound;
            let bound = tier.up_to.unwrap_or_default();
            let multiple = format!("a multiple of the package size ({})", self.size);
            expect(fits, &format!("tiers[{at}].up_to"), bound, &multiple)?;
        }
        Ok(())
    }

    pub(super) fn of(&self, quantity: Ratio) -> Result<Priced, PlanError> {
        let units = match self.order {
            Order::RoundThenTier => {
                Ratio::from(self.round.packages(quantity, self.size)?).times(*self.size)?
            }
            Order::TierThenRound => quantity,
        };
        let all = units;
        let mut slices = Vec::new();
        for (at, bounds, units) in self.parts(units)? {
            let packages = self.round.packages(units, self.size)?;
            let (tier, part) = (
                &self.tiers[at],
                Part::TierPackages {
                    size: self.size,
                    tier: bounds,
                },
            );
            slices.push(
                Slice::new(part, packages.into(), *tier.amount, Decimal::ONE)
                    .at_item("tiers", at)?,
            );
            let entered = !all.is_zero() || self.at_zero == AtZero::FirstTier;
            if !tier.flat.is_zero() && entered {
                slices.push(Slice::once(Part::TierFee(bounds), *tier.flat));
            }
        }
        Priced::of(slices)
    }

    /// Tier by tier: its place, its bounds and the units in it.
    fn parts(&self, units: Ratio) -> Result<Vec<(usize, Bounds, Ratio)>, PlanError> {
        let bounds = bounds(&self.tiers);
        if self.kind == Kind::Volume {
            let at = chosen_or(&bounds, units, self.above)?;
            return Ok(vec![(at, bounds_of(&bounds, at), units)]);
        }
        let cut = cut(bounds.iter().copied(), units)?;
        let parts = cut.parts.into_iter().enumerate();
        let mut parts: Vec<_> = parts
            .map(|(at, (bounds, units))| (at, bounds, units))
            .collect();
        match (cut.above, parts.last_mut(), self.above) {
            (None, ..) | (_, None, _) => Ok(parts),
            (Some(_), _, AboveAll::Refuse) => Err(refused(&bounds, units)),
            (Some((_, rest)), Some(last), AboveAll::Extend) => {
                last.2 = last.2.plus(rest)?;
                Ok(parts)
            }
        }
    }
}
