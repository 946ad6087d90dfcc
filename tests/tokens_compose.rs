//! Which characters Unicode's form C may change, by the crate that knows how: `UPDATE_TABLE=1 cargo test --test tokens_compose`
//! writes `src/tokens/composing.bin` from it.
#![cfg(not(target_arch = "wasm32"))]

mod generated;

use foretoken::tokens::{Encoding, is_composing};
use generated::assert_current;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

const PATH: &str = "src/tokens/composing.bin";

/// Those that are not surely themselves in the form wherever they stand.
fn may_change(character: char) -> bool {
    canonical_combining_class(character) != 0
        || is_nfc_quick([character].into_iter()) != IsNormalized::Yes
}

fn table() -> Vec<u8> {
    let codes: Vec<u32> = ('\0'..=char::MAX)
        .filter(|character| may_change(*character))
        .map(u32::from)
        .collect();
    let ranges = codes.chunk_by(|one, next| one + 1 == *next);
    let number = |range: &[u32]| {
        assert!(
            range.len() <= 1 << 11 && range[0] >= 0x300,
            "{range:X?} does not fit"
        );
        range[0] << 11 | (range.len() as u32 - 1)
    };
    ranges
        .flat_map(|range| number(range).to_le_bytes())
        .collect()
}

#[test]
fn the_table_is_that_of_the_crate() {
    assert_current(PATH, &table(), "tokens_compose");
}

#[test]
fn every_character_is_found_in_the_table() {
    for character in '\0'..=char::MAX {
        assert_eq!(
            is_composing(character),
            may_change(character),
            "{character:?}"
        );
    }
}

/// What has none of them is left alone, without asking.
#[test]
fn only_a_text_that_may_change_is_composed() {
    let refuse = |text: &str| -> String { panic!("asked for {text:?}") };
    for text in [
        "plain",
        "Grüße aus Zürich",
        "长江三角洲",
        "한국어",
        "हिन",
        "Ω≈ç√",
    ] {
        assert_eq!(text.nfc().collect::<String>(), text);
        assert_eq!(Encoding::Qwen.normal(text, refuse), text);
    }
    let compose = |text: &str| text.nfc().collect();
    for (text, composed) in [
        ("e\u{301}", "é"),
        ("\u{1100}\u{1161}", "가"),
        ("\u{212B}", "Å"),
        ("\u{958}", "क\u{93C}"),
    ] {
        assert_eq!(Encoding::Qwen.normal(text, compose), composed);
    }
}
