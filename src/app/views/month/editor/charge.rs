//! The charges of a plan, each with what it measures, what it costs and its limits.

use serde_json::Value;
use yew::prelude::*;

use super::draft::{beginning, below, key, list_in, place_in};
use super::field::{Field, Form, Kind, field, fields, id_of};
use super::meters::quantity;
use super::price::{price_fields, shape_choice};
use super::reshape::{is_due_anyway, reshape, shape_of};
use super::rows::{acts, free_id};

use Kind::{Decimal, Flag, Name, Text};

/// All charges, and the button that adds one.
pub fn charges(form: &Form) -> Html {
    let items = form.list("charges");
    let added = format!("charges[{}].name", items.len());
    let add = form.press(id_of(&added), |doc| {
        let list = list_in(doc, "charges");
        let id = free_id(list, "charge");
        let mut charge = beginning(
            r#"{"id": "", "name": "New charge", "quantity": {"of": ["output"]}, "price": {"unit": {"amount": "1", "per": "1000000"}}}"#,
        );
        charge["id"] = id.into();
        list.push(charge);
    });
    html! {
        <>
        { for items.iter().enumerate().map(|(at, item)| charge(form, at, items.len(), item)) }
        <div class="adds">
            <button id={id_of("charges-add")} class="btn" onclick={add}>{ "Add a charge" }</button>
            <span class="note">{ "A charge is something the plan asks money for: tokens, a fee, seats" }</span>
        </div>
        </>
    }
}

/// What to call a charge.
fn title(charge: &Value) -> &str {
    let name = charge["name"].as_str().or(charge["id"].as_str());
    name.unwrap_or_default()
}

fn charge(form: &Form, at: usize, of: usize, item: &Value) -> Html {
    let place = format!("charges[{at}]");
    let shape = shape_of(item);
    let name = field(
        form,
        &place,
        &Field("name", "Name", Text, "As it stands on the bill"),
    );
    let (measures, more) = match is_due_anyway(shape) {
        true => (
            html! { <p class="hint">{ "Nothing: it is due whatever was used" }</p> },
            Html::default(),
        ),
        false => quantity(form, &place, shape),
    };
    let more = (!is_due_anyway(shape)).then_some(more);
    let costs = cost(form, &place, shape);
    let limits = limits(form, &place);
    // Last: it says what none of the fields did.
    let rest = form.wrong_below(&place);
    html! {
        <article class="charge" key={key(item, at)} aria-label={format!("Charge {}: {}", at + 1, title(item))}>
            <div class="head">
                <h3>{ title(item) }</h3><span class="note">{ format!("Charge {} of {of}", at + 1) }</span>
                { acts(form, "charges", at, title(item)) }
            </div>
            { rest }
            { block("The charge", html! { <div class="cells">{ name }</div> }) }
            { block("Measures", html! { <>{ measures }{ for more.map(|body| disclosure("More on what it measures", body)) }</> }) }
            { block("Costs", costs) }
            { block("Limits", limits) }
        </article>
    }
}

fn cost(form: &Form, charge: &str, shape: &str) -> Html {
    let path = charge.to_owned();
    let on_choose = form.change(move |doc, to: String| reshape(place_in(doc, &path), &to));
    let price = below(charge, "price");
    let place = below(&price, shape);
    let (main, more) = price_fields(form, &place, shape);
    html! {
        <>
        <div class="cells">{ shape_choice(&price, shape, on_choose) }</div>
        { main }
        { form.wrong_below(&place) }
        if let Some(more) = more { { disclosure("More on the price", more) } }
        </>
    }
}

fn limits(form: &Form, charge: &str) -> Html {
    html! {
        <>
        <div class="cells">{ fields(form, charge, &[
            Field("minimum", "At least", Decimal("$", "none"), "What the charge comes to in any case"),
            Field("maximum", "At most", Decimal("$", "none"), ""),
        ]) }</div>
        { disclosure("More on the charge", html! { <div class="cells">{ fields(form, charge, &[
            Field("id", "Id", Name, "Its name in the document; discounts and credits use it"),
            Field("prorate", "Less where the plan is active for a part of the period", Flag(true), "Fees and minimums are shared by days"),
        ]) }</div> }) }
        </>
    }
}

/// A part of a charge, its name beside it.
pub fn block(name: &'static str, body: Html) -> Html {
    html! { <div class="part-of"><p class="name">{ name }</p><div class="body">{ body }</div></div> }
}

/// What most plans leave as it is.
pub fn disclosure(summary: &'static str, body: Html) -> Html {
    html! { <details class="explain more"><summary>{ summary }</summary><div class="inside">{ body }</div></details> }
}
