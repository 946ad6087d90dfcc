//! Runs of white space so long that the pattern engine of tiktoken-rs gives up on them.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;

use foretoken::tokens::Encoding;
use published::{counter, published_count};

const MILLION: usize = 1_000_000;

/// What a million characters of one repeated pattern come to, by a line through two shorter counts the oracle can
/// still make: the pattern engine fails at a million, and every further repetition adds the same tokens.
fn by_a_line(encoding: Encoding, pattern: &str) -> u64 {
    let repeats = |characters: usize| pattern.repeat(characters / pattern.chars().count());
    let at_three = published_count(encoding, &repeats(300_000));
    let at_six = published_count(encoding, &repeats(600_000));
    at_six + (at_six - at_three) * 4 / 3
}

fn million(pattern: &str) -> String {
    pattern.repeat(MILLION / pattern.chars().count())
}

fn check(encoding: Encoding, pattern: &str) {
    let counted = counter(encoding).count(&million(pattern));
    let expected = by_a_line(encoding, pattern);
    assert!(counted.in_parts, "{encoding:?}");
    assert!(
        counted.tokens.abs_diff(expected) <= 3,
        "{encoding:?}, {pattern:?}: {} and by a line {expected}",
        counted.tokens
    );
}

#[test]
fn a_million_spaces() {
    for encoding in [
        Encoding::O200kBase,
        Encoding::Cl100kBase,
        Encoding::P50kBase,
    ] {
        check(encoding, " ");
    }
    // The longest token of spaces has 128 of them: 1,000,000 ÷ 128 = 7,812.5, and each of two parts may add one.
    let spaces = counter(Encoding::O200kBase).count(&million(" ")).tokens;
    assert!((7_813..=7_815).contains(&spaces), "{spaces}");
}

#[test]
fn a_million_mixed_blanks() {
    check(Encoding::O200kBase, " \t");
    check(Encoding::P50kBase, " \t");
    check(Encoding::Cl100kBase, "\u{3000}\u{a0} \t");
}

#[test]
fn a_million_lines_of_blanks() {
    check(Encoding::O200kBase, " \t\n  ");
}

#[test]
fn blanks_before_and_after_a_word() {
    let text = format!("start{}word{}", million(" "), million("\t"));
    for encoding in [Encoding::Cl100kBase, Encoding::R50kBase] {
        let whole = counter(encoding).count(&text);
        let alone = by_a_line(encoding, " ") + by_a_line(encoding, "\t");
        assert!(whole.in_parts);
        // Both words are a token or two, and each end of a blank run may cut otherwise beside a word.
        assert!(whole.tokens.abs_diff(alone) <= 10, "{encoding:?}");
    }
}

#[test]
fn pieces_of_a_million_spaces_cover_them() {
    let text = million(" ");
    let pieces = counter(Encoding::O200kBase).pieces(&text);
    assert_eq!(
        pieces.iter().map(|piece| piece.bytes).sum::<usize>(),
        MILLION
    );
}

#[test]
fn what_the_engine_can_do_is_not_counted_in_parts() {
    let longest = format!("{}x", " ".repeat(500_000));
    for text in [longest, "x".repeat(510_000), "a b ".repeat(130_000)] {
        let counted = counter(Encoding::R50kBase).count(&text);
        assert!(!counted.in_parts);
        assert_eq!(counted.tokens, published_count(Encoding::R50kBase, &text));
    }
}

/// Nothing but white space is known to be too much for the engine; here is what else one may paste a million of.
#[test]
fn a_million_of_anything_else_is_counted_whole() {
    for pattern in ["A", "中", "\u{301}", "!", "A\u{301}", "'s"] {
        let counted = counter(Encoding::O200kBase).count(&million(pattern));
        assert!(!counted.in_parts, "{pattern:?}");
        assert!(counted.tokens > 10_000, "{pattern:?}: {}", counted.tokens);
    }
    // Digits go in threes.
    let digits = counter(Encoding::O200kBase).count(&million("7")).tokens;
    assert_eq!(digits, 333_334);
}
