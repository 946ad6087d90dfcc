//! Texts, part by part.

use std::sync::Arc;

use foretoken::attach::{AttachError, Charset};
use gloo::timers::future::TimeoutFuture;
use js_sys::{JsString, Uint8Array};
use web_sys::{Blob, TextDecodeOptions, TextDecoder, TextDecoderOptions};

use super::{Watch, bytes, part};

/// What is handled between two breaths of the page: a few milliseconds of work.
const PART: u64 = 500_000;

/// A text the browser holds, as ours; an empty one is none.
pub(super) async fn in_parts(text: &JsString, watch: &Watch) -> Result<Arc<str>, AttachError> {
    filled(copied(text, watch).await?)
}

/// The same, empty or not: a scanned page says nothing.
pub(super) async fn copied(text: &JsString, watch: &Watch) -> Result<String, AttachError> {
    let length = text.length();
    let mut copied = String::with_capacity(length as usize);
    let mut at = 0;
    while at < length {
        let end = whole_letters(text, at.saturating_add(PART as u32).min(length));
        copied.push_str(&String::from(text.slice(at, end)));
        at = end;
        watch.at(at.into(), length.into(), false)?;
        TimeoutFuture::new(0).await;
    }
    Ok(copied)
}

/// A letter beyond the first 65,536 is two units of a browser's text: never cut between them.
fn whole_letters(text: &JsString, end: u32) -> u32 {
    let last = text.char_code_at(end - 1) as u32;
    if (0xD800..0xDC00).contains(&last) && end < text.length() {
        end + 1
    } else {
        end
    }
}

/// A file's text, and what it was written in.
pub(super) async fn decoded(
    blob: &Blob,
    charset: Charset,
    watch: &Watch,
) -> Result<(Arc<str>, Charset), AttachError> {
    match decode(blob, charset, watch).await {
        Err(Undecoded::Invalid) => match decode(blob, Charset::FALLBACK, watch).await {
            Ok(text) => Ok((text, Charset::FALLBACK)),
            Err(Undecoded::Invalid) => Err(AttachError::Foreign),
            Err(Undecoded::Failed(why)) => Err(why),
        },
        Err(Undecoded::Failed(why)) => Err(why),
        Ok(text) => Ok((text, charset)),
    }
}

enum Undecoded {
    /// These bytes are no text of the kind.
    Invalid,
    Failed(AttachError),
}

impl From<AttachError> for Undecoded {
    fn from(why: AttachError) -> Self {
        Undecoded::Failed(why)
    }
}

async fn decode(blob: &Blob, charset: Charset, watch: &Watch) -> Result<Arc<str>, Undecoded> {
    let decoder = decoder(charset).ok_or(AttachError::Unreadable)?;
    let size = bytes(blob);
    let mut text = String::with_capacity(size as usize);
    let mut at = 0;
    while at < size {
        let bytes = part(blob, at, at + PART).await?;
        at += u64::from(bytes.length());
        text.push_str(&piece(&decoder, &bytes, at < size).ok_or(Undecoded::Invalid)?);
        if bytes.length() == 0 {
            return Err(AttachError::Unreadable.into());
        }
        watch.at(at, size, false)?;
    }
    Ok(filled(text)?)
}

/// UTF-8 that is none is told apart by its first wrong byte; everything is right in the others.
fn decoder(charset: Charset) -> Option<TextDecoder> {
    let options = TextDecoderOptions::new();
    options.set_fatal(charset == Charset::Utf8);
    TextDecoder::new_with_label_and_options(charset.label(), &options).ok()
}

fn piece(decoder: &TextDecoder, bytes: &Uint8Array, more: bool) -> Option<String> {
    let options = TextDecodeOptions::new();
    options.set_stream(more);
    decoder
        .decode_with_js_u8_array_and_options(bytes, &options)
        .ok()
}

/// A text with nothing in it has no place in a prompt.
fn filled(text: String) -> Result<Arc<str>, AttachError> {
    if text.is_empty() {
        return Err(AttachError::Empty);
    }
    Ok(Arc::from(text))
}
