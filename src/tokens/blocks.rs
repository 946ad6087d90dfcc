use serde::{Deserialize, Serialize};

/// A block shown at once in the token view holds about this many bytes.
const BLOCK_BYTES: usize = 2_000;
/// Where a text offers no place to cut (one endless word, Chinese), a block ends here all the same.
const LONGEST_BLOCK: usize = 8_000;

/// One token of a shown text: how many bytes it covers, and its id in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub bytes: usize,
    pub id: u32,
}

/// Cut a text into blocks that can be shown, and cut into tokens, one at a time.
///
/// ```
/// use foretoken::tokens::blocks;
/// let text = "one two three ".repeat(1_000);
/// assert_eq!(blocks(&text).concat(), text);
/// assert!(blocks(&text).iter().all(|block| block.len() <= 8_000));
/// ```
pub fn blocks(text: &str) -> Vec<&str> {
    let mut rest = text;
    let next = || {
        let (block, after) = rest.split_at(block_end(rest));
        rest = after;
        (!block.is_empty()).then_some(block)
    };
    std::iter::from_fn(next).collect()
}

fn block_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.len() <= BLOCK_BYTES {
        return bytes.len();
    }
    let longest = LONGEST_BLOCK.min(bytes.len());
    (BLOCK_BYTES..longest)
        .find(|&at| can_cut(bytes, at))
        .unwrap_or_else(|| text.floor_char_boundary(longest))
}

/// Before a space that follows an ASCII letter every pattern begins a new piece.
fn can_cut(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b' ' && bytes[at - 1].is_ascii_alphabetic()
}
