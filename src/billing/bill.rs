//! The bill: lines that add up, and each line's working.

use super::credits::CreditUse;
use super::measuring::{Allowance, Measured};
use crate::calendar::Period;
use crate::money::{Currency, Exact, MoneyError, Ratio};
use crate::rating::price::Slice;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// What is to be paid for a period, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    pub plan: Arc<str>,
    pub currency: Currency,
    pub period: Period,
    pub lines: Vec<LineItem>,
    pub totals: Totals,
    /// Included units of each charge that has any.
    pub included: Vec<IncludedUse>,
    pub credits: Vec<CreditUse>,
    /// Bills made before the end of the period, and the last one; empty where the plan makes one bill only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interim: Vec<super::InterimBill>,
    /// Records outside the period or outside the plan's active days.
    pub left_out: usize,
}

/// One line, rounded once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineItem {
    pub kind: LineKind,
    /// The charge it comes from; adjustments have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge: Option<Arc<str>>,
    pub name: Arc<str>,
    /// What sets it apart from other lines of its charge.
    #[serde(serialize_with = "map")]
    pub group: Group,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Measured>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slices: Vec<Slice>,
    /// What an adjustment worked on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Exact>,
    /// The share it took of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Exact>,
    /// Before rounding, at most 28 digits of it.
    pub exact: Exact,
    pub amount: Exact,
    /// The amount with all of its digits, which sums go by: where lines are not rounded it may have no end.
    #[serde(skip)]
    pub(super) due: Ratio,
}

/// Names and values, in the order the plan groups by.
pub type Group = Vec<(Arc<str>, Arc<str>)>;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Due whatever was used.
    Fixed,
    Usage,
    Discount,
    Minimum,
    Maximum,
    Commitment,
    Tax,
    Credit,
}

/// Sums of lines by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub fixed: Exact,
    pub usage: Exact,
    pub discounts: Exact,
    /// Minimums and maximums, of charges and of the plan.
    pub limits: Exact,
    pub commitment: Exact,
    /// Before tax and before credits.
    pub net: Exact,
    pub tax: Exact,
    pub credits: Exact,
    /// What is to be paid.
    pub total: Exact,
}

/// Included units of one charge, or of one group of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncludedUse {
    pub charge: Arc<str>,
    #[serde(serialize_with = "map")]
    pub group: Group,
    #[serde(flatten)]
    pub units: Allowance,
}

fn map<S: Serializer>(group: &Group, out: S) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(Some(group.len()))?;
    for (name, value) in group {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

impl LineItem {
    /// A line that is no charge's own.
    pub(super) fn adjustment(
        kind: LineKind,
        name: &str,
        exact: Ratio,
        due: Ratio,
    ) -> Result<LineItem, MoneyError> {
        Ok(LineItem {
            kind,
            charge: None,
            name: name.into(),
            group: Vec::new(),
            quantity: None,
            slices: Vec::new(),
            of: None,
            percent: None,
            exact: exact.value()?.into(),
            amount: due.value()?.into(),
            due,
        })
    }
}

impl Bill {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The lines of one kind.
    pub fn lines_of(&self, kind: LineKind) -> impl Iterator<Item = &LineItem> {
        self.lines.iter().filter(move |line| line.kind == kind)
    }
}
