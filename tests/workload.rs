//! A month of use as people speak of it: what it comes to, record by record.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::calendar::Period;
use foretoken::money::Exact;
use foretoken::usage::{Detail, Grain, Share, UsageLog, Who, Workload};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn december() -> Period {
    Period::month(2026, 12).unwrap()
}

fn share(model: &str, percent: u64) -> Share {
    Share {
        model: model.into(),
        percent: percent.into(),
        variant: None,
    }
}

fn total(log: &UsageLog, meter: &str) -> Decimal {
    log.records
        .iter()
        .map(|record| record.quantity(meter))
        .sum()
}

#[test]
fn weekends_bring_a_share_of_a_weekday() {
    let work = Workload {
        who: Who::Requests {
            a_day: 1_200.into(),
        },
        weekend_percent: 40.into(),
        ..Workload::default()
    };
    // December 2026 has 23 weekdays of 1,200 and 8 weekend days of 480.
    assert_eq!(work.requests(december()).unwrap(), 23 * 1_200 + 8 * 480);
    let log = work.log(december(), 31_440, Grain::Day.into()).unwrap();
    let saturday = &log.records[4];
    assert_eq!(saturday.at.to_string(), "2026-12-05T12:00:00Z");
    assert_eq!(saturday.quantity("requests"), 480.into());
}

#[test]
fn a_mix_of_models_shares_each_day() {
    let mix = vec![
        share("openai/a", 70),
        share("openai/b", 25),
        share("openai/c", 5),
    ];
    let work = Workload {
        mix,
        ..Workload::default()
    };
    let log = work.log(december(), 368_000, Grain::Day.into()).unwrap();
    let first: Vec<Decimal> = log.records[..3]
        .iter()
        .map(|record| record.quantity("requests"))
        .collect();
    // 70, 25 and 5 % of 16,000.
    assert_eq!(first, [11_200.into(), 4_000.into(), 800.into()]);
}

#[test]
fn what_one_day_rounds_away_the_next_makes_up() {
    let work = Workload {
        who: Who::Requests { a_day: 1.into() },
        mix: vec![share("openai/a", 50), share("openai/b", 50)],
        ..Workload::default()
    };
    // One request on each of 23 weekdays, half of them to each model.
    let log = work.log(december(), 23, Grain::Day.into()).unwrap();
    let of = |model: &str| {
        log.records
            .iter()
            .filter(|record| record.model.as_deref() == Some(model))
            .count()
    };
    assert_eq!((of("openai/a"), of("openai/b")), (12, 11));
}

#[test]
fn a_cached_share_is_taken_off_the_prompt() {
    let work = Workload {
        cache_read_percent: 90.into(),
        ..Workload::default()
    };
    let log = work.log(december(), 1_000, Grain::Month.into()).unwrap();
    // 90 % of 1,450 are 1,305; 145 are left.
    assert_eq!(total(&log, "cache_read"), 1_305_000.into());
    assert_eq!(total(&log, "input"), 145_000.into());
    assert_eq!(log.records[0].input_of_each(), Some(1_450.into()));
}

#[test]
fn good_answers_stand_apart_where_a_plan_asks() {
    let detail = Detail {
        scored: true,
        ..Grain::Month.into()
    };
    let log = Workload::default().log(december(), 1_001, detail).unwrap();
    // 90 % of 1,001 are 900.9: 901 good ones.
    let scores: Vec<_> = log
        .records
        .iter()
        .map(|record| (record.quantity("requests"), record.score))
        .collect();
    assert_eq!(
        scores,
        [
            (901.into(), Some(Exact::ONE)),
            (100.into(), Some(Exact::ZERO))
        ]
    );
}

#[test]
fn seconds_of_compute_stand_there_where_a_plan_asks() {
    let plain = Workload::default()
        .log(december(), 1_000, Grain::Month.into())
        .unwrap();
    assert_eq!(total(&plain, "compute_seconds"), 0.into());
    let detail = Detail {
        compute: true,
        ..Grain::Month.into()
    };
    let timed = Workload::default().log(december(), 1_000, detail).unwrap();
    assert_eq!(total(&timed, "compute_seconds"), 3_000.into());
}

#[test]
fn hours_share_a_day_evenly() {
    let log = Workload::default()
        .log(december(), 368_000, Grain::Hour.into())
        .unwrap();
    let day: Vec<Decimal> = log.records[..24]
        .iter()
        .map(|record| record.quantity("requests"))
        .collect();
    // 16,000 over 24 hours: 666, 667, 667 and so on.
    assert_eq!(day[..3], [666.into(), 667.into(), 667.into()]);
    assert_eq!(day.iter().sum::<Decimal>(), 16_000.into());
}

#[test]
fn days_are_those_of_the_plan() {
    use foretoken::billing::{self, Plan};
    let plan = |zone: &str| {
        let text = r#"{"version": 1, "name": "Each", "time_zone": "ZONE", "charges": [{"id": "requests",
            "quantity": {"of": ["requests"]}, "price": {"unit": {"amount": "1"}}}]}"#;
        Plan::from_json(&text.replace("ZONE", zone)).unwrap()
    };
    // 1,000 on each of 31 days, wherever the days begin.
    let work = Workload {
        who: Who::Requests {
            a_day: 1_000.into(),
        },
        weekend_percent: 100.into(),
        ..Workload::default()
    };
    for zone in ["+00:00", "+05:30", "-08:00", "+14:00", "-12:30"] {
        for grain in [Grain::Month, Grain::Day, Grain::Hour] {
            let plan = plan(zone);
            let detail = Detail {
                zone: plan.time_zone,
                ..grain.into()
            };
            let log = work.log(december(), 31_000, detail).unwrap();
            let bill = billing::bill(&plan, &log, &foretoken::Catalog::default(), december());
            assert_eq!(
                bill.unwrap().totals.net.to_string(),
                "31000",
                "{zone} {grain:?}"
            );
        }
    }
}

proptest! {
    /// However finely a month is told, as many of its answers are good.
    #[test]
    fn good_answers_are_the_same_month(
        requests in 0_u64..100_000,
        good in 0_u64..=100,
        grain in prop::sample::select(vec![Grain::Month, Grain::Day, Grain::Hour]),
    ) {
        let work = Workload { good_percent: good.into(), ..Workload::default() };
        let detail = Detail { scored: true, ..grain.into() };
        let log = work.log(december(), requests, detail).unwrap();
        let passed = log.records.iter().filter(|record| record.score == Some(Exact::ONE));
        let passed: Decimal = passed.map(|record| record.quantity("requests")).sum();
        // Rounded once for the month, half up.
        prop_assert_eq!(passed, ((requests * good + 50) / 100).into());
    }

    #[test]
    fn records_sum_to_the_month(
        requests in 0_u64..5_000_000,
        shares in prop::collection::vec(0_u64..=100, 1..5),
        weekend in 0_u64..=200,
        grain in prop::sample::select(vec![Grain::Month, Grain::Day, Grain::Hour]),
    ) {
        let none = shares.iter().all(|share| *share == 0);
        let mix = shares.iter().enumerate().map(|(at, percent)| share(&format!("openai/{at}"), *percent));
        let work = Workload { mix: mix.collect(), weekend_percent: weekend.into(), ..Workload::default() };
        let log = work.log(december(), requests, grain.into()).unwrap();
        let expected = if none { 0 } else { requests };
        prop_assert_eq!(total(&log, "requests"), expected.into());
        prop_assert_eq!(total(&log, "output"), (expected * 250).into());
        prop_assert!(log.check().is_ok());
    }

    /// At any time each model has its share of what was dealt, give or take one request for each model.
    #[test]
    fn no_model_falls_behind(requests in 1_u64..100_000, shares in prop::collection::vec(1_u64..=100, 2..5)) {
        let all: u64 = shares.iter().sum();
        let mix = shares.iter().enumerate().map(|(at, percent)| share(&format!("openai/{at}"), *percent));
        let work = Workload { mix: mix.collect(), ..Workload::default() };
        let log = work.log(december(), requests, Grain::Day.into()).unwrap();
        for (at, percent) in shares.iter().enumerate() {
            let name = format!("openai/{at}");
            let own = log.records.iter().filter(|record| record.model.as_deref() == Some(&*name));
            let own: Decimal = own.map(|record| record.quantity("requests")).sum();
            let due = Decimal::from(requests * percent) / Decimal::from(all);
            prop_assert!((own - due).abs() <= Decimal::from(shares.len()), "{name}: {own} of {due}");
        }
    }
}
