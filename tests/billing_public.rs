//! What the nouns of a plan do by themselves.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::billing::{Commitment, Discount};
use foretoken::money::Ratio;
use rust_decimal::Decimal;
use serde_json::json;

fn ratio(whole: i32) -> Ratio {
    Decimal::from(whole).into()
}

#[test]
fn nothing_is_taken_off_less_than_nothing() {
    for kind in [
        json!({"amount": "5"}),
        json!({"percent": "50"}),
        json!({"tiers": [{"percent": "50"}]}),
    ] {
        let mut discount = kind;
        discount["name"] = json!("Off");
        let discount: Discount = serde_json::from_value(discount).unwrap();
        assert_eq!(discount.off(ratio(-10)), Ok(Ratio::ZERO));
        assert_eq!(discount.off(ratio(0)), Ok(Ratio::ZERO));
        // Of $10: $5, half, and half of its only band.
        assert_eq!(discount.off(ratio(10)), Ok(ratio(5)));
    }
}

#[test]
fn a_promise_met_to_the_cent_changes_nothing() {
    let promise: Commitment =
        serde_json::from_value(json!({"amount": "100", "overage_factor": "2"})).unwrap();
    let change = |spent| promise.change(ratio(spent), ratio(100)).unwrap();
    assert_eq!(
        (change(100), change(101), change(99)),
        (ratio(0), ratio(1), ratio(1))
    );
    let loose: Commitment =
        serde_json::from_value(json!({"amount": "100", "true_up": false})).unwrap();
    assert_eq!(loose.change(ratio(60), ratio(100)), Ok(ratio(0)));
    assert_eq!(loose.change(ratio(160), ratio(100)), Ok(ratio(0)));
}
