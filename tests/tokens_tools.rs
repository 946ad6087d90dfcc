//! What tools add to a prompt, by both published rules.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;

use foretoken::tokens::{Encoding, Message, Role, ToolCount, ToolError, chat_framing, count_tools};
use proptest::prelude::*;
use published::counter;
use serde_json::{Value, json};

fn counted(tools: &str, encoding: Encoding) -> Result<ToolCount, ToolError> {
    let mut counter = counter(encoding);
    count_tools(tools, encoding, &mut |text: &str| counter.count(text))
}

fn count(tools: &Value, encoding: Encoding) -> ToolCount {
    counted(&tools.to_string(), encoding).unwrap()
}

fn refused(tools: &str) -> String {
    counted(tools, Encoding::R50kBase).unwrap_err().to_string()
}

/// The function of the example in How_to_count_tokens_with_tiktoken.ipynb, under the key a provider gives its schema.
fn weather(schema: &str) -> Value {
    json!({
        "name": "get_current_weather",
        "description": "Get the current weather in a given location",
        schema: {
            "type": "object",
            "properties": {
                "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
                "unit": {
                    "type": "string",
                    "description": "The unit of temperature to return",
                    "enum": ["celsius", "fahrenheit"]
                }
            },
            "required": ["location"]
        }
    })
}

fn question(encoding: Encoding) -> u64 {
    let mut counter = counter(encoding);
    let chat = [
        Message::new(
            Role::System,
            "You are a helpful assistant that can answer to questions about the weather.",
        ),
        Message::new(Role::User, "What's the weather like in San Francisco?"),
    ];
    let text: u64 = (chat.iter())
        .map(|message| counter.count(&message.text))
        .sum();
    text + chat_framing(&chat, |string| counter.count(string))
}

#[test]
fn the_cookbook_example_is_what_the_api_said() {
    let tools = json!([{"type": "function", "function": weather("parameters")}]);
    for (encoding, expected) in [(Encoding::O200kBase, 101), (Encoding::Cl100kBase, 105)] {
        let tools = count(&tools, encoding);
        assert_eq!(question(encoding) + tools.cookbook, expected);
        assert_eq!((tools.tools, tools.nested), (1, false));
    }
}

#[test]
fn a_tool_counts_the_same_however_its_provider_wraps_it() {
    let chat = count(
        &json!([{"type": "function", "function": weather("parameters")}]),
        Encoding::O200kBase,
    );
    let mut response = weather("parameters");
    response["type"] = json!("function");
    for other in [
        json!([response]),
        json!([weather("input_schema")]),
        weather("parameters"),
    ] {
        let other = count(&other, Encoding::O200kBase);
        assert_eq!(other.cookbook, chat.cookbook);
        assert_eq!(other.typescript, chat.typescript);
        assert_eq!((other.tools, other.nested), (1, false));
    }
}

/// The cookbook charges its last 12 once, after all tools.
#[test]
fn a_second_tool_costs_less_than_the_first() {
    let one = count(&json!([weather("parameters")]), Encoding::O200kBase);
    let two = count(
        &json!([weather("parameters"), weather("parameters")]),
        Encoding::O200kBase,
    );
    assert_eq!(two.cookbook, 2 * one.cookbook - 12);
    assert_eq!(two.tools, 2);
}

/// By hand with one token a string: 7 the function, 1 its name and description; 3 for having properties; `mode` 3 + 1
/// and its list −3 + 2 × (3 + 1); `size` 3 + 1; 12 after all. Together 7+1+3+4+5+4+12.
#[test]
fn the_cookbook_rule_by_hand() {
    let tools = json!([{"name": "f", "parameters": {"properties": {
        "mode": {"type": "string", "enum": ["a", "b"]}, "size": {"type": "integer"}
    }}}]);
    let by_hand = |encoding| {
        count_tools(&tools.to_string(), encoding, &mut |_: &str| 1)
            .unwrap()
            .cookbook
    };
    assert_eq!(by_hand(Encoding::O200kBase), 36);
    assert_eq!(
        by_hand(Encoding::Cl100kBase),
        39,
        "GPT-4 takes 10 for a function"
    );
}

fn recipe() -> Value {
    json!({"name": "get_recipe", "parameters": {
        "type": "object", "required": ["ingredients", "instructions", "time_to_cook"],
        "properties": {
            "ingredients": {"type": "array", "items": {
                "type": "object", "required": ["name", "unit", "amount"],
                "properties": {
                    "name": {"type": "string"},
                    "unit": {"enum": ["grams", "ml", "cups", "pieces", "teaspoons"], "type": "string"},
                    "amount": {"type": "number"}
                }
            }},
            "instructions": {"type": "array", "items": {"type": "string"},
                "description": "Steps to prepare the recipe (no numbering)"},
            "time_to_cook": {"type": "number", "description": "Total time to prepare the recipe in minutes"}
        }
    }})
}

fn survey() -> Value {
    json!({"name": "function", "description": "desctiption1", "parameters": {
        "type": "object", "description": "desctiption2",
        "properties": {
            "mainField": {"type": "string", "description": "description3"},
            "field number one": {"type": "object", "description": "description4", "properties": {
                "yesNoField": {"type": "string", "description": "description5", "enum": ["Yes", "No"]},
                "howIsInteresting": {"type": "string", "description": "description6"},
                "scoreInteresting": {"type": "number", "description": "description7"},
                "isInteresting": {"type": "string", "description": "description8", "enum": ["Yes", "No"]}
            }}
        }
    }})
}

fn bing(properties: Value) -> Value {
    json!({"name": "bing_bong", "description": "Do a bing bong", "parameters": {"type": "object", "properties": properties}})
}

fn foo() -> Value {
    json!({"type": "string"})
}

fn foo_and_bar() -> Value {
    bing(json!({"foo": foo(), "bar": {"type": "number", "description": "A number"}}))
}

fn nested_foo() -> Value {
    bing(json!({"foo": {"type": "object", "properties": {
        "bar": {"type": "string", "enum": ["a", "b", "c"]}, "baz": {"type": "boolean"}
    }}}))
}

fn nothing(description: &str) -> Value {
    json!({"name": "foo", "description": description, "parameters": {"type": "object", "properties": {}}})
}

/// All after one message "hello", which is 8 tokens with its frame.
fn check_rendering(encoding: Encoding, cases: &[(Value, u64)]) {
    for (tools, published) in cases {
        let counted = count(tools, encoding);
        assert_eq!(counted.typescript + 8, *published, "{encoding:?}: {tools}");
    }
}

/// Totals in the tests of promptTokensEstimate (openai-chat-tokens and its forks), which are for GPT-3.5 and GPT-4.
#[test]
fn the_rendering_for_gpt_4_is_as_published() {
    let mut short = weather("parameters");
    let unit = &mut short["parameters"]["properties"]["unit"];
    unit.as_object_mut().unwrap().remove("description");
    let cases = [
        (json!([nothing("")]), 31),
        (json!([nothing("Do a foo")]), 36),
        (json!([bing(json!({"foo": foo()}))]), 49),
        (json!([foo_and_bar()]), 57),
        (json!([nested_foo()]), 68),
        (json!([short, foo_and_bar()]), 108),
    ];
    check_rendering(Encoding::Cl100kBase, &cases);
}

/// Totals in gpt-tokenizer's fixtures for gpt-4o (functionCallingTestCases.ts).
#[test]
fn the_rendering_for_gpt_4o_is_as_published() {
    let review = json!({"quality": {"type": "object", "properties": {"pros": {
        "type": "array", "items": {"type": "string"}, "description": "Write 3 points why this text is well written"
    }}}});
    let review = json!({"name": "function", "description": "description", "parameters": {"properties": review}});
    let cases = [
        (json!([nothing("")]), 31),
        (json!([nothing("Do a foo")]), 35),
        (json!([bing(json!({"foo": foo()}))]), 45),
        (json!([foo_and_bar()]), 52),
        (json!([nested_foo()]), 64),
        (json!([recipe()]), 105),
        (json!([review]), 45),
    ];
    check_rendering(Encoding::O200kBase, &cases);
    check_rendering(Encoding::O200kBase, &[(json!([survey()]), 93)]);
}

#[test]
fn what_the_cookbook_does_not_cover_is_flagged() {
    let nested = |property: Value| {
        let tools = json!([{"name": "f", "parameters": {"properties": {"p": property}}}]);
        count(&tools, Encoding::O200kBase).nested
    };
    for plain in ["string", "number", "integer", "boolean"] {
        assert!(!nested(json!({"type": plain})), "{plain}");
    }
    assert!(nested(
        json!({"type": "object", "properties": {"q": {"type": "string"}}})
    ));
    assert!(nested(
        json!({"type": "array", "items": {"type": "string"}})
    ));
    assert!(nested(json!({"type": ["string", "null"]})));
    assert!(nested(
        json!({"anyOf": [{"type": "string"}, {"type": "null"}]})
    ));
}

#[test]
fn no_tools_are_no_tokens() {
    for none in ["", "  \n ", "[]"] {
        assert_eq!(counted(none, Encoding::R50kBase), Ok(ToolCount::default()));
    }
}

#[test]
fn errors_say_what_was_seen_and_what_was_expected() {
    assert!(refused("{\"name\": ").starts_with("the tools are not JSON: EOF"));
    assert!(refused("get_weather(city)").contains("line 1 column 1"));
    for (tools, seen) in [
        ("3", "number"),
        ("\"f\"", "text"),
        ("null", "null"),
        ("true", "true or false"),
    ] {
        let message = refused(tools);
        assert!(message.contains(&format!("are a JSON {seen}")), "{message}");
        assert!(
            message.contains("expected a list of tools, such as [{\"type\": \"function\""),
            "{message}"
        );
    }
    let unnamed = refused("[{\"name\": \"f\"}, {\"type\": \"function\", \"function\": {}}]");
    assert_eq!(
        unnamed,
        "tool 2 has no name; expected {\"name\": \"…\", \"parameters\": {…}}"
    );
    assert!(refused("[4]").starts_with("tool 1 has no name"));
    assert!(refused("[[]]").starts_with("tool 1 has no name"));
    assert!(refused("[{\"name\": 5}]").starts_with("tool 1 has no name"));
}

/// A schema of this kind, one inside the other.
fn deep(levels: usize, open: &str, close: &str) -> String {
    let (opened, closed) = (open.repeat(levels), close.repeat(levels));
    format!(
        "[{{\"name\": \"f\", \"parameters\": {{\"properties\": {{\"p\": {opened}{{\"type\": \"string\"}}{closed}}}}}}}]"
    )
}

#[test]
fn deep_nesting_is_cut_or_refused_and_never_overflows() {
    let object = ("{\"type\": \"object\", \"properties\": {\"p\": ", "}}");
    let list = ("{\"type\": \"array\", \"items\": ", "}");
    for (open, close) in [object, list] {
        let counted = counted(&deep(50, open, close), Encoding::R50kBase).unwrap();
        assert!(counted.nested && counted.typescript > 0);
        assert!(refused(&deep(100_000, open, close)).contains("recursion limit"));
    }
    assert!(refused(&"[".repeat(1_000_000)).contains("recursion limit"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_text_makes_it_panic(text in "[\\PC\\[\\]{}\":,]{0,80}") {
        let _ = count_tools(&text, Encoding::O200kBase, &mut |text: &str| text.len() as u64);
    }

    #[test]
    fn odd_values_are_counted_or_refused(name in "\\PC{0,9}", odd in prop::sample::select(vec![
        json!(null), json!(3), json!("text"), json!([1, 2]), json!({"properties": []}), json!({"properties": {"a": 5}}),
        json!({"properties": {"a": {"enum": "x"}}, "required": "a"}), json!({"properties": {"a": {"enum": [1, null, {"b": []}]}}}),
    ])) {
        let tools = json!([{"name": name, "description": odd, "parameters": odd}, {"function": odd}, {"function": {"name": name, "input_schema": odd}}]);
        let _ = count_tools(&tools.to_string(), Encoding::O200kBase, &mut |text: &str| text.len() as u64);
    }
}
