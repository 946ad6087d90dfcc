//! What was asked already, and the points that matter.

use super::{Point, Refusal};
use crate::billing::regime::Why;
use crate::billing::total::Total;
use crate::rating::price::PlanError;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Totals by plan and `n`, each asked once.
pub struct Sheet<F> {
    total: F,
    seen: Vec<BTreeMap<u64, Result<Total, PlanError>>>,
    points: BTreeSet<u64>,
    first: u64,
}

impl<F: FnMut(usize, u64) -> Result<Total, PlanError>> Sheet<F> {
    pub fn new(plans: usize, samples: &[u64], total: F) -> Sheet<F> {
        Sheet {
            total,
            seen: vec![BTreeMap::new(); plans],
            points: samples.iter().copied().collect(),
            first: samples.first().copied().unwrap_or_default(),
        }
    }

    /// Something happens from this `n` on: it and the one before it are points.
    pub fn mark(&mut self, n: u64) {
        self.points.insert(n);
        if n > self.first {
            self.points.insert(n - 1);
        }
    }

    /// The points so far, rising.
    pub fn points(&self) -> Vec<u64> {
        self.points.iter().copied().collect()
    }

    fn look(&mut self, plan: usize, n: u64) -> &Result<Total, PlanError> {
        let total = &mut self.total;
        self.seen[plan].entry(n).or_insert_with(|| total(plan, n))
    }

    pub fn amount(&mut self, plan: usize, n: u64) -> Option<Decimal> {
        self.look(plan, n).as_ref().ok().map(|total| total.amount)
    }

    /// How two plans stand to each other; nothing where one has no price.
    pub fn order(&mut self, (left, right): (usize, usize), n: u64) -> Option<Ordering> {
        Some(self.amount(left, n)?.cmp(&self.amount(right, n)?))
    }

    /// Whether a plan is in the same regime at both. All that has no price is one regime, whatever the sentence.
    pub fn alike(&mut self, plan: usize, left: u64, right: u64) -> bool {
        self.look(plan, left);
        self.look(plan, right);
        let seen = &self.seen[plan];
        match (&seen[&left], &seen[&right]) {
            (Ok(left), Ok(right)) => left.regime == right.regime,
            (left, right) => left.is_err() && right.is_err(),
        }
    }

    /// What a plan reached at `n` that it had not before.
    pub fn reached(&mut self, plan: usize, n: u64) -> Option<Why> {
        self.look(plan, n - 1);
        self.look(plan, n);
        let seen = &self.seen[plan];
        let (before, after) = (seen[&(n - 1)].as_ref().ok()?, seen[&n].as_ref().ok()?);
        after.regime.since(&before.regime).cloned()
    }

    /// An `n` at which something holds and one below at which it does not: it does not hold at the lower end of the
    /// cell and holds at the upper.
    pub fn first(
        &mut self,
        (mut low, mut high): (u64, u64),
        mut holds: impl FnMut(&mut Self, u64) -> bool,
    ) -> u64 {
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if holds(self, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// All points with their totals, and the stretches without a price.
    pub fn read(mut self, plans: usize) -> (Vec<Point>, Vec<Refusal>) {
        let (mut points, mut refusals) = (Vec::new(), Vec::new());
        let mut open: Vec<Option<usize>> = vec![None; plans];
        for n in self.points() {
            let mut totals = Vec::with_capacity(plans);
            for (plan, open) in open.iter_mut().enumerate() {
                let total = self.look(plan, n);
                totals.push(total.as_ref().ok().map(|total| total.amount));
                match total {
                    Ok(_) => *open = None,
                    Err(why) => refuse(&mut refusals, open, (plan, n), why),
                }
            }
            points.push(Point { n, totals });
        }
        (points, refusals)
    }
}

/// Lengthens the stretch that is open, or opens one.
fn refuse(
    refusals: &mut Vec<Refusal>,
    open: &mut Option<usize>,
    (plan, n): (usize, u64),
    why: &PlanError,
) {
    if let Some(at) = *open {
        refusals[at].until = n;
        return;
    }
    *open = Some(refusals.len());
    refusals.push(Refusal {
        plan,
        from: n,
        until: n,
        why: why.clone(),
    });
}
