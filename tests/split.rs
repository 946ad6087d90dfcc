//! Every scanner cuts as its published expression does, any text, in time linear in it; and may be cut where it says so.
#![cfg(not(target_arch = "wasm32"))]

#[path = "split/cuts.rs"]
mod cuts;
#[path = "split/expression.rs"]
mod expression;
mod generated;
#[path = "split/long.rs"]
mod long;
mod reference;
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

/// Those of which an expression is published: Gemma has none, and is cut where no token crosses.
fn published() -> impl Iterator<Item = Pattern> {
    let all = Pattern::ALL.into_iter();
    all.filter(|pattern| *pattern != Pattern::Gemma)
}

/// Hold the texts against every pattern's expression, each pattern on a thread of its own.
fn check(texts: impl Fn(Pattern) -> Box<dyn Iterator<Item = String>> + Sync) {
    thread::scope(|scope| {
        for pattern in published() {
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
    let has_one = |encoding: &Encoding| *encoding != Encoding::Gemma;
    for encoding in Encoding::ALL.into_iter().filter(has_one) {
        let lines: Vec<&str> = encoding.pattern().regex().lines().collect();
        assert_eq!(
            lines,
            reference::patterns(encoding.vocabulary()),
            "{encoding:?}"
        );
    }
}

#[test]
fn nothing_is_cut_of_nothing() {
    for pattern in Pattern::ALL {
        assert_eq!(pattern.pieces("").next(), None);
    }
}
