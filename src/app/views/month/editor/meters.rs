//! What a charge measures: meters, where, how it is aggregated, converted, and what is included.

use serde_json::Value;
use yew::prelude::*;

use super::draft::{below, list_in, put};
use super::field::{Field, Form, Kind, fields, id_of, joined, part, tick};
use super::reshape::{is_of_money, is_single};
use crate::parts::text::TextField;

use Kind::{Choice, Decimal, Flag, Text, Texts};

/// The usual meters and what they are called.
const METERS: [(&str, &str); 7] = [
    ("input", "Prompt"),
    ("cache_read", "Prompt read from cache"),
    ("cache_write", "Prompt written to cache"),
    ("output", "Answer"),
    ("requests", "Requests"),
    ("compute_seconds", "Compute seconds"),
    ("amount", "Money carried"),
];

const ROUNDS: &[(&str, &str)] = &[
    ("none", "is kept"),
    ("up", "is rounded up"),
    ("down", "is rounded down"),
    ("half_up", "is rounded to the nearest"),
];

/// Boxes for the usual meters, and a field for any others.
pub fn meters(form: &Form, place: &str) -> Html {
    let named = form.list(place);
    let has = |name: &str| named.iter().any(|each| each.as_str() == Some(name));
    let meter = |(name, title): &(&'static str, &'static str)| {
        let (path, name, there) = (place.to_owned(), *name, has(name));
        let on_change = form.change(move |doc, _: Event| {
            let list = list_in(doc, &path);
            match there {
                true => list.retain(|each| each.as_str() != Some(name)),
                false => list.push(name.into()),
            }
        });
        tick(
            id_of(&below(place, name)),
            (*title).to_owned(),
            there,
            on_change,
        )
    };
    let usual = |each: &Value| METERS.iter().any(|(name, _)| each.as_str() == Some(name));
    let others: Vec<Value> = named.iter().filter(|each| !usual(each)).cloned().collect();
    let path = place.to_owned();
    let on_text = form.change(move |doc, text: String| {
        let list = list_in(doc, &path);
        list.retain(usual);
        let typed = text.split(',').map(str::trim);
        list.extend(typed.filter(|name| !name.is_empty()).map(Value::from));
    });
    html! {
        <fieldset class="cell whole">
            <legend>{ "Meters, added up" }</legend>
            <div class="ticks">{ for METERS.iter().map(meter) }</div>
            { form.wrong_line(place) }
            <TextField id={id_of(&below(place, "others"))} label="Meters of your own" value={joined(&others)} placeholder="such as compute_minutes, web_searches" {on_text} />
        </fieldset>
    }
}

/// What a charge measures, as far as its shape lets it say.
pub fn quantity(form: &Form, charge: &str, shape: &str) -> (Html, Html) {
    let place = below(charge, "quantity");
    let single = is_single(shape);
    let of = below(&place, "of");
    // A document may name meters for these too.
    let money = is_of_money(shape) && form.list(&of).is_empty();
    let main = html! { <>if money { <p class="hint">{ "The money that the use carries" }</p> } else { { meters(form, &of) } }
    if !single { { included(form, &place) } }
    { form.wrong_line(&place) }</> };
    let more = html! {
        <>
        if !single { { measure(form, &place) } }
        <div class="cells">{ only(form, &place) }{ fields(form, charge, &[
            Field("group_by", "A line for each", Texts("no groups"), "model, meter, provider or a property: each value gets a line of its own"),
            Field("group_tiers", "Tiers and included units of the lines", Choice(&[
                ("restart", "begin anew in each"), ("shared", "are shared by all"),
            ]), ""),
        ]) }</div>
        </>
    };
    (main, more)
}

fn measure(form: &Form, place: &str) -> Html {
    let aggregate = Field(
        "aggregate",
        "What counts",
        Choice(&[
            ("sum", "the sum"),
            ("count", "the number of requests"),
            ("max", "the largest request"),
            ("unique", "different values of a property"),
            ("latest", "the last request"),
        ]),
        "",
    );
    let every = Field(
        "every",
        "Measured",
        Choice(&[
            ("", "over the whole period"),
            ("hour", "each hour by itself"),
            ("day", "each day by itself"),
        ]),
        "",
    );
    let each = Field(
        "each_window",
        "Each hour or day",
        Choice(&[
            ("priced", "is priced by itself"),
            ("summed", "is added up, then priced"),
        ]),
        "",
    );
    let unique = form.text(&below(place, "aggregate")) == "unique";
    let unique = unique || !form.at(&below(place, "unique_by")).is_null();
    let windows = !form.at(&below(place, "every")).is_null();
    let windows = windows || !form.at(&below(place, "each_window")).is_null();
    html! {
        <div class="cells">
            { fields(form, place, &[aggregate]) }
            if unique { { fields(form, place, &[Field("unique_by", "The property", Text, "")]) } }
            { fields(form, place, &[every]) }
            if windows { { fields(form, place, &[each]) } }
            { fields(form, place, &[
                Field("convert.divide_by", "Divided by", Decimal("", "1"), "60 makes minutes of seconds"),
                Field("convert.round", "A part of a unit", Choice(ROUNDS), ""),
            ]) }
        </div>
    }
}

/// The records it looks at: models, providers, and what other properties the document names.
fn only(form: &Form, place: &str) -> Html {
    let place = below(place, "where");
    let named = form.at(&place).as_object();
    let names = named.into_iter().flat_map(|named| named.keys());
    let usual = ["model", "provider"].map(str::to_owned);
    let other = |name: &&String| !usual.contains(name) && !name.contains(['.', '[', ']']);
    let others: Vec<String> = names.filter(other).cloned().collect();
    let row = |name: &String| {
        let (label, rest) = match name.as_str() {
            "model" => (
                "Only these models".to_owned(),
                "all, or such as openai/gpt-6.1-sol",
            ),
            "provider" => ("Only these providers".to_owned(), "all of them"),
            name => (format!("Only where {name} is"), "any"),
        };
        html! { <div class="cell wide" key={name.clone()}>{ super::field::control(form, &below(&place, name), label, Texts(rest)) }</div> }
    };
    html! { { for usual.iter().chain(&others).map(row) } }
}

fn included(form: &Form, place: &str) -> Html {
    let place = below(place, "included");
    let rollover = below(&place, "rollover");
    let body = || {
        html! {
            <>
            { fields(form, &place, &[
                Field("units", "Included units", Decimal("", ""), "Free of charge, taken off what was measured"),
                Field("every", "They come", Choice(&[("period", "once a period"), ("day", "each day; what a day leaves is lost")]), ""),
                Field("carried", "Brought in from before", Decimal("", "0"), "Left of the last period"),
            ]) }
            <div class="cell wide">
            { part(form, &rollover, "What is left goes on to the next period", "{}", || fields(form, &rollover, &[
                Field("at_most", "At most", Decimal("", "no limit"), ""),
                Field("at_least", "At least", Decimal("", "0"), ""),
            ])) }
            </div>
            { fields(form, &place, &[Field("prorate", "Fewer where the plan is active for a part of the period", Flag(false), "")]) }
            </>
        }
    };
    part(
        form,
        &place,
        "Some units are included",
        r#"{"units": "1000000"}"#,
        body,
    )
}

/// The charges that something holds for.
pub fn on_charges(form: &Form, place: &str) -> Html {
    let named = form.list(place);
    let known = form.list("charges");
    let id = |charge: &Value| charge["id"].as_str().unwrap_or_default().to_owned();
    let is_known = |name: &Value| known.iter().any(|charge| charge["id"] == *name);
    let lost = named.iter().filter(|name| !is_known(name));
    let lost = lost.filter_map(|name| {
        Some((
            name.as_str()?.to_owned(),
            "not a charge any more".to_owned(),
        ))
    });
    let charges = known.iter().map(|charge| {
        let name = charge["name"].as_str().map(str::to_owned);
        (id(charge), name.unwrap_or_else(|| id(charge)))
    });
    let row = |(id, title): (String, String)| {
        let there = named.iter().any(|each| each.as_str() == Some(&id));
        let (path, name) = (place.to_owned(), id.clone());
        let on_change = form.change(move |doc, _: Event| {
            let list = list_in(doc, &path);
            match there {
                true => list.retain(|each| each.as_str() != Some(&name)),
                false => list.push(name.as_str().into()),
            }
            if list.is_empty() {
                put(doc, &path, None);
            }
        });
        tick(id_of(&below(place, &id)), title, there, on_change)
    };
    html! {
        <fieldset class="cell whole">
            <legend>{ "Only for these charges; for all of them where none is ticked" }</legend>
            <div class="ticks">{ for charges.chain(lost).map(row) }</div>
            { form.wrong_line(place) }
        </fieldset>
    }
}
