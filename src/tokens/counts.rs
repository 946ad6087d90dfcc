use serde::{Deserialize, Serialize};

use super::{Profile, ToolCount};

/// The tokens of a prompt in one encoding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptCounts {
    /// Text tokens of each message, in order.
    pub messages: Vec<u64>,
    /// What kind of text each message is.
    pub profiles: Vec<Profile>,
    /// Around the messages, by OpenAI's published chat rule.
    pub framing: u64,
    pub tools: ToolCount,
    /// What is wrong with the tools, where something is.
    #[serde(default)]
    pub tools_error: Option<String>,
    /// Tokens of the sample answer.
    pub sample: u64,
    pub sample_profile: Profile,
    /// True where a very long blank run was counted in parts.
    pub in_parts: bool,
}

impl PromptCounts {
    /// A guess from the length of the texts, for the moment before anything is counted.
    pub fn rough<'a>(messages: impl Iterator<Item = &'a str>, sample: &str) -> PromptCounts {
        let mut counts = PromptCounts {
            sample: rough_tokens(sample),
            sample_profile: Profile::of(sample),
            ..PromptCounts::default()
        };
        for text in messages {
            counts.messages.push(rough_tokens(text));
            counts.profiles.push(Profile::of(text));
        }
        counts
    }

    pub fn text(&self) -> u64 {
        self.messages.iter().sum()
    }

    pub fn profile(&self) -> Profile {
        self.profiles
            .iter()
            .fold(Profile::default(), |all, one| all.plus(*one))
    }
}

/// English has about four bytes a token, and most other scripts have more bytes a letter and fewer letters a token.
const ROUGH_BYTES_PER_TOKEN: u64 = 4;

fn rough_tokens(text: &str) -> u64 {
    (text.len() as u64).div_ceil(ROUGH_BYTES_PER_TOKEN)
}
