//! How long an answer is in each model's own tokens.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::scenario::{AnswerLength, AnswerTokens};
use foretoken::tokens::Encoding;
use world::{ENGLISH, World, decimal};

fn tokens(world: &World, model: &str) -> (u64, u64, u64) {
    let AnswerTokens {
        low,
        expected,
        high,
    } = world.estimate(model).answer.tokens.unwrap();
    (low, expected, high)
}

/// Four tokens for three words, rounded up: 90, 210 and 450 words are 120, 280 and 600; 1 and 3 are 2 and 4.
#[test]
fn words_become_tokens() {
    let words = |length| tokens(&World::new().length(length), "gpt-4o");
    assert_eq!(words(AnswerLength::ChatReply), (120, 280, 600));
    assert_eq!(words(AnswerLength::YesOrNo), (2, 2, 4));
    assert_eq!(words(AnswerLength::Sentence), (12, 24, 48));
    assert_eq!(words(AnswerLength::Page), (400, 667, 934));
    assert_eq!(words(AnswerLength::Report), (2_000, 4_000, 8_000));
}

/// 280 × 1.5; at least 120 × 1.2; at most 600 × 2.
#[test]
fn words_become_each_familys_own_tokens() {
    assert_eq!(tokens(&World::new(), "claude"), (144, 420, 1_200));
}

#[test]
fn as_long_as_the_prompt_is_its_text_give_or_take_a_quarter() {
    let world = World::new().length(AnswerLength::LikeThePrompt);
    // 993 ÷ 4 = 248.25: whole tokens of it.
    assert_eq!(tokens(&world, "gpt-4o"), (745, 993, 1_241));
    // A text of 1,191 to 1,986 tokens: less 297, and 496 more.
    assert_eq!(tokens(&world, "claude"), (894, 1_490, 2_482));
}

#[test]
fn a_sample_stands_for_half_to_twice_its_length() {
    let mut world = World::new().length(AnswerLength::Sample);
    let counts = world.counts.get_mut(&Encoding::O200kBase).unwrap();
    (counts.sample, counts.sample_profile) = (101, ENGLISH);
    assert_eq!(
        world.estimate("gpt-4o").answer.tokens,
        None,
        "no sample is no answer of 0 tokens"
    );
    world.scenario.answer.sample = "A typical answer.".into();
    assert_eq!(tokens(&world, "gpt-4o"), (50, 101, 202));
    // 121 ÷ 2 (101 × 1.2 = 121.2), 152 (151.5) and 202 × 2.
    assert_eq!(tokens(&world, "claude"), (60, 152, 404));
}

#[test]
fn own_figures_are_taken_as_they_are() {
    let world = World::new()
        .answer(7, 70, 700)
        .calibrated("claude_new", 2_000, 1_000);
    assert_eq!(tokens(&world, "gpt-4o"), (7, 70, 700));
    assert_eq!(tokens(&world, "claude"), (7, 70, 700));
}

#[test]
fn a_model_writes_no_more_than_its_limit() {
    let cut = World::new()
        .answer(10, 20_000, 50_000)
        .estimate("gpt-4o")
        .answer;
    let limit = 16_384;
    assert_eq!(
        cut.tokens,
        Some(AnswerTokens {
            low: 10,
            expected: limit,
            high: limit
        })
    );
    assert_eq!(cut.cut_to, Some(limit));
    let above = World::new()
        .answer(10, limit, 50_000)
        .estimate("gpt-4o")
        .answer;
    assert_eq!(
        (above.tokens.unwrap().high, above.cut_to),
        (limit, None),
        "what is expected is whole"
    );
    let unlimited = World::new()
        .answer(10, 20_000, 50_000)
        .estimate("gpt-5.4")
        .answer;
    assert_eq!(
        (unlimited.tokens.unwrap().high, unlimited.cut_to),
        (50_000, None)
    );
}

#[test]
fn the_models_maximum_is_its_limit() {
    let world = World::new().length(AnswerLength::ModelMaximum);
    assert_eq!(tokens(&world, "gpt-4o"), (16_384, 16_384, 16_384));
    assert_eq!(tokens(&world, "claude"), (64_000, 64_000, 64_000));
    assert_eq!(world.estimate("gpt-5.4").answer.tokens, None);
    // The prompt is 1,000 tokens, and 8,000 hold both.
    assert_eq!(tokens(&world, "no-output"), (7_000, 7_000, 7_000));
    assert_eq!(world.estimate("no-output").fit.fits, Some(true));
}

/// The user's count is 1.1 times ours: so is every answer that follows from words or from the prompt.
#[test]
fn a_true_count_scales_the_answer_too() {
    let world = World::new().calibrated("o200k_base", 1_100, 1_000);
    assert_eq!(tokens(&world, "gpt-4o"), (132, 308, 660));
    assert_eq!(
        tokens(&world, "claude"),
        (144, 420, 1_200),
        "another family"
    );
    // 1,100 × $2.50 + 308 × $10.
    assert_eq!(world.expected("gpt-4o"), decimal("0.00583"));
    // 993 × 1.1 = 1,092.3; a quarter of 1,092 is 273.
    let like = world.length(AnswerLength::LikeThePrompt);
    assert_eq!(tokens(&like, "gpt-4o"), (819, 1_092, 1_365));
}
