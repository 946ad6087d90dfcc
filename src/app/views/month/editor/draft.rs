//! A plan while it is being changed: a document in which something may be wrong for a while.

use foretoken::billing::{BillError, Plan};
use serde_json::{Map, Value};

/// The document, what is wrong with it, and the last plan that works.
#[derive(Clone)]
pub struct Draft {
    doc: Value,
    /// The last plan that works: it is in force.
    pub plan: Plan,
    /// What keeps the document from being a plan.
    pub wrong: Option<Wrong>,
    /// What was typed as JSON, and why it is no plan.
    pub typed: Option<(String, Option<String>)>,
    /// The element that gets the focus next.
    pub focus: Option<String>,
    marks: u64,
}

/// What is wrong, and where in the document.
#[derive(Clone)]
pub struct Wrong {
    pub at: String,
    pub what: String,
}

static NOTHING: Value = Value::Null;
/// Each object of a list carries a mark while it is edited, so that its fields keep their place when the list changes.
/// No document holds this name, nor any other that begins with it.
const MARK: &str = "\0mark";

impl Draft {
    pub fn of(plan: &Plan) -> Draft {
        let doc = serde_json::from_str(&plan.to_json()).unwrap_or_default();
        let mut draft = Draft {
            doc,
            plan: plan.clone(),
            wrong: None,
            typed: None,
            focus: None,
            marks: 0,
        };
        mark(&mut draft.doc, &mut draft.marks);
        draft
    }

    pub fn then_focus(self, id: &str) -> Draft {
        let focus = Some(id.to_owned());
        Draft { focus, ..self }
    }

    /// The draft after a change of its document.
    pub fn changed(&self, change: &mut dyn FnMut(&mut Value)) -> Draft {
        let mut next = self.clone();
        change(&mut next.doc);
        mark(&mut next.doc, &mut next.marks);
        (next.typed, next.focus, next.wrong) = (None, None, None);
        match Plan::from_json(&bare(&next.doc).to_string()) {
            Ok(plan) => next.plan = plan,
            Err(error) => next.wrong = Some(Wrong::of(error)),
        }
        next
    }

    /// The draft after something was typed as JSON.
    pub fn typed(&self, text: String) -> Draft {
        match Plan::from_json(&text) {
            Ok(plan) => Draft {
                typed: Some((text, None)),
                ..Draft::of(&plan)
            },
            Err(error) => Draft {
                typed: Some((text, Some(error.to_string()))),
                ..self.clone()
            },
        }
    }

    /// The document as text, and what is wrong with it.
    pub fn json(&self) -> (String, Option<String>) {
        match (&self.typed, &self.wrong) {
            (Some(typed), _) => typed.clone(),
            (None, None) => (self.plan.to_pretty_json(), None),
            (None, Some(wrong)) => {
                let text = serde_json::to_string_pretty(&bare(&self.doc)).unwrap_or_default();
                (text, Some(format!("{}: {}", wrong.at, wrong.what)))
            }
        }
    }

    /// What stands at a place, such as `charges[0].price.unit.amount`; null where nothing does.
    pub fn at(&self, place: &str) -> &Value {
        at(&self.doc, place)
    }
}

impl Wrong {
    fn of(error: BillError) -> Wrong {
        match error {
            BillError::Plan(error) => Wrong {
                at: error.at,
                what: error.what,
            },
            BillError::Foreign(error) => Wrong {
                at: error.at,
                what: error.what,
            },
            error => Wrong {
                at: String::new(),
                what: error.to_string(),
            },
        }
    }

    /// Whether it is wrong right there, or with one item of the list that stands there.
    pub fn is_at(&self, place: &str) -> bool {
        let rest = self.at.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('[') && rest.ends_with(']')))
    }
}

/// A part of a document, from a text of ours.
pub fn beginning(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A place below another.
pub fn below(place: &str, name: &str) -> String {
    match (place, name) {
        ("", name) => name.to_owned(),
        (place, "") => place.to_owned(),
        (place, name) => format!("{place}.{name}"),
    }
}

fn steps(place: &str) -> impl Iterator<Item = &str> {
    place.split(['.', '[', ']']).filter(|step| !step.is_empty())
}

pub fn at<'a>(doc: &'a Value, place: &str) -> &'a Value {
    steps(place).fold(doc, |value, step| {
        match value {
            Value::Array(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            value => value.get(step),
        }
        .unwrap_or(&NOTHING)
    })
}

/// What stands at a place, made where it is missing.
pub fn place_in<'a>(doc: &'a mut Value, place: &str) -> &'a mut Value {
    let mut value = doc;
    for step in steps(place) {
        value = match (value, step.parse::<usize>()) {
            (Value::Array(items), Ok(at)) => {
                if at >= items.len() {
                    items.resize(at + 1, Value::Null);
                }
                &mut items[at]
            }
            (value, _) => members(value).entry(step).or_insert(Value::Null),
        };
    }
    value
}

/// Put something at a place, or take away what stands there.
pub fn put(doc: &mut Value, place: &str, value: Option<Value>) {
    match (value, place.rsplit_once('.')) {
        (Some(value), _) => *place_in(doc, place) = value,
        (None, Some((parent, name))) => drop(members(place_in(doc, parent)).shift_remove(name)),
        (None, None) => drop(members(doc).shift_remove(place)),
    }
}

fn members(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(members) => members,
        _ => unreachable!("made an object above"),
    }
}

/// The list at a place, made where there is none.
pub fn list_in<'a>(doc: &'a mut Value, place: &str) -> &'a mut Vec<Value> {
    let value = place_in(doc, place);
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    match value {
        Value::Array(items) => items,
        _ => unreachable!("made a list above"),
    }
}

/// The key of an item of a list: its mark, or its number where it is no object.
pub fn key(item: &Value, number: usize) -> String {
    match item.get(MARK) {
        Some(mark) => mark.to_string(),
        None => format!("item-{number}"),
    }
}

/// Give every object of a list a mark that no other has.
fn mark(value: &mut Value, marks: &mut u64) {
    match value {
        Value::Array(items) => {
            for item in items {
                if let Value::Object(members) = item
                    && !members.contains_key(MARK)
                {
                    members.insert(MARK.to_owned(), (*marks).into());
                    *marks += 1;
                }
                mark(item, marks);
            }
        }
        Value::Object(members) => members.values_mut().for_each(|each| mark(each, marks)),
        _ => {}
    }
}

/// The same without marks and what was put aside.
pub fn bare(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Object(members) => {
            let own = |(name, _): &(&String, &Value)| !name.starts_with('\0');
            let members = members.iter().filter(own);
            Value::Object(
                members
                    .map(|(name, each)| (name.clone(), bare(each)))
                    .collect(),
            )
        }
        value => value.clone(),
    }
}
