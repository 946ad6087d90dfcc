//! The price shapes: what each is called, what it does in plain words, how it begins, and its fields.

use super::field::{Field, Kind};
use super::rows::Rows;
use super::tables::{CELLS, PERCENT_TIERS, POINT_TIERS, RULES, STEPS, THRESHOLDS, TIERS};

use Kind::{Choice, Decimal, Texts};
use Piece::{Fields, Hint, LastTier, SpillOver};

/// A price shape.
pub struct Shape {
    /// In documents.
    pub name: &'static str,
    pub title: &'static str,
    /// What it does.
    pub says: &'static str,
    /// The document it begins with.
    pub beginning: &'static str,
    pub main: &'static [Piece],
    /// What most plans leave as it is.
    pub more: &'static [Piece],
}

/// A part of the form of a price.
pub enum Piece {
    Fields(&'static [Field]),
    /// A list, by its name in the document.
    Rows(&'static str, &'static Rows),
    Hint(&'static str),
    /// What holds at zero and above a closed last tier, which may have a price of its own.
    LastTier {
        overage: bool,
    },
    SpillOver,
}

const PER: Field = Field(
    "per",
    "For each",
    Decimal("units", "1"),
    "How many units the price buys",
);
const PRICE: Field = Field("amount", "Price", Decimal("$", ""), "");
const SIZE: Field = Field("size", "Units in a package", Decimal("", ""), "");
pub const AT_ZERO: Field = Field(
    "at_zero",
    "Where nothing was used",
    Choice(&[
        ("first_tier", "the first tier’s fee is due"),
        ("none", "nothing is due"),
    ]),
    "",
);
const BEGUN: Field = Field(
    "round",
    "A package that was begun",
    Choice(&[("up", "is paid"), ("down", "is free")]),
    "",
);
const TIER_LIST: Piece = Piece::Rows("tiers", &TIERS);

pub static SHAPES: [Shape; 15] = [
    Shape {
        name: "unit",
        title: "Per unit",
        says: "Every unit costs the same.",
        beginning: r#"{"amount": "1"}"#,
        main: &[Fields(&[PRICE, PER])],
        more: &[],
    },
    Shape {
        name: "flat",
        title: "Fixed fee",
        says: "A fee for the period, whatever was used; for each seat where there are seats.",
        beginning: r#"{"amount": "100"}"#,
        main: &[Fields(&[
            Field("amount", "Fee", Decimal("$", ""), ""),
            Field(
                "seats",
                "Seats",
                Decimal("", "1"),
                "The fee is due for each",
            ),
        ])],
        more: &[],
    },
    Shape {
        name: "graduated",
        title: "Graduated tiers",
        says: "Each unit costs what the tier it falls in says; the first units keep the first price.",
        beginning: r#"{"tiers": [{"amount": "1"}]}"#,
        main: &[Fields(&[PER]), TIER_LIST],
        more: &[LastTier { overage: true }],
    },
    Shape {
        name: "volume",
        title: "All-units tiers (volume)",
        says: "The total decides one tier, whose price holds for every unit, the first ones too.",
        beginning: r#"{"tiers": [{"amount": "1"}]}"#,
        main: &[Fields(&[PER]), TIER_LIST],
        more: &[LastTier { overage: false }],
    },
    Shape {
        name: "stairstep",
        title: "Steps",
        says: "One amount for the step the total falls in, however much of the step is used.",
        beginning: r#"{"tiers": [{"amount": "100"}]}"#,
        main: &[Piece::Rows("tiers", &STEPS)],
        more: &[LastTier { overage: false }],
    },
    Shape {
        name: "threshold_total",
        title: "Totals above thresholds",
        says: "One total once a quantity is passed: the highest that was passed counts; nothing is due below the first.",
        beginning: r#"{"thresholds": [{"above": "0", "total": "100"}]}"#,
        main: &[Piece::Rows("thresholds", &THRESHOLDS)],
        more: &[],
    },
    Shape {
        name: "package",
        title: "Packages",
        says: "Sold by the package, such as 1,000 at a time; a package that was begun is paid.",
        beginning: r#"{"size": "1000", "amount": "1"}"#,
        main: &[Fields(&[
            Field("amount", "For each package", Decimal("$", ""), ""),
            SIZE,
        ])],
        more: &[Fields(&[
            Field(
                "free_units",
                "Free units",
                Decimal("", "0"),
                "Taken off before packages are counted",
            ),
            Field(
                "minimum_packages",
                "Packages at least",
                Decimal("", "0"),
                "",
            ),
            BEGUN,
        ])],
    },
    Shape {
        name: "tiered_package",
        title: "Packages in tiers",
        says: "Packages whose price depends on how many there are. Bounds are in units, prices are for a package.",
        beginning: r#"{"size": "1000", "tiers": [{"amount": "1"}]}"#,
        main: &[Fields(&[SIZE]), TIER_LIST],
        more: &[
            Fields(&[
                Field(
                    "kind",
                    "A tier’s price holds",
                    Choice(&[
                        ("graduated", "for the packages in it"),
                        ("volume", "for all packages"),
                    ]),
                    "",
                ),
                Field(
                    "order",
                    "What comes first",
                    Choice(&[
                        ("round_then_tier", "whole packages, then tiers"),
                        ("tier_then_round", "tiers, then whole packages"),
                    ]),
                    "",
                ),
                BEGUN,
            ]),
            LastTier { overage: false },
        ],
    },
    Shape {
        name: "percentage",
        title: "Percentage",
        says: "A share of the money each request carries, and a fee for each if wanted. The month on this page carries no money.",
        beginning: r#"{"percent": "1"}"#,
        main: &[Fields(&[
            Field("percent", "Share", Decimal("%", ""), ""),
            Field("fixed", "For each request", Decimal("$", "0"), ""),
        ])],
        more: &[Fields(&[
            Field(
                "free_events",
                "Free requests",
                Decimal("", "none"),
                "The first so many",
            ),
            Field(
                "free_amount",
                "Free money",
                Decimal("$", "none"),
                "The first so many dollars carried",
            ),
            Field(
                "event_minimum",
                "A request costs at least",
                Decimal("$", "0"),
                "",
            ),
            Field(
                "event_maximum",
                "A request costs at most",
                Decimal("$", "no limit"),
                "",
            ),
        ])],
    },
    Shape {
        name: "graduated_percentage",
        title: "Graduated percentage",
        says: "A share of the money carried, tier by tier. The month on this page carries no money.",
        beginning: r#"{"tiers": [{"percent": "1"}]}"#,
        main: &[Piece::Rows("tiers", &PERCENT_TIERS)],
        more: &[LastTier { overage: true }],
    },
    Shape {
        name: "basis_points",
        title: "Basis points",
        says: "Hundredths of a percent of the money each request carries. The month on this page carries no money.",
        beginning: r#"{"tiers": [{"basis_points": "10"}]}"#,
        main: &[Piece::Rows("tiers", &POINT_TIERS)],
        more: &[Fields(&[Field(
            "by",
            "A request’s tier is chosen by",
            Choice(&[
                ("event", "nothing: one tier for all"),
                ("total", "the period’s total"),
                ("position", "the running total before it"),
            ]),
            "",
        )])],
    },
    Shape {
        name: "cost_plus",
        title: "Provider’s price plus a markup",
        says: "What the provider lists for each model and meter, plus so many percent.",
        beginning: "{}",
        main: &[Fields(&[Field(
            "markup_percent",
            "Markup",
            Decimal("%", "0"),
            "Below 0 is a discount",
        )])],
        more: &[
            Fields(&[Field(
                "of",
                "The markup is on",
                Choice(&[
                    ("list", "the provider’s list price"),
                    ("carried", "the money carried"),
                ]),
                "",
            )]),
            Hint("A markup of its own for some of the use; the first rule that fits decides."),
            Piece::Rows("rules", &RULES),
        ],
    },
    Shape {
        name: "matrix",
        title: "A price for each kind",
        says: "The model, the meter or another property of the use decides the price.",
        beginning: r#"{"by": ["model"], "cells": [], "default": "1"}"#,
        main: &[
            Fields(&[
                Field(
                    "by",
                    "The price depends on",
                    Texts("such as model, meter"),
                    "model, provider, variant, meter, or a property of your own",
                ),
                PER,
                Field("default", "Any other use", Decimal("$", "no price"), ""),
            ]),
            Piece::Rows("cells", &CELLS),
        ],
        more: &[],
    },
    Shape {
        name: "capacity",
        title: "Provisioned capacity",
        says: "Units held by the hour, used or not.",
        beginning: r#"{"units": "1", "amount": "1"}"#,
        main: &[Fields(&[
            Field("units", "Units", Decimal("", ""), ""),
            Field("amount", "For each unit and hour", Decimal("$", ""), ""),
        ])],
        more: &[
            Fields(&[
                Field("reserved", "Of them paid elsewhere", Decimal("", "0"), ""),
                Field(
                    "hours",
                    "Hours",
                    Decimal("", "all of them"),
                    "All hours of the period where it is empty",
                ),
            ]),
            SpillOver,
        ],
    },
    Shape {
        name: "outcome",
        title: "Per good answer",
        says: "Only answers whose score is high enough are paid.",
        beginning: r#"{"amount": "1", "score_at_least": "0.8"}"#,
        main: &[Fields(&[
            PRICE,
            PER,
            Field(
                "score_at_least",
                "Score at least",
                Decimal("", ""),
                "The score that makes an answer a good one",
            ),
        ])],
        more: &[Fields(&[
            Field(
                "each_attempt",
                "For every request",
                Decimal("$", "0"),
                "Whatever its score",
            ),
            Field(
                "missing_score",
                "An answer without a score",
                Choice(&[
                    ("not_billed", "costs nothing"),
                    ("billed", "is paid as a good one"),
                    ("refuse", "makes no bill"),
                ]),
                "",
            ),
        ])],
    },
];
