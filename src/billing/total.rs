//! What a plan comes to, asked again and again: the same arithmetic as a bill, without its tax, credits and words.

use super::job::Job;
use super::plan::Plan;
use super::regime::Regime;
use crate::calendar::Period;
use crate::catalog::Catalog;
use crate::rating::price::PlanError;
use crate::usage::UsageLog;
use rust_decimal::Decimal;

/// An amount before tax and credits, unrounded, and what decides how it goes on from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub amount: Decimal,
    pub regime: Regime,
}

/// A plan made ready once to be asked for many usages. The usages are taken as checked.
///
/// ```
/// use foretoken::billing::{Plan, TotalOf};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Tiered", "charges": [{"id": "tokens", "quantity": {"of": ["input"]},
///     "price": {"graduated": {"per": "1000", "tiers": [{"up_to": "10000", "amount": "0.05"}, {"amount": "0.04"}]}}}]}"#).unwrap();
/// let (catalog, december) = (Catalog::default(), Period::month(2026, 12).unwrap());
/// let tiered = TotalOf::new(&plan, &catalog, december).unwrap();
/// let mut usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-01T12:00:00Z", "quantities": {"input": "9999"}}]}"#).unwrap();
/// let below = tiered.at(&usage).unwrap();
/// usage.records[0].quantities.insert("input".into(), 10_001.into());
/// let above = tiered.at(&usage).unwrap();
/// // 10,000 at $0.05 and one at $0.04 per thousand: not a cent more, but another regime.
/// assert_eq!(above.amount.to_string(), "0.50004");
/// assert_ne!(below.regime, above.regime);
/// ```
#[derive(Debug, Clone)]
pub struct TotalOf<'a> {
    unrounded: Plan,
    catalog: &'a Catalog,
    period: Period,
}

impl<'a> TotalOf<'a> {
    pub fn new(
        plan: &Plan,
        catalog: &'a Catalog,
        period: Period,
    ) -> Result<TotalOf<'a>, PlanError> {
        plan.check()?;
        Ok(TotalOf {
            unrounded: plan.unrounded(),
            catalog,
            period,
        })
    }

    /// What this usage comes to by the end of the period.
    pub fn at(&self, usage: &UsageLog) -> Result<Total, PlanError> {
        let job = Job::new(&self.unrounded, usage, self.catalog, self.period);
        let (standing, _) = job.before_tax()?;
        Ok(Total {
            amount: job.net(standing.total)?.value()?,
            regime: job.regime(&standing.lines)?,
        })
    }
}
