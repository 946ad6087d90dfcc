//! How long the curve of the Month page takes. Run it by hand:
//! `cargo test --profile worker --no-default-features --test billing_curve_speed -- --ignored --nocapture`
#![cfg(not(target_arch = "wasm32"))]

#[path = "curve/compared.rs"]
mod compared;

use compared::{Compared, charge, with};
use std::time::Instant;

const ROUNDS: u32 = 50;

fn measure(name: &str, compared: &Compared, until: u64) {
    let start = Instant::now();
    let mut curve = compared.curve(0..=until, 200);
    for _ in 1..ROUNDS {
        curve = compared.curve(0..=until, 200);
    }
    println!(
        "{name}: {:?} a curve, {} totals, {} points, {} marks",
        start.elapsed() / ROUNDS,
        compared.asked(),
        curve.points.len(),
        curve.marks.len()
    );
}

#[test]
#[ignore = "a measurement, not a check"]
fn five_plans_at_two_hundred_points() {
    let graduated = charge(
        r#"{"graduated": {"per": "1000", "tiers": [{"up_to": "10000", "amount": "14"}, {"up_to": "30000", "amount": "11"}, {"amount": "7"}]}}"#,
    );
    let volume = format!(
        r#"{}], "minimum": "40", "discounts": ["#,
        charge(
            r#"{"volume": {"per": "1000", "tiers": [{"up_to": "10000", "amount": "14"}, {"up_to": "30000", "amount": "11"}, {"amount": "8"}]}}"#
        )
    );
    let hybrid = format!(
        r#"{}, {}], "discounts": [{{"name": "Yearly", "percent": "5"}}"#,
        with("fee", "", r#"{"flat": {"amount": "120"}}"#),
        with(
            "use",
            r#""of": ["units"], "included": {"units": "9000"}"#,
            r#"{"unit": {"amount": "16", "per": "1000"}}"#
        )
    );
    let package = charge(r#"{"package": {"size": "5000", "amount": "60"}}"#);
    let requests = with(
        "use",
        r#""of": ["requests"]"#,
        r#"{"unit": {"amount": "0.01"}}"#,
    );
    let plans = [&*graduated, &*volume, &*hybrid, &*package, &*requests];
    measure("five ordinary plans", &Compared::plans(&plans), 60_000);
    measure(
        "the same, two models",
        &Compared::plans(&plans).twice(),
        60_000,
    );
    let stairs = charge(r#"{"package": {"size": "10", "amount": "0.12"}}"#);
    measure(
        "five of many stairs",
        &Compared::plans(&[&*stairs; 5]),
        60_000,
    );
    let list = with("list", "", r#"{"cost_plus": {"markup_percent": "20"}}"#);
    let listed = Compared::plans(&[&*list; 5]).per_request(31_440);
    measure("five list prices by prompt", &listed, 1_000_000);
}
