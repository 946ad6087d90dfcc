//! The tables of the price shapes: what their rows hold, and the row that comes next.

use super::draft::beginning;
use super::field::{Field, Kind};
use super::rows::{Rows, double, next_tier};

use Kind::{Decimal, Texts};

const TIER: [Field; 3] = [
    Field("up_to", "Up to and including", Decimal("", "and above"), ""),
    Field("amount", "Price, $", Decimal("", ""), ""),
    Field("flat", "Fee once in it, $", Decimal("", "none"), ""),
];
pub static TIERS: Rows = Rows {
    one: "tier",
    columns: &TIER,
    add: "Add a tier",
    next: next_tier,
};
pub static STEPS: Rows = Rows {
    one: "step",
    columns: &[
        Field("up_to", "Up to and including", Decimal("", "and above"), ""),
        Field("amount", "Amount, $", Decimal("", ""), ""),
    ],
    add: "Add a step",
    next: next_tier,
};
pub static PERCENT_TIERS: Rows = Rows {
    one: "tier",
    columns: &[
        Field(
            "up_to",
            "Up to and including, $",
            Decimal("", "and above"),
            "",
        ),
        Field("percent", "Share, %", Decimal("", ""), ""),
        Field("flat", "Fee once in it, $", Decimal("", "none"), ""),
    ],
    add: "Add a tier",
    next: next_tier,
};
pub static POINT_TIERS: Rows = Rows {
    one: "tier",
    columns: &[
        Field(
            "up_to",
            "Up to and including, $",
            Decimal("", "and above"),
            "",
        ),
        Field("basis_points", "Basis points", Decimal("", ""), ""),
        Field(
            "event_maximum",
            "Most for a request, $",
            Decimal("", "no limit"),
            "",
        ),
    ],
    add: "Add a tier",
    next: next_tier,
};
pub static THRESHOLDS: Rows = Rows {
    one: "threshold",
    columns: &[
        Field("above", "Above", Decimal("", ""), ""),
        Field("total", "Total, $", Decimal("", ""), ""),
    ],
    add: "Add a threshold",
    next: |items| {
        let above = items
            .last()
            .and_then(|last| super::field::decimal(&last["above"]));
        let mut next = items
            .last()
            .map_or_else(|| beginning(r#"{"total": "100"}"#), super::draft::bare);
        next["above"] = double(above).into();
        items.push(next);
    },
};
pub static RULES: Rows = Rows {
    one: "rule",
    columns: &[
        Field("where.provider", "Provider", Texts("any"), ""),
        Field("where.model", "Model", Texts("any"), ""),
        Field("where.meter", "Meter", Texts("any"), ""),
        Field("markup_percent", "Markup, %", Decimal("", ""), ""),
    ],
    add: "Add a rule",
    next: |items| items.push(beginning(r#"{"where": {}, "markup_percent": "0"}"#)),
};
pub static CELLS: Rows = Rows {
    one: "price",
    columns: &[
        Field("is", "Values", Texts("one for each property; * is any"), ""),
        Field("amount", "Price, $", Decimal("", ""), ""),
    ],
    add: "Add a price",
    next: |items| items.push(beginning(r#"{"is": ["*"], "amount": "1"}"#)),
};
