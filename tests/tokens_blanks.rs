//! A megabyte without a place to cut: runs of blanks so long that the pattern engine of tiktoken-rs gives up on them, and others.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;

use foretoken::tokens::{Encoding, Progress};
use published::{counter, published_count};

const MILLION: usize = 1_000_000;

fn repeats(pattern: &str, characters: usize) -> String {
    pattern.repeat(characters / pattern.chars().count())
}

/// What a million characters of one repeated pattern come to, by a line through two shorter counts the oracle can still make: so
/// many repetitions more add the same tokens each time, once they are a multiple of what a token of them holds. The three stand
/// 384,000 and 192,000 characters apart, multiples of 128 and of all the tokens of spaces that are a power of two long.
fn by_a_line(encoding: Encoding, pattern: &str) -> u64 {
    let far = published_count(encoding, &repeats(pattern, MILLION - 384_000));
    let near = published_count(encoding, &repeats(pattern, MILLION - 576_000));
    far + (far - near) * 2
}

fn check(encoding: Encoding, pattern: &str) {
    let text = repeats(pattern, MILLION);
    let counted = counter(encoding).count(&text);
    assert_eq!(
        counted,
        by_a_line(encoding, pattern),
        "{encoding:?}, {pattern:?}"
    );
    let mut progress = Progress::default();
    let mut steps = 1;
    while !counter(encoding).count_on(&text, &mut progress, 100_000) {
        steps += 1;
    }
    assert_eq!(
        progress.tokens(),
        counted,
        "{encoding:?}, {pattern:?}: in {steps} steps"
    );
    assert_eq!(progress.done(), text.len());
    assert!(
        steps >= text.len() / 110_000,
        "{encoding:?}, {pattern:?}: {steps} steps"
    );
}

const OPENAI: [Encoding; 4] = [
    Encoding::O200kBase,
    Encoding::Cl100kBase,
    Encoding::P50kBase,
    Encoding::R50kBase,
];

#[test]
fn a_million_spaces() {
    for encoding in OPENAI {
        check(encoding, " ");
    }
}

/// The longest token of spaces has 128 of them, and those of 1 to 83 are tokens too: 1,000,000 ÷ 128 = 7,812 and 64 are left.
/// Of p50k's 24, 41,666 and 16 are left; r50k's longest has 16 but the word that follows takes none here.
#[test]
fn a_million_spaces_by_arithmetic() {
    let spaces = repeats(" ", MILLION);
    let longest = |encoding: Encoding| {
        let vocabulary = published::vocabulary(encoding).tokens();
        let spaces = vocabulary.map(|(token, _)| token);
        let spaces = spaces.filter(|token| token.iter().all(|byte| *byte == b' '));
        spaces.map(<[u8]>::len).max().unwrap()
    };
    for encoding in [
        Encoding::O200kBase,
        Encoding::O200kHarmony,
        Encoding::Cl100kBase,
        Encoding::Llama3,
    ] {
        assert_eq!(longest(encoding), 128, "{encoding:?}");
        assert_eq!(counter(encoding).count(&spaces), 7_812 + 1, "{encoding:?}");
    }
}

#[test]
fn a_million_mixed_blanks() {
    for encoding in OPENAI {
        check(encoding, " \t");
        check(encoding, "\u{3000}\u{a0} \t");
    }
}

#[test]
fn a_million_lines_of_blanks() {
    for encoding in OPENAI {
        check(encoding, " \t\n  ");
        check(encoding, "\n");
        check(encoding, "\r\n");
    }
}

/// The last blank before a word belongs to the word if it is a space, and stands alone if it is none.
#[test]
fn blanks_before_and_after_a_word() {
    let spaces = |number: usize| " ".repeat(number);
    let text = format!("start{}word{}", spaces(MILLION), repeats("\t", MILLION));
    for encoding in [Encoding::Cl100kBase, Encoding::R50kBase] {
        let parts = [
            published_count(encoding, "start"),
            counter(encoding).count(&spaces(MILLION - 1)),
            published_count(encoding, " word"),
            by_a_line(encoding, "\t"),
        ];
        assert_eq!(
            counter(encoding).count(&text),
            parts.iter().sum::<u64>(),
            "{encoding:?}"
        );
    }
    let text = format!("{}word", repeats("\t", MILLION));
    for encoding in [Encoding::O200kBase, Encoding::Cl100kBase] {
        let alone = counter(encoding).count(&repeats("\t", MILLION - 1))
            + published_count(encoding, "\tword");
        assert_eq!(counter(encoding).count(&text), alone, "{encoding:?}");
    }
}

#[test]
fn pieces_of_a_million_spaces_cover_them() {
    let text = repeats(" ", MILLION);
    for encoding in Encoding::ALL {
        let pieces = counter(encoding).pieces(&text);
        let bytes: usize = pieces.iter().map(|piece| piece.bytes).sum();
        assert_eq!(bytes, MILLION, "{encoding:?}");
        assert_eq!(
            counter(encoding).count(&text),
            pieces.len() as u64,
            "{encoding:?}"
        );
    }
}

#[test]
fn what_the_engine_can_do_is_counted_as_it_does() {
    let longest = format!("{}x", " ".repeat(500_000));
    for text in [longest, "x".repeat(510_000), "a b ".repeat(130_000)] {
        for encoding in [Encoding::R50kBase, Encoding::O200kBase] {
            assert_eq!(
                counter(encoding).count(&text),
                published_count(encoding, &text)
            );
        }
    }
}

/// What else one may paste a million of.
#[test]
fn a_million_of_anything_else() {
    for pattern in ["A", "中", "\u{301}", "!", "A\u{301}", "'s"] {
        check(Encoding::O200kBase, pattern);
    }
    // Digits go in threes.
    assert_eq!(
        counter(Encoding::O200kBase).count(&repeats("7", MILLION)),
        333_334
    );
    assert_eq!(
        counter(Encoding::Qwen).count(&repeats("7", MILLION)),
        1_000_000
    );
}
