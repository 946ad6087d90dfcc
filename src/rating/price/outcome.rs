//! Outcome: paid only where the answer is good enough.

use super::events::Event;
use super::tiers::{above_zero, is_default, is_one, is_zero, not_negative};
use super::{Part, Place, PlanError, Priced, Slice};
use crate::money::{Exact, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What was measured of the answers that reached the score × amount / per, and a fee for each attempt.
///
/// ```
/// use foretoken::rating::price::{Event, Outcome};
/// let paid: Outcome = serde_json::from_str(r#"{"amount": "0.01", "score_at_least": "0.8"}"#).unwrap();
/// let answer = |score: &str| Event {
///     requests: 1.into(), quantity: 250.into(), score: score.parse().ok(), ..Event::default()
/// };
/// // 250 tokens of the one answer that reached 0.8; the other, and one without a score, cost nothing.
/// let cost = paid.of(&[answer("0.8"), answer("0.79"), answer("none")]).unwrap();
/// assert_eq!(cost.amount.value().unwrap().to_string(), "2.5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// For each `per` of what is measured.
    pub amount: Exact,
    /// How many units the amount buys; 1 where it is left out.
    #[serde(default = "Exact::one", skip_serializing_if = "is_one")]
    pub per: Exact,
    /// The score an answer must reach.
    pub score_at_least: Exact,
    #[serde(default, skip_serializing_if = "is_default")]
    pub missing_score: MissingScore,
    /// For each request, whatever its score.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub each_attempt: Exact,
}

/// What an answer without a score costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MissingScore {
    /// Nothing. The default.
    #[default]
    NotBilled,
    /// As one that reached the score.
    Billed,
    /// It is an error.
    Refuse,
}

impl Outcome {
    pub(super) fn check(&self) -> Result<(), PlanError> {
        not_negative("amount", self.amount)?;
        above_zero("per", self.per)?;
        not_negative("each_attempt", self.each_attempt)
    }

    pub fn of(&self, events: &[Event]) -> Result<Priced, PlanError> {
        let (mut passed, mut attempts) = (Decimal::ZERO, Decimal::ZERO);
        for event in events {
            if self.passes(event)? {
                passed = sum(passed, event.quantity)?;
            }
            attempts = sum(attempts, event.requests)?;
        }
        let mut slices =
            vec![Slice::new(Part::Passed, passed.into(), *self.amount, *self.per).at("amount")?];
        if !self.each_attempt.is_zero() {
            let attempts = Slice::new(
                Part::Attempts,
                attempts.into(),
                *self.each_attempt,
                Decimal::ONE,
            );
            slices.push(attempts.at("each_attempt")?);
        }
        Priced::of(slices)
    }

    fn passes(&self, event: &Event) -> Result<bool, PlanError> {
        match (event.score, self.missing_score) {
            (Some(score), _) => Ok(score >= *self.score_at_least),
            (None, MissingScore::NotBilled) => Ok(false),
            (None, MissingScore::Billed) => Ok(true),
            (None, MissingScore::Refuse) => Err(PlanError::new(
                "missing_score",
                "a record has no score, and this plan does not bill without one",
            )),
        }
    }
}
