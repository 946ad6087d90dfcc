//! Reads the file of a vocabulary: every token is two copies, or one.

use super::file::{Base, Cursor, Header, NOT_A_PAIR, checksum};
use super::{Ids, LONGEST_TOKEN, Vocabulary, VocabularyError, check_length};

/// Tokens up to this length are copied as so many bytes at once, of which the next token overwrites those that are not its own.
const SHORT: usize = 16;

impl Vocabulary {
    /// Reads a file that [`Vocabulary::write`] wrote.
    pub fn read(file: &[u8]) -> Result<Self, VocabularyError> {
        Vocabulary::read_on(file, None)
    }

    /// Reads a file that [`Vocabulary::write`] or [`Vocabulary::write_on`] wrote, with the base that the latter was given.
    pub fn read_on(file: &[u8], base: Option<&Vocabulary>) -> Result<Self, VocabularyError> {
        let header = Header::read(file)?;
        let at = header.end;
        let mut rest = Cursor { file, at };
        let seal = rest.take(8)?;
        let planes = rest.take(header.count.saturating_mul(6))?;
        if seal != checksum(&file[..at], &file[at + 8..]) {
            return Err(VocabularyError::Damaged);
        }
        let mut tokens = Tokens::new(&header, header.find(base)?)?;
        tokens.read(planes, &mut rest)?;
        if rest.at < file.len() {
            return Err(tokens.impossible("there are bytes after the last one"));
        }
        tokens.finish(header)
    }

    /// The encoding whose vocabulary the file is written on top of, and that [`Vocabulary::read_on`] needs to read it.
    pub fn base(file: &[u8]) -> Result<Option<String>, VocabularyError> {
        Ok(Header::read(file)?.base.map(|base| base.encoding))
    }
}

/// The tokens read so far.
struct Tokens {
    /// Room for all of them, and for what a short copy writes too much.
    bytes: Vec<u8>,
    starts: Vec<u32>,
    end: usize,
}

impl Tokens {
    /// Those of the base, with room for the others.
    fn new(header: &Header, base: Option<&Vocabulary>) -> Result<Tokens, VocabularyError> {
        let mut tokens = Tokens {
            bytes: Vec::new(),
            starts: vec![0],
            end: 0,
        };
        if let (Some(described), Some(base)) = (&header.base, base) {
            tokens.take(described, base)?;
        }
        let room = tokens.end.saturating_add(header.bytes);
        if header.bytes > header.count.saturating_mul(LONGEST_TOKEN) || room >= u32::MAX as usize {
            return Err(tokens.impossible("it and those after it have too many bytes"));
        }
        tokens.bytes.resize(room + SHORT, 0);
        tokens.starts.reserve_exact(header.count);
        Ok(tokens)
    }

    fn take(&mut self, described: &Base, base: &Vocabulary) -> Result<(), VocabularyError> {
        let mut least = 0;
        for (first, length) in &described.stretches {
            let last = first.saturating_add(*length) as usize;
            let first = *first as usize;
            // In their order, so that no hostile file has one a thousand times.
            if first < least || last >= base.starts.len() {
                return Err(self.impossible("the base has no such token"));
            }
            least = last;
            let (from, to) = (base.starts[first], base.starts[last]);
            self.bytes
                .extend_from_slice(&base.bytes[from as usize..to as usize]);
            let moved = |end: &u32| end - from + self.end as u32;
            self.starts
                .extend(base.starts[first + 1..=last].iter().map(moved));
            self.end = self.bytes.len();
        }
        Ok(())
    }

    fn read(&mut self, planes: &[u8], literals: &mut Cursor<'_>) -> Result<(), VocabularyError> {
        let count = planes.len() / 6;
        for position in 0..count {
            let plane = |number: usize| u32::from(planes[number * count + position]);
            let left = plane(0) << 16 | plane(1) << 8 | plane(2);
            let right = plane(3) << 16 | plane(4) << 8 | plane(5);
            if left == NOT_A_PAIR {
                let token = literals.take(right as usize)?;
                self.literal(token)?;
            } else {
                self.pair(left as usize, right as usize)?;
            }
            self.starts.push(self.end as u32);
        }
        Ok(())
    }

    fn literal(&mut self, token: &[u8]) -> Result<(), VocabularyError> {
        self.make_room(token.len())?;
        self.bytes[self.end..self.end + token.len()].copy_from_slice(token);
        self.end += token.len();
        Ok(())
    }

    fn pair(&mut self, left: usize, right: usize) -> Result<(), VocabularyError> {
        let (left, right) = match (self.place(left), self.place(right)) {
            (Some(left), Some(right)) => (left, right),
            _ => return Err(self.impossible("it is made of tokens that come after it")),
        };
        self.make_room(left.1 + right.1)?;
        self.copy(left);
        self.copy(right);
        Ok(())
    }

    /// Where a token starts and how long it is.
    fn place(&self, position: usize) -> Option<(usize, usize)> {
        let &[start, end] = self.starts.get(position..)?.first_chunk()?;
        Some((start as usize, (end - start) as usize))
    }

    fn make_room(&self, length: usize) -> Result<(), VocabularyError> {
        if self.end + length + SHORT <= self.bytes.len() && length <= LONGEST_TOKEN && length > 0 {
            return Ok(());
        }
        check_length(self.starts.len() - 1, length)?;
        Err(self.impossible("it and those before it have too many bytes"))
    }

    fn copy(&mut self, (start, length): (usize, usize)) {
        if length <= SHORT {
            let mut short = [0; SHORT];
            short.copy_from_slice(&self.bytes[start..start + SHORT]);
            self.bytes[self.end..self.end + SHORT].copy_from_slice(&short);
        } else {
            self.bytes.copy_within(start..start + length, self.end);
        }
        self.end += length;
    }

    fn finish(mut self, header: Header) -> Result<Vocabulary, VocabularyError> {
        if self.end + SHORT != self.bytes.len() {
            return Err(self.impossible("there are fewer bytes than the file says"));
        }
        let mut ids = Vec::with_capacity(header.ids.len());
        let mut position: u32 = 0;
        for (first, length) in header.ids {
            if first.checked_add(length).is_none() {
                return Err(self.impossible("its id is too large"));
            }
            ids.push(Ids { position, first });
            position = position.saturating_add(length);
        }
        if position as usize != self.starts.len() - 1 {
            return Err(self.impossible("there are not as many ids as tokens"));
        }
        self.bytes.truncate(self.end);
        Ok(Vocabulary {
            encoding: header.encoding,
            bytes: self.bytes,
            starts: self.starts,
            ids,
        })
    }

    fn impossible(&self, reason: &'static str) -> VocabularyError {
        let position = self.starts.len() - 1;
        VocabularyError::Impossible { position, reason }
    }
}
