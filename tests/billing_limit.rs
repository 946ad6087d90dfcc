//! A limit in the month, worked by hand, and the grain of usage a plan needs.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::Catalog;
use foretoken::billing::{
    Crossing, PERCENTS, Pause, Plan, Stops, bill, crossings, day_by_day, included_crossings, pause,
};
use foretoken::calendar::Period;
use foretoken::usage::Grain;
use foretoken::usage::UsageLog;
use rust_decimal::Decimal;

fn december() -> Period {
    Period::month(2026, 12).unwrap()
}

/// A plan by its charges; what follows them may close the list and go on.
fn plan(charges: &str) -> Plan {
    let text = format!(r#"{{"version": 1, "name": "", "charges": [{charges}]}}"#);
    Plan::from_json(&text).unwrap_or_else(|why| panic!("{why} in {text}"))
}

fn units(rest: &str, price: &str) -> String {
    format!(r#"{{"id": "use", "quantity": {{"of": ["units"]{rest}}}, "price": {{{price}}}}}"#)
}

const DOLLAR: &str = r#""unit": {"amount": "1"}"#;

/// So many units on these days and hours.
fn usage(rows: &[(&str, u32)]) -> UsageLog {
    let row = |(at, units): &(&str, u32)| {
        format!(r#"{{"at": "2026-12-{at}:00:00Z", "quantities": {{"units": "{units}"}}}}"#)
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    let text = format!(r#"{{"version": 1, "records": [{}]}}"#, rows.join(","));
    UsageLog::from_json(&text).unwrap()
}

fn told(found: &[Crossing]) -> Vec<(i8, Vec<u32>, Decimal)> {
    let told = found.iter();
    told.map(|each| (each.date.day(), each.reached.clone(), each.amount))
        .collect()
}

fn reached(plan: &Plan, usage: &UsageLog, limit: u32) -> Vec<(i8, Vec<u32>, Decimal)> {
    let days = day_by_day(plan, usage, &Catalog::default(), december()).unwrap();
    told(&crossings(&days, limit.into(), &PERCENTS).unwrap())
}

fn stop(plan: &Plan, usage: &UsageLog, limit: u32, stops: Stops) -> Pause {
    pause(
        plan,
        usage,
        &Catalog::default(),
        december(),
        limit.into(),
        stops,
    )
    .unwrap()
}

#[test]
fn at_a_threshold_is_over_it() {
    // 49 of 100 are less than half; one more is half to the cent. 99 are three quarters and nine tenths, not all.
    let (plan, usage) = (
        plan(&units("", DOLLAR)),
        usage(&[("01T12", 49), ("02T12", 1), ("05T12", 49), ("31T12", 1)]),
    );
    let expected = [
        (2, vec![50], 50.into()),
        (5, vec![75, 90], 99.into()),
        (31, vec![100], 100.into()),
    ];
    assert_eq!(reached(&plan, &usage, 100), expected);
}

#[test]
fn one_jump_tells_all_at_once_and_a_fall_tells_nothing_again() {
    // Volume: 10 units at $10 are $100; the 11th makes all of them $5, $55; 20 of them are $100 again.
    let volume = r#""volume": {"tiers": [{"up_to": "10", "amount": "10"}, {"amount": "5"}]}"#;
    let (plan, usage) = (
        plan(&units("", volume)),
        usage(&[("03T12", 10), ("04T12", 1), ("09T12", 9)]),
    );
    assert_eq!(
        reached(&plan, &usage, 100),
        [(3, vec![50, 75, 90, 100], 100.into())]
    );
}

#[test]
fn a_fee_counts_from_the_first_day() {
    let both = format!(
        r#"{{"id": "fee", "price": {{"flat": {{"amount": "60"}}}}}}, {}"#,
        units("", DOLLAR)
    );
    let found = reached(&plan(&both), &usage(&[("20T12", 15)]), 100);
    assert_eq!(found, [(1, vec![50], 60.into()), (20, vec![75], 75.into())]);
}

#[test]
fn a_limit_of_nothing_is_refused() {
    let days = day_by_day(
        &plan(&units("", DOLLAR)),
        &usage(&[]),
        &Catalog::default(),
        december(),
    )
    .unwrap();
    let why = crossings(&days, Decimal::ZERO, &PERCENTS).unwrap_err();
    assert_eq!(why.to_string(), "limit: 0 is not above 0");
}

#[test]
fn included_units_and_what_was_carried() {
    // 80 units and 20 carried: 50 are half of them. What goes beyond is not used up twice.
    let plan = plan(&units(
        r#", "included": {"units": "80", "carried": "20"}"#,
        DOLLAR,
    ));
    let usage = usage(&[("02T12", 50), ("03T12", 40), ("04T12", 500)]);
    let days = day_by_day(&plan, &usage, &Catalog::default(), december()).unwrap();
    let bill = bill(&plan, &usage, &Catalog::default(), december()).unwrap();
    let found = included_crossings(&days, &bill.included[0], &PERCENTS).unwrap();
    let expected = [
        (2, vec![50], 50.into()),
        (3, vec![75, 90], 90.into()),
        (4, vec![100], 100.into()),
    ];
    assert_eq!(told(&found), expected);
}

#[test]
fn each_group_has_its_own_units() {
    let text = units(r#", "included": {"units": "10"}"#, DOLLAR);
    let plan = plan(&text.replace(r#""quantity""#, r#""group_by": ["team"], "quantity""#));
    let mut usage = usage(&[("02T12", 5), ("06T12", 10)]);
    // The second group comes first in the bill, and only from the sixth day on.
    usage.records[0]
        .properties
        .insert("team".into(), "z".into());
    usage.records[1]
        .properties
        .insert("team".into(), "a".into());
    let days = day_by_day(&plan, &usage, &Catalog::default(), december()).unwrap();
    let found = |at: usize| {
        let units = &days[30].included[at];
        told(&included_crossings(&days, units, &PERCENTS).unwrap())
    };
    assert_eq!(found(0), [(6, vec![50, 75, 90, 100], 10.into())]);
    assert_eq!(found(1), [(2, vec![50], 5.into())]);
}

#[test]
fn use_stops_and_fees_stay() {
    // $20 and $1 for each unit; a limit of $60. 41 units by the second evening are $61; what follows is saved.
    let both = format!(
        r#"{{"id": "fee", "price": {{"flat": {{"amount": "20"}}}}}}, {}"#,
        units("", DOLLAR)
    );
    let plan = plan(&both);
    let usage = usage(&[
        ("01T12", 30),
        ("02T08", 11),
        ("02T09", 4),
        ("02T20", 5),
        ("09T12", 50),
    ]);
    let end = stop(&plan, &usage, 60, Stops::EndOfDay);
    assert_eq!(
        (end.cost, end.saved, end.not_served),
        (70.into(), 50.into(), 1)
    );
    let once = stop(&plan, &usage, 60, Stops::AtOnce);
    assert_eq!(
        (once.cost, once.saved, once.not_served),
        (61.into(), 59.into(), 3)
    );
    assert_eq!(once.reached.map(|day| day.day()), Some(2));
    let never = stop(&plan, &usage, 500, Stops::AtOnce);
    assert_eq!(
        (never.reached, never.cost, never.saved),
        (None, 120.into(), 0.into())
    );
}

#[test]
fn a_fee_alone_may_reach_the_limit() {
    let both = format!(
        r#"{{"id": "fee", "price": {{"flat": {{"amount": "20"}}}}}}, {}"#,
        units("", DOLLAR)
    );
    let (plan, usage) = (plan(&both), usage(&[("01T12", 3), ("02T12", 4)]));
    // Nothing is served at once; the first day's 3 units are by its end.
    let stop = |stops| stop(&plan, &usage, 20, stops);
    assert_eq!(
        (stop(Stops::AtOnce).cost, stop(Stops::AtOnce).not_served),
        (20.into(), 2)
    );
    assert_eq!(
        (stop(Stops::EndOfDay).cost, stop(Stops::EndOfDay).not_served),
        (23.into(), 1)
    );
}

#[test]
fn stopping_may_cost_more_than_going_on() {
    // 10 units at $10 are $100; 11 at $5 are $55.
    let volume = r#""volume": {"tiers": [{"up_to": "10", "amount": "10"}, {"amount": "5"}]}"#;
    let (plan, usage) = (
        plan(&units("", volume)),
        usage(&[("03T12", 10), ("04T12", 1)]),
    );
    let stopped = stop(&plan, &usage, 90, Stops::EndOfDay);
    assert_eq!((stopped.cost, stopped.saved), (100.into(), (-45).into()));
}

#[test]
fn the_grain_of_rules() {
    let grain = |charges: &str| plan(charges).grain(december(), &[]);
    let dollar = units("", DOLLAR);
    let rest = |rest: &str| grain(&format!("{dollar}], {rest}, \"discounts\": ["));
    assert_eq!(grain(&dollar), Grain::Month);
    assert_eq!(grain(&units(r#", "every": "day""#, DOLLAR)), Grain::Day);
    assert_eq!(
        grain(&units(r#", "aggregate": "latest""#, DOLLAR)),
        Grain::Day
    );
    assert_eq!(grain(&units(r#", "every": "hour""#, DOLLAR)), Grain::Hour);
    assert_eq!(rest(r#""active": {"from": "2026-12-10"}"#), Grain::Day);
    assert_eq!(
        rest(r#""active": {"from": "2026-12-01", "until": "2027-03-31"}"#),
        Grain::Month
    );
    assert_eq!(rest(r#""progressive": {"every": "10"}"#), Grain::Day);
    let credit = |days: &str, draw: &str| {
        rest(&format!(
            r#""credits": [{{"id": "gift", "amount": "5"{days}}}], "credits_draw": "{draw}""#
        ))
    };
    assert_eq!(credit("", "as_used"), Grain::Month);
    assert_eq!(
        credit(r#", "expires": "2026-12-15""#, "as_used"),
        Grain::Day
    );
    assert_eq!(
        credit(r#", "granted": "2026-12-15""#, "as_used"),
        Grain::Day
    );
    assert_eq!(
        credit(r#", "expires": "2026-12-31""#, "as_used"),
        Grain::Month
    );
    assert_eq!(
        credit(r#", "expires": "2026-12-15""#, "at_bill"),
        Grain::Month
    );
    let share = |more: &str| {
        grain(&format!(
            r#"{{"id": "share", "price": {{"percentage": {{"percent": "3"{more}}}}}}}"#
        ))
    };
    assert_eq!(share(""), Grain::Month);
    assert_eq!(share(r#", "free_events": "10""#), Grain::Day);
    let spill = r#"{"id": "held", "price": {"capacity": {"units": "1", "amount": "1",
        "spill_over": {"of": ["input"], "tokens_per_unit_hour": "1000"}}}}"#;
    assert_eq!(grain(spill), Grain::Hour);
}

#[test]
fn the_grain_of_list_prices() {
    let catalog = |prices: &str| {
        let text = format!(
            r#"{{"checked": "2026-11-09", "providers": [{{"id": "a", "name": "A", "source": "https://a.example/pricing",
                "models": [{{"id": "one", "basis": "exact", "prices": [{prices}]}}]}}]}}"#
        );
        Catalog::from_json(&text).unwrap_or_else(|why| panic!("{why}"))
    };
    let list = plan(r#"{"id": "list", "price": {"cost_plus": {}}}"#);
    let grain = |plan: &Plan, prices: &str| {
        let catalog = catalog(prices);
        let model = catalog.get("a", "one").unwrap().model;
        plan.grain(december(), &[model])
    };
    let steady = r#"{"usd": {"input": "2"}}"#;
    let from = |day: &str| format!(r#"{steady}, {{"from": "{day}", "usd": {{"input": "3"}}}}"#);
    assert_eq!(grain(&list, steady), Grain::Month);
    assert_eq!(grain(&list, &from("2026-12-15")), Grain::Day);
    let nights = r#", {"hours": "01:00-04:00", "usd": {"input": "1"}}"#;
    assert_eq!(grain(&list, &format!("{steady}{nights}")), Grain::Hour);
    assert_eq!(grain(&list, &from("2026-12-01")), Grain::Month);
    assert_eq!(grain(&list, &from("2027-01-01")), Grain::Month);
    assert_eq!(
        grain(&plan(&units("", DOLLAR)), &from("2026-12-15")),
        Grain::Month
    );
    let mut india = list.clone();
    india.time_zone = "+05:30".parse().unwrap();
    assert_eq!(grain(&india, &from("2026-12-15")), Grain::Hour);
}
