//! What no plan may say: each rule with the place it names, and what stands just inside it.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::billing::Plan;
use serde_json::{Value, json};

fn units(price: Value) -> Value {
    json!({"id": "units", "quantity": {"of": ["units"]}, "price": price})
}

/// A price of single records or of none, which measures nothing beforehand.
fn bare(price: Value) -> Value {
    json!({"id": "units", "price": price})
}

fn plan_of(charge: Value, members: Value) -> Value {
    let mut plan = json!({"version": 1, "name": "Wrong", "charges": [charge]});
    plan.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    plan
}

fn seen(plan: &Value) -> String {
    Plan::from_json(&plan.to_string()).map_or_else(|why| why.to_string(), |_| "a plan".to_owned())
}

/// Each of these charges is refused with these words, below `charges[0]`.
fn refused(cases: Vec<(Value, &str)>) {
    for (charge, expected) in cases {
        let plan = plan_of(charge, json!({}));
        assert_eq!(seen(&plan), format!("charges[0].{expected}"), "{plan}");
    }
}

fn accepted(charges: Vec<Value>) {
    for charge in charges {
        let plan = plan_of(charge, json!({}));
        assert_eq!(seen(&plan), "a plan", "{plan}");
    }
}

fn refused_plans(cases: Vec<(Value, &str)>) {
    for (members, expected) in cases {
        let plan = plan_of(units(json!({"unit": {"amount": "1"}})), members);
        assert_eq!(seen(&plan), expected, "{plan}");
    }
}

fn accepted_plans(members: Vec<Value>) {
    for members in members {
        let plan = plan_of(units(json!({"unit": {"amount": "1"}})), members);
        assert_eq!(seen(&plan), "a plan", "{plan}");
    }
}

#[test]
fn charges_have_ids_of_their_own() {
    let unit = |id: &str| json!({"id": id, "quantity": {"of": ["units"]}, "price": {"unit": {"amount": "1"}}});
    refused_plans(vec![
        (
            json!({"charges": [unit("a"), unit("b"), unit("a")]}),
            "charges[2].id: \"a\" is not an id of its own",
        ),
        (
            json!({"charges": [unit("")]}),
            "charges[0].id: \"\" is not an id of its own",
        ),
    ]);
    accepted_plans(vec![
        json!({"charges": [unit("a"), unit("b")]}),
        json!({"charges": []}),
    ]);
}

#[test]
fn discounts() {
    let one = |discount: Value| json!({"discounts": [discount]});
    let kinds = "discounts[0]: this discount is not one of amount, percent and tiers, and no more";
    refused_plans(vec![
        (one(json!({"name": "d"})), kinds),
        (
            one(json!({"name": "d", "amount": "1", "percent": "1"})),
            kinds,
        ),
        (
            one(json!({"name": "d", "percent": "1", "tiers": [{"percent": "1"}]})),
            kinds,
        ),
        (
            one(json!({"name": "d", "amount": "-1"})),
            "discounts[0].amount: -1 is not 0 or more",
        ),
        (
            one(json!({"name": "d", "percent": "-1"})),
            "discounts[0].percent: -1 is not 0 to 100",
        ),
        (
            one(json!({"name": "d", "percent": "100.1"})),
            "discounts[0].percent: 100.1 is not 0 to 100",
        ),
        (
            one(
                json!({"name": "d", "tiers": [{"up_to": "5", "percent": "1"}, {"percent": "101"}]}),
            ),
            "discounts[0].tiers[1].percent: 101 is not 0 to 100",
        ),
        (
            one(json!({"name": "d", "tiers": [{"up_to": "0", "percent": "1"}]})),
            "discounts[0].tiers[0].up_to: 0 is not above the bound before it (0)",
        ),
        (
            one(json!({"name": "d", "amount": "1", "on": ["units", "x"]})),
            "discounts[0].on[1]: \"x\" is not the id of a charge",
        ),
    ]);
    accepted_plans(vec![
        one(json!({"name": "d", "percent": "0"})),
        one(json!({"name": "d", "percent": "100", "on": ["units"]})),
        one(json!({"name": "d", "amount": "0"})),
        one(json!({"name": "d", "tiers": [{"up_to": "5", "percent": "0"}, {"percent": "100"}]})),
    ]);
}

#[test]
fn limits_commitment_and_tax() {
    let rates = |percent: &str| json!({"tax": {"rates": [{"name": "a", "percent": "0"}, {"name": "b", "percent": percent}]}});
    let commitment = |amount: &str, factor: &str| json!({"commitment": {"amount": amount, "overage_factor": factor}});
    refused_plans(vec![
        (json!({"minimum": "-1"}), "minimum: -1 is not 0 or more"),
        (json!({"maximum": "-1"}), "maximum: -1 is not 0 or more"),
        (
            json!({"minimum": "2", "maximum": "1"}),
            "minimum: 2 is not at most the maximum (1)",
        ),
        (
            json!({"active": {"from": "2026-12-02", "until": "2026-12-01"}}),
            "active.until: 2026-12-01 is not on or after active.from",
        ),
        (
            commitment("-1", "1"),
            "commitment.amount: -1 is not 0 or more",
        ),
        (
            commitment("1", "-0.1"),
            "commitment.overage_factor: -0.1 is not 0 or more",
        ),
        (rates("-1"), "tax.rates[1].percent: -1 is not 0 or more"),
        (
            json!({"rounding": {"decimals": 13}}),
            "rounding.decimals: 13 is not 0 to 12",
        ),
    ]);
    accepted_plans(vec![
        json!({"minimum": "0", "maximum": "0"}),
        json!({"minimum": "2", "maximum": "2"}),
        json!({"active": {"from": "2026-12-02", "until": "2026-12-02"}}),
        commitment("0", "0"),
        rates("250"),
        json!({"rounding": {"decimals": 12}}),
    ]);
}

#[test]
fn credits() {
    let two = |credit: Value| json!({"credits": [{"id": "a", "amount": "0"}, credit]});
    refused_plans(vec![
        (
            two(json!({"id": "a", "amount": "1"})),
            "credits[1].id: \"a\" is not an id of its own",
        ),
        (
            two(json!({"id": "b", "amount": "-1"})),
            "credits[1].amount: -1 is not 0 or more",
        ),
        (
            two(json!({"id": "b", "amount": "1", "cost_basis": "-1"})),
            "credits[1].cost_basis: -1 is not 0 or more",
        ),
        (
            two(json!({"id": "b", "amount": "1", "on": ["x"]})),
            "credits[1].on[0]: \"x\" is not the id of a charge",
        ),
    ]);
    accepted_plans(vec![two(
        json!({"id": "b", "amount": "1", "cost_basis": "0", "on": ["units"]}),
    )]);
}

#[test]
fn bills_on_the_way() {
    let thresholds = |all: Value| json!({"progressive": {"thresholds": all}});
    refused_plans(vec![
        (
            thresholds(json!(["-1"])),
            "progressive.thresholds[0]: -1 is not 0 or more",
        ),
        (
            thresholds(json!(["0"])),
            "progressive.thresholds[0]: 0 is not above the one before it (0)",
        ),
        (
            thresholds(json!(["5", "5"])),
            "progressive.thresholds[1]: 5 is not above the one before it (5)",
        ),
        (
            json!({"progressive": {"every": "0"}}),
            "progressive.every: 0 is not above 0",
        ),
    ]);
    accepted_plans(vec![
        thresholds(json!(["5", "5.01"])),
        json!({"progressive": {"every": "0.01"}}),
        json!({"progressive": {}}),
    ]);
}

#[test]
fn quantities() {
    let of = |quantity: Value| json!({"id": "units", "quantity": quantity, "price": {"unit": {"amount": "1"}}});
    let included = |included: Value| of(json!({"of": ["u"], "included": included}));
    refused(vec![
        (
            of(json!({})),
            "quantity.of: an empty list is not the meters to measure",
        ),
        (
            of(json!({"of": ["u"], "convert": {"divide_by": "0"}})),
            "quantity.convert.divide_by: 0 is not above 0",
        ),
        (
            of(json!({"of": ["u"], "aggregate": "unique"})),
            "quantity.unique_by: this is not given with aggregate unique, and only then",
        ),
        (
            of(json!({"of": ["u"], "unique_by": "p"})),
            "quantity.unique_by: this is not given with aggregate unique, and only then",
        ),
        (
            of(json!({"of": ["u"], "where": {"meter": ["u"]}})),
            "quantity.where.meter: meter is not a property here: name meters in of",
        ),
        (
            of(json!({"of": ["u"], "each_window": "summed"})),
            "quantity.each_window: summed is not allowed without every",
        ),
        (
            of(json!({"of": ["u"], "every": "day", "included": {"units": "1"}})),
            "quantity.included: included units is not allowed where each window is priced by itself",
        ),
        (
            of(
                json!({"of": ["u"], "every": "day", "each_window": "summed", "included": {"units": "1", "every": "day"}}),
            ),
            "quantity.included.every: day is not allowed together with every",
        ),
        (
            of(
                json!({"of": ["u"], "aggregate": "max", "included": {"units": "1", "every": "day"}}),
            ),
            "quantity.included.every: day is not allowed unless the aggregate is sum or count",
        ),
        (
            included(json!({"units": "1", "every": "day", "carried": "1"})),
            "quantity.included.every: day is not allowed with carried or rollover: a day's rest is lost",
        ),
        (
            included(json!({"units": "1", "every": "day", "rollover": {}})),
            "quantity.included.every: day is not allowed with carried or rollover: a day's rest is lost",
        ),
        (
            included(json!({"units": "-1"})),
            "quantity.included.units: -1 is not 0 or more",
        ),
        (
            included(json!({"units": "1", "carried": "-1"})),
            "quantity.included.carried: -1 is not 0 or more",
        ),
        (
            included(json!({"units": "1", "rollover": {"at_least": "-1"}})),
            "quantity.included.rollover.at_least: -1 is not 0 or more",
        ),
        (
            included(json!({"units": "1", "rollover": {"at_least": "2", "at_most": "1"}})),
            "quantity.included.rollover.at_least: 2 is not at most at_most",
        ),
    ]);
    accepted(vec![
        of(json!({"aggregate": "count"})),
        of(json!({"aggregate": "unique", "unique_by": "p"})),
        of(
            json!({"of": ["u"], "every": "day", "each_window": "summed", "included": {"units": "1"}}),
        ),
        of(json!({"of": ["u"], "aggregate": "count", "included": {"units": "0", "every": "day"}})),
        included(
            json!({"units": "1", "carried": "1", "rollover": {"at_least": "2", "at_most": "2"}}),
        ),
        included(json!({"units": "1", "rollover": {"at_least": "2"}})),
    ]);
}

#[test]
fn what_a_shape_does_not_use() {
    let with = |mut charge: Value, quantity: Value| {
        charge["quantity"] = quantity;
        charge
    };
    let flat = || bare(json!({"flat": {"amount": "1"}}));
    let share = || bare(json!({"percentage": {"percent": "1"}}));
    let single = "quantity: a rule beside of and where is not used by percentage: it looks at single records, so only of and where are";
    let mut grouped = flat();
    grouped["group_by"] = json!(["model"]);
    let mut limited = units(json!({"unit": {"amount": "1"}}));
    limited["minimum"] = json!("-1");
    refused(vec![
        (
            with(flat(), json!({"of": ["u"]})),
            "quantity: a quantity is not used by flat: it is due whatever was used",
        ),
        (
            with(flat(), json!({"every": "day"})),
            "quantity: a quantity is not used by flat: it is due whatever was used",
        ),
        (
            grouped,
            "group_by: a group is not used by flat: it is one fee",
        ),
        (limited, "minimum: -1 is not 0 or more"),
        (with(share(), json!({"aggregate": "count"})), single),
        (with(share(), json!({"every": "day"})), single),
        (with(share(), json!({"included": {"units": "1"}})), single),
        (
            with(share(), json!({"convert": {"divide_by": "2"}})),
            single,
        ),
        (with(share(), json!({"convert": {"round": "up"}})), single),
        (
            bare(json!({"outcome": {"amount": "1", "score_at_least": "0"}})),
            "quantity.of: an empty list is not the meters to measure",
        ),
        (
            bare(json!({"matrix": {"by": ["model"], "cells": []}})),
            "quantity.of: an empty list is not the meters to measure",
        ),
    ]);
    accepted(vec![
        flat(),
        share(),
        bare(json!({"cost_plus": {}})),
        bare(json!({"graduated_percentage": {"tiers": [{"percent": "1"}]}})),
        with(share(), json!({"of": ["u"], "where": {"region": ["eu"]}})),
    ]);
}
