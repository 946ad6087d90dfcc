//! The plan: a document that says how use becomes money.

use super::quantity::Quantity;
use super::{
    BillError, Commitment, Credit, Discount, DiscountOrder, Draw, Drawdown, OrderProfile,
    Progressive, Tax,
};
use crate::calendar::{Date, Zone, written};
use crate::document;
use crate::money::{Currency, Exact, Rounding, RoundingMode};
use crate::rating::price::{Price, is_default};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The version of plans this library writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// How use becomes money. `docs/plans.md` describes every field.
///
/// ```
/// use foretoken::billing::Plan;
/// let plan = Plan::from_json(r#"{"version": 1, "name": "Tiered", "charges": [{"id": "tokens",
///     "quantity": {"of": ["input", "output"]},
///     "price": {"graduated": {"per": "1000", "tiers": [{"up_to": "10000", "amount": "0.05"}, {"amount": "0.04"}]}}}]}"#).unwrap();
/// assert_eq!(plan.charges[0].title().as_ref(), "tokens");
/// let wrong = Plan::from_json(&plan.to_json().replace("10000", "0")).unwrap_err();
/// assert!(wrong.to_string().starts_with("charges[0].price.graduated.tiers[0].up_to: 0 is not above"), "{wrong}");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Where its JSON Schema is, for editors; nothing is read from there.
    #[serde(default, rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<Arc<str>>,
    /// The version of this kind of document: 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub version: u32,
    /// What it is called.
    pub name: Arc<str>,
    /// A sentence on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default)]
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "is_default")]
    pub active: Active,
    #[serde(default, skip_serializing_if = "is_default")]
    pub day_count: DayCount,
    #[serde(default, skip_serializing_if = "is_default")]
    pub time_zone: Zone,
    /// What it charges for, in the order the bill lists it.
    pub charges: Vec<PlanCharge>,
    /// Taken off the lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub discount_order: DiscountOrder,
    /// The least the lines come to after discounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Exact>,
    /// The most they come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Exact>,
    /// What is promised for the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Commitment>,
    /// Taxes; none where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Tax>,
    /// Prepaid credits and grants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<Credit>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub drawdown: Drawdown,
    #[serde(default, skip_serializing_if = "is_default")]
    pub credits_draw: Draw,
    #[serde(default, skip_serializing_if = "is_default")]
    pub order: OrderProfile,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rounding: RoundingRule,
    /// Bills before the end of the period; none where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progressive: Option<Progressive>,
}

/// The days a plan is active, first and last included; an end left out is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Active {
    /// The first day, such as 2026-12-10.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "written::maybe_day"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "Option<String>",
            regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        )
    )]
    pub from: Option<Date>,
    /// The last day.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "written::maybe_day"
    )]
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "Option<String>",
            regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        )
    )]
    pub until: Option<Date>,
}

/// How parts of a period are measured, days where nothing is said. A day of a plan's time zone has always 86,400 seconds, so
/// both come to the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DayCount {
    #[default]
    Days,
    Seconds,
}

/// Something a plan charges for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanCharge {
    /// Unique in the plan.
    pub id: Arc<str>,
    /// What the bill calls it; the id where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub quantity: Quantity,
    pub price: Price,
    /// What sets its lines apart: `model`, `provider`, `variant`, `meter` or properties. One line where it is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_by: Vec<Arc<str>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub group_tiers: GroupTiers,
    /// The least its lines come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Exact>,
    /// The most they come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Exact>,
    /// Whether its fee and its minimum are shared by days where the plan is active for a part of the period; true
    /// where it is left out.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub prorate: bool,
}

/// What the groups of a charge share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GroupTiers {
    /// Nothing: tiers and included units start anew in each. The default.
    #[default]
    Restart,
    /// One price for all, shared out by quantity.
    Shared,
}

/// How lines are rounded, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundingRule {
    #[serde(default)]
    pub mode: RoundingMode,
    #[serde(default, rename = "where")]
    pub place: RoundingPlace,
    /// How many decimals stay, 0 to 12.
    #[serde(default = "two")]
    #[cfg_attr(feature = "schema", schemars(range(max = 12)))]
    pub decimals: u32,
}

/// Which figures are rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RoundingPlace {
    /// Each line. The default.
    #[default]
    Line,
    /// Each slice of a line; the line is their sum.
    TierLine,
    /// Only the totals.
    Bill,
}

fn two() -> u32 {
    2
}

pub(super) fn yes() -> bool {
    true
}

pub(super) fn is_true(value: &bool) -> bool {
    *value
}

impl Default for RoundingRule {
    fn default() -> RoundingRule {
        RoundingRule {
            mode: RoundingMode::HalfUp,
            place: RoundingPlace::Line,
            decimals: 2,
        }
    }
}

impl RoundingRule {
    pub fn rounding(self) -> Rounding {
        Rounding {
            mode: self.mode,
            decimals: self.decimals,
        }
    }
}

impl PlanCharge {
    /// What to call it.
    pub fn title(&self) -> &Arc<str> {
        self.name.as_ref().unwrap_or(&self.id)
    }
}

impl Plan {
    /// A plan without charges.
    pub fn new(name: &str) -> Plan {
        Plan {
            schema: None,
            version: VERSION,
            name: name.into(),
            note: String::new(),
            currency: Currency::USD,
            active: Active::default(),
            day_count: DayCount::Days,
            time_zone: Zone::default(),
            charges: Vec::new(),
            discounts: Vec::new(),
            discount_order: DiscountOrder::default(),
            minimum: None,
            maximum: None,
            commitment: None,
            tax: None,
            credits: Vec::new(),
            drawdown: Drawdown::default(),
            credits_draw: Draw::default(),
            order: OrderProfile::default(),
            rounding: RoundingRule::default(),
            progressive: None,
        }
    }

    /// The same with nothing rounded but the totals.
    pub(super) fn unrounded(&self) -> Plan {
        let mut plan = self.clone();
        plan.rounding.place = RoundingPlace::Bill;
        plan
    }

    /// Read and check a plan. The error says where in the document it stands.
    pub fn from_json(text: &str) -> Result<Plan, BillError> {
        let version = document::version(text).ok();
        if let Some(newer) = version.filter(|version| *version > VERSION) {
            return Err(BillError::Newer(newer));
        }
        let plan: Plan = document::read(text)?;
        plan.check()?;
        Ok(plan)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same, to be read by people.
    pub fn to_pretty_json(&self) -> String {
        let value = serde_json::from_str::<serde_json::Value>(&self.to_json());
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
        pretty.unwrap_or_default()
    }
}
