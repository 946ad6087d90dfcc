//! When a rate card holds: UTC days, hours of the day, weekdays.

use crate::calendar::{Date, Timestamp, civil_utc, day_utc, instant_utc, midnight_utc};
use jiff::civil::Time;

/// An instant as windows see it: its UTC day and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub day: Date,
    pub time: Time,
}

impl From<Timestamp> for Moment {
    fn from(instant: Timestamp) -> Moment {
        let civil = civil_utc(instant);
        Moment {
            day: civil.date(),
            time: civil.time(),
        }
    }
}

/// A part of the UTC day: the start belongs to it, the end does not. It may span midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub start: Time,
    pub end: Time,
}

impl Hours {
    pub fn contains(self, time: Time) -> bool {
        if self.end < self.start {
            time >= self.start || time < self.end
        } else {
            self.start <= time && time < self.end
        }
    }
}

/// Days of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    pub const EVERY_DAY: Weekdays = Weekdays(0b111_1111);

    /// From digits such as `12345`: Monday is 1, Sunday 7.
    pub fn from_digits(digits: &str) -> Option<Weekdays> {
        let mut days = 0;
        for digit in digits.bytes() {
            days |= matches!(digit, b'1'..=b'7').then(|| 1 << (digit - b'1'))?;
        }
        (days != 0).then_some(Weekdays(days))
    }

    pub fn contains(self, day: Date) -> bool {
        self.0 & (1 << day.weekday().to_monday_zero_offset()) != 0
    }
}

/// When something holds. An empty window is always.
///
/// ```
/// use foretoken::catalog::{Hours, Weekdays, Window};
/// use jiff::civil::{date, time};
/// let peak = Window {
///     hours: Some(Hours { start: time(1, 0, 0, 0), end: time(4, 0, 0, 0) }),
///     weekdays: Weekdays::from_digits("12345").unwrap(),
///     ..Window::default()
/// };
/// let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().into();
/// assert!(peak.contains(at("2026-11-24T01:00:00Z")), "a Tuesday, and the start belongs to it");
/// assert!(!peak.contains(at("2026-11-24T04:00:00Z")), "the end does not");
/// assert!(!peak.contains(at("2026-11-28T02:00:00Z")), "a Saturday");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first UTC day.
    pub from: Option<Date>,
    /// The UTC day before which it ends.
    pub to: Option<Date>,
    pub hours: Option<Hours>,
    pub weekdays: Weekdays,
    /// Days left out, such as public holidays.
    pub except: Vec<Date>,
}

impl Default for Window {
    fn default() -> Window {
        Window {
            from: None,
            to: None,
            hours: None,
            weekdays: Weekdays::EVERY_DAY,
            except: Vec::new(),
        }
    }
}

impl Window {
    pub fn contains(&self, at: Moment) -> bool {
        self.from.is_none_or(|from| at.day >= from)
            && self.to.is_none_or(|to| at.day < to)
            && self.weekdays.contains(at.day)
            && self.hours.is_none_or(|hours| hours.contains(at.time))
            && !self.except.contains(&at.day)
    }

    /// Whether it can begin or end within a day or from one day of the week to the next.
    pub fn recurs(&self) -> bool {
        self.hours.is_some() || self.weekdays != Weekdays::EVERY_DAY
    }

    /// Every instant after `start` and before `end` at which this window may open or close, in no order.
    pub fn edges(&self, start: Timestamp, end: Timestamp) -> Vec<Timestamp> {
        let dated = [self.from, self.to].into_iter().flatten().map(midnight_utc);
        dated
            .chain(self.recurring_edges(start, end))
            .filter(|edge| start < *edge && *edge < end)
            .collect()
    }

    fn recurring_edges(&self, start: Timestamp, end: Timestamp) -> Vec<Timestamp> {
        if !self.recurs() {
            return Vec::new();
        }
        std::iter::successors(Some(day_utc(start)), |day| day.tomorrow().ok())
            .take_while(|day| midnight_utc(*day) < end)
            .flat_map(|day| self.edges_of(day))
            .collect()
    }

    fn edges_of(&self, day: Date) -> Vec<Timestamp> {
        let times = self.hours.map(|hours| [hours.start, hours.end]);
        let hours = times.into_iter().flatten();
        let hours = hours.map(|time| instant_utc(day.to_datetime(time)));
        std::iter::once(midnight_utc(day)).chain(hours).collect()
    }
}
