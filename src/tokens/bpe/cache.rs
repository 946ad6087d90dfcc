//! What was counted a moment ago: text says the same words again and again.

/// As many entries as fit a megabyte.
const BITS: u32 = 16;

/// The counts of short pieces, each kept in the one place its bytes lead to until another piece takes it.
pub struct Cache {
    entries: Vec<Entry>,
}

/// Up to fifteen bytes, their number in the top four bits, and the count in the four below.
#[derive(Clone, Copy, Default)]
struct Entry {
    low: u64,
    high: u64,
}

/// A piece as an entry knows it.
#[derive(Clone, Copy)]
pub struct Key {
    low: u64,
    high: u64,
}

/// The longest piece that has a key.
pub const LONGEST: usize = 15;
const COUNT: u32 = 56;

impl Key {
    /// The key of the first `length` bytes of `text`; whoever asks says that `length` is 1 to [`LONGEST`].
    #[inline(always)]
    pub fn new(text: &[u8], length: usize) -> Key {
        match (
            text.first_chunk::<8>(),
            text.get(8..).and_then(<[u8]>::first_chunk::<8>),
        ) {
            (Some(low), Some(high)) => {
                let low = u64::from_le_bytes(*low);
                let high = u64::from_le_bytes(*high);
                Key::of(low, high, length)
            }
            _ => Key::at_the_end(text, length),
        }
    }

    #[inline(always)]
    fn of(low: u64, high: u64, length: usize) -> Key {
        let bits = length as u32 * 8;
        let (low, high) = match bits {
            0..=64 => (low & (u64::MAX >> (64 - bits)), 0),
            _ => (low, high & ((1 << (bits - 64)) - 1)),
        };
        Key {
            low,
            high: high | (length as u64) << 60,
        }
    }

    #[cold]
    fn at_the_end(text: &[u8], length: usize) -> Key {
        let word = |bytes: &[u8]| {
            bytes
                .iter()
                .rev()
                .fold(0_u64, |word, byte| word << 8 | u64::from(*byte))
        };
        let piece = &text[..length];
        let (low, high) = piece.split_at(length.min(8));
        Key::of(word(low), word(high), length)
    }

    #[inline(always)]
    fn place(self) -> usize {
        let mixed = self.low.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ self.high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed >> (64 - BITS)) as usize
    }
}

impl Cache {
    pub fn new() -> Cache {
        Cache {
            entries: vec![Entry::default(); 1 << BITS],
        }
    }

    #[inline(always)]
    pub fn get(&self, key: Key) -> Option<usize> {
        let entry = self.entries.get(key.place())?;
        let count = entry.high >> COUNT & 15;
        (entry.low == key.low && entry.high == key.high | count << COUNT).then_some(count as usize)
    }

    #[inline(always)]
    pub fn put(&mut self, key: Key, count: usize) {
        if let Some(entry) = self.entries.get_mut(key.place()) {
            *entry = Entry {
                low: key.low,
                high: key.high | (count as u64) << COUNT,
            };
        }
    }
}
