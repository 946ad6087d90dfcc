//! Files of this build, under the names they were hashed to.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Where a file of this build is, as `catalog/main.json`.
pub fn address_of(name: &str) -> Option<String> {
    let files = Reflect::get(&js_sys::global(), &"foretokenFiles".into()).ok()?;
    Reflect::get(&files, &name.into()).ok()?.as_string()
}

/// The text of a file of this build.
pub async fn read(name: &str) -> Result<String, String> {
    let url = address_of(name).ok_or_else(|| format!("{name} is not part of this build"))?;
    let failed = |_| format!("{name} could not be fetched; is the network there?");
    let window = web_sys::window().ok_or("there is no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(&url))
        .await
        .map_err(failed)?
        .unchecked_into();
    if !response.ok() {
        return Err(format!("{name}: the server answered {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(failed)?)
        .await
        .map_err(failed)?;
    text.as_string()
        .ok_or_else(|| format!("{name} is not a text"))
}
