//! Estimates worked by hand: the tokens of a prompt on each model, whether it fits, and what it costs.
#![cfg(not(target_arch = "wasm32"))]

#[path = "estimate/world.rs"]
mod world;

use foretoken::estimate::{FramingRule, NoFigure, PromptTokens, estimate, estimate_month};
use foretoken::scenario::AnswerLength;
use foretoken::tokens::{Basis, Encoding, Families, ToolCount};
use foretoken::usage::Meter;
use world::{World, counted, decimal, listing};

fn range(prompt: &PromptTokens) -> (u64, u64, u64, Basis) {
    let total = prompt.total;
    (total.low, total.tokens, total.high, total.basis)
}

#[test]
fn a_published_model_has_exact_tokens() {
    let prompt = World::new().estimate("gpt-4o").prompt;
    assert_eq!(range(&prompt), (1_000, 1_000, 1_000, Basis::Exact));
    assert_eq!((prompt.text.tokens, prompt.framing.tokens), (993, 7));
    assert_eq!(prompt.rule, FramingRule::Published);
    assert_eq!(prompt.family, None);
}

#[test]
fn framing_nobody_published_makes_it_probable() {
    let prompt = World::new().estimate("gpt-5.4").prompt;
    assert_eq!(range(&prompt), (1_000, 1_000, 1_000, Basis::Probable));
    assert_eq!(
        (prompt.text.basis, prompt.rule),
        (Basis::Exact, FramingRule::Modelled)
    );
}

#[test]
fn a_model_that_completes_text_has_no_framing() {
    let prompt = World::new().estimate("davinci-002").prompt;
    assert_eq!(range(&prompt), (993, 993, 993, Basis::Probable));
    assert_eq!(prompt.rule, FramingRule::None);
}

#[test]
fn each_model_takes_the_count_of_its_own_encoding() {
    let mut world = World::new();
    assert!(
        estimate(listing("gpt-4-turbo"), world.given()).is_none(),
        "not counted yet"
    );
    world.counts.insert(Encoding::Cl100kBase, counted(1_100));
    assert_eq!(world.estimate("gpt-4-turbo").prompt.total.tokens, 1_107);
    world.counts.clear();
    for model in ["gpt-4o", "claude", "with-a-fee"] {
        assert!(estimate(listing(model), world.given()).is_none(), "{model}");
    }
}

/// 993 at 0.99 (983.07 begins at 983), 1 and 1.01 (1,002.93 ends at 1,003), and 3, 4 and 7 for the message.
#[test]
fn while_its_vocabulary_is_not_there_a_model_is_estimated_from_what_the_table_knows_of_it() {
    let mut world = World::new();
    world.families = Families::read(include_str!("../static/tokenizers.json")).unwrap();
    let prompt = world.estimate("gpt-4-turbo").prompt;
    assert_eq!(range(&prompt), (986, 997, 1_010, Basis::Estimate));
    assert_eq!(prompt.family.as_deref(), Some("cl100k_base"));
}

/// 993 × 1.5 = 1,489.5 and is 1,490; at least 993 × 1.2 = 1,191.6; at most 993 × 2. Each and 7 around the message.
#[test]
fn a_family_without_a_vocabulary_has_a_band() {
    let prompt = World::new().estimate("claude").prompt;
    assert_eq!(range(&prompt), (1_198, 1_497, 1_993, Basis::Estimate));
    assert_eq!(prompt.family.as_deref(), Some("claude_new"));
    assert_eq!(
        (prompt.rule, prompt.counted_with),
        (FramingRule::Guessed, Encoding::O200kBase)
    );
}

/// 993 at 0.8, 1 and 2 (794.4 begins at 794), and 3, 4 and 7 for a message of which nothing is known.
#[test]
fn a_model_nobody_classified_is_of_the_unknown_family() {
    let prompt = World::new().estimate("with-a-fee").prompt;
    assert_eq!(range(&prompt), (797, 997, 1_993, Basis::Estimate));
}

#[test]
fn before_the_vocabulary_is_there_the_band_is_half_to_double() {
    let mut world = World::new();
    world.rough = true;
    let prompt = world.estimate("gpt-4o").prompt;
    assert_eq!(range(&prompt), (500, 1_000, 2_000, Basis::Estimate));
    // The guess stands for every encoding: that of GPT-4 was never counted.
    assert_eq!(
        range(&world.estimate("gpt-4-turbo").prompt),
        (500, 1_000, 2_000, Basis::Estimate)
    );
    assert_eq!(
        range(&world.estimate("claude").prompt),
        (599, 1_497, 3_986, Basis::Estimate)
    );
}

fn with_tools(nested: bool) -> World {
    let mut world = World::new();
    world.counts.get_mut(&Encoding::O200kBase).unwrap().tools = ToolCount {
        tools: 1,
        cookbook: 60,
        typescript: 70,
        json: 100,
        nested,
    };
    world
}

#[test]
fn flat_tools_count_by_the_cookbook_and_nested_ones_are_estimated() {
    let flat = with_tools(false).estimate("gpt-4o").prompt;
    assert_eq!(range(&flat), (1_060, 1_060, 1_060, Basis::Probable));
    let nested = with_tools(true).estimate("gpt-4o").prompt;
    assert_eq!(range(&nested), (1_060, 1_070, 1_100, Basis::Estimate));
}

/// 100 tokens of JSON and 354 of instructions; at least 70 and 290; at most 100 × 3/2 and 804.
#[test]
fn tools_of_other_providers_bring_instructions() {
    let tools = with_tools(false).estimate("claude").prompt.tools;
    assert_eq!((tools.low, tools.tokens, tools.high), (360, 454, 954));
}

#[test]
fn a_true_count_scales_its_family_and_no_other() {
    let world = World::new().calibrated("o200k_base", 1_100, 1_000);
    let prompt = world.estimate("gpt-4o").prompt;
    assert_eq!(range(&prompt), (1_100, 1_100, 1_100, Basis::Stated));
    assert_eq!(prompt.uncalibrated.tokens, 1_000);
    assert_eq!(
        range(&world.estimate("claude").prompt),
        (1_198, 1_497, 1_993, Basis::Estimate)
    );
    // The prompt grew to twice its length since it was measured, and the true count with it.
    let grown = World::of_prompt(2_000).calibrated("o200k_base", 1_100, 1_000);
    assert_eq!(grown.estimate("gpt-4o").prompt.total.tokens, 2_200);
    let claude = World::new().calibrated("claude_new", 1_600, 1_497);
    assert_eq!(
        range(&claude.estimate("claude").prompt),
        (1_600, 1_600, 1_600, Basis::Stated)
    );
}

#[test]
fn a_true_count_beside_nothing_says_nothing() {
    let prompt = World::new()
        .calibrated("o200k_base", 5, 0)
        .estimate("gpt-4o")
        .prompt;
    assert_eq!(range(&prompt), (1_000, 1_000, 1_000, Basis::Exact));
    assert_eq!(prompt.calibration, None);
}

/// 1,000 × $2.50 and 280 × $10 per million; a chat reply is 120 to 600 tokens.
#[test]
fn a_request_costs_prompt_and_answer() {
    let world = World::new();
    assert_eq!(
        world.cost("gpt-4o"),
        ["0.0037", "0.0053", "0.0085"].map(decimal)
    );
    let cost = world.estimate("gpt-4o").request.unwrap();
    assert_eq!(cost.of_prompt().unwrap().amount(), decimal("0.0025"));
    assert_eq!(cost.of_answer().unwrap().amount(), decimal("0.0028"));
    let (least, most) = cost.answer_range().unwrap();
    assert_eq!(
        (least.amount(), most.amount()),
        (decimal("0.0012"), decimal("0.006"))
    );
}

/// 1,497 × $4 + 420 × $20; at least 1,198 × $4 + 144 × $20; at most 1,993 × $4 + 1,200 × $20.
#[test]
fn a_band_of_tokens_is_a_band_of_cost() {
    let costs = World::new().cost("claude");
    assert_eq!(costs, ["0.007672", "0.014388", "0.031972"].map(decimal));
}

/// $5 per thousand requests are $0.005, beside 997 × $1 + 280 × $1.
#[test]
fn a_fee_for_each_request_is_neither_prompt_nor_answer() {
    let world = World::new();
    assert_eq!(world.expected("with-a-fee"), decimal("0.006277"));
    let cost = world.estimate("with-a-fee").request.unwrap();
    let fee = cost
        .expected
        .charges
        .iter()
        .find(|charge| charge.meter == Meter::Request)
        .unwrap();
    assert_eq!(fee.amount.amount(), decimal("0.005"));
    assert_eq!(cost.of_answer().unwrap().amount(), decimal("0.00028"));
}

#[test]
fn a_variant_has_its_price_where_the_model_has_one() {
    let mut world = World::new();
    world.scenario.load.variant = Some("batch".to_owned());
    // 1,000 × $1.25 + 280 × $5.
    assert_eq!(world.expected("gpt-4o"), decimal("0.00265"));
    assert_eq!(
        world.expected("claude"),
        decimal("0.014388"),
        "it has no batch price"
    );
}

#[test]
fn the_tier_begins_above_its_threshold() {
    // 272,000 × $2.50 + 100 × $15, and one token more: 272,001 × $5 + 100 × $22.50.
    let (at, above) = (World::of_prompt(272_000), World::of_prompt(272_001));
    assert_eq!(
        at.answer(100, 100, 100).expected("gpt-5.4"),
        decimal("0.6815")
    );
    assert_eq!(
        above.answer(100, 100, 100).expected("gpt-5.4"),
        decimal("1.362255")
    );
}

/// 333.5 of 1,000 tokens: the cache holds 333. 667 × $2.50 + 333 × $1.25 + 280 × $10.
#[test]
fn the_cached_share_is_whole_tokens_rounded_down() {
    let world = World::new().cached("33.35", "0");
    assert_eq!(world.expected("gpt-4o"), decimal("0.00488375"));
    let all = World::new().cached("100", "0");
    assert_eq!(
        all.expected("gpt-4o"),
        decimal("0.00405"),
        "1,000 × $1.25 + 280 × $10"
    );
}

/// Half of 1,497 is 748. 749 × $4 + 748 × $5 (or $8 for the hour) + 420 × $20.
#[test]
fn writing_to_the_cache_costs_by_how_long_it_stays() {
    let mut world = World::new().cached("0", "50");
    assert_eq!(world.expected("claude"), decimal("0.015136"));
    world.scenario.load.cache_write_hour = true;
    assert_eq!(world.expected("claude"), decimal("0.01738"));
}

/// 80 % of 1,497 is 1,197 read, which leaves 300 to write: 1,197 × $0.20 + 300 × $5 + 420 × $20.
#[test]
fn what_is_read_is_not_written_again() {
    let world = World::new().cached("80", "50");
    assert_eq!(world.expected("claude"), decimal("0.0101394"));
}

#[test]
fn a_prompt_fits_to_the_last_token() {
    // The window of 128,000 less an answer of 1,000.
    let fits = World::of_prompt(127_000)
        .answer(10, 1_000, 5_000)
        .estimate("gpt-4o");
    assert_eq!(
        (fits.fit.limit, fits.fit.window),
        (Some(127_000), Some(128_000))
    );
    assert_eq!(fits.fit.fits, Some(true));
    assert!(fits.request.is_ok());
    let over = World::of_prompt(127_001)
        .answer(10, 1_000, 5_000)
        .estimate("gpt-4o");
    assert_eq!(over.fit.fits, Some(false));
    assert_eq!(over.request, Err(NoFigure::TooLong));
}

#[test]
fn an_input_limit_does_not_depend_on_the_answer() {
    let fits = World::of_prompt(922_000)
        .answer(1, 500_000, 500_000)
        .estimate("gpt-5.4");
    assert_eq!((fits.fit.limit, fits.fit.fits), (Some(922_000), Some(true)));
    let over = World::of_prompt(922_001)
        .answer(1, 1, 1)
        .estimate("gpt-5.4");
    assert_eq!((over.fit.fits, over.request.is_err()), (Some(false), true));
}

#[test]
fn how_full_the_window_is() {
    // 1,000 of 128,000; 997 of an input limit of 64,000.
    let world = World::new();
    assert_eq!(
        world.estimate("gpt-4o").fit.percent(),
        Some(decimal("0.78125"))
    );
    assert_eq!(
        world.estimate("with-a-fee").fit.percent(),
        Some(decimal("1.5578125"))
    );
}

#[test]
fn a_missing_price_is_named_and_never_zero() {
    let estimate = World::new().estimate("no-output");
    let why = estimate.request.unwrap_err();
    assert_eq!(
        why.to_string(),
        "no-output has no price for output (280 used)"
    );
    assert_eq!(
        estimate.prompt.total.tokens, 1_000,
        "its tokens are known all the same"
    );
}

#[test]
fn an_answer_of_unknown_length_has_no_cost() {
    let world = World::new().length(AnswerLength::ModelMaximum);
    let estimate = world.estimate("gpt-5.4");
    assert_eq!(
        (estimate.answer.tokens, estimate.request),
        (None, Err(NoFigure::AnswerUnknown))
    );
    // 1,000 × $2.50 + 16,384 × $10 where there is a limit.
    assert_eq!(world.cost("gpt-4o"), ["0.16634"; 3].map(decimal));
}

/// 100 a day for 30 days at $0.0037, $0.0053 and $0.0085.
#[test]
fn a_month_is_its_requests() {
    let world = World::new();
    let month =
        estimate_month(listing("gpt-4o"), &world.estimate("gpt-4o"), world.given()).unwrap();
    let totals = [&month.low, &month.expected, &month.high].map(|charge| charge.total.amount());
    assert_eq!(totals, ["11.10", "15.90", "25.50"].map(decimal));
    assert_eq!(month.expected.requests, decimal("3000"));
}

/// 1,500 requests before the 16th at $0.0053 and 1,500 from then on at twice that.
#[test]
fn a_month_changes_price_when_the_price_does() {
    let world = World::new();
    let month = estimate_month(listing("rises"), &world.estimate("rises"), world.given()).unwrap();
    let lines: Vec<_> = month
        .expected
        .lines
        .iter()
        .map(|line| line.amount.amount())
        .collect();
    assert_eq!(lines, ["7.95", "15.90"].map(decimal));
    assert_eq!(month.expected.total.amount(), decimal("23.85"));
}

#[test]
fn a_month_of_what_has_no_price_has_none() {
    let world = World::of_prompt(500_000);
    let estimate = world.estimate("gpt-4o");
    let month = estimate_month(listing("gpt-4o"), &estimate, world.given());
    assert_eq!(month, Err(NoFigure::TooLong));
}
