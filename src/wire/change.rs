use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A text shorter than this is sent whole: to find what changed would save nothing.
const SHORT: usize = 4_096;
/// What is compared at once.
const STRIDE: usize = 256;

/// What became of a text since the request before.
///
/// ```
/// use foretoken::wire::TextChange;
/// let before = "a line\n".repeat(1_000);
/// let mut after = before.clone();
/// after.replace_range(701..701, "long ");
/// let change = TextChange::between(&before, &after);
/// assert_eq!(change, TextChange::Splice { from: 701, to: 701, with: "long ".into() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextChange {
    Same,
    /// It comes whole, beside the request.
    Whole,
    /// `with` stands in the place of these bytes.
    Splice {
        from: usize,
        to: usize,
        with: String,
    },
}

impl TextChange {
    /// The change that makes `after` of `before`. What changed in two places far apart is sent with what stands between.
    pub fn between(before: &str, after: &str) -> TextChange {
        if std::ptr::eq(before, after) || (before.len() == after.len() && before == after) {
            return TextChange::Same;
        }
        let from = after.floor_char_boundary(common_start(before.as_bytes(), after.as_bytes()));
        let (old, new) = (&before[from..], &after[from..]);
        let end = common_end(old.as_bytes(), new.as_bytes());
        let end = new.len() - new.ceil_char_boundary(new.len() - end);
        let with = &new[..new.len() - end];
        if before.len() < SHORT || with.len() > after.len() / 2 {
            return TextChange::Whole;
        }
        TextChange::Splice {
            from,
            to: before.len() - end,
            with: with.to_owned(),
        }
    }

    /// The changes from the texts that were sent to these, and those of them that are to be sent whole.
    pub fn all(before: &[Arc<str>], after: &[Arc<str>]) -> (Vec<TextChange>, Vec<Arc<str>>) {
        let change = |(at, text): (usize, &Arc<str>)| match before.get(at) {
            Some(before) => TextChange::between(before, text),
            None => TextChange::Whole,
        };
        let changes: Vec<TextChange> = after.iter().enumerate().map(change).collect();
        let whole = after.iter().zip(&changes);
        let whole = whole.filter(|(_, change)| **change == TextChange::Whole);
        let whole = whole.map(|(text, _)| text.clone()).collect();
        (changes, whole)
    }
}

/// How many bytes the two begin with in common.
fn common_start(one: &[u8], other: &[u8]) -> usize {
    let strides = one.chunks_exact(STRIDE).zip(other.chunks_exact(STRIDE));
    let at = strides.take_while(|(one, other)| one == other).count() * STRIDE;
    let rest = one[at..].iter().zip(&other[at..]);
    at + rest.take_while(|(one, other)| one == other).count()
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    let strides = one.rchunks_exact(STRIDE).zip(other.rchunks_exact(STRIDE));
    let at = strides.take_while(|(one, other)| one == other).count() * STRIDE;
    let (one, other) = (&one[..one.len() - at], &other[..other.len() - at]);
    let rest = one.iter().rev().zip(other.iter().rev());
    at + rest.take_while(|(one, other)| one == other).count()
}
