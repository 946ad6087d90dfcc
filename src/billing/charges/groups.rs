//! The groups of a charge: one line each.

use crate::billing::bill::Group;
use crate::billing::job::Job;
use crate::billing::measuring::Measuring;
use crate::billing::plan::PlanCharge;
use crate::rating::price::{LooksAt, property};
use crate::usage::UsageRecord;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The meter of money carried.
pub const MONEY: &str = "amount";
/// The meter of requests.
pub const REQUESTS: &str = "requests";
/// The name by which a charge groups by meter.
const METER: &str = "meter";

/// A group of a charge: its values, its records in the order of time, and the meters it measures.
pub struct Member<'a> {
    pub group: Group,
    pub records: Vec<&'a UsageRecord>,
    pub meters: Vec<Arc<str>>,
}

impl<'a> Job<'a> {
    /// The groups of a charge, in the order of their values; without groups there is one, used or not.
    pub(in crate::billing) fn members(&self, charge: &PlanCharge) -> Vec<Member<'a>> {
        let meters = meters(charge);
        if charge.group_by.is_empty() {
            return vec![self.everything(charge)];
        }
        let by_meter = charge.group_by.iter().any(|name| name.as_ref() == METER);
        let mut groups: BTreeMap<Vec<Arc<str>>, Member<'a>> = BTreeMap::new();
        for record in self.selected(charge) {
            for kind in kinds(by_meter, &meters, record) {
                let value = |name: &Arc<str>| -> Arc<str> {
                    property(record, name, kind.as_deref())
                        .unwrap_or_default()
                        .into()
                };
                let values: Vec<Arc<str>> = charge.group_by.iter().map(value).collect();
                let member = groups.entry(values).or_insert_with_key(|values| Member {
                    group: charge
                        .group_by
                        .iter()
                        .cloned()
                        .zip(values.iter().cloned())
                        .collect(),
                    records: Vec::new(),
                    meters: kind.map_or_else(|| meters.clone(), |meter| vec![meter]),
                });
                member.records.push(record);
            }
        }
        groups.into_values().collect()
    }

    /// All that a charge looks at, as one group.
    pub(in crate::billing) fn everything(&self, charge: &PlanCharge) -> Member<'a> {
        Member {
            group: Vec::new(),
            records: self.selected(charge).collect(),
            meters: meters(charge),
        }
    }

    fn selected(&self, charge: &PlanCharge) -> impl Iterator<Item = &'a UsageRecord> {
        let only = &charge.quantity.only;
        let records = self.records.iter().copied();
        records.filter(move |record| only.is_empty() || only.holds(record, None))
    }

    pub(in crate::billing) fn measuring<'m>(
        &self,
        charge: &'m PlanCharge,
        meters: &'m [Arc<str>],
    ) -> Measuring<'m> {
        Measuring {
            quantity: &charge.quantity,
            meters,
            zone: self.plan.time_zone,
            days: self.days(),
            daily: self.active_days_so_far(),
        }
    }
}

fn meters(charge: &PlanCharge) -> Vec<Arc<str>> {
    let money = charge.price.looks_at() == LooksAt::Money;
    if money && charge.quantity.of.is_empty() {
        return vec![MONEY.into()];
    }
    charge.quantity.of.clone()
}

/// The meters of a record that are groups of their own; one nameless kind where a charge does not group by meter.
fn kinds(by_meter: bool, meters: &[Arc<str>], record: &UsageRecord) -> Vec<Option<Arc<str>>> {
    if !by_meter {
        return vec![None];
    }
    if meters.is_empty() {
        // The fee that a provider asks for each request is listed too.
        let used = record.quantities.keys().cloned();
        return used.chain([REQUESTS.into()]).map(Some).collect();
    }
    let named = meters.iter().filter(|meter| record.names(meter));
    named.cloned().map(Some).collect()
}
