//! Counting with one encoding, by tiktoken-rs, in pieces that a keystroke leaves alone.
//!
//! Text is cut only where no token can cross: between an ASCII letter and the space after it. Every published pattern
//! starts a new piece there, whatever stands on either side, so the parts count the same alone as together. Which of
//! those places are used depends on the bytes around them, not on their distance from the start: an edit changes one
//! chunk and leaves the counts of all others in the cache.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use tiktoken_rs::{CoreBPE, Rank};

use super::Encoding;
use super::vocabulary::Vocabulary;

/// A run of white space this long overflows the pattern engine's limit of 1,000,000 steps, so it is counted in parts.
const LONGEST_BLANK_RUN: usize = 500_000;
/// Chunks are a few hundred bytes on average: one cut in this many possible places.
const CUT_ONE_IN: u32 = 32;
/// A text that repeats itself may never offer a chosen place: after this many bytes any possible one is taken.
const LONG_CHUNK: usize = 8_000;
/// Kept counts are let go, all at once, when the chunks that hold them pass this many bytes.
const KEPT_BYTES: usize = 48_000_000;

/// What can go wrong when a counter is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CounterError {
    #[error("the vocabulary is for {found}, but {expected} was asked for")]
    WrongVocabulary {
        found: String,
        expected: &'static str,
    },
    #[error("the {encoding} counter did not start: {why}")]
    DidNotStart { encoding: &'static str, why: String },
}

/// How many tokens a text makes.
/// Nothing but the text: no framing, no special tokens. [`Counter`] has an example.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextCount {
    pub tokens: u64,
    /// True where a very long run of white space had to be counted in parts: the sum may be off by a token or two.
    pub in_parts: bool,
}

impl TextCount {
    fn plus(self, other: TextCount) -> TextCount {
        TextCount {
            tokens: self.tokens + other.tokens,
            in_parts: self.in_parts || other.in_parts,
        }
    }
}

/// Counts tokens of one encoding and remembers what it counted.
///
/// ```
/// use foretoken::tokens::{Counter, Encoding, vocabulary::Vocabulary};
/// let tokens = ["H", "i", "!", "Hi"].map(|token| token.as_bytes().to_vec());
/// let vocabulary = Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap();
/// let mut counter = Counter::new(Encoding::O200kBase, &vocabulary).unwrap();
/// assert_eq!(counter.count("Hi!").tokens, 2, "Hi and !");
/// assert!(counter.remembers("Hi!"));
/// ```
pub struct Counter {
    encoding: Encoding,
    bpe: CoreBPE,
    kept: HashMap<Box<str>, TextCount>,
    kept_bytes: usize,
}

impl Counter {
    pub fn new(encoding: Encoding, vocabulary: &Vocabulary) -> Result<Counter, CounterError> {
        if vocabulary.encoding() != encoding.vocabulary() {
            return Err(CounterError::WrongVocabulary {
                found: vocabulary.encoding().to_owned(),
                expected: encoding.vocabulary(),
            });
        }
        // No special tokens: text typed as <|endoftext|> is ordinary text.
        CoreBPE::new(ranks(vocabulary), FxHashMap::default(), encoding.pattern())
            .map(|bpe| Counter::from_bpe(encoding, bpe))
            .map_err(|error| CounterError::DidNotStart {
                encoding: encoding.name(),
                why: error.to_string(),
            })
    }

    fn from_bpe(encoding: Encoding, bpe: CoreBPE) -> Counter {
        Counter {
            encoding,
            bpe,
            kept: HashMap::new(),
            kept_bytes: 0,
        }
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Count a whole text at once.
    pub fn count(&mut self, text: &str) -> TextCount {
        chunks(text)
            .map(|chunk| self.count_chunk(chunk))
            .fold(TextCount::default(), TextCount::plus)
    }

    /// Count one chunk from [`chunks`], from memory where it was counted before.
    pub fn count_chunk(&mut self, chunk: &str) -> TextCount {
        if let Some(count) = self.kept.get(chunk) {
            return *count;
        }
        let count = self.count_afresh(chunk);
        self.keep(chunk, count);
        count
    }

    /// Whether [`Counter::count_chunk`] would answer from memory.
    pub fn remembers(&self, chunk: &str) -> bool {
        self.kept.contains_key(chunk)
    }

    /// The tokens of a text in order: how many bytes each covers, and its id.
    pub fn pieces(&self, text: &str) -> Vec<super::Piece> {
        parts(text)
            .flat_map(|part| self.bpe.encode_ordinary(part))
            .map(|id| super::Piece {
                bytes: self.bpe.decode_bytes(&[id]).map_or(0, |b| b.len()),
                id,
            })
            .collect()
    }

    fn count_afresh(&self, text: &str) -> TextCount {
        let mut count = TextCount::default();
        for (index, part) in parts(text).enumerate() {
            count.tokens += self.bpe.encode_ordinary(part).len() as u64;
            count.in_parts = index > 0;
        }
        count
    }

    fn keep(&mut self, chunk: &str, count: TextCount) {
        if self.kept_bytes > KEPT_BYTES {
            self.kept.clear();
            self.kept_bytes = 0;
        }
        self.kept_bytes += chunk.len();
        self.kept.insert(chunk.into(), count);
    }
}

fn ranks(vocabulary: &Vocabulary) -> FxHashMap<Vec<u8>, Rank> {
    vocabulary
        .tokens()
        .map(|(bytes, rank)| (bytes.to_vec(), rank))
        .collect()
}

/// Cut a text where no token can cross, at places that only the text nearby decides.
///
/// ```
/// use foretoken::tokens::chunks;
/// let text = "the quick brown fox jumps over the lazy dog ".repeat(400);
/// assert_eq!(chunks(&text).collect::<String>(), text, "nothing is lost");
/// assert!(chunks(&text).count() > 1);
/// ```
pub fn chunks(text: &str) -> impl Iterator<Item = &str> {
    cut(text, first_cut)
}

/// A text piece by piece; `end` says where the first piece of what is left ends.
pub(super) fn cut(text: &str, end: fn(&str) -> usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(end(rest));
        rest = after;
        Some(piece)
    })
}

fn first_cut(text: &str) -> usize {
    let bytes = text.as_bytes();
    (4..bytes.len())
        .find(|&at| can_cut(bytes, at) && (at >= LONG_CHUNK || chosen(&bytes[at - 4..at])))
        .unwrap_or(bytes.len())
}

/// Before a space that follows an ASCII letter every pattern begins a new piece.
pub(super) fn can_cut(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b' ' && bytes[at - 1].is_ascii_alphabetic()
}

fn chosen(before: &[u8]) -> bool {
    let hash = before.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 8).is_multiple_of(CUT_ONE_IN)
}

/// The text whole, or, where a blank run is too long for the pattern engine, cut inside that run.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    cut(text, blank_limit)
}

fn blank_limit(text: &str) -> usize {
    if text.len() <= LONGEST_BLANK_RUN {
        return text.len();
    }
    let mut run = 0;
    for (at, character) in text.char_indices() {
        run = if character.is_whitespace() {
            run + 1
        } else {
            0
        };
        if run > LONGEST_BLANK_RUN {
            return at;
        }
    }
    text.len()
}
