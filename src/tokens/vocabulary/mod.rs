//! A vocabulary: the bytes and the published id of every token that text can become in one encoding.
//!
//! Owns: the vocabulary, its file (see `file.rs`), and what is known of each. Does not own: which model uses which encoding, nor
//! how text is split into pieces.
//!
//! Tokens stand in the order in which they merge: of all neighbours in a piece that join to a token, those whose token stands
//! first are joined first, the leftmost of several. Which two neighbours make it does not matter. Special tokens are not in it.
//!
//! | encoding | tokens | ids | order of merging | piece that is a token | before the split |
//! |---|---|---|---|---|---|
//! | `o200k_base` | 199,998 | 0 to 199,997 | by id | nothing to decide | |
//! | `cl100k_base` | 100,256 | 0 to 100,255 | by id | nothing to decide | |
//! | `p50k_base` | 50,280 | 0 to 50,280 but 50,256 | by id | is taken whole (19) | |
//! | `r50k_base` | 50,256 | 0 to 50,255 | by id | nothing to decide | |
//! | `llama3` | 128,000 | 0 to 127,999 | by id | is taken whole (588) | |
//! | `qwen` | 151,643 | 0 to 151,642 | by id | nothing to decide | NFC |
//! | `deepseek` | 127,997 | 3 to 127,999 | by id | nothing to decide | |
//! | `mistral_tekken` | 130,072 | 1,000 to 131,071 | by id | nothing to decide | |
//! | `kimi` | 163,584 | 0 to 163,583 | by id | nothing to decide | |
//! | `glm` | 151,329 | 0 to 151,328 | by id | is taken whole (893) | |
//! | `gemma` | 255,562 | between 107 and 262,143 | its own | nothing to decide | U+2581 is a space |
//!
//! *A piece that is a token*: merging makes most tokens from their own bytes, but not those counted in the table, which only a
//! piece that equals one becomes, because the published encoders look a piece up before they merge it. Where there is nothing to
//! decide the look-up changes nothing, so it may be done everywhere.
//!
//! *Any two neighbours*: `qwen`, `deepseek`, `llama3` and `gemma` are published with lists of the pairs that merge. Every token
//! comes out of its own bytes by a pair of that list, so no other pair of neighbours ever meets that makes it, and the order of
//! tokens says the same as the list. `tests/tokens_vocabulary_encodings.rs` checks that over all tokens.
//!
//! *`gemma`* merges characters, not bytes, and does not split text: a text is one piece. A character that is no token becomes its
//! bytes, which merge with nothing; all 256 are tokens. Spaces are published as U+2581 and stand here as the spaces they are; a
//! U+2581 in a text is to be read as a space. Left out are 6,326 published tokens that no text becomes (markers, and four that
//! merges never reach: `▁yyyy`, `▁YYYY`, `▁::::::::`, `▁diffformul`) and the fallbacks of ASCII characters that are tokens.
//! No token but `> </` has a space after anything but a space; none joins a line break, or a digit of ASCII, with anything else
//! but line breaks: text may be cut there before it is merged.
//!
//! No token of any encoding goes over an ASCII letter and the space after it.

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
        assert!(encoding.len() <= 255);
        let mut vocabulary = Vocabulary::empty(encoding);
        let (mut ids, mut seen) = (FxHashSet::default(), FxHashSet::default());
        for (rank, token) in tokens {
            if !ids.insert(rank) {
                return Err(VocabularyError::RankTwice(rank));
            }
            check_length(vocabulary.len(), token.len())?;
            vocabulary.number(rank);
            vocabulary.bytes.extend_from_slice(&token);
            let end = u32::try_from(vocabulary.bytes.len()).expect("less than 4 GB of tokens");
            vocabulary.starts.push(end);
            if !seen.insert(token) {
                return Err(VocabularyError::TokenTwice(rank));
            }
        }
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
