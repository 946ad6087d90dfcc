//! What happens along the curve: which marks get a sign, and each in a sentence.

use std::cmp::Reverse;

use foretoken::billing::{BreakEven, Cliff, Mark, Plan, PlanCharge, Reached, Stretch, Why};
use rust_decimal::Decimal;

use super::lines::{plain, unit_of_charge};
use crate::effects::intl;
use crate::growth::{Axis, Growth};
use crate::parts::words::capital;

/// Signs on the drawing and in the table, as many break-evens among them as there are letters; the rest is counted.
const MOST_SIGNS: usize = 12;
/// Of them such that tell no more than that a total jumps.
const MOST_JUMPS: usize = 2;
const LETTERS: [char; 8] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/// All that happens at one `n`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    pub n: u64,
    pub letter: Option<char>,
    pub evens: Vec<BreakEven>,
    pub cliffs: Vec<Cliff>,
}

/// The signs that are shown, by `n`, and what is left out of each plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signs {
    pub shown: Vec<Sign>,
    /// Cliffs of a plan that have no sign.
    pub cliffs: Vec<(usize, usize)>,
    /// Break-evens that have none.
    pub evens: usize,
}

impl Signs {
    pub fn of(growth: &Growth, chosen: usize) -> Signs {
        let mut all: Vec<Sign> = Vec::new();
        for mark in &growth.curve.marks {
            if all.last().is_none_or(|sign| sign.n != mark.n()) {
                let n = mark.n();
                all.push(Sign {
                    n,
                    letter: None,
                    evens: Vec::new(),
                    cliffs: Vec::new(),
                });
            }
            match (all.last_mut(), mark) {
                (Some(sign), Mark::BreakEven(even)) => sign.evens.push(even.clone()),
                (Some(sign), Mark::Cliff(cliff)) => sign.cliffs.push(cliff.clone()),
                (None, _) => {}
            }
        }
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| all[*at].rank(growth, chosen));
        let (mut kept, mut shown) = (vec![false; all.len()], 0);
        let (mut lettered, mut jumps) = (0, 0);
        for at in order {
            let even = !all[at].evens.is_empty();
            let jump = all[at].is_jump();
            kept[at] = shown < MOST_SIGNS
                && (!even || lettered < LETTERS.len())
                && (!jump || jumps < MOST_JUMPS);
            shown += usize::from(kept[at]);
            lettered += usize::from(kept[at] && even);
            jumps += usize::from(kept[at] && jump);
        }
        let (mut signs, mut letters) = (Signs::default(), LETTERS.into_iter());
        for (mut sign, kept) in all.into_iter().zip(kept) {
            if kept {
                sign.letter = (!sign.evens.is_empty()).then(|| letters.next()).flatten();
                signs.shown.push(sign);
            } else {
                signs.leave_out(&sign);
            }
        }
        signs
    }

    fn leave_out(&mut self, sign: &Sign) {
        self.evens += sign.evens.len();
        for cliff in &sign.cliffs {
            match self.cliffs.iter_mut().find(|(plan, _)| *plan == cliff.plan) {
                Some((_, count)) => *count += 1,
                None => self.cliffs.push((cliff.plan, 1)),
            }
        }
    }
}

impl Sign {
    /// What matters most comes first: another plan becomes the cheapest, and for long; the chosen plan is concerned; a
    /// total falls. Of equals the larger jump.
    fn rank(&self, growth: &Growth, chosen: usize) -> (u8, Reverse<u64>, Reverse<Decimal>) {
        let begins = |even: &BreakEven| {
            let mut stretches = growth.curve.cheapest.iter();
            let begun =
                |each: &&Stretch| each.plan == even.cheaper && even.n.abs_diff(each.from) <= 1;
            stretches.find(begun).map(|each| each.until - each.from)
        };
        let stretch = self.evens.iter().filter_map(begins).max();
        let chosen = self.cliffs.iter().any(|cliff| cliff.plan == chosen)
            || self
                .evens
                .iter()
                .any(|even| even.cheaper == chosen || even.dearer == chosen);
        let rank = match stretch {
            Some(_) => 0,
            None if chosen => 1,
            None if self.cliffs.iter().any(Cliff::falls) => 2,
            None if !self.evens.is_empty() => 3,
            None => 4,
        };
        let jumps = self.cliffs.iter();
        let jump = jumps.map(|cliff| (cliff.after - cliff.before).abs()).max();
        let (stretch, jump) = (stretch.unwrap_or_default(), jump.unwrap_or_default());
        (rank, Reverse(stretch), Reverse(jump))
    }

    /// Letter and arrow, as they stand on the drawing and in the table.
    pub fn badge(&self) -> String {
        let arrows = [(true, '↓'), (false, '↑')];
        let has = |falls: bool| self.cliffs.iter().any(|cliff| cliff.falls() == falls);
        let arrows = arrows.into_iter().filter(|(falls, _)| has(*falls));
        let signs = self
            .letter
            .into_iter()
            .chain(arrows.map(|(_, arrow)| arrow));
        // A thin space keeps a letter and its arrow apart.
        signs.map(String::from).collect::<Vec<_>>().join("\u{2009}")
    }

    /// What happens in sentences: one for each plan that is overtaken, and one for each that falls or jumps.
    pub fn sentences(&self, growth: &Growth) -> Vec<String> {
        let mut overtaken: Vec<usize> = Vec::new();
        for even in &self.evens {
            if !overtaken.contains(&even.dearer) {
                overtaken.push(even.dearer);
            }
        }
        let evens = overtaken.into_iter().map(|dearer| {
            let by = self.evens.iter().filter(|even| even.dearer == dearer);
            even_sentence(growth, &by.collect::<Vec<_>>())
        });
        let cliffs = self
            .cliffs
            .iter()
            .map(|cliff| cliff_sentence(growth, cliff));
        evens.chain(cliffs).collect()
    }

    /// Nothing but totals that jump, as those of packages do again and again.
    fn is_jump(&self) -> bool {
        self.evens.is_empty() && !self.cliffs.iter().any(Cliff::falls)
    }
}

/// So many of what grows, in words.
pub fn so_many(axis: Axis, n: u64) -> String {
    match axis {
        Axis::Requests => format!("{} requests", intl::count(n)),
        Axis::Prompt => format!("{} tokens of a prompt", intl::count(n)),
    }
}

/// To the cent, or in as many digits as a small amount needs.
pub fn money(amount: Decimal) -> String {
    if !amount.is_zero() && amount.abs() < Decimal::new(1, 2) {
        return intl::exact(foretoken::money::Money::usd(
            foretoken::money::round(amount, 9).normalize(),
        ));
    }
    intl::dollars_and_cents(amount)
}

/// The plans that are cheaper than one from here on.
fn even_sentence(growth: &Growth, evens: &[&BreakEven]) -> String {
    let Some(first) = evens.first() else {
        return String::new();
    };
    let from = so_many(growth.question.axis, first.n);
    let dearer = growth.name(first.dearer);
    let other = growth.at(first.n).get(first.dearer).copied().flatten();
    let other = other.map(money).unwrap_or_default();
    if let [even] = evens {
        let (cheaper, bill) = (growth.name(even.cheaper), money(even.bill));
        let both = match other == bill {
            true => format!("both come to {bill}"),
            false => format!("{bill} against {other}"),
        };
        return format!("From {from} {cheaper} is cheaper than {dearer}: {both}.");
    }
    let each = |even: &&BreakEven| format!("{} ({})", growth.name(even.cheaper), money(even.bill));
    let mut cheaper: Vec<String> = evens.iter().map(each).collect();
    let last = cheaper.pop().unwrap_or_default();
    format!(
        "From {from} {} and {last} are cheaper than {dearer} ({other}).",
        cheaper.join(", ")
    )
}

fn cliff_sentence(growth: &Growth, cliff: &Cliff) -> String {
    let name = growth.name(cliff.plan);
    let does = if cliff.falls() { "falls" } else { "jumps" };
    let by = money((cliff.after - cliff.before).abs());
    let at = so_many(growth.question.axis, cliff.n);
    let plan = &growth.question.plans[cliff.plan];
    let why = reason(plan, &cliff.why, cliff.falls());
    let why = if why.is_empty() {
        why
    } else {
        format!(": {why}")
    };
    let (before, after) = (money(cliff.before), money(cliff.after));
    format!(
        "{} {does} by {by} at {at}, from {before} to {after}{why}.",
        capital(name)
    )
}

/// Why a total jumps, as the end of a sentence.
fn reason(plan: &Plan, why: &Why, falls: bool) -> String {
    let charge = |charge: &&PlanCharge| Some(&charge.id) == why.charge.as_ref();
    let charge = plan.charges.iter().find(charge);
    let units = charge.map_or("units", unit_of_charge);
    match &why.reached {
        Reached::AllUnits(bounds) => {
            let rate = if falls { "lower" } else { "higher" };
            format!(
                "above {} {units} the {rate} rate applies to all of them",
                plain(bounds.above)
            )
        }
        Reached::Tier(bounds) => format!(
            "tier {} begins above {} {units}",
            bounds.number,
            plain(bounds.above)
        ),
        Reached::Fee(bounds) => format!(
            "above {} {units} the fee of tier {} is due",
            plain(bounds.above),
            bounds.number
        ),
        Reached::Step(bounds) => {
            format!("above {} {units} the next step is due", plain(bounds.above))
        }
        Reached::Overage { above } => {
            format!("what lies above {} {units} is priced apart", plain(*above))
        }
        Reached::Packages { size, count } => {
            format!(
                "package number {} of {} {units} begins",
                plain(*count),
                plain(*size)
            )
        }
        Reached::WholeUnits { count } => format!("unit number {} begins", plain(*count)),
        Reached::ListPrice {
            long_above: Some(above),
            ..
        } => {
            format!(
                "above {} tokens of prompt every token costs the long-prompt rate",
                intl::count(*above)
            )
        }
        Reached::ListPrice { .. } => "another list price holds".to_owned(),
        Reached::Share { rate } => format!("{} % hold for all of it", plain(*rate)),
        Reached::DaysUsedUp(days) => {
            format!(
                "{} days use up what they include",
                intl::count(*days as u64)
            )
        }
        Reached::Discount { band, .. } => format!("band {} of the discount is entered", band + 1),
        Reached::Minimum => "the minimum".to_owned(),
        Reached::Maximum => "the maximum".to_owned(),
        Reached::Commitment { reached: true } => "the commitment is reached".to_owned(),
        Reached::Commitment { reached: false } => "the commitment is not reached".to_owned(),
        Reached::Other => String::new(),
    }
}

/// What has no sign, no price or no exact curve, each in a sentence.
pub fn remarks(growth: &Growth, signs: &Signs) -> Vec<String> {
    let axis = growth.question.axis;
    let mut said = Vec::new();
    if signs.evens > 0 {
        let many = times(signs.evens);
        said.push(format!(
            "Plans change places {many}; the strip shows each time the cheapest does."
        ));
    }
    for (plan, count) in &signs.cliffs {
        let (name, many) = (growth.name(*plan), times(*count));
        said.push(format!("{name} jumps or falls {many} in this range."));
    }
    for refusal in &growth.curve.refusals {
        let name = growth.name(refusal.plan);
        let from = so_many(axis, refusal.from);
        let until = match refusal.until {
            until if until >= growth.until => "on".to_owned(),
            until => format!("to {}", intl::count(until)),
        };
        said.push(format!(
            "{name} has no price from {from} {until}: {}.",
            refusal.why
        ));
    }
    for (plan, sampled) in growth.curve.sampled.iter().enumerate() {
        if *sampled {
            let points = intl::count(growth.curve.points.len() as u64);
            let name = growth.name(plan);
            said.push(format!("{name} changes in too many small steps to follow each: its line is drawn through {points} exact points, and it may change places between two of them."));
        }
    }
    said
}

fn times(number: usize) -> String {
    let times = if number == 1 { "time" } else { "times" };
    format!("{} more {times}", intl::count(number as u64))
}

/// Which plan is cheapest from where to where, in words.
pub fn cheapest_words(growth: &Growth) -> String {
    const MOST: usize = 6;
    let stretches = &growth.curve.cheapest;
    if stretches.is_empty() {
        return "none has a price in this range".to_owned();
    }
    let said = stretches.iter().take(MOST).map(|each| {
        let name = growth.name(each.plan);
        match (each.from, each.until) {
            (0, until) if until >= growth.until => format!("{name} everywhere"),
            (0, until) => format!("{name} up to {}", intl::count(until)),
            (from, until) if until >= growth.until => {
                format!("{name} from {} to the end of this curve", intl::count(from))
            }
            (from, until) => format!(
                "{name} from {} to {}",
                intl::count(from),
                intl::count(until)
            ),
        }
    });
    let mut words = said.collect::<Vec<_>>().join("; ");
    if stretches.len() > MOST {
        words.push_str(&format!("; and {} more stretches", stretches.len() - MOST));
    }
    words
}
