//! Characters that may be taken whole before anything else of a piece is joined: most of a Chinese, Japanese, Korean or Hindi one.
//!
//! Bytes of a character that join each other are, until all have, only in the way of tokens that begin or end inside the character and
//! go beyond it. Where no such token can lie over its two edges, the bytes are joined among themselves alone, whatever stands
//! around. To have that done at once changes nothing as long as every token with more than this character in it comes later in the
//! order of joins than the last of these joins: until then the character has no other part in any.
//! So an edge is closed to this where a token lies over it that is not made of whole characters, or that comes earlier in the order
//! than a character in it. An edge is known by the bytes on its two sides.

use super::merge::character_end;
use super::ranks::{ABSENT, Place, Ranks};

/// Of one vocabulary.
pub struct Whole {
    /// Characters below U+10000 that are tokens their bytes make, by code point.
    characters: Bits,
    /// Edges that are closed, by the byte before and the byte behind.
    edges: Bits,
}

impl Whole {
    pub fn new(ranks: &Ranks) -> Whole {
        let mut whole = Whole {
            characters: Bits::new(),
            edges: Bits::new(),
        };
        // The place of the last join that makes a character.
        let mut made = vec![ABSENT; 1 << 16];
        for place in 0..ranks.len() as Place {
            let token = ranks.token(place as usize);
            if token.is_ascii() {
                continue;
            }
            if character_end(token, 0) < token.len() {
                // One that is not made so far will be later, or never: to close an edge too many costs some speed.
                let in_order = |character: &[u8]| {
                    is_character(character)
                        && code_point(character).is_none_or(|character| made[character] < place)
                };
                if !characters_of(token).all(in_order) {
                    whole.close_edges_in(token);
                }
            } else if let (Some(character), Some(last)) =
                (code_point(token), last_join(ranks, token, place))
            {
                made[character] = last;
                whole.characters.set(character);
            }
        }
        whole
    }

    fn close_edges_in(&mut self, token: &[u8]) {
        for edge in token.windows(2) {
            if edge[1] & 0xC0 != 0x80 {
                self.edges.set(edge_of(edge[0], edge[1]));
            }
        }
    }

    /// Whether the bytes from `at` to `end`, a character or what a cut left of one, may be joined at once.
    #[inline(always)]
    pub fn is_whole(&self, piece: &[u8], at: usize, end: usize) -> bool {
        let known = code_point(&piece[at..end]).is_some_and(|at| self.characters.has(at));
        let is_open = |edge: usize| {
            edge == 0
                || edge == piece.len()
                || !self.edges.has(edge_of(piece[edge - 1], piece[edge]))
        };
        known && is_open(at) && is_open(end)
    }
}

/// The bytes of each character, and of what is none.
fn characters_of(token: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at;
        at = character_end(token, from);
        token.get(from..at)
    })
}

/// Whether these are all bytes of a character, where there are none of another.
fn is_character(bytes: &[u8]) -> bool {
    let length = match bytes[0] {
        0..0x80 => 1,
        0x80..0xC0 => 0,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    bytes.len() == length
}

/// The place of the last join that makes this token of its bytes; nothing where they do not make it.
fn last_join(ranks: &Ranks, token: &[u8], place: Place) -> Option<Place> {
    match *token {
        [_, _] => Some(place),
        [first, second, third] => {
            let inner = ranks.pair(first, second).min(ranks.pair(second, third));
            (inner != ABSENT).then(|| place.max(inner))
        }
        _ => None,
    }
}

/// The code point that these two or three bytes are, if it is one.
#[inline(always)]
fn code_point(bytes: &[u8]) -> Option<usize> {
    let bits = |byte: u8, mask: u8| usize::from(byte & mask);
    match *bytes {
        [first, second] if first & 0xE0 == 0xC0 => {
            Some(bits(first, 0x1F) << 6 | bits(second, 0x3F))
        }
        [first, second, third] if first & 0xF0 == 0xE0 => {
            Some(bits(first, 0x0F) << 12 | bits(second, 0x3F) << 6 | bits(third, 0x3F))
        }
        _ => None,
    }
}

#[inline(always)]
fn edge_of(before: u8, behind: u8) -> usize {
    usize::from(before) << 8 | usize::from(behind)
}

/// Numbers below 65,536.
struct Bits(Vec<u64>);

impl Bits {
    fn new() -> Bits {
        Bits(vec![0; (1 << 16) / 64])
    }

    fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    #[inline(always)]
    fn has(&self, at: usize) -> bool {
        self.0
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}
