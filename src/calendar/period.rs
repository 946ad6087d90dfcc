//! Stretches of whole days, and the zone in which a day begins.

use super::{
    CalendarError, Date, SignedDuration, Timestamp, first_day, midnight_utc, read_time, written,
};
use crate::document;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stretch of whole days, first and last included.
///
/// ```
/// use foretoken::calendar::Period;
/// let december = Period::month(2026, 12).unwrap();
/// assert_eq!(december.days(), 31);
/// let seventeen = Period::between(jiff::civil::date(2026, 3, 15), jiff::civil::date(2026, 3, 31)).unwrap();
/// assert_eq!(seventeen.days(), 17);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    #[serde(with = "written::day")]
    from: Date,
    #[serde(with = "written::day")]
    until: Date,
}

impl Period {
    pub fn between(from: Date, until: Date) -> Result<Period, CalendarError> {
        if until < from {
            return Err(CalendarError::PeriodEndsFirst { from, until });
        }
        Ok(Period { from, until })
    }

    pub fn month(year: i16, month: i8) -> Result<Period, CalendarError> {
        let first = first_day(year, month)?;
        Period::between(first, first.last_of_month())
    }

    pub const fn from(self) -> Date {
        self.from
    }

    pub const fn until(self) -> Date {
        self.until
    }

    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// How many days, both ends included.
    pub fn days(self) -> u32 {
        let hours = midnight_utc(self.until).duration_since(midnight_utc(self.from));
        u32::try_from(hours.as_hours() / 24).map_or(u32::MAX, |days| days + 1)
    }

    /// Each day in turn.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok())
            .take_while(move |day| *day <= self.until)
    }

    /// The days that both have.
    pub fn overlap(self, from: Option<Date>, until: Option<Date>) -> Option<Period> {
        let from = from.map_or(self.from, |day| day.max(self.from));
        let until = until.map_or(self.until, |day| day.min(self.until));
        Period::between(from, until).ok()
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Period, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Days {
            #[serde(with = "written::day")]
            from: Date,
            #[serde(with = "written::day")]
            until: Date,
        }
        let Days { from, until } = Days::deserialize(source)?;
        Period::between(from, until).map_err(serde::de::Error::custom)
    }
}

/// How far a clock is ahead of UTC, all year round.
///
/// ```
/// use foretoken::calendar::Zone;
/// let india: Zone = "+05:30".parse().unwrap();
/// let evening = "2026-11-30T20:00:00Z".parse().unwrap();
/// assert_eq!(india.day(evening), jiff::civil::date(2026, 12, 1));
/// assert!("Asia/Kolkata".parse::<Zone>().is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Zone(i32);

impl Zone {
    /// The day an instant falls on here.
    pub fn day(self, instant: Timestamp) -> Date {
        self.offset().to_datetime(instant).date()
    }

    /// The day, and the hour of it.
    pub fn hour(self, instant: Timestamp) -> (Date, i8) {
        let civil = self.offset().to_datetime(instant);
        (civil.date(), civil.hour())
    }

    /// The instant at which a day begins here.
    ///
    /// ```
    /// use foretoken::calendar::Zone;
    /// let india: Zone = "+05:30".parse().unwrap();
    /// assert_eq!(india.midnight(jiff::civil::date(2026, 12, 1)).to_string(), "2026-11-30T18:30:00Z");
    /// ```
    pub fn midnight(self, day: Date) -> Timestamp {
        let utc = midnight_utc(day);
        let ahead = SignedDuration::from_mins(self.0.into());
        utc.checked_sub(ahead).unwrap_or(utc)
    }

    fn offset(self) -> Offset {
        Offset::from_seconds(self.0 * 60).unwrap_or(Offset::UTC)
    }
}

impl std::str::FromStr for Zone {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Zone, CalendarError> {
        let foreign = || CalendarError::NoSuchZone(text.to_owned());
        let (sign, clock) = match text.split_at_checked(1) {
            Some(("+", clock)) => (1, clock),
            Some(("-", clock)) => (-1, clock),
            _ => return Err(foreign()),
        };
        let time = read_time(clock).ok_or_else(foreign)?;
        let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
        (minutes <= 14 * 60)
            .then_some(Zone(sign * minutes))
            .ok_or_else(foreign)
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.abs();
        write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Zone, D::Error> {
        document::text(
            source,
            str::parse,
            "a time zone in quotes, such as \"+05:30\"",
        )
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[+-][0-9]{2}:[0-9]{2}$",
            "description": "Hours and minutes ahead of UTC, all year round: \"+05:30\""
        })
    }
}
