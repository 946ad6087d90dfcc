//! From the generated files to nouns. The shapes here are those of `tools/catalog.py`.

use super::find::Clause;
use super::search::Spelling;
use super::{
    Agreement, BasisClass, Catalog, CatalogError, Hours, Model, Operator, Origin, Provider, Rate,
    RateCard, Status, Tier, Variant, Weekdays, Window,
};
use crate::calendar::{Date, read_day, read_time};
use crate::money;
use crate::usage::Meter;
use rust_decimal::Decimal;
use serde::de::{Error, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What `static/catalog/index.json` holds: the files, and where their figures come from.
///
/// ```
/// use foretoken::catalog::CatalogIndex;
/// let index = CatalogIndex::from_json(r#"{"checked": "2026-11-09", "notice": "NOTICE.txt",
///     "sources": [{"name": "genai-prices", "version": "0.2.3", "licence": "MIT", "used_for": "prices"}],
///     "files": [{"file": "main.json", "first": true, "providers": [{"id": "openai", "name": "OpenAI", "models": 113}]}]
/// }"#).unwrap();
/// assert_eq!(index.files[0].providers[0].name, "OpenAI");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CatalogIndex {
    /// The day the price data was last known to be checked.
    #[serde(deserialize_with = "day")]
    pub checked: Date,
    pub sources: Vec<SourceNote>,
    /// The file with the sources' licences.
    pub notice: String,
    pub files: Vec<CatalogFile>,
}

/// A catalog ours was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    pub name: String,
    pub version: String,
    pub licence: String,
    pub used_for: String,
}

/// One file of prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogFile {
    pub file: String,
    /// Loaded with the page; the others when someone asks for a provider in them.
    #[serde(default)]
    pub first: bool,
    pub providers: Vec<ProviderName>,
}

/// A provider and how many models it has, known before its file is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderName {
    pub id: String,
    pub name: String,
    pub models: usize,
}

impl CatalogIndex {
    pub fn from_json(text: &str) -> Result<CatalogIndex, CatalogError> {
        serde_json::from_str(text).map_err(|error| CatalogError::NotACatalog(error.to_string()))
    }
}

#[derive(Deserialize)]
struct FileShape {
    #[serde(deserialize_with = "day")]
    checked: Date,
    providers: Vec<ProviderShape>,
}

#[derive(Deserialize)]
struct ProviderShape {
    id: String,
    name: String,
    source: String,
    #[serde(default)]
    host: bool,
    models: Vec<ModelShape>,
}

#[derive(Deserialize)]
struct ModelShape {
    id: String,
    name: Option<String>,
    #[serde(default, rename = "match")]
    clauses: Vec<String>,
    context: Option<u64>,
    max_input: Option<u64>,
    max_output: Option<u64>,
    #[serde(default, deserialize_with = "some_day")]
    retires: Option<Date>,
    #[serde(default)]
    status: Status,
    encoding: Option<String>,
    basis: BasisClass,
    #[serde(default)]
    resold: bool,
    #[serde(default)]
    agree: String,
    prices: Vec<CardShape>,
    #[serde(default)]
    variants: Vec<CardShape>,
}

#[derive(Deserialize)]
struct CardShape {
    /// The variant's name, on variants.
    #[serde(default, rename = "is")]
    name: String,
    #[serde(default, deserialize_with = "some_day")]
    from: Option<Date>,
    /// The day we first saw the price, where its source gives no day for it.
    #[serde(default, deserialize_with = "some_day")]
    seen: Option<Date>,
    #[serde(default, deserialize_with = "some_day")]
    to: Option<Date>,
    hours: Option<String>,
    days: Option<String>,
    #[serde(default, deserialize_with = "days")]
    except: Vec<Date>,
    #[serde(default, deserialize_with = "some_day")]
    checked: Option<Date>,
    usd: BTreeMap<String, PriceShape>,
}

/// `"2.5"`, or `["2.5", ">272000", "5"]` with a pair for each tier.
#[derive(Deserialize)]
#[serde(untagged)]
enum PriceShape {
    Flat(String),
    Tiered(Vec<String>),
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    read_day(&text).ok_or_else(|| D::Error::custom("expected a day such as 2026-11-24"))
}

fn some_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}

fn days<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Date>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?.into_iter();
    texts.map(|text| day(text.into_deserializer())).collect()
}

/// Where a model's figures come from, for each of its cards.
struct Origins<'a> {
    model: &'a str,
    source: &'a Arc<str>,
    checked: Date,
}

pub(super) fn catalog(text: &str) -> Result<Catalog, CatalogError> {
    let file: FileShape =
        serde_json::from_str(text).map_err(|error| CatalogError::NotACatalog(error.to_string()))?;
    let checked = file.checked;
    let providers = file.providers.into_iter();
    Ok(Catalog {
        providers: providers
            .map(|shape| provider(shape, checked))
            .collect::<Result<_, _>>()?,
    })
}

fn provider(shape: ProviderShape, checked: Date) -> Result<Provider, CatalogError> {
    let source: Arc<str> = shape.source.into();
    let models = shape.models.into_iter();
    Ok(Provider {
        id: shape.id.into(),
        name: shape.name,
        models: models
            .map(|each| model(each, &source, checked))
            .collect::<Result<_, _>>()?,
        source,
        checked,
        host: shape.host,
    })
}

fn model(shape: ModelShape, source: &Arc<str>, checked: Date) -> Result<Model, CatalogError> {
    let origins = Origins {
        model: &shape.id,
        source,
        checked,
    };
    Ok(Model {
        spelling: Spelling::new(&shape.id, shape.name.as_deref()),
        name: shape.name,
        context_window: shape.context,
        max_input: shape.max_input,
        max_output: shape.max_output,
        retires: shape.retires,
        status: shape.status,
        encoding: shape.encoding,
        basis: shape.basis,
        resold: shape.resold,
        agreement: agreement(&shape.agree),
        origin: Origin::Catalog,
        cards: (shape.prices.into_iter())
            .map(|each| card(each, &origins))
            .collect::<Result<_, _>>()?,
        variants: (shape.variants.into_iter())
            .map(|each| variant(each, &origins))
            .collect::<Result<_, _>>()?,
        yours: Vec::new(),
        clauses: shape.clauses.iter().map(|text| Clause::new(text)).collect(),
        id: shape.id.as_str().into(),
    })
}

/// `l` and `m`: litellm and model-prices list the same; in capitals: they list something else.
fn agreement(flags: &str) -> Agreement {
    let flag = |yes: char, no: char| {
        (flags.contains(yes))
            .then_some(true)
            .or(flags.contains(no).then_some(false))
    };
    Agreement {
        litellm: flag('l', 'L'),
        model_prices: flag('m', 'M'),
    }
}

fn variant(mut shape: CardShape, origins: &Origins) -> Result<Variant, CatalogError> {
    let name = std::mem::take(&mut shape.name);
    Ok(Variant {
        name: name.into(),
        card: card(shape, origins)?,
    })
}

fn card(shape: CardShape, origins: &Origins) -> Result<RateCard, CatalogError> {
    let prices = shape.usd.iter();
    Ok(RateCard {
        rates: prices
            .map(|(key, price)| rate(key, price, origins))
            .collect::<Result<_, _>>()?,
        source: origins.source.clone(),
        checked: Some(shape.checked.unwrap_or(origins.checked)),
        window: window(shape, origins)?,
    })
}

fn window(shape: CardShape, origins: &Origins) -> Result<Window, CatalogError> {
    let days = shape.days.as_deref();
    Ok(Window {
        from: shape.from.max(shape.seen),
        to: shape.to,
        hours: (shape.hours.as_deref())
            .map(|text| {
                hours(text).ok_or_else(|| origins.malformed(text, "hours such as 01:00-04:00"))
            })
            .transpose()?,
        weekdays: match days {
            None => Weekdays::EVERY_DAY,
            Some(text) => Weekdays::from_digits(text)
                .ok_or_else(|| origins.malformed(text, "weekdays such as 12345"))?,
        },
        except: shape.except,
    })
}

fn hours(text: &str) -> Option<Hours> {
    let (start, end) = text.split_once('-')?;
    Some(Hours {
        start: read_time(start)?,
        end: read_time(end)?,
    })
}

fn rate(key: &str, price: &PriceShape, origins: &Origins) -> Result<Rate, CatalogError> {
    let meter = Meter::from_key(key).ok_or_else(|| origins.malformed(key, "a known price key"))?;
    let (base, tiers) = match price {
        PriceShape::Flat(base) => (base.as_str(), &[][..]),
        PriceShape::Tiered(parts) => parts
            .split_first()
            .map(|(base, tiers)| (base.as_str(), tiers))
            .ok_or_else(|| origins.malformed(key, "a price with tiers"))?,
    };
    Ok(Rate {
        meter,
        per: meter.per(),
        amount: amount(base, origins)?,
        tiers: tiers
            .chunks(2)
            .map(|pair| tier(pair, origins))
            .collect::<Result<_, _>>()?,
        origin: Origin::Catalog,
    })
}

fn tier(pair: &[String], origins: &Origins) -> Result<Tier, CatalogError> {
    let [bound, price] = pair else {
        return Err(origins.malformed(&pair.concat(), "a threshold and a price"));
    };
    let (operator, threshold) = match bound.strip_prefix(">=") {
        Some(rest) => (Operator::AtLeast, Some(rest)),
        None => (Operator::Above, bound.strip_prefix('>')),
    };
    Ok(Tier {
        operator,
        threshold: threshold
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| origins.malformed(bound, "a threshold such as >272000"))?,
        amount: amount(price, origins)?,
    })
}

fn amount(text: &str, origins: &Origins) -> Result<Decimal, CatalogError> {
    money::parse(text).map_err(|_| origins.malformed(text, "a price such as 0.25"))
}

impl Origins<'_> {
    fn malformed(&self, seen: &str, expected: &'static str) -> CatalogError {
        CatalogError::Malformed {
            model: self.model.to_owned(),
            seen: seen.to_owned(),
            expected,
        }
    }
}
