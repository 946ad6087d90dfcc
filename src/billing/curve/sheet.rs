//! What was asked already, and the points that matter.

use super::{Point, Refusal};
use crate::billing::regime::Why;
use crate::billing::total::Total;
use crate::money::difference;
use crate::rating::price::PlanError;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What a plan comes to at an `n`.
pub trait Ask: FnMut(usize, u64) -> Result<Total, PlanError> {}

impl<F: FnMut(usize, u64) -> Result<Total, PlanError>> Ask for F {}

/// Where nothing is known, a cell is halved.
pub const NO_GUESS: [u64; 2] = [0, 0];

/// Totals by plan and `n`, each asked once.
pub struct Sheet<F> {
    total: F,
    seen: Vec<BTreeMap<u64, Result<Total, PlanError>>>,
    points: BTreeSet<u64>,
    first: u64,
    /// How often may be asked before plans are no longer followed.
    asks: usize,
}

impl<F: Ask> Sheet<F> {
    pub fn new(plans: usize, samples: &[u64], asks: usize, total: F) -> Sheet<F> {
        Sheet {
            total,
            seen: vec![BTreeMap::new(); plans],
            points: samples.iter().copied().collect(),
            first: samples.first().copied().unwrap_or_default(),
            asks,
        }
    }

    /// Whether enough was asked.
    pub fn is_spent(&self) -> bool {
        self.seen.iter().map(BTreeMap::len).sum::<usize>() > self.asks
    }

    pub fn add(&mut self, samples: &[u64]) {
        self.points.extend(samples);
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

    /// Stairs of one plan between two points.
    pub fn stairs(&mut self, plan: usize, left: u64, right: u64) -> Decimal {
        let mut stairs = |n: u64| {
            let total = self.look(plan, n).as_ref();
            total.map_or(Decimal::ZERO, |total| total.regime.stairs())
        };
        (stairs(right).saturating_sub(stairs(left))).abs()
    }

    /// Where one total crosses another on its way through a cell, if both are straight lines there: the two whole numbers
    /// about it. They are a guess, to be tried before halving.
    pub fn crossing(&mut self, (left, right): (usize, usize), (low, high): (u64, u64)) -> [u64; 2] {
        let mut gap = |n: u64| difference(self.amount(left, n)?, self.amount(right, n)?).ok();
        let guess = gap(low).zip(gap(high)).and_then(|(low_gap, high_gap)| {
            let all = low_gap.checked_sub(high_gap)?;
            let part = Decimal::from(high - low)
                .checked_mul(low_gap)?
                .checked_div(all)?;
            Some(low + part.to_u64()?)
        });
        let guess = guess.unwrap_or(low);
        [guess, guess.saturating_add(1)]
    }

    /// An `n` at which something holds and one below at which it does not: it does not hold at the lower end of the
    /// cell and holds at the upper. Guesses are tried first.
    pub fn first(
        &mut self,
        (mut low, mut high): (u64, u64),
        guesses: [u64; 2],
        mut holds: impl FnMut(&mut Self, u64) -> bool,
    ) -> u64 {
        let mut guesses = guesses.into_iter();
        while high - low > 1 {
            let guess = guesses.find(|guess| low < *guess && *guess < high);
            let middle = guess.unwrap_or(low + (high - low) / 2);
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
