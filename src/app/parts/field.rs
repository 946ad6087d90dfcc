use foretoken::figures::{Bounds, read_number};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::{dom, intl};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: &'static str,
    pub label: AttrValue,
    /// What holds now; nothing where the field is empty.
    pub value: Option<Decimal>,
    pub bounds: Bounds,
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    #[prop_or_default]
    pub placeholder: AttrValue,
    pub on_value: Callback<Decimal>,
    /// Called where the field is emptied; where there is none, empty is an error.
    #[prop_or_default]
    pub on_empty: Option<Callback<()>>,
}

/// A number the user types. What cannot be read stays in the field, says why, and leaves the last good value in force.
#[component]
pub fn NumberField(props: &Props) -> Html {
    let typed = use_state(|| None::<String>);
    {
        let typed = typed.clone();
        use_effect_with(props.value, move |_| typed.set(None));
    }
    let shown = typed
        .as_ref()
        .cloned()
        .unwrap_or_else(|| written(props.value));
    let error = typed.as_ref().and_then(|text| wrong(text, props));
    let on_input = {
        let (typed, bounds) = (typed.clone(), props.bounds);
        let (on_value, on_empty) = (props.on_value.clone(), props.on_empty.clone());
        dom::on_text(move |text| {
            match (&on_empty, read_number(&text, intl::separators(), bounds)) {
                (_, Ok(number)) => on_value.emit(number),
                (Some(on_empty), Err(_)) if text.trim().is_empty() => on_empty.emit(()),
                _ => {}
            }
            typed.set(Some(text));
        })
    };
    // Leaving a field that reads well writes its value as the locale does.
    let on_blur = {
        let (typed, readable) = (typed.clone(), error.is_none());
        Callback::from(move |_: FocusEvent| {
            if readable {
                typed.set(None);
            }
        })
    };
    let described = error.is_some().then(|| format!("{}-error", props.id));
    html! {
        <div class="lab">
            <label for={props.id}>{ &props.label }</label>
            <span class={classes!("unit", props.unit.is_some().then_some("has-unit"))}>
                <input id={props.id} class="field num" inputmode="decimal" autocomplete="off"
                    value={shown} placeholder={&props.placeholder}
                    aria-invalid={error.is_some().then_some("true")} aria-describedby={described.clone()}
                    oninput={on_input} onblur={on_blur} />
                if let Some(unit) = &props.unit { <span aria-hidden="true">{ unit }</span> }
            </span>
            if let Some(error) = error {
                <p class="flag wrap" id={described} role="status">{ error }{ holds(props.value) }</p>
            }
        </div>
    }
}

fn wrong(text: &str, props: &Props) -> Option<String> {
    if text.trim().is_empty() && props.on_empty.is_some() {
        return None;
    }
    read_number(text, intl::separators(), props.bounds)
        .err()
        .map(|error| error.to_string())
}

fn written(value: Option<Decimal>) -> String {
    value
        .map(|value| intl::number(value, 12))
        .unwrap_or_default()
}

/// The last good value stays in force, and the message says so.
fn holds(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |value| {
        format!("; {} still holds", written(Some(value)))
    })
}
