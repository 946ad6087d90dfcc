//! Foretoken's counter of o200k_base alone, for `make bench`.

use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, Encoding, Text};
use wasm_bindgen::prelude::*;

const ENCODING: Encoding = Encoding::O200kBase;

/// As the worker has it; this encoding never asks.
fn compose(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[wasm_bindgen]
pub struct Ours {
    counter: Counter,
    text: Text,
}

#[wasm_bindgen]
impl Ours {
    pub fn ready(vocabulary: &[u8]) -> Option<Ours> {
        let counter = Counter::new(ENCODING, Vocabulary::read(vocabulary).ok()?, compose).ok()?;
        let text = Text::default();
        Some(Ours { counter, text })
    }

    pub fn count(&mut self, text: &str) -> u32 {
        self.counter.count(text) as u32
    }

    /// Keep this text, to change it; its tokens.
    pub fn open(&mut self, text: &str) -> u32 {
        self.text = Text::new(text);
        self.recount()
    }

    /// Put `with` in the place of these bytes; the tokens of the whole then.
    pub fn splice(&mut self, from: usize, to: usize, with: &str) -> u32 {
        self.text.splice(from, to, with);
        self.recount()
    }

    fn recount(&mut self) -> u32 {
        self.text.count(&mut self.counter, usize::MAX);
        self.text.tokens(ENCODING).unwrap_or_default() as u32
    }
}
