//! The month day by day on the chosen plan: what was charged by when, and when a limit or included units are reached.

use std::rc::Rc;

use foretoken::billing::{Crossing, PERCENTS, Pause};
use foretoken::calendar::{Date, Period};
use foretoken::money::Money;
use foretoken::scenario::AtLimit;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::days_plot::{Left, Spent};
use super::lines::unit_of_charge;
use super::month_of;
use crate::daily::{Allowance, Daily, Question};
use crate::effects::intl;
use crate::effects::later::use_later;
use crate::effects::width::use_width;
use crate::parts::words::capital;
use crate::shell::Store;

/// The days of the chosen plan, worked out a moment after what they follow from.
#[hook]
pub fn use_days(store: &Store, period: Option<Period>) -> Option<Rc<Daily>> {
    let month = &store.scenario.month;
    let question = month.plan().zip(period).map(|(plan, period)| Question {
        work: month.workload.clone(),
        plan: plan.clone(),
        catalog: store.catalog.clone(),
        period,
        limit: month.limit.map(|limit| *limit),
        at_limit: month.at_limit,
    });
    let days = use_later(question, 0, |question| {
        let days = Daily::new(question.as_ref()?).ok()?;
        Some(Rc::new(days))
    });
    (*days?).clone()
}

/// The section, where there is a plan with a price.
pub fn day_by_day(days: Option<&Rc<Daily>>) -> Html {
    let Some(days) = days else {
        return Html::default();
    };
    let Question { plan, period, .. } = &days.question;
    html! {
        <section class="sec" aria-label="Day by day" data-testid="days">
            <div class="head">
                <h2>{ format!("{}, day by day on {}", capital(&month_of(*period)), plan.name) }</h2>
                <span class="note">{ "Before tax, as charged by the end of each day; weekends are shaded" }</span>
            </div>
            <div class="daily">
                <Charts days={Days(days.clone())} />
                <div class="beside">
                    { limit_table(days) }
                    { limit_words(days) }
                    { for days.allowances.iter().take(MOST_ALLOWANCES).map(|each| allowance_table(days, each)) }
                    { weeks(days) }
                </div>
            </div>
        </section>
    }
}

/// Included units of so many charges have a table of their own.
const MOST_ALLOWANCES: usize = 3;

/// Days, equal only to themselves.
#[derive(Clone)]
pub struct Days(pub Rc<Daily>);

impl PartialEq for Days {
    fn eq(&self, other: &Days) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    days: Days,
}

#[component]
fn Charts(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    let days = &props.days;
    html! {
        <div class="measured" ref={node}>
            if width > 0 {
                <Spent days={days.clone()} {width} />
                { for (0..days.0.allowances.len().min(1)).map(|at| html! { <Left days={days.clone()} {width} {at} /> }) }
            }
        </div>
    }
}

/// To the cent, or every digit of what is no whole number of cents.
pub fn charged(amount: Decimal) -> String {
    let short = amount.normalize().scale() <= 2 || amount.abs() >= Decimal::TEN;
    if short {
        return intl::dollars_and_cents(amount);
    }
    intl::exact(Money::usd(foretoken::money::round(amount, 6).normalize()))
}

/// What a percentage of something is called: all of it is the limit.
fn percent(percent: u32, all: &str) -> Html {
    match percent {
        100 => html! { <b>{ all }</b> },
        share => html! { { format!("{share} %") } },
    }
}

fn crossed(crossings: &[Crossing], percent: u32) -> Option<&Crossing> {
    let mut crossings = crossings.iter();
    crossings.find(|crossing| crossing.reached.contains(&percent))
}

fn limit_table(days: &Daily) -> Html {
    let Some(limit) = days.limit() else {
        return html! {
            <p class="note">{ "Set a limit beside the work to see on which day half of it is spent, and on which all of it." }</p>
        };
    };
    let share = |share: u32| {
        let crossing = crossed(&days.crossings, share);
        let passed = share == 100 && crossing.is_some();
        html! {
            <tr data-percent={share.to_string()}>
                <th scope="row">{ percent(share, "Limit") }</th>
                <td>if passed { <span class="flag">{ day_of(crossing) }</span> } else { { day_of(crossing) } }</td>
                <td class="num">{ crossing.map_or_else(|| "–".to_owned(), |crossing| charged(crossing.amount)) }</td>
            </tr>
        }
    };
    let last = days.days.last().map(|day| intl::weekday(day.date));
    html! {
        <table class="figures" data-testid="limit-table">
            <caption class="vh">{ "When shares of the limit are passed" }</caption>
            <thead><tr><th scope="col">{ format!("Of {}", intl::dollars_and_cents(limit)) }</th><th scope="col">{ "Passed on" }</th>
                <th scope="col" class="num">{ "Spent by then" }</th></tr></thead>
            <tbody>
                { for PERCENTS.into_iter().map(share) }
                <tr><th scope="row">{ "End" }</th><td>{ last }</td><td class="num">{ charged(days.end()) }</td></tr>
            </tbody>
        </table>
    }
}

fn day_of(crossing: Option<&Crossing>) -> String {
    crossing.map_or_else(
        || "not reached".to_owned(),
        |crossing| intl::weekday(crossing.date),
    )
}

/// What a pause at the limit comes to, in one sentence.
fn limit_words(days: &Daily) -> Html {
    if days.limit().is_none() {
        return Html::default();
    }
    let words = match (&days.pause, days.passed()) {
        (Some(pause), Some(day)) => paused(days, pause, day),
        (None, Some(_)) if days.question.at_limit == AtLimit::Warn => {
            "A limit that warns stops nothing: choose Pause to see what a stop would save."
                .to_owned()
        }
        _ => "The month ends below the limit.".to_owned(),
    };
    html! { <p class="note pause" data-testid="pause">{ words }</p> }
}

fn paused(days: &Daily, pause: &Pause, day: Date) -> String {
    let stop = format!("Use would stop at the end of {}", intl::weekday(day));
    let cost = charged(pause.cost);
    let after = days.requests_after(day);
    let unserved = match after.is_zero() {
        true => "no request would be turned away".to_owned(),
        false => format!("{} requests would not be served", intl::number(after, 0)),
    };
    let saved = match pause.saved {
        saved if saved.is_zero() => "nothing is saved".to_owned(),
        saved if saved < Decimal::ZERO => {
            format!(
                "{} more, because more use would have made a cheaper month",
                charged(-saved)
            )
        }
        saved => format!("{} less", charged(saved)),
    };
    let said = format!("{stop}: the month would cost {cost}, {saved}, and {unserved}.");
    let beyond = days.limit().map(|limit| pause.cost - limit);
    match beyond.filter(|beyond| *beyond > Decimal::ZERO) {
        Some(beyond) => format!(
            "{said} That is {} above the limit: use stops at the end of a day, and fees stay due. The figures above are of the month without a stop.",
            charged(beyond)
        ),
        None => said,
    }
}

/// What the units of an allowance are called, and which ones they are.
pub fn allowance_words(days: &Daily, allowance: &Allowance) -> (String, &'static str) {
    let mut charges = days.question.plan.charges.iter();
    let charge = charges.find(|charge| charge.id == allowance.units.charge);
    let unit = charge.map_or("units", unit_of_charge);
    let group = allowance
        .units
        .group
        .iter()
        .map(|(_, value)| value.to_string());
    let group = group.collect::<Vec<_>>().join(", ");
    let name = match group.is_empty() {
        true => format!("Of {} included {unit}", intl::number(allowance.whole, 2)),
        false => format!(
            "Of {} included {unit}, {group}",
            intl::number(allowance.whole, 2)
        ),
    };
    (name, unit)
}

fn allowance_table(days: &Daily, allowance: &Allowance) -> Html {
    let (name, unit) = allowance_words(days, allowance);
    let share = |share: u32| {
        let crossing = crossed(&allowance.crossings, share);
        html! {
            <tr data-percent={share.to_string()}>
                <th scope="row">{ percent(share, "All") }</th><td>{ day_of(crossing) }</td>
                <td class="num">{ crossing.map_or_else(|| "–".to_owned(), |crossing| intl::number(crossing.amount, 2)) }</td>
            </tr>
        }
    };
    html! {
        <table class="figures" data-testid="included-table">
            <caption class="vh">{ "When shares of the included units are used" }</caption>
            <thead><tr><th scope="col">{ name }</th><th scope="col">{ "Used by" }</th>
                <th scope="col" class="num">{ format!("{} by then", capital(unit)) }</th></tr></thead>
            <tbody>{ for PERCENTS.into_iter().map(share) }</tbody>
        </table>
    }
}

/// Days from one Monday to the next, as their places.
fn by_week(days: &Daily) -> Vec<std::ops::Range<usize>> {
    let monday = |at: &usize| days.days[*at].date.weekday().to_monday_zero_offset() == 0;
    let mut starts: Vec<usize> = (1..days.days.len()).filter(monday).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([days.days.len()]);
    let weeks: Vec<_> = starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(from, to)| from..to)
        .collect();
    weeks
}

fn weeks(days: &Daily) -> Html {
    let first = days.allowances.first();
    let week = |week: std::ops::Range<usize>| {
        let last = week.end - 1;
        let requests: Decimal = days.requests[week.clone()].iter().sum();
        let (from, to) = (days.days[week.start].date, days.days[last].date);
        html! {
            <tr>
                <th scope="row">{ format!("{} to {}", intl::short_day(from), intl::short_day(to)) }</th>
                <td class="num">{ intl::number(requests, 0) }</td>
                if let Some(first) = first { <td class="num">{ intl::number(first.left[last], 2) }</td> }
                <td class="num">{ charged(days.days[last].so_far) }</td>
            </tr>
        }
    };
    html! {
        <table class="figures" data-testid="weeks">
            <caption class="vh">{ "The month by weeks" }</caption>
            <thead><tr><th scope="col">{ "Week" }</th><th scope="col" class="num">{ "Requests" }</th>
                if first.is_some() { <th scope="col" class="num">{ "Included left" }</th> }
                <th scope="col" class="num">{ "So far" }</th></tr></thead>
            <tbody>{ for by_week(days).into_iter().map(week) }</tbody>
        </table>
    }
}

/// Whether the limit is passed and when, as it stands beside the reading.
pub fn limit_second(days: Option<&Rc<Daily>>) -> Html {
    let Some((days, limit)) = days.and_then(|days| Some((days, days.limit()?))) else {
        return Html::default();
    };
    let limit = format!("Limit of {}", intl::dollars_and_cents(limit));
    match days.passed() {
        Some(day) => {
            html! { <div><dt>{ format!("{limit} passed") }</dt><dd class="flag">{ intl::weekday(day) }</dd></div> }
        }
        None => html! { <div><dt>{ limit }</dt><dd>{ "not reached" }</dd></div> },
    }
}
