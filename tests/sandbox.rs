//! The budget holds whatever happens, and a rehearsal is what it says it is.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;

use foretoken::Money;
use foretoken::sandbox::{Alert, Budget, Pace, Refused, Rehearsal, WORDS};
use foretoken::scenario::AnswerTokens;
use foretoken::tokens::Encoding;
use proptest::prelude::*;
use published::counter;
use rust_decimal::Decimal;

/// What may happen in a session. Amounts are hundredths of a cent.
#[derive(Debug, Clone)]
enum Deed {
    Ask {
        at_most: u32,
    },
    /// The request that has waited longest ends, having cost so many percent of the most it could.
    End {
        percent: u32,
    },
    Limit {
        limit: u32,
    },
    Pause(bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0_u32..5_000).prop_map(|at_most| Deed::Ask { at_most }),
        4 => (0_u32..=100).prop_map(|percent| Deed::End { percent }),
        1 => (0_u32..20_000).prop_map(|limit| Deed::Limit { limit }),
        1 => any::<bool>().prop_map(Deed::Pause),
    ]
}

fn dollars(hundredths: u32) -> Money {
    Money::usd(Decimal::new(hundredths.into(), 4))
}

proptest! {
    /// The limit is never passed, as long as it is not lowered below what is spent and set aside, and nothing is lost on the way.
    #[test]
    fn what_is_spent_stays_within_the_limit(deeds in prop::collection::vec(deed(), 1..80)) {
        let mut budget = Budget::new(dollars(10_000));
        let mut under_way = Vec::new();
        let (mut spent, mut highest_limit) = (Decimal::ZERO, Decimal::ONE);
        for deed in deeds {
            match deed {
                Deed::Ask { at_most } => {
                    let before = budget.clone();
                    let free = budget.limit().amount() - spent - before.reserved().amount();
                    match budget.reserve(dollars(at_most)) {
                        Ok(reservation) => {
                            prop_assert!(!budget.is_paused() && dollars(at_most).amount() <= free.max(Decimal::ZERO));
                            under_way.push((reservation, at_most));
                        }
                        Err(Refused::Paused) => prop_assert!(budget.is_paused()),
                        Err(Refused::TooLittle { over_by, left, .. }) => {
                            prop_assert_eq!(left, free.max(Decimal::ZERO));
                            prop_assert_eq!(over_by, dollars(at_most).amount() - left);
                            prop_assert_eq!(&budget, &before);
                        }
                        Err(other) => prop_assert!(false, "{}", other),
                    }
                }
                Deed::End { percent } if !under_way.is_empty() => {
                    let (reservation, at_most) = under_way.remove(0);
                    let cost = dollars(at_most * percent / 100);
                    spent += cost.amount();
                    budget.settle(reservation, cost).unwrap();
                }
                Deed::End { .. } => {}
                Deed::Limit { limit } => {
                    highest_limit = highest_limit.max(dollars(limit).amount());
                    budget.set_limit(dollars(limit));
                }
                Deed::Pause(paused) => budget.pause(paused),
            }
            prop_assert_eq!(budget.spent().amount(), spent);
            let set_aside: Decimal = under_way.iter().map(|(_, amount)| dollars(*amount).amount()).sum();
            prop_assert_eq!(budget.reserved().amount(), set_aside);
            prop_assert!(spent + set_aside <= highest_limit);
        }
    }

    #[test]
    fn a_rehearsal_stays_in_its_range_and_ends_on_time(
        seed: u64, low in 0_u64..500, more in 0_u64..500, most in 0_u64..500, first in 0_u64..5_000, speed in 1_u64..500
    ) {
        let answer = AnswerTokens { low, expected: low + more, high: low + more + most };
        let pace = Pace { first_token_ms: first, tokens_per_second: speed };
        let rehearsal = Rehearsal::new(seed, answer, pace);
        prop_assert_eq!(rehearsal, Rehearsal::new(seed, answer, pace));
        prop_assert!((answer.low..=answer.high).contains(&rehearsal.tokens()));
        prop_assert_eq!(rehearsal.tokens_at(rehearsal.milliseconds()), rehearsal.tokens());
        if rehearsal.tokens() > 0 {
            let before = rehearsal.milliseconds().saturating_sub(1);
            prop_assert!(first == 0 || rehearsal.tokens_at(before) < rehearsal.tokens());
        }
    }
}

/// Half of a thousand rehearsals are not longer than expected: the expected length is the median.
#[test]
fn as_often_shorter_as_longer() {
    let answer = AnswerTokens {
        low: 120,
        expected: 280,
        high: 600,
    };
    let pace = Pace {
        first_token_ms: 0,
        tokens_per_second: 1,
    };
    let lengths: Vec<u64> = (0..1_000)
        .map(|seed| Rehearsal::new(seed, answer, pace).tokens())
        .collect();
    let shorter = lengths.iter().filter(|tokens| **tokens <= 280).count();
    // 1,000 fair draws: 500 with a deviation of 16; five of these.
    assert!((420..=580).contains(&shorter), "{shorter}");
    assert!(lengths.iter().min() < Some(&130) && lengths.iter().max() > Some(&590));
}

/// So many tokens of a rehearsal are so many tokens when it is sent back, in every vocabulary.
#[test]
fn a_rehearsal_has_the_tokens_it_says() {
    let pace = Pace {
        first_token_ms: 0,
        tokens_per_second: 1,
    };
    let long = WORDS.len() as u64 * 3;
    let rehearsal = Rehearsal::new(
        1,
        AnswerTokens {
            low: long,
            expected: long,
            high: long,
        },
        pace,
    );
    for encoding in Encoding::ALL {
        for tokens in 1..=long {
            let text = rehearsal.text(tokens);
            assert_eq!(
                counter(encoding).count(&text),
                tokens,
                "{encoding:?}: {text:?}"
            );
        }
    }
}

#[test]
fn the_marks_of_a_budget() {
    let cases = [
        (0, None),
        (49, None),
        (50, Some(Alert::Half)),
        (75, Some(Alert::ThreeQuarters)),
        (89, Some(Alert::ThreeQuarters)),
        (90, Some(Alert::NineTenths)),
        (100, Some(Alert::Whole)),
    ];
    for (percent, expected) in cases {
        let mut budget = Budget::new(dollars(10_000));
        let reservation = budget.reserve(dollars(percent * 100)).unwrap();
        budget.settle(reservation, dollars(percent * 100)).unwrap();
        assert_eq!(budget.alert(), expected, "{percent} %");
    }
    // A provider that charged more than the most: it is spent all the same.
    let mut budget = Budget::new(dollars(10_000));
    let reservation = budget.reserve(dollars(1_000)).unwrap();
    budget.settle(reservation, dollars(12_000)).unwrap();
    assert_eq!(
        (budget.spent(), budget.left(), budget.alert()),
        (dollars(12_000), dollars(0), Some(Alert::Whole))
    );
    assert_eq!(
        Budget::new(dollars(0)).alert(),
        Some(Alert::Whole),
        "of nothing, all is spent"
    );
}
