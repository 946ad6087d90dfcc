//! Charges that look at each request, or at each record and meter.

use super::groups::{MONEY, Member, REQUESTS};
use super::{Charged, Draft};
use crate::billing::bill::Group;
use crate::billing::job::Job;
use crate::billing::measuring::Measured;
use crate::billing::plan::PlanCharge;
use crate::money::Ratio;
use crate::rating::price::{Cost, Event, Part, Place, PlanError, Price, Priced, Slice};
use crate::usage::UsageRecord;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What sets the lines of one charge apart, and their order.
type Key = Vec<Arc<str>>;

impl Job<'_> {
    /// Shapes that look at each request. Where they look at money, a record without any is none of them.
    pub(super) fn by_event(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let of_money = !matches!(charge.price, Price::Outcome(_));
        let mut charged = Charged::default();
        for member in self.members(charge) {
            let measuring = self.measuring(charge, &member.meters);
            let (mut events, mut all) = (Vec::with_capacity(member.records.len()), Ratio::ZERO);
            for record in &member.records {
                let event = record.names(MONEY) && !record.requests.is_zero();
                if of_money && !event {
                    continue;
                }
                let quantity = measuring.of(record).at("quantity")?;
                let amount = record.quantity(MONEY);
                all = all.plus(if of_money { amount } else { quantity }.into())?;
                events.push(Event {
                    requests: *record.requests,
                    amount,
                    quantity,
                    score: record.score.map(|score| *score),
                });
            }
            let priced = charge.price.of_events(&events).at("price")?;
            let draft = Draft::usage(charge, member.group, Measured::plain(all), priced);
            self.add(charge, &mut charged, vec![draft])?;
        }
        Ok(charged)
    }

    /// Shapes that look at each record and meter: a line for each model and meter, or for each cell.
    pub(super) fn by_record(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let mut charged = Charged::default();
        for member in self.members(charge) {
            let mut parts: BTreeMap<Key, (Group, Ratio, Priced)> = BTreeMap::new();
            for record in &member.records {
                for meter in meters(charge, &member, record) {
                    let Some(slice) = self.slice(charge, record, &meter).at("price")? else {
                        continue;
                    };
                    let (key, group) = apart(charge, record, &meter, &slice);
                    let part = parts
                        .entry(key)
                        .or_insert_with(|| (group, Ratio::ZERO, Priced::default()));
                    part.1 = part.1.plus(slice.quantity)?;
                    part.2 = std::mem::take(&mut part.2).and(Priced::one(slice))?;
                }
            }
            let drafts = parts.into_values().map(|(group, quantity, priced)| {
                let group = member.group.iter().cloned().chain(group).collect();
                Draft::usage(charge, group, Measured::plain(quantity), priced)
            });
            self.add(charge, &mut charged, drafts.collect())?;
        }
        Ok(charged)
    }

    fn slice(
        &self,
        charge: &PlanCharge,
        record: &UsageRecord,
        meter: &str,
    ) -> Result<Option<Slice>, PlanError> {
        match &charge.price {
            Price::CostPlus(plus) => plus.of(record, meter, self.catalog).at("cost_plus"),
            Price::Matrix(matrix) => matrix.of(record, meter).at("matrix"),
            _ => Ok(None),
        }
    }
}

/// The meters of a record that a charge looks at: those it names, or all.
fn meters(charge: &PlanCharge, member: &Member, record: &UsageRecord) -> Vec<Arc<str>> {
    if matches!(&charge.price, Price::CostPlus(plus) if plus.of == Cost::Carried) {
        return vec![MONEY.into()];
    }
    if !member.meters.is_empty() {
        return member.meters.clone();
    }
    let used = record.quantities.keys().cloned();
    used.chain([REQUESTS.into()]).collect()
}

/// Which line a slice belongs to: its place among the lines, and what sets it apart beside the charge's own groups.
fn apart(
    charge: &PlanCharge,
    record: &UsageRecord,
    meter: &Arc<str>,
    slice: &Slice,
) -> (Key, Group) {
    let mut group: Group = match (&charge.price, &slice.part) {
        (Price::Matrix(matrix), Part::Cell { is, .. }) => {
            matrix.by.iter().cloned().zip(is.iter().cloned()).collect()
        }
        (Price::CostPlus(plus), _) if plus.of == Cost::List => {
            let model = record.model.clone().unwrap_or_default();
            vec![("model".into(), model), ("meter".into(), meter.clone())]
        }
        _ => Vec::new(),
    };
    let key = match slice.part {
        Part::Cell { cell, .. } => {
            vec![format!("{:09}", cell.map_or(Decimal::MAX, Decimal::from)).into()]
        }
        _ => group.iter().map(|(_, value)| value.clone()).collect(),
    };
    group.retain(|(name, _)| !charge.group_by.contains(name));
    (key, group)
}
