use serde_json::{Value, json};

use crate::tokens::{Message, Prompt, Role};

/// How a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// `POST /chat/completions`: OpenAI, vLLM, llama.cpp, Ollama, LM Studio and most gateways.
    ChatCompletions,
    /// `POST /responses` of OpenAI.
    Responses,
    /// `POST /messages` of Anthropic.
    Messages,
    /// `POST /models/…:streamGenerateContent` of Google.
    Gemini,
}

/// A header by its name and value. The value may be a key: it is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    pub name: &'static str,
    pub value: String,
}

/// What is to be asked of a server.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub protocol: Protocol,
    /// As the user typed it, with or without its last slash: `http://localhost:8080/v1`.
    pub address: &'a str,
    /// As the server calls it.
    pub model: &'a str,
    pub prompt: &'a Prompt,
    /// The longest answer, in tokens; the reservation rests on it.
    pub max_tokens: u64,
    /// Empty where the server wants none.
    pub key: &'a str,
}

/// A request, ready to be sent.
#[derive(Clone, PartialEq)]
pub struct Call {
    pub url: String,
    pub headers: Vec<Header>,
    pub body: Value,
}

impl Protocol {
    pub const ALL: [Protocol; 4] = [
        Protocol::ChatCompletions,
        Protocol::Responses,
        Protocol::Messages,
        Protocol::Gemini,
    ];

    pub const fn title(self) -> &'static str {
        match self {
            Protocol::ChatCompletions => "OpenAI-compatible chat completions",
            Protocol::Responses => "OpenAI Responses",
            Protocol::Messages => "Anthropic Messages",
            Protocol::Gemini => "Gemini",
        }
    }
}

impl Ask<'_> {
    /// The request that streams the answer.
    ///
    /// ```
    /// use foretoken::{Message, Prompt, endpoint::{Ask, Protocol}, tokens::Role};
    /// let prompt = Prompt { messages: vec![Message::new(Role::User, "Hi!")], tools: String::new() };
    /// let ask = Ask { protocol: Protocol::ChatCompletions, address: "http://localhost:8080/v1/", model: "smollm2",
    ///     prompt: &prompt, max_tokens: 600, key: "" };
    /// let call = ask.call();
    /// assert_eq!(call.url, "http://localhost:8080/v1/chat/completions");
    /// assert_eq!(call.body["messages"][0]["content"], "Hi!");
    /// assert_eq!(call.body["stream_options"]["include_usage"], true);
    /// ```
    pub fn call(&self) -> Call {
        let address = self.address.trim().trim_end_matches('/');
        let path = match self.protocol {
            Protocol::ChatCompletions => "chat/completions".to_owned(),
            Protocol::Responses => "responses".to_owned(),
            Protocol::Messages => "messages".to_owned(),
            Protocol::Gemini => format!("models/{}:streamGenerateContent?alt=sse", self.model),
        };
        Call {
            url: format!("{address}/{path}"),
            headers: self.headers(),
            body: self.body(),
        }
    }

    fn headers(&self) -> Vec<Header> {
        let header = |name, value: &str| Header {
            name,
            value: value.to_owned(),
        };
        let mut headers = vec![header("content-type", "application/json")];
        if self.protocol == Protocol::Messages {
            headers.push(header("anthropic-version", "2023-06-01"));
            // Anthropic answers a browser only where it says that it knows its key is in one.
            headers.push(header("anthropic-dangerous-direct-browser-access", "true"));
        }
        match self.protocol {
            _ if self.key.is_empty() => {}
            Protocol::ChatCompletions | Protocol::Responses => {
                headers.push(header("authorization", &format!("Bearer {}", self.key)));
            }
            Protocol::Messages => headers.push(header("x-api-key", self.key)),
            Protocol::Gemini => headers.push(header("x-goog-api-key", self.key)),
        }
        headers
    }

    fn body(&self) -> Value {
        let (model, most) = (self.model, self.max_tokens);
        match self.protocol {
            Protocol::ChatCompletions => json!({
                "model": model, "messages": self.messages(&Role::ALL), "max_tokens": most,
                "stream": true, "stream_options": {"include_usage": true},
            }),
            Protocol::Responses => json!({
                "model": model, "input": self.messages(&Role::ALL), "max_output_tokens": most,
                "stream": true, "store": false,
            }),
            Protocol::Messages => {
                let mut body = json!({
                    "model": model, "messages": self.messages(&[Role::User, Role::Assistant]), "max_tokens": most, "stream": true,
                });
                if let Some(system) = self.system() {
                    body["system"] = system.into();
                }
                body
            }
            Protocol::Gemini => {
                let mut body = json!({"contents": self.contents(), "generationConfig": {"maxOutputTokens": most}});
                if let Some(system) = self.system() {
                    body["systemInstruction"] = json!({"parts": [{"text": system}]});
                }
                body
            }
        }
    }

    fn spoken(&self, roles: &[Role]) -> impl Iterator<Item = &Message> {
        let messages = self.prompt.messages.iter();
        messages.filter(move |message| roles.contains(&message.role))
    }

    fn messages(&self, roles: &[Role]) -> Vec<Value> {
        let message =
            |message: &Message| json!({"role": message.role.name(), "content": &*message.text});
        self.spoken(roles).map(message).collect()
    }

    fn contents(&self) -> Vec<Value> {
        let content = |message: &Message| {
            let role = match message.role {
                Role::Assistant => "model",
                _ => "user",
            };
            json!({"role": role, "parts": [{"text": &*message.text}]})
        };
        let spoken = self.spoken(&[Role::User, Role::Assistant]);
        spoken.map(content).collect()
    }

    /// What the system says, where it stands apart from the conversation.
    fn system(&self) -> Option<String> {
        let texts: Vec<&str> = self
            .spoken(&[Role::System])
            .map(|message| &*message.text)
            .collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }
}
