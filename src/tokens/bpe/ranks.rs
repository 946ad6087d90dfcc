//! From the bytes of a token to its place in the order of merging.
//!
//! Nearly all look-ups of a merge find nothing, so they are answered by one byte: a table of fingerprints, a quarter as large as a
//! processor's second cache. Only where the fingerprint agrees is the slot read, which holds a short token whole and of a long one
//! its place among the bytes.

use crate::tokens::vocabulary::{Rank, Vocabulary};

/// A token's place in the order in which neighbours are joined: the lower is joined first.
pub type Place = u32;

/// No such token.
pub const ABSENT: Place = u32::MAX;

/// A token of at most this many bytes is held in its slot.
const SHORT: usize = 8;

/// Every token of a vocabulary by its bytes.
pub struct Ranks {
    vocabulary: Vocabulary,
    singles: Box<[Place; 256]>,
    pairs: Vec<Place>,
    fingerprints: Vec<u8>,
    slots: Vec<Slot>,
    longest: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The bytes of a short token; of a long one the upper half of its hash.
    key: u64,
    place: Place,
    length: u32,
}

impl Ranks {
    pub fn new(vocabulary: Vocabulary) -> Ranks {
        let size = (vocabulary.len() * 2).next_power_of_two();
        let mut ranks = Ranks {
            singles: Box::new([ABSENT; 256]),
            pairs: vec![ABSENT; 1 << 16],
            fingerprints: vec![0; size],
            slots: vec![Slot::default(); size],
            longest: 0,
            vocabulary,
        };
        for place in 0..ranks.vocabulary.len() {
            ranks.insert(place);
        }
        ranks
    }

    fn insert(&mut self, place: usize) {
        let token = self.vocabulary.token(place);
        self.longest = self.longest.max(token.len());
        let place = place as Place;
        let (key, hash) = match *token {
            [] => return,
            [only] => {
                self.singles[usize::from(only)] = place;
                return;
            }
            [first, second] => {
                self.pairs[usize::from(first) << 8 | usize::from(second)] = place;
                return;
            }
            _ if token.len() <= SHORT => {
                let key = short_key(token);
                (key, short_hash(key, token.len()))
            }
            _ => long_key(token),
        };
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.fingerprints[at] != 0 {
            at = (at + 1) & mask;
        }
        self.fingerprints[at] = fingerprint(hash);
        self.slots[at] = Slot {
            key,
            place,
            length: token.len() as u32,
        };
    }

    /// The place of the token with these bytes, or [`ABSENT`].
    #[inline(always)]
    pub fn place(&self, token: &[u8]) -> Place {
        match *token {
            [] => ABSENT,
            [only] => self.singles[usize::from(only)],
            [first, second] => self.pair(first, second),
            _ if token.len() <= SHORT => self.short(token),
            _ if token.len() <= self.longest => self.long(token),
            _ => ABSENT,
        }
    }

    /// The place of the token with these two bytes.
    #[inline(always)]
    pub fn pair(&self, first: u8, second: u8) -> Place {
        self.pairs[usize::from(first) << 8 | usize::from(second)]
    }

    #[inline(always)]
    fn short(&self, token: &[u8]) -> Place {
        let key = short_key(token);
        let hash = short_hash(key, token.len());
        self.probe(hash, |slot| {
            slot.key == key && slot.length == token.len() as u32
        })
    }

    #[inline(never)]
    fn long(&self, token: &[u8]) -> Place {
        let (key, hash) = long_key(token);
        self.probe(hash, |slot| {
            slot.key == key
                && slot.length == token.len() as u32
                && self.vocabulary.token(slot.place as usize) == token
        })
    }

    #[inline(always)]
    fn probe(&self, hash: u32, is_it: impl Fn(&Slot) -> bool) -> Place {
        let expected = fingerprint(hash);
        let mask = self.fingerprints.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let seen = self.fingerprints[at & mask];
            if seen == 0 {
                return ABSENT;
            }
            if seen == expected
                && let Some(slot) = self.slots.get(at).filter(|slot| is_it(slot))
            {
                return slot.place;
            }
            at = (at + 1) & mask;
        }
    }

    /// The bytes of the token at this place.
    pub fn token(&self, place: usize) -> &[u8] {
        self.vocabulary.token(place)
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.vocabulary.len()
    }

    /// The token's number as the model's maker publishes it.
    pub fn id(&self, place: Place) -> Rank {
        self.vocabulary.id(place as usize)
    }
}

/// Never nought, which says that a slot is free.
#[inline(always)]
fn fingerprint(hash: u32) -> u8 {
    (hash >> 24) as u8 | 1
}

/// The bytes of a token of three to eight.
#[inline(always)]
fn short_key(token: &[u8]) -> u64 {
    match (token.first_chunk::<4>(), token.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let beyond = (token.len() - 4) * 8;
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << beyond
        }
        _ => token
            .iter()
            .rev()
            .fold(0, |key, byte| key << 8 | u64::from(*byte)),
    }
}

#[inline(always)]
fn short_hash(key: u64, length: usize) -> u32 {
    let mixed = (key ^ (length as u64) << 59).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32 ^ (mixed >> 47) as u32
}

/// The upper half of a long token's hash, which its slot keeps, and the lower, which says where that slot is.
fn long_key(token: &[u8]) -> (u64, u32) {
    let mut hash = (token.len() as u64).wrapping_mul(0xA24B_AED4_963E_E407);
    let (words, rest) = token.as_chunks::<8>();
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    }
    if let (false, Some(last)) = (rest.is_empty(), token.last_chunk::<8>()) {
        hash = (hash ^ u64::from_le_bytes(*last)).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        hash ^= hash >> 32;
    }
    hash ^= hash >> 31;
    (hash >> 32, hash as u32)
}
