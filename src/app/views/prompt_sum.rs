//! The tokens of a prompt line by line, in the working of a figure: its texts, and all that a chat and its tools add.

use foretoken::estimate::{FramingRule, PromptTokens};
use foretoken::tokens::{PromptCounts, TokenCount, ToolCount};
use yew::prelude::*;

use crate::effects::intl;
use crate::parts::basis;
use crate::parts::words::many;
use crate::rows::Row;
use crate::shell::Store;

/// What OpenAI's rule counts around each message, and where the answer begins.
const AROUND: u64 = 3;

pub fn prompt_tape(store: &Store, row: &Row) -> Html {
    let prompt = row.estimate.as_ref().map(|estimate| &estimate.prompt);
    let Some(prompt) = prompt.filter(|_| !store.rough) else {
        return Html::default();
    };
    let Some(counts) = store.counts.get(&prompt.counted_with.plain()) else {
        return Html::default();
    };
    let texts = match counts.documents.len() {
        0 => many(counts.messages.len() as u64, "message"),
        documents => format!(
            "{} and {}",
            many(counts.messages.len() as u64, "message"),
            many(documents as u64, "document")
        ),
    };
    html! {
        <table class="tape attachments counts">
            <caption>{ "The prompt, in tokens" }</caption>
            <tbody>
                { line("Text", texts, number(prompt.text), basis::basis_of(prompt.text)) }
                { framing(prompt, counts) }
                { tools(prompt, &counts.tools) }
                if prompt.media.tokens > 0 {
                    { line("Attached besides texts", "line by line below".to_owned(), number(prompt.media), basis::basis_of(prompt.media)) }
                }
                { calibrated(prompt) }
                <tr class="sum"><th scope="row">{ "Prompt" }</th><td>{ number(prompt.total) }</td><td>{ basis::basis_of(prompt.total) }</td></tr>
            </tbody>
        </table>
    }
}

fn line(name: &str, how: String, tokens: String, sure: Html) -> Html {
    html! { <tr><th scope="row">{ name }<small>{ how }</small></th><td>{ tokens }</td><td>{ sure }</td></tr> }
}

fn number(count: TokenCount) -> String {
    let about = if count.is_banded() { "≈ " } else { "" };
    format!("{about}{}", intl::count(count.tokens))
}

/// What stands around the messages, part by part where a rule says so.
fn framing(prompt: &PromptTokens, counts: &PromptCounts) -> Html {
    let sure = || basis::basis_of(prompt.framing);
    let messages = counts.messages.len() as u64;
    match prompt.rule {
        FramingRule::None => Html::default(),
        FramingRule::Unknown => line(
            "Around the messages",
            "the provider publishes no rule".to_owned(),
            "unknown".to_owned(),
            Html::default(),
        ),
        FramingRule::Guessed => line(
            "Around the messages",
            format!("a guess for {}", many(messages, "message")),
            number(prompt.framing),
            sure(),
        ),
        FramingRule::Published | FramingRule::Modelled => {
            let around = AROUND * messages;
            let names = prompt.framing.tokens.saturating_sub(around + AROUND);
            let rule = match prompt.rule {
                FramingRule::Published => "OpenAI’s rule",
                _ => "OpenAI’s rule for older models",
            };
            html! {
                <>
                { line("Around the messages", format!("{AROUND} × {messages}, {rule}"), intl::count(around), sure()) }
                { line("Who speaks", "the name of each role".to_owned(), intl::count(names), sure()) }
                { line("Where the answer begins", rule.to_owned(), intl::count(AROUND), sure()) }
                </>
            }
        }
    }
}

fn tools(prompt: &PromptTokens, count: &ToolCount) -> Html {
    if count.tools == 0 {
        return Html::default();
    }
    let how = match (prompt.rule, count.nested) {
        (FramingRule::Unknown | FramingRule::Guessed, _) => format!(
            "their JSON is {} tokens; what the provider makes of it is not published",
            intl::count(count.json)
        ),
        (_, false) => format!(
            "OpenAI’s cookbook; rendered as TypeScript they are {}",
            intl::count(count.typescript)
        ),
        (_, true) => format!(
            "rendered as TypeScript; the cookbook’s rule, which knows no nesting, says {}",
            intl::count(count.cookbook)
        ),
    };
    line(
        &many(count.tools, "tool"),
        how,
        number(prompt.tools),
        basis::basis_of(prompt.tools),
    )
}

/// A true count that the user stated stands in the place of ours.
fn calibrated(prompt: &PromptTokens) -> Html {
    let Some(known) = prompt.calibration else {
        return Html::default();
    };
    line(
        "Your true count",
        format!(
            "{} where we counted {}: it stands for the lines above",
            intl::count(known.stated),
            intl::count(known.counted)
        ),
        String::new(),
        Html::default(),
    )
}
