//! The user's own prices and models.

use super::search::Spelling;
use super::{
    Agreement, BasisClass, Catalog, Model, Origin, Provider, Rate, RateCard, Status, Variant,
    Window,
};
use crate::calendar::Date;
use crate::usage::Meter;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The provider that holds the user's own models.
pub const YOURS: &str = "yours";

/// One thing the user set right.
///
/// ```
/// use foretoken::{catalog::{Catalog, Origin, PriceOverride}, rating::rate_request, usage::{Meter, Usage}};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let agreed = PriceOverride::Price {
///     provider: "openai".into(), model: "gpt-4o".into(), variant: None,
///     meter: Meter::Input, amount: "2".parse().unwrap(),
/// };
/// let ours = catalog.with_overrides(&[agreed]);
/// let model = ours.find("gpt-4o").unwrap().model;
/// let rated = rate_request(model, &Usage::request(1_000, 100), "2026-11-24T12:00:00Z".parse().unwrap(), None).unwrap();
/// // 1,000 × $2 + 100 × $10, per million.
/// assert_eq!(rated.total.amount().to_string(), "0.003");
/// assert_eq!(rated.charges[0].origin, Origin::Yours);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceOverride {
    /// A price of a listed model, in dollars per [`Meter::per`]. It holds at any time and for any size of request.
    Price {
        provider: String,
        model: String,
        /// The variant it is for; `None` is the standard price.
        #[serde(default)]
        variant: Option<String>,
        meter: Meter,
        #[serde(with = "rust_decimal::serde::str")]
        amount: Decimal,
    },
    /// A whole model of the user's own.
    Model(OwnModel),
}

/// What an override is of: a provider's model, and of that one price, or all of it.
type Target<'a> = (&'a str, &'a str, Option<(Option<&'a str>, Meter)>);

impl PriceOverride {
    /// Two overrides with the same target say the same thing: the later one holds.
    ///
    /// ```
    /// use foretoken::{Meter, catalog::PriceOverride};
    /// let price = |amount: &str| PriceOverride::Price {
    ///     provider: "openai".into(), model: "gpt-4o".into(), variant: None,
    ///     meter: Meter::Input, amount: amount.parse().unwrap(),
    /// };
    /// assert_eq!(price("2").target(), ("openai", "gpt-4o", Some((None, Meter::Input))));
    /// assert_eq!(price("2").target(), price("1.8").target(), "another amount for the same price");
    /// ```
    pub fn target(&self) -> Target<'_> {
        match self {
            PriceOverride::Price {
                provider,
                model,
                variant,
                meter,
                ..
            } => (provider, model, Some((variant.as_deref(), *meter))),
            PriceOverride::Model(own) => (YOURS, &own.id, None),
        }
    }

    pub fn is_of(&self, provider: &str, model: &str) -> bool {
        let target = self.target();
        (target.0, target.1) == (provider, model)
    }
}

/// A model the user described, with its prices in dollars per [`Meter::per`].
///
/// ```
/// use foretoken::{Catalog, catalog::{OwnModel, PriceOverride, YOURS}};
/// let own: OwnModel = serde_json::from_str(r#"{"id": "in-house", "context_window": 32000,
///     "prices": [{"meter": "input", "amount": "0.5"}, {"meter": "output", "amount": "1.5"}]}"#).unwrap();
/// let catalog = Catalog::default().with_overrides(&[PriceOverride::Model(own)]);
/// let listing = catalog.get(YOURS, "in-house").unwrap();
/// assert_eq!((listing.model.context_window, listing.model.is_overridden()), (Some(32_000), true));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnModel {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub context_window: Option<u64>,
    #[serde(default)]
    pub max_output: Option<u64>,
    /// The vocabulary to count with, if the user knows it.
    #[serde(default)]
    pub encoding: Option<String>,
    pub prices: Vec<OwnPrice>,
}

/// One price of the user's own model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnPrice {
    pub meter: Meter,
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
}

pub(super) fn apply(catalog: &Catalog, overrides: &[PriceOverride]) -> Catalog {
    let mut changed = catalog.clone();
    for each in overrides {
        match each {
            PriceOverride::Price {
                provider,
                model,
                variant,
                meter,
                amount,
            } => {
                if let Some(model) = model_mut(&mut changed, provider, model) {
                    set_price(model, variant.as_deref(), rate(*meter, *amount));
                }
            }
            PriceOverride::Model(own) => add_model(&mut changed, own),
        }
    }
    changed
}

fn model_mut<'a>(catalog: &'a mut Catalog, provider: &str, model: &str) -> Option<&'a mut Model> {
    let mut providers = catalog.providers.iter_mut();
    let provider = providers.find(|each| each.id.as_ref() == provider)?;
    let mut models = provider.models.iter_mut();
    models.find(|each| each.id.as_ref() == model)
}

/// The latest override of a price is the one that holds.
fn set_price(model: &mut Model, variant: Option<&str>, rate: Rate) {
    match variant {
        None => {
            model.yours.retain(|each| each.meter != rate.meter);
            model.yours.push(rate);
        }
        Some(name) => model.variants.push(Variant {
            name: name.into(),
            card: own_card(vec![rate]),
        }),
    }
}

fn rate(meter: Meter, amount: Decimal) -> Rate {
    Rate {
        meter,
        per: meter.per(),
        amount,
        tiers: Vec::new(),
        origin: Origin::Yours,
    }
}

fn own_card(rates: Vec<Rate>) -> RateCard {
    RateCard {
        window: Window::default(),
        rates,
        source: YOURS.into(),
        checked: None,
    }
}

fn add_model(catalog: &mut Catalog, own: &OwnModel) {
    let model = own_model(own);
    let models = &mut own_provider(catalog).models;
    models.retain(|each| each.id != model.id);
    models.push(model);
}

fn own_provider(catalog: &mut Catalog) -> &mut Provider {
    let known = catalog
        .providers
        .iter()
        .position(|each| each.id.as_ref() == YOURS);
    let index = known.unwrap_or_else(|| {
        catalog.providers.push(Provider {
            id: YOURS.into(),
            name: "Your models".into(),
            source: YOURS.into(),
            checked: Date::ZERO,
            host: false,
            models: Vec::new(),
        });
        catalog.providers.len() - 1
    });
    &mut catalog.providers[index]
}

fn own_model(own: &OwnModel) -> Model {
    let prices = own.prices.iter();
    Model {
        id: own.id.as_str().into(),
        name: own.name.clone(),
        context_window: own.context_window,
        max_input: None,
        max_output: own.max_output,
        retires: None,
        status: Status::Offered,
        encoding: own.encoding.clone(),
        basis: own.basis(),
        resold: false,
        agreement: Agreement::default(),
        origin: Origin::Yours,
        cards: vec![own_card(
            prices
                .map(|price| rate(price.meter, price.amount))
                .collect(),
        )],
        variants: Vec::new(),
        yours: Vec::new(),
        clauses: Vec::new(),
        spelling: Spelling::new(&own.id, own.name.as_deref()),
    }
}

impl OwnModel {
    /// A vocabulary the user names is probable at best: we cannot know what stands behind their model.
    fn basis(&self) -> BasisClass {
        match self.encoding {
            Some(_) => BasisClass::Probable,
            None => BasisClass::Estimate,
        }
    }
}
