//! The published schemas of plans and usage: made from the types, compared with the files in static/schema.
//! `UPDATE_SCHEMA=1 cargo test --no-default-features --features schema --test schema` writes them.

use foretoken::billing::Plan;
use foretoken::usage::UsageLog;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::fs;

/// A document, and the file its schema is published in.
struct Document {
    file: &'static str,
    id: &'static str,
    title: &'static str,
    schema: Value,
}

fn documents() -> [Document; 2] {
    [
        Document {
            file: "static/schema/plan.v1.json",
            id: "urn:foretoken:schema:plan:v1",
            title: "Foretoken plan, version 1",
            schema: of::<Plan>(),
        },
        Document {
            file: "static/schema/usage.v1.json",
            id: "urn:foretoken:schema:usage:v1",
            title: "Foretoken usage, version 1",
            schema: of::<UsageLog>(),
        },
    ]
}

fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    schema.to_value()
}

impl Document {
    /// The file as it should be: what a reader looks for first comes first.
    fn text(&self) -> String {
        let mut file = Map::new();
        let head = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("$id", self.id),
            (
                "$comment",
                "generated from the types in src/billing and src/usage by tests/schema.rs, which says how; change those",
            ),
            ("title", self.title),
        ];
        file.extend(head.map(|(name, value)| (name.to_owned(), json!(value))));
        let mut schema = self.schema.clone();
        tidy(&mut schema);
        if let Value::Object(members) = schema {
            let more = members
                .into_iter()
                .filter(|(name, _)| !file.contains_key(name));
            let more: Vec<_> = more.collect();
            file.extend(more);
        }
        serde_json::to_string_pretty(&file).unwrap() + "\n"
    }
}

/// Doc comments hold examples in Rust, which are no use here, and `uint32` is no format that JSON Schema knows.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("type").is_some() {
                members.remove("format");
            }
            if let Some(Value::String(text)) = members.get_mut("description") {
                let prose = text.split("\n\n```").next().unwrap_or_default();
                *text = prose.replace('\n', " ");
            }
            members.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// Calls with every schema in a schema, and where it stands.
fn each(at: &str, schema: &Value, look: &mut dyn FnMut(&str, &Map<String, Value>)) {
    match schema {
        Value::Object(members) => {
            look(at, members);
            for (name, member) in members {
                each(&format!("{at}/{name}"), member, look);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                each(&format!("{at}/{number}"), item, look);
            }
        }
        _ => {}
    }
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for document in documents() {
        let text = document.text();
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            fs::write(document.file, &text).unwrap();
        }
        let published = fs::read_to_string(document.file).unwrap_or_default();
        assert!(
            published == text,
            "{} is not what the types say: run UPDATE_SCHEMA=1 cargo test --no-default-features --features schema --test schema",
            document.file
        );
    }
}

/// A field that is read must be described, and one that is not must be refused.
#[test]
fn every_object_is_closed_and_every_field_described() {
    for document in documents() {
        let schema: Value = serde_json::from_str(&document.text()).unwrap();
        let mut wrong = Vec::new();
        each("", &schema, &mut |at, schema| {
            let Some(Value::Object(fields)) = schema.get("properties") else {
                return;
            };
            if at.ends_with("/properties") {
                return; // a field that is called properties
            }
            if schema.get("additionalProperties") != Some(&json!(false)) {
                wrong.push(format!("{at} takes any field"));
            }
            for (name, field) in fields {
                // One that refers to a type is described there.
                let described = field.get("description").is_some() || field.get("$ref").is_some();
                if !described {
                    wrong.push(format!(
                        "{at}/{name} has no description: give it a doc comment"
                    ));
                }
            }
        });
        assert!(
            wrong.is_empty(),
            "{}:\n  {}",
            document.file,
            wrong.join("\n  ")
        );
    }
}
