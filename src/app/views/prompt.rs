use foretoken::tokens::Role;
use yew::prelude::*;

use super::explain::Explain;
use super::message::{Card, message_card};
use crate::effects::counting::Counting;
use crate::effects::{dom, intl};
use crate::parts::segments::Segments;
use crate::parts::words::many;
use crate::rows::{Row, selected};
use crate::shell::{Store, act};
use crate::store::{Action, Choice, Counter, Look, State, TokenView};
use foretoken::estimate::{PromptTokens, family_of};
use foretoken::tokens::{Encoding, PromptCounts};
use foretoken::wire::Stage;

/// The prompt: its messages, its tools, how it is counted.
pub fn prompt_pane(store: &Store, counting: &Counting, read: Option<&Row>) -> Html {
    let dispatch = store.dispatcher();
    let counting = counting.clone();
    let encoding = shown_encoding(store);
    let counts = store.counts.get(&encoding);
    let prompt = read.and_then(|row| Some(&row.estimate.as_ref()?.prompt));
    let warm = Callback::from(move |_: FocusEvent| counting.warm_up());
    let view = act(store, |view| Action::Look(Look::Tokens(view)));
    html! {
        <section class="specimen sec" aria-label="Prompt" onfocusin={warm}>
            <div class="head">
                <h1>{ "Prompt" }</h1>
                <span class="note" role="status">{ total(store, counts) }{ prompt.and_then(besides) }</span>
                <div class="end">
                    { Segments { label: "View", name: "view", chosen: store.view.tokens, on_choose: view, grid: false, options: vec![
                        (TokenView::Text, "Text".into()),
                        (TokenView::Tokens, "Tokens".into()),
                        (TokenView::Ids, "Ids".into()),
                    ] }.draw() }
                </div>
            </div>
            { progress(store) }
            { for store.scenario.prompt.messages.iter().enumerate().map(|(index, message)| message_card(&dispatch, &Card {
                index,
                last: store.scenario.prompt.messages.len() - 1,
                message,
                tokens: counts.and_then(|counts| counts.messages.get(index).copied()),
                rough: store.rough,
                view: store.view.tokens,
                editing: store.view.edit_long,
                encoding,
                lines: prompt.map_or(&[], |prompt| &prompt.attachments),
                model: read.map_or("", |row| &row.title),
                takings: store.takings.iter().filter(|taking| taking.message == index).collect(),
            })) }
            if store.is_empty() { { examples(store) } }
            { buttons(store) }
            if store.view.tools { { tools(store, counts) } }
            <Explain encoding={encoding} />
        </section>
    }
}

/// The encoding whose tokens are drawn: the selected model's own, else the base of its estimate.
fn shown_encoding(state: &State) -> Encoding {
    selected(state)
        .and_then(|listing| Encoding::from_name(family_of(listing.model)))
        .map(Encoding::plain)
        .filter(|encoding| state.counts.contains_key(encoding))
        .unwrap_or(Encoding::O200kBase)
}

fn total(store: &Store, counts: Option<&PromptCounts>) -> String {
    match counts {
        None => String::new(),
        Some(counts) if store.rough => format!("≈ {}", many(counts.text(), "text token")),
        Some(counts) => {
            let tools = match counts.tools.cookbook {
                0 => String::new(),
                tokens => format!(", {} tools", intl::count(tokens)),
            };
            format!(
                "{}, {} framing{tools}",
                many(counts.text(), "text token"),
                intl::count(counts.framing),
            )
        }
    }
}

/// What is attached besides texts.
fn besides(prompt: &PromptTokens) -> Option<String> {
    let media = prompt.media.tokens;
    (media > 0).then(|| format!(", {} for what is attached", intl::count(media)))
}

/// What the counter is at, where it takes a while or stopped.
fn progress(store: &Store) -> Html {
    match (&store.counter, &store.stage) {
        (Counter::Broken(why), _) => stopped(store, why),
        (Counter::Cancelled, _) => stopped(store, "You stopped the count."),
        (
            _,
            Some(Stage::Loading {
                vocabulary,
                done,
                of,
            }),
        ) => html! {
            <div class="alert calm">
                <span>{ format!("Vocabulary {vocabulary} is arriving") }</span>
                { bar("Vocabulary", *done, *of) }
                <span>{ megabytes(*done) }</span>
            </div>
        },
        (
            _,
            Some(Stage::Counting {
                done, of, tokens, ..
            }),
        ) => {
            let cancel = act(store, |_: MouseEvent| Action::Look(Look::CancelCount));
            html! {
                <div class="alert calm">
                    <span>{ format!("Counting {}", megabytes(*of)) }</span>
                    { bar("Counting", *done, *of) }
                    <span>{ format!("{}, {} tokens", megabytes(*done), intl::count(*tokens)) }</span>
                    <span class="end"><button class="btn" onclick={cancel}>{ "Cancel" }</button></span>
                </div>
            }
        }
        _ => missing(store),
    }
}

fn missing(store: &Store) -> Html {
    let Some(why) = store.missing.values().next() else {
        return Html::default();
    };
    let again = act(store, |_: MouseEvent| Action::Look(Look::CountAgain));
    html! {
        <div class="alert">
            <span class="flag">{ "Some models are not counted" }</span>
            <span>{ why }</span>
            <span class="end"><button class="btn" onclick={again}>{ "Count again" }</button></span>
        </div>
    }
}

fn stopped(store: &Store, why: &str) -> Html {
    let again = act(store, |_: MouseEvent| Action::Look(Look::CountAgain));
    html! {
        <div class="alert">
            <span class="flag">{ "Counting stopped" }</span>
            <span>{ why }{ " Your text is safe; " }{ what_is_shown(store) }</span>
            <span class="end"><button class="btn" onclick={again}>{ "Count again" }</button></span>
        </div>
    }
}

/// What the figures are, while the text is not counted.
fn what_is_shown(store: &Store) -> &'static str {
    if store.rough {
        "the figures are a guess from its length."
    } else {
        "the figures are from before it changed."
    }
}

fn bar(label: &'static str, done: u64, of: u64) -> Html {
    if of == 0 {
        return html! { <progress class="bar" aria-label={label} /> };
    }
    html! { <progress class="bar" aria-label={label} value={done.min(of).to_string()} max={of.to_string()} /> }
}

fn megabytes(bytes: u64) -> String {
    let megabytes = rust_decimal::Decimal::from(bytes) / rust_decimal::Decimal::from(1_000_000);
    format!("{} MB", intl::number(megabytes, 1))
}

fn buttons(store: &Store) -> Html {
    let add = act(store, |_: MouseEvent| Action::Choose(Choice::AddMessage));
    let clear = act(store, |_: MouseEvent| Action::Choose(Choice::Clear));
    let shown = store.view.tools;
    let tools = act(store, move |_: MouseEvent| {
        Action::Look(Look::Tools(!shown))
    });
    html! {
        <div class="under">
            <button class="btn" onclick={add}>{ "Add message" }</button>
            <button class="btn" aria-expanded={shown.to_string()} onclick={tools}>
                { if shown { "Hide tools" } else { "Add tools" } }
            </button>
            if !store.is_empty() { <button class="btn bare end" onclick={clear}>{ "Clear" }</button> }
        </div>
    }
}

fn tools(store: &Store, counts: Option<&PromptCounts>) -> Html {
    let error = counts.and_then(|counts| counts.tools_error.clone());
    let words = counts
        .filter(|counts| counts.tools.tools > 0)
        .map(|counts| {
            format!(
                "{}, {} by OpenAI’s cookbook, {} as rendered for the model",
                many(counts.tools.tools, "tool"),
                many(counts.tools.cookbook, "token"),
                intl::count(counts.tools.typescript),
            )
        });
    let on_input = {
        let store = store.clone();
        dom::on_text::<InputEvent>(move |text| store.dispatch(Action::Choose(Choice::Tools(text))))
    };
    html! {
        <div class="lab tools-field">
            <label for="tools">{ "Tools the model may call, as JSON" }</label>
            <textarea id="tools" class="field area" spellcheck="false" value={store.scenario.prompt.tools.clone()}
                placeholder={r#"[{"type": "function", "function": {"name": "find_order", "parameters": {}}}]"#}
                aria-invalid={error.is_some().then_some("true")} aria-describedby="tools-note" oninput={on_input} />
            <p id="tools-note" role="status" class={error.is_some().then_some("flag wrap")}>
                { error.or(words).unwrap_or_else(|| "They are sent with every request, so they are billed with every request.".to_owned()) }
            </p>
        </div>
    }
}

type Example = (&'static str, &'static [(Role, &'static str)]);

const EXAMPLES: [Example; 3] = [
    (
        "A support question",
        &[
            (
                Role::System,
                "You are the support assistant of Halden Bikes, a shop that sells and repairs bicycles in four cities. Answer in the customer's language, in at most six sentences. Use only the facts in the order record below. If a fact is missing, say so and offer to pass the question to a person.\n\nOrder 40-118-27: Tern HSD P9, frame size M, colour graphite. Ordered 9 November 2026, paid by card. Brake set back-ordered; supplier confirms 27 November.",
            ),
            (
                Role::User,
                "Hi! I ordered an e-bike two weeks ago (order 40-118-27) and still have no delivery date. Is it the brakes? Also: please unsubscribe me from the newsletter. Grüße, Jörg",
            ),
        ],
    ),
    (
        "A contract to summarise",
        &[(
            Role::User,
            "Summarise the clause below for a manager in three bullet points, and name every deadline in it.\n\n7.2 Either party may terminate this agreement by giving the other not less than ninety days' written notice, such notice to expire at the end of a calendar quarter. 7.3 On termination the supplier shall, within thirty days, return or destroy all personal data processed on behalf of the customer and certify in writing that it has done so, save where the law requires a copy to be kept.",
        )],
    ),
    (
        "A code review",
        &[(
            Role::User,
            "Review this function. List bugs first, then style.\n\n```python\ndef mean(values):\n    total = 0\n    for i in range(len(values)):\n        total += values[i]\n    return total / len(values)\n```",
        )],
    ),
];

fn examples(store: &Store) -> Html {
    let example = |(label, messages): Example| {
        let on_click = act(store, move |_: MouseEvent| {
            Action::Choose(Choice::Example(messages))
        });
        html! { <button class="btn" onclick={on_click}>{ label }</button> }
    };
    html! {
        <p class="examples">{ "Or start from " }{ for EXAMPLES.into_iter().map(example) }</p>
    }
}
