//! What the Month page shows, worked out from the state: one month of use on every plan.

use std::rc::Rc;

use foretoken::billing::{self, Bill, IncludedEvery, Plan, PlanCharge};
use foretoken::calendar::Period;
use foretoken::catalog::{Catalog, Listing};
use foretoken::money::{self, Ratio};
use foretoken::rating::price::Price;
use foretoken::scenario::MonthChoice;
use foretoken::usage::{COMPUTE_SECONDS, Detail, UsageLog, Workload};
use rust_decimal::Decimal;

/// A month of use on every plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub period: Period,
    pub requests: u64,
    /// Prompt and answer tokens of the month together.
    pub tokens: Decimal,
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
    let work = &choice.workload;
    let requests = work.requests(period).map_err(|error| error.to_string());
    let of = |plan: &Plan| match &requests {
        Ok(requests) => side(plan, work, catalog, period, *requests),
        Err(why) => Side {
            bill: Err(why.clone()),
            half: None,
            double: None,
        },
    };
    let sides: Vec<Side> = choice.plans.iter().map(of).collect();
    let net = |side: &Side| side.net();
    let cheapest = sides
        .iter()
        .enumerate()
        .filter_map(|(at, side)| Some((net(side)?, at)))
        .min()
        .map(|(_, at)| at);
    let requests = requests.unwrap_or_default();
    let each = Decimal::from(work.prompt_tokens) + Decimal::from(work.answer_tokens);
    Comparison {
        period,
        requests,
        tokens: money::product(requests.into(), each).unwrap_or_default(),
        sides,
        cheapest,
    }
}

fn side(plan: &Plan, work: &Workload, catalog: &Catalog, period: Period, requests: u64) -> Side {
    let detail = detail(plan, work, catalog, period);
    let bill = |requests: u64| -> Result<Bill, String> {
        let log = log(work, period, requests, detail)?;
        let bill = billing::bill(plan, &log, catalog, period).map_err(|error| error.to_string())?;
        within(*bill.totals.net)?;
        Ok(bill)
    };
    let net = |requests: u64| bill(requests).ok().map(|bill| *bill.totals.net);
    Side {
        bill: bill(requests).map(Rc::new),
        half: net(requests / 2),
        double: net(requests.saturating_mul(2)),
    }
}

/// Figures that a page can multiply by percents and millions.
pub fn within(amount: Decimal) -> Result<(), String> {
    let most = Decimal::from(10_u64.pow(18));
    match amount.abs() <= most {
        true => Ok(()),
        false => Err(
            "this comes to more than $1,000,000,000,000,000,000, which the page cannot show"
                .to_owned(),
        ),
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
        zone: plan.time_zone,
    }
}

/// Whether what a day leaves of a charge's included units is lost.
pub fn is_daily(plan: &Plan, charge: &str) -> bool {
    let mut charges = plan.charges.iter().filter(|each| *each.id == *charge);
    charges.any(|each| {
        let included = each.quantity.included.as_ref();
        included.is_some_and(|units| units.every == IncludedEvery::Day)
    })
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

    /// What so many of all cost; nothing where there are none.
    pub fn part(&self, part: u64, of: Decimal) -> Option<Decimal> {
        let part = Ratio::from(self.net()?).times(part.into()).ok()?;
        part.per(of).and_then(Ratio::value).ok()
    }
}
