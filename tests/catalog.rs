#![cfg(not(target_arch = "wasm32"))]

#[path = "rates/real.rs"]
mod real;

use foretoken::catalog::{
    BasisClass, Catalog, CatalogError, CatalogIndex, Hours, Moment, Operator, Origin, OwnModel,
    OwnPrice, PriceOverride, Status, Weekdays, Window,
};
use foretoken::rating::rate_request;
use foretoken::usage::{Meter, Usage};
use jiff::civil::{date, time};
use real::{at, decimal, now, real};
use std::fs;

/// Input, output and cached input of the standard card that holds now.
fn base(catalog: &Catalog, provider: &str, model: &str) -> [String; 3] {
    let model = catalog.get(provider, model).expect(model).model;
    let card = model.card(now().into()).unwrap();
    [Meter::Input, Meter::Output, Meter::CacheRead]
        .map(|meter| card.rate(meter).unwrap().amount.to_string())
}

#[test]
fn every_file_of_the_index_reads_and_holds_what_it_says() {
    let index =
        CatalogIndex::from_json(&fs::read_to_string("static/catalog/index.json").unwrap()).unwrap();
    let mut all = Catalog::default();
    for file in &index.files {
        let text = fs::read_to_string(format!("static/catalog/{}", file.file)).unwrap();
        assert!(
            text.starts_with(r#"{"generated":"by tools/catalog.py (make catalog); do not edit""#),
            "{}",
            file.file
        );
        let catalog =
            Catalog::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", file.file));
        for listed in &file.providers {
            let provider = catalog.provider(&listed.id).unwrap();
            assert_eq!(
                (&provider.name, provider.models.len()),
                (&listed.name, listed.models)
            );
        }
        all.merge(catalog);
    }
    assert_eq!(all.providers().len(), 47, "the source has 47 providers");
    assert_eq!(all.listings().count(), 2330, "and 2330 models");
    let on_disk = fs::read_dir("static/catalog").unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name().into_string().unwrap();
        name.ends_with(".json") && name != "index.json"
    });
    assert_eq!(
        on_disk.count(),
        index.files.len(),
        "no file is left out of the index"
    );
}

#[test]
fn the_licences_of_all_four_sources_are_shipped() {
    let notice = fs::read_to_string("static/catalog/NOTICE.txt").unwrap();
    for owner in [
        "Pydantic Services Inc.",
        "Berri AI",
        "wakamex",
        "models.dev",
    ] {
        assert!(notice.contains(owner), "{owner}");
    }
    assert_eq!(notice.matches("Permission is hereby granted").count(), 4);
}

#[test]
fn known_prices_are_what_they_are() {
    let catalog = real();
    assert_eq!(base(catalog, "openai", "gpt-6.1-sol"), ["2", "10", "0.1"]);
    assert_eq!(base(catalog, "openai", "gpt-4o"), ["2.5", "10", "1.25"]);
    assert_eq!(base(catalog, "openai", "gpt-5.6-sol"), ["4", "20", "0.4"]);
    assert_eq!(
        base(catalog, "anthropic", "claude-opus-5-5"),
        ["4", "20", "0.2"]
    );
    assert_eq!(
        base(catalog, "anthropic", "claude-haiku-5-5"),
        ["0.1", "0.5", "0.01"]
    );
    assert_eq!(
        base(catalog, "deepseek", "deepseek-flash"),
        ["0.15", "0.6", "0.003"]
    );
    assert_eq!(base(catalog, "x-ai", "grok-4.7"), ["2", "6", "0.5"]);
    assert_eq!(
        base(catalog, "mistral", "mistral-large-4"),
        ["0.7", "2.1", "0.07"]
    );
}

#[test]
fn tiers_carry_their_operator() {
    let catalog = real();
    let tier = |provider: &str, model: &str| {
        let model = catalog.get(provider, model).unwrap().model;
        model
            .card(now().into())
            .unwrap()
            .rate(Meter::Input)
            .unwrap()
            .tiers[0]
    };
    let grok = tier("x-ai", "grok-4.7");
    assert_eq!(
        (grok.operator, grok.threshold),
        (Operator::AtLeast, 200_000)
    );
    let sol = tier("openai", "gpt-6.1-sol");
    assert_eq!((sol.operator, sol.threshold), (Operator::Above, 272_000));
}

#[test]
fn a_tier_no_request_can_reach_any_more_has_ended() {
    let catalog = real();
    let sonnet = catalog.get("anthropic", "claude-sonnet-4-5").unwrap().model;
    let tiers = |when: &str| {
        sonnet
            .card(at(when).into())
            .unwrap()
            .rate(Meter::Input)
            .unwrap()
            .tiers
            .len()
    };
    assert_eq!(tiers("2026-04-29T23:59:59Z"), 1);
    assert_eq!(tiers("2026-04-30T00:00:00Z"), 0);
}

#[test]
fn every_model_knows_its_vocabulary_or_says_it_does_not() {
    let catalog = real();
    let class = |provider: &str, model: &str| {
        let model = catalog.get(provider, model).expect(model).model;
        (model.encoding.as_deref(), model.basis)
    };
    let exact = BasisClass::Exact;
    assert_eq!(
        class("openai", "gpt-6.1-sol"),
        (Some("o200k_base"), BasisClass::Probable)
    );
    assert_eq!(class("openai", "gpt-5.6-sol"), (Some("o200k_base"), exact));
    assert_eq!(class("openai", "gpt-4o"), (Some("o200k_base"), exact));
    assert_eq!(class("openai", "o3"), (Some("o200k_base"), exact));
    assert_eq!(class("openai", "gpt-4-turbo"), (Some("cl100k_base"), exact));
    assert_eq!(
        class("groq", "openai/gpt-oss-120b"),
        (Some("o200k_harmony"), exact)
    );
    assert_eq!(class("anthropic", "claude-opus-4-6").0, Some("claude_old"));
    assert_eq!(class("anthropic", "claude-opus-4-7").0, Some("claude_new"));
    assert_eq!(class("anthropic", "claude-haiku-4-5").0, Some("claude_old"));
    assert_eq!(
        class("aws", "regional.anthropic.claude-haiku-5-5").0,
        Some("claude_new")
    );
    assert_eq!(
        class("aws", "meta.llama4-scout-17b-instruct-v1:0"),
        (Some("llama4"), BasisClass::Estimate)
    );
    assert_eq!(
        class("openai", "text-embedding-3-small").1,
        BasisClass::NotText
    );
    assert_eq!(class("openai", "whisper-1").1, BasisClass::NotText);
}

#[test]
fn limits_and_other_catalogs_stand_beside_the_price() {
    let catalog = real();
    let sol = catalog.get("openai", "gpt-6.1-sol").unwrap();
    assert_eq!(sol.model.context_window, Some(1_050_000));
    assert_eq!(sol.model.max_input, Some(922_000));
    assert_eq!(sol.model.max_output, Some(128_000));
    assert_eq!(sol.model.agreement.litellm, Some(true));
    assert_eq!(sol.provider.checked, date(2026, 11, 9));
    let large = catalog.get("mistral", "mistral-large-4").unwrap().model;
    assert_eq!(
        large.agreement.litellm,
        Some(false),
        "it lists 1.36 and 4.18"
    );
    let old = catalog.get("deepseek", "deepseek-chat").unwrap().model;
    assert_eq!(old.status, Status::Removed);
    assert!(old.is_gone(date(2026, 11, 24)));
}

fn price(meter: Meter, variant: Option<&str>, amount: &str) -> PriceOverride {
    PriceOverride::Price {
        provider: "openai".into(),
        model: "gpt-6.1-sol".into(),
        variant: variant.map(Into::into),
        meter,
        amount: decimal(amount),
    }
}

#[test]
fn a_price_of_the_users_own_comes_first_and_is_marked() {
    let catalog = real().with_overrides(&[
        price(Meter::Input, None, "1.5"),
        price(Meter::Input, None, "1"),
    ]);
    let model = catalog.get("openai", "gpt-6.1-sol").unwrap().model;
    assert!(model.is_overridden());
    let rated = rate_request(model, &Usage::request(1_000_000, 1_000), now(), None).unwrap();
    // The later of two overrides: 1,000,000 × $1; above 272,000 the output is 1,000 × $15 as the catalog says.
    assert_eq!(rated.charges[0].amount.amount(), decimal("1"));
    assert_eq!(rated.charges[0].origin, Origin::Yours);
    assert_eq!(rated.charges[1].amount.amount(), decimal("0.015"));
    assert_eq!(rated.charges[1].origin, Origin::Catalog);
}

#[test]
fn an_override_of_a_variant_leaves_the_standard_price_alone() {
    let catalog = real().with_overrides(&[price(Meter::Input, Some("batch"), "0.5")]);
    let model = catalog.get("openai", "gpt-6.1-sol").unwrap().model;
    let input = |variant| {
        rate_request(model, &Usage::request(1_000_000, 0), now(), variant)
            .unwrap()
            .total
            .amount()
    };
    assert_eq!(input(Some("batch")), decimal("0.5"));
    assert_eq!(input(None), decimal("4"), "above 272,000");
}

#[test]
fn a_model_of_the_users_own_is_priced_like_any_other() {
    let own = OwnModel {
        id: "house-model".into(),
        name: Some("House model".into()),
        context_window: Some(32_000),
        max_output: None,
        encoding: None,
        prices: vec![
            OwnPrice {
                meter: Meter::Input,
                amount: decimal("0.4"),
            },
            OwnPrice {
                meter: Meter::Output,
                amount: decimal("1.2"),
            },
        ],
    };
    let catalog = real().with_overrides(&[PriceOverride::Model(own)]);
    let listing = catalog.search("house model")[0];
    assert_eq!(listing.provider.id.as_ref(), "yours");
    assert!(listing.model.is_overridden());
    let rated = rate_request(listing.model, &Usage::request(1_000, 500), now(), None).unwrap();
    // 1,000 × $0.40 + 500 × $1.20, per million: 400 + 600 = 1,000 millionths.
    assert_eq!(rated.total.amount(), decimal("0.001"));
}

#[test]
fn overrides_survive_being_stored() {
    let before = vec![price(Meter::CacheWrite1h, Some("batch"), "0.00000001")];
    let text = serde_json::to_string(&before).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<PriceOverride>>(&text).unwrap(),
        before
    );
}

#[test]
fn a_merged_provider_replaces_the_one_before() {
    let file = |input: &str| {
        let text = format!(
            r#"{{"checked": "2026-11-24", "providers": [{{"id": "a", "name": "A", "source": "x", "models": [
                {{"id": "m", "basis": "estimate", "prices": [{{"usd": {{"input": "{input}"}}}}]}}]}}]}}"#
        );
        Catalog::from_json(&text).unwrap()
    };
    let mut catalog = file("1");
    catalog.merge(file("2"));
    assert_eq!(catalog.providers().len(), 1);
    let card = catalog
        .get("a", "m")
        .unwrap()
        .model
        .card(now().into())
        .unwrap();
    assert_eq!(card.rate(Meter::Input).unwrap().amount, decimal("2"));
}

#[test]
fn a_malformed_price_says_what_was_seen_and_expected() {
    let text = r#"{"checked": "2026-11-24", "providers": [{"id": "a", "name": "A", "source": "x", "models": [
        {"id": "m", "basis": "estimate", "prices": [{"usd": {"input": "1e-7"}}]}]}]}"#;
    let error = Catalog::from_json(text).unwrap_err();
    assert!(matches!(error, CatalogError::Malformed { .. }));
    assert_eq!(
        error.to_string(),
        "model m: \"1e-7\" is not a price such as 0.25; run `make catalog` again or correct the price"
    );
    assert!(matches!(
        Catalog::from_json("[]"),
        Err(CatalogError::NotACatalog(_))
    ));
}

#[test]
fn a_window_over_midnight_holds_on_both_sides() {
    let night = Window {
        hours: Some(Hours {
            start: time(16, 30, 0, 0),
            end: time(0, 30, 0, 0),
        }),
        ..Window::default()
    };
    let held = |text: &str| night.contains(Moment::from(at(text)));
    assert!(
        held("2025-03-01T16:30:00Z")
            && held("2025-03-01T23:59:59Z")
            && held("2025-03-02T00:29:59Z")
    );
    assert!(!held("2025-03-01T16:29:59Z") && !held("2025-03-02T00:30:00Z"));
}

#[test]
fn weekdays_are_digits_from_monday() {
    let days = Weekdays::from_digits("17").unwrap();
    assert!(days.contains(date(2026, 11, 23)) && days.contains(date(2026, 11, 29)));
    assert!(!days.contains(date(2026, 11, 24)));
    assert_eq!(Weekdays::from_digits("8"), None);
    assert_eq!(Weekdays::from_digits(""), None);
}

/// gemini-4-argon doubles on 1 December 2026; DeepSeek charges by the hour; gpt-4o's batch price began in October.
#[test]
fn a_change_that_is_announced_is_known_before_it_comes() {
    let model = |provider, id| real().get(provider, id).expect(id).model;
    let today = date(2026, 11, 24);
    let argon = model("google", "gemini-4-argon");
    assert_eq!(argon.next_change(today, None), Some(date(2026, 12, 1)));
    assert_eq!(argon.next_change(date(2026, 12, 1), None), None);
    assert_eq!(model("openai", "gpt-4o").next_change(today, None), None);
    let before = date(2026, 10, 1);
    assert_eq!(
        model("openai", "gpt-4o").next_change(before, Some("batch")),
        Some(date(2026, 10, 14))
    );
    assert!(model("deepseek", "deepseek-v4-flash").depends_on_the_hour(today, None));
    assert!(!argon.depends_on_the_hour(today, None));
}
