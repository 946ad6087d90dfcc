//! Charges that look at one quantity.

use super::groups::Member;
use super::{Charged, Draft};
use crate::billing::job::Job;
use crate::billing::measuring::{Allowance, Measured};
use crate::billing::plan::{GroupTiers, PlanCharge, RoundingPlace};
use crate::billing::quantity::EachWindow;
use crate::money::{Ratio, difference};
use crate::rating::price::{Part, Place, PlanError, Priced, Slice};
use rust_decimal::Decimal;

impl Job<'_> {
    pub(super) fn by_quantity(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        if charge.group_tiers == GroupTiers::Shared && !charge.group_by.is_empty() {
            return self.shared(charge);
        }
        let mut charged = Charged::default();
        for member in self.members(charge) {
            let (measured, units, priced) = self.priced(charge, &member)?;
            charged.include(charge, &member.group, units);
            let draft = Draft::usage(charge, member.group, measured, priced);
            self.add(charge, &mut charged, vec![draft])?;
        }
        Ok(charged)
    }

    pub(in crate::billing) fn priced(
        &self,
        charge: &PlanCharge,
        member: &Member,
    ) -> Result<(Measured, Option<Allowance>, Priced), PlanError> {
        let measuring = self.measuring(charge, &member.meters);
        let priced_apart = charge.quantity.each_window == EachWindow::Priced;
        let Some(every) = charge.quantity.every.filter(|_| priced_apart) else {
            let (measured, units) = measuring.whole(&member.records).at("quantity")?;
            let priced = charge.price.of(measured.billed).at("price")?;
            return Ok((measured, units, priced));
        };
        let (mut all, mut priced) = (Measured::default(), Priced::default());
        for window in measuring.windows(every, &member.records).at("quantity")? {
            all = all.and(window)?;
            priced = priced.and(charge.price.of(window.billed).at("price")?)?;
        }
        Ok((all, None, priced))
    }

    /// One price for all groups, shared out by what was measured in each.
    fn shared(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let (_, units, priced) = self.priced(charge, &self.everything(charge))?;
        let members = self.members(charge);
        let mut parts = Vec::with_capacity(members.len());
        let mut whole = Ratio::ZERO;
        for member in &members {
            let measuring = self.measuring(charge, &member.meters);
            let part = measuring.measured(&member.records).at("quantity")?;
            whole = whole.plus(part)?;
            parts.push(part);
        }
        if whole.is_zero() {
            // Nothing to go by: equal shares.
            parts = vec![Decimal::ONE.into(); members.len()];
            whole = Decimal::from(members.len()).into();
        }
        let mut charged = Charged::default();
        charged.include(charge, &Vec::new(), units);
        let drafts = members.into_iter().zip(&parts).map(|(member, part)| {
            let share = Slice {
                part: Part::Shared,
                quantity: *part,
                rate: priced.amount.value()?.into(),
                per: whole.value()?.into(),
                amount: priced.amount.share(*part, whole)?,
            };
            Ok(Draft::usage(
                charge,
                member.group,
                Measured::plain(*part),
                Priced::one(share),
            ))
        });
        let drafts = drafts.collect::<Result<Vec<Draft>, PlanError>>()?;
        self.add_shares(charge, &mut charged, drafts, &priced)?;
        Ok(charged)
    }

    /// Each line is the difference of two rounded running totals, so that they sum to the rounded whole.
    fn add_shares(
        &self,
        charge: &PlanCharge,
        charged: &mut Charged,
        drafts: Vec<Draft>,
        whole: &Priced,
    ) -> Result<(), PlanError> {
        let rounding = self.plan.rounding.rounding();
        let (mut running, mut given) = (Ratio::ZERO, Decimal::ZERO);
        let last = drafts.len().saturating_sub(1);
        let mut lines = Vec::with_capacity(drafts.len());
        for (at, draft) in drafts.into_iter().enumerate() {
            running = running.plus(draft.priced.amount)?;
            let mut line = self.line(charge, draft)?;
            if self.plan.rounding.place != RoundingPlace::Bill {
                let up_to = if at == last { whole.amount } else { running };
                let up_to = up_to.rounded(rounding)?;
                line.due = difference(up_to, given)?.into();
                line.amount = line.due.value()?.into();
                given = up_to;
            }
            lines.push(line);
        }
        self.limited(charge, charged, Vec::new(), lines)
    }
}
