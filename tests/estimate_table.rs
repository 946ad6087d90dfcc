//! The order of the table: what was pinned, then by the figure asked for, and last what has none.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::catalog::Listing;
use foretoken::estimate::{Column, Estimate, Filter, Sellers, Sort, arrange, cheapest, estimate};
use foretoken::scenario::ModelKey;
use proptest::prelude::*;
use world::{World, catalog, decimal, key, listing};

type Line = (Listing<'static>, Option<Estimate>);

/// Every model's line. gpt-4-turbo is not counted, and no-output has no price.
fn lines(world: &World) -> Vec<Line> {
    let listings = catalog().listings();
    listings
        .map(|listing| (listing, estimate(listing, world.given())))
        .collect()
}

fn arranged(column: Column, descending: bool, pins: &[ModelKey]) -> Vec<&'static str> {
    let mut lines = lines(&World::new());
    arrange(&mut lines, pins, Sort { column, descending });
    names(&lines)
}

fn names(lines: &[Line]) -> Vec<&'static str> {
    lines
        .iter()
        .map(|(listing, _)| listing.model.id.as_ref())
        .collect()
}

/// free $0, davinci-002 993 × $2 + 280 × $2 = $0.002546, gpt-4o $0.0053 and rises at the same price, with-a-fee
/// $0.006277, gpt-5.4 1,000 × $2.50 + 280 × $15 = $0.0067, claude $0.014388.
#[test]
fn the_cheapest_come_first_and_the_unpriced_last() {
    let order = [
        "free",
        "davinci-002",
        "gpt-4o",
        "rises",
        "with-a-fee",
        "gpt-5.4",
        "claude",
    ];
    let unpriced = ["gpt-4-turbo", "no-output"];
    assert_eq!(
        arranged(Column::Request, false, &[]),
        [&order[..], &unpriced].concat()
    );
    let turned = [
        "claude",
        "gpt-5.4",
        "with-a-fee",
        "gpt-4o",
        "rises",
        "davinci-002",
        "free",
    ];
    assert_eq!(
        arranged(Column::Request, true, &[]),
        [&turned[..], &unpriced].concat()
    );
}

#[test]
fn the_table_begins_with_the_cheapest_request() {
    let sort = Sort::default();
    assert_eq!((sort.column, sort.descending), (Column::Request, false));
}

#[test]
fn names_run_both_ways() {
    let mut order = arranged(Column::Model, false, &[]);
    assert_eq!(order[0], "claude");
    assert!(order.is_sorted());
    order.reverse();
    assert_eq!(arranged(Column::Model, true, &[]), order);
}

#[test]
fn what_is_pinned_stays_on_top_in_its_order() {
    let pins = [
        key("openai", "no-output"),
        key("anthropic", "claude"),
        key("gone", "gone"),
        key("others", "free"),
    ];
    for column in [
        Column::Model,
        Column::PromptTokens,
        Column::PromptCost,
        Column::AnswerCost,
        Column::Request,
        Column::Context,
    ] {
        for descending in [false, true] {
            let order = arranged(column, descending, &pins);
            assert_eq!(order[..3], ["no-output", "claude", "free"], "{column:?}");
            assert_eq!(order.len(), 9);
        }
    }
}

#[test]
fn a_pin_is_for_one_provider() {
    let order = arranged(Column::Request, false, &[key("azure", "claude")]);
    assert_eq!(order[0], "free");
}

#[test]
fn each_column_sorts_by_its_own_figure() {
    // Windows: 8,000 to 1,050,000; with-a-fee states an input limit of 64,000 instead.
    let windows = [
        "gpt-5.4",
        "claude",
        "gpt-4-turbo",
        "gpt-4o",
        "rises",
        "with-a-fee",
        "free",
        "davinci-002",
        "no-output",
    ];
    assert_eq!(arranged(Column::Context, true, &[]), windows);
    // 993, 997, 1,000 of five models in the order of the alphabet, 1,497, and one that is not counted.
    let tokens = [
        "davinci-002",
        "with-a-fee",
        "free",
        "gpt-4o",
        "gpt-5.4",
        "no-output",
        "rises",
        "claude",
        "gpt-4-turbo",
    ];
    assert_eq!(arranged(Column::PromptTokens, false, &[]), tokens);
    // Dollars per million answer tokens × 280 (420 on Claude): 20, 15, 10, 10, 2, 1, 0.
    let answers = [
        "claude",
        "gpt-5.4",
        "gpt-4o",
        "rises",
        "davinci-002",
        "with-a-fee",
        "free",
        "gpt-4-turbo",
        "no-output",
    ];
    assert_eq!(arranged(Column::AnswerCost, true, &[]), answers);
}

#[test]
fn the_cheapest_is_neither_free_nor_unpriced() {
    let lines = lines(&World::new());
    let estimates = || lines.iter().filter_map(|(_, estimate)| estimate.as_ref());
    assert_eq!(
        cheapest(estimates()).unwrap().key,
        key("openai", "davinci-002")
    );
    let none =
        estimates().filter(|estimate| ["free", "no-output"].contains(&estimate.key.model.as_str()));
    assert!(cheapest(none).is_none());
}

fn passing(filter: &Filter) -> Vec<&'static str> {
    let mut lines = lines(&World::new());
    lines.retain(|(listing, estimate)| filter.passes(*listing, estimate.as_ref()));
    names(&lines)
}

#[test]
fn a_filter_keeps_what_is_known_to_pass() {
    let everyone = Filter {
        sellers: Sellers::Everyone,
        ..Filter::default()
    };
    assert_eq!(passing(&everyone).len(), 9);
    let wide = Filter {
        window: Some(200_000),
        ..everyone.clone()
    };
    assert_eq!(passing(&wide), ["gpt-5.4", "claude"]);
    // What has no price, or is not counted yet, is not known to be cheap. The limit itself passes.
    let cheap = Filter {
        most: Some(decimal("0.0053")),
        ..everyone
    };
    assert_eq!(passing(&cheap), ["gpt-4o", "davinci-002", "free", "rises"]);
}

#[test]
fn a_filter_starts_with_those_who_made_the_models() {
    let makers = [
        "gpt-4o",
        "gpt-5.4",
        "gpt-4-turbo",
        "davinci-002",
        "no-output",
        "claude",
    ];
    assert_eq!(passing(&Filter::default()), makers);
    for (id, models) in [
        ("anthropic", vec!["claude"]),
        ("others", vec!["free", "with-a-fee", "rises"]),
    ] {
        let one = Filter {
            sellers: Sellers::One(id.to_owned()),
            ..Filter::default()
        };
        assert_eq!(passing(&one), models);
    }
}

#[test]
fn a_prompt_too_long_for_a_model_sorts_it_last() {
    let world = World::of_prompt(150_000);
    let mut lines = lines(&world);
    arrange(&mut lines, &[], Sort::default());
    let priced: Vec<bool> = lines
        .iter()
        .map(|(_, estimate)| estimate.as_ref().is_some_and(|one| one.request.is_ok()))
        .collect();
    // gpt-5.4 alone: 225,000 tokens are too many for Claude's window of 200,000.
    assert_eq!(priced.iter().filter(|priced| **priced).count(), 1);
    assert!(priced[0] && lines[0].0 == listing("gpt-5.4"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// However the lines came, the order is the same.
    #[test]
    fn the_order_does_not_depend_on_where_lines_came_from(seed in prop::collection::vec(any::<u32>(), 9), descending in any::<bool>()) {
        let sort = Sort { column: Column::AnswerCost, descending };
        let mut shuffled: Vec<(u32, Line)> = seed.into_iter().zip(lines(&World::new())).collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let mut lines: Vec<Line> = shuffled.into_iter().map(|(_, line)| line).collect();
        arrange(&mut lines, &[], sort);
        prop_assert_eq!(names(&lines), arranged(Column::AnswerCost, descending, &[]));
    }
}

#[test]
fn a_search_keeps_the_order_of_its_matches_below_the_pins() {
    let pins = [key("anthropic", "claude")];
    let as_listed: Vec<&str> = catalog()
        .listings()
        .map(|listing| listing.model.id.as_ref())
        .filter(|id| *id != "claude")
        .collect();
    assert_eq!(
        arranged(Column::Match, false, &pins),
        [&["claude"], &as_listed[..]].concat()
    );
}
