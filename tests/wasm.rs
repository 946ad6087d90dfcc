//! The library as the browser runs it: 32-bit addresses, no file system, a panic that aborts.
#![cfg(target_arch = "wasm32")]

use foretoken::money::Money;
use foretoken::tokens::vocabulary::Vocabulary;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_share_of_a_price_is_exact() {
    let rate = Money::usd("2.00".parse().unwrap());
    let charge = rate.share(195.into(), 1_000_000.into()).unwrap();
    assert_eq!(charge.amount().to_string(), "0.00039");
}

#[wasm_bindgen_test]
fn a_vocabulary_reads_back() {
    let tokens = [(0, b"a".to_vec()), (1, b"b".to_vec()), (3, b"ab".to_vec())];
    let vocabulary = Vocabulary::new("tiny", tokens).unwrap();
    assert_eq!(Vocabulary::read(&vocabulary.write()), Ok(vocabulary));
}
