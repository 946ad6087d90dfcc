//! Fields of the form: each names its place in the document, as mistakes do.

use std::cell::Cell;

use foretoken::figures::Bounds;
use foretoken::money::Exact;
use rust_decimal::Decimal;
use serde_json::Value;
use yew::prelude::*;

use super::draft::{Draft, beginning, below, put};
use crate::parts::field::NumberField;
use crate::parts::select::{Select, option};
use crate::parts::text::TextField;

/// The draft, the way to change it, and whether what is wrong with it has been said in its place.
pub struct Form {
    pub draft: std::rc::Rc<Draft>,
    pub on_draft: Callback<Draft>,
    pub said: Cell<bool>,
}

/// What can be typed in a field. What is left empty, or chosen first, is left out of the document.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    /// A text that stands in the document even where it is empty.
    Name,
    /// Several texts with commas between them.
    Texts(&'static str),
    /// A decimal with its unit, and what holds where it is empty; it may not be where nothing does.
    Decimal(&'static str, &'static str),
    /// A whole number, which documents write without quotes.
    Whole(&'static str),
    Day(&'static str),
    /// Values and their words, the default first.
    Choice(&'static [(&'static str, &'static str)]),
    /// Yes or no, and what holds where nothing is said.
    Flag(bool),
}

/// A field: its name in the document, its label, what can be typed, and a line that explains it.
pub struct Field(
    pub &'static str,
    pub &'static str,
    pub Kind,
    pub &'static str,
);

pub const STILL: &str = "; the last plan that works is still used";

impl Form {
    pub fn at(&self, place: &str) -> &Value {
        self.draft.at(place)
    }

    pub fn text(&self, place: &str) -> &str {
        self.at(place).as_str().unwrap_or_default()
    }

    pub fn decimal(&self, place: &str) -> Option<Decimal> {
        decimal(self.at(place))
    }

    pub fn list(&self, place: &str) -> &[Value] {
        self.at(place).as_array().map_or(&[], Vec::as_slice)
    }

    /// A callback that changes the document.
    pub fn change<E: Clone + 'static>(
        &self,
        change: impl Fn(&mut Value, E) + 'static,
    ) -> Callback<E> {
        let (draft, on_draft) = (self.draft.clone(), self.on_draft.clone());
        Callback::from(move |event: E| {
            on_draft.emit(draft.changed(&mut |doc| change(doc, event.clone())));
        })
    }

    /// The same for a button, after which the focus goes elsewhere.
    pub fn press(
        &self,
        focus: String,
        change: impl Fn(&mut Value) + 'static,
    ) -> Callback<MouseEvent> {
        let (draft, on_draft) = (self.draft.clone(), self.on_draft.clone());
        Callback::from(move |_| {
            on_draft.emit(draft.changed(&mut |doc| change(doc)).then_focus(&focus));
        })
    }

    /// What is wrong at a place; from then on it has been said.
    pub fn wrong(&self, place: &str) -> Option<AttrValue> {
        let wrong = self.draft.wrong.as_ref()?;
        if self.said.get() || !wrong.is_at(place) {
            return None;
        }
        self.said.set(true);
        Some(format!("{}{STILL}", wrong.what).into())
    }

    /// The same as a line by itself.
    pub fn wrong_line(&self, place: &str) -> Html {
        match self.wrong(place) {
            Some(wrong) => html! { <p class="flag wrap" role="status">{ wrong }</p> },
            None => Html::default(),
        }
    }

    /// What is wrong somewhere below a place and was not said there, with where it is.
    pub fn wrong_below(&self, place: &str) -> Html {
        let wrong = self.draft.wrong.as_ref();
        match wrong.filter(|wrong| !self.said.get() && wrong.at.starts_with(place)) {
            Some(wrong) => {
                self.said.set(true);
                let at = match wrong.at.as_str() {
                    "" => String::new(),
                    at => format!("{at}: "),
                };
                html! { <p class="flag wrap" role="status">{ at }{ &wrong.what }{ STILL }</p> }
            }
            None => Html::default(),
        }
    }
}

pub fn decimal(value: &Value) -> Option<Decimal> {
    let exact: Exact = value.as_str()?.parse().ok()?;
    Some(*exact)
}

/// A name for the element of a place.
pub fn id_of(place: &str) -> String {
    let letter = |letter: char| match letter.is_ascii_alphanumeric() {
        true => letter,
        false => '-',
    };
    format!("edit-{}", place.chars().map(letter).collect::<String>())
}

fn any() -> Bounds {
    let most = Decimal::from(1_000_000_000_000_000_u64);
    Bounds {
        least: -most,
        most,
        whole: false,
    }
}

/// Several fields below a place.
pub fn fields(form: &Form, place: &str, fields: &[Field]) -> Html {
    html! { { for fields.iter().map(|each| field(form, place, each)) } }
}

/// A field and the line that explains it.
pub fn field(form: &Form, place: &str, field: &Field) -> Html {
    let Field(name, label, kind, hint) = field;
    let wide = match kind {
        Kind::Text if *name == "note" => Some("whole"),
        Kind::Text | Kind::Name | Kind::Texts(_) | Kind::Flag(_) => Some("wide"),
        Kind::Choice(options) if options.iter().any(|(_, words)| words.len() > 24) => Some("wide"),
        _ => None,
    };
    html! {
        <div class={classes!("cell", wide)}>
            { control(form, &below(place, name), label.to_string(), *kind) }
            if !hint.is_empty() { <small class="hint">{ *hint }</small> }
        </div>
    }
}

/// The field without its line.
pub fn control(form: &Form, place: &str, label: String, kind: Kind) -> Html {
    match kind {
        Kind::Decimal(unit, rest) => number(form, place, label, unit, rest),
        Kind::Whole(rest) => whole(form, place, label, rest),
        Kind::Choice(options) => choice(form, place, label, options),
        Kind::Flag(holds) => flag(form, place, label, holds),
        Kind::Text | Kind::Name | Kind::Texts(_) | Kind::Day(_) => text(form, place, label, kind),
    }
}

/// A decimal that may not be empty.
pub fn number_at(form: &Form, place: &str, label: &str, unit: &'static str) -> Html {
    number(form, place, label.to_owned(), unit, "")
}

fn number(form: &Form, place: &str, label: String, unit: &'static str, rest: &'static str) -> Html {
    let (set, clear) = (place.to_owned(), place.to_owned());
    let on_value = form.change(move |doc, value: Decimal| {
        put(doc, &set, Some(value.normalize().to_string().into()));
    });
    let on_empty = form.change(move |doc, ()| put(doc, &clear, None));
    let on_empty = (!rest.is_empty()).then_some(on_empty);
    let unit = (!unit.is_empty()).then_some(AttrValue::Static(unit));
    html! {
        <NumberField id={id_of(place)} {label} value={form.decimal(place)} bounds={any()} {unit} placeholder={rest}
            {on_value} {on_empty} wrong={form.wrong(place)} />
    }
}

fn whole(form: &Form, place: &str, label: String, rest: &'static str) -> Html {
    use rust_decimal::prelude::ToPrimitive;
    let (set, clear) = (place.to_owned(), place.to_owned());
    let on_value = form.change(move |doc, value: Decimal| {
        put(doc, &set, value.to_i64().map(Into::into));
    });
    let on_empty = form.change(move |doc, ()| put(doc, &clear, None));
    let bounds = Bounds {
        whole: true,
        ..any()
    };
    let value = form.at(place).as_i64().map(Decimal::from);
    html! {
        <NumberField id={id_of(place)} {label} {value} {bounds} placeholder={rest} {on_value} on_empty={Some(on_empty)} wrong={form.wrong(place)} />
    }
}

fn text(form: &Form, place: &str, label: String, kind: Kind) -> Html {
    let several = matches!(kind, Kind::Texts(_));
    let stays = matches!(kind, Kind::Name);
    let path = place.to_owned();
    let on_text = form.change(move |doc, text: String| {
        let value = match several {
            true => texts(&text),
            false => Value::from(text),
        };
        let empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        put(doc, &path, (stays || !empty).then_some(value));
    });
    let value = match several {
        true => joined(form.list(place)),
        false => form.text(place).to_owned(),
    };
    let (kind, placeholder) = match kind {
        Kind::Day(rest) => ("date", rest),
        Kind::Texts(rest) => ("text", rest),
        _ => ("text", ""),
    };
    html! { <TextField id={id_of(place)} {label} {value} {kind} {placeholder} {on_text} wrong={form.wrong(place)} /> }
}

fn texts(text: &str) -> Value {
    let parts = text.split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

pub fn joined(items: &[Value]) -> String {
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    texts.join(", ")
}

fn choice(
    form: &Form,
    place: &str,
    label: String,
    options: &'static [(&'static str, &'static str)],
) -> Html {
    let first = options.first().map_or("", |(value, _)| value);
    let path = place.to_owned();
    let on_choose = form.change(move |doc, value: String| {
        put(doc, &path, (value != first).then(|| value.into()));
    });
    let value = form.at(place).as_str().unwrap_or(first).to_owned();
    chooser(
        place,
        label,
        value,
        on_choose,
        options.iter().copied(),
        form.wrong(place),
    )
}

/// A labelled list to choose from.
pub fn chooser(
    place: &str,
    label: String,
    value: String,
    on_choose: Callback<String>,
    options: impl Iterator<Item = (&'static str, &'static str)>,
    wrong: Option<AttrValue>,
) -> Html {
    let id = id_of(place);
    html! {
        <div class="lab">
            <label for={id.clone()}>{ label }</label>
            <Select id={id} class="field" {value} {on_choose}>{ for options.map(|(value, words)| option(value, words)) }</Select>
            if let Some(wrong) = wrong { <span class="flag wrap" role="status">{ wrong }</span> }
        </div>
    }
}

fn flag(form: &Form, place: &str, label: String, rest: bool) -> Html {
    let path = place.to_owned();
    let now = form.at(place).as_bool().unwrap_or(rest);
    let on_change = form.change(move |doc, _: Event| {
        put(doc, &path, (now == rest).then_some((!rest).into()));
    });
    tick(id_of(place), label, now, on_change)
}

/// A box to tick.
pub fn tick(id: String, label: String, checked: bool, on_change: Callback<Event>) -> Html {
    html! { <label class="tick"><input type="checkbox" {id} {checked} onchange={on_change} /><span>{ label }</span></label> }
}

/// A part of the document that is there or not, and its fields where it is.
pub fn part(
    form: &Form,
    place: &str,
    label: &str,
    begins: &'static str,
    body: impl FnOnce() -> Html,
) -> Html {
    let path = place.to_owned();
    let there = !form.at(place).is_null();
    let on_change = form.change(move |doc, _: Event| {
        put(doc, &path, (!there).then(|| beginning(begins)));
    });
    html! {
        <div class="part">
            { tick(id_of(&format!("{place}-there")), label.to_owned(), there, on_change) }
            if there { <div class="cells">{ body() }</div> }
            { form.wrong_line(place) }
        </div>
    }
}
