use serde::{Deserialize, Serialize};

use super::{Profile, ToolCount};

/// The tokens of a prompt in one encoding.
///
/// ```
/// use foretoken::tokens::PromptCounts;
/// let counts = PromptCounts { messages: vec![184, 9], framing: 11, ..PromptCounts::default() };
/// assert_eq!(counts.text(), 193, "the text alone: framing and tools are apart");
/// // 3 bytes and 10 bytes, at four bytes a token and rounded up.
/// assert_eq!(PromptCounts::rough(["Hi!", "How much?\n"].into_iter(), "").messages, [1, 3]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptCounts {
    /// Text tokens of each message, in order.
    pub messages: Vec<u64>,
    /// What kind of text each message is.
    pub profiles: Vec<Profile>,
    /// The same of each attached document, in order.
    #[serde(default)]
    pub documents: Vec<u64>,
    #[serde(default)]
    pub document_profiles: Vec<Profile>,
    /// Around the messages, by OpenAI's published chat rule.
    pub framing: u64,
    pub tools: ToolCount,
    /// What is wrong with the tools, where something is.
    #[serde(default)]
    pub tools_error: Option<String>,
    /// Tokens of the sample answer.
    pub sample: u64,
    pub sample_profile: Profile,
}

impl PromptCounts {
    /// A guess from the length of the texts, for the moment before anything is counted.
    pub fn rough<'a>(messages: impl Iterator<Item = &'a str>, sample: &str) -> PromptCounts {
        let (messages, profiles) = rough_counts(messages);
        PromptCounts {
            messages,
            profiles,
            sample: rough_tokens(sample),
            sample_profile: rough_profile(sample),
            ..PromptCounts::default()
        }
    }

    /// The same guess, with documents of this text attached.
    pub fn with_rough_documents<'a>(self, texts: impl Iterator<Item = &'a str>) -> PromptCounts {
        let (documents, document_profiles) = rough_counts(texts);
        PromptCounts {
            documents,
            document_profiles,
            ..self
        }
    }

    /// Every text token: of the messages and of the documents.
    pub fn text(&self) -> u64 {
        self.messages.iter().chain(&self.documents).sum()
    }

    pub fn profile(&self) -> Profile {
        self.profiles
            .iter()
            .chain(&self.document_profiles)
            .fold(Profile::default(), |all, one| all.plus(*one))
    }
}

fn rough_counts<'a>(texts: impl Iterator<Item = &'a str>) -> (Vec<u64>, Vec<Profile>) {
    texts
        .map(|text| (rough_tokens(text), rough_profile(text)))
        .unzip()
}

/// English has about four bytes a token, and most other scripts have more bytes a letter and fewer letters a token.
const ROUGH_BYTES_PER_TOKEN: u64 = 4;

/// The beginning of a long text says well enough what kind of text it is.
fn rough_profile(text: &str) -> Profile {
    Profile::of(&text[..text.floor_char_boundary(20_000)])
}

fn rough_tokens(text: &str) -> u64 {
    (text.len() as u64).div_ceil(ROUGH_BYTES_PER_TOKEN)
}
