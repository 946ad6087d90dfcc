//! Charges that are due whatever was used: fees and capacity, and what did not fit it.

use super::{Charged, Draft};
use crate::billing::bill::LineKind;
use crate::billing::job::Job;
use crate::billing::plan::PlanCharge;
use crate::money::{Ratio, difference, product, sum};
use crate::rating::price::{
    Capacity, Flat, Part, Place, PlanError, Priced, Slice, SpillOver, list_rate,
};
use crate::usage::UsageRecord;
use rust_decimal::Decimal;

const HOURS_A_DAY: u32 = 24;

impl Job<'_> {
    pub(super) fn flat(&self, charge: &PlanCharge, flat: &Flat) -> Result<Charged, PlanError> {
        let (days, of) = if charge.prorate { self.days() } else { (1, 1) };
        let priced = flat.for_days(days, of).at("price.flat")?;
        let mut charged = Charged::default();
        self.add(charge, &mut charged, vec![Draft::fixed(charge, priced)])?;
        Ok(charged)
    }

    pub(super) fn capacity(
        &self,
        charge: &PlanCharge,
        capacity: &Capacity,
    ) -> Result<Charged, PlanError> {
        let so_far = self.active_days_so_far() * HOURS_A_DAY;
        let hours = capacity.hours.map_or(so_far.into(), |hours| *hours);
        let priced = capacity.for_hours(hours).at("price.capacity")?;
        let mut drafts = vec![Draft::fixed(charge, priced)];
        if let Some(spill) = &capacity.spill_over {
            let priced = self
                .spilled(capacity, spill)
                .at("price.capacity.spill_over")?;
            drafts.push(Draft {
                kind: LineKind::Usage,
                name: format!("{}, spill-over", charge.title()).into(),
                ..Draft::fixed(charge, priced)
            });
        }
        let mut charged = Charged::default();
        self.add(charge, &mut charged, drafts)?;
        Ok(charged)
    }

    /// Hour by hour: the list price of what did not fit.
    fn spilled(&self, capacity: &Capacity, spill: &SpillOver) -> Result<Priced, PlanError> {
        let room = product(*capacity.units, *spill.tokens_per_unit_hour)?;
        let zone = self.plan.time_zone;
        let same =
            |left: &&UsageRecord, right: &&UsageRecord| zone.hour(left.at) == zone.hour(right.at);
        let mut slices = Vec::new();
        for records in self.records.chunk_by(same) {
            let meters = records
                .iter()
                .flat_map(|record| spill.of.iter().map(|meter| record.quantity(meter)));
            let used = meters.into_iter().try_fold(Decimal::ZERO, sum)?;
            let beyond = difference(used, room)?;
            if beyond <= Decimal::ZERO {
                continue;
            }
            let markup = sum(Decimal::ONE_HUNDRED, *spill.markup_percent)?;
            let list = self.list_price(spill, records)?.percent(markup)?;
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

    fn list_price(&self, spill: &SpillOver, records: &[&UsageRecord]) -> Result<Ratio, PlanError> {
        let mut list = Ratio::ZERO;
        for record in records {
            for meter in &spill.of {
                let quantity = record.quantity(meter);
                if quantity.is_zero() {
                    continue;
                }
                if let Some((_, rate, per)) = list_rate(record, meter, quantity, self.catalog)? {
                    list = list.plus(Ratio::from(quantity).times(rate)?.per(per)?)?;
                }
            }
        }
        Ok(list)
    }
}
