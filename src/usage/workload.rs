//! A month of use as people speak of it, and the records it comes to.

use super::{UsageLog, UsageRecord};
use crate::calendar::{Date, Period, SignedDuration, Timestamp, Zone};
use crate::money::{Exact, MoneyError, Ratio, Rounding, RoundingMode, product, sum};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The meter of time that a machine is busy.
pub const COMPUTE_SECONDS: &str = "compute_seconds";

/// How many people ask how often, how long a prompt and an answer are, and which models answer.
///
/// ```
/// use foretoken::{calendar::Period, usage::{Grain, Workload}};
/// let work = Workload::default();
/// let december = Period::month(2026, 12).unwrap();
/// // 800 people ask 20 questions on each of 23 weekdays.
/// assert_eq!(work.requests(december).unwrap(), 368_000);
/// let log = work.log(december, 368_000, Grain::Day.into()).unwrap();
/// assert_eq!(log.records.len(), 23);
/// assert_eq!(log.records[0].quantity("input"), (16_000 * 1_450).into());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Workload {
    pub who: Who,
    /// What a Saturday or a Sunday brings of a weekday, in percent.
    pub weekend_percent: Exact,
    /// Tokens of each prompt, cached ones included.
    pub prompt_tokens: u64,
    pub answer_tokens: u64,
    /// Percent of the prompt that is read from the provider's cache.
    pub cache_read_percent: Exact,
    /// Percent of the prompt that is written to it.
    pub cache_write_percent: Exact,
    /// Which models answer, and which share of the requests each gets.
    pub mix: Vec<Share>,
    /// Seconds a machine is busy with each request, for plans that bill them.
    pub compute_seconds: Exact,
    /// Percent of the answers that are good enough, for plans that bill only those.
    pub good_percent: Exact,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// So many people, each so many questions on a weekday.
    People { people: u64, each: Exact },
    /// So many requests on a weekday, whoever asks.
    Requests { a_day: Exact },
}

/// A model's share of the requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// `provider/model`, as in the catalogue.
    pub model: Arc<str>,
    pub percent: Exact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Arc<str>>,
}

/// A stretch of time within which it does not matter when something was used; each is finer than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// The whole period.
    Month,
    Day,
    Hour,
}

/// How much of a month's use must be told apart for a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Detail {
    pub grain: Grain,
    /// Good answers apart from the others.
    pub scored: bool,
    /// Seconds of compute beside tokens.
    pub compute: bool,
    /// Where days begin and end.
    pub zone: Zone,
}

impl From<Grain> for Detail {
    fn from(grain: Grain) -> Detail {
        Detail {
            grain,
            scored: false,
            compute: false,
            zone: Zone::default(),
        }
    }
}

impl Default for Workload {
    fn default() -> Workload {
        Workload {
            who: Who::People {
                people: 800,
                each: Exact::from(20),
            },
            weekend_percent: Exact::ZERO,
            prompt_tokens: 1_450,
            answer_tokens: 250,
            cache_read_percent: Exact::ZERO,
            cache_write_percent: Exact::ZERO,
            mix: vec![Share {
                model: "openai/gpt-6.1-sol".into(),
                percent: Exact::from(100),
                variant: None,
            }],
            compute_seconds: Exact::from(3),
            good_percent: Exact::from(90),
        }
    }
}

impl Who {
    /// Requests on a weekday.
    pub fn on_a_weekday(self) -> Result<Decimal, MoneyError> {
        match self {
            Who::People { people, each } => product(people.into(), *each),
            Who::Requests { a_day } => Ok(*a_day),
        }
    }
}

impl Workload {
    /// Requests in a period, in whole ones.
    pub fn requests(&self, period: Period) -> Result<u64, MoneyError> {
        let mut all = Decimal::ZERO;
        for day in period.dates() {
            all = sum(all, self.on(day)?)?;
        }
        Ok(whole(all))
    }

    /// The same month with so many requests, spread over its days and models as described.
    pub fn log(
        &self,
        period: Period,
        requests: u64,
        detail: Detail,
    ) -> Result<UsageLog, MoneyError> {
        let mut shares = Shares::new(self);
        let mut good = vec![Good::default(); self.mix.len()];
        let mut records = Vec::new();
        for (day, requests) in self.days(period, requests, detail.grain)? {
            for (at, requests) in hours(requests, detail.grain) {
                let at = detail
                    .zone
                    .midnight(day)
                    .checked_add(SignedDuration::from_hours(at));
                let Ok(at) = at else { continue };
                for (place, requests) in shares.deal(requests)? {
                    let share = &self.mix[place];
                    match detail.scored {
                        true => {
                            let good = good[place].deal(requests, *self.good_percent)?;
                            records.extend(self.scored(at, share, requests, good)?);
                        }
                        false => records.push(self.record(at, share, requests)?),
                    }
                }
            }
        }
        if !detail.compute {
            for record in &mut records {
                record.quantities.remove(COMPUTE_SECONDS);
            }
        }
        Ok(UsageLog::new(records))
    }

    /// What a day brings, not rounded to whole requests.
    fn on(&self, day: Date) -> Result<Decimal, MoneyError> {
        let weekday = self.who.on_a_weekday()?;
        let weekend = day.weekday().to_monday_zero_offset() >= 5;
        match weekend {
            true => Ratio::from(weekday).percent(*self.weekend_percent)?.value(),
            false => Ok(weekday),
        }
    }

    /// Requests of each day that has any: differences of rounded running totals, which sum to the whole.
    fn days(
        &self,
        period: Period,
        requests: u64,
        grain: Grain,
    ) -> Result<Vec<(Date, u64)>, MoneyError> {
        let whole_month = || Ok(vec![(period.from(), requests)]);
        if grain == Grain::Month {
            return whole_month();
        }
        let mut weights = Vec::with_capacity(31);
        let mut all = Decimal::ZERO;
        for day in period.dates() {
            let weight = self.on(day)?;
            all = sum(all, weight)?;
            weights.push((day, weight));
        }
        if all.is_zero() {
            return whole_month();
        }
        let (mut running, mut given) = (Decimal::ZERO, 0);
        let mut days = Vec::with_capacity(weights.len());
        for (day, weight) in weights {
            running = sum(running, weight)?;
            let up_to = Ratio::from(running)
                .times(requests.into())?
                .per(all)?
                .value()?;
            let up_to = whole(up_to);
            if up_to > given {
                days.push((day, up_to - given));
                given = up_to;
            }
        }
        Ok(days)
    }

    /// Good answers, and those that are not good enough.
    fn scored(
        &self,
        at: Timestamp,
        share: &Share,
        requests: u64,
        good: u64,
    ) -> Result<Vec<UsageRecord>, MoneyError> {
        let parts = [(good, Exact::ONE), (requests - good, Exact::ZERO)];
        let parts = parts.into_iter().filter(|(requests, _)| *requests > 0);
        parts
            .map(|(requests, score)| {
                let record = self.record(at, share, requests)?;
                let score = Some(score);
                Ok(UsageRecord { score, ..record })
            })
            .collect()
    }

    fn record(
        &self,
        at: Timestamp,
        share: &Share,
        requests: u64,
    ) -> Result<UsageRecord, MoneyError> {
        let prompt = Ratio::from(Decimal::from(self.prompt_tokens));
        let part = |percent: Exact| Ok(whole(prompt.percent(*percent)?.value()?));
        let read = part(self.cache_read_percent)?.min(self.prompt_tokens);
        let written = part(self.cache_write_percent)?.min(self.prompt_tokens - read);
        let mut record = UsageRecord::at(at);
        record.model = Some(share.model.clone());
        record.variant = share.variant.clone();
        record.requests = requests.into();
        record.context = Some(self.prompt_tokens.into());
        let each = [
            ("input", Decimal::from(self.prompt_tokens - read - written)),
            ("cache_read", read.into()),
            ("cache_write", written.into()),
            ("output", self.answer_tokens.into()),
            (COMPUTE_SECONDS, *self.compute_seconds),
        ];
        for (meter, each) in each {
            if !each.is_zero() {
                let all = product(each, requests.into())?;
                record.quantities.insert(meter.into(), all.into());
            }
        }
        Ok(record)
    }
}

fn whole(requests: Decimal) -> u64 {
    let rounding = Rounding {
        mode: RoundingMode::HalfUp,
        decimals: 0,
    };
    rounding.round(requests).to_u64().unwrap_or(u64::MAX)
}

/// Requests by the hour of the day at which they are noted: spread evenly, or all at noon.
fn hours(requests: u64, grain: Grain) -> Vec<(i64, u64)> {
    const HOURS: u64 = 24;
    if grain != Grain::Hour {
        return vec![(12, requests)];
    }
    let up_to = |hour: u64| u128::from(requests) * u128::from(hour) / u128::from(HOURS);
    let hour = |hour: u64| {
        let requests = u64::try_from(up_to(hour + 1) - up_to(hour)).unwrap_or_default();
        (i64::try_from(hour).unwrap_or_default(), requests)
    };
    (0..HOURS)
        .map(hour)
        .filter(|(_, requests)| *requests > 0)
        .collect()
}

/// Good answers among those of one model so far: differences of rounded running totals, so that a month has its share.
#[derive(Clone, Copy, Default)]
struct Good {
    seen: u64,
    given: u64,
}

impl Good {
    /// How many of the next so many are good.
    fn deal(&mut self, requests: u64, percent: Decimal) -> Result<u64, MoneyError> {
        self.seen = self.seen.saturating_add(requests);
        let all = Ratio::from(Decimal::from(self.seen)).percent(percent)?;
        let due = whole(all.value()?).saturating_sub(self.given).min(requests);
        self.given += due;
        Ok(due)
    }
}

/// Deals whole requests out to models, so that each has its share as nearly as can be at any time.
struct Shares {
    percents: Vec<Decimal>,
    all: Decimal,
    seen: Decimal,
    given: Vec<u64>,
}

impl Shares {
    fn new(work: &Workload) -> Shares {
        let percents: Vec<Decimal> = work.mix.iter().map(|share| *share.percent).collect();
        Shares {
            all: percents.iter().sum(),
            given: vec![0; percents.len()],
            seen: Decimal::ZERO,
            percents,
        }
    }

    /// The next so many requests: the place of each model, and what it gets.
    fn deal(&mut self, requests: u64) -> Result<Vec<(usize, u64)>, MoneyError> {
        if self.all.is_zero() {
            return Ok(Vec::new());
        }
        self.seen = sum(self.seen, requests.into())?;
        let mut left = requests;
        let mut dealt = Vec::with_capacity(self.percents.len());
        for (at, percent) in self.percents.iter().enumerate() {
            let due = Ratio::from(self.seen)
                .times(*percent)?
                .per(self.all)?
                .floor()?
                .0;
            let due = due
                .to_u64()
                .unwrap_or(u64::MAX)
                .saturating_sub(self.given[at]);
            let due = due.min(left);
            left -= due;
            dealt.push((at, due));
        }
        // What rounding left goes to those furthest behind, one each.
        let mut behind: Vec<usize> = (0..dealt.len()).collect();
        behind.sort_by_cached_key(|at| {
            let due = self.seen * self.percents[*at] / self.all;
            std::cmp::Reverse(due - Decimal::from(self.given[*at] + dealt[*at].1))
        });
        let takers = behind
            .into_iter()
            .filter(|at| !self.percents[*at].is_zero());
        for at in takers
            .cycle()
            .take(usize::try_from(left).unwrap_or_default())
        {
            dealt[at].1 += 1;
        }
        for (at, requests) in &dealt {
            self.given[*at] += requests;
        }
        dealt.retain(|(_, requests)| *requests > 0);
        Ok(dealt)
    }
}
