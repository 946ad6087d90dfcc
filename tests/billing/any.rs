//! Any plan and any use of it.

use super::shapes::{SHAPES, shape, small, text};
use foretoken::Catalog;
use foretoken::billing::{self, Bill, BillError, LineKind, Plan};
use foretoken::calendar::Period;
use foretoken::usage::{UsageLog, UsageRecord};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn december() -> Period {
    Period::month(2026, 12).unwrap()
}

pub fn catalog() -> Catalog {
    Catalog::from_json(
        r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI", "source": "https://openai.example",
        "models": [{"id": "plain", "basis": "probable", "prices": [{"usd": {"input": "2", "output": "10", "requests": "5"}}],
                    "variants": [{"is": "batch", "usd": {"input": "1", "output": "5"}}]},
                   {"id": "long", "basis": "probable",
                    "prices": [{"usd": {"input": ["2", ">2000", "4"], "output": ["10", ">2000", "15"]}}]}]}]}"#,
    )
    .unwrap()
}

pub fn bill(plan: &Plan, usage: &UsageLog) -> Result<Bill, BillError> {
    billing::bill(plan, usage, &catalog(), december())
}

/// The sum of the lines of these kinds.
pub fn of_kinds(bill: &Bill, kinds: &[LineKind]) -> Decimal {
    let lines = bill.lines.iter().filter(|line| kinds.contains(&line.kind));
    lines.map(|line| *line.amount).sum()
}

/// What is measured, by every rule there is for it.
fn quantity() -> impl Strategy<Value = Value> {
    let meters = select(vec![
        vec!["input"],
        vec!["input", "output"],
        vec!["seconds"],
        vec!["requests"],
        vec!["amount"],
    ]);
    let aggregate = select(vec![
        "sum", "sum", "sum", "count", "max", "unique", "latest",
    ]);
    let windows = weighted(
        0.3,
        (
            select(vec!["hour", "day"]),
            select(vec!["priced", "summed"]),
        ),
    );
    let convert = weighted(
        0.3,
        (
            select(vec!["1000", "60", "7"]),
            select(vec!["none", "up", "down", "half_up"]),
        ),
    );
    let included = weighted(0.4, (0u32..3_000, any::<bool>(), 0u32..500, any::<bool>()));
    (meters, aggregate, windows, convert, included, weighted(0.2, Just("eu"))).prop_map(
        |(of, aggregate, windows, convert, included, region)| {
            let mut quantity = json!({"of": of, "aggregate": aggregate});
            if aggregate == "unique" {
                quantity["unique_by"] = json!("region");
            }
            if let Some(region) = region {
                quantity["where"] = json!({"region": [region]});
            }
            if let Some((every, each)) = windows {
                quantity["every"] = json!(every);
                quantity["each_window"] = json!(each);
            }
            if let Some((by, round)) = convert {
                quantity["convert"] = json!({"divide_by": by, "round": round});
            }
            let priced = windows.is_some_and(|(_, each)| each == "priced");
            if let Some((units, daily, carried, prorate)) = included.filter(|_| !priced) {
                let daily = daily && windows.is_none() && matches!(aggregate, "sum" | "count");
                let (every, carried) = if daily { ("day", 0) } else { ("period", carried) };
                quantity["included"] = json!({"units": units.to_string(), "every": every, "carried": carried.to_string(), "prorate": prorate});
            }
            quantity
        },
    )
}

/// A charge of this shape, without limits.
pub fn charge(name: &'static str) -> impl Strategy<Value = Value> {
    let groups = select(vec![
        vec![],
        vec![],
        vec!["region"],
        vec!["model", "region"],
        vec!["meter"],
    ]);
    (
        shape(name),
        quantity(),
        groups,
        select(vec!["restart", "shared"]),
    )
        .prop_map(move |(price, quantity, groups, tiers)| {
            let mut charge = json!({"id": name, "price": price});
            let of = match name {
                "flat" | "capacity" => return charge,
                "percentage" | "basis_points" => json!({}),
                "graduated_percentage" => json!({"where": {"region": ["eu", "us"]}}),
                "cost_plus" | "matrix" => json!({"of": ["input", "output"]}),
                "outcome" => json!({"of": ["requests"]}),
                _ => quantity,
            };
            charge["quantity"] = of;
            // Money and attempts are no meter's own.
            let whole = matches!(
                name,
                "percentage" | "basis_points" | "graduated_percentage" | "cost_plus" | "outcome"
            );
            let groups = if whole && groups == ["meter"] {
                vec!["region"]
            } else {
                groups
            };
            charge["group_by"] = json!(groups);
            charge["group_tiers"] = json!(tiers);
            charge
        })
}

/// One to three charges of different shapes.
pub fn charges() -> impl Strategy<Value = Vec<Value>> {
    let limited = |name| {
        let limits = (
            charge(name),
            weighted(0.2, 1u32..30),
            weighted(0.2, 30u32..90),
            any::<bool>(),
        );
        limits.prop_map(|(charge, least, most, prorate)| {
            let figure = |value: u32| json!(value.to_string());
            let prorate = (!prorate).then_some(json!(false));
            with(
                charge,
                vec![
                    ("minimum", least.map(figure)),
                    ("maximum", most.map(figure)),
                    ("prorate", prorate),
                ],
            )
        })
    };
    proptest::sample::subsequence(SHAPES, 1..=3).prop_flat_map(move |names| {
        names
            .into_iter()
            .map(|name| limited(name).boxed())
            .collect::<Vec<_>>()
    })
}

/// How many cases: what PROPTEST_CASES says, or so many.
pub fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Members that are there or not.
fn with(mut plan: Value, members: Vec<(&str, Option<Value>)>) -> Value {
    for (name, value) in members {
        if let Some(value) = value {
            plan[name] = value;
        }
    }
    plan
}

/// Discounts of every kind, on all or on the first charge.
pub fn discounts() -> impl Strategy<Value = Vec<Value>> {
    let kind = prop_oneof![
        text(small()).prop_map(|amount| json!({"amount": amount})),
        (0u32..=100).prop_map(|percent| json!({"percent": percent.to_string()})),
        (1u32..80, 0u32..50, 0u32..=100).prop_map(|(bound, first, rest)| {
            json!({"tiers": [{"up_to": bound.to_string(), "percent": first.to_string()}, {"percent": rest.to_string()}]})
        }),
    ];
    let discount = (kind, any::<bool>()).prop_map(|(mut discount, all)| {
        discount["name"] = json!("Off");
        discount["on"] = json!(if all { vec![] } else { vec!["FIRST"] });
        discount
    });
    vec(discount, 0..4)
}

fn credits() -> impl Strategy<Value = Vec<Value>> {
    let days = (weighted(0.4, 1u32..=20), weighted(0.4, 10u32..=31));
    let credit = (
        text(small()),
        days,
        0i64..3,
        any::<bool>(),
        select(vec!["0", "1"]),
    );
    vec(credit, 0..4).prop_map(|credits| {
        let credits = credits.into_iter().enumerate().map(|(at, (amount, (from, until), priority, all, cost))| {
            let day = |day: Option<u32>| day.map(|day| json!(format!("2026-12-{day:02}")));
            let on: Vec<&str> = if all { vec![] } else { vec!["FIRST"] };
            let credit = json!({"id": format!("c{at}"), "amount": amount, "priority": priority, "on": on, "cost_basis": cost});
            with(credit, vec![("granted", day(from)), ("expires", day(until))])
        });
        credits.collect()
    })
}

fn tax() -> impl Strategy<Value = Value> {
    let rates = vec((0u32..30, Just("Tax")), 1..3);
    (select(vec!["exclusive", "inclusive"]), rates, select(vec!["net", "tax"])).prop_map(|(mode, rates, rounds)| {
        let rate = |(percent, name): &(u32, &str)| json!({"name": name, "percent": percent.to_string()});
        json!({"mode": mode, "inclusive_rounds": rounds, "rates": rates.iter().map(rate).collect::<Vec<_>>()})
    })
}

fn rounding() -> impl Strategy<Value = Value> {
    let modes = select(vec!["half_up", "half_even", "up", "down"]);
    (modes, select(vec!["line", "tier_line", "bill"]), 0u32..5).prop_map(
        |(mode, place, decimals)| json!({"mode": mode, "where": place, "decimals": decimals}),
    )
}

/// What makes a plan of charges: a document, so that a law can change a member and read it again.
pub fn plan_json() -> impl Strategy<Value = Value> {
    let limits = (weighted(0.3, 0u32..60), weighted(0.3, 60u32..200));
    let commitment = weighted(
        0.3,
        (
            text(small()),
            select(vec!["0", "0.5", "1", "1.25"]),
            any::<bool>(),
        ),
    );
    let active = (weighted(0.2, 1u32..=15), weighted(0.2, 15u32..=31));
    let ways = (
        select(vec![
            "foretoken",
            "openmeter",
            "orb",
            "lago",
            "flexprice",
            "zuora",
            "stripe",
        ]),
        any::<bool>(),
        any::<bool>(),
    );
    let money = (
        discounts(),
        limits,
        commitment,
        weighted(0.4, tax()),
        credits(),
    );
    let frame = (
        active,
        select(vec!["+00:00", "+05:30", "-08:00"]),
        rounding(),
    );
    let progressive = weighted(0.3, (vec(1u32..100, 0..3), weighted(0.7, 20u32..90)));
    (charges(), money, frame, ways, progressive).prop_map(|(charges, money, frame, (order, as_listed, at_bill), progressive)| {
        let (discounts, (least, most), commitment, tax, credits) = money;
        let first = charges[0]["id"].as_str().unwrap_or_default().to_owned();
        let day = |day: Option<u32>| day.map(|day| json!(format!("2026-12-{day:02}")));
        let active = with(json!({}), vec![("from", day(frame.0.0)), ("until", day(frame.0.1))]);
        let figure = |value: u32| json!(value.to_string());
        let progressive = progressive.map(|(gaps, every)| {
            let mut below = 0;
            let thresholds = gaps.iter().map(|gap| {
                below += gap;
                figure(below)
            });
            with(json!({"thresholds": thresholds.collect::<Vec<_>>()}), vec![("every", every.map(figure))])
        });
        let plan = json!({"version": 1, "name": "Any", "charges": charges, "discounts": discounts, "credits": credits,
            "active": active, "time_zone": frame.1, "rounding": frame.2, "order": order, "drawdown": if order == "flexprice" { "foretoken" } else { order },
            "discount_order": if as_listed { "as_listed" } else { "amounts_first" },
            "credits_draw": if at_bill { "at_bill" } else { "as_used" }});
        let commitment = commitment.map(|(amount, factor, true_up)| json!({"amount": amount, "overage_factor": factor, "true_up": true_up}));
        let plan = with(plan, vec![("minimum", least.map(figure)), ("maximum", most.map(figure)), ("commitment", commitment),
            ("tax", tax), ("progressive", progressive)]);
        serde_json::from_str(&plan.to_string().replace("FIRST", &first)).unwrap_or_default()
    })
}

pub fn read(plan: &Value) -> Plan {
    Plan::from_json(&plan.to_string()).unwrap_or_else(|why| panic!("{why}\n{plan}"))
}

pub fn plans() -> impl Strategy<Value = Plan> {
    plan_json().prop_map(|plan| read(&plan))
}

/// One record of up to four alike requests, in or around December.
pub fn record() -> impl Strategy<Value = UsageRecord> {
    let when = (
        1u32..=31,
        select(vec!["00:00:00", "07:00:00", "07:00:01", "23:30:00"]),
    );
    let what = (
        0u32..4_000,
        weighted(0.7, 0u32..900),
        weighted(0.4, small()),
        weighted(0.6, small()),
    );
    let who = (
        select(vec!["openai/plain", "openai/long"]),
        weighted(0.2, Just("batch")),
        weighted(0.7, select(vec!["eu", "us"])),
    );
    let score = weighted(0.6, select(vec!["0.4", "0.5", "0.95"]));
    (when, what, who, 1u32..5, score).prop_map(|((day, time), what, (model, variant, region), requests, score)| {
        let (input, output, seconds, amount) = what;
        let text = |value: Option<Decimal>| value.map(|value| json!(value.to_string()));
        let quantities = with(json!({"input": (input * requests).to_string()}),
            vec![("output", output.map(|output| json!(output.to_string()))), ("seconds", text(seconds))]);
        let record = json!({"at": format!("2026-12-{day:02}T{time}Z"), "model": model, "requests": requests.to_string(), "quantities": quantities});
        let context = (requests > 1).then(|| json!(input.to_string()));
        let properties = region.map(|region| json!({"region": region}));
        let record = with(record, vec![("variant", variant.map(|is| json!(is))), ("context", context), ("amount", text(amount)),
            ("score", score.map(|score| json!(score))), ("properties", properties)]);
        serde_json::from_value(record).unwrap_or_else(|why| panic!("{why}"))
    })
}

pub fn usages() -> impl Strategy<Value = UsageLog> {
    vec(record(), 0..12).prop_map(UsageLog::new)
}
