//! Every worked bill of `tests/bills`: what is expected there must be what the engine says.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::Catalog;
use foretoken::billing::{self, Plan};
use foretoken::calendar::{Period, read_day};
use foretoken::usage::UsageLog;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "billing/names.rs"]
mod names;

use names::SHAPES;

fn folders() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("tests/bills")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(folder: &Path, file: &str) -> Option<String> {
    fs::read_to_string(folder.join(file)).ok()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn period(folder: &Path) -> Period {
    let days = read(folder, "period.json").map_or_else(
        || json(r#"{"from": "2026-12-01", "until": "2026-12-31"}"#),
        |text| json(&text),
    );
    let day = |name: &str| read_day(days[name].as_str().unwrap()).unwrap();
    Period::between(day("from"), day("until")).unwrap()
}

/// The bill as JSON, or why there is none.
fn billed(folder: &Path) -> Result<String, String> {
    let plan =
        Plan::from_json(&read(folder, "plan.json").unwrap()).map_err(|why| why.to_string())?;
    let usage =
        UsageLog::from_json(&read(folder, "usage.json").unwrap()).map_err(|why| why.to_string())?;
    let catalog = read(folder, "catalog.json")
        .map_or_else(Catalog::default, |text| Catalog::from_json(&text).unwrap());
    let bill =
        billing::bill(&plan, &usage, &catalog, period(folder)).map_err(|why| why.to_string())?;
    Ok(bill.to_json())
}

fn decimal(value: &Value) -> Option<Decimal> {
    Decimal::from_str_exact(value.as_str()?).ok()
}

/// Whether two values that hold no others are the same: "0.50" is "0.5".
fn same(expected: &Value, seen: &Value) -> bool {
    match (decimal(expected), decimal(seen)) {
        (Some(expected), Some(seen)) => expected == seen,
        _ => expected == seen,
    }
}

/// What of the expected is not in what was seen. Members that are not expected may be anything; lists are whole.
fn differences(path: &str, expected: &Value, seen: &Value, found: &mut Vec<String>) {
    match (expected, seen) {
        (Value::Object(members), Value::Object(others)) => {
            for (name, member) in members {
                let other = others.get(name).unwrap_or(&Value::Null);
                differences(&format!("{path}.{name}"), member, other, found);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (at, (item, other)) in items.iter().zip(others).enumerate() {
                differences(&format!("{path}[{at}]"), item, other, found);
            }
        }
        _ if same(expected, seen) => {}
        _ => found.push(format!("{path}: expected {expected}, seen {seen}")),
    }
}

/// What is wrong with one case, by path.
fn wrong(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    match (
        read(folder, "bill.json"),
        read(folder, "error.txt"),
        billed(folder),
    ) {
        (Some(expected), None, Ok(seen)) => {
            differences("bill", &json(&expected), &json(&seen), &mut found)
        }
        (Some(_), None, Err(seen)) => {
            found.push(format!("expected a bill, seen the error: {seen}"))
        }
        (None, Some(words), Err(seen)) => found.extend(
            words
                .lines()
                .filter(|word| !seen.contains(word))
                .map(|word| format!("expected an error with {word:?}, seen: {seen}")),
        ),
        (None, Some(words), Ok(_)) => {
            found.push(format!("expected an error with {words:?}, seen a bill"))
        }
        _ => found.push("expected either bill.json or error.txt".to_owned()),
    }
    found
}

#[test]
fn every_worked_bill() {
    let mut cases = BTreeSet::new();
    let mut found = Vec::new();
    for folder in folders() {
        let case = folder.file_name().unwrap().to_string_lossy().into_owned();
        found.extend(
            wrong(&folder)
                .into_iter()
                .map(|why| format!("{case}: {why}")),
        );
        cases.insert(case);
    }
    assert!(
        found.is_empty(),
        "{} differences in {} cases:\n  {}\n",
        found.len(),
        cases.len(),
        found.join("\n  ")
    );
}

#[test]
fn every_case_is_explained() {
    for folder in folders() {
        let lines = read(&folder, "README.md").map_or(0, |text| {
            text.lines().filter(|line| !line.is_empty()).count()
        });
        assert!(
            (2..=10).contains(&lines),
            "{}: README.md of {lines} lines, expected 2 to 10",
            folder.display()
        );
    }
}

#[test]
fn every_price_shape_has_a_bill() {
    let billed = folders()
        .into_iter()
        .filter(|folder| read(folder, "bill.json").is_some());
    let seen: BTreeSet<String> = billed
        .flat_map(|folder| {
            let plan = json(&read(&folder, "plan.json").unwrap());
            let charges = plan["charges"].as_array().unwrap().clone();
            charges.into_iter().flat_map(|charge| {
                charge["price"]
                    .as_object()
                    .unwrap()
                    .keys()
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    for shape in SHAPES {
        assert!(
            seen.contains(*shape),
            "no worked bill has the price {shape}"
        );
    }
    assert_eq!(
        seen.len(),
        SHAPES.len(),
        "a price without a line in this test: {seen:?}"
    );
}

/// The comparison itself: a wrong figure, a missing line and a missing member are each seen.
#[test]
fn a_difference_is_seen() {
    let seen = json(r#"{"lines": [{"kind": "usage", "amount": "0.5"}], "left_out": 0}"#);
    let count = |expected: &str| {
        let mut found = Vec::new();
        differences("bill", &json(expected), &seen, &mut found);
        found.len()
    };
    assert_eq!(count(r#"{"lines": [{"amount": "0.50"}]}"#), 0);
    assert_eq!(
        count(r#"{"lines": [{"amount": "0.51"}], "left_out": 1}"#),
        2
    );
    assert_eq!(count(r#"{"lines": []}"#), 1);
    assert_eq!(count(r#"{"totals": {"net": "0"}}"#), 1);
}
