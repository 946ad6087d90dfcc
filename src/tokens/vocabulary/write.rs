//! Writes the file of a vocabulary: finds the two earlier tokens that each token is made of.

use super::Vocabulary;
use super::file::{MAGIC, NOT_A_PAIR, Stretch, VERSION, checksum};
use rustc_hash::FxHashMap;

/// The position of each token.
type Positions<'a> = FxHashMap<&'a [u8], u32>;

impl Vocabulary {
    /// The file, which says all by itself.
    pub fn write(&self) -> Vec<u8> {
        self.write_after(&[0], 0)
    }

    /// The file on top of a vocabulary that has many of the same tokens in the same order.
    ///
    /// # Panics
    /// Where the base has no name.
    pub fn write_on(&self, base: &Vocabulary) -> Vec<u8> {
        assert!(!base.encoding.is_empty());
        let stretches = self.shared(base);
        let kept = stretches.iter().map(|(_, length)| *length as usize).sum();
        let mut described = named(&base.encoding);
        described.extend_from_slice(&base.fingerprint());
        write_stretches(&mut described, &stretches);
        self.write_after(&described, kept)
    }

    /// Where in the base the tokens stand that this vocabulary begins with, as long as they stand in the same order.
    fn shared(&self, base: &Vocabulary) -> Vec<Stretch> {
        let theirs: Positions = (0..base.len())
            .map(|position| (base.token(position), position as u32))
            .collect();
        let mut stretches: Vec<Stretch> = Vec::new();
        for position in 0..self.len() {
            let Some(found) = theirs.get(self.token(position)) else {
                break;
            };
            match stretches.last_mut() {
                Some((first, length)) if *first + *length == *found => *length += 1,
                Some((first, length)) if *first + *length > *found => break,
                _ => stretches.push((*found, 1)),
            }
        }
        stretches
    }

    fn write_after(&self, base: &[u8], kept: usize) -> Vec<u8> {
        let mut header = Vec::from(MAGIC);
        header.push(VERSION);
        header.extend(named(&self.encoding));
        header.extend_from_slice(base);
        let bytes = self.bytes.len() as u32 - self.starts[kept];
        header.extend_from_slice(&((self.len() - kept) as u32).to_le_bytes());
        header.extend_from_slice(&bytes.to_le_bytes());
        write_stretches(&mut header, &self.stretches_of_ids());
        let body = self.write_tokens(kept);
        let seal = checksum(&header, &body);
        [header, seal.to_vec(), body].concat()
    }

    fn stretches_of_ids(&self) -> Vec<Stretch> {
        let ends = self.ids.iter().skip(1).map(|ids| ids.position);
        let ends = ends.chain([self.len() as u32]);
        self.ids
            .iter()
            .zip(ends)
            .map(|(ids, end)| (ids.first, end - ids.position))
            .collect()
    }

    /// The planes and the literals of the tokens after the first `kept`.
    fn write_tokens(&self, kept: usize) -> Vec<u8> {
        let count = self.len() - kept;
        let mut planes = vec![0; count * 6];
        let mut literals = Vec::new();
        let mut earlier: Positions = (0..kept)
            .map(|position| (self.token(position), position as u32))
            .collect();
        for number in 0..count {
            let token = self.token(kept + number);
            let (left, right) = pair(token, &earlier).unwrap_or_else(|| {
                literals.extend_from_slice(token);
                (NOT_A_PAIR, token.len() as u32)
            });
            for (half, value) in [left, right].into_iter().enumerate() {
                let [_, high, middle, low] = value.to_be_bytes();
                for (plane, byte) in [high, middle, low].into_iter().enumerate() {
                    planes[(half * 3 + plane) * count + number] = byte;
                }
            }
            earlier.insert(token, (kept + number) as u32);
        }
        [planes, literals].concat()
    }
}

fn named(encoding: &str) -> Vec<u8> {
    [&[encoding.len() as u8], encoding.as_bytes()].concat()
}

fn write_stretches(header: &mut Vec<u8>, stretches: &[Stretch]) {
    header.extend_from_slice(&(stretches.len() as u32).to_le_bytes());
    for (first, length) in stretches {
        header.extend_from_slice(&first.to_le_bytes());
        header.extend_from_slice(&length.to_le_bytes());
    }
}

/// Two earlier tokens that make this one: those that merging joins last, be it of bytes or of characters, or else any.
fn pair(token: &[u8], earlier: &Positions) -> Option<(u32, u32)> {
    let at = |cut: usize| Some((*earlier.get(&token[..cut])?, *earlier.get(&token[cut..])?));
    let begins = |at: &usize| token.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    last_cut(token, (0..=token.len()).collect(), earlier)
        .or_else(|| last_cut(token, (0..=token.len()).filter(begins).collect(), earlier))
        .and_then(at)
        .or_else(|| (1..token.len()).find_map(at))
}

/// Where the last two parts meet when all that earlier tokens allow is merged.
fn last_cut(token: &[u8], mut cuts: Vec<usize>, earlier: &Positions) -> Option<usize> {
    while cuts.len() > 3 {
        let (_, middle) = (1..cuts.len() - 1)
            .filter_map(|at| Some((*earlier.get(&token[cuts[at - 1]..cuts[at + 1]])?, at)))
            .min()?;
        cuts.remove(middle);
    }
    cuts.get(1).copied().filter(|cut| *cut < token.len())
}
