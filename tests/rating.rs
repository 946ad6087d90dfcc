//! Every worked case of `tests/rates`, and the real catalog.
#![cfg(not(target_arch = "wasm32"))]

#[path = "rates/real.rs"]
mod real;

use foretoken::calendar::{Month, Timestamp};
use foretoken::catalog::{Catalog, Model, Operator};
use foretoken::rating::{RatingError, TierChoice, rate_month, rate_request};
use foretoken::usage::{Meter, Usage};
use real::{at, decimal, now, real};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
struct Sheet {
    models: serde_json::Value,
    requests: Vec<RequestCase>,
    months: Vec<MonthCase>,
}

#[derive(Deserialize)]
struct RequestCase {
    case: String,
    model: String,
    variant: Option<String>,
    at: Option<Timestamp>,
    usage: Usage,
    work: String,
    total: Option<Decimal>,
    missing: Option<String>,
}

#[derive(Deserialize)]
struct MonthCase {
    case: String,
    model: String,
    variant: Option<String>,
    year: i16,
    month: i8,
    start: Timestamp,
    end: Timestamp,
    requests_per_day: Decimal,
    usage: Usage,
    work: String,
    #[serde(default)]
    lines: Vec<LineCase>,
    total: Option<Decimal>,
    missing: Option<String>,
}

#[derive(Deserialize)]
struct LineCase {
    requests: Decimal,
    hours: i64,
    amount: Decimal,
}

fn sheets() -> Vec<(Sheet, Catalog)> {
    let files = fs::read_dir("tests/rates")
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let sheets = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    sheets
        .map(|path| {
            let sheet: Sheet = serde_json::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let catalog = serde_json::json!({"checked": "2026-11-24", "providers": [
                {"id": "case", "name": "Case", "source": "by hand", "models": sheet.models}]});
            let catalog = Catalog::from_json(&catalog.to_string()).unwrap();
            (sheet, catalog)
        })
        .collect()
}

fn model<'a>(catalog: &'a Catalog, id: &str) -> &'a Model {
    let known = catalog.get("case", id);
    known.unwrap_or_else(|| panic!("no model {id}")).model
}

#[test]
fn every_request_costs_what_was_worked_out() {
    let mut count = 0;
    for (sheet, catalog) in &sheets() {
        for case in &sheet.requests {
            let usage = Usage {
                requests: 1,
                ..case.usage
            };
            let when = case.at.unwrap_or(now());
            let rated = rate_request(
                model(catalog, &case.model),
                &usage,
                when,
                case.variant.as_deref(),
            );
            match (&case.total, rated) {
                (Some(total), Ok(rated)) => {
                    assert_eq!(rated.total.amount(), *total, "{}: {}", case.case, case.work);
                }
                (None, Err(error)) => {
                    assert_eq!(Some(error.to_string()), case.missing, "{}", case.case)
                }
                (_, rated) => panic!("{}: {} but got {rated:?}", case.case, case.work),
            }
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} cases were read");
}

#[test]
fn every_month_costs_what_was_worked_out() {
    for (sheet, catalog) in &sheets() {
        for case in &sheet.months {
            let month = Month::between(case.year, case.month, case.start, case.end).unwrap();
            let usage = Usage {
                requests: 1,
                ..case.usage
            };
            let priced = model(catalog, &case.model);
            let charge = rate_month(
                priced,
                &usage,
                case.requests_per_day,
                &month,
                case.variant.as_deref(),
            );
            let Some(total) = case.total else {
                assert_eq!(
                    Some(charge.unwrap_err().to_string()),
                    case.missing,
                    "{}",
                    case.case
                );
                continue;
            };
            let charge = charge.unwrap();
            let seen = charge
                .lines
                .iter()
                .map(|line| (line.requests, line.seconds, line.amount.amount()));
            let expected = case
                .lines
                .iter()
                .map(|line| (line.requests, line.hours * 3600, line.amount));
            assert!(
                seen.clone().eq(expected),
                "{}: {} but got {:?}",
                case.case,
                case.work,
                seen.collect::<Vec<_>>()
            );
            assert_eq!(charge.total.amount(), total, "{}: {}", case.case, case.work);
        }
    }
}

#[test]
fn a_billion_requests_a_day_still_fit() {
    let catalog = real();
    let model = catalog.find("deepseek-flash").unwrap().model;
    let month = Month::utc(2026, 11).unwrap();
    let usage = Usage {
        cache_read_tokens: 123_457,
        ..Usage::request(234_567, 7_891)
    };
    let charge = rate_month(model, &usage, 1_000_000_000.into(), &month, None).unwrap();
    // 111,110 × 0.15 + 123,457 × 0.003 + 7,891 × 0.6 = 16,666.5 + 370.371 + 4,734.6 = 21,771.471 millionths off peak.
    // 30 billion requests, 573/720 of them off peak and 147/720 at twice that: 0.021771471 × (23.875 + 12.25) billion.
    assert_eq!(charge.total.amount(), decimal("786494389.88"));
}

#[test]
fn a_charge_says_why() {
    let catalog = real();
    let sol = catalog.find("gpt-6.1-sol").unwrap().model;
    let usage = Usage {
        cache_read_tokens: 100_000,
        web_searches: 1,
        ..Usage::request(300_000, 1_000)
    };
    let rated = rate_request(sol, &usage, now(), Some("batch")).unwrap();
    let [input, read, output, search] = &rated.charges[..] else {
        panic!("expected four charges, got {rated:?}");
    };
    assert_eq!(
        (input.meter, input.quantity, input.rate),
        (Meter::Input, 200_000, decimal("2"))
    );
    let TierChoice::Reached(tier) = input.tier else {
        panic!("expected a tier, got {:?}", input.tier);
    };
    assert_eq!((tier.threshold, tier.operator), (272_000, Operator::Above));
    assert_eq!(
        (input.fell_back, input.variant.as_deref()),
        (false, Some("batch"))
    );
    assert_eq!(input.window.from, Some("2026-10-14".parse().unwrap()));
    assert_eq!(input.checked, Some("2026-11-09".parse().unwrap()));
    assert!(input.source.starts_with("https://developers.openai.com/"));
    assert_eq!((read.meter, read.rate), (Meter::CacheRead, decimal("0.1")));
    assert_eq!((output.meter, output.rate), (Meter::Output, decimal("7.5")));
    assert_eq!(
        (search.fell_back, search.variant.as_deref()),
        (true, None),
        "no batch price for a search"
    );
    assert_eq!(search.tier, TierChoice::Flat);
}

#[test]
fn what_stands_in_for_a_missing_price_is_named() {
    let catalog = real();
    let o3 = catalog.get("openai", "o3").unwrap().model;
    let usage = Usage {
        reasoning_tokens: 4_000,
        ..Usage::request(1_000, 5_000)
    };
    let rated = rate_request(o3, &usage, now(), None).unwrap();
    let reasoning = rated
        .charges
        .iter()
        .find(|charge| charge.meter == Meter::Reasoning)
        .unwrap();
    assert_eq!(
        (reasoning.priced_as, reasoning.quantity),
        (Meter::Output, 4_000)
    );
    // 1,000 × $2 + 5,000 × $8 = 42,000 millionths: the reasoning is inside the 5,000.
    assert_eq!(rated.total.amount(), decimal("0.042"));
}

#[test]
fn real_prices_switch_on_their_days() {
    let catalog = real();
    let cost = |name: &str, when: &str, variant: Option<&str>| {
        let model = catalog.find(name).unwrap().model;
        rate_request(model, &Usage::request(1_000, 1_000), at(when), variant)
            .unwrap()
            .total
            .amount()
    };
    // Thousandths of the sum of the two rates.
    assert_eq!(
        cost("gpt-5.6-sol", "2026-08-20T12:00:00Z", None),
        decimal("0.035")
    );
    assert_eq!(
        cost("gpt-5.6-sol", "2026-08-21T12:00:00Z", None),
        decimal("0.024")
    );
    assert_eq!(
        cost("mistral-large-4", "2026-10-28T12:00:00Z", None),
        decimal("0.00554")
    );
    assert_eq!(
        cost("mistral-large-4", "2026-10-29T12:00:00Z", None),
        decimal("0.0028")
    );
    assert_eq!(
        cost("mistral-large-4", "2026-10-29T12:00:00Z", Some("batch")),
        decimal("0.0014")
    );
    assert_eq!(
        cost("gemini-3.7-flash", "2026-12-31T23:59:59Z", None),
        decimal("0.0045")
    );
    assert_eq!(
        cost("gemini-3.7-flash", "2027-01-01T00:00:00Z", None),
        decimal("0.009")
    );
    assert_eq!(
        cost("deepseek-flash", "2026-11-24T02:00:00Z", None),
        decimal("0.0015")
    );
    assert_eq!(
        cost("deepseek-flash", "2026-11-24T12:00:00Z", None),
        decimal("0.00075")
    );
    assert_eq!(
        cost("deepseek-flash", "2026-11-28T02:00:00Z", None),
        decimal("0.00075")
    );
    assert_eq!(
        cost("deepseek-v4-flash", "2026-09-01T02:00:00Z", None),
        decimal("0.00176"),
        "twice 0.22 + 0.66"
    );
    assert_eq!(
        cost("claude-haiku-5-5", "2026-11-24T12:00:00Z", None),
        decimal("0.0006")
    );
}

#[test]
fn an_unfitting_usage_is_an_error_and_not_a_price() {
    let catalog = real();
    let usage = Usage {
        cache_read_tokens: 2,
        ..Usage::request(1, 1)
    };
    let error =
        rate_request(catalog.find("gpt-4o").unwrap().model, &usage, now(), None).unwrap_err();
    assert!(matches!(error, RatingError::Usage(_)));
}

#[test]
fn no_model_of_the_catalog_panics_or_costs_less_than_nothing() {
    let catalog = real();
    let month = Month::utc(2026, 12).unwrap();
    let usage = Usage {
        cache_read_tokens: 100,
        ..Usage::request(1_000, 1_000)
    };
    for listing in catalog.listings() {
        for variant in [None, Some("batch"), Some("flex")] {
            if let Ok(rated) = rate_request(listing.model, &usage, now(), variant) {
                assert!(rated.total.amount() >= Decimal::ZERO);
            }
            let _ = rate_month(listing.model, &usage, 1_000.into(), &month, variant);
        }
    }
}
