//! What a price is made of: slices that add up.

use super::PlanError;
use crate::calendar::{Date, iso_day};
use crate::money::{Exact, MoneyError, Ratio};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// An amount and the slices it is the sum of. Nothing in it is rounded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Priced {
    pub amount: Ratio,
    pub slices: Vec<Slice>,
}

/// One part of a price: quantity × rate / per = amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slice {
    pub part: Part,
    pub quantity: Ratio,
    pub rate: Exact,
    pub per: Exact,
    pub amount: Ratio,
}

/// Which part of a price a slice is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of it at one rate.
    Whole,
    /// What lies between two bounds, or all of it where the tier holds for all.
    Tier(Bounds),
    /// The flat fee of a tier that was entered.
    TierFee(Bounds),
    /// What lies above the last tier.
    Overage {
        above: Exact,
    },
    /// One amount for the whole step.
    Step(Bounds),
    /// Whole packages of so many units.
    Packages {
        size: Exact,
    },
    /// Packages within a tier.
    TierPackages {
        size: Exact,
        tier: Bounds,
    },
    Seats,
    /// Units held for so many hours.
    Hours {
        units: Exact,
    },
    /// A share of the money carried, in percent.
    Share,
    /// A fee for each event.
    Events,
    /// Events whose charge was lifted or lowered to a limit.
    Clamped,
    /// What a provider asks, with the markup on it.
    List(ListPrice),
    /// Money passed on, with the markup on it.
    Carried {
        markup_percent: Exact,
    },
    /// A cell of a matrix: its place in the list, or none for the default.
    Cell {
        #[serde(skip)]
        cell: Option<usize>,
        is: Vec<Arc<str>>,
    },
    /// Answers that reached the score.
    Passed,
    Attempts,
    /// A group's share of one price for all groups.
    Shared,
    /// The part of the hours' list price that did not fit the units.
    SpillOver {
        used: Exact,
    },
}

/// Between which bounds a tier lies; the upper one belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bounds {
    pub number: usize,
    pub above: Exact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
}

/// Where a list price comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListPrice {
    /// What the provider asks for `per`, before the markup.
    pub list: Exact,
    pub markup_percent: Exact,
    /// The long-prompt tier it was taken from, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_above: Option<u64>,
    pub source: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day")]
    pub checked: Option<Date>,
    /// The user's own price, not the catalogue's.
    pub yours: bool,
}

fn day<S: Serializer>(day: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(&day.map(iso_day).unwrap_or_default())
}

impl Slice {
    /// `quantity × rate ÷ per`, worked out.
    pub fn new(
        part: Part,
        quantity: Ratio,
        rate: Decimal,
        per: Decimal,
    ) -> Result<Slice, MoneyError> {
        Ok(Slice {
            amount: quantity.times(rate)?.per(per)?,
            part,
            quantity,
            rate: rate.into(),
            per: per.into(),
        })
    }

    /// One amount for something that is not counted.
    pub fn once(part: Part, amount: Decimal) -> Slice {
        Slice {
            part,
            quantity: Decimal::ONE.into(),
            rate: amount.into(),
            per: Exact::ONE,
            amount: amount.into(),
        }
    }
}

impl Priced {
    pub fn of(slices: Vec<Slice>) -> Result<Priced, PlanError> {
        let mut amount = Ratio::ZERO;
        for slice in &slices {
            amount = amount.plus(slice.amount)?;
        }
        Ok(Priced { amount, slices })
    }

    pub fn one(slice: Slice) -> Priced {
        Priced {
            amount: slice.amount,
            slices: vec![slice],
        }
    }

    /// Both together; slices of the same part at the same rate become one.
    pub fn and(mut self, other: Priced) -> Result<Priced, PlanError> {
        self.amount = self.amount.plus(other.amount)?;
        for (at, slice) in other.slices.into_iter().enumerate() {
            let alike = |each: &Slice| {
                each.part == slice.part && each.rate == slice.rate && each.per == slice.per
            };
            // The same price makes the same slices in the same order, so the place is mostly known.
            let same = self.slices.get(at).is_some_and(alike).then_some(at);
            let place = same.or_else(|| self.slices.iter().position(alike));
            match place.and_then(|at| self.slices.get_mut(at)) {
                Some(known) => {
                    known.quantity = known.quantity.plus(slice.quantity)?;
                    known.amount = known.amount.plus(slice.amount)?;
                }
                None => self.slices.push(slice),
            }
        }
        Ok(self)
    }
}
