//! What a count rests on: a guess, a class of text, a true count of one family.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::tokens::{Basis, Encoding, TokenCount};
use world::World;

/// A true count stands to a count, not to the guess before the vocabulary is there.
#[test]
fn a_true_count_waits_for_the_count() {
    let mut world = World::new().calibrated("o200k_base", 1_100, 1_000);
    assert_eq!(
        world.estimate("gpt-4o").prompt.total,
        TokenCount::sure(1_100, Basis::Stated)
    );
    world.rough = true;
    let guess = world.estimate("gpt-4o").prompt;
    assert_eq!(
        (guess.total.basis, guess.calibration),
        (Basis::Estimate, None)
    );
    assert_eq!((guess.total.low, guess.total.high), (500, 2_000));
}

/// Nobody classified with-a-fee: its band is that of the unknown, and a true count of it stays its own.
#[test]
fn an_unclassified_model_is_a_family_of_its_own() {
    let model = world::listing("with-a-fee").model;
    assert_eq!(foretoken::estimate::family_of(model), "with-a-fee");
    // We count 993 × 1 text tokens and 4 of framing.
    let world = World::new().calibrated("with-a-fee", 2_000, 997);
    assert_eq!(
        world.estimate("with-a-fee").prompt.total,
        TokenCount::sure(2_000, Basis::Stated)
    );
}

/// A million blanks are tokens too, and of no class of text: every class then counts alike.
#[test]
fn a_text_of_blanks_is_not_free() {
    let mut world = World::new();
    let counts = world.counts.get_mut(&Encoding::O200kBase).unwrap();
    counts.profiles = vec![foretoken::tokens::Profile::default()];
    // claude_new: five classes, 1.2 and four times 1 at least, 1.5 and four times 1 likely: 993 × 5.2 / 5 = 1,032.72
    // and 993 × 5.5 / 5 = 1,092.3.
    let text = world.estimate("claude").prompt.text;
    assert_eq!((text.low, text.tokens), (1_032, 1_092));
}

/// What was true of one text is an estimate of another: claude_new makes 1,200 to 1,500 to 2,000 of 1,000 tokens.
#[test]
fn a_true_count_of_another_text_leaves_the_band() {
    let world = World::new().calibrated("claude_new", 1_200, 1_000);
    let total = world.estimate("claude").prompt.total;
    let plain = World::new().estimate("claude").prompt.total;
    // Ours × 1.2, rounded: 1,497 is 1,796.4; its band is 1,199 and 1,993, so 1,438.8 and 2,391.6.
    assert_eq!((plain.low, plain.tokens, plain.high), (1_198, 1_497, 1_993));
    assert_eq!((total.low, total.tokens, total.high), (1_438, 1_796, 2_392));
    assert_eq!(total.basis, Basis::Estimate);
}
