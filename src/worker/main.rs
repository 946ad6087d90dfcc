use foretoken::tokens::vocabulary::Vocabulary;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

fn call(target: &JsValue, name: &str, argument: &JsValue) -> JsValue {
    let function: js_sys::Function = js_sys::Reflect::get(target, &name.into()).unwrap().into();
    function.call1(target, argument).unwrap()
}

fn call0(target: &JsValue, name: &str) -> JsValue {
    let function: js_sys::Function = js_sys::Reflect::get(target, &name.into()).unwrap().into();
    function.call0(target).unwrap()
}

async fn count(url: JsValue) -> String {
    let response = JsFuture::from(js_sys::Promise::from(call(
        &js_sys::global(),
        "fetch",
        &url,
    )))
    .await
    .unwrap();
    let bytes = JsFuture::from(js_sys::Promise::from(call0(&response, "arrayBuffer")))
        .await
        .unwrap();
    let vocabulary = Vocabulary::read(&js_sys::Uint8Array::new(&bytes).to_vec()).unwrap();
    let encoder = vocabulary
        .tokens()
        .map(|(token, rank)| (token.to_vec(), rank))
        .collect();
    let bpe =
        tiktoken_rs::CoreBPE::new(encoder, Default::default(), tiktoken_rs::O200K_BASE_PAT_STR)
            .unwrap();
    format!("{} tokens", bpe.encode_ordinary("unsubscribe Jörg").len())
}

fn main() {
    let scope: JsValue = js_sys::global().into();
    let heard = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let url = js_sys::Reflect::get(&event, &"data".into()).unwrap();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = count(url).await;
            call(&js_sys::global(), "postMessage", &answer.into());
        });
    });
    js_sys::Reflect::set(&scope, &"onmessage".into(), heard.as_ref()).unwrap();
    heard.forget();
    call(&scope, "postMessage", &"ready".into());
}
