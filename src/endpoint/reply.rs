use serde_json::Value;

use super::Protocol;
use crate::usage::Usage;

/// What an event of an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// More of the answer.
    Text(String),
    /// The answer is whole, as the server says; its usage may still follow.
    End,
    /// The server broke off, in its own words.
    Failed(String),
    /// Something that is no event of this protocol: what it began with. The answer goes on.
    Malformed(String),
}

/// An answer as it arrives: what was said is given out at once, what was used is kept.
///
/// ```
/// use foretoken::{Usage, endpoint::{Protocol, Reply, Said}};
/// let mut reply = Reply::new(Protocol::ChatCompletions);
/// assert_eq!(reply.hear(r#"{"choices": [{"delta": {"content": "Hi"}}]}"#), [Said::Text("Hi".into())]);
/// reply.hear(r#"{"choices": [], "usage": {"prompt_tokens": 35, "completion_tokens": 12, "prompt_tokens_details": {"cached_tokens": 34}}}"#);
/// assert_eq!(reply.hear("[DONE]"), [Said::End]);
/// assert_eq!(reply.usage(), Some(Usage { cache_read_tokens: 34, ..Usage::request(35, 12) }));
/// ```
#[derive(Debug)]
pub struct Reply {
    protocol: Protocol,
    usage: Option<Usage>,
}

/// Letters of a malformed event that are shown.
const SHOWN: usize = 120;

impl Reply {
    pub fn new(protocol: Protocol) -> Reply {
        Reply {
            protocol,
            usage: None,
        }
    }

    /// What the provider counted, as far as it has said so. Totals are inclusive, whatever its own are.
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }

    /// The data of one event.
    pub fn hear(&mut self, data: &str) -> Vec<Said> {
        if data == "[DONE]" {
            return vec![Said::End];
        }
        let Ok(Value::Object(event)) = serde_json::from_str(data) else {
            return vec![Said::Malformed(data.chars().take(SHOWN).collect())];
        };
        let event = Value::Object(event);
        if let Some(why) = failure(&event) {
            return vec![Said::Failed(why)];
        }
        match self.protocol {
            Protocol::ChatCompletions => self.hear_chat(&event),
            Protocol::Responses => self.hear_response(&event),
            Protocol::Messages => self.hear_message(&event),
            Protocol::Gemini => self.hear_gemini(&event),
        }
    }

    fn hear_chat(&mut self, event: &Value) -> Vec<Said> {
        if let Some(usage) = event.get("usage").filter(|usage| usage.is_object()) {
            self.usage = Some(Usage {
                cache_read_tokens: number(usage, "/prompt_tokens_details/cached_tokens"),
                input_audio_tokens: number(usage, "/prompt_tokens_details/audio_tokens"),
                reasoning_tokens: number(usage, "/completion_tokens_details/reasoning_tokens"),
                ..Usage::request(
                    number(usage, "/prompt_tokens"),
                    number(usage, "/completion_tokens"),
                )
            });
        }
        text(event, "/choices/0/delta/content")
    }

    fn hear_response(&mut self, event: &Value) -> Vec<Said> {
        if let Some(usage) = event
            .pointer("/response/usage")
            .filter(|usage| usage.is_object())
        {
            self.usage = Some(Usage {
                cache_read_tokens: number(usage, "/input_tokens_details/cached_tokens"),
                reasoning_tokens: number(usage, "/output_tokens_details/reasoning_tokens"),
                ..Usage::request(
                    number(usage, "/input_tokens"),
                    number(usage, "/output_tokens"),
                )
            });
        }
        match event["type"].as_str() {
            Some("response.output_text.delta") => text(event, "/delta"),
            Some("response.completed" | "response.incomplete") => vec![Said::End],
            Some("response.failed") => vec![Said::Failed("the response failed".to_owned())],
            _ => Vec::new(),
        }
    }

    /// Anthropic counts what was read from its cache and written to it apart from the rest of the input, and the answer anew
    /// with each delta.
    fn hear_message(&mut self, event: &Value) -> Vec<Said> {
        match event["type"].as_str() {
            Some("message_start") => {
                if let Some(usage) = event.pointer("/message/usage") {
                    self.usage = Some(anthropic(usage));
                }
                Vec::new()
            }
            Some("content_block_delta") => text(event, "/delta/text"),
            Some("message_delta") => {
                let output = event
                    .pointer("/usage/output_tokens")
                    .and_then(Value::as_u64);
                if let (Some(usage), Some(output)) = (&mut self.usage, output) {
                    usage.output_tokens = output;
                }
                Vec::new()
            }
            Some("message_stop") => vec![Said::End],
            _ => Vec::new(),
        }
    }

    /// Gemini's answer leaves its thoughts out; both are output.
    fn hear_gemini(&mut self, event: &Value) -> Vec<Said> {
        if let Some(usage) = event.get("usageMetadata") {
            let thoughts = number(usage, "/thoughtsTokenCount");
            let tools = number(usage, "/toolUsePromptTokenCount");
            let input = number(usage, "/promptTokenCount").saturating_add(tools);
            self.usage = Some(Usage {
                cache_read_tokens: number(usage, "/cachedContentTokenCount"),
                reasoning_tokens: thoughts,
                ..Usage::request(
                    input,
                    number(usage, "/candidatesTokenCount").saturating_add(thoughts),
                )
            });
        }
        let parts = event
            .pointer("/candidates/0/content/parts")
            .and_then(Value::as_array);
        let spoken = parts
            .into_iter()
            .flatten()
            .filter(|part| part["thought"] != true);
        let mut said: Vec<Said> = spoken.flat_map(|part| text(part, "/text")).collect();
        if event
            .pointer("/candidates/0/finishReason")
            .is_some_and(Value::is_string)
        {
            said.push(Said::End);
        }
        said
    }
}

fn anthropic(usage: &Value) -> Usage {
    let read = number(usage, "/cache_read_input_tokens");
    let written = number(usage, "/cache_creation_input_tokens");
    let hour = number(usage, "/cache_creation/ephemeral_1h_input_tokens").min(written);
    let cached = read.saturating_add(written);
    let input = number(usage, "/input_tokens").saturating_add(cached);
    Usage {
        cache_read_tokens: read,
        cache_write_tokens: written - hour,
        cache_write_1h_tokens: hour,
        ..Usage::request(input, number(usage, "/output_tokens"))
    }
}

/// An error in the place of an event: all four say it as an object with a message.
fn failure(event: &Value) -> Option<String> {
    let error = event
        .get("error")
        .or_else(|| event.pointer("/response/error"))?;
    let words = error
        .get("message")
        .and_then(Value::as_str)
        .or(error.as_str());
    (!error.is_null()).then(|| {
        words
            .unwrap_or("the server said that something went wrong")
            .to_owned()
    })
}

fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or(0)
}

fn text(value: &Value, pointer: &str) -> Vec<Said> {
    match value.pointer(pointer).and_then(Value::as_str) {
        Some("") | None => Vec::new(),
        Some(text) => vec![Said::Text(text.to_owned())],
    }
}
