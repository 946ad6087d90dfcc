use std::cmp::Reverse;

use foretoken::tokens::{Encoding, Piece};
use foretoken::wire::PiecesRequest;
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::counting::Counting;
use crate::effects::intl;
use crate::shell::Store;
use crate::store::State;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub encoding: Encoding,
}

/// The part of each message that is looked at for an example, and how many words of it.
const FIRST_BYTES: usize = 4_000;
const CANDIDATES: usize = 16;

/// "What is a token?", with the user's own words.
#[component]
pub fn Explain(props: &Props) -> Html {
    let (Some(store), Some(counting)) = (use_context::<Store>(), use_context::<Counting>()) else {
        return Html::default();
    };
    let encoding = props.encoding;
    let words = interesting_words(&store);
    let opened = use_state(|| false);
    {
        let opened = *opened;
        use_effect_with(
            (opened, words.clone(), encoding),
            move |(opened, words, encoding)| {
                if *opened && !words.is_empty() {
                    counting.pieces(PiecesRequest {
                        revision: 0,
                        encoding: *encoding,
                        blocks: words.clone(),
                    });
                }
            },
        );
    }
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |_: Event| opened.set(!*opened))
    };
    html! {
        <details class="explain" ontoggle={toggle}>
            <summary>{ "What is a token?" }</summary>
            <p>{ "Models read and bill text in pieces called tokens: common words are one token, rare ones several." }
               { " The space before a word belongs to its token. " }
               { for examples(&store, encoding, &words) }
               { average(&store, encoding) }</p>
            <p>{ "A chat costs a few tokens more than its text: they mark where each message begins and ends, and who speaks." }</p>
        </details>
    }
}

/// The longest words of the text, those with letters beyond plain ASCII first: among them are the ones that show best
/// how tokens cut.
fn interesting_words(state: &State) -> Vec<String> {
    let messages = &state.scenario.prompt.messages;
    let mut words: Vec<&str> = messages
        .iter()
        .map(|message| &message.text[..message.text.floor_char_boundary(FIRST_BYTES)])
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .filter(|word| (2..24).contains(&word.chars().count()))
        .collect();
    words.sort_by_key(|word| (word.is_ascii(), Reverse(word.chars().count()), *word));
    words.dedup();
    if words.is_empty() {
        words = vec!["unsubscribe", "Jörg"];
    }
    words
        .into_iter()
        .take(CANDIDATES)
        .map(|word| format!(" {word}"))
        .collect()
}

/// Of the words whose tokens are known, one that is a token and one that is several.
fn examples(state: &State, encoding: Encoding, words: &[String]) -> Vec<Html> {
    let cut = |word: &&String| {
        state
            .pieces
            .get(&(encoding, (*word).clone()))
            .map(|cut| cut.pieces.len())
    };
    let whole = words.iter().find(|word| cut(word) == Some(1));
    let several = words
        .iter()
        .find(|word| cut(word).is_some_and(|pieces| pieces > 1));
    [whole, several]
        .into_iter()
        .flatten()
        .filter_map(|word| cut_word(state, encoding, word))
        .collect()
}

fn cut_word(state: &State, encoding: Encoding, word: &str) -> Option<Html> {
    let pieces = state.pieces.get(&(encoding, word.to_owned()))?;
    let count = match pieces.pieces.len() {
        1 => "one token".to_owned(),
        more => format!("{} tokens", intl::count(more as u64)),
    };
    Some(html! {
        <>{ format!("“{}” is {count}, ", word.trim()) }{ for parts(pieces.text(), &pieces.pieces) }{ ". " }</>
    })
}

fn parts(word: &str, pieces: &[Piece]) -> Vec<Html> {
    let mut start = 0;
    let mut end = 0;
    let mut shown: Vec<Html> = Vec::new();
    for piece in pieces {
        end += piece.bytes;
        if word.is_char_boundary(end) {
            let odd = (shown.len() % 2 == 1).then_some("odd");
            shown.push(html! { <code class={odd}>{ word[start..end].to_owned() }</code> });
            start = end;
        }
    }
    shown
}

fn average(state: &State, encoding: Encoding) -> Option<String> {
    let counts = state.counts.get(&encoding).filter(|_| !state.rough)?;
    let tokens: u64 = counts.messages.iter().sum();
    let messages = &state.scenario.prompt.messages;
    if tokens == 0 || state.scenario.prompt.bytes() > 1_000_000 {
        return None;
    }
    let characters: usize = messages
        .iter()
        .map(|message| message.text.chars().count())
        .sum();
    let each = Decimal::from(characters) / Decimal::from(tokens);
    Some(format!(
        "In your text a token is {} characters on average.",
        intl::number(each, 1)
    ))
}
