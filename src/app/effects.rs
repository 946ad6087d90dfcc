//! A stand-in until the app is there: starts the worker, hands it a vocabulary, shows its answer.
use wasm_bindgen::prelude::*;

fn get(target: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    js_sys::Reflect::get(target, &name.into())
}

pub fn file(name: &str) -> Result<JsValue, JsValue> {
    get(&get(&js_sys::global(), "foretokenFiles")?, name)
}

pub fn start_worker(heard: impl Fn(String) + 'static) -> Result<(), JsValue> {
    let class: js_sys::Function = get(&js_sys::global(), "Worker")?.into();
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"type".into(), &"module".into())?;
    let arguments = js_sys::Array::of2(&file("worker")?, &options);
    let worker = js_sys::Reflect::construct(&class, &arguments)?;
    let target = worker.clone();
    let listen = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let said = get(&event, "data")
            .ok()
            .and_then(|data| data.as_string())
            .unwrap_or_default();
        if said == "ready"
            && let (Ok(post), Ok(vocabulary)) =
                (get(&target, "postMessage"), file("vocab/o200k_base"))
        {
            let _ = js_sys::Function::from(post).call1(&target, &vocabulary);
        }
        heard(said);
    });
    js_sys::Reflect::set(&worker, &"onmessage".into(), listen.as_ref())?;
    listen.forget();
    Ok(())
}

pub fn render<App: yew::BaseComponent<Properties = ()>>() {
    if let Some(root) = gloo::utils::document().get_element_by_id("app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}
