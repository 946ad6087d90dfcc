//! How long a recording plays, by the browser's own reader of its beginning. Nothing is played.

use foretoken::attach::AttachError;
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAudioElement, Url};

/// A file whose length does not come within this many milliseconds has none that can be read.
const PATIENCE: i32 = 15_000;
/// Eleven days: what is longer was misread.
const LONGEST: u64 = 1_000_000_000;

pub(super) async fn milliseconds(file: &Blob) -> Result<u64, AttachError> {
    let url = Url::create_object_url_with_blob(file).map_err(|_| AttachError::Unreadable)?;
    let length = length(&url).await;
    // A name that was taken back already needs no taking back.
    let _ = Url::revoke_object_url(&url);
    length
        .filter(|length| (1..=LONGEST).contains(length))
        .ok_or(AttachError::AudioUnreadable)
}

async fn length(url: &str) -> Option<u64> {
    let audio = HtmlAudioElement::new().ok()?;
    let loaded = Promise::new(&mut |resolve, reject| {
        audio.set_onloadedmetadata(Some(&resolve));
        audio.set_onerror(Some(&reject));
        if let Some(window) = web_sys::window() {
            // Without a clock it waits for the browser's own word.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE);
        }
    });
    audio.set_preload("metadata");
    audio.set_src(url);
    let loaded = JsFuture::from(loaded).await;
    let length = (audio.duration() * 1_000.0).round() as u64;
    // Let go of the file.
    audio.set_onerror(None);
    audio.set_onloadedmetadata(None);
    audio.set_src("");
    loaded.ok().map(|_| length)
}
