//! What a plan, a usage and a period come to: the one readable order of work.

use super::bill::{Bill, IncludedUse};
use super::charges::Charged;
use super::credits::CreditUse;
use super::order::Stage;
use super::plan::{Plan, RoundingPlace};
use super::stages::Standing;
use crate::calendar::{Date, Period};
use crate::catalog::Catalog;
use crate::money::{MoneyError, Ratio, Rounding, RoundingMode};
use crate::rating::price::{Place, PlanError};
use crate::usage::{UsageLog, UsageRecord};
use rust_decimal::Decimal;

/// A bill to be made for what was used up to a day.
pub struct Job<'a> {
    pub plan: &'a Plan,
    pub catalog: &'a Catalog,
    pub period: Period,
    /// The days of the period the plan is active; none is no day at all.
    pub active: Option<Period>,
    /// What was used on them so far, in the order of time.
    pub records: Vec<&'a UsageRecord>,
    /// The last day that is looked at.
    pub until: Date,
    /// It is the end of the period: what falls short is made up now.
    pub closing: bool,
    pub left_out: usize,
}

impl<'a> Job<'a> {
    pub fn new(
        plan: &'a Plan,
        usage: &'a UsageLog,
        catalog: &'a Catalog,
        period: Period,
    ) -> Job<'a> {
        let active = period.overlap(plan.active.from, plan.active.until);
        let zone = plan.time_zone;
        let within =
            |record: &&UsageRecord| active.is_some_and(|days| days.contains(zone.day(record.at)));
        let mut records: Vec<&UsageRecord> = usage.records.iter().filter(within).collect();
        records.sort_by_key(|record| record.at);
        let left_out = usage.records.len() - records.len();
        let until = period.until();
        Job {
            plan,
            catalog,
            period,
            active,
            records,
            until,
            closing: true,
            left_out,
        }
    }

    /// The same up to the end of a day within the period.
    pub fn up_to(&self, day: Date) -> Job<'a> {
        let zone = self.plan.time_zone;
        let end = self
            .records
            .partition_point(|record| zone.day(record.at) <= day);
        Job {
            records: self.records[..end].to_vec(),
            until: day,
            closing: day >= self.period.until(),
            ..*self
        }
    }

    /// Days the plan is active, of how many.
    pub fn days(&self) -> (u32, u32) {
        (self.active.map_or(0, Period::days), self.period.days())
    }

    pub fn active_days_so_far(&self) -> u32 {
        let so_far = self
            .active
            .and_then(|active| active.overlap(None, Some(self.until)));
        so_far.map_or(0, Period::days)
    }

    /// An amount for the period, shared by days and rounded where the plan is active for a part of it.
    pub fn share_of_days(&self, amount: Decimal, prorate: bool) -> Result<Ratio, MoneyError> {
        let (active, all) = self.days();
        if !prorate || active == all {
            return Ok(amount.into());
        }
        self.round(Ratio::from(amount).times(active.into())?.per(all.into())?)
    }

    pub fn round(&self, amount: Ratio) -> Result<Ratio, MoneyError> {
        self.rounded_by(amount, self.plan.rounding.mode)
    }

    /// The whole coins of a credit: what is below a coin cannot be paid.
    pub fn coins(&self, amount: Ratio) -> Result<Ratio, MoneyError> {
        self.rounded_by(amount, RoundingMode::Down)
    }

    fn rounded_by(&self, amount: Ratio, mode: RoundingMode) -> Result<Ratio, MoneyError> {
        let decimals = self.plan.rounding.decimals;
        match self.plan.rounding.place {
            RoundingPlace::Bill => Ok(amount),
            _ => Ok(amount.rounded(Rounding { mode, decimals })?.into()),
        }
    }

    /// Charges, then the stages of the plan's order, then the totals.
    pub fn bill(&self) -> Result<Bill, PlanError> {
        let (mut standing, included) = self.charged()?;
        for stage in self.plan.order.stages() {
            standing.apply(*stage)?;
        }
        let totals = standing.totals()?;
        let credits = self.settled(&standing.used)?;
        Ok(Bill {
            plan: self.plan.name.clone(),
            currency: self.plan.currency,
            period: self.period,
            lines: standing.lines,
            totals,
            included,
            credits,
            interim: Vec::new(),
            left_out: self.left_out,
        })
    }

    /// What is to be paid before credits, and of it what is each charge's own.
    pub fn before_credits(&self) -> Result<(Ratio, Vec<Ratio>), PlanError> {
        let (mut standing, _) = self.charged()?;
        for stage in self.plan.order.stages() {
            if let Stage::Credits(pays) = stage {
                return Ok((standing.due(*pays)?, standing.left));
            }
            standing.apply(*stage)?;
        }
        Ok((standing.total, standing.left))
    }

    /// The same job on a plan made ready for it, such as its own [unrounded](Plan::unrounded).
    pub fn on<'b>(&'b self, plan: &'b Plan) -> Job<'b> {
        Job {
            plan,
            records: self.records.clone(),
            ..*self
        }
    }

    /// Charged so far before tax and credits, and the included units; nothing is rounded where the plan is unrounded.
    pub fn so_far(&self) -> Result<(Ratio, Vec<IncludedUse>), PlanError> {
        let (standing, included) = self.before_tax()?;
        Ok((self.net(standing.total)?, included))
    }

    /// What is left of a sum without the tax that prices hold.
    pub fn net(&self, total: Ratio) -> Result<Ratio, MoneyError> {
        match self.plan.tax.as_ref().filter(|tax| tax.is_inside()) {
            Some(tax) => tax.without(total),
            None => Ok(total),
        }
    }

    /// Charges and the stages of the plan's order but tax and credits.
    pub fn before_tax(&self) -> Result<(Standing<'_>, Vec<IncludedUse>), PlanError> {
        let (mut standing, included) = self.charged()?;
        let stages = self.plan.order.stages().iter();
        for stage in stages.filter(|stage| !matches!(stage, Stage::Credits(_) | Stage::Tax(_))) {
            standing.apply(*stage)?;
        }
        Ok((standing, included))
    }

    fn charged(&self) -> Result<(Standing<'_>, Vec<IncludedUse>), PlanError> {
        let mut standing = Standing::new(self);
        let mut included = Vec::new();
        // A plan that is active on no day of the period charges nothing in it.
        let charges = self.active.map_or(&[][..], |_| &self.plan.charges[..]);
        standing
            .left
            .resize(self.plan.charges.len() - charges.len(), Ratio::ZERO);
        for (at, charge) in charges.iter().enumerate() {
            let Charged {
                lines,
                included: units,
            } = self.charge(charge).at_item("charges", at)?;
            standing.charge(lines)?;
            included.extend(units);
        }
        Ok((standing, included))
    }

    fn settled(&self, used: &[Ratio]) -> Result<Vec<CreditUse>, MoneyError> {
        let credits = self.plan.credits.iter().zip(used);
        credits
            .map(|(credit, used)| credit.settle(*used, self.period))
            .collect()
    }
}
