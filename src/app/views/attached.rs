//! What is attached to a message: each a row with its tokens on the model that is read, and the way to attach more.

use foretoken::estimate::{AttachmentLine, Part};
use foretoken::tokens::{Attachment, Detail, Document, Image, TokenCount};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::message::Card;
use crate::attaching::take_in;
use crate::effects::intake::{self, Progress};
use crate::effects::{dom, intl};
use crate::parts::select::{Select, option};
use crate::parts::words::{capital, many};
use crate::parts::{basis, icon};
use crate::shell::{Dispatch, act_by};
use crate::store::{Action, Arrival, Choice, Intake, Stands, Taking};

pub fn attached(dispatch: &Dispatch, card: &Card<'_>) -> Html {
    let message = card.index;
    html! {
        <footer class="attached">
            <ul aria-label={format!("Attached to message {}", message + 1)}>
                { for card.message.attachments.iter().enumerate().map(|(index, attachment)| row(dispatch, card, (message, index), attachment)) }
                { for card.takings.iter().map(|taking| taking_row(dispatch, taking)) }
            </ul>
            <Attach {message} />
        </footer>
    }
}

fn row(dispatch: &Dispatch, card: &Card<'_>, at: (usize, usize), attachment: &Attachment) -> Html {
    let name = attachment.name();
    let detach = act_by(dispatch, move |_: MouseEvent| {
        Action::Choose(Choice::Detach(at))
    });
    html! {
        <li key={at.1} data-testid="attachment">
            <div class="one">
                <b title={name.to_owned()}>{ name }</b>
                { setting(dispatch, at, attachment) }
                <button class="btn bare icon" aria-label={format!("Remove {name}")} onclick={detach}>{ icon::cross() }</button>
            </div>
            <p>{ size_words(attachment) }{ tokens(card, at) }</p>
            { attachment.document().map(beginning) }
        </li>
    }
}

/// What can be chosen of it: how closely a picture is looked at, what of a PDF is sent.
fn setting(dispatch: &Dispatch, at: (usize, usize), attachment: &Attachment) -> Html {
    match attachment {
        Attachment::Image(image) => detail(dispatch, at, image),
        Attachment::Document(document) if document.pages.is_some() => {
            sent_as(dispatch, at, document)
        }
        _ => Html::default(),
    }
}

fn detail(dispatch: &Dispatch, at: (usize, usize), image: &Image) -> Html {
    let dispatch = dispatch.clone();
    let on_choose = Callback::from(move |name: String| {
        if let Some(detail) = Detail::from_name(&name) {
            dispatch.dispatch(Action::Choose(Choice::Detail(at, detail)));
        }
    });
    let label = |detail: Detail| format!("detail {}", detail.name());
    html! {
        <Select label={format!("Detail of {}", image.name)} value={image.detail.name()} {on_choose}>
            { for Detail::ALL.into_iter().map(|each| option(each.name(), &label(each))) }
        </Select>
    }
}

fn sent_as(dispatch: &Dispatch, at: (usize, usize), document: &Document) -> Html {
    let dispatch = dispatch.clone();
    let on_choose = Callback::from(move |choice: String| {
        dispatch.dispatch(Action::Choose(Choice::TextOnly(at, choice == "text")));
    });
    let value = if document.text_only { "text" } else { "file" };
    html! {
        <Select label={format!("What is sent of {}", document.name)} {value} {on_choose}>
            { option("file", "as a file") }
            { option("text", "its text only") }
        </Select>
    }
}

fn size_words(attachment: &Attachment) -> String {
    match attachment {
        Attachment::Image(image) => format!(
            "{} × {} pixels",
            intl::count(image.width.into()),
            intl::count(image.height.into())
        ),
        Attachment::Audio(audio) => seconds(audio.milliseconds),
        Attachment::Document(document) => {
            let size = bytes(document.text.len() as u64);
            match document.pages {
                Some(pages) => format!("{}, {size} of text", many(pages.into(), "page")),
                None => size,
            }
        }
    }
}

/// The length of a recording.
pub fn seconds(milliseconds: u64) -> String {
    let seconds = Decimal::from(milliseconds) / Decimal::ONE_THOUSAND;
    format!("{} s", intl::number(seconds, 1))
}

fn bytes(bytes: u64) -> String {
    let of = |unit: u64| intl::number(Decimal::from(bytes) / Decimal::from(unit), 1);
    match bytes {
        0..1_000 => many(bytes, "byte"),
        1_000..1_000_000 => format!("{} kB", of(1_000)),
        _ => format!("{} MB", of(1_000_000)),
    }
}

/// Its tokens on the model that is read.
fn tokens(card: &Card<'_>, at: (usize, usize)) -> Html {
    let lines = card.lines.iter().filter(|line| line.at == at);
    let (mut sum, mut missing, mut any) = (TokenCount::ZERO, None, false);
    for line in lines {
        any = true;
        match &line.tokens {
            Some((count, _)) => sum = sum.plus(*count),
            None => missing = Some(line.part),
        }
    }
    let counted =
        html! { <>{ ", " }{ many(sum.tokens, "token") }{ " " }{ basis::basis_of(sum) }</> };
    match missing {
        _ if !any => html! { { ", counting…" } },
        None => counted,
        Some(Part::Text) => html! { { ", counting…" } },
        Some(Part::Pages) if sum.tokens > 0 => html! {
            <>{ counted }{ " " }<span class="flag">{ format!("pages not counted: no rule is known for {}", card.model) }</span></>
        },
        Some(_) => html! {
            <>{ " " }<span class="flag">{ format!("not counted: no rule is known for {}", card.model) }</span></>
        },
    }
}

/// Characters of a document that are shown.
const SHOWN: usize = 2_000;

fn beginning(document: &Document) -> Html {
    let shown: String = document.text.chars().take(SHOWN).collect();
    let whole = shown.len() == document.text.len();
    let summary = if whole { "Its text" } else { "How it begins" };
    html! {
        <>
        if let Some(encoding) = &document.encoding { <p>{ capital(encoding) }{ "." }</p> }
        if document.text.is_empty() {
            <p>{ "There is no text in it: scanned pages, perhaps." }</p>
        } else {
            <details class="explain"><summary>{ summary }</summary>
                <pre tabindex="0" role="group" aria-label={format!("The beginning of {}", document.name)}>{ shown }{ (!whole).then_some("…") }</pre></details>
        }
        </>
    }
}

fn taking_row(dispatch: &Dispatch, taking: &Taking) -> Html {
    let id = taking.id;
    let dismiss = act_by(dispatch, move |_: MouseEvent| {
        Action::Arrive(Arrival::Intake(Intake::Dismissed(id)))
    });
    let (words, refused) = match &taking.stands {
        Stands::Reading(progress) => (reading(*progress), false),
        Stands::Refused(why) => (html! { { capital(&why.to_string()) + "." } }, true),
    };
    html! {
        <li key={format!("taking {id}")} class={refused.then_some("refused")}>
            <div class="one">
                if refused { <span class="flag">{ "Not attached" }</span> }
                <b title={taking.name.clone()}>{ &taking.name }</b>
                <button class="btn bare" onclick={dismiss}>{ if refused { "Dismiss" } else { "Stop" } }</button>
            </div>
            <p role={refused.then_some("alert")}>{ words }</p>
        </li>
    }
}

fn reading(progress: Option<Progress>) -> Html {
    let Some(Progress { done, of, pages }) = progress else {
        return html! { { "reading…" } };
    };
    let words = if pages {
        format!("page {} of {}", intl::count(done), intl::count(of))
    } else {
        format!("{} of {}", bytes(done), bytes(of))
    };
    html! {
        <><progress class="bar" aria-label="Reading" value={done.to_string()} max={of.max(1).to_string()} />{ " " }{ words }</>
    }
}

#[derive(Properties, PartialEq)]
struct AttachProps {
    message: usize,
}

/// The button, and the field behind it that only a browser may open.
#[component]
fn Attach(props: &AttachProps) -> Html {
    let node = use_node_ref();
    let dispatch = use_context::<Dispatch>();
    let message = props.message;
    let open = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| dom::click(&node))
    };
    let pick = Callback::from(move |event: Event| {
        if let Some(dispatch) = &dispatch {
            take_in(dispatch, message, intake::picked(&event));
        }
    });
    html! {
        <p class="attach">
            <button class="btn bare" aria-label={format!("Attach files to message {}", message + 1)} onclick={open}>{ "Attach" }</button>
            <span>{ "or drop images, audio, PDF, text" }</span>
            <input type="file" multiple=true hidden=true ref={node} data-testid={format!("files-{message}")} onchange={pick} />
        </p>
    }
}

#[derive(Properties, PartialEq)]
pub struct TargetProps {
    pub message: usize,
    pub children: Html,
}

/// A message onto which files may be dropped.
#[component]
pub fn Target(props: &TargetProps) -> Html {
    let over = use_state(|| false);
    let dispatch = use_context::<Dispatch>();
    let message = props.message;
    let hover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            if intake::hovers(&event) != *over {
                over.set(!*over);
            }
        })
    };
    let leave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let drop = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            over.set(false);
            let incoming = intake::dropped(&event);
            if let Some(dispatch) = &dispatch {
                take_in(dispatch, message, incoming);
            }
        })
    };
    html! {
        <article class={classes!("msg", over.then_some("over"))} ondragover={hover} ondragleave={leave} ondrop={drop}>
            { props.children.clone() }
        </article>
    }
}

/// The name of what a line is about.
pub fn line_name(messages: &[foretoken::tokens::Message], line: &AttachmentLine) -> Option<String> {
    let attachment = messages.get(line.at.0)?.attachments.get(line.at.1)?;
    let name = attachment.name();
    Some(match (line.part, attachment) {
        (Part::Pages, _) => format!("{name}, pages"),
        (Part::Text, Attachment::Document(document)) if document.sent_pages().is_some() => {
            format!("{name}, text")
        }
        (Part::Text, _) => name.to_owned(),
        _ => format!("{name}, {}", size_words(attachment)),
    })
}
