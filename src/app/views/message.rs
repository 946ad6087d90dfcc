use std::sync::Arc;

use foretoken::estimate::AttachmentLine;
use foretoken::tokens::{Encoding, Message, Role};
use yew::prelude::*;

use super::attached::{Target, attached};
use super::pieces::TokenText;
use crate::attaching::take_in;
use crate::effects::{dom, intake, intl};
use crate::parts::icon;
use crate::parts::select::{Select, option};
use crate::shell::{Dispatch, act_by};
use crate::store::{Action, Choice, Look, Taking, TokenView};

/// A message in its place among the others.
pub struct Card<'a> {
    pub index: usize,
    pub last: usize,
    pub message: &'a Message,
    pub tokens: Option<u64>,
    pub rough: bool,
    pub view: TokenView,
    /// The user chose to edit long texts all the same.
    pub editing: bool,
    pub encoding: Encoding,
    /// What is attached comes to this, on the model of this name.
    pub lines: &'a [AttachmentLine],
    pub model: &'a str,
    /// Files on their way into it.
    pub takings: Vec<&'a Taking>,
}

/// One message: who speaks, how many tokens, move, remove; the text below.
pub fn message_card(dispatch: &Dispatch, card: &Card<'_>) -> Html {
    let index = card.index;
    let number = index + 1;
    html! {
        <Target message={index}>
            <header>
                { role(dispatch, card) }
                <span class="num">{ words(card) }</span>
                { mover(dispatch, index, index.checked_sub(1), format!("Move message {number} up"), icon::up()) }
                { mover(dispatch, index, (index < card.last).then_some(index + 1), format!("Move message {number} down"), icon::down()) }
                <button class="btn bare icon" aria-label={format!("Remove message {number}")}
                    onclick={act_by(dispatch, move |_: MouseEvent| Action::Choose(Choice::RemoveMessage(index)))}>{ icon::cross() }</button>
            </header>
            if card.message.text.is_empty() || (card.view == TokenView::Text && (card.editing || !is_long(card.message))) {
                <Editor index={index} message={card.message.clone()} />
            } else {
                if card.view == TokenView::Text { { edit_anyway(dispatch) } }
                <TokenText text={card.message.text.clone()} encoding={card.encoding} view={card.view} />
            }
            { attached(dispatch, card) }
        </Target>
    }
}

/// From this many bytes on a browser lays a text area out for seconds with each change.
const LONG_TEXT: usize = 2_000_000;

fn is_long(message: &Message) -> bool {
    message.text.len() >= LONG_TEXT
}

/// A long text is shown in blocks; editing it is offered with its price.
fn edit_anyway(dispatch: &Dispatch) -> Html {
    let edit = act_by(dispatch, |_: MouseEvent| Action::Look(Look::EditLong));
    html! {
        <p class="long"><span>{ "A long text is shown, not edited: typing in it would be slow." }</span>
            <button class="btn" onclick={edit}>{ "Edit it anyway" }</button></p>
    }
}

fn words(card: &Card<'_>) -> String {
    match card.tokens {
        None if card.message.text.is_empty() => "0 tokens".to_owned(),
        None => "counting…".to_owned(),
        Some(1) => "1 token".to_owned(),
        Some(tokens) if card.rough => format!("≈ {} tokens", intl::count(tokens)),
        Some(tokens) => format!("{} tokens", intl::count(tokens)),
    }
}

fn role(dispatch: &Dispatch, card: &Card<'_>) -> Html {
    let index = card.index;
    let dispatch = dispatch.clone();
    let on_choose = Callback::from(move |name: String| {
        if let Some(role) = Role::from_name(&name) {
            dispatch.dispatch(Action::Choose(Choice::Role(index, role)));
        }
    });
    let label = |role: Role| match role {
        Role::System => "System",
        Role::User => "User",
        Role::Assistant => "Assistant",
    };
    html! {
        <Select label={format!("Role of message {}", index + 1)} value={card.message.role.name()} {on_choose}>
            { for Role::ALL.into_iter().map(|role| option(role.name(), label(role))) }
        </Select>
    }
}

fn mover(dispatch: &Dispatch, from: usize, to: Option<usize>, label: String, icon: Html) -> Html {
    let on_click = act_by(dispatch, move |_: MouseEvent| {
        Action::Choose(Choice::MoveMessage {
            from,
            to: to.unwrap_or(from),
        })
    });
    html! { <button class="btn bare icon" disabled={to.is_none()} aria-label={label} onclick={on_click}>{ icon }</button> }
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    index: usize,
    message: Message,
}

/// The browser owns the text while it is typed; it is only written to when it changed elsewhere. Ten megabytes are not
/// compared with each keystroke.
#[component]
fn Editor(props: &EditorProps) -> Html {
    let node = use_node_ref();
    let heard = use_mut_ref(|| None::<Arc<str>>);
    let dispatch = use_context::<Dispatch>();
    {
        let (node, heard) = (node.clone(), heard.clone());
        use_effect_with(props.message.text.clone(), move |text| {
            let known = heard
                .borrow()
                .as_ref()
                .is_some_and(|heard| Arc::ptr_eq(heard, text));
            if !known {
                dom::set_text(&node, text);
                *heard.borrow_mut() = Some(text.clone());
            }
        });
    }
    let index = props.index;
    let on_paste = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            if let Some(dispatch) = &dispatch {
                take_in(dispatch, index, intake::pasted(&event));
            }
        })
    };
    let on_input = dom::on_text::<InputEvent>(move |text| {
        let text: Arc<str> = text.into();
        *heard.borrow_mut() = Some(text.clone());
        if let Some(dispatch) = &dispatch {
            dispatch.dispatch(Action::Choose(Choice::Text(index, text)));
        }
    });
    html! {
        <textarea class="text" ref={node} data-testid={format!("message-{index}")} spellcheck="false"
            aria-label={format!("Text of message {}", index + 1)}
            placeholder="Paste a prompt or type one. It stays on this page." oninput={on_input} onpaste={on_paste} />
    }
}
