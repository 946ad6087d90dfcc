//! The frame around every page, and the effects that run as long as it does.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foretoken::catalog::{Catalog, CatalogIndex};
use foretoken::scenario::Scenario;
use foretoken::tokens::{Families, MediaRules};
use foretoken::wire::CountRequest;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::counting::Counting;
use crate::effects::{address, clock, dom, draft, files};
use crate::parts::icon;
use crate::parts::words::capital;
use crate::route::Page;
use crate::sandboxing::use_sandbox;
use crate::store::{Action, Arrival, Choice, Draft, Look, Notice, Shared, State, with_base};
use crate::views::{Estimate, Month, help, privacy, sandbox};

/// The state, for regions that follow from all of it: whoever takes this is drawn again with every change.
pub type Store = UseReducerHandle<State>;
/// The way to change the state, for parts that are told by their properties what to show.
pub type Dispatch = UseReducerDispatcher<State>;

#[component]
pub fn App() -> Html {
    let store = use_reducer_eq(State::default);
    let counting = use_counting(&store);
    use_arrivals(&store);
    use_catalog(&store);
    use_missing_files(&store);
    use_saving(&store);
    use_sandbox(&store, &counting);
    html! {
        <ContextProvider<Store> context={store.clone()}>
        <ContextProvider<Dispatch> context={store.dispatcher()}>
        <ContextProvider<Counting> context={counting}>
            <Plate page={store.page} />
            { notices(&store) }
            { page(&store) }
        </ContextProvider<Counting>>
        </ContextProvider<Dispatch>>
        </ContextProvider<Store>>
    }
}

fn page(store: &Store) -> Html {
    match store.page {
        Page::Estimate => html! { <Estimate /> },
        Page::Month => html! { <Month /> },
        Page::Sandbox => sandbox(store),
        Page::Help => help(store),
        Page::Privacy => privacy(store),
    }
}

/// The worker's line: every new revision is counted, and what it says arrives in the store.
#[hook]
fn use_counting(store: &Store) -> Counting {
    let dispatch = store.dispatcher();
    let counting = use_memo((), move |()| {
        Counting::new(move |heard| dispatch.dispatch(Action::Arrive(Arrival::Heard(heard))))
    });
    let scenario = store.scenario.clone();
    let encodings = with_base(store.view.encodings.iter().copied());
    let line = counting.clone();
    use_effect_with((store.revision, encodings), move |(revision, encodings)| {
        if !scenario.prompt.is_empty() {
            line.count(CountRequest {
                revision: *revision,
                prompt: scenario.prompt.clone(),
                sample: scenario.answer.sample.clone(),
                encodings: encodings.clone(),
            });
        }
    });
    let line = counting.clone();
    use_effect_with(store.cancelled, move |cancelled| {
        if *cancelled > 0 {
            line.cancel();
        }
    });
    (*counting).clone()
}

/// What arrives by itself: the catalogue, the draft, the minutes, and where links lead.
#[hook]
fn use_arrivals(store: &Store) {
    let dispatch = store.dispatcher();
    use_effect_with((), move |()| {
        if let Some(theme) = dom::theme() {
            dom::set_theme(&theme);
        }
        spawn_local(open_draft(dispatch.clone()));
        dispatch.dispatch(Action::Look(Look::Page(address::page())));
        let ticking = dispatch.clone();
        let minutes =
            clock::every_minute(move |now| ticking.dispatch(Action::Arrive(Arrival::Tick(now))));
        let listener =
            address::listen(move |page| dispatch.dispatch(Action::Look(Look::Page(page))));
        move || {
            drop(minutes);
            drop(listener);
        }
    });
    use_effect_with(store.page, |page| {
        dom::set_title(&match page {
            Page::Estimate => "Foretoken: know the bill before it comes".to_owned(),
            other => format!("{} · Foretoken", other.title()),
        });
    });
}

/// Fetch the prices and the table of tokenizers; again where the user asks for it.
#[hook]
fn use_catalog(store: &Store) {
    let dispatch = store.dispatcher();
    use_effect_with(store.attempt, move |_| spawn_local(fetch_catalog(dispatch)));
}

/// Fetch the prices of providers beyond the first ones, once something calls for them.
#[hook]
fn use_missing_files(store: &Store) {
    let dispatch = store.dispatcher();
    use_effect_with((store.missing_files(), store.attempt), move |(files, _)| {
        for file in files.clone() {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                let arrival = match read(&format!("catalog/{file}"), Catalog::from_json).await {
                    Ok(more) => Arrival::OnDemand(more),
                    Err(why) => Arrival::Trouble(why),
                };
                dispatch.dispatch(Action::Arrive(arrival));
            });
        }
    });
}

async fn fetch_catalog(dispatch: Dispatch) {
    let arrive = |arrival| dispatch.dispatch(Action::Arrive(arrival));
    match read("tokenizers.json", Families::read).await {
        Ok(families) => arrive(Arrival::Families(families)),
        Err(why) => arrive(Arrival::Trouble(why)),
    }
    match read("catalog/main.json", Catalog::from_json).await {
        Ok(catalog) => arrive(Arrival::Catalog(catalog)),
        Err(why) => arrive(Arrival::Trouble(why)),
    }
    match read("media.json", MediaRules::read).await {
        Ok(media) => arrive(Arrival::Media(media)),
        Err(why) => arrive(Arrival::Trouble(why)),
    }
    match read("catalog/index.json", CatalogIndex::from_json).await {
        Ok(index) => arrive(Arrival::Index(index)),
        Err(why) => arrive(Arrival::Trouble(why)),
    }
}

/// Fetch a file and read it.
async fn read<T, E: std::fmt::Display>(
    name: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, String> {
    let text = files::read(name).await?;
    parse(&text).map_err(|error| error.to_string())
}

/// Open the kept draft. What cannot be read is set aside, so that neither it nor the page is lost.
async fn open_draft(dispatch: Dispatch) {
    let arrive = |arrival| dispatch.dispatch(Action::Arrive(arrival));
    let kept = match draft::load().await {
        Ok(Some(kept)) => kept,
        Ok(None) => return arrive(Arrival::Draft(None)),
        Err(why) => {
            arrive(Arrival::Notice(Notice::NotSaved { why }));
            return arrive(Arrival::UnreadableDraft);
        }
    };
    match Scenario::from_json(&kept) {
        Ok(scenario) => {
            let (scenario, lost) = with_documents(scenario).await;
            arrive(Arrival::Draft(Some(Box::new(scenario))));
            if !lost.is_empty() {
                arrive(Arrival::Notice(Notice::DocumentsLost { names: lost }));
            }
        }
        Err(error) => {
            let aside = draft::set_aside(&kept).await;
            let why = match &aside {
                Ok(()) => error.to_string(),
                Err(refused) => format!("{error}; {refused}"),
            };
            arrive(Arrival::Notice(Notice::DraftSetAside { why }));
            arrive(match aside {
                Ok(()) => Arrival::Draft(None),
                Err(_) => Arrival::UnreadableDraft,
            });
        }
    }
}

/// A kept scenario with the texts of its documents, and the names of those whose text is gone.
async fn with_documents(scenario: Scenario) -> (Scenario, Vec<String>) {
    let mut texts = HashMap::new();
    for document in scenario
        .prompt
        .documents()
        .filter(|each| !each.key.is_empty())
    {
        if let Some(text) = draft::document_text(&document.key).await {
            texts.insert(document.key.clone(), text);
        }
    }
    scenario.with_documents(|key| texts.get(key).cloned())
}

/// Milliseconds of rest after which a change is kept.
const SAVE_AFTER: u32 = 400;

#[hook]
fn use_saving(store: &Store) {
    let dispatch = store.dispatcher();
    // What is not yet surely kept.
    let waiting = use_mut_ref(|| None::<Shared<Scenario>>);
    let (next, last) = (waiting.clone(), waiting.clone());
    let save = use_callback((), move |_: (), ()| {
        if let Some(scenario) = waiting.borrow().clone() {
            spawn_local(save(scenario, waiting.clone(), dispatch.clone()));
        }
    });
    // After a rest, and at once when the page is hidden: a reload must not lose the last word.
    let hidden = save.clone();
    use_effect_with((), move |()| {
        let listener = clock::when_hidden(move || {
            if let Some(scenario) = &*last.borrow() {
                let (draft, _) = (**scenario).clone().without_documents();
                draft::save_last_word(&draft.to_json());
            }
            hidden.emit(());
        });
        move || drop(listener)
    });
    use_effect_with(
        (store.draft, store.scenario.clone(), store.kept.clone()),
        move |(draft, scenario, kept)| {
            // The draft as it was opened need not be kept again.
            let changed = *draft == Draft::Open && scenario != kept;
            *next.borrow_mut() = changed.then(|| scenario.clone());
            let timeout = clock::after(SAVE_AFTER, move || save.emit(()));
            move || drop(timeout)
        },
    );
}

async fn save(
    scenario: Shared<Scenario>,
    waiting: Rc<RefCell<Option<Shared<Scenario>>>>,
    dispatch: Dispatch,
) {
    let (draft, documents) = (*scenario).clone().without_documents();
    let kept = draft::save(&draft.to_json(), documents).await;
    // What cannot be kept is said, and not tried again before the next change.
    waiting.borrow_mut().take_if(|latest| *latest == scenario);
    if let Err(why) = kept {
        let notice = Notice::NotSaved { why };
        dispatch.dispatch(Action::Arrive(Arrival::Notice(notice)));
    }
}

#[derive(Properties, PartialEq)]
struct PlateProps {
    page: Page,
}

#[component]
fn Plate(props: &PlateProps) -> Html {
    let dark = use_state(dom::is_dark);
    let toggle = {
        let dark = dark.clone();
        Callback::from(move |_: MouseEvent| {
            dom::set_theme(if *dark { "light" } else { "dark" });
            dark.set(!*dark);
        })
    };
    let link = |page: Page| {
        let current = (page == props.page).then_some("page");
        html! { <a href={page.hash()} aria-current={current}>{ page.title() }</a> }
    };
    html! {
        <header class="plate">
            <a class="mark" href={Page::Estimate.hash()}>{ icon::mark() }{ "Foretoken" }</a>
            <span class="motto">{ "Know the bill before it comes" }</span>
            <nav aria-label="Pages">{ for Page::ALL.into_iter().map(link) }</nav>
            <div class="end">
                <span class="private">{ "Nothing you type leaves this page" }</span>
                <button class="btn bare" onclick={toggle}>{ if *dark { "Light" } else { "Dark" } }</button>
            </div>
        </header>
    }
}

fn notices(store: &Store) -> Html {
    html! {
        <div class="notices" role="status">
            { for store.trouble.iter().map(|what| html! {
                <div class="alert"><span class="flag">{ "Something is missing" }</span><span>{ what }</span>
                    <span class="end"><button class="btn" onclick={act(store, |_: MouseEvent| Action::Look(Look::TryAgain))}>{ "Try again" }</button></span></div>
            }) }
            { for store.notice.iter().map(|notice| notice_line(store, notice)) }
        </div>
    }
}

fn notice_line(store: &Store, notice: &Notice) -> Html {
    let dismiss = act(store, |_: MouseEvent| Action::Look(Look::Dismiss));
    let (words, action) = match notice {
        Notice::DraftSetAside { why } => (
            format!(
                "The saved draft could not be read, so the page started fresh. {}.",
                capital(why)
            ),
            html! { <button class="btn" onclick={Callback::from(|_: MouseEvent| download_set_aside())}>{ "Download it" }</button> },
        ),
        Notice::NotSaved { why } => (
            format!("Your draft is not being kept: {why}. It lasts as long as this page is open."),
            Html::default(),
        ),
        Notice::DocumentsLost { names } => (
            format!(
                "The text of {} was no longer kept in this browser, so it is not attached any more.",
                names.join(", ")
            ),
            Html::default(),
        ),
        Notice::Deleted => (
            "All that this page kept in your browser is deleted.".to_owned(),
            Html::default(),
        ),
        Notice::Removed { what, .. } => {
            let undo = act(store, |_: MouseEvent| Action::Choose(Choice::Undo));
            (
                capital(what) + ".",
                html! { <button class="btn" onclick={undo}>{ "Undo" }</button> },
            )
        }
    };
    html! {
        <div class="alert calm">
            <span>{ words }</span>
            <span class="end">{ action }<button class="btn bare" onclick={dismiss}>{ "Dismiss" }</button></span>
        </div>
    }
}

fn download_set_aside() {
    spawn_local(async {
        if let Some(content) = draft::set_aside_content().await {
            dom::download("foretoken-draft.txt", &content);
        }
    });
}

/// A callback that changes the store.
pub fn act<E: 'static>(store: &Store, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
    act_by(&store.dispatcher(), action)
}

/// The same, for parts that only know the way.
pub fn act_by<E: 'static>(
    dispatch: &Dispatch,
    action: impl Fn(E) -> Action + 'static,
) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |event| dispatch.dispatch(action(event)))
}
