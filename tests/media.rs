//! Pictures, recordings and pages in tokens: the worked numbers of the providers' guides (COUNTING 5.3, 5.4, 5.6), for the
//! models of the catalogue, by the table the page has.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::tokens::{
    Attachment, Audio, Basis, Detail, Document, Image, ImageRule, MediaRules, Working,
};
use rust_decimal::Decimal;

fn rules() -> MediaRules {
    MediaRules::read(include_str!("../static/media.json")).unwrap()
}

fn image(width: u32, height: u32, detail: Detail) -> Image {
    Image {
        name: "photo.png".to_owned(),
        width,
        height,
        detail,
    }
}

fn counted(model: &str, width: u32, height: u32) -> u64 {
    let rules = rules();
    let rule = rules
        .image(model)
        .unwrap_or_else(|| panic!("no rule for {model}"));
    rule.image(&image(width, height, Detail::Auto))
        .unwrap()
        .0
        .tokens
}

fn detailed(model: &str, size: u32, detail: Detail) -> Option<(u64, u64, u64)> {
    let rules = rules();
    let (count, _) = rules.image(model)?.image(&image(size, size, detail))?;
    Some((count.low, count.tokens, count.high))
}

#[test]
fn openai_tiles() {
    for (model, width, height, tokens) in [
        ("gpt-4o", 1024, 1024, 765),
        ("gpt-4o", 2048, 4096, 1_105),
        ("gpt-4o", 4096, 4096, 765),
        ("gpt-4o", 4096, 2048, 1_105),
        ("gpt-4.1", 1024, 1024, 765),
        ("gpt-4o-mini", 1024, 1024, 25_501),
        ("gpt-5", 1024, 1024, 630),
        ("gpt-5.1", 1024, 1024, 630),
        ("o3", 1024, 1024, 675),
        ("o1-pro", 1024, 1024, 675),
        // 65 + 4 × 129.
        ("computer-use", 1024, 1024, 581),
        // Small pictures are not enlarged: one tile.
        ("gpt-4o", 512, 512, 255),
        ("gpt-4o", 513, 512, 425),
        ("gpt-4o", 1, 1, 255),
        // 768 is not shrunk, 769 is: 2 × 2 tiles both.
        ("gpt-4o", 768, 768, 765),
        // 2048 wide and 48 high: 4 tiles.
        ("gpt-4o", 2048, 48, 765),
    ] {
        assert_eq!(
            counted(model, width, height),
            tokens,
            "{model} {width}×{height}"
        );
    }
}

/// The picture models shrink to a shortest side of 512: one tile for a square.
#[test]
fn openai_picture_models() {
    assert_eq!(counted("gpt-image-1", 1024, 1024), 65 + 129);
    assert_eq!(counted("gpt-image-1.5", 1024, 2048), 65 + 2 * 129);
}

#[test]
fn low_detail_is_the_base_alone() {
    assert_eq!(detailed("gpt-4o", 4096, Detail::Low), Some((85, 85, 85)));
    assert_eq!(
        detailed("gpt-4o-mini", 4096, Detail::Low),
        Some((2_833, 2_833, 2_833))
    );
    // `auto` behaves as `high`, not as `low`.
    assert_eq!(
        detailed("gpt-4o", 1024, Detail::High),
        detailed("gpt-4o", 1024, Detail::Auto)
    );
}

fn patches(multiplier: &str, budget: u64) -> ImageRule {
    let json = format!(
        r#"{{"patches": {{"multiplier": "{multiplier}", "limit": {{"budget": {budget}}}}}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

#[test]
fn openai_patches() {
    let tokens = |multiplier: &str, width, height| {
        patches(multiplier, 1_536)
            .tokens(&image(width, height, Detail::Auto))
            .unwrap()
            .tokens
    };
    assert_eq!(tokens("1", 1_024, 1_024), 1_024);
    assert_eq!(tokens("1", 1_800, 2_400), 1_452);
    assert_eq!(tokens("1", 2_400, 1_800), 1_452);
    assert_eq!(tokens("1.62", 1_800, 2_400), 2_353, "2,352.24, rounded up");
    for (model, width, height, tokens) in [
        ("gpt-5-mini", 1_800, 2_400, 2_353),
        ("gpt-5-mini", 1_024, 1_024, 1_659), // the README's
        ("gpt-4.1-mini-2025-04-14", 1_024, 1_024, 1_659), // 1,658.88
        ("gpt-5-nano", 1_024, 1_024, 2_520), // 2,519.04
        ("o4-mini", 1_024, 1_024, 1_762),    // 1,761.28
        ("gpt-5.2", 1_024, 1_024, 1_024),
        ("gpt-5.2", 1_800, 2_400, 1_452),
        ("gpt-5.2", 1, 1, 1),
    ] {
        assert_eq!(
            counted(model, width, height),
            tokens,
            "{model} {width}×{height}"
        );
    }
    let working = patches("1.62", 1_536)
        .tokens(&image(1_800, 2_400, Detail::Auto))
        .unwrap()
        .working;
    let multiplier = "1.62".parse::<Decimal>().unwrap();
    assert_eq!(
        working,
        Working::Patches {
            across: 33,
            down: 44,
            multiplier
        }
    );
}

/// 4,096² is scaled to 2,048² first, 64 × 64 patches, and then into 2,500: 50 × 50. As the original, 128 × 128 are more
/// than 10,000, so 100 × 100.
#[test]
fn the_newer_patches_have_a_longest_side_and_an_original() {
    assert_eq!(counted("gpt-5.4", 4_096, 4_096), 2_500);
    assert_eq!(counted("gpt-5.5", 4_096, 1_024), 64 * 16);
    assert_eq!(
        detailed("gpt-5.4", 4_096, Detail::Original),
        Some((10_000, 10_000, 10_000))
    );
    assert_eq!(
        detailed("gpt-5.4", 1_024, Detail::Low),
        None,
        "no rule says what low is"
    );
}

/// Kept at its size by OpenAI's word, resized by another's: a band. 64 × 64 × 1.2 = 4,915.2.
#[test]
fn where_sources_disagree_there_is_a_band() {
    assert_eq!(
        detailed("gpt-5.6-sol", 2_048, Detail::Auto),
        Some((3_000, 4_916, 4_916))
    );
    assert_eq!(
        detailed("gpt-6.1-sol", 1_024, Detail::Auto),
        Some((1_229, 1_229, 1_229))
    );
    assert_eq!(
        detailed("gemini-3-pro-preview", 9, Detail::Auto),
        Some((560, 1_120, 1_120))
    );
}

#[test]
fn claude_cells() {
    for (width, height, standard, high) in [
        (1_000, 1_000, 1_296, 1_296),
        (1_092, 1_092, 1_521, 1_521),
        (200, 200, 64, 64),
        (1_024, 1_024, 1_369, 1_369), // the README's
        (1_920, 1_080, 1_560, 2_691),
        (1_080, 1_920, 1_560, 2_691),
    ] {
        assert_eq!(
            counted("claude-sonnet-4-6", width, height),
            standard,
            "{width}×{height}"
        );
        assert_eq!(
            counted("claude-opus-4-7", width, height),
            high,
            "{width}×{height}"
        );
    }
    for (width, height, tokens, resized) in [
        (3_840, 2_160, 4_784, (2_576, 1_449)),
        (3_024, 1_964, 4_760, (2_380, 1_546)),
        (4_032, 3_024, 4_740, (2_212, 1_659)),
        (3_024, 4_032, 4_740, (1_659, 2_212)),
    ] {
        let rules = rules();
        let rule = rules.image("us.anthropic.claude-opus-5-5").unwrap();
        let (count, working) = rule.image(&image(width, height, Detail::Auto)).unwrap();
        assert_eq!((count.tokens, count.basis), (tokens, Basis::Probable));
        let Working::Cells {
            width,
            height,
            across,
            down,
        } = working
        else {
            panic!("{working:?}");
        };
        assert_eq!(((width, height), across * down), (resized, tokens));
    }
    let rules = rules();
    let rule = rules.image("claude-opus-4-5").unwrap();
    let (_, working) = rule.image(&image(1_920, 1_080, Detail::Auto)).unwrap();
    assert_eq!(
        working,
        Working::Cells {
            width: 1_456,
            height: 819,
            across: 52,
            down: 30
        }
    );
}

#[test]
fn gemini_crops_and_levels() {
    for (width, height, tokens) in [
        (384, 384, 258),
        (960, 540, 1_548),
        (1_000, 1_000, 1_032),
        (4_000, 4_000, 1_032),
        // 385 × 2 / 3 = 256: 2 × 2.
        (385, 385, 1_032),
    ] {
        assert_eq!(
            counted("gemini-2.5-flash", width, height),
            tokens,
            "{width}×{height}"
        );
    }
    let levels = [
        (Detail::Low, 280),
        (Detail::Medium, 560),
        (Detail::High, 1_120),
    ];
    for (detail, tokens) in levels {
        assert_eq!(
            detailed("gemini-3.8-flash", 4_000, detail),
            Some((tokens, tokens, tokens))
        );
    }
    let rules = rules();
    assert_eq!(
        rules.image("gemini-2.5-pro").unwrap().basis,
        Basis::Estimate,
        "Google calls it rough"
    );
}

#[test]
fn audio_and_pages() {
    let rules = rules();
    let minute = Audio {
        name: "a.wav".into(),
        milliseconds: 60_000,
    };
    let heard = |model: &str| Some(rules.audio(model)?.audio(&minute).0.tokens);
    assert_eq!(heard("gemini-2.5-flash"), Some(1_920));
    assert_eq!(heard("gemini-3-flash-preview"), Some(1_920));
    assert_eq!(heard("gpt-realtime"), Some(600));
    assert_eq!(
        heard("gpt-4o"),
        None,
        "it hears nothing, so there is no rule"
    );
    let spoken = |model: &str| rules.audio(model)?.rule.spoken_tokens(60_000);
    assert_eq!(
        (spoken("gpt-realtime"), spoken("gemini-2.5-flash")),
        (Some(1_200), Some(1_500))
    );
    let pages = |model: &str| Some(rules.page(model)?.pages(10).0);
    assert_eq!(pages("gemini-2.5-pro").unwrap().tokens, 2_580);
    assert!(
        !rules.page("gemini-2.5-pro").unwrap().rule.text,
        "pages in place of the text"
    );
    let claude = pages("claude-opus-4-6").unwrap();
    assert_eq!(
        (claude.low, claude.tokens, claude.high),
        (15_500, 16_000, 16_200)
    );
    assert!(
        rules.page("claude-opus-4-6").unwrap().rule.text,
        "and the text besides"
    );
    assert_eq!(pages("gpt-4o"), None);
}

/// A name holds for its dated versions and wherever a seller put it, and for no other model.
#[test]
fn which_model_a_rule_is_for() {
    let same = |one: &str, other: &str| {
        let rules = rules();
        assert_eq!(rules.image(one), rules.image(other), "{one} and {other}");
        assert!(rules.image(one).is_some(), "{one}");
    };
    same("gpt-4o-2024-05-13", "gpt-4o");
    same("ft:gpt-4o", "gpt-4o");
    same("openai/gpt-4o:extended", "gpt-4o");
    same("openai.gpt-5.4", "gpt-5.5");
    same("ft:gpt-4o-mini", "gpt-4o-mini");
    same(
        "global.anthropic.claude-haiku-4-5-20251001-v1:0",
        "claude-3-opus-latest",
    );
    same(
        "regional.anthropic.claude-sonnet-5-v1:0",
        "claude-fable-5-2",
    );
    same("gpt-5-chat-latest", "gpt-5");
    same("OpenAI/GPT-5.1", "gpt-5");
    let rules = rules();
    for model in [
        "gpt-4",
        "gpt-3.5-turbo",
        "gpt-4-turbo",
        "gpt-5-pro",
        "gpt-5.1-codex-mini",
        "o3-mini",
        "o1-mini",
        "o1-preview",
        "claude-2",
        "claude-v1",
        "gemini-pro",
        "gemini-1.5-flash",
        "deepseek-chat",
        "grok-4.5",
        "foo3",
        "turbo1",
        "",
    ] {
        assert!(rules.image(model).is_none(), "{model}");
    }
}

#[test]
fn a_table_that_cannot_be_read_says_why() {
    for json in [
        "",
        "{",
        r#"{"images": [{"models": [], "rule": {"circles": {}}, "source": ""}]}"#,
        r#"{"image": []}"#,
    ] {
        let why = MediaRules::read(json).unwrap_err().to_string();
        assert!(
            why.starts_with("the table of rules for images, audio and pages could not be read: "),
            "{why}"
        );
    }
}

#[test]
fn attachments_name_themselves() {
    let paper = Attachment::Document(Document::new("paper.pdf", "text"));
    let photo = Attachment::Image(image(1, 1, Detail::Auto));
    assert_eq!((paper.name(), photo.name()), ("paper.pdf", "photo.png"));
    assert_eq!((paper.text(), photo.text()), (Some("text"), None));
}
