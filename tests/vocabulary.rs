//! The vocabularies that are shipped hold what is published, and what is said of them is so.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../examples/vocabularies/published.rs"]
#[allow(dead_code, reason = "the example uses the rest")]
mod published;
mod reference;

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use reference::Reference;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// What is known of an encoding.
struct Facts {
    encoding: &'static str,
    tokens: usize,
    ids: std::ops::RangeInclusive<Rank>,
    longest: usize,
    /// Tokens that merging does not make from their own bytes: only a piece that is one becomes one.
    taken_whole: usize,
    /// Tokens made of two of which one merges later than they do.
    made_of_later: usize,
}

/// Writes the file, reads it, and looks at every token in it.
fn check(facts: &Facts) {
    let vocabulary = shipped(facts.encoding);
    let encoding = facts.encoding;
    let ids: FxHashSet<Rank> = vocabulary.tokens().map(|(_, id)| id).collect();
    assert_eq!(vocabulary.len(), facts.tokens, "{encoding}: tokens");
    assert_eq!(ids.len(), facts.tokens, "{encoding}: different ids");
    assert_eq!(ids.iter().min(), Some(facts.ids.start()), "{encoding}");
    assert_eq!(ids.iter().max(), Some(facts.ids.end()), "{encoding}");
    let longest = vocabulary.tokens().map(|(token, _)| token.len()).max();
    assert_eq!(longest, Some(facts.longest), "{encoding}: longest");
    let bytes: FxHashSet<u8> = vocabulary
        .tokens()
        .filter_map(|(token, _)| <[u8; 1]>::try_from(token).ok())
        .map(|[byte]| byte)
        .collect();
    assert_eq!(bytes.len(), 256, "{encoding}: single bytes");
    let crosses = |token: &[u8]| {
        token
            .windows(2)
            .any(|pair| pair[0].is_ascii_alphabetic() && pair[1] == b' ')
    };
    let crossing = vocabulary.tokens().find(|(token, _)| crosses(token));
    assert_eq!(crossing, None, "{encoding}: a letter and a space");
    check_merging(facts, &vocabulary);
    check_second(&vocabulary);
}

/// The tiktoken crate, which another maker packs, holds the same tokens under the same ids.
fn check_second(vocabulary: &Vocabulary) {
    let name = match vocabulary.encoding() {
        "qwen" => "qwen2",
        "deepseek" => "deepseek_v3",
        "mistral_tekken" => "mistral_v3",
        "kimi" => "kimi_k2",
        "glm" => "glm4",
        "gemma" => return,
        same => same,
    };
    let second = tiktoken::get_encoding(name).unwrap();
    for (token, id) in vocabulary.tokens() {
        assert_eq!(second.decode(&[id]), token, "{name}: {id}");
    }
}

/// The vocabulary as it comes out of its file, after a comparison with what went in.
fn shipped(encoding: &str) -> Vocabulary {
    static CL100K: LazyLock<Vocabulary> =
        LazyLock::new(|| published::vocabulary("cl100k_base").unwrap());
    let published = published::vocabulary(encoding).unwrap();
    let base = published::base(encoding).map(|base| {
        assert_eq!(base, CL100K.encoding());
        &*CL100K
    });
    let file = base.map_or_else(|| published.write(), |base| published.write_on(base));
    let read = Vocabulary::read_on(&file, base).unwrap();
    assert!(read == published, "{encoding} does not read back");
    let named = Vocabulary::base(&file).unwrap();
    assert_eq!(named.as_deref(), published::base(encoding));
    read
}

fn check_merging(facts: &Facts, vocabulary: &Vocabulary) {
    let reference = Reference::new(vocabulary);
    let (mut taken_whole, mut made_of_later) = (0, 0);
    for (position, (token, _)) in vocabulary.tokens().enumerate() {
        match reference.merge(token, 2).as_slice() {
            [_] => {}
            [left, right] => {
                let parts = [left, right].map(|part| reference.position(part));
                made_of_later += usize::from(parts.iter().any(|part| *part > Some(position)));
            }
            _ => taken_whole += 1,
        }
    }
    assert_eq!(taken_whole, facts.taken_whole, "{}: whole", facts.encoding);
    assert_eq!(made_of_later, facts.made_of_later, "{}", facts.encoding);
}

#[test]
fn o200k_base_is_what_is_published() {
    check(&Facts {
        encoding: "o200k_base",
        tokens: 199_998,
        ids: 0..=199_997,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn cl100k_base_is_what_is_published() {
    check(&Facts {
        encoding: "cl100k_base",
        tokens: 100_256,
        ids: 0..=100_255,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn p50k_base_is_what_is_published() {
    check(&Facts {
        encoding: "p50k_base",
        tokens: 50_280,
        ids: 0..=50_280,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn r50k_base_is_what_is_published() {
    check(&Facts {
        encoding: "r50k_base",
        tokens: 50_256,
        ids: 0..=50_255,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn llama3_is_what_is_published() {
    check(&Facts {
        encoding: "llama3",
        tokens: 128_000,
        ids: 0..=127_999,
        longest: 128,
        taken_whole: 588,
        made_of_later: 81,
    });
}

#[test]
fn qwen_is_what_is_published() {
    check(&Facts {
        encoding: "qwen",
        tokens: 151_643,
        ids: 0..=151_642,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn deepseek_is_what_is_published() {
    check(&Facts {
        encoding: "deepseek",
        tokens: 127_997,
        ids: 3..=127_999,
        longest: 128,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn mistral_tekken_is_what_is_published() {
    check(&Facts {
        encoding: "mistral_tekken",
        tokens: 130_072,
        ids: 1_000..=131_071,
        longest: 76,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn kimi_is_what_is_published() {
    check(&Facts {
        encoding: "kimi",
        tokens: 163_584,
        ids: 0..=163_583,
        longest: 256,
        taken_whole: 0,
        made_of_later: 0,
    });
}

#[test]
fn glm_is_what_is_published() {
    check(&Facts {
        encoding: "glm",
        tokens: 151_329,
        ids: 0..=151_328,
        longest: 512,
        taken_whole: 893,
        made_of_later: 153,
    });
}

#[test]
fn gemma_is_what_is_published() {
    check(&Facts {
        encoding: "gemma",
        tokens: 255_708,
        ids: 107..=255_998,
        longest: 48,
        taken_whole: 0,
        made_of_later: 90,
    });
}
/// Where a text of Gemma's, which is all one piece, may be cut without a token going over the cut.
#[test]
fn gemma_leaves_places_to_cut() {
    let gemma = published::vocabulary("gemma").unwrap();
    for (token, id) in gemma.tokens().filter(|(token, _)| token.len() > 1) {
        let token = std::str::from_utf8(token).unwrap();
        let spaces = token.trim_start_matches(' ');
        assert!(!spaces.contains(' ') || token == "> </", "{id}: {token:?}");
        let breaks = token.matches('\n').count();
        assert!(breaks == 0 || breaks == token.len(), "{id}: {token:?}");
        let digit = token.contains(|letter: char| letter.is_ascii_digit());
        assert!(!digit, "{id}: {token:?}");
    }
}
