//! Where in a document a mistake stands, whatever else the document holds.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::billing::Plan;
use foretoken::document;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Basket {
    #[expect(dead_code)]
    name: String,
    #[expect(dead_code)]
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Item {
    Apple {
        #[expect(dead_code)]
        weight: u32,
    },
}

fn place(text: &str) -> String {
    document::read::<Basket>(text).unwrap_err().at
}

#[test]
fn the_place_of_a_wrong_value() {
    assert_eq!(place(r#"{"name": 1, "items": []}"#), "name");
    assert_eq!(
        place(r#"{"name": "", "items": [{"apple": {"weight": "1"}}]}"#),
        "items[0].apple.weight"
    );
    assert_eq!(
        place(
            "{\"name\": \"\",\n \"items\": [\n{\"apple\": {\"weight\": 1}},\n {\"apple\": {\"weight\": -1}}]}"
        ),
        "items[1].apple.weight"
    );
}

#[test]
fn the_place_of_an_unknown_or_a_missing_name() {
    assert_eq!(
        place(r#"{"name": "", "items": [{"pear": {}}]}"#),
        "items[0].pear"
    );
    assert_eq!(
        place(r#"{"name": "", "items": [{"apple": {}}]}"#),
        "items[0].apple"
    );
    assert_eq!(place(r#"{"name": ""}"#), "");
    assert_eq!(place(r#"{"name": "", "items": [], "more": 1}"#), "more");
}

#[test]
fn signs_within_texts_are_no_structure() {
    let text = r#"{"name": "a \"{[,]}\" b: \\", "items": [{"apple": {"weight": true}}]}"#;
    assert_eq!(place(text), "items[0].apple.weight");
    let text = "{\"name\": \"ünï\u{1F34F}\", \"items\": [5]}";
    assert_eq!(place(text), "items[0]");
}

#[test]
fn what_is_no_json_says_the_line() {
    let error = document::read::<Basket>("{\"name\": \"\",\n oops").unwrap_err();
    assert!(error.to_string().contains("line 2"), "{error}");
    assert!(document::read::<Basket>("").is_err());
    assert_eq!(document::read::<Basket>("null").unwrap_err().at, "");
}

#[test]
fn a_plan_says_where_each_of_its_figures_is_wrong() {
    let plan = |rate: &str, bound: &str| {
        format!(
            r#"{{"version": 1, "name": "P", "charges": [{{"id": "a", "price": {{"flat": {{"amount": "1"}}}}}},
                {{"id": "b", "quantity": {{"of": ["input"]}}, "price": {{"graduated": {{"tiers": [
                {{"up_to": {bound}, "amount": {rate}}}, {{"amount": "1"}}]}}}}}}]}}"#
        )
    };
    let said = |rate, bound| Plan::from_json(&plan(rate, bound)).unwrap_err().to_string();
    let tier = "charges[1].price.graduated.tiers[0]";
    assert!(
        said("0.05", "\"10\"").starts_with(&format!("{tier}.amount: invalid type: floating point"))
    );
    assert!(
        said("\"1,5\"", "\"10\"").starts_with(&format!("{tier}.amount: \"1,5\" is not an amount"))
    );
    assert!(said("\"1e309\"", "\"10\"").starts_with(&format!("{tier}.amount: ")));
    assert!(said("\"1\"", "\"-1\"").starts_with(&format!("{tier}.up_to: -1 is not above")));
    let digits = format!("\"0.{}\"", "1".repeat(29));
    assert!(
        said(&digits, "\"10\"").starts_with(&format!("{tier}.amount: ")),
        "{}",
        said(&digits, "\"10\"")
    );
}
