//! Counting with one encoding.

use std::borrow::Cow;

use super::bpe::{self, Bpe};
use super::vocabulary::Vocabulary;
use super::{Compose, Encoding, Piece};

/// What can go wrong when a counter is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CounterError {
    #[error("the vocabulary is for {found}, but {expected} was asked for")]
    WrongVocabulary {
        found: String,
        expected: &'static str,
    },
}

/// Counts tokens of one encoding.
/// Nothing but the text: no framing, no special tokens. Text typed as `<|endoftext|>` is ordinary text.
///
/// ```
/// use foretoken::tokens::{Counter, Encoding, vocabulary::Vocabulary};
/// let tokens = ["H", "i", "!", "Hi"].map(|token| token.as_bytes().to_vec());
/// let vocabulary = Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap();
/// let mut counter = Counter::new(Encoding::O200kBase, vocabulary, str::to_owned).unwrap();
/// assert_eq!(counter.count("Hi!"), 2, "Hi and !");
/// assert_eq!(counter.pieces("Hi!").iter().map(|piece| piece.id).collect::<Vec<_>>(), [3, 2]);
/// ```
pub struct Counter {
    encoding: Encoding,
    compose: Compose,
    bpe: Bpe,
}

/// How far the count of a text is: see [`Counter::count_on`].
#[derive(Default)]
pub struct Progress {
    bpe: bpe::Progress,
    /// The text as this encoding reads it, where that is not as it stands.
    normal: Option<String>,
}

impl Progress {
    /// The bytes that are counted, of the text as this encoding reads it (see [`Encoding::normal`]): more or fewer than the text has
    /// when all are.
    pub fn done(&self) -> usize {
        self.bpe.done()
    }

    pub fn tokens(&self) -> u64 {
        self.bpe.tokens()
    }
}

impl Counter {
    /// `compose` is asked where the encoding wants a text in Unicode's form C.
    pub fn new(
        encoding: Encoding,
        vocabulary: Vocabulary,
        compose: Compose,
    ) -> Result<Counter, CounterError> {
        if vocabulary.encoding() != encoding.vocabulary() {
            return Err(CounterError::WrongVocabulary {
                found: vocabulary.encoding().to_owned(),
                expected: encoding.vocabulary(),
            });
        }
        let bpe = Bpe::new(vocabulary, encoding.pattern(), encoding.start());
        Ok(Counter {
            encoding,
            compose,
            bpe,
        })
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The text as the encoding reads it, see [`Encoding::normal`].
    pub fn normal<'text>(&self, text: &'text str) -> Cow<'text, str> {
        self.encoding.normal(text, self.compose)
    }

    /// The tokens of a whole text.
    pub fn count(&mut self, text: &str) -> u64 {
        let mut progress = Progress::default();
        self.count_on(text, &mut progress, usize::MAX);
        progress.tokens()
    }

    /// Count on where `progress` stands until about `budget` bytes more are counted, or all; true when all are.
    /// It is the same text each time.
    pub fn count_on(&mut self, text: &str, progress: &mut Progress, budget: usize) -> bool {
        if progress.done() == 0
            && let Cow::Owned(normal) = self.normal(text)
        {
            progress.normal = Some(normal);
        }
        let text = progress.normal.as_deref().unwrap_or(text);
        self.bpe.count_on(text, &mut progress.bpe, budget)
    }

    /// The tokens of a text in order: how many bytes each covers of the text as this encoding reads it (see
    /// [`Encoding::normal`]), and its id.
    pub fn pieces(&mut self, text: &str) -> Vec<Piece> {
        let mut from = 0;
        let tokens = self.bpe.encode(&self.encoding.normal(text, self.compose));
        let piece = |(end, id)| Piece {
            bytes: end - std::mem::replace(&mut from, end),
            id,
        };
        tokens.into_iter().map(piece).collect()
    }
}
