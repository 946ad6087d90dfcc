//! From JSON to JSON, without the platform: what each exported function says.

use foretoken::billing::{self, Plan};
use foretoken::calendar::Period;
use foretoken::catalog::Catalog;
use foretoken::document;
use foretoken::usage::UsageLog;

/// What a bill or its days are made of, as JSON.
pub struct Papers {
    pub plan: String,
    pub usage: String,
    pub period: String,
    /// No file is no list price.
    pub catalog: Vec<String>,
}

struct Read {
    plan: Plan,
    usage: UsageLog,
    period: Period,
    catalog: Catalog,
}

pub fn check(plan: &str) -> Result<(), String> {
    Plan::from_json(plan).map(drop).map_err(in_words)
}

pub fn bill(papers: &Papers) -> Result<String, String> {
    let read = read(papers)?;
    let bill =
        billing::bill(&read.plan, &read.usage, &read.catalog, read.period).map_err(in_words)?;
    serde_json::to_string(&bill).map_err(in_words)
}

pub fn day_by_day(papers: &Papers) -> Result<String, String> {
    let read = read(papers)?;
    let days = billing::day_by_day(&read.plan, &read.usage, &read.catalog, read.period)
        .map_err(in_words)?;
    serde_json::to_string(&days).map_err(in_words)
}

fn read(papers: &Papers) -> Result<Read, String> {
    let mut catalog = Catalog::default();
    for file in &papers.catalog {
        let file = Catalog::from_json(file).map_err(|error| format!("the catalog: {error}"))?;
        catalog.merge(file);
    }
    Ok(Read {
        plan: Plan::from_json(&papers.plan).map_err(in_words)?,
        usage: UsageLog::from_json(&papers.usage).map_err(in_words)?,
        period: document::read(&papers.period).map_err(|error| format!("the period: {error}"))?,
        catalog,
    })
}

fn in_words(error: impl ToString) -> String {
    error.to_string()
}
