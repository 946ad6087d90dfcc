//! Prepaid credits and grants: which is used first, and what is left.

use crate::calendar::{Date, Period, written};
use crate::money::{Exact, MoneyError, Ratio};
use crate::rating::price::{is_default, is_one};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

/// Money paid before, or given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credit {
    /// Unique among the credits.
    pub id: Arc<str>,
    /// What the bill calls it; the id where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Arc<str>>,
    /// What there is of it.
    pub amount: Exact,
    /// The first day it is valid; it always was where it is left out.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "written::maybe_day"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "Option<String>",
            regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        )
    )]
    pub granted: Option<Date>,
    /// The last day it is valid; it never ends where it is left out.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "written::maybe_day"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "Option<String>",
            regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        )
    )]
    pub expires: Option<Date>,
    /// Lower comes first; 0 where it is left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: i64,
    /// What was paid for each unit of it; 0 is a gift, 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub cost_basis: Exact,
    /// The charges it pays for; everything where it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<Arc<str>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollover: Fund,
}

/// Whether a credit was carried over from a period before, and when it is used then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Fund {
    /// It was not. The default.
    #[default]
    None,
    /// Before those of the period.
    First,
    /// After them.
    Last,
}

/// Which credit is used first, by whose rule.
///
/// ```
/// use foretoken::billing::{Credit, Drawdown};
/// let read = |text| serde_json::from_str::<Credit>(text).unwrap();
/// let credits = [
///     read(r#"{"id": "gift", "amount": "50", "cost_basis": "0", "expires": "2027-06-30"}"#),
///     read(r#"{"id": "paid", "amount": "50", "expires": "2026-12-31"}"#),
/// ];
/// let first = |order: Drawdown| order.arrange(&credits)[0];
/// assert_eq!((first(Drawdown::Orb), first(Drawdown::Metronome)), (1, 0), "opposite");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Drawdown {
    /// As OpenMeter: priority, expiry, granted, id. The default.
    #[default]
    Foretoken,
    Lago,
    #[serde(rename = "openmeter")]
    OpenMeter,
    Stripe,
    Orb,
    Metronome,
    Zuora,
}

/// Whether a credit pays for what was used while it was valid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Draw {
    /// It covers what was charged while it was valid. The default.
    #[default]
    AsUsed,
    /// It must be valid on the last day.
    AtBill,
}

/// A credit and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditUse {
    pub id: Arc<str>,
    pub name: Arc<str>,
    pub opening: Exact,
    pub used: Exact,
    pub expired: Exact,
    pub left: Exact,
}

impl Fund {
    fn turn(self) -> i64 {
        match self {
            Fund::First => 0,
            Fund::None => 1,
            Fund::Last => 2,
        }
    }
}

impl Drawdown {
    /// The places of the credits in the order they are used; equals keep the plan's order.
    pub fn arrange(self, credits: &[Credit]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..credits.len()).collect();
        places.sort_by(|left, right| self.compare(&credits[*left], &credits[*right]));
        places
    }

    fn compare(self, left: &Credit, right: &Credit) -> Ordering {
        let by = |key: fn(&Credit) -> i64| key(left).cmp(&key(right));
        let priority = by(|credit| credit.priority);
        // Without an end or a beginning: never, and always.
        let expiry = left.last_day().cmp(&right.last_day());
        let granted = left.granted.cmp(&right.granted);
        let gifts = Reverse(left.cost_basis.is_zero()).cmp(&Reverse(right.cost_basis.is_zero()));
        let narrow = Reverse(!left.on.is_empty()).cmp(&Reverse(!right.on.is_empty()));
        match self {
            Drawdown::Foretoken | Drawdown::OpenMeter => priority
                .then(expiry)
                .then(granted)
                .then(left.id.cmp(&right.id)),
            Drawdown::Lago => priority.then(granted),
            Drawdown::Stripe => priority.then(expiry).then(gifts).then(granted),
            Drawdown::Orb => {
                let cost = left.cost_basis.cmp(&right.cost_basis);
                narrow.then(expiry).then(cost).then(granted)
            }
            Drawdown::Metronome => {
                let carried = by(|credit| i64::from(credit.rollover != Fund::First));
                let fewest = left.on.len().cmp(&right.on.len());
                let scope = narrow.then(fewest);
                carried
                    .then(priority)
                    .then(gifts)
                    .then(scope)
                    .then(expiry)
                    .then(granted)
            }
            Drawdown::Zuora => by(|credit| credit.rollover.turn()).then(priority),
        }
    }
}

impl Credit {
    pub fn title(&self) -> &Arc<str> {
        self.name.as_ref().unwrap_or(&self.id)
    }

    fn last_day(&self) -> Date {
        self.expires.unwrap_or(Date::MAX)
    }

    /// Whether it can pay for what is charged on this day.
    pub(super) fn is_valid(&self, day: Date) -> bool {
        self.granted.is_none_or(|first| first <= day) && day <= self.last_day()
    }

    /// What became of it by the end of the period.
    pub(super) fn settle(&self, used: Ratio, period: Period) -> Result<CreditUse, MoneyError> {
        let rest = Ratio::from(*self.amount).minus(used)?.value()?;
        let gone = self.last_day() <= period.until();
        let (expired, left) = if gone {
            (rest, Decimal::ZERO)
        } else {
            (Decimal::ZERO, rest)
        };
        Ok(CreditUse {
            id: self.id.clone(),
            name: self.title().clone(),
            opening: self.amount,
            used: used.value()?.into(),
            expired: expired.into(),
            left: left.into(),
        })
    }
}

/// The days on which it changes which credits are valid: what is charged up to the end of each is paid by those valid
/// on it. The last is the last day of the period.
pub(super) fn segments(credits: &[Credit], draw: Draw, period: Period) -> Vec<Date> {
    let mut ends = vec![period.until()];
    if draw == Draw::AsUsed {
        let begins = credits
            .iter()
            .filter_map(|credit| credit.granted?.yesterday().ok());
        let expires = credits.iter().filter_map(|credit| credit.expires);
        let within = begins.chain(expires).filter(|day| period.contains(*day));
        ends.extend(within);
    }
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// What credits paid, or can no longer pay.
pub(super) struct Paid {
    all: Ratio,
    each: Vec<Ratio>,
}

impl Paid {
    pub(super) fn new(charges: usize) -> Paid {
        Paid {
            all: Ratio::ZERO,
            each: vec![Ratio::ZERO; charges],
        }
    }

    /// What credits can still pay of everything.
    pub(super) fn room(&self, due: Ratio) -> Result<Ratio, MoneyError> {
        due.minus(self.all)?.at_least(Ratio::ZERO)
    }

    /// What they can still pay of some charges.
    pub(super) fn room_of(
        &self,
        left: &[Ratio],
        own: impl Fn(usize) -> bool,
    ) -> Result<Ratio, MoneyError> {
        let mut room = Ratio::ZERO;
        for (at, left) in left.iter().enumerate().filter(|(at, _)| own(*at)) {
            room = room.plus(left.minus(self.each[at])?.at_least(Ratio::ZERO)?)?;
        }
        Ok(room)
    }

    /// Notes what a credit paid: its charges in the plan's order, and what is no charge's own last.
    pub(super) fn pay(
        &mut self,
        used: Ratio,
        left: &[Ratio],
        own: impl Fn(usize) -> bool,
    ) -> Result<(), MoneyError> {
        self.all = self.all.plus(used)?;
        let mut rest = used;
        for (at, left) in left.iter().enumerate().filter(|(at, _)| own(*at)) {
            let here = left
                .minus(self.each[at])?
                .at_least(Ratio::ZERO)?
                .at_most(rest)?;
            self.each[at] = self.each[at].plus(here)?;
            rest = rest.minus(here)?;
        }
        Ok(())
    }

    /// What was due by the end of a stretch is settled, one way or the other.
    pub(super) fn close(&mut self, due: Ratio, left: &[Ratio]) -> Result<(), MoneyError> {
        self.all = self.all.at_least(due)?;
        for (paid, left) in self.each.iter_mut().zip(left) {
            *paid = paid.at_least(*left)?;
        }
        Ok(())
    }
}
