use std::rc::Rc;

use foretoken::scenario::Scenario;
use yew::prelude::*;

use super::answer::AnswerForm;
use super::load::LoadForm;
use super::prompt::PromptPane;
use super::reading::Reading;
use super::record::Record;
use crate::effects::intl;
use crate::rows::{Table, table};
use crate::shell::Store;

/// The page: the specimen and its settings left, the reading and its proofs right.
#[component]
pub fn Estimate() -> Html {
    let Some(store) = use_context::<Store>() else {
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
            (store.catalog.clone(), store.families.clone()),
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
    html! {
        <>
        <main class="bench">
            <div class="left">
                <PromptPane />
                <section class="settings" aria-label="Answer and use">
                    <AnswerForm reading={table.reading.clone()} />
                    <LoadForm month={month} reading={table.reading.clone()} />
                </section>
            </div>
            <Reading month={month} table={table.clone()} />
            <Record month={month} table={table.clone()} />
        </main>
        { foot(&store, &table) }
        { dock(&table) }
        </>
    }
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
        .map(|month| format!("{} a month", intl::cents(month.expected.total)));
    html! {
        <aside class="dock" aria-label="Reading, docked">
            <span>{ &row.title }if row.yours { <span class="tag">{ "your price" }</span> }</span>
            <b>{ row.price().map_or_else(|| "no reading".to_owned(), intl::request) }</b>
            <span class="end">{ month }</span>
        </aside>
    }
}
