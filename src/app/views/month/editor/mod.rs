//! The plan editor: a form for each price shape, or the document itself.
//!
//! Owns: what is being changed, and what is wrong with it. Each field of the form names its place in the document, as the
//! library's mistakes do, so a mistake is shown where it is made; what works is in force at once, and what does not leaves
//! the last plan that works. Does not own: what a plan may say (see `billing`).

mod charge;
mod draft;
mod field;
mod json;
mod meters;
mod price;
mod reshape;
mod rows;
mod says;
mod shape;
mod tables;
mod terms;

use std::cell::Cell;
use std::rc::Rc;

use foretoken::billing::Plan;
use yew::prelude::*;

use self::charge::{block, charges};
use self::draft::Draft;
use self::field::{Field, Form, Kind, fields};
use self::json::json;
use self::terms::terms;
use super::change;
use super::plans::change_button;
use crate::effects::dom;
use crate::parts::segments::Segments;
use crate::shell::{Store, act};
use crate::store::{Action, Look};

/// The editor of the plan that is being changed, or nothing.
pub fn editor(store: &Store) -> Html {
    let month = &store.scenario.month;
    let found = store.view.month.editing;
    let Some((at, plan)) = found.and_then(|at| Some((at, month.plans.get(at)?))) else {
        return Html::default();
    };
    let on_plan = change(store, move |month, plan: Plan| {
        if let Some(place) = month.plans.get_mut(at) {
            *place = plan;
        }
    });
    let close = act(store, |()| Action::Look(Look::Edit(None)));
    let on_done = Callback::from(move |()| {
        close.emit(());
        dom::focus(&change_button(at));
    });
    html! { <Editor key={at} plan={plan.clone()} {on_plan} {on_done} /> }
}

#[derive(Properties, PartialEq)]
struct Props {
    plan: Plan,
    on_plan: Callback<Plan>,
    on_done: Callback<()>,
}

const TITLE: &str = "editor-title";

#[component]
fn Editor(props: &Props) -> Html {
    let before = use_state(|| props.plan.clone());
    let kept = use_state(|| Rc::new(Draft::of(&props.plan)));
    let as_json = use_state(|| false);
    use_effect_with((), |()| dom::focus(TITLE));
    use_effect_with(kept.focus.clone(), |focus| {
        if let Some(id) = focus {
            dom::focus(id);
        }
    });
    // The plan can be changed elsewhere too, as where a draft is opened.
    let draft = match kept.plan == props.plan {
        true => (*kept).clone(),
        false => Rc::new(Draft::of(&props.plan)),
    };
    let on_draft = {
        let (on_plan, plan) = (props.on_plan.clone(), props.plan.clone());
        Callback::from(move |draft: Draft| {
            if draft.plan != plan {
                on_plan.emit(draft.plan.clone());
            }
            kept.set(Rc::new(draft));
        })
    };
    let form = Form {
        draft,
        on_draft,
        said: Cell::new(false),
    };
    let body = if *as_json { json(&form) } else { whole(&form) };
    html! {
        <section class="sec editor" aria-labelledby={TITLE} data-testid="editor">
            { head(props, &form, &before, &as_json) }
            { body }
        </section>
    }
}

fn head(
    props: &Props,
    form: &Form,
    before: &UseStateHandle<Plan>,
    as_json: &UseStateHandle<bool>,
) -> Html {
    let undo = {
        let (on_draft, before) = (form.on_draft.clone(), before.clone());
        Callback::from(move |_: MouseEvent| {
            on_draft.emit(Draft::of(&before).then_focus(TITLE));
        })
    };
    let done = props.on_done.reform(|_: MouseEvent| ());
    let chosen = as_json.clone();
    let views = Segments {
        label: "How the plan is shown",
        name: "editor-view",
        options: vec![(false, "Form".into()), (true, "JSON".into())],
        chosen: **as_json,
        on_choose: Callback::from(move |json| chosen.set(json)),
        grid: false,
    };
    let wrong = form.draft.json().1.is_some();
    let same = **before == form.draft.plan && !wrong;
    html! {
        <div class="head">
            <h2 id={TITLE} tabindex="-1">{ format!("Change {}", before.name) }</h2>
            <span role="status">
                if wrong { <span class="flag">{ "not in force yet" }</span> }
                else { <span class="note">{ "What is changed here is billed at once" }</span> }
            </span>
            <span class="end">
                { views.draw() }
                <button class="btn" disabled={same} onclick={undo}>{ "Undo all changes" }</button>
                <button class="btn ink" onclick={done}>{ "Done" }</button>
            </span>
        </div>
    }
}

fn whole(form: &Form) -> Html {
    let named = block(
        "The plan",
        html! { <div class="cells">{ fields(form, "", &[
            Field("name", "Name", Kind::Name, ""),
            Field("note", "Note", Kind::Text, "A sentence on it"),
        ]) }</div> },
    );
    let (charges, terms) = (charges(form), terms(form));
    // Last: it says what none of the fields did.
    let rest = form.wrong_below("");
    html! {
        <div class="form">
            { rest }
            { named }
            { charges }
            { terms }
        </div>
    }
}
