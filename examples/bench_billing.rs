//! How long bills take, as medians. Run by make bench, built as the worker is (opt-level 3):
//! `cargo run --profile worker --no-default-features --example bench_billing`

use foretoken::Catalog;
use foretoken::billing::{Plan, bill, day_by_day};
use foretoken::calendar::{Period, SignedDuration, midnight_utc};
use foretoken::usage::{UsageLog, UsageRecord};
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

const RUNS: usize = 25;
/// Short work is timed so many at once.
const SHORT: u32 = 200;

/// A plan of so many graduated charges, each of a meter of its own in so many tiers.
fn plan(charges: u32, tiers: u32) -> Outcome<Plan> {
    let tier = |number: u32| {
        let amount = format!("0.{:02}", 60 - 5 * number);
        match number < tiers {
            true => json!({"up_to": (number * 10_000).to_string(), "amount": amount}),
            false => json!({"amount": amount}),
        }
    };
    let tiers: Vec<Value> = (1..=tiers).map(tier).collect();
    let charge = |number: u32| {
        json!({"id": format!("charge{number}"), "quantity": {"of": [format!("meter{number}")]},
               "price": {"graduated": {"per": "1000", "tiers": tiers}}})
    };
    let charges: Vec<Value> = (0..charges).map(charge).collect();
    let document = json!({"version": 1, "name": "Bench", "charges": charges});
    Ok(Plan::from_json(&document.to_string())?)
}

/// So many records at equal distances over December 2026, each of this many meters.
fn usage(records: u32, meters: u32) -> Outcome<UsageLog> {
    let start = midnight_utc(Period::month(2026, 12)?.from());
    let step = SignedDuration::from_secs(31 * 86_400 / i64::from(records));
    let record = |number: u32| {
        let mut record = UsageRecord::at(start + step * i32::try_from(number).unwrap_or(i32::MAX));
        for meter in 0..meters {
            let used = 1_000 + number * 7 % 1_000 + meter;
            record
                .quantities
                .insert(format!("meter{meter}").into(), u64::from(used).into());
        }
        record
    };
    Ok(UsageLog::new((0..records).map(record).collect()))
}

/// The median time of one, of so many runs of so many at once.
fn median(runs: usize, at_once: u32, mut work: impl FnMut() -> Outcome<()>) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = Instant::now();
        for _ in 0..at_once {
            work()?;
        }
        times.push(started.elapsed() / at_once);
    }
    times.sort_unstable();
    Ok(times[runs / 2])
}

fn row(name: &str, time: Duration) {
    let micros = time.as_nanos() / 100;
    let each = 1_000_000_000 / time.as_nanos().max(1);
    println!(
        "{name:<58}{:>10}.{} µs{each:>12} a second",
        micros / 10,
        micros % 10
    );
}

fn main() -> Outcome<()> {
    let (catalog, december) = (Catalog::default(), Period::month(2026, 12)?);
    println!("billing, native, opt-level 3: median of {RUNS}");
    for (name, charges, tiers, records) in [
        ("  3 charges of 3 tiers, 3 records", 3, 3, 3),
        ("  20 charges of 5 tiers, a record a day", 20, 5, 31),
    ] {
        let (plan, usage) = (plan(charges, tiers)?, usage(records, charges)?);
        let time = median(RUNS, SHORT, || {
            black_box(bill(&plan, &usage, &catalog, december)?);
            Ok(())
        })?;
        row(name, time);
        let time = median(RUNS, 1, || {
            black_box(day_by_day(&plan, &usage, &catalog, december)?);
            Ok(())
        })?;
        row(&format!("{name}, day by day"), time);
    }
    let (plan, usage) = (plan(3, 3)?, usage(1_000_000, 3)?);
    let time = median(5, 1, || {
        black_box(bill(&plan, &usage, &catalog, december)?);
        Ok(())
    })?;
    row("  3 charges of 3 tiers, 1,000,000 records", time);
    let time = median(5, 1, || {
        black_box(usage.compact());
        Ok(())
    })?;
    row("  compacting them", time);
    Ok(())
}
