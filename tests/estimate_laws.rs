//! What holds for any prompt, any answer and any load.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::estimate::{Estimate, estimate_month};
use foretoken::scenario::AnswerLength;
use foretoken::tokens::{Encoding, Profile};
use proptest::prelude::*;
use rust_decimal::Decimal;
use world::{World, counted, listing};

const MODELS: [&str; 5] = ["gpt-4o", "gpt-5.4", "claude", "with-a-fee", "rises"];

/// A prompt that fits every model, with its answer and how much of it is cached.
fn worlds() -> impl Strategy<Value = World> {
    let lengths = prop::sample::select(AnswerLength::ALL.to_vec());
    let own = prop::array::uniform3(0u64..20_000);
    let shares = (0u32..=100, 0u32..=100, any::<bool>(), any::<bool>());
    (
        0u64..20_000,
        0u64..2_000,
        any::<[u16; 5]>(),
        lengths,
        own,
        shares,
    )
        .prop_map(
            |(prompt, sample, classes, length, mut own, (read, written, hour, rough))| {
                own.sort_unstable();
                let [english, latin, code, cjk, other] = classes.map(u64::from);
                let profile = Profile {
                    english,
                    latin,
                    code,
                    cjk,
                    other,
                };
                let mut world = World::new().answer(own[0], own[1], own[2]).length(length);
                world = world.cached(&read.to_string(), &written.to_string());
                world.scenario.load.cache_write_hour = hour;
                world.rough = rough;
                let counts = world.counts.get_mut(&Encoding::O200kBase).unwrap();
                counts.messages = vec![prompt];
                counts.profiles = vec![profile];
                (counts.sample, counts.sample_profile) = (sample, profile);
                world
            },
        )
}

fn amounts(estimate: &Estimate) -> Option<[Decimal; 3]> {
    let cost = estimate.request.as_ref().ok()?;
    Some([&cost.low, &cost.expected, &cost.high].map(|rated| rated.total.amount()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn low_is_low_and_high_is_high(world in worlds()) {
        for model in MODELS {
            let estimate = world.estimate(model);
            let prompt = estimate.prompt.total;
            prop_assert!(prompt.low <= prompt.tokens && prompt.tokens <= prompt.high, "{}: {:?}", model, prompt);
            if let Some(answer) = estimate.answer.tokens {
                prop_assert!(answer.low <= answer.expected && answer.expected <= answer.high, "{}: {:?}", model, answer);
            }
        }
    }

    /// Where nothing is written to the cache: there a longer prompt may be cheaper, if more of it is read.
    #[test]
    fn a_range_of_cost_is_in_order(world in worlds()) {
        let world = world.cached("37", "0");
        for model in MODELS {
            if let Some(costs) = amounts(&world.estimate(model)) {
                prop_assert!(costs.is_sorted(), "{}: {:?}", model, costs);
            }
        }
    }

    #[test]
    fn prompt_and_answer_sum_to_the_total(world in worlds()) {
        for model in ["gpt-4o", "gpt-5.4", "claude", "rises"] {
            if let Ok(cost) = world.estimate(model).request {
                let (prompt, answer) = (cost.of_prompt().unwrap(), cost.of_answer().unwrap());
                prop_assert_eq!(prompt.plus(answer), Ok(cost.expected.total));
            }
        }
    }

    #[test]
    fn within_a_tier_more_tokens_cost_more(prompt in 0u64..90_000, more in 1u64..1_000, answer in 0u64..5_000) {
        let of = |prompt: u64, answer: u64| {
            let mut world = World::new().answer(answer, answer, answer);
            world.counts.insert(Encoding::O200kBase, counted(prompt));
            world
        };
        for model in ["gpt-4o", "gpt-5.4", "rises"] {
            let cost = of(prompt, answer).expected(model);
            prop_assert!(of(prompt + more, answer).expected(model) > cost);
            prop_assert!(of(prompt, answer + more).expected(model) > cost);
        }
    }

    #[test]
    fn a_month_is_the_sum_of_its_lines(world in worlds(), per_day in 0u32..100_000) {
        let mut world = world;
        world.scenario.load.requests_per_day = per_day.into();
        for model in MODELS {
            let estimate = world.estimate(model);
            let Ok(month) = estimate_month(listing(model), &estimate, world.given()) else {
                prop_assert!(estimate.request.is_err(), "{}", model);
                continue;
            };
            for charge in [&month.low, &month.expected, &month.high] {
                let lines: Decimal = charge.lines.iter().map(|line| line.amount.amount()).sum();
                prop_assert_eq!(charge.total.amount(), lines);
            }
        }
    }

    #[test]
    fn a_price_is_withheld_exactly_where_something_is_missing(world in worlds()) {
        for model in MODELS {
            let estimate = world.estimate(model);
            let known = estimate.fit.fits == Some(true) && estimate.answer.tokens.is_some();
            // Only Claude has a price for writing to its cache.
            let written = !world.scenario.load.cache_write_percent.is_zero();
            prop_assert!(known || estimate.request.is_err(), "{}", model);
            prop_assert!(!known || estimate.request.is_ok() || (written && model != "claude"), "{}", model);
        }
    }
}
