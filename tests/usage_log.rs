//! What was used, record by record.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::usage::{LogError, UsageLog, UsageRecord};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// A record with these members beside an instant.
fn record(members: Value) -> UsageRecord {
    let mut record = json!({"at": "2026-12-01T12:00:00Z"});
    record
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

fn refused(text: &str) -> String {
    UsageLog::from_json(text).unwrap_err().to_string()
}

/// What is said of a log with this one record.
fn wrong(members: Value) -> String {
    UsageLog::new(vec![record(members)])
        .check()
        .unwrap_err()
        .to_string()
}

#[test]
fn what_a_record_says_of_its_meters() {
    let full = record(
        json!({"requests": "3", "amount": "1.5", "quantities": {"input": "30", "output": "0"}}),
    );
    for (meter, quantity, named) in [
        ("input", "30", true),
        ("output", "0", true),
        ("cache_read", "0", false),
        ("requests", "3", true),
        ("amount", "1.5", true),
    ] {
        assert_eq!(
            (full.quantity(meter), full.names(meter)),
            (decimal(quantity), named),
            "{meter}"
        );
    }
    let empty = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
    assert_eq!(
        (empty.quantity("requests"), empty.names("requests")),
        (1.into(), true)
    );
    assert_eq!(
        (empty.quantity("amount"), empty.names("amount")),
        (0.into(), false)
    );
    assert_eq!(empty, record(json!({})));
}

#[test]
fn what_a_record_is() {
    let full = record(
        json!({"model": "openai/gpt-6.1-sol", "variant": "batch", "properties": {"region": "eu"}}),
    );
    let properties =
        ["model", "provider", "variant", "region", "colour"].map(|name| full.property(name));
    assert_eq!(
        properties,
        [
            Some("openai/gpt-6.1-sol"),
            Some("openai"),
            Some("batch"),
            Some("eu"),
            None
        ]
    );
    assert_eq!(record(json!({"model": "bare"})).property("provider"), None);
    assert_eq!(record(json!({})).property("provider"), None);
}

#[test]
fn the_input_of_each_request() {
    let of = |members: Value| record(members).input_of_each();
    // As stated, whatever was used in all.
    assert_eq!(
        of(json!({"context": "195", "requests": "3", "quantities": {"input": "500"}})),
        Some(195.into())
    );
    // Of one request, whatever was read from a cache or written to it.
    let parts = json!({"input": "1", "cache_read": "20", "cache_write": "300", "cache_write_1h": "4000", "output": "50000"});
    assert_eq!(of(json!({"quantities": parts})), Some(4_321.into()));
    assert_eq!(of(json!({})), Some(0.into()));
    assert_eq!(
        of(json!({"requests": "2", "quantities": {"input": "500"}})),
        None
    );
    // More than a decimal holds is not known, and no reason to fall over.
    let most = Decimal::MAX.to_string();
    assert_eq!(
        of(json!({"quantities": {"input": most, "cache_read": most}})),
        None
    );
}

#[test]
fn what_no_record_may_say() {
    for (members, expected) in [
        (
            json!({"requests": "0.5"}),
            "records[0].requests: 0.5; expected a whole number, 0 or more",
        ),
        (
            json!({"requests": "-1"}),
            "records[0].requests: -1; expected a whole number, 0 or more",
        ),
        (
            json!({"quantities": {"input": "-0.1"}}),
            "records[0].quantities.input: -0.1; expected 0 or more",
        ),
        (
            json!({"quantities": {"requests": "1"}}),
            "records[0].quantities.requests: this meter; expected the record's own field of that name",
        ),
        (
            json!({"quantities": {"amount": "1"}}),
            "records[0].quantities.amount: this meter; expected the record's own field of that name",
        ),
        (
            json!({"context": "-1"}),
            "records[0].context: -1; expected 0 or more",
        ),
        (
            json!({"amount": "-1"}),
            "records[0].amount: -1; expected 0 or more",
        ),
        (
            json!({"properties": {"meter": "input"}}),
            "records[0].properties.meter: this name; expected another name: the record's own stands for it",
        ),
    ] {
        assert_eq!(wrong(members), expected);
    }
    for own in ["model", "provider", "variant"] {
        assert!(wrong(json!({"properties": {own: "x"}})).contains("another name"));
    }
    let fine = json!({"requests": "0", "context": "0", "amount": "0", "score": "-1.5", "quantities": {"input": "0"}, "properties": {"": ""}});
    assert_eq!(UsageLog::new(vec![record(fine)]).check(), Ok(()));
}

#[test]
fn what_is_no_log() {
    assert!(matches!(
        UsageLog::from_json("{"),
        Err(LogError::Foreign(_))
    ));
    assert_eq!(
        UsageLog::from_json(r#"{"version": 2, "records": []}"#),
        Err(LogError::Newer(2))
    );
    assert!(refused(r#"{"version": 2, "records": []}"#).contains("newer than this page reads (1)"));
    assert!(refused(r#"{"version": 1}"#).contains("missing field `records`"));
    let number = refused(
        r#"{"version": 1, "records": [{"at": "2026-12-01T12:00:00Z", "quantities": {"input": 195}}]}"#,
    );
    assert!(
        number.starts_with("the usage: records[0].quantities.input: ")
            && number.contains("in quotes"),
        "{number}"
    );
    let second = refused(
        r#"{"version": 1, "records": [{"at": "2026-12-01T12:00:00Z"}, {"at": "2026-12-01"}]}"#,
    );
    assert!(
        second.starts_with("the usage: records[1].at: \"2026-12-01\" is not an instant"),
        "{second}"
    );
}

#[test]
fn a_log_reads_back_as_it_was_written() {
    let full = record(
        json!({"model": "openai/gpt-6.1-sol", "variant": "batch", "requests": "2", "context": "195", "amount": "12.5", "score": "0.92",
        "quantities": {"input": "390"}, "properties": {"region": "eu"}}),
    );
    let log = UsageLog::new(vec![full, record(json!({}))]);
    assert_eq!(UsageLog::from_json(&log.to_json()), Ok(log.clone()));
    assert_eq!(
        log.to_json(),
        concat!(
            r#"{"version":1,"records":[{"at":"2026-12-01T12:00:00Z","model":"openai/gpt-6.1-sol","variant":"batch","requests":"2","context":"195","#,
            r#""quantities":{"input":"390"},"amount":"12.5","score":"0.92","properties":{"region":"eu"}},"#,
            r#"{"at":"2026-12-01T12:00:00Z","requests":"1","quantities":{}}]}"#
        )
    );
}

/// The records that are left of these, as requests and input.
fn compacted(records: Vec<UsageRecord>) -> Vec<(Decimal, Decimal)> {
    let compact = UsageLog::new(records).compact().records;
    compact
        .iter()
        .map(|record| (record.quantity("requests"), record.quantity("input")))
        .collect()
}

#[test]
fn alike_neighbours_become_one() {
    let once = || record(json!({"quantities": {"input": "7"}, "amount": "0.1", "score": "0.5"}));
    let thrice = record(
        json!({"requests": "3", "quantities": {"input": "21"}, "amount": "0.3", "score": "0.50"}),
    );
    let compact = UsageLog::new(vec![once(), thrice, once()]).compact();
    assert_eq!(
        compact.records,
        [record(
            json!({"requests": "5", "quantities": {"input": "35"}, "amount": "0.5", "score": "0.5"})
        )]
    );
    // 10 in 3 requests and 20 in 6: a third of 10 in each, which has no end.
    let (three, six) = (
        json!({"requests": "3", "quantities": {"input": "10"}}),
        json!({"requests": "6", "quantities": {"input": "20"}}),
    );
    assert_eq!(
        compacted(vec![record(three), record(six)]),
        [(9.into(), 30.into())]
    );
}

#[test]
fn what_a_price_can_tell_apart_stays_apart() {
    let plain = || record(json!({"model": "a/b", "quantities": {"input": "7"}}));
    for other in [
        json!({"at": "2026-12-01T12:00:01Z", "model": "a/b", "quantities": {"input": "7"}}),
        json!({"model": "a/c", "quantities": {"input": "7"}}),
        json!({"quantities": {"input": "7"}}),
        json!({"model": "a/b", "variant": "batch", "quantities": {"input": "7"}}),
        json!({"model": "a/b", "context": "8", "quantities": {"input": "7"}}),
        json!({"model": "a/b", "quantities": {"input": "8"}}),
        json!({"model": "a/b", "quantities": {"input": "7", "output": "0"}}),
        json!({"model": "a/b", "requests": "2", "context": "7", "quantities": {"input": "7"}}),
        json!({"model": "a/b", "amount": "0", "quantities": {"input": "7"}}),
        json!({"model": "a/b", "score": "0", "quantities": {"input": "7"}}),
        json!({"model": "a/b", "properties": {"region": "eu"}, "quantities": {"input": "7"}}),
        json!({"model": "a/b", "requests": "0", "quantities": {"input": "7"}}),
    ] {
        assert_eq!(
            UsageLog::new(vec![plain(), record(other.clone())])
                .compact()
                .records
                .len(),
            2,
            "{other}"
        );
    }
    let paid = |amount: &str| record(json!({"amount": amount}));
    assert_eq!(
        UsageLog::new(vec![paid("1"), paid("2")])
            .compact()
            .records
            .len(),
        2
    );
    let nobody = || record(json!({"requests": "0", "quantities": {"input": "7"}}));
    assert_eq!(compacted(vec![nobody(), nobody()]).len(), 2);
}

#[test]
fn only_neighbours_in_time_become_one() {
    let at = |second: u32, input: u32| {
        record(
            json!({"at": format!("2026-12-01T12:00:0{second}Z"), "quantities": {"input": input.to_string()}}),
        )
    };
    // The record between two alike ones of the same instant keeps them apart; one of another instant does not.
    assert_eq!(compacted(vec![at(0, 7), at(0, 8), at(0, 7)]).len(), 3);
    assert_eq!(
        compacted(vec![at(1, 7), at(0, 8), at(1, 7)]),
        [(1.into(), 8.into()), (2.into(), 14.into())]
    );
}

#[test]
fn the_input_of_each_is_kept() {
    let once = || record(json!({"model": "a/b", "quantities": {"input": "7", "cache_read": "3"}}));
    let twice = UsageLog::new(vec![once(), once()]).compact();
    assert_eq!(twice.records[0].input_of_each(), Some(10.into()));
    assert_eq!(twice.records[0].context, Some(10.into()));
    // Without a model nobody asks for it.
    let bare = || record(json!({"quantities": {"seconds": "7"}}));
    assert_eq!(
        UsageLog::new(vec![bare(), bare()]).compact().records[0].context,
        None
    );
    let stated = || record(json!({"context": "9", "quantities": {"seconds": "7"}}));
    assert_eq!(
        UsageLog::new(vec![stated(), stated()]).compact().records[0].context,
        Some(9.into())
    );
}

#[test]
fn sums_that_cannot_be_held_are_not_made() {
    let largest = || record(json!({"quantities": {"units": Decimal::MAX.to_string()}}));
    assert_eq!(
        UsageLog::new(vec![largest(), largest()])
            .compact()
            .records
            .len(),
        2
    );
}
