//! What holds of every picture, whatever its size.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::tokens::{Detail, Image, MediaRules};
use proptest::prelude::*;
use std::sync::LazyLock;

static RULES: LazyLock<MediaRules> =
    LazyLock::new(|| MediaRules::read(include_str!("../static/media.json")).unwrap());

fn image(width: u32, height: u32, detail: Detail) -> Image {
    Image {
        name: String::new(),
        width,
        height,
        detail,
    }
}

fn counted(model: &str, width: u32, height: u32) -> u64 {
    let rule = RULES.image(model).unwrap();
    let found = rule.image(&image(width, height, Detail::Auto));
    found.unwrap().0.tokens
}

/// A picture shown on its side comes to the same: so it never matters which way up a camera was held.
fn sides() -> impl Strategy<Value = (u32, u32)> {
    let side = prop_oneof![1..600_u32, 1..9_000_u32, 1..1_000_000_u32];
    (side.clone(), side)
}

const MODELS: [&str; 9] = [
    "gpt-4o",
    "gpt-image-1",
    "gpt-5-mini",
    "gpt-5.4",
    "gpt-6.1-sol",
    "claude-opus-4-5",
    "claude-opus-5",
    "gemini-2.5-pro",
    "gemini-3-pro-preview",
];

proptest! {
    #[test]
    fn width_and_height_are_alike((width, height) in sides()) {
        for model in MODELS {
            prop_assert_eq!(counted(model, width, height), counted(model, height, width), "{}", model);
        }
    }

    #[test]
    fn no_limit_is_passed((width, height) in sides()) {
        prop_assert!(counted("claude-opus-4-5", width, height) <= 1_568);
        prop_assert!(counted("claude-opus-5", width, height) <= 4_784);
        // A strip a patch high keeps its patch: it may be over the budget, as in the published formula.
        if width.max(height) < width.min(height) * 30 {
            prop_assert!(counted("gpt-5.2", width, height) <= 1_536);
            prop_assert!(counted("gpt-5.4", width, height) <= 2_500);
        }
        prop_assert!(counted("gpt-4o", width, height) >= 255);
    }

    #[test]
    fn a_range_holds_its_count((width, height) in sides(), at in 0..5_usize) {
        for model in MODELS {
            let found = RULES.image(model).unwrap().image(&image(width, height, Detail::ALL[at]));
            if let Some((count, _)) = found {
                prop_assert!(count.low <= count.tokens && count.tokens <= count.high);
                prop_assert!(count.tokens > 0);
            }
        }
    }
}
