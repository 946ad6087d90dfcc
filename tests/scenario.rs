//! What is kept comes back, and what is not ours is said to be so.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::catalog::{OwnModel, OwnPrice, PriceOverride};
use foretoken::scenario::{
    Answer, AnswerLength, AnswerTokens, Calibration, Load, ModelKey, Scenario, ScenarioError,
    VERSION,
};
use foretoken::tokens::{Attachment, Audio, Detail, Document, Image, Message, Prompt, Role};
use foretoken::usage::Meter;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn key(model: &str) -> ModelKey {
    ModelKey {
        provider: "openai".into(),
        model: model.into(),
    }
}

fn overrides() -> Vec<PriceOverride> {
    let price = PriceOverride::Price {
        provider: "openai".into(),
        model: "gpt-4o".into(),
        variant: Some("batch".into()),
        meter: Meter::CacheWrite1h,
        amount: decimal("1.250"),
    };
    let model = PriceOverride::Model(OwnModel {
        id: "mine".into(),
        name: None,
        context_window: Some(8_000),
        max_output: None,
        encoding: Some("o200k_base".into()),
        prices: vec![OwnPrice {
            meter: Meter::Input,
            amount: decimal("0.1"),
        }],
    });
    vec![price, model]
}

fn attachments() -> Vec<Attachment> {
    let image = Image {
        name: "a.png".into(),
        width: 1,
        height: 1_000_000,
        detail: Detail::Original,
    };
    let audio = Audio {
        name: "b.wav".into(),
        milliseconds: 1_500,
    };
    let paper = Document {
        key: "k".into(),
        pages: Some(3),
        text_only: true,
        encoding: Some("read as UTF-16".into()),
        ..Document::new("c.pdf", "Grüße\0")
    };
    vec![
        Attachment::Image(image),
        Attachment::Audio(audio),
        Attachment::Document(paper),
    ]
}

/// Nothing in it is as it would be by default.
fn full() -> Scenario {
    Scenario {
        version: VERSION,
        prompt: Prompt {
            messages: vec![
                Message {
                    name: Some("tom".into()),
                    ..Message::new(Role::System, "Be “brief”.\0\u{2028}👍🏽")
                },
                Message {
                    attachments: attachments(),
                    ..Message::new(Role::Assistant, "")
                },
            ],
            tools: "[{\"name\": \"f\"}]".into(),
        },
        answer: Answer {
            length: AnswerLength::Sample,
            sample: "So\r\nlong".into(),
            own: AnswerTokens {
                low: 1,
                expected: 2,
                high: 10_000_000,
            },
        },
        load: Load {
            requests_per_day: decimal("0.5"),
            month: Some((2027, 1)),
            cache_read_percent: decimal("33.3"),
            cache_write_percent: decimal("12"),
            cache_write_hour: true,
            variant: Some("flex".into()),
        },
        selected: Some(key("gpt-4o")),
        pins: vec![key("b"), key("a")],
        overrides: overrides(),
        calibrations: [(
            "claude_new".to_owned(),
            Calibration {
                stated: 210,
                counted: 200,
            },
        )]
        .into(),
        month: foretoken::scenario::MonthChoice::default(),
    }
}

fn foreign(json: &str) -> String {
    match Scenario::from_json(json) {
        Err(ScenarioError::Foreign(why)) => why,
        other => panic!("{json:.80} gave {other:?}"),
    }
}

#[test]
fn what_is_kept_comes_back() {
    for scenario in [Scenario::default(), full()] {
        assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario));
    }
}

#[test]
fn decimals_are_kept_as_text() {
    let json = full().to_json();
    assert!(json.contains(r#""requests_per_day":"0.5""#));
    assert!(json.contains(r#""amount":"1.250""#));
}

#[test]
fn what_is_not_ours_is_foreign() {
    for json in [
        "",
        "null",
        "42",
        "[]",
        "{}",
        "\"text\"",
        "{\"cart\": []}",
        "<!doctype html>",
        "\u{feff}{}",
        "{\"version\": 1}",
        "{\"version\": \"1\"}",
        "{\"version\": -1}",
        "{\"version\": 1.5}",
    ] {
        assert!(!foreign(json).is_empty());
    }
    let deep = format!("{{\"version\": 1, \"x\": {}", "[".repeat(100_000));
    assert!(!foreign(&deep).is_empty());
    let message = Scenario::from_json("{}").unwrap_err().to_string();
    assert!(
        message.starts_with("the saved draft is not one of ours: missing field `version`"),
        "{message}"
    );
}

#[test]
fn a_draft_cut_short_is_foreign_wherever_it_is_cut() {
    let json = full().to_json();
    for (end, _) in json.char_indices() {
        foreign(&json[..end]);
    }
    foreign(&format!("{json}x"));
}

#[test]
fn a_newer_draft_is_said_to_be_newer() {
    for rest in ["", ", \"prompt\": 5"] {
        let error = Scenario::from_json(&format!("{{\"version\": 2{rest}}}")).unwrap_err();
        assert_eq!(error, ScenarioError::Newer { found: 2 });
        assert_eq!(
            error.to_string(),
            "the saved draft was made by a newer version (2; this page reads up to 1): reload to get it"
        );
    }
}

/// The first drafts: everything added since then has a default.
#[test]
fn an_older_draft_opens_with_defaults() {
    let json = r#"{"version": 1,
        "prompt": {"messages": [{"role": "user", "text": "Hi"}]},
        "answer": {"length": "page", "own": {"low": 1, "expected": 2, "high": 3}},
        "load": {"requests_per_day": "10", "cache_read_percent": "0", "cache_write_percent": "0"},
        "unknown": {"since": "later"}}"#;
    let opened = Scenario::from_json(json).unwrap();
    assert_eq!(opened.prompt.messages, [Message::new(Role::User, "Hi")]);
    assert_eq!(opened.answer.length, AnswerLength::Page);
    assert_eq!(
        (
            opened.load.month,
            opened.load.variant,
            opened.load.cache_write_hour
        ),
        (None, None, false)
    );
    assert!(
        opened.pins.is_empty() && opened.overrides.is_empty() && opened.calibrations.is_empty()
    );
    assert_eq!(
        (opened.selected, opened.answer.sample, opened.prompt.tools),
        (None, String::new(), String::new())
    );
}

#[test]
fn a_number_that_lost_its_digits_is_foreign() {
    let json = Scenario::default()
        .to_json()
        .replace("\"100\"", "\"a lot\"");
    assert!(foreign(&json).contains("a lot"));
}

#[test]
fn ten_megabytes_come_back() {
    let text = "“Zehn” megabytes,\n\tof \\ text \u{1} 中文 ".repeat(250_000);
    assert!(text.len() > 10_000_000);
    let mut scenario = Scenario::default();
    scenario.prompt.messages = vec![Message::new(Role::User, text)];
    assert!(Scenario::from_json(&scenario.to_json()) == Ok(scenario));
}

#[test]
fn every_length_is_named_once_and_ordered() {
    let mut labels: Vec<&str> = AnswerLength::ALL
        .iter()
        .map(|length| length.label())
        .collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), AnswerLength::ALL.len());
    for (low, expected, high) in AnswerLength::ALL.iter().filter_map(|length| length.words()) {
        assert!(0 < low && low <= expected && expected <= high);
    }
}

proptest! {
    #[test]
    fn any_text_comes_back(text in any::<String>(), tools in any::<String>(), name in any::<Option<String>>(), percent in 0u32..=88) {
        let mut scenario = full();
        scenario.prompt.messages.push(Message { name, ..Message::new(Role::User, text) });
        scenario.prompt.tools = tools;
        scenario.load.cache_read_percent = percent.into();
        prop_assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario));
    }

    #[test]
    fn no_text_makes_opening_panic(text in "\\PC{0,80}") {
        prop_assert!(Scenario::from_json(&text).is_err());
        let _ = Scenario::from_json(&format!("{{\"version\": 1, {text}}}"));
    }
}

#[test]
fn what_nobody_can_choose_is_not_opened() {
    let kept = Scenario::default().to_json();
    let cases = [
        (
            r#""requests_per_day":"100""#,
            r#""requests_per_day":"79228162514264337593543950335""#,
            "0 to 1,000,000,000",
        ),
        (
            r#""cache_read_percent":"0""#,
            r#""cache_read_percent":"-1""#,
            "sum to 100",
        ),
        (
            r#""cache_write_percent":"0""#,
            r#""cache_write_percent":"100.5""#,
            "sum to 100",
        ),
        (
            r#""month":null"#,
            r#""month":[2026,13]"#,
            "a month from 1 to 12",
        ),
        (r#""low":100"#, r#""low":400"#, "three rising numbers"),
    ];
    for (good, bad, reason) in cases {
        let json = kept.replace(good, bad);
        assert_ne!(json, kept, "{good} is in {kept}");
        let error = Scenario::from_json(&json).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_picture_without_a_size_is_not_opened() {
    for (seen, expected) in [
        ("\"width\":1,", "\"width\":0,"),
        ("\"height\":1000000", "\"height\":1000001"),
    ] {
        let json = full().to_json().replace(seen, expected);
        let error = Scenario::from_json(&json).unwrap_err().to_string();
        assert!(error.contains("for the sides of a picture"), "{error}");
    }
}

/// A document without a key is part of the draft; one with a key is kept apart, and lost with its text.
#[test]
fn documents_are_kept_apart_by_their_keys() {
    let mut scenario = full();
    let inline = Attachment::Document(Document::new("inline.txt", "inline text"));
    scenario.prompt.messages[0].attachments.push(inline);
    let (light, texts) = scenario.clone().without_documents();
    assert_eq!(texts, [("k".to_owned(), "Grüße\0".into())]);
    assert!(light.to_json().contains("inline text"));
    let kept = Scenario::from_json(&light.to_json()).unwrap();
    let back = |key: &str| {
        let mut texts = texts.iter();
        Some(texts.find(|(known, _)| known == key)?.1.clone())
    };
    assert_eq!(kept.clone().with_documents(back), (scenario, vec![]));
    let (without, lost) = kept.with_documents(|_| None);
    assert_eq!(lost, ["c.pdf"]);
    assert_eq!(without.prompt.attachments().count(), 3);
}
