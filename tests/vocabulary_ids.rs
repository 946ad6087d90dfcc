//! The reference encoder over our vocabularies gives the ids that the makers' own encoders give.
//!
//! tests/vocabulary/ids.jsonl holds, for each text and encoding, how many ids there are and their FNV-1a hash: from tiktoken
//! 0.14.0 for OpenAI's, Tekken (with the file in mistral-common 1.13.1), Kimi and GLM (with their patterns), and from Hugging
//! Face tokenizers 0.23.3 with the published tokenizer.json for Llama 3, Qwen 3, DeepSeek V3 and Gemma 3, whose ordinary tokens
//! and merges are those of Gemma 4; special tokens were text to all.
//! tests/vocabulary/original.py writes it. Set FORETOKEN_IDS to try another such file.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../examples/vocabularies/published.rs"]
#[allow(dead_code, reason = "the example uses the rest")]
mod published;
mod reference;

use foretoken::tokens::vocabulary::Rank;
use reference::Reference;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Row {
    text: String,
    /// The same in NFC, where that is something else.
    nfc: Option<String>,
    ids: HashMap<String, (usize, String)>,
}

fn rows() -> Vec<Row> {
    let file = std::env::var("FORETOKEN_IDS");
    let rows = file.map_or_else(
        |_| include_str!("vocabulary/ids.jsonl").to_owned(),
        |path| std::fs::read_to_string(path).unwrap(),
    );
    let rows = rows.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().unwrap()
}

fn hash(ids: &[Rank]) -> String {
    let bytes = ids.iter().flat_map(|id| id.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn check(encoding: &str) {
    let vocabulary = published::vocabulary(encoding).unwrap();
    let reference = Reference::new(&vocabulary);
    let mut wrong = Vec::new();
    for row in rows() {
        let normal = match encoding {
            "qwen" => row.nfc.as_deref(),
            _ => None,
        };
        let ids = reference.encode(normal.unwrap_or(&row.text));
        if row.ids[encoding] != (ids.len(), hash(&ids)) {
            let start: String = row.text.chars().take(60).collect();
            wrong.push(format!(
                "{} for {}: {start:?}",
                ids.len(),
                row.ids[encoding].0
            ));
        }
    }
    assert!(wrong.is_empty(), "{encoding}: {} {wrong:#?}", wrong.len());
}

#[test]
fn openai() {
    for encoding in ["o200k_base", "cl100k_base", "p50k_base", "r50k_base"] {
        check(encoding);
    }
}

#[test]
fn llama3() {
    check("llama3");
}

#[test]
fn qwen() {
    check("qwen");
}

#[test]
fn deepseek() {
    check("deepseek");
}

#[test]
fn mistral_tekken() {
    check("mistral_tekken");
}

#[test]
fn kimi() {
    check("kimi");
}

#[test]
fn glm() {
    check("glm");
}

#[test]
fn gemma() {
    check("gemma");
}

/// What others print for Gemma 4 itself: splintr's tests, of Hugging Face tokenizers with gemma-4-12B-it; and
/// ggml-org/llama.cpp#23252, of llama.cpp with gemma-4-31B-it.
#[test]
fn gemma_4_prints_the_same() {
    let vocabulary = published::vocabulary("gemma").unwrap();
    let reference = Reference::new(&vocabulary);
    let printed: [(&str, &[Rank]); 4] = [
        ("            field", &[148, 3593]),
        ("Hello world", &[9259, 1902]),
        ("<blockquote>", &[236820, 37548, 236813]),
        (
            "Hello world! Café déjà vu — 123 😊",
            &[
                9259, 1902, 236888, 62367, 29234, 11042, 2192, 236743, 236770, 236778, 236800,
                103453,
            ],
        ),
    ];
    for (text, ids) in printed {
        assert_eq!(reference.encode(text), ids, "{text}");
    }
}

/// Its tokenizer.json says `ignore_merges`: merging alone never makes this one (unslothai/llama.cpp#125).
#[test]
fn glm_looks_a_piece_up_before_it_merges() {
    let vocabulary = published::vocabulary("glm").unwrap();
    let reference = Reference::new(&vocabulary);
    assert_eq!(reference.encode(" 王"), [102322]);
    assert_eq!(reference.merge(" 王".as_bytes(), 1).len(), 3);
}
