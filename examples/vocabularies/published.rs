//! The tokens of each encoding, as the crates hold them that carry them. The tests read this file too.

use foretoken::tokens::vocabulary::{Rank, Vocabulary, VocabularyError};
use std::collections::{HashMap, HashSet};
use tiktoken_rs::CoreBPE;

/// All encodings, each after its base.
pub const ENCODINGS: [&str; 11] = [
    "o200k_base",
    "cl100k_base",
    "p50k_base",
    "r50k_base",
    "llama3",
    "qwen",
    "deepseek",
    "mistral_tekken",
    "kimi",
    "glm",
    "gemma",
];

/// The encoding whose first tokens are this one's, in the same order.
pub fn base(encoding: &str) -> Option<&'static str> {
    match encoding {
        "llama3" | "qwen" | "glm" => Some("cl100k_base"),
        _ => None,
    }
}

/// # Panics
/// Where there is no such encoding, or a crate does not hold what it did when this was written.
pub fn vocabulary(encoding: &str) -> Result<Vocabulary, VocabularyError> {
    let tokens = match encoding {
        // o200k_harmony has the tokens of o200k_base; gpt2 those of r50k_base.
        "o200k_base" => openai(tiktoken_rs::o200k_base()),
        "cl100k_base" => openai(tiktoken_rs::cl100k_base()),
        "p50k_base" => openai(tiktoken_rs::p50k_base()),
        "r50k_base" => openai(tiktoken_rs::r50k_base()),
        "llama3" => packed(splintr_vocab_llama3::LLAMA3_VOCAB_PACKED),
        "qwen" => packed(splintr_vocab_qwen::QWEN3_VOCAB_PACKED),
        "deepseek" => spelled(splintr_vocab_deepseek::DEEPSEEK_V3_VOCAB_PACKED, 3),
        "mistral_tekken" => spelled(splintr_vocab_mistral::MISTRAL_V3_VOCAB_PACKED, 1000),
        "kimi" => packed(splintr_vocab_kimi::KIMI_VOCAB_PACKED),
        "glm" => packed(splintr_vocab_glm::GLM4_VOCAB_PACKED),
        "gemma" => return Vocabulary::in_order(encoding, gemma()),
        other => panic!("no encoding is called {other}"),
    };
    Vocabulary::new(encoding, tokens)
}

type Token = (Rank, Vec<u8>);

/// The crate keeps its table to itself, but decodes any rank. Special tokens decode too and are left out: they are not
/// in the text of a vocabulary.
fn openai<E: std::fmt::Debug>(published: Result<CoreBPE, E>) -> Vec<Token> {
    let published = published.expect("the crate holds this encoding");
    let special = published.special_tokens();
    let special: Vec<&[u8]> = special.into_iter().map(str::as_bytes).collect();
    (0..300_000)
        .filter_map(|rank| Some((rank, published.decode_bytes(&[rank]).ok()?)))
        .filter(|(_, token)| !special.contains(&token.as_slice()))
        .collect()
}

/// Reads `varint(rank) varint(length) bytes`, as splintr-vocab-pack writes it.
pub fn packed(file: &[u8]) -> Vec<Token> {
    let mut rest = file.strip_prefix(b"SPLNTRV1").expect("a packed vocabulary");
    let count = number(&mut rest);
    let tokens = (0..count).map(|_| {
        let (rank, length) = (varint(&mut rest), varint(&mut rest));
        let token = rest.split_off(..length as usize).expect("all its bytes");
        (rank, token.to_vec())
    });
    tokens.collect()
}

/// The same where each byte is spelled as a character, and ids below `special` are special tokens.
fn spelled(file: &[u8], special: Rank) -> Vec<Token> {
    let bytes: HashMap<char, u8> = (0..=255).map(|byte| (spelling(byte), byte)).collect();
    let ordinary = packed(file).into_iter().filter(|(id, _)| *id >= special);
    ordinary
        .map(|(id, token)| {
            let token = String::from_utf8(token).expect("characters");
            (id, token.chars().map(|spelled| bytes[&spelled]).collect())
        })
        .collect()
}

/// GPT-2's spelling: a byte that is a visible character of Latin-1 is spelled as that one, the others count up from U+0100.
fn spelling(byte: u8) -> char {
    let visible = |byte: u8| matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..);
    if visible(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|byte| !visible(*byte)).count() as u32;
    char::from_u32(0x100 + before).expect("a character")
}

/// What merging starts from, by id, then what it makes, in the order of merging. What it never makes is left out, see the head of
/// `src/tokens/vocabulary/mod.rs`.
fn gemma() -> Vec<Token> {
    let all: Vec<Token> = packed(splintr_vocab_gemma4::GEMMA4_VOCAB_PACKED);
    let characters: Vec<Token> = all.iter().filter_map(character).collect();
    let single: HashSet<&Vec<u8>> = characters.iter().map(|(_, token)| token).collect();
    let fallbacks = all.iter().filter_map(fallback);
    let mut tokens: Vec<Token> = fallbacks
        .filter(|(_, token)| !single.contains(token))
        .collect();
    tokens.extend(characters.iter().cloned());
    tokens.sort_unstable();
    let merged = merges(splintr_vocab_gemma4::GEMMA4_MERGES_PACKED);
    tokens.extend(
        merged
            .into_iter()
            .map(|id| (id, spaced(&all[id as usize].1)))
            .filter(|(_, token)| !NEVER_MERGED.contains(&token.as_slice())),
    );
    tokens
}

/// A list of merges names them, but earlier merges take their parts.
const NEVER_MERGED: [&[u8]; 4] = [b" yyyy", b" YYYY", b" ::::::::", b" diffformul"];

fn spaced(token: &[u8]) -> Vec<u8> {
    let token = std::str::from_utf8(token).expect("Gemma's tokens are text");
    token.replace('\u{2581}', " ").into_bytes()
}

fn character((id, token): &Token) -> Option<Token> {
    let one = std::str::from_utf8(token).ok()?.chars().count() == 1;
    one.then(|| (*id, spaced(token)))
}

/// `<0x0A>`, which a line feed would be if it were no token.
fn fallback((id, token): &Token) -> Option<Token> {
    let digits = token.strip_prefix(b"<0x")?.strip_suffix(b">")?;
    let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((*id, vec![byte]))
}

/// The ids that merging makes, in its order: `varint(id) varint(length of the left half)`.
pub fn merges(file: &[u8]) -> Vec<Rank> {
    let mut rest = file.strip_prefix(b"SPLNTRM1").expect("packed merges");
    let count = number(&mut rest);
    let merge = |_| {
        let id = varint(&mut rest);
        varint(&mut rest);
        id
    };
    (0..count).map(merge).collect()
}

fn number(rest: &mut &[u8]) -> u32 {
    let number = rest.split_off(..4).expect("four bytes");
    u32::from_le_bytes(number.try_into().expect("four bytes"))
}

fn varint(rest: &mut &[u8]) -> u32 {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = *rest.split_off_first().expect("a whole number");
        number |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}
