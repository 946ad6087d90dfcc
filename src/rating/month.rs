//! What a month of requests costs when rates change within it.

use super::RatingError;
use super::request::{Rated, rate_request, sum};
use crate::calendar::{Month, Timestamp};
use crate::catalog::{Model, Window};
use crate::money::{Money, product, quotient};
use crate::usage::Usage;
use rust_decimal::Decimal;

/// A month of equal requests, spread evenly over its seconds.
///
/// ```
/// use foretoken::{Catalog, Usage, calendar::Month, catalog::PriceOverride, rating::rate_month};
/// let own = serde_json::from_str(r#"{"id": "own", "prices": [{"meter": "input", "amount": "2.5"},
///     {"meter": "output", "amount": "10"}]}"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&[PriceOverride::Model(own)]);
/// let (model, december) = (catalog.find("own").unwrap().model, Month::utc(2026, 12).unwrap());
/// let charge = rate_month(model, &Usage::request(1_000, 280), 100.into(), &december, None).unwrap();
/// // 31 × 100 requests at $0.0025 + $0.0028 each.
/// assert_eq!((charge.requests, charge.total.amount()), (3_100.into(), "16.43".parse().unwrap()));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MonthCharge {
    /// Requests a day × the days of the month.
    pub requests: Decimal,
    pub lines: Vec<MonthLine>,
    /// The lines as shown, added.
    pub total: Money,
}

/// The part of a month in which a request costs the same, in one piece or many.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthLine {
    /// The month's requests × this line's share of its seconds. It may be a fraction.
    pub requests: Decimal,
    pub seconds: i64,
    /// Where its first piece starts and its last one ends.
    pub start: Timestamp,
    pub end: Timestamp,
    pub pieces: usize,
    pub per_request: Rated,
    /// Rounded once, to the cent.
    pub amount: Money,
}

/// What `requests_per_day` such requests cost over the month, cut wherever a rate changes.
///
/// ```
/// use foretoken::{calendar::Month, catalog::Catalog, rating::rate_month, usage::Usage};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "google", "name": "Google",
///     "source": "https://ai.google.dev/gemini-api/docs/pricing", "models": [{"id": "gemini-3.7-flash", "basis": "probable",
///     "prices": [{"usd": {"input": "0.75", "output": "3.75"}},
///                {"from": "2027-01-01", "usd": {"input": "1.5", "output": "7.5"}}]}]}]}"#).unwrap();
/// let model = catalog.find("gemini-3.7-flash").unwrap().model;
/// // December 2026 in New York ends five hours into the new price.
/// let [start, end] = ["2026-12-01T05:00:00Z", "2027-01-01T05:00:00Z"].map(|edge| edge.parse().unwrap());
/// let month = Month::between(2026, 12, start, end).unwrap();
/// let charge = rate_month(model, &Usage::request(10_000, 1_000), 1_000.into(), &month, None).unwrap();
/// // 31,000 × 739/744 × $0.01125 = 346.40625, and 31,000 × 5/744 × $0.0225 = 4.6875.
/// let shown: Vec<String> = charge.lines.iter().map(|line| line.amount.amount().to_string()).collect();
/// assert_eq!(shown, ["346.41", "4.69"]);
/// assert_eq!(charge.total.amount(), "351.10".parse().unwrap());
/// ```
pub fn rate_month(
    model: &Model,
    usage_per_request: &Usage,
    requests_per_day: Decimal,
    month: &Month,
    variant: Option<&str>,
) -> Result<MonthCharge, RatingError> {
    let requests = product(requests_per_day, month.days().into())?;
    let mut lines: Vec<MonthLine> = Vec::new();
    for (start, end) in pieces(model, month, variant) {
        let rated = rate_request(model, usage_per_request, start, variant)?;
        let line = lines
            .iter_mut()
            .find(|line| same_rates(&line.per_request, &rated));
        match line {
            Some(line) => line.extend(start, end),
            None => lines.push(MonthLine::new(start, end, rated)),
        }
    }
    for line in &mut lines {
        line.settle(requests, month)?;
    }
    let total = sum(lines.iter().map(|line| line.amount))?;
    Ok(MonthCharge {
        requests,
        lines,
        total,
    })
}

/// The month cut at every instant at which a price of this model may change.
fn pieces(model: &Model, month: &Month, variant: Option<&str>) -> Vec<(Timestamp, Timestamp)> {
    let mut edges: Vec<Timestamp> = windows(model, variant)
        .flat_map(|window| window.edges(month.start(), month.end()))
        .chain([month.start(), month.end()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn windows<'a>(model: &'a Model, variant: Option<&'a str>) -> impl Iterator<Item = &'a Window> {
    let asked = move |name: &str| variant == Some(name);
    let varied = model.variants.iter().filter(move |each| asked(&each.name));
    let cards = varied.map(|each| &each.card).chain(&model.cards);
    cards.map(|card| &card.window)
}

fn same_rates(left: &Rated, right: &Rated) -> bool {
    let rates = |rated: &Rated| {
        let charges = rated.charges.iter();
        charges
            .map(|charge| (charge.meter, charge.rate))
            .collect::<Vec<_>>()
    };
    rates(left) == rates(right)
}

impl MonthLine {
    fn new(start: Timestamp, end: Timestamp, per_request: Rated) -> MonthLine {
        MonthLine {
            requests: Decimal::ZERO,
            seconds: end.as_second() - start.as_second(),
            start,
            end,
            pieces: 1,
            amount: per_request.total,
            per_request,
        }
    }

    fn extend(&mut self, start: Timestamp, end: Timestamp) {
        self.seconds += end.as_second() - start.as_second();
        self.end = end;
        self.pieces += 1;
    }

    /// Multiply first, divide last and once, round once.
    fn settle(&mut self, requests: Decimal, month: &Month) -> Result<(), RatingError> {
        let (part, whole) = reduced(self.seconds, month.seconds());
        let share = product(requests, part.into())?;
        self.requests = quotient(share, whole.into())?;
        let exact = self.per_request.total.share(share, whole.into())?;
        self.amount = exact.rounded();
        Ok(())
    }
}

/// 739 hours of a month's 744 are 739/744, not 2,660,400/2,678,400: fewer digits leave room for more requests.
fn reduced(part: i64, whole: i64) -> (i64, i64) {
    let (mut divisor, mut rest) = (whole, part);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (part / divisor, whole / divisor)
}
