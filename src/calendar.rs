//! Days, months and instants. No clock: today is always an argument.
//!
//! Owns: the calendar month and its edges as instants. Does not own: the user's time zone, which only a browser knows;
//! whoever makes a [`Month`] passes in where it starts and ends.

pub use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What can go wrong with a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("month {month} of year {year} does not exist: expected 1 to 12")]
    NoSuchMonth { year: i16, month: i8 },
    #[error("the month ends at {end}, before it starts at {start}")]
    EndsBeforeStart { start: Timestamp, end: Timestamp },
}

/// A calendar month somewhere on Earth: its name, its days, and the two instants between which it lies.
///
/// ```
/// use foretoken::calendar::Month;
/// let december = Month::utc(2026, 12).unwrap();
/// assert_eq!(december.days(), 31);
/// assert_eq!(december.seconds(), 31 * 86_400);
/// assert_eq!(december.end().to_string(), "2027-01-01T00:00:00Z");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    year: i16,
    month: i8,
    start: Timestamp,
    end: Timestamp,
}

impl Month {
    /// A month whose edges the caller knows, for instance from the browser's time zone.
    pub fn between(
        year: i16,
        month: i8,
        start: Timestamp,
        end: Timestamp,
    ) -> Result<Month, CalendarError> {
        first_day(year, month)?;
        if end <= start {
            return Err(CalendarError::EndsBeforeStart { start, end });
        }
        Ok(Month {
            year,
            month,
            start,
            end,
        })
    }

    pub fn utc(year: i16, month: i8) -> Result<Month, CalendarError> {
        let first = first_day(year, month)?;
        let next = first
            .last_of_month()
            .tomorrow()
            .map_err(|_| CalendarError::NoSuchMonth { year, month })?;
        Month::between(year, month, midnight_utc(first), midnight_utc(next))
    }

    pub const fn year(self) -> i16 {
        self.year
    }

    pub const fn month(self) -> i8 {
        self.month
    }

    pub const fn start(self) -> Timestamp {
        self.start
    }

    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Calendar days, whatever a clock change does to their hours.
    pub fn days(self) -> u32 {
        first_day(self.year, self.month).map_or(0, |day| day.days_in_month().unsigned_abs().into())
    }

    pub fn seconds(self) -> i64 {
        self.end.as_second() - self.start.as_second()
    }
}

/// The instant a UTC day begins.
pub fn midnight_utc(day: Date) -> Timestamp {
    day.to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The UTC day an instant falls on.
pub fn day_utc(instant: Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(instant).date()
}

fn first_day(year: i16, month: i8) -> Result<Date, CalendarError> {
    Date::new(year, month, 1).map_err(|_| CalendarError::NoSuchMonth { year, month })
}
