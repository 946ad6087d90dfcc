use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::estimate::{MonthEstimate, NoFigure};
use foretoken::rating::{Charge, RatingError};
use foretoken::usage::Meter;
use yew::prelude::*;

use super::attached_sum::{attached_tape, sources};
use super::calibrate::calibrate;
use super::facts::facts;
use super::price_form::price_form;
use super::prompt_sum::prompt_tape;
use super::reading::parts_without_price;
use crate::effects::{clock, intl};
use crate::parts::words::capital;
use crate::rows::Row;
use crate::shell::Store;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Where it stands: ids of its fields begin with this, since a working may be open in two places.
    pub place: &'static str,
    pub row: Rc<Row>,
    pub month: Month,
}

/// The arithmetic under a figure: left the sum, line by line; right what each number rests on.
#[component]
pub fn Working(props: &Props) -> Html {
    let Some(store) = use_context::<Store>() else {
        return Html::default();
    };
    let row = &props.row;
    html! {
        <div class="working" data-testid="working">
            // Long amounts scroll here, by keyboard too.
            <div class="sums" tabindex="0" role="group" aria-label="The sums">{ prompt_tape(&store, row) }{ attached_tape(&store, row) }{ tape(props) }{ month_tape(props) }</div>
            <div>
                <dl class="facts">
                    { row.estimate.as_ref().map(|estimate| facts(&store.families, row, estimate)) }
                    { sources(&store, row) }
                </dl>
                { price_form(&store, props.place, row) }
                { calibrate(&store, props.place, row) }
            </div>
        </div>
    }
}

fn tape(props: &Props) -> Html {
    let request = props
        .row
        .estimate
        .as_ref()
        .map(|estimate| &estimate.request);
    let cost = match request {
        Some(Ok(cost)) => cost,
        Some(Err(why)) => return html! { <p class="say">{ sentence(why) }</p> },
        None => return html! { <p class="say">{ "Type a prompt to see what it costs here." }</p> },
    };
    html! {
        <table class="tape">
            <caption class="vh">{ format!("Working of one request to {}", props.row.title) }</caption>
            <tbody>
                { for cost.expected.charges.iter().map(line) }
                if let Some(missing) = props.row.uncounted() { <tr><th scope="row">{ "Not in this sum" }</th><td class="wrap" colspan="3">{ missing }</td></tr> }
                <tr class="sum"><th scope="row">{ "One request" }</th><td></td><td></td><td>{ intl::exact(cost.expected.total) }</td></tr>
            </tbody>
        </table>
    }
}

fn sentence(why: &NoFigure) -> String {
    match why {
        NoFigure::TooLong => {
            "The prompt is longer than this model takes, so there is no price to give.".to_owned()
        }
        NoFigure::Rating(RatingError::NoPrice(missing)) => format!(
            "No price is published for {}, so there is no sum. You can enter one under “Change this price”.",
            parts_without_price(missing),
        ),
        other => capital(&other.to_string()) + ".",
    }
}

fn line(charge: &Charge) -> Html {
    let quantity = match charge.meter {
        Meter::Request => "1 request".to_owned(),
        _ => format!("{} tokens", intl::count(charge.quantity)),
    };
    let per = match charge.per {
        1_000_000 => "1M".to_owned(),
        per => intl::count(per.into()),
    };
    html! {
        <tr>
            <th scope="row">{ meter_name(charge.meter) }</th>
            <td>{ quantity }</td>
            <td>{ format!("× {} / {per}", intl::rate(charge.rate)) }</td>
            <td>{ intl::exact(charge.amount) }</td>
        </tr>
    }
}

fn meter_name(meter: Meter) -> &'static str {
    match meter {
        Meter::Input => "Prompt",
        Meter::InputAudio => "Sound in the prompt",
        Meter::CacheRead => "Prompt, read from cache",
        Meter::CacheWrite => "Prompt, written to cache",
        Meter::CacheWrite1h => "Prompt, written for an hour",
        Meter::Output => "Answer, expected",
        Meter::Reasoning => "Reasoning in the answer",
        Meter::Request => "The request itself",
        other => other.key(),
    }
}

/// The month's lines: one where the price stays, more where it changes with the date or the hour.
fn month_tape(props: &Props) -> Html {
    let Some(Ok(month)) = &props.row.month else {
        return Html::default();
    };
    html! {
        <table class="tape month">
            <caption>{ caption(props, month) }</caption>
            <tbody>
                { for month.expected.lines.iter().map(|line| html! {
                    <tr>
                        <th scope="row">{ span(props, month, line) }</th>
                        <td>{ format!("{} requests", intl::number(line.requests, 2)) }</td>
                        <td>{ format!("× {}", intl::exact(line.per_request.total)) }</td>
                        <td>{ intl::cents(line.amount) }</td>
                    </tr>
                }) }
                <tr class="sum"><th scope="row">{ intl::month(props.month.year(), props.month.month()) }</th>
                    <td>{ format!("{} requests", intl::number(month.expected.requests, 2)) }</td><td></td><td>{ intl::cents(month.expected.total) }</td></tr>
            </tbody>
        </table>
    }
}

fn caption(props: &Props, estimate: &MonthEstimate) -> String {
    let month = props.month;
    let start = format!(
        "{} in {}: {} days, requests spread evenly",
        intl::month(month.year(), month.month()),
        clock::zone().replace('_', " "),
        month.days(),
    );
    match estimate.expected.lines.len() {
        1 if differs_from_today(props, estimate) => format!(
            "{start}, at the price that holds then: it changes before this month. Each line is rounded once, to the cent."
        ),
        1 => format!("{start}. Each line is rounded once, to the cent."),
        lines => format!(
            "{start}; the price changes, so {lines} lines. Each is rounded once, to the cent."
        ),
    }
}

fn differs_from_today(props: &Props, month: &MonthEstimate) -> bool {
    let today = props.row.price();
    let then = month
        .expected
        .lines
        .first()
        .map(|line| line.per_request.total);
    today != then
}

fn span(props: &Props, month: &MonthEstimate, line: &foretoken::rating::MonthLine) -> String {
    if month.expected.lines.len() == 1 {
        return "All month".to_owned();
    }
    let hours = line.seconds / 3_600;
    let of = props.month.seconds() / 3_600;
    if line.pieces == 1 {
        format!("{} – {}", intl::moment(line.start), intl::moment(line.end))
    } else {
        format!("{hours} of {of} hours, in {} pieces", line.pieces)
    }
}
