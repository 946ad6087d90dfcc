//! The fields of a price, as its shape lists them.

use serde_json::Value;
use yew::prelude::*;

use super::draft::{beginning, below, place_in, put};
use super::field::{Field, Form, Kind, chooser, field, fields, id_of, number_at, part};
use super::meters::meters;
use super::shape::{AT_ZERO, Piece, SHAPES, Shape};

/// The fields that say the price, then those most plans leave as they are; nothing where there are none.
pub fn price_fields(form: &Form, place: &str, shape: &str) -> (Html, Option<Html>) {
    let Some(shape) = SHAPES.iter().find(|known| known.name == shape) else {
        return (Html::default(), None);
    };
    let draw = |pieces: &'static [Piece]| html! { <>{ for pieces.iter().map(|each| piece(form, place, each)) }</> };
    (
        draw(shape.main),
        (!shape.more.is_empty()).then(|| draw(shape.more)),
    )
}

fn piece(form: &Form, place: &str, piece: &'static Piece) -> Html {
    match piece {
        Piece::Fields(list) => html! { <div class="cells">{ fields(form, place, list) }</div> },
        Piece::Rows(name, rows) => rows.draw(form, &below(place, name)),
        Piece::Hint(says) => html! { <p class="hint">{ *says }</p> },
        Piece::LastTier { overage } => last_tier(form, place, *overage),
        Piece::SpillOver => spill_over(form, &below(place, "spill_over")),
    }
}

fn spill_over(form: &Form, place: &str) -> Html {
    part(
        form,
        place,
        "What does not fit the units costs the list price",
        r#"{"of": ["input", "cache_read", "cache_write", "output"], "tokens_per_unit_hour": "500000"}"#,
        || {
            html! { <>
                { meters(form, &below(place, "of")) }
                { fields(form, place, &[
                    Field("tokens_per_unit_hour", "Tokens a unit holds in an hour", Kind::Decimal("", ""), ""),
                    Field("markup_percent", "Markup on the list price", Kind::Decimal("%", "0"), ""),
                ]) }
            </> }
        },
    )
}

/// What holds where nothing was used, and above a closed last tier.
fn last_tier(form: &Form, place: &str, overage: bool) -> Html {
    let above = below(place, "above");
    let price = below(&above, "overage");
    let value = match form.at(&above) {
        Value::String(text) => text.clone(),
        Value::Object(_) => "overage".to_owned(),
        _ => "extend".to_owned(),
    };
    let priced = value == "overage";
    let path = above.clone();
    let on_choose = form.change(move |doc, value: String| match value.as_str() {
        "extend" => put(doc, &path, None),
        "overage" => *place_in(doc, &path) = beginning(r#"{"overage": "1"}"#),
        _ => put(doc, &path, Some(value.into())),
    });
    let options = [
        ("extend", "the last tier goes on"),
        ("refuse", "there is no price"),
        ("overage", "a price of its own"),
    ];
    let options = options.into_iter().take(if overage { 3 } else { 2 });
    let label = "Above a last tier with an end".to_owned();
    let wrong = form.wrong(&above);
    html! {
        <div class="cells">
            { field(form, place, &AT_ZERO) }
            <div class="cell">{ chooser(&above, label, value, on_choose, options, wrong) }</div>
            if priced { <div class="cell">{ number_at(form, &price, "Price above it", "$") }</div> }
        </div>
    }
}

/// The shape of a charge, and the list to choose it from.
pub fn shape_choice(place: &str, shape: &str, on_choose: Callback<String>) -> Html {
    let options = SHAPES.iter().map(|shape| (shape.name, shape.title));
    let says = SHAPES.iter().find(|known| known.name == shape);
    html! {
        <div class="cell wide price-shape" data-shape={shape.to_owned()}>
            { chooser(&below(place, "shape"), "Price shape".to_owned(), shape.to_owned(), on_choose, options, None) }
            if let Some(Shape { says, .. }) = says { <p class="hint" id={id_of(&below(place, "says"))}>{ *says }</p> }
        </div>
    }
}
