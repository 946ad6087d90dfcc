//! What the lines of a bill are called.

use foretoken::billing::{LineItem, LineKind};

use crate::effects::intl;

/// The name of a line with what sets it apart.
pub fn line_name(line: &LineItem, title: impl Fn(&str) -> String) -> String {
    // A limit is an amount of money here, not the bare figure of the document.
    let limit = line
        .of
        .map(|of| *of + *line.exact)
        .map(intl::dollars_and_cents);
    match (line.kind, limit, &line.charge) {
        (LineKind::Minimum, Some(limit), None) => return format!("At least {limit}"),
        (LineKind::Maximum, Some(limit), None) => return format!("At most {limit}"),
        _ => {}
    }
    let values: Vec<String> = line
        .group
        .iter()
        .map(|(name, value)| match name.as_ref() {
            "model" => title(value),
            "meter" => meter_name(value).to_owned(),
            _ => value.to_string(),
        })
        .collect();
    if values.is_empty() {
        return line.name.to_string();
    }
    values.join(", ")
}

/// A meter in words.
pub fn meter_name(meter: &str) -> &str {
    match meter {
        "input" => "prompt",
        "cache_read" => "prompt read from cache",
        "cache_write" => "prompt written to cache",
        "output" => "answer",
        "output_reasoning" => "reasoning",
        "requests" => "requests",
        "compute_seconds" => "compute seconds",
        "amount" => "money carried",
        other => other,
    }
}
