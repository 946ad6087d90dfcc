//! What the table and the reading show, worked out from the state.

use std::rc::Rc;

use foretoken::calendar::{Date, Month, day_utc};
use foretoken::catalog::{Listing, Model};
use foretoken::estimate::{
    Estimate, MonthEstimate, NoFigure, Sellers, arrange, cheapest, dearest, estimate,
    estimate_month, key_of,
};
use foretoken::money::{self, Money};
use foretoken::scenario::ModelKey;
use foretoken::tokens::Encoding;
use foretoken::usage::Meter;
use rust_decimal::Decimal;

use crate::store::{FIRST_ROWS, MOST_PINS, State, is_offered};

/// A price not checked for longer than this is flagged.
const STALE_DAYS: i64 = 30;
/// The model a first visitor reads, where the catalogue has it.
const FIRST_READ: (&str, &str) = ("openai", "gpt-6.1-sol");

/// One model, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub key: ModelKey,
    pub provider: String,
    pub title: String,
    /// What its tokens are counted with, where its vocabulary is published.
    pub encoding: Option<Encoding>,
    pub estimate: Option<Estimate>,
    pub month: Option<Result<MonthEstimate, NoFigure>>,
    /// Dollars per million prompt and answer tokens, at their base.
    pub rates: (Option<Decimal>, Option<Decimal>),
    pub window: Option<u64>,
    pub checked: Option<Date>,
    pub stale_days: Option<i64>,
    pub retires: Option<Date>,
    /// The next day on which its price is known to change.
    pub next_change: Option<Date>,
    pub depends_on_the_hour: bool,
    pub yours: bool,
    pub litellm: Option<bool>,
    /// How many times the cheapest; nothing where there is no figure.
    pub ratio: Option<Decimal>,
    pub pin: Pin,
    /// A variant was asked for that this model is not sold in.
    pub lacks_variant: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    No,
    Yes,
    /// The last pinned row, which closes the comparison.
    Last,
    /// Not pinned, and no more can be.
    Full,
}

/// The table, and what the reading says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub rows: Vec<Rc<Row>>,
    pub matching: usize,
    pub cheapest: Option<Rc<Row>>,
    pub dearest: Option<Rc<Row>>,
    /// Each matching model's price of one request.
    pub marks: Vec<Decimal>,
    pub stale: usize,
    pub reading: Option<Rc<Row>>,
}

type Line<'a> = (Listing<'a>, Option<Estimate>);

/// Work the table out. What a model is measured against is the market, not what a search left of it.
pub fn table(state: &State, month: Month) -> Table {
    let market = market(state, month);
    let estimates = || market.iter().filter_map(|(_, estimate)| estimate.as_ref());
    let (least, most) = (cheapest(estimates()), dearest(estimates()));
    let floor = least.and_then(price);
    let whole = || estimates().filter(|estimate| estimate.is_whole());
    let make = |(listing, estimate): &Line<'_>| {
        Rc::new(row(state, month, *listing, estimate.clone(), floor))
    };
    let of = |wanted: Option<&Estimate>| {
        let wanted = &wanted?.key;
        let line = market.iter().find(|(listing, _)| wanted.is(*listing))?;
        Some(make(line))
    };
    let found = found(state, month, &market);
    let shown = if state.view.all_rows {
        found.len()
    } else {
        FIRST_ROWS
    };
    Table {
        matching: found.len(),
        cheapest: of(least),
        dearest: of(most),
        marks: whole().filter_map(price).collect(),
        stale: found
            .iter()
            .filter(|(listing, _)| stale_days(state, *listing).is_some())
            .count(),
        reading: reading(state, month, floor),
        rows: found.iter().take(shown).map(make).collect(),
    }
}

/// Every text model sold today by those the user asked for, and always by those who make them.
fn market(state: &State, month: Month) -> Vec<Line<'_>> {
    let today = day_utc(state.now);
    let sellers = &state.view.filter.sellers;
    let sold = |listing: &Listing<'_>| {
        is_offered(*listing, today)
            && (sellers.includes(*listing) || Sellers::Makers.includes(*listing))
    };
    let listings = state.catalog.listings().filter(sold);
    listings
        .map(|listing| (listing, estimate(listing, state.given(month))))
        .collect()
}

/// The lines of the table, in their order. What is pinned is there whatever is searched.
fn found<'a>(state: &'a State, month: Month, market: &[Line<'a>]) -> Vec<Line<'a>> {
    let query = state.view.filter.query.trim();
    let mut found: Vec<Line<'_>> = if query.is_empty() {
        market.to_vec()
    } else {
        let today = day_utc(state.now);
        let hits = state.catalog.search(query).into_iter();
        hits.filter(|listing| is_offered(*listing, today))
            .map(|listing| (listing, estimate(listing, state.given(month))))
            .collect()
    };
    found.retain(|(listing, estimate)| {
        let pinned = state.scenario.pins.iter().any(|pin| pin.is(*listing));
        pinned || state.view.filter.passes(*listing, estimate.as_ref())
    });
    for pin in &state.scenario.pins {
        let here = found.iter().any(|(listing, _)| pin.is(*listing));
        if let (false, Some(listing)) = (here, state.catalog.get(&pin.provider, &pin.model)) {
            found.push((listing, estimate(listing, state.given(month))));
        }
    }
    if state.is_empty() {
        found.sort_by_cached_key(|(listing, _)| list_price(state, *listing));
    }
    arrange(&mut found, &state.scenario.pins, state.sort());
    found
}

/// The order before there is a prompt: by a million tokens each way, and last what has no price.
fn list_price(state: &State, listing: Listing<'_>) -> (bool, Decimal) {
    let sum = rate_now(state, listing, Meter::Input)
        .zip(rate_now(state, listing, Meter::Output))
        .and_then(|(prompt, answer)| money::sum(prompt, answer).ok());
    (sum.is_none(), sum.unwrap_or_default())
}

fn rate_now(state: &State, listing: Listing<'_>, meter: Meter) -> Option<Decimal> {
    let rate = listing.model.base_rate(state.now.into(), None, meter)?;
    Some(rate.amount)
}

/// The model under the large figure: the one chosen, else the usual first, else the first there is.
fn reading(state: &State, month: Month, floor: Option<Decimal>) -> Option<Rc<Row>> {
    let listing = selected(state)?;
    let estimated = estimate(listing, state.given(month));
    Some(Rc::new(row(state, month, listing, estimated, floor)))
}

pub fn selected(state: &State) -> Option<Listing<'_>> {
    let get = |key: &ModelKey| state.catalog.get(&key.provider, &key.model);
    let today = day_utc(state.now);
    let offered = |listing: &Listing<'_>| is_offered(*listing, today);
    state
        .scenario
        .selected
        .as_ref()
        .and_then(get)
        .or_else(|| {
            state
                .catalog
                .get(FIRST_READ.0, FIRST_READ.1)
                .filter(offered)
        })
        .or_else(|| state.catalog.listings().find(offered))
}

fn row(
    state: &State,
    month: Month,
    listing: Listing<'_>,
    estimate: Option<Estimate>,
    floor: Option<Decimal>,
) -> Row {
    let model = listing.model;
    let key = key_of(listing);
    let card = model.card(state.now.into());
    let variant = state.scenario.load.variant.as_deref();
    let today = day_utc(state.now);
    Row {
        provider: listing.provider.name.clone(),
        title: model.title().to_owned(),
        encoding: encoding_of(model),
        month: estimate
            .as_ref()
            .map(|known| estimate_month(listing, known, state.given(month))),
        rates: (
            rate_now(state, listing, Meter::Input),
            rate_now(state, listing, Meter::Output),
        ),
        window: model.window(),
        checked: card.and_then(|card| card.checked),
        stale_days: stale_days(state, listing),
        retires: model.retires,
        next_change: model.next_change(today, variant),
        depends_on_the_hour: model.depends_on_the_hour(today, variant),
        yours: model.is_overridden(),
        litellm: model.agreement.litellm,
        ratio: ratio(estimate.as_ref(), floor),
        pin: pin_of(state, &key),
        lacks_variant: variant.is_some_and(|name| !model.variant_names().contains(&name)),
        estimate,
        key,
    }
}

pub fn encoding_of(model: &Model) -> Option<Encoding> {
    let known = model.encoding.as_deref().and_then(Encoding::from_name);
    known.map(Encoding::plain)
}

fn pin_of(state: &State, key: &ModelKey) -> Pin {
    let pins = &state.scenario.pins;
    match pins.iter().position(|pin| pin == key) {
        None if pins.len() >= MOST_PINS => Pin::Full,
        None => Pin::No,
        Some(index) if index + 1 == pins.len() => Pin::Last,
        Some(_) => Pin::Yes,
    }
}

fn stale_days(state: &State, listing: Listing<'_>) -> Option<i64> {
    let checked = listing.model.card(state.now.into())?.checked?;
    let age = day_utc(state.now).duration_since(checked).as_hours() / 24;
    (age > STALE_DAYS && !listing.model.is_overridden()).then_some(age)
}

fn ratio(estimate: Option<&Estimate>, floor: Option<Decimal>) -> Option<Decimal> {
    let estimate = estimate.filter(|estimate| estimate.is_whole())?;
    money::quotient(price(estimate)?, floor?).ok()
}

/// The expected price of one request.
pub fn price(estimate: &Estimate) -> Option<Decimal> {
    let cost = estimate.request.as_ref().ok()?;
    Some(cost.expected.total.amount())
}

impl Table {
    /// The encodings of the models above the table, that of the reading first.
    pub fn encodings(&self) -> Vec<Encoding> {
        let shown = self.reading.iter().chain(&self.cheapest);
        let shown = shown.chain(&self.dearest);
        shown.filter_map(|row| row.encoding).collect()
    }
}

impl Row {
    pub fn price(&self) -> Option<Money> {
        self.estimate.as_ref().and_then(price).map(Money::usd)
    }

    /// What is not counted of it, in words, where that is something.
    pub fn uncounted(&self) -> Option<String> {
        self.estimate.as_ref()?.prompt.leaves_out()
    }

    /// Before a figure that leaves something out.
    pub fn at_least(&self) -> &'static str {
        if self.uncounted().is_some() {
            "≥ "
        } else {
            ""
        }
    }

    pub fn is(&self, key: Option<&ModelKey>) -> bool {
        Some(&self.key) == key
    }
}
