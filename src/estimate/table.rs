use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Estimate;
use crate::catalog::Listing;
use crate::scenario::ModelKey;

/// A column of the table that it can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Model,
    PromptTokens,
    PromptCost,
    AnswerCost,
    Request,
    Context,
}

/// The order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Sort {
            column: Column::Request,
            descending: false,
        }
    }
}

/// Which models the table holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub query: String,
    pub provider: Option<String>,
    /// At most this much for one request, in dollars.
    pub most: Option<Decimal>,
    /// At least this window.
    pub window: Option<u64>,
}

impl Filter {
    /// Whether an estimate passes; the query is the catalogue's to answer.
    pub fn passes(&self, estimate: &Estimate) -> bool {
        self.provider
            .as_ref()
            .is_none_or(|provider| *provider == estimate.key.provider)
            && self.most.is_none_or(|most| {
                estimate
                    .request
                    .as_ref()
                    .is_ok_and(|cost| cost.expected.total.amount() <= most)
            })
            && self
                .window
                .is_none_or(|least| estimate.fit.window.is_some_and(|window| window >= least))
    }

    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}

/// Pinned rows first, in the order they were pinned; then by the sort. A row without the figure it is sorted by comes
/// last, whichever way the sort runs.
pub fn arrange<'a>(rows: &mut [(Listing<'a>, Estimate)], pins: &[ModelKey], sort: Sort) {
    rows.sort_by(|(left_listing, left), (right_listing, right)| {
        let place = |estimate: &Estimate| {
            pins.iter()
                .position(|pin| *pin == estimate.key)
                .unwrap_or(usize::MAX)
        };
        place(left)
            .cmp(&place(right))
            .then_with(|| ordered(left, right, sort))
            .then_with(|| left_listing.model.id.cmp(&right_listing.model.id))
            .then_with(|| left.key.provider.cmp(&right.key.provider))
    });
}

fn ordered(left: &Estimate, right: &Estimate, sort: Sort) -> Ordering {
    match (figure(left, sort.column), figure(right, sort.column)) {
        (Some(a), Some(b)) if sort.descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
    .then_with(|| by_name(left, right, sort))
}

fn by_name(left: &Estimate, right: &Estimate, sort: Sort) -> Ordering {
    let order = left.key.model.cmp(&right.key.model);
    if sort.column == Column::Model && sort.descending {
        order.reverse()
    } else {
        order
    }
}

fn figure(estimate: &Estimate, column: Column) -> Option<Decimal> {
    let cost = estimate.request.as_ref().ok();
    match column {
        Column::Model => Some(Decimal::ZERO),
        Column::PromptTokens => Some(estimate.prompt.total.tokens.into()),
        Column::PromptCost => cost?.of_prompt().map(|money| money.amount()),
        Column::AnswerCost => cost?.of_answer().map(|money| money.amount()),
        Column::Request => Some(cost?.expected.total.amount()),
        Column::Context => estimate.fit.window.map(Decimal::from),
    }
}

/// The cheapest priced row that is not free, against which the others are measured.
pub fn cheapest<'a>(rows: impl IntoIterator<Item = &'a Estimate>) -> Option<&'a Estimate> {
    let amount = |estimate: &Estimate| {
        estimate
            .request
            .as_ref()
            .ok()
            .map(|cost| cost.expected.total.amount())
            .filter(|amount| !amount.is_zero())
    };
    rows.into_iter()
        .filter(|estimate| amount(estimate).is_some())
        .min_by_key(|estimate| amount(estimate))
}
