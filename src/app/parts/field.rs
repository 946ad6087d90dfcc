use foretoken::figures::{Bounds, read_number};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::{dom, intl};

#[derive(Properties, Clone, PartialEq)]
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
    /// What is wrong with the number in its place, though it reads well.
    #[prop_or_default]
    pub wrong: Option<AttrValue>,
}

/// A number the user types. What cannot be read stays in the field, says why, and leaves the last good value in force.
#[component]
pub fn NumberField(props: &Props) -> Html {
    let number = use_number(props);
    html! {
        <div class="lab">
            <label for={props.id.clone()}>{ &props.label }</label>
            <span class={classes!("unit", props.unit.is_some().then_some("has-unit"))}>
                { number.input(props, "field num", None) }
                if let Some(unit) = &props.unit { <span aria-hidden="true">{ unit }</span> }
            </span>
            { number.trouble(props) }
        </div>
    }
}

/// The same within a sentence, which says what it is; its label is for those who do not see the sentence.
#[component]
pub fn Blank(props: &Props) -> Html {
    let number = use_number(props);
    let wide = number.shown.chars().count().clamp(2, 14).to_string();
    html! {
        <span class="blank">
            { number.input(props, "num", Some(wide)) }
            if let Some(unit) = &props.unit { <span aria-hidden="true">{ unit }</span> }
            { number.trouble(props) }
        </span>
    }
}

/// What a field shows, and what it does with what is typed.
struct Number {
    shown: String,
    error: Option<String>,
    on_input: Callback<InputEvent>,
    on_blur: Callback<FocusEvent>,
}

#[hook]
fn use_number(props: &Props) -> Number {
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
    // The last good value stays in force, and the message says so.
    let error = error.map(|error| error + &holds(props.value));
    Number {
        shown,
        error: error.or_else(|| props.wrong.as_ref().map(ToString::to_string)),
        on_input,
        on_blur,
    }
}

impl Number {
    fn input(&self, props: &Props, class: &'static str, within: Option<String>) -> Html {
        let described = self.error.is_some().then(|| error_id(props));
        let label = within.is_some().then(|| props.label.clone());
        html! {
            <input id={props.id.clone()} {class} size={within} aria-label={label.clone()} title={label} inputmode="decimal" autocomplete="off"
                value={self.shown.clone()} placeholder={&props.placeholder}
                aria-invalid={self.error.is_some().then_some("true")} aria-describedby={described}
                oninput={self.on_input.clone()} onblur={self.on_blur.clone()} />
        }
    }

    fn trouble(&self, props: &Props) -> Html {
        let Some(error) = &self.error else {
            return Html::default();
        };
        html! { <span class="flag wrap" id={error_id(props)} role="status">{ error }</span> }
    }
}

fn error_id(props: &Props) -> String {
    format!("{}-error", props.id)
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

fn holds(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |value| {
        format!("; {} still holds", written(Some(value)))
    })
}
