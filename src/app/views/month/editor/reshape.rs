//! Another price shape for a charge: what fits is carried over, what does not is put aside until it fits again.

use foretoken::money::product;
use serde_json::{Map, Value};

use super::draft::beginning;
use super::field::decimal;
use super::shape::SHAPES;

/// What was put aside, under names that no document holds.
const PRICES: &str = "\0prices";
const ASIDE: &str = "\0aside";
const TOKENS: [&str; 4] = ["input", "cache_read", "cache_write", "output"];

/// The name of a charge's shape.
pub fn shape_of(charge: &Value) -> &str {
    let price = charge["price"].as_object();
    let name = price.and_then(|price| price.keys().next());
    name.map_or("", String::as_str)
}

/// Whether a shape is due whatever was used.
pub fn is_due_anyway(shape: &str) -> bool {
    matches!(shape, "flat" | "capacity")
}

/// Whether a shape looks at single records.
pub fn is_single(shape: &str) -> bool {
    matches!(
        shape,
        "percentage" | "basis_points" | "cost_plus" | "matrix" | "outcome"
    )
}

/// Whether a shape reads the money that use carries.
pub fn is_of_money(shape: &str) -> bool {
    matches!(
        shape,
        "percentage" | "graduated_percentage" | "basis_points"
    )
}

pub fn reshape(charge: &mut Value, to: &str) {
    let from = shape_of(charge).to_owned();
    let old = charge["price"][from.as_str()].take();
    let price = priced(&from, &old, to, &charge[PRICES][to]);
    charge[PRICES][from.as_str()] = old;
    charge["price"] = Value::Object(Map::from_iter([(to.to_owned(), price)]));
    measured(charge, to);
}

fn priced(from: &str, old: &Value, to: &str, kept: &Value) -> Value {
    let shape = SHAPES.iter().find(|shape| shape.name == to);
    let begins = shape.map_or("{}", |shape| shape.beginning);
    let mut price = match kept {
        Value::Null => beginning(begins),
        kept => kept.clone(),
    };
    if from == "cost_plus" || to == "cost_plus" || is_of_money(from) != is_of_money(to) {
        return price;
    }
    let tiers = tiers_of(old);
    for (name, value) in [("per", &old["per"]), ("size", &old["size"])] {
        let value = [value, &old["per"], &old["size"]]
            .into_iter()
            .find(|each| !each.is_null());
        if let Some(value) = value.filter(|_| knows(to, name)) {
            price[name] = value.clone();
        }
    }
    for name in ["at_zero", "above"] {
        let fits = old[name].is_string() || (to == "graduated" || to == "graduated_percentage");
        if !old[name].is_null() && fits && knows(to, "at_zero") {
            price[name] = old[name].clone();
        }
    }
    if !tiers.is_empty() {
        carry(&mut price, to, tiers);
    }
    price
}

fn knows(shape: &str, name: &str) -> bool {
    match name {
        "per" => matches!(
            shape,
            "unit" | "graduated" | "volume" | "matrix" | "outcome"
        ),
        "size" => matches!(shape, "package" | "tiered_package"),
        _ => matches!(
            shape,
            "graduated" | "volume" | "stairstep" | "tiered_package" | "graduated_percentage"
        ),
    }
}

/// A tier of any table: its bound, its price, its fee.
struct Tier {
    up_to: Value,
    amount: Value,
    flat: Value,
}

/// The tiers of a price; one open tier where it has a single amount.
fn tiers_of(price: &Value) -> Vec<Tier> {
    let amount = |of: &Value| {
        let names = ["amount", "percent", "basis_points", "default"];
        let found = names.iter().find(|name| of[**name].is_string());
        found.map_or(Value::Null, |name| match *name {
            "basis_points" => scaled(
                &of["basis_points"],
                foretoken::money::Exact(rust_decimal::Decimal::new(1, 2)),
            ),
            name => of[name].clone(),
        })
    };
    if let Some(tiers) = price["tiers"].as_array() {
        let tier = |tier: &Value| Tier {
            up_to: tier["up_to"].clone(),
            amount: amount(tier),
            flat: tier["flat"].clone(),
        };
        return tiers.iter().map(tier).collect();
    }
    let Some(thresholds) = price["thresholds"].as_array() else {
        let amount = amount(price);
        let known = !amount.is_null();
        return known
            .then_some(Tier {
                up_to: Value::Null,
                amount,
                flat: Value::Null,
            })
            .into_iter()
            .collect();
    };
    let mut tiers = Vec::new();
    let first = thresholds
        .first()
        .and_then(|first| decimal(&first["above"]));
    if first.is_some_and(|above| !above.is_zero()) {
        let free = Tier {
            up_to: thresholds[0]["above"].clone(),
            amount: "0".into(),
            flat: Value::Null,
        };
        tiers.push(free);
    }
    for (at, threshold) in thresholds.iter().enumerate() {
        let up_to = thresholds
            .get(at + 1)
            .map_or(Value::Null, |next| next["above"].clone());
        tiers.push(Tier {
            up_to,
            amount: threshold["total"].clone(),
            flat: Value::Null,
        });
    }
    tiers
}

fn scaled(value: &Value, by: foretoken::money::Exact) -> Value {
    let scaled = decimal(value).and_then(|value| product(value, *by).ok());
    scaled.map_or(Value::Null, |value| value.normalize().to_string().into())
}

fn carry(price: &mut Value, to: &str, tiers: Vec<Tier>) {
    let first = || {
        tiers
            .first()
            .map_or(Value::Null, |tier| tier.amount.clone())
    };
    match to {
        "graduated" | "volume" | "tiered_package" => price["tiers"] = table(&tiers, "amount", true),
        "stairstep" => price["tiers"] = table(&tiers, "amount", false),
        "graduated_percentage" => price["tiers"] = table(&tiers, "percent", true),
        "basis_points" => {
            let mut list = table(&tiers, "basis_points", false);
            for tier in list.as_array_mut().into_iter().flatten() {
                tier["basis_points"] = scaled(&tier["basis_points"], 100.into());
            }
            let last = list.as_array_mut().and_then(|list| list.last_mut());
            if let Some(last) = last.and_then(Value::as_object_mut) {
                last.shift_remove("up_to");
            }
            if tiers.len() > 1 {
                price["by"] = "total".into();
            }
            price["tiers"] = list;
        }
        "threshold_total" => {
            let above = |at: usize| match at {
                0 => "0".into(),
                at => tiers[at - 1].up_to.clone(),
            };
            let threshold = |(at, tier): (usize, &Tier)| {
                let mut threshold = Value::Null;
                threshold["above"] = above(at);
                threshold["total"] = tier.amount.clone();
                threshold
            };
            price["thresholds"] = tiers.iter().enumerate().map(threshold).collect();
        }
        "percentage" => price["percent"] = first(),
        "matrix" => price["default"] = first(),
        _ => price["amount"] = first(),
    }
}

fn table(tiers: &[Tier], name: &str, fees: bool) -> Value {
    let tier = |tier: &Tier| {
        let mut members = Map::new();
        if !tier.up_to.is_null() {
            members.insert("up_to".to_owned(), tier.up_to.clone());
        }
        members.insert(name.to_owned(), tier.amount.clone());
        if fees && !tier.flat.is_null() {
            members.insert("flat".to_owned(), tier.flat.clone());
        }
        Value::Object(members)
    };
    tiers.iter().map(tier).collect()
}

/// What the charge measures, as the shape lets it; the rest is put aside.
fn measured(charge: &mut Value, to: &str) {
    let Some(members) = charge.as_object_mut() else {
        return;
    };
    let mut all = match members.shift_remove(ASIDE) {
        Some(Value::Object(aside)) => aside,
        _ => Map::new(),
    };
    for name in ["quantity", "group_by"] {
        match (members.shift_remove(name), all.get_mut(name)) {
            (Some(Value::Object(now)), Some(Value::Object(aside))) => aside.extend(now),
            (Some(now), _) => drop(all.insert(name.to_owned(), now)),
            (None, _) => {}
        }
    }
    members.insert(ASIDE.to_owned(), Value::Object(all.clone()));
    if is_due_anyway(to) {
        return;
    }
    if let Some(groups) = all.shift_remove("group_by") {
        members.insert("group_by".to_owned(), groups);
    }
    let mut quantity = match all.shift_remove("quantity") {
        Some(Value::Object(quantity)) => quantity,
        _ => Map::new(),
    };
    if is_single(to) {
        quantity.retain(|name, _| name == "of" || name == "where");
    }
    if is_of_money(to) {
        quantity.shift_remove("of");
    }
    let empty = quantity
        .get("of")
        .and_then(Value::as_array)
        .is_none_or(Vec::is_empty);
    if empty && !is_of_money(to) && to != "cost_plus" {
        let of: Value = match to {
            "outcome" => ["requests"].into_iter().collect(),
            _ => TOKENS.into_iter().collect(),
        };
        quantity.insert("of".to_owned(), of);
    }
    members.insert("quantity".to_owned(), Value::Object(quantity));
}
