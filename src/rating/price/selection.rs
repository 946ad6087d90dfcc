//! Which records a price looks at.

use crate::usage::UsageRecord;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names and the values that fit; a record must fit every name.
///
/// ```
/// use foretoken::{rating::price::Selection, usage::UsageRecord};
/// let only: Selection = serde_json::from_str(r#"{"provider": ["openai", "azure"]}"#).unwrap();
/// let mut record = UsageRecord::at("2026-12-01T12:00:00Z".parse().unwrap());
/// assert!(!only.holds(&record, None));
/// record.model = Some("azure/gpt-4o".into());
/// assert!(only.holds(&record, None));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Selection(pub BTreeMap<Arc<str>, Vec<Arc<str>>>);

impl Selection {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn holds(&self, record: &UsageRecord, meter: Option<&str>) -> bool {
        self.0.iter().all(|(name, values)| {
            let value = property(record, name, meter);
            value.is_some_and(|value| values.iter().any(|each| each.as_ref() == value))
        })
    }
}

/// The value a record has for a name; `meter` is the meter looked at.
pub fn property<'a>(
    record: &'a UsageRecord,
    name: &str,
    meter: Option<&'a str>,
) -> Option<&'a str> {
    match name {
        "meter" => meter,
        _ => record.property(name),
    }
}
