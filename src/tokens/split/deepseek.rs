//! DeepSeek V3 and R1: three expressions, each cutting what the one before left.
//!
//! Numbers first, then CJK; so neither is ever in a piece with anything else. The third expression sees each run of CJK
//! and each run of what is neither as a text of its own, at whose end `(?!\S)` holds. (It sees the numbers too, and
//! matches nothing of them.) What no expression matches stays, as one piece.

use super::Scanner;
use super::blank::Blanks;
use super::class::{Character, Class, character_at};
use super::cut::{self, Seam};
use super::run::{ascii_letters_end, bytes_end, is_newline, letters_end, run_end, short_run_end};

/// As in the three `Split` steps of `tokenizer.json` of DeepSeek V3, one a line; the line breaks its classes hold are
/// written `\r` and `\n`.
pub const DEEPSEEK_REGEXES: &str = concat!(
    r"\p{N}{1,3}",
    "\n",
    r"[一-龥぀-ゟ゠-ヿ]+",
    "\n",
    r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+"##,
    r"|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
);

/// DeepSeek V3 and R1.
pub struct DeepSeek;

/// What is neither of CJK nor a number.
const PLAIN: Class = Class::CJK.or(Class::NUMBER).not();
/// `[\p{L}\p{M}]`
const WORD: Class = Class::LETTER.or(Class::MARK);

impl Scanner for DeepSeek {
    #[inline(always)]
    fn piece_end(text: &[u8], at: usize) -> usize {
        let first = character_at(text, at);
        if first.class.is(PLAIN) {
            piece_end_within(PLAIN, text, at, first)
        } else if first.class.is(Class::NUMBER) {
            short_run_end(text, at, Class::NUMBER, 3)
        } else {
            piece_end_within(Class::CJK, text, at, first)
        }
    }

    /// Numbers, CJK and the rest are always apart, and what comes before either ends there as at the text's end. Where
    /// both sides are of CJK or both of the rest, by the character on the left:
    /// * a letter or a mark: the run, and the letters after an ASCII symbol, end before whatever is neither;
    /// * a symbol: the run takes symbols and newlines. It ends before another blank, before what is of no kind, and before
    ///   a word, unless an ASCII letter may make a word of the symbol;
    /// * what is of no kind: the run takes its like, and gives its last to a word; it ends before all else;
    /// * a newline: neither the newlines after symbols nor blanks go on into what is no blank.
    fn is_safe_cut(text: &[u8], at: usize) -> bool {
        cut::between(text, at, |seam: Seam| {
            let Seam { left, right, .. } = seam;
            if left.is(Class::NUMBER) || right.is(Class::NUMBER) {
                return !(left.is(Class::NUMBER) && right.is(Class::NUMBER));
            }
            if left.is(Class::CJK) != right.is(Class::CJK) {
                return true;
            }
            if left.is(WORD) {
                !right.is(WORD)
            } else if left.is(Class::SYMBOL) {
                let joined = seam.ascii_left() && seam.ascii_right();
                right.is(Class::OTHER)
                    || right.is(WORD) && !joined
                    || right.is(Class::BLANK) && !seam.newline_right()
            } else if left.is(Class::OTHER) {
                !right.is(WORD.or(Class::OTHER))
            } else {
                seam.newline_left() && !right.is(Class::BLANK)
            }
        })
    }
}

/// The end of the piece at `at` by the third expression, whose text goes on as long as there are characters `within`.
#[inline(always)]
fn piece_end_within(within: Class, text: &[u8], at: usize, first: Character) -> usize {
    let word = WORD.and(within);
    let second = at + first.length;
    if first.class.is(word) {
        return letters_end(text, at, word);
    }
    if first.class.is(Class::SYMBOL) {
        let letters = ascii_letters_end(text, second);
        if first.length == 1 && letters > second {
            return letters;
        }
        return symbols_end(text, second, within);
    }
    let next = character_at(text, second).class;
    if next.is(word) && !is_newline(text[at]) {
        return letters_end(text, second, word);
    }
    if first.class.is(Class::OTHER) {
        return unmatched_end(text, at, within);
    }
    if next.is(Class::SYMBOL.and(within)) && text[at] == b' ' {
        return symbols_end(text, second, within);
    }
    let blanks = Blanks::at(text, at);
    blanks.newlines_first(character_at(text, blanks.end).class.is(within))
}

/// `[\p{P}\p{S}]*[\r\n]*`
#[inline(always)]
fn symbols_end(text: &[u8], at: usize, within: Class) -> usize {
    let end = run_end(text, at, Class::SYMBOL.and(within));
    if !Class::BLANK.is(within) {
        return end;
    }
    bytes_end(text, end, is_newline)
}

/// Where what no alternative matches ends: a run of controls and the like, but for the last where a word follows it.
/// No word follows the first.
fn unmatched_end(text: &[u8], at: usize, within: Class) -> usize {
    let mut last = at;
    let mut end = at;
    loop {
        let next = character_at(text, end);
        if !next.class.is(Class::OTHER.and(within)) {
            let taken = next.class.is(WORD.and(within));
            return if taken { last } else { end };
        }
        last = end;
        end += next.length;
    }
}
