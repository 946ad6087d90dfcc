use foretoken::catalog::Listing;
use foretoken::money::{Money, Rounding, RoundingMode};
use foretoken::sandbox::{Refused, Session};
use foretoken::tokens::{Message, Role};
use yew::prelude::*;

use super::compose::Compose;
use crate::effects::{dom, intl};
use crate::parts::select::Select;
use crate::parts::words::capital;
use crate::shell::{Store, act};
use crate::store::{Action, Ask, Refusal, Run, Shared};
use crate::views::reading::{choose_model, model_options};

/// What was said, by whom, and what is said next.
pub fn talk(store: &Store, listing: Listing<'_>) -> Html {
    let session = &store.sandbox.session;
    let busy = matches!(store.sandbox.run, Run::Weighing(_) | Run::Answering(_));
    let clear = act(store, |_: MouseEvent| Action::Ask(Ask::Clear));
    html! {
        <section class="specimen sec" aria-label="Conversation">
            <div class="head">
                <h1>{ "Rehearsal" }</h1>
                <span class="note">{ "The page plays the model; no text here is a model’s" }</span>
            </div>
            { model(store, listing) }
            <Talk session={session.clone()} arriving={arriving(store)} />
            if matches!(store.sandbox.run, Run::Answering(_)) { { stop(store) } }
            { refused(store) }
            if session.messages.is_empty() { { begin(store) } }
            <Compose {busy} messages={session.messages.len()} />
            if !session.entries.is_empty() && !busy {
                <div class="under"><button class="btn bare end" onclick={clear}>{ "Begin anew" }</button></div>
            }
        </section>
    }
}

fn model(store: &Store, listing: Listing<'_>) -> Html {
    let value = format!("{}/{}", listing.provider.id, listing.model.id);
    html! {
        <div class="lab"><label for="sandbox-model">{ "Model" }</label>
            <Select id="sandbox-model" class="field" value={value.clone()} on_choose={choose_model(store)}>{ model_options(store, value) }</Select>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TalkProps {
    session: Shared<Session>,
    /// What is there of the answer on its way.
    arriving: Option<AttrValue>,
}

/// The messages, the last in sight. It scrolls, and so the keyboard reaches it.
#[component]
fn Talk(props: &TalkProps) -> Html {
    let node = use_node_ref();
    let messages = &props.session.messages;
    {
        let node = node.clone();
        let length = props.arriving.as_ref().map(|text| text.len());
        use_effect_with((messages.len(), length), move |_| dom::scroll_to_end(&node));
    }
    if messages.is_empty() && props.arriving.is_none() {
        return html! { <p class="say" ref={node}>{ "Say something, and the page answers as a model would in length and pace. You see what it would cost before and while it arrives." }</p> };
    }
    html! {
        <ol class="talk" ref={node} tabindex="0" aria-label="What was said">
            { for messages.iter().map(said) }
            if let Some(text) = &props.arriving {
                <li class="assistant" aria-busy="true"><b>{ PLAYED }</b><p>{ text }</p></li>
            }
        </ol>
    }
}

const PLAYED: &str = "Played by the page";
/// Of a longer message this much is shown: a browser lays megabytes out for seconds.
const SHOWN: usize = 4_000;

fn said(message: &Message) -> Html {
    let who = match message.role {
        Role::System => "System",
        Role::User => "You",
        Role::Assistant => PLAYED,
    };
    let shown = message.text.floor_char_boundary(SHOWN);
    let rest = message.text.len() - shown;
    html! {
        <li class={message.role.name()}><b>{ who }</b><p>{ &message.text[..shown] }</p>
            if rest > 0 { <p class="note">{ format!("… and {} bytes more, all of which are sent", intl::count(rest as u64)) }</p> }
        </li>
    }
}

fn arriving(store: &Store) -> Option<AttrValue> {
    match &store.sandbox.run {
        Run::Weighing(_) => Some("Counting what is to be sent…".into()),
        Run::Answering(answering) => {
            let text = answering.text();
            Some(if text.is_empty() {
                "…".into()
            } else {
                text.into()
            })
        }
        _ => None,
    }
}

fn stop(store: &Store) -> Html {
    let stop = act(store, |_: MouseEvent| Action::Ask(Ask::Stop));
    html! { <div class="under"><button class="btn" onclick={stop}>{ "Stop" }</button></div> }
}

/// A prompt on the Estimate page can be rehearsed as it stands.
fn begin(store: &Store) -> Html {
    if store.is_empty() {
        return Html::default();
    }
    let rehearse = act(store, |_: MouseEvent| Action::Ask(Ask::Prompt));
    html! { <div class="under"><button class="btn" onclick={rehearse}>{ "Rehearse the prompt of the Estimate page" }</button></div> }
}

/// Why a request did not go out. What was said is still in its field.
fn refused(store: &Store) -> Html {
    let Run::Refused(why) = &store.sandbox.run else {
        return Html::default();
    };
    let (words, action) = match why {
        Refusal::Budget(Refused::TooLittle {
            at_most,
            left,
            limit,
            over_by,
        }) => {
            let dollars = |amount| intl::exact(Money::usd(amount));
            let words = format!(
                "This may cost up to {}, and {} of your limit of {} is left: {} too little.",
                dollars(*at_most),
                dollars(*left),
                dollars(*limit),
                dollars(*over_by),
            );
            (words, raise(store, *limit + *over_by))
        }
        Refusal::Budget(Refused::Paused) => {
            let resume = act(store, |_: MouseEvent| Action::Ask(Ask::Pause(false)));
            (
                "The budget is paused.".to_owned(),
                html! { <button class="btn" onclick={resume}>{ "Resume" }</button> },
            )
        }
        Refusal::Budget(other) => (capital(&other.to_string()) + ".", Html::default()),
        Refusal::NoFigure(why) => (
            format!(
                "{}: a budget cannot hold what has no price.",
                capital(&why.to_string())
            ),
            Html::default(),
        ),
        Refusal::Counter(why) => (format!("It could not be counted: {why}."), Html::default()),
    };
    html! {
        <div class="alert" role="alert"><span class="flag">{ "It did not go out" }</span><span>{ words }</span>
            <span class="end">{ action }</span></div>
    }
}

/// To the next whole cent.
fn raise(store: &Store, needed: rust_decimal::Decimal) -> Html {
    let up = Rounding {
        mode: RoundingMode::Up,
        decimals: 2,
    };
    let limit = Money::usd(up.round(needed));
    let raise = act(store, move |_: MouseEvent| Action::Ask(Ask::Limit(limit)));
    html! { <button class="btn" onclick={raise}>{ format!("Raise the limit to {}", intl::cents(limit)) }</button> }
}
