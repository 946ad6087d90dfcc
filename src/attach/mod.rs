//! A file that is attached to a prompt.
//!
//! Owns: what kind of file it is, from its first bytes, the size of a picture, how long a text may be, and the sentences
//! for what cannot be attached. Does not own: reading the file, which only a browser can (see `app`), or what it comes to
//! in tokens (see `tokens`).

mod image;
mod kind;

pub use image::{SizeError, image_size};
pub use kind::{Charset, Kind};

/// Bytes of a file's beginning that say what it is, and for most pictures how large.
pub const HEAD: u64 = 64_000;
/// A paste longer than this becomes a document of its own: a text field would be slow with it.
pub const LONGEST_PASTE: u64 = 1_000_000;
/// The largest text that is taken in.
pub const LARGEST_TEXT: u64 = 64_000_000;

/// Why a file was not attached.
///
/// ```
/// use foretoken::attach::AttachError;
/// let refused = AttachError::TooLarge { megabytes: 80 };
/// assert!(refused.to_string().starts_with("it is 80 MB"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    #[error("it is empty")]
    Empty,
    #[error(
        "it is {megabytes} MB, and 64 MB is the most a prompt may hold here: a text this large is a log rather than a prompt. \
         Type what it records into the Month page, as requests and their sizes"
    )]
    TooLarge { megabytes: u64 },
    #[error(
        "it is none of the kinds this page reads: text, PDF, PNG, JPEG, GIF, WebP, AVIF, HEIC, BMP or audio"
    )]
    Foreign,
    #[error(
        "it is an Office document, an archive or the like: save it as PDF or as text, and attach that"
    )]
    Packed,
    #[error(
        "the picture ends before it says how large it is: the file may have been cut short on its way here"
    )]
    ImageCutShort,
    #[error("the picture does not say how large it is where its format expects it")]
    ImageBroken,
    #[error("the browser found no length in it: expected audio that this browser can play")]
    AudioUnreadable,
    #[error("the PDF is locked with a password: save a copy without one, and attach that")]
    PdfLocked,
    #[error("the PDF is damaged, or is none: {0}")]
    PdfBroken(String),
    #[error("the reader for PDF could not be loaded; is the network there?")]
    NoPdfReader,
    #[error("the browser could not read the file: it may have been moved or changed")]
    Unreadable,
    #[error("you stopped it")]
    Stopped,
}
