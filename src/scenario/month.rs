//! What the user chose on the Month page.

use super::ScenarioError;
use crate::billing::{Plan, Preset};
use crate::calendar::Period;
use crate::money::Exact;
use crate::usage::{Share, Who, Workload};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Plans side by side, so that a comparison stays one a person can read.
pub const MOST_PLANS: usize = 5;
/// Models among which requests are shared.
pub const MOST_MODELS: usize = 6;
/// The most people, and the most tokens of a prompt.
pub const MOST_PEOPLE: u64 = 10_000_000;
pub const MOST_PROMPT: u64 = 100_000_000;

/// The plans a first visitor compares.
const FIRST_PLANS: [&str; 4] = ["list-price", "graduated", "all-units", "hybrid"];

/// One month of use and the plans it is billed on.
///
/// ```
/// use foretoken::scenario::MonthChoice;
/// let choice = MonthChoice::default();
/// assert_eq!(choice.plans[0].name.as_ref(), "List price");
/// assert!(choice.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthChoice {
    pub workload: Workload,
    #[serde(deserialize_with = "plans")]
    pub plans: Vec<Plan>,
    /// The plan whose bill is shown.
    pub chosen: usize,
    /// The most the month may cost, before tax.
    pub limit: Option<Exact>,
    pub at_limit: AtLimit,
}

/// Plans are read by their own door, which says where in them a mistake stands; their types are then known to one reader
/// only, which halves what the page carries for them.
fn plans<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Plan>, D::Error> {
    let plans = Vec::<serde_json::Value>::deserialize(source)?;
    let plan = |plan: serde_json::Value| Plan::from_json(&plan.to_string());
    let plans = plans.into_iter().map(plan).collect::<Result<_, _>>();
    plans.map_err(D::Error::custom)
}

/// What happens when the limit is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtLimit {
    #[default]
    Warn,
    /// Use stops.
    Pause,
}

impl Default for MonthChoice {
    fn default() -> MonthChoice {
        let period = Period::month(2026, 12).ok();
        let preset = |id: &str| Preset::named(id)?.plan(period?).ok();
        MonthChoice {
            workload: Workload::default(),
            plans: FIRST_PLANS.into_iter().filter_map(preset).collect(),
            chosen: 1,
            limit: None,
            at_limit: AtLimit::Warn,
        }
    }
}

impl MonthChoice {
    /// The plan whose bill is shown.
    pub fn plan(&self) -> Option<&Plan> {
        self.plans.get(self.chosen).or_else(|| self.plans.first())
    }

    /// What no page of ours lets anyone choose is not opened either.
    pub fn check(&self) -> Result<(), ScenarioError> {
        let impossible = |what, seen: String, expected| ScenarioError::Impossible {
            what,
            seen,
            expected,
        };
        let plans = self.plans.len();
        if plans > MOST_PLANS {
            return Err(impossible("the plans", plans.to_string(), "five at most"));
        }
        for plan in &self.plans {
            plan.check().map_err(|error| {
                impossible("a plan", error.to_string(), "one that can be billed")
            })?;
        }
        let work = &self.workload;
        let hundred = Exact::from(100);
        let within = |value: Exact, most: Exact| value >= Exact::ZERO && value <= most;
        let shares = |share: &Share| within(share.percent, hundred);
        if work.mix.is_empty() || work.mix.len() > MOST_MODELS || !work.mix.iter().all(shares) {
            let seen = format!("{} models", work.mix.len());
            return Err(impossible(
                "the mix of models",
                seen,
                "one to six, each with 0 to 100 %",
            ));
        }
        let often = match work.who {
            Who::People { people, each } => {
                people <= MOST_PEOPLE && within(each, Exact::from(100_000))
            }
            Who::Requests { a_day } => within(a_day, Exact::from(super::MOST_REQUESTS)),
        };
        let cached = within(work.cache_read_percent, hundred)
            && within(
                work.cache_write_percent,
                Exact(*hundred - *work.cache_read_percent),
            );
        let sizes = work.prompt_tokens <= MOST_PROMPT && work.answer_tokens <= super::MOST_TOKENS;
        let rest = within(work.weekend_percent, Exact::from(1_000))
            && within(work.good_percent, hundred)
            && within(work.compute_seconds, Exact::from(86_400));
        if often && cached && sizes && rest {
            return Ok(());
        }
        Err(impossible(
            "the use of a month",
            "a figure beyond its bounds".into(),
            "what the page allows",
        ))
    }
}
