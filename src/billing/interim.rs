//! Day by day, and bills before the end of a period.

use super::bill::IncludedUse;
use super::job::Job;
use crate::calendar::{Date, written};
use crate::money::{Exact, Ratio, difference, product, quotient, sum};
use crate::rating::price::{PlanError, above_zero, expect, not_negative};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

/// Bills made as soon as so much was charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Progressive {
    /// Amounts charged so far, each above the one before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Exact>,
    /// After the last threshold, each time so much more was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Exact>,
}

/// A bill for what was charged since the one before it, before tax and credits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterimBill {
    /// The day on which it is made.
    #[serde(with = "written::day")]
    pub day: Date,
    /// The thresholds that were reached on it; the last bill has none.
    pub reached: Vec<Exact>,
    pub amount: Exact,
}

/// What a day brought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    #[serde(with = "written::day")]
    pub date: Date,
    /// Charged on it, unrounded.
    #[serde(serialize_with = "exact")]
    pub charge: Decimal,
    /// Charged up to its end, unrounded, before tax and credits.
    #[serde(serialize_with = "exact")]
    pub so_far: Decimal,
    /// Included units of each charge that has any, up to its end.
    pub included: Vec<IncludedUse>,
}

/// As every other figure of a document.
fn exact<S: Serializer>(amount: &Decimal, out: S) -> Result<S::Ok, S::Error> {
    Exact(*amount).serialize(out)
}

impl Progressive {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        let mut below = Exact::ZERO;
        for (at, threshold) in self.thresholds.iter().enumerate() {
            let place = format!("thresholds[{at}]");
            not_negative(&place, *threshold)?;
            let rises = format!("above the one before it ({below})");
            expect(*threshold > below, &place, threshold, &rises)?;
            below = *threshold;
        }
        self.every
            .map_or(Ok(()), |every| above_zero("every", every))
    }

    /// Thresholds above one amount and up to another.
    fn crossed(&self, before: Decimal, now: Decimal) -> Result<Vec<Exact>, PlanError> {
        let within = |threshold: &Exact| before < **threshold && **threshold <= now;
        let mut crossed: Vec<Exact> = self.thresholds.iter().copied().filter(within).collect();
        let Some(every) = self.every else {
            return Ok(crossed);
        };
        let start = self.thresholds.last().copied().unwrap_or_default();
        let steps = |amount: Decimal| -> Result<Decimal, PlanError> {
            let beyond = difference(amount, *start)?.max(Decimal::ZERO);
            Ok(quotient(beyond, *every)?.floor())
        };
        let (mut step, last) = (steps(before)?, steps(now)?);
        // A jump over very many steps is told by its last ones.
        step = step.max(last - Decimal::ONE_THOUSAND);
        while step < last {
            step += Decimal::ONE;
            crossed.push(sum(*start, product(step, *every)?)?.into());
        }
        Ok(crossed)
    }
}

impl Job<'_> {
    /// What was charged by the end of each day.
    pub fn day_by_day(&self) -> Result<Vec<Day>, PlanError> {
        let mut days = Vec::with_capacity(31);
        let mut before = Ratio::ZERO;
        let plan = self.plan.unrounded();
        let job = self.on(&plan);
        for date in self.period.dates() {
            let (so_far, included) = job.up_to(date).so_far()?;
            let charge = so_far.minus(before)?.value()?;
            before = so_far;
            days.push(Day {
                date,
                charge,
                so_far: so_far.value()?,
                included,
            });
        }
        Ok(days)
    }

    /// The bills a plan makes before the end of the period, and the last.
    pub fn interim(&self) -> Result<Vec<InterimBill>, PlanError> {
        let Some(progressive) = &self.plan.progressive else {
            return Ok(Vec::new());
        };
        let (mut bills, mut billed, mut before) = (Vec::new(), Decimal::ZERO, Decimal::ZERO);
        for day in self.period.dates() {
            let now = *self.up_to(day).bill()?.totals.net;
            let reached = progressive.crossed(before, now)?;
            before = before.max(now);
            let last = day == self.period.until();
            if !reached.is_empty() || last {
                let amount = difference(now, billed)?.into();
                billed = now;
                bills.push(InterimBill {
                    day,
                    reached,
                    amount,
                });
            }
        }
        Ok(bills)
    }
}
