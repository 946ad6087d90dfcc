//! What a plan, a usage and a period come to: the one readable order of work.

use super::bill::{Bill, LineItem, LineKind, Totals};
use super::charges::Charged;
use super::credits::{self, CreditUse};
use super::order::{Stage, TaxOn};
use super::plan::{Plan, RoundingPlace};
use super::quantity::Allowance;
use super::tax::TaxMode;
use crate::calendar::{Date, Period};
use crate::catalog::Catalog;
use crate::money::{Exact, Ratio, difference, quotient, sum};
use crate::rating::price::{Place, PlanError};
use crate::usage::{UsageLog, UsageRecord};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// What stands while the stages go by.
struct Standing<'a> {
    job: &'a Job<'a>,
    lines: Vec<LineItem>,
    /// What discounts left of each charge, unrounded.
    left: BTreeMap<Arc<str>, Decimal>,
    /// What is no charge's own: minimums, commitment.
    general: Decimal,
    /// The sum of the lines so far, without tax and credits.
    total: Decimal,
    tax: Decimal,
    /// Tax that prices hold already.
    held: Decimal,
    credits: Decimal,
    used: Vec<Decimal>,
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

    fn round(&self, amount: Decimal) -> Decimal {
        match self.plan.rounding.place {
            RoundingPlace::Bill => amount,
            _ => self.plan.rounding.rounding().round(amount),
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
    fn before_credits(&self) -> Result<(Decimal, BTreeMap<Arc<str>, Decimal>), PlanError> {
        let (mut standing, _) = self.charged()?;
        let stages = self.plan.order.stages().iter();
        for stage in stages.take_while(|stage| **stage != Stage::Credits) {
            standing.apply(*stage)?;
        }
        let due = sum(standing.total, difference(standing.tax, standing.held)?)?;
        Ok((due, standing.left))
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
        for stage in stages.filter(|stage| !matches!(stage, Stage::Credits | Stage::Tax(_))) {
            standing.apply(*stage)?;
        }
        Ok((
            standing.total,
            included.into_iter().map(|each| each.units).collect(),
        ))
    }

    fn charged(&self) -> Result<(Standing<'_>, Vec<super::IncludedUse>), PlanError> {
        let mut standing = Standing {
            job: self,
            lines: Vec::new(),
            left: BTreeMap::new(),
            general: Decimal::ZERO,
            total: Decimal::ZERO,
            tax: Decimal::ZERO,
            held: Decimal::ZERO,
            credits: Decimal::ZERO,
            used: vec![Decimal::ZERO; self.plan.credits.len()],
        };
        let mut included = Vec::new();
        for (at, charge) in self.plan.charges.iter().enumerate() {
            let Charged {
                lines,
                included: units,
            } = self.charge(charge).at_item("charges", at)?;
            let mut own = Decimal::ZERO;
            for line in &lines {
                own = sum(own, *line.amount)?;
            }
            standing.left.insert(charge.id.clone(), own);
            standing.total = sum(standing.total, own)?;
            standing.lines.extend(lines);
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

impl Standing<'_> {
    fn apply(&mut self, stage: Stage) -> Result<(), PlanError> {
        match stage {
            Stage::Discounts => self.discounts(),
            Stage::Minimum => self.minimum(),
            Stage::Maximum => self.maximum(),
            Stage::Commitment => self.commitment().at("commitment"),
            Stage::Tax(on) => self.tax(on).at("tax"),
            Stage::Credits => self.credits().at("credits"),
        }
    }

    fn discounts(&mut self) -> Result<(), PlanError> {
        let plan = self.job.plan;
        for discount in plan.discount_order.arrange(&plan.discounts) {
            let base = self.base(&discount.on)?;
            let exact = discount.off(base).at("discounts")?.value()?;
            let off = self.job.round(exact).min(base.max(Decimal::ZERO));
            self.take_from(&discount.on, off, base)?;
            let mut line = LineItem::adjustment(
                LineKind::Discount,
                &discount.name,
                Exact(-exact),
                Exact(-off),
            );
            line.of = Some(base.into());
            line.percent = discount.percent;
            self.push(line)?;
        }
        Ok(())
    }

    /// What is left of these charges; of everything where none is named.
    fn base(&self, on: &[Arc<str>]) -> Result<Decimal, PlanError> {
        if on.is_empty() {
            return Ok(self.total);
        }
        let left = on.iter().filter_map(|id| self.left.get(id));
        Ok(left
            .into_iter()
            .try_fold(Decimal::ZERO, |total, left| sum(total, *left))?)
    }

    /// Shares out what is taken by what is left, unrounded; the last one gets the rest.
    fn take_from(
        &mut self,
        on: &[Arc<str>],
        taken: Decimal,
        base: Decimal,
    ) -> Result<(), PlanError> {
        if base <= Decimal::ZERO || taken.is_zero() {
            return Ok(());
        }
        let all = on.is_empty();
        let general = if all { Some(&mut self.general) } else { None };
        let charges = self
            .left
            .iter_mut()
            .filter(|(id, _)| all || on.contains(id));
        let mut shares: Vec<&mut Decimal> = charges
            .map(|(_, left)| left)
            .chain(general)
            .filter(|left| !left.is_zero())
            .collect();
        let mut rest = taken;
        let last = shares.len().saturating_sub(1);
        for (at, left) in shares.iter_mut().enumerate() {
            let share = if at == last {
                rest
            } else {
                quotient(taken * **left, base)?
            };
            **left -= share;
            rest -= share;
        }
        Ok(())
    }

    fn push(&mut self, line: LineItem) -> Result<(), PlanError> {
        self.total = sum(self.total, *line.amount)?;
        self.lines.push(line);
        Ok(())
    }

    fn minimum(&mut self) -> Result<(), PlanError> {
        let Some(least) = self.job.plan.minimum.filter(|_| self.job.closing) else {
            return Ok(());
        };
        let least = self.job.share_of_days(*least, true).at("minimum")?;
        let missing = difference(least, self.total)?;
        if missing <= Decimal::ZERO {
            return Ok(());
        }
        let name = format!("At least {}", Exact(least));
        let mut line =
            LineItem::adjustment(LineKind::Minimum, &name, missing.into(), missing.into());
        line.of = Some(self.total.into());
        self.general = sum(self.general, missing)?;
        self.push(line)
    }

    fn maximum(&mut self) -> Result<(), PlanError> {
        let Some(most) = self.job.plan.maximum else {
            return Ok(());
        };
        let beyond = difference(self.total, *most)?;
        if beyond <= Decimal::ZERO {
            return Ok(());
        }
        let name = format!("At most {most}");
        let mut line =
            LineItem::adjustment(LineKind::Maximum, &name, Exact(-beyond), Exact(-beyond));
        line.of = Some(self.total.into());
        self.take_from(&[], beyond, self.total)?;
        self.push(line)
    }

    fn commitment(&mut self) -> Result<(), PlanError> {
        let Some(commitment) = &self.job.plan.commitment else {
            return Ok(());
        };
        let promised = self.job.share_of_days(*commitment.amount, true)?;
        let exact = commitment
            .change(self.total, promised, self.job.closing)?
            .value()?;
        if exact.is_zero() {
            return Ok(());
        }
        let amount = self.job.round(exact);
        let name = if self.total < promised {
            "Commitment not reached"
        } else {
            "Beyond the commitment"
        };
        let mut line =
            LineItem::adjustment(LineKind::Commitment, name, exact.into(), amount.into());
        line.of = Some(self.total.into());
        self.general = sum(self.general, amount)?;
        self.push(line)
    }

    fn tax(&mut self, on: TaxOn) -> Result<(), PlanError> {
        let Some(tax) = &self.job.plan.tax else {
            return Ok(());
        };
        let base = match on {
            TaxOn::Net => self.total,
            TaxOn::Rest => sum(self.total, self.credits)?,
        };
        let whole = self.job.plan.rounding.place == RoundingPlace::Bill;
        let rounding = (!whole).then(|| self.job.plan.rounding.rounding());
        let inclusive = tax.mode == TaxMode::Inclusive;
        for (rate, taxed) in tax.rates.iter().zip(tax.on(base, rounding)?) {
            let (exact, amount) = (taxed.exact.into(), taxed.amount.into());
            let mut line = LineItem::adjustment(LineKind::Tax, &rate.name, exact, amount);
            line.of = Some(base.into());
            line.percent = Some(rate.percent);
            self.lines.push(line);
            self.tax = sum(self.tax, taxed.amount)?;
            if inclusive {
                self.held = sum(self.held, taxed.amount)?;
            }
        }
        Ok(())
    }

    /// Stretch by stretch of days on which the same credits are valid, each in the order of the drawdown.
    fn credits(&mut self) -> Result<(), PlanError> {
        let (job, plan) = (self.job, self.job.plan);
        if plan.credits.is_empty() {
            return Ok(());
        }
        let mut covered: BTreeMap<Arc<str>, Decimal> = BTreeMap::new();
        let mut paid = Decimal::ZERO;
        let order = plan.drawdown.arrange(&plan.credits);
        for day in credits::segments(&plan.credits, plan.credits_draw, job.period) {
            if day > job.until && day != job.period.until() {
                break;
            }
            let (due, left) = match day < job.until {
                true => job.up_to(day).before_credits()?,
                false => (
                    sum(self.total, difference(self.tax, self.held)?)?,
                    self.left.clone(),
                ),
            };
            for at in &order {
                let credit = &plan.credits[*at];
                if !credit.is_valid(day.min(job.until).max(day)) {
                    continue;
                }
                let room = difference(due, paid)?;
                let room = match credit.on.is_empty() {
                    true => room,
                    false => own_room(&credit.on, &left, &covered)?.min(room),
                };
                let rest = difference(*credit.amount, self.used[*at])?;
                let used = self.job.round(room.max(Decimal::ZERO)).min(rest);
                self.used[*at] = sum(self.used[*at], used)?;
                paid = sum(paid, used)?;
                cover(credit, used, &left, &mut covered)?;
            }
        }
        for at in order {
            let used = self.used[at];
            if !used.is_zero() {
                let name = plan.credits[at].title();
                self.lines.push(LineItem::adjustment(
                    LineKind::Credit,
                    name,
                    Exact(-used),
                    Exact(-used),
                ));
                self.credits = difference(self.credits, used)?;
            }
        }
        Ok(())
    }

    fn totals(&self) -> Result<Totals, PlanError> {
        let of = |kinds: &[LineKind]| {
            let lines = self.lines.iter().filter(|line| kinds.contains(&line.kind));
            let mut amounts = lines.map(|line| *line.amount);
            amounts.try_fold(Decimal::ZERO, sum)
        };
        let rounding = self.job.plan.rounding.rounding();
        let whole = |amount: Decimal| match self.job.plan.rounding.place {
            RoundingPlace::Bill => rounding.round(amount),
            _ => amount,
        };
        let net = whole(difference(self.total, self.held)?);
        let (tax, credits) = (whole(self.tax), whole(self.credits));
        Ok(Totals {
            fixed: whole(of(&[LineKind::Fixed])?).into(),
            usage: whole(of(&[LineKind::Usage])?).into(),
            discounts: whole(of(&[LineKind::Discount])?).into(),
            limits: whole(of(&[LineKind::Minimum, LineKind::Maximum])?).into(),
            commitment: whole(of(&[LineKind::Commitment])?).into(),
            net: net.into(),
            tax: tax.into(),
            credits: credits.into(),
            total: sum(sum(net, tax)?, credits)?.into(),
        })
    }
}

/// What is still to be paid of these charges.
fn own_room(
    on: &[Arc<str>],
    left: &BTreeMap<Arc<str>, Decimal>,
    covered: &BTreeMap<Arc<str>, Decimal>,
) -> Result<Decimal, PlanError> {
    let mut room = Decimal::ZERO;
    for id in on {
        let due = left.get(id).copied().unwrap_or_default();
        let paid = covered.get(id).copied().unwrap_or_default();
        room = sum(room, difference(due, paid)?.max(Decimal::ZERO))?;
    }
    Ok(room)
}

/// Notes which charges a credit paid for: its own in the plan's order, and what is no charge's own last.
fn cover(
    credit: &super::Credit,
    used: Decimal,
    left: &BTreeMap<Arc<str>, Decimal>,
    covered: &mut BTreeMap<Arc<str>, Decimal>,
) -> Result<(), PlanError> {
    let mut rest = used;
    for (id, due) in left {
        if !credit.on.is_empty() && !credit.on.contains(id) {
            continue;
        }
        let paid = covered.entry(id.clone()).or_default();
        let here = difference(*due, *paid)?.max(Decimal::ZERO).min(rest);
        *paid = sum(*paid, here)?;
        rest = difference(rest, here)?;
    }
    Ok(())
}
