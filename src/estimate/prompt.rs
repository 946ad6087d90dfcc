use super::Given;
use super::attached::{self, AttachmentLine, Uncounted};
use crate::catalog::{BasisClass, Model};
use crate::scenario::Calibration;
use crate::tokens::{Basis, Encoding, Family, Framing, PromptCounts, TokenCount, ToolCount};

/// A model's own tokens for the prompt, part by part.
/// Text, framing and tools sum to `uncalibrated`, in tokens; with `media` that is the `total`, unless the user stated a
/// true count.
/// [`super::Estimate`] has an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptTokens {
    pub text: TokenCount,
    pub framing: TokenCount,
    pub tools: TokenCount,
    pub total: TokenCount,
    pub rule: FramingRule,
    /// What the text was counted with: an encoding, or the base an estimate starts from.
    pub counted_with: Encoding,
    /// The family whose band was applied, where the text is an estimate.
    pub family: Option<String>,
    /// The user's own count, and ours for the same prompt, where one was entered.
    pub calibration: Option<Calibration>,
    /// What we would say without the user's count, of text, framing and tools.
    pub uncalibrated: TokenCount,
    /// Pictures, recordings and pages.
    pub media: TokenCount,
    /// What of it is sound that has a price of its own.
    pub audio: TokenCount,
    /// Each attachment, in order.
    pub attachments: Vec<AttachmentLine>,
    /// What no rule is known for. Where that is something the total is too low, and is never called sure.
    pub uncounted: Uncounted,
}

/// Where the tokens around the messages come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FramingRule {
    /// OpenAI published it for this model.
    Published,
    /// OpenAI's rule for older models, applied to this one.
    Modelled,
    /// The provider published nothing; a guess, or a measured figure, per message.
    Guessed,
    /// The provider published nothing, and nothing was added for it.
    Unknown,
    /// The model takes plain text.
    None,
}

impl PromptTokens {
    /// What the total leaves out, in words, where that is something.
    pub fn leaves_out(&self) -> Option<String> {
        let only = if self.media.tokens == 0 {
            "text only: "
        } else {
            ""
        };
        (!self.uncounted.is_nothing()).then(|| format!("{only}{}", self.uncounted))
    }
}

const BASE: Encoding = Encoding::O200kBase;

/// The id under which a true count is kept: one for each family of tokenizers. A model nobody classified is a family
/// of its own: what is true of it says nothing of another.
pub fn family_of(model: &Model) -> &str {
    model.encoding.as_deref().unwrap_or(&model.id)
}

/// The tokens of the prompt on this model, or nothing while the counts it needs have not arrived.
pub fn prompt_tokens(model: &Model, given: Given<'_>) -> Option<PromptTokens> {
    let family = family_of(model);
    let text = if given.rough {
        rough(model, family, given)?
    } else {
        let counted = Encoding::from_name(family).and_then(|known| counted(model, known, given));
        // While its own vocabulary is not there, or where it could not be had, a model is estimated as others are.
        let is_known = Encoding::from_name(family).is_none() || given.families.has(family);
        let plain = match counted {
            Some(counted) => counted,
            None if is_known => estimated(model, family, given)?,
            None => return None,
        };
        calibrate(plain, given.scenario.calibrations.get(family))
    };
    Some(attach(text, model, given))
}

/// With what is attached. A true count was stated of a text: pictures and the like come on top of it.
fn attach(mut tokens: PromptTokens, model: &Model, given: Given<'_>) -> PromptTokens {
    if given.scenario.prompt.attachments().next().is_none() {
        return tokens;
    }
    let Some(counts) = given.counts.get(&tokens.counted_with.plain()) else {
        return tokens;
    };
    let attached = attached::attached(counts, model, given);
    tokens.total = tokens.total.plus(attached.media);
    if !attached.uncounted.is_nothing() {
        tokens.total.basis = Basis::Estimate;
    }
    tokens.media = attached.media;
    tokens.audio = attached.audio;
    tokens.uncounted = attached.uncounted;
    tokens.attachments = attached.lines;
    tokens
}

/// Before the vocabulary is there. A true count says nothing yet: it stands to a count, not to a guess.
fn rough(model: &Model, family: &str, given: Given<'_>) -> Option<PromptTokens> {
    let mut tokens = match Encoding::from_name(family).filter(|encoding| encoding.is_openai()) {
        Some(_) => counted(model, BASE, given)?,
        None => estimated(model, family, given)?,
    };
    tokens.text = roughly(tokens.text);
    tokens.total = roughly(tokens.total);
    tokens.uncalibrated = tokens.total;
    Some(tokens)
}

/// Half to twice the guess.
fn roughly(count: TokenCount) -> TokenCount {
    TokenCount {
        tokens: count.tokens,
        low: count.low / 2,
        high: count.high.saturating_mul(2),
        basis: Basis::Estimate,
    }
}

fn counted(model: &Model, encoding: Encoding, given: Given<'_>) -> Option<PromptTokens> {
    let counts = given.counts.get(&encoding.plain())?;
    let framing = match encoding.is_openai() {
        true => framing_of(model),
        false => Framing::Unknown,
    };
    let sure = match model.basis {
        BasisClass::Exact => Basis::Exact,
        _ => Basis::Probable,
    };
    let text = TokenCount::sure(attached::text(counts, model, given).0, sure);
    let (around, rule) = match framing {
        Framing::None => (TokenCount::ZERO, FramingRule::None),
        Framing::OpenAiChat => (
            TokenCount::sure(counts.framing, sure),
            FramingRule::Published,
        ),
        Framing::OpenAiModelled => (
            TokenCount::sure(counts.framing, Basis::Probable),
            FramingRule::Modelled,
        ),
        // Nothing is added, and the sum is no longer sure.
        Framing::Unknown => (TokenCount::sure(0, Basis::Probable), FramingRule::Unknown),
    };
    let mut tokens = parts(counts, text, around, rule, encoding, None);
    if let (Framing::Unknown, Some(family)) = (framing, given.families.get(encoding.name())) {
        tokens.tools = estimated_tools(family, &counts.tools);
        tokens.total = text.plus(around).plus(tokens.tools);
        tokens.uncalibrated = tokens.total;
    }
    Some(tokens)
}

fn estimated(model: &Model, id: &str, given: Given<'_>) -> Option<PromptTokens> {
    let counts = given.counts.get(&BASE)?;
    let family = given.families.get(id)?;
    let (tokens, profile) = attached::text(counts, model, given);
    let text = family.text(tokens, profile).ok()?;
    let framing = family.framing(counts.messages.len());
    let mut tokens = parts(
        counts,
        text,
        framing,
        FramingRule::Guessed,
        BASE,
        Some(id.to_owned()),
    );
    tokens.tools = estimated_tools(family, &counts.tools);
    tokens.total = text.plus(framing).plus(tokens.tools);
    tokens.uncalibrated = tokens.total;
    Some(tokens)
}

fn parts(
    counts: &PromptCounts,
    text: TokenCount,
    framing: TokenCount,
    rule: FramingRule,
    counted_with: Encoding,
    family: Option<String>,
) -> PromptTokens {
    let tools = tools(&counts.tools);
    let total = text.plus(framing).plus(tools);
    PromptTokens {
        text,
        framing,
        tools,
        total,
        rule,
        counted_with,
        family,
        calibration: None,
        uncalibrated: total,
        media: TokenCount::ZERO,
        audio: TokenCount::ZERO,
        attachments: Vec::new(),
        uncounted: Uncounted::default(),
    }
}

/// The cookbook's rule was checked against the API for flat parameters; with nesting the rendering is the better guess.
fn tools(count: &ToolCount) -> TokenCount {
    if count.tools == 0 {
        return TokenCount::ZERO;
    }
    if !count.nested {
        return TokenCount::sure(count.cookbook, Basis::Probable);
    }
    TokenCount {
        tokens: count.typescript,
        low: count.typescript.min(count.cookbook),
        high: count.typescript.max(count.cookbook).max(count.json),
        basis: Basis::Estimate,
    }
}

/// A provider without a published rule reads the JSON, or a rendering of it, and adds instructions of its own.
fn estimated_tools(family: &Family, count: &ToolCount) -> TokenCount {
    if count.tools == 0 {
        return TokenCount::ZERO;
    }
    let (least, likely, most) = family.tool_prompt.unwrap_or((0, 0, 800));
    TokenCount {
        tokens: count.json + likely,
        low: count.typescript.min(count.json) + least,
        high: count.json.saturating_mul(3) / 2 + most,
        basis: Basis::Estimate,
    }
}

/// The user's true count where it is of this very prompt; else ours, scaled as that count stood to ours when it was
/// entered, with the width of our band: nobody stated that one.
fn calibrate(mut tokens: PromptTokens, calibration: Option<&Calibration>) -> PromptTokens {
    let Some(known) = calibration.filter(|known| known.counted > 0) else {
        return tokens;
    };
    let ours = tokens.total;
    tokens.calibration = Some(*known);
    tokens.total = if ours.tokens == known.counted {
        TokenCount::sure(known.stated, Basis::Stated)
    } else {
        TokenCount {
            tokens: known.scale(ours.tokens),
            low: known.scale(ours.low),
            high: known.scale(ours.high),
            basis: ours.basis.max(Basis::Probable),
        }
    };
    tokens
}

/// OpenAI published its chat rule for GPT-3.5, GPT-4 and GPT-4o. Completion models take plain text.
fn framing_of(model: &Model) -> Framing {
    let id = model.id.as_ref();
    let is = |start: &str| id.contains(start);
    if is("instruct") || is("davinci") || is("babbage") || is("embedding") {
        Framing::None
    } else if is("gpt-3.5") || is("gpt-35") || is("gpt-4o") || is_gpt_4(id) {
        Framing::OpenAiChat
    } else {
        Framing::OpenAiModelled
    }
}

fn is_gpt_4(id: &str) -> bool {
    id.split('/')
        .any(|part| part == "gpt-4" || part.starts_with("gpt-4-"))
}
