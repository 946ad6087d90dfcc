use yew::prelude::*;

use crate::effects::dom;
use crate::shell::Dispatch;
use crate::store::{Action, Ask};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// An answer is on its way, or a count.
    pub busy: bool,
    /// How many messages there are: with each more, what was said has gone out.
    pub messages: usize,
}

/// What the user says next. It stays in its field until it has gone out.
#[component]
pub fn Compose(props: &Props) -> Html {
    let node = use_node_ref();
    let said = use_mut_ref(String::new);
    let dispatch = use_context::<Dispatch>();
    {
        let (node, said) = (node.clone(), said.clone());
        use_effect_with(props.messages, move |messages| {
            if *messages > 0 {
                said.borrow_mut().clear();
                dom::set_text(&node, "");
            }
        });
    }
    let send = {
        let (said, dispatch) = (said.clone(), dispatch.clone());
        Callback::from(move |()| {
            if let Some(dispatch) = &dispatch {
                dispatch.dispatch(Action::Ask(Ask::Say(said.borrow().clone())));
            }
        })
    };
    let on_input = dom::on_text::<InputEvent>(move |text| *said.borrow_mut() = text);
    let by_key = {
        let send = send.clone();
        Callback::from(move |event: KeyboardEvent| {
            // Enter alone ends a word that an input method is still composing.
            if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                event.prevent_default();
                send.emit(());
            }
        })
    };
    let by_click = send.reform(|_: MouseEvent| ());
    html! {
        <div class="compose">
            <label for="say">{ "Say" }</label>
            <textarea id="say" class="field area" ref={node} placeholder="Enter sends, Shift and Enter begins a line"
                oninput={on_input} onkeydown={by_key} />
            <div class="under">
                <button class="btn ink" disabled={props.busy} onclick={by_click}>{ "Rehearse" }</button>
                <span class="note">{ "Nothing is sent: the page plays the model" }</span>
            </div>
        </div>
    }
}
