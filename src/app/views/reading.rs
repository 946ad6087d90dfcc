use std::rc::Rc;

use foretoken::calendar::{Date, Month, day_utc};
use foretoken::catalog::{Catalog, Listing, Provider};
use foretoken::estimate::{Estimate, NoFigure, RequestCost};
use foretoken::money::{self, Money};
use foretoken::rating::{NoPrice, RatingError};
use foretoken::scenario::ModelKey;
use foretoken::usage::Meter;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::gauge::Gauge;
use super::working::Working;
use crate::effects::intl;
use crate::months::listing;
use crate::parts::basis;
use crate::parts::kept::kept;
use crate::parts::select::{Select, option};
use crate::parts::words::capital;
use crate::rows::{Row, Table};
use crate::shell::{Store, act};
use crate::store::{Action, Choice, Counter, Look, State, is_offered};

/// The one large figure, what it rests on, and where it stands among the others.
pub fn reading(store: &Store, month: Month, table: &Rc<Table>) -> Html {
    let Some(row) = table.reading.clone() else {
        return at_rest(store);
    };
    let at_rest = store.counted == store.revision && store.counter != Counter::Working;
    html! {
        <section class="reading sec" aria-label="Reading" data-testid="reading" data-revision={store.counted.to_string()}
            data-state={if at_rest { "counted" } else { "counting" }}>
            <div class="of">
                <label for="model">{ "One request to" }</label>
                { choose(store, &row) }
                { row.estimate.as_ref().map(|estimate| basis::basis_of(estimate.prompt.total)) }
                if row.yours { <span class="tag">{ "your price" }</span> }
            </div>
            <div class="meter">
                <p class={classes!("figure", idle(store, &row).then_some("idle"))} role="status">{ figure(store, &row) }</p>
                { seconds(&row, month) }
            </div>
            <p class="say">{ sentence(&row, table) }</p>
            { extract(&row, table) }
            <Gauge table={table.clone()} />
            { working(store, &row, month) }
        </section>
    }
}

/// The working of the large figure, where it stands.
fn working(store: &Store, row: &Rc<Row>, month: Month) -> Html {
    if row.estimate.is_none() {
        return Html::default();
    }
    let open = store.view.reading_open;
    let toggle = act(store, move |_: MouseEvent| {
        Action::Look(Look::ReadingWorking(!open))
    });
    html! {
        <div class="reading-working">
            <button class="btn" aria-expanded={open.to_string()} onclick={toggle}>
                { if open { "Hide the working" } else { "Show the working of this figure" } }
            </button>
            if open { <Working place="reading" row={row.clone()} {month} /> }
        </div>
    }
}

fn at_rest(store: &Store) -> Html {
    let words = if store.trouble.is_empty() {
        "Prices are arriving…"
    } else {
        "There are no prices to show."
    };
    html! {
        <section class="reading sec" aria-label="Reading">
            <p class="figure idle">{ "no reading" }<span class="per">{ words }</span></p>
        </section>
    }
}

/// At rest, without a price, or from before the last change.
fn idle(store: &State, row: &Row) -> bool {
    row.price().is_none() || matches!(store.counter, Counter::Cancelled | Counter::Broken(_))
}

fn figure(store: &Store, row: &Row) -> Html {
    if store.is_empty() {
        return html! { <>{ "no reading" }<span class="per">{ "one appears as you type" }</span></> };
    }
    match row
        .estimate
        .as_ref()
        .map(|estimate| (&estimate.request, estimate))
    {
        None => {
            html! { <>{ "counting…" }<span class="per">{ "its vocabulary is arriving" }</span></> }
        }
        Some((Err(why), _)) => {
            html! { <>{ short(why) }<span class="per">{ why.to_string() }</span></> }
        }
        Some((Ok(cost), estimate)) => {
            let about = match row.at_least() {
                "" if estimate.prompt.total.is_banded() => "≈ ",
                sign => sign,
            };
            let per = match row.uncounted() {
                Some(missing) => html! { <span class="flag">{ missing }</span> },
                None => html! { { buys(cost).unwrap_or_default() } },
            };
            html! { <>{ about }{ intl::request(cost.expected.total) }<span class="per">{ per }</span></> }
        }
    }
}

/// The reason for a missing figure, in a word or two.
pub fn short(why: &NoFigure) -> &'static str {
    match why {
        NoFigure::TooLong => "too long",
        NoFigure::AnswerUnknown => "no answer length",
        NoFigure::Rating(RatingError::NoPrice(_)) => "no price",
        NoFigure::Rating(_) => "no figure",
    }
}

fn buys(cost: &RequestCost) -> Option<String> {
    let price = cost.expected.total.amount();
    let requests = money::quotient(Decimal::TEN, price).ok()?.floor();
    (requests >= Decimal::ONE).then(|| format!("$10 buys {} requests", intl::number(requests, 0)))
}

fn choose(store: &Store, row: &Row) -> Html {
    let on_choose = choose_model(store);
    let value = format!("{}/{}", row.key.provider, row.key.model);
    html! {
        <Select id="model" class="field model" value={value.clone()} {on_choose}>
            { model_options(store, value) }
        </Select>
    }
}

/// Chooses the model of an option.
pub fn choose_model(store: &Store) -> Callback<String> {
    let store = store.clone();
    Callback::from(move |value: String| {
        if let Some((provider, model)) = value.split_once('/') {
            let key = ModelKey {
                provider: provider.to_owned(),
                model: model.to_owned(),
            };
            store.dispatch(Action::Choose(Choice::Select(key)));
        }
    })
}

/// Every model that is offered, by provider, each as `provider/model`; and the one that is chosen, offered or not.
pub fn model_options(store: &Store, chosen: String) -> Html {
    let (catalog, today) = (store.catalog.clone(), day_utc(store.now));
    kept((catalog.clone(), today, chosen.clone()), move || {
        options(&catalog, today, &chosen)
    })
}

fn options(catalog: &Catalog, today: Date, chosen: &str) -> Html {
    let name = |listing: Listing<'_>| format!("{}/{}", listing.provider.id, listing.model.id);
    let models = |provider: &Provider| {
        let offered = provider
            .listings()
            .filter(|listing| is_offered(*listing, today) || chosen == name(*listing));
        let option = |listing: Listing<'_>| option(&name(listing), listing.model.title());
        html! { <optgroup label={provider.name.clone()}>{ for offered.map(option) }</optgroup> }
    };
    html! {
        <>
        if listing(catalog, chosen).is_none() { { option(chosen, chosen) } }
        { for catalog.providers().iter().map(models) }
        </>
    }
}

fn seconds(row: &Row, month: Month) -> Html {
    let Some(Ok(cost)) = row.estimate.as_ref().map(|estimate| &estimate.request) else {
        return Html::default();
    };
    let thousand = cost.expected.total.times(Decimal::ONE_THOUSAND).ok();
    let of_month = row.month.as_ref().and_then(|month| month.as_ref().ok());
    html! {
        <dl class="seconds">
            <div><dt>{ "Low to high" }</dt><dd>{ row.at_least() }{ intl::range(cost.low.total, cost.high.total) }</dd></div>
            <div><dt>{ "1,000 requests" }</dt><dd>{ row.at_least() }{ thousand.map(|amount| intl::cents(amount.rounded())) }</dd></div>
            <div><dt>{ intl::month(month.year(), month.month()) }</dt><dd>{ row.at_least() }{ of_month.map(|month| intl::cents(month.expected.total)) }</dd></div>
        </dl>
    }
}

/// What drives the price, in one sentence.
fn sentence(row: &Row, table: &Table) -> Html {
    let cost = match row
        .estimate
        .as_ref()
        .map(|estimate| (&estimate.request, estimate))
    {
        None => return html! { { list_price(row) } },
        Some((Err(why), estimate)) => return html! { { without_figure(why, estimate) } },
        Some((Ok(cost), _)) => cost,
    };
    let answer = cost.of_answer().map_or(Decimal::ZERO, Money::amount);
    let share = money::quotient(answer * Decimal::ONE_HUNDRED, cost.expected.total.amount())
        .unwrap_or_default();
    let (lead, advice) = if share >= Decimal::from(50) {
        (
            format!("The answer is {} of this price.", whole_percent(share)),
            "A shorter answer saves more than a shorter prompt.",
        )
    } else {
        (
            format!(
                "The prompt is {} of this price.",
                whole_percent(Decimal::ONE_HUNDRED - share)
            ),
            "A shorter prompt, or one read from the cache, saves most.",
        )
    };
    html! { <><b>{ lead }</b>{ " " }{ advice }{ " " }{ against(row, table) }</> }
}

/// Before there is a figure: what the model asks for a million tokens.
fn list_price(row: &Row) -> String {
    match row.rates {
        (Some(prompt), Some(answer)) => format!(
            "{} asks {} for a million tokens of prompt and {} for a million of answer. Paste or type a prompt, and what it costs on every model follows at once.",
            row.title,
            intl::rate(prompt),
            intl::rate(answer),
        ),
        _ => format!(
            "{} has no listed price. Open its row below to enter one.",
            row.title
        ),
    }
}

/// What stands in the way of a figure.
fn without_figure(why: &NoFigure, estimate: &Estimate) -> String {
    match (why, estimate.fit.limit) {
        (NoFigure::TooLong, Some(limit)) => format!(
            "The prompt has {} tokens and this model takes {}. The table below holds the models that take it.",
            intl::count(estimate.fit.prompt),
            intl::count(limit),
        ),
        (NoFigure::Rating(RatingError::NoPrice(missing)), _) => format!(
            "No price is published for {}. You can enter one in the working.",
            parts_without_price(missing),
        ),
        _ => capital(&why.to_string()) + ".",
    }
}

/// The parts of a request that have no price, in words.
pub fn parts_without_price(missing: &NoPrice) -> String {
    let names = missing.missing.iter().map(|(meter, _)| part_name(*meter));
    names.collect::<Vec<_>>().join(" and ")
}

fn part_name(meter: Meter) -> &'static str {
    match meter {
        Meter::Input => "the prompt",
        Meter::CacheRead => "what is read from the cache",
        Meter::CacheWrite => "what is written to the cache",
        Meter::CacheWrite1h => "what is written to the cache for an hour",
        Meter::Output | Meter::Reasoning => "the answer",
        other => other.key(),
    }
}

fn whole_percent(percent: Decimal) -> String {
    format!("{} %", intl::number(percent, 0))
}

fn against(row: &Row, table: &Table) -> Option<String> {
    let cheapest = table.cheapest.as_ref()?;
    if cheapest.key == row.key {
        return Some("No priced model here is cheaper.".to_owned());
    }
    Some(format!(
        "On the cheapest, {} at {}, the same request is {}; this one costs {}.",
        cheapest.title,
        cheapest.provider,
        intl::request(cheapest.price()?),
        intl::times_as_much(row.ratio?),
    ))
}

/// Cheapest, this one, dearest: the answer in three lines.
fn extract(row: &Rc<Row>, table: &Table) -> Html {
    let lines = [
        ("Cheapest", table.cheapest.as_ref()),
        ("This one", Some(row)),
        ("Dearest", table.dearest.as_ref()),
    ];
    let line = |(label, row): (&'static str, Option<&Rc<Row>>)| {
        let row = row?;
        let price = row.price()?;
        Some(html! {
            <tr><th scope="row">{ label }</th><td>{ &row.title }if row.yours { <span class="tag">{ "your price" }</span> }<small>{ &row.provider }</small></td>
                <td class="num">{ row.at_least() }{ intl::request(price) }</td><td class="num">{ row.ratio.map(intl::times) }</td></tr>
        })
    };
    let drawn: Vec<Html> = lines.into_iter().filter_map(line).collect();
    html! {
        <table class="extract" hidden={drawn.len() < 3}><caption class="vh">{ "The range of prices for this request" }</caption><tbody>{ for drawn }</tbody></table>
    }
}
