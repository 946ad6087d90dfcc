//! A second opinion on a count, from a worker that is started for it and loaded when first asked for.

use std::sync::Arc;

use js_sys::{Array, Promise, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::files;

/// The tokens that tiktoken-rs counts in each text, or why it does not.
pub async fn ask(encoding: &str, texts: &[Arc<str>]) -> Result<Vec<u32>, String> {
    let url = files::address_of("opinion").ok_or("it is not part of this build")?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&url, &options)
        .map_err(|_| "this browser did not start its worker")?;
    let question = Array::of1(&encoding.into());
    for text in texts {
        question.push(&JsValue::from_str(text));
    }
    let answer = answer(&worker, &question).await;
    worker.terminate();
    read(&answer?)
}

/// Ask, and wait for the first answer.
async fn answer(worker: &Worker, question: &Array) -> Result<JsValue, String> {
    let promise = Promise::new(&mut |resolve, reject| {
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            // A promise that is settled already stays as it is.
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        let failed = Closure::once_into_js(move |event: Event| {
            event.prevent_default();
            let _ = reject.call0(&JsValue::UNDEFINED);
        });
        worker.set_onmessage(Some(heard.unchecked_ref()));
        worker.set_onerror(Some(failed.unchecked_ref()));
    });
    worker
        .post_message(question)
        .map_err(|_| "it could not be asked")?;
    let answer = JsFuture::from(promise).await;
    answer.map_err(|_| "it could not be loaded; is the network there?".to_owned())
}

fn read(answer: &JsValue) -> Result<Vec<u32>, String> {
    if let Some(tokens) = answer.dyn_ref::<Uint32Array>() {
        return Ok(tokens.to_vec());
    }
    let why = Reflect::get(answer, &"why".into()).ok();
    Err(why
        .and_then(|why| why.as_string())
        .unwrap_or_else(|| "it did not understand the question".to_owned()))
}
