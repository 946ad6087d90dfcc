use foretoken::catalog::Listing;
use foretoken::figures::Bounds;
use foretoken::money::Money;
use foretoken::sandbox::{Alert, Budget, Summary};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::effects::intl;
use crate::parts::field::NumberField;
use crate::shell::{Store, act};
use crate::store::{Action, Ask, Run};

const MOST_DOLLARS: u64 = 1_000_000;

/// What is being spent, as it is.
pub fn meter(store: &Store, listing: Listing<'_>, budget: &Budget) -> Html {
    let summary = store.sandbox.session.summary(&store.catalog).ok();
    let message = this_message(store);
    html! {
        <section class="reading sec" aria-label="Meter" data-testid="meter">
            <div class="of"><span>{ "This session, rehearsed on" }</span><b>{ listing.model.title() }</b></div>
            <div class="meter">
                <p class="figure">{ intl::request(budget.spent()) }<span class="per">{ tokens(store, summary) }</span></p>
                { seconds(store, summary, message) }
            </div>
            { bar(store, budget) }
        </section>
    }
}

/// The cost so far of the answer on its way; nothing where there is none.
fn this_message(store: &Store) -> Option<Money> {
    match &store.sandbox.run {
        Run::Answering(answering) => answering.cost(&store.catalog),
        _ => None,
    }
}

/// The budget, with what the answer on its way has cost so far.
pub fn with_what_is_under_way(store: &Store) -> Budget {
    let mut budget = store.sandbox.budget.clone();
    let so_far = this_message(store).and_then(|message| budget.spent().plus(message).ok());
    if let Some(so_far) = so_far {
        budget.spend(so_far);
    }
    budget
}

fn tokens(store: &Store, summary: Option<Summary>) -> String {
    let Some(summary) = summary else {
        return String::new();
    };
    let usage = match &store.sandbox.run {
        Run::Answering(answering) => answering.usage(),
        _ => foretoken::Usage::default(),
    };
    let unpriced = match summary.unpriced {
        0 => String::new(),
        some => format!(", {} without a price left out", intl::count(some.into())),
    };
    format!(
        "{} tokens in, {} out{unpriced}",
        intl::count(summary.input_tokens + usage.input_tokens),
        intl::count(summary.output_tokens + usage.output_tokens),
    )
}

fn seconds(store: &Store, summary: Option<Summary>, message: Option<Money>) -> Html {
    let last = store.sandbox.session.entries.last();
    let last = last.and_then(|entry| Some(entry.cost(&store.catalog).ok()?.total));
    let per_day = store.scenario.load.requests_per_day;
    let month = store
        .month()
        .and_then(|month| summary?.month(per_day, month.days()));
    let dash = || "–".to_owned();
    html! {
        <dl class="seconds">
            <div><dt>{ if message.is_some() { "This message, so far" } else { "Last message" } }</dt>
                <dd>{ message.or(last).map_or_else(dash, intl::request) }</dd></div>
            <div><dt>{ "A month at this rate" }</dt>
                <dd>{ month.map_or_else(dash, |month| intl::cents(month.rounded())) }
                    <small>{ format!("{} requests a day", intl::number(per_day, 2)) }</small></dd></div>
            <div><dt>{ "Left" }</dt><dd>{ intl::request(store.sandbox.budget.left()) }</dd></div>
        </dl>
    }
}

/// How much of the limit is spent, with its marks, and what can be done about it.
fn bar(store: &Store, budget: &Budget) -> Html {
    let percent = budget.spent_percent();
    let alert = budget.alert();
    let paused = budget.is_paused();
    let pause = act(store, move |_: MouseEvent| Action::Ask(Ask::Pause(!paused)));
    let limit = act(store, |value: Decimal| {
        Action::Ask(Ask::Limit(Money::usd(value)))
    });
    html! {
        <div class="budget">
            <div class="budget-bar">
                <progress class="bar" aria-label="Spent of the limit" max="100" value={percent.min(100.into()).round().to_u64().unwrap_or(100).to_string()} />
                <ol class="marks" aria-hidden="true">
                    { for Alert::ALL.iter().map(|mark| html! { <li class={classes!((alert >= Some(*mark)).then_some("reached"))}>{ format!("{} %", mark.percent()) }</li> }) }
                </ol>
            </div>
            <p class={classes!("budget-says", alert.is_some().then_some("flagged"))} role="status">{ says(budget, alert) }</p>
            <div class="budget-set">
                <NumberField id="limit" label="Limit of this session" unit="$" value={Some(budget.limit().amount())}
                    bounds={Bounds { whole: false, ..Bounds::whole(0, MOST_DOLLARS) }} on_value={limit} />
                <button class="btn" aria-pressed={paused.to_string()} onclick={pause}>{ if paused { "Resume" } else { "Pause" } }</button>
            </div>
        </div>
    }
}

fn says(budget: &Budget, alert: Option<Alert>) -> String {
    let limit = intl::cents(budget.limit());
    let paused = if budget.is_paused() {
        " Paused: nothing goes out."
    } else {
        ""
    };
    let words = match alert {
        None => format!("Less than half of {limit} is spent."),
        Some(Alert::Half) => format!("Half of {limit} is spent."),
        Some(Alert::ThreeQuarters) => format!("Three quarters of {limit} are spent."),
        Some(Alert::NineTenths) => format!("Nine tenths of {limit} are spent."),
        Some(Alert::Whole) => {
            format!("All of {limit} is spent: nothing more goes out until you raise it.")
        }
    };
    words + paused
}
