use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::privacy as effects;
use crate::shell::Store;
use crate::store::{Action, Arrival, Choice, Notice};

/// What is kept, where, and the button that deletes all of it.
pub fn privacy(store: &Store) -> Html {
    let store = store.clone();
    let delete = Callback::from(move |_: MouseEvent| {
        let dispatch = store.dispatcher();
        dispatch.dispatch(Action::Choose(Choice::Forget));
        spawn_local(async move {
            let notice = match effects::delete_all().await {
                Ok(()) => Notice::Deleted,
                Err(why) => Notice::NotSaved { why },
            };
            dispatch.dispatch(Action::Arrive(Arrival::Notice(notice)));
        });
    });
    html! {
        <main class="text-page">
            <h1>{ "Privacy" }</h1>
            <p class="lead">{ "Your prompt is counted and priced in this browser. It is not sent anywhere: this page asks its own server for its files and nobody for anything else." }</p>
            <h2>{ "What is kept in your browser" }</h2>
            <table>
                <caption class="vh">{ "What is kept" }</caption>
                <thead><tr><th scope="col">{ "What" }</th><th scope="col">{ "Where" }</th><th scope="col">{ "Why" }</th></tr></thead>
                <tbody>
                    <tr><th scope="row">{ "Your draft: prompt with the texts of attached documents (of pictures and recordings only name and size), answer, use, pinned models, your prices and counts" }</th><td>{ "IndexedDB, “foretoken”" }</td><td>{ "So that a reload loses nothing" }</td></tr>
                    <tr><th scope="row">{ "The same, for the moment after you left a page and before the database has it" }</th><td>{ "Local storage, “foretoken-last-word”" }</td><td>{ "So that a reload in that moment loses nothing" }</td></tr>
                    <tr><th scope="row">{ "The sandbox: its conversation, its ledger, its limit and the pace you set" }</th><td>{ "IndexedDB, “foretoken”" }</td><td>{ "So that a reload loses nothing" }</td></tr>
                    <tr><th scope="row">{ "A draft that could not be read, if there was one" }</th><td>{ "IndexedDB, “foretoken”" }</td><td>{ "So that you can download it" }</td></tr>
                    <tr><th scope="row">{ "Light or dark" }</th><td>{ "Local storage, “foretoken-theme”" }</td><td>{ "So that the page opens as you left it" }</td></tr>
                    <tr><th scope="row">{ "The page’s own files, vocabularies and prices" }</th><td>{ "Cache storage, by a service worker" }</td><td>{ "So that it works without a network" }</td></tr>
                </tbody>
            </table>
            <p>{ "There are no cookies, no analytics and no accounts." }</p>
            <h2>{ "Delete all of it" }</h2>
            <p>{ "This empties the page and deletes everything in the table above. It cannot be undone." }</p>
            <p><button class="btn ink" onclick={delete}>{ "Delete everything kept here" }</button></p>
        </main>
    }
}
