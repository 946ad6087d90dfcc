use std::rc::Rc;

use foretoken::billing::Bill;
use foretoken::money::Money;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::days::limit_second;
use super::{change, chosen, month_of};
use crate::daily::Daily;
use crate::effects::intl;
use crate::months::{Comparison, Side};
use crate::parts::select::{Select, option};
use crate::shell::Store;

/// The month on the chosen plan, large, and where it stands among the others.
pub fn reading(store: &Store, comparison: &Comparison, days: Option<&Rc<Daily>>) -> Html {
    let choice = &store.scenario.month;
    let at = chosen(choice);
    let Some(side) = comparison.sides.get(at) else {
        return html! {
            <section class="reading sec" aria-label="Reading" data-testid="month-reading">
                <p class="figure idle">{ "no plan" }<span class="per">{ "add one below" }</span></p>
            </section>
        };
    };
    html! {
        <section class="reading sec" aria-label="Reading" data-testid="month-reading">
            <div class="of">
                <label for="plan">{ format!("{} on", month_of(comparison.period)) }</label>
                { choose(store, at) }
                <span class="note">{ "before tax" }</span>
            </div>
            <div class="meter">
                <p class={classes!("figure", side.bill.is_err().then_some("idle"))} role="status">{ figure(side) }</p>
                { seconds(comparison, side, days) }
            </div>
            <p class="say">{ sentence(store, comparison, at) }</p>
        </section>
    }
}

fn choose(store: &Store, at: usize) -> Html {
    let on_choose = change(store, |month, value: String| {
        month.chosen = value.parse().unwrap_or_default();
    });
    let plans = store.scenario.month.plans.iter().enumerate();
    html! {
        <Select id="plan" class="field model" value={at.to_string()} {on_choose}>
            { for plans.map(|(at, plan)| option(&at.to_string(), &plan.name)) }
        </Select>
    }
}

fn figure(side: &Side) -> Html {
    match &side.bill {
        Ok(bill) => {
            html! { <>{ intl::dollars_and_cents(*bill.totals.net) }<span class="per">{ to_pay(bill) }</span></> }
        }
        Err(_) => {
            html! { <>{ "no figure" }<span class="per">{ "the reason stands below" }</span></> }
        }
    }
}

/// What tax and credits make of it, where there are any.
fn to_pay(bill: &Bill) -> Option<String> {
    let totals = &bill.totals;
    let total = intl::dollars_and_cents(*totals.total);
    match (totals.tax.is_zero(), totals.credits.is_zero()) {
        (true, true) => None,
        (false, true) => Some(format!("{total} with tax")),
        (true, false) => Some(format!("{total} to pay after credits")),
        (false, false) => Some(format!("{total} to pay with tax and after credits")),
    }
}

fn seconds(comparison: &Comparison, side: &Side, days: Option<&Rc<Daily>>) -> Html {
    let million = side.part(1_000_000, comparison.tokens);
    html! {
        <dl class="seconds">
            <div><dt>{ "One request" }</dt><dd>{ each(side.part(1, comparison.requests.into())) }</dd></div>
            <div><dt>{ "1M tokens" }</dt><dd>{ each(million) }</dd></div>
            { limit_second(days) }
        </dl>
    }
}

/// A small amount, or that there is none.
pub fn each(amount: Option<Decimal>) -> String {
    amount.map_or_else(
        || "–".to_owned(),
        |amount| intl::request(Money::usd(amount)),
    )
}

/// How it stands against the cheapest, in one sentence.
fn sentence(store: &Store, comparison: &Comparison, at: usize) -> Html {
    let choice = &store.scenario.month;
    let own = match &comparison.sides[at].bill {
        Ok(bill) => bill,
        Err(why) => return html! { <span class="flag wrap">{ why }</span> },
    };
    let Some(cheapest) = comparison.cheapest else {
        return Html::default();
    };
    if comparison.sides.len() < 2 {
        return html! { "Add a plan below to see the same month on it." };
    }
    let lead = if cheapest == at {
        second(comparison, at)
    } else {
        Some(cheapest)
    };
    let Some((other, net)) = lead.and_then(|other| Some((other, comparison.sides[other].net()?)))
    else {
        return Html::default();
    };
    let name = &choice.plans[other].name;
    let difference = (net - *own.totals.net).abs();
    let amount = intl::dollars_and_cents(difference);
    if difference.is_zero() {
        return html! { <><b>{ format!("{name} costs the same.") }</b></> };
    }
    if cheapest == at {
        return html! { <><b>{ "No plan here is cheaper. " }</b>{ format!("{name} would be {amount} more.") }</> };
    }
    html! { <><b>{ format!("{name} would be {amount} less. ") }</b>{ "It is the cheapest of these plans for this month." }</> }
}

/// The cheapest beside one.
fn second(comparison: &Comparison, but: usize) -> Option<usize> {
    let others = comparison
        .sides
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != but);
    others
        .filter_map(|(at, side)| Some((side.net()?, at)))
        .min()
        .map(|(_, at)| at)
}

/// The bill on a plan, where there is one.
pub fn bill_of(comparison: &Comparison, at: usize) -> Option<Rc<Bill>> {
    comparison.sides.get(at)?.bill.as_ref().ok().cloned()
}
