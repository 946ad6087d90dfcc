//! Every scanner cuts as its published expression does, any text, in time linear in it; and may be cut where it says so.
#![cfg(not(target_arch = "wasm32"))]

#[path = "split/cuts.rs"]
mod cuts;
#[path = "split/expression.rs"]
mod expression;
#[path = "split/long.rs"]
mod long;
#[path = "split/table.rs"]
mod table;
#[path = "split/texts.rs"]
mod texts;

use expression::Expression;
use foretoken::tokens::Encoding;
use foretoken::tokens::split::Pattern;
use std::thread;
use texts::Random;

fn pieces(pattern: Pattern, text: &str) -> Vec<&str> {
    pattern.pieces(text).collect()
}

/// Hold the texts against every pattern's expression, each pattern on a thread of its own.
fn check(texts: impl Fn(Pattern) -> Box<dyn Iterator<Item = String>> + Sync) {
    thread::scope(|scope| {
        for pattern in Pattern::ALL {
            let texts = &texts;
            scope.spawn(move || {
                let expression = Expression::of(pattern);
                for text in texts(pattern) {
                    let expected = expression.pieces(&text);
                    assert_eq!(pieces(pattern, &text), expected, "{pattern:?}: {text:?}");
                }
            });
        }
    });
}

#[test]
fn hand_picked_texts() {
    check(|_| Box::new(texts::tricky().into_iter()));
}

#[test]
fn random_texts() {
    check(|pattern| {
        let mut random = Random::new(pattern as u64 + 1);
        Box::new((0..24_000).map(move |_| texts::random(&mut random)))
    });
}

/// Every character at which the kinds of characters change, in every surrounding that matters.
#[test]
fn every_kind_of_character() {
    let edges = table::edges();
    check(move |_| Box::new(edges.clone().into_iter().map(texts::around)));
}

#[test]
fn the_expressions_are_the_ones_used_elsewhere() {
    assert_eq!(Pattern::O200k.regex(), tiktoken_rs::O200K_BASE_PAT_STR);
    assert_eq!(Pattern::Cl100k.regex(), Encoding::Cl100kBase.pattern());
    assert_eq!(Pattern::P50k.regex(), Encoding::P50kBase.pattern());
}

#[test]
fn nothing_is_cut_of_nothing() {
    for pattern in Pattern::ALL {
        assert_eq!(pattern.pieces("").next(), None);
    }
}
