//! What holds for any usage of any model.
#![cfg(not(target_arch = "wasm32"))]

#[path = "rates/real.rs"]
mod real;

use foretoken::calendar::Month;
use foretoken::money::{self, Money};
use foretoken::rating::{rate_month, rate_request};
use foretoken::usage::Usage;
use proptest::prelude::*;
use real::{at, decimal, now, real};
use rust_decimal::Decimal;

fn usages() -> impl Strategy<Value = Usage> {
    (0u64..400_000, 0u64..200_000, 0u64..20_000, 0u64..20_000).prop_map(
        |(plain, read, output, reasoning)| Usage {
            cache_read_tokens: read,
            reasoning_tokens: reasoning,
            ..Usage::request(plain + read, output + reasoning)
        },
    )
}

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "gpt-6.1-sol",
        "claude-opus-5-5",
        "claude-haiku-5-5",
        "grok-4.7",
        "deepseek-flash",
        "gemini-2.5-pro",
    ])
}

fn total(usage: &Usage, name: &str) -> Decimal {
    let model = real().find(name).unwrap().model;
    let rated = rate_request(model, usage, now(), None).unwrap();
    rated.total.amount()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn charges_sum_to_the_total(usage in usages(), name in names()) {
        let catalog = real();
        let rated = rate_request(catalog.find(name).unwrap().model, &usage, now(), None).unwrap();
        let zero = Money::usd(Decimal::ZERO);
        let sum = rated.charges.iter().try_fold(zero, |sum, charge| sum.plus(charge.amount)).unwrap();
        prop_assert_eq!(sum, rated.total);
        let parts: u64 = rated.charges.iter().map(|charge| charge.quantity).sum();
        prop_assert_eq!(parts, usage.input_tokens + usage.output_tokens);
    }

    #[test]
    fn more_tokens_never_cost_less(usage in usages(), more in 1u64..100_000, name in names()) {
        // The tiers only rise, so this holds across them too; it holds within a tier whatever the prices.
        let longer = Usage { input_tokens: usage.input_tokens + more, ..usage };
        let wordier = Usage { output_tokens: usage.output_tokens + more, ..usage };
        prop_assert!(total(&longer, name) >= total(&usage, name));
        prop_assert!(total(&wordier, name) > total(&usage, name));
    }

    #[test]
    fn reading_more_from_the_cache_never_costs_more(usage in usages(), name in names()) {
        let all = Usage { cache_read_tokens: usage.input_tokens, ..usage };
        prop_assert!(total(&all, name) <= total(&usage, name));
    }

    #[test]
    fn how_output_splits_into_reasoning_changes_nothing(usage in usages(), name in names()) {
        let plain = Usage { reasoning_tokens: 0, ..usage };
        prop_assert_eq!(total(&plain, name), total(&usage, name));
    }

    #[test]
    fn a_month_is_the_sum_of_its_hours(usage in usages(), per_day in 1u32..10_000, offset in -12i64..=14) {
        let catalog = real();
        let model = catalog.find("deepseek-flash").unwrap().model;
        let shift = |text: &str| at(text) - jiff::SignedDuration::from_hours(offset);
        let month = Month::between(2026, 11, shift("2026-11-01T00:00:00Z"), shift("2026-12-01T00:00:00Z")).unwrap();
        let charge = rate_month(model, &usage, per_day.into(), &month, None).unwrap();

        prop_assert_eq!(charge.lines.iter().map(|line| line.seconds).sum::<i64>(), month.seconds());
        // Its price changes by the hour, so a line that is not alone has a piece of nearly every day.
        let least = if charge.lines.len() == 1 { 1 } else { 29 };
        prop_assert!(charge.lines.iter().all(|line| line.pieces >= least));
        let requests = charge.lines.iter().map(|line| line.requests).sum::<Decimal>();
        prop_assert_eq!(money::round(requests, 12), charge.requests);
        let shown = charge.lines.iter().map(|line| line.amount.amount()).sum::<Decimal>();
        prop_assert_eq!(shown, charge.total.amount());

        // 30 days are 720 hours; each holds per_day ÷ 24 requests.
        let hours = (0..720).map(|hour| {
            let when = month.start() + jiff::SignedDuration::from_hours(hour);
            rate_request(model, &usage, when, None).unwrap().total.amount()
        });
        let exact = hours.sum::<Decimal>() * Decimal::from(per_day) / Decimal::from(24);
        let cents = decimal("0.005") * Decimal::from(charge.lines.len());
        prop_assert!((exact - charge.total.amount()).abs() <= cents, "{} or {}", exact, charge.total.amount());
    }
}
