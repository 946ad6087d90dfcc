//! What was used, record by record.

use crate::calendar::{Timestamp, written};
use crate::document;
use crate::money::{Exact, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The version of usage documents this library writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// Why a usage document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error("the usage: {0}")]
    Foreign(String),
    #[error("the usage: version {0} is newer than this page reads ({VERSION})")]
    Newer(u32),
    #[error("{at}: {seen}; expected {expected}")]
    Impossible {
        at: String,
        seen: String,
        expected: &'static str,
    },
}

/// Everything that was used, as a document.
///
/// ```
/// use foretoken::usage::UsageLog;
/// let usage = UsageLog::from_json(r#"{"version": 1, "records": [
///     {"at": "2026-12-01T12:00:00Z", "model": "openai/gpt-6.1-sol", "requests": "1200",
///      "quantities": {"input": "234000", "output": "336000"}}]}"#).unwrap();
/// assert_eq!(usage.records[0].quantity("output"), 336_000.into());
/// assert_eq!(usage.records[0].quantity("requests"), 1_200.into());
/// let refused = UsageLog::from_json(r#"{"version": 1, "records": [{"at": "2026-12-01T12:00:00Z", "tokens": "1"}]}"#);
/// assert!(refused.unwrap_err().to_string().contains("unknown field `tokens`"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsageLog {
    /// Where its JSON Schema is, for editors; nothing is read from there.
    #[serde(default, rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<Arc<str>>,
    /// The version of this kind of document: 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub version: u32,
    /// What was used, in any order of time.
    pub records: Vec<UsageRecord>,
}

/// Some alike requests, or one event.
///
/// ```
/// use foretoken::usage::UsageRecord;
/// let mut record = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
/// record.quantities.insert("input".into(), 195.into());
/// assert_eq!(record.quantity("requests"), 1.into());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsageRecord {
    /// When, in UTC: `2026-12-01T12:00:00Z`.
    #[serde(with = "written::instant")]
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "String",
            regex(
                pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z$"
            )
        )
    )]
    pub at: Timestamp,
    /// `provider/model`, as in the catalogue; needed only where a list price is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Arc<str>>,
    /// Another way to ask, such as `batch`; the standard price where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Arc<str>>,
    /// How many alike requests it stands for: a whole number, 1 where it is left out.
    #[serde(default = "Exact::one")]
    pub requests: Exact,
    /// Input tokens of each request, cached ones included: they decide a provider's long-prompt tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Exact>,
    /// Totals of the record by meter, none inside another: `input` is what was neither read from a cache nor written to one.
    #[serde(default)]
    pub quantities: BTreeMap<Arc<str>, Exact>,
    /// Money the record carries, for percentages and pass-through prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Exact>,
    /// Quality of the answer, for outcome prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Exact>,
    /// Names and values to select or group by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<Arc<str>, Arc<str>>,
}

/// Names a property may not have, because the record has them already.
const OWN_NAMES: [&str; 4] = ["model", "provider", "variant", "meter"];

/// Meters that make up what a request puts in.
const INPUT_METERS: [&str; 4] = ["input", "cache_read", "cache_write", "cache_write_1h"];

impl UsageRecord {
    /// One empty event.
    pub fn at(at: Timestamp) -> UsageRecord {
        UsageRecord {
            at,
            model: None,
            variant: None,
            requests: Exact::ONE,
            context: None,
            quantities: BTreeMap::new(),
            amount: None,
            score: None,
            properties: BTreeMap::new(),
        }
    }

    /// How much of a meter; 0 where it has none. `requests` and `amount` are meters here.
    pub fn quantity(&self, meter: &str) -> Decimal {
        match meter {
            "requests" => *self.requests,
            "amount" => self.amount.map_or(Decimal::ZERO, |amount| *amount),
            _ => self
                .quantities
                .get(meter)
                .map_or(Decimal::ZERO, |exact| **exact),
        }
    }

    /// Whether it says anything of a meter.
    pub fn names(&self, meter: &str) -> bool {
        match meter {
            "requests" => true,
            "amount" => self.amount.is_some(),
            _ => self.quantities.contains_key(meter),
        }
    }

    /// The value of a property, or of `model`, `provider` or `variant`.
    pub fn property(&self, name: &str) -> Option<&str> {
        match name {
            "model" => self.model.as_deref(),
            "provider" => self
                .model
                .as_deref()?
                .split_once('/')
                .map(|(provider, _)| provider),
            "variant" => self.variant.as_deref(),
            _ => self.properties.get(name).map(AsRef::as_ref),
        }
    }

    /// Input tokens of each request, where they are known: as stated, or all the input of a single request.
    pub fn input_of_each(&self) -> Option<Decimal> {
        let stated = self.context.map(|context| *context);
        stated.or_else(|| {
            let single = *self.requests <= Decimal::ONE;
            let mut meters = INPUT_METERS.iter().map(|meter| self.quantity(meter));
            let input = || meters.try_fold(Decimal::ZERO, sum).ok();
            single.then(input).flatten()
        })
    }

    /// What no record may say; its place is only worked out where something is wrong.
    fn check(&self, at: usize) -> Result<(), LogError> {
        let place = |member: &str| format!("records[{at}].{member}");
        let whole = self.requests.is_integer() && *self.requests >= Decimal::ZERO;
        expect(whole, self.requests, "a whole number, 0 or more", || {
            place("requests")
        })?;
        for (meter, quantity) in &self.quantities {
            let place = || place(&format!("quantities.{meter}"));
            expect(**quantity >= Decimal::ZERO, quantity, "0 or more", place)?;
            let own = matches!(meter.as_ref(), "requests" | "amount");
            let field = "the record's own field of that name";
            expect(!own, "this meter", field, place)?;
        }
        for (name, value) in [("context", self.context), ("amount", self.amount)] {
            let value = value.unwrap_or_default();
            expect(*value >= Decimal::ZERO, value, "0 or more", || place(name))?;
        }
        for name in self.properties.keys() {
            let own = OWN_NAMES.contains(&name.as_ref());
            let another = "another name: the record's own stands for it";
            expect(!own, "this name", another, || {
                place(&format!("properties.{name}"))
            })?;
        }
        Ok(())
    }
}

fn expect(
    holds: bool,
    seen: impl ToString,
    expected: &'static str,
    place: impl FnOnce() -> String,
) -> Result<(), LogError> {
    if holds {
        return Ok(());
    }
    let (at, seen) = (place(), seen.to_string());
    Err(LogError::Impossible { at, seen, expected })
}

impl UsageLog {
    pub fn new(records: Vec<UsageRecord>) -> UsageLog {
        UsageLog {
            schema: None,
            version: VERSION,
            records,
        }
    }

    pub fn from_json(text: &str) -> Result<UsageLog, LogError> {
        let usage: UsageLog =
            document::read(text).map_err(|error| LogError::Foreign(error.to_string()))?;
        usage.check()?;
        Ok(usage)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What no document may say.
    pub fn check(&self) -> Result<(), LogError> {
        if self.version > VERSION {
            return Err(LogError::Newer(self.version));
        }
        let mut records = self.records.iter().enumerate();
        records.try_for_each(|(at, record)| record.check(at))
    }
}
