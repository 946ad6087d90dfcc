//! Runs: how far characters of some kinds go on. ASCII is looked at eight bytes at a time.

use super::class::{Class, character_at};

/// ASCII bytes from one to another, both with it; `fold` asks for the lower case of a letter.
#[derive(Clone, Copy)]
struct Range {
    low: u8,
    high: u8,
    fold: u8,
}

const LETTERS: Range = Range {
    low: b'a',
    high: b'z',
    fold: 0x20,
};
const CAPITALS: Range = Range {
    low: b'A',
    high: b'Z',
    fold: 0,
};
const SMALL: Range = Range {
    low: b'a',
    high: b'z',
    fold: 0,
};
const SPACES: Range = Range {
    low: b' ',
    high: b' ',
    fold: 0,
};

const ONES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = ONES * 0x80;

impl Range {
    #[inline(always)]
    fn has(self, byte: u8) -> bool {
        (self.low..=self.high).contains(&(byte | self.fold))
    }

    /// The high bit of each of eight bytes that is not in the range. No byte carries into the next: each addend is at
    /// most 0x7F, or 0x80 less one that is not 0.
    #[inline(always)]
    fn outside(self, bytes: u64) -> u64 {
        let folded = bytes | (ONES * u64::from(self.fold));
        let low_bits = folded & !HIGH_BITS;
        let from_low = low_bits + ONES * u64::from(0x80 - self.low);
        let past_high = low_bits + ONES * u64::from(0x7F - self.high);
        !(from_low & !past_high & !folded) & HIGH_BITS
    }

    /// Where the bytes of this range that stand at `at`, if any, end.
    #[inline(always)]
    fn end(self, text: &[u8], mut at: usize) -> usize {
        let mut rest = text.get(at..).unwrap_or_default();
        while let Some((bytes, after)) = rest.split_first_chunk::<8>() {
            let outside = self.outside(u64::from_le_bytes(*bytes));
            if outside != 0 {
                return at + outside.trailing_zeros() as usize / 8;
            }
            at += 8;
            rest = after;
        }
        at + rest.iter().take_while(|byte| self.has(**byte)).count()
    }
}

/// Where the run at `at` of characters in `set` ends. What is in `ascii` is known to be in the set.
#[inline(always)]
fn run_end_over(text: &[u8], mut at: usize, set: Class, ascii: Range) -> usize {
    loop {
        let next = character_at(text, at);
        if !next.class.is(set) {
            return at;
        }
        at += next.length;
        if next.length == 1 {
            at = ascii.end(text, at);
        }
    }
}

/// Where the run at `at` of characters in `set` ends.
#[inline(always)]
pub fn run_end(text: &[u8], mut at: usize, set: Class) -> usize {
    loop {
        let next = character_at(text, at);
        if !next.class.is(set) {
            return at;
        }
        at += next.length;
    }
}

/// Where the run at `at` of characters in `set` ends, a set that has every ASCII letter.
#[inline(always)]
pub fn letters_end(text: &[u8], at: usize, set: Class) -> usize {
    run_end_over(text, at, set, LETTERS)
}

/// Where the run at `at` of characters in `set` ends, a set that has every small ASCII letter.
#[inline(always)]
pub fn small_letters_end(text: &[u8], at: usize, set: Class) -> usize {
    run_end_over(text, at, set, SMALL)
}

/// Where the ASCII letters that stand at `at`, if any, end.
#[inline(always)]
pub fn ascii_letters_end(text: &[u8], at: usize) -> usize {
    LETTERS.end(text, at)
}

/// The first of sixteen bytes, of those from `from` in the first eight, that is no small ASCII letter; 16 if all are.
#[inline(always)]
pub fn first_not_small(bytes: &[u8; 16], from: usize) -> usize {
    let (words, _) = bytes.as_chunks::<8>();
    let [low, high] = [0, 1].map(|at| SMALL.outside(u64::from_le_bytes(words[at])));
    let low = low & (u64::MAX << (from * 8));
    match low {
        0 => 8 + high.trailing_zeros() as usize / 8,
        _ => low.trailing_zeros() as usize / 8,
    }
}

/// Where the ASCII capitals that stand at `at`, if any, end.
#[inline(always)]
pub fn ascii_capitals_end(text: &[u8], at: usize) -> usize {
    CAPITALS.end(text, at)
}

/// Where the spaces that stand at `at`, if any, end.
#[inline(always)]
pub fn spaces_end(text: &[u8], at: usize) -> usize {
    SPACES.end(text, at)
}

/// Where the run at `at` of characters in `set` ends, at most `most` of them.
#[inline(always)]
pub fn short_run_end(text: &[u8], mut at: usize, set: Class, most: usize) -> usize {
    for _ in 0..most {
        let next = character_at(text, at);
        if !next.class.is(set) {
            break;
        }
        at += next.length;
    }
    at
}

/// Where the run at `at` of bytes of which `is` holds ends.
#[inline(always)]
pub fn bytes_end(text: &[u8], mut at: usize, is: impl Fn(u8) -> bool) -> usize {
    while text.get(at).is_some_and(|byte| is(*byte)) {
        at += 1;
    }
    at
}

pub const fn is_newline(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
