//! Estimates with pictures, sound and documents attached, worked by hand.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::catalog::{Catalog, Listing};
use foretoken::estimate::{
    Estimate, Filter, Part, PromptTokens, Sort, arrange, cheapest, estimate, key_of,
};
use foretoken::tokens::{
    Attachment, Audio, Basis, Detail, Document, Encoding, Image, Profile, TokenCount, Working,
};
use foretoken::usage::Meter;
use std::sync::LazyLock;
use world::{World, decimal};

/// $1 a million tokens of prompt each, and nothing for the answer.
const MODELS: &str = r#"{"checked": "2026-11-09", "providers": [{"id": "p", "name": "P", "source": "https://example.com", "models": [
    {"id": "gpt-4o", "context": 128000, "encoding": "o200k_base", "basis": "exact", "prices": [{"usd": {"input": "1", "output": "0"}}]},
    {"id": "claude-opus-4-6", "context": 200000, "encoding": "claude_new", "basis": "estimate", "prices": [{"usd": {"input": "1", "output": "0"}}]},
    {"id": "gemini-2.5-flash", "context": 1000000, "encoding": "o200k_base", "basis": "exact", "prices": [{"usd": {"input": "1", "input_audio": "3", "output": "0"}}]},
    {"id": "gemini-2.5-pro", "context": 1000000, "encoding": "o200k_base", "basis": "exact", "prices": [{"usd": {"input": "1", "output": "0"}}]},
    {"id": "mystery", "context": 128000, "encoding": "o200k_base", "basis": "exact", "prices": [{"usd": {"input": "0.001", "output": "0"}}]}
]}]}"#;

fn listing(model: &str) -> Listing<'static> {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::from_json(MODELS).unwrap());
    CATALOG.get("p", model).unwrap()
}

fn on(model: &str, world: &World) -> Estimate {
    estimate(listing(model), world.given()).unwrap()
}

fn photo() -> Attachment {
    Attachment::Image(Image {
        name: "photo.jpg".into(),
        width: 1_024,
        height: 1_024,
        detail: Detail::Auto,
    })
}

fn minute() -> Attachment {
    Attachment::Audio(Audio {
        name: "call.wav".into(),
        milliseconds: 60_000,
    })
}

fn paper() -> Document {
    Document {
        pages: Some(10),
        ..Document::new("paper.pdf", "…")
    }
}

/// 993 text tokens of a message and 7 around it; each document makes 500 tokens of English more.
fn with(attachments: Vec<Attachment>) -> World {
    let mut world = World::new();
    let counts = world.counts.get_mut(&Encoding::O200kBase).unwrap();
    let documents = attachments.iter().filter_map(Attachment::document).count();
    counts.documents = vec![500; documents];
    counts.document_profiles = vec![
        Profile {
            english: 1,
            ..Profile::default()
        };
        documents
    ];
    world.scenario.prompt.messages[0].attachments = attachments;
    world
}

fn range(prompt: &PromptTokens) -> (u64, u64, u64, Basis) {
    let TokenCount {
        low,
        tokens,
        high,
        basis,
    } = prompt.total;
    (low, tokens, high, basis)
}

#[test]
fn a_picture_is_a_line_of_its_own_and_part_of_the_sum() {
    let prompt = on("gpt-4o", &with(vec![photo()])).prompt;
    assert_eq!(range(&prompt), (1_765, 1_765, 1_765, Basis::Probable));
    assert_eq!((prompt.text.tokens, prompt.media.tokens), (993, 765));
    let [line] = prompt.attachments.as_slice() else {
        panic!("{:?}", prompt.attachments);
    };
    let (count, working) = line.tokens.clone().unwrap();
    assert_eq!(
        (line.at, line.part, count),
        ((0, 0), Part::Image, TokenCount::sure(765, Basis::Probable))
    );
    assert_eq!(
        working,
        Working::Tiles {
            base: 85,
            tile: 170,
            tiles: 4
        }
    );
    assert_eq!(line.source.as_deref(), Some("OpenAI’s image guide"));
    assert_eq!(
        prompt.uncalibrated.tokens, 1_000,
        "a true count stands to the text"
    );
    let cost = on("gpt-4o", &with(vec![photo()])).request.unwrap();
    assert_eq!(cost.expected.total.amount(), decimal("0.001765"));
}

/// Never 0, and never a figure that looks sure.
#[test]
fn without_a_rule_it_is_said_and_the_total_is_no_sure_figure() {
    let estimate = on("mystery", &with(vec![photo(), photo(), minute()]));
    assert_eq!(
        range(&estimate.prompt),
        (1_000, 1_000, 1_000, Basis::Estimate)
    );
    assert!(
        estimate
            .prompt
            .attachments
            .iter()
            .all(|line| line.tokens.is_none())
    );
    assert!(!estimate.is_whole());
    assert_eq!(
        estimate.prompt.leaves_out().unwrap(),
        "text only: 2 images and 1 recording not counted"
    );
    let whole = on("mystery", &with(vec![]));
    assert_eq!((whole.is_whole(), whole.prompt.leaves_out()), (true, None));
    // Where a picture is counted it is not the text alone.
    let heard = on("gpt-4o", &with(vec![photo(), minute()])).prompt;
    assert_eq!(heard.leaves_out().unwrap(), "1 recording not counted");
}

/// The cheapest is one that is wholly counted, and what is not comes last however it is sorted.
#[test]
fn what_is_not_whole_is_not_compared() {
    let world = with(vec![photo()]);
    let estimates = ["mystery", "gpt-4o", "gemini-2.5-flash"].map(|model| on(model, &world));
    assert_eq!(cheapest(&estimates).unwrap().key, key_of(listing("gpt-4o")));
    let lines = || {
        let each = ["mystery", "gpt-4o", "gemini-2.5-flash"];
        each.map(|model| (listing(model), Some(on(model, &world))))
            .to_vec()
    };
    for descending in [false, true] {
        let mut lines = lines();
        arrange(
            &mut lines,
            &[],
            Sort {
                descending,
                ..Sort::default()
            },
        );
        assert_eq!(lines[2].0.model.title(), "mystery", "{descending}");
    }
    let cheap = Filter {
        most: Some(decimal("1")),
        ..Filter::default()
    };
    assert!(cheap.passes(listing("gpt-4o"), Some(&on("gpt-4o", &world))));
    assert!(!cheap.passes(listing("mystery"), Some(&on("mystery", &world))));
}

/// 60 seconds at 32 tokens: 1,920, at $3 a million where sound has its price and at $1 where it has none.
#[test]
fn sound_has_its_own_price_where_there_is_one() {
    let world = with(vec![minute()]);
    let flash = on("gemini-2.5-flash", &world);
    assert_eq!(range(&flash.prompt), (2_920, 2_920, 2_920, Basis::Probable));
    let charges = flash.request.unwrap().expected.charges;
    let of = |meter| {
        charges
            .iter()
            .find(|charge| charge.meter == meter)
            .map(|charge| charge.quantity)
    };
    assert_eq!(
        (of(Meter::Input), of(Meter::InputAudio)),
        (Some(1_000), Some(1_920))
    );
    let cost = |model| on(model, &world).request.unwrap().expected.total.amount();
    assert_eq!(cost("gemini-2.5-flash"), decimal("0.00676"));
    assert_eq!(cost("gemini-2.5-pro"), decimal("0.00292"));
}

/// What is cached is cached of the text, half of 1,000.
#[test]
fn sound_is_not_cached() {
    let mut world = with(vec![minute()]);
    world.scenario.load.cache_read_percent = decimal("50");
    let charges = on("gemini-2.5-flash", &world)
        .request
        .unwrap()
        .expected
        .charges;
    let quantities: Vec<u64> = charges.iter().map(|charge| charge.quantity).collect();
    assert_eq!(quantities[..3], [500, 500, 1_920]);
}

/// A long paste is text like any other.
#[test]
fn a_document_of_text_is_text() {
    let notes = Attachment::Document(Document::new("notes.txt", "…"));
    let world = with(vec![notes]);
    let exact = on("gpt-4o", &world).prompt;
    assert_eq!(range(&exact), (1_500, 1_500, 1_500, Basis::Exact));
    assert_eq!(exact.attachments[0].part, Part::Text);
    assert_eq!(
        exact.attachments[0].tokens,
        Some((TokenCount::sure(500, Basis::Exact), Working::Text))
    );
    // (993 + 500) × 1.2, 1.5 and 2, and 7 around the message.
    let claude = on("claude-opus-4-6", &world).prompt;
    assert_eq!(range(&claude), (1_798, 2_247, 2_993, Basis::Estimate));
    assert_eq!(claude.attachments[0].tokens.as_ref().unwrap().0.tokens, 750);
}

/// Claude reads text and pages, Gemini pages in place of the text, and of others it is not known.
#[test]
fn a_pdf_on_each_model() {
    let world = with(vec![Attachment::Document(paper())]);
    let claude = on("claude-opus-4-6", &world).prompt;
    assert_eq!(
        range(&claude),
        (
            1_798 + 15_500,
            2_247 + 16_000,
            2_993 + 16_200,
            Basis::Estimate
        )
    );
    let parts: Vec<Part> = claude.attachments.iter().map(|line| line.part).collect();
    assert_eq!(parts, [Part::Text, Part::Pages]);

    let gemini = on("gemini-2.5-pro", &world).prompt;
    assert_eq!(range(&gemini), (3_580, 3_580, 3_580, Basis::Probable));
    assert_eq!((gemini.text.tokens, gemini.attachments.len()), (993, 1));

    let openai = on("gpt-4o", &world).prompt;
    assert_eq!(range(&openai), (1_500, 1_500, 1_500, Basis::Estimate));
    assert_eq!(
        openai.leaves_out().unwrap(),
        "text only: 10 pages of PDF not counted"
    );
}

#[test]
fn a_pdf_of_which_only_the_text_is_sent() {
    let text_only = Document {
        text_only: true,
        ..paper()
    };
    let world = with(vec![Attachment::Document(text_only)]);
    for model in ["gpt-4o", "gemini-2.5-pro", "mystery"] {
        let estimate = on(model, &world);
        let (low, tokens, high, basis) = range(&estimate.prompt);
        assert_eq!((low, tokens, high), (1_500, 1_500, 1_500), "{model}");
        assert!(basis < Basis::Estimate, "{model}");
        assert!(estimate.is_whole());
    }
}

/// A true count of the text of this prompt holds with a picture beside it.
#[test]
fn a_true_count_is_of_the_text() {
    let world = with(vec![photo()]).calibrated("o200k_base", 1_100, 1_000);
    let prompt = on("gpt-4o", &world).prompt;
    assert_eq!(range(&prompt), (1_865, 1_865, 1_865, Basis::Probable));
    assert_eq!(prompt.calibration.unwrap().stated, 1_100);
}

/// A guess from the length is a guess of the texts: a picture's size is known.
#[test]
fn before_the_vocabulary_is_there_only_the_text_is_guessed() {
    let mut world = with(vec![photo()]);
    world.rough = true;
    assert_eq!(
        range(&on("gpt-4o", &world).prompt),
        (1_265, 1_765, 2_765, Basis::Estimate)
    );
}

/// What was attached a moment ago is not counted yet: its line waits, and nothing breaks.
#[test]
fn a_document_that_is_not_counted_yet() {
    let mut world = with(vec![Attachment::Document(Document::new("a.txt", "…"))]);
    world
        .counts
        .get_mut(&Encoding::O200kBase)
        .unwrap()
        .documents
        .clear();
    let prompt = on("gpt-4o", &world).prompt;
    assert_eq!(
        (prompt.total.tokens, prompt.attachments[0].tokens.clone()),
        (1_000, None)
    );
}
