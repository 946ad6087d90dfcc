//! A count in steps is the count, and what page and worker say to each other survives the way.
#![cfg(not(target_arch = "wasm32"))]

#[path = "wire/messages.rs"]
mod messages;
#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::{
    Counter, Encoding, Message, Profile, Prompt, PromptCounts, Role, ToolCount,
};
use foretoken::wire::{CountOrder, CountRequest, Reply, Request, Sheet, Step, TextChange};
use messages::{document, replies, requests};
use proptest::prelude::*;
use published::{counter, published_count};

const ENCODING: Encoding = Encoding::Cl100kBase;

fn request(texts: &[&str], sample: &str, tools: &str) -> CountRequest {
    let role = |at: usize| Role::ALL[at % 3];
    let messages = texts.iter().enumerate();
    CountRequest {
        revision: 7,
        prompt: Prompt {
            messages: messages
                .map(|(at, text)| Message::new(role(at), *text))
                .collect(),
            tools: tools.to_owned(),
        },
        sample: sample.to_owned(),
        encodings: vec![ENCODING],
    }
}

/// Count a request on a fresh sheet; also what each step on the way reported.
fn run(
    request: &CountRequest,
    counter: &mut Counter,
    budget: usize,
) -> (PromptCounts, Vec<(u64, u64, u64)>) {
    let mut sheet = Sheet::default();
    sheet.set(request.clone());
    count_on(&mut sheet, counter, budget)
}

fn count_on(
    sheet: &mut Sheet,
    counter: &mut Counter,
    budget: usize,
) -> (PromptCounts, Vec<(u64, u64, u64)>) {
    let mut progress = Vec::new();
    loop {
        match sheet.step(counter, budget) {
            Step::More { done, of, tokens } => progress.push((done, of, tokens)),
            Step::Done(counts) => return (counts, progress),
        }
    }
}

fn long_request() -> CountRequest {
    let long = texts::ENGLISH.repeat(60);
    request(
        &["", &long, texts::CHINESE, texts::CODE, ""],
        texts::ARABIC,
        "[{\"name\": \"f\"}]",
    )
}

#[test]
fn a_sheet_counts_what_a_counter_counts() {
    let request = long_request();
    let (counts, _) = run(&request, &mut counter(ENCODING), 1_000_000);
    let each = |text: &str| published_count(ENCODING, text);
    let messages: Vec<u64> = request
        .prompt
        .messages
        .iter()
        .map(|message| each(&message.text))
        .collect();
    assert_eq!(counts.messages, messages);
    assert_eq!(counts.text(), messages.iter().sum::<u64>());
    assert_eq!(counts.sample, each(texts::ARABIC));
    // 3 and a role of one token for each of 5 messages, and 3 for the answer.
    assert_eq!(counts.framing, 23);
    // "f:" are two tokens: 10 + 2 + 12, by the cookbook's rule for GPT-4.
    assert_eq!((counts.tools.tools, counts.tools.cookbook), (1, 24));
    assert_eq!(counts.tools_error, None);
}

#[test]
fn a_sheet_says_what_kind_of_text_each_message_is() {
    let request = long_request();
    let (counts, _) = run(&request, &mut counter(ENCODING), 500);
    let profiles: Vec<Profile> = request
        .prompt
        .messages
        .iter()
        .map(|message| Profile::of(&message.text))
        .collect();
    assert_eq!(counts.profiles, profiles);
    assert_eq!(counts.sample_profile, Profile::of(texts::ARABIC));
    assert_eq!(
        counts.profile().total(),
        profiles.iter().map(|profile| profile.total()).sum::<u64>()
    );
}

/// Documents are texts of their own, after those of the messages, in the order of the prompt.
#[test]
fn a_sheet_counts_documents_apart() {
    let mut request = request(&["Hello", "world"], "Yes.", "");
    let messages = &mut request.prompt.messages;
    messages[0].attachments.push(document(texts::CODE));
    messages[1].attachments = vec![document(texts::CHINESE), document("")];
    let each = |text: &str| published_count(ENCODING, text);
    for budget in [1, 300, usize::MAX] {
        let (counts, _) = run(&request, &mut counter(ENCODING), budget);
        assert_eq!(counts.messages, [each("Hello"), each("world")]);
        let documents = [each(texts::CODE), each(texts::CHINESE), 0];
        assert_eq!(counts.documents, documents);
        assert_eq!(counts.document_profiles.len(), 3);
        assert_eq!(counts.document_profiles[1], Profile::of(texts::CHINESE));
        assert_eq!(counts.text(), 2 + documents.iter().sum::<u64>());
        assert_eq!(counts.sample, each("Yes."));
    }
}

#[test]
fn the_size_of_a_step_changes_no_count() {
    let request = long_request();
    let (whole, none) = run(&request, &mut counter(ENCODING), usize::MAX);
    assert!(none.is_empty(), "one step is enough");
    for budget in [1, 333, 10_000] {
        let (counts, progress) = run(&request, &mut counter(ENCODING), budget);
        assert_eq!(counts, whole);
        assert!(progress.len() > 1 || budget > 1);
    }
}

#[test]
fn progress_only_rises_and_ends_at_the_end() {
    let request = long_request();
    let messages = request.prompt.messages.iter();
    let all = messages.map(|message| message.text.len()).sum::<usize>() + request.sample.len();
    let all = all as u64;
    let (counts, progress) = run(&request, &mut counter(ENCODING), 200);
    assert!(progress.is_sorted());
    assert!(
        progress
            .iter()
            .all(|(done, of, _)| *of == all && done <= of)
    );
    let (done, _, tokens) = progress.last().unwrap();
    let left = counts.text() + counts.sample - tokens;
    assert!(left <= all - done, "no token is shorter than a byte");
    assert!(
        all - done <= 400,
        "what is left after the last step is short: {done} of {all}"
    );
}

/// Of what was counted once, only what an edit touched is counted again.
#[test]
fn what_did_not_change_is_not_counted_again() {
    let mut counter = published::fresh_counter(Encoding::R50kBase);
    let mut request = long_request();
    request.encodings = vec![Encoding::R50kBase];
    let mut sheet = Sheet::default();
    sheet.set(request.clone());
    let (first, steps) = count_on(&mut sheet, &mut counter, 1_000);
    let (again, none) = count_on(&mut sheet, &mut counter, 1_000);
    assert_eq!((&again, none.len()), (&first, 0));
    let (before, texts) = request.clone().split();
    request.prompt.messages[1].text = request.prompt.messages[1]
        .text
        .replacen("letter", "last letters", 7)
        .into();
    let (rest, after) = request.clone().split();
    let (changes, whole) = TextChange::all(&texts, &after);
    assert!(matches!(
        &changes[..],
        [
            TextChange::Same,
            TextChange::Splice { .. },
            TextChange::Same,
            ..
        ]
    ));
    assert_eq!((&rest.prompt.tools, whole.len()), (&before.prompt.tools, 0));
    sheet.change(rest, changes, std::iter::empty());
    let (edited, fewer) = count_on(&mut sheet, &mut counter, 1_000);
    assert_eq!(
        edited.messages,
        run(&request, &mut counter, usize::MAX).0.messages
    );
    assert!(
        fewer.len() * 3 <= steps.len(),
        "{} and then {} steps",
        steps.len(),
        fewer.len()
    );
}

#[test]
fn bad_tools_are_said_and_the_texts_counted_all_the_same() {
    let (counts, _) = run(&request(&["hello"], "", "{"), &mut counter(ENCODING), 1_000);
    assert_eq!(counts.messages, [1]);
    assert_eq!(counts.tools, ToolCount::default());
    assert!(
        counts
            .tools_error
            .unwrap()
            .starts_with("the tools are not JSON")
    );
}

#[test]
fn an_empty_request_is_done_in_a_step() {
    let (counts, progress) = run(&request(&[], "", ""), &mut counter(ENCODING), 1);
    assert_eq!((counts.text(), counts.sample, counts.framing), (0, 0, 3));
    assert!(progress.is_empty());
}

/// Far more of one piece than is counted in one step: the next goes on where it stopped.
#[test]
fn one_endless_word_is_counted_in_steps() {
    let word = "a".repeat(300_000);
    for encoding in [Encoding::O200kBase, Encoding::Llama3, Encoding::Gemma] {
        let mut request = request(&[&word], "", "");
        request.encodings = vec![encoding];
        let (counts, progress) = run(&request, &mut counter(encoding), 100_000);
        assert!(
            (2..=3).contains(&progress.len()),
            "{encoding:?}: {progress:?}"
        );
        assert!(
            progress.iter().all(|(_, _, tokens)| *tokens > 10_000),
            "{progress:?}"
        );
        assert_eq!(
            counts.text(),
            counter(encoding).count(&word),
            "{encoding:?}"
        );
    }
}

#[test]
fn a_long_text_is_profiled_when_there_is_time() {
    let long = format!(
        "{}{}",
        texts::ENGLISH.repeat(400),
        texts::CHINESE.repeat(100)
    );
    let mut sheet = Sheet::default();
    sheet.set(request(&[&long, "short"], "", ""));
    let (counts, _) = count_on(&mut sheet, &mut counter(ENCODING), usize::MAX);
    assert!(!sheet.is_settled());
    assert_eq!(
        counts.profiles[0],
        Profile::of(&long[..20_000]),
        "its beginning speaks for it"
    );
    assert_eq!(counts.profiles[1], Profile::of("short"));
    sheet.settle();
    assert!(sheet.is_settled());
    let (counts, steps) = count_on(&mut sheet, &mut counter(ENCODING), usize::MAX);
    assert_eq!(counts.profiles[0], Profile::of(&long));
    assert!(steps.is_empty());
}

#[test]
fn a_rough_count_is_a_token_for_four_bytes() {
    let rough = PromptCounts::rough(["12345678", "123456789", ""].into_iter(), "中");
    assert_eq!((rough.messages, rough.sample), (vec![2, 3, 0], 1));
    assert_eq!(rough.profiles.len(), 3);
}

#[test]
fn an_older_request_without_a_sample_is_read() {
    let json = r#"{"count": {"request": {"revision": 3, "prompt": {"messages": []}, "encodings": ["o200k_base", "cl100k_base"]}, "texts": ["same"]}}"#;
    let Request::Count(count) = serde_json::from_str(json).unwrap() else {
        panic!("it is a count");
    };
    let CountOrder {
        request: count,
        texts,
    } = count;
    assert_eq!(texts, [TextChange::Same]);
    assert_eq!((count.revision, count.sample.as_str()), (3, ""));
    assert_eq!(count.encodings, [Encoding::O200kBase, Encoding::Cl100kBase]);
    assert!(serde_json::from_str::<Request>(r#"{"sing": {}}"#).is_err());
    assert!(serde_json::from_str::<Reply>("[]").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_request_arrives_as_it_was_sent(request in requests()) {
        let json = serde_json::to_string(&request).unwrap();
        prop_assert_eq!(serde_json::from_str::<Request>(&json).unwrap(), request);
    }

    #[test]
    fn a_reply_arrives_as_it_was_sent(reply in replies()) {
        let json = serde_json::to_string(&reply).unwrap();
        prop_assert_eq!(serde_json::from_str::<Reply>(&json).unwrap(), reply);
    }

    #[test]
    fn any_prompt_counts_the_same_in_steps(texts in prop::collection::vec(texts::rich_in_seams(), 0..4), budget in 1..900_usize) {
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (counts, _) = run(&request(&borrowed, "", ""), &mut counter(ENCODING), budget);
        let each: Vec<u64> = texts.iter().map(|text| published_count(ENCODING, text)).collect();
        prop_assert_eq!(counts.messages, each);
    }
}
