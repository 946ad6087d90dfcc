//! The counters under test, and the published encoders they are held against. Each is built once, when first asked for.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

#[path = "../reference/mod.rs"]
pub mod reference;
#[path = "../../examples/vocabularies/published.rs"]
#[allow(dead_code, reason = "the example uses the rest")]
mod vocabularies;

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use foretoken::tokens::{Counter, Encoding};
use reference::Reference;
use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use tiktoken_rs::CoreBPE;
use unicode_normalization::UnicodeNormalization;

/// One for each of [`Encoding::ALL`].
type Each<T> = [OnceLock<T>; 12];

fn of<T>(each: &'static Each<T>, encoding: Encoding, make: impl FnOnce() -> T) -> &'static T {
    let at = Encoding::ALL.iter().position(|known| *known == encoding);
    each[at.unwrap()].get_or_init(make)
}

/// Our counter, fed with a vocabulary of ours made from the published ranks.
pub fn counter(encoding: Encoding) -> MutexGuard<'static, Counter> {
    static COUNTERS: Each<Mutex<Counter>> = [const { OnceLock::new() }; 12];
    let counter = of(&COUNTERS, encoding, || Mutex::new(fresh_counter(encoding)));
    // A test that fails while it counts leaves a counter that still counts.
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn compose(text: &str) -> String {
    text.nfc().collect()
}

/// The same, with nothing kept from other tests.
pub fn fresh_counter(encoding: Encoding) -> Counter {
    Counter::new(encoding, vocabulary(encoding).clone(), compose).unwrap()
}

pub fn vocabulary(encoding: Encoding) -> &'static Vocabulary {
    static VOCABULARIES: Each<Vocabulary> = [const { OnceLock::new() }; 12];
    of(&VOCABULARIES, encoding.plain(), || {
        vocabularies::vocabulary(encoding.vocabulary()).unwrap()
    })
}

/// The maker's own encoder, where the crate tiktoken-rs has it: with its own ranks and its own pattern.
pub fn openai(encoding: Encoding) -> Option<&'static CoreBPE> {
    Some(match encoding {
        Encoding::O200kBase => tiktoken_rs::o200k_base_singleton(),
        Encoding::O200kHarmony => tiktoken_rs::o200k_harmony_singleton(),
        Encoding::Cl100kBase => tiktoken_rs::cl100k_base_singleton(),
        Encoding::P50kBase => tiktoken_rs::p50k_base_singleton(),
        Encoding::R50kBase => tiktoken_rs::r50k_base_singleton(),
        _ => return None,
    })
}

/// The published pattern and plain merging over the same vocabulary.
pub fn reference(encoding: Encoding) -> &'static Reference<'static> {
    static REFERENCES: Each<Reference<'static>> = [const { OnceLock::new() }; 12];
    of(&REFERENCES, encoding.plain(), || {
        Reference::new(vocabulary(encoding))
    })
}

/// The ids the oracle gives a text, special tokens being ordinary text.
pub fn published_ids(encoding: Encoding, text: &str) -> Vec<Rank> {
    match openai(encoding) {
        Some(openai) => openai.encode_ordinary(text),
        None => reference(encoding).encode(&composed(encoding, text)),
    }
}

pub fn published_count(encoding: Encoding, text: &str) -> u64 {
    published_ids(encoding, text).len() as u64
}

/// Qwen's encoders compose a text before they split it.
pub fn composed(encoding: Encoding, text: &str) -> Cow<'_, str> {
    match encoding {
        Encoding::Qwen => text.nfc().collect::<String>().into(),
        _ => text.into(),
    }
}
