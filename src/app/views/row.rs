use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::estimate::Estimate;
use foretoken::money::Money;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::reading::short;
use super::record::{closes_pins, ratio_words};
use super::working::Working;
use crate::effects::intl;
use crate::parts::{basis, icon};
use crate::rows::{Pin, Row};
use crate::shell::{Store, act};
use crate::store::{Action, Choice, Look, MOST_PINS};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<Row>,
    pub month: Month,
    pub selected: bool,
    pub cheapest: bool,
    pub open: bool,
}

/// One model: each cell a value and, below it, what qualifies the value.
#[component]
pub fn RowView(props: &Props) -> Html {
    let Some(store) = use_context::<Store>() else {
        return Html::default();
    };
    let row = &props.row;
    let classes = classes!(
        "row",
        props.selected.then_some("sel"),
        closes_pins(row.pin).then_some("lastpin"),
    );
    html! {
        <>
        <tr class={classes}>
            <th scope="row">{ name(&store, row) }</th>
            { prompt_cells(row) }
            { answer_cell(row) }
            <td class="num total">{ total(&store, props) }</td>
            { month_cells(row) }
            <td class="num c-x">{ ratio_words(props.cheapest, row.ratio) }</td>
            <td class="num c-ctx">{ fit(row) }</td>
            <td class={classes!("num", "c-date", row.stale_days.is_none().then_some("ok"))}>{ checked(row) }</td>
        </tr>
        if props.open {
            <tr class="open"><td colspan="10"><Working row={row.clone()} month={props.month} /></td></tr>
        }
        </>
    }
}

fn name(store: &Store, row: &Row) -> Html {
    let pinned = row.pin != Pin::No;
    let full = !pinned && store.scenario.pins.len() >= MOST_PINS;
    let key = row.key.clone();
    let toggle = act(store, move |_: MouseEvent| {
        Action::Choose(Choice::Pin(key.clone()))
    });
    let label = match (pinned, full) {
        (true, _) => format!("Unpin {}", row.title),
        (false, false) => format!("Pin {} to compare", row.title),
        (false, true) => format!("Pin {}: five are pinned already", row.title),
    };
    let key = row.key.clone();
    let select = act(store, move |_: MouseEvent| {
        Action::Choose(Choice::Select(key.clone()))
    });
    html! {
        <div class="namecell">
            <button class="pin" aria-pressed={pinned.to_string()} aria-label={label.clone()} title={label} disabled={full} onclick={toggle}>{ icon::pin() }</button>
            <span>
                <button class="id" onclick={select} title="Read this model above">{ &row.title }</button>
                if row.yours { <span class="tag">{ "your price" }</span> }
                if let Some(days) = row.stale_days { <span class="flag stale">{ format!("{days} days old") }</span> }
                <small>{ &row.provider }{ row.retires.map(|day| format!(", ends {}", intl::day(day))) }</small>
            </span>
        </div>
    }
}

fn prompt_cells(row: &Row) -> Html {
    let rate = row.rates.0;
    let Some(estimate) = &row.estimate else {
        return html! { <><td class="num c-in">{ "–" }</td><td class="num c-inc">{ per_million(rate) }</td></> };
    };
    let total = estimate.prompt.total;
    let about = if total.is_banded() { "≈ " } else { "" };
    html! {
        <>
        <td class="num c-in">{ about }{ intl::count(total.tokens) }<small>{ basis::basis_brief(total) }</small></td>
        <td class="num c-inc">{ part(estimate, |cost| cost.of_prompt()) }<small>{ per_million(rate) }</small></td>
        </>
    }
}

fn answer_cell(row: &Row) -> Html {
    let rate = row.rates.1;
    let Some(estimate) = &row.estimate else {
        return html! { <td class="num c-out">{ per_million(rate) }</td> };
    };
    let cut = estimate
        .answer
        .cut_to
        .map(|limit| format!("cut at {}", intl::compact(limit)));
    html! {
        <td class="num c-out">{ part(estimate, |cost| cost.of_answer()) }<small>{ cut.map_or_else(|| per_million(rate), Html::from) }</small></td>
    }
}

fn part(
    estimate: &Estimate,
    of: impl Fn(&foretoken::estimate::RequestCost) -> Option<Money>,
) -> Html {
    match estimate.request.as_ref().ok().and_then(of) {
        Some(amount) => html! { { intl::request(amount) } },
        None => html! { <em class="none">{ "–" }</em> },
    }
}

fn per_million(rate: Option<Decimal>) -> Html {
    match rate {
        Some(rate) => html! { { format!("{} / 1M", intl::rate(rate)) } },
        None => html! { <em class="none">{ "no price" }</em> },
    }
}

/// The figure the row is read for; it opens its working.
fn total(store: &Store, props: &Props) -> Html {
    let row = &props.row;
    let key = row.key.clone();
    let open = act(store, move |_: MouseEvent| {
        Action::Look(Look::Working(key.clone()))
    });
    let (figure, below) = match row.estimate.as_ref().map(|estimate| &estimate.request) {
        None if store.is_empty() => ("–".to_owned(), None),
        None => ("counting…".to_owned(), None),
        Some(Err(why)) => (short(why).to_owned(), None),
        Some(Ok(cost)) => (
            intl::request(cost.expected.total),
            Some(intl::range(cost.low, cost.high)),
        ),
    };
    html! {
        <>
        <button class="fig" aria-expanded={props.open.to_string()} aria-label={format!("{figure} for one request to {}, show the working", row.title)}
            onclick={open}>{ figure }</button>
        <small>{ below }</small>
        </>
    }
}

fn month_cells(row: &Row) -> Html {
    let cost = row
        .estimate
        .as_ref()
        .and_then(|estimate| estimate.request.as_ref().ok());
    let thousand = cost.and_then(|cost| cost.expected.total.times(Decimal::ONE_THOUSAND).ok());
    let month = row.month.as_ref().and_then(|month| month.as_ref().ok());
    let dash = || "–".to_owned();
    html! {
        <>
        <td class="num c-k">{ thousand.map_or_else(dash, |amount| intl::cents(amount.rounded())) }</td>
        <td class="num c-mo">{ month.map_or_else(dash, |month| intl::cents(month.expected.total)) }
            <small>{ month.map(|month| intl::range(month.low.total, month.high.total)) }</small></td>
        </>
    }
}

fn fit(row: &Row) -> Html {
    let Some(fit) = row.estimate.as_ref().map(|estimate| estimate.fit) else {
        return row.window.map_or_else(
            || html! { <em class="none">{ "unknown" }</em> },
            |window| html! { { intl::compact(window) } },
        );
    };
    let share = fit.percent().zip(fit.window).map(|(percent, window)| {
        format!("{} of {}", intl::percent(percent), intl::compact(window))
    });
    match fit.fits {
        None => html! { <em class="none">{ "unknown" }</em> },
        Some(true) => html! { <>{ "fits" }<small>{ share }</small></> },
        Some(false) => {
            html! { <><span class="flag">{ "does not fit" }</span><small>{ share }</small></> }
        }
    }
}

fn checked(row: &Row) -> Html {
    match (row.checked, row.stale_days) {
        _ if row.yours => html! { { "yours" } },
        (None, _) => html! { { "–" } },
        (Some(day), Some(days)) => html! {
            <><span class="flag">{ format!("{days} days old") }</span><small>{ intl::day(day) }</small></>
        },
        (Some(day), None) => html! { { intl::day(day) } },
    }
}
