//! The one reader of the address bar. Links push; Back goes between pages.

use gloo::events::EventListener;
use web_sys::ScrollToOptions;

use crate::route::Page;

pub fn page() -> Page {
    let hash = web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    Page::from_hash(&hash)
}

/// Call `heard` with each page that links, Back and Forward lead to, until the handle is dropped.
pub fn listen(heard: impl Fn(Page) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        // A new page is read from its top.
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_scroll_to_options(&ScrollToOptions::new());
        }
        heard(page());
    }))
}
