//! What is attached to a prompt, as the model takes it: pictures, recordings and pages by its rules, documents as text.

use super::Given;
use crate::catalog::Model;
use crate::tokens::{
    Attachment, Basis, Document, Encoding, Profile, Prompt, PromptCounts, TokenCount, Working,
};
use crate::usage::Meter;

/// One visible line of what an attachment comes to. A PDF may have two: its text and its pages.
/// [`super::PromptTokens`] holds them in the order of the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentLine {
    /// The message and, among what is attached to it, which.
    pub at: (usize, usize),
    pub part: Part,
    /// Nothing where no rule is known for this model: that is not 0.
    pub tokens: Option<(TokenCount, Working)>,
    /// Who says so.
    pub source: Option<String>,
}

/// What of an attachment is counted.
///
/// ```
/// use foretoken::estimate::Part;
/// // The text of a document is part of the text of the prompt; the rest comes on top.
/// assert_ne!(Part::Text, Part::Pages);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Text,
    Image,
    Audio,
    Pages,
}

/// What is not counted of a prompt, for want of a rule.
///
/// ```
/// use foretoken::estimate::Uncounted;
/// let missing = Uncounted { images: 2, recordings: 0, pages: 3 };
/// assert_eq!(missing.to_string(), "2 images and 3 pages of PDF not counted");
/// assert!(Uncounted::default().is_nothing());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uncounted {
    pub images: u64,
    pub recordings: u64,
    pub pages: u64,
}

impl Uncounted {
    pub fn is_nothing(self) -> bool {
        self == Uncounted::default()
    }
}

impl std::fmt::Display for Uncounted {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds = [
            (self.images, "image", "images"),
            (self.recordings, "recording", "recordings"),
            (self.pages, "page of PDF", "pages of PDF"),
        ];
        let named: Vec<String> = kinds
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
            .collect();
        write!(out, "{} not counted", named.join(" and "))
    }
}

/// What the attachments of a prompt come to on one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attached {
    pub lines: Vec<AttachmentLine>,
    /// Everything but texts.
    pub media: TokenCount,
    /// What of it the model asks a price of its own for.
    pub audio: TokenCount,
    pub uncounted: Uncounted,
}

/// The text tokens of the prompt on this model, and what kind of text they are: some models read the pages of a PDF in
/// place of its text.
pub(super) fn text(counts: &PromptCounts, model: &Model, given: Given<'_>) -> (u64, Profile) {
    let mut tokens: u64 = counts.messages.iter().sum();
    let mut profile = counts
        .profiles
        .iter()
        .fold(Profile::default(), |all, one| all.plus(*one));
    for (at, document) in given.scenario.prompt.documents().enumerate() {
        if reads_text(document, model, given) {
            tokens += counts.documents.get(at).copied().unwrap_or_default();
            let own = counts.document_profiles.get(at).copied();
            profile = profile.plus(own.unwrap_or_default());
        }
    }
    (tokens, profile)
}

fn reads_text(document: &Document, model: &Model, given: Given<'_>) -> bool {
    let rule = document
        .sent_pages()
        .and_then(|_| given.media.page(&model.id));
    rule.is_none_or(|page| page.rule.text)
}

/// The lines of everything attached. `counts` are those that the text of this model was counted with.
pub(super) fn attached(counts: &PromptCounts, model: &Model, given: Given<'_>) -> Attached {
    let lines = lines(counts, model, given);
    let own_price = model
        .base_rate(given.now.into(), None, Meter::InputAudio)
        .is_some();
    let of = |wanted: &[Part]| {
        lines
            .iter()
            .filter(|line| wanted.contains(&line.part))
            .filter_map(|line| line.tokens.as_ref())
            .fold(TokenCount::ZERO, |sum, (count, _)| sum.plus(*count))
    };
    Attached {
        media: of(&[Part::Image, Part::Audio, Part::Pages]),
        audio: if own_price {
            of(&[Part::Audio])
        } else {
            TokenCount::ZERO
        },
        uncounted: uncounted(&given.scenario.prompt, &lines),
        lines,
    }
}

fn uncounted(prompt: &Prompt, lines: &[AttachmentLine]) -> Uncounted {
    let mut missing = Uncounted::default();
    for line in lines.iter().filter(|line| line.tokens.is_none()) {
        let (message, index) = line.at;
        let attachments = prompt.messages.get(message).map(|each| &each.attachments);
        match attachments.and_then(|all| all.get(index)) {
            Some(Attachment::Image(_)) => missing.images += 1,
            Some(Attachment::Audio(_)) => missing.recordings += 1,
            Some(Attachment::Document(document)) if line.part == Part::Pages => {
                missing.pages += u64::from(document.pages.unwrap_or_default());
            }
            _ => {}
        }
    }
    missing
}

fn lines(counts: &PromptCounts, model: &Model, given: Given<'_>) -> Vec<AttachmentLine> {
    let mut lines = Vec::new();
    let mut documents = 0;
    for (message, each) in given.scenario.prompt.messages.iter().enumerate() {
        for (index, attachment) in each.attachments.iter().enumerate() {
            let at = (message, index);
            match attachment {
                Attachment::Document(document) => {
                    lines.extend(document_lines(
                        at, document, documents, counts, model, given,
                    ));
                    documents += 1;
                }
                other => lines.push(medium_line(at, other, model, given)),
            }
        }
    }
    lines
}

fn medium_line(
    at: (usize, usize),
    attachment: &Attachment,
    model: &Model,
    given: Given<'_>,
) -> AttachmentLine {
    let (part, found) = match attachment {
        Attachment::Audio(audio) => {
            let rule = given.media.audio(&model.id);
            let found = rule.map(|rule| (Some(rule.audio(audio)), &rule.source));
            (Part::Audio, found)
        }
        Attachment::Image(image) => {
            let rule = given.media.image(&model.id);
            let found = rule.map(|rule| (rule.image(image), &rule.source));
            (Part::Image, found)
        }
        Attachment::Document(_) => (Part::Text, None),
    };
    let (tokens, source) = found.unzip();
    AttachmentLine {
        at,
        part,
        tokens: tokens.flatten(),
        source: source.cloned(),
    }
}

fn document_lines(
    at: (usize, usize),
    document: &Document,
    index: usize,
    counts: &PromptCounts,
    model: &Model,
    given: Given<'_>,
) -> impl Iterator<Item = AttachmentLine> {
    let text = reads_text(document, model, given).then(|| AttachmentLine {
        at,
        part: Part::Text,
        tokens: text_of(index, counts, model, given).map(|count| (count, Working::Text)),
        source: None,
    });
    let pages = document.sent_pages().map(|pages| {
        let rule = given.media.page(&model.id);
        AttachmentLine {
            at,
            part: Part::Pages,
            tokens: rule.map(|rule| rule.pages(pages)),
            source: rule.map(|rule| rule.source.clone()),
        }
    });
    text.into_iter().chain(pages)
}

/// A document's own text tokens, as the whole text of the prompt is counted.
fn text_of(
    index: usize,
    counts: &PromptCounts,
    model: &Model,
    given: Given<'_>,
) -> Option<TokenCount> {
    let tokens = *counts.documents.get(index)?;
    let id = super::family_of(model);
    if Encoding::from_name(id).is_some() {
        let basis = match model.basis {
            crate::catalog::BasisClass::Exact => Basis::Exact,
            _ => Basis::Probable,
        };
        return Some(TokenCount::sure(tokens, basis));
    }
    let profile = counts.document_profiles.get(index).copied();
    let family = given.families.get(id)?;
    family.text(tokens, profile.unwrap_or_default()).ok()
}
