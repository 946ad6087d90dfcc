//! Basis points: ten-thousandths of the money each event carries, up to a limit for each.

use super::events::Event;
use super::tiers::{bounds_of, check_bounds, chosen, is_default, not_negative};
use super::{Part, Place, PlanError, Priced, Slice, expect};
use crate::money::{Exact, difference, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

const POINTS: u64 = 10_000;

/// Each event's money × basis points / 10,000, at most its maximum.
///
/// ```
/// use foretoken::rating::price::{BasisPoints, Event};
/// let read = r#"{"tiers": [{"basis_points": "25", "event_maximum": "5"}]}"#;
/// let fee: BasisPoints = serde_json::from_str(read).unwrap();
/// let of = |amount: u32| Event { requests: 1.into(), amount: amount.into(), ..Event::default() };
/// // 0.25 % of $1,000 is $2.50; of $4,000 it would be $10, above the maximum of $5.
/// let both = fee.of(&[of(1_000), of(4_000)]).unwrap().amount.value().unwrap();
/// assert_eq!(both.to_string(), "7.5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BasisPoints {
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: By,
    /// In rising order; the last is open.
    pub tiers: Vec<PointTier>,
}

/// What decides an event's tier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum By {
    /// There is one tier for all. The default.
    #[default]
    Event,
    /// The total of the period.
    Total,
    /// The running total before the event.
    Position,
}

/// A tier of money, its basis points and the most an event costs in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PointTier {
    /// The money it ends at; the open tier has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Exact>,
    /// Ten-thousandths of the money.
    pub basis_points: Exact,
    /// The most an event costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_maximum: Option<Exact>,
}

impl BasisPoints {
    fn bounds(&self) -> Vec<Option<Exact>> {
        self.tiers.iter().map(|tier| tier.up_to).collect()
    }

    pub(super) fn check(&self) -> Result<(), PlanError> {
        check_bounds(&self.bounds())?;
        let last = self.tiers.len() - 1;
        let open = self.tiers[last].up_to;
        let place = format!("tiers[{last}].up_to");
        expect(
            open.is_none(),
            &place,
            open.unwrap_or_default(),
            "an open end, which the last tier needs here",
        )?;
        let one = self.by != By::Event || last == 0;
        expect(
            one,
            "tiers",
            self.tiers.len(),
            "1: by event there is one tier for all",
        )?;
        for (at, tier) in self.tiers.iter().enumerate() {
            not_negative("basis_points", tier.basis_points).at_item("tiers", at)?;
            not_negative("event_maximum", tier.event_maximum.unwrap_or_default())
                .at_item("tiers", at)?;
        }
        Ok(())
    }

    pub fn of(&self, events: &[Event]) -> Result<Priced, PlanError> {
        match self.by {
            By::Event => self.all_in(0, events),
            By::Total => {
                let mut total = Decimal::ZERO;
                for event in events {
                    total = sum(total, event.amount)?;
                }
                self.all_in(
                    chosen(&self.bounds(), total.into())?.unwrap_or_default(),
                    events,
                )
            }
            By::Position => self.by_position(events),
        }
    }

    fn all_in(&self, tier: usize, events: &[Event]) -> Result<Priced, PlanError> {
        let mut priced = Priced::default();
        for event in events {
            priced = priced.and(self.charge(tier, event, event.requests)?)?;
        }
        Ok(priced)
    }

    fn by_position(&self, events: &[Event]) -> Result<Priced, PlanError> {
        let mut priced = Priced::default();
        let mut before = Decimal::ZERO;
        for event in events {
            let mut placed = Decimal::ZERO;
            for (at, tier) in self.tiers.iter().enumerate() {
                let begun = match tier.up_to {
                    Some(bound) => event.beginning_below(before, *bound)?,
                    None => event.requests,
                };
                // A higher bound has at least as many begin below it.
                let here = difference(begun, placed)?;
                priced = priced.and(self.charge(at, event, here)?)?;
                placed = begun;
            }
            before = sum(before, event.amount)?;
        }
        Ok(priced)
    }

    /// So many of these alike events in one tier.
    fn charge(&self, at: usize, event: &Event, requests: Decimal) -> Result<Priced, PlanError> {
        let tier = &self.tiers[at];
        if requests.is_zero() {
            return Ok(Priced::default());
        }
        let money = event.each()?.times(requests)?;
        let part = Part::Tier(bounds_of(&self.bounds(), at));
        let points = Decimal::from(POINTS);
        let slice = Slice::new(part, money, *tier.basis_points, points).at_item("tiers", at)?;
        let Some(most) = tier.event_maximum else {
            return Ok(Priced::one(slice));
        };
        // As many times the maximum, where each would cost more.
        let lowered = Slice::new(Part::Clamped, requests.into(), *most, Decimal::ONE);
        let lowered = lowered.at_item("tiers", at)?;
        let beyond = slice.amount.compare(lowered.amount)?.is_gt();
        let slice = if beyond { lowered } else { slice };
        Ok(Priced::one(slice))
    }
}
