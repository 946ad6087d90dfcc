//! Encodes slowly and plainly: what the published encoders do, with nothing left out but speed.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

pub mod long;

use fancy_regex::Regex;
use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use rustc_hash::FxHashMap;

/// A piece of so many bytes is merged by [`long::merge`].
const LONG: usize = 300;

const O200K: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const CL100K: &str = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s";
const P50K: &str =
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s";
const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const KIMI: &str = r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const DEEPSEEK: [&str; 3] = [
    r"\p{N}{1,3}",
    "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+",
    r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##,
];

/// The published patterns. Each splits the pieces that the one before it made, and keeps what it does not match.
///
/// # Panics
/// Where there is no such encoding.
pub fn patterns(encoding: &str) -> &'static [&'static str] {
    match encoding {
        "o200k_base" => &[O200K],
        "cl100k_base" => &[CL100K],
        "p50k_base" | "r50k_base" => &[P50K],
        "llama3" | "glm" => &[LLAMA3],
        "qwen" => &[QWEN],
        "deepseek" => &DEEPSEEK,
        "mistral_tekken" => &[TEKKEN],
        "kimi" => &[KIMI],
        "gemma" => &[],
        other => panic!("no encoding is called {other}"),
    }
}

pub struct Reference<'a> {
    vocabulary: &'a Vocabulary,
    positions: FxHashMap<&'a [u8], usize>,
    patterns: Vec<Regex>,
}

impl<'a> Reference<'a> {
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        let tokens = vocabulary.tokens().enumerate();
        let patterns = patterns(vocabulary.encoding()).iter();
        Reference {
            vocabulary,
            positions: tokens.map(|(at, (token, _))| (token, at)).collect(),
            patterns: patterns
                .map(|pattern| Regex::new(pattern).unwrap())
                .collect(),
        }
    }

    /// The ids of a text, which is in NFC already where the encoding wants that.
    pub fn encode(&self, text: &str) -> Vec<Rank> {
        let spaced = match self.vocabulary.encoding() {
            "gemma" => text.replace('\u{2581}', " "),
            _ => text.to_owned(),
        };
        let pieces = self.pieces(&spaced);
        pieces
            .into_iter()
            .flat_map(|piece| self.encode_piece(piece.as_bytes()))
            .collect()
    }

    pub fn pieces<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut pieces = vec![text];
        for pattern in &self.patterns {
            pieces = pieces
                .into_iter()
                .flat_map(|piece| split(pattern, piece))
                .collect();
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// The ids of one piece: its own, if it is a token, or else those of what merging leaves.
    pub fn encode_piece(&self, piece: &[u8]) -> Vec<Rank> {
        let id = |token: &[u8]| self.vocabulary.id(self.positions[token]);
        if self.positions.contains_key(piece) {
            return vec![id(piece)];
        }
        if piece.len() < LONG {
            return self.merge(piece, 1).into_iter().map(id).collect();
        }
        let tokens = long::merge(piece, &self.first_cuts(piece), |token| self.position(token));
        tokens.into_iter().map(id).collect()
    }

    /// Joins the two neighbours whose token comes first in the order of merging, the leftmost of several, until no two make one
    /// or so few are left.
    pub fn merge<'p>(&self, piece: &'p [u8], few: usize) -> Vec<&'p [u8]> {
        let mut cuts = self.first_cuts(piece);
        let joined = |cuts: &[usize], at: usize| {
            let token = &piece[cuts[at]..*cuts.get(at + 2)?];
            self.positions.get(token).copied()
        };
        // What each part makes with the next one.
        let mut makes: Vec<Option<usize>> = (0..cuts.len()).map(|at| joined(&cuts, at)).collect();
        while let Some(first) = makes.iter().flatten().min().copied() {
            if cuts.len() <= few + 1 {
                break;
            }
            let at = makes
                .iter()
                .position(|makes| *makes == Some(first))
                .unwrap();
            cuts.remove(at + 1);
            makes.remove(at + 1);
            makes[at] = joined(&cuts, at);
            if at > 0 {
                makes[at - 1] = joined(&cuts, at - 1);
            }
        }
        cuts.windows(2)
            .map(|part| &piece[part[0]..part[1]])
            .collect()
    }

    /// Around every byte. Gemma: around every character that is a token, and every byte of the others.
    fn first_cuts(&self, piece: &[u8]) -> Vec<usize> {
        let text = std::str::from_utf8(piece);
        let (true, Ok(text)) = (self.vocabulary.encoding() == "gemma", text) else {
            return (0..=piece.len()).collect();
        };
        cuts(text, |token| self.positions.contains_key(token))
    }

    pub fn position(&self, token: &[u8]) -> Option<usize> {
        self.positions.get(token).copied()
    }
}

/// Around every character that is a token, and every byte of the others.
pub fn cuts(text: &str, is_token: impl Fn(&[u8]) -> bool) -> Vec<usize> {
    let characters = text.char_indices().flat_map(|(at, character)| {
        let end = at + character.len_utf8();
        match is_token(&text.as_bytes()[at..end]) {
            true => at..at + 1,
            false => at..end,
        }
    });
    characters.chain([text.len()]).collect()
}

/// What the pattern matches, and what is left between.
fn split<'t>(pattern: &Regex, text: &'t str) -> Vec<&'t str> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    for found in pattern.find_iter(text).map(Result::unwrap) {
        pieces.push(&text[at..found.start()]);
        pieces.push(found.as_str());
        at = found.end();
    }
    pieces.push(&text[at..]);
    pieces
}
