//! Plans side by side, asked for n units in one December.

use foretoken::Catalog;
use foretoken::billing::{Curve, Plan, Total, TotalOf, curve};
use foretoken::calendar::Period;
use foretoken::rating::price::PlanError;
use foretoken::usage::{UsageLog, UsageRecord};
use rust_decimal::Decimal;
use std::cell::Cell;
use std::ops::RangeInclusive;

const CATALOG: &str = r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
    "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-5.4", "basis": "exact",
    "prices": [{"usd": {"input": ["2.5", ">272000", "5"], "output": "15"}}]}]}]}"#;

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A charge of this id, quantity and price, as JSON.
pub fn with(id: &str, quantity: &str, price: &str) -> String {
    format!(r#"{{"id": "{id}", "quantity": {{{quantity}}}, "price": {price}}}"#)
}

/// A charge for units.
pub fn charge(price: &str) -> String {
    with("use", r#""of": ["units"]"#, price)
}

pub fn december() -> Period {
    Period::month(2026, 12).unwrap()
}

pub struct Compared {
    plans: Vec<Plan>,
    catalog: Catalog,
    /// n is the prompt of each of so many requests.
    requests: Option<u64>,
    /// n units on each of two days, each of another model.
    twice: bool,
    asked: Cell<usize>,
}

impl Compared {
    /// Plans by their charges; what follows them may close the list and go on.
    pub fn plans(charges: &[&str]) -> Compared {
        let plan = |charges: &&str| {
            let text = format!(r#"{{"version": 1, "name": "", "charges": [{charges}]}}"#);
            Plan::from_json(&text).unwrap_or_else(|why| panic!("{why} in {text}"))
        };
        Compared::of(charges.iter().map(plan).collect())
    }

    pub fn of(plans: Vec<Plan>) -> Compared {
        Compared {
            plans,
            catalog: Catalog::from_json(CATALOG).unwrap(),
            requests: None,
            twice: false,
            asked: Cell::new(0),
        }
    }

    pub fn per_request(self, requests: u64) -> Compared {
        Compared {
            requests: Some(requests),
            ..self
        }
    }

    pub fn twice(self) -> Compared {
        Compared {
            twice: true,
            ..self
        }
    }

    fn usage(&self, n: u64) -> UsageLog {
        let mut record = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
        record.model = Some("openai/gpt-5.4".into());
        if let Some(requests) = self.requests {
            record.requests = requests.into();
            record.context = Some(n.into());
            record
                .quantities
                .insert("input".into(), (n * requests).into());
            return UsageLog::new(vec![record]);
        }
        record.requests = n.into();
        record.quantities.insert("units".into(), n.into());
        let mut records = vec![record.clone()];
        if self.twice {
            record.at = "2026-12-02T12:00:00Z".parse().unwrap();
            record.model = Some("openai/gpt-4o".into());
            records.push(record);
        }
        UsageLog::new(records)
    }

    pub fn totals(&self) -> impl Fn(usize, u64) -> Result<Total, PlanError> {
        let plans = self.plans.iter();
        let plans: Vec<TotalOf> = plans
            .map(|plan| TotalOf::new(plan, &self.catalog, december()).unwrap())
            .collect();
        move |plan, n| {
            self.asked.set(self.asked.get() + 1);
            plans[plan].at(&self.usage(n))
        }
    }

    pub fn curve(&self, range: RangeInclusive<u64>, samples: usize) -> Curve {
        self.asked.set(0);
        curve(self.plans.len(), range, samples, self.totals())
    }

    /// How often a plan was asked for the last curve.
    pub fn asked(&self) -> usize {
        self.asked.get()
    }
}
