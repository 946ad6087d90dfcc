//! Which models exist, and what their providers ask for them.
//!
//! Owns: providers, models, rate cards with the window each holds in, context tiers, variants (batch, flex, priority),
//! what the user changed, and finding a model by the name in a log or by what someone types. Does not own: which rate
//! a request gets (see `rating`) or how text becomes tokens (see `tokens`; here is only which encoding a model uses).

mod find;
mod model;
mod overrides;
mod read;
mod search;
mod window;

pub use model::{
    Agreement, BasisClass, Model, Operator, Origin, Rate, RateCard, Status, Tier, Variant,
};
pub use overrides::{OwnModel, OwnPrice, PriceOverride, YOURS};
pub use read::{CatalogFile, CatalogIndex, ProviderName, SourceNote};
pub use window::{Hours, Moment, Weekdays, Window};

use crate::calendar::Date;
use std::sync::Arc;

/// What can go wrong with a catalog's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    #[error("this is not a catalog file: {0}")]
    NotACatalog(String),
    #[error(
        "model {model}: \"{seen}\" is not {expected}; run `make catalog` again or correct the price"
    )]
    Malformed {
        model: String,
        seen: String,
        expected: &'static str,
    },
}

/// Every provider we know the prices of.
///
/// ```
/// use foretoken::catalog::Catalog;
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{
///     "id": "openai", "name": "OpenAI", "source": "https://developers.openai.com/api/docs/pricing",
///     "models": [{"id": "gpt-4o", "context": 128000, "encoding": "o200k_base", "basis": "exact",
///                 "prices": [{"usd": {"input": "2.5", "cache_read": "1.25", "output": "10"}}]}]
/// }]}"#).unwrap();
/// assert_eq!(catalog.find("openai/gpt-4o-2024-08-06").unwrap().model.id.as_ref(), "gpt-4o");
/// assert!(catalog.find("gpt-9").is_none(), "an unknown model is unknown, not free");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    providers: Vec<Provider>,
}

/// Who sells the models and where its prices are published.
///
/// ```
/// use foretoken::catalog::Catalog;
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let openai = catalog.provider("openai").unwrap();
/// assert_eq!((openai.name.as_str(), openai.models.len(), openai.host), ("OpenAI", 1, false));
/// assert_eq!(openai.checked, jiff::civil::date(2026, 11, 9));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    pub id: Arc<str>,
    pub name: String,
    /// The page its prices come from.
    pub source: Arc<str>,
    /// The day the price data was last known to be checked.
    pub checked: Date,
    /// It sells models that others made.
    pub host: bool,
    pub models: Vec<Model>,
}

/// A model and who sells it here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Listing<'a> {
    pub provider: &'a Provider,
    pub model: &'a Model,
}

impl Listing<'_> {
    /// Whether both are the same model of the same provider.
    pub fn is_same(self, other: Listing) -> bool {
        (&self.provider.id, &self.model.id) == (&other.provider.id, &other.model.id)
    }
}

impl Catalog {
    /// Read one generated file: the main one, or one provider's.
    pub fn from_json(text: &str) -> Result<Catalog, CatalogError> {
        read::catalog(text)
    }

    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers
            .iter()
            .find(|provider| provider.id.as_ref() == id)
    }

    /// Every model with its provider, in the catalog's order.
    pub fn listings(&self) -> impl Iterator<Item = Listing<'_>> {
        self.providers.iter().flat_map(Provider::listings)
    }

    /// The model with exactly these ids.
    pub fn get(&self, provider: &str, model: &str) -> Option<Listing<'_>> {
        self.provider(provider)?
            .listings()
            .find(|listing| listing.model.id.as_ref() == model)
    }

    /// Take in providers that were loaded on demand; one already here is replaced by the newcomer.
    pub fn merge(&mut self, other: Catalog) {
        for provider in other.providers {
            match self
                .providers
                .iter_mut()
                .find(|each| each.id == provider.id)
            {
                Some(known) => *known = provider,
                None => self.providers.push(provider),
            }
        }
    }

    /// The model a name in a log means: exact ids and the catalog's own clauses, provider prefixes such as `openai/`,
    /// `us.anthropic.` or `models/`, date suffixes, `-latest` and `:free`. Nothing is guessed: `None` is "unknown".
    pub fn find(&self, name: &str) -> Option<Listing<'_>> {
        find::find(self, name)
    }

    /// What someone typing this may mean, best first; spelling, spaces and order are forgiven.
    pub fn search(&self, query: &str) -> Vec<Listing<'_>> {
        search::search(self, query)
    }

    /// This catalog with the user's own prices and models in it, each marked [`Origin::Yours`].
    pub fn with_overrides(&self, overrides: &[PriceOverride]) -> Catalog {
        overrides::apply(self, overrides)
    }
}

impl Provider {
    pub fn listings(&self) -> impl Iterator<Item = Listing<'_>> {
        self.models.iter().map(move |model| Listing {
            provider: self,
            model,
        })
    }
}
