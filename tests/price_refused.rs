//! What no price may say: each rule with the place it names, and what stands just inside it.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::rating::price::Price;
use serde_json::{Value, json};

fn check(price: Value) -> Result<(), String> {
    let price: Price = serde_json::from_value(price).unwrap();
    price.check().map_err(|why| why.to_string())
}

/// Every price this asks for an amount has one that is not below 0.
#[test]
fn amounts_are_not_below_nothing() {
    for (price, place) in [
        (json!({"unit": {"amount": "-1"}}), "unit.amount"),
        (json!({"flat": {"amount": "-1"}}), "flat.amount"),
        (
            json!({"flat": {"amount": "1", "seats": "-1"}}),
            "flat.seats",
        ),
        (
            json!({"graduated": {"tiers": [{"up_to": "1", "amount": "0"}, {"amount": "-1"}]}}),
            "graduated.tiers[1].amount",
        ),
        (
            json!({"graduated": {"tiers": [{"amount": "1", "flat": "-1"}]}}),
            "graduated.tiers[0].flat",
        ),
        (
            json!({"graduated": {"tiers": [{"up_to": "1", "amount": "1"}], "above": {"overage": "-1"}}}),
            "graduated.above.overage",
        ),
        (
            json!({"volume": {"tiers": [{"amount": "-1"}]}}),
            "volume.tiers[0].amount",
        ),
        (
            json!({"stairstep": {"tiers": [{"amount": "-1"}]}}),
            "stairstep.tiers[0].amount",
        ),
        (
            json!({"threshold_total": {"thresholds": [{"above": "-1", "total": "1"}]}}),
            "threshold_total.thresholds[0].above",
        ),
        (
            json!({"threshold_total": {"thresholds": [{"above": "1", "total": "-1"}]}}),
            "threshold_total.thresholds[0].total",
        ),
        (
            json!({"package": {"size": "1", "amount": "-1"}}),
            "package.amount",
        ),
        (
            json!({"package": {"size": "1", "amount": "1", "free_units": "-1"}}),
            "package.free_units",
        ),
        (
            json!({"tiered_package": {"size": "1", "tiers": [{"amount": "-1"}]}}),
            "tiered_package.tiers[0].amount",
        ),
        (
            json!({"percentage": {"percent": "-1"}}),
            "percentage.percent",
        ),
        (
            json!({"percentage": {"percent": "1", "fixed": "-1"}}),
            "percentage.fixed",
        ),
        (
            json!({"percentage": {"percent": "1", "free_events": "-1"}}),
            "percentage.free_events",
        ),
        (
            json!({"percentage": {"percent": "1", "free_amount": "-1"}}),
            "percentage.free_amount",
        ),
        (
            json!({"percentage": {"percent": "1", "event_minimum": "-1"}}),
            "percentage.event_minimum",
        ),
        (
            json!({"percentage": {"percent": "1", "event_maximum": "-1"}}),
            "percentage.event_maximum",
        ),
        (
            json!({"graduated_percentage": {"tiers": [{"percent": "-1"}]}}),
            "graduated_percentage.tiers[0].percent",
        ),
        (
            json!({"graduated_percentage": {"tiers": [{"percent": "1", "flat": "-1"}]}}),
            "graduated_percentage.tiers[0].flat",
        ),
        (
            json!({"graduated_percentage": {"tiers": [{"up_to": "1", "percent": "1"}], "above": {"overage": "-1"}}}),
            "graduated_percentage.above.overage",
        ),
        (
            json!({"basis_points": {"tiers": [{"basis_points": "-1"}]}}),
            "basis_points.tiers[0].basis_points",
        ),
        (
            json!({"basis_points": {"tiers": [{"basis_points": "1", "event_maximum": "-1"}]}}),
            "basis_points.tiers[0].event_maximum",
        ),
        (
            json!({"matrix": {"by": ["model"], "cells": [{"is": ["a"], "amount": "-1"}]}}),
            "matrix.cells[0].amount",
        ),
        (
            json!({"matrix": {"by": ["model"], "cells": [], "default": "-1"}}),
            "matrix.default",
        ),
        (
            json!({"capacity": {"units": "-1", "amount": "1"}}),
            "capacity.units",
        ),
        (
            json!({"capacity": {"units": "1", "amount": "-1"}}),
            "capacity.amount",
        ),
        (
            json!({"capacity": {"units": "1", "amount": "1", "reserved": "-1"}}),
            "capacity.reserved",
        ),
        (
            json!({"capacity": {"units": "1", "amount": "1", "hours": "-1"}}),
            "capacity.hours",
        ),
        (
            json!({"outcome": {"amount": "-1", "score_at_least": "0"}}),
            "outcome.amount",
        ),
        (
            json!({"outcome": {"amount": "1", "score_at_least": "0", "each_attempt": "-1"}}),
            "outcome.each_attempt",
        ),
    ] {
        let refused = Err(format!("{place}: -1 is not 0 or more"));
        assert_eq!(check(price.clone()), refused);
        let free: Value =
            serde_json::from_str(&price.to_string().replace("\"-1\"", "\"0\"")).unwrap();
        assert_eq!(check(free), Ok(()), "{price}");
    }
}

#[test]
fn what_is_divided_by_is_above_nothing() {
    for (price, place) in [
        (json!({"unit": {"amount": "1", "per": "0"}}), "unit.per"),
        (
            json!({"graduated": {"per": "0", "tiers": [{"amount": "1"}]}}),
            "graduated.per",
        ),
        (
            json!({"volume": {"per": "0", "tiers": [{"amount": "1"}]}}),
            "volume.per",
        ),
        (
            json!({"package": {"size": "0", "amount": "1"}}),
            "package.size",
        ),
        (
            json!({"tiered_package": {"size": "0", "tiers": [{"amount": "1"}]}}),
            "tiered_package.size",
        ),
        (
            json!({"matrix": {"by": ["model"], "cells": [], "per": "0"}}),
            "matrix.per",
        ),
        (
            json!({"outcome": {"amount": "1", "per": "0", "score_at_least": "0"}}),
            "outcome.per",
        ),
        (
            json!({"capacity": {"units": "1", "amount": "1", "spill_over": {"of": ["input"], "tokens_per_unit_hour": "0"}}}),
            "capacity.spill_over.tokens_per_unit_hour",
        ),
    ] {
        assert_eq!(check(price), Err(format!("{place}: 0 is not above 0")));
    }
}

#[test]
fn tables_and_choices() {
    let bounds = |shape: &str, bounds: [&str; 2]| json!({shape: {"tiers": [{"up_to": bounds[0], "amount": "1"}, {"up_to": bounds[1], "amount": "1"}]}});
    let rises = |place: &str| format!("{place}: 5 is not above the bound before it (5)");
    let spill = |of: Value, markup: &str| json!({"capacity": {"units": "1", "amount": "1", "spill_over": {"of": of, "tokens_per_unit_hour": "1", "markup_percent": markup}}});
    let wrong: Vec<(Value, String)> = vec![
        (
            bounds("graduated", ["5", "5"]),
            rises("graduated.tiers[1].up_to"),
        ),
        (bounds("volume", ["5", "5"]), rises("volume.tiers[1].up_to")),
        (
            bounds("stairstep", ["5", "5"]),
            rises("stairstep.tiers[1].up_to"),
        ),
        (
            json!({"stairstep": {"tiers": []}}),
            "stairstep.tiers: an empty list is not one tier at least".into(),
        ),
        (
            json!({"stairstep": {"tiers": [{"amount": "1"}, {"amount": "1"}]}}),
            "stairstep.tiers[0].up_to: an open end is not allowed before the last tier".into(),
        ),
        (
            json!({"threshold_total": {"thresholds": []}}),
            "threshold_total.thresholds: an empty list is not one threshold at least".into(),
        ),
        (
            json!({"threshold_total": {"thresholds": [{"above": "5", "total": "1"}, {"above": "5", "total": "1"}]}}),
            "threshold_total.thresholds[1].above: 5 is not above the threshold before it".into(),
        ),
        (
            json!({"package": {"size": "1", "amount": "1", "minimum_packages": "0.5"}}),
            "package.minimum_packages: 0.5 is not a whole number, 0 or more".into(),
        ),
        (
            json!({"package": {"size": "1", "amount": "1", "minimum_packages": "-1"}}),
            "package.minimum_packages: -1 is not a whole number, 0 or more".into(),
        ),
        (
            json!({"tiered_package": {"size": "10", "tiers": [{"up_to": "15", "amount": "1"}]}}),
            "tiered_package.tiers[0].up_to: 15 is not a multiple of the package size (10)".into(),
        ),
        (
            json!({"percentage": {"percent": "1", "free_events": "0.5"}}),
            "percentage.free_events: 0.5 is not a whole number".into(),
        ),
        (
            json!({"percentage": {"percent": "1", "event_minimum": "2", "event_maximum": "1"}}),
            "percentage.event_minimum: 2 is not at most event_maximum".into(),
        ),
        (
            json!({"basis_points": {"tiers": [{"up_to": "5", "basis_points": "1"}]}}),
            "basis_points.tiers[0].up_to: 5 is not an open end, which the last tier needs here"
                .into(),
        ),
        (
            json!({"basis_points": {"tiers": [{"up_to": "5", "basis_points": "1"}, {"basis_points": "1"}]}}),
            "basis_points.tiers: 2 is not 1: by event there is one tier for all".into(),
        ),
        (
            json!({"basis_points": {"tiers": []}}),
            "basis_points.tiers: an empty list is not one tier at least".into(),
        ),
        (
            json!({"cost_plus": {"markup_percent": "-100.1"}}),
            "cost_plus.markup_percent: -100.1 is not -100 or more".into(),
        ),
        (
            json!({"cost_plus": {"rules": [{"where": {}, "markup_percent": "-101"}]}}),
            "cost_plus.rules[0].markup_percent: -101 is not -100 or more".into(),
        ),
        (
            json!({"matrix": {"by": [], "cells": []}}),
            "matrix.by: an empty list is not one name at least".into(),
        ),
        (
            json!({"matrix": {"by": ["model"], "cells": [{"is": ["a", "b"], "amount": "1"}]}}),
            "matrix.cells[0].is: 2 is not 1 values, one for each name in by".into(),
        ),
        (
            json!({"capacity": {"units": "1", "amount": "1", "reserved": "2"}}),
            "capacity.reserved: 2 is not at most the units".into(),
        ),
        (
            spill(json!([]), "0"),
            "capacity.spill_over.of: an empty list is not one meter at least".into(),
        ),
        (
            spill(json!(["input"]), "-101"),
            "capacity.spill_over.markup_percent: -101 is not -100 or more".into(),
        ),
    ];
    for (price, expected) in wrong {
        assert_eq!(check(price), Err(expected));
    }
    let right = vec![
        bounds("graduated", ["5", "5.1"]),
        json!({"package": {"size": "1", "amount": "1", "minimum_packages": "2"}}),
        json!({"tiered_package": {"size": "10", "tiers": [{"up_to": "20", "amount": "1"}]}}),
        json!({"tiered_package": {"size": "10", "order": "tier_then_round", "tiers": [{"up_to": "15", "amount": "1"}]}}),
        json!({"percentage": {"percent": "1", "free_events": "3", "event_minimum": "1", "event_maximum": "1"}}),
        json!({"basis_points": {"by": "total", "tiers": [{"up_to": "5", "basis_points": "1"}, {"basis_points": "1"}]}}),
        json!({"cost_plus": {"markup_percent": "-100"}}),
        json!({"capacity": {"units": "1", "amount": "1", "reserved": "1"}}),
        spill(json!(["input"]), "-100"),
    ];
    for price in right {
        assert_eq!(check(price), Ok(()));
    }
}
