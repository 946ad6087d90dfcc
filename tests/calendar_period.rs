//! Stretches of days, the zone in which a day begins, and how both are written.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::calendar::{CalendarError, Date, Period, Timestamp, Zone, read_day, written};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

fn day(text: &str) -> Date {
    read_day(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(from: &str, until: &str) -> Period {
    Period::between(day(from), day(until)).unwrap()
}

fn zone(text: &str) -> Zone {
    text.parse().unwrap()
}

#[test]
fn both_ends_are_in_a_period() {
    let march = period("2026-03-15", "2026-03-31");
    assert_eq!(
        (march.from(), march.until(), march.days()),
        (day("2026-03-15"), day("2026-03-31"), 17)
    );
    assert!(march.contains(day("2026-03-15")) && march.contains(day("2026-03-31")));
    assert!(!march.contains(day("2026-03-14")) && !march.contains(day("2026-04-01")));
    assert_eq!(period("2026-03-15", "2026-03-15").days(), 1);
    // Across a leap day, and across the new year.
    assert_eq!(period("2028-02-28", "2028-03-01").days(), 3);
    assert_eq!(period("2026-12-31", "2027-01-01").days(), 2);
}

#[test]
fn a_period_does_not_end_before_it_starts() {
    let (from, until) = (day("2026-03-02"), day("2026-03-01"));
    let refused = Period::between(from, until).unwrap_err();
    assert_eq!(refused, CalendarError::PeriodEndsFirst { from, until });
    assert_eq!(
        refused.to_string(),
        "the period ends on 2026-03-01, before it starts on 2026-03-02"
    );
}

#[test]
fn a_month_is_a_period() {
    assert_eq!(
        Period::month(2028, 2).unwrap(),
        period("2028-02-01", "2028-02-29")
    );
    assert_eq!(
        Period::month(2026, 12).unwrap(),
        period("2026-12-01", "2026-12-31")
    );
    assert!(Period::month(2026, 13).is_err() && Period::month(2026, 0).is_err());
}

#[test]
fn the_days_both_have() {
    let december = Period::month(2026, 12).unwrap();
    let overlap =
        |from: Option<&str>, until: Option<&str>| december.overlap(from.map(day), until.map(day));
    assert_eq!(overlap(None, None), Some(december));
    assert_eq!(
        overlap(Some("2026-12-10"), None),
        Some(period("2026-12-10", "2026-12-31"))
    );
    assert_eq!(
        overlap(None, Some("2026-12-10")),
        Some(period("2026-12-01", "2026-12-10"))
    );
    assert_eq!(
        overlap(Some("2026-11-10"), Some("2027-01-10")),
        Some(december)
    );
    assert_eq!(
        overlap(Some("2026-12-31"), Some("2027-01-10")),
        Some(period("2026-12-31", "2026-12-31"))
    );
    assert_eq!(overlap(Some("2027-01-01"), None), None);
    assert_eq!(overlap(None, Some("2026-11-30")), None);
}

#[test]
fn a_period_is_written_as_two_days() {
    let json = r#"{"from":"2026-12-01","until":"2026-12-31"}"#;
    let december: Period = serde_json::from_str(json).unwrap();
    assert_eq!(december, Period::month(2026, 12).unwrap());
    assert_eq!(serde_json::to_string(&december).unwrap(), json);
    for wrong in [
        r#"{"from": "2026-12-31", "until": "2026-12-01"}"#,
        r#"{"from": "2026-12-01"}"#,
        r#"{"from": "2026-12-01", "until": "2026-12-31", "days": 31}"#,
        r#"{"from": "2026-12-01", "until": "2026-12-32"}"#,
    ] {
        assert!(serde_json::from_str::<Period>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_day_begins_at_midnight_of_its_zone() {
    // 18:30 UTC is midnight in India, 08:00 UTC is midnight eight hours behind.
    let (india, west) = (zone("+05:30"), zone("-08:00"));
    assert_eq!(
        india.hour(at("2026-11-30T18:29:59Z")),
        (day("2026-11-30"), 23)
    );
    assert_eq!(
        india.hour(at("2026-11-30T18:30:00Z")),
        (day("2026-12-01"), 0)
    );
    assert_eq!(
        west.hour(at("2026-12-01T07:59:59Z")),
        (day("2026-11-30"), 23)
    );
    assert_eq!(west.day(at("2026-12-01T08:00:00Z")), day("2026-12-01"));
    assert_eq!(
        Zone::default().day(at("2026-12-01T00:00:00Z")),
        day("2026-12-01")
    );
    assert_eq!(
        zone("+14:00").day(at("2026-11-30T10:00:00Z")),
        day("2026-12-01")
    );
    assert_eq!(
        zone("-14:00").day(at("2026-12-01T13:59:59Z")),
        day("2026-11-30")
    );
}

#[test]
fn a_zone_is_hours_and_minutes_ahead_of_utc() {
    for text in ["+00:00", "+05:30", "-08:00", "+14:00", "-14:00", "-00:30"] {
        assert_eq!(zone(text).to_string(), text);
        let json = format!("\"{text}\"");
        assert_eq!(
            serde_json::to_string(&serde_json::from_str::<Zone>(&json).unwrap()).unwrap(),
            json
        );
    }
    assert_eq!(zone("-00:00"), Zone::default());
    for wrong in [
        "",
        "+",
        "Z",
        "05:30",
        "+5:30",
        "+05:60",
        "+14:01",
        "-14:01",
        "+24:00",
        "+05:30:00",
        "+0530",
        "\u{2212}08:00",
        " +01:00",
    ] {
        let refused = wrong.parse::<Zone>().unwrap_err();
        assert_eq!(refused, CalendarError::NoSuchZone(wrong.to_owned()));
        assert!(serde_json::from_str::<Zone>(&format!("\"{wrong}\"")).is_err());
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    #[serde(with = "written::day")]
    day: Date,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "written::maybe_day"
    )]
    until: Option<Date>,
    #[serde(with = "written::instant")]
    at: Timestamp,
}

#[test]
fn days_and_instants_in_documents() {
    let json = r#"{"day":"2028-02-29","until":"2028-03-01","at":"2028-02-29T09:05:07Z"}"#;
    let note: Note = serde_json::from_str(json).unwrap();
    let expected = Note {
        day: day("2028-02-29"),
        until: Some(day("2028-03-01")),
        at: at("2028-02-29T09:05:07Z"),
    };
    assert_eq!(note, expected);
    assert_eq!(serde_json::to_string(&note).unwrap(), json);
    let open = r#"{"day":"2028-02-29","at":"2028-02-29T09:05:07Z"}"#;
    assert_eq!(
        serde_json::to_string(&serde_json::from_str::<Note>(open).unwrap()).unwrap(),
        open
    );
    let null = open.replace(r#","at""#, r#","until":null,"at""#);
    assert_eq!(serde_json::from_str::<Note>(&null).unwrap().until, None);
}

#[test]
fn what_is_no_day_or_instant_is_said() {
    let json = r#"{"day":"2026-02-29","at":"2026-02-28T09:05:07Z"}"#;
    let message = |json: &str| serde_json::from_str::<Note>(json).unwrap_err().to_string();
    assert!(
        message(json).starts_with("\"2026-02-29\" is not a day: expected one such as 2026-12-01")
    );
    let local = json.replace("-29", "-28").replace("07Z", "07+01:00");
    assert!(
        message(&local)
            .starts_with("\"2026-02-28T09:05:07+01:00\" is not an instant: expected UTC, such as")
    );
    assert!(
        message(&json.replace("-29\"", "-28\",\"until\":\"soon\""))
            .contains("\"soon\" is not a day")
    );
    assert!(
        serde_json::from_str::<Note>(r#"{"day": 20260228, "at": "2026-02-28T09:05:07Z"}"#).is_err()
    );
}

#[derive(Debug, Serialize)]
struct Open(#[serde(with = "written::maybe_day")] Option<Date>);

#[test]
fn a_day_left_out_is_written_as_none() {
    assert_eq!(serde_json::to_string(&Open(None)).unwrap(), "null");
    assert_eq!(
        serde_json::to_string(&Open(Some(day("2026-12-01")))).unwrap(),
        "\"2026-12-01\""
    );
}

proptest! {
    #[test]
    fn a_period_has_as_many_dates_as_days(start in 0i32..20_000, length in 0i32..800) {
        let from = Date::new(1990, 1, 1).unwrap().checked_add(jiff::SignedDuration::from_hours(i64::from(start) * 24)).unwrap();
        let until = from.checked_add(jiff::SignedDuration::from_hours(i64::from(length) * 24)).unwrap();
        let period = Period::between(from, until).unwrap();
        let dates: Vec<Date> = period.dates().collect();
        prop_assert_eq!(period.days() as usize, dates.len());
        prop_assert_eq!(period.days(), u32::try_from(length).unwrap() + 1);
        prop_assert_eq!((dates[0], dates[dates.len() - 1]), (from, until));
        prop_assert!(dates.iter().all(|date| period.contains(*date)));
    }

    #[test]
    fn a_zone_moves_the_clock(minutes in -840i32..=840, second in 0i64..4_000_000_000) {
        let sign = if minutes < 0 { '-' } else { '+' };
        let zone = zone(&format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
        let moved = Timestamp::from_second(second + i64::from(minutes) * 60).unwrap();
        prop_assert_eq!(zone.hour(Timestamp::from_second(second).unwrap()), Zone::default().hour(moved));
    }
}
