//! Byte-pair encoding of one piece: of all neighbours that are a token together, the two whose token comes first in the
//! vocabulary are joined, the leftmost of equals, until none are left.
//!
//! A short piece is searched again after each join; for a longer one the first join is found from group to group, see
//! [`super::least`]. One of megabytes is joined window by window, see [`super::run`].

use super::least::{Key, Least};
use super::ranks::{ABSENT, Place, Ranks};

/// A piece of more parts than this is not searched whole.
const SMALL: usize = 16;
/// The bits of a narrow [`Join`] that say where it is.
const AT_BITS: u32 = 12;
const AT_LIMIT: u32 = 1 << AT_BITS;

/// What a piece is before anything is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Its bytes.
    Bytes,
    /// Its characters; one that is no token is its bytes, which nothing joins.
    Characters,
}

/// Joins pieces; kept between two for its memory.
#[derive(Default)]
pub struct Merger {
    /// Where each part ends, in the order of the text.
    ends: Vec<u32>,
    /// Of each part, by the byte it begins at: where the next and the one before begin.
    next: Vec<u32>,
    before: Vec<u32>,
    /// What each of a few parts makes with the next.
    joined: Vec<Place>,
    joins: Least<u32>,
    wide_joins: Least<u64>,
}

impl Merger {
    /// Where each token of the piece ends.
    pub fn ends(&mut self, ranks: &Ranks, start: Start, piece: &[u8]) -> &[u32] {
        self.begin(ranks, start, piece);
        if self.ends.len() <= SMALL {
            self.join_few(ranks, piece);
        } else if piece.len() < AT_LIMIT as usize && ranks.len() <= 1 << (u32::BITS - AT_BITS) {
            let mut joins = std::mem::take(&mut self.joins);
            self.join_many(&mut joins, ranks, piece);
            self.joins = joins;
        } else {
            let mut joins = std::mem::take(&mut self.wide_joins);
            self.join_many(&mut joins, ranks, piece);
            self.wide_joins = joins;
        }
        &self.ends
    }

    fn begin(&mut self, ranks: &Ranks, start: Start, piece: &[u8]) {
        self.ends.clear();
        match start {
            Start::Bytes => self.ends.extend(1..=piece.len() as u32),
            Start::Characters => {
                let mut from = 0;
                while from < piece.len() {
                    let end = character_end(piece, from);
                    if ranks.place(&piece[from..end]) == ABSENT {
                        self.ends.extend(from as u32 + 1..=end as u32);
                    } else {
                        self.ends.push(end as u32);
                    }
                    from = end;
                }
            }
        }
    }

    /// Search all parts after each join.
    fn join_few(&mut self, ranks: &Ranks, piece: &[u8]) {
        let ends = &mut self.ends;
        let made = |ends: &[u32], part: usize| match ends.get(part + 1) {
            Some(end) => {
                let from = if part == 0 { 0 } else { ends[part - 1] };
                ranks.place(&piece[from as usize..*end as usize])
            }
            None => ABSENT,
        };
        self.joined.clear();
        self.joined
            .extend((0..ends.len()).map(|part| made(ends, part)));
        let joined = &mut self.joined;
        loop {
            let (mut first, mut at) = (ABSENT, 0);
            for (part, place) in joined.iter().enumerate() {
                if *place < first {
                    (first, at) = (*place, part);
                }
            }
            if first == ABSENT {
                return;
            }
            ends.remove(at);
            joined.remove(at + 1);
            joined[at] = made(ends, at);
            if at > 0 {
                joined[at - 1] = made(ends, at - 1);
            }
        }
    }

    fn join_many<J: Join>(&mut self, joins: &mut Least<J>, ranks: &Ranks, piece: &[u8]) {
        let length = piece.len() as u32;
        let made = |from: u32, to: u32| {
            let place = ranks.place(&piece[from as usize..to as usize]);
            if place == ABSENT {
                J::NONE
            } else {
                J::new(place, from)
            }
        };
        self.link(piece.len());
        joins.clear(piece.len());
        for neighbours in self.ends.windows(2) {
            let from = self.before[neighbours[0] as usize];
            joins.set(from as usize, made(from, neighbours[1]));
        }
        joins.compare_all();
        let (next, before) = (&mut self.next, &mut self.before);
        loop {
            let first = joins.least();
            if first == J::NONE {
                break;
            }
            let at = first.at();
            let gone = next[at as usize];
            let after = next[gone as usize];
            next[at as usize] = after;
            joins.set(gone as usize, J::NONE);
            let mut right = J::NONE;
            if after < length {
                before[after as usize] = at;
                right = made(at, next[after as usize]);
            }
            joins.set(at as usize, right);
            let mut from = at;
            if at > 0 {
                from = before[at as usize];
                joins.set(from as usize, made(from, after));
            }
            joins.compare([from, at, gone].map(|at| at as usize));
        }
        self.ends.clear();
        let mut at = 0;
        while at < length {
            at = self.next[at as usize];
            self.ends.push(at);
        }
    }

    /// Every part with its neighbours.
    fn link(&mut self, length: usize) {
        for column in [&mut self.next, &mut self.before] {
            column.clear();
            column.resize(length + 1, length as u32);
        }
        let mut from = 0;
        for end in &self.ends {
            self.next[from as usize] = *end;
            self.before[*end as usize] = from;
            from = *end;
        }
    }
}

/// A token that two neighbours make and the byte at which they begin, in the order in which joins are made.
trait Join: Key {
    fn new(place: Place, at: u32) -> Self;
    fn at(self) -> u32;
}

/// Places below 2²⁰ at bytes below 2¹².
impl Join for u32 {
    #[inline(always)]
    fn new(place: Place, at: u32) -> u32 {
        place << AT_BITS | at
    }

    #[inline(always)]
    fn at(self) -> u32 {
        self & (AT_LIMIT - 1)
    }
}

impl Join for u64 {
    #[inline(always)]
    fn new(place: Place, at: u32) -> u64 {
        u64::from(place) << 32 | u64::from(at)
    }

    #[inline(always)]
    fn at(self) -> u32 {
        self as u32
    }
}

fn character_end(text: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end += 1;
    }
    end
}
