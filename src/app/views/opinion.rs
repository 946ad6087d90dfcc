//! "Check this count with tiktoken-rs": a second opinion, for whoever wants one.

use foretoken::estimate::PromptTokens;
use foretoken::tokens::Encoding;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::{intl, opinion};
use crate::shell::Store;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub encoding: Encoding,
}

/// What was asked, of which text, and what the answer is once it is there.
struct Asked {
    revision: u64,
    answer: Option<Result<u64, String>>,
}

/// The button, and after it the answer; a change of the text takes the answer away.
#[component]
pub fn Opinion(props: &Props) -> Html {
    let store = use_context::<Store>();
    let asked = use_state(|| None::<Asked>);
    let Some(store) = store else {
        return Html::default();
    };
    let encoding = props.encoding.plain();
    let Some(ours) = store.counts.get(&encoding).map(|counts| counts.text()) else {
        return Html::default();
    };
    let ask = {
        let (asked, store) = (asked.clone(), store.clone());
        Callback::from(move |_: MouseEvent| {
            let revision = store.revision;
            let texts: Vec<_> = store.scenario.prompt.texts().cloned().collect();
            asked.set(Some(Asked {
                revision,
                answer: None,
            }));
            let asked = asked.clone();
            spawn_local(async move {
                let answer = opinion::ask(encoding.name(), &texts).await;
                let answer = answer.map(|each| each.into_iter().map(u64::from).sum());
                asked.set(Some(Asked {
                    revision,
                    answer: Some(answer),
                }));
            });
        })
    };
    let known = (*asked)
        .as_ref()
        .filter(|asked| asked.revision == store.revision);
    html! {
        <p class="opinion" role="status">
            { match known.map(|asked| &asked.answer) {
                None => html! { <button class="btn small" onclick={ask}>{ "Check this count with tiktoken-rs" }</button> },
                Some(None) => html! { "tiktoken-rs is loading and counting…" },
                Some(Some(answer)) => html! { { words(ours, answer) } },
            } }
        </p>
    }
}

/// Only OpenAI's encodings have this second opinion.
pub fn second_opinion(prompt: &PromptTokens) -> Html {
    let counted = prompt.family.is_none() && prompt.counted_with.is_openai();
    if !counted {
        return Html::default();
    }
    html! { <Opinion encoding={prompt.counted_with} /> }
}

fn words(ours: u64, answer: &Result<u64, String>) -> String {
    match answer {
        Ok(theirs) if *theirs == ours => format!(
            "tiktoken-rs 0.12.1 counts the same: {} text tokens.",
            intl::count(ours)
        ),
        Ok(theirs) => format!(
            "tiktoken-rs 0.12.1 counts {} text tokens and we count {}: one of the two is wrong. Please tell us.",
            intl::count(*theirs),
            intl::count(ours)
        ),
        Err(why) => format!("There is no second opinion: {why}."),
    }
}
