//! What a PDF says, by pdf.js, which is loaded when the first one comes (static/pdf.js).

use std::sync::Arc;

use foretoken::attach::AttachError;
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::File;

use super::{Watch, text};

#[wasm_bindgen]
extern "C" {
    /// static/entry.js: the module of this build with this name.
    #[wasm_bindgen(js_name = foretokenImport, catch)]
    async fn import(name: &str) -> Result<JsValue, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(
        this: &Reader,
        file: &File,
        goes_on: &Closure<dyn Fn(u32, u32) -> bool>,
    ) -> Result<JsValue, JsValue>;

    /// What it found: a text and a number of pages, or a word for what is wrong.
    type Found;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Found) -> JsString;
    #[wasm_bindgen(method, getter)]
    fn pages(this: &Found) -> u32;
    #[wasm_bindgen(method, getter)]
    fn wrong(this: &Found) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn why(this: &Found) -> Option<String>;
}

pub(super) async fn read(file: &File, watch: &Watch) -> Result<(Arc<str>, u32), AttachError> {
    let module = import("pdf.js")
        .await
        .map_err(|_| AttachError::NoPdfReader)?;
    let reader: &Reader = module.unchecked_ref();
    let told = watch.clone();
    let goes_on = Closure::<dyn Fn(u32, u32) -> bool>::new(move |page: u32, of: u32| {
        told.at(page.into(), of.into(), true).is_ok()
    });
    let found = reader.read(file, &goes_on).await;
    let found: Found = found
        .map_err(|_| AttachError::NoPdfReader)?
        .unchecked_into();
    match found.wrong().as_deref() {
        Some("locked") => Err(AttachError::PdfLocked),
        Some("stopped") => Err(AttachError::Stopped),
        Some(_) => Err(AttachError::PdfBroken(found.why().unwrap_or_default())),
        None => {
            let text = text::copied(&found.text(), watch).await?;
            Ok((Arc::from(text), found.pages()))
        }
    }
}
