//! The sections of a plan in a line each, and what vendors' orders mean.

use foretoken::money::Money;
use rust_decimal::Decimal;
use serde_json::Value;

use super::field::{Form, decimal};
use crate::effects::intl;
use crate::parts::words::many;

/// The orders of calculation, the default first.
pub const ORDERS: &[(&str, &str)] = &[
    ("foretoken", "Foretoken"),
    ("openmeter", "OpenMeter"),
    ("orb", "Orb"),
    ("lago", "Lago"),
    ("flexprice", "Flexprice"),
    ("zuora", "Zuora"),
    ("stripe", "Stripe"),
];
/// The orders in which credits are used, the default first.
pub const DRAWDOWNS: &[(&str, &str)] = &[
    ("foretoken", "as in Foretoken"),
    ("openmeter", "as in OpenMeter"),
    ("lago", "as in Lago"),
    ("stripe", "as in Stripe"),
    ("orb", "as in Orb"),
    ("metronome", "as in Metronome"),
    ("zuora", "as in Zuora"),
];

/// What comes after what.
pub fn stages(order: &str) -> &'static str {
    match order {
        "openmeter" => "Discounts, maximum, minimum, commitment, credits, then tax on the rest",
        "orb" | "stripe" => {
            "Discounts, minimum and maximum, commitment, credits, then tax on the rest"
        }
        "lago" => {
            "Minimum, commitment, maximum, discounts, tax, then credits, which may pay the tax"
        }
        "flexprice" => {
            "Commitment, minimum and maximum, discounts, tax on that; credits pay the net, not the tax"
        }
        "zuora" => {
            "Minimum and maximum, commitment, discounts, tax on that; credits pay the net, not the tax"
        }
        _ => "Discounts, minimum and maximum, commitment, tax, then credits, which may pay the tax",
    }
}

/// Which credit comes first.
pub fn drawdown(order: &str) -> &'static str {
    match order {
        "lago" => "By priority, then the oldest first",
        "stripe" => {
            "By priority, then what expires soonest, gifts before what was paid, the oldest first"
        }
        "orb" => {
            "Those for some charges before general ones, what expires soonest, the cheapest, the oldest first"
        }
        "metronome" => {
            "Carried over first, then by priority, gifts before what was paid, those for some charges, what expires soonest"
        }
        "zuora" => {
            "What was carried over to be used first, then what was not, then the rest; each by priority"
        }
        _ => "By priority, then what expires soonest, then the oldest first",
    }
}

fn dollars(value: Decimal) -> String {
    intl::exact(Money::usd(value))
}

fn money(value: &Value) -> String {
    decimal(value).map_or_else(String::new, dollars)
}

fn percent(value: &Value) -> String {
    decimal(value).map_or_else(String::new, |value| format!("{} %", intl::number(value, 6)))
}

fn named(items: &[Value], what: impl Fn(&Value) -> String) -> String {
    let all: Vec<String> = items
        .iter()
        .map(|item| {
            format!(
                "{} {}",
                item["name"].as_str().unwrap_or_default(),
                what(item)
            )
        })
        .collect();
    or_none(all.join(", "))
}

fn or_none(words: String) -> String {
    match words.as_str() {
        "" => "none".to_owned(),
        _ => words,
    }
}

pub fn discounts(form: &Form) -> String {
    named(form.list("discounts"), |item| {
        match item["amount"].is_null() {
            false => money(&item["amount"]),
            true if item["percent"].is_null() => "by bands of spend".to_owned(),
            true => percent(&item["percent"]),
        }
    })
}

pub fn limits(form: &Form) -> String {
    let least = form
        .decimal("minimum")
        .map(|least| format!("at least {}", dollars(least)));
    let most = form
        .decimal("maximum")
        .map(|most| format!("at most {}", dollars(most)));
    let both: Vec<String> = least.into_iter().chain(most).collect();
    or_none(both.join(", "))
}

pub fn commitment(form: &Form) -> String {
    let amount = money(form.at("commitment.amount"));
    match form.decimal("commitment.overage_factor") {
        Some(factor) => format!("{amount}, what goes beyond × {}", intl::number(factor, 6)),
        None => or_none(amount),
    }
}

pub fn tax(form: &Form) -> String {
    let rates = named(form.list("tax.rates"), |rate| percent(&rate["percent"]));
    match form.text("tax.mode") {
        "inclusive" => format!("{rates}, within the prices"),
        _ => rates,
    }
}

pub fn credits(form: &Form) -> String {
    let items = form.list("credits");
    if items.len() > 2 {
        return many(items.len() as u64, "credit");
    }
    named(items, |item| money(&item["amount"]))
}

pub fn rounding(form: &Form) -> String {
    let place = match form.text("rounding.where") {
        "tier_line" => "each slice",
        "bill" => "only the totals",
        _ => "each line",
    };
    let mode = match form.text("rounding.mode") {
        "half_even" => "half to even",
        "up" => "up",
        "down" => "down",
        _ => "half up",
    };
    let decimals = form.at("rounding.decimals").as_u64().unwrap_or(2);
    format!("{place}, {mode}, to {}", many(decimals, "decimal"))
}

pub fn order(form: &Form) -> String {
    let order = form.text("order");
    let known = ORDERS.iter().find(|(name, _)| *name == order);
    format!(
        "as in {}",
        known.or(ORDERS.first()).map_or("", |(_, title)| title)
    )
}

pub fn progressive(form: &Form) -> String {
    let at: Vec<String> = form
        .list("progressive.thresholds")
        .iter()
        .map(money)
        .collect();
    let every = form.decimal("progressive.every");
    match (at.is_empty(), every) {
        (true, None) => "none".to_owned(),
        (true, Some(every)) => format!("every {}", dollars(every)),
        (false, None) => format!("at {}", at.join(", ")),
        (false, Some(every)) => format!("at {}, then every {}", at.join(", "), dollars(every)),
    }
}

pub fn active(form: &Form) -> String {
    let (from, until) = (form.text("active.from"), form.text("active.until"));
    match (from, until) {
        ("", "") => "the whole period".to_owned(),
        (from, "") => format!("from {from}"),
        ("", until) => format!("until {until}"),
        (from, until) => format!("{from} to {until}"),
    }
}
