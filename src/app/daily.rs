//! One month of use on one plan, day by day, worked out from the state.

use std::collections::BTreeMap;

use foretoken::billing::{
    Crossing, Day, IncludedUse, PERCENTS, Pause, Plan, Stops, crossings, day_by_day,
    included_crossings, pause,
};
use foretoken::calendar::{Date, Period};
use foretoken::catalog::Catalog;
use foretoken::scenario::AtLimit;
use foretoken::usage::{Detail, Grain, UsageLog, Workload};
use rust_decimal::Decimal;

use crate::months::{detail, is_daily, log, within};
use crate::store::Shared;

/// All that the days follow from.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub work: Workload,
    pub plan: Plan,
    pub catalog: Shared<Catalog>,
    pub period: Period,
    pub limit: Option<Decimal>,
    pub at_limit: AtLimit,
}

/// The month on the plan, day by day.
pub struct Daily {
    pub question: Question,
    pub days: Vec<Day>,
    /// Requests of each day.
    pub requests: Vec<Decimal>,
    /// Where there is a limit, the days on which shares of it were reached.
    pub crossings: Vec<Crossing>,
    pub allowances: Vec<Allowance>,
    /// Where use stops at the limit.
    pub pause: Option<Pause>,
}

/// Included units of a charge over the month.
pub struct Allowance {
    pub units: IncludedUse,
    pub crossings: Vec<Crossing>,
    /// Left at the end of each day.
    pub left: Vec<Decimal>,
    pub whole: Decimal,
}

impl Daily {
    pub fn new(question: &Question) -> Result<Daily, String> {
        let Question {
            work,
            plan,
            catalog,
            period,
            ..
        } = question;
        let asked = detail(plan, work, catalog, *period);
        let detail = Detail {
            grain: asked.grain.max(Grain::Day),
            ..asked
        };
        let usage = log(
            work,
            *period,
            work.requests(*period).map_err(words)?,
            detail,
        )?;
        let days = day_by_day(plan, &usage, catalog, *period).map_err(words)?;
        days.iter().try_for_each(|day| within(day.so_far))?;
        let limit = question.limit.filter(|limit| *limit > Decimal::ZERO);
        let crossings = match limit {
            Some(limit) => crossings(&days, limit, &PERCENTS).map_err(words)?,
            None => Vec::new(),
        };
        let stops = limit.filter(|_| question.at_limit == AtLimit::Pause);
        let pause = match stops {
            Some(limit) => {
                let stop = pause(plan, &usage, catalog, *period, limit, Stops::EndOfDay);
                Some(stop.map_err(words)?)
            }
            None => None,
        };
        let last = days.last().map(|day| day.included.as_slice());
        let allowances = last.unwrap_or_default().iter();
        Ok(Daily {
            requests: by_day(&usage, plan, &days),
            // What a day leaves of daily units is lost: nothing is left over the month.
            allowances: allowances
                .filter(|units| !is_daily(plan, &units.charge))
                .filter_map(|units| allowance(units, &days))
                .collect(),
            question: question.clone(),
            days,
            crossings,
            pause,
        })
    }

    /// The limit, where there is one above 0.
    pub fn limit(&self) -> Option<Decimal> {
        self.question.limit.filter(|limit| *limit > Decimal::ZERO)
    }

    /// The day on which the limit was reached.
    pub fn passed(&self) -> Option<Date> {
        let all = |crossing: &&Crossing| crossing.reached.contains(&100);
        self.crossings
            .iter()
            .find(all)
            .map(|crossing| crossing.date)
    }

    /// Requests after this day.
    pub fn requests_after(&self, day: Date) -> Decimal {
        let days = self.days.iter().zip(&self.requests);
        days.filter(|(each, _)| each.date > day)
            .map(|(_, requests)| *requests)
            .sum()
    }

    pub fn end(&self) -> Decimal {
        self.days.last().map(|day| day.so_far).unwrap_or_default()
    }
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn by_day(usage: &UsageLog, plan: &Plan, days: &[Day]) -> Vec<Decimal> {
    let mut all: BTreeMap<Date, Decimal> = BTreeMap::new();
    for record in &usage.records {
        *all.entry(plan.time_zone.day(record.at)).or_default() += *record.requests;
    }
    let requests = |day: &Day| all.get(&day.date).copied().unwrap_or_default();
    days.iter().map(requests).collect()
}

/// Nothing where none are included.
fn allowance(units: &IncludedUse, days: &[Day]) -> Option<Allowance> {
    let same = |each: &&IncludedUse| each.charge == units.charge && each.group == units.group;
    let whole = units.units.units.plus((*units.units.carried).into()).ok()?;
    let whole = whole.value().ok().filter(|whole| !whole.is_zero())?;
    let left = |day: &Day| {
        let today = day.included.iter().find(same);
        today.map_or(Ok(whole), |today| today.units.left.value())
    };
    Some(Allowance {
        crossings: included_crossings(days, units, &PERCENTS).ok()?,
        left: days.iter().map(left).collect::<Result<_, _>>().ok()?,
        units: units.clone(),
        whole,
    })
}
