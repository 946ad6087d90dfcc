//! What the Month page shows, worked out from the state: one month of use on every plan.

use std::rc::Rc;

use foretoken::billing::{self, Bill, Plan, PlanCharge};
use foretoken::calendar::Period;
use foretoken::catalog::{Catalog, Listing};
use foretoken::money;
use foretoken::rating::price::Price;
use foretoken::scenario::MonthChoice;
use foretoken::usage::{COMPUTE_SECONDS, Detail, UsageLog, Workload};
use rust_decimal::Decimal;

/// A month of use on every plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub period: Period,
    pub requests: u64,
    pub sides: Vec<Side>,
    pub cheapest: Option<usize>,
}

/// The month on one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    pub bill: Result<Rc<Bill>, String>,
    /// Before tax and credits, at half and at double the use.
    pub half: Option<Decimal>,
    pub double: Option<Decimal>,
}

/// Work the month out.
pub fn compare(choice: &MonthChoice, catalog: &Catalog, period: Period) -> Comparison {
    let requests = choice.workload.requests(period).unwrap_or_default();
    let sides: Vec<Side> = choice
        .plans
        .iter()
        .map(|plan| side(plan, &choice.workload, catalog, period, requests))
        .collect();
    let net = |side: &Side| side.net();
    let cheapest = sides
        .iter()
        .enumerate()
        .filter_map(|(at, side)| Some((net(side)?, at)))
        .min()
        .map(|(_, at)| at);
    Comparison {
        period,
        requests,
        sides,
        cheapest,
    }
}

fn side(plan: &Plan, work: &Workload, catalog: &Catalog, period: Period, requests: u64) -> Side {
    let detail = detail(plan, work, catalog, period);
    let bill = |requests: u64| -> Result<Bill, String> {
        let log = log(work, period, requests, detail)?;
        billing::bill(plan, &log, catalog, period).map_err(|error| error.to_string())
    };
    let net = |requests: u64| bill(requests).ok().map(|bill| *bill.totals.net);
    Side {
        bill: bill(requests).map(Rc::new),
        half: net(requests / 2),
        double: net(requests.saturating_mul(2)),
    }
}

/// The records of a month with so many requests.
pub fn log(
    work: &Workload,
    period: Period,
    requests: u64,
    detail: Detail,
) -> Result<UsageLog, String> {
    let log = work.log(period, requests, detail);
    log.map_err(|error| error.to_string())
}

/// How finely a month must be told apart for this plan and these models.
pub fn detail(plan: &Plan, work: &Workload, catalog: &Catalog, period: Period) -> Detail {
    let names = work.mix.iter().map(|share| &share.model);
    let models = names.filter_map(|name| Some(listing(catalog, name)?.model));
    let scored = |charge: &PlanCharge| matches!(charge.price, Price::Outcome(_));
    Detail {
        grain: plan.grain(period, &models.collect::<Vec<_>>()),
        scored: plan.charges.iter().any(scored),
        compute: plan.charges.iter().any(bills_compute),
    }
}

/// Whether a charge bills seconds of compute.
pub fn bills_compute(charge: &PlanCharge) -> bool {
    let meters = &charge.quantity.of;
    meters.iter().any(|meter| meter.as_ref() == COMPUTE_SECONDS)
}

/// The model that `provider/model` names.
pub fn listing<'a>(catalog: &'a Catalog, name: &str) -> Option<Listing<'a>> {
    let (provider, model) = name.split_once('/')?;
    catalog.get(provider, model)
}

impl Side {
    /// Before tax and credits.
    pub fn net(&self) -> Option<Decimal> {
        self.bill.as_ref().ok().map(|bill| *bill.totals.net)
    }

    /// What each of so many costs; nothing where there are none.
    pub fn per(&self, number: u64) -> Option<Decimal> {
        money::quotient(self.net()?, number.into()).ok()
    }
}

impl Comparison {
    /// Prompt and answer tokens of the month together.
    pub fn tokens(&self, work: &Workload) -> u64 {
        let each = work.prompt_tokens.saturating_add(work.answer_tokens);
        self.requests.saturating_mul(each)
    }
}
