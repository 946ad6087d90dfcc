//! Tiers: rising bounds, each of which belongs to the tier below it.

use super::{Bounds, Place, PlanError, expect};
use crate::money::{Exact, Ratio};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A longer table is a mistake.
const MOST_TIERS: usize = 1_000;

/// A tier of a table of prices; the last one may be open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tier {
    /// The last unit that belongs to it; the open tier has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
    /// For each `per` units of it, or for each package.
    pub amount: Exact,
    /// Once, as soon as the tier is entered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub flat: Exact,
}

/// Whether the first tier's fee is billed where nothing was used, which it is where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AtZero {
    #[default]
    FirstTier,
    None,
}

/// What holds above a closed last tier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Above {
    /// The last tier goes on. The default.
    #[default]
    Extend,
    /// There is no price: an error.
    Refuse,
    /// Another price for what is above: so much for each `per`, or so many percent.
    Overage(Exact),
}

/// What holds above a closed last tier, where a tier holds for all units: it goes on (the default), or there is no price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AboveAll {
    #[default]
    Extend,
    Refuse,
}

pub fn is_zero(value: &Exact) -> bool {
    **value == Decimal::ZERO
}

pub fn is_one(value: &Exact) -> bool {
    **value == Decimal::ONE
}

pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Checks that bounds rise and only the last tier is open.
pub fn check_bounds(bounds: &[Option<Exact>]) -> Result<(), PlanError> {
    let most = format!("{MOST_TIERS} tiers at most");
    expect(bounds.len() <= MOST_TIERS, "tiers", bounds.len(), &most)?;
    expect(
        !bounds.is_empty(),
        "tiers",
        "an empty list",
        "one tier at least",
    )?;
    let mut below = Exact::ZERO;
    for (at, bound) in bounds.iter().enumerate() {
        let place = format!("tiers[{at}].up_to");
        match bound {
            Some(bound) => {
                let rises = format!("above the bound before it ({below})");
                expect(*bound > below, &place, bound, &rises)?;
                below = *bound;
            }
            None => expect(
                at + 1 == bounds.len(),
                &place,
                "an open end",
                "allowed before the last tier",
            )?,
        }
    }
    Ok(())
}

pub fn check_tiers(tiers: &[Tier]) -> Result<(), PlanError> {
    check_bounds(&bounds(tiers))?;
    for (at, tier) in tiers.iter().enumerate() {
        not_negative("amount", tier.amount).at_item("tiers", at)?;
        not_negative("flat", tier.flat).at_item("tiers", at)?;
    }
    Ok(())
}

pub fn not_negative(at: &str, value: Exact) -> Result<(), PlanError> {
    expect(value >= Exact::ZERO, at, value, "0 or more")
}

pub fn above_zero(at: &str, value: Exact) -> Result<(), PlanError> {
    expect(value > Exact::ZERO, at, value, "above 0")
}

pub fn bounds(tiers: &[Tier]) -> Vec<Option<Exact>> {
    tiers.iter().map(|tier| tier.up_to).collect()
}

/// How much of a quantity lies in each tier that it enters, and how much above a closed last one.
pub struct Cut {
    pub parts: Vec<(Bounds, Ratio)>,
    /// The last bound, and what lies above it.
    pub above: Option<(Exact, Ratio)>,
}

/// The quantity cut at the bounds.
pub fn cut(bounds: impl Iterator<Item = Option<Exact>>, quantity: Ratio) -> Result<Cut, PlanError> {
    let mut parts = Vec::new();
    let mut above = Exact::ZERO;
    for (at, up_to) in bounds.enumerate() {
        if at > 0 && quantity.compare((*above).into())?.is_le() {
            return Ok(Cut { parts, above: None });
        }
        let number = at + 1;
        let end = match up_to {
            Some(bound) => quantity.at_most((*bound).into())?,
            None => quantity,
        };
        let units = end.minus((*above).into()).at_item("tiers", at)?;
        parts.push((
            Bounds {
                number,
                above,
                up_to,
            },
            units,
        ));
        match up_to {
            Some(bound) => above = bound,
            None => return Ok(Cut { parts, above: None }),
        }
    }
    let rest = quantity.minus((*above).into())?;
    let above = (!rest.is_negative() && !rest.is_zero()).then_some((above, rest));
    Ok(Cut { parts, above })
}

/// The tier a quantity falls in; nothing above a closed last one.
pub fn chosen(bounds: &[Option<Exact>], quantity: Ratio) -> Result<Option<usize>, PlanError> {
    for (at, bound) in bounds.iter().enumerate() {
        let within = match bound {
            Some(bound) => quantity.compare((**bound).into())?.is_le(),
            None => true,
        };
        if within {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The tier that holds for all units: above a closed last one that tier, or an error.
pub fn chosen_or(
    bounds: &[Option<Exact>],
    quantity: Ratio,
    above: AboveAll,
) -> Result<usize, PlanError> {
    match (chosen(bounds, quantity)?, above) {
        (Some(at), _) => Ok(at),
        (None, AboveAll::Extend) => Ok(bounds.len().saturating_sub(1)),
        (None, AboveAll::Refuse) => Err(refused(bounds, quantity)),
    }
}

pub fn refused(bounds: &[Option<Exact>], quantity: Ratio) -> PlanError {
    let last = bounds
        .iter()
        .rev()
        .find_map(|bound| *bound)
        .unwrap_or_default();
    let used = quantity.value().unwrap_or_default().normalize();
    PlanError::new(
        "above",
        format!("there is no price above {last}, and {used} were used"),
    )
}

/// The bounds of one tier, by its place in the list.
pub fn bounds_of(bounds: &[Option<Exact>], at: usize) -> Bounds {
    let above = at
        .checked_sub(1)
        .and_then(|below| bounds[below])
        .unwrap_or_default();
    let number = at + 1;
    Bounds {
        number,
        above,
        up_to: bounds[at],
    }
}
