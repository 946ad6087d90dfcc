//! A limit in the month: on which days how much of it was reached, and what it costs to stop there.

use super::bill::IncludedUse;
use super::interim::Day;
use super::job::Job;
use super::{BillError, Plan};
use crate::calendar::{Date, Period, Timestamp};
use crate::catalog::Catalog;
use crate::money::Ratio;
use crate::rating::price::{Place, PlanError, above_zero};
use crate::usage::UsageLog;
use rust_decimal::Decimal;

/// The shares of a limit that are told.
pub const PERCENTS: [u32; 4] = [50, 75, 90, 100];

/// A day on which shares of a limit were reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    pub date: Date,
    /// In percent, each told once in a period: of all crossed in one jump it is the same day.
    pub reached: Vec<u32>,
    /// What stood at its end: money, or units.
    pub amount: Decimal,
}

/// The days on which what was charged reached (≥) these shares of a limit; what sinks below one and reaches it again is
/// not told twice.
///
/// ```
/// use foretoken::billing::{PERCENTS, Plan, crossings, day_by_day};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Dollar", "charges": [
///     {"id": "answers", "quantity": {"of": ["answers"]}, "price": {"unit": {"amount": "1"}}}]}"#).unwrap();
/// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-03T12:00:00Z", "quantities": {"answers": "50"}},
///     {"at": "2026-12-09T12:00:00Z", "quantities": {"answers": "45"}}]}"#).unwrap();
/// let days = day_by_day(&plan, &usage, &Catalog::default(), Period::month(2026, 12).unwrap()).unwrap();
/// let found = crossings(&days, 100.into(), &PERCENTS).unwrap();
/// // $50 are half of $100 on the third; $95 are three quarters and nine tenths on the ninth.
/// assert_eq!((found[0].date.day(), &found[0].reached[..]), (3, &[50][..]));
/// assert_eq!((found[1].date.day(), &found[1].reached[..]), (9, &[75, 90][..]));
/// ```
pub fn crossings(
    days: &[Day],
    limit: Decimal,
    percents: &[u32],
) -> Result<Vec<Crossing>, PlanError> {
    above_zero("limit", limit.into())?;
    let amounts = days.iter().map(|day| (day.date, day.so_far.into()));
    crossed(amounts, limit.into(), percents)
}

/// The same for included units: `units` is their entry in the bill. The whole is what the period holds and what was
/// carried into it; where there is nothing of either, nothing is reached.
pub fn included_crossings(
    days: &[Day],
    units: &IncludedUse,
    percents: &[u32],
) -> Result<Vec<Crossing>, PlanError> {
    let whole = units.units.units.plus((*units.units.carried).into())?;
    let same = |each: &&IncludedUse| each.charge == units.charge && each.group == units.group;
    let used = days.iter().filter_map(|day| {
        let today = day.included.iter().find(same)?;
        Some((day.date, today.units.used))
    });
    crossed(used, whole, percents)
}

fn crossed(
    days: impl Iterator<Item = (Date, Ratio)>,
    whole: Ratio,
    percents: &[u32],
) -> Result<Vec<Crossing>, PlanError> {
    let (mut found, mut most) = (Vec::new(), Ratio::ZERO);
    for (date, now) in days {
        let mut reached = Vec::new();
        for percent in percents {
            let threshold = whole.percent((*percent).into())?;
            if most.compare(threshold)?.is_lt() && threshold.compare(now)?.is_le() {
                reached.push(*percent);
            }
        }
        most = most.at_least(now)?;
        if !reached.is_empty() {
            let amount = now.value()?;
            found.push(Crossing {
                date,
                reached,
                amount,
            });
        }
    }
    Ok(found)
}

/// When use stops once a limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    /// At the end of that day, as where somebody looks once a day.
    EndOfDay,
    /// What comes after the first instant at which the running total reaches the limit is not served. What is recorded
    /// at that instant is: a limit is never met to the cent.
    AtOnce,
}

/// A month in which use stops when a limit is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// The day the limit is reached; none where it is not.
    pub reached: Option<Date>,
    /// The month's cost then, unrounded, before tax and credits. Fees, minimums and commitments stay due.
    pub cost: Decimal,
    /// What the month costs without a stop, less that. Below 0 where more use would have made a cheaper month.
    pub saved: Decimal,
    /// Records that are not served.
    pub not_served: usize,
}

/// What a month costs where use stops once it has reached a limit.
///
/// ```
/// use foretoken::billing::{Plan, Stops, pause};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Dollar", "charges": [
///     {"id": "answers", "quantity": {"of": ["answers"]}, "price": {"unit": {"amount": "1"}}}]}"#).unwrap();
/// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-03T08:00:00Z", "quantities": {"answers": "60"}},
///     {"at": "2026-12-03T18:00:00Z", "quantities": {"answers": "15"}},
///     {"at": "2026-12-09T12:00:00Z", "quantities": {"answers": "45"}}]}"#).unwrap();
/// let stop = |stops| pause(&plan, &usage, &Catalog::default(), Period::month(2026, 12).unwrap(), 50.into(), stops).unwrap();
/// // $60 in the morning are above $50; $15 more come before the end of that day, and $45 after it are saved.
/// assert_eq!((stop(Stops::EndOfDay).cost, stop(Stops::EndOfDay).saved), (75.into(), 45.into()));
/// assert_eq!((stop(Stops::AtOnce).cost, stop(Stops::AtOnce).saved), (60.into(), 60.into()));
/// ```
pub fn pause(
    plan: &Plan,
    usage: &UsageLog,
    catalog: &Catalog,
    period: Period,
    limit: Decimal,
    stops: Stops,
) -> Result<Pause, BillError> {
    super::ready(plan, usage, period)?;
    let plan = plan.unrounded();
    let job = Job::new(&plan, usage, catalog, period);
    let days = job.day_by_day()?;
    let (whole, _) = job.so_far()?;
    let Some(day) = crossings(&days, limit, &[100])?.pop() else {
        return Ok(Pause {
            reached: None,
            cost: whole.value().at("limit")?,
            saved: Decimal::ZERO,
            not_served: 0,
        });
    };
    let served = job.served(day.date, limit, stops)?;
    let (cost, _) = job.first(served, period.until()).so_far()?;
    Ok(Pause {
        reached: Some(day.date),
        cost: cost.value().at("limit")?,
        saved: whole.minus(cost).and_then(Ratio::value).at("limit")?,
        not_served: job.records.len() - served,
    })
}

impl<'a> Job<'a> {
    /// Whether the first so many records come to the limit.
    fn reaches(&self, records: usize, day: Date, limit: Decimal) -> Result<bool, PlanError> {
        let (so_far, _) = self.first(records, day).so_far()?;
        Ok(so_far.compare(limit.into())?.is_ge())
    }

    /// How many records are served, where the limit is reached on a day.
    fn served(&self, day: Date, limit: Decimal, stops: Stops) -> Result<usize, PlanError> {
        let zone = self.plan.time_zone;
        let until = |last: Date| {
            self.records
                .partition_point(|record| zone.day(record.at) <= last)
        };
        let (before, end) = (day.yesterday().map_or(0, until), until(day));
        if stops == Stops::EndOfDay {
            return Ok(end);
        }
        let mut instants: Vec<Timestamp> = self.records[before..end]
            .iter()
            .map(|record| record.at)
            .collect();
        instants.dedup();
        let through = |instant: Timestamp| self.records.partition_point(|each| each.at <= instant);
        if instants.is_empty() || self.reaches(before, day, limit)? {
            return Ok(before);
        }
        // Reached at the last instant of the day, not before the first.
        let (mut low, mut high) = (0, instants.len() - 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.reaches(through(instants[middle]), day, limit)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(through(instants[high]))
    }

    /// The same with its first records alone, up to a day.
    fn first(&self, records: usize, day: Date) -> Job<'a> {
        Job {
            records: self.records[..records].to_vec(),
            until: day,
            closing: day >= self.period.until(),
            ..*self
        }
    }
}
