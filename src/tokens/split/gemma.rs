//! Gemma's tokenizer has no split: its vocabulary alone decides what is joined. But no token of it begins with a character that is
//! no space and goes on with a space (but for markup, which ends in `>`), none holds a line break or a digit of ASCII beside
//! anything but, in the case of line breaks, others. Where no token crosses, nothing is ever joined: to cut
//! there changes no count. `tests/vocabulary.rs` holds the vocabulary to that.

use super::Scanner;

/// Gemma 4.
pub struct Gemma;

impl Scanner for Gemma {
    fn piece_end(text: &[u8], at: usize) -> usize {
        let pairs = text[at..].windows(2);
        let length = pairs.take_while(|pair| !is_cut(pair[0], pair[1])).count();
        at + length + 1
    }

    fn is_safe_cut(text: &[u8], at: usize) -> bool {
        match (text.get(at.wrapping_sub(1)), text.get(at)) {
            (Some(left), Some(right)) => is_cut(*left, *right),
            _ => true,
        }
    }
}

/// Whether no token holds these two bytes side by side.
#[inline(always)]
fn is_cut(left: u8, right: u8) -> bool {
    match (left, right) {
        (b' ' | b'>', b' ') | (b'\n', b'\n') => false,
        (_, b' ') | (b'\n', _) | (_, b'\n') => true,
        _ => left.is_ascii_digit() || right.is_ascii_digit(),
    }
}
