//! A model, its rate cards and its variants.

use super::{Moment, Window, find::Clause, search::Spelling};
use crate::calendar::Date;
use crate::usage::Meter;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How well a count of a model's tokens can be known, before the text is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisClass {
    /// The model's own vocabulary is published.
    Exact,
    /// A vocabulary is published that the model very likely uses.
    Probable,
    /// No vocabulary is published.
    Estimate,
    /// It does not answer a text prompt with text: images, sound, pages, embeddings.
    NotText,
}

/// Who said so: the catalog, or the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Catalog,
    Yours,
}

/// Whether a model can still be asked, as far as the catalog knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Offered,
    /// The provider advises against it.
    Deprecated,
    /// Requests to it are refused. Its prices stay, for logs of the past.
    Removed,
}

/// Which other catalogs list the same price today, where they list the model at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// `Some(true)`: litellm lists the same base prices. `None`: it does not list the model.
    pub litellm: Option<bool>,
    pub model_prices: Option<bool>,
}

/// A model as one provider sells it.
///
/// ```
/// use foretoken::{Catalog, Meter};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "retires": "2027-01-15", "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let model = catalog.find("gpt-4o").unwrap().model;
/// let noon: jiff::Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
/// assert_eq!(model.card(noon.into()).unwrap().rate(Meter::Output).unwrap().amount, 10.into());
/// let last = jiff::civil::date(2027, 1, 14);
/// assert!(!model.is_gone(last) && model.is_gone(last.tomorrow().unwrap()));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub id: Arc<str>,
    pub name: Option<String>,
    /// Tokens of input and output together, as the provider states its window.
    pub context_window: Option<u64>,
    /// The most input tokens a request may hold, where the provider states it apart from the window.
    pub max_input: Option<u64>,
    pub max_output: Option<u64>,
    /// The day the provider has named for its end.
    pub retires: Option<Date>,
    pub status: Status,
    /// The vocabulary or family of vocabularies that turns its text into tokens.
    pub encoding: Option<String>,
    pub basis: BasisClass,
    /// Somebody else made it: this provider only sells it.
    pub resold: bool,
    pub agreement: Agreement,
    pub origin: Origin,
    /// Standard rate cards; of those that hold, the last one counts.
    pub cards: Vec<RateCard>,
    pub variants: Vec<Variant>,
    /// The user's own standard prices, which come before every card.
    pub yours: Vec<Rate>,
    pub(super) clauses: Vec<Clause>,
    pub(super) spelling: Spelling,
}

impl Model {
    /// What to call it on the page.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// How much it holds: its window, or the most input where only that is stated.
    pub fn window(&self) -> Option<u64> {
        self.context_window.or(self.max_input)
    }

    /// The standard card that holds now.
    pub fn card(&self, at: Moment) -> Option<&RateCard> {
        self.cards
            .iter()
            .rev()
            .find(|card| card.window.contains(at))
    }

    /// The names of its variants, each once, in the catalog's order.
    pub fn variant_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for variant in &self.variants {
            if !names.contains(&variant.name.as_ref()) {
                names.push(&variant.name);
            }
        }
        names
    }

    /// Whether requests to it are refused by this day, or its last price has ended.
    pub fn is_gone(&self, today: Date) -> bool {
        let ended = |card: &RateCard| card.window.to.is_some_and(|to| to <= today);
        let unpriced = !self.cards.is_empty() && self.cards.iter().all(ended);
        unpriced || self.status == Status::Removed || self.retires.is_some_and(|day| day <= today)
    }

    /// The base rate of a meter now, the user's own first; of the variant where one is asked for and names the meter.
    pub fn base_rate(&self, at: Moment, variant: Option<&str>, meter: Meter) -> Option<&Rate> {
        let varied =
            self.variants.iter().rev().filter(|each| {
                variant == Some(each.name.as_ref()) && each.card.window.contains(at)
            });
        varied
            .filter_map(|each| each.card.rate(meter))
            .next()
            .or_else(|| self.yours.iter().find(|rate| rate.meter == meter))
            .or_else(|| self.card(at)?.rate(meter))
    }

    /// The first day after this one on which a price is known to begin or to end, in the standard way or in a variant.
    pub fn next_change(&self, today: Date, variant: Option<&str>) -> Option<Date> {
        self.windows(variant)
            .flat_map(|window| [window.from, window.to])
            .flatten()
            .filter(|day| *day > today)
            .min()
    }

    /// Whether a price that holds or will hold depends on the hour or the weekday.
    pub fn depends_on_the_hour(&self, today: Date, variant: Option<&str>) -> bool {
        self.windows(variant)
            .any(|window| window.recurs() && window.to.is_none_or(|to| to > today))
    }

    fn windows<'a>(&'a self, variant: Option<&'a str>) -> impl Iterator<Item = &'a Window> {
        let varied = self
            .variants
            .iter()
            .filter(move |each| variant == Some(each.name.as_ref()))
            .map(|each| &each.card);
        self.cards.iter().chain(varied).map(|card| &card.window)
    }

    /// Whether any price of this model is the user's own.
    pub fn is_overridden(&self) -> bool {
        let varied = self.variants.iter().flat_map(|variant| &variant.card.rates);
        self.origin == Origin::Yours
            || !self.yours.is_empty()
            || varied.into_iter().any(|rate| rate.origin == Origin::Yours)
    }
}

/// Prices that hold together in a window.
///
/// ```
/// use foretoken::{Meter, catalog::{Origin, Rate, RateCard, Window}};
/// let input = Rate { meter: Meter::Input, per: 1_000_000, amount: 2.into(), tiers: vec![], origin: Origin::Catalog };
/// let card = RateCard { window: Window::default(), rates: vec![input], source: "a price list".into(), checked: None };
/// assert_eq!(card.rate(Meter::Input).unwrap().amount, 2.into());
/// assert!(card.rate(Meter::Output).is_none(), "no price, which is not a price of 0");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RateCard {
    pub window: Window,
    pub rates: Vec<Rate>,
    pub source: Arc<str>,
    pub checked: Option<Date>,
}

impl RateCard {
    pub fn rate(&self, meter: Meter) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.meter == meter)
    }
}

/// What `per` of a meter cost, in dollars, and what they cost once the input passes a threshold.
///
/// ```
/// use foretoken::{Meter, catalog::{Operator, Origin, Rate, Tier}};
/// let long = Tier { threshold: 272_000, operator: Operator::Above, amount: 5.into() };
/// let (per, amount) = (1_000_000, "2.5".parse().unwrap());
/// let rate = Rate { meter: Meter::Input, per, amount, tiers: vec![long], origin: Origin::Catalog };
/// assert_eq!((rate.tier(272_000), rate.tier(272_001)), (None, Some(&long)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    pub meter: Meter,
    pub per: u32,
    pub amount: Decimal,
    /// Lowest threshold first.
    pub tiers: Vec<Tier>,
    pub origin: Origin,
}

impl Rate {
    /// The tier a request with this much input reaches. Output never counts.
    pub fn tier(&self, input_tokens: u64) -> Option<&Tier> {
        self.tiers
            .iter()
            .rev()
            .find(|tier| tier.holds(input_tokens))
    }
}

/// Above a threshold of input tokens the whole request costs another rate.
///
/// ```
/// use foretoken::catalog::{Operator, Tier};
/// let sol = Tier { threshold: 272_000, operator: Operator::Above, amount: "4".parse().unwrap() };
/// assert!(!sol.holds(272_000) && sol.holds(272_001));
/// let grok = Tier { threshold: 200_000, operator: Operator::AtLeast, amount: "4".parse().unwrap() };
/// assert!(!grok.holds(199_999) && grok.holds(200_000));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tier {
    pub threshold: u64,
    pub operator: Operator,
    pub amount: Decimal,
}

impl Tier {
    pub fn holds(&self, input_tokens: u64) -> bool {
        match self.operator {
            Operator::Above => input_tokens > self.threshold,
            Operator::AtLeast => input_tokens >= self.threshold,
        }
    }
}

/// Whether the threshold itself is inside the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `>`
    Above,
    /// `≥`
    AtLeast,
}

/// Prices for another way to ask: `batch`, `flex`, `priority`, `fast`. What it does not name costs the standard rate.
///
/// ```
/// use foretoken::{Catalog, Usage, rating::rate_request};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "prices": [{"usd": {"input": "2.5", "output": "10"}}],
///     "variants": [{"is": "batch", "usd": {"input": "1.25", "output": "5"}}]}]}]}"#).unwrap();
/// let (model, noon) = (catalog.find("gpt-4o").unwrap().model, "2026-11-24T12:00:00Z".parse().unwrap());
/// let batch = rate_request(model, &Usage::request(1_000, 280), noon, Some("batch")).unwrap();
/// // 1,000 × $1.25 + 280 × $5, per million.
/// assert_eq!(batch.total.amount().to_string(), "0.00265");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    pub name: Arc<str>,
    pub card: RateCard,
}
