use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::figures::Bounds;
use foretoken::money;
use foretoken::scenario::{Load, MOST_REQUESTS};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::{clock, intl};
use crate::parts::field::NumberField;
use crate::parts::segments::Segments;
use crate::parts::select::{Select, option};
use crate::parts::words::capital;
use crate::shell::{Store, act};
use crate::store::{Action, Choice};

const MONTHS_AHEAD: i32 = 13;

/// How often the prompt is sent, and how: requests, month, cache, variant. `lacking` is the model under the reading where it is
/// not sold in the variant that was chosen.
pub fn load_form(store: &Store, month: Month, lacking: Option<&str>) -> Html {
    let load = &store.scenario.load;
    html! {
        <div class="sec">
            <div class="head"><h2>{ "Use" }</h2><span class="note">{ summary(load, month) }</span></div>
            <div class="pair">
                { number(store, "requests", "Requests a day", None, load.requests_per_day, Bounds::whole(0, MOST_REQUESTS), |load, value| load.requests_per_day = value) }
                { months(store, month) }
                { number(store, "cache-read", "Prompt read from cache", Some("%"), load.cache_read_percent,
                    percent(load.cache_write_percent), |load, value| load.cache_read_percent = value) }
                { number(store, "cache-write", "Prompt written to cache", Some("%"), load.cache_write_percent,
                    percent(load.cache_read_percent), |load, value| load.cache_write_percent = value) }
            </div>
            if !load.cache_write_percent.is_zero() { { lifetime(store) } }
            <div class="variants">{ variants(store) }</div>
            if let Some(model) = lacking {
                <p class="note below">{ format!("{model} is not sold this way; its standard price is shown.") }</p>
            }
        </div>
    }
}

fn summary(load: &Load, month: Month) -> String {
    let requests = money::product(load.requests_per_day, month.days().into()).unwrap_or_default();
    format!(
        "{} requests in {}, {} days",
        intl::number(requests, 0),
        intl::month(month.year(), month.month()),
        month.days(),
    )
}

/// What is read and what is written are parts of one prompt.
fn percent(other: Decimal) -> Bounds {
    Bounds {
        least: Decimal::ZERO,
        most: Decimal::ONE_HUNDRED - other,
        whole: false,
    }
}

fn number(
    store: &Store,
    id: &'static str,
    label: &'static str,
    unit: Option<&'static str>,
    value: Decimal,
    bounds: Bounds,
    put: fn(&mut Load, Decimal),
) -> Html {
    let on_value = change(store, put);
    html! {
        <NumberField {id} {label} unit={unit.map(AttrValue::from)} value={Some(value)} {bounds} {on_value} />
    }
}

/// A callback that changes one thing of the load.
pub fn change<T: 'static>(store: &Store, put: impl Fn(&mut Load, T) + 'static) -> Callback<T> {
    let put = Rc::new(put);
    act(store, move |value| {
        let put = put.clone();
        Action::Choose(Choice::Load(Box::new(move |load| put(load, value))))
    })
}

fn months(store: &Store, chosen: Month) -> Html {
    let on_choose = change(store, |load, value: String| load.month = read_month(&value));
    let (year, month) = (chosen.year(), chosen.month());
    html! {
        <div class="lab">
            <label for="month">{ format!("Month, in {}", clock::zone().replace('_', " ")) }</label>
            <Select id="month" class="field" value={format!("{year}-{month}")} {on_choose}>
                { month_options((year, month)) }
            </Select>
        </div>
    }
}

/// The months that can be chosen: this one and a year on. A kept draft may hold one that is past.
pub fn month_options((year, month): (i16, i8)) -> Html {
    let (this_year, this_month) = clock::this_month();
    let (first, chosen) = (
        month_number(this_year, this_month),
        month_number(year, month),
    );
    let choice = |number: i32| {
        let (year, month) = year_and_month(number);
        option(&format!("{year}-{month}"), &intl::month(year, month))
    };
    let (from, to) = (first.min(chosen), (first + MONTHS_AHEAD).max(chosen));
    html! { { for (from..=to).map(choice) } }
}

fn month_number(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

fn year_and_month(number: i32) -> (i16, i8) {
    let year = i16::try_from(number / 12).unwrap_or(i16::MAX);
    (year, i8::try_from(number % 12 + 1).unwrap_or(1))
}

pub fn read_month(value: &str) -> Option<(i16, i8)> {
    let (year, month) = value.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

fn lifetime(store: &Store) -> Html {
    let choose = change(store, |load, hour: bool| load.cache_write_hour = hour);
    html! {
        <div class="variants">
            { Segments {
                label: "How long the cache keeps it",
                name: "lifetime",
                chosen: store.scenario.load.cache_write_hour,
                on_choose: choose,
                grid: false,
                options: vec![(false, AttrValue::from("Kept for minutes")), (true, "Kept for an hour".into())],
            }.draw() }
        </div>
    }
}

/// The ways to ask that any model in the catalogue is sold in.
fn variants(store: &Store) -> Html {
    let choose = change(store, |load, variant: Option<String>| {
        load.variant = variant
    });
    let mut options = vec![(None, AttrValue::from("Standard"))];
    for name in ["batch", "flex", "priority", "fast"] {
        options.push((Some(name.to_owned()), capital(name).into()));
    }
    Segments {
        label: "How it is sent",
        name: "variant",
        chosen: store.scenario.load.variant.clone(),
        on_choose: choose,
        grid: false,
        options,
    }
    .draw()
}
