use foretoken::figures::Bounds;
use foretoken::scenario::{AnswerEnd, AnswerLength, MOST_TOKENS};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::effects::{dom, intl};
use crate::parts::field::NumberField;
use crate::parts::segments::Segments;
use crate::rows::Row;
use crate::shell::{Store, act};
use crate::store::{Action, Choice};

/// How long the answer will be: a preset in words, a sample, or the user's own figures.
pub fn answer_form(store: &Store, reading: Option<&Row>) -> Html {
    let length = store.scenario.answer.length;
    let choose = act(store, |length| Action::Choose(Choice::Length(length)));
    let options = AnswerLength::ALL
        .into_iter()
        .filter(|length| *length != AnswerLength::Own)
        .map(|length| (length, length.label().into()))
        .collect::<Vec<_>>();
    html! {
        <div class="sec">
            <div class="head">
                <h2>{ "Answer" }</h2>
                <span class="note">{ "Nobody can count it yet, so give a range" }</span>
            </div>
            { Segments { label: "Answer length", name: "length", chosen: length, on_choose: choose, grid: true, options }.draw() }
            if length == AnswerLength::Sample { { sample(store) } }
            { fields(store, reading) }
            <p class="note below">{ explain(length, reading) }</p>
        </div>
    }
}

fn sample(store: &Store) -> Html {
    let on_input = {
        let store = store.clone();
        dom::on_text::<InputEvent>(move |text| store.dispatch(Action::Choose(Choice::Sample(text))))
    };
    html! {
        <div class="lab tools-field">
            <label for="sample">{ "A typical answer" }</label>
            <textarea id="sample" class="field area" placeholder="Paste an answer you would expect"
                value={store.scenario.answer.sample.clone()} oninput={on_input} />
        </div>
    }
}

/// The three figures of the model under the reading; typing one makes all three the user's own.
fn fields(store: &Store, reading: Option<&Row>) -> Html {
    let known = reading.and_then(|row| row.estimate.as_ref()?.answer.tokens);
    let own = store.scenario.answer.own;
    // One's own figures stand as they were typed, whatever a model's limit makes of them.
    let shown = match store.scenario.answer.length {
        AnswerLength::Own => Some(own),
        _ => known,
    };
    let start = shown.unwrap_or(own);
    let field = |id: &'static str, end: AnswerEnd, value: u64| {
        let on_value = act(store, move |number: Decimal| {
            Action::Choose(Choice::OwnAnswer {
                end,
                tokens: number.to_u64().unwrap_or(MOST_TOKENS),
                beside: start,
            })
        });
        html! {
            <NumberField {id} label={end.label()} unit="tokens" value={shown.is_some().then(|| value.into())} placeholder="–"
                bounds={Bounds::whole(0, MOST_TOKENS)} {on_value} />
        }
    };
    html! {
        <div class="tri">
            { field("answer-low", AnswerEnd::Low, start.low) }
            { field("answer-expected", AnswerEnd::Expected, start.expected) }
            { field("answer-high", AnswerEnd::High, start.high) }
        </div>
    }
}

/// Where the three figures come from.
fn explain(length: AnswerLength, reading: Option<&Row>) -> String {
    let model = reading.map_or("the model", |row| row.title.as_str());
    match length {
        AnswerLength::Own => "Your own figures, the same number of tokens on every model.".to_owned(),
        AnswerLength::LikeThePrompt => {
            format!("As long as the prompt, give or take a quarter, in {model}’s own tokens.")
        }
        AnswerLength::ModelMaximum => {
            "The most each model will write, where its provider publishes a limit.".to_owned()
        }
        AnswerLength::Sample => {
            format!("From half to twice the length of the sample, in {model}’s own tokens.")
        }
        in_words => in_words.words().map_or_else(String::new, |(low, expected, high)| {
            format!(
                "{} words, from {} to {}, at 4 tokens for 3 words; each model’s own tokens. Shown for {model}.",
                intl::count(expected),
                intl::count(low),
                intl::count(high),
            )
        }),
    }
}
