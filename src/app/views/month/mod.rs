//! One month of use, billed on up to five plans.

mod bill;
mod curve;
mod curve_cursor;
mod curve_marks;
mod curve_plot;
mod curve_table;
mod days;
mod days_plot;
mod editor;
mod lines;
mod names;
mod plans;
mod reading;
mod scale;
mod sentences;
mod steps;
mod work;

use std::rc::Rc;

use foretoken::calendar::Period;
use foretoken::scenario::MonthChoice;
use yew::prelude::*;

use self::bill::bill;
use self::curve::growing;
use self::days::{day_by_day, use_days};
use self::plans::plans;
use self::reading::reading;
use self::work::work;
use crate::effects::intl;
use crate::months::{Comparison, compare};
use crate::shell::{Store, act};
use crate::store::{Action, Choice};

/// The page: the work left; the reading, the plans and their proofs right.
#[component]
pub fn Month() -> Html {
    let Some(store) = use_context::<Store>() else {
        return Html::default();
    };
    let period = store
        .month()
        .and_then(|month| Period::month(month.year(), month.month()).ok());
    let days = use_days(&store, period);
    let Some(period) = period else {
        return Html::default();
    };
    let comparison: Rc<Comparison> = use_memo(
        (store.scenario.month.clone(), store.catalog.clone(), period),
        |(choice, catalog, period)| compare(choice, catalog, *period),
    );
    html! {
        <>
        <main class="bench month">
            <div class="left">{ work(&store, &comparison) }</div>
            { reading(&store, &comparison, days.as_ref()) }
            <div class="record">
                { plans(&store, &comparison) }
                <div>{ editor::editor(&store) }</div>
                { bill(&store, &comparison) }
                { growing(&store, period) }
                { day_by_day(days.as_ref()) }
            </div>
        </main>
        <footer class="foot">
            if let Some(index) = &store.index { <span>{ format!("Prices as of {}", intl::day(index.checked)) }</span> }
            <span>{ "An estimate, not an invoice" }</span>
            <span>{ "Days are days in UTC" }</span>
        </footer>
        { dock(&store, &comparison) }
        </>
    }
}

/// On a phone the reading stays at the foot.
fn dock(store: &Store, comparison: &Comparison) -> Html {
    let choice = &store.scenario.month;
    let side = comparison.sides.get(chosen(choice));
    let net = side.and_then(|side| side.net());
    html! {
        <aside class="dock" aria-label="Reading, docked">
            <span>{ choice.plan().map(|plan| plan.name.to_string()) }</span>
            <b class={net.is_none().then_some("idle")}>{ net.map_or_else(|| "no figure".to_owned(), intl::dollars_and_cents) }</b>
            <span class="end">{ month_of(comparison.period) }</span>
        </aside>
    }
}

/// The place of the plan whose bill is shown.
fn chosen(choice: &MonthChoice) -> usize {
    choice.chosen.min(choice.plans.len().saturating_sub(1))
}

fn month_of(period: Period) -> String {
    intl::month(period.from().year(), period.from().month())
}

/// A callback that changes what was chosen on this page.
fn change<E: 'static>(
    store: &Store,
    change: impl Fn(&mut MonthChoice, E) + 'static,
) -> Callback<E> {
    let change = Rc::new(change);
    act(store, move |event: E| {
        let change = change.clone();
        Action::Choose(Choice::Month(Box::new(move |month| change(month, event))))
    })
}
