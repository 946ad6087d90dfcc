use foretoken::figures::{Bounds, read_number};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::{dom, intl};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
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
    let typed = use_state(|| None::<Typed>);
    let (shown, error) = match typed.as_ref().filter(|typed| typed.stands(props)) {
        Some(typed) => (typed.text.clone(), typed.wrong(props)),
        None => (written(props.value), None),
    };
    let on_input = {
        let typed = typed.clone();
        let (bounds, value) = (props.bounds, props.value);
        let (on_value, on_empty) = (props.on_value.clone(), props.on_empty.clone());
        dom::on_text(move |text| {
            match (&on_empty, read_number(&text, intl::separators(), bounds)) {
                (_, Ok(number)) => on_value.emit(number),
                (Some(on_empty), Err(_)) if text.trim().is_empty() => on_empty.emit(()),
                _ => {}
            }
            typed.set(Some(Typed { text, value }));
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
            <label for={props.id.clone()}>{ &props.label }</label>
            <span class={classes!("unit", props.unit.is_some().then_some("has-unit"))}>
                <input id={props.id.clone()} class="field num" inputmode="decimal" autocomplete="off"
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

/// What is in the field while it is being typed, and the value that held when it was.
struct Typed {
    text: String,
    value: Option<Decimal>,
}

impl Typed {
    /// What was typed stands while it says what holds, or while nothing else has changed what holds.
    fn stands(&self, props: &Props) -> bool {
        let read = read_number(&self.text, intl::separators(), props.bounds).ok();
        read == props.value || (read.is_none() && self.value == props.value)
    }

    fn wrong(&self, props: &Props) -> Option<String> {
        if self.text.trim().is_empty() && props.on_empty.is_some() {
            return None;
        }
        read_number(&self.text, intl::separators(), props.bounds)
            .err()
            .map(|error| error.to_string())
    }
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
