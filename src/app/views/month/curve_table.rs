//! The curve in figures: today, half and double, and where something happens.

use yew::prelude::*;

use super::curve_marks::{Signs, money};
use crate::effects::intl;
use crate::growth::{Axis, Growth};

/// A row: what it is called, and at how much.
struct At {
    n: u64,
    names: Vec<Name>,
}

enum Name {
    Words(&'static str),
    Badge(String),
}

/// Every plan at each.
pub fn table(growth: &Growth, signs: &Signs, chosen: usize) -> Html {
    let (unit, caption) = match growth.question.axis {
        Axis::Requests => ("Requests", "What each plan comes to as requests grow"),
        Axis::Prompt => (
            "Tokens of a prompt",
            "What each plan comes to as prompts grow",
        ),
    };
    let plans = growth.question.plans.iter().enumerate();
    let head = |(at, plan): (usize, &foretoken::billing::Plan)| {
        let class = classes!("num", (at == chosen).then_some("on"));
        html! { <th scope="col" {class}>{ &*plan.name }</th> }
    };
    html! {
        <div class="scroll" role="region" aria-label="The curve in figures" tabindex="0">
            <table class="figures" data-testid="curve-table">
                <caption class="vh">{ caption }</caption>
                <thead><tr><th scope="col">{ "At" }</th><th scope="col" class="num">{ unit }</th>{ for plans.map(head) }</tr></thead>
                <tbody>{ for rows(growth, signs).iter().map(|at| row(growth, at, chosen)) }</tbody>
            </table>
        </div>
    }
}

fn rows(growth: &Growth, signs: &Signs) -> Vec<At> {
    let mut rows: Vec<At> = Vec::new();
    let mut add = |n: u64, name: Name| match rows.iter_mut().find(|row| row.n == n) {
        Some(row) => row.names.push(name),
        None => rows.push(At {
            n,
            names: vec![name],
        }),
    };
    for sign in &signs.shown {
        if !sign.cliffs.is_empty() {
            add(sign.n - 1, Name::Words("just before"));
        }
        add(sign.n, Name::Badge(sign.badge()));
    }
    let yours = match growth.question.axis {
        Axis::Requests => "Your month",
        Axis::Prompt => "Your prompts",
    };
    add(growth.today, Name::Words(yours));
    if growth.today > 1 {
        add(growth.today / 2, Name::Words("Half"));
        add(growth.today.saturating_mul(2), Name::Words("Double"));
    }
    rows.sort_by_key(|row| row.n);
    rows
}

fn row(growth: &Growth, at: &At, chosen: usize) -> Html {
    let totals = growth.at(at.n);
    let least = totals.iter().flatten().min().copied();
    let cell = |(plan, total): (usize, &Option<rust_decimal::Decimal>)| {
        let best = total.is_some() && *total == least && totals.len() > 1;
        let class = classes!(
            "num",
            best.then_some("best"),
            (plan == chosen).then_some("on")
        );
        html! {
            <td {class}>
                if best { <small>{ "cheapest" }</small> }
                { total.map_or_else(|| "no price".to_owned(), money) }
            </td>
        }
    };
    let yours = at.n == growth.today;
    html! {
        <tr class={classes!(yours.then_some("yours"))} data-n={at.n.to_string()}>
            <th scope="row">{ for at.names.iter().map(name) }</th>
            <td class="num">{ intl::count(at.n) }</td>
            { for totals.iter().enumerate().map(cell) }
        </tr>
    }
}

fn name(name: &Name) -> Html {
    match name {
        Name::Words(words) => html! { <span class="word">{ *words }</span> },
        Name::Badge(badge) => html! { <span class="badge">{ badge }</span> },
    }
}
