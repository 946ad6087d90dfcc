use super::{Given, PromptTokens};
use crate::catalog::Model;
use crate::scenario::{AnswerLength, AnswerTokens};
use crate::tokens::{Profile, TokenCount};

/// A model's own tokens for the answer.
/// A report of 3,000 words is about 4,000 tokens; where the model writes 2,048 at most, 2,048 and
/// `cut_to: Some(2_048)`. [`super::Estimate`] has an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerEstimate {
    /// Nothing where the length is the model's limit and none is published, or a sample's and none is there.
    pub tokens: Option<AnswerTokens>,
    /// The length asked for is more than the model will write; it was cut to this limit.
    pub cut_to: Option<u64>,
}

/// English in OpenAI's encodings: 4 tokens for 3 words (OpenAI: "100 tokens ≈ 75 words").
const TOKENS_PER_WORDS: (u64, u64) = (4, 3);

/// How many tokens the answer takes on this model.
pub fn answer_tokens(model: &Model, prompt: &PromptTokens, given: Given<'_>) -> AnswerEstimate {
    let answer = &given.scenario.answer;
    let wanted = match answer.length {
        AnswerLength::Own => Some(answer.own),
        AnswerLength::ModelMaximum => longest(model, prompt).map(same),
        AnswerLength::LikeThePrompt => Some(around(calibrated(prompt.text, prompt))),
        AnswerLength::Sample => sample(prompt, given),
        in_words => in_words
            .words()
            .map(|words| from_words(words, prompt, given)),
    };
    cut(wanted, model.max_output)
}

fn cut(wanted: Option<AnswerTokens>, limit: Option<u64>) -> AnswerEstimate {
    let (Some(tokens), Some(limit)) = (wanted, limit) else {
        return AnswerEstimate {
            tokens: wanted,
            cut_to: None,
        };
    };
    AnswerEstimate {
        tokens: Some(AnswerTokens {
            low: tokens.low.min(limit),
            expected: tokens.expected.min(limit),
            high: tokens.high.min(limit),
        }),
        cut_to: (tokens.expected > limit).then_some(limit),
    }
}

/// The most a model will write after this prompt: its output limit, and no more than its window has left.
fn longest(model: &Model, prompt: &PromptTokens) -> Option<u64> {
    let left = model
        .context_window
        .map(|window| window.saturating_sub(prompt.total.tokens));
    let limit = model.max_output?;
    Some(
        left.filter(|left| *left > 0)
            .map_or(limit, |left| left.min(limit)),
    )
}

const fn same(tokens: u64) -> AnswerTokens {
    AnswerTokens {
        low: tokens,
        expected: tokens,
        high: tokens,
    }
}

/// As long as the prompt, give or take a quarter.
fn around(prompt: TokenCount) -> AnswerTokens {
    AnswerTokens {
        low: prompt.low - prompt.low / 4,
        expected: prompt.tokens,
        high: prompt.high + prompt.high / 4,
    }
}

fn from_words(words: (u64, u64, u64), prompt: &PromptTokens, given: Given<'_>) -> AnswerTokens {
    let (tokens, per) = TOKENS_PER_WORDS;
    let base = |words: u64| (words * tokens).div_ceil(per);
    let of = |words: u64| own_tokens(base(words), PROSE, prompt, given);
    AnswerTokens {
        low: of(words.0).low,
        expected: of(words.1).tokens,
        high: of(words.2).high,
    }
}

/// From half as long as the sample to twice as long.
fn sample(prompt: &PromptTokens, given: Given<'_>) -> Option<AnswerTokens> {
    if given.scenario.answer.sample.is_empty() {
        return None;
    }
    let counts = given.counts.get(&prompt.counted_with.plain())?;
    let own = own_tokens(counts.sample, counts.sample_profile, prompt, given);
    Some(AnswerTokens {
        low: own.low / 2,
        expected: own.tokens,
        high: own.high.saturating_mul(2),
    })
}

const PROSE: Profile = Profile {
    english: 1,
    latin: 0,
    code: 0,
    cjk: 0,
    other: 0,
};

/// Tokens counted with an encoding as this model's tokens: its family's band, or the user's calibration, applied.
fn own_tokens(base: u64, profile: Profile, prompt: &PromptTokens, given: Given<'_>) -> TokenCount {
    let counted = TokenCount::sure(base, prompt.text.basis);
    let own = prompt
        .family
        .as_deref()
        .and_then(|id| given.families.get(id))
        .and_then(|family| family.text(base, profile).ok())
        .unwrap_or(counted);
    calibrated(own, prompt)
}

/// As the user's true count of the prompt stands to ours.
fn calibrated(count: TokenCount, prompt: &PromptTokens) -> TokenCount {
    prompt.calibration.map_or(count, |known| {
        TokenCount::sure(known.scale(count.tokens), prompt.total.basis)
    })
}
