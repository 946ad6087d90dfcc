//! Between the lines of the charges and what is to be paid: one stage after the other.

use super::bill::{LineItem, LineKind, Totals};
use super::credits::{Paid, segments};
use super::job::Job;
use super::order::{Pays, Stage, TaxOn};
use super::plan::{Plan, RoundingPlace};
use super::tax::TaxMode;
use crate::money::{Exact, Ratio, difference, sum};
use crate::rating::price::{Place, PlanError};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What stands while the stages go by.
pub struct Standing<'a> {
    job: &'a Job<'a>,
    pub lines: Vec<LineItem>,
    /// What discounts left of each charge, unrounded.
    pub left: Vec<Ratio>,
    /// What is no charge's own: minimums, commitment.
    general: Ratio,
    /// The sum of the lines so far, without tax and credits.
    pub total: Decimal,
    tax: Decimal,
    /// Tax that prices hold already.
    held: Decimal,
    credits: Decimal,
    /// What was used of each credit.
    pub used: Vec<Decimal>,
}

impl<'a> Standing<'a> {
    pub fn new(job: &'a Job<'a>) -> Standing<'a> {
        Standing {
            job,
            lines: Vec::new(),
            left: Vec::with_capacity(job.plan.charges.len()),
            general: Ratio::ZERO,
            total: Decimal::ZERO,
            tax: Decimal::ZERO,
            held: Decimal::ZERO,
            credits: Decimal::ZERO,
            used: vec![Decimal::ZERO; job.plan.credits.len()],
        }
    }

    /// Takes in the lines of the next charge.
    pub fn charge(&mut self, lines: Vec<LineItem>) -> Result<(), PlanError> {
        let mut amounts = lines.iter().map(|line| *line.amount);
        let own = amounts.try_fold(Decimal::ZERO, sum)?;
        self.left.push(own.into());
        self.total = sum(self.total, own)?;
        self.lines.extend(lines);
        Ok(())
    }

    pub fn apply(&mut self, stage: Stage) -> Result<(), PlanError> {
        match stage {
            Stage::Discounts => self.discounts(),
            Stage::Minimum => self.minimum(),
            Stage::Maximum => self.maximum(),
            Stage::Commitment => self.commitment().at("commitment"),
            Stage::Tax(on) => self.tax(on).at("tax"),
            Stage::Credits(pays) => self.credits(pays).at("credits"),
        }
    }

    fn discounts(&mut self) -> Result<(), PlanError> {
        let plan = self.job.plan;
        for discount in plan.discount_order.arrange(&plan.discounts) {
            let base = self.base(&discount.on).at("discounts")?;
            let exact = discount.off(base).at("discounts")?;
            let (exact, most) = (exact.value()?, base.value()?.max(Decimal::ZERO));
            let off = self.job.round(exact).min(most);
            self.take_from(&discount.on, off, base)?;
            let (name, kind) = (&discount.name, LineKind::Discount);
            let mut line = LineItem::adjustment(kind, name, Exact(-exact), Exact(-off));
            line.of = Some(base.value()?.into());
            line.percent = discount.percent;
            self.push(line)?;
        }
        Ok(())
    }

    /// What is left of these charges; of everything where none is named.
    fn base(&self, on: &[Arc<str>]) -> Result<Ratio, PlanError> {
        if on.is_empty() {
            return Ok(self.total.into());
        }
        let mut base = Ratio::ZERO;
        for (at, left) in self.left.iter().enumerate() {
            if means(self.job.plan, on, at) {
                base = base.plus(*left)?;
            }
        }
        Ok(base)
    }

    /// Shares out what is taken by what is left of each, unrounded.
    fn take_from(&mut self, on: &[Arc<str>], taken: Decimal, base: Ratio) -> Result<(), PlanError> {
        if taken.is_zero() || base.is_zero() || base.is_negative() {
            return Ok(());
        }
        for at in 0..self.left.len() {
            if means(self.job.plan, on, at) {
                let share = self.left[at].share(taken.into(), base)?;
                self.left[at] = self.left[at].minus(share)?;
            }
        }
        if on.is_empty() {
            let share = self.general.share(taken.into(), base)?;
            self.general = self.general.minus(share)?;
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
        self.general = self.general.plus(missing.into())?;
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
        self.take_from(&[], beyond, self.total.into())?;
        self.push(line)
    }

    fn commitment(&mut self) -> Result<(), PlanError> {
        let commitment = self.job.plan.commitment.as_ref();
        let Some(commitment) = commitment.filter(|_| self.job.closing) else {
            return Ok(());
        };
        let promised = self.job.share_of_days(*commitment.amount, true)?;
        let exact = commitment.change(self.total, promised)?.value()?;
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
        self.general = self.general.plus(amount.into())?;
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

    /// What is to be paid so far, or of it the net.
    pub fn due(&self, pays: Pays) -> Result<Decimal, PlanError> {
        let net = difference(self.total, self.held)?;
        Ok(match pays {
            Pays::Due => sum(net, self.tax)?,
            Pays::Net => net,
        })
    }

    /// Stretch by stretch of days on which the same credits are valid, each in the order of the drawdown. What one stretch
    /// leaves unpaid no later credit pays.
    fn credits(&mut self, pays: Pays) -> Result<(), PlanError> {
        let (job, plan) = (self.job, self.job.plan);
        if plan.credits.is_empty() {
            return Ok(());
        }
        let order = plan.drawdown.arrange(&plan.credits);
        let mut paid = Paid::new(plan.charges.len());
        for day in segments(&plan.credits, plan.credits_draw, job.period) {
            let (due, left) = match day < job.until {
                true => job.up_to(day).before_credits()?,
                false => (self.due(pays)?, self.left.clone()),
            };
            for at in &order {
                let credit = &plan.credits[*at];
                if !credit.is_valid(day) {
                    continue;
                }
                let own = |place: usize| means(plan, &credit.on, place);
                let room = paid.room(due, &left, own, credit.on.is_empty())?;
                let rest = difference(*credit.amount, self.used[*at])?;
                let used = job.round(room).min(job.coins(rest));
                self.used[*at] = sum(self.used[*at], used)?;
                paid.pay(used, &left, own)?;
            }
            paid.close(due, &left)?;
        }
        self.credit_lines(&order)
    }

    fn credit_lines(&mut self, order: &[usize]) -> Result<(), PlanError> {
        for at in order {
            let used = self.used[*at];
            if !used.is_zero() {
                let (name, amount) = (self.job.plan.credits[*at].title(), Exact(-used));
                let line = LineItem::adjustment(LineKind::Credit, name, amount, amount);
                self.lines.push(line);
                self.credits = difference(self.credits, used)?;
            }
        }
        Ok(())
    }

    pub fn totals(&self) -> Result<Totals, PlanError> {
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

/// Whether a list of charges means the one at this place; an empty list means all.
fn means(plan: &Plan, on: &[Arc<str>], at: usize) -> bool {
    on.is_empty() || on.contains(&plan.charges[at].id)
}
