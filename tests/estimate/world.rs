//! A small catalogue, two families of tokenizers and one counted prompt, with figures that are easy to work by hand.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

use foretoken::calendar::Month;
use foretoken::catalog::{Catalog, Listing};
use foretoken::estimate::{Counts, Estimate, Given, estimate};
use foretoken::scenario::{AnswerLength, AnswerTokens, Calibration, ModelKey, Scenario};
use foretoken::tokens::{Encoding, Families, MediaRules, Profile, PromptCounts};
use rust_decimal::Decimal;
use std::sync::LazyLock;

const MODELS: &str = r#"{"checked": "2026-11-09", "providers": [
  {"id": "openai", "name": "OpenAI", "source": "https://developers.openai.com/api/docs/pricing", "models": [
    {"id": "gpt-4o", "context": 128000, "max_output": 16384, "encoding": "o200k_base", "basis": "exact",
     "prices": [{"usd": {"input": "2.5", "cache_read": "1.25", "output": "10"}}],
     "variants": [{"is": "batch", "usd": {"input": "1.25", "output": "5"}}]},
    {"id": "gpt-5.4", "context": 1050000, "max_input": 922000, "encoding": "o200k_base", "basis": "exact",
     "prices": [{"usd": {"input": ["2.5", ">272000", "5"], "cache_read": ["0.25", ">272000", "0.5"],
                         "output": ["15", ">272000", "22.5"]}}]},
    {"id": "gpt-4-turbo", "context": 128000, "max_output": 4096, "encoding": "cl100k_base", "basis": "exact",
     "prices": [{"usd": {"input": "10", "output": "30"}}]},
    {"id": "davinci-002", "context": 16000, "encoding": "o200k_base", "basis": "probable",
     "prices": [{"usd": {"input": "2", "output": "2"}}]},
    {"id": "no-output", "context": 8000, "max_output": 8000, "encoding": "o200k_base", "basis": "exact",
     "prices": [{"usd": {"input": "1"}}]}
  ]},
  {"id": "anthropic", "name": "Anthropic", "source": "https://claude.com/pricing", "models": [
    {"id": "claude", "context": 200000, "max_output": 64000, "encoding": "claude_new", "basis": "estimate",
     "prices": [{"usd": {"input": "4", "cache_read": "0.2", "cache_write": "5", "cache_write_1h": "8", "output": "20"}}]}
  ]},
  {"id": "others", "name": "Others", "host": true, "source": "https://example.com", "models": [
    {"id": "free", "context": 32000, "encoding": "o200k_base", "basis": "probable",
     "prices": [{"usd": {"input": "0", "output": "0"}}]},
    {"id": "with-a-fee", "max_input": 64000, "basis": "estimate",
     "prices": [{"usd": {"input": "1", "output": "1", "requests": "5"}}]},
    {"id": "rises", "context": 100000, "encoding": "o200k_base", "basis": "exact",
     "prices": [{"usd": {"input": "2.5", "output": "10"}},
                {"from": "2026-11-16", "usd": {"input": "5", "output": "20"}}]}
  ]}
]}"#;

const FAMILIES: &str = r#"{"families": {
  "claude_new": {"name": "Claude", "english": ["1.2", "1.5", "2"], "latin": ["1", "1", "1"], "code": ["1", "1", "1"],
                 "cjk": ["1", "1", "1"], "other": ["1", "1", "1"], "framing_per_message": 7,
                 "tool_prompt": [290, 354, 804], "note": "", "source": ""},
  "unknown": {"name": "Unknown", "english": ["0.8", "1", "2"], "latin": ["1", "1", "1"], "code": ["1", "1", "1"],
              "cjk": ["1", "1", "1"], "other": ["1", "1", "1"], "note": "", "source": ""}
}}"#;

pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::from_json(MODELS).unwrap());
    &CATALOG
}

/// The rules the page has.
pub fn media() -> &'static MediaRules {
    static RULES: LazyLock<MediaRules> =
        LazyLock::new(|| MediaRules::read(include_str!("../../static/media.json")).unwrap());
    &RULES
}

pub fn listing(model: &str) -> Listing<'static> {
    let mut listings = catalog().listings();
    listings
        .find(|listing| listing.model.id.as_ref() == model)
        .unwrap()
}

pub fn key(provider: &str, model: &str) -> ModelKey {
    ModelKey {
        provider: provider.to_owned(),
        model: model.to_owned(),
    }
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub const ENGLISH: Profile = Profile {
    english: 1,
    latin: 0,
    code: 0,
    cjk: 0,
    other: 0,
};

/// All that an estimate follows from.
#[derive(Debug)]
pub struct World {
    pub scenario: Scenario,
    pub families: Families,
    pub counts: Counts,
    pub rough: bool,
    pub month: Month,
}

impl World {
    /// One English message of 993 tokens, 1,000 with OpenAI's frame of 7; a chat reply to it, 100 times a day in
    /// November 2026.
    pub fn new() -> World {
        let mut world = World {
            scenario: Scenario::default(),
            families: Families::read(FAMILIES).unwrap(),
            counts: Counts::new(),
            rough: false,
            month: Month::utc(2026, 11).unwrap(),
        };
        world.counts.insert(Encoding::O200kBase, counted(993));
        world.scenario.answer.length = AnswerLength::ChatReply;
        world
    }

    pub fn of_prompt(tokens: u64) -> World {
        let mut world = World::new();
        world
            .counts
            .insert(Encoding::O200kBase, counted(tokens - 7));
        world
    }

    pub fn answer(mut self, low: u64, expected: u64, high: u64) -> World {
        self.scenario.answer.length = AnswerLength::Own;
        self.scenario.answer.own = AnswerTokens {
            low,
            expected,
            high,
        };
        self
    }

    pub fn length(mut self, length: AnswerLength) -> World {
        self.scenario.answer.length = length;
        self
    }

    pub fn calibrated(mut self, family: &str, stated: u64, counted: u64) -> World {
        let known = Calibration { stated, counted };
        self.scenario.calibrations.insert(family.to_owned(), known);
        self
    }

    pub fn cached(mut self, read: &str, written: &str) -> World {
        self.scenario.load.cache_read_percent = decimal(read);
        self.scenario.load.cache_write_percent = decimal(written);
        self
    }

    pub fn given(&self) -> Given<'_> {
        Given {
            scenario: &self.scenario,
            families: &self.families,
            media: media(),
            counts: &self.counts,
            rough: self.rough,
            now: "2026-11-10T12:00:00Z".parse().unwrap(),
            month: self.month,
        }
    }

    pub fn estimate(&self, model: &str) -> Estimate {
        estimate(listing(model), self.given()).unwrap()
    }

    /// What one request costs: low, expected, high.
    pub fn cost(&self, model: &str) -> [Decimal; 3] {
        let cost = self.estimate(model).request.unwrap();
        [cost.low, cost.expected, cost.high].map(|rated| rated.total.amount())
    }

    pub fn expected(&self, model: &str) -> Decimal {
        self.cost(model)[1]
    }
}

/// One English message of this many tokens, with OpenAI's frame around it.
pub fn counted(tokens: u64) -> PromptCounts {
    PromptCounts {
        messages: vec![tokens],
        profiles: vec![ENGLISH],
        framing: 7,
        ..PromptCounts::default()
    }
}
