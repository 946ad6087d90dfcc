use yew::prelude::*;

use crate::effects::dom;

#[derive(Properties, PartialEq)]
pub struct Props {
    #[prop_or_default]
    pub id: Option<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
    /// What it chooses, for a screen reader; nothing where a label stands beside it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The value of the option that is chosen.
    pub value: AttrValue,
    pub on_choose: Callback<String>,
    pub children: Html,
}

/// A list to choose from. Its choice is set with every drawing: a browser ignores the `selected` attribute of a list
/// that was used once.
#[component]
pub fn Select(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let (node, value) = (node.clone(), props.value.clone());
        use_effect(move || dom::set_choice(&node, &value));
    }
    let on_choose = props.on_choose.clone();
    let on_change = dom::on_text::<Event>(move |value| on_choose.emit(value));
    html! {
        <select ref={node} id={props.id.clone()} class={props.class.clone()} aria-label={props.label.clone()} onchange={on_change}>
            { props.children.clone() }
        </select>
    }
}

/// An option of it.
pub fn option(value: &str, label: &str) -> Html {
    html! { <option value={value.to_owned()}>{ label.to_owned() }</option> }
}
