//! Tools that a model may call: two published models of what their JSON adds to a prompt.
//!
//! OpenAI's cookbook sums a fixed cost for each function, property and enum value; it was checked against the API and
//! knows flat parameters only. The other renders the functions as TypeScript declarations, as the model seems to see
//! them, and so knows nesting. Neither is a promise by OpenAI.

use serde_json::{Map, Value};

use super::Encoding;

/// What is wrong with a pasted tool definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ToolError {
    #[error("the tools are not JSON: {0}")]
    NotJson(String),
    #[error(
        "the tools are a JSON {found}; expected a list of tools, such as [{{\"type\": \"function\", \"function\": {{…}}}}]"
    )]
    NotAList { found: &'static str },
    #[error("tool {index} has no name; expected {{\"name\": \"…\", \"parameters\": {{…}}}}")]
    NoName { index: usize },
}

/// What a list of tools adds to a prompt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ToolCount {
    pub tools: u64,
    /// By the cookbook's rule.
    pub cookbook: u64,
    /// By the TypeScript rendering.
    pub typescript: u64,
    /// Tokens of the JSON as it was typed: what a provider without a published rule may read.
    pub json: u64,
    /// True where a parameter holds objects or lists, which the cookbook's rule does not cover.
    pub nested: bool,
}

const PROPERTIES: i64 = 3;
const PROPERTY: i64 = 3;
const ENUM: i64 = -3;
const ENUM_ITEM: i64 = 3;
const AFTER_ALL_TOOLS: i64 = 12;
const AROUND_TYPESCRIPT: u64 = 9;

/// Count a JSON list of tools. `count` counts a string with `encoding`.
///
/// ```
/// use foretoken::tokens::{Encoding, count_tools};
/// let none = count_tools("", Encoding::O200kBase, &mut |_| 0).unwrap();
/// assert_eq!(none.tools, 0);
/// let wrong = count_tools("{\"name\": 3", Encoding::O200kBase, &mut |_| 0).unwrap_err();
/// assert!(wrong.to_string().starts_with("the tools are not JSON"));
/// ```
pub fn count_tools(
    json: &str,
    encoding: Encoding,
    count: &mut impl FnMut(&str) -> u64,
) -> Result<ToolCount, ToolError> {
    let tools = read(json)?;
    if tools.is_empty() {
        return Ok(ToolCount::default());
    }
    let cookbook: i64 = tools
        .iter()
        .map(|tool| cookbook_tool(tool, encoding, count))
        .sum();
    Ok(ToolCount {
        tools: tools.len() as u64,
        cookbook: (cookbook + AFTER_ALL_TOOLS).unsigned_abs(),
        typescript: count(&typescript(&tools)) + AROUND_TYPESCRIPT,
        json: count(json),
        nested: tools.iter().any(Tool::is_nested),
    })
}

struct Tool {
    name: String,
    description: String,
    properties: Map<String, Value>,
    required: Vec<String>,
}

fn read(json: &str) -> Result<Vec<Tool>, ToolError> {
    if json.trim().is_empty() {
        return Ok(Vec::new());
    }
    let value: Value =
        serde_json::from_str(json).map_err(|error| ToolError::NotJson(error.to_string()))?;
    let items = match value {
        Value::Array(items) => items,
        one @ Value::Object(_) => vec![one],
        other => {
            return Err(ToolError::NotAList {
                found: kind(&other),
            });
        }
    };
    items
        .iter()
        .enumerate()
        .map(|(index, item)| read_tool(index, item))
        .collect()
}

/// OpenAI's chat form nests the function, its newer form and Anthropic's do not.
fn read_tool(index: usize, item: &Value) -> Result<Tool, ToolError> {
    let function = item.get("function").unwrap_or(item);
    let name = function["name"]
        .as_str()
        .ok_or(ToolError::NoName { index: index + 1 })?;
    let schema = function
        .get("parameters")
        .or_else(|| function.get("input_schema"))
        .unwrap_or(&Value::Null);
    Ok(Tool {
        name: name.to_owned(),
        description: text_at(function, "description").to_owned(),
        properties: schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
        required: strings(&schema["required"]),
    })
}

impl Tool {
    fn is_nested(&self) -> bool {
        self.properties.values().any(|property| {
            !matches!(
                property["type"].as_str(),
                Some("string" | "number" | "integer" | "boolean")
            )
        })
    }
}

fn cookbook_tool(tool: &Tool, encoding: Encoding, count: &mut impl FnMut(&str) -> u64) -> i64 {
    let mut tokens = per_function(encoding)
        + signed(count(&format!(
            "{}:{}",
            tool.name,
            without_stop(&tool.description)
        )));
    if !tool.properties.is_empty() {
        tokens += PROPERTIES;
    }
    for (key, property) in &tool.properties {
        tokens += cookbook_property(key, property, count);
    }
    tokens
}

fn cookbook_property(key: &str, property: &Value, count: &mut impl FnMut(&str) -> u64) -> i64 {
    let line = format!(
        "{key}:{}:{}",
        text_at(property, "type"),
        without_stop(text_at(property, "description"))
    );
    let mut tokens = PROPERTY + signed(count(&line));
    if let Some(items) = property["enum"].as_array() {
        tokens += ENUM;
        for item in items {
            tokens += ENUM_ITEM + signed(count(&plain(item)));
        }
    }
    tokens
}

const fn per_function(encoding: Encoding) -> i64 {
    match encoding {
        Encoding::Cl100kBase => 10,
        _ => 7,
    }
}

fn typescript(tools: &[Tool]) -> String {
    let mut out = String::from("namespace functions {\n\n");
    for tool in tools {
        if !tool.description.is_empty() {
            out.push_str(&format!("// {}\n", tool.description));
        }
        if tool.properties.is_empty() {
            out.push_str(&format!("type {} = () => any;\n\n", tool.name));
        } else {
            out.push_str(&format!("type {} = (_: {{\n", tool.name));
            write_properties(&mut out, &tool.properties, &tool.required, 0);
            out.push_str("}) => any;\n\n");
        }
    }
    out.push_str("} // namespace functions");
    out
}

/// Deeper than any real schema; stops a hostile one.
const DEEPEST: usize = 16;

fn write_properties(
    out: &mut String,
    properties: &Map<String, Value>,
    required: &[String],
    depth: usize,
) {
    let indent = "  ".repeat(depth);
    for (key, property) in properties {
        let description = text_at(property, "description");
        // The model seems to see what the outermost properties are for, and no others.
        if !description.is_empty() && depth == 0 {
            out.push_str(&format!("{indent}// {description}\n"));
        }
        let optional = if required.contains(key) { "" } else { "?" };
        let kind = type_of(property, depth);
        out.push_str(&format!("{indent}{key}{optional}: {kind},\n"));
    }
}

fn type_of(property: &Value, depth: usize) -> String {
    if let Some(items) = property["enum"].as_array() {
        return items
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(" | ");
    }
    match property["type"].as_str() {
        Some("integer" | "number") => "number".to_owned(),
        // The parser takes no more than 128 levels, so lists of lists end too.
        Some("array") => format!("{}[]", type_of(&property["items"], depth)),
        Some("object") if depth < DEEPEST => object_type(property, depth),
        Some(other) => other.to_owned(),
        None => "any".to_owned(),
    }
}

fn object_type(property: &Value, depth: usize) -> String {
    match property["properties"].as_object() {
        None => "object".to_owned(),
        Some(inner) => {
            let mut out = String::from("{\n");
            write_properties(&mut out, inner, &strings(&property["required"]), depth + 1);
            out.push_str(&"  ".repeat(depth));
            out.push('}');
            out
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().map_or_else(Vec::new, |items| {
        items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    })
}

fn text_at<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn without_stop(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}

fn signed(tokens: u64) -> i64 {
    i64::try_from(tokens).unwrap_or(i64::MAX)
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
