//! What someone typing a few letters may mean.

use super::{BasisClass, Catalog, Listing, Status};
use std::cmp::Reverse;

/// A model's id and title as words, kept so that a keystroke need not split them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    id: Vec<Box<str>>,
    title: Vec<Box<str>>,
    /// The same without anything between the words.
    run: Box<str>,
    version: Vec<u32>,
}

impl Spelling {
    pub(super) fn new(id: &str, title: Option<&str>) -> Spelling {
        let (id, title) = (words(id), words(title.unwrap_or_default()));
        Spelling {
            run: [id.concat(), title.concat()].join(" ").into(),
            version: version(&id).max(version(&title)),
            id,
            title,
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.id.iter().chain(&self.title).map(|word| word.as_ref())
    }

    fn count(&self, word: &str) -> usize {
        let count = |list: &[Box<str>]| list.iter().filter(|each| each.as_ref() == word).count();
        count(&self.id).max(count(&self.title))
    }
}

/// What was typed.
struct Query {
    words: Vec<Box<str>>,
    /// What stood between spaces, each without signs: `4o` is one, `gpt-4o mini` are two.
    chunks: Vec<String>,
}

pub(super) fn search<'a>(catalog: &'a Catalog, text: &str) -> Vec<Listing<'a>> {
    let query = Query {
        words: words(text),
        chunks: text
            .split_whitespace()
            .map(|chunk| words(chunk).concat())
            .collect(),
    };
    if query.words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(Rank, Listing)> = Vec::new();
    for (order, provider) in catalog.providers().iter().enumerate() {
        let seller = words(&format!("{} {}", provider.id, provider.name));
        let ranked = provider
            .listings()
            .filter_map(|listing| Some((rank(&query, order, &seller, listing)?, listing)));
        hits.extend(ranked);
    }
    hits.sort_by(|(left, _), (right, _)| left.cmp(right));
    // A name from a log, with a provider, a region or a date in it, is no set of words.
    let named = (query.chunks.len() == 1)
        .then(|| catalog.find(text))
        .flatten();
    let others = hits.into_iter().map(|(_, listing)| listing);
    let others = others.filter(|each| named.is_none_or(|named| !named.is_same(*each)));
    named.into_iter().chain(others).collect()
}

/// How far a model is from what was typed. Earlier fields count more; smaller is better.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    misspelt: u32,
    gone: bool,
    /// It has words beyond those typed.
    in_part: bool,
    /// Something typed in one run is not in one run in its name.
    torn: bool,
    unlikely: bool,
    /// Its provider was not named.
    elsewhere: bool,
    /// Makers come before sellers.
    provider: usize,
    /// Newest first.
    version: Reverse<Vec<u32>>,
    /// Words of its id nobody asked for.
    extra: usize,
    length: usize,
}

fn rank(query: &Query, order: usize, seller: &[Box<str>], listing: Listing) -> Option<Rank> {
    let model = listing.model;
    let spelling = &model.spelling;
    let mut misspelt = 0;
    for word in &query.words {
        let own = nearest(word, spelling.words());
        misspelt += own.or_else(|| nearest(word, seller.iter().map(|each| each.as_ref())))?;
    }
    Some(Rank {
        misspelt: misspelt + missed_repeats(&query.words, spelling),
        gone: model.is_gone(listing.provider.checked),
        in_part: query.words != spelling.id && query.words != spelling.title,
        torn: query.is_torn(&spelling.run, &seller.concat()),
        unlikely: model.basis == BasisClass::NotText || model.status == Status::Deprecated,
        extra: spelling
            .id
            .iter()
            .filter(|word| !query.asks_for(word))
            .count(),
        elsewhere: !query.words.iter().any(|word| seller.contains(word)),
        provider: order,
        version: Reverse(spelling.version.clone()),
        length: model.id.len(),
    })
}

impl Query {
    fn is_torn(&self, run: &str, seller: &str) -> bool {
        let whole =
            |chunk: &String| run.contains(chunk.as_str()) || seller.contains(chunk.as_str());
        !self.chunks.iter().all(whole)
    }

    fn asks_for(&self, word: &str) -> bool {
        is_number(word) || self.words.iter().any(|each| distance(each, word).is_some())
    }
}

/// Typing 5.5 does not mean 5: a word asked for more often than a model has it is a miss.
fn missed_repeats(wanted: &[Box<str>], spelling: &Spelling) -> u32 {
    let short = wanted.iter().filter(|word| {
        let asked = wanted.iter().filter(|each| each == word).count();
        asked > spelling.count(word).max(1)
    });
    short.count() as u32 * 2
}

fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<u32> {
    known.filter_map(|each| distance(word, each)).min()
}

/// 0 for the word itself, 1 for its beginning, more for a misspelling, nothing for another word.
fn distance(typed: &str, known: &str) -> Option<u32> {
    if typed == known {
        return Some(0);
    }
    if is_number(typed) || is_number(known) {
        return None;
    }
    if known.starts_with(typed) {
        return Some(1);
    }
    let allowed = match typed.len() {
        0..=2 => return None,
        3 => return is_shuffled(typed, known).then_some(2),
        4..=6 => 1,
        _ => 2,
    };
    if typed.len().abs_diff(known.len()) > allowed {
        return None;
    }
    let edits = edits(typed.as_bytes(), known.as_bytes());
    let start = u32::from(typed.as_bytes().first() != known.as_bytes().first());
    (edits <= allowed).then_some(edits as u32 + 1 + start)
}

/// Three letters are too few to forgive more than their order: gtp.
fn is_shuffled(typed: &str, known: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    typed.len() == known.len()
        && edits(typed.as_bytes(), known.as_bytes()) == 1
        && sorted(typed) == sorted(known)
}

/// Letters to insert, drop, replace or swap with their neighbour.
fn edits(left: &[u8], right: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut best = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            let neighbours = row > 0 && column > 0;
            if neighbours && *letter == right[column - 1] && left[row - 1] == *other {
                best = best.min(before[column - 1] + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[right.len()]
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

/// The numbers of a name as a version: 4.20 is before 4.7. A date ends it, and sizes such as 70b are none.
fn version(words: &[Box<str>]) -> Vec<u32> {
    let mut version: Vec<u32> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let unit = words.get(index + 1);
        let is_size = unit.is_some_and(|unit| matches!(unit.as_ref(), "b" | "k" | "m"));
        match word.parse::<u32>() {
            Ok(date) if date > 999 => break,
            Ok(number) if is_size || number > 99 => {}
            Ok(minor) if !version.is_empty() && minor < 10 => version.push(minor * 10),
            Ok(number) => version.push(number),
            Err(_) => {}
        }
    }
    version
}

/// Lower-case runs of letters and of digits: `gpt-4o` and `GPT 4 o` are both `gpt`, `4`, `o`.
fn words(text: &str) -> Vec<Box<str>> {
    let mut words: Vec<String> = Vec::new();
    let mut kind = None;
    for letter in text.chars().flat_map(char::to_lowercase) {
        let next = letter.is_alphanumeric().then(|| letter.is_ascii_digit());
        match words.last_mut() {
            Some(word) if next.is_some() && next == kind => word.push(letter),
            _ if next.is_some() => words.push(letter.into()),
            _ => {}
        }
        kind = next;
    }
    words.into_iter().map(String::into_boxed_str).collect()
}
