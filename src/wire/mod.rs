//! What the page and its worker say to each other, as JSON.
//!
//! Owns: the messages, their version, and a count cut into steps. Does not own: how a message travels (see `app` and
//! `worker`). Every request about a prompt carries a revision and every reply echoes it; the newest request wins, and
//! a reply to an older one is dropped by whoever receives it. A failure is a reply.

mod job;

use serde::{Deserialize, Serialize};

use crate::tokens::{Encoding, Piece, Prompt, PromptCounts};

pub use job::{CountJob, Step};

/// Raised whenever an older page and a newer worker would misunderstand each other.
pub const VERSION: u32 = 1;

/// From the page to the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Where the vocabulary files are; sent once, after [`Reply::Ready`].
    Open {
        vocabularies: Vec<VocabularyFile>,
    },
    Count(CountRequest),
    /// Where tokens begin and end in texts that are on screen.
    Pieces(PiecesRequest),
    /// Stop the count with this revision.
    Cancel {
        revision: u64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VocabularyFile {
    pub name: String,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRequest {
    pub revision: u64,
    pub prompt: Prompt,
    /// An answer pasted as a sample.
    #[serde(default)]
    pub sample: String,
    /// In the order in which they are wanted.
    pub encodings: Vec<Encoding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PiecesRequest {
    pub revision: u64,
    pub encoding: Encoding,
    pub blocks: Vec<String>,
}

/// From the worker to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reply {
    Ready {
        version: u32,
    },
    Progress {
        revision: u64,
        stage: Stage,
    },
    /// One encoding is counted; others may follow.
    Counted {
        revision: u64,
        encoding: Encoding,
        counts: PromptCounts,
    },
    /// One encoding could not be counted; the others still may be.
    Missing {
        revision: u64,
        encoding: Encoding,
        why: String,
    },
    /// Nothing more will be said about this revision.
    Done {
        revision: u64,
    },
    Pieces {
        revision: u64,
        encoding: Encoding,
        blocks: Vec<BlockPieces>,
    },
    Failed {
        why: String,
    },
}

/// What the worker is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
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
    pub pieces: Vec<Piece>,
}
