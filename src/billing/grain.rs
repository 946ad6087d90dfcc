//! How fine usage has to be told in time, and telling it no finer.

use super::credits::{Draw, segments};
use super::plan::{Plan, PlanCharge};
use super::quantity::{Aggregate, Every, IncludedEvery};
use crate::calendar::{Date, Period, Timestamp, Zone};
use crate::catalog::{Model, Weekdays, Window};
use crate::rating::price::{By, Cost, Price};
use crate::usage::{Grain, UsageLog, UsageRecord};
use std::collections::BTreeMap;

impl Plan {
    /// The coarsest grain of usage with which this plan's bill for the period is the same. `models` are those that are
    /// used, where the plan asks for list prices: a price that changes inside the period needs days, one that holds in
    /// some hours needs hours.
    ///
    /// Rules that take requests in the order of time (free events, running totals, the latest value) need days, and take
    /// what is within one as it is listed.
    ///
    /// ```
    /// use foretoken::billing::Plan;
    /// use foretoken::{calendar::Period, usage::Grain};
    /// let plan = |quantity: &str| Plan::from_json(&format!(r#"{{"version": 1, "name": "", "charges": [
    ///     {{"id": "tokens", "quantity": {quantity}, "price": {{"unit": {{"amount": "1"}}}}}}]}}"#)).unwrap();
    /// let grain = |quantity| plan(quantity).grain(Period::month(2026, 12).unwrap(), &[]);
    /// assert_eq!(grain(r#"{"of": ["input"]}"#), Grain::Month);
    /// assert_eq!(grain(r#"{"of": ["input"], "included": {"units": "10", "every": "day"}}"#), Grain::Day);
    /// assert_eq!(grain(r#"{"of": ["input"], "every": "hour", "aggregate": "max"}"#), Grain::Hour);
    /// ```
    pub fn grain(&self, period: Period, models: &[&Model]) -> Grain {
        let charges = self.charges.iter().map(of_charge).max();
        let days = self.progressive.is_some()
            || period.overlap(self.active.from, self.active.until) != Some(period)
            || self.credits_draw == Draw::AsUsed
                && segments(&self.credits, self.credits_draw, period).len() > 1;
        let own = if days { Grain::Day } else { Grain::Month };
        let listed = self.charges.iter().any(asks_list_prices);
        let prices = models
            .iter()
            .filter(|_| listed)
            .flat_map(|model| windows(model));
        let prices = prices
            .map(|window| of_window(window, self.time_zone, period))
            .max();
        own.max(charges.unwrap_or(Grain::Month))
            .max(prices.unwrap_or(Grain::Month))
    }
}

fn of_charge(charge: &PlanCharge) -> Grain {
    let quantity = &charge.quantity;
    let daily = quantity
        .included
        .as_ref()
        .is_some_and(|units| units.every == IncludedEvery::Day);
    match (&charge.price, quantity.every) {
        (Price::Capacity(capacity), _) if capacity.spill_over.is_some() => Grain::Hour,
        (_, Some(Every::Hour)) => Grain::Hour,
        (_, Some(Every::Day)) => Grain::Day,
        _ if daily || goes_by_order(charge) => Grain::Day,
        _ => Grain::Month,
    }
}

fn goes_by_order(charge: &PlanCharge) -> bool {
    match &charge.price {
        Price::Percentage(fee) => fee.free_events.is_some() || fee.free_amount.is_some(),
        Price::BasisPoints(fee) => fee.by == By::Position,
        _ => charge.quantity.aggregate == Aggregate::Latest,
    }
}

fn asks_list_prices(charge: &PlanCharge) -> bool {
    matches!(&charge.price, Price::CostPlus(plus) if plus.of == Cost::List)
}

fn windows(model: &Model) -> impl Iterator<Item = &Window> {
    let variants = model.variants.iter().map(|variant| &variant.card);
    model.cards.iter().chain(variants).map(|card| &card.window)
}

/// Prices change with UTC days; where the plan's own days are others, only hours tell them apart.
fn of_window(window: &Window, zone: Zone, period: Period) -> Grain {
    let ends = [window.from, window.to];
    let inside = |day: &Date| period.from() < *day && *day <= period.until();
    let changes = ends.iter().flatten().any(inside) || window.weekdays != Weekdays::EVERY_DAY;
    match (window.hours, changes) {
        (Some(_), _) => Grain::Hour,
        (None, true) if zone != Zone::default() => Grain::Hour,
        (None, true) => Grain::Day,
        (None, false) => Grain::Month,
    }
}

/// Which window of time an instant lies in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Month,
    Day(Date),
    Hour(Date, i8),
}

impl Grain {
    /// The same usage told no finer than this, in the plan's time zone: records of alike requests within one window
    /// become one, at the first one's time. What lies outside the period stays as it is.
    ///
    /// ```
    /// use foretoken::billing::Plan;
    /// use foretoken::{calendar::Period, usage::{Grain, UsageLog}};
    /// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
    ///     {"at": "2026-12-01T12:00:00Z", "requests": "2", "quantities": {"input": "20"}},
    ///     {"at": "2026-12-07T12:00:00Z", "requests": "3", "quantities": {"input": "30"}}]}"#).unwrap();
    /// let december = Period::month(2026, 12).unwrap();
    /// let month = Grain::Month.compact(&usage, &Plan::new("Any"), december);
    /// assert_eq!((month.records.len(), month.records[0].quantity("input")), (1, 50.into()));
    /// ```
    pub fn compact(self, usage: &UsageLog, plan: &Plan, period: Period) -> UsageLog {
        let mut first: BTreeMap<Slot, Timestamp> = BTreeMap::new();
        let mut records = usage.records.clone();
        records.sort_by_key(|record| record.at);
        for record in &mut records {
            if period.contains(plan.time_zone.day(record.at)) {
                let slot = self.slot(record, plan.time_zone);
                record.at = *first.entry(slot).or_insert(record.at);
            }
        }
        // Where requests are taken in their order, only neighbours become one.
        if !plan.charges.iter().any(goes_by_order) {
            records.sort_by(|left, right| kind(left).cmp(&kind(right)));
        }
        UsageLog::new(records).compact()
    }

    fn slot(self, record: &UsageRecord, zone: Zone) -> Slot {
        match self {
            Grain::Month => Slot::Month,
            Grain::Day => Slot::Day(zone.day(record.at)),
            Grain::Hour => {
                let (day, hour) = zone.hour(record.at);
                Slot::Hour(day, hour)
            }
        }
    }
}

/// What sets records of one window apart, so that alike ones stand side by side.
fn kind(record: &UsageRecord) -> impl Ord {
    (
        (record.at, record.model.clone(), record.variant.clone()),
        (
            record.score,
            record.properties.clone(),
            record.input_of_each(),
        ),
    )
}
