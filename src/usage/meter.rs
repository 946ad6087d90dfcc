//! What a provider counts and charges for.

use serde::{Deserialize, Serialize};

/// One thing a provider counts. Each price in a rate card names its meter; a [`super::Usage`] fills the text ones.
///
/// ```
/// use foretoken::usage::Meter;
/// assert_eq!(Meter::from_key("cache_read"), Some(Meter::CacheRead));
/// assert_eq!(Meter::CacheRead.per(), 1_000_000, "its rates are per million tokens");
/// assert_eq!(Meter::WebSearch.per(), 1_000, "and these per thousand searches");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meter {
    /// Input tokens neither read from a cache nor written to one.
    Input,
    CacheRead,
    /// Written for the provider's short lifetime: 5 minutes at Anthropic, 30 at OpenAI.
    CacheWrite,
    /// Written to stay an hour, at its own rate.
    #[serde(rename = "cache_write_1h")]
    CacheWrite1h,
    /// Output tokens without the reasoning among them.
    Output,
    /// Reasoning tokens. They are part of the output and are never charged twice.
    Reasoning,
    Citation,
    Request,
    WebSearch,
    StorageSearch,
    InputAudio,
    OutputAudio,
    CacheReadAudio,
    InputImage,
    OutputImage,
    CacheReadImage,
    InputVideo,
    OutputVideo,
    AudioSecond,
    InputAudioSecond,
    Character,
    TextMessage,
    DocumentPage,
    AnnotatedDocumentPage,
}

/// The meter, its key in the catalog's files, and how many of it one rate buys.
const METERS: [(Meter, &str, u32); 24] = [
    (Meter::Input, "input", 1_000_000),
    (Meter::CacheRead, "cache_read", 1_000_000),
    (Meter::CacheWrite, "cache_write", 1_000_000),
    (Meter::CacheWrite1h, "cache_write_1h", 1_000_000),
    (Meter::Output, "output", 1_000_000),
    (Meter::Reasoning, "output_reasoning", 1_000_000),
    (Meter::Citation, "output_citation", 1_000_000),
    (Meter::Request, "requests", 1_000),
    (Meter::WebSearch, "web_searches", 1_000),
    (Meter::StorageSearch, "storage_searches", 1_000),
    (Meter::InputAudio, "input_audio", 1_000_000),
    (Meter::OutputAudio, "output_audio", 1_000_000),
    (Meter::CacheReadAudio, "cache_audio_read", 1_000_000),
    (Meter::InputImage, "input_image", 1_000_000),
    (Meter::OutputImage, "output_image", 1_000_000),
    (Meter::CacheReadImage, "cache_image_read", 1_000_000),
    (Meter::InputVideo, "input_video", 1_000_000),
    (Meter::OutputVideo, "output_video", 1_000_000),
    (Meter::AudioSecond, "audio_hours", 3_600),
    (Meter::InputAudioSecond, "input_audio_hours", 3_600),
    (Meter::Character, "input_mchars", 1_000_000),
    (Meter::TextMessage, "input_text_messages", 1_000),
    (Meter::DocumentPage, "input_document_pages", 1_000),
    (
        Meter::AnnotatedDocumentPage,
        "input_annotated_document_pages",
        1_000,
    ),
];

impl Meter {
    /// The key a rate of this meter has in the catalog's files.
    pub fn key(self) -> &'static str {
        METERS[self as usize].1
    }

    /// How many of this one rate buys.
    pub fn per(self) -> u32 {
        METERS[self as usize].2
    }

    pub fn from_key(key: &str) -> Option<Meter> {
        METERS
            .iter()
            .find(|(_, name, _)| *name == key)
            .map(|(meter, ..)| *meter)
    }

    pub fn all() -> impl Iterator<Item = Meter> {
        METERS.iter().map(|(meter, ..)| *meter)
    }
}
