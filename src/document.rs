//! Documents as JSON, and where in them a mistake stands.
//!
//! Owns: reading a document with the place of what is wrong, such as `charges[2].price.unit.amount`. Does not own: what a
//! document may say (see `billing` and `usage`). `serde_path_to_error` does the same by wrapping the reader, which doubles
//! the code of every type that is read: 40 kB of the page's first load. Here the reader's line and column are looked up in
//! the text, and only when something is wrong.

use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::{Display, Formatter};

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", if .at.is_empty() { String::new() } else { format!("{}: ", .at) })]
pub struct DocumentError {
    /// The place; empty for all of it.
    pub at: String,
    pub what: String,
}

/// Read a document.
///
/// ```
/// use foretoken::document;
/// #[derive(serde::Deserialize, Debug)]
/// #[serde(deny_unknown_fields)]
/// struct Price { #[expect(dead_code)] amount: u32 }
/// let read = |text| document::read::<Vec<Price>>(text).unwrap_err().to_string();
/// assert!(read(r#"[{"amount": 1}, {"amount": "2"}]"#).starts_with("[1].amount: invalid type: string"));
/// assert!(read(r#"[{"amount": 1, "per": 2}]"#).starts_with("[0].per: unknown field `per`"));
/// assert!(read(r#"[{}]"#).starts_with("[0]: missing field `amount`"));
/// ```
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, DocumentError> {
    serde_json::from_str(text).map_err(|error| {
        let end = offset(text, error.line(), error.column());
        let what = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        DocumentError {
            at: place_at(&text.as_bytes()[..end]),
            what: match error.is_data() {
                true => what.replace(&place, ""),
                false => what,
            },
        }
    })
}

/// The version a document says it has, before anything else of it is read: a newer one may say what this page does not know.
///
/// ```
/// use foretoken::document;
/// assert_eq!(document::version(r#"{"version": 2, "unheard": []}"#).unwrap(), 2);
/// assert!(document::version("{}").is_err());
/// ```
pub fn version(text: &str) -> serde_json::Result<u32> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    serde_json::from_str::<Head>(text).map(|head| head.version)
}

/// Read a value that is written as text. What is wrong is found while the reader still stands there.
pub fn text<'de, D: Deserializer<'de>, T, E: Display>(
    source: D,
    read: impl FnOnce(&str) -> Result<T, E>,
    expected: &'static str,
) -> Result<T, D::Error> {
    struct Text<F>(F, &'static str);
    impl<T, E: Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, out: &mut Formatter) -> std::fmt::Result {
            out.write_str(self.1)
        }

        fn visit_str<W: serde::de::Error>(self, text: &str) -> Result<T, W> {
            (self.0)(text).map_err(W::custom)
        }
    }
    source.deserialize_str(Text(read, expected))
}

/// How many bytes were read when the reader stood here.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (before + column).min(text.len())
}

/// An object or a list that was not closed yet.
enum Open {
    Object(String),
    List(usize),
}

/// The place at which a document was read so far.
fn place_at(read: &[u8]) -> String {
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    let mut names_next = false;
    while let Some(byte) = read.get(at) {
        at += 1;
        match byte {
            b'{' => {
                open.push(Open::Object(String::new()));
                names_next = true;
            }
            b'[' => open.push(Open::List(0)),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Open::List(index)) => *index += 1,
                _ => names_next = true,
            },
            b'"' => {
                let end = closing_quote(&read[at..]);
                if let (true, Some(Open::Object(name))) = (names_next, open.last_mut()) {
                    *name = String::from_utf8_lossy(&read[at..at + end]).into_owned();
                    names_next = false;
                }
                at += end + 1;
            }
            _ => {}
        }
    }
    written(&open)
}

/// How many bytes a string has before the quote that ends it.
fn closing_quote(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at,
            _ => at += 1,
        }
    }
    text.len()
}

fn written(open: &[Open]) -> String {
    let mut place = String::new();
    for each in open {
        match each {
            Open::Object(name) if name.is_empty() => {}
            Open::Object(name) => {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(name);
            }
            Open::List(index) => place.push_str(&format!("[{index}]")),
        }
    }
    place
}
