use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Who speaks in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    System,
    User,
    Assistant,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::System, Role::User, Role::Assistant];

    /// The name as it is sent to a model, and so counted.
    pub const fn name(self) -> &'static str {
        match self {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        }
    }

    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// One message of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub role: Role,
    /// OpenAI's optional `name` field: it is sent, and so it is billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Shared, so that a state with ten megabytes in it is cheap to copy.
    pub text: Arc<str>,
}

impl Message {
    pub fn new(role: Role, text: impl Into<Arc<str>>) -> Self {
        Message {
            role,
            name: None,
            text: text.into(),
        }
    }
}

/// Everything sent to a model before it answers: the messages in order, and the tools it may call, as JSON.
///
/// ```
/// use foretoken::tokens::{Message, Prompt, Role};
/// let prompt = Prompt { messages: vec![Message::new(Role::User, "Hi!")], tools: String::new() };
/// assert_eq!(prompt.bytes(), 3);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    pub messages: Vec<Message>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tools: String,
}

impl Prompt {
    pub fn bytes(&self) -> usize {
        self.tools.len() + self.messages.iter().map(|m| m.text.len()).sum::<usize>()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes() == 0
    }
}
