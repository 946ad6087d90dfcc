//! Any bytes as a text, in any encoding, edited while it is counted. `make fuzz` runs it for ten minutes.
//!
//! The vocabularies are those that make writes to static/vocab; the oracle is tests/reference.
#![no_main]

#[path = "../../tests/reference/mod.rs"]
mod reference;

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use foretoken::tokens::{Counter, Encoding, Progress, Text};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use reference::Reference;
use std::path::Path;
use std::sync::{Mutex, OnceLock};
use unicode_normalization::UnicodeNormalization;

/// The oracle is asked about texts up to so many bytes.
const SHORT: usize = 3_000;
const LONGEST: usize = 20_000;

#[derive(Arbitrary, Debug)]
struct Input<'bytes> {
    encoding: u8,
    /// The text is repeated, so that it has pieces and sections of thousands of bytes.
    times: u8,
    budget: u16,
    edits: Vec<Edit<'bytes>>,
    text: &'bytes [u8],
}

#[derive(Arbitrary, Debug)]
struct Edit<'bytes> {
    at: u16,
    removed: u16,
    with: &'bytes [u8],
    counted: Option<u8>,
}

struct Tried {
    counter: Mutex<Counter>,
    reference: Reference<'static>,
}

fn tried(encoding: Encoding) -> &'static Tried {
    static TRIED: [OnceLock<Tried>; 12] = [const { OnceLock::new() }; 12];
    let at = Encoding::ALL.iter().position(|known| *known == encoding);
    TRIED[at.unwrap()].get_or_init(|| {
        let vocabulary = vocabulary(encoding.vocabulary());
        Tried {
            counter: Mutex::new(Counter::new(encoding, vocabulary.clone(), compose).unwrap()),
            reference: Reference::new(Box::leak(Box::new(vocabulary))),
        }
    })
}

fn vocabulary(name: &str) -> Vocabulary {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/vocab");
    let file = std::fs::read(directory.join(name).with_extension("vocab"));
    let file = file.expect("make has written the vocabularies");
    let base = Vocabulary::base(&file).unwrap();
    let base = base.map(|base| vocabulary(&base));
    Vocabulary::read_on(&file, base.as_ref()).unwrap()
}

fn compose(text: &str) -> String {
    text.nfc().collect()
}

fn composed(encoding: Encoding, text: &str) -> String {
    match encoding {
        Encoding::Qwen => compose(text),
        _ => text.to_owned(),
    }
}

/// Pieces cover the text, their ids are the oracle's, and there are as many as are counted, in whatever steps.
fn check_whole(encoding: Encoding, text: &str, budget: usize) {
    let tried = tried(encoding);
    let mut counter = tried.counter.lock().unwrap();
    let pieces = counter.pieces(text);
    let covered: usize = pieces.iter().map(|piece| piece.bytes).sum();
    assert_eq!(covered, counter.normal(text).len());
    if text.len() <= SHORT {
        let ids: Vec<Rank> = pieces.iter().map(|piece| piece.id).collect();
        assert_eq!(ids, tried.reference.encode(&composed(encoding, text)));
    }
    assert_eq!(counter.count(text), pieces.len() as u64);
    let mut progress = Progress::default();
    while !counter.count_on(text, &mut progress, budget) {}
    assert_eq!(progress.tokens(), pieces.len() as u64);
    assert_eq!(progress.done(), covered);
}

/// A text after edits counts as if it had always been as it is.
fn check_edits(encoding: Encoding, text: &str, edits: &[Edit<'_>]) {
    let mut counter = tried(encoding).counter.lock().unwrap();
    let mut edited = Text::new(text);
    for edit in edits {
        if let Some(budget) = edit.counted {
            edited.count(&mut counter, usize::from(budget) * 16 + 1);
        }
        let text = edited.as_str();
        let from = text.floor_char_boundary(usize::from(edit.at) % (text.len() + 1));
        let to = text.ceil_char_boundary((from + usize::from(edit.removed)).min(text.len()));
        edited.splice(from, to, &String::from_utf8_lossy(edit.with));
    }
    while !edited.count(&mut counter, 1_000) {}
    let afresh = counter.count(edited.as_str());
    assert_eq!(edited.tokens(encoding), Some(afresh));
    assert_eq!(edited.progress(encoding), (edited.as_str().len(), afresh));
}

fuzz_target!(|input: Input<'_>| {
    let encoding = Encoding::ALL[usize::from(input.encoding) % 12];
    let once = String::from_utf8_lossy(input.text);
    let times = usize::from(input.times).min(LONGEST / (once.len() + 1)).max(1);
    let text = once.repeat(times);
    check_whole(encoding, &text, usize::from(input.budget) + 1);
    check_edits(encoding, &text, &input.edits);
});
