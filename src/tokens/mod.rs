//! Text becomes tokens.
//!
//! Owns: encodings and their counters, how sure a count is, prompts and their messages, what a chat and its tools add,
//! what pictures, recordings and pages are taken for, and the estimate for models whose vocabulary nobody published. Does not own: what a token costs (see `rating`).

mod attachment;
mod basis;
mod blocks;
mod bpe;
mod compose;
mod counter;
mod counts;
mod encoding;
mod family;
mod framing;
mod image;
mod licence;
mod media;
mod profile;
mod prompt;
pub mod split;
mod text;
mod tools;
pub mod vocabulary;
mod words;

pub use attachment::{Attachment, Audio, Detail, Document, Image};
pub use basis::{Basis, TokenCount};
pub use blocks::{Piece, blocks};
pub use compose::{Compose, is_composing};
pub use counter::{Counter, CounterError, Progress};
pub use counts::PromptCounts;
pub use encoding::Encoding;
pub use family::{Band, Families, Family, FamilyError};
pub use framing::{Framing, chat_framing};
pub use image::{ImageRule, ImageTokens, Working};
pub use licence::Licence;
pub use media::{AudioRule, MediaError, MediaRules, PageRule, Ruled};
pub use profile::Profile;
pub use prompt::{Message, Prompt, Role};
pub use text::Text;
pub use tools::{ToolCount, ToolError, count_tools};
