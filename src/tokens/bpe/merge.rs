//! Byte-pair encoding of one piece: of all neighbours that are a token together, the two whose token comes first in the
//! vocabulary are joined, the leftmost of equals, until none are left.
//!
//! Characters of other scripts begin whole where that is the same, see [`super::whole`]. A short piece is searched again after
//! each join; for a longer one the first join is found from group to group, see
//! [`super::least`]. One of megabytes is joined window by window, see [`super::run`].

use super::least::{Key, Least};
use super::ranks::{ABSENT, Place, Ranks};
use super::whole::Whole;

/// A piece of more parts than this is not searched whole.
const SMALL: usize = 16;
/// The bits of a narrow [`Join`] that say where it is.
const PART_BITS: u32 = 12;
const PART_LIMIT: u32 = 1 << PART_BITS;
/// A piece of so many bytes or fewer begins as its bytes: [`Whole`] is there for texts, not for a word with an accent.
const SHORT: usize = 15;

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
    /// Where each part begins that there was at first, and the piece ends.
    from: Vec<u32>,
    /// Of each that is still there, the next and the one before.
    next: Vec<u32>,
    before: Vec<u32>,
    /// What each of a few parts makes with the next.
    joined: Vec<Place>,
    joins: Least<u32>,
    wide_joins: Least<u64>,
    /// Made when it is first asked for.
    whole: Option<Whole>,
}

impl Merger {
    /// Where each token of the piece ends.
    pub fn ends(&mut self, ranks: &Ranks, start: Start, piece: &[u8]) -> &[u32] {
        self.begin(ranks, start, piece);
        if self.ends.len() <= SMALL {
            self.join_few(ranks, piece);
        } else if self.ends.len() < PART_LIMIT as usize
            && ranks.len() <= 1 << (u32::BITS - PART_BITS)
        {
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
            Start::Bytes if piece.len() <= SHORT || piece.is_ascii() => {
                self.ends.extend(1..=piece.len() as u32);
            }
            Start::Bytes => {
                let whole = self.whole.get_or_insert_with(|| Whole::new(ranks));
                begin_with(&mut self.ends, piece, |at, end| {
                    whole.is_whole(piece, at, end)
                });
            }
            Start::Characters => begin_with(&mut self.ends, piece, |at, end| {
                ranks.place(&piece[at..end]) != ABSENT
            }),
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
        let count = self.ends.len();
        self.link();
        let (from, next, before) = (&self.from, &mut self.next, &mut self.before);
        let made = |part: usize, end: usize| {
            let place = ranks.place(&piece[from[part] as usize..from[end] as usize]);
            if place == ABSENT {
                J::NONE
            } else {
                J::new(place, part as u32)
            }
        };
        joins.clear(count);
        for part in 0..count - 1 {
            joins.set(part, made(part, part + 2));
        }
        joins.compare_all();
        loop {
            let first = joins.least();
            if first == J::NONE {
                break;
            }
            let part = first.part() as usize;
            let gone = next[part] as usize;
            let after = next[gone] as usize;
            next[part] = after as u32;
            joins.set(gone, J::NONE);
            let mut right = J::NONE;
            if after < count {
                before[after] = part as u32;
                right = made(part, next[after] as usize);
            }
            joins.set(part, right);
            let mut left = part;
            if part > 0 {
                left = before[part] as usize;
                joins.set(left, made(left, after));
            }
            joins.compare([left, part, gone]);
        }
        self.ends.clear();
        let mut part = 0;
        while part < count {
            part = self.next[part] as usize;
            self.ends.push(self.from[part]);
        }
    }

    /// Every part with its neighbours.
    fn link(&mut self) {
        let count = self.ends.len() as u32;
        self.from.clear();
        self.from.push(0);
        self.from.extend_from_slice(&self.ends);
        self.next.clear();
        self.next.extend(1..=count);
        self.before.clear();
        self.before
            .extend((0..count).map(|part| part.saturating_sub(1)));
    }
}

/// The parts a piece begins as: its characters, those that are whole, and the bytes of the others.
#[inline(always)]
fn begin_with(ends: &mut Vec<u32>, piece: &[u8], is_whole: impl Fn(usize, usize) -> bool) {
    let mut at = 0;
    while at < piece.len() {
        let end = character_end(piece, at);
        if is_whole(at, end) {
            ends.push(end as u32);
        } else {
            ends.extend(at as u32 + 1..=end as u32);
        }
        at = end;
    }
}

/// A token that two neighbours make and the first of them, in the order in which joins are made.
trait Join: Key {
    fn new(place: Place, part: u32) -> Self;
    fn part(self) -> u32;
}

/// Places below 2²⁰ at parts below 2¹².
impl Join for u32 {
    #[inline(always)]
    fn new(place: Place, part: u32) -> u32 {
        place << PART_BITS | part
    }

    #[inline(always)]
    fn part(self) -> u32 {
        self & (PART_LIMIT - 1)
    }
}

impl Join for u64 {
    #[inline(always)]
    fn new(place: Place, part: u32) -> u64 {
        u64::from(place) << 32 | u64::from(part)
    }

    #[inline(always)]
    fn part(self) -> u32 {
        self as u32
    }
}

/// Where the character that begins at `at` ends.
#[inline(always)]
pub fn character_end(text: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end += 1;
    }
    end
}
