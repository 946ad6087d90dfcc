use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::estimate::{Estimate, RequestCost};
use foretoken::money::Money;
use foretoken::usage::Meter;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::reading::short;
use super::record::{closes_pins, ratio_words};
use super::working::Working;
use crate::effects::intl;
use crate::effects::visible::use_visible;
use crate::parts::{basis, icon};
use crate::rows::{Pin, Row};
use crate::shell::{Dispatch, act_by};
use crate::store::{Action, Choice, Look};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub row: Rc<Row>,
    pub month: Month,
    pub selected: bool,
    pub cheapest: bool,
    pub open: bool,
}

/// One model: each cell a value and, below it, what qualifies the value. Any figure opens the working.
#[component]
pub fn RowView(props: &Props) -> Html {
    let node = use_node_ref();
    let visible = use_visible(&node);
    let dispatch = use_context::<Dispatch>();
    {
        let dispatch = dispatch.clone();
        use_effect_with((visible, props.row.encoding), move |seen| {
            if let (Some(dispatch), (true, Some(encoding))) = (dispatch, *seen) {
                dispatch.dispatch(Action::Look(Look::Encodings(vec![encoding])));
            }
        });
    }
    let Some(dispatch) = dispatch else {
        return Html::default();
    };
    let row = &props.row;
    let classes = classes!(
        "row",
        props.selected.then_some("sel"),
        closes_pins(row.pin).then_some("lastpin"),
    );
    let key = row.key.clone();
    let open = act_by(&dispatch, move |_: MouseEvent| {
        Action::Look(Look::Working(key.clone()))
    });
    html! {
        <>
        <tr class={classes} ref={node}>
            <th scope="row">{ name(&dispatch, row) }</th>
            { prompt_cells(row, &open) }
            { answer_cell(row, &open) }
            <td class="num total" onclick={open.clone()}>{ total(props) }</td>
            { month_cell(row, &open) }
            <td class="num c-x" onclick={open.clone()}>{ ratio_words(props.cheapest, row.ratio) }<small>{ thousand(row) }</small></td>
            <td class="num c-ctx" onclick={open}>{ fit(row) }</td>
            <td class={classes!("num", "c-date", row.stale_days.is_none().then_some("ok"))}>{ checked(row) }</td>
        </tr>
        if props.open {
            <tr class="open"><td colspan="9"><Working place="row" row={row.clone()} month={props.month} /></td></tr>
        }
        </>
    }
}

fn name(dispatch: &Dispatch, row: &Row) -> Html {
    let pinned = matches!(row.pin, Pin::Yes | Pin::Last);
    let full = row.pin == Pin::Full;
    let key = row.key.clone();
    let toggle = act_by(dispatch, move |_: MouseEvent| {
        Action::Choose(Choice::Pin(key.clone()))
    });
    let label = match (pinned, full) {
        (true, _) => format!("Unpin {}", row.title),
        (false, false) => format!("Pin {} to compare", row.title),
        (false, true) => format!("Pin {}: five are pinned already", row.title),
    };
    let key = row.key.clone();
    let select = act_by(dispatch, move |_: MouseEvent| {
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

fn prompt_cells(row: &Row, open: &Callback<MouseEvent>) -> Html {
    let rate = charged_rate(row, Meter::Input).or(row.rates.0);
    let Some(estimate) = &row.estimate else {
        return html! { <><td class="num c-in">{ "–" }</td><td class="num c-inc">{ per_million(rate) }</td></> };
    };
    let total = estimate.prompt.total;
    let about = match row.at_least() {
        "" if total.is_banded() => "≈ ",
        sign => sign,
    };
    html! {
        <>
        <td class="num c-in" onclick={open.clone()}>{ about }{ intl::count(total.tokens) }<small>{ basis::basis_brief(total) }</small></td>
        <td class="num c-inc" onclick={open.clone()}>{ part(estimate, RequestCost::of_prompt) }<small>{ per_million(rate) }</small></td>
        </>
    }
}

/// The rate this request gets, of its tier and variant.
fn charged_rate(row: &Row, meter: Meter) -> Option<Decimal> {
    let cost = row.estimate.as_ref()?.request.as_ref().ok()?;
    let charge = cost
        .expected
        .charges
        .iter()
        .find(|charge| charge.meter == meter)?;
    Some(charge.rate)
}

fn answer_cell(row: &Row, open: &Callback<MouseEvent>) -> Html {
    let Some(estimate) = &row.estimate else {
        return html! { <td class="num c-out">{ per_million(row.rates.1) }</td> };
    };
    let cost = estimate.request.as_ref().ok();
    let range = cost
        .and_then(RequestCost::answer_range)
        .map(|(low, high)| intl::bare_range(low, high))
        .filter(|_| estimate.answer.cut_to.is_none());
    let cut = estimate
        .answer
        .cut_to
        .map(|limit| format!("cut at {}", intl::compact(limit)));
    html! {
        <td class="num c-out" onclick={open.clone()}>{ part(estimate, RequestCost::of_answer) }<small>{ cut }<span class="range">{ range }</span></small></td>
    }
}

fn part(estimate: &Estimate, of: impl Fn(&RequestCost) -> Option<Money>) -> Html {
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

/// The figure the row is read for. Its button is the keyboard's way to the working; the cell hears the click.
fn total(props: &Props) -> Html {
    let row = &props.row;
    let (figure, below) = match row.estimate.as_ref().map(|estimate| &estimate.request) {
        None => ("–".to_owned(), None),
        Some(Err(why)) => (short(why).to_owned(), None),
        Some(Ok(cost)) => (
            format!("{}{}", row.at_least(), intl::request(cost.expected.total)),
            match row.uncounted() {
                Some(_) => Some("not all of it".to_owned()),
                None => Some(intl::bare_range(cost.low.total, cost.high.total)),
            },
        ),
    };
    html! {
        <>
        <button class={classes!("fig", row.estimate.is_none().then_some("none"))} aria-expanded={props.open.to_string()} aria-label={format!("{figure} for one request to {}, show the working", row.title)}>{ figure }</button>
        <small>{ below }</small>
        </>
    }
}

fn month_cell(row: &Row, open: &Callback<MouseEvent>) -> Html {
    let priced = row.price().is_some();
    let month = row.month.as_ref().map(|month| month.as_ref());
    let figure = match month {
        Some(Ok(month)) => format!("{}{}", row.at_least(), intl::cents(month.expected.total)),
        // The request has a price and the month has none: one that ends within it, say.
        Some(Err(why)) if priced => short(why).to_owned(),
        _ => "–".to_owned(),
    };
    let range = month
        .and_then(Result::ok)
        .map(|month| intl::bare_range(month.low.total, month.high.total));
    html! { <td class="num c-mo" onclick={open.clone()}>{ figure }<small>{ range }</small></td> }
}

fn thousand(row: &Row) -> Option<String> {
    let cost = row.estimate.as_ref()?.request.as_ref().ok()?;
    let amount = cost.expected.total.times(Decimal::ONE_THOUSAND).ok()?;
    let amount = intl::cents(amount.rounded());
    Some(format!("{}{amount} / 1,000", row.at_least()))
}

fn fit(row: &Row) -> Html {
    let Some(fit) = row.estimate.as_ref().map(|estimate| estimate.fit) else {
        return row.window.map_or_else(
            || html! { <em class="none">{ "unknown" }</em> },
            |window| html! { { intl::compact(window) } },
        );
    };
    let share = fit.percent().zip(fit.window).map(|(percent, window)| {
        html! { <>{ intl::percent(percent) }<span class="of">{ format!(" of {}", intl::compact(window)) }</span></> }
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
