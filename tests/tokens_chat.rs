//! What a chat adds around its texts, against the figures that OpenAI's cookbook prints and others publish.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;

use foretoken::tokens::{Encoding, Message, Role, chat_framing};
use proptest::prelude::*;
use published::counter;

/// Text and framing of a chat.
fn tokens(encoding: Encoding, chat: &[Message]) -> u64 {
    let mut counter = counter(encoding);
    let text: u64 = (chat.iter())
        .map(|message| counter.count(&message.text))
        .sum();
    text + chat_framing(chat, |string| counter.count(string))
}

fn named(name: &str, text: &str) -> Message {
    Message {
        name: Some(name.to_owned()),
        ..Message::new(Role::System, text)
    }
}

/// The example of How_to_count_tokens_with_tiktoken.ipynb.
fn cookbook() -> Vec<Message> {
    vec![
        Message::new(
            Role::System,
            "You are a helpful, pattern-following assistant that translates corporate jargon into plain English.",
        ),
        named(
            "example_user",
            "New synergies will help drive top-line growth.",
        ),
        named(
            "example_assistant",
            "Things working well together will increase revenue.",
        ),
        named(
            "example_user",
            "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
        ),
        named(
            "example_assistant",
            "Let's talk later when we're less busy about how to do better.",
        ),
        Message::new(
            Role::User,
            "This late pivot means we don't have time to boil the ocean for the client deliverable.",
        ),
    ]
}

#[test]
fn the_cookbook_example_is_what_the_api_said() {
    assert_eq!(tokens(Encoding::Cl100kBase, &cookbook()), 129);
    assert_eq!(tokens(Encoding::O200kBase, &cookbook()), 124);
}

/// The same messages one by one: the figures of gpt-tokenizer's fixtures for gpt-4o (functionCallingTestCases.ts).
#[test]
fn each_message_alone_is_as_published() {
    let measured = [24, 20, 19, 27, 24, 25];
    for (message, expected) in cookbook().into_iter().zip(measured) {
        assert_eq!(tokens(Encoding::O200kBase, &[message]), expected);
    }
    let chat = [
        Message::new(Role::System, "# Important: you're the best robot"),
        Message::new(Role::User, "hello robot"),
        Message::new(Role::Assistant, "hello world"),
    ];
    assert_eq!(tokens(Encoding::O200kBase, &chat), 26);
    for (role, text, expected) in [
        (Role::User, "hello", 8),
        (Role::User, "hello world", 9),
        (Role::System, "hello:", 9),
    ] {
        let chat = [Message::new(role, text)];
        assert_eq!(tokens(Encoding::O200kBase, &chat), expected);
    }
}

#[test]
fn a_chat_without_messages_only_begins_the_answer() {
    assert_eq!(
        chat_framing(&[], |_| unreachable!("there is nothing to count")),
        3
    );
}

#[test]
fn an_empty_message_still_has_its_frame() {
    // 3 around it, 1 for its role, 3 for the answer.
    for encoding in [Encoding::O200kBase, Encoding::Cl100kBase] {
        for role in Role::ALL {
            assert_eq!(tokens(encoding, &[Message::new(role, "")]), 7);
        }
    }
}

proptest! {
    /// 3 a message, 1 a role, 1 and itself a name, 3 in all: whatever stands in the messages.
    #[test]
    fn framing_depends_on_roles_and_names_only(texts in prop::collection::vec(("\\PC{0,20}", prop::option::of("[a-z_]{1,9}")), 0..20)) {
        let chat: Vec<Message> = texts
            .into_iter()
            .map(|(text, name)| Message { name, ..Message::new(Role::User, text) })
            .collect();
        let names: Vec<&String> = chat.iter().filter_map(|message| message.name.as_ref()).collect();
        let letters: usize = names.iter().map(|name| name.len()).sum();
        let expected = chat.len() * 3 + chat.len() * "user".len() + names.len() + letters + 3;
        prop_assert_eq!(chat_framing(&chat, |text| text.len() as u64), expected as u64);
    }
}
