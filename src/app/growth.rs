//! The bill as use grows, worked out from the state: every plan over a range of requests, or of tokens of a prompt.

use std::collections::HashMap;
use std::rc::Rc;

use foretoken::billing::{Curve, Plan, Total, TotalOf, curve_within};
use foretoken::calendar::Period;
use foretoken::catalog::Catalog;
use foretoken::rating::price::PlanError;
use foretoken::scenario::MOST_PROMPT;
use foretoken::usage::{Detail, Grain, UsageLog, Workload};
use rust_decimal::Decimal;

use crate::effects::clock;
use crate::months::{detail, listing, within};
use crate::store::Shared;

/// What grows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Axis {
    /// Requests in the month.
    #[default]
    Requests,
    /// Tokens of every prompt; the requests stay.
    Prompt,
}

/// All that the curve follows from.
#[derive(Clone, PartialEq)]
pub struct Question {
    pub axis: Axis,
    pub work: Workload,
    pub plans: Vec<Plan>,
    pub catalog: Shared<Catalog>,
    pub period: Period,
}

/// Every plan over the range.
pub struct Growth {
    pub question: Question,
    /// What grows, as it is now.
    pub today: u64,
    /// The range is from 0 to here.
    pub until: u64,
    pub curve: Curve,
    requests: u64,
    /// What is asked for again and again and is no point of the curve: today, half and double.
    places: Vec<(u64, Totals)>,
}

/// What each plan comes to, unrounded; nothing where it has no price.
type Totals = Vec<Option<Decimal>>;

/// Samples, where they cost next to nothing.
const SAMPLES: usize = 200;
/// The fewest that find what happens between them.
const LEAST_SAMPLES: usize = 12;
/// Microseconds that the samples may take together.
const BUDGET: u64 = 50_000;
/// Microseconds after which plans are no longer followed from sample to sample, and the fewest asks for it.
const PATIENCE: u64 = 150_000;
const LEAST_ASKS: usize = 120;

impl Growth {
    pub fn new(question: &Question) -> Growth {
        let requests = question.work.requests(question.period).unwrap_or_default();
        let (today, until) = range(question, requests);
        let asked = question.asked();
        let mut logs = Logs::new(question, requests);
        let mut total = |plan: usize, n: u64| asked[plan].at(&mut logs, n);
        let started = clock::microseconds();
        for plan in 0..asked.len() {
            // How long it takes is all that is wanted here; the answers are asked for again.
            let _ = total(plan, until);
        }
        let taken = clock::microseconds().saturating_sub(started);
        let afford = |budget: u64| usize::try_from(budget / taken.max(1)).unwrap_or(SAMPLES);
        let samples = afford(BUDGET).clamp(LEAST_SAMPLES, SAMPLES);
        let asks = (afford(PATIENCE) * asked.len()).max(LEAST_ASKS);
        let curve = curve_within(asked.len(), 0..=until, samples, asks, &mut total);
        let mut place = |n: u64| {
            let plans = 0..asked.len();
            let totals = plans.map(|plan| total(plan, n).ok().map(|total| total.amount));
            (n, totals.collect())
        };
        let places = [today / 2, today, today.saturating_mul(2)].map(&mut place);
        Growth {
            question: question.clone(),
            today,
            until,
            curve,
            requests,
            places: places.into(),
        }
    }

    /// What each plan comes to at `n`, unrounded; nothing where it has no price.
    pub fn at(&self, n: u64) -> Totals {
        let points = &self.curve.points;
        if let Ok(at) = points.binary_search_by_key(&n, |point| point.n) {
            return points[at].totals.clone();
        }
        if let Some((_, totals)) = self.places.iter().find(|(place, _)| *place == n) {
            return totals.clone();
        }
        let mut logs = Logs::new(&self.question, self.requests);
        let asked = self.question.asked();
        let total = |asked: &Asked| asked.at(&mut logs, n).ok().map(|total| total.amount);
        asked.iter().map(total).collect()
    }

    pub fn name(&self, plan: usize) -> &str {
        let plan = self.question.plans.get(plan);
        plan.map_or("", |plan| &plan.name)
    }
}

impl Question {
    fn asked(&self) -> Vec<Asked<'_>> {
        let asked = |plan| Asked {
            ready: TotalOf::new(plan, &self.catalog, self.period),
            detail: detail(plan, &self.work, &self.catalog, self.period),
        };
        self.plans.iter().map(asked).collect()
    }
}

/// A plan that is asked again and again.
struct Asked<'a> {
    ready: Result<TotalOf<'a>, PlanError>,
    detail: Detail,
}

impl Asked<'_> {
    fn at(&self, logs: &mut Logs, n: u64) -> Result<Total, PlanError> {
        let ready = self.ready.as_ref().map_err(Clone::clone)?;
        let log = logs.at(n, self.detail)?;
        let total = ready.at(&log)?;
        within(total.amount).map_err(|why| PlanError::new("", why))?;
        Ok(total)
    }
}

/// The records of a month for any `n`. Plans that need the same detail share them.
struct Logs<'a> {
    question: &'a Question,
    work: Workload,
    requests: u64,
    known: HashMap<(Detail, u64), Rc<UsageLog>>,
}

impl<'a> Logs<'a> {
    fn new(question: &'a Question, requests: u64) -> Logs<'a> {
        Logs {
            question,
            work: question.work.clone(),
            requests,
            known: HashMap::new(),
        }
    }

    fn at(&mut self, n: u64, detail: Detail) -> Result<Rc<UsageLog>, PlanError> {
        if let Some(known) = self.known.get(&(detail, n)) {
            return Ok(known.clone());
        }
        let requests = match self.question.axis {
            Axis::Requests => n,
            Axis::Prompt => {
                self.work.prompt_tokens = n;
                self.requests
            }
        };
        let log = self.work.log(self.question.period, requests, detail)?;
        let log = Rc::new(log);
        // Hundreds of logs with a record for every hour would fill the memory of a phone.
        if detail.grain == Grain::Month {
            self.known.insert((detail, n), log.clone());
        }
        Ok(log)
    }
}

/// What grows as it is now, and how far it is followed: to twice that, or past the threshold of long prompts.
fn range(question: &Question, requests: u64) -> (u64, u64) {
    let (today, least) = match question.axis {
        Axis::Requests => (requests, 100),
        Axis::Prompt => (question.work.prompt_tokens, 1_000),
    };
    let double = today.saturating_mul(2).max(least);
    match question.axis {
        Axis::Requests => (today, rounded_up(double)),
        Axis::Prompt => {
            let past = long_prompts(question, today).map(|threshold| threshold + threshold / 4);
            let until = rounded_up(double.max(past.unwrap_or_default()));
            (today, until.min(MOST_PROMPT.max(today)))
        }
    }
}

/// The nearest threshold of long prompts above today's, among the models that are used.
fn long_prompts(question: &Question, today: u64) -> Option<u64> {
    let names = question.work.mix.iter().map(|share| &share.model);
    let models = names.filter_map(|name| Some(listing(&question.catalog, name)?.model));
    let rates = models.flat_map(|model| model.cards.iter().flat_map(|card| &card.rates));
    let thresholds = rates.flat_map(|rate| rate.tiers.iter().map(|tier| tier.threshold));
    thresholds.filter(|threshold| *threshold >= today).min()
}

/// The next number of one or two digits and zeros that reads well at the end of an axis.
fn rounded_up(n: u64) -> u64 {
    let mut size: u64 = 1;
    while n / size >= 10 {
        size = size.saturating_mul(10);
    }
    let tenths = [
        10, 12, 15, 16, 20, 24, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100,
    ];
    let end = |tenths: u64| u64::try_from(u128::from(size) * u128::from(tenths) / 10).ok();
    let mut ends = tenths.into_iter().filter_map(end);
    ends.find(|end| *end >= n).unwrap_or(n)
}
