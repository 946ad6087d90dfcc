//! Every id is the one that is published, in all encodings, for texts of all kinds.
//!
//! What is published is asked of tiktoken-rs for OpenAI's encodings, and for the others of the published pattern with plain merging
//! (`tests/reference`), which `tests/vocabulary_ids.rs` holds against the makers' own encoders.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/ids/runs.rs"]
mod runs;
#[path = "tokens/ids/second.rs"]
mod second;
#[path = "split/texts.rs"]
#[allow(dead_code, reason = "tests/split.rs uses the rest")]
mod split_texts;

use foretoken::tokens::Encoding;
use foretoken::tokens::vocabulary::Rank;
use published::{counter, published_ids};
use serde::Deserialize;
use split_texts::Random;
use std::collections::HashMap;

/// How many random texts; `make test-all` asks for 100,000.
fn cases() -> usize {
    let asked = std::env::var("FORETOKEN_ID_CASES");
    asked.map_or(5_000, |cases| cases.parse().expect("a number"))
}

fn ids(encoding: Encoding, text: &str) -> Vec<Rank> {
    let pieces = counter(encoding).pieces(text);
    pieces.iter().map(|piece| piece.id).collect()
}

/// Holds a text's ids against those published, and its count against the ids.
fn check(encoding: Encoding, text: &str) {
    let (found, expected) = (ids(encoding, text), published_ids(encoding, text));
    if found != expected {
        let at = found
            .iter()
            .zip(&expected)
            .take_while(|(one, other)| one == other);
        let (at, start) = (at.count(), text.chars().take(200).collect::<String>());
        panic!(
            "{encoding:?}: the ids differ from number {at} on, of {}: {start:?}",
            text.len()
        );
    }
    let count = counter(encoding).count(text);
    assert_eq!(count, found.len() as u64, "{encoding:?}: {text:?}");
}

#[test]
fn random_texts() {
    for encoding in Encoding::ALL {
        let mut random = Random::new(encoding as u64 + 100);
        for _ in 0..cases() {
            check(encoding, &split_texts::random(&mut random));
        }
    }
}

/// One language is not like another: 37 of them, see tests/tokens/texts/README.md.
#[test]
fn the_declaration_of_human_rights() {
    #[derive(Deserialize)]
    struct Declaration {
        language: String,
        text: String,
    }
    let file = include_str!("tokens/texts/udhr.jsonl");
    let texts = file.lines().map(|line| serde_json::from_str(line).unwrap());
    let texts: Vec<Declaration> = texts.collect();
    assert_eq!(texts.len(), 37);
    for Declaration { language, text } in texts {
        assert!(text.len() > 1_000, "{language}");
        for encoding in Encoding::ALL {
            check(encoding, &text);
        }
    }
}

#[test]
fn naughty_strings() {
    let strings: Vec<String> =
        serde_json::from_str(include_str!("tokens/texts/blns.json")).unwrap();
    assert!(strings.len() > 480, "{}", strings.len());
    for encoding in Encoding::ALL {
        for text in &strings {
            check(encoding, text);
        }
    }
}

/// The ids that the makers' own encoders gave, see `tests/vocabulary_ids.rs`.
#[test]
fn the_makers_own_ids() {
    #[derive(Deserialize)]
    struct Row {
        text: String,
        ids: HashMap<String, (usize, String)>,
    }
    let fnv = |ids: &[Rank]| {
        let bytes = ids.iter().flat_map(|id| id.to_le_bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    };
    for row in include_str!("vocabulary/ids.jsonl").lines() {
        let row: Row = serde_json::from_str(row).unwrap();
        for encoding in Encoding::ALL {
            let ids = ids(encoding, &row.text);
            let expected = &row.ids[encoding.vocabulary()];
            let found = (ids.len(), fnv(&ids));
            assert_eq!(found, *expected, "{encoding:?}: {:?}", row.text);
        }
    }
}

/// The ids that other encoders are tested with; they were made with OpenAI's own.
#[test]
fn published_vectors() {
    let file = include_str!("tokens/texts/TestPlans.txt");
    let mut plans = 0;
    for plan in file.split("EncodingName: ").skip(1) {
        let (name, rest) = plan.split_once("\nSample: ").unwrap();
        let (text, ids_of) = rest.split_once("\nEncoded: ").unwrap();
        let expected: Vec<Rank> = serde_json::from_str(ids_of.trim()).unwrap();
        // It has p50k_base's tokens and three special ones more.
        let name = name.trim().replace("p50k_edit", "p50k_base");
        let encoding = Encoding::from_name(&name).unwrap();
        assert_eq!(ids(encoding, text), expected, "{name}: {text:?}");
        plans += 1;
    }
    assert_eq!(plans, 313);
}

#[test]
fn our_own_sources() {
    let sources = [
        include_str!("../src/tokens/bpe/merge.rs"),
        include_str!("../src/wire/mod.rs"),
        include_str!("../index.html"),
        include_str!("../Makefile"),
        include_str!("../Cargo.toml"),
        include_str!("../tools/finish.mjs"),
        include_str!("../tools/catalog_read.py"),
    ];
    for encoding in Encoding::ALL {
        for text in sources {
            check(encoding, text);
        }
    }
}

/// Pieces without end, which are joined window by window.
#[test]
fn endless_pieces() {
    let bytes = cases() * 2;
    for encoding in Encoding::ALL {
        for text in runs::all(bytes) {
            check(encoding, &text);
        }
    }
}

/// More of them than an oracle can do in a test. Here all encodings agree with themselves: in steps, and cut in pieces.
#[test]
fn endless_pieces_counted_in_steps() {
    for encoding in Encoding::ALL {
        for text in runs::all(60_000) {
            let mut progress = Default::default();
            while !counter(encoding).count_on(&text, &mut progress, 7_001) {}
            let pieces = ids(encoding, &text).len() as u64;
            assert_eq!(progress.tokens(), pieces, "{encoding:?}: {:?}", &text[..20]);
        }
    }
}
