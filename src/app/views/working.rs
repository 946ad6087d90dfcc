use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::estimate::{Estimate, FramingRule, MonthEstimate, NoFigure, PromptTokens};
use foretoken::rating::{Charge, TierChoice};
use foretoken::tokens::Families;
use foretoken::usage::Meter;
use yew::prelude::*;

use super::calibrate::calibrate;
use super::price_form::price_form;
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
            <div>{ tape(props) }{ month_tape(props) }</div>
            <div>
                <dl class="facts">
                    { row.estimate.as_ref().map(|estimate| facts(&store.families, row, estimate)) }
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

fn facts(families: &Families, row: &Row, estimate: &Estimate) -> Html {
    let charges = estimate
        .request
        .as_ref()
        .map(|cost| cost.expected.charges.as_slice())
        .unwrap_or_default();
    html! {
        <>
        <dt>{ "Count" }</dt><dd>{ count_words(families, &estimate.prompt) }</dd>
        <dt>{ "Tier" }</dt><dd>{ tier_words(charges) }</dd>
        <dt>{ "Variant" }</dt><dd>{ variant_words(row, charges) }</dd>
        <dt>{ "Holds" }</dt><dd>{ window_words(row) }</dd>
        <dt>{ "Price" }</dt><dd>{ price_words(row, charges) }</dd>
        </>
    }
}

fn count_words(families: &Families, prompt: &PromptTokens) -> String {
    if let Some(known) = prompt.calibration {
        return format!(
            "{} tokens, from the true count you entered: {} where we counted {}.",
            intl::count(prompt.total.tokens),
            intl::count(known.stated),
            intl::count(known.counted),
        );
    }
    match prompt.family.as_deref().and_then(|id| families.get(id)) {
        Some(family) => format!(
            "{} to {} tokens: {} text, {} framing{}. {} Source: {}.",
            intl::count(prompt.total.low),
            intl::count(prompt.total.high),
            intl::count(prompt.text.tokens),
            intl::count(prompt.framing.tokens),
            tools_words(prompt),
            family.note,
            family.source,
        ),
        None => format!(
            "{} text tokens, {} ({}){}{}.{}",
            intl::count(prompt.text.tokens),
            prompt.text.basis.word(),
            prompt.counted_with.name(),
            framing_words(prompt),
            tools_words(prompt),
            if prompt.in_parts {
                " A very long run of blanks was counted in parts, so the sum may be off by a token or two."
            } else {
                ""
            },
        ),
    }
}

fn framing_words(prompt: &PromptTokens) -> String {
    let tokens = intl::count(prompt.framing.tokens);
    match prompt.rule {
        FramingRule::None => String::new(),
        FramingRule::Published => {
            format!(", and {tokens} of chat framing by OpenAI’s published rule")
        }
        FramingRule::Modelled => format!(
            ", and {tokens} of chat framing, modelled: OpenAI publishes no rule for this model"
        ),
        FramingRule::Guessed => format!(", and about {tokens} of chat framing"),
    }
}

fn tools_words(prompt: &PromptTokens) -> String {
    match prompt.tools.tokens {
        0 => String::new(),
        tokens => format!(
            ", and {} for the tools, {}",
            intl::count(tokens),
            prompt.tools.basis.word()
        ),
    }
}

fn tier_words(charges: &[Charge]) -> String {
    let mut tiers = charges.iter().map(|charge| charge.tier);
    let chosen = tiers.find(|tier| *tier != TierChoice::Flat);
    match chosen {
        None => "The price does not depend on the length of the prompt.".to_owned(),
        Some(TierChoice::Reached(tier)) => format!(
            "Long-prompt tier: with {} {} prompt tokens the whole request costs more.",
            sign_words(tier.operator),
            intl::count(tier.threshold),
        ),
        Some(TierChoice::Under(tier)) => format!(
            "Base price. With {} {} prompt tokens the whole request costs {}.",
            sign_words(tier.operator),
            intl::count(tier.threshold),
            dearer(charges),
        ),
        Some(TierChoice::Flat) => String::new(),
    }
}

const fn sign_words(operator: foretoken::catalog::Operator) -> &'static str {
    match operator {
        foretoken::catalog::Operator::Above => "more than",
        foretoken::catalog::Operator::AtLeast => "at least",
    }
}

fn dearer(charges: &[Charge]) -> String {
    let each = charges.iter().filter_map(|charge| match charge.tier {
        TierChoice::Under(tier) => Some(format!(
            "{} for the {}",
            intl::rate(tier.amount),
            short_name(charge.meter)
        )),
        _ => None,
    });
    let all: Vec<String> = each.collect();
    format!("{} per 1M", all.join(", "))
}

fn short_name(meter: Meter) -> &'static str {
    match meter {
        Meter::Output | Meter::Reasoning => "answer",
        Meter::CacheRead => "cached part",
        _ => "prompt",
    }
}

fn variant_words(row: &Row, charges: &[Charge]) -> String {
    let name = charges.iter().find_map(|charge| charge.variant.as_deref());
    let cached = charges
        .iter()
        .any(|charge| matches!(charge.meter, Meter::CacheRead));
    let stands_in = charges
        .iter()
        .any(|charge| charge.priced_as == Meter::Input && charge.meter == Meter::CacheRead);
    let mut words = match name {
        Some(name) => format!("Price for {name} requests"),
        None if row.lacks_variant => {
            "Standard: this model is not sold the way you asked".to_owned()
        }
        None => "Standard".to_owned(),
    };
    let standard: Vec<&str> = charges
        .iter()
        .filter(|charge| charge.fell_back && name.is_some())
        .map(|charge| short_name(charge.meter))
        .collect();
    if !standard.is_empty() {
        words.push_str(&format!(
            ", but the {} at its standard price",
            standard.join(" and the ")
        ));
    }
    words.push_str(match (cached, stands_in) {
        (false, _) => ", nothing read from cache.",
        (true, false) => ", cached part at its own price.",
        (true, true) => {
            ". No price for cached input is published, so it is charged as ordinary input."
        }
    });
    words
}

fn window_words(row: &Row) -> String {
    let change = match row.next_change {
        None => "No change is announced.".to_owned(),
        Some(day) => format!("It changes on {} (UTC).", intl::day(day)),
    };
    if row.depends_on_the_hour {
        format!("The price depends on the hour (UTC); this is the price now. {change}")
    } else {
        change
    }
}

fn price_words(row: &Row, charges: &[Charge]) -> Html {
    let yours = charges
        .iter()
        .any(|charge| charge.origin == foretoken::catalog::Origin::Yours);
    if yours {
        return html! { { "Yours: you entered it on this page." } };
    }
    let charged = charges.iter().find_map(|charge| charge.checked);
    let checked = charged.or(row.checked).map(intl::day);
    let agrees = match row.litellm {
        Some(true) => " litellm agrees.",
        Some(false) => " litellm lists another price.",
        None => "",
    };
    let source = charges.first().map(|charge| charge.source.to_string());
    html! {
        <>{ format!("genai-prices {}.{agrees} ", checked.map(|day| format!("checked {day}")).unwrap_or_default()) }
        if let Some(source) = source.filter(|source| source.starts_with("https://")) {
            <a href={source.clone()} rel="noreferrer noopener" target="_blank">{ "The provider’s page" }</a>{ ". " }
        }
        </>
    }
}
