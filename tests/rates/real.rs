//! The prices the page loads first, and the day the tests are held on.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

use foretoken::calendar::Timestamp;
use foretoken::catalog::Catalog;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// `static/catalog/main.json`, read once.
pub fn real() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        let text = std::fs::read_to_string("static/catalog/main.json").unwrap();
        Catalog::from_json(&text).unwrap()
    });
    &CATALOG
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn now() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}
