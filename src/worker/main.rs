//! A stand-in until the worker is there: counts one text with the vocabulary it is sent.
use foretoken::tokens::vocabulary::Vocabulary;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

fn call(target: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &name.into())?.into();
    Reflect::apply(&function, target, &arguments.iter().collect())
}

async fn count(url: JsValue) -> Result<String, JsValue> {
    let response = JsFuture::from(Promise::from(call(&js_sys::global(), "fetch", &[url])?)).await?;
    let bytes = JsFuture::from(Promise::from(call(&response, "arrayBuffer", &[])?)).await?;
    let vocabulary =
        Vocabulary::read(&Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string())?;
    let encoder = vocabulary
        .tokens()
        .map(|(token, rank)| (token.to_vec(), rank))
        .collect();
    let pattern = tiktoken_rs::O200K_BASE_PAT_STR;
    let bpe = tiktoken_rs::CoreBPE::new(encoder, Default::default(), pattern)
        .map_err(|error| error.to_string())?;
    Ok(format!(
        "{} tokens",
        bpe.encode_ordinary("unsubscribe Jörg").len()
    ))
}

fn main() {
    let scope: JsValue = js_sys::global().into();
    let heard = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        wasm_bindgen_futures::spawn_local(async move {
            let url = Reflect::get(&event, &"data".into()).unwrap_or_default();
            let answer = count(url).await.map_or_else(|error| error, JsValue::from);
            let _ = call(&js_sys::global(), "postMessage", &[answer]);
        });
    });
    let _ = Reflect::set(&scope, &"onmessage".into(), heard.as_ref());
    heard.forget();
    let _ = call(&scope, "postMessage", &["ready".into()]);
}
