use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props<T: PartialEq + Clone + 'static> {
    /// What the choice is about, for a screen reader.
    pub label: &'static str,
    /// A name of its own on the page: the browser groups radio buttons by it.
    pub name: &'static str,
    pub options: Vec<(T, AttrValue)>,
    pub chosen: T,
    pub on_choose: Callback<T>,
    #[prop_or_default]
    pub grid: bool,
}

/// A choice of one among a few, all of them in sight.
#[component]
pub fn Segments<T: PartialEq + Clone + 'static>(props: &Props<T>) -> Html {
    let option = |(value, label): &(T, AttrValue)| {
        let chosen = *value == props.chosen;
        let choose = {
            let value = value.clone();
            props.on_choose.reform(move |_: Event| value.clone())
        };
        html! {
            <label>
                <input type="radio" name={props.name} checked={chosen} onchange={choose} />
                { label }
            </label>
        }
    };
    html! {
        <div class={classes!("seg", props.grid.then_some("grid"))} role="radiogroup" aria-label={props.label}>
            { for props.options.iter().map(option) }
        </div>
    }
}
