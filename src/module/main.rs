//! The engine for other people's JavaScript: everything here that knows the platform. What is said is in `answer.rs`,
//! `docs/module.md` describes it.

mod answer;

use answer::Papers;
use js_sys::{Array, Error, JSON};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("foretoken.d.ts");

fn main() {}

#[wasm_bindgen(skip_typescript)]
pub fn check(plan: &JsValue) -> Result<(), Error> {
    answer::check(&text("plan", plan)?).map_err(|why| Error::new(&why))
}

#[wasm_bindgen(skip_typescript)]
pub fn bill(
    plan: &JsValue,
    usage: &JsValue,
    period: &JsValue,
    catalog: &JsValue,
) -> Result<JsValue, Error> {
    object(answer::bill(&papers(plan, usage, period, catalog)?))
}

#[wasm_bindgen(js_name = dayByDay, skip_typescript)]
pub fn day_by_day(
    plan: &JsValue,
    usage: &JsValue,
    period: &JsValue,
    catalog: &JsValue,
) -> Result<JsValue, Error> {
    object(answer::day_by_day(&papers(plan, usage, period, catalog)?))
}

fn papers(
    plan: &JsValue,
    usage: &JsValue,
    period: &JsValue,
    catalog: &JsValue,
) -> Result<Papers, Error> {
    Ok(Papers {
        plan: text("plan", plan)?,
        usage: text("usage", usage)?,
        period: text("period", period)?,
        catalog: files(catalog)?,
    })
}

/// One file of prices, a list of them, or none.
fn files(catalog: &JsValue) -> Result<Vec<String>, Error> {
    if catalog.is_undefined() || catalog.is_null() {
        return Ok(Vec::new());
    }
    match catalog.dyn_ref::<Array>() {
        Some(files) => files.iter().map(|file| text("catalog", &file)).collect(),
        None => Ok(vec![text("catalog", catalog)?]),
    }
}

/// JSON text as it is; an object as the text JSON.stringify makes of it.
fn text(name: &str, value: &JsValue) -> Result<String, Error> {
    if let Some(text) = value.as_string() {
        return Ok(text);
    }
    if !value.is_object() {
        return Err(Error::new(&format!(
            "the {name}: expected an object or its JSON"
        )));
    }
    // It throws what has no JSON (a loop, a BigInt), and is undefined for a function.
    let written = JSON::stringify(value).map_err(|why| {
        Error::new(&format!(
            "the {name}: {}",
            String::from(Error::from(why).message())
        ))
    })?;
    written
        .as_string()
        .ok_or_else(|| Error::new(&format!("the {name} has no JSON")))
}

fn object(answer: Result<String, String>) -> Result<JsValue, Error> {
    let answer = answer.map_err(|why| Error::new(&why))?;
    JSON::parse(&answer).map_err(Error::from)
}
