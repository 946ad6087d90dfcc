//! What a plan, a usage and a period come to: the one readable order of work.

use super::bill::Bill;
use super::charges::Charged;
use super::credits::CreditUse;
use super::measuring::Allowance;
use super::order::Stage;
use super::plan::{Plan, RoundingPlace};
use super::stages::Standing;
use crate::calendar::{Date, Period};
use crate::catalog::Catalog;
use crate::money::{Ratio, Rounding, RoundingMode, sum, sum_of_quotients};
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
    /// Decimals of an unrounded amount that are surely not what a quotient lost.
    const SURE: u32 = 15;

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
            active: self.active,
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
    pub fn share_of_days(&self, amount: Decimal, prorate: bool) -> Result<Decimal, PlanError> {
        let (active, all) = self.days();
        if !prorate || active == all {
            return Ok(amount);
        }
        let share = Ratio::from(amount).times(active.into())?.per(all.into())?;
        Ok(self.round(share.value()?))
    }

    pub fn round(&self, amount: Decimal) -> Decimal {
        match self.plan.rounding.place {
            RoundingPlace::Bill => amount,
            _ => self.plan.rounding.rounding().round(amount),
        }
    }

    /// The sum of two amounts; unrounded ones are quotients.
    pub fn sum(&self, left: Decimal, right: Decimal) -> Result<Decimal, PlanError> {
        Ok(match self.plan.rounding.place {
            RoundingPlace::Bill => sum_of_quotients(left, right)?,
            _ => sum(left, right)?,
        })
    }

    /// An amount to be multiplied and shared out; an unrounded one is a quotient.
    pub fn ratio(&self, amount: Decimal) -> Ratio {
        match self.plan.rounding.place {
            RoundingPlace::Bill => Ratio::of_quotient(amount),
            _ => amount.into(),
        }
    }

    /// A total: where lines are not rounded it is. Quotients were cut off at their 28th digit, so what is left of them
    /// beyond the fifteenth decimal is nothing.
    pub fn whole(&self, amount: Decimal) -> Decimal {
        match self.plan.rounding.place {
            RoundingPlace::Bill => {
                let amount = crate::money::round(amount, Self::SURE);
                self.plan.rounding.rounding().round(amount)
            }
            _ => amount,
        }
    }

    /// Nothing, where what is left is only what quotients lost.
    fn without_dust(amount: Decimal) -> Decimal {
        match crate::money::round(amount, Self::SURE).is_zero() {
            true => Decimal::ZERO,
            false => amount,
        }
    }

    /// The whole coins of a credit: what is below a coin cannot be paid, nor what a quotient lost at its 28th digit.
    pub fn coins(&self, amount: Decimal) -> Decimal {
        let down = Rounding {
            mode: RoundingMode::Down,
            decimals: self.plan.rounding.decimals,
        };
        match self.plan.rounding.place {
            RoundingPlace::Bill => Self::without_dust(amount),
            _ => down.round(amount),
        }
    }

    /// Charges, then the stages of the plan's order, then the totals.
    pub fn bill(&self) -> Result<Bill, PlanError> {
        let (mut standing, included) = self.charged()?;
        for stage in self.plan.order.stages() {
            standing.apply(*stage)?;
        }
        let totals = standing.totals()?;
        let credits = self.settled(&standing.used);
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
    pub fn before_credits(&self) -> Result<(Decimal, Vec<Ratio>), PlanError> {
        let (mut standing, _) = self.charged()?;
        for stage in self.plan.order.stages() {
            if let Stage::Credits(pays) = stage {
                return Ok((standing.due(*pays)?, standing.left));
            }
            standing.apply(*stage)?;
        }
        Ok((standing.total, standing.left))
    }

    /// Charged so far before tax and credits, nothing rounded, and the included units.
    pub fn so_far(&self) -> Result<(Decimal, Vec<Allowance>), PlanError> {
        let mut plan = self.plan.clone();
        plan.rounding.place = RoundingPlace::Bill;
        let unrounded = Job {
            plan: &plan,
            records: self.records.clone(),
            ..*self
        };
        let (mut standing, included) = unrounded.charged()?;
        let stages = plan.order.stages().iter();
        for stage in stages.filter(|stage| !matches!(stage, Stage::Credits(_) | Stage::Tax(_))) {
            standing.apply(*stage)?;
        }
        Ok((
            Self::without_dust(standing.total),
            included.into_iter().map(|each| each.units).collect(),
        ))
    }

    fn charged(&self) -> Result<(Standing<'_>, Vec<super::IncludedUse>), PlanError> {
        let mut standing = Standing::new(self);
        let mut included = Vec::new();
        for (at, charge) in self.plan.charges.iter().enumerate() {
            let Charged {
                lines,
                included: units,
            } = self.charge(charge).at_item("charges", at)?;
            standing.charge(lines)?;
            included.extend(units);
        }
        Ok((standing, included))
    }

    fn settled(&self, used: &[Decimal]) -> Vec<CreditUse> {
        let credits = self.plan.credits.iter().zip(used);
        credits
            .map(|(credit, used)| credit.settle(*used, self.period))
            .collect()
    }
}
