//! Random plans: what the evaluator of `tests/oracle` makes of them, which shares no line with the engine, is what the
//! engine must say. `FORETOKEN_ORACLE_CASES` and `FORETOKEN_ORACLE_SEED` ask for more of them or for others.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::Catalog;
use foretoken::billing::{self, Plan};
use foretoken::calendar::{Period, read_day};
use foretoken::usage::UsageLog;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const CASES: usize = 2_000;
/// Differences that are printed in full.
const SHOWN: usize = 8;
/// The engine would rather refuse than round a figure it cannot hold; the evaluator holds any.
const TOO_LONG: &str = "needs more than the 28 digits";

fn asked(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

fn cases(seed: usize, count: usize) -> Vec<String> {
    let (seed, count) = (seed.to_string(), count.to_string());
    let made = Command::new("python3")
        .args(["tests/oracle/cases.py", "--seed", &seed, "--count", &count])
        .output()
        .expect("python3 makes the cases");
    let why = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{why}");
    let text = String::from_utf8(made.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// A case as the engine reads it.
struct Job {
    plan: Plan,
    usage: UsageLog,
    catalog: Catalog,
    period: Period,
}

impl Job {
    fn read(case: &Value) -> Result<Job, String> {
        let text = |name: &str| case[name].to_string();
        let day = |name: &str| read_day(case["period"][name].as_str().unwrap()).unwrap();
        Ok(Job {
            plan: Plan::from_json(&text("plan")).map_err(|why| why.to_string())?,
            usage: UsageLog::from_json(&text("usage")).map_err(|why| why.to_string())?,
            catalog: Catalog::from_json(&text("catalog")).unwrap(),
            period: Period::between(day("from"), day("until")).unwrap(),
        })
    }

    fn bill(&self) -> Result<Value, String> {
        billing::bill(&self.plan, &self.usage, &self.catalog, self.period)
            .map(|bill| serde_json::to_value(bill).unwrap())
            .map_err(|why| why.to_string())
    }

    /// What was charged by the end of a day.
    fn so_far(&self, day: &str) -> Result<Value, String> {
        let days = billing::day_by_day(&self.plan, &self.usage, &self.catalog, self.period)
            .map_err(|why| why.to_string())?;
        let date = read_day(day).unwrap();
        let day = days.iter().find(|day| day.date == date).unwrap();
        Ok(Value::String(day.so_far.to_string()))
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str()?.parse().ok()
}

/// Whether two figures agree to 20 digits.
fn alike(left: Decimal, right: Decimal) -> bool {
    let most = left.abs().max(right.abs());
    let twenty = most * Decimal::new(1, 20) + Decimal::new(2, 28);
    (left - right).abs() <= twenty
}

/// Whether unrounded figures agree: quotients are held to 28 digits, and 15 decimals of their sums and differences are sure.
fn near(left: Decimal, right: Decimal) -> bool {
    (left - right).abs() <= Decimal::new(1, 15) || alike(left, right)
}

/// What of the expected is not in what was seen; `exactly` says whether figures must be the same to the last digit.
fn differences(path: &str, expected: &Value, seen: &Value, exactly: bool, found: &mut Vec<String>) {
    match (expected, seen) {
        (Value::Object(members), Value::Object(_)) => {
            for (name, member) in members {
                let path = format!("{path}.{name}");
                differences(&path, member, &seen[name.as_str()], exactly, found);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (at, (item, other)) in items.iter().zip(others).enumerate() {
                differences(&format!("{path}[{at}]"), item, other, exactly, found);
            }
        }
        _ => {
            let same = match (decimal(expected), decimal(seen)) {
                (Some(left), Some(right)) if exactly => left == right,
                (Some(left), Some(right)) => near(left, right),
                _ => expected == seen,
            };
            if !same {
                found.push(format!("{path}: expected {expected}, seen {seen}"));
            }
        }
    }
}

/// The lines that say something, by what they are: amount and exact of each.
fn lines(bill: &Value) -> BTreeMap<String, Vec<(Decimal, Decimal)>> {
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in bill["lines"].as_array().unwrap() {
        let figures = (
            decimal(&line["amount"]).unwrap(),
            decimal(&line["exact"]).unwrap(),
        );
        if figures.0.is_zero() && figures.1.is_zero() {
            continue;
        }
        let group: BTreeMap<String, String> =
            serde_json::from_value(line["group"].clone()).unwrap();
        let key = format!("{} {} {group:?}", line["kind"], line["charge"]);
        found.entry(key).or_default().push(figures);
    }
    found
        .values_mut()
        .for_each(|figures| figures.sort_unstable());
    found
}

fn compare_lines(expected: &Value, seen: &Value, unrounded: bool, found: &mut Vec<String>) {
    let (expected, seen) = (lines(expected), lines(seen));
    let keys: BTreeSet<&String> = expected.keys().chain(seen.keys()).collect();
    for key in keys {
        let none = Vec::new();
        let (left, right) = (
            expected.get(key).unwrap_or(&none),
            seen.get(key).unwrap_or(&none),
        );
        let same = |(left, right): (&(Decimal, Decimal), &(Decimal, Decimal))| match unrounded {
            true => near(left.0, right.0) && near(left.1, right.1),
            false => left.0 == right.0 && alike(left.1, right.1),
        };
        if left.len() != right.len() || !left.iter().zip(right).all(same) {
            found.push(format!("{key}: expected {left:?}, seen {right:?}"));
        }
    }
}

fn compare_bills(expected: &Value, seen: &Value, unrounded: bool) -> Vec<String> {
    let mut found = Vec::new();
    compare_lines(expected, seen, unrounded, &mut found);
    for part in ["totals", "interim", "left_out"] {
        if let Some(expected) = expected.get(part) {
            differences(part, expected, &seen[part], true, &mut found);
        }
    }
    for part in ["included", "credits"] {
        differences(part, &expected[part], &seen[part], false, &mut found);
    }
    found
}

enum Outcome {
    Agreed,
    TooLong,
    Differs(Vec<String>),
}

/// Both refuse, or both say the same.
fn outcome(
    expected: &Value,
    error: &Value,
    seen: Result<Value, String>,
    compare: impl Fn(&Value, &Value) -> Vec<String>,
) -> Outcome {
    let found = match (error.as_str(), seen) {
        (Some(_), Err(_)) => Vec::new(),
        (None, Err(why)) if why.contains(TOO_LONG) => return Outcome::TooLong,
        (None, Err(why)) => vec![format!("expected a bill, seen the error: {why}")],
        (Some(why), Ok(_)) => vec![format!("expected the error {why:?}, seen a bill")],
        (None, Ok(seen)) => compare(expected, &seen),
    };
    match found.is_empty() {
        true => Outcome::Agreed,
        false => Outcome::Differs(found),
    }
}

fn look_at(case: &Value) -> Outcome {
    let job = Job::read(case);
    let expected = &case["expected"];
    let unrounded = case["plan"]["rounding"]["where"] == "bill";
    let seen = job.as_ref().map_err(Clone::clone).and_then(Job::bill);
    let billed = outcome(expected, &expected["error"], seen, |left, right| {
        compare_bills(left, right, unrounded)
    });
    let (Outcome::Agreed, Some(so_far), Ok(job)) = (&billed, case.get("so_far"), &job) else {
        return billed;
    };
    let seen = job.so_far(so_far["day"].as_str().unwrap());
    outcome(&so_far["charged"], &so_far["error"], seen, |left, right| {
        let mut found = Vec::new();
        differences("so far", left, right, false, &mut found);
        found
    })
}

#[test]
fn two_evaluators_agree() {
    let (seed, count) = (
        asked("FORETOKEN_ORACLE_SEED", 1),
        asked("FORETOKEN_ORACLE_CASES", CASES),
    );
    let (mut too_long, mut differing, mut refused) = (0, Vec::new(), 0);
    for (at, line) in cases(seed, count).iter().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        refused += usize::from(case["expected"].get("error").is_some());
        match look_at(&case) {
            Outcome::Agreed => {}
            Outcome::TooLong => too_long += 1,
            Outcome::Differs(found) => {
                let parts = ["plan", "usage", "period"].map(|name| case[name].to_string());
                differing.push(format!(
                    "case {at}: {}\n    {}",
                    found.join("\n  "),
                    parts.join("\n    ")
                ));
            }
        }
    }
    let shown = differing
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    println!(
        "{count} cases of seed {seed}: {refused} refused by both, {too_long} too long for the engine"
    );
    assert!(
        differing.is_empty(),
        "{} of {count} cases of seed {seed} differ\n{shown}",
        differing.len()
    );
    assert!(
        refused < count / 4,
        "{refused} of {count} cases are refused and say little"
    );
    assert!(
        too_long * 100 <= count,
        "{too_long} of {count} cases are too long for the engine"
    );
}

/// The comparison itself: another amount, another exact figure and a missing line are seen; lines of nothing are not.
#[test]
fn a_difference_is_seen() {
    let bill = |amount: &str, exact: &str| -> Value {
        serde_json::from_str(&format!(
            r#"{{"lines": [{{"kind": "usage", "charge": "c", "group": {{}}, "amount": "{amount}", "exact": "{exact}"}}],
                "totals": {{"net": "{amount}"}}, "included": [], "credits": [], "left_out": 0}}"#
        ))
        .unwrap()
    };
    let count = |left: &Value, right: &Value| compare_bills(left, right, false).len();
    let expected = bill("0.33", "0.3333333333333333333333333333");
    assert_eq!(
        count(&expected, &bill("0.330", "0.33333333333333333333333")),
        0
    );
    assert_eq!(count(&expected, &bill("0.33", "0.333333333333333333")), 1);
    assert_eq!(
        count(&expected, &bill("0.34", "0.3333333333333333333333333333")),
        2
    );
    let mut nothing = bill("0", "0");
    nothing["lines"] = Value::Array(Vec::new());
    assert_eq!(count(&nothing, &bill("0", "0.0")), 0);
}
