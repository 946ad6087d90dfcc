//! The patterns that take letters whatever their case: cl100k, Llama 3, Qwen 2 and GLM-4.
//!
//! They differ in how many digits stay together and in the blanks at a text's end. The possessive quantifiers of cl100k
//! (`?+`, `++`) give back nothing, and nothing that follows them could use what a plain one gave back.

use super::Scanner;
use super::blank::Blanks;
use super::class::{Class, character_at};
use super::cut::{self, Seam};
use super::run::{bytes_end, is_newline, letters_end, run_end, short_run_end};

/// As tiktoken publishes it in `tiktoken_ext/openai_public.py`.
pub const CL100K_REGEX: &str = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s";

/// As in `tokenizer.json` of Llama 3.1, and as GLM-4's `tokenization_chatglm.py` has it.
pub const LLAMA3_REGEX: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// As in `tokenizer.json` of Qwen 2.5 and Qwen 3. Their normalizer, NFC, comes before it.
pub const QWEN2_REGEX: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// How many digits stay together; and whether the blanks at the text's end do though there are newlines among them, for
/// `\s++$` comes first.
pub struct Letters<const DIGITS: usize, const ENDING_BLANKS_TOGETHER: bool>;

/// cl100k_base.
pub type Cl100k = Letters<3, true>;
/// Llama 3.
pub type Llama3 = Letters<3, false>;
/// Qwen 2, 2.5 and 3.
pub type Qwen2 = Letters<1, false>;
/// GLM-4 and GLM-4.5, which cut as Llama 3 does.
pub type Glm4 = Llama3;

impl<const DIGITS: usize, const ENDING_BLANKS_TOGETHER: bool> Scanner
    for Letters<DIGITS, ENDING_BLANKS_TOGETHER>
{
    #[inline(always)]
    fn piece_end(text: &[u8], at: usize) -> usize {
        let first = character_at(text, at);
        if first.class.is(Class::LETTER) {
            return letters_end(text, at, Class::LETTER);
        }
        if first.class.is(Class::NUMBER) {
            return short_run_end(text, at, Class::NUMBER, DIGITS);
        }
        let contraction = contraction_end(text, at);
        if contraction > at {
            return contraction;
        }
        let second = at + first.length;
        if character_at(text, second).class.is(Class::LETTER) && !is_newline(text[at]) {
            return letters_end(text, second, Class::LETTER);
        }
        let signs = signs_end(text, at);
        if signs > at {
            return bytes_end(text, signs, is_newline);
        }
        let blanks = Blanks::at(text, at);
        let goes_on = blanks.end < text.len();
        if ENDING_BLANKS_TOGETHER && !goes_on {
            return blanks.end;
        }
        blanks.newlines_first(goes_on)
    }

    /// By the character on the left:
    /// * a letter: a run of letters and a contraction both end before whatever is no letter, a mark too;
    /// * a number: the run ends before whatever is no number, and always where digits stand alone;
    /// * a sign: the run takes signs and newlines, and a letter may make it the character before a word. It ends before a
    ///   number and before another blank, and so does an apostrophe;
    /// * a newline: neither the newlines after signs nor blanks go on into what is no blank.
    fn is_safe_cut(text: &[u8], at: usize) -> bool {
        cut::between(text, at, |seam: Seam| {
            let Seam { left, right, .. } = seam;
            if left.is(Class::LETTER) {
                !right.is(Class::LETTER)
            } else if left.is(Class::NUMBER) {
                DIGITS == 1 || !right.is(Class::NUMBER)
            } else if left.is(Class::SIGN) {
                right.is(Class::NUMBER) || right.is(Class::BLANK) && !seam.newline_right()
            } else {
                seam.newline_left() && !right.is(Class::BLANK)
            }
        })
    }
}

/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)`: where it ends, or `at` where none stands.
#[inline(always)]
pub fn contraction_end(text: &[u8], at: usize) -> usize {
    let Some([b'\'', letters @ ..]) = text.get(at..) else {
        return at;
    };
    at + match letters {
        [b's' | b'S' | b't' | b'T' | b'm' | b'M' | b'd' | b'D', ..] => 2,
        [b'r' | b'R' | b'v' | b'V', b'e' | b'E', ..] => 3,
        [b'l' | b'L', b'l' | b'L', ..] => 3,
        [0xC5, 0xBF, ..] => 3, // ſ is an s whose case is ignored
        _ => 0,
    }
}

/// ` ?[^\s\p{L}\p{N}]+`: where it ends, or `at` where none stands.
#[inline(always)]
pub fn signs_end(text: &[u8], at: usize) -> usize {
    let start = at + usize::from(text[at] == b' ');
    let end = run_end(text, start, Class::SIGN);
    if end > start { end } else { at }
}
