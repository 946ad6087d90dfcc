//! Any price of any shape.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub use super::names::SHAPES;

/// 0 to 99.99, or 0 to 0.9999, or anything between.
pub fn small() -> impl Strategy<Value = Decimal> {
    (0i64..10_000, 2u32..5).prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
}

pub fn text(value: impl Strategy<Value = Decimal>) -> impl Strategy<Value = Value> {
    value.prop_map(|value| json!(value.to_string()))
}

/// Rising bounds in whole units; the last may be left out.
pub fn bounds() -> impl Strategy<Value = Vec<Option<u32>>> {
    (vec(1u32..3_000, 1..5), any::<bool>()).prop_map(|(gaps, open)| {
        let mut below = 0;
        let mut bounds: Vec<Option<u32>> = gaps
            .iter()
            .map(|gap| {
                below += gap;
                Some(below)
            })
            .collect();
        if open {
            bounds.pop();
            bounds.push(None);
        }
        bounds
    })
}

/// Tiers whose prices are called as the shape calls them, in bounds of so many units.
fn tiers(price: &'static str, unit: u32, flat: bool) -> impl Strategy<Value = Value> {
    bounds().prop_flat_map(move |bounds| {
        let each = vec((small(), weighted(0.3, small())), bounds.len());
        each.prop_map(move |prices| {
            let tier = |(bound, (amount, fee)): (&Option<u32>, &(Decimal, Option<Decimal>))| {
                let mut tier = json!({price: amount.to_string()});
                if let Some(bound) = bound {
                    tier["up_to"] = json!((bound * unit).to_string());
                }
                if let Some(fee) = fee.filter(|_| flat) {
                    tier["flat"] = json!(fee.to_string());
                }
                tier
            };
            bounds.iter().zip(&prices).map(tier).collect()
        })
    })
}

fn per() -> impl Strategy<Value = Value> {
    select(vec!["1", "1000", "1000000", "3", "60"]).prop_map(|per| json!(per))
}

pub fn shape(name: &'static str) -> BoxedStrategy<Value> {
    let zero = select(vec!["first_tier", "none"]);
    let body = match name {
        "unit" => (text(small()), per()).prop_map(|(amount, per)| json!({"amount": amount, "per": per})).boxed(),
        "flat" => (text(small()), 0u32..20).prop_map(|(amount, seats)| json!({"amount": amount, "seats": seats.to_string()})).boxed(),
        "graduated" => (per(), tiers("amount", 1, true), zero, overage())
            .prop_map(|(per, tiers, zero, above)| json!({"per": per, "tiers": tiers, "at_zero": zero, "above": above}))
            .boxed(),
        "volume" => (per(), tiers("amount", 1, true), zero)
            .prop_map(|(per, tiers, zero)| json!({"per": per, "tiers": tiers, "at_zero": zero}))
            .boxed(),
        "stairstep" => (tiers("amount", 1, false), zero).prop_map(|(tiers, zero)| json!({"tiers": tiers, "at_zero": zero})).boxed(),
        "threshold_total" => vec((1u32..2_000, small()), 1..4).prop_map(thresholds).boxed(),
        "package" => (1u32..500, text(small()), 0u32..900, select(vec!["up", "down"]), 0u32..4)
            .prop_map(|(size, amount, free, round, least)| {
                json!({"size": size.to_string(), "amount": amount, "free_units": free.to_string(), "round": round,
                       "minimum_packages": least.to_string()})
            })
            .boxed(),
        "tiered_package" => (1u32..50).prop_flat_map(tiered_package).boxed(),
        "percentage" => percentage().boxed(),
        "graduated_percentage" => (tiers("percent", 1, true), zero, overage())
            .prop_map(|(tiers, zero, above)| json!({"tiers": tiers, "at_zero": zero, "above": above}))
            .boxed(),
        "basis_points" => basis_points().boxed(),
        "cost_plus" => (select(vec!["list", "list", "carried"]), text(small()), text(small()))
            .prop_map(|(of, markup, rule)| {
                json!({"of": of, "markup_percent": markup, "rules": [{"where": {"region": ["eu"]}, "markup_percent": rule}]})
            })
            .boxed(),
        "matrix" => (text(small()), text(small()), text(small()), per())
            .prop_map(|(one, two, rest, per)| {
                json!({"by": ["region", "meter"], "per": per, "default": rest,
                       "cells": [{"is": ["eu", "output"], "amount": one}, {"is": ["*", "input"], "amount": two}]})
            })
            .boxed(),
        "capacity" => capacity().boxed(),
        _ => (text(small()), per(), select(vec!["0", "0.5", "0.9"]), select(vec!["billed", "not_billed"]), text(small()))
            .prop_map(|(amount, per, score, missing, attempt)| {
                json!({"amount": amount, "per": per, "score_at_least": score, "missing_score": missing, "each_attempt": attempt})
            })
            .boxed(),
    };
    body.prop_map(move |body| json!({name: body})).boxed()
}

fn overage() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("extend")),
        text(small()).prop_map(|price| json!({"overage": price}))
    ]
}

fn thresholds(each: Vec<(u32, Decimal)>) -> Value {
    let mut above = 0;
    let passing = each.iter().map(|(gap, total)| {
        above += gap;
        json!({"above": above.to_string(), "total": total.to_string()})
    });
    json!({"thresholds": passing.collect::<Vec<_>>()})
}

fn tiered_package(size: u32) -> impl Strategy<Value = Value> {
    let ways = select(vec!["graduated", "volume"]);
    let orders = select(vec!["round_then_tier", "tier_then_round"]);
    (ways, orders, select(vec!["up", "down"]), tiers("amount", size, true)).prop_map(move |(kind, order, round, tiers)| {
        json!({"size": size.to_string(), "kind": kind, "order": order, "round": round, "tiers": tiers})
    })
}

fn percentage() -> impl Strategy<Value = Value> {
    let free = (weighted(0.5, 0u32..6), weighted(0.5, 0u32..300));
    let limits = (weighted(0.3, 0u32..3), weighted(0.3, 3u32..9));
    (text(small()), text(small()), free, limits).prop_map(|(percent, fixed, free, limits)| {
        let mut price = json!({"percent": percent, "fixed": fixed});
        let fields = [
            ("free_events", free.0),
            ("free_amount", free.1),
            ("event_minimum", limits.0),
            ("event_maximum", limits.1),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                price[name] = json!(value.to_string());
            }
        }
        price
    })
}

fn basis_points() -> impl Strategy<Value = Value> {
    let each = (weighted(0.5, 1u32..200), small(), weighted(0.4, small()));
    (select(vec!["event", "total", "position"]), vec(each, 1..4)).prop_map(|(by, tiers)| {
        let tiers = if by == "event" {
            &tiers[..1]
        } else {
            &tiers[..]
        };
        let mut below = 0;
        let tiers = tiers.iter().enumerate().map(|(at, (gap, points, most))| {
            let mut tier = json!({"basis_points": points.to_string()});
            below += gap.unwrap_or(50);
            if at + 1 < tiers.len() {
                tier["up_to"] = json!(below.to_string());
            }
            if let Some(most) = most {
                tier["event_maximum"] = json!(most.to_string());
            }
            tier
        });
        json!({"by": by, "tiers": tiers.collect::<Vec<_>>()})
    })
}

fn capacity() -> impl Strategy<Value = Value> {
    (1u32..5, text(small()), 0u32..2, any::<bool>(), 1u32..400).prop_map(|(units, amount, reserved, spills, room)| {
        let mut price = json!({"units": units.to_string(), "amount": amount, "reserved": reserved.to_string()});
        if spills {
            price["spill_over"] = json!({"of": ["input", "output"], "tokens_per_unit_hour": room.to_string(), "markup_percent": "10"});
        }
        price
    })
}
