//! Between the lines of the charges and what is to be paid: one stage after the other.

use super::bill::{LineItem, LineKind, Totals};
use super::credits::{Paid, segments};
use super::job::Job;
use super::order::{Pays, Stage, TaxOn};
use super::plan::{Plan, RoundingPlace};
use super::tax::InclusiveRounds;
use crate::money::{Exact, MoneyError, Ratio, difference, sum};
use crate::rating::price::{Place, PlanError};
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
    pub total: Ratio,
    tax: Ratio,
    /// Tax that prices hold already.
    held: Ratio,
    credits: Ratio,
    /// What was used of each credit.
    pub used: Vec<Ratio>,
}

impl<'a> Standing<'a> {
    pub fn new(job: &'a Job<'a>) -> Standing<'a> {
        Standing {
            job,
            lines: Vec::new(),
            left: Vec::with_capacity(job.plan.charges.len()),
            general: Ratio::ZERO,
            total: Ratio::ZERO,
            tax: Ratio::ZERO,
            held: Ratio::ZERO,
            credits: Ratio::ZERO,
            used: vec![Ratio::ZERO; job.plan.credits.len()],
        }
    }

    /// Takes in the lines of the next charge.
    pub fn charge(&mut self, lines: Vec<LineItem>) -> Result<(), PlanError> {
        let own = sum_of(lines.iter())?;
        self.left.push(own);
        self.total = self.total.plus(own)?;
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
            // Rounded it may be a part of a coin more than is left of its charges, but not more than stands.
            let stands = self.total.at_least(Ratio::ZERO)?;
            let off = self.job.round(exact)?.at_most(stands)?;
            self.take_from(&discount.on, off, base)?;
            let (name, kind) = (&discount.name, LineKind::Discount);
            let mut line = LineItem::adjustment(kind, name, exact.negative(), off.negative())?;
            line.of = Some(base.value()?.into());
            line.percent = discount.percent;
            self.push(line)?;
        }
        Ok(())
    }

    /// What is left of these charges; of everything where none is named.
    fn base(&self, on: &[Arc<str>]) -> Result<Ratio, PlanError> {
        if on.is_empty() {
            return Ok(self.total);
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
    fn take_from(&mut self, on: &[Arc<str>], taken: Ratio, base: Ratio) -> Result<(), MoneyError> {
        if taken.is_zero() {
            return Ok(());
        }
        let rest = base.minus(taken.at_most(base)?)?;
        for at in 0..self.left.len() {
            if means(self.job.plan, on, at) {
                self.left[at] = self.left[at].share(rest, base)?;
            }
        }
        if on.is_empty() {
            self.general = self.general.share(rest, base)?;
        }
        Ok(())
    }

    /// A line of the plan. What lifts is the plan's own; what lowers is shared by what is left of everything.
    fn change(&mut self, kind: LineKind, name: &str, exact: Ratio) -> Result<(), PlanError> {
        let amount = self.job.round(exact)?;
        let mut line = LineItem::adjustment(kind, name, exact, amount)?;
        line.of = Some(self.total.value()?.into());
        if amount.is_negative() {
            self.take_from(&[], amount.negative(), self.total)?;
        } else {
            self.general = self.general.plus(amount)?;
        }
        self.push(line)
    }

    fn push(&mut self, line: LineItem) -> Result<(), PlanError> {
        self.total = self.total.plus(line.due)?;
        self.lines.push(line);
        Ok(())
    }

    fn minimum(&mut self) -> Result<(), PlanError> {
        let Some(least) = self.job.plan.minimum.filter(|_| self.job.closing) else {
            return Ok(());
        };
        let least = self.job.share_of_days(*least, true).at("minimum")?;
        let missing = least.minus(self.total)?;
        if missing.is_zero() || missing.is_negative() {
            return Ok(());
        }
        let name = format!("At least {}", Exact(least.value()?));
        self.change(LineKind::Minimum, &name, missing)
    }

    fn maximum(&mut self) -> Result<(), PlanError> {
        let Some(most) = self.job.plan.maximum else {
            return Ok(());
        };
        let beyond = self.total.minus((*most).into())?;
        if beyond.is_zero() || beyond.is_negative() {
            return Ok(());
        }
        let name = format!("At most {most}");
        self.change(LineKind::Maximum, &name, beyond.negative())
    }

    fn commitment(&mut self) -> Result<(), PlanError> {
        let commitment = self.job.plan.commitment.as_ref();
        let Some(commitment) = commitment.filter(|_| self.job.closing) else {
            return Ok(());
        };
        let promised = self.job.share_of_days(*commitment.amount, true)?;
        let exact = commitment.change(self.total, promised)?;
        if exact.is_zero() {
            return Ok(());
        }
        let name = if self.total.compare(promised)?.is_lt() {
            "Commitment not reached"
        } else {
            "Beyond the commitment"
        };
        self.change(LineKind::Commitment, name, exact)
    }

    fn tax(&mut self, on: TaxOn) -> Result<(), PlanError> {
        let Some(tax) = &self.job.plan.tax else {
            return Ok(());
        };
        let base = match on {
            TaxOn::Net => self.total,
            TaxOn::Rest => self.total.plus(self.credits)?,
        };
        let whole = self.job.plan.rounding.place == RoundingPlace::Bill;
        let rounding = (!whole).then(|| self.job.plan.rounding.rounding());
        let inclusive = tax.is_inside();
        for (rate, taxed) in tax.rates.iter().zip(tax.on(base, rounding)?) {
            let (kind, amount) = (LineKind::Tax, taxed.amount);
            let mut line = LineItem::adjustment(kind, &rate.name, taxed.exact, amount)?;
            line.of = Some(base.value()?.into());
            line.percent = Some(rate.percent);
            self.lines.push(line);
            self.tax = self.tax.plus(amount)?;
            if inclusive {
                self.held = self.held.plus(amount)?;
            }
        }
        Ok(())
    }

    /// What is to be paid so far, or of it the net.
    pub fn due(&self, pays: Pays) -> Result<Ratio, MoneyError> {
        let net = self.total.minus(self.held)?;
        match pays {
            Pays::Due => net.plus(self.tax),
            Pays::Net => Ok(net),
        }
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
                let all = paid.room(due)?;
                let room = match credit.on.is_empty() {
                    true => all,
                    false => paid.room_of(&left, own)?.at_most(all)?,
                };
                let rest = Ratio::from(*credit.amount).minus(self.used[*at])?;
                let used = job.coins(job.round(room)?.at_most(rest)?)?;
                self.used[*at] = self.used[*at].plus(used)?;
                paid.pay(used, &left, own)?;
            }
            paid.close(due, &left)?;
        }
        self.give_back(&order, self.due(pays)?)?;
        self.credit_lines(&order)
    }

    /// Where charges fell after they were paid: what would make the total negative goes back, to the last credit first.
    fn give_back(&mut self, order: &[usize], due: Ratio) -> Result<(), PlanError> {
        let mut used = self.used.iter().copied();
        let all = used.try_fold(Ratio::ZERO, Ratio::plus)?;
        let mut beyond = all.minus(due.at_least(Ratio::ZERO)?)?;
        for at in order.iter().rev() {
            let back = self.used[*at].at_most(beyond)?.at_least(Ratio::ZERO)?;
            self.used[*at] = self.used[*at].minus(back)?;
            beyond = beyond.minus(back)?;
        }
        Ok(())
    }

    fn credit_lines(&mut self, order: &[usize]) -> Result<(), PlanError> {
        for at in order {
            let used = self.used[*at];
            if !used.is_zero() {
                let (name, paid) = (self.job.plan.credits[*at].title(), used.negative());
                let line = LineItem::adjustment(LineKind::Credit, name, paid, paid)?;
                self.lines.push(line);
                self.credits = self.credits.plus(paid)?;
            }
        }
        Ok(())
    }

    pub fn totals(&self) -> Result<Totals, PlanError> {
        let rounding = self.job.plan.rounding.rounding();
        let whole = |amount: Ratio| match self.job.plan.rounding.place {
            RoundingPlace::Bill => amount.rounded(rounding),
            _ => amount.value(),
        };
        let of = |kinds: &[LineKind]| {
            let lines = self.lines.iter().filter(|line| kinds.contains(&line.kind));
            whole(sum_of(lines)?).map(Exact)
        };
        let (mut net, mut tax) = (whole(self.due(Pays::Net)?)?, whole(self.tax)?);
        if let Some(held) = self.job.plan.tax.as_ref().filter(|tax| tax.is_inside()) {
            // The total stays.
            let gross = whole(self.total)?;
            match held.inclusive_rounds {
                InclusiveRounds::Net => tax = difference(gross, net)?,
                InclusiveRounds::Tax => net = difference(gross, tax)?,
            }
        }
        let due = sum(net, tax)?;
        let credits = whole(self.credits)?.max(-due);
        Ok(Totals {
            fixed: of(&[LineKind::Fixed])?,
            usage: of(&[LineKind::Usage])?,
            discounts: of(&[LineKind::Discount])?,
            limits: of(&[LineKind::Minimum, LineKind::Maximum])?,
            commitment: of(&[LineKind::Commitment])?,
            net: net.into(),
            tax: tax.into(),
            credits: credits.into(),
            total: sum(due, credits)?.into(),
        })
    }
}

fn sum_of<'a>(mut lines: impl Iterator<Item = &'a LineItem>) -> Result<Ratio, MoneyError> {
    lines.try_fold(Ratio::ZERO, |sum, line| sum.plus(line.due))
}

/// Whether a list of charges means the one at this place; an empty list means all.
fn means(plan: &Plan, on: &[Arc<str>], at: usize) -> bool {
    on.is_empty() || on.contains(&plan.charges[at].id)
}
