//! Cost-plus (dynamic): what a provider asks, with a markup on it. How a reseller of models bills.

use super::tiers::{is_default, is_zero};
use super::{ListPrice, Part, Place, PlanError, Selection, Slice, expect};
use crate::catalog::{Catalog, Model};
use crate::money::{Exact, sum};
use crate::rating::resolve::Lookup;
use crate::usage::{Meter, UsageRecord};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// List price, or money carried, × (1 + markup).
///
/// ```
/// use foretoken::{Catalog, rating::price::CostPlus, usage::UsageRecord};
/// let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI",
///     "source": "https://developers.openai.com/api/docs/pricing", "models": [{"id": "gpt-4o", "basis": "exact",
///     "prices": [{"usd": {"input": "2.5", "output": "10"}}]}]}]}"#).unwrap();
/// let plus: CostPlus = serde_json::from_str(r#"{"markup_percent": "20"}"#).unwrap();
/// let mut record = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
/// record.model = Some("openai/gpt-4o".into());
/// record.quantities.insert("output".into(), 500_000.into());
/// // 500,000 × $10 per million × 1.2
/// let slice = plus.of(&record, "output", &catalog).unwrap().unwrap();
/// assert_eq!(slice.amount.value().unwrap(), 6.into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostPlus {
    #[serde(default, skip_serializing_if = "is_default")]
    pub of: Cost,
    /// Put on the cost; below 0 is a discount.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub markup_percent: Exact,
    /// Markups for some of it; the first that fits decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<MarkupRule>,
}

/// What the markup is put on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Cost {
    /// The provider's list price. The default.
    #[default]
    List,
    /// Money the records carry.
    Carried,
}

/// A markup of its own for some records or meters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkupRule {
    #[serde(rename = "where")]
    pub only: Selection,
    pub markup_percent: Exact,
}

impl CostPlus {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        markup("markup_percent", self.markup_percent)?;
        let mut rules = self.rules.iter().enumerate();
        rules.try_for_each(|(at, rule)| {
            markup("markup_percent", rule.markup_percent).at_item("rules", at)
        })
    }

    fn markup(&self, record: &UsageRecord, meter: &str) -> Exact {
        let fits = |rule: &&MarkupRule| rule.only.holds(record, Some(meter));
        let rule = self.rules.iter().find(fits);
        rule.map_or(self.markup_percent, |rule| rule.markup_percent)
    }

    /// What this much of one meter of a record costs; nothing where the record has none of it.
    pub fn of(
        &self,
        record: &UsageRecord,
        meter: &str,
        catalog: &Catalog,
    ) -> Result<Option<Slice>, PlanError> {
        let quantity = record.quantity(meter);
        if quantity.is_zero() {
            return Ok(None);
        }
        let markup = self.markup(record, meter);
        if self.of == Cost::Carried {
            let part = Part::Carried {
                markup_percent: markup,
            };
            return marked_up(part, quantity, Decimal::ONE, Decimal::ONE, markup).map(Some);
        }
        let Some((list, rate, per)) = list_rate(record, meter, quantity, catalog)? else {
            return Ok(None);
        };
        let list = ListPrice {
            markup_percent: markup,
            ..list
        };
        marked_up(Part::List(list), quantity, rate, per, markup).map(Some)
    }
}

/// A markup below 0 is a discount on the list price, of all of it at most.
pub(super) fn markup(at: &str, percent: Exact) -> Result<(), PlanError> {
    let least = -Decimal::ONE_HUNDRED;
    expect(*percent >= least, at, percent, "-100 or more")
}

/// `quantity × rate × (1 + markup) ÷ per`.
pub fn marked_up(
    part: Part,
    quantity: Decimal,
    rate: Decimal,
    per: Decimal,
    markup: Exact,
) -> Result<Slice, PlanError> {
    let mut slice = Slice::new(part, quantity.into(), rate, per)?;
    if !markup.is_zero() {
        let whole = sum(Decimal::ONE_HUNDRED, *markup)?;
        slice.amount = slice.amount.percent(whole).at("markup_percent")?;
    }
    Ok(slice)
}

/// A provider's own price for one meter of a record: where it comes from, the rate and per how many. A request fee that
/// the provider does not ask is nothing.
pub fn list_rate(
    record: &UsageRecord,
    meter: &str,
    quantity: Decimal,
    catalog: &Catalog,
) -> Result<Option<(ListPrice, Decimal, Decimal)>, PlanError> {
    let missing = |what: String| PlanError::new("", what);
    let name = record.model.as_deref();
    let name =
        name.ok_or_else(|| missing("a record names no model, and a list price needs one".into()))?;
    let model = find(catalog, name).ok_or_else(|| {
        missing(format!(
            "the catalogue has no model \"{name}\": expected provider/model"
        ))
    })?;
    let Some(known) = Meter::from_key(meter) else {
        return Err(missing(format!("{name} has no price for {meter}")));
    };
    let context = context(record, model)?;
    let lookup = Lookup::new(model, record.variant.as_deref(), record.at.into(), context);
    let Some(found) = lookup.list(known) else {
        if known == Meter::Request {
            return Ok(None);
        }
        let used = quantity.normalize();
        return Err(missing(format!(
            "{name} has no price for {meter} ({used} used)"
        )));
    };
    let rate = found.rate;
    let list = ListPrice {
        list: rate.into(),
        markup_percent: Exact::ZERO,
        context_above: found.tier,
        source: found.source,
        checked: found.checked,
        yours: found.yours,
    };
    Ok(Some((list, rate, found.per.into())))
}

fn find<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Model> {
    let (provider, model) = name.split_once('/')?;
    catalog.get(provider, model).map(|listing| listing.model)
}

/// The input of each request; where it is unknown, only a model without long-prompt tiers can be priced.
fn context(record: &UsageRecord, model: &Model) -> Result<u64, PlanError> {
    if let Some(context) = record.input_of_each() {
        return Ok(context.ceil().to_u64().unwrap_or(u64::MAX));
    }
    let cards = model
        .cards
        .iter()
        .chain(model.variants.iter().map(|variant| &variant.card));
    let tiered = cards
        .flat_map(|card| &card.rates)
        .any(|rate| !rate.tiers.is_empty());
    if !tiered {
        return Ok(0);
    }
    let what = format!(
        "{} has another price for long prompts: a record of several requests needs \"context\", the input tokens of each",
        model.id
    );
    Err(PlanError::new("", what))
}
