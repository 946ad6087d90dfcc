//! Price shapes: how a quantity becomes an amount. One file each, with its document, its check and its arithmetic.
//!
//! Nothing here is rounded, and nothing is divided before the end. Which quantity a price gets, and what happens to the
//! amount after it (discounts, minimums, tax), is the plan's: see `billing`.

mod basis_points;
mod capacity;
mod cost_plus;
mod events;
mod flat;
mod graduated;
mod graduated_percentage;
mod matrix;
mod outcome;
mod package;
mod percentage;
mod selection;
mod slice;
mod stairstep;
mod threshold_total;
mod tiered_package;
mod tiers;
mod unit;
mod volume;
mod wrong;

pub use basis_points::{BasisPoints, By, PointTier};
pub use capacity::{Capacity, SpillOver};
pub use cost_plus::{Cost, CostPlus, MarkupRule, list_rate};
pub use events::Event;
pub use flat::Flat;
pub use graduated::Graduated;
pub use graduated_percentage::{GraduatedPercentage, PercentTier};
pub use matrix::{Cell, Matrix};
pub use outcome::{MissingScore, Outcome};
pub use package::{Package, Round};
pub use percentage::Percentage;
pub use selection::{Selection, property};
pub use slice::{Bounds, ListPrice, Part, Priced, Slice};
pub use stairstep::{Stairstep, Step};
pub use threshold_total::{Passing, ThresholdTotal};
pub use tiered_package::{Kind, Order, TieredPackage};
pub use tiers::{
    Above, AboveAll, AtZero, Tier, above_zero, check_bounds, is_default, is_one, is_zero,
    not_negative,
};
pub use unit::Unit;
pub use volume::Volume;
pub use wrong::{Place, PlanError, expect};

use crate::money::Ratio;
use serde::{Deserialize, Serialize};

/// How something is priced: an object with one member, the shape.
///
/// ```
/// use foretoken::rating::price::Price;
/// let price: Price = serde_json::from_str(r#"{"unit": {"amount": "2", "per": "1000000"}}"#).unwrap();
/// // 195 tokens at $2.00 per million.
/// assert_eq!(price.of(195_u32).unwrap().amount.value().unwrap().to_string(), "0.00039");
/// assert_eq!(price.name(), "unit");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Price {
    Unit(Unit),
    Flat(Flat),
    Graduated(Graduated),
    Volume(Volume),
    Stairstep(Stairstep),
    ThresholdTotal(ThresholdTotal),
    Package(Package),
    TieredPackage(TieredPackage),
    Percentage(Percentage),
    GraduatedPercentage(GraduatedPercentage),
    BasisPoints(BasisPoints),
    CostPlus(CostPlus),
    Matrix(Matrix),
    Capacity(Capacity),
    Outcome(Outcome),
}

/// What a price looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooksAt {
    /// Nothing that was used: it is due anyway.
    Time,
    /// One quantity.
    Quantity,
    /// The sum of the money carried.
    Money,
    /// Each request.
    Events,
    /// Each record and meter.
    Records,
}

impl Price {
    /// The name of its shape, as in documents.
    pub fn name(&self) -> &'static str {
        match self {
            Price::Unit(_) => "unit",
            Price::Flat(_) => "flat",
            Price::Graduated(_) => "graduated",
            Price::Volume(_) => "volume",
            Price::Stairstep(_) => "stairstep",
            Price::ThresholdTotal(_) => "threshold_total",
            Price::Package(_) => "package",
            Price::TieredPackage(_) => "tiered_package",
            Price::Percentage(_) => "percentage",
            Price::GraduatedPercentage(_) => "graduated_percentage",
            Price::BasisPoints(_) => "basis_points",
            Price::CostPlus(_) => "cost_plus",
            Price::Matrix(_) => "matrix",
            Price::Capacity(_) => "capacity",
            Price::Outcome(_) => "outcome",
        }
    }

    pub fn looks_at(&self) -> LooksAt {
        match self {
            Price::Flat(_) | Price::Capacity(_) => LooksAt::Time,
            Price::GraduatedPercentage(_) => LooksAt::Money,
            Price::Percentage(_) | Price::BasisPoints(_) | Price::Outcome(_) => LooksAt::Events,
            Price::CostPlus(_) | Price::Matrix(_) => LooksAt::Records,
            _ => LooksAt::Quantity,
        }
    }

    /// What no document may say, with its place below the price.
    pub fn check(&self) -> Result<(), PlanError> {
        match self {
            Price::Unit(price) => price.check(),
            Price::Flat(price) => price.check(),
            Price::Graduated(price) => price.check(),
            Price::Volume(price) => price.check(),
            Price::Stairstep(price) => price.check(),
            Price::ThresholdTotal(price) => price.check(),
            Price::Package(price) => price.check(),
            Price::TieredPackage(price) => price.check(),
            Price::Percentage(price) => price.check(),
            Price::GraduatedPercentage(price) => price.check(),
            Price::BasisPoints(price) => price.check(),
            Price::CostPlus(price) => price.check(),
            Price::Matrix(price) => price.check(),
            Price::Capacity(price) => price.check(),
            Price::Outcome(price) => price.check(),
        }
        .at(self.name())
    }

    /// What a quantity costs, for the shapes that look at one; the others cost nothing here.
    pub fn of(&self, quantity: impl Into<Ratio>) -> Result<Priced, PlanError> {
        let quantity = quantity.into();
        match self {
            Price::Unit(price) => price.of(quantity),
            Price::Graduated(price) => price.of(quantity),
            Price::Volume(price) => price.of(quantity),
            Price::Stairstep(price) => price.of(quantity),
            Price::ThresholdTotal(price) => price.of(quantity),
            Price::Package(price) => price.of(quantity),
            Price::TieredPackage(price) => price.of(quantity),
            Price::GraduatedPercentage(price) => price.of(quantity),
            _ => Ok(Priced::default()),
        }
        .at(self.name())
    }

    /// What these requests cost, for the shapes that look at each; the others cost nothing here.
    pub fn of_events(&self, events: &[Event]) -> Result<Priced, PlanError> {
        match self {
            Price::Percentage(price) => price.of(events),
            Price::BasisPoints(price) => price.of(events),
            Price::Outcome(price) => price.of(events),
            _ => Ok(Priced::default()),
        }
        .at(self.name())
    }
}
