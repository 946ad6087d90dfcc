//! Plan × usage → bill.
//!
//! Owns: plans and what they may say, what a charge measures, discounts, minimums and maximums, commitments, tax,
//! credits, the order of all these, bills in the middle of a period; what follows from asking a bill often: plans
//! compared as use grows, days on which a limit is reached, how fine usage must be told. Does not own: the arithmetic of
//! a price (see `rating::price`), list prices (see `catalog`), or how a bill is shown (see `app`).
//!
//! [`bill`] is the way in; `job.rs` holds the order of work, `docs/plans.md` describes the documents.

mod bill;
mod charges;
mod check;
mod commitment;
mod credits;
mod curve;
mod discount;
mod grain;
mod interim;
mod job;
mod limit;
mod measuring;
mod order;
mod plan;
mod presets;
mod quantity;
mod regime;
mod stages;
mod tax;
mod total;

pub use bill::{Bill, Group, IncludedUse, LineItem, LineKind, Totals};
pub use commitment::Commitment;
pub use credits::{Credit, CreditUse, Draw, Drawdown, Fund};
pub use curve::{BreakEven, Cliff, Curve, Mark, Point, Refusal, Stretch, curve, curve_within};
pub use discount::{Band, Discount, DiscountOrder};
pub use interim::{Day, InterimBill, Progressive};
pub use limit::{Crossing, PERCENTS, Pause, Stops, crossings, included_crossings, pause};
pub use measuring::{Allowance, Measured};
pub use order::{OrderProfile, Pays, Stage, TaxOn};
pub use plan::{Active, DayCount, GroupTiers, Plan, PlanCharge, RoundingPlace, RoundingRule};
pub use presets::{PRESETS, Preset};
pub use quantity::{
    Aggregate, Convert, EachWindow, Every, Included, IncludedEvery, Quantity, Rollover, Round,
};
pub use regime::{Reached, Regime, Why};
pub use tax::{InclusiveRounds, Tax, TaxMode, TaxRate, Taxed};
pub use total::{Total, TotalOf};

use crate::calendar::Period;
use crate::catalog::Catalog;
use crate::document::DocumentError;
use crate::rating::price::PlanError;
use crate::usage::{LogError, UsageLog};
use job::Job;

/// Why there is no bill.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillError {
    /// The plan says what it may not, or has no price for what was used.
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Usage(#[from] LogError),
    /// It is not a plan at all, or not one of ours.
    #[error(transparent)]
    Foreign(#[from] DocumentError),
    #[error("a period of {0} days is longer than ten years")]
    TooLong(u32),
    #[error("version {0} of plans is newer than this page reads (1): reload to get it")]
    Newer(u32),
}

/// What a usage costs on a plan in a period, line by line.
///
/// ```
/// use foretoken::billing::{self, Plan};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Hybrid", "charges": [
///     {"id": "subscription", "price": {"flat": {"amount": "5000"}}},
///     {"id": "tokens", "quantity": {"of": ["input", "output"], "included": {"units": "5000000"}},
///      "price": {"unit": {"amount": "0.03", "per": "1000"}}}]}"#).unwrap();
/// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-07T12:00:00Z", "requests": "40000", "quantities": {"input": "4100000", "output": "1500000"}}]}"#).unwrap();
/// let december = Period::month(2026, 12).unwrap();
/// let bill = billing::bill(&plan, &usage, &Catalog::default(), december).unwrap();
/// // $5,000 hold 5,000,000 tokens; the other 600,000 cost $0.03 per thousand.
/// let amounts: Vec<String> = bill.lines.iter().map(|line| line.amount.to_string()).collect();
/// assert_eq!(amounts, ["5000", "18"]);
/// assert_eq!(bill.totals.total.to_string(), "5018");
/// ```
pub fn bill(
    plan: &Plan,
    usage: &UsageLog,
    catalog: &Catalog,
    period: Period,
) -> Result<Bill, BillError> {
    ready(plan, usage, period)?;
    let job = Job::new(plan, usage, catalog, period);
    let mut bill = job.bill()?;
    bill.interim = job.interim()?;
    Ok(bill)
}

/// What was charged by the end of each day of the period, unrounded: the days sum to the period.
///
/// ```
/// use foretoken::billing::{self, Plan};
/// use foretoken::{Catalog, calendar::Period, usage::UsageLog};
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Tiered", "charges": [{"id": "tokens", "quantity": {"of": ["input"]},
///     "price": {"graduated": {"per": "1000", "tiers": [{"up_to": "10000", "amount": "0.05"}, {"amount": "0.04"}]}}}]}"#).unwrap();
/// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-01T12:00:00Z", "quantities": {"input": "9500"}},
///     {"at": "2026-12-02T12:00:00Z", "quantities": {"input": "1000"}}]}"#).unwrap();
/// let days = billing::day_by_day(&plan, &usage, &Catalog::default(), Period::month(2026, 12).unwrap()).unwrap();
/// // 500 at $0.05 and 500 at $0.04 per thousand.
/// assert_eq!(days[1].charge.to_string(), "0.045");
/// ```
pub fn day_by_day(
    plan: &Plan,
    usage: &UsageLog,
    catalog: &Catalog,
    period: Period,
) -> Result<Vec<Day>, BillError> {
    ready(plan, usage, period)?;
    Ok(Job::new(plan, usage, catalog, period).day_by_day()?)
}

/// The longest period that is billed, in days.
const MOST_DAYS: u32 = 3_660;

fn ready(plan: &Plan, usage: &UsageLog, period: Period) -> Result<(), BillError> {
    if period.days() > MOST_DAYS {
        return Err(BillError::TooLong(period.days()));
    }
    plan.check()?;
    usage.check()?;
    Ok(())
}
