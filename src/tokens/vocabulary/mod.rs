//! A vocabulary: the bytes and the published id of every token that text can become in one encoding.
//!
//! Owns: the vocabulary, its file (see `file.rs`), and what is known of each. Does not own: which model uses which encoding, nor
//! how text is split into pieces.
//!
//! Tokens stand in the order in which they merge: of all neighbours in a piece of text that join to a token, those are joined
//! first whose token stands first, the leftmost of several. Which two neighbours make it does not matter. Special tokens are
//! not in it. `tests/reference/mod.rs` is this in code, with the pattern that splits text into pieces in each encoding.
//!
//! | encoding | tokens | ids | order of merging | taken whole | made of later | longest |
//! |---|---|---|---|---|---|---|
//! | `o200k_base` | 199,998 | 0 to 199,997 | by id | | | 128 |
//! | `cl100k_base` | 100,256 | 0 to 100,255 | by id | | | 128 |
//! | `p50k_base` | 50,280 | 0 to 50,280 but 50,256 | by id | | | 128 |
//! | `r50k_base` | 50,256 | 0 to 50,255 | by id | | | 128 |
//! | `llama3` | 128,000 | 0 to 127,999 | by id | 588 | 81 | 128 |
//! | `qwen` | 151,643 | 0 to 151,642 | by id | | | 128 |
//! | `deepseek` | 127,997 | 3 to 127,999 | by id | | | 128 |
//! | `mistral_tekken` | 130,072 | 1,000 to 131,071 | by id | | | 76 |
//! | `kimi` | 163,584 | 0 to 163,583 | by id | | | 256 |
//! | `glm` | 151,329 | 0 to 151,328 | by id | 893 | 153 | 512 |
//! | `gemma` | 255,708 | from 107 to 255,998 | its own | | 90 | 48 |
//!
//! *Taken whole*: so many tokens merging never makes from their own bytes. Only a piece that is one becomes one, because the
//! published encoders of `llama3` and `glm` look a piece up before they merge it. Elsewhere every token comes out of its own
//! bytes, and to look a piece up or not is the same: it may be done everywhere.
//!
//! *Made of later*: so many tokens are made of two of which one merges later than they do. Who assumes that a token's parts stand
//! before it goes wrong there.
//!
//! *Any two neighbours*: `llama3`, `qwen`, `deepseek` and `gemma` are also published as lists of the pairs that merge. In the
//! tokenizer.json of each (of Gemma 3 for `gemma`, with the same merges) every token that comes out of its own bytes comes out by
//! a pair in the list, and in the order of that list. A pair that meets in any text met so in the token's own bytes, so the order
//! of tokens says the same as the list. `tests/vocabulary/original.py lists` looks at all of them.
//!
//! *Before the split*: `qwen` puts text into NFC. The others take text as it is.
//!
//! *`gemma`* merges characters, not bytes, and does not split text: a text is one piece. A character that is no token becomes its
//! bytes, which merge with nothing; all 256 are tokens. Spaces are published as U+2581 and stand here as the spaces they are; a
//! U+2581 in a text is to be read as a space. Left out are 6,326 published tokens that no text becomes (markers, and four that
//! merging never reaches: ` yyyy`, ` YYYY`, ` ::::::::`, ` diffformul`) and 110 fallbacks of bytes that are characters of ASCII
//! with tokens of their own. No token but `> </` has a space after anything but spaces, none has a line break beside anything
//! but line breaks, none an ASCII digit beside anything: text may be cut there before it is merged.
//!
//! In all encodings every single byte is a token, and no token goes over an ASCII letter and the space after it.

mod file;
mod read;
mod write;

use rustc_hash::FxHashSet;

/// A token's number in its encoding, as the model's maker publishes it.
pub type Rank = u32;

/// The longest token of the published vocabularies has 512 bytes. A file that asks for more is not one of ours.
const LONGEST_TOKEN: usize = 1024;

/// Why a file is not a vocabulary, or a vocabulary not one that can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    #[error("this is not a vocabulary: it should begin with \"foretokV\" and begins with {0:?}")]
    Foreign(String),
    #[error(
        "this vocabulary has format {seen}, and this version reads format {}",
        file::VERSION
    )]
    OtherFormat { seen: u8 },
    #[error("the vocabulary breaks off after {found} bytes: expected {expected} or more")]
    Truncated { found: usize, expected: usize },
    #[error("the vocabulary is damaged: its bytes do not match the checksum in it")]
    Damaged,
    #[error("the vocabulary {encoding} is written on top of {base}, which is not there")]
    NoBase { encoding: String, base: String },
    #[error(
        "the vocabulary {encoding} is written on top of {base}, and not on the {found} that is there"
    )]
    OtherBase {
        encoding: String,
        base: String,
        found: String,
    },
    #[error("the token at position {position} of the vocabulary is impossible: {reason}")]
    Impossible {
        position: usize,
        reason: &'static str,
    },
    #[error("two tokens have the rank {0}")]
    RankTwice(Rank),
    #[error("the token with the rank {0} has the bytes of another")]
    TokenTwice(Rank),
}

/// Every token of one encoding, in the order in which they merge.
///
/// ```
/// use foretoken::tokens::vocabulary::Vocabulary;
/// let tokens = [(0, b"a".to_vec()), (1, b"b".to_vec()), (2, b"ab".to_vec())];
/// let file = Vocabulary::new("tiny", tokens).unwrap().write();
/// let vocabulary = Vocabulary::read(&file).unwrap();
/// assert_eq!(vocabulary.encoding(), "tiny");
/// assert_eq!(vocabulary.tokens().nth(2), Some((b"ab".as_slice(), 2)));
/// assert_eq!((vocabulary.bytes(), vocabulary.ends()), (b"abab".as_slice(), [1, 2, 4].as_slice()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    encoding: String,
    /// All tokens, one after another.
    bytes: Vec<u8>,
    /// Where each token starts in `bytes`, and where the last one ends.
    starts: Vec<u32>,
    /// Stretches of tokens whose ids follow each other, as long as they can be.
    ids: Vec<Ids>,
}

/// From this position on, ids count up from `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ids {
    position: u32,
    first: Rank,
}

impl Vocabulary {
    /// A vocabulary whose tokens merge in the order of their ids. Takes them in any order.
    pub fn new(
        encoding: &str,
        tokens: impl IntoIterator<Item = (Rank, Vec<u8>)>,
    ) -> Result<Self, VocabularyError> {
        let mut sorted: Vec<(Rank, Vec<u8>)> = tokens.into_iter().collect();
        sorted.sort_unstable();
        Vocabulary::in_order(encoding, sorted)
    }

    /// A vocabulary whose tokens merge in the order in which they are given.
    ///
    /// # Panics
    /// Where the encoding's name is longer than 255 bytes or the tokens are longer than 4 GB: no published one comes near.
    pub fn in_order(
        encoding: &str,
        tokens: impl IntoIterator<Item = (Rank, Vec<u8>)>,
    ) -> Result<Self, VocabularyError> {
        let mut vocabulary = Vocabulary::empty(encoding);
        let (mut ids, mut seen) = (FxHashSet::default(), FxHashSet::default());
        for (rank, token) in tokens {
            if !ids.insert(rank) {
                return Err(VocabularyError::RankTwice(rank));
            }
            check_length(vocabulary.len(), token.len())?;
            vocabulary.number(rank);
            vocabulary.bytes.extend_from_slice(&token);
            vocabulary.starts.push(vocabulary.bytes.len() as u32);
            if !seen.insert(token) {
                return Err(VocabularyError::TokenTwice(rank));
            }
        }
        assert!(encoding.len() <= 255 && vocabulary.bytes.len() <= u32::MAX as usize);
        Ok(vocabulary)
    }

    fn empty(encoding: &str) -> Self {
        Vocabulary {
            encoding: encoding.to_owned(),
            bytes: Vec::new(),
            starts: vec![0],
            ids: Vec::new(),
        }
    }

    /// Notes the id of the token that comes next.
    fn number(&mut self, rank: Rank) {
        let position = self.len() as u32;
        let follows = self
            .ids
            .last()
            .is_some_and(|last| rank.checked_sub(last.first) == Some(position - last.position));
        if !follows {
            let first = rank;
            self.ids.push(Ids { position, first });
        }
    }

    /// The encoding's name: `o200k_base`.
    pub fn encoding(&self) -> &str {
        &self.encoding
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All tokens' bytes, one token after another in the order of merging.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where in [`Vocabulary::bytes`] each token ends; the next one starts there.
    pub fn ends(&self) -> &[u32] {
        &self.starts[1..]
    }

    /// The bytes of the token at this position in the order of merging.
    ///
    /// # Panics
    /// Where there are not as many tokens.
    pub fn token(&self, position: usize) -> &[u8] {
        &self.bytes[self.starts[position] as usize..self.starts[position + 1] as usize]
    }

    /// The published id of the token at this position in the order of merging.
    ///
    /// # Panics
    /// Where there are not as many tokens.
    pub fn id(&self, position: usize) -> Rank {
        assert!(position < self.len(), "there are {} tokens", self.len());
        let after = self
            .ids
            .partition_point(|ids| ids.position as usize <= position);
        let ids = self.ids[after - 1];
        ids.first + (position as u32 - ids.position)
    }

    /// Every token's bytes and id, in the order of merging.
    pub fn tokens(&self) -> impl Iterator<Item = (&[u8], Rank)> {
        let ends = self.ids.iter().skip(1).map(|ids| ids.position);
        let ends = ends.chain([self.len() as u32]);
        let ids = self.ids.iter().zip(ends);
        ids.flat_map(move |(ids, end)| {
            (ids.position..end).map(move |position| {
                let id = ids.first + (position - ids.position);
                (self.token(position as usize), id)
            })
        })
    }
}

fn check_length(position: usize, length: usize) -> Result<(), VocabularyError> {
    let reason = match length {
        0 => "it has no bytes",
        1..=LONGEST_TOKEN => return Ok(()),
        _ => "it has more than 1024 bytes",
    };
    Err(VocabularyError::Impossible { position, reason })
}
