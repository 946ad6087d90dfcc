use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::catalog::{CatalogIndex, Provider};
use foretoken::estimate::{Column, Filter, Sellers, Sort};
use foretoken::money;
use foretoken::scenario::ModelKey;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::price_form::OwnModelForm;
use super::row::RowView;
use crate::effects::{dom, intl};
use crate::parts::kept::kept;
use crate::parts::select::{Select, option};
use crate::rows::{Pin, Table};
use crate::shell::{Store, act};
use crate::store::{Action, Choice, Look};

/// Every model in one table: found, filtered, sorted, pinned, and each figure opened to its working.
pub fn record(store: &Store, month: Month, table: &Rc<Table>) -> Html {
    html! {
        <section class="record sec" aria-label="Models">
            { kept_tools(store, table) }
            <div class="models-scroll"><table class="models">
                <caption class="vh">{ "What this prompt costs on each model" }</caption>
                { kept_head(store, month) }
                <tbody>
                    { for table.rows.iter().map(|row| html! {
                        <RowView key={format!("{}/{}", row.key.provider, row.key.model)} row={row.clone()} month={month}
                            selected={table.reading.as_ref().is_some_and(|reading| reading.key == row.key)}
                            cheapest={table.cheapest.as_ref().is_some_and(|cheapest| cheapest.key == row.key)}
                            open={row.is(store.view.open.as_ref())} />
                    }) }
                </tbody>
            </table></div>
            { below(store, table) }
            <OwnModelForm />
        </section>
    }
}

fn kept_tools(store: &Store, table: &Rc<Table>) -> Html {
    let seen = (
        (store.catalog.clone(), store.index.is_some()),
        (store.view.filter.clone(), store.sort()),
        (table.rows.len(), table.matching, store.scenario.pins.len()),
        first_hit(store, table),
    );
    let (store, table) = (store.clone(), table.clone());
    kept(seen, move || tools(&store, &table))
}

fn tools(store: &Store, table: &Table) -> Html {
    let pinned = match store.scenario.pins.len() {
        0 => String::new(),
        pinned => format!(", {pinned} pinned"),
    };
    let shown = intl::count(table.rows.len() as u64);
    let note = format!(
        "{shown} of {} models{pinned}",
        intl::count(table.matching as u64)
    );
    let view = &store.view.filter;
    let most = view.most.map_or_else(String::new, |most| most.to_string());
    let window = view
        .window
        .map_or_else(String::new, |window| window.to_string());
    let set = |put: fn(&mut Filter, String)| filter(store, put);
    html! {
        <div class="tools">
            <h2>{ "Every model" }</h2>
            <input class="field" type="search" aria-label="Find a model; Enter reads the first" placeholder="Find a model" data-testid="search"
                value={view.query.clone()} onkeydown={read_first(store, table)}
                oninput={let on_text = set(|filter, query| filter.query = query); dom::on_text::<InputEvent>(move |text| on_text.emit(text))} />
            { providers(store) }
            <Select class="field" label="Price of one request" value={most} on_choose={set(|filter, value| filter.most = money::parse(&value).ok())}>
                { option("", "Any price") }
                { for ["0.0001", "0.001", "0.01", "0.1", "1"].into_iter().map(price_option) }
            </Select>
            <Select class="field" label="Least context window" value={window} on_choose={set(|filter, value| filter.window = value.parse().ok())}>
                { option("", "Any context") }
                { for [32_000, 128_000, 200_000, 400_000, 1_000_000].into_iter().map(window_option) }
            </Select>
            { sort_menu(store) }
            <span class="note end" role="status">{ note }</span>
        </div>
    }
}

/// Enter in the search reads the first hit.
fn read_first(store: &Store, table: &Table) -> Callback<KeyboardEvent> {
    let store = store.clone();
    let key = first_hit(&store, table);
    Callback::from(move |event: KeyboardEvent| {
        if let ("Enter", Some(key)) = (event.key().as_str(), &key) {
            store.dispatch(Action::Choose(Choice::Select(key.clone())));
        }
    })
}

fn first_hit(store: &Store, table: &Table) -> Option<ModelKey> {
    let pinned = !store.scenario.pins.is_empty();
    let mut rows = table.rows.iter();
    let first = rows.find(|row| !pinned || matches!(row.pin, Pin::No | Pin::Full));
    first.map(|row| row.key.clone())
}

fn price_option(most: &str) -> Html {
    let amount = money::parse(most).unwrap_or_default();
    option(most, &format!("Up to {}", intl::rate(amount)))
}

fn window_option(window: u64) -> Html {
    option(
        &window.to_string(),
        &format!("{} tokens or more", intl::compact(window)),
    )
}

/// A callback that changes one thing of the filter.
fn filter(store: &Store, put: fn(&mut Filter, String)) -> Callback<String> {
    let start = store.view.filter.clone();
    act(store, move |text| {
        let mut filter = start.clone();
        put(&mut filter, text);
        Action::Look(Look::Filter(filter))
    })
}

const MAKERS: &str = "";
const EVERYONE: &str = "*";

/// Providers that are here, and those whose prices are fetched when they are asked for.
fn providers(store: &Store) -> Html {
    let on_choose = {
        let store = store.clone();
        Callback::from(move |value: String| {
            let mut filter = store.view.filter.clone();
            filter.sellers = match value.as_str() {
                MAKERS => Sellers::Makers,
                EVERYONE => Sellers::Everyone,
                id => Sellers::One(id.to_owned()),
            };
            store.dispatch(Action::Look(Look::Filter(filter)));
        })
    };
    let value = match &store.view.filter.sellers {
        Sellers::Makers => MAKERS.to_owned(),
        Sellers::Everyone => EVERYONE.to_owned(),
        Sellers::One(id) => id.clone(),
    };
    let one = |provider: &Provider| option(&provider.id, &provider.name);
    let all = store.catalog.providers();
    let more = store.index.iter().flat_map(|index| elsewhere(store, index));
    html! {
        <Select class="field" label="Provider" {value} {on_choose}>
            { option(MAKERS, "All makers") }
            { option(EVERYONE, "Makers and hosts") }
            <optgroup label="Makers">{ for all.iter().filter(|provider| !provider.host).map(one) }</optgroup>
            <optgroup label="Hosts">{ for all.iter().filter(|provider| provider.host).map(one) }</optgroup>
            <optgroup label="Fetched when chosen">{ for more }</optgroup>
        </Select>
    }
}

fn elsewhere(store: &Store, index: &CatalogIndex) -> Vec<Html> {
    index
        .files
        .iter()
        .filter(|file| !file.first)
        .flat_map(|file| &file.providers)
        .filter(|provider| store.catalog.provider(&provider.id).is_none())
        .map(|provider| {
            let label = format!("{} ({})", provider.name, provider.models);
            option(&provider.id, &label)
        })
        .collect()
}

const COLUMNS: [(Column, &str); 6] = [
    (Column::Model, "Model"),
    (Column::PromptTokens, "Prompt tokens"),
    (Column::PromptCost, "Prompt cost"),
    (Column::AnswerCost, "Answer cost"),
    (Column::Request, "One request"),
    (Column::Context, "Context"),
];

/// On a phone the heads are gone, and this menu sorts.
fn sort_menu(store: &Store) -> Html {
    let sort = store.sort();
    let on_choose = {
        let store = store.clone();
        Callback::from(move |value: String| {
            let column = value
                .parse()
                .ok()
                .and_then(|index: usize| COLUMNS.get(index));
            if let Some((column, _)) = column {
                let descending = *column == Column::Context;
                let sort = Sort {
                    column: *column,
                    descending,
                };
                store.dispatch(Action::Look(Look::Sort(sort)));
            }
        })
    };
    let here = COLUMNS
        .iter()
        .position(|(column, _)| *column == sort.column);
    let value = here.map_or_else(String::new, |index| index.to_string());
    let labelled = |(index, (_, label)): (usize, &(Column, &str))| {
        option(
            &index.to_string(),
            &format!("By {}", label.to_ascii_lowercase()),
        )
    };
    html! {
        <Select class="field sort-menu" label="Sort" {value} {on_choose}>
            if here.is_none() { { option("", "As found") } }
            { for COLUMNS.iter().enumerate().map(labelled) }
        </Select>
    }
}

fn kept_head(store: &Store, month: Month) -> Html {
    let seen = (store.sort(), month);
    let store = store.clone();
    kept(seen, move || head(&store, month))
}

fn head(store: &Store, month: Month) -> Html {
    let name = intl::month_name(month.month());
    html! {
        <thead><tr>
            { sortable(store, Column::Model, "", html! { "Model" }) }
            { sortable(store, Column::PromptTokens, "num c-in", html! { <>{ "Prompt" }<br />{ "tokens" }</> }) }
            { sortable(store, Column::PromptCost, "num c-inc", html! { <>{ "Prompt" }<br />{ "cost" }</> }) }
            { sortable(store, Column::AnswerCost, "num c-out", html! { <>{ "Answer" }<br />{ "low – high" }</> }) }
            { sortable(store, Column::Request, "num total", html! { <>{ "One request" }<br />{ "low – high" }</> }) }
            <th scope="col" class="num c-mo">{ name }<br />{ "low – high" }</th>
            <th scope="col" class="num c-x">{ "× cheapest" }<br />{ "1,000 requests" }</th>
            { sortable(store, Column::Context, "num c-ctx", html! { <>{ "Context" }<br />{ "filled" }</> }) }
            <th scope="col" class="num c-date">{ "Price" }<br />{ "checked" }</th>
        </tr></thead>
    }
}

fn sortable(store: &Store, column: Column, class: &'static str, label: Html) -> Html {
    let sort = store.sort();
    let here = sort.column == column;
    let aria = match (here, sort.descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    let on_click = act(store, move |_: MouseEvent| {
        Action::Look(Look::Sort(Sort {
            column,
            descending: here && !sort.descending,
        }))
    });
    html! { <th scope="col" class={class} aria-sort={aria}><button onclick={on_click}>{ label }</button></th> }
}

fn below(store: &Store, table: &Table) -> Html {
    if table.matching == 0 {
        return nothing_found(store);
    }
    let hidden = table.matching.saturating_sub(table.rows.len());
    if hidden == 0 {
        return Html::default();
    }
    let all = act(store, |_: MouseEvent| Action::Look(Look::AllRows));
    html! {
        <p class="under"><button class="btn" onclick={all}>{ format!("Show {} more models", intl::count(hidden as u64)) }</button></p>
    }
}

fn nothing_found(store: &Store) -> Html {
    if store.catalog.providers().is_empty() {
        return html! { <p class="say">{ "Prices are arriving…" }</p> };
    }
    let clear = act(store, |_: MouseEvent| {
        Action::Look(Look::Filter(Filter::default()))
    });
    html! {
        <p class="say">{ "No model matches. " }<button class="btn" onclick={clear}>{ "Show every model" }</button></p>
    }
}

/// Whether a row closes the pinned ones.
pub fn closes_pins(pin: Pin) -> bool {
    pin == Pin::Last
}

/// How many times the cheapest, in words where it is the cheapest.
pub fn ratio_words(cheapest: bool, ratio: Option<Decimal>) -> String {
    match (cheapest, ratio) {
        (true, _) => "cheapest".to_owned(),
        (_, Some(ratio)) if ratio.is_zero() => "free".to_owned(),
        (_, Some(ratio)) => intl::times(ratio),
        (_, None) => "–".to_owned(),
    }
}
