//! The patterns that cut a word where its case says so: o200k, Mistral's Tekken and Kimi K2.
//!
//! A word is `[capitals]*[small letters]+`, or else `[capitals]+[small letters]*`, where letters without case and marks
//! are in both sets. The first asks for as many capitals as it can have and gives back the last that may also be a small
//! letter, when no small letter follows; so one look over the capitals, remembering the last such place, is enough.
//!
//! A mark at a word's start may also be the character before the word (`[^\r\n\p{L}\p{N}]?`), with the same end: where
//! the word after it ends in small letters so does the word with it, and elsewhere it is itself the small letter.

use super::Scanner;
use super::blank::Blanks;
use super::class::{Class, character_at};
use super::cut::{self, Seam};
use super::letter::{contraction_end, signs_end};
use super::run::{
    ascii_capitals_end, bytes_end, first_not_small, is_newline, run_end, short_run_end,
    small_letters_end,
};

/// As tiktoken publishes it in `tiktoken_ext/openai_public.py`.
pub const O200K_REGEX: &str = concat!(
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
);

/// As in `tekken.json` of Mistral NeMo and Mistral Small.
pub const TEKKEN_REGEX: &str = concat!(
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+",
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*",
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
);

/// As in `tokenization_kimi.py` of Kimi K2. (That file also cuts every 25,000 characters without a blank; we do not.)
pub const KIMI_REGEX: &str = concat!(
    r"[\p{Han}]+",
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
);

/// o200k_base and o200k_harmony.
pub struct O200k;
/// Mistral's Tekken.
pub struct Tekken;
/// Kimi K2.
pub struct Kimi;

/// Where the patterns of this family differ.
trait Rules {
    /// How many digits stay together.
    const DIGITS: usize;
    /// Whether a word takes a contraction after it.
    const CONTRACTIONS: bool;
    /// Whether slashes count among the newlines after signs.
    const SLASHES: bool;
    /// What stands apart from words, in runs of its own, before all else.
    const APART: Class;
    /// What may stand among capitals and among small letters.
    const CASELESS: Class = Class::CASELESS.or(Class::MARK).and(Self::APART.not());
}

impl Rules for O200k {
    const DIGITS: usize = 3;
    const CONTRACTIONS: bool = true;
    const SLASHES: bool = true;
    const APART: Class = Class::NOTHING;
}

impl Rules for Tekken {
    const DIGITS: usize = 1;
    const CONTRACTIONS: bool = false;
    const SLASHES: bool = true;
    const APART: Class = Class::NOTHING;
}

impl Rules for Kimi {
    const DIGITS: usize = 3;
    const CONTRACTIONS: bool = true;
    const SLASHES: bool = false;
    const APART: Class = Class::HAN;
}

macro_rules! scan_by_rules {
    ($($scanner:ty),*) => {$(
        impl Scanner for $scanner {
            #[inline(always)]
            fn piece_end(text: &[u8], at: usize) -> usize {
                piece_end::<$scanner>(text, at)
            }

            fn is_safe_cut(text: &[u8], at: usize) -> bool {
                cut::between(text, at, is_safe_seam::<$scanner>)
            }
        }
    )*};
}
scan_by_rules!(O200k, Tekken, Kimi);

/// Where a word ends that is as most are: a space before it or none, a capital or none, small letters, and behind it something
/// of ASCII that begins no contraction; all in sixteen bytes, which are read at once.
#[inline(always)]
fn plain_word_end(text: &[u8], at: usize) -> Option<usize> {
    let bytes = text.get(at..)?.first_chunk::<16>()?;
    let mut from = usize::from(bytes[0] == b' ');
    from += usize::from(bytes[from].is_ascii_uppercase());
    let length = first_not_small(bytes, from);
    let behind = *bytes.get(length)?;
    (length > from && behind.is_ascii() && behind != b'\'').then_some(at + length)
}

#[inline(always)]
fn piece_end<R: Rules>(text: &[u8], at: usize) -> usize {
    if let Some(end) = plain_word_end(text, at) {
        return end;
    }
    let first = character_at(text, at);
    if first.class.is(R::APART) {
        return run_end(text, at, R::APART);
    }
    if first.class.is(Class::LETTER.or(Class::MARK)) {
        return word_end::<R>(text, at);
    }
    if first.class.is(Class::NUMBER) {
        return short_run_end(text, at, Class::NUMBER, R::DIGITS);
    }
    let second = at + first.length;
    if !is_newline(text[at]) {
        let word = word_end::<R>(text, second);
        if word > second {
            return word;
        }
    }
    let signs = signs_end(text, at);
    if signs > at {
        return bytes_end(text, signs, |byte| {
            is_newline(byte) || R::SLASHES && byte == b'/'
        });
    }
    let blanks = Blanks::at(text, at);
    blanks.newlines_first(blanks.end < text.len())
}

/// Where the word at `at` ends, with its contraction; `at` where none stands.
#[inline(always)]
fn word_end<R: Rules>(text: &[u8], at: usize) -> usize {
    let end = letters_end::<R>(text, at);
    if R::CONTRACTIONS && end > at {
        return contraction_end(text, end);
    }
    end
}

#[inline(always)]
fn letters_end<R: Rules>(text: &[u8], at: usize) -> usize {
    let mut end = at;
    let mut last_caseless_end = at;
    loop {
        let next = character_at(text, end);
        if next.class.is(Class::LOWER) {
            return small_letters_end(text, end, Class::LOWER.or(R::CASELESS));
        }
        if !next.class.is(Class::UPPER.or(R::CASELESS)) {
            break;
        }
        end += next.length;
        if next.class.is(R::CASELESS) {
            last_caseless_end = end;
        } else if next.length == 1 {
            end = ascii_capitals_end(text, end);
        }
    }
    if last_caseless_end > at {
        last_caseless_end
    } else {
        end
    }
}

/// By the character on the left:
/// * a letter: see [`ends_word`];
/// * a number: the run ends before whatever is no number, and always where digits stand alone;
/// * a sign, or a mark, which may be of a word or of signs: signs take signs, newlines and slashes, and a letter or mark
///   may make a word of the last. Both end before a number and before another blank;
/// * a newline: it, and the slashes and newlines after signs, go on into no more than blanks, slashes and newlines;
/// * what stands apart (Han) is, if a letter, in a run of its own only, which ends before whatever does not stand apart.
///   And every run but one of blanks ends before it. If no letter, it may also be among signs or numbers: then their
///   rules hold, and end its own run as well.
fn is_safe_seam<R: Rules>(seam: Seam) -> bool {
    let Seam { left, right, .. } = seam;
    if left.is(R::APART) && right.is(R::APART) {
        return false;
    }
    let apart_letters = R::APART.and(Class::LETTER);
    if left.is(apart_letters) || right.is(apart_letters) && !left.is(Class::BLANK) {
        return true;
    }
    if left.is(Class::LETTER) {
        return ends_word::<R>(seam);
    }
    if left.is(Class::NUMBER) {
        return R::DIGITS == 1 || !right.is(Class::NUMBER);
    }
    if left.is(Class::SIGN) {
        return right.is(Class::NUMBER) || right.is(Class::BLANK) && !seam.newline_right();
    }
    seam.newline_left() && !right.is(Class::BLANK) && !(R::SLASHES && seam.slash_right())
}

/// Whether a word is known to end after the letter on the left. It does before whatever is neither letter nor mark nor
/// the apostrophe of a contraction; and between a small letter and a capital, for the capital is in no run that a small
/// letter is in, unless they are a contraction's last two, as in `'lL`. A contraction ends before both, with that exception.
fn ends_word<R: Rules>(seam: Seam) -> bool {
    if seam.left.is(Class::LOWER) && seam.right.is(Class::UPPER) {
        return !(R::CONTRACTIONS && seam.before_left_is_apostrophe());
    }
    let goes_on = seam.right.is(Class::UPPER.or(Class::LOWER).or(R::CASELESS));
    let contracts = R::CONTRACTIONS && seam.apostrophe_right();
    !goes_on && !contracts
}
