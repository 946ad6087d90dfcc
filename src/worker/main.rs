//! The counting worker: everything here that knows the platform. What is done with a request is in `answer.rs`.

mod answer;

use std::rc::Rc;

use foretoken::wire::{Reply, Request, VERSION};
use js_sys::{Array, JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DedicatedWorkerGlobalScope, MessageEvent, ReadableStreamDefaultReader, RequestCache,
    RequestInit, Response,
};

use answer::Desk;

fn main() {
    let desk = Rc::new(Desk::default());
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        hear(&desk, &event);
    });
    scope().set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    say(&Reply::Ready { version: VERSION });
}

fn hear(desk: &Rc<Desk>, event: &MessageEvent) {
    let (json, texts) = parts(&event.data());
    match serde_json::from_str::<Request>(&json) {
        Ok(request) => {
            if desk.take_in(request, texts) {
                let desk = desk.clone();
                spawn_local(async move { desk.work().await });
            }
        }
        Err(error) => say(&Reply::Failed {
            why: format!("the worker did not understand a request: {error}"),
        }),
    }
}

/// A request is JSON; one to count comes as a list, its JSON first and its texts after it, long ones as bytes.
fn parts(data: &JsValue) -> (String, impl Iterator<Item = String> + use<>) {
    let list = match data.dyn_ref::<Array>() {
        Some(list) => list.clone(),
        None => Array::of1(data),
    };
    let json = text(&list.get(0));
    let texts = (1..list.length()).map(move |at| text(&list.get(at)));
    (json, texts)
}

fn text(part: &JsValue) -> String {
    match part.dyn_ref::<Uint8Array>() {
        Some(bytes) => String::from_utf8(bytes.to_vec()).unwrap_or_default(),
        None => part.as_string().unwrap_or_default(),
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Send a reply to the page.
fn say(reply: &Reply) {
    if let Ok(json) = serde_json::to_string(reply) {
        // A page that is gone hears nothing, and there is nobody else to tell.
        let _ = scope().post_message(&json.into());
    }
}

/// Let messages that arrived meanwhile be heard.
async fn look_up() {
    rest(0).await;
}

async fn rest(milliseconds: u32) {
    gloo::timers::future::TimeoutFuture::new(milliseconds).await;
}

/// The browser knows Unicode's form C.
fn compose(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}

/// Milliseconds since the worker was started.
fn milliseconds() -> u64 {
    let performance = scope().performance();
    performance.map_or(0, |performance| performance.now() as u64)
}

/// The bytes of a file, telling `heard` how many have arrived and how many are expected (0 where nobody said).
/// What is fetched `afresh` does not come from a cache.
async fn fetch(
    url: &str,
    afresh: bool,
    mut heard: impl FnMut(u64, u64),
) -> Result<Vec<u8>, String> {
    let init = RequestInit::new();
    if afresh {
        init.set_cache(RequestCache::Reload);
    }
    let response: Response = JsFuture::from(scope().fetch_with_str_and_init(url, &init))
        .await
        .map_err(|_| "it could not be fetched; is the network there?".to_owned())?
        .unchecked_into();
    if !response.ok() {
        return Err(format!("the server answered {}", response.status()));
    }
    let of = declared_length(&response);
    let body = response.body().ok_or("the answer has no body")?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    while let Some(part) = next_part(&reader).await? {
        bytes.extend(part.to_vec());
        heard(bytes.len() as u64, of);
    }
    Ok(bytes)
}

/// The length in the header counts compressed bytes where the host compresses, so it is only used when it does not.
fn declared_length(response: &Response) -> u64 {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    match header("content-encoding") {
        Some(_) => 0,
        None => header("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0),
    }
}

async fn next_part(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, String> {
    let broke = |_| "the transfer broke off".to_owned();
    let part = JsFuture::from(reader.read()).await.map_err(broke)?;
    let done = Reflect::get(&part, &"done".into()).map_err(broke)?;
    if done.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(&part, &"value".into()).map_err(broke)?;
    Ok(Some(value.unchecked_into()))
}
