//! Every rule of the house on an example that breaks it and on one that does not.

use super::*;

type Rule = fn(&File) -> Vec<String>;

#[test]
fn every_rule_finds_what_it_forbids() {
    let broken: &[(Rule, &str, &str)] = &[
        (
            imports_run_downhill,
            "src/money.rs",
            "use crate::{calendar::Month, rating};",
        ),
        (
            imports_run_downhill,
            "src/money.rs",
            "use super::rating::Charge;",
        ),
        (
            imports_run_downhill,
            "src/tokens/mod.rs",
            "fn f(c: &crate::catalog::Catalog) {}",
        ),
        (
            imports_run_downhill,
            "src/rating/unit.rs",
            "use crate::Money;",
        ),
        (
            imports_run_downhill,
            "src/rating/unit.rs",
            "use super::super::money::Money;",
        ),
        (imports_run_downhill, "src/kitchen/mod.rs", ""),
        (
            the_platform_has_its_rooms,
            "src/app/views/table.rs",
            "use web_sys::HtmlInputElement;",
        ),
        (
            the_platform_has_its_rooms,
            "src/wire.rs",
            "wasm_bindgen_futures::spawn_local(f());",
        ),
        (
            the_platform_has_its_rooms,
            "src/module/answer.rs",
            "use js_sys::JSON;",
        ),
        (names_say_something, "src/app/utils.rs", ""),
        (names_say_something, "tests/common/mod.rs", ""),
        (files_stay_short, "src/money.rs", &"\n".repeat(401)),
        (
            nothing_unwraps,
            "src/money.rs",
            "let url = \"https://\"; f().unwrap();",
        ),
        (
            generated_files_say_so,
            "static/catalog/index.json",
            "{\"models\": []}",
        ),
    ];
    for (rule, path, text) in broken {
        let file = File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        assert!(
            !rule(&file).is_empty(),
            "{path} with {text:?} should be found"
        );
    }
}

#[test]
fn no_rule_objects_to_what_is_allowed() {
    let sound: &[(Rule, &str, &str)] = &[
        (
            imports_run_downhill,
            "src/rating/mod.rs",
            "use crate::{catalog::{Rate, wire}, money::Money, usage};",
        ),
        (
            imports_run_downhill,
            "src/rating/mod.rs",
            "// not crate::wire\nuse crate::rating::unit;",
        ),
        (
            imports_run_downhill,
            "src/app/store.rs",
            "use crate::effects; use foretoken::{Money, wire::Request};",
        ),
        (
            the_platform_has_its_rooms,
            "src/app/effects/draft.rs",
            "use web_sys::Window;",
        ),
        (
            the_platform_has_its_rooms,
            "src/app/parts/field.rs",
            "use yew::prelude::*; // not web_sys\nlet idbn = 1;",
        ),
        (
            files_stay_short,
            "src/money.rs",
            &format!("// Long because it is a table\n{}", "\n".repeat(401)),
        ),
        (
            nothing_unwraps,
            "src/money.rs",
            "/// x.unwrap()\nf().unwrap_or(1);\n#[cfg(test)]\nmod tests { fn t() { f().unwrap(); } }",
        ),
        (
            nothing_unwraps,
            "src/money.rs",
            "#[expect(clippy::x, reason = \"y.unwrap()\")] let quote = '\"';",
        ),
        (
            generated_files_say_so,
            "static/schema/plan.v1.json",
            "{\"$comment\": \"generated from the types by tests/schema.rs\"}",
        ),
        (
            the_platform_has_its_rooms,
            "src/module/main.rs",
            "use wasm_bindgen::prelude::*;",
        ),
    ];
    for (rule, path, text) in sound {
        let file = File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        assert_eq!(
            rule(&file),
            Vec::<String>::new(),
            "{path} with {text:?} is sound"
        );
    }
}
