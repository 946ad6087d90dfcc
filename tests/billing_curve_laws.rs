//! What holds for curves, grains and limits of any plans.
#![cfg(not(target_arch = "wasm32"))]

#[path = "curve/compared.rs"]
mod compared;

use compared::{Compared, december};
use foretoken::Catalog;
use foretoken::billing::{
    BreakEven, Curve, Mark, Plan, Stops, bill, crossings, curve, day_by_day, pause,
};
use foretoken::usage::Grain;
use foretoken::usage::{UsageLog, UsageRecord};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

const MOST: u64 = 300;

/// A price with bounds within the range that is searched.
fn prices() -> impl Strategy<Value = String> {
    let small = || 1u32..9;
    let bound = || 1u64..MOST;
    prop_oneof![
        small().prop_map(|amount| format!(r#"{{"unit": {{"amount": "0.{amount}"}}}}"#)),
        (bound(), bound(), small(), small(), 0u32..20, prop::bool::ANY).prop_map(
            |(first, more, one, two, fee, volume)| {
                let shape = if volume { "volume" } else { "graduated" };
                let second = first + more;
                format!(
                    r#"{{"{shape}": {{"tiers": [{{"up_to": "{first}", "amount": "0.{one}"}},
                        {{"up_to": "{second}", "amount": "0.{two}", "flat": "{fee}"}}, {{"amount": "0.1"}}]}}}}"#
                )
            }
        ),
        (bound(), small(), small(), 0u32..2).prop_map(|(first, one, two, refuse)| {
            let above = ["extend", "refuse"][refuse as usize];
            format!(
                r#"{{"stairstep": {{"above": "{above}", "tiers": [{{"up_to": "{first}", "amount": "{one}"}},
                    {{"up_to": "{}", "amount": "{two}0"}}]}}}}"#,
                first + 90
            )
        }),
        (20u32..90, small()).prop_map(|(size, amount)| format!(
            r#"{{"package": {{"size": "{size}", "amount": "{amount}"}}}}"#
        )),
    ]
}

/// What a quantity says beside its meter.
fn quantities() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "",
        r#", "included": {"units": "70"}"#,
        r#", "convert": {"divide_by": "30", "round": "up"}"#,
        r#", "included": {"units": "20", "every": "day"}"#,
        r#", "every": "day""#,
        r#", "every": "hour", "aggregate": "max""#,
        r#", "aggregate": "latest""#,
        r#", "aggregate": "max""#,
    ])
}

fn adjustments() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "",
        r#", "minimum": "30""#,
        r#", "maximum": "45""#,
        r#", "commitment": {"amount": "35", "overage_factor": "1.5"}"#,
        r#", "discounts": [{"name": "", "amount": "12"}, {"name": "", "percent": "15"}]"#,
        r#", "discounts": [{"name": "", "tiers": [{"up_to": "20", "percent": "0"}, {"percent": "30"}]}]"#,
        r#", "active": {"from": "2026-12-10"}"#,
        r#", "credits": [{"id": "gift", "amount": "10", "expires": "2026-12-11"}]"#,
        r#", "progressive": {"thresholds": ["15", "40"]}"#,
    ])
}

fn plans() -> impl Strategy<Value = Plan> {
    (prices(), quantities(), 0u32..40, adjustments()).prop_map(|(price, quantity, fee, rest)| {
        let text = format!(
            r#"{{"version": 1, "name": "", "charges": [{{"id": "fee", "price": {{"flat": {{"amount": "{fee}"}}}}}},
                {{"id": "use", "quantity": {{"of": ["units"]{quantity}}}, "price": {price}}}]{rest}}}"#
        );
        Plan::from_json(&text).unwrap_or_else(|why| panic!("{why}: {text}"))
    })
}

fn found(curve: &Curve) -> Vec<&BreakEven> {
    let marks = curve.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::BreakEven(mark) => Some(mark),
            Mark::Cliff(_) => None,
        })
        .collect()
}

/// Every change of places, looked for at each n: another order than the last, or the first after a tie of two and more.
fn changes(totals: &[[Option<Decimal>; 2]]) -> Vec<(u64, usize)> {
    let (mut changes, mut last, mut tied) = (Vec::new(), None, 0);
    for (n, totals) in totals.iter().enumerate() {
        let [Some(left), Some(right)] = totals else {
            (last, tied) = (None, 0);
            continue;
        };
        let order = left.cmp(right);
        if order == Ordering::Equal {
            tied += 1;
            continue;
        }
        if last.is_some_and(|last| last != order) || last.is_none() && tied > 1 {
            changes.push((n as u64, usize::from(order == Ordering::Greater)));
        }
        last = Some(order);
    }
    changes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn looking_at_every_n_finds_no_other(left in plans(), right in plans(), samples in 2usize..12) {
        let compared = Compared::of(vec![left, right]);
        let curve = compared.curve(0..=MOST, samples);
        prop_assert_eq!(&curve.sampled, &[false, false]);
        let at = compared.totals();
        let amount = |plan, n| at(plan, n).ok().map(|total| total.amount);
        let all: Vec<[Option<Decimal>; 2]> = (0..=MOST).map(|n| [amount(0, n), amount(1, n)]).collect();
        for mark in found(&curve) {
            let of = |plan: usize, n: u64| all[n as usize][plan].unwrap();
            prop_assert!(of(mark.cheaper, mark.n) < of(mark.dearer, mark.n));
            prop_assert!(of(mark.cheaper, mark.n - 1) >= of(mark.dearer, mark.n - 1));
            prop_assert_eq!(mark.bill, of(mark.cheaper, mark.n));
        }
        let marked: Vec<(u64, usize)> = found(&curve).iter().map(|mark| (mark.n, mark.cheaper)).collect();
        prop_assert_eq!(marked, changes(&all));
        for n in 0..=MOST {
            let least = all[n as usize].iter().flatten().min();
            let first = least.and_then(|least| all[n as usize].iter().position(|total| *total == Some(*least)));
            let told = curve.cheapest.iter().find(|part| part.from <= n && n <= part.until);
            prop_assert_eq!(told.map(|part| part.plan), first, "at {}", n);
            let refused = curve.refusals.iter().any(|part| part.plan == 0 && part.from <= n && n <= part.until);
            prop_assert_eq!(refused, all[n as usize][0].is_none());
        }
    }

    #[test]
    fn every_fall_is_a_cliff(plan in plans(), samples in 2usize..12) {
        let compared = Compared::of(vec![plan]);
        let curve = compared.curve(0..=MOST, samples);
        let at = compared.totals();
        let all: Vec<Option<Decimal>> = (0..=MOST).map(|n| at(0, n).ok().map(|total| total.amount)).collect();
        let falls = all.windows(2).zip(1..).filter(|(pair, _)| pair[1].zip(pair[0]).is_some_and(|(now, before)| now < before));
        let falls: Vec<u64> = falls.map(|(_, n)| n).collect();
        let told: Vec<u64> = curve.marks.iter().filter(|mark| matches!(mark, Mark::Cliff(cliff) if cliff.falls())).map(Mark::n).collect();
        prop_assert_eq!(told, falls);
    }

    #[test]
    fn between_two_points_a_total_is_a_straight_line(plan in plans(), samples in 2usize..12) {
        let compared = Compared::of(vec![plan]);
        let curve = compared.curve(0..=MOST, samples);
        let at = compared.totals();
        for pair in curve.points.windows(2) {
            let (Some(left), Some(right)) = (pair[0].totals[0], pair[1].totals[0]) else { continue };
            let (from, until) = (pair[0].n, pair[1].n);
            for n in from..=until {
                let drawn = (left * Decimal::from(until - n) + right * Decimal::from(n - from)) / Decimal::from(until - from);
                let off = (at(0, n).unwrap().amount - drawn).abs();
                prop_assert!(off < Decimal::new(1, 15), "at {}: {}", n, off);
            }
        }
    }
}

/// Hourly records of two models on some days, each model's requests alike.
fn logs() -> impl Strategy<Value = UsageLog> {
    let record = (1i8..32, 0i8..24, prop::bool::ANY, 1u64..20);
    prop::collection::vec(record, 0..25).prop_map(|mut rows| {
        rows.sort_unstable();
        rows.dedup_by_key(|row| (row.0, row.1, row.2));
        let read = |(day, hour, second, requests): (i8, i8, bool, u64)| {
            let at = format!("2026-12-{day:02}T{hour:02}:00:00Z");
            let mut record = UsageRecord::at(at.parse().unwrap());
            let (model, units) = if second { ("a/two", 3) } else { ("a/one", 1) };
            record.model = Some(model.into());
            record.requests = requests.into();
            record.context = Some(500.into());
            record
                .quantities
                .insert("units".into(), (requests * units).into());
            record
        };
        UsageLog::new(rows.into_iter().map(read).collect())
    })
}

/// The same by day: one record of each model at noon.
fn daily(log: &UsageLog, plan: &Plan) -> UsageLog {
    let mut days = Grain::Day.compact(log, plan, december());
    for record in &mut days.records {
        let noon = format!("{}T12:00:00Z", plan.time_zone.day(record.at));
        record.at = noon.parse().unwrap();
    }
    days
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_bill_of_the_grain_is_the_bill(plan in plans(), log in logs()) {
            let (catalog, grain) = (Catalog::default(), plan.grain(december(), &[]));
        let fine = if grain == Grain::Hour { log } else { daily(&log, &plan) };
        let coarse = grain.compact(&fine, &plan, december());
        if grain == Grain::Month {
            prop_assert!(coarse.records.len() <= 2);
        }
        let bill = |log: &UsageLog| bill(&plan, log, &catalog, december()).map(|bill| (bill.lines, bill.totals, bill.interim));
        match (bill(&fine), bill(&coarse)) {
            (Ok(fine), Ok(coarse)) => prop_assert_eq!(fine, coarse),
            (fine, coarse) => prop_assert_eq!(fine.is_err(), coarse.is_err()),
        }
    }

    #[test]
    fn a_limit_is_told_once_and_a_stop_keeps_to_it(plan in plans(), log in logs(), limit in 1u32..80) {
        let (catalog, limit) = (Catalog::default(), Decimal::from(limit));
        let Ok(days) = day_by_day(&plan, &log, &catalog, december()) else { return Ok(()) };
        let told = crossings(&days, limit, &[50, 75, 90, 100]).unwrap();
        let mut reached: Vec<u32> = told.iter().flat_map(|day| day.reached.clone()).collect();
        prop_assert!(told.iter().all(|day| day.amount * Decimal::ONE_HUNDRED >= limit * Decimal::from(*day.reached.last().unwrap())));
        let count = reached.len();
        reached.dedup();
        prop_assert_eq!(reached.len(), count);
        let most = days.iter().map(|day| day.so_far).max().unwrap();
        prop_assert_eq!(reached.contains(&100), most >= limit);
        let whole = days.last().unwrap().so_far;
        for stops in [Stops::EndOfDay, Stops::AtOnce] {
            let stopped = pause(&plan, &log, &catalog, december(), limit, stops).unwrap();
            prop_assert_eq!(stopped.cost + stopped.saved, whole);
            prop_assert_eq!(stopped.reached.is_some(), most >= limit);
            if stopped.not_served == 0 {
                prop_assert_eq!(stopped.saved, Decimal::ZERO);
            }
        }
    }
}

#[test]
fn what_is_asked_stays_within_the_range() {
    let mut asked = Vec::new();
    let compared = Compared::plans(&[&compared::charge(r#"{"unit": {"amount": "1"}}"#)]);
    let at = compared.totals();
    curve(1, 5..=50, 4, |plan, n| {
        asked.push(n);
        at(plan, n)
    });
    asked.sort_unstable();
    let once = asked.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(
        once && asked.first() == Some(&5) && asked.last() == Some(&50),
        "{asked:?}"
    );
}
