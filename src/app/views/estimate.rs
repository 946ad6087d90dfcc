use std::rc::Rc;

use foretoken::calendar::Month;
use foretoken::scenario::Scenario;
use yew::prelude::*;

use super::answer::answer_form;
use super::load::load_form;
use super::prompt::prompt_pane;
use super::reading::{reading, short};
use super::record::record;
use crate::effects::counting::Counting;
use crate::effects::intl;
use crate::parts::kept::kept;
use crate::rows::{Table, table};
use crate::shell::Store;
use crate::store::{Action, Look};

/// The page: the specimen and its settings left, the reading and its proofs right.
#[component]
pub fn Estimate() -> Html {
    let (Some(store), Some(counting)) = (use_context::<Store>(), use_context::<Counting>()) else {
        return Html::default();
    };
    let Some(month) = store.month() else {
        return Html::default();
    };
    let Scenario {
        answer,
        load,
        calibrations,
        selected,
        pins,
        ..
    } = &*store.scenario;
    let table: Rc<Table> = use_memo(
        (
            // Of what was chosen, all but the prompt: that comes in by its counts.
            (
                answer.length,
                answer.own,
                load.clone(),
                calibrations.clone(),
            ),
            (selected.clone(), pins.clone()),
            (
                store.catalog.clone(),
                store.families.clone(),
                store.media.clone(),
            ),
            (store.counts.clone(), store.rough),
            store.now,
            (
                store.view.filter.clone(),
                store.view.sort,
                store.view.all_rows,
            ),
        ),
        |_| table(&store, month),
    );
    {
        let dispatch = store.dispatcher();
        use_effect_with(table.encodings(), move |encodings| {
            dispatch.dispatch(Action::Look(Look::Encodings(encodings.clone())));
        });
    }
    html! {
        <>
        <main class="bench">
            <div class="left">
                { prompt_pane(&store, &counting, table.reading.as_deref()) }
                <section class="settings" aria-label="Answer and use">
                    { answer_form(&store, table.reading.as_deref()) }
                    { kept_load(&store, month, &table) }
                </section>
            </div>
            { reading(&store, month, &table) }
            { record(&store, month, &table) }
        </main>
        { foot(&store, &table) }
        { dock(&table) }
        </>
    }
}

fn kept_load(store: &Store, month: Month, table: &Table) -> Html {
    let lacking = table.reading.as_ref().filter(|row| row.lacks_variant);
    let lacking = lacking.map(|row| row.title.clone());
    let from = (store.scenario.load.clone(), month, lacking);
    let store = store.clone();
    kept(from.clone(), move || {
        load_form(&store, month, from.2.as_deref())
    })
}

fn foot(store: &Store, table: &Table) -> Html {
    let as_of = store.index.as_ref().map(|index| intl::day(index.checked));
    let models = store.catalog.listings().count();
    html! {
        <footer class="foot">
            if let Some(as_of) = as_of {
                <span>{ format!("Prices as of {as_of}, {} models", intl::count(models as u64)) }</span>
            }
            <span>{ "An estimate, not an invoice" }</span>
            if table.stale > 0 {
                <span>{ format!("{} of these prices were last checked over 30 days ago", intl::count(table.stale as u64)) }</span>
            }
            <span>{ "Table figures are rounded; workings are exact" }</span>
            <a href="#/help">{ "How a price gets corrected" }</a>
        </footer>
    }
}

/// On a phone the reading stays at the foot.
fn dock(table: &Table) -> Html {
    let Some(row) = &table.reading else {
        return Html::default();
    };
    let month = row
        .month
        .as_ref()
        .and_then(|month| month.as_ref().ok())
        .map(|month| {
            let figure = intl::cents(month.expected.total);
            format!("{}{figure} a month", row.at_least())
        });
    let request = row.estimate.as_ref().map(|estimate| &estimate.request);
    let (figure, idle) = match request {
        None => ("no reading".to_owned(), Some("idle")),
        Some(Err(why)) => (short(why).to_owned(), Some("idle")),
        Some(Ok(cost)) => (
            format!("{}{}", row.at_least(), intl::request(cost.expected.total)),
            None,
        ),
    };
    html! {
        <aside class="dock" aria-label="Reading, docked">
            <span>{ &row.title }if row.yours { <span class="tag">{ "your price" }</span> }</span>
            <b class={idle}>{ figure }</b>
            <span class="end">{ month }</span>
        </aside>
    }
}
