//! The plan as JSON.

use yew::platform::spawn_local;
use yew::prelude::*;

use super::draft::Draft;
use super::field::{Form, STILL};
use crate::effects::dom;

const TEXT: &str = "edit-json";
const ERROR: &str = "edit-json-error";

/// The document as text: valid, it holds at once; otherwise it says what is wrong and where.
pub fn json(form: &Form) -> Html {
    let (text, wrong) = form.draft.json();
    let (draft, on_draft) = (form.draft.clone(), form.on_draft.clone());
    let on_input = dom::on_text::<InputEvent>(move |text| on_draft.emit(draft.typed(text)));
    let (saved, name) = (text.clone(), file_name(&form.draft));
    let download = Callback::from(move |_: MouseEvent| {
        dom::download(&name, &saved);
    });
    let described = wrong.is_some().then_some(ERROR);
    let lines = text.lines().count().clamp(12, 32).to_string();
    html! {
        <div class="json">
            <label class="vh" for={TEXT}>{ "The plan as JSON" }</label>
            <textarea id={TEXT} class="field area" rows={lines} spellcheck="false" autocomplete="off" autocapitalize="off" value={text}
                aria-invalid={wrong.is_some().then_some("true")} aria-describedby={described} oninput={on_input} />
            <div role="status">
                if let Some(wrong) = wrong { <p class="flag wrap" id={ERROR}>{ wrong }{ STILL }</p> }
                else { <p class="note">{ "This is a plan; it is in force" }</p> }
            </div>
            <div class="under">
                <button class="btn" onclick={download}>{ "Download" }</button>
                { open_file(form) }
                <a class="btn link" href="schema/plan.v1.json">{ "The schema of plans" }</a>
            </div>
        </div>
    }
}

fn open_file(form: &Form) -> Html {
    let (draft, on_draft) = (form.draft.clone(), form.on_draft.clone());
    let on_change = Callback::from(move |event: Event| {
        let (draft, on_draft) = (draft.clone(), on_draft.clone());
        spawn_local(async move {
            if let Some(text) = dom::picked(event).await {
                on_draft.emit(draft.typed(text));
            }
        });
    });
    html! {
        <label class="btn link file"><input type="file" accept=".json,application/json" onchange={on_change} />{ "Open a plan file" }</label>
    }
}

fn file_name(draft: &Draft) -> String {
    let letter = |letter: char| match letter.is_alphanumeric() {
        true => letter,
        false => '-',
    };
    let name: String = draft.plan.name.chars().map(letter).collect();
    format!("{}.plan.json", name.trim_matches('-'))
}
