//! Counts are those of tiktoken, for any text, however it is cut and whatever is remembered.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, CounterError, Encoding, blocks, chunks};
use proptest::prelude::*;
use published::{counter, fresh_counter, published, published_count};

fn count(encoding: Encoding, text: &str) -> u64 {
    counter(encoding).count(text).tokens
}

/// Count chunk by chunk with the oracle: what cutting alone does to a count.
fn published_in_chunks(encoding: Encoding, text: &str) -> u64 {
    chunks(text)
        .map(|chunk| published_count(encoding, chunk))
        .sum()
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
        assert_eq!(counter(encoding).count(""), Default::default());
        assert!(counter(encoding).pieces("").is_empty());
    }
    assert_eq!(chunks("").count(), 0);
    assert!(blocks("").is_empty());
}

#[test]
fn a_counter_refuses_the_vocabulary_of_another_encoding() {
    let tiny = Vocabulary::new("r50k_base", [(0, b"a".to_vec())]).unwrap();
    let refused = Counter::new(Encoding::Cl100kBase, &tiny).err().unwrap();
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
            assert_eq!(ids, published(encoding).encode_ordinary(&text));
            let bytes: usize = pieces.iter().map(|piece| piece.bytes).sum();
            assert_eq!(bytes, text.len(), "{encoding:?}: {text:?}");
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
    assert!(chunks(&text).all(|chunk| counter.remembers(chunk)));
    assert_eq!(counter.count(&text), first);
    assert_eq!(first.tokens, published_count(Encoding::R50kBase, &text));
}

#[test]
fn a_counter_forgets_in_time_and_counts_on() {
    let mut counter = fresh_counter(Encoding::R50kBase);
    let first = texts::ENGLISH;
    let expected = counter.count_chunk(first);
    // 13 bytes and one token each, so that fifty megabytes are quickly counted.
    let large = " particularly".repeat(80_000);
    for number in 0..48 {
        let chunk = format!("{number}{large}");
        let tokens = counter.count_chunk(&chunk).tokens;
        assert_eq!(tokens, 80_001, "one for the number, one for each word");
    }
    assert!(!counter.remembers(first), "50 MB came after it");
    assert_eq!(counter.count_chunk(first), expected);
    assert!(counter.remembers(first));
}

/// An edit in the middle changes the chunk it falls into, and at most the ones beside it.
#[test]
fn an_edit_leaves_the_other_chunks_alone() {
    let text = texts::ENGLISH.repeat(200);
    let middle = text.len() / 2;
    let kept: std::collections::HashSet<&str> = chunks(&text).collect();
    for (typed, removed) in [("x", 0), (" and so on ", 0), ("", 7), ("\n中\n", 3)] {
        let edited = format!("{}{typed}{}", &text[..middle], &text[middle + removed..]);
        let fresh = chunks(&edited).filter(|chunk| !kept.contains(chunk));
        assert!(fresh.count() <= 3, "{typed:?} for {removed} bytes");
    }
    assert!(chunks(&text).count() > 50, "there are many to leave alone");
}

/// Nine places to cut, none of them special: a log with one kind of line would otherwise be a single chunk, counted
/// anew with every keystroke.
#[test]
fn a_text_that_repeats_itself_has_chunks_too() {
    let line = "the quick brown fox jumps over the lazy dog ";
    for repeated in [line, "INFO request done\n", "ok "] {
        let text = repeated.repeat(10_000);
        assert!(chunks(&text).all(|chunk| chunk.len() < 8_100), "{repeated}");
        assert_eq!(chunks(&text).collect::<String>(), text);
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
    fn cutting_into_chunks_changes_no_count(text in texts::rich_in_seams()) {
        prop_assert_eq!(chunks(&text).collect::<String>(), text.as_str());
        prop_assert!(chunks(&text).all(|chunk| !chunk.is_empty()));
        for encoding in Encoding::ALL {
            let whole = published_count(encoding, &text);
            prop_assert_eq!(published_in_chunks(encoding, &text), whole);
            prop_assert_eq!(count(encoding, &text), whole);
        }
    }

    #[test]
    fn blocks_lose_nothing(text in texts::rich_in_seams(), times in 1..12_usize) {
        let text = text.repeat(times);
        prop_assert_eq!(blocks(&text).concat(), text.as_str());
        prop_assert!(blocks(&text).iter().all(|block| !block.is_empty() && block.len() <= 8_000));
    }

    /// A block ends where a chunk may, so that what is shown adds up to what is counted.
    #[test]
    fn blocks_of_ordinary_text_change_no_count(text in texts::rich_in_seams()) {
        let text = format!("{text} and then ").repeat(9);
        let shown: u64 = blocks(&text).iter().map(|block| published_count(Encoding::Cl100kBase, block)).sum();
        prop_assert_eq!(shown, published_count(Encoding::Cl100kBase, &text));
    }
}
