//! The sandbox: prompts tried with a budget, before anyone is charged.

mod compose;
mod growth;
mod ledger;
mod meter;
mod talk;

use foretoken::catalog::Listing;
use yew::prelude::*;

use crate::effects::intl;
use crate::parts::field::NumberField;
use crate::parts::kept::kept;
use crate::rows::selected;
use crate::shell::{Store, act};
use crate::store::{Action, Ask};
use foretoken::figures::Bounds;
use foretoken::sandbox::{Budget, Pace};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The page: the conversation left; the meter and the ledger right.
pub fn sandbox(store: &Store) -> Html {
    let Some(listing) = selected(store) else {
        return html! { <main class="bench sandbox"><p class="say sec">{ "Prices are arriving…" }</p></main> };
    };
    let budget = meter::with_what_is_under_way(store);
    html! {
        <>
        <main class="bench sandbox">
            <div class="left">
                { talk::talk(store, listing) }
                { pace(store, listing) }
            </div>
            { meter::meter(store, listing, &budget) }
            { record(store) }
        </main>
        <footer class="foot">
            <span>{ "A rehearsal sends nothing and costs nothing: its prices are what the provider would ask" }</span>
        </footer>
        { dock(store, &budget) }
        </>
    }
}

/// What the requests came to. It does not follow from the answer on its way, which is drawn twenty times a second.
fn record(store: &Store) -> Html {
    let from = (store.sandbox.session.clone(), store.catalog.clone());
    let store = store.clone();
    kept(from, move || {
        html! {
            <div class="record">
                { growth::growth(&store) }
                { ledger::ledger(&store) }
            </div>
        }
    })
}

/// On a phone the meter stays at the foot.
fn dock(store: &Store, budget: &Budget) -> Html {
    html! {
        <aside class="dock" aria-label="Meter, docked">
            <span>{ "This session" }</span>
            <b>{ intl::request(budget.spent()) }</b>
            <span class="end">{ format!("{} left", intl::request(store.sandbox.budget.left())) }</span>
        </aside>
    }
}

const SLOWEST: u64 = 600_000;

/// How fast the rehearsal answers.
fn pace(store: &Store, listing: Listing<'_>) -> Html {
    let pace = store.pace(listing);
    let own = store.sandbox.session.pace.is_some();
    let whole = |value: Decimal| value.to_u64().unwrap_or(SLOWEST);
    let first = act(store, move |value: Decimal| {
        Action::Ask(Ask::Pace(Some(Pace {
            first_token_ms: whole(value),
            ..pace
        })))
    });
    let speed = act(store, move |value: Decimal| {
        Action::Ask(Ask::Pace(Some(Pace {
            tokens_per_second: whole(value).max(1),
            ..pace
        })))
    });
    let usual = act(store, |_: MouseEvent| Action::Ask(Ask::Pace(None)));
    html! {
        <section class="settings sec" aria-label="Pace">
            <div class="head"><h2>{ "Pace" }</h2>
                <span class="note">{ if own { "As you set it" } else { "Our guess from the model’s price; set what you know" } }</span></div>
            <div class="pair">
                <NumberField id="first-token" label="First token after" unit="ms" value={Some(pace.first_token_ms.into())}
                    bounds={Bounds::whole(0, SLOWEST)} on_value={first} />
                <NumberField id="tokens-per-second" label="Then, tokens a second" value={Some(pace.tokens_per_second.into())}
                    bounds={Bounds::whole(1, 10_000)} on_value={speed} />
            </div>
            if own { <div class="under"><button class="btn" onclick={usual}>{ "Use the guess again" }</button></div> }
        </section>
    }
}
