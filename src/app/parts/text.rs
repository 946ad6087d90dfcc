use yew::prelude::*;

use crate::effects::dom;

#[derive(Properties, Clone, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    /// What holds now.
    pub value: AttrValue,
    /// `text` or `date`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    #[prop_or_default]
    pub placeholder: AttrValue,
    pub on_text: Callback<String>,
    /// What is wrong with it in its place.
    #[prop_or_default]
    pub wrong: Option<AttrValue>,
}

/// A text the user types. While it has the focus it shows what was typed, then what came of it.
#[component]
pub fn TextField(props: &Props) -> Html {
    let typed = use_state(|| None::<String>);
    let on_input = {
        let (typed, on_text) = (typed.clone(), props.on_text.clone());
        dom::on_text::<InputEvent>(move |text| {
            on_text.emit(text.clone());
            typed.set(Some(text));
        })
    };
    let on_blur = {
        let typed = typed.clone();
        Callback::from(move |_: FocusEvent| typed.set(None))
    };
    let shown = (*typed)
        .clone()
        .map_or_else(|| props.value.clone(), AttrValue::from);
    let wrong = props.wrong.is_some();
    let error = format!("{}-error", props.id);
    html! {
        <div class="lab">
            <label for={props.id.clone()}>{ &props.label }</label>
            <input id={props.id.clone()} class="field" type={props.kind.clone()} autocomplete="off" value={shown} placeholder={props.placeholder.clone()}
                aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then(|| error.clone())} oninput={on_input} onblur={on_blur} />
            if let Some(wrong) = &props.wrong { <span class="flag wrap" id={error} role="status">{ wrong }</span> }
        </div>
    }
}
