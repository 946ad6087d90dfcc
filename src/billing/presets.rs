//! Plans to begin with: each can be opened and changed.

use super::{BillError, Plan};
use crate::calendar::{Date, Period};

/// A plan to begin with. Its file in `static/plans` is a plan like any other.
///
/// ```
/// use foretoken::{billing::Preset, calendar::Period};
/// let february = Period::month(2027, 2).unwrap();
/// let prepaid = Preset::named("prepaid").unwrap().plan(february).unwrap();
/// // The gift expires on the 15th of the month that is looked at.
/// assert_eq!(prepaid.credits[0].expires, Some(jiff::civil::date(2027, 2, 15)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    pub id: &'static str,
    json: &'static str,
}

/// The month that the dates in the files are of.
const WRITTEN_FOR: (i16, i8) = (2026, 12);

macro_rules! presets {
    ($($id:literal),+ $(,)?) => {
        /// All of them, in the order they are offered.
        pub const PRESETS: &[Preset] = &[$(Preset {
            id: $id,
            json: include_str!(concat!("../../static/plans/", $id, ".json")),
        }),+];
    };
}

presets![
    "list-price",
    "cost-plus",
    "graduated",
    "all-units",
    "hybrid",
    "free-tier",
    "package",
    "seats",
    "prepaid",
    "commitment",
    "outcome",
    "capacity",
    "article-tiered",
    "article-volume-marginal",
    "article-volume-all-units",
    "article-hybrid",
    "article-outcome",
];

impl Preset {
    pub fn named(id: &str) -> Option<Preset> {
        PRESETS.iter().copied().find(|preset| preset.id == id)
    }

    /// The plan, its dates moved to the month of the period.
    pub fn plan(self, period: Period) -> Result<Plan, BillError> {
        let mut plan = Plan::from_json(self.json)?;
        for credit in &mut plan.credits {
            credit.granted = credit.granted.map(|day| moved(day, period));
            credit.expires = credit.expires.map(|day| moved(day, period));
        }
        Ok(plan)
    }
}

fn moved(day: Date, period: Period) -> Date {
    let month = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
    let from = period.from();
    let months = month(from.year(), from.month()) - month(WRITTEN_FOR.0, WRITTEN_FOR.1);
    later(day, months).unwrap_or(day)
}

/// The same day so many months later, or the last one of a shorter month.
fn later(day: Date, months: i32) -> Option<Date> {
    let months = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
    let day = day.day().min(first.days_in_month());
    Date::new(first.year(), first.month(), day).ok()
}
