use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::Estimate;
use crate::catalog::Listing;
use crate::scenario::ModelKey;

/// A column of the table that it can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// As they come: the best match of a search first.
    Match,
    Model,
    PromptTokens,
    PromptCost,
    AnswerCost,
    Request,
    Context,
}

/// The order of the table.
///
/// ```
/// use foretoken::estimate::{Column, Sort};
/// let cheapest_first = Sort { column: Column::Request, descending: false };
/// assert_eq!(Sort::default(), cheapest_first);
/// ```
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

/// Whose models the table holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sellers {
    /// Those who made them, and the user's own.
    #[default]
    Makers,
    /// Clouds and other hosts too: many models then stand there several times.
    Everyone,
    /// One provider, by its id.
    One(String),
}

impl Sellers {
    pub fn includes(&self, listing: Listing<'_>) -> bool {
        let Listing { provider, model } = listing;
        match self {
            Sellers::Makers => !provider.host && !model.resold,
            Sellers::Everyone => true,
            Sellers::One(id) => *id == *provider.id,
        }
    }
}

/// Which models the table holds.
///
/// ```
/// use foretoken::{Catalog, catalog::PriceOverride, estimate::Filter};
/// let own = serde_json::from_str(r#"{"id": "own", "context_window": 128000, "prices": []}"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&[PriceOverride::Model(own)]);
/// let passes = |filter: Filter| filter.passes(catalog.find("own").unwrap(), None);
/// assert!(passes(Filter { window: Some(128_000), ..Filter::default() }));
/// assert!(!passes(Filter { window: Some(128_001), ..Filter::default() }));
/// assert!(!passes(Filter { most: Some(1.into()), ..Filter::default() }), "no price is not a low one");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub query: String,
    pub sellers: Sellers,
    /// At most this much for one request, in dollars.
    pub most: Option<Decimal>,
    /// At least this window.
    pub window: Option<u64>,
}

impl Filter {
    /// Whether a model passes; the query is the catalogue's to answer.
    pub fn passes(&self, listing: Listing<'_>, estimate: Option<&Estimate>) -> bool {
        let model = listing.model;
        let window = model.window();
        self.sellers.includes(listing)
            && self
                .window
                .is_none_or(|least| window.is_some_and(|window| window >= least))
            && self.most.is_none_or(|most| {
                estimate
                    .filter(|estimate| estimate.is_whole())
                    .and_then(|estimate| estimate.request.as_ref().ok())
                    .is_some_and(|cost| cost.expected.total.amount() <= most)
            })
    }
}

/// A model and its estimate; nothing before a prompt is counted.
type Line<'a> = (Listing<'a>, Option<Estimate>);

/// Pinned rows first, in the order they were pinned; then by the sort. A row without the figure it is sorted by comes
/// last, whichever way the sort runs.
///
/// ```
/// use foretoken::{Catalog, estimate::{Column, Sort, arrange}};
/// let own = serde_json::from_str::<Vec<_>>(r#"[{"model": {"id": "unknown", "prices": []}},
///     {"model": {"id": "small", "context_window": 32000, "prices": []}},
///     {"model": {"id": "large", "context_window": 128000, "prices": []}}]"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&own);
/// let mut lines: Vec<_> = catalog.listings().map(|listing| (listing, None)).collect();
/// arrange(&mut lines, &[], Sort { column: Column::Context, descending: true });
/// assert_eq!(lines.iter().map(|(each, _)| each.model.title()).collect::<Vec<_>>(), ["large", "small", "unknown"]);
/// ```
pub fn arrange(lines: &mut [Line<'_>], pins: &[ModelKey], sort: Sort) {
    lines.sort_by_cached_key(|line| sort_key(line, pins, sort));
}

/// Smaller comes first. The name settles what the figures leave open.
fn sort_key(
    (listing, estimate): &Line<'_>,
    pins: &[ModelKey],
    sort: Sort,
) -> (usize, bool, Decimal, Option<Spelled>) {
    let pinned = pins.iter().position(|pin| pin.is(*listing));
    let title = listing.model.title().to_ascii_lowercase();
    let figure = figure(*listing, estimate.as_ref(), sort.column);
    let sign = |figure: Decimal| if sort.descending { -figure } else { figure };
    let backwards = sort.column == Column::Model && sort.descending;
    (
        pinned.unwrap_or(usize::MAX),
        figure.is_none(),
        figure.map(sign).unwrap_or_default(),
        (sort.column != Column::Match).then(|| Spelled::new(title, backwards)),
    )
}

/// A name, in the order of the alphabet or against it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Spelled {
    Forwards(String),
    Backwards(Reverse<String>),
}

impl Spelled {
    fn new(name: String, backwards: bool) -> Self {
        if backwards {
            Spelled::Backwards(Reverse(name))
        } else {
            Spelled::Forwards(name)
        }
    }
}

fn figure(listing: Listing<'_>, estimate: Option<&Estimate>, column: Column) -> Option<Decimal> {
    // A figure that leaves something out is no figure to sort by.
    let estimate = estimate.filter(|estimate| estimate.is_whole());
    let cost = || estimate?.request.as_ref().ok();
    match column {
        Column::Match | Column::Model => Some(Decimal::ZERO),
        Column::PromptTokens => Some(estimate?.prompt.total.tokens.into()),
        Column::PromptCost => cost()?.of_prompt().map(|money| money.amount()),
        Column::AnswerCost => cost()?.of_answer().map(|money| money.amount()),
        Column::Request => Some(cost()?.expected.total.amount()),
        Column::Context => {
            let model = listing.model;
            model.window().map(Decimal::from)
        }
    }
}

/// The cheapest priced one that is not free, against which the others are measured.
pub fn cheapest<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> Option<&'a Estimate> {
    comparable(estimates)
        .min_by_key(|(amount, _)| *amount)
        .map(|(_, estimate)| estimate)
}

/// The dearest priced one.
pub fn dearest<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> Option<&'a Estimate> {
    comparable(estimates)
        .max_by_key(|(amount, _)| *amount)
        .map(|(_, estimate)| estimate)
}

/// A prompt up to this long fits every model sold today; a longer one may not fit where the window is unknown.
const SMALL_PROMPT: u64 = 8_000;

/// Those with a price above 0 for all of a request that fits, or surely would.
fn comparable<'a>(
    estimates: impl IntoIterator<Item = &'a Estimate>,
) -> impl Iterator<Item = (Decimal, &'a Estimate)> {
    let whole = |estimate: &&Estimate| estimate.is_whole();
    estimates.into_iter().filter(whole).filter_map(|estimate| {
        let amount = estimate.request.as_ref().ok()?.expected.total.amount();
        let fits = estimate
            .fit
            .fits
            .unwrap_or(estimate.fit.prompt <= SMALL_PROMPT);
        (fits && !amount.is_zero()).then_some((amount, estimate))
    })
}
