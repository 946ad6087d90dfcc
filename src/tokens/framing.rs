use serde::{Deserialize, Serialize};

use super::Message;

/// How a model's provider wraps each message before the model reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// OpenAI's published rule: 3 a message, 1 more with a name, 3 to begin the answer.
    OpenAiChat,
    /// The same rule applied to a model for which OpenAI published none.
    OpenAiModelled,
    /// The provider publishes no rule.
    Unknown,
    /// Plain completion or embedding: the text and nothing else.
    None,
}

const PER_MESSAGE: u64 = 3;
const PER_NAME: u64 = 1;
const ANSWER_PRIMING: u64 = 3;

/// Tokens that a chat adds around its texts by OpenAI's published rule. `count` counts the role and name strings.
///
/// ```
/// use foretoken::tokens::{Message, Role, chat_framing};
/// let chat = [Message::new(Role::User, "Hi!")];
/// // 3 around the message, 1 for the word "user", 3 to begin the answer.
/// assert_eq!(chat_framing(&chat, |_| 1), 7);
/// ```
pub fn chat_framing(messages: &[Message], mut count: impl FnMut(&str) -> u64) -> u64 {
    let around: u64 = messages
        .iter()
        .map(|message| {
            let name = message
                .name
                .as_ref()
                .map_or(0, |name| PER_NAME + count(name));
            PER_MESSAGE + count(message.role.name()) + name
        })
        .sum();
    around + ANSWER_PRIMING
}
