//! A count in steps is the count, and what page and worker say to each other survives the way.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::{
    Attachment, Counter, Document, Encoding, Message, Piece, Profile, Prompt, PromptCounts, Role,
    ToolCount,
};
use foretoken::wire::{
    BlockPieces, CountJob, CountRequest, PiecesRequest, Reply, Request, Stage, Step, VocabularyFile,
};
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

fn document(text: &str) -> Attachment {
    Attachment::Document(Document::new("notes.txt", text))
}

/// Run a job to its end; also what each step on the way reported.
fn run(
    request: &CountRequest,
    counter: &mut Counter,
    budget: usize,
) -> (PromptCounts, Vec<(u64, u64, u64)>) {
    let mut job = CountJob::new(request, counter.encoding());
    let mut progress = Vec::new();
    loop {
        match job.step(request, counter, budget) {
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
fn a_job_counts_what_a_counter_counts() {
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
    assert_eq!((counts.tools_error, counts.in_parts), (None, false));
}

#[test]
fn a_job_says_what_kind_of_text_each_message_is() {
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
fn a_job_counts_documents_apart() {
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
    let all = (request.prompt.bytes() + request.sample.len()) as u64;
    let (counts, progress) = run(&request, &mut counter(ENCODING), 200);
    assert!(progress.is_sorted());
    assert!(
        progress
            .iter()
            .all(|(done, of, _)| *of == all && done <= of)
    );
    let (done, _, tokens) = progress.last().unwrap();
    assert_eq!(*tokens, counts.text());
    assert!(
        all - done <= 400,
        "what is left after the last step is short: {done} of {all}"
    );
}

#[test]
fn what_is_remembered_is_counted_at_once() {
    let mut counter = published::fresh_counter(Encoding::R50kBase);
    let request = long_request();
    let (first, steps) = run(&request, &mut counter, 1_000);
    let (again, fewer) = run(&request, &mut counter, 1_000);
    assert_eq!(first, again);
    assert!(
        fewer.len() * 10 <= steps.len(),
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

#[test]
fn a_job_notes_blanks_that_were_counted_in_parts() {
    let blanks = " ".repeat(500_001);
    let (counts, _) = run(
        &request(&[&blanks], "", ""),
        &mut counter(Encoding::R50kBase),
        10_000_000,
    );
    assert!(counts.in_parts);
}

#[test]
fn a_rough_count_is_a_token_for_four_bytes() {
    let rough = PromptCounts::rough(["12345678", "123456789", ""].into_iter(), "中");
    assert_eq!((rough.messages, rough.sample), (vec![2, 3, 0], 1));
    assert_eq!(rough.profiles.len(), 3);
}

#[test]
fn an_older_request_without_a_sample_is_read() {
    let json = r#"{"count": {"revision": 3, "prompt": {"messages": []}, "encodings": ["o200k_base", "cl100k_base"]}}"#;
    let Request::Count(count) = serde_json::from_str(json).unwrap() else {
        panic!("it is a count");
    };
    assert_eq!((count.revision, count.sample.as_str()), (3, ""));
    assert_eq!(count.encodings, [Encoding::O200kBase, Encoding::Cl100kBase]);
    assert!(serde_json::from_str::<Request>(r#"{"sing": {}}"#).is_err());
    assert!(serde_json::from_str::<Reply>("[]").is_err());
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(Encoding::ALL.to_vec())
}

fn prompt() -> impl Strategy<Value = Prompt> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let parts = (
        role,
        any::<String>(),
        any::<Option<String>>(),
        any::<Vec<String>>(),
    );
    let message = parts.prop_map(|(role, text, name, documents)| Message {
        name,
        attachments: documents.iter().map(|text| document(text)).collect(),
        ..Message::new(role, text)
    });
    (prop::collection::vec(message, 0..4), any::<String>())
        .prop_map(|(messages, tools)| Prompt { messages, tools })
}

fn requests() -> impl Strategy<Value = Request> {
    let file =
        (any::<String>(), any::<String>()).prop_map(|(name, url)| VocabularyFile { name, url });
    let encodings = prop::collection::vec(encoding(), 0..5);
    prop_oneof![
        prop::collection::vec(file, 0..3).prop_map(|vocabularies| Request::Open { vocabularies }),
        (any::<u64>(), prompt(), any::<String>(), encodings).prop_map(
            |(revision, prompt, sample, encodings)| {
                Request::Count(CountRequest {
                    revision,
                    prompt,
                    sample,
                    encodings,
                })
            }
        ),
        (any::<u64>(), encoding(), any::<Vec<String>>()).prop_map(
            |(revision, encoding, blocks)| {
                Request::Pieces(PiecesRequest {
                    revision,
                    encoding,
                    blocks,
                })
            }
        ),
        any::<u64>().prop_map(|revision| Request::Cancel { revision }),
    ]
}

fn counts() -> impl Strategy<Value = PromptCounts> {
    let profile = any::<[u64; 5]>().prop_map(|[english, latin, code, cjk, other]| Profile {
        english,
        latin,
        code,
        cjk,
        other,
    });
    let tools =
        any::<([u64; 4], bool)>().prop_map(|([tools, cookbook, typescript, json], nested)| {
            ToolCount {
                tools,
                cookbook,
                typescript,
                json,
                nested,
            }
        });
    (
        any::<Vec<u64>>(),
        profile,
        tools,
        any::<Option<String>>(),
        any::<([u64; 2], bool)>(),
    )
        .prop_map(
            |(messages, profile, tools, tools_error, ([framing, sample], in_parts))| PromptCounts {
                profiles: vec![profile; messages.len()],
                documents: messages.iter().rev().copied().collect(),
                document_profiles: vec![profile; messages.len()],
                messages,
                framing,
                tools,
                tools_error,
                sample,
                sample_profile: profile,
                in_parts,
            },
        )
}

fn stages() -> impl Strategy<Value = Stage> {
    prop_oneof![
        any::<(String, u64, u64)>().prop_map(|(vocabulary, done, of)| Stage::Loading {
            vocabulary,
            done,
            of
        }),
        (encoding(), any::<[u64; 3]>()).prop_map(|(encoding, [done, of, tokens])| {
            Stage::Counting {
                encoding,
                done,
                of,
                tokens,
            }
        }),
    ]
}

fn replies() -> impl Strategy<Value = Reply> {
    let piece = any::<(usize, u32)>().prop_map(|(bytes, id)| Piece { bytes, id });
    let block = (any::<String>(), prop::collection::vec(piece, 0..4))
        .prop_map(|(block, pieces)| BlockPieces { block, pieces });
    let blocks = prop::collection::vec(block, 0..3);
    prop_oneof![
        any::<u32>().prop_map(|version| Reply::Ready { version }),
        (any::<u64>(), stages()).prop_map(|(revision, stage)| Reply::Progress { revision, stage }),
        (any::<u64>(), encoding(), counts()).prop_map(|(revision, encoding, counts)| {
            Reply::Counted {
                revision,
                encoding,
                counts,
            }
        }),
        (any::<u64>(), encoding(), any::<String>()).prop_map(|(revision, encoding, why)| {
            Reply::Missing {
                revision,
                encoding,
                why,
            }
        }),
        any::<u64>().prop_map(|revision| Reply::Done { revision }),
        (any::<u64>(), encoding(), blocks).prop_map(|(revision, encoding, blocks)| Reply::Pieces {
            revision,
            encoding,
            blocks
        }),
        any::<String>().prop_map(|why| Reply::Failed { why }),
    ]
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
