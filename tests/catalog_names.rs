//! Which model a name in a log means, and which someone typing means.
#![cfg(not(target_arch = "wasm32"))]

#[path = "rates/real.rs"]
mod real;

use proptest::prelude::*;
use real::real;

#[test]
fn names_in_logs_are_found() {
    let catalog = real();
    let cases = [
        ("gpt-4o", "openai/gpt-4o"),
        ("GPT-4o", "openai/gpt-4o"),
        ("gpt-4o-2024-08-06", "openai/gpt-4o"),
        ("gpt-4o-2024-05-13", "openai/gpt-4o-2024-05-13"),
        ("openai/gpt-4o-mini", "openai/gpt-4o-mini"),
        ("azure/gpt-4o", "openai/gpt-4o"),
        ("gpt-5.2-20251211", "openai/gpt-5.2"),
        ("gpt-6.1-sol-2026-09-29", "openai/gpt-6.1-sol"),
        (
            "ft:gpt-4o-mini-2024-07-18:acme::abc",
            "openai/ft:gpt-4o-mini",
        ),
        ("models/gemini-2.5-pro", "google/gemini-2.5-pro"),
        ("gemini/gemini-3.8-flash", "google/gemini-3.8-flash"),
        ("anthropic/claude-sonnet-4.5", "anthropic/claude-sonnet-4-5"),
        ("claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4-5"),
        ("claude-sonnet-4-5@20250929", "anthropic/claude-sonnet-4-5"),
        ("claude-opus-5-5-latest", "anthropic/claude-opus-5-5"),
        ("Claude Opus 5.5", "anthropic/claude-opus-5-5"),
        (
            "openrouter/anthropic/claude-opus-5.5",
            "anthropic/claude-opus-5-5",
        ),
        ("vertex_ai/claude-opus-5-5", "google/claude-opus-5-5"),
        (
            "us.anthropic.claude-opus-5-5",
            "aws/regional.anthropic.claude-opus-5-5",
        ),
        (
            "global.anthropic.claude-opus-5-5",
            "aws/global.anthropic.claude-opus-5-5",
        ),
        (
            "bedrock/us.anthropic.claude-3-haiku-20240307-v1:0",
            "aws/regional.anthropic.claude-3-haiku-20240307-v1:0",
        ),
        ("us.amazon.nova-pro-v1:0", "aws/amazon.nova-pro-v1:0"),
        (
            "together_ai/moonshotai/Kimi-K3",
            "together/moonshotai/Kimi-K3",
        ),
        ("groq/openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"),
        (
            "fireworks_ai/accounts/fireworks/models/kimi-k3",
            "fireworks/kimi-k3",
        ),
        ("xai/grok-4.7-latest", "x-ai/grok-4.7"),
        ("z-ai/glm-5.3", "zai/GLM-5.3"),
        ("perplexity/kimi-k3", "perplexity/perplexity/kimi-k3"),
        ("gemini-flash-latest", "google/gemini-3.8-flash"),
        ("deepseek/deepseek-v4-pro:free", "deepseek/deepseek-v4-pro"),
    ];
    for (name, expected) in cases {
        let found = catalog
            .find(name)
            .unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!(
            format!("{}/{}", found.provider.id, found.model.id),
            expected,
            "{name}"
        );
    }
}

#[test]
fn an_unknown_name_is_unknown() {
    let catalog = real();
    for name in ["gpt-9", "my-finetune", "", "/", "openai/", "claude", "🦀"] {
        assert!(catalog.find(name).is_none(), "{name}");
    }
}

#[test]
fn a_search_forgives_and_its_first_hit_is_what_was_meant() {
    let catalog = real();
    let cases = [
        ("gpt4o mini", "openai/gpt-4o-mini"),
        ("4o", "openai/gpt-4o"),
        ("gpt-5", "openai/gpt-5"),
        ("gpt", "openai/gpt-6.1-sol"),
        ("o3", "openai/o3"),
        ("claude sonet 5.5", "anthropic/claude-sonnet-5-5"),
        ("5.5 sonnet claude", "anthropic/claude-sonnet-5-5"),
        ("opus", "anthropic/claude-opus-5-5"),
        ("anthropic", "anthropic/claude-opus-5-5"),
        ("bedrock opus", "aws/global.anthropic.claude-opus-5-5"),
        ("gemeni flash", "google/gemini-3.8-flash"),
        ("flash lite", "google/gemini-3.5-flash-lite"),
        ("grok", "x-ai/grok-4.7"),
        ("deepseek", "deepseek/deepseek-flash"),
        ("kimi k3", "moonshotai/kimi-k3"),
        ("glm 5.3", "zai/GLM-5.3"),
        ("cerebras qwen", "cerebras/qwen-3.8-27b"),
        ("gpt-5.6-sol-2026-08-21", "openai/gpt-5.6-sol"),
        (
            "us.anthropic.claude-opus-5-5",
            "aws/regional.anthropic.claude-opus-5-5",
        ),
    ];
    for (query, expected) in cases {
        let hits = catalog.search(query);
        let first = hits
            .first()
            .unwrap_or_else(|| panic!("{query} finds nothing"));
        assert_eq!(
            format!("{}/{}", first.provider.id, first.model.id),
            expected,
            "{query}"
        );
    }
    assert!(catalog.search("  ").is_empty());
    assert!(catalog.search("zzzzzz").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn finding_and_searching_never_panic(text in "\\PC{0,40}") {
        let catalog = real();
        let _ = (catalog.find(&text), catalog.search(&text));
    }
}
