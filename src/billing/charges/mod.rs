//! From the charges of a plan to the lines of a bill.

mod by_quantity;
mod by_record;
mod groups;
mod over_time;

use super::bill::{Group, IncludedUse, LineItem, LineKind};
use super::job::Job;
use super::measuring::{Allowance, Measured};
use super::plan::{PlanCharge, RoundingPlace};
use crate::money::{Exact, sum};
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
        let mut amounts = lines.iter().map(|line| *line.amount);
        let total = amounts.try_fold(Decimal::ZERO, |left, right| self.sum(left, right))?;
        let limit = self.limit(charge, total)?;
        charged.lines.extend(lines);
        let Some((kind, words, limit)) = limit else {
            return Ok(());
        };
        let name = format!("{}, {words} {}", charge.title(), Exact(limit));
        let change = self.sum(limit, -total)?;
        let amount = self.round(change).into();
        charged.lines.push(LineItem {
            charge: Some(charge.id.clone()),
            group,
            of: Some(total.into()),
            ..LineItem::adjustment(kind, &name, change.into(), amount)
        });
        Ok(())
    }

    /// The limit a charge is lifted or lowered to, if any. What falls short is made up at the end of the period.
    fn limit(
        &self,
        charge: &PlanCharge,
        total: Decimal,
    ) -> Result<Option<(LineKind, &'static str, Decimal)>, PlanError> {
        if let Some(most) = charge.maximum.filter(|most| total > **most) {
            return Ok(Some((LineKind::Maximum, "at most", *most)));
        }
        let Some(least) = charge.minimum.filter(|_| self.closing) else {
            return Ok(None);
        };
        let least = self.share_of_days(*least, charge.prorate).at("minimum")?;
        Ok((total < least).then_some((LineKind::Minimum, "at least", least)))
    }

    fn line(&self, charge: &PlanCharge, draft: Draft) -> Result<LineItem, PlanError> {
        let exact = draft.priced.amount.value()?;
        let rounding = self.plan.rounding.rounding();
        let mut slices = draft.priced.slices.iter();
        let amount = match self.plan.rounding.place {
            RoundingPlace::Bill => exact,
            RoundingPlace::TierLine => slices.try_fold(Decimal::ZERO, |total, slice| {
                sum(total, slice.amount.rounded(rounding)?)
            })?,
            RoundingPlace::Line => rounding.round(exact),
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
            exact: exact.into(),
            amount: amount.into(),
        })
    }
}
