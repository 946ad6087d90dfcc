//! What someone typing a few letters may mean.

use super::{Catalog, Listing};
use std::cmp::Reverse;

pub(super) fn search<'a>(catalog: &'a Catalog, query: &str) -> Vec<Listing<'a>> {
    let wanted = words(query);
    if wanted.is_empty() {
        return Vec::new();
    }
    let providers = catalog.providers().iter().enumerate();
    let mut hits: Vec<(Rank, Listing)> = providers
        .flat_map(|(order, provider)| provider.listings().map(move |listing| (order, listing)))
        .filter_map(|(order, listing)| Some((rank(&wanted, order, listing)?, listing)))
        .collect();
    hits.sort_by(|(left, _), (right, _)| left.cmp(right));
    hits.into_iter().map(|(_, listing)| listing).collect()
}

/// How far a model is from what was typed. Earlier fields count more; smaller is better.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    misspelt: u32,
    /// It is gone, or reads no text.
    unlikely: bool,
    /// Words of its id nobody asked for: `mini` matters, a version number does not.
    extra: usize,
    /// Newest first.
    version: Reverse<Vec<u32>>,
    provider: usize,
    length: usize,
}

fn rank(wanted: &[String], provider: usize, listing: Listing) -> Option<Rank> {
    let model = listing.model;
    let id = words(&model.id);
    let title = words(model.title());
    let known = [id.clone(), title.clone()].concat();
    let seller = words(&format!(
        "{} {}",
        listing.provider.id, listing.provider.name
    ));
    let mut misspelt = 0;
    for word in wanted {
        misspelt += nearest(word, &known).or_else(|| nearest(word, &seller))?;
    }
    let asked = |word: &String| wanted.iter().any(|each| distance(each, word).is_some());
    let extra = id.iter().filter(|word| !is_version(word) && !asked(word));
    Some(Rank {
        misspelt: misspelt + fewer_repeats(wanted, &id, &title),
        unlikely: model.is_unlikely(listing.provider.checked),
        extra: extra.count(),
        version: Reverse(version(&id)),
        provider,
        length: model.id.len(),
    })
}

/// Typing 5.5 does not mean 5: a word asked for more often than a model has it is a miss.
fn fewer_repeats(wanted: &[String], id: &[String], title: &[String]) -> u32 {
    let count = |list: &[String], word: &String| list.iter().filter(|each| *each == word).count();
    let short =
        |word: &&String| count(wanted, word) > count(id, word).max(count(title, word)).max(1);
    wanted.iter().filter(short).count() as u32 * 2
}

fn nearest(word: &str, known: &[String]) -> Option<u32> {
    known.iter().filter_map(|each| distance(word, each)).min()
}

/// 0 for the word itself, 1 for its beginning, more for a misspelling, nothing for another word.
fn distance(typed: &str, known: &str) -> Option<u32> {
    if typed == known {
        return Some(0);
    }
    if is_version(typed) || is_version(known) {
        return None;
    }
    if known.starts_with(typed) {
        return Some(1);
    }
    let allowed = match typed.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let edits = edits(typed.as_bytes(), known.as_bytes());
    (edits <= allowed).then_some(edits as u32 + 1)
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
            let swapped =
                row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[right.len()]
}

fn is_version(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

/// The numbers of an id, without dates and sizes such as 20250929 or 120b.
fn version(id: &[String]) -> Vec<u32> {
    let numbers = id.iter().filter_map(|word| word.parse().ok());
    numbers.filter(|number| *number < 100).collect()
}

/// Lower-case runs of letters and of digits: `gpt-4o` and `GPT 4 o` are both `gpt`, `4`, `o`.
fn words(text: &str) -> Vec<String> {
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
    words
}
