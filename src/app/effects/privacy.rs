//! Deleting all that the browser keeps for this page.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

use super::{dom, draft};

/// Delete the draft, the theme, the files kept for offline use, and the service worker that keeps them.
pub async fn delete_all() -> Result<(), String> {
    draft::delete_all().await?;
    dom::forget_theme();
    // A browser without service workers keeps no files, and then there are none to delete.
    if let Some(registration) = registration().await {
        delete_caches(&registration.scope()).await;
        unregister(&registration).await;
    }
    Ok(())
}

/// Our caches begin with our name and the path this page is served under; others at this origin are not ours.
async fn delete_caches(scope: &str) -> Option<()> {
    let own = format!("foretoken {scope}");
    let caches = web_sys::window()?.caches().ok()?;
    let names = JsFuture::from(caches.keys()).await.ok()?;
    for name in js_sys::Array::from(&names).iter() {
        let name = name.as_string().filter(|name| name.starts_with(&own));
        if let Some(name) = name {
            JsFuture::from(caches.delete(&name)).await.ok()?;
        }
    }
    Some(())
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let workers = web_sys::window()?.navigator().service_worker();
    let registration = JsFuture::from(workers.get_registration()).await.ok()?;
    registration.dyn_into().ok()
}

async fn unregister(registration: &ServiceWorkerRegistration) -> Option<()> {
    JsFuture::from(registration.unregister().ok()?).await.ok()?;
    Some(())
}
