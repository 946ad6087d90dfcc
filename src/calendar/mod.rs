//! Days, months and instants. No clock: today is always an argument.
//!
//! Owns: the calendar month and its edges as instants. Does not own: the user's time zone, which only a browser knows;
//! whoever makes a [`Month`] passes in where it starts and ends.
//!
//! Dates and instants are read and written here, not by jiff: its parsers know every form of ISO 8601 and its errors
//! every way to miss one, and a page that loads both carries 90 kB for four short forms.

mod period;
pub mod written;

pub use period::{Period, Zone};

use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;
pub use jiff::{SignedDuration, Timestamp, civil::Date};

/// What can go wrong with a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("month {month} of year {year} does not exist: expected 1 to 12")]
    NoSuchMonth { year: i16, month: i8 },
    #[error("the month ends at {end}, before it starts at {start}")]
    EndsBeforeStart { start: Timestamp, end: Timestamp },
    #[error("the period ends on {until}, before it starts on {from}")]
    PeriodEndsFirst { from: Date, until: Date },
    #[error("\"{0}\" is not a time zone: expected hours and minutes ahead of UTC, such as +05:30")]
    NoSuchZone(String),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    instant_utc(day.to_datetime(Time::midnight()))
}

/// The UTC day an instant falls on.
pub fn day_utc(instant: Timestamp) -> Date {
    civil_utc(instant).date()
}

/// An instant as a clock in UTC shows it.
pub fn civil_utc(instant: Timestamp) -> DateTime {
    Offset::UTC.to_datetime(instant)
}

/// The instant at which a clock in UTC shows this.
pub fn instant_utc(civil: DateTime) -> Timestamp {
    Offset::UTC.to_timestamp(civil).unwrap_or(Timestamp::MAX)
}

/// A day written as `2026-11-24`.
///
/// ```
/// use foretoken::calendar::{iso_day, read_day};
/// assert_eq!(read_day("2026-02-28").map(iso_day).as_deref(), Some("2026-02-28"));
/// assert_eq!(read_day("2026-02-29"), None, "not a leap year");
/// assert_eq!(read_day("2026-2-28"), None);
/// ```
pub fn read_day(text: &str) -> Option<Date> {
    let [year, month, day] = split(text, [4, 2, 2], b"--")?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day as `2026-11-24`, with a zero before a single digit; [`read_day`] reads it back.
///
/// ```
/// use foretoken::calendar::{iso_day, read_day};
/// assert_eq!(iso_day(jiff::civil::date(2026, 3, 4)), "2026-03-04");
/// assert_eq!(read_day("2026-03-04"), Some(jiff::civil::date(2026, 3, 4)));
/// ```
pub fn iso_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// A time of day written as `08:30`.
pub fn read_time(text: &str) -> Option<Time> {
    let [hour, minute] = split(text, [2, 2], b":")?;
    time(hour, minute, 0)
}

/// An instant as JavaScript writes it: `2026-11-24T09:05:00.250Z`, always in UTC. Parts of a second are dropped.
///
/// ```
/// use foretoken::calendar::{iso_instant, read_instant};
/// let read = |text| read_instant(text).map(iso_instant);
/// assert_eq!(read("2026-11-24T09:05:00.250Z").as_deref(), Some("2026-11-24T09:05:00Z"));
/// assert_eq!(read("2026-11-24T09:05:00Z").as_deref(), Some("2026-11-24T09:05:00Z"));
/// assert_eq!(read("2026-11-24T09:05:00+01:00"), None);
/// assert_eq!(read("2026-11-24T24:00:00Z"), None);
/// ```
pub fn read_instant(text: &str) -> Option<Timestamp> {
    let (day, clock) = text.strip_suffix('Z')?.split_once('T')?;
    let [hour, minute, second] = split(clock.split('.').next()?, [2, 2, 2], b"::")?;
    let civil = read_day(day)?.to_datetime(time(hour, minute, second)?);
    Offset::UTC.to_timestamp(civil).ok()
}

/// An instant in UTC to the second; [`read_instant`] reads it back.
///
/// ```
/// use foretoken::calendar::iso_instant;
/// assert_eq!(iso_instant("2026-11-24T09:05:00+01:00".parse().unwrap()), "2026-11-24T08:05:00Z");
/// ```
pub fn iso_instant(instant: Timestamp) -> String {
    let civil = civil_utc(instant);
    let (hour, minute, second) = (civil.hour(), civil.minute(), civil.second());
    format!(
        "{}T{hour:02}:{minute:02}:{second:02}Z",
        iso_day(civil.date())
    )
}

fn time(hour: i16, minute: i16, second: i16) -> Option<Time> {
    let part = |part: i16| i8::try_from(part).ok();
    Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()
}

/// Numbers of so many digits with these signs between them.
fn split<const N: usize>(text: &str, digits: [usize; N], signs: &[u8]) -> Option<[i16; N]> {
    let mut left = text.as_bytes();
    let mut numbers = [0; N];
    for (at, digits) in digits.into_iter().enumerate() {
        if at > 0 {
            left = left.strip_prefix(&[*signs.get(at - 1)?])?;
        }
        let number = left.split_at_checked(digits)?;
        for digit in number.0 {
            numbers[at] =
                numbers[at] * 10 + i16::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
        left = number.1;
    }
    left.is_empty().then_some(numbers)
}

fn first_day(year: i16, month: i8) -> Result<Date, CalendarError> {
    Date::new(year, month, 1).map_err(|_| CalendarError::NoSuchMonth { year, month })
}
