//! Percentage: a share of the money that events carry, and a fee for each event.

use super::events::Event;
use super::tiers::{is_zero, not_negative};
use super::{Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, MoneyError, Ratio, difference, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A share of the money carried that is not free, and a fixed fee for each event that is not free of it.
///
/// ```
/// use foretoken::rating::price::{Event, Percentage};
/// let read = r#"{"percent": "10", "fixed": "1", "free_events": "3", "free_amount": "15"}"#;
/// let fee: Percentage = serde_json::from_str(read).unwrap();
/// let ten = Event { requests: 1.into(), amount: 10.into(), ..Event::default() };
/// // $15 of $20 are free; the second event reaches them, so only the first is free of the fee: 10 % of $5 and $1.
/// assert_eq!(fee.of(&[ten, ten]).unwrap().amount.value().unwrap().to_string(), "1.5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Percentage {
    /// Of the money carried.
    pub percent: Exact,
    /// For each event.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub fixed: Exact,
    /// The first so many events are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_events: Option<Exact>,
    /// No more than so much is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_amount: Option<Exact>,
    /// The least an event costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_minimum: Option<Exact>,
    /// The most an event costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_maximum: Option<Exact>,
}

/// Where the free part ends within some alike events.
struct Run {
    requests: Decimal,
    each: Ratio,
    /// The first so many of them pay no fee.
    free_of_fee: Decimal,
    /// What is free of the money of all of them.
    free: Ratio,
}

impl Percentage {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        not_negative("percent", self.percent)?;
        not_negative("fixed", self.fixed)?;
        let limits = [
            ("free_events", self.free_events),
            ("free_amount", self.free_amount),
            ("event_minimum", self.event_minimum),
            ("event_maximum", self.event_maximum),
        ];
        for (name, limit) in limits {
            not_negative(name, limit.unwrap_or_default())?;
        }
        let whole = self.free_events.is_none_or(|events| events.is_integer());
        expect(
            whole,
            "free_events",
            self.free_events.unwrap_or_default(),
            "a whole number",
        )?;
        let (least, most) = (self.event_minimum, self.event_maximum);
        let order = least.zip(most).is_none_or(|(least, most)| least <= most);
        expect(
            order,
            "event_minimum",
            least.unwrap_or_default(),
            "at most event_maximum",
        )
    }

    pub fn of(&self, events: &[Event]) -> Result<Priced, PlanError> {
        let runs = self.runs(events)?;
        let mut total = Decimal::ZERO;
        for event in events {
            total = sum(total, event.amount)?;
        }
        if total.is_zero() {
            return Ok(Priced::default());
        }
        if self.event_minimum.is_some() || self.event_maximum.is_some() {
            return self.clamped(&runs);
        }
        let (mut free, mut paying) = (Ratio::ZERO, Decimal::ZERO);
        for run in &runs {
            free = free.plus(run.free)?;
            paying = sum(paying, difference(run.requests, run.free_of_fee)?)?;
        }
        let base = Ratio::from(total).minus(free)?;
        let mut slices = vec![self.share(base)?];
        if !self.fixed.is_zero() {
            slices.push(
                Slice::new(Part::Events, paying.into(), *self.fixed, Decimal::ONE).at("fixed")?,
            );
        }
        Priced::of(slices)
    }

    fn share(&self, base: Ratio) -> Result<Slice, PlanError> {
        let amount = base.percent(*self.percent).at("percent")?;
        Ok(Slice {
            part: Part::Share,
            quantity: base,
            rate: self.percent,
            per: Decimal::ONE_HUNDRED.into(),
            amount,
        })
    }

    fn runs(&self, events: &[Event]) -> Result<Vec<Run>, MoneyError> {
        let free = self.free_total(events)?;
        let (mut seen, mut before) = (Decimal::ZERO, Decimal::ZERO);
        let mut runs = Vec::with_capacity(events.len());
        for event in events {
            let left = free.minus(before.into())?.at_least(Ratio::ZERO)?;
            runs.push(Run {
                requests: event.requests,
                each: event.each()?,
                free_of_fee: self.free_of_fee(event, seen, before)?,
                free: left.at_most(event.amount.into())?,
            });
            seen = sum(seen, event.requests)?;
            before = sum(before, event.amount)?;
        }
        Ok(runs)
    }

    /// How much money is free of the share.
    fn free_total(&self, events: &[Event]) -> Result<Ratio, MoneyError> {
        if self.free_events.is_none() && self.free_amount.is_none() {
            return Ok(Ratio::ZERO);
        }
        let (mut left, mut total) = (self.free_events.map(|events| *events), Ratio::ZERO);
        for event in events {
            let taken = left.map_or(event.requests, |left| left.min(event.requests));
            let part = match taken == event.requests {
                true => event.amount.into(),
                false => event.each()?.times(taken)?,
            };
            total = total.plus(part)?;
            left = left.map(|left| difference(left, taken)).transpose()?;
        }
        match self.free_amount {
            Some(most) => total.at_most((*most).into()),
            None => Ok(total),
        }
    }

    /// How many of these, from the first on, pay no fixed fee.
    fn free_of_fee(
        &self,
        event: &Event,
        seen: Decimal,
        before: Decimal,
    ) -> Result<Decimal, MoneyError> {
        let by_count = match self.free_events {
            Some(events) => difference(*events, seen)?.clamp(Decimal::ZERO, event.requests),
            None if self.free_amount.is_some() => event.requests,
            None => Decimal::ZERO,
        };
        let by_amount = match self.free_amount {
            // The running total with the j-th of them in it is below the amount where the one after it would begin below.
            Some(most) => {
                let begin = event.beginning_below(before, *most)?;
                let room = difference(*most, before)?;
                let all = begin == event.requests && event.amount < room;
                if all {
                    begin
                } else {
                    (begin - Decimal::ONE).max(Decimal::ZERO)
                }
            }
            None => event.requests,
        };
        Ok(by_count.min(by_amount))
    }

    /// Event by event, those alike together: at most four kinds in a run.
    fn clamped(&self, runs: &[Run]) -> Result<Priced, PlanError> {
        let mut amount = Ratio::ZERO;
        let mut count = Decimal::ZERO;
        for run in runs {
            for (from, until, part) in run.kinds()? {
                let free_of_fee = until <= run.free_of_fee;
                let number = difference(until, from)?;
                let charge = self.charge(part, free_of_fee)?;
                amount = amount.plus(charge.times(number)?)?;
                count = sum(count, number)?;
            }
        }
        let slice = Slice {
            part: Part::Clamped,
            quantity: count.into(),
            rate: self.percent,
            per: Decimal::ONE_HUNDRED.into(),
            amount,
        };
        Ok(Priced::one(slice))
    }

    fn charge(&self, part: Ratio, free_of_fee: bool) -> Result<Ratio, PlanError> {
        if free_of_fee && part.is_zero() {
            return Ok(Ratio::ZERO);
        }
        let fixed = if free_of_fee {
            Decimal::ZERO
        } else {
            *self.fixed
        };
        let mut charge = part.percent(*self.percent)?.plus(fixed.into())?;
        if let Some(least) = self.event_minimum {
            charge = charge.at_least((*least).into())?;
        }
        if let Some(most) = self.event_maximum {
            charge = charge.at_most((*most).into())?;
        }
        Ok(charge)
    }
}

impl Run {
    /// Stretches of alike events: the first and the last of each (the first not included), and what is not free of one.
    fn kinds(&self) -> Result<Vec<(Decimal, Decimal, Ratio)>, MoneyError> {
        let covered = self.covered()?;
        let partly = covered.min(self.requests - Decimal::ONE) + Decimal::ONE;
        let mut edges = vec![
            Decimal::ZERO,
            covered,
            partly,
            self.free_of_fee,
            self.requests,
        ];
        edges.sort_unstable();
        edges.dedup();
        let mut kinds = Vec::with_capacity(edges.len());
        for edge in edges.windows(2) {
            let (from, until) = (edge[0], edge[1]);
            let part = if until <= covered {
                Ratio::ZERO
            } else if until <= partly {
                let used = self.each.times(partly)?;
                used.minus(self.free)?.at_most(self.each)?
            } else {
                self.each
            };
            kinds.push((from, until, part));
        }
        Ok(kinds)
    }

    /// How many of them are free as a whole.
    fn covered(&self) -> Result<Decimal, MoneyError> {
        if self.each.is_zero() {
            return Ok(self.requests);
        }
        Ok(self.free.divided(self.each)?.floor()?.0.min(self.requests))
    }
}
