//! What is wrong with a plan, and where in it.

use crate::money::MoneyError;

/// A sentence with its place in the document: `charges[2].price.graduated.tiers[1].up_to: 900 is not above ...`.
///
/// ```
/// use foretoken::rating::price::PlanError;
/// let wrong = PlanError::new("up_to", "900 is not above 1000").under("tiers[1]").under("charges[2]");
/// assert_eq!(wrong.to_string(), "charges[2].tiers[1].up_to: 900 is not above 1000");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", if .at.is_empty() { String::new() } else { format!("{}: ", .at) })]
pub struct PlanError {
    /// The place in the document; empty for all of it.
    pub at: String,
    /// What was seen there, and what was expected.
    pub what: String,
}

impl PlanError {
    pub fn new(at: impl Into<String>, what: impl ToString) -> PlanError {
        PlanError {
            at: at.into(),
            what: what.to_string(),
        }
    }

    /// The same, seen from one level up.
    pub fn under(self, place: &str) -> PlanError {
        let at = match self.at.as_str() {
            "" => place.to_owned(),
            at => format!("{place}.{at}"),
        };
        PlanError { at, ..self }
    }
}

impl From<MoneyError> for PlanError {
    fn from(error: MoneyError) -> PlanError {
        PlanError::new("", error)
    }
}

/// Says where in the document something went wrong.
pub trait Place<T> {
    fn at(self, place: &str) -> Result<T, PlanError>;
    fn at_item(self, list: &str, index: usize) -> Result<T, PlanError>;
}

impl<T, E: Into<PlanError>> Place<T> for Result<T, E> {
    fn at(self, place: &str) -> Result<T, PlanError> {
        self.map_err(|error| error.into().under(place))
    }

    fn at_item(self, list: &str, index: usize) -> Result<T, PlanError> {
        self.map_err(|error| error.into().under(&format!("{list}[{index}]")))
    }
}

/// Nothing where it holds; otherwise what was seen and what was expected.
pub fn expect(
    holds: bool,
    at: &str,
    seen: impl std::fmt::Display,
    expected: &str,
) -> Result<(), PlanError> {
    if holds {
        return Ok(());
    }
    Err(PlanError::new(at, format!("{seen} is not {expected}")))
}
