//! Deleting all that the browser keeps for this page.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

use super::{dom, draft};

/// Delete the draft, the theme, the files kept for offline use, and the service worker that keeps them.
pub async fn delete_all() -> Result<(), String> {
    draft::delete_all().await?;
    if let Some(storage) = dom::storage() {
        // A storage that refuses holds nothing of ours.
        let _ = storage.clear();
    }
    delete_caches().await;
    unregister().await;
    Ok(())
}

async fn delete_caches() -> Option<()> {
    let caches = web_sys::window()?.caches().ok()?;
    let names = JsFuture::from(caches.keys()).await.ok()?;
    for name in js_sys::Array::from(&names)
        .iter()
        .filter_map(|name| name.as_string())
    {
        if name.starts_with("foretoken") {
            JsFuture::from(caches.delete(&name)).await.ok()?;
        }
    }
    Some(())
}

async fn unregister() -> Option<()> {
    let workers = web_sys::window()?.navigator().service_worker();
    let registration = JsFuture::from(workers.get_registration()).await.ok()?;
    let registration: ServiceWorkerRegistration = registration.dyn_into().ok()?;
    JsFuture::from(registration.unregister().ok()?).await.ok()?;
    Some(())
}
