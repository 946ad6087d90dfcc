//! Days and instants in documents, for `#[serde(with = "...")]`.

/// A day as `"2026-12-01"`.
pub mod day {
    use crate::calendar::{Date, iso_day, read_day};
    use crate::document;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Date, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&iso_day(*day))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Date, D::Error> {
        let day = |text: &str| {
            let foreign = || format!("\"{text}\" is not a day: expected one such as 2026-12-01");
            read_day(text).ok_or_else(foreign)
        };
        document::text(source, day, "a day in quotes, such as \"2026-12-01\"")
    }
}

/// A day that may be left out.
pub mod maybe_day {
    use super::day;
    use crate::calendar::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => day::serialize(day, out),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Date>, D::Error> {
        #[derive(Deserialize)]
        struct Day(#[serde(with = "day")] Date);
        Ok(Option::<Day>::deserialize(source)?.map(|Day(day)| day))
    }
}

/// An instant as `"2026-12-01T12:00:00Z"`.
pub mod instant {
    use crate::calendar::{Timestamp, iso_instant, read_instant};
    use crate::document;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(instant: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&iso_instant(*instant))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Timestamp, D::Error> {
        let instant = |text: &str| {
            let expected = "expected UTC, such as 2026-12-01T12:00:00Z";
            read_instant(text).ok_or_else(|| format!("\"{text}\" is not an instant: {expected}"))
        };
        document::text(
            source,
            instant,
            "an instant in quotes, such as \"2026-12-01T12:00:00Z\"",
        )
    }
}
