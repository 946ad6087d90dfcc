//! Which rate one meter gets, and why.

use crate::calendar::Date;
use crate::catalog::{Model, Moment, Origin, Rate, RateCard, Tier, Window};
use crate::money::{Money, MoneyError};
use crate::usage::Meter;
use rust_decimal::Decimal;
use std::sync::Arc;

/// One exact amount with its why.
///
/// ```
/// use foretoken::{Catalog, Meter, Usage, rating::rate_request};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let (model, noon) = (catalog.find("gpt-4o").unwrap().model, "2026-11-24T12:00:00Z".parse().unwrap());
/// let usage = Usage { cache_read_tokens: 400, ..Usage::request(1_000, 280) };
/// let read = rate_request(model, &usage, noon, None).unwrap().charges[1].clone();
/// // No price for what the cache holds: 400 × $2.50 per million, as for any other input.
/// assert_eq!((read.meter, read.priced_as, read.quantity), (Meter::CacheRead, Meter::Input, 400));
/// assert_eq!(read.amount.amount().to_string(), "0.001");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    pub meter: Meter,
    pub quantity: u64,
    /// The meter whose rate it got: itself, or the one it is part of. Cached input without a price of its own is
    /// charged as input (never less than its price), reasoning without one as output.
    pub priced_as: Meter,
    /// Dollars per `per`.
    pub rate: Decimal,
    pub per: u32,
    pub amount: Money,
    pub tier: TierChoice,
    /// The variant whose price this is; `None` is the standard price.
    pub variant: Option<Arc<str>>,
    /// A variant was asked for and does not name this meter, so it got the standard price.
    pub fell_back: bool,
    pub window: ChargeWindow,
    pub source: Arc<str>,
    pub checked: Option<Date>,
    pub origin: Origin,
}

/// The days between which the rate holds: the second is the first day it no longer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargeWindow {
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// It holds only in some hours or on some weekdays.
    pub recurs: bool,
}

/// Which context tier a rate was taken from.
///
/// ```
/// use foretoken::{Catalog, Usage, rating::{TierChoice, rate_request}};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-5.4", "basis": "exact",
///     "prices": [{"usd": {"input": ["2.5", ">272000", "5"], "output": "15"}}]}]}]}"#).unwrap();
/// let (model, noon) = (catalog.find("gpt-5.4").unwrap().model, "2026-11-24T12:00:00Z".parse().unwrap());
/// let tier = |input| rate_request(model, &Usage::request(input, 0), noon, None).unwrap().charges[0].tier;
/// assert!(matches!(tier(272_000), TierChoice::Under(next) if next.threshold == 272_000));
/// assert!(matches!(tier(272_001), TierChoice::Reached(tier) if tier.amount == 5.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierChoice {
    /// The price has no tiers.
    Flat,
    /// The request stays under the first tier.
    Under(Tier),
    /// The request reaches this tier, which holds for all of it.
    Reached(Tier),
}

/// How a request is looked at while its meters find their rates.
pub(super) struct Lookup<'a> {
    model: &'a Model,
    variant: Option<&'a str>,
    card: Option<&'a RateCard>,
    at: Moment,
    input_tokens: u64,
}

/// A list price and where it comes from.
pub(super) struct Listed {
    pub rate: Decimal,
    pub per: u32,
    /// The threshold of the long-prompt tier it was taken from.
    pub tier: Option<u64>,
    pub source: Arc<str>,
    pub checked: Option<Date>,
    pub yours: bool,
}

struct Found<'a> {
    rate: &'a Rate,
    card: Option<&'a RateCard>,
    variant: Option<&'a Arc<str>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(
        model: &'a Model,
        variant: Option<&'a str>,
        at: Moment,
        input_tokens: u64,
    ) -> Lookup<'a> {
        Lookup {
            model,
            variant,
            card: model.card(at),
            at,
            input_tokens,
        }
    }

    /// The charge for this much of a meter, or nothing where it has no price.
    pub(super) fn charge(&self, meter: Meter, quantity: u64) -> Option<Result<Charge, MoneyError>> {
        let own = self.rate(meter).map(|found| (meter, found));
        let (priced_as, found) = own.or_else(|| {
            let whole = part_of(meter)?;
            Some((whole, self.rate(whole)?))
        })?;
        Some(self.priced(meter, quantity, priced_as, &found))
    }

    /// What a meter is listed at, whatever was used of it.
    pub(super) fn list(&self, meter: Meter) -> Option<Listed> {
        let found = self.rate(meter).or_else(|| self.rate(part_of(meter)?))?;
        let tier = choose(found.rate, self.input_tokens);
        let yours = || crate::catalog::YOURS.into();
        Some(Listed {
            rate: tier.amount(found.rate.amount),
            per: found.rate.per,
            tier: match tier {
                TierChoice::Reached(tier) => Some(tier.threshold),
                _ => None,
            },
            source: found.card.map_or_else(yours, |card| card.source.clone()),
            checked: found.card.and_then(|card| card.checked),
            yours: found.rate.origin == Origin::Yours,
        })
    }

    fn rate(&self, meter: Meter) -> Option<Found<'a>> {
        self.of_variant(meter)
            .or_else(|| self.of_user(meter))
            .or_else(|| self.of_card(meter))
    }

    fn of_variant(&self, meter: Meter) -> Option<Found<'a>> {
        let asked = self.variant?;
        self.model.variants.iter().rev().find_map(|variant| {
            let holds = variant.name.as_ref() == asked && variant.card.window.contains(self.at);
            let rate = holds.then(|| variant.card.rate(meter)).flatten()?;
            Some(Found {
                rate,
                card: Some(&variant.card),
                variant: Some(&variant.name),
            })
        })
    }

    fn of_user(&self, meter: Meter) -> Option<Found<'a>> {
        let rate = self.model.yours.iter().find(|rate| rate.meter == meter)?;
        Some(Found {
            rate,
            card: None,
            variant: None,
        })
    }

    fn of_card(&self, meter: Meter) -> Option<Found<'a>> {
        let card = self.card?;
        Some(Found {
            rate: card.rate(meter)?,
            card: Some(card),
            variant: None,
        })
    }

    fn priced(
        &self,
        meter: Meter,
        quantity: u64,
        priced_as: Meter,
        found: &Found,
    ) -> Result<Charge, MoneyError> {
        let tier = choose(found.rate, self.input_tokens);
        let rate = tier.amount(found.rate.amount);
        let yours = || crate::catalog::YOURS.into();
        Ok(Charge {
            meter,
            quantity,
            priced_as,
            rate,
            per: found.rate.per,
            amount: Money::usd(rate).share(quantity.into(), found.rate.per.into())?,
            tier,
            variant: found.variant.cloned(),
            fell_back: self.variant.is_some() && found.variant.is_none(),
            window: found
                .card
                .map_or(ChargeWindow::ALWAYS, |card| (&card.window).into()),
            source: found.card.map_or_else(yours, |card| card.source.clone()),
            checked: found.card.and_then(|card| card.checked),
            origin: found.rate.origin,
        })
    }
}

/// The meter a part without a price of its own is charged as. A cached token is an input token and never dearer than
/// one, so input is a safe upper bound (it is also what our source and model-prices do). A written token may be dearer:
/// it has no stand-in.
fn part_of(meter: Meter) -> Option<Meter> {
    match meter {
        Meter::CacheRead => Some(Meter::Input),
        Meter::Reasoning => Some(Meter::Output),
        _ => None,
    }
}

fn choose(rate: &Rate, input_tokens: u64) -> TierChoice {
    match (rate.tier(input_tokens), rate.tiers.first()) {
        (Some(reached), _) => TierChoice::Reached(*reached),
        (None, Some(first)) => TierChoice::Under(*first),
        (None, None) => TierChoice::Flat,
    }
}

impl TierChoice {
    fn amount(self, base: Decimal) -> Decimal {
        match self {
            TierChoice::Reached(tier) => tier.amount,
            TierChoice::Flat | TierChoice::Under(_) => base,
        }
    }
}

impl ChargeWindow {
    pub const ALWAYS: ChargeWindow = ChargeWindow {
        from: None,
        to: None,
        recurs: false,
    };
}

impl From<&Window> for ChargeWindow {
    fn from(window: &Window) -> ChargeWindow {
        ChargeWindow {
            from: window.from,
            to: window.to,
            recurs: window.recurs(),
        }
    }
}
