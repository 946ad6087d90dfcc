//! A decimal as documents hold it.

use super::{MoneyError, parse};
use crate::document;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Deref;

/// A decimal that travels as a string and loses nothing on the way: a figure of more than 28 digits is refused.
///
/// ```
/// use foretoken::money::Exact;
/// let rate: Exact = serde_json::from_str("\"0.0500\"").unwrap();
/// assert_eq!(serde_json::to_string(&rate).unwrap(), "\"0.05\"");
/// assert!(serde_json::from_str::<Exact>("0.05").is_err(), "a JSON number may have lost digits already");
/// assert!(serde_json::from_str::<Exact>("\"0.12345678901234567890123456789\"").is_err(), "29 digits");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(pub Decimal);

impl Exact {
    pub const ZERO: Exact = Exact(Decimal::ZERO);
    pub const ONE: Exact = Exact(Decimal::ONE);

    /// What a document means where it leaves a factor out: `#[serde(default = "Exact::one")]`.
    pub const fn one() -> Exact {
        Exact::ONE
    }
}

impl Deref for Exact {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Exact {
        Exact(value)
    }
}

impl From<u64> for Exact {
    fn from(value: u64) -> Exact {
        Exact(value.into())
    }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.normalize().fmt(out)
    }
}

impl std::str::FromStr for Exact {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Exact, MoneyError> {
        parse(text).map(Exact)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Exact, D::Error> {
        document::text(from, str::parse, "a decimal in quotes, such as \"0.05\"")
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
            "description": "A decimal of at most 28 digits, in quotes so that nothing is lost: \"0.05\""
        })
    }
}
