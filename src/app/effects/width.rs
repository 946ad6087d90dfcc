//! How wide an element is.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Its width in whole pixels, 0 until it is laid out; what is drawn by it is drawn again when it changes.
#[hook]
pub fn use_width(node: &NodeRef) -> u32 {
    let width = use_state_eq(|| 0);
    let node = node.clone();
    {
        let width = width.clone();
        use_effect_with((), move |()| {
            let watch = node
                .cast::<Element>()
                .and_then(|element| Watch::new(element, move |now| width.set(now)));
            move || drop(watch)
        });
    }
    *width
}

struct Watch {
    observer: ResizeObserver,
    _heard: Closure<dyn FnMut()>,
}

impl Watch {
    fn new(element: Element, tell: impl Fn(u32) + 'static) -> Option<Watch> {
        let watched = element.clone();
        let heard = Closure::<dyn FnMut()>::new(move || {
            tell(u32::try_from(watched.client_width()).unwrap_or_default());
        });
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
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
