//! Whether an element is on the screen, or nearly.

use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

/// True once the element comes within a screen of being seen; false again when it is far away.
#[hook]
pub fn use_visible(node: &NodeRef) -> bool {
    let visible = use_state(|| false);
    let node = node.clone();
    {
        let visible = visible.clone();
        use_effect_with((), move |()| {
            let watch = node
                .cast::<Element>()
                .and_then(|element| Watch::new(&element, move |seen| visible.set(seen)));
            move || drop(watch)
        });
    }
    *visible
}

struct Watch {
    observer: IntersectionObserver,
    _heard: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    fn new(element: &Element, mut tell: impl FnMut(bool) + 'static) -> Option<Watch> {
        let heard = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.pop();
            if let Ok(entry) = last.dyn_into::<IntersectionObserverEntry>() {
                tell(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin("100% 0px");
        let observer =
            IntersectionObserver::new_with_options(heard.as_ref().unchecked_ref(), &options)
                .ok()?;
        observer.observe(element);
        Some(Watch {
            observer,
            _heard: heard,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
