use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What is sent beside the text of a message.
///
/// ```
/// use foretoken::tokens::{Attachment, Document};
/// let notes = Attachment::Document(Document::new("notes.txt", "Bring bread."));
/// assert_eq!((notes.name(), notes.text()), ("notes.txt", Some("Bring bread.")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    Image(Image),
    Audio(Audio),
    Document(Document),
}

/// A picture: all that its tokens follow from.
/// [`super::ImageRule`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub name: String,
    /// In pixels. Every rule treats both sides alike, so a camera that was held upright makes no difference.
    pub width: u32,
    pub height: u32,
    #[serde(default)]
    pub detail: Detail,
}

/// How closely the model is asked to look at a picture: OpenAI's `detail`, Gemini's `media_resolution`.
///
/// ```
/// use foretoken::tokens::Detail;
/// assert_eq!(Detail::from_name("original"), Some(Detail::Original));
/// assert_eq!(Detail::default().name(), "auto", "what a request without the field gets");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    #[default]
    Auto,
    Low,
    Medium,
    High,
    Original,
}

impl Detail {
    pub const ALL: [Detail; 5] = [
        Detail::Auto,
        Detail::Low,
        Detail::Medium,
        Detail::High,
        Detail::Original,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Detail::Auto => "auto",
            Detail::Low => "low",
            Detail::Medium => "medium",
            Detail::High => "high",
            Detail::Original => "original",
        }
    }

    pub fn from_name(name: &str) -> Option<Detail> {
        Detail::ALL.into_iter().find(|each| each.name() == name)
    }
}

/// A recording.
/// [`super::AudioRule`] has an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audio {
    pub name: String,
    pub milliseconds: u64,
}

/// A text of its own: a file, a long paste, or what a PDF says.
///
/// ```
/// use foretoken::tokens::Document;
/// let paper = Document { pages: Some(3), ..Document::new("paper.pdf", "We show that") };
/// assert_eq!(paper.sent_pages(), Some(3), "its pages are sent as pictures too");
/// assert_eq!(Document { text_only: true, ..paper }.sent_pages(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub name: String,
    /// Under which its text is kept apart from the draft; empty where it is part of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Shared, like a message's.
    pub text: Arc<str>,
    /// How many pages a PDF has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// A PDF of which only the text is sent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub text_only: bool,
    /// What the file was written in, where that was not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

fn is_false(value: &bool) -> bool {
    !*value
}

impl Document {
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Document {
            name: name.into(),
            key: String::new(),
            text: text.into(),
            pages: None,
            text_only: false,
            encoding: None,
        }
    }

    /// The pages that are sent, and so may be billed.
    pub fn sent_pages(&self) -> Option<u32> {
        self.pages.filter(|_| !self.text_only)
    }
}

impl Attachment {
    pub fn name(&self) -> &str {
        match self {
            Attachment::Image(Image { name, .. })
            | Attachment::Audio(Audio { name, .. })
            | Attachment::Document(Document { name, .. }) => name,
        }
    }

    pub fn document(&self) -> Option<&Document> {
        match self {
            Attachment::Document(document) => Some(document),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        self.document().map(|document| &*document.text)
    }
}
