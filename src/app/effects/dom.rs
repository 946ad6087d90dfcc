//! What views ask of the document.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    Url,
};
use yew::prelude::*;

/// Replace the first paint by the app.
pub fn mount<App: BaseComponent<Properties = ()>>() {
    refuse_stray_drops();
    if let Some(root) = element("app") {
        root.set_inner_html("");
        yew::Renderer::<App>::with_root(root.into()).render();
    }
}

/// A file that is dropped beside a message is not opened in the page's place: what was typed would be gone from sight.
fn refuse_stray_drops() {
    let document = gloo::utils::document();
    for name in ["dragover", "drop"] {
        let options = EventListenerOptions::enable_prevent_default();
        let refuse = |event: &Event| {
            let data = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer);
            let files = data.filter(|data| data.types().includes(&"Files".into(), 0));
            if let Some(data) = files.filter(|_| !event.default_prevented()) {
                event.prevent_default();
                data.set_drop_effect("none");
            }
        };
        EventListener::new_with_options(&document, name, options, refuse).forget();
    }
}

/// What the field holds that an event came from.
pub fn text_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else {
        target
            .dyn_ref::<HtmlInputElement>()
            .map(HtmlInputElement::value)
            .unwrap_or_default()
    }
}

/// Write a text into a text area.
pub fn set_text(node: &NodeRef, text: &str) {
    if let Some(area) = node.cast::<HtmlTextAreaElement>() {
        area.set_value(text);
    }
}

/// How many pixels right of an element's left edge the pointer is.
pub fn pixels_across(node: &NodeRef, event: &MouseEvent) -> Option<i32> {
    let element: web_sys::Element = node.cast()?;
    Some(event.client_x() - element.get_bounding_client_rect().left().round() as i32)
}

/// Show the end of what scrolls.
pub fn scroll_to_end(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        element.set_scroll_top(element.scroll_height());
    }
}

/// Click an element, as a pointer would.
pub fn click(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        element.click();
    }
}

/// Choose an option of a list.
pub fn set_choice(node: &NodeRef, value: &str) {
    if let Some(select) = node.cast::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

/// A callback that hears what a field holds.
pub fn on_text<E: AsRef<Event> + 'static>(then: impl Fn(String) + 'static) -> Callback<E> {
    Callback::from(move |event: E| then(text_of(event.as_ref())))
}

fn element(id: &str) -> Option<HtmlElement> {
    gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
}

/// Move the focus to an element, where there is one.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        // Refused only where the element cannot have it.
        let _ = element.focus();
    }
}

/// The text of the file that was picked in the field an event came from.
pub async fn picked(event: Event) -> Option<String> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    // The same file can be picked again once it was changed.
    input.set_value("");
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Hand the user a text as a file.
pub fn download(name: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link = gloo::utils::document().create_element("a").ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.dyn_ref::<HtmlElement>()?.click();
    Url::revoke_object_url(&url).ok()
}

/// Ask the browser to print the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Refused only where there is nothing to print with.
        let _ = window.print();
    }
}

/// The theme the user chose, kept where the first paint can find it.
pub fn theme() -> Option<String> {
    storage()?.get_item(THEME).ok()?
}

pub fn set_theme(theme: &str) {
    if let Some(root) = gloo::utils::document().document_element() {
        // Both may be refused (a locked-down browser); the theme then lasts as long as the page, or not at all.
        let _ = root.set_attribute("data-theme", theme);
    }
    if let Some(storage) = storage() {
        let _ = storage.set_item(THEME, theme);
    }
}

pub fn forget_theme() {
    if let Some(storage) = storage() {
        // A storage that refuses holds nothing of ours.
        let _ = storage.remove_item(THEME);
    }
}

/// Whether the page is dark now, by choice or by the system.
pub fn is_dark() -> bool {
    match theme().as_deref() {
        Some("dark") => true,
        Some(_) => false,
        None => web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?)
            .is_some_and(|query| query.matches()),
    }
}

const THEME: &str = "foretoken-theme";

pub(super) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub fn set_title(title: &str) {
    gloo::utils::document().set_title(title);
}
