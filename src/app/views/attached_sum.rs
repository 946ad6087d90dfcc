//! The lines of what is attached, in the working of a figure: the sum behind each, how sure it is, who says so.

use foretoken::calendar::read_day;
use foretoken::estimate::AttachmentLine;
use foretoken::tokens::{Message, Working};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::attached::{line_name, seconds};
use crate::effects::intl;
use crate::parts::basis;
use crate::parts::words::many;
use crate::rows::Row;
use crate::shell::Store;

pub fn attached_tape(store: &Store, row: &Row) -> Html {
    let prompt = row.estimate.as_ref().map(|estimate| &estimate.prompt);
    let Some(prompt) = prompt.filter(|prompt| !prompt.attachments.is_empty()) else {
        return Html::default();
    };
    let messages = &store.scenario.prompt.messages;
    html! {
        <table class="tape attachments">
            <caption>{ "What is attached, in tokens" }</caption>
            <tbody>{ for prompt.attachments.iter().filter_map(|each| line(messages, each)) }</tbody>
        </table>
    }
}

fn line(messages: &[Message], line: &AttachmentLine) -> Option<Html> {
    let name = line_name(messages, line)?;
    let (sum, tokens, sure) = match &line.tokens {
        Some((count, working)) => (
            sum_words(working, count.tokens),
            many(count.tokens, "token"),
            basis::basis_of(*count),
        ),
        None => (
            "no rule is known for this model".to_owned(),
            "not counted".to_owned(),
            Html::default(),
        ),
    };
    Some(html! {
        <tr><th scope="row">{ name }<small>{ sum }</small></th><td>{ tokens }</td><td>{ sure }</td></tr>
    })
}

/// Who says so, once each.
pub fn sources(store: &Store, row: &Row) -> Html {
    let lines = row
        .estimate
        .as_ref()
        .map(|estimate| estimate.prompt.attachments.as_slice());
    let mut named: Vec<&str> = Vec::new();
    for source in lines
        .unwrap_or_default()
        .iter()
        .filter_map(|line| line.source.as_deref())
    {
        if !named.contains(&source) {
            named.push(source);
        }
    }
    if named.is_empty() {
        return Html::default();
    }
    let checked = read_day(&store.media.checked)
        .map(|day| format!(" Checked {}.", intl::day(day)))
        .unwrap_or_default();
    html! { <><dt>{ "Attached" }</dt><dd>{ format!("By {}.{checked}", named.join("; ")) }</dd></> }
}

/// The sum behind a number of tokens.
fn sum_words(working: &Working, tokens: u64) -> String {
    let count = intl::count;
    let total = count(tokens);
    match working {
        Working::Tiles { base, tile, tiles } => {
            format!("{} + {} × {tiles} = {total}", count(*base), count(*tile))
        }
        Working::Patches {
            across,
            down,
            multiplier,
        } => {
            let times = (*multiplier != Decimal::ONE)
                .then(|| format!(" × {}", intl::number(*multiplier, 2)));
            format!(
                "{across} × {down} patches{} = {total}",
                times.unwrap_or_default()
            )
        }
        Working::Cells {
            width,
            height,
            across,
            down,
        } => format!(
            "{across} × {down} cells of {} × {} = {total}",
            count(*width),
            count(*height)
        ),
        Working::Crops { across, down, each } => {
            format!("{across} × {down} crops × {each} = {total}")
        }
        Working::Whole { .. } => total,
        Working::Time {
            milliseconds,
            tokens,
            per,
        } => format!(
            "{} × {} = {total}",
            seconds(*milliseconds),
            pace(*tokens, *per)
        ),
        Working::Pages { pages, each } => {
            format!("{} × {} = {total}", many(*pages, "page"), count(*each))
        }
        Working::Text => "its text".to_owned(),
    }
}

fn pace(tokens: u64, per: u64) -> String {
    let a_second = Decimal::from(tokens * 1_000) / Decimal::from(per.max(1));
    format!("{} a second", intl::number(a_second, 1))
}
