//! The counters under test, and the published encodings they are held against. Each is built once, when first asked for.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use foretoken::tokens::{Counter, Encoding};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use tiktoken_rs::CoreBPE;

type Slot = LazyLock<Mutex<Counter>>;

/// Our counter, fed with a vocabulary of ours made from the published ranks.
pub fn counter(encoding: Encoding) -> MutexGuard<'static, Counter> {
    static O200K: Slot = LazyLock::new(|| Mutex::new(fresh_counter(Encoding::O200kBase)));
    static HARMONY: Slot = LazyLock::new(|| Mutex::new(fresh_counter(Encoding::O200kHarmony)));
    static CL100K: Slot = LazyLock::new(|| Mutex::new(fresh_counter(Encoding::Cl100kBase)));
    static P50K: Slot = LazyLock::new(|| Mutex::new(fresh_counter(Encoding::P50kBase)));
    static R50K: Slot = LazyLock::new(|| Mutex::new(fresh_counter(Encoding::R50kBase)));
    let slot = match encoding {
        Encoding::O200kBase => &O200K,
        Encoding::O200kHarmony => &HARMONY,
        Encoding::Cl100kBase => &CL100K,
        Encoding::P50kBase => &P50K,
        Encoding::R50kBase => &R50K,
    };
    // A test that fails while it counts leaves a counter that still counts.
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The same, with nothing kept from other tests.
pub fn fresh_counter(encoding: Encoding) -> Counter {
    Counter::new(encoding, &vocabulary(encoding)).unwrap()
}

/// The oracle: tiktoken-rs with its own ranks and its own pattern.
pub fn published(encoding: Encoding) -> &'static CoreBPE {
    match encoding {
        Encoding::O200kBase => tiktoken_rs::o200k_base_singleton(),
        Encoding::O200kHarmony => tiktoken_rs::o200k_harmony_singleton(),
        Encoding::Cl100kBase => tiktoken_rs::cl100k_base_singleton(),
        Encoding::P50kBase => tiktoken_rs::p50k_base_singleton(),
        Encoding::R50kBase => tiktoken_rs::r50k_base_singleton(),
    }
}

/// How many tokens the oracle makes of a text, special tokens being ordinary text.
pub fn published_count(encoding: Encoding, text: &str) -> u64 {
    published(encoding).encode_ordinary(text).len() as u64
}

fn vocabulary(encoding: Encoding) -> Vocabulary {
    let source = published(encoding);
    let special: Vec<&str> = source.special_tokens().into_iter().collect();
    let tokens = (0..200_100).filter_map(|rank: Rank| {
        let token = source.decode_bytes(&[rank]).ok()?;
        let ordinary = !special.iter().any(|name| name.as_bytes() == token);
        ordinary.then_some((rank, token))
    });
    Vocabulary::new(encoding.vocabulary(), tokens).unwrap()
}
