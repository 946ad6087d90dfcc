//! Unicode's form C, which Qwen puts a text into before it counts: which characters it may change.
//!
//! How it changes them is for whoever makes a counter to say. The browser knows it, so that half of the counting core's bytes need
//! not be sent.

/// Puts a text into Unicode's form C. In a browser that is `normalize()` of its texts.
pub type Compose = fn(&str) -> String;

/// From U+0300 on, what the form may change or put into another order, as ranges: the first one's code point and how many follow
/// it, in one number. `tests/tokens_compose.rs` writes it.
static TABLE: &[u8] = include_bytes!("composing.bin");
const FOLLOWING: u32 = 11;

/// Whether the form may change this character, put it elsewhere, or join it with one before it.
pub fn is_composing(character: char) -> bool {
    let code = u32::from(character);
    if code < 0x300 {
        return false;
    }
    let (ranges, _) = TABLE.as_chunks::<4>();
    let behind = ranges.partition_point(|range| u32::from_le_bytes(*range) >> FOLLOWING <= code);
    let range = behind.checked_sub(1).and_then(|at| ranges.get(at));
    range.is_some_and(|range| {
        let range = u32::from_le_bytes(*range);
        code - (range >> FOLLOWING) <= range & ((1 << FOLLOWING) - 1)
    })
}
