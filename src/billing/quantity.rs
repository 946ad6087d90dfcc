//! What a charge measures, as plans say it. See `measuring` for what is done with it.

use crate::money::Exact;
use crate::rating::price::{Selection, is_default, is_one, is_zero};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a charge measures. Empty, it measures nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// Meters, summed. `requests` counts requests, `amount` is the money carried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Arc<str>>,
    #[serde(default, rename = "where", skip_serializing_if = "Selection::is_empty")]
    pub only: Selection,
    #[serde(default, skip_serializing_if = "is_default")]
    pub aggregate: Aggregate,
    /// The property whose different values are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique_by: Option<Arc<str>>,
    /// Each hour or day by itself; the whole period where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub each_window: EachWindow,
    #[serde(default, skip_serializing_if = "is_default")]
    pub convert: Convert,
    /// Units free of charge, taken off after conversion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included: Option<Included>,
}

/// How many values become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Aggregate {
    /// All values added up. The default.
    #[default]
    Sum,
    /// Requests, whatever they used.
    Count,
    /// The largest value of one request.
    Max,
    /// Different values of a property.
    Unique,
    /// The value of the last request.
    Latest,
}

/// A stretch that is measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Every {
    /// Of the plan's time zone.
    Hour,
    /// Of the plan's time zone.
    Day,
}

/// What is done with the value of each window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EachWindow {
    /// Each is priced, the amounts are summed. The default.
    #[default]
    Priced,
    /// They are summed and priced once.
    Summed,
}

/// From what is measured to what is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Convert {
    /// Units that are one to the price, such as 1000; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub divide_by: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub round: Round,
}

/// Rounding to whole units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Round {
    /// They stay as they are. The default.
    #[default]
    None,
    /// To the next one above.
    Up,
    /// To the next one below.
    Down,
    /// To the nearest, half a unit up.
    HalfUp,
}

/// Units free of charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Included {
    /// How many there are each time.
    pub units: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub every: IncludedEvery,
    /// Units brought in from the period before; 0 where it is left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried: Exact,
    /// What of the rest goes on to the next period; nothing where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollover: Option<Rollover>,
    /// Whether they are shared by days where the plan is active for a part of the period.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prorate: bool,
}

/// How long included units last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum IncludedEvery {
    /// For the whole period. The default.
    #[default]
    Period,
    /// Anew each day; what a day leaves is lost.
    Day,
}

/// What is left of the included units and goes on to the next period: the rest, within these two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rollover {
    /// So many go on, even where less is left.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub at_least: Exact,
    /// No more than so many go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Exact>,
}

impl Default for Convert {
    fn default() -> Convert {
        Convert {
            divide_by: Exact::ONE,
            round: Round::None,
        }
    }
}
