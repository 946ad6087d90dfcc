use foretoken::tokens::Basis;
use yew::prelude::*;

use super::licences::Licences;
use crate::effects::{files, intl};
use crate::parts::basis;
use crate::shell::Store;

/// How the figures come about, in words a buyer understands, with one example that adds up.
pub fn help(store: &Store) -> Html {
    html! {
        <main class="text-page">
            <h1>{ "How it works" }</h1>
            <p class="lead">{ "Providers bill text in tokens. Foretoken counts the tokens of your prompt, takes a range for the answer, and multiplies both by each model’s prices." }</p>
            { example() }
            { sureness() }
            { attached() }
            { rules() }
            { plans() }
            { tried() }
            { sources(store) }
            <Licences />
        </main>
    }
}

fn example() -> Html {
    html! {
        <>
        <h2>{ "One request, worked" }</h2>
        <p>{ "A prompt of 195 tokens to a model at $2.00 per million prompt tokens and $10.00 per million answer tokens, with an answer of 280 tokens:" }</p>
        <table class="tape">
            <caption class="vh">{ "An example" }</caption>
            <tbody>
                <tr><th scope="row">{ "Prompt" }</th><td>{ "195 tokens" }</td><td>{ "× $2.00 / 1M" }</td><td>{ "$0.00039" }</td></tr>
                <tr><th scope="row">{ "Answer, expected" }</th><td>{ "280 tokens" }</td><td>{ "× $10.00 / 1M" }</td><td>{ "$0.0028" }</td></tr>
                <tr class="sum"><th scope="row">{ "One request" }</th><td></td><td></td><td>{ "$0.00319" }</td></tr>
            </tbody>
        </table>
        <p>{ "1,200 such requests a day are 37,200 in December, and 37,200 × $0.00319 = $118.668, which is billed as $118.67. Nothing is rounded before that line." }</p>
        </>
    }
}

fn sureness() -> Html {
    html! {
        <>
        <h2>{ "How sure a count is" }</h2>
        <dl class="facts wide">
            <dt>{ basis::basis(Basis::Exact) }</dt><dd>{ "The model’s own published vocabulary and its published chat framing. A working can be checked with a second counter, tiktoken-rs." }</dd>
            <dt>{ basis::basis(Basis::Probable) }</dt><dd>{ "The text is likely exact; the framing around it, or which vocabulary the model uses, is modelled or unknown." }</dd>
            <dt>{ basis::basis(Basis::Estimate) }</dt><dd>{ "The vocabulary is not public, or is not loaded here. The band says how far it may be off." }</dd>
            <dt>{ basis::basis(Basis::Stated) }</dt><dd>{ "You entered a true count; the models of that family follow it." }</dd>
        </dl>
        </>
    }
}

/// Pictures, sound and documents, with one example that adds up.
fn attached() -> Html {
    html! {
        <>
        <h2>{ "What is attached" }</h2>
        <p>{ "Drop files on a message, pick them with “Attach”, or paste them. A picture’s size, a recording’s length and a text are read in your browser; nothing is uploaded, and no picture is opened. A paste of more than 1 MB becomes a document of its own." }</p>
        <p>{ "A photo of 1,024 × 1,024 pixels is 4 tiles for gpt-4o: 85 + 170 × 4 = 765 tokens. Each maker has its own rule; the working names it, with its date. Where none is known the picture is not counted: the figure then begins with ≥, says what it leaves out, and is not compared with others." }</p>
        <dl class="facts wide">
            <dt>{ "PDF" }</dt><dd>{ "Claude reads the text and a picture of each page, Gemini the pages in place of the text; of others the pages are not known. Choose “its text only” where you send the text." }</dd>
            <dt>{ "Text" }</dt><dd>{ "UTF-8, UTF-16 or, where it is neither, Windows-1252, and the page says so. Up to 64 MB: more is a log, whose requests and sizes belong on the Month page." }</dd>
            <dt>{ "Sound" }</dt><dd>{ "Counted by its length, at the model’s price for sound where it has one, and never taken to be cached." }</dd>
        </dl>
        </>
    }
}

fn rules() -> Html {
    html! {
        <>
        <h2>{ "Rules that change a price" }</h2>
        <dl class="facts wide">
            <dt>{ "Long prompts" }</dt><dd>{ "Over a threshold some models charge the whole request more. The cached part counts towards it; the answer never does." }</dd>
            <dt>{ "Cache" }</dt><dd>{ "A part of the prompt that the provider has kept costs less to read and sometimes more to write." }</dd>
            <dt>{ "Batch and others" }</dt><dd>{ "Slower or faster ways to ask have prices of their own. A model without one keeps its standard price, and says so." }</dd>
            <dt>{ "Dates and hours" }</dt><dd>{ "Some prices end on a date or change with the hour. A month is cut where they do, and each part is a line of its working." }</dd>
            <dt>{ "No price" }</dt><dd>{ "Where a price is missing the table says so and sorts the model last. It is never 0." }</dd>
        </dl>
        <h2>{ "How a price gets corrected" }</h2>
        <p>{ "Open any figure, choose “Change this price”, and type the right one: it holds at once in your browser and is marked. To correct it for everyone, tell the project which price is wrong, with the provider’s page; the next catalogue carries it with its date." }</p>
        </>
    }
}

/// How a month is billed, with the example every plan is explained by.
fn plans() -> Html {
    html! {
        <>
        <h2>{ "A month on a plan" }</h2>
        <p>{ "The Month page bills the same month on up to five plans. One table of prices, $0.05 per 1,000 tokens up to 10,000 and $0.04 above, can mean two things; this is what 10,500 tokens cost:" }</p>
        <table class="tape">
            <caption class="vh">{ "Two readings of one table" }</caption>
            <tbody>
                <tr><th scope="row">{ "Graduated (marginal), first tier" }</th><td>{ "10,000 tokens" }</td><td>{ "× $0.05 / 1,000" }</td><td>{ "$0.50" }</td></tr>
                <tr><th scope="row">{ "and the rest" }</th><td>{ "500 tokens" }</td><td>{ "× $0.04 / 1,000" }</td><td>{ "$0.02" }</td></tr>
                <tr class="sum"><th scope="row">{ "Each slice at its own rate" }</th><td></td><td></td><td>{ "$0.52" }</td></tr>
            </tbody>
        </table>
        <table class="tape">
            <caption class="vh">{ "The other reading" }</caption>
            <tbody>
                <tr class="sum"><th scope="row">{ "All-units (volume): one rate for all" }</th><td>{ "10,500 tokens" }</td><td>{ "× $0.04 / 1,000" }</td><td>{ "$0.42" }</td></tr>
            </tbody>
        </table>
        <p>{ "With all-units prices a bill can fall when use rises: 10,000 tokens would be $0.50. The curve marks such cliffs." }</p>
        <dl class="facts wide">
            <dt>{ "Included units" }</dt><dd>{ "Units that come with the plan. What goes beyond them is overage." }</dd>
            <dt>{ "Minimum, commitment" }</dt><dd>{ "The least a month comes to, and an amount that was promised. What falls short is made up at the end of the month." }</dd>
            <dt>{ "Credits" }</dt><dd>{ "Money paid before, or given. A credit pays for what was charged while it was valid." }</dd>
            <dt>{ "Rounding" }</dt><dd>{ "Each line is rounded once, half away from zero; the total adds up what is shown. Day views are not rounded." }</dd>
            <dt>{ "Plans as files" }</dt><dd>{ "A plan is a JSON document: change it in the form or as text, and take it with you. Its format has a published schema." }</dd>
        </dl>
        </>
    }
}

fn tried() -> Html {
    html! {
        <>
        <h2>{ "Trying it first" }</h2>
        <p>{ "The Sandbox rehearses a conversation. The page plays the model: nothing is sent and nothing is paid, and its words say so. An answer is as often shorter than you expect as longer, never beyond your range." }</p>
        <p>{ "Before a request goes out, the most it can cost is set aside: the prompt as it is counted, with its band, and the longest answer. Where less of your limit is left, it stays here. A model remembers nothing, so each request sends the whole conversation again: “hello world” is 9 tokens to gpt-4o; after an answer of 280 the question “again” is 298." }</p>
        </>
    }
}

fn sources(store: &Store) -> Html {
    let Some(index) = &store.index else {
        return Html::default();
    };
    let notice = files::address_of("catalog/NOTICE.txt");
    html! {
        <>
        <h2>{ "Where the prices come from" }</h2>
        <p>{ format!("Price data as of {}. Verify with the provider before you rely on it.", intl::day(index.checked)) }</p>
        <table>
            <caption class="vh">{ "Sources" }</caption>
            <thead><tr><th scope="col">{ "Source" }</th><th scope="col">{ "Version" }</th><th scope="col">{ "Licence" }</th><th scope="col">{ "Used for" }</th></tr></thead>
            <tbody>{ for index.sources.iter().map(|source| html! {
                <tr><th scope="row">{ &source.name }</th><td>{ &source.version }</td><td>{ &source.licence }</td><td>{ &source.used_for }</td></tr>
            }) }</tbody>
        </table>
        if let Some(notice) = notice { <p><a href={notice}>{ "Their licence notices" }</a></p> }
        </>
    }
}
