use yew::prelude::*;

/// A choice of one among a few, all of them in sight.
pub struct Segments<T> {
    /// What the choice is about, for a screen reader.
    pub label: &'static str,
    /// A name of its own on the page: the browser groups radio buttons by it.
    pub name: &'static str,
    pub options: Vec<(T, AttrValue)>,
    pub chosen: T,
    pub on_choose: Callback<T>,
    /// Several rows of equal cells.
    pub grid: bool,
}

impl<T: PartialEq + Clone + 'static> Segments<T> {
    pub fn draw(self) -> Html {
        let option = |(value, label): (T, AttrValue)| {
            let chosen = value == self.chosen;
            let choose = self.on_choose.reform(move |_: Event| value.clone());
            html! {
                <label>
                    <input type="radio" name={self.name} checked={chosen} onchange={choose} />
                    { label }
                </label>
            }
        };
        html! {
            <div class={classes!("seg", self.grid.then_some("grid"))} role="radiogroup" aria-label={self.label}>
                { for self.options.into_iter().map(option) }
            </div>
        }
    }
}
