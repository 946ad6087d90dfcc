use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::bpe::Start;
use super::compose::{Compose, is_composing};
use super::split::Pattern;

/// A published way of cutting text into tokens: a vocabulary and the pattern that splits text before it is looked up.
///
/// ```
/// use foretoken::tokens::Encoding;
/// assert_eq!(Encoding::from_name("o200k_base"), Some(Encoding::O200kBase));
/// // gpt-oss adds control tokens to the same vocabulary; ordinary text counts the same.
/// assert_eq!(Encoding::O200kHarmony.vocabulary(), "o200k_base");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    #[serde(rename = "o200k_base")]
    O200kBase,
    #[serde(rename = "o200k_harmony")]
    O200kHarmony,
    #[serde(rename = "cl100k_base")]
    Cl100kBase,
    #[serde(rename = "p50k_base")]
    P50kBase,
    #[serde(rename = "r50k_base")]
    R50kBase,
    /// Llama 3, 3.1, 3.2 and 3.3.
    Llama3,
    /// Qwen 2, 2.5 and 3.
    Qwen,
    /// DeepSeek V3 and R1.
    #[serde(rename = "deepseek")]
    DeepSeek,
    MistralTekken,
    /// Kimi K2.
    Kimi,
    /// GLM 4 and 4.5.
    Glm,
    /// Gemma 4, for Gemma and Gemini.
    Gemma,
}

impl Encoding {
    pub const ALL: [Encoding; 12] = [
        Encoding::O200kBase,
        Encoding::O200kHarmony,
        Encoding::Cl100kBase,
        Encoding::P50kBase,
        Encoding::R50kBase,
        Encoding::Llama3,
        Encoding::Qwen,
        Encoding::DeepSeek,
        Encoding::MistralTekken,
        Encoding::Kimi,
        Encoding::Glm,
        Encoding::Gemma,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Encoding::O200kBase => "o200k_base",
            Encoding::O200kHarmony => "o200k_harmony",
            Encoding::Cl100kBase => "cl100k_base",
            Encoding::P50kBase => "p50k_base",
            Encoding::R50kBase => "r50k_base",
            Encoding::Llama3 => "llama3",
            Encoding::Qwen => "qwen",
            Encoding::DeepSeek => "deepseek",
            Encoding::MistralTekken => "mistral_tekken",
            Encoding::Kimi => "kimi",
            Encoding::Glm => "glm",
            Encoding::Gemma => "gemma",
        }
    }

    /// What a reader calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Encoding::Llama3 => "the Llama 3 vocabulary",
            Encoding::Qwen => "the Qwen 2 and 3 vocabulary",
            Encoding::DeepSeek => "the DeepSeek V3 vocabulary",
            Encoding::MistralTekken => "Mistral’s Tekken vocabulary",
            Encoding::Kimi => "the Kimi K2 vocabulary",
            Encoding::Glm => "the GLM 4 vocabulary",
            Encoding::Gemma => "the Gemma 4 vocabulary",
            openai => openai.name(),
        }
    }

    /// Whether OpenAI made it, whose rule for chats is published.
    pub const fn is_openai(self) -> bool {
        matches!(
            self,
            Encoding::O200kBase
                | Encoding::O200kHarmony
                | Encoding::Cl100kBase
                | Encoding::P50kBase
                | Encoding::R50kBase
        )
    }

    pub fn from_name(name: &str) -> Option<Encoding> {
        Encoding::ALL
            .into_iter()
            .find(|encoding| encoding.name() == name)
    }

    /// The vocabulary file that holds this encoding's tokens.
    pub const fn vocabulary(self) -> &'static str {
        self.plain().name()
    }

    /// The encoding that counts ordinary text the same and loads the same file.
    pub const fn plain(self) -> Encoding {
        match self {
            Encoding::O200kHarmony => Encoding::O200kBase,
            other => other,
        }
    }

    /// The pattern that splits a text before it is looked up.
    pub const fn pattern(self) -> Pattern {
        match self {
            Encoding::O200kBase | Encoding::O200kHarmony => Pattern::O200k,
            Encoding::Cl100kBase => Pattern::Cl100k,
            Encoding::P50kBase | Encoding::R50kBase => Pattern::P50k,
            Encoding::Llama3 => Pattern::Llama3,
            Encoding::Qwen => Pattern::Qwen2,
            Encoding::DeepSeek => Pattern::DeepSeek,
            Encoding::MistralTekken => Pattern::Tekken,
            Encoding::Kimi => Pattern::Kimi,
            Encoding::Glm => Pattern::Glm4,
            Encoding::Gemma => Pattern::Gemma,
        }
    }

    /// What a piece is before its parts are joined.
    pub const fn start(self) -> Start {
        match self {
            Encoding::Gemma => Start::Characters,
            _ => Start::Bytes,
        }
    }

    /// The text as this encoding reads it: Qwen composes characters first (Unicode's form C), Gemma writes a space as ▁ and so
    /// reads ▁ as a space.
    ///
    /// ```
    /// use foretoken::tokens::Encoding;
    /// use unicode_normalization::UnicodeNormalization;
    /// let compose = |text: &str| text.nfc().collect();
    /// assert_eq!(Encoding::Qwen.normal("e\u{301}", compose), "é");
    /// assert_eq!(Encoding::O200kBase.normal("e\u{301}", compose), "e\u{301}");
    /// ```
    pub fn normal(self, text: &str, compose: Compose) -> Cow<'_, str> {
        match self {
            Encoding::Qwen if !text.is_ascii() && text.chars().any(is_composing) => {
                compose(text).into()
            }
            Encoding::Gemma if text.contains(GEMMA_SPACE) => text.replace(GEMMA_SPACE, " ").into(),
            _ => text.into(),
        }
    }

    /// Whether a text may be cut at byte `at`, the edge of a character: its parts then count alone what they count together.
    ///
    /// ```
    /// use foretoken::tokens::Encoding;
    /// assert!(Encoding::Qwen.is_safe_cut("two words", 3));
    /// assert!(!Encoding::Qwen.is_safe_cut("e\u{301}", 1), "the two are one character");
    /// ```
    pub fn is_safe_cut(self, text: &str, at: usize) -> bool {
        let stays = match self {
            // What is before the cut keeps its form, and nothing behind it joins what is before.
            Encoding::Qwen => {
                !text[..at].ends_with(is_composing) && !text[at..].starts_with(is_composing)
            }
            Encoding::Gemma => {
                !text[..at].ends_with(GEMMA_SPACE) && !text[at..].starts_with(GEMMA_SPACE)
            }
            _ => true,
        };
        stays && self.pattern().is_safe_cut(text.as_bytes(), at)
    }
}

const GEMMA_SPACE: char = '\u{2581}';
