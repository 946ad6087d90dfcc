//! Matrix: the price depends on what a record is: its model, its meter, its region.

use super::tiers::{above_zero, is_one, not_negative};
use super::{Part, Place, PlanError, Slice, expect, property};
use crate::money::Exact;
use crate::usage::UsageRecord;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Any value fits a cell that says this.
const ANY: &str = "*";

/// A table of prices by properties; the first cell that fits counts.
///
/// ```
/// use foretoken::{rating::price::Matrix, usage::UsageRecord};
/// let prices: Matrix = serde_json::from_str(r#"{"by": ["region", "meter"], "per": "1000", "default": "3",
///     "cells": [{"is": ["eu", "output"], "amount": "9"}, {"is": ["eu", "*"], "amount": "4"}]}"#).unwrap();
/// let mut record = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
/// record.properties.insert("region".into(), "eu".into());
/// record.quantities.insert("input".into(), 500.into());
/// assert_eq!(prices.of(&record, "input").unwrap().unwrap().amount.value().unwrap(), 2.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// What the price depends on: `model`, `provider`, `variant`, `meter` or properties.
    pub by: Vec<Arc<str>>,
    /// The first that fits counts.
    pub cells: Vec<Cell>,
    /// Where no cell fits; left out, such use is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Exact>,
    /// How many units an amount buys; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub per: Exact,
}

/// Values, one for each name in `by`, and what they cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// A value for each name in `by`; `*` fits any.
    pub is: Vec<Arc<str>>,
    /// For each `per` units.
    pub amount: Exact,
}

impl Matrix {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        above_zero("per", self.per)?;
        expect(
            !self.by.is_empty(),
            "by",
            "an empty list",
            "one name at least",
        )?;
        not_negative("default", self.default.unwrap_or_default())?;
        for (at, cell) in self.cells.iter().enumerate() {
            let fits = cell.is.len() == self.by.len();
            let values = format!("{} values, one for each name in by", self.by.len());
            expect(fits, "is", cell.is.len(), &values).at_item("cells", at)?;
            not_negative("amount", cell.amount).at_item("cells", at)?;
        }
        Ok(())
    }

    /// What one meter of a record costs; nothing where the record has none of it.
    pub fn of(&self, record: &UsageRecord, meter: &str) -> Result<Option<Slice>, PlanError> {
        let quantity = record.quantity(meter);
        if quantity.is_zero() {
            return Ok(None);
        }
        let values: Vec<&str> = self
            .by
            .iter()
            .map(|name| property(record, name, Some(meter)).unwrap_or(""))
            .collect();
        let fits = |cell: &&Cell| {
            cell.is
                .iter()
                .zip(&values)
                .all(|(is, value)| is.as_ref() == ANY || is.as_ref() == *value)
        };
        let place = self.cells.iter().position(|cell| fits(&cell));
        let cell = place.map(|at| &self.cells[at]);
        let amount = cell.map(|cell| cell.amount).or(self.default);
        let amount = amount.ok_or_else(|| {
            let what = format!("no cell fits {} and there is no default", values.join(", "));
            PlanError::new("cells", what)
        })?;
        let is = cell.map_or_else(|| vec![ANY.into(); self.by.len()], |cell| cell.is.clone());
        Slice::new(
            Part::Cell { cell: place, is },
            quantity.into(),
            *amount,
            *self.per,
        )
        .at("cells")
        .map(Some)
    }
}
