use serde::{Deserialize, Serialize};

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
}

impl Encoding {
    pub const ALL: [Encoding; 5] = [
        Encoding::O200kBase,
        Encoding::O200kHarmony,
        Encoding::Cl100kBase,
        Encoding::P50kBase,
        Encoding::R50kBase,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Encoding::O200kBase => "o200k_base",
            Encoding::O200kHarmony => "o200k_harmony",
            Encoding::Cl100kBase => "cl100k_base",
            Encoding::P50kBase => "p50k_base",
            Encoding::R50kBase => "r50k_base",
        }
    }

    pub fn from_name(name: &str) -> Option<Encoding> {
        Encoding::ALL
            .into_iter()
            .find(|encoding| encoding.name() == name)
    }

    /// The vocabulary file that holds this encoding's tokens.
    pub const fn vocabulary(self) -> &'static str {
        match self {
            Encoding::O200kHarmony => Encoding::O200kBase.name(),
            other => other.name(),
        }
    }

    /// The encoding that counts ordinary text the same and loads the same file.
    pub const fn plain(self) -> Encoding {
        match self {
            Encoding::O200kHarmony => Encoding::O200kBase,
            other => other,
        }
    }

    /// The split pattern, as tiktoken publishes it.
    pub const fn pattern(self) -> &'static str {
        match self {
            Encoding::O200kBase | Encoding::O200kHarmony => tiktoken_rs::O200K_BASE_PAT_STR,
            Encoding::Cl100kBase => {
                r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
            }
            Encoding::P50kBase | Encoding::R50kBase => {
                r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
            }
        }
    }
}
