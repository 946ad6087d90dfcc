use serde::{Deserialize, Serialize};

use super::{Audio, Basis, Image, ImageRule, TokenCount, Working};

/// What can go wrong with the table of media rules.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("the table of rules for images, audio and pages could not be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// The rules by which models take pictures, recordings and pages for tokens. A model without a rule has no count, which
/// is not a count of 0.
///
/// ```
/// use foretoken::tokens::{Detail, Image, MediaRules};
/// let rules = MediaRules::read(r#"{"checked": "2026-11-24", "images": [{"models": ["claude-opus-4-7*"],
///     "rule": {"cells": {"side": 2576, "most": 4784}}, "source": "Anthropic's vision guide"}]}"#).unwrap();
/// let photo = Image { name: "photo.png".into(), width: 1920, height: 1080, detail: Detail::Auto };
/// let count = |model| Some(rules.image(model)?.image(&photo)?.0.tokens);
/// assert_eq!(count("anthropic/claude-opus-4-7-20260416"), Some(2_691));
/// assert_eq!(count("some-new-model"), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaRules {
    /// The day the rules were read at their sources.
    #[serde(default)]
    pub checked: String,
    /// Of each kind the first rule that names the model holds.
    #[serde(default)]
    images: Vec<Ruled<ImageRule>>,
    #[serde(default)]
    audio: Vec<Ruled<AudioRule>>,
    #[serde(default)]
    pages: Vec<Ruled<PageRule>>,
    /// How to read this file, for people.
    #[serde(default, rename = "about", skip_serializing)]
    _about: Option<String>,
}

/// A rule, the models it holds for, how sure it is and who says so.
/// [`MediaRules`] has an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruled<R> {
    models: Vec<String>,
    pub rule: R,
    #[serde(default = "probable")]
    pub basis: Basis,
    pub source: String,
}

fn probable() -> Basis {
    Basis::Probable
}

/// So many tokens for so many milliseconds of sound.
///
/// ```
/// use foretoken::tokens::AudioRule;
/// let gemini: AudioRule = serde_json::from_str(r#"{"tokens": 32, "milliseconds": 1000}"#).unwrap();
/// assert_eq!(gemini.tokens(60_000), 1_920, "a minute");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudioRule {
    tokens: u64,
    milliseconds: u64,
    /// Milliseconds to a token where the model speaks.
    #[serde(default)]
    spoken: Option<u64>,
}

impl AudioRule {
    /// Tokens of sound that is heard. A token that has begun counts.
    pub fn tokens(&self, milliseconds: u64) -> u64 {
        milliseconds
            .saturating_mul(self.tokens)
            .div_ceil(self.milliseconds.max(1))
    }

    /// Tokens of sound that is spoken, where a rate for that is known.
    ///
    /// ```
    /// use foretoken::tokens::AudioRule;
    /// let openai: AudioRule = serde_json::from_str(r#"{"tokens": 1, "milliseconds": 100, "spoken": 50}"#).unwrap();
    /// assert_eq!((openai.tokens(60_000), openai.spoken_tokens(60_000)), (600, Some(1_200)));
    /// ```
    pub fn spoken_tokens(&self, milliseconds: u64) -> Option<u64> {
        Some(milliseconds.div_ceil(self.spoken?.max(1)))
    }
}

/// What a page of a PDF is taken for, beside its text or in its place.
///
/// ```
/// use foretoken::tokens::PageRule;
/// let gemini: PageRule = serde_json::from_str(r#"{"text": false, "each": [258, 258, 258]}"#).unwrap();
/// assert_eq!(gemini.tokens(10), (2_580, 2_580, 2_580));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// Whether the text is read, and billed, too.
    pub text: bool,
    /// Tokens a page: least, most likely, most.
    each: (u64, u64, u64),
}

impl PageRule {
    /// Tokens of so many pages: least, most likely, most.
    pub fn tokens(&self, pages: u32) -> (u64, u64, u64) {
        let (low, likely, high) = self.each;
        let pages = u64::from(pages);
        (low * pages, likely * pages, high * pages)
    }
}

impl MediaRules {
    pub fn read(json: &str) -> Result<MediaRules, MediaError> {
        Ok(serde_json::from_str(json)?)
    }

    pub fn image(&self, model: &str) -> Option<&Ruled<ImageRule>> {
        first(&self.images, model)
    }

    pub fn audio(&self, model: &str) -> Option<&Ruled<AudioRule>> {
        first(&self.audio, model)
    }

    pub fn page(&self, model: &str) -> Option<&Ruled<PageRule>> {
        first(&self.pages, model)
    }
}

/// A count, and the sum behind it.
type Worked = (TokenCount, Working);

impl Ruled<ImageRule> {
    pub fn image(&self, image: &Image) -> Option<Worked> {
        let found = self.rule.tokens(image)?;
        let range = (found.low, found.tokens, found.high);
        Some((self.count(range), found.working))
    }
}

impl Ruled<AudioRule> {
    pub fn audio(&self, audio: &Audio) -> Worked {
        let tokens = self.rule.tokens(audio.milliseconds);
        let working = Working::Time {
            milliseconds: audio.milliseconds,
            tokens: self.rule.tokens,
            per: self.rule.milliseconds,
        };
        (self.count((tokens, tokens, tokens)), working)
    }
}

impl Ruled<PageRule> {
    pub fn pages(&self, pages: u32) -> Worked {
        let working = Working::Pages {
            pages: pages.into(),
            each: self.rule.each.1,
        };
        (self.count(self.rule.tokens(pages)), working)
    }
}

impl<R> Ruled<R> {
    fn count(&self, (low, tokens, high): (u64, u64, u64)) -> TokenCount {
        let basis = if low == high {
            self.basis
        } else {
            Basis::Estimate
        };
        TokenCount {
            tokens,
            low,
            high,
            basis,
        }
    }
}

fn first<'a, R>(rules: &'a [Ruled<R>], model: &str) -> Option<&'a Ruled<R>> {
    let model = model.to_ascii_lowercase();
    let names = |rule: &&Ruled<R>| rule.models.iter().any(|name| is_named(&model, name));
    rules.iter().find(names)
}

/// Whether an id is this name, wherever a seller put it (`openai/`, `us.anthropic.`): with nothing after it but a
/// date or a version, or, where the name ends with a star, with anything.
fn is_named(id: &str, name: &str) -> bool {
    let (stem, open) = match name.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (name, false),
    };
    id.match_indices(stem).any(|(at, _)| {
        let begins = id[..at]
            .chars()
            .next_back()
            .is_none_or(|before| matches!(before, '/' | '.' | ':' | '@' | '~'));
        begins && (open || is_version(&id[at + stem.len()..]))
    })
}

fn is_version(rest: &str) -> bool {
    let dated = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    match rest.chars().next() {
        None | Some('@' | ':') => true,
        Some('-') => dated(&rest[1..]) || rest == "-latest" || rest.starts_with("-v1"),
        Some(_) => false,
    }
}
