//! Months, their days and their edges.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::calendar::{
    CalendarError, Date, Month, Timestamp, day_utc, iso_day, iso_instant, midnight_utc, read_day,
    read_instant,
};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_month_has_its_days() {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, expected) in (1..).zip(days) {
        let month = Month::utc(2026, month).unwrap();
        assert_eq!(month.days(), expected);
        assert_eq!(month.seconds(), i64::from(expected) * 86_400);
    }
    // Leap by 4, not by 100, but by 400.
    for (year, expected) in [(2028, 29), (2027, 28), (2100, 28), (2000, 29)] {
        assert_eq!(Month::utc(year, 2).unwrap().days(), expected, "{year}");
    }
}

#[test]
fn a_month_ends_where_the_next_begins() {
    let december = Month::utc(2026, 12).unwrap();
    assert_eq!(december.start(), at("2026-12-01T00:00:00Z"));
    assert_eq!(december.end(), Month::utc(2027, 1).unwrap().start());
    assert_eq!((december.year(), december.month()), (2026, 12));
}

#[test]
fn a_month_west_of_greenwich_keeps_its_name_and_days() {
    // February 2028 at UTC−5 begins and ends at 05:00 UTC.
    let month = Month::between(
        2028,
        2,
        at("2028-02-01T05:00:00Z"),
        at("2028-03-01T05:00:00Z"),
    )
    .unwrap();
    assert_eq!((month.days(), month.seconds()), (29, 29 * 86_400));
}

#[test]
fn a_month_with_a_clock_change_keeps_its_days() {
    // Berlin: from UTC+1 to UTC+2 on 29 March 2026, and back on 25 October.
    let march = Month::between(
        2026,
        3,
        at("2026-02-28T23:00:00Z"),
        at("2026-03-31T22:00:00Z"),
    )
    .unwrap();
    assert_eq!((march.days(), march.seconds()), (31, 31 * 86_400 - 3_600));
    let october = Month::between(
        2026,
        10,
        at("2026-09-30T22:00:00Z"),
        at("2026-10-31T23:00:00Z"),
    )
    .unwrap();
    assert_eq!(
        (october.days(), october.seconds()),
        (31, 31 * 86_400 + 3_600)
    );
}

#[test]
fn months_that_cannot_be_are_refused() {
    for month in [0, 13, -1, i8::MAX] {
        let refused = Month::utc(2026, month);
        assert_eq!(
            refused,
            Err(CalendarError::NoSuchMonth { year: 2026, month })
        );
    }
    let message = Month::utc(2026, 13).unwrap_err().to_string();
    assert_eq!(
        message,
        "month 13 of year 2026 does not exist: expected 1 to 12"
    );
    let (start, end) = (at("2026-12-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
    assert!(Month::between(2026, 0, start, end).is_err());
    for turned in [(end, start), (start, start)] {
        let refused = Month::between(2026, 12, turned.0, turned.1);
        assert!(matches!(
            refused,
            Err(CalendarError::EndsBeforeStart { .. })
        ));
    }
}

#[test]
fn a_day_begins_at_midnight_and_holds_until_the_next() {
    let leap = Date::new(2028, 2, 29).unwrap();
    assert_eq!(midnight_utc(leap), at("2028-02-29T00:00:00Z"));
    assert_eq!(day_utc(at("2028-02-29T23:59:59.999Z")), leap);
    assert_eq!(
        day_utc(at("2028-02-28T23:00:00-05:00")),
        leap,
        "04:00 the next day in UTC"
    );
    assert_eq!(
        day_utc(at("1969-12-31T23:59:59Z")),
        Date::new(1969, 12, 31).unwrap()
    );
}

#[test]
fn days_and_instants_are_written_as_they_are_read() {
    assert_eq!(
        read_day("2028-02-29").map(iso_day).as_deref(),
        Some("2028-02-29")
    );
    for wrong in [
        "",
        "2027-02-29",
        "2026-13-01",
        "2026-1-01",
        "+026-01-01",
        "2026-01-011",
        "20260101",
    ] {
        assert_eq!(read_day(wrong), None, "{wrong}");
    }
    let jiffs = at("2026-11-24T09:05:07Z");
    assert_eq!(read_instant("2026-11-24T09:05:07.999Z"), Some(jiffs));
    assert_eq!(iso_instant(jiffs), jiffs.to_string());
    for wrong in [
        "2026-11-24",
        "2026-11-24T09:05Z",
        "2026-11-24T09:05:07",
        "2026-11-24T09:60:07Z",
    ] {
        assert_eq!(read_instant(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn twelve_months_are_a_year(year in 1i16..9_998) {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let months = (1..=12).map(|month| Month::utc(year, month).unwrap());
        prop_assert_eq!(months.map(|month| month.days()).sum::<u32>(), if leap { 366 } else { 365 });
    }

    #[test]
    fn any_instant_is_in_its_day(second in -30_000_000_000i64..200_000_000_000) {
        let instant = Timestamp::from_second(second).unwrap();
        let start = midnight_utc(day_utc(instant)).as_second();
        prop_assert!(start <= second && second < start + 86_400);
    }
}
