//! From records to the quantity that is priced: aggregate → convert and round → included units.

use super::quantity::{Aggregate, Convert, Every, Included, IncludedEvery, Quantity, Round};
use crate::calendar::{Date, Zone};
use crate::money::{Exact, MoneyError, Ratio, sum};
use crate::usage::UsageRecord;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A quantity on its way to a price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measured {
    pub measured: Ratio,
    pub converted: Ratio,
    /// Included units used.
    pub included: Ratio,
    /// What is priced.
    pub billed: Ratio,
}

/// Included units and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Allowance {
    pub units: Ratio,
    pub carried: Exact,
    pub used: Ratio,
    pub left: Ratio,
    pub carried_out: Ratio,
}

impl Convert {
    fn of(self, measured: Ratio) -> Result<Ratio, MoneyError> {
        let exact = measured.per(*self.divide_by)?;
        Ok(match self.round {
            Round::None => exact,
            Round::Up => exact.ceil()?.into(),
            Round::Down => exact.floor()?.0.into(),
            Round::HalfUp => {
                let half = Decimal::new(5, 1);
                exact.plus(half.into())?.floor()?.0.into()
            }
        })
    }
}

impl Included {
    /// How many there are where the plan is active for so many of so many days.
    fn granted(&self, days: (u32, u32)) -> Result<Ratio, MoneyError> {
        let units = Ratio::from(*self.units);
        if !self.prorate || days.0 == days.1 {
            return Ok(units);
        }
        units.times(days.0.into())?.per(days.1.into())
    }

    fn settle(&self, granted: Ratio, used: Ratio) -> Result<Allowance, MoneyError> {
        let available = granted.plus((*self.carried).into())?;
        let used = used.at_most(available)?;
        let left = available.minus(used)?;
        let carried_out = match self.rollover {
            Some(rollover) => {
                let least = left.at_least((*rollover.at_least).into())?;
                match rollover.at_most {
                    Some(most) => least.at_most((*most).into())?,
                    None => least,
                }
            }
            None => Ratio::ZERO,
        };
        Ok(Allowance {
            units: granted,
            carried: self.carried,
            used,
            left,
            carried_out,
        })
    }
}

/// The records a charge looks at, in the order of time, and how it measures them.
pub struct Measuring<'a> {
    pub quantity: &'a Quantity,
    pub meters: &'a [Arc<str>],
    pub zone: Zone,
    /// Days the plan is active, of how many.
    pub days: (u32, u32),
    /// The first of those days, and the last that is looked at: daily units are granted for each.
    pub daily: u32,
}

impl Measuring<'_> {
    /// What is priced once for the period.
    pub fn whole(
        &self,
        records: &[&UsageRecord],
    ) -> Result<(Measured, Option<Allowance>), MoneyError> {
        let included = self.quantity.included.as_ref();
        if let Some(daily) = included.filter(|units| units.every == IncludedEvery::Day) {
            return self.day_by_day(daily, records);
        }
        let measured = self.measured(records)?;
        let converted = self.quantity.convert.of(measured)?;
        let Some(included) = included else {
            return Ok((Measured::of(measured, converted, Ratio::ZERO)?, None));
        };
        let allowance = included.settle(included.granted(self.days)?, converted)?;
        let all = Measured::of(measured, converted, allowance.used)?;
        Ok((all, Some(allowance)))
    }

    /// The value of each window, converted: what is priced window by window.
    pub fn windows(
        &self,
        every: Every,
        records: &[&UsageRecord],
    ) -> Result<Vec<Measured>, MoneyError> {
        let windows = self.split(every, records).into_iter();
        windows
            .map(|records| {
                let measured = self.aggregate(records)?;
                Measured::of(measured, self.quantity.convert.of(measured)?, Ratio::ZERO)
            })
            .collect()
    }

    /// What was measured, before anything is made of it.
    pub fn measured(&self, records: &[&UsageRecord]) -> Result<Ratio, MoneyError> {
        let Some(every) = self.quantity.every else {
            return self.aggregate(records);
        };
        let mut windows = self.split(every, records).into_iter();
        windows.try_fold(Ratio::ZERO, |total, window| {
            total.plus(self.aggregate(window)?)
        })
    }

    /// Each day is converted by itself and has its own included units.
    fn day_by_day(
        &self,
        included: &Included,
        records: &[&UsageRecord],
    ) -> Result<(Measured, Option<Allowance>), MoneyError> {
        let units = Ratio::from(*included.units);
        let mut all = Measured::default();
        for day in self.split(Every::Day, records) {
            let measured = self.aggregate(day)?;
            let converted = self.quantity.convert.of(measured)?;
            all = all.and(Measured::of(
                measured,
                converted,
                converted.at_most(units)?,
            )?)?;
        }
        let granted = units.times(self.daily.into())?;
        let allowance = Allowance {
            units: granted,
            used: all.included,
            left: granted.minus(all.included)?,
            ..Allowance::default()
        };
        Ok((all, Some(allowance)))
    }

    fn split<'r, 'u>(
        &self,
        every: Every,
        records: &'r [&'u UsageRecord],
    ) -> Vec<&'r [&'u UsageRecord]> {
        let window = |record: &&UsageRecord| -> (Date, i8) {
            match every {
                Every::Hour => self.zone.hour(record.at),
                Every::Day => (self.zone.day(record.at), 0),
            }
        };
        let same = |left: &&UsageRecord, right: &&UsageRecord| window(left) == window(right);
        records.chunk_by(same).collect()
    }

    fn aggregate(&self, records: &[&UsageRecord]) -> Result<Ratio, MoneyError> {
        match self.quantity.aggregate {
            Aggregate::Sum => {
                let mut records = records.iter();
                let total = |total, record: &&UsageRecord| sum(total, self.of(record)?);
                Ok(records.try_fold(Decimal::ZERO, total)?.into())
            }
            Aggregate::Count => {
                let mut requests = records.iter().map(|record| *record.requests);
                Ok(requests.try_fold(Decimal::ZERO, sum)?.into())
            }
            Aggregate::Max => self.levels(records).try_fold(Ratio::ZERO, |most, record| {
                most.at_least(self.of_each(record)?)
            }),
            Aggregate::Unique => Ok(Decimal::from(self.different(records)).into()),
            Aggregate::Latest => self
                .levels(records)
                .next_back()
                .map_or(Ok(Ratio::ZERO), |record| self.of_each(record)),
        }
    }

    /// What a record has of the meters together.
    pub fn of(&self, record: &UsageRecord) -> Result<Decimal, MoneyError> {
        let mut meters = self.meters.iter();
        meters.try_fold(Decimal::ZERO, |total, meter| {
            sum(total, record.quantity(meter))
        })
    }

    fn of_each(&self, record: &UsageRecord) -> Result<Ratio, MoneyError> {
        Ratio::from(self.of(record)?).per(*record.requests)
    }

    /// Records that stand for a request at least and name one of the meters.
    fn levels<'r>(
        &self,
        records: &'r [&UsageRecord],
    ) -> impl DoubleEndedIterator<Item = &'r UsageRecord> {
        let names = |record: &UsageRecord| self.meters.iter().any(|meter| record.names(meter));
        requested(records).filter(move |record| names(record))
    }

    fn different(&self, records: &[&UsageRecord]) -> u64 {
        let name = self.quantity.unique_by.as_deref().unwrap_or_default();
        let values = requested(records).filter_map(|record| record.property(name));
        values.collect::<BTreeSet<&str>>().len() as u64
    }
}

/// Records that stand for a request at least.
fn requested<'r>(records: &'r [&UsageRecord]) -> impl DoubleEndedIterator<Item = &'r UsageRecord> {
    let records = records.iter().copied();
    records.filter(|record| *record.requests > Decimal::ZERO)
}

impl Measured {
    pub fn of(measured: Ratio, converted: Ratio, included: Ratio) -> Result<Measured, MoneyError> {
        Ok(Measured {
            measured,
            converted,
            included,
            billed: converted.minus(included)?,
        })
    }

    /// Measured and priced as it is.
    pub fn plain(quantity: Ratio) -> Measured {
        Measured {
            measured: quantity,
            converted: quantity,
            included: Ratio::ZERO,
            billed: quantity,
        }
    }

    pub fn and(self, other: Measured) -> Result<Measured, MoneyError> {
        Ok(Measured {
            measured: self.measured.plus(other.measured)?,
            converted: self.converted.plus(other.converted)?,
            included: self.included.plus(other.included)?,
            billed: self.billed.plus(other.billed)?,
        })
    }
}
