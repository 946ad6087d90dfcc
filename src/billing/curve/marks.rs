//! Cliffs, and where two plans change places.

use super::sheet::Sheet;
use super::{BreakEven, Cliff, Mark};
use crate::billing::total::Total;
use crate::money::difference;
use crate::rating::price::PlanError;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The cliffs of every plan that could be followed.
pub fn cliffs<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    turns: &[Option<Vec<u64>>],
    range: &RangeInclusive<u64>,
) -> Vec<Mark> {
    let mut cliffs = Vec::new();
    for (plan, turns) in turns.iter().enumerate() {
        for n in turns.iter().flatten() {
            cliffs.extend(cliff(sheet, plan, *n, range).map(Mark::Cliff));
        }
    }
    cliffs
}

/// The cliff between `n` and the one before it: the total falls, or rises by more than beside it for a reason that makes
/// totals jump.
fn cliff<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    plan: usize,
    n: u64,
    range: &RangeInclusive<u64>,
) -> Option<Cliff> {
    let (before, after) = (sheet.amount(plan, n - 1)?, sheet.amount(plan, n)?);
    let why = sheet.reached(plan, n)?;
    let cliff = Cliff {
        plan,
        n,
        before,
        after,
        why,
    };
    if cliff.falls() {
        return Some(cliff);
    }
    let rise = difference(after, before).ok()?;
    let mut explained = false;
    for step in [n - 1, n + 1] {
        if step > *range.start() && step <= *range.end() {
            explained |= slope(sheet, plan, step).is_some_and(|slope| rise <= slope);
        }
    }
    (cliff.why.reached.jumps() && !rise.is_zero() && !explained).then_some(cliff)
}

/// What the step up to `n` adds.
fn slope<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    plan: usize,
    n: u64,
) -> Option<Decimal> {
    let (before, after) = (sheet.amount(plan, n - 1)?, sheet.amount(plan, n)?);
    difference(after, before).ok()
}

/// Every change of places of any two plans. Its `n` and the one before it become points.
pub fn break_evens<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    plans: usize,
) -> Vec<Mark> {
    let points = sheet.points();
    let mut marks = Vec::new();
    for left in 0..plans {
        for right in left + 1..plans {
            marks.extend(changes(sheet, (left, right), &points));
        }
    }
    for mark in &marks {
        sheet.mark(mark.n);
    }
    marks.into_iter().map(Mark::BreakEven).collect()
}

/// How two plans stood up to a point.
#[derive(Clone, Copy)]
enum Stood {
    /// One of them had no price, or the range begins here.
    Apart,
    /// Equal from here on, and no order before.
    Equal(u64),
    /// The last order there was, equal or not since.
    Ordered(Ordering),
}

impl Stood {
    /// What follows from how they stand at `n`.
    fn then(self, n: u64, order: Option<Ordering>) -> Stood {
        match (order, self) {
            (None, _) => Stood::Apart,
            (Some(Ordering::Equal), Stood::Apart) => Stood::Equal(n),
            (Some(Ordering::Equal), stood) => stood,
            (Some(order), _) => Stood::Ordered(order),
        }
    }

    /// Whether an order that begins at `n` is a change. Plans that are equal at one point alone and part from there have
    /// not changed places: most begin at 0.
    fn changes(self, n: u64, order: Ordering) -> bool {
        match self {
            Stood::Apart => false,
            Stood::Equal(since) => n - since > 1,
            Stood::Ordered(last) => last == order.reverse(),
        }
    }
}

fn changes<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    pair: (usize, usize),
    points: &[u64],
) -> Vec<BreakEven> {
    let mut found = Vec::new();
    let (mut stood, mut low) = (Stood::Apart, points[0]);
    for high in points.iter().copied() {
        let order = sheet.order(pair, high);
        if let Some(order) = order.filter(|order| order.is_ne()) {
            let changed = stood.changes(high, order);
            if changed {
                let n = sheet.first((low, high), |sheet, n| sheet.order(pair, n) == Some(order));
                if stood.changes(n, order) {
                    found.extend(break_even(sheet, pair, n, order));
                }
            }
        }
        stood = stood.then(high, order);
        low = high;
    }
    found
}

fn break_even<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    (left, right): (usize, usize),
    n: u64,
    order: Ordering,
) -> Option<BreakEven> {
    let (cheaper, dearer) = match order {
        Ordering::Less => (left, right),
        _ => (right, left),
    };
    let bill = sheet.amount(cheaper, n)?;
    Some(BreakEven {
        n,
        cheaper,
        dearer,
        bill,
    })
}
