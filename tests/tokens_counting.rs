//! Counts are those of tiktoken, for any text, however it is cut and whatever is remembered.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, CounterError, Encoding, Text, blocks};
use proptest::prelude::*;
use published::{compose, counter, fresh_counter, published_count, published_ids};

fn count(encoding: Encoding, text: &str) -> u64 {
    counter(encoding).count(text)
}

/// Cut wherever that is said to be safe, and count each part with the oracle: what cutting alone does to a count.
fn published_in_parts(encoding: Encoding, text: &str) -> u64 {
    let cuts = text.char_indices().map(|(at, _)| at);
    let cuts = cuts.filter(|at| *at > 0 && encoding.is_safe_cut(text, *at));
    let mut from = 0;
    let parts = cuts
        .chain([text.len()])
        .map(|to| &text[std::mem::replace(&mut from, to)..to]);
    parts.map(|part| published_count(encoding, part)).sum()
}

/// A text that is counted in an encoding, and how many of its bytes still are after an edit.
fn kept(encoding: Encoding, before: &str, (from, to, with): (usize, usize, &str)) -> usize {
    let mut text = Text::new(before);
    assert!(text.count(&mut counter(encoding), usize::MAX));
    assert_eq!(text.progress(encoding).0, before.len());
    text.splice(from, to, with);
    text.progress(encoding).0
}

#[test]
fn every_encoding_counts_as_published() {
    for encoding in Encoding::ALL {
        for text in texts::all() {
            let expected = published_count(encoding, &text);
            let start: String = text.chars().take(60).collect();
            assert_eq!(count(encoding, &text), expected, "{encoding:?}: {start:?}");
        }
    }
}

/// Ids printed in OpenAI's cookbook, How_to_count_tokens_with_tiktoken.ipynb.
#[test]
fn the_cookbook_examples_have_the_printed_ids() {
    use Encoding::{Cl100kBase, P50kBase, R50kBase};
    let word = "antidisestablishmentarianism";
    let birthday = "お誕生日おめでとう";
    let old_word = [415, 29207, 44390, 3699, 1042].as_slice();
    let old_sum = [17, 1343, 362, 796, 604].as_slice();
    let printed: [(Encoding, &str, &[u32]); 8] = [
        (
            Cl100kBase,
            "tiktoken is great!",
            &[83, 1609, 5963, 374, 2294, 0],
        ),
        (R50kBase, word, old_word),
        (P50kBase, word, old_word),
        (Cl100kBase, word, &[519, 85342, 34500, 479, 8997, 2191]),
        (R50kBase, "2 + 2 = 4", old_sum),
        (P50kBase, "2 + 2 = 4", old_sum),
        (Cl100kBase, "2 + 2 = 4", &[17, 489, 220, 17, 284, 220, 19]),
        (
            Cl100kBase,
            birthday,
            &[33334, 45918, 243, 21990, 9080, 33334, 62004, 16556, 78699],
        ),
    ];
    for (encoding, text, ids) in printed {
        let pieces = counter(encoding).pieces(text);
        let found: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
        assert_eq!(found, ids, "{encoding:?}: {text}");
    }
    // The two older encodings cut this one into 14, and o200k into 8.
    assert_eq!(count(R50kBase, birthday), 14);
    assert_eq!(count(P50kBase, birthday), 14);
    assert_eq!(count(Encoding::O200kBase, birthday), 8);
}

#[test]
fn a_control_token_that_someone_typed_is_ordinary_text() {
    // Measured with Python's tiktoken: 7 in o200k_base; as a control token it would be 1.
    assert_eq!(count(Encoding::O200kBase, "<|endoftext|>"), 7);
    assert_eq!(count(Encoding::O200kHarmony, "<|endoftext|>"), 7);
    for encoding in Encoding::ALL {
        assert!(count(encoding, "<|endoftext|>") > 1, "{encoding:?}");
    }
}

#[test]
fn nothing_is_no_tokens() {
    for encoding in Encoding::ALL {
        assert_eq!(counter(encoding).count(""), 0);
        assert!(counter(encoding).pieces("").is_empty());
    }
    assert!(blocks("").is_empty());
}

#[test]
fn a_counter_refuses_the_vocabulary_of_another_encoding() {
    let tiny = Vocabulary::new("r50k_base", [(0, b"a".to_vec())]).unwrap();
    let refused = Counter::new(Encoding::Cl100kBase, tiny, compose)
        .err()
        .unwrap();
    assert!(matches!(refused, CounterError::WrongVocabulary { .. }));
    assert_eq!(
        refused.to_string(),
        "the vocabulary is for r50k_base, but cl100k_base was asked for"
    );
}

#[test]
fn pieces_are_the_published_tokens_and_cover_the_text() {
    for encoding in Encoding::ALL {
        for text in texts::all() {
            let pieces = counter(encoding).pieces(&text);
            let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
            assert_eq!(ids, published_ids(encoding, &text));
            let bytes: usize = pieces.iter().map(|piece| piece.bytes).sum();
            assert_eq!(
                bytes,
                encoding.normal(&text, compose).len(),
                "{encoding:?}: {text:?}"
            );
        }
    }
}

#[test]
fn blocks_cover_a_text_without_places_to_cut() {
    for text in ["长".repeat(9_000), "x".repeat(20_001), "🎉 ".repeat(4_000)] {
        let cut = blocks(&text);
        assert_eq!(cut.concat(), text);
        assert!(cut.iter().all(|block| (1..=8_000).contains(&block.len())));
    }
}

#[test]
fn a_counter_answers_the_same_twice() {
    let mut counter = fresh_counter(Encoding::R50kBase);
    let text = texts::ENGLISH.repeat(20);
    let first = counter.count(&text);
    assert_eq!(counter.count(&text), first);
    assert_eq!(first, published_count(Encoding::R50kBase, &text));
}

/// More words than are remembered, each counted twice: once when it is new, and once when another took its place.
#[test]
fn a_counter_forgets_and_counts_on() {
    let mut counter = fresh_counter(Encoding::R50kBase);
    let word = |number: u64| {
        format!(
            "{:x}",
            number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (number % 60)
        )
    };
    let words: Vec<String> = (0..100_000).map(word).collect();
    let text = words.join(" ");
    let first = counter.count(&text);
    assert_eq!(first, published_count(Encoding::R50kBase, &text));
    assert_eq!(counter.count(&text), first);
    for word in words.iter().step_by(97) {
        assert_eq!(
            counter.count(word),
            published_count(Encoding::R50kBase, word),
            "{word}"
        );
    }
}

/// An edit in the middle changes the section it falls into, and at most the ones beside it: those of which no part was touched
/// are not counted again.
#[test]
fn an_edit_leaves_the_other_sections_alone() {
    let text = texts::ENGLISH.repeat(200);
    let middle = text.len() / 2;
    for encoding in Encoding::ALL {
        for (typed, removed) in [("x", 0), (" and so on ", 0), ("", 7), ("\n中\n", 3)] {
            let kept = kept(encoding, &text, (middle, middle + removed, typed));
            assert!(
                text.len() - kept <= 3_300,
                "{encoding:?}: {typed:?} for {removed} bytes"
            );
        }
    }
}

/// Nine places to cut, none of them special: a log with one kind of line would otherwise be a single section, counted
/// anew with every keystroke.
#[test]
fn a_text_that_repeats_itself_has_sections_too() {
    let line = "the quick brown fox jumps over the lazy dog ";
    for repeated in [line, "INFO request done\n", "ok "] {
        let text = repeated.repeat(10_000);
        for encoding in Encoding::ALL {
            let kept = kept(encoding, &text, (15_000, 15_000, "x"));
            assert!(text.len() - kept <= 3_300, "{encoding:?}: {repeated}");
        }
        let whole = published_count(Encoding::R50kBase, &text);
        assert_eq!(count(Encoding::R50kBase, &text), whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_counts_as_published(text in texts::any_text()) {
        for encoding in Encoding::ALL {
            prop_assert_eq!(count(encoding, &text), published_count(encoding, &text));
        }
    }

    #[test]
    fn cutting_where_it_is_safe_changes_no_count(text in texts::rich_in_seams()) {
        for encoding in Encoding::ALL {
            let whole = published_count(encoding, &text);
            prop_assert_eq!(published_in_parts(encoding, &text), whole);
            prop_assert_eq!(count(encoding, &text), whole);
        }
    }

    #[test]
    fn blocks_lose_nothing(text in texts::rich_in_seams(), times in 1..12_usize) {
        let text = text.repeat(times);
        prop_assert_eq!(blocks(&text).concat(), text.as_str());
        prop_assert!(blocks(&text).iter().all(|block| !block.is_empty() && block.len() <= 8_000));
    }

    /// A block ends where a section may, so that what is shown adds up to what is counted.
    #[test]
    fn blocks_of_ordinary_text_change_no_count(text in texts::rich_in_seams()) {
        let text = format!("{text} and then ").repeat(9);
        let shown: u64 = blocks(&text).iter().map(|block| published_count(Encoding::Cl100kBase, block)).sum();
        prop_assert_eq!(shown, published_count(Encoding::Cl100kBase, &text));
    }
}
