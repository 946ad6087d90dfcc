//! What model servers say, as their documentation shows it, read to the end and cut anywhere.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::endpoint::{Ask, Events, Protocol, Reply, Said};
use foretoken::tokens::{Message, Prompt, Role};
use foretoken::usage::{Meter, Usage};
use proptest::prelude::*;

/// The text of an answer, how it ended, and what the provider counted.
fn read(protocol: Protocol, stream: &str) -> (String, Vec<Said>, Option<Usage>) {
    let (mut events, mut reply) = (Events::default(), Reply::new(protocol));
    let (mut text, mut rest) = (String::new(), Vec::new());
    for said in events
        .take(stream.as_bytes())
        .iter()
        .flat_map(|data| reply.hear(data))
    {
        match said {
            Said::Text(more) => text.push_str(&more),
            other => rest.push(other),
        }
    }
    (text, rest, reply.usage())
}

/// OpenAI's chat completions, with the last chunk that `include_usage` asks for.
const CHAT: &str = r#"data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}],"usage":null}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":310,"total_tokens":1510,"prompt_tokens_details":{"cached_tokens":1024,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":256}}}

data: [DONE]

"#;

/// OpenAI's Responses: each event has its name beside it and in it.
const RESPONSE: &str = r#"event: response.created
data: {"type":"response.created","response":{"id":"resp_1","status":"in_progress","error":null,"usage":null}}

event: response.output_text.delta
data: {"type":"response.output_text.delta","item_id":"msg_1","delta":"Hel"}

event: response.output_text.delta
data: {"type":"response.output_text.delta","item_id":"msg_1","delta":"lo"}

event: response.completed
data: {"type":"response.completed","response":{"id":"resp_1","status":"completed","error":null,"usage":{"input_tokens":1200,"input_tokens_details":{"cached_tokens":1024},"output_tokens":310,"output_tokens_details":{"reasoning_tokens":256},"total_tokens":1510}}}

"#;

/// Anthropic's Messages: the input is apart from the cache, the answer is counted anew with each delta.
const MESSAGES: &str = r#"event: message_start
data: {"type":"message_start","message":{"id":"msg_1","role":"assistant","content":[],"usage":{"input_tokens":25,"cache_creation_input_tokens":300,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":1}}}

event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: ping
data: {"type":"ping"}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"let me see"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}

event: message_stop
data: {"type":"message_stop"}

"#;

/// Gemini with `alt=sse`: usage with each chunk, thoughts beside the answer.
const GEMINI: &str = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"considering\",\"thought\":true},{\"text\":\"Hel\"}],\"role\":\"model\"}}],\"usageMetadata\":{\"promptTokenCount\":1200,\"totalTokenCount\":1200}}\r\n\r\n\
data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"lo\"}],\"role\":\"model\"},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1200,\"cachedContentTokenCount\":1024,\"candidatesTokenCount\":54,\"thoughtsTokenCount\":256,\"totalTokenCount\":1510}}\r\n\r\n";

const STREAMS: [(Protocol, &str); 4] = [
    (Protocol::ChatCompletions, CHAT),
    (Protocol::Responses, RESPONSE),
    (Protocol::Messages, MESSAGES),
    (Protocol::Gemini, GEMINI),
];

#[test]
fn every_protocol_says_the_text_the_end_and_the_usage() {
    let openai = Usage {
        cache_read_tokens: 1_024,
        reasoning_tokens: 256,
        ..Usage::request(1_200, 310)
    };
    // 25 + 300 written + 2,000 read; 200 of those written are kept for an hour.
    let anthropic = Usage {
        cache_read_tokens: 2_000,
        cache_write_tokens: 100,
        cache_write_1h_tokens: 200,
        ..Usage::request(2_325, 15)
    };
    let expected = [openai, openai, anthropic, openai];
    for ((protocol, stream), usage) in STREAMS.into_iter().zip(expected) {
        assert_eq!(
            read(protocol, stream),
            ("Hello".to_owned(), vec![Said::End], Some(usage)),
            "{protocol:?}"
        );
        assert!(usage.exclusive().is_ok(), "{protocol:?}");
    }
    let parts = anthropic.exclusive().unwrap();
    assert_eq!(
        parts.quantity(Meter::Input),
        25,
        "what Anthropic calls its input tokens"
    );
}

/// A server that stops in the middle: what it had said is there, and that it was not the end.
#[test]
fn a_stream_that_breaks_off() {
    for (protocol, stream) in STREAMS {
        let cut = stream.find("Hel").unwrap() + 40;
        let whole_event = stream[..cut]
            .rfind("\n\n")
            .or(stream[..cut].rfind("\r\n\r\n"));
        let (text, rest, _) = read(protocol, &stream[..cut]);
        assert!(
            text.len() <= 3 && rest.is_empty(),
            "{protocol:?}: {text:?} {rest:?}"
        );
        let mut events = Events::default();
        events.take(&stream.as_bytes()[..cut]);
        assert!(
            events.is_broken_off() || whole_event == Some(cut - 2),
            "{protocol:?}"
        );
    }
}

#[test]
fn what_goes_wrong_is_said_in_the_server_s_words() {
    let overloaded =
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#;
    let cases = [
        (Protocol::Messages, overloaded, "Overloaded"),
        (
            Protocol::ChatCompletions,
            r#"{"error":{"message":"the model ran out of memory","code":500}}"#,
            "the model ran out of memory",
        ),
        (
            Protocol::ChatCompletions,
            r#"{"error":"model not loaded"}"#,
            "model not loaded",
        ),
        (
            Protocol::Responses,
            r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"It broke."}}}"#,
            "It broke.",
        ),
        (
            Protocol::Gemini,
            r#"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#,
            "The model is overloaded.",
        ),
    ];
    for (protocol, data, words) in cases {
        assert_eq!(
            Reply::new(protocol).hear(data),
            [Said::Failed(words.to_owned())],
            "{data}"
        );
    }
    for broken in ["{\"choices\": [", "hello", "[]", "1e309", ""] {
        assert_eq!(
            Reply::new(Protocol::ChatCompletions).hear(broken),
            [Said::Malformed(broken.to_owned())],
            "{broken}"
        );
    }
}

/// Each protocol's request in the shape its documentation gives.
#[test]
fn a_request_in_each_protocol() {
    let messages = [
        (Role::System, "Be brief."),
        (Role::User, "Hi!"),
        (Role::Assistant, "Hello."),
        (Role::User, "Bye."),
    ];
    let messages = messages
        .map(|(role, text)| Message::new(role, text))
        .to_vec();
    let prompt = Prompt {
        messages,
        tools: String::new(),
    };
    let ask = |protocol, address| Ask {
        protocol,
        address,
        model: "m",
        prompt: &prompt,
        max_tokens: 600,
        key: "secret",
    };
    let call = ask(Protocol::Messages, "https://api.anthropic.com/v1").call();
    assert_eq!(call.url, "https://api.anthropic.com/v1/messages");
    assert_eq!(call.body["system"], "Be brief.");
    assert_eq!(
        (
            call.body["messages"].as_array().unwrap().len(),
            &call.body["max_tokens"]
        ),
        (3, &600.into())
    );
    let header = |name: &str| {
        call.headers
            .iter()
            .find(|header| header.name == name)
            .map(|header| header.value.as_str())
    };
    assert_eq!(
        (
            header("x-api-key"),
            header("anthropic-dangerous-direct-browser-access")
        ),
        (Some("secret"), Some("true"))
    );
    let call = ask(
        Protocol::Gemini,
        "https://generativelanguage.googleapis.com/v1beta/",
    )
    .call();
    assert_eq!(
        call.url,
        "https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent?alt=sse"
    );
    assert_eq!(call.body["contents"][1]["role"], "model");
    assert_eq!(
        call.body["systemInstruction"]["parts"][0]["text"],
        "Be brief."
    );
    let call = ask(Protocol::Responses, "https://api.openai.com/v1").call();
    assert_eq!(
        (call.url.as_str(), &call.body["max_output_tokens"]),
        ("https://api.openai.com/v1/responses", &600.into())
    );
    assert_eq!(call.body["input"].as_array().unwrap().len(), 4);
    // A key goes into one header, and nowhere else.
    for protocol in Protocol::ALL {
        let call = ask(protocol, "http://localhost:8080/v1").call();
        let with_key = call
            .headers
            .iter()
            .filter(|header| header.value.contains("secret"));
        assert_eq!(with_key.count(), 1, "{protocol:?}");
        assert!(
            !call.url.contains("secret") && !call.body.to_string().contains("secret"),
            "{protocol:?}"
        );
    }
}

#[test]
fn lines_end_in_any_of_three_ways_and_data_may_have_several() {
    for stream in [
        "data: a\ndata: b\n\n",
        "data: a\r\ndata: b\r\n\r\n",
        "data: a\rdata: b\r\r",
        ": hi\nid: 7\nretry: 10\ndata: a\ndata:b\n\n",
    ] {
        assert_eq!(
            Events::default().take(stream.as_bytes()),
            ["a\nb"],
            "{stream:?}"
        );
    }
    assert_eq!(
        Events::default().take(b"event: ping\n\n"),
        Vec::<String>::new(),
        "no data, no event"
    );
    assert_eq!(
        Events::default().take("data: 你好\n\n".as_bytes()),
        ["你好"]
    );
}

proptest! {
    /// Wherever a network cuts a stream, letters and line ends included, the same is said.
    #[test]
    fn a_stream_cut_anywhere(which in 0_usize..4, cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20), crlf: bool) {
        let (_, stream) = STREAMS[which];
        let stream = if crlf { stream.replace("\r\n", "\n").replace('\n', "\r\n") } else { stream.replace("Hel", "Hé你") };
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.index(stream.len())).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort();
        let mut events = Events::default();
        let parts = cuts.windows(2).flat_map(|cut| events.take(&stream.as_bytes()[cut[0]..cut[1]]));
        let parts: Vec<String> = parts.collect();
        prop_assert_eq!(parts, Events::default().take(stream.as_bytes()));
    }

    #[test]
    fn whatever_a_server_says_nothing_stops(bytes: Vec<u8>, json: String) {
        for protocol in Protocol::ALL {
            let (mut events, mut reply) = (Events::default(), Reply::new(protocol));
            for data in events.take(&bytes) {
                reply.hear(&data);
            }
            reply.hear(&json);
        }
    }
}

/// Figures no server has: they are kept as said, and no sum of them wraps.
#[test]
fn figures_beyond_belief() {
    let most = u64::MAX;
    let mut reply = Reply::new(Protocol::Messages);
    reply.hear(&format!(r#"{{"type":"message_start","message":{{"usage":{{"input_tokens":{most},"cache_read_input_tokens":{most},"output_tokens":{most}}}}}}}"#));
    assert_eq!(reply.usage().unwrap().input_tokens, most);
    let mut reply = Reply::new(Protocol::Gemini);
    reply.hear(&format!(r#"{{"usageMetadata":{{"promptTokenCount":{most},"toolUsePromptTokenCount":1,"candidatesTokenCount":{most},"thoughtsTokenCount":1}}}}"#));
    assert_eq!(reply.usage().unwrap().output_tokens, most);
}
