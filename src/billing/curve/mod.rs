//! Plans compared while one whole number grows: requests in a month, tokens of a prompt.
//!
//! Owns: the points of the curve, where two plans change places, where a total falls or jumps and why, and which plan is
//! cheapest where. Does not own: what `n` is and what a plan comes to there (the caller gives a function, see
//! [`TotalOf`](super::TotalOf)), or how any of it is drawn (see `app`).
//!
//! Nothing is read off between two points. Each plan's regimes are followed first; where two samples lie in different
//! ones, the very `n` at which it changes is found and becomes a point. Between two points every plan is then a straight
//! line, so two plans that keep their places at both ends keep them between.

mod cheapest;
mod marks;
mod sheet;
mod turns;

use super::regime::Why;
use super::total::Total;
use crate::rating::price::PlanError;
use rust_decimal::Decimal;
use sheet::Sheet;
use std::ops::RangeInclusive;

/// Samples with which plans are followed.
const FEW: usize = 17;

/// Plans side by side over a range.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    /// Samples, and every point at which something happens, with the one before it.
    pub points: Vec<Point>,
    /// By `n`.
    pub marks: Vec<Mark>,
    /// Which plan is cheapest; nothing is said where no plan has a price.
    pub cheapest: Vec<Stretch>,
    /// Where a plan has no price.
    pub refusals: Vec<Refusal>,
    /// For each plan, whether it changes too often to be followed (stairs of hundreds of steps). Such a plan is known at
    /// the points alone: its cliffs are left out, and it may change places with another between two points.
    pub sampled: Vec<bool>,
}

/// What each plan comes to at `n`, unrounded, before tax and credits; none where it has no price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub n: u64,
    pub totals: Vec<Option<Decimal>>,
}

/// Something that happens at an `n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    BreakEven(BreakEven),
    Cliff(Cliff),
}

/// The first `n` from which a plan is cheaper than another that was cheaper, or as cheap for a while, before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakEven {
    pub n: u64,
    pub cheaper: usize,
    pub dearer: usize,
    /// What the cheaper comes to there.
    pub bill: Decimal,
}

/// A jump of one plan that the slope beside it does not explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cliff {
    pub plan: usize,
    /// The first past it.
    pub n: u64,
    /// The total one below.
    pub before: Decimal,
    pub after: Decimal,
    pub why: Why,
}

/// From which `n` to which, both included, a plan is the cheapest; of equals the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: u64,
    pub until: u64,
    pub plan: usize,
}

/// From which `n` to which, both included, a plan has no price, and the sentence for the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub plan: usize,
    pub from: u64,
    pub until: u64,
    pub why: PlanError,
}

impl Cliff {
    /// More use costs less.
    pub fn falls(&self) -> bool {
        self.after < self.before
    }
}

impl Mark {
    pub fn n(&self) -> u64 {
        match self {
            Mark::BreakEven(mark) => mark.n,
            Mark::Cliff(mark) => mark.n,
        }
    }
}

/// Follows so many plans over a range. `total` is asked once for each plan and `n`, never outside the range; `n` should
/// lengthen the usage evenly, as a number of requests or of tokens does.
///
/// Plans that can be followed need few samples, as they are straight lines between the points that matter. `samples` is
/// how many there are at even distances where one cannot be.
///
/// ```
/// use foretoken::billing::{Mark, Plan, TotalOf, curve};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = |charge: &str| Plan::from_json(&format!(r#"{{"version": 1, "name": "", "charges": [{charge}]}}"#)).unwrap();
/// let plans = [
///     plan(r#"{"id": "tokens", "quantity": {"of": ["input"]}, "price": {"unit": {"amount": "2", "per": "1000000"}}}"#),
///     plan(r#"{"id": "fee", "price": {"flat": {"amount": "25"}}}"#),
/// ];
/// let (catalog, december) = (Catalog::default(), Period::month(2026, 12).unwrap());
/// let asked: Vec<TotalOf> = plans.iter().map(|plan| TotalOf::new(plan, &catalog, december).unwrap()).collect();
/// let mut usage = UsageLog::from_json(r#"{"version": 1, "records": [{"at": "2026-12-01T12:00:00Z"}]}"#).unwrap();
/// let curve = curve(plans.len(), 0..=60_000, 200, |plan, requests| {
///     usage.records[0].requests = requests.into();
///     usage.records[0].quantities.insert("input".into(), (requests * 1_000).into());
///     asked[plan].at(&usage)
/// });
/// // A request costs $0.002: 12,500 of them are $25 as well, and one more is dearer.
/// let Mark::BreakEven(mark) = &curve.marks[0] else { panic!() };
/// assert_eq!((mark.n, mark.cheaper, mark.bill), (12_501, 1, 25.into()));
/// assert_eq!((curve.cheapest[0].plan, curve.cheapest[0].until), (0, 12_500), "of equals the first");
/// ```
pub fn curve(
    plans: usize,
    range: RangeInclusive<u64>,
    samples: usize,
    total: impl FnMut(usize, u64) -> Result<Total, PlanError>,
) -> Curve {
    curve_within(plans, range, samples, usize::MAX, total)
}

/// The same, where asking takes so long that only about so many asks can be spent on following plans: a plan that needs
/// more is known by its samples.
pub fn curve_within(
    plans: usize,
    range: RangeInclusive<u64>,
    samples: usize,
    asks: usize,
    total: impl FnMut(usize, u64) -> Result<Total, PlanError>,
) -> Curve {
    if range.is_empty() {
        return Curve::default();
    }
    let few = spread(&range, samples.min(FEW));
    let mut sheet = Sheet::new(plans, &few, asks, total);
    let turns: Vec<Option<Vec<u64>>> = (0..plans)
        .map(|plan| turns::turns(&mut sheet, plan, &few))
        .collect();
    if turns.contains(&None) {
        sheet.add(&spread(&range, samples));
    }
    for n in turns.iter().flatten().flatten() {
        sheet.mark(*n);
    }
    let mut marks = marks::cliffs(&mut sheet, &turns, &range);
    marks.extend(marks::break_evens(&mut sheet, plans));
    marks.sort_by_key(Mark::n);
    let cheapest = cheapest::cheapest(&mut sheet, plans);
    let (points, refusals) = sheet.read(plans);
    Curve {
        points,
        marks,
        cheapest,
        refusals,
        sampled: turns.iter().map(Option::is_none).collect(),
    }
}

/// So many whole numbers at even distances, both ends among them.
fn spread(range: &RangeInclusive<u64>, samples: usize) -> Vec<u64> {
    let (from, until) = (*range.start(), *range.end());
    let Some(width) = until.checked_sub(from) else {
        return Vec::new();
    };
    let cells = u128::from(width.min(samples.max(2) as u64 - 1)).max(1);
    let at = |cell: u128| from + u64::try_from(u128::from(width) * cell / cells).unwrap_or(width);
    let mut spread: Vec<u64> = (0..=cells).map(at).collect();
    spread.dedup();
    spread
}
