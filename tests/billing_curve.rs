//! Curves worked by hand: where plans change places, where a total falls or jumps, and which is cheapest.
#![cfg(not(target_arch = "wasm32"))]

#[path = "curve/compared.rs"]
mod compared;

use compared::{Compared, charge, decimal, with};
use foretoken::billing::{Cliff, Curve, Mark, Reached, Stretch};
use rust_decimal::Decimal;

/// (n, cheaper, dearer, bill) of each break-even.
fn break_evens(curve: &Curve) -> Vec<(u64, usize, usize, Decimal)> {
    let marks = curve.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::BreakEven(mark) => Some((mark.n, mark.cheaper, mark.dearer, mark.bill)),
            Mark::Cliff(_) => None,
        })
        .collect()
}

fn cliffs(curve: &Curve) -> Vec<&Cliff> {
    let marks = curve.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::Cliff(cliff) => Some(cliff),
            Mark::BreakEven(_) => None,
        })
        .collect()
}

fn strip(curve: &Curve) -> Vec<(u64, u64, usize)> {
    let parts = curve.cheapest.iter();
    parts
        .map(|Stretch { from, until, plan }| (*from, *until, *plan))
        .collect()
}

const TIERED: &str = r#"{"graduated": {"per": "1000000", "tiers": [{"up_to": "10000000", "amount": "2"}, {"amount": "1"}]}}"#;
const MINUTES: &str = r#"[{"up_to": "1000", "amount": "0.05"}, {"amount": "0.04"}]"#;

fn fee(amount: &str) -> String {
    with(
        "fee",
        "",
        &format!(r#"{{"flat": {{"amount": "{amount}"}}}}"#),
    )
}

fn unit(amount: &str) -> String {
    charge(&format!(r#"{{"unit": {{"amount": "{amount}"}}}}"#))
}

#[test]
fn graduated_against_a_fee() {
    // The first 10M tokens come to $20 at $2 per 1M, the next 5M to $5 at $1: at 15M it is $25, as the fee; one more
    // token is dearer.
    let both = Compared::plans(&[&charge(TIERED), &fee("25")]);
    let curve = both.curve(0..=30_000_000, 200);
    assert_eq!(break_evens(&curve), [(15_000_001, 1, 0, decimal("25"))]);
    assert_eq!(
        strip(&curve),
        [(0, 15_000_000, 0), (15_000_001, 30_000_000, 1)]
    );
    assert!(cliffs(&curve).is_empty(), "a bend is no cliff");
    // The bend and the change of places are points, each with the one before it.
    for n in [10_000_000, 10_000_001, 15_000_000, 15_000_001] {
        assert!(curve.points.iter().any(|point| point.n == n), "{n}");
    }
}

#[test]
fn a_volume_price_falls() {
    // 1,000 minutes at $0.05 are $50; 1,001 at $0.04 are $40.04. Graduated they go on at $50.04.
    let volume = charge(&format!(r#"{{"volume": {{"tiers": {MINUTES}}}}}"#));
    let graduated = charge(&format!(r#"{{"graduated": {{"tiers": {MINUTES}}}}}"#));
    let curve = Compared::plans(&[&graduated, &volume]).curve(0..=3_000, 10);
    let [cliff] = cliffs(&curve)[..] else {
        panic!("{:?}", curve.marks)
    };
    assert_eq!((cliff.plan, cliff.n, cliff.falls()), (1, 1_001, true));
    assert_eq!(
        (cliff.before, cliff.after),
        (decimal("50"), decimal("40.04"))
    );
    assert_eq!(cliff.why.charge.as_deref(), Some("use"));
    let Reached::AllUnits(tier) = cliff.why.reached else {
        panic!("{:?}", cliff.why)
    };
    assert_eq!((tier.number, tier.above.to_string()), (2, "1000".into()));
    // Equal up to 1,000; from then on the volume price is cheaper.
    assert_eq!(break_evens(&curve), [(1_001, 1, 0, decimal("40.04"))]);
    assert_eq!(strip(&curve), [(0, 1_000, 0), (1_001, 3_000, 1)]);
}

#[test]
fn hybrid_against_a_unit_price() {
    // $50 with 5,000 units, then $0.03 each; the other $0.02 for each. At 2,500 both are $50; from 2,501 the hybrid is
    // cheaper. 50 + (n − 5,000) × 0.03 = 0.02 n at n = 10,000, both $200: from 10,001 the unit price is cheaper.
    let hybrid = format!(
        "{}, {}",
        fee("50"),
        with(
            "use",
            r#""of": ["units"], "included": {"units": "5000"}"#,
            r#"{"unit": {"amount": "0.03"}}"#
        )
    );
    let curve = Compared::plans(&[&hybrid, &unit("0.02")]).curve(0..=20_000, 7);
    let expected = [
        (2_501, 0, 1, decimal("50")),
        (10_001, 1, 0, decimal("200.02")),
    ];
    assert_eq!(break_evens(&curve), expected);
    assert_eq!(
        strip(&curve),
        [(0, 2_499, 1), (2_500, 10_000, 0), (10_001, 20_000, 1)]
    );
}

#[test]
fn a_plan_minimum_holds_until_it_is_reached() {
    // $0.05 for each, at least $40: flat up to 800. Against $0.045 for each: 0.045 n = 40 at 888.9, but there 0.05 n is
    // above it already; the unit price is cheaper all along. Against $0.055 the change is at 40 / 0.055 = 727.27.
    let least = format!(r#"{}], "minimum": "40", "discounts": ["#, unit("0.05"));
    let curve = Compared::plans(&[&least, &unit("0.045"), &unit("0.055")]).curve(0..=2_000, 5);
    // At 800 the minimum is $40 and the others $36 and $44.
    assert_eq!(break_evens(&curve), [(728, 0, 2, decimal("40"))]);
    assert!(curve.points.iter().any(|point| point.n == 800));
    assert!(cliffs(&curve).is_empty());
}

#[test]
fn two_changes_within_one_cell() {
    // A step of $10 for up to 100, then $30, against $0.15 for each. 0.15 n passes $10 at 67; at 101 the step costs $30
    // and is dearer again; 0.15 n passes $30 at 201. Two samples only: everything lies between them.
    let steps = charge(
        r#"{"stairstep": {"tiers": [{"up_to": "100", "amount": "10"}, {"up_to": "500", "amount": "30"}]}}"#,
    );
    let curve = Compared::plans(&[&steps, &unit("0.15")]).curve(0..=500, 2);
    let expected = [
        (67, 0, 1, decimal("10")),
        (101, 1, 0, decimal("15.15")),
        (201, 0, 1, decimal("30")),
    ];
    assert_eq!(break_evens(&curve), expected);
    let [cliff] = cliffs(&curve)[..] else {
        panic!("{:?}", curve.marks)
    };
    assert_eq!(
        (cliff.n, cliff.before, cliff.after),
        (101, decimal("10"), decimal("30"))
    );
    assert!(!cliff.falls());
    assert!(matches!(cliff.why.reached, Reached::Step(step) if step.number == 2));
}

#[test]
fn the_fee_of_a_tier_is_a_cliff_upward() {
    // 100 at $1 are $100; the 101st costs $1 and enters a tier of $25: $126.
    let entered = charge(
        r#"{"graduated": {"tiers": [{"up_to": "100", "amount": "1"}, {"amount": "1", "flat": "25"}]}}"#,
    );
    let curve = Compared::plans(&[&entered]).curve(0..=1_000, 4);
    let [cliff] = cliffs(&curve)[..] else {
        panic!("{:?}", curve.marks)
    };
    assert_eq!(
        (cliff.n, cliff.before, cliff.after),
        (101, decimal("100"), decimal("126"))
    );
    assert!(matches!(cliff.why.reached, Reached::Fee(tier) if tier.number == 2));
}

#[test]
fn of_equals_the_first_is_cheapest_and_nothing_is_marked() {
    let curve = Compared::plans(&[&unit("0.5"), &unit("0.5")]).curve(0..=100, 10);
    assert_eq!(strip(&curve), [(0, 100, 0)]);
    assert!(curve.marks.is_empty());
    // Both begin at nothing and part at once: they have not changed places.
    let apart = Compared::plans(&[&unit("0.5"), &unit("0.4")]).curve(0..=100, 10);
    assert!(apart.marks.is_empty());
    assert_eq!(strip(&apart), [(0, 0, 0), (1, 100, 1)]);
}

#[test]
fn equal_for_a_while_and_then_apart_is_a_change() {
    // Both hold 50 units; then one asks $1 and the other $2 for each.
    let held = |amount: &str| {
        let unit = format!(r#"{{"unit": {{"amount": "{amount}"}}}}"#);
        with(
            "use",
            r#""of": ["units"], "included": {"units": "50"}"#,
            &unit,
        )
    };
    let curve = Compared::plans(&[&held("2"), &held("1")]).curve(0..=200, 3);
    assert_eq!(break_evens(&curve), [(51, 1, 0, decimal("1"))]);
    assert_eq!(strip(&curve), [(0, 50, 0), (51, 200, 1)]);
}

#[test]
fn stairs_of_few_packages_are_followed_and_of_many_sampled() {
    let package = |size: u32| {
        charge(&format!(
            r#"{{"package": {{"size": "{size}", "amount": "5"}}}}"#
        ))
    };
    // 1,000 in packages of 100 are ten steps of $5, the first at 1.
    let few = Compared::plans(&[&package(100)]).curve(0..=1_000, 3);
    let steps: Vec<u64> = cliffs(&few).iter().map(|cliff| cliff.n).collect();
    assert_eq!(steps, [1, 101, 201, 301, 401, 501, 601, 701, 801, 901]);
    assert!(
        matches!(cliffs(&few)[3].why.reached, Reached::Packages { count, .. } if *count == 4.into())
    );
    assert_eq!(few.sampled, [false]);
    // A million in packages of 100 are 10,000 steps.
    let compared = Compared::plans(&[&package(100), &fee("20000")]);
    let many = compared.curve(0..=1_000_000, 200);
    assert_eq!(many.sampled, [true, false]);
    assert!(cliffs(&many).is_empty());
    assert!(compared.asked() < 1_000, "{}", compared.asked());
    // 4,000 packages are $20,000; the next begins at 400,001.
    assert_eq!(break_evens(&many), [(400_001, 1, 0, decimal("20000"))]);
}

#[test]
fn no_price_beyond_the_table() {
    // $1 for each of up to 100, nothing said above; the other $2. The stretch is exact, and so is the strip.
    let closed =
        charge(r#"{"graduated": {"tiers": [{"up_to": "100", "amount": "1"}], "above": "refuse"}}"#);
    let curve = Compared::plans(&[&closed, &unit("2")]).curve(0..=1_000, 4);
    assert_eq!(strip(&curve), [(0, 100, 0), (101, 1_000, 1)]);
    let [refusal] = &curve.refusals[..] else {
        panic!("{:?}", curve.refusals)
    };
    assert_eq!((refusal.plan, refusal.from, refusal.until), (0, 101, 1_000));
    assert!(
        refusal
            .why
            .to_string()
            .contains("there is no price above 100"),
        "{}",
        refusal.why
    );
    let last = curve.points.last().unwrap();
    assert_eq!(last.totals, [None, Some(decimal("2000"))]);
    assert!(curve.marks.is_empty(), "{:?}", curve.marks);
}

#[test]
fn a_long_prompt_is_a_cliff_of_the_list_price() {
    // n is the prompt: 100 requests of 272,000 tokens at $2.50 per million are $68, of 272,001 at $5 $136.0005.
    let list = with("list", "", r#"{"cost_plus": {}}"#);
    let compared = Compared::plans(&[&list]).per_request(100);
    let curve = compared.curve(1_000..=400_000, 200);
    let [cliff] = cliffs(&curve)[..] else {
        panic!("{:?}", curve.marks)
    };
    assert_eq!(
        (cliff.n, cliff.before, cliff.after),
        (272_001, decimal("68"), decimal("136.0005"))
    );
    let Reached::ListPrice { meter, long_above } = &cliff.why.reached else {
        panic!("{:?}", cliff.why)
    };
    assert_eq!(
        (meter.as_deref(), *long_above),
        (Some("input"), Some(272_000))
    );
}

#[test]
fn a_discount_a_maximum_and_a_commitment_bend() {
    // $1 each less 10 % above $100, at most $500; commitment of $200 without an overage factor.
    // Flat $200 up to the spend of 200: n − (n − 100) × 10 % = 200 at n = 211.1. $500 at 544.4.
    let bent = format!(
        r#"{}], "commitment": {{"amount": "200"}}, "maximum": "500", "discounts": [
            {{"name": "More for more", "tiers": [{{"up_to": "100", "percent": "0"}}, {{"percent": "10"}}]}}"#,
        unit("1")
    );
    let curve = Compared::plans(&[&bent]).curve(0..=1_000, 2);
    let bends: Vec<u64> = curve.points.iter().map(|point| point.n).collect();
    for n in [100, 101, 211, 212, 544, 545] {
        assert!(bends.contains(&n), "{n} in {bends:?}");
    }
    assert!(curve.marks.is_empty(), "{:?}", curve.marks);
    assert_eq!(curve.points.last().unwrap().totals, [Some(decimal("500"))]);
}

#[test]
fn shared_tiers_and_priced_windows_are_followed_too() {
    // Two models share the first 100 units at $2, then $1; each of two days has its own.
    let tiers = r#"{"graduated": {"tiers": [{"up_to": "100", "amount": "2"}, {"amount": "1"}]}}"#;
    let shared = r#"{"id": "use", "group_by": ["model"], "group_tiers": "shared", "quantity": {"of": ["units"]}, "price": "#;
    let daily = with("use", r#""of": ["units"], "every": "day""#, tiers);
    let compared = Compared::plans(&[&format!("{shared}{tiers}}}"), &daily]).twice();
    let curve = compared.curve(0..=1_000, 2);
    // n units on each of two days: together 100 at n = 50, each day at n = 100.
    for n in [50, 51, 100, 101] {
        assert!(curve.points.iter().any(|point| point.n == n), "{n}");
    }
    // Equal while every unit costs $2, to n = 50; then 102 units shared come to $202, and day by day to $204.
    assert_eq!(break_evens(&curve), [(51, 0, 1, decimal("202"))]);
    assert_eq!(strip(&curve), [(0, 1_000, 0)]);
}

#[test]
fn a_range_of_one_and_a_range_of_none() {
    let compared = Compared::plans(&[&unit("2")]);
    assert_eq!(compared.curve(7..=7, 200).points.len(), 1);
    #[expect(clippy::reversed_empty_ranges, reason = "that is the case")]
    let none = compared.curve(8..=7, 200);
    assert_eq!(none, Curve::default());
}
