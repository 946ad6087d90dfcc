//! What goes on in the sandbox whatever page is open: what is to be sent is counted, answers arrive, the session is kept.

use std::cell::RefCell;
use std::rc::Rc;

use foretoken::sandbox::Session;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::counting::Counting;
use crate::effects::{clock, draft};
use crate::shell::{Dispatch, Store};
use crate::store::{Action, Arrival, Draft, Notice, Run};

/// Milliseconds between two looks at an answer that arrives.
const BETWEEN_LOOKS: u32 = 50;

#[hook]
pub fn use_sandbox(store: &Store, counting: &Counting) {
    use_weighing(store, counting);
    use_playing(store);
    use_keeping(store);
}

/// Before a request goes out it is counted.
#[hook]
fn use_weighing(store: &Store, counting: &Counting) {
    let (dispatch, counting) = (store.dispatcher(), counting.clone());
    let request = match &store.sandbox.run {
        Run::Weighing(prompt) => Some((prompt.clone(), store.sandbox_encodings())),
        _ => None,
    };
    let turn = store.sandbox.turn;
    use_effect_with((turn, request.is_some()), move |_| {
        if let Some((prompt, encodings)) = request {
            counting.weigh((*prompt).clone(), encodings, move |weighed| {
                dispatch.dispatch(Action::Arrive(Arrival::Weighed { turn, weighed }));
            });
        }
    });
}

/// An answer that the page plays arrives by the clock.
#[hook]
fn use_playing(store: &Store) {
    let dispatch = store.dispatcher();
    let playing = matches!(store.sandbox.run, Run::Answering(_)).then_some(store.sandbox.turn);
    use_effect_with(playing, move |playing| {
        let ticking = playing.map(|turn| {
            let began = clock::microseconds();
            clock::every(BETWEEN_LOOKS, move || {
                let milliseconds = (clock::microseconds() - began) / 1_000;
                dispatch.dispatch(Action::Arrive(Arrival::Played { turn, milliseconds }));
            })
        });
        move || drop(ticking)
    });
}

/// The session is opened once, and kept with each change.
#[hook]
fn use_keeping(store: &Store) {
    let opening = store.dispatcher();
    let opened = use_mut_ref(|| false);
    let known = opened.clone();
    use_effect_with((), move |()| spawn_local(open(opening, known)));
    let dispatch = store.dispatcher();
    let (session, kept) = (store.sandbox.session.clone(), store.sandbox.kept.clone());
    let keeps = matches!(store.draft, Draft::Open | Draft::Unreadable);
    use_effect_with(session, move |session| {
        if *opened.borrow() && keeps && *session != kept {
            let json = session.to_json();
            spawn_local(async move {
                if let Err(why) = draft::save_session(&json).await {
                    let notice = Notice::NotSaved { why };
                    dispatch.dispatch(Action::Arrive(Arrival::Notice(notice)));
                }
            });
        }
    });
}

async fn open(dispatch: Dispatch, opened: Rc<RefCell<bool>>) {
    let arrive = |arrival| dispatch.dispatch(Action::Arrive(arrival));
    match draft::session().await.as_deref().map(Session::from_json) {
        None => {}
        Some(Ok(session)) => arrive(Arrival::Session(session)),
        Some(Err(error)) => {
            // It is left where it is, and nothing is written over it.
            let why = format!("the session of the sandbox could not be read: {error}");
            return arrive(Arrival::Notice(Notice::NotSaved { why }));
        }
    }
    *opened.borrow_mut() = true;
}
