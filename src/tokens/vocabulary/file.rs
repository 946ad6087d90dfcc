//! The file of a vocabulary, as compact as it goes over the wire.
//!
//! Nearly every token of a byte-pair vocabulary is two earlier tokens joined, so the file holds pairs of earlier positions and
//! only the rest (the single bytes, and a few that no two earlier ones make) as bytes. A vocabulary that begins with the tokens
//! of another, in their order, can be written on top of that one, its base. All numbers are little-endian.
//!
//! | what | bytes |
//! |---|---|
//! | magic `foretokV`, format version 2 | 8 + 1 |
//! | length of the encoding's name, the name | 1 + … |
//! | length of the base's name, the name; nothing more of the base if that is 0 | 1 + … |
//! | fingerprint of the base's tokens | 8 |
//! | number of stretches of the base's tokens this one begins with, for each its first position there and how many | 4 + 8 each |
//! | number of tokens n that follow, and how many bytes they have | 4 + 4 |
//! | number of stretches of ids that follow each other, for each its first id and how many | 4 + 8 each |
//! | checksum of all that precedes and of all that follows | 8 |
//! | six planes of n bytes: the left position's high, middle and low byte, then the right one's | 6 n |
//! | the tokens that are not a pair (left is 0xFFFFFF, right their length), in their order | the rest |

use super::{Rank, Vocabulary, VocabularyError};

pub(super) const MAGIC: &[u8; 8] = b"foretokV";
pub(super) const VERSION: u8 = 2;
pub(super) const NOT_A_PAIR: u32 = 0xFF_FFFF;

/// A stretch of numbers that follow each other: the first one, and how many.
pub(super) type Stretch = (u32, u32);

/// What stands before the checksum.
pub(super) struct Header {
    pub encoding: String,
    pub base: Option<Base>,
    /// Tokens that are not the base's.
    pub count: usize,
    /// And the bytes they have together.
    pub bytes: usize,
    pub ids: Vec<Stretch>,
    /// Where the checksum stands.
    pub end: usize,
}

/// The vocabulary that a file is written on top of.
pub(super) struct Base {
    pub encoding: String,
    pub fingerprint: [u8; 8],
    pub stretches: Vec<Stretch>,
}

impl Header {
    pub fn read(file: &[u8]) -> Result<Header, VocabularyError> {
        let mut header = Cursor { file, at: 0 };
        let magic = &file[..MAGIC.len().min(file.len())];
        if !MAGIC.starts_with(magic) {
            let seen = String::from_utf8_lossy(magic).into_owned();
            return Err(VocabularyError::Foreign(seen));
        }
        header.take(MAGIC.len())?;
        let version = header.byte()?;
        if version != VERSION {
            return Err(VocabularyError::OtherFormat { seen: version });
        }
        Ok(Header {
            encoding: header.name()?,
            base: Base::read(&mut header)?,
            count: header.number()? as usize,
            bytes: header.number()? as usize,
            ids: header.stretches()?,
            end: header.at,
        })
    }

    /// The base this file needs, if it needs one and this is the one.
    pub fn find<'a>(
        &self,
        given: Option<&'a Vocabulary>,
    ) -> Result<Option<&'a Vocabulary>, VocabularyError> {
        let Some(base) = &self.base else {
            return Ok(None);
        };
        let (encoding, base_name) = (self.encoding.clone(), base.encoding.clone());
        match given {
            Some(given) if given.fingerprint() == base.fingerprint => Ok(Some(given)),
            Some(given) => Err(VocabularyError::OtherBase {
                encoding,
                base: base_name,
                found: given.encoding.clone(),
            }),
            None => Err(VocabularyError::NoBase {
                encoding,
                base: base_name,
            }),
        }
    }
}

impl Base {
    fn read(header: &mut Cursor<'_>) -> Result<Option<Base>, VocabularyError> {
        let encoding = header.name()?;
        if encoding.is_empty() {
            return Ok(None);
        }
        let mut fingerprint = [0; 8];
        fingerprint.copy_from_slice(header.take(8)?);
        let stretches = header.stretches()?;
        Ok(Some(Base {
            encoding,
            fingerprint,
            stretches,
        }))
    }
}

impl Vocabulary {
    /// Differs where the tokens or their order do.
    pub(super) fn fingerprint(&self) -> [u8; 8] {
        let mut hash = Hash::new();
        hash.bytes(&self.bytes);
        for start in &self.starts {
            hash.word(u64::from(*start));
        }
        hash.end()
    }
}

/// The checksum of a file, but for the eight bytes at `at` that hold it.
pub(super) fn checksum(before: &[u8], after: &[u8]) -> [u8; 8] {
    let mut hash = Hash::new();
    hash.bytes(before);
    hash.bytes(after);
    hash.end()
}

/// FNV-1a over eight bytes at a step, with the high half folded in after each: it finds damage, and takes a fraction of a
/// millisecond a megabyte. Every step can be undone, so one changed word always shows.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    fn word(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x0100_0000_01b3);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.word(u64::from_le_bytes(last));
        self.word(bytes.len() as u64);
    }

    fn end(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}

/// The part of a file that is still to be read.
pub(super) struct Cursor<'a> {
    pub file: &'a [u8],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], VocabularyError> {
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
        let mut number = [0; 4];
        number.copy_from_slice(self.take(4)?);
        Ok(Rank::from_le_bytes(number))
    }

    fn name(&mut self) -> Result<String, VocabularyError> {
        let length = usize::from(self.byte()?);
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }

    fn stretches(&mut self) -> Result<Vec<Stretch>, VocabularyError> {
        let count = self.number()? as usize;
        let end = self.at.saturating_add(count.saturating_mul(8));
        if end > self.file.len() {
            return Err(VocabularyError::Truncated {
                found: self.file.len(),
                expected: end,
            });
        }
        (0..count)
            .map(|_| Ok((self.number()?, self.number()?)))
            .collect()
    }
}
