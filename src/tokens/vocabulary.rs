//! A vocabulary in a file: the bytes and the rank of every token of one encoding, as compact as they go over the wire.
//!
//! Owns: the file format, reading and writing. Does not own: which model uses which encoding, nor how text is split.
//!
//! Nearly every token of a byte-pair vocabulary is two earlier tokens joined, so the file holds pairs of earlier positions and
//! only the rest (the single bytes, a few runs of spaces) as bytes. All numbers are little-endian.
//!
//! | what | bytes |
//! |---|---|
//! | magic `foretokV`, format version 1 | 8 + 1 |
//! | length of the encoding's name, the name | 1 + … |
//! | number of tokens n | 4 |
//! | number of gaps in the ranks, then for each the first rank that is missing and how many are | 1 + 8 each |
//! | FNV-1a hash of all that precedes and of all that follows | 8 |
//! | six planes of n bytes: the left position's high, middle and low byte, then the right one's | 6 n |
//! | the tokens that are not a pair (left is 0xFFFFFF, right their length), in rank order | the rest |

use std::collections::HashMap;

/// A token's number in its encoding, as the model's maker publishes it.
pub type Rank = u32;

const MAGIC: &[u8; 8] = b"foretokV";
const VERSION: u8 = 1;
const NOT_A_PAIR: u32 = 0xFF_FFFF;
/// The longest token of the published vocabularies has 128 bytes. A file that asks for more is not one of ours.
const LONGEST_TOKEN: usize = 1024;

/// Why a file is not a vocabulary, or a vocabulary not one that can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    #[error("this is not a vocabulary: it should begin with \"foretokV\" and begins with {0:?}")]
    Foreign(String),
    #[error("this vocabulary has format {seen}, and this version reads format {VERSION}")]
    OtherFormat { seen: u8 },
    #[error("the vocabulary breaks off after {found} bytes: expected {expected} or more")]
    Truncated { found: usize, expected: usize },
    #[error("the vocabulary is damaged: its bytes do not match the checksum in it")]
    Damaged,
    #[error("the token at position {position} of the vocabulary is impossible: {reason}")]
    Impossible {
        position: usize,
        reason: &'static str,
    },
    #[error("two tokens have the rank {0}")]
    RankTwice(Rank),
}

/// Every token of one encoding.
///
/// ```
/// use foretoken::tokens::vocabulary::Vocabulary;
/// let tokens = [(0, b"a".to_vec()), (1, b"b".to_vec()), (2, b"ab".to_vec())];
/// let file = Vocabulary::new("tiny", tokens).unwrap().write();
/// let vocabulary = Vocabulary::read(&file).unwrap();
/// assert_eq!(vocabulary.encoding(), "tiny");
/// assert_eq!(vocabulary.tokens().nth(2), Some((b"ab".as_slice(), 2)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    encoding: String,
    /// All tokens in rank order, one after another; `ends` says where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    gaps: Vec<Gap>,
}

/// Ranks that no ordinary token has: p50k_base leaves 50256 to `<|endoftext|>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    first: Rank,
    length: Rank,
}

impl Vocabulary {
    /// Takes the tokens in any order.
    ///
    /// # Panics
    /// Where the encoding's name is longer than 255 bytes or there are more than 255 gaps: no published one comes near.
    pub fn new(
        encoding: &str,
        tokens: impl IntoIterator<Item = (Rank, Vec<u8>)>,
    ) -> Result<Self, VocabularyError> {
        let mut sorted: Vec<(Rank, Vec<u8>)> = tokens.into_iter().collect();
        sorted.sort_unstable();
        let mut vocabulary = Vocabulary::empty(encoding);
        let mut next: Rank = 0;
        for (rank, token) in sorted {
            if rank < next {
                return Err(VocabularyError::RankTwice(rank));
            }
            if rank > next {
                vocabulary.gaps.push(Gap {
                    first: next,
                    length: rank - next,
                });
            }
            check_length(vocabulary.len(), token.len())?;
            vocabulary.push(&token);
            next = rank.saturating_add(1);
        }
        assert!(encoding.len() <= 255 && vocabulary.gaps.len() <= 255);
        Ok(vocabulary)
    }

    fn empty(encoding: &str) -> Self {
        Vocabulary {
            encoding: encoding.to_owned(),
            bytes: Vec::new(),
            ends: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// The encoding's name: `o200k_base`.
    pub fn encoding(&self) -> &str {
        &self.encoding
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every token's bytes and rank, in rank order.
    pub fn tokens(&self) -> impl Iterator<Item = (&[u8], Rank)> {
        let mut gaps = self.gaps.iter().peekable();
        let mut rank = 0;
        (0..self.len()).map(move |position| {
            while let Some(gap) = gaps.next_if(|gap| gap.first == rank) {
                rank = gap.length.saturating_add(rank);
            }
            let own = rank;
            rank = rank.saturating_add(1);
            (self.token(position), own)
        })
    }

    fn token(&self, position: usize) -> &[u8] {
        let start = if position == 0 {
            0
        } else {
            self.ends[position - 1]
        };
        &self.bytes[start..self.ends[position]]
    }

    fn push(&mut self, token: &[u8]) {
        self.bytes.extend_from_slice(token);
        self.ends.push(self.bytes.len());
    }

    fn push_pair(&mut self, left: usize, right: usize) -> Result<(), VocabularyError> {
        let position = self.len();
        if left >= position || right >= position {
            return Err(VocabularyError::Impossible {
                position,
                reason: "it is made of tokens that come after it",
            });
        }
        check_length(position, self.token(left).len() + self.token(right).len())?;
        for part in [left, right] {
            let end = self.ends[part];
            let start = end - self.token(part).len();
            self.bytes.extend_from_within(start..end);
        }
        self.ends.push(self.bytes.len());
        Ok(())
    }

    /// Reads a file that [`Vocabulary::write`] wrote.
    pub fn read(file: &[u8]) -> Result<Self, VocabularyError> {
        let mut header = Cursor { file, at: 0 };
        let magic = &file[..MAGIC.len().min(file.len())];
        if !MAGIC.starts_with(magic) {
            return Err(VocabularyError::Foreign(
                String::from_utf8_lossy(magic).into_owned(),
            ));
        }
        header.take(MAGIC.len())?;
        let version = header.byte()?;
        if version != VERSION {
            return Err(VocabularyError::OtherFormat { seen: version });
        }
        let name_length = usize::from(header.byte()?);
        let name = String::from_utf8_lossy(header.take(name_length)?);
        let mut vocabulary = Vocabulary::empty(&name);
        let count = header.number()? as usize;
        for _ in 0..header.byte()? {
            let (first, length) = (header.number()?, header.number()?);
            vocabulary.gaps.push(Gap { first, length });
        }
        let described = header.at;
        let checksum = header.take(8)?;
        let planes = header.take(count.saturating_mul(6))?;
        if checksum != hash(&[&file[..described], &file[described + 8..]]) {
            return Err(VocabularyError::Damaged);
        }
        vocabulary.read_tokens(planes, header)?;
        Ok(vocabulary)
    }

    fn read_tokens(
        &mut self,
        planes: &[u8],
        mut literals: Cursor<'_>,
    ) -> Result<(), VocabularyError> {
        let count = planes.len() / 6;
        self.ends.reserve_exact(count);
        self.bytes.reserve(count * 8);
        for position in 0..count {
            let plane = |number: usize| u32::from(planes[number * count + position]);
            let left = plane(0) << 16 | plane(1) << 8 | plane(2);
            let right = plane(3) << 16 | plane(4) << 8 | plane(5);
            if left == NOT_A_PAIR {
                check_length(position, right as usize)?;
                self.push(literals.take(right as usize)?);
            } else {
                self.push_pair(left as usize, right as usize)?;
            }
        }
        if literals.at < literals.file.len() {
            return Err(VocabularyError::Impossible {
                position: count,
                reason: "there are bytes after the last one",
            });
        }
        Ok(())
    }

    /// The file: see the head of this module.
    pub fn write(&self) -> Vec<u8> {
        let mut header = Vec::from(MAGIC);
        header.push(VERSION);
        header.push(self.encoding.len() as u8);
        header.extend_from_slice(self.encoding.as_bytes());
        header.extend_from_slice(&(self.len() as u32).to_le_bytes());
        header.push(self.gaps.len() as u8);
        for gap in &self.gaps {
            header.extend_from_slice(&gap.first.to_le_bytes());
            header.extend_from_slice(&gap.length.to_le_bytes());
        }
        let body = self.write_tokens();
        let checksum = hash(&[&header, &body]);
        [header, checksum.to_vec(), body].concat()
    }

    fn write_tokens(&self) -> Vec<u8> {
        let count = self.len();
        let mut planes = vec![0; count * 6];
        let mut literals = Vec::new();
        let mut positions: HashMap<&[u8], u32> = HashMap::with_capacity(count);
        for position in 0..count {
            let token = self.token(position);
            let (left, right) = pair(token, &positions).unwrap_or_else(|| {
                literals.extend_from_slice(token);
                (NOT_A_PAIR, token.len() as u32)
            });
            for (half, value) in [left, right].into_iter().enumerate() {
                let [_, high, middle, low] = value.to_be_bytes();
                for (plane, byte) in [high, middle, low].into_iter().enumerate() {
                    planes[(half * 3 + plane) * count + position] = byte;
                }
            }
            positions.insert(token, position as u32);
        }
        [planes, literals].concat()
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

/// The two earlier tokens that byte-pair encoding joins last to make `token`, if that is how it is made.
fn pair(token: &[u8], earlier: &HashMap<&[u8], u32>) -> Option<(u32, u32)> {
    let mut cuts: Vec<usize> = (0..=token.len()).collect();
    while cuts.len() > 3 {
        let (_, middle) = (1..cuts.len() - 1)
            .filter_map(|at| Some((*earlier.get(&token[cuts[at - 1]..cuts[at + 1]])?, at)))
            .min()?;
        cuts.remove(middle);
    }
    let middle = *cuts.get(1).filter(|cut| **cut < token.len())?;
    Some((
        *earlier.get(&token[..middle])?,
        *earlier.get(&token[middle..])?,
    ))
}

/// FNV-1a, 64 bits: it finds damage, and takes a millisecond a megabyte.
fn hash(parts: &[&[u8]]) -> [u8; 8] {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().copied().flatten() {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state.to_le_bytes()
}

/// The part of a file that is still to be read.
struct Cursor<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], VocabularyError> {
        let end = self.at.saturating_add(length);
        let taken = self
            .file
            .get(self.at..end)
            .ok_or(VocabularyError::Truncated {
                found: self.file.len(),
                expected: end,
            })?;
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, VocabularyError> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u32, VocabularyError> {
        let bytes = self.take(4)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }
}
