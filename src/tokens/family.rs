use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Basis, Profile, TokenCount};
use crate::money::{self, MoneyError};

/// What can go wrong with the table of tokenizer families.
#[derive(Debug, thiserror::Error)]
pub enum FamilyError {
    #[error("the table of tokenizer families could not be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// How many tokens a family makes for each token of the base encoding: least, most likely, most.
///
/// ```
/// use foretoken::tokens::Band;
/// let band: Band = serde_json::from_str(r#"["1.2", "1.5", "2"]"#).unwrap();
/// assert_eq!(band, Band("1.2".parse().unwrap(), "1.5".parse().unwrap(), 2.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band(pub Decimal, pub Decimal, pub Decimal);

/// A tokenizer that this version cannot run, known by how it compares with one that it can.
///
/// ```
/// use foretoken::tokens::{Families, Profile};
/// let families = Families::read(r#"{"families": {"claude_new": {"name": "Claude", "note": "", "source": "",
///     "english": ["1.2", "1.5", "2"], "latin": ["1.5", "1.8", "3"], "code": ["1", "1.4", "2"],
///     "cjk": ["1", "1.3", "2"], "other": ["1", "1.6", "3"]}}}"#).unwrap();
/// let english = Profile { english: 1, ..Profile::default() };
/// let text = families.get("claude_new").unwrap().text(1_000, english).unwrap();
/// assert_eq!((text.low, text.tokens, text.high), (1_200, 1_500, 2_000));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    pub name: String,
    pub english: Band,
    pub latin: Band,
    pub code: Band,
    pub cjk: Band,
    pub other: Band,
    #[serde(default)]
    pub framing_per_message: Option<u64>,
    /// What the provider adds of its own when there are tools: least, most likely, most.
    #[serde(default)]
    pub tool_prompt: Option<(u64, u64, u64)>,
    pub note: String,
    pub source: String,
}

/// Every family, by the id that the catalogue uses.
/// An id that is not in the table is of the family `unknown`, where the table has one.
///
/// ```
/// use foretoken::tokens::Families;
/// let families = Families::read(r#"{"families": {"unknown": {"name": "Unknown", "note": "", "source": "",
///     "english": ["0.8", "1", "2"], "latin": ["0.8", "1", "2"], "code": ["0.8", "1", "2"],
///     "cjk": ["0.8", "1", "2"], "other": ["0.8", "1", "2"]}}}"#).unwrap();
/// assert_eq!(families.get("brand-new").unwrap().name, "Unknown");
/// assert!(Families::default().get("brand-new").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Families {
    #[serde(default)]
    pub checked: String,
    families: BTreeMap<String, Family>,
}

/// The family of a model that nobody classified.
const UNKNOWN: &str = "unknown";
/// Chat framing where a provider published none: three to seven tokens a message, most use about four.
const FRAMING_GUESS: (u64, u64, u64) = (3, 4, 7);

impl Families {
    pub fn read(json: &str) -> Result<Families, FamilyError> {
        Ok(serde_json::from_str(json)?)
    }

    pub fn get(&self, id: &str) -> Option<&Family> {
        self.families.get(id).or_else(|| self.families.get(UNKNOWN))
    }

    /// Whether the table has this very family.
    pub fn has(&self, id: &str) -> bool {
        self.families.contains_key(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Family)> {
        self.families
            .iter()
            .map(|(id, family)| (id.as_str(), family))
    }
}

impl Family {
    /// Tokens of a text that makes `base` tokens of the base encoding and has this profile.
    pub fn text(&self, base: u64, profile: Profile) -> Result<TokenCount, MoneyError> {
        Ok(TokenCount {
            tokens: self.scaled(base, profile, |band| band.1, Rounding::Nearest)?,
            low: self.scaled(base, profile, |band| band.0, Rounding::Down)?,
            high: self.scaled(base, profile, |band| band.2, Rounding::Up)?,
            basis: Basis::Estimate,
        })
    }

    /// Tokens that the chat adds around this many messages.
    pub fn framing(&self, messages: usize) -> TokenCount {
        let messages = messages as u64;
        let (low, tokens, high) = self
            .framing_per_message
            .map_or(FRAMING_GUESS, |known| (known, known, known));
        TokenCount {
            tokens: tokens * messages,
            low: low * messages,
            high: high * messages,
            basis: Basis::Estimate,
        }
    }

    fn scaled(
        &self,
        base: u64,
        profile: Profile,
        pick: impl Fn(&Band) -> Decimal,
        rounding: Rounding,
    ) -> Result<u64, MoneyError> {
        // A text of nothing but blanks is of no class: all classes then count alike.
        let profile = if profile.total() == 0 {
            Profile {
                english: 1,
                latin: 1,
                code: 1,
                cjk: 1,
                other: 1,
            }
        } else {
            profile
        };
        let weight = Decimal::from(profile.total());
        let mut weighted = Decimal::ZERO;
        for (band, share) in [
            (&self.english, profile.english),
            (&self.latin, profile.latin),
            (&self.code, profile.code),
            (&self.cjk, profile.cjk),
            (&self.other, profile.other),
        ] {
            weighted = money::sum(weighted, money::product(pick(band), share.into())?)?;
        }
        let tokens = money::quotient(money::product(weighted, base.into())?, weight)?;
        Ok(rounding.apply(tokens))
    }
}

#[derive(Clone, Copy)]
enum Rounding {
    Down,
    Nearest,
    Up,
}

impl Rounding {
    fn apply(self, tokens: Decimal) -> u64 {
        let whole = match self {
            Rounding::Down => tokens.floor(),
            Rounding::Nearest => money::round(tokens, 0),
            Rounding::Up => tokens.ceil(),
        };
        whole.to_u64().unwrap_or(u64::MAX)
    }
}
