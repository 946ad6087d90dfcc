//! tiktoken-rs with the vocabulary it brings, for `make bench`.

use std::collections::HashSet;

use tiktoken_rs::CoreBPE;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub struct Peer(CoreBPE);

#[wasm_bindgen]
impl Peer {
    #[allow(clippy::new_without_default)]
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Peer, JsError> {
        match tiktoken_rs::o200k_base() {
            Ok(bpe) => Ok(Peer(bpe)),
            Err(error) => Err(JsError::new(&error.to_string())),
        }
    }

    /// `encode_ordinary` would take down the instance where its regular expression gives up.
    pub fn count(&self, text: &str) -> Result<u32, JsError> {
        match self.0.encode(text, &HashSet::new()) {
            Ok((ids, _)) => Ok(ids.len() as u32),
            Err(error) => Err(JsError::new(&error.to_string())),
        }
    }
}
