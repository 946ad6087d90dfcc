//! What may take a moment is worked out after the page has answered.

use std::rc::Rc;

use yew::prelude::*;

use super::clock;

/// What follows from `from`, worked out so many milliseconds after it changed, when the browser has drawn what else
/// follows from it; until then the last one stands. What changes again before its turn is never worked out.
#[hook]
pub fn use_later<F, T>(from: F, rest: u32, work: impl FnOnce(&F) -> T + 'static) -> Option<Rc<T>>
where
    F: PartialEq + Clone + 'static,
    T: 'static,
{
    let known = use_state(|| None::<Rc<T>>);
    {
        let known = known.clone();
        use_effect_with(from, move |from| {
            let from = from.clone();
            let timeout = clock::after(rest, move || known.set(Some(Rc::new(work(&from)))));
            move || drop(timeout)
        });
    }
    (*known).clone()
}
