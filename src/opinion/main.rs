//! A second opinion: the same texts counted by tiktoken-rs, with its own vocabularies and its own way. Loaded when a user asks.

use tiktoken_rs::CoreBPE;
use wasm_bindgen::prelude::*;

fn main() {}

/// The tokens of each text in one of OpenAI's encodings. Text typed as a control token is ordinary text.
/// Stops with an error of WebAssembly on a run of a million blanks, which tiktoken-rs cannot read.
#[wasm_bindgen]
pub fn count(encoding: &str, texts: Vec<String>) -> Result<Vec<u32>, JsError> {
    let published = published(encoding)?;
    let tokens = |text: &String| published.encode_ordinary(text).len() as u32;
    Ok(texts.iter().map(tokens).collect())
}

fn published(encoding: &str) -> Result<CoreBPE, JsError> {
    let made = match encoding {
        "o200k_base" => tiktoken_rs::o200k_base(),
        "cl100k_base" => tiktoken_rs::cl100k_base(),
        "p50k_base" => tiktoken_rs::p50k_base(),
        "r50k_base" => tiktoken_rs::r50k_base(),
        other => return Err(JsError::new(&format!("tiktoken-rs does not know {other}"))),
    };
    made.map_err(|error| JsError::new(&error.to_string()))
}
