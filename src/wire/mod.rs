//! What the page and its worker say to each other, as JSON.
//!
//! Owns: the messages, their version, and a count cut into steps. Does not own: how a message travels (see `app` and
//! `worker`). Every request about a prompt carries a revision and every reply echoes it; the newest request wins, and
//! a reply to an older one is dropped by whoever receives it. A failure is a reply.

mod change;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::tokens::{Encoding, Piece, Prompt, PromptCounts};

pub use change::TextChange;
pub use sheet::{Sheet, Step};

/// Raised whenever an older page and a newer worker would misunderstand each other.
pub const VERSION: u32 = 3;

/// From the page to the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Where the vocabulary files are; sent once, after [`Reply::Ready`].
    Open {
        vocabularies: Vec<VocabularyFile>,
    },
    Count(CountOrder),
    /// Where tokens begin and end in texts that are on screen.
    Pieces(PiecesRequest),
    /// Count this once, with its texts in it, beside what is counted all the time. Its revision is a number of its own.
    Weigh(CountRequest),
    /// Stop the count with this revision.
    Cancel {
        revision: u64,
    },
}

/// A vocabulary by its name, such as `o200k_base`, and where its file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VocabularyFile {
    pub name: String,
    pub url: String,
}

/// A request to count as it travels: the texts that did not change stay at home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountOrder {
    /// Without its texts.
    pub request: CountRequest,
    /// What became of each text, in the order of [`CountRequest::split`].
    pub texts: Vec<TextChange>,
}

/// Count this prompt in each of these encodings. A higher revision makes the lower ones stale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRequest {
    pub revision: u64,
    pub prompt: Prompt,
    /// An answer pasted as a sample.
    #[serde(default)]
    pub sample: String,
    /// In the order in which they are wanted.
    pub encodings: Vec<Encoding>,
}

impl CountRequest {
    /// The request without its long texts, and the texts beside it, those of the messages, those of the documents and the
    /// sample: a browser copies a bare text much faster than it
    /// writes one into JSON and reads it back.
    ///
    /// ```
    /// use foretoken::tokens::{Encoding, Message, Prompt, Role};
    /// use foretoken::wire::CountRequest;
    /// let prompt = Prompt { messages: vec![Message::new(Role::User, "Hi!")], tools: String::new() };
    /// let whole = CountRequest { revision: 1, prompt, sample: "Yes.".into(), encodings: vec![Encoding::O200kBase] };
    /// let (rest, texts) = whole.clone().split();
    /// assert_eq!(texts.iter().map(|text| text.as_ref()).collect::<Vec<_>>(), ["Hi!", "Yes."]);
    /// assert_eq!(rest.join(texts), whole);
    /// ```
    pub fn split(mut self) -> (CountRequest, Vec<Arc<str>>) {
        let empty = Arc::<str>::from("");
        let mut texts: Vec<Arc<str>> = Vec::new();
        for message in &mut self.prompt.messages {
            texts.push(std::mem::replace(&mut message.text, empty.clone()));
        }
        for document in self.prompt.documents_mut() {
            texts.push(std::mem::replace(&mut document.text, empty.clone()));
        }
        texts.push(Arc::from(std::mem::take(&mut self.sample)));
        (self, texts)
    }

    /// The whole request again.
    pub fn join(mut self, texts: Vec<Arc<str>>) -> CountRequest {
        let mut texts = texts.into_iter();
        for message in &mut self.prompt.messages {
            message.text = texts.next().unwrap_or_else(|| Arc::from(""));
        }
        for document in self.prompt.documents_mut() {
            document.text = texts.next().unwrap_or_else(|| Arc::from(""));
        }
        self.sample = texts
            .next()
            .map_or_else(String::new, |text| text.to_string());
        self
    }
}

/// Cut these blocks into tokens of one encoding; each block is counted alone, see [`crate::tokens::blocks`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PiecesRequest {
    pub revision: u64,
    pub encoding: Encoding,
    pub blocks: Vec<String>,
}

/// From the worker to the page.
///
/// ```
/// use foretoken::wire::Reply;
/// let reply = Reply::Missing { revision: 7, encoding: foretoken::Encoding::R50kBase, why: "offline".into() };
/// let json = r#"{"missing":{"revision":7,"encoding":"r50k_base","why":"offline"}}"#;
/// assert_eq!(serde_json::to_string(&reply).unwrap(), json);
/// assert_eq!(serde_json::from_str::<Reply>(json).unwrap(), reply);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Ready {
        version: u32,
    },
    Progress {
        revision: u64,
        stage: Stage,
    },
    /// These encodings are counted; others may follow.
    Counted {
        revision: u64,
        counts: BTreeMap<Encoding, PromptCounts>,
    },
    /// One encoding could not be counted; the others still may be.
    Missing {
        revision: u64,
        encoding: Encoding,
        why: String,
    },
    /// What was asked is said, with these counts last. What is less urgent may follow when the user rests.
    Done {
        revision: u64,
        counts: BTreeMap<Encoding, PromptCounts>,
    },
    Pieces {
        revision: u64,
        encoding: Encoding,
        blocks: Vec<BlockPieces>,
    },
    /// What was asked for once, but for the encodings that could not be had, each with why.
    Weighed {
        revision: u64,
        counts: BTreeMap<Encoding, PromptCounts>,
        missing: BTreeMap<Encoding, String>,
    },
    Failed {
        why: String,
    },
}

/// What the worker is at.
/// `done` and `of` are bytes: of the file while it loads, of the request's texts while they are counted.
///
/// ```
/// use foretoken::wire::Stage;
/// let stage = Stage::Loading { vocabulary: "o200k_base".into(), done: 500, of: 2_000 };
/// let json = r#"{"loading":{"vocabulary":"o200k_base","done":500,"of":2000}}"#;
/// assert_eq!(serde_json::to_string(&stage).unwrap(), json);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Loading {
        vocabulary: String,
        done: u64,
        of: u64,
    },
    Counting {
        encoding: Encoding,
        done: u64,
        of: u64,
        tokens: u64,
    },
}

/// The tokens of one text that is on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPieces {
    pub block: String,
    /// The text as the encoding reads it, where that is not as it stands: the pieces are of this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    pub pieces: Vec<Piece>,
}

impl BlockPieces {
    /// What the pieces cover.
    pub fn text(&self) -> &str {
        self.read_as.as_deref().unwrap_or(&self.block)
    }
}
