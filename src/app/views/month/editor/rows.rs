//! Lists in the document: tables of short rows, and items with a head of their own.

use serde_json::Value;
use yew::prelude::*;

use super::draft::{below, key, list_in};
use super::field::{Field, Form, Kind, control, decimal, id_of};
use crate::parts::icon;

/// A table whose rows are the items of a list.
pub struct Rows {
    /// What one row is, for the labels of its fields.
    pub one: &'static str,
    pub columns: &'static [Field],
    pub add: &'static str,
    /// The row that is added, given the list.
    pub next: fn(&mut Vec<Value>),
}

impl Rows {
    pub fn draw(&'static self, form: &Form, place: &str) -> Html {
        let items = form.list(place);
        let head = |Field(_, label, kind, _): &Field| {
            let figures = matches!(kind, Kind::Decimal(..)).then_some("num");
            html! { <th scope="col" class={figures}>{ *label }</th> }
        };
        let next = self.next;
        let path = place.to_owned();
        // A tier comes before an open last one.
        let open = items
            .last()
            .is_some_and(|last| place.ends_with("tiers") && last["up_to"].is_null());
        let added = format!("{place}[{}]", items.len() - usize::from(open));
        let first = self.columns.first().map_or("", |Field(name, ..)| name);
        let add = form.press(id_of(&below(&added, first)), move |doc| {
            next(list_in(doc, &path))
        });
        let add_id = id_of(&format!("{place}-add"));
        html! {
            <div class="rows">
                if !items.is_empty() {
                    <table>
                        <thead><tr>{ for self.columns.iter().map(head) }<th scope="col"><span class="vh">{ "Remove" }</span></th></tr></thead>
                        <tbody>{ for items.iter().enumerate().map(|(at, item)| self.row(form, place, at, item)) }</tbody>
                    </table>
                }
                { form.wrong_line(place) }
                <button id={add_id} class="btn" onclick={add}>{ self.add }</button>
            </div>
        }
    }

    fn row(&self, form: &Form, list: &str, at: usize, item: &Value) -> Html {
        let place = format!("{list}[{at}]");
        let cell = |Field(name, label, kind, _): &Field| {
            let label = format!("{label}, {} {}", self.one, at + 1);
            html! { <td>{ control(form, &below(&place, name), label, *kind) }</td> }
        };
        let cells: Vec<Html> = self.columns.iter().map(cell).collect();
        let path = list.to_owned();
        let remove = form.press(id_of(&format!("{list}-add")), move |doc| {
            list_in(doc, &path).remove(at);
        });
        let label = format!("Remove {} {}", self.one, at + 1);
        html! {
            <tr key={key(item, at)}>
                { for cells }
                <td class="act"><button class="btn bare icon" onclick={remove} aria-label={label.clone()} title={label}>{ icon::cross() }</button></td>
            </tr>
        }
    }
}

/// The buttons of an item that has a head: move, duplicate, remove.
pub fn acts(form: &Form, list: &str, at: usize, name: &str) -> Html {
    let of = form.list(list).len();
    let id = |at: usize, act: &str| id_of(&format!("{list}[{at}]-{act}"));
    let swap = |to: usize, act: &str, beside: &str| {
        let end = to == 0 || to + 1 == of;
        let path = list.to_owned();
        let focus = id(to, if end { beside } else { act });
        form.press(focus, move |doc| list_in(doc, &path).swap(at, to))
    };
    let up = swap(at.saturating_sub(1), "up", "down");
    let down = swap((at + 1).min(of - 1), "down", "up");
    let remove = {
        let path = list.to_owned();
        form.press(id_of(&format!("{list}-add")), move |doc| {
            list_in(doc, &path).remove(at);
        })
    };
    html! {
        <span class="end acts">
            if of > 1 {
                <button id={id(at, "up")} class="btn bare icon" disabled={at == 0} onclick={up} aria-label={format!("Move {name} up")} title="Move up">{ icon::up() }</button>
                <button id={id(at, "down")} class="btn bare icon" disabled={at + 1 == of} onclick={down} aria-label={format!("Move {name} down")} title="Move down">{ icon::down() }</button>
            }
            <button class="btn bare" onclick={duplicate(form, list, at)} aria-label={format!("Duplicate {name}")}>{ "Duplicate" }</button>
            <button class="btn bare" onclick={remove} aria-label={format!("Remove {name}")}>{ "Remove" }</button>
        </span>
    }
}

fn duplicate(form: &Form, list: &str, at: usize) -> Callback<MouseEvent> {
    let path = list.to_owned();
    let focus = id_of(&format!("{list}[{}].name", at + 1));
    form.press(focus, move |doc| {
        let items = list_in(doc, &path);
        let mut copy = super::draft::bare(&items[at]);
        if let Some(id) = copy.get("id").and_then(Value::as_str) {
            copy["id"] = free_id(items, id).into();
        }
        items.insert(at + 1, copy);
    })
}

/// An id that no item of the list has.
pub fn free_id(items: &[Value], wish: &str) -> String {
    let taken = |id: &str| items.iter().any(|item| item["id"].as_str() == Some(id));
    let numbered = (2..).map(|number| format!("{wish}-{number}"));
    let mut wishes = std::iter::once(wish.to_owned()).chain(numbered);
    wishes.find(|id| !taken(id)).unwrap_or_default()
}

/// One more tier, so that nothing changes by it: before an open last one, or open after a closed one.
pub fn next_tier(tiers: &mut Vec<Value>) {
    let open = tiers.last().is_some_and(|last| last["up_to"].is_null());
    let mut tier = tiers.last().map(super::draft::bare).unwrap_or_default();
    if !open {
        if let Some(members) = tier.as_object_mut() {
            members.shift_remove("up_to");
        }
        return tiers.push(tier);
    }
    let last = tiers.len() - 1;
    let before = last
        .checked_sub(1)
        .and_then(|at| decimal(&tiers[at]["up_to"]));
    tier["up_to"] = double(before).into();
    if let Some(members) = tier.as_object_mut() {
        members.shift_remove("flat");
    }
    // The fee of the open tier stays where it was.
    tiers.insert(last, tier);
}

/// Twice as much, to begin a next bound with.
pub fn double(before: Option<rust_decimal::Decimal>) -> String {
    let thousand = rust_decimal::Decimal::ONE_THOUSAND;
    let next = before.and_then(|bound| bound.checked_mul(2.into()));
    let next = next.filter(|bound| !bound.is_zero()).unwrap_or(thousand);
    next.normalize().to_string()
}
