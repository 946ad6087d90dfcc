//! From the charges of a plan to the lines of a bill.

mod by_quantity;
mod by_record;
mod groups;
mod over_time;

use super::bill::{Group, IncludedUse, LineItem, LineKind};
use super::job::Job;
use super::measuring::{Allowance, Measured};
use super::plan::{PlanCharge, RoundingPlace};
use crate::money::{Exact, Ratio, sum};
use crate::rating::price::{LooksAt, Place, PlanError, Price, Priced};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The lines of one charge, and what became of its included units.
#[derive(Default)]
pub struct Charged {
    pub lines: Vec<LineItem>,
    pub included: Vec<IncludedUse>,
}

/// A line before it is rounded.
struct Draft {
    kind: LineKind,
    name: Arc<str>,
    group: Group,
    quantity: Option<Measured>,
    priced: Priced,
}

impl Draft {
    fn fixed(charge: &PlanCharge, priced: Priced) -> Draft {
        Draft {
            kind: LineKind::Fixed,
            name: charge.title().clone(),
            group: Vec::new(),
            quantity: None,
            priced,
        }
    }

    fn usage(charge: &PlanCharge, group: Group, measured: Measured, priced: Priced) -> Draft {
        Draft {
            kind: LineKind::Usage,
            quantity: Some(measured),
            group,
            ..Draft::fixed(charge, priced)
        }
    }
}

impl Charged {
    fn include(&mut self, charge: &PlanCharge, group: &Group, units: Option<Allowance>) {
        self.included.extend(units.map(|units| IncludedUse {
            charge: charge.id.clone(),
            group: group.clone(),
            units,
        }));
    }
}

impl Job<'_> {
    /// The lines of one charge for what was used so far.
    pub(super) fn charge(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        match (&charge.price, charge.price.looks_at()) {
            (Price::Flat(flat), _) => self.flat(charge, flat),
            (Price::Capacity(capacity), _) => self.capacity(charge, capacity),
            (_, LooksAt::Records) => self.by_record(charge),
            (_, LooksAt::Events) => self.by_event(charge),
            _ => self.by_quantity(charge),
        }
    }

    /// Rounds the lines of a charge or of one of its groups, and lifts or lowers them to its limits.
    fn add(
        &self,
        charge: &PlanCharge,
        charged: &mut Charged,
        drafts: Vec<Draft>,
    ) -> Result<(), PlanError> {
        let lines = drafts.into_iter().map(|draft| self.line(charge, draft));
        let lines: Vec<LineItem> = lines.collect::<Result<_, _>>()?;
        let mut group = lines
            .first()
            .map_or_else(Vec::new, |line| line.group.clone());
        group.retain(|(name, _)| charge.group_by.contains(name));
        self.limited(charge, charged, group, lines)
    }

    fn limited(
        &self,
        charge: &PlanCharge,
        charged: &mut Charged,
        group: Group,
        lines: Vec<LineItem>,
    ) -> Result<(), PlanError> {
        let mut amounts = lines.iter().map(|line| line.due);
        let total = amounts.try_fold(Ratio::ZERO, Ratio::plus)?;
        let limit = self.limit(charge, total)?;
        charged.lines.extend(lines);
        let Some((kind, words, limit)) = limit else {
            return Ok(());
        };
        let name = format!("{}, {words} {}", charge.title(), Exact(limit.value()?));
        let change = limit.minus(total)?;
        charged.lines.push(LineItem {
            charge: Some(charge.id.clone()),
            group,
            of: Some(total.value()?.into()),
            ..LineItem::adjustment(kind, &name, change, self.round(change)?)?
        });
        Ok(())
    }

    /// The limit a charge is lifted or lowered to, if any. What falls short is made up at the end of the period.
    fn limit(
        &self,
        charge: &PlanCharge,
        total: Ratio,
    ) -> Result<Option<(LineKind, &'static str, Ratio)>, PlanError> {
        let most = charge.maximum.map(|most| Ratio::from(*most));
        if let Some(most) = most
            && total.compare(most)?.is_gt()
        {
            return Ok(Some((LineKind::Maximum, "at most", most)));
        }
        let Some(least) = charge.minimum.filter(|_| self.closing) else {
            return Ok(None);
        };
        let least = self.share_of_days(*least, charge.prorate).at("minimum")?;
        let short = total.compare(least)?.is_lt();
        Ok(short.then_some((LineKind::Minimum, "at least", least)))
    }

    fn line(&self, charge: &PlanCharge, draft: Draft) -> Result<LineItem, PlanError> {
        let exact = draft.priced.amount;
        let rounding = self.plan.rounding.rounding();
        let mut slices = draft.priced.slices.iter();
        let due = match self.plan.rounding.place {
            RoundingPlace::TierLine => slices
                .try_fold(Decimal::ZERO, |total, slice| {
                    sum(total, slice.amount.rounded(rounding)?)
                })?
                .into(),
            _ => self.round(exact)?,
        };
        Ok(LineItem {
            kind: draft.kind,
            charge: Some(charge.id.clone()),
            name: draft.name,
            group: draft.group,
            quantity: draft.quantity,
            slices: draft.priced.slices,
            of: None,
            percent: None,
            exact: exact.value()?.into(),
            amount: due.value()?.into(),
            due,
        })
    }
}
