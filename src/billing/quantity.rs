//! What is measured: aggregate → convert and round → included units.

use crate::calendar::{Date, Zone};
use crate::money::{Exact, MoneyError, Ratio, difference, quotient, sum};
use crate::rating::price::{Selection, is_default, is_one, is_zero};
use crate::usage::UsageRecord;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a charge measures. Empty, it measures nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// Meters, summed. `requests` counts requests, `amount` is the money carried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Arc<str>>,
    #[serde(default, rename = "where", skip_serializing_if = "Selection::is_empty")]
    pub only: Selection,
    #[serde(default, skip_serializing_if = "is_default")]
    pub aggregate: Aggregate,
    /// The property whose different values are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique_by: Option<Arc<str>>,
    /// Each hour or day by itself; the whole period where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub each_window: EachWindow,
    #[serde(default, skip_serializing_if = "is_default")]
    pub convert: Convert,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included: Option<Included>,
}

/// How many values become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Aggregate {
    #[default]
    Sum,
    /// Requests, whatever they used.
    Count,
    /// The largest value of one request.
    Max,
    /// Different values of a property.
    Unique,
    /// The value of the last request.
    Latest,
}

/// A stretch that is measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Every {
    Hour,
    Day,
}

/// What is done with the value of each window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EachWindow {
    /// Each is priced, the amounts are summed.
    #[default]
    Priced,
    /// They are summed and priced once.
    Summed,
}

/// From what is measured to what is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Convert {
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub divide_by: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub round: Round,
}

/// Rounding to whole units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Round {
    #[default]
    None,
    Up,
    Down,
    HalfUp,
}

/// Units free of charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Included {
    pub units: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub every: IncludedEvery,
    /// Units brought in from the period before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried: Exact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollover: Option<Rollover>,
    /// Whether they are shared by days where the plan is active for a part of the period.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prorate: bool,
}

/// How long included units last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum IncludedEvery {
    #[default]
    Period,
    /// What a day leaves is lost.
    Day,
}

/// What is left of the included units and goes on to the next period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rollover {
    #[serde(default, skip_serializing_if = "is_zero")]
    pub at_least: Exact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Exact>,
}

fn one() -> Exact {
    Exact::ONE
}

impl Default for Convert {
    fn default() -> Convert {
        Convert {
            divide_by: Exact::ONE,
            round: Round::None,
        }
    }
}

/// A quantity on its way to a price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Measured {
    pub measured: Exact,
    pub converted: Exact,
    /// Included units used.
    pub included: Exact,
    /// What is priced.
    pub billed: Exact,
}

/// Included units and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Allowance {
    pub units: Exact,
    pub carried: Exact,
    pub used: Exact,
    pub left: Exact,
    pub carried_out: Exact,
}

impl Convert {
    fn of(self, measured: Decimal) -> Result<Decimal, MoneyError> {
        let exact = Ratio::from(measured).per(*self.divide_by)?;
        match self.round {
            Round::None => exact.value(),
            Round::Up => exact.ceil(),
            Round::Down => Ok(exact.floor()?.0),
            Round::HalfUp => {
                let half = Decimal::new(5, 1);
                Ok(exact.plus(half.into())?.floor()?.0)
            }
        }
    }
}

impl Included {
    /// How many there are where the plan is active for so many of so many days.
    fn granted(&self, days: (u32, u32)) -> Result<Decimal, MoneyError> {
        if !self.prorate || days.0 == days.1 {
            return Ok(*self.units);
        }
        let share = Ratio::from(*self.units).times(days.0.into())?;
        share.per(days.1.into())?.value()
    }

    fn settle(&self, granted: Decimal, used: Decimal) -> Result<Allowance, MoneyError> {
        let available = sum(granted, *self.carried)?;
        let used = used.min(available);
        let left = difference(available, used)?;
        let carried_out = self.rollover.map_or(Decimal::ZERO, |rollover| {
            let least = left.max(*rollover.at_least);
            rollover.at_most.map_or(least, |most| least.min(*most))
        });
        Ok(Allowance {
            units: granted.into(),
            carried: self.carried,
            used: used.into(),
            left: left.into(),
            carried_out: carried_out.into(),
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
        let Some(included) = self.quantity.included.as_ref() else {
            let measured = self.measured(records)?;
            let converted = self.quantity.convert.of(measured)?;
            return Ok((Measured::of(measured, converted, Decimal::ZERO)?, None));
        };
        if included.every == IncludedEvery::Day {
            return self.day_by_day(included, records);
        }
        let measured = self.measured(records)?;
        let converted = self.quantity.convert.of(measured)?;
        let allowance = included.settle(included.granted(self.days)?, converted)?;
        Ok((
            Measured::of(measured, converted, *allowance.used)?,
            Some(allowance),
        ))
    }

    /// What was measured, before anything is made of it.
    pub fn plain(&self, records: &[&UsageRecord]) -> Result<Decimal, MoneyError> {
        self.measured(records)
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
                Measured::of(measured, self.quantity.convert.of(measured)?, Decimal::ZERO)
            })
            .collect()
    }

    fn measured(&self, records: &[&UsageRecord]) -> Result<Decimal, MoneyError> {
        let Some(every) = self.quantity.every else {
            return self.aggregate(records);
        };
        let mut windows = self.split(every, records).into_iter();
        windows.try_fold(Decimal::ZERO, |total, window| {
            sum(total, self.aggregate(window)?)
        })
    }

    fn day_by_day(
        &self,
        included: &Included,
        records: &[&UsageRecord],
    ) -> Result<(Measured, Option<Allowance>), MoneyError> {
        let units = *included.units;
        let mut all = Measured::default();
        for day in self.split(Every::Day, records) {
            let measured = self.aggregate(day)?;
            let converted = self.quantity.convert.of(measured)?;
            all = all.and(Measured::of(measured, converted, converted.min(units))?)?;
        }
        let granted = crate::money::product(units, self.daily.into())?;
        let left = difference(granted, *all.included)?;
        let allowance = Allowance {
            units: granted.into(),
            used: all.included,
            left: left.into(),
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
        records
            .chunk_by(|left, right| window(left) == window(right))
            .collect()
    }

    fn aggregate(&self, records: &[&UsageRecord]) -> Result<Decimal, MoneyError> {
        match self.quantity.aggregate {
            Aggregate::Sum => records
                .iter()
                .try_fold(Decimal::ZERO, |total, record| sum(total, self.of(record)?)),
            Aggregate::Count => records
                .iter()
                .try_fold(Decimal::ZERO, |total, record| sum(total, *record.requests)),
            Aggregate::Max => requested(records).try_fold(Decimal::ZERO, |most, record| {
                Ok(most.max(self.of_each(record)?))
            }),
            Aggregate::Unique => Ok(self.different(records).into()),
            Aggregate::Latest => requested(records)
                .next_back()
                .map_or(Ok(Decimal::ZERO), |record| self.of_each(record)),
        }
    }

    /// What a record has of the meters together.
    pub fn of(&self, record: &UsageRecord) -> Result<Decimal, MoneyError> {
        let mut meters = self.meters.iter();
        meters.try_fold(Decimal::ZERO, |total, meter| {
            sum(total, record.quantity(meter))
        })
    }

    fn of_each(&self, record: &UsageRecord) -> Result<Decimal, MoneyError> {
        quotient(self.of(record)?, *record.requests)
    }

    fn different(&self, records: &[&UsageRecord]) -> u64 {
        let name = self.quantity.unique_by.as_deref().unwrap_or_default();
        let values: BTreeSet<&str> = requested(records)
            .filter_map(|record| record.property(name))
            .collect();
        values.len() as u64
    }
}

/// Records that stand for a request at least.
fn requested<'r>(records: &'r [&UsageRecord]) -> impl DoubleEndedIterator<Item = &'r UsageRecord> {
    let records = records.iter().copied();
    records.filter(|record| *record.requests > Decimal::ZERO)
}

impl Measured {
    pub fn of(
        measured: Decimal,
        converted: Decimal,
        included: Decimal,
    ) -> Result<Measured, MoneyError> {
        Ok(Measured {
            measured: measured.into(),
            converted: converted.into(),
            included: included.into(),
            billed: difference(converted, included)?.into(),
        })
    }

    pub fn and(self, other: Measured) -> Result<Measured, MoneyError> {
        Ok(Measured {
            measured: sum(*self.measured, *other.measured)?.into(),
            converted: sum(*self.converted, *other.converted)?.into(),
            included: sum(*self.included, *other.included)?.into(),
            billed: sum(*self.billed, *other.billed)?.into(),
        })
    }
}
