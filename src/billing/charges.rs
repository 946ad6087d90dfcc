//! From the charges of a plan to the lines of a bill.

use super::bill::{Group, IncludedUse, LineItem, LineKind};
use super::plan::{GroupTiers, PlanCharge, RoundingPlace};
use super::quantity::{Allowance, EachWindow, Measured, Measuring};
use super::working::Job;
use crate::money::{Exact, Ratio, difference, sum};
use crate::rating::price::{
    Capacity, Cost, CostPlus, Event, LooksAt, Part, Place, PlanError, Price, Priced, Slice,
    SpillOver, list_rate, property,
};
use crate::usage::UsageRecord;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line before it is rounded.
struct Draft {
    kind: LineKind,
    name: Arc<str>,
    group: Group,
    quantity: Option<Measured>,
    priced: Priced,
}

/// The lines of one charge, and what became of its included units.
#[derive(Default)]
pub struct Charged {
    pub lines: Vec<LineItem>,
    pub included: Vec<IncludedUse>,
}

/// A group of a charge: its values, its records in the order of time, and the meters it measures.
struct Member<'a> {
    group: Group,
    records: Vec<&'a UsageRecord>,
    meters: Vec<Arc<str>>,
}

const MONEY: &str = "amount";
const REQUESTS: &str = "requests";

impl Job<'_> {
    /// The lines of one charge for what was used so far.
    pub(super) fn charge(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        match &charge.price {
            Price::Flat(flat) => {
                let days = if charge.prorate { self.days() } else { (1, 1) };
                let priced = flat.for_days(days.0, days.1).at("price.flat")?;
                let mut charged = Charged::default();
                self.add(
                    charge,
                    &mut charged,
                    vec![self.draft(charge, LineKind::Fixed, Vec::new(), None, priced)],
                )?;
                Ok(charged)
            }
            Price::Capacity(capacity) => self.capacity(charge, capacity),
            price => match price.looks_at() {
                LooksAt::Records => self.by_record(charge),
                LooksAt::Events => self.by_event(charge),
                _ => self.by_quantity(charge),
            },
        }
    }

    fn draft(
        &self,
        charge: &PlanCharge,
        kind: LineKind,
        group: Group,
        quantity: Option<Measured>,
        priced: Priced,
    ) -> Draft {
        let name = charge.title().clone();
        Draft {
            kind,
            name,
            group,
            quantity,
            priced,
        }
    }

    fn capacity(&self, charge: &PlanCharge, capacity: &Capacity) -> Result<Charged, PlanError> {
        let hours = match capacity.hours {
            Some(hours) => *hours,
            None => Decimal::from(self.active_days_so_far()) * Decimal::from(24),
        };
        let priced = capacity.for_hours(hours).at("price.capacity")?;
        let mut drafts = vec![self.draft(charge, LineKind::Fixed, Vec::new(), None, priced)];
        if let Some(spill) = &capacity.spill_over {
            let priced = self
                .spilled(capacity, spill)
                .at("price.capacity.spill_over")?;
            let name = format!("{}, spill-over", charge.title()).into();
            let draft = self.draft(charge, LineKind::Usage, Vec::new(), None, priced);
            drafts.push(Draft { name, ..draft });
        }
        let mut charged = Charged::default();
        self.add(charge, &mut charged, drafts)?;
        Ok(charged)
    }

    /// Hour by hour: the list price of what did not fit.
    fn spilled(&self, capacity: &Capacity, spill: &SpillOver) -> Result<Priced, PlanError> {
        let room = crate::money::product(*capacity.units, *spill.tokens_per_unit_hour)?;
        let hour = |record: &&UsageRecord| self.plan.time_zone.hour(record.at);
        let mut slices = Vec::new();
        for records in self
            .records
            .chunk_by(|left, right| hour(left) == hour(right))
        {
            let (mut used, mut list) = (Decimal::ZERO, Ratio::ZERO);
            for record in records {
                for meter in &spill.of {
                    let quantity = record.quantity(meter);
                    used = sum(used, quantity)?;
                    if quantity.is_zero() {
                        continue;
                    }
                    if let Some((_, rate, per)) = list_rate(record, meter, quantity, self.catalog)?
                    {
                        list = list.plus(Ratio::from(quantity).times(rate)?.per(per)?)?;
                    }
                }
            }
            let beyond = difference(used, room)?;
            if beyond <= Decimal::ZERO {
                continue;
            }
            let markup = sum(Decimal::ONE_HUNDRED, *spill.markup_percent)?;
            let list = list.percent(markup)?;
            slices.push(Slice {
                part: Part::SpillOver { used: used.into() },
                quantity: beyond.into(),
                rate: list.value()?.into(),
                per: used.into(),
                amount: list.times(beyond)?.per(used)?,
            });
        }
        Priced::of(slices)
    }

    /// Shapes that look at one quantity.
    fn by_quantity(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let mut charged = Charged::default();
        let members = self.members(charge);
        if charge.group_tiers == GroupTiers::Shared && !charge.group_by.is_empty() {
            return self.shared(charge, members);
        }
        for member in members {
            let (measured, allowance, priced) = self.priced(charge, &member)?;
            if let Some(units) = allowance {
                let group = member.group.clone();
                charged.included.push(IncludedUse {
                    charge: charge.id.clone(),
                    group,
                    units,
                });
            }
            let draft = self.draft(
                charge,
                LineKind::Usage,
                member.group,
                Some(measured),
                priced,
            );
            self.add(charge, &mut charged, vec![draft])?;
        }
        Ok(charged)
    }

    fn priced(
        &self,
        charge: &PlanCharge,
        member: &Member,
    ) -> Result<(Measured, Option<Allowance>, Priced), PlanError> {
        let measuring = self.measuring(charge, &member.meters);
        let windows = charge
            .quantity
            .every
            .filter(|_| charge.quantity.each_window == EachWindow::Priced);
        let Some(every) = windows else {
            let (measured, allowance) = measuring.whole(&member.records).at("quantity")?;
            let priced = charge.price.of(*measured.billed).at("price")?;
            return Ok((measured, allowance, priced));
        };
        let (mut all, mut priced) = (Measured::default(), Priced::default());
        for window in measuring.windows(every, &member.records).at("quantity")? {
            all = all.and(window)?;
            priced = priced.and(charge.price.of(*window.billed).at("price")?)?;
        }
        Ok((all, None, priced))
    }

    /// One price for all groups, shared out by what each used: the lines are differences of rounded running totals.
    fn shared(&self, charge: &PlanCharge, members: Vec<Member>) -> Result<Charged, PlanError> {
        let mut records: Vec<&UsageRecord> = members
            .iter()
            .flat_map(|member| member.records.clone())
            .collect();
        records.sort_by_key(|record| record.at);
        records.dedup_by(|left, right| std::ptr::eq(*left, *right));
        let meters = self.meters(charge);
        let all = Member {
            group: Vec::new(),
            records,
            meters,
        };
        let (_, allowance, priced) = self.priced(charge, &all)?;
        let mut used = Vec::with_capacity(members.len());
        let mut total = Decimal::ZERO;
        for member in &members {
            let measuring = self.measuring(charge, &member.meters);
            let plain = measuring.plain(&member.records).at("quantity")?;
            total = sum(total, plain)?;
            used.push(plain);
        }
        let mut charged = Charged::default();
        if let Some(units) = allowance {
            let group = Vec::new();
            charged.included.push(IncludedUse {
                charge: charge.id.clone(),
                group,
                units,
            });
        }
        let whole = priced.amount.value()?;
        let (mut running, mut given) = (Decimal::ZERO, Decimal::ZERO);
        let mut lines = Vec::with_capacity(members.len());
        for (member, used) in members.into_iter().zip(used) {
            running = sum(running, used)?;
            let share = if total.is_zero() {
                Ratio::ZERO
            } else {
                priced.amount.times(used)?.per(total)?
            };
            let up_to = if total.is_zero() {
                Ratio::ZERO
            } else {
                priced.amount.times(running)?.per(total)?
            };
            let slice = Slice {
                part: Part::Shared,
                quantity: used.into(),
                rate: whole.into(),
                per: total.into(),
                amount: share,
            };
            let measured = Measured::of(used, used, Decimal::ZERO)?;
            let draft = self.draft(
                charge,
                LineKind::Usage,
                member.group,
                Some(measured),
                Priced::one(slice),
            );
            let mut line = self.line(charge, draft)?;
            if self.plan.rounding.place != RoundingPlace::Bill {
                let rounded = up_to.rounded(self.plan.rounding.rounding())?;
                line.amount = difference(rounded, given)?.into();
                given = rounded;
            }
            lines.push(line);
        }
        self.limited(charge, &mut charged, lines)?;
        Ok(charged)
    }

    /// Shapes that look at each request.
    fn by_event(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let mut charged = Charged::default();
        for member in self.members(charge) {
            let measuring = self.measuring(charge, &member.meters);
            let (mut events, mut all) = (Vec::with_capacity(member.records.len()), Decimal::ZERO);
            for record in &member.records {
                let quantity = measuring.of(record).at("quantity")?;
                all = sum(all, quantity)?;
                events.push(Event {
                    requests: *record.requests,
                    amount: record.quantity(MONEY),
                    quantity,
                    score: record.score.map(|score| *score),
                });
            }
            let priced = charge.price.of_events(&events).at("price")?;
            let measured = Measured::of(all, all, Decimal::ZERO)?;
            let draft = self.draft(
                charge,
                LineKind::Usage,
                member.group,
                Some(measured),
                priced,
            );
            self.add(charge, &mut charged, vec![draft])?;
        }
        Ok(charged)
    }

    /// Shapes that look at each record and meter: a line for each kind of slice.
    fn by_record(&self, charge: &PlanCharge) -> Result<Charged, PlanError> {
        let mut charged = Charged::default();
        for member in self.members(charge) {
            let mut parts: BTreeMap<Vec<Arc<str>>, (Group, Decimal, Priced)> = BTreeMap::new();
            for record in &member.records {
                for meter in self.meters_of(charge, &member, record) {
                    let Some((group, slice)) = self.slice(charge, record, &meter).at("price")?
                    else {
                        continue;
                    };
                    let key = group.iter().map(|(_, value)| value.clone()).collect();
                    let part = parts
                        .entry(key)
                        .or_insert_with(|| (group, Decimal::ZERO, Priced::default()));
                    part.1 = sum(part.1, *slice.quantity)?;
                    part.2 = std::mem::take(&mut part.2).and(Priced::one(slice))?;
                }
            }
            let drafts = parts.into_values().map(|(group, quantity, priced)| {
                let group = member.group.iter().cloned().chain(group).collect();
                let measured = Measured::of(quantity, quantity, Decimal::ZERO)?;
                Ok(self.draft(charge, LineKind::Usage, group, Some(measured), priced))
            });
            let drafts = drafts.collect::<Result<Vec<Draft>, PlanError>>()?;
            self.add(charge, &mut charged, drafts)?;
        }
        Ok(charged)
    }

    /// What one meter of a record costs, and which line it belongs to.
    fn slice(
        &self,
        charge: &PlanCharge,
        record: &UsageRecord,
        meter: &Arc<str>,
    ) -> Result<Option<(Group, Slice)>, PlanError> {
        match &charge.price {
            Price::CostPlus(plus) => {
                let slice = plus.of(record, meter, self.catalog).at("cost_plus")?;
                let model = record.model.clone().unwrap_or_default();
                let mut group = vec![("model".into(), model), ("meter".into(), meter.clone())];
                if plus.of == Cost::Carried {
                    group.clear();
                }
                group.retain(|(name, _)| !charge.group_by.contains(name));
                Ok(slice.map(|slice| (group, slice)))
            }
            Price::Matrix(matrix) => {
                let slice = matrix.of(record, meter).at("matrix")?;
                Ok(slice.map(|slice| {
                    let values = match &slice.part {
                        Part::Cell { is } if is.len() == matrix.by.len() => is.clone(),
                        _ => vec!["default".into(); matrix.by.len()],
                    };
                    (matrix.by.iter().cloned().zip(values).collect(), slice)
                }))
            }
            _ => Ok(None),
        }
    }

    fn meters_of(
        &self,
        charge: &PlanCharge,
        member: &Member,
        record: &UsageRecord,
    ) -> Vec<Arc<str>> {
        match &charge.price {
            Price::CostPlus(CostPlus {
                of: Cost::Carried, ..
            }) => vec![MONEY.into()],
            _ if !member.meters.is_empty() => member.meters.clone(),
            _ => {
                let used = record.quantities.keys().cloned();
                used.chain([REQUESTS.into()]).collect()
            }
        }
    }

    fn meters(&self, charge: &PlanCharge) -> Vec<Arc<str>> {
        if charge.quantity.of.is_empty() && charge.price.looks_at() == LooksAt::Money {
            return vec![MONEY.into()];
        }
        charge.quantity.of.clone()
    }

    fn measuring<'a>(&self, charge: &'a PlanCharge, meters: &'a [Arc<str>]) -> Measuring<'a> {
        Measuring {
            quantity: &charge.quantity,
            meters,
            zone: self.plan.time_zone,
            days: self.days(),
            daily: self.active_days_so_far(),
        }
    }

    /// The groups of a charge, in the order of their values; without groups there is one, used or not.
    fn members(&self, charge: &PlanCharge) -> Vec<Member<'_>> {
        let only = &charge.quantity.only;
        let chosen: Vec<&UsageRecord> = self
            .records
            .iter()
            .copied()
            .filter(|record| only.is_empty() || only.holds(record, None))
            .collect();
        let meters = self.meters(charge);
        if charge.group_by.is_empty() {
            let group = Vec::new();
            return vec![Member {
                group,
                records: chosen,
                meters,
            }];
        }
        let by_meter = charge.group_by.iter().any(|name| name.as_ref() == "meter");
        let mut groups: BTreeMap<Vec<Arc<str>>, Member<'_>> = BTreeMap::new();
        for record in chosen {
            let every = self.meters_or_all(&meters, record);
            let kinds: Vec<Option<&Arc<str>>> = if by_meter {
                every.iter().map(Some).collect()
            } else {
                vec![None]
            };
            for kind in kinds {
                let value = |name: &Arc<str>| -> Arc<str> {
                    property(record, name, kind.map(AsRef::as_ref))
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
                    meters: kind.map_or_else(|| meters.clone(), |meter| vec![meter.clone()]),
                });
                member.records.push(record);
            }
        }
        groups.into_values().collect()
    }

    fn meters_or_all(&self, meters: &[Arc<str>], record: &UsageRecord) -> Vec<Arc<str>> {
        if meters.is_empty() {
            return record.quantities.keys().cloned().collect();
        }
        meters.to_vec()
    }

    /// Rounds the lines of a charge or of one of its groups, and lifts or lowers them to its limits.
    fn add(
        &self,
        charge: &PlanCharge,
        charged: &mut Charged,
        drafts: Vec<Draft>,
    ) -> Result<(), PlanError> {
        let lines = drafts.into_iter().map(|draft| self.line(charge, draft));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        self.limited(charge, charged, lines)
    }

    fn limited(
        &self,
        charge: &PlanCharge,
        charged: &mut Charged,
        lines: Vec<LineItem>,
    ) -> Result<(), PlanError> {
        let mut total = Decimal::ZERO;
        for line in &lines {
            total = sum(total, *line.amount)?;
        }
        let group = lines
            .first()
            .map_or_else(Vec::new, |line| line.group.clone());
        charged.lines.extend(lines);
        let least = match charge.minimum {
            Some(least) if self.closing => {
                self.share_of_days(*least, charge.prorate).at("minimum")?
            }
            _ => Decimal::ZERO,
        };
        let most = charge.maximum.map(|most| *most);
        let (kind, name, limit) = match most {
            Some(most) if total > most => (LineKind::Maximum, "at most", most),
            _ if total < least => (LineKind::Minimum, "at least", least),
            _ => return Ok(()),
        };
        let change = Exact(difference(limit, total)?);
        let name = format!("{}, {name} {}", charge.title(), Exact(limit));
        let mut line = LineItem::adjustment(kind, &name, change, change);
        line.charge = Some(charge.id.clone());
        line.group = group
            .into_iter()
            .filter(|(name, _)| charge.group_by.contains(name))
            .collect();
        line.of = Some(total.into());
        charged.lines.push(line);
        Ok(())
    }

    fn line(&self, charge: &PlanCharge, draft: Draft) -> Result<LineItem, PlanError> {
        let exact = draft.priced.amount.value()?;
        let rounding = self.plan.rounding.rounding();
        let slices = &draft.priced.slices;
        let amount = match self.plan.rounding.place {
            RoundingPlace::Bill => exact,
            RoundingPlace::TierLine if !slices.is_empty() => {
                slices.iter().try_fold(Decimal::ZERO, |total, slice| {
                    sum(total, slice.amount.rounded(rounding)?)
                })?
            }
            _ => rounding.round(exact),
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
