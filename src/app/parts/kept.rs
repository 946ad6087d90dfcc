//! What does not follow from the prompt need not be drawn with every key.

use std::rc::Rc;

use yew::prelude::*;

#[derive(Properties)]
pub struct Props<F: PartialEq> {
    from: F,
    draw: Rc<dyn Fn() -> Html>,
}

impl<F: PartialEq> PartialEq for Props<F> {
    fn eq(&self, other: &Self) -> bool {
        self.from == other.from
    }
}

/// A part of the page that is drawn again only when what it follows from has changed. It must draw something: Yew loses
/// the place of a component that draws nothing.
pub fn kept<F: PartialEq + 'static>(from: F, draw: impl Fn() -> Html + 'static) -> Html {
    html! { <Kept<F> {from} draw={Rc::new(draw) as Rc<dyn Fn() -> Html>} /> }
}

#[component]
fn Kept<F: PartialEq + 'static>(props: &Props<F>) -> Html {
    (props.draw)()
}
