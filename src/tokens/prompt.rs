use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Attachment, Document};

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
    /// Sent with it: pictures, recordings, documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl Message {
    pub fn new(role: Role, text: impl Into<Arc<str>>) -> Self {
        Message {
            role,
            name: None,
            text: text.into(),
            attachments: Vec::new(),
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
        let messages = self.messages.iter().map(|message| message.text.len());
        let documents = self.documents().map(|document| document.text.len());
        self.tools.len() + messages.chain(documents).sum::<usize>()
    }

    /// Every text that is counted, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        let documents = self.documents().map(|document| &document.text);
        let messages = self.messages.iter().map(|message| &message.text);
        messages.chain(documents)
    }

    /// Whether there is nothing to count: a picture alone is something.
    pub fn is_empty(&self) -> bool {
        self.bytes() == 0 && self.attachments().next().is_none()
    }

    /// Everything attached, in order.
    pub fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.messages
            .iter()
            .flat_map(|message| &message.attachments)
    }

    /// The documents among what is attached, in order: their texts are counted after those of the messages.
    ///
    /// ```
    /// use foretoken::tokens::{Attachment, Document, Message, Prompt, Role};
    /// let mut message = Message::new(Role::User, "Summarise this.");
    /// message.attachments.push(Attachment::Document(Document::new("notes.txt", "Bring bread.")));
    /// let prompt = Prompt { messages: vec![message], tools: String::new() };
    /// assert_eq!(prompt.documents().count(), 1);
    /// assert_eq!(prompt.bytes(), 15 + 12);
    /// ```
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.attachments().filter_map(Attachment::document)
    }

    pub fn documents_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        let attachments = self
            .messages
            .iter_mut()
            .flat_map(|message| &mut message.attachments);
        attachments.filter_map(|attachment| match attachment {
            Attachment::Document(document) => Some(document),
            _ => None,
        })
    }
}
