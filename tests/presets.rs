//! Each preset on the month a first visitor sees, added up by hand: 800 people ask 20 questions on each of 23 weekdays of
//! December 2026, 368,000 requests of 1,450 tokens that bring 250 back: 533.6M and 92M, 625.6M tokens together.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::billing::{self, Bill, PRESETS, Plan, Preset};
use foretoken::calendar::Period;
use foretoken::catalog::Catalog;
use foretoken::rating::price::Price;
use foretoken::usage::{Detail, Workload};
use rust_decimal::Decimal;

fn december() -> Period {
    Period::month(2026, 12).unwrap()
}

/// $2.00 and $10.00 per million, as gpt-6.1-sol was on 9 November 2026.
fn catalog() -> Catalog {
    Catalog::from_json(
        r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI", "source": "a price list",
            "models": [{"id": "gpt-6.1-sol", "basis": "probable", "prices": [{"usd": {"input": "2", "output": "10"}}]}]}]}"#,
    )
    .unwrap()
}

fn bill(id: &str) -> Bill {
    let plan = Preset::named(id).unwrap().plan(december()).unwrap();
    let work = Workload::default();
    let requests = work.requests(december()).unwrap();
    let (scored, compute) = (
        asks(&plan, |price| matches!(price, Price::Outcome(_))),
        id.contains("volume"),
    );
    let detail = Detail {
        scored,
        compute,
        ..plan.grain(december(), &[]).into()
    };
    let log = work.log(december(), requests, detail).unwrap();
    billing::bill(&plan, &log, &catalog(), december()).unwrap()
}

fn asks(plan: &Plan, of: impl Fn(&Price) -> bool) -> bool {
    plan.charges.iter().any(|charge| of(&charge.price))
}

fn net(id: &str) -> String {
    format!("{:.2}", *bill(id).totals.net)
}

#[test]
fn every_preset_by_hand() {
    let expected = [
        ("list-price", "1987.20"),              // 533.6 × 2 + 92 × 10
        ("cost-plus", "2384.64"),               // a fifth more: 1,280.64 + 1,104.00
        ("graduated", "1836.32"),               // 100 × 3.60 + 400 × 3.00 + 125.6 × 2.20
        ("all-units", "1876.80"),               // 625.6 × 3.00
        ("hybrid", "1798.88"),                  // 1,200 + 200 × 2.70 + 25.6 × 2.30
        ("free-tier", "1951.68"),               // 190 × 4.00 + 425.6 × 2.80
        ("package", "1950.00"),                 // 625.6 / 50 are 13 packages of 150
        ("seats", "2046.56"),                   // 50 × 24 + 325.6 × 2.60
        ("prepaid", "1987.20"),                 // list price
        ("commitment", "1708.03"), // 907.12 + 782.00 = 1,689.12; 189.12 beyond 1,500 cost a tenth more: 18.91
        ("outcome", "1821.60"),    // 331,200 good answers × 0.0055
        ("article-tiered", "25024.10"), // 0.50 + 1.60 + 625,550,000 × 0.04 / 1,000
        ("article-volume-marginal", "746.00"), // 18,400 minutes: 1,000 × 0.05 + 17,400 × 0.04
        ("article-volume-all-units", "736.00"), // 18,400 × 0.04
        ("article-hybrid", "23618.00"), // 5,000 + 620,600,000 × 0.03 / 1,000
        ("article-outcome", "828000.00"), // 82,800,000 × 0.01
    ];
    for (id, amount) in expected {
        assert_eq!(net(id), amount, "{id}");
    }
    let by_hand = expected.len() + 1;
    assert_eq!(PRESETS.len(), by_hand, "capacity is in a test of its own");
}

#[test]
fn capacity_and_what_did_not_fit() {
    let bill = bill("capacity");
    // Two units at $1.10 in each of 744 hours.
    assert_eq!(*bill.totals.fixed, Decimal::new(163_680, 2));
    // 16,000 requests a weekday are 8 hours of 666 and 16 of 667, of 1,700 tokens and $0.0054 each; two units hold 1M.
    let spilled = |requests: u32| {
        let (used, list) = (
            Decimal::from(requests * 1_700),
            Decimal::from(requests) * Decimal::new(54, 4),
        );
        list * (used - Decimal::from(1_000_000)) / used
    };
    let month =
        (spilled(666) * Decimal::from(8) + spilled(667) * Decimal::from(16)) * Decimal::from(23);
    assert_eq!(*bill.totals.usage, month.round_dp(2));
}

#[test]
fn the_gift_is_used_before_it_expires() {
    let bill = bill("prepaid");
    // By the 15th 11 weekdays of $86.40 are charged: the gift of $250 is used up, then the $1,000 that were bought.
    let used: Vec<String> = bill
        .credits
        .iter()
        .map(|credit| credit.used.to_string())
        .collect();
    assert_eq!(used, ["250", "1000"]);
    assert_eq!(bill.totals.total.to_string(), "737.2");
}

#[test]
fn every_preset_says_what_it_is() {
    for preset in PRESETS {
        let plan = preset.plan(december()).unwrap();
        assert!(plan.note.len() > 20, "{}", preset.id);
        let again = Plan::from_json(&plan.to_pretty_json()).unwrap();
        assert_eq!(again, plan, "{} reads back as it was", preset.id);
    }
}
