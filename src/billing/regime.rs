//! What decides how a total goes on when a little more is used: tiers reached, units used up, limits held.
//!
//! It is read off the lines of a bill. While it stays the same, a total is a straight line; where it changes, the total
//! may bend or jump.

use super::bill::{LineItem, LineKind};
use super::job::Job;
use super::plan::{GroupTiers, PlanCharge};
use super::quantity::{EachWindow, Every, IncludedEvery, Round};
use crate::money::{Exact, Ratio};
use crate::rating::price::{Bounds, Kind, LooksAt, Part, PlanError, Price, Slice};
use rust_decimal::Decimal;
use std::sync::Arc;

/// All that was reached, in the order of the bill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regime(Vec<Why>);

/// Something that was reached, and by which charge; none where it is the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The charge's id.
    pub charge: Option<Arc<str>>,
    pub reached: Reached,
    /// It is there, with nothing in it yet.
    pub empty: bool,
}

/// What can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// A tier that holds for what lies in it.
    Tier(Bounds),
    /// A tier that holds for all units.
    AllUnits(Bounds),
    /// The fee of a tier.
    Fee(Bounds),
    /// What lies above the last tier.
    Overage {
        above: Exact,
    },
    /// A step with one amount.
    Step(Bounds),
    /// So many packages.
    Packages {
        size: Exact,
        count: Exact,
    },
    /// So many whole units, after conversion.
    WholeUnits {
        count: Exact,
    },
    /// A provider's price for this meter: for long prompts, above so many tokens.
    ListPrice {
        meter: Option<Arc<str>>,
        long_above: Option<u64>,
    },
    /// A share of money, in this percent or basis points.
    Share {
        rate: Exact,
    },
    /// Days that used up their included units.
    DaysUsedUp(usize),
    /// The last band of a discount that was entered; it takes all there is.
    Discount {
        band: usize,
        all: bool,
    },
    Minimum,
    Maximum,
    /// The commitment: reached or not.
    Commitment {
        reached: bool,
    },
    /// Anything else a bill is made of.
    Other,
}

impl Reached {
    /// Whether a total can jump where this changes; elsewhere it only bends.
    pub fn jumps(&self) -> bool {
        use Reached::{AllUnits, Fee, ListPrice, Packages, Share, Step, WholeUnits};
        matches!(
            self,
            AllUnits(_)
                | Fee(_)
                | Step(_)
                | Packages { .. }
                | WholeUnits { .. }
                | ListPrice { .. }
                | Share { .. }
        )
    }
}

impl Regime {
    /// What is reached here and was not before; what can make a total jump comes first.
    pub fn since<'r>(&'r self, before: &'r Regime) -> Option<&'r Why> {
        let new = |after: &'r Regime, before: &'r Regime| {
            let mut found = after.0.iter().filter(|why| !before.0.contains(why));
            let first = found.next()?;
            let mut all = std::iter::once(first).chain(found);
            Some(all.find(|why| why.reached.jumps()).unwrap_or(first))
        };
        let (gained, lost) = (new(self, before), new(before, self));
        let jumps = |why: &&Why| why.reached.jumps();
        (gained.filter(jumps))
            .or(lost.filter(jumps))
            .or(gained)
            .or(lost)
    }

    fn note(&mut self, charge: Option<&Arc<str>>, reached: Reached, empty: bool) {
        let charge = charge.cloned();
        self.0.push(Why {
            charge,
            reached,
            empty,
        });
    }

    fn slices(
        &mut self,
        charge: &PlanCharge,
        line: Option<&LineItem>,
        slices: &[Slice],
    ) -> Result<(), PlanError> {
        for slice in slices {
            let empty = slice.quantity.is_zero();
            self.note(Some(&charge.id), reached(charge, line, slice)?, empty);
        }
        Ok(())
    }
}

fn reached(
    charge: &PlanCharge,
    line: Option<&LineItem>,
    slice: &Slice,
) -> Result<Reached, PlanError> {
    Ok(match &slice.part {
        Part::Tier(bounds) if holds_for_all(&charge.price) => Reached::AllUnits(*bounds),
        Part::Tier(bounds) => Reached::Tier(*bounds),
        Part::TierFee(bounds) => Reached::Fee(*bounds),
        Part::Overage { above } => Reached::Overage { above: *above },
        Part::Step(bounds) => Reached::Step(*bounds),
        Part::Packages { size } | Part::TierPackages { size, .. } => Reached::Packages {
            size: *size,
            count: whole(slice.quantity)?,
        },
        Part::List(list) => Reached::ListPrice {
            meter: line.and_then(meter),
            long_above: list.context_above,
        },
        Part::Share => Reached::Share { rate: slice.rate },
        _ => Reached::Other,
    })
}

fn holds_for_all(price: &Price) -> bool {
    match price {
        Price::Volume(_) => true,
        Price::TieredPackage(packages) => packages.kind == Kind::Volume,
        _ => false,
    }
}

fn meter(line: &LineItem) -> Option<Arc<str>> {
    let mut group = line.group.iter();
    let (_, meter) = group.find(|(name, _)| name.as_ref() == "meter")?;
    Some(meter.clone())
}

fn whole(count: Ratio) -> Result<Exact, PlanError> {
    Ok(count.value()?.normalize().into())
}

impl Job<'_> {
    /// What the lines of a bill have reached, and what their charges reached that no line shows.
    pub(super) fn regime(&self, lines: &[LineItem]) -> Result<Regime, PlanError> {
        let mut regime = Regime(Vec::with_capacity(lines.len() + 4));
        let mut discounts = self
            .plan
            .discount_order
            .arrange(&self.plan.discounts)
            .into_iter();
        for line in lines {
            let (own, of) = (line.charge.as_ref(), *line.of.unwrap_or_default());
            match line.kind {
                LineKind::Minimum => regime.note(own, Reached::Minimum, false),
                LineKind::Maximum => regime.note(own, Reached::Maximum, false),
                LineKind::Commitment => {
                    let reached = self.commitment_reached(of)?;
                    regime.note(None, Reached::Commitment { reached }, false);
                }
                LineKind::Discount => {
                    let bands = discounts.next().map_or(&[][..], |discount| &discount.tiers);
                    let bounds = bands.iter().filter_map(|band| band.up_to);
                    let band = bounds.filter(|bound| **bound < of).count();
                    let all = *line.amount == -of;
                    regime.note(None, Reached::Discount { band, all }, of.is_zero());
                }
                _ => self.of_line(line, &mut regime)?,
            }
        }
        for charge in &self.plan.charges {
            self.unseen(charge, &mut regime)?;
        }
        Ok(regime)
    }

    fn commitment_reached(&self, spent: Decimal) -> Result<bool, PlanError> {
        let promised = self.plan.commitment.as_ref().map(|promise| *promise.amount);
        Ok(spent >= self.share_of_days(promised.unwrap_or_default(), true)?)
    }

    fn of_line(&self, line: &LineItem, regime: &mut Regime) -> Result<(), PlanError> {
        let mut charges = self.plan.charges.iter();
        let Some(charge) = charges.find(|charge| line.charge.as_ref() == Some(&charge.id)) else {
            return Ok(());
        };
        if let Some(quantity) = line.quantity
            && charge.quantity.convert.round != Round::None
        {
            let count = whole(quantity.converted)?;
            regime.note(Some(&charge.id), Reached::WholeUnits { count }, false);
        }
        regime.slices(charge, Some(line), &line.slices)
    }

    /// Shared tiers, windows that are priced apart and daily included units do not show in a line's slices.
    fn unseen(&self, charge: &PlanCharge, regime: &mut Regime) -> Result<(), PlanError> {
        if !matches!(charge.price.looks_at(), LooksAt::Quantity | LooksAt::Money) {
            return Ok(());
        }
        if charge.group_tiers == GroupTiers::Shared && !charge.group_by.is_empty() {
            let (_, _, priced) = self.priced(charge, &self.everything(charge))?;
            regime.slices(charge, None, &priced.slices)?;
        }
        let apart = charge.quantity.each_window == EachWindow::Priced;
        if let Some(every) = charge.quantity.every.filter(|_| apart) {
            for member in self.members(charge) {
                let measuring = self.measuring(charge, &member.meters);
                for window in measuring.windows(every, &member.records)? {
                    regime.slices(charge, None, &charge.price.of(window.billed)?.slices)?;
                }
            }
        }
        self.daily(charge, regime)
    }

    fn daily(&self, charge: &PlanCharge, regime: &mut Regime) -> Result<(), PlanError> {
        let included = charge.quantity.included.as_ref();
        let Some(daily) = included.filter(|units| units.every == IncludedEvery::Day) else {
            return Ok(());
        };
        let (units, mut used_up) = (Ratio::from(*daily.units), 0);
        for member in self.members(charge) {
            let measuring = self.measuring(charge, &member.meters);
            for day in measuring.windows(Every::Day, &member.records)? {
                used_up += usize::from(day.converted.compare(units)?.is_gt());
                if charge.quantity.convert.round != Round::None {
                    let count = whole(day.converted)?;
                    regime.note(Some(&charge.id), Reached::WholeUnits { count }, false);
                }
            }
        }
        regime.note(Some(&charge.id), Reached::DaysUsedUp(used_up), false);
        Ok(())
    }
}
