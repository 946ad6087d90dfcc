//! Characters joined before the rest of a piece: the same as joining bytes, with vocabularies made up so that it often would not
//! be. In a published one nearly every character comes before what it is part of; here the order is any.

mod reference;

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use foretoken::tokens::{Counter, Encoding};
use proptest::prelude::*;
use reference::Reference;

/// Few bytes in many characters, so that tokens over their edges are frequent.
const LETTERS: [&str; 11] = [
    "\u{4000}",
    "\u{4001}",
    "\u{4040}",
    "\u{5000}",
    "\u{5001}",
    "\u{5040}",
    "Ā",
    "ā",
    "\u{20000}",
    "\u{20041}",
    "a",
];

fn letters(many: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&LETTERS[..]), many)
        .prop_map(|letters| letters.concat())
}

/// Bytes out of a text, wherever they begin and end.
fn token() -> impl Strategy<Value = Vec<u8>> {
    (letters(2..4), any::<prop::sample::Index>(), 2_usize..8).prop_map(|(text, at, length)| {
        let from = at.index(text.len() - 1);
        text.as_bytes()[from..text.len().min(from + length)].to_vec()
    })
}

/// All bytes, then what makes most of the letters and other tokens, in any order.
fn vocabulary() -> impl Strategy<Value = Vocabulary> {
    let parts = LETTERS.iter().map(|letter| letter.as_bytes());
    let parts = parts.flat_map(|letter| (2..=letter.len()).map(|end| letter[..end].to_vec()));
    let parts = prop::sample::subsequence(parts.collect::<Vec<_>>(), 12..=17);
    let two = letters(2..3).prop_map(String::into_bytes);
    // Tokens that begin or end inside a letter close edges: with many of them nothing would be left to try.
    let others = (
        prop::collection::vec(token(), 0..3),
        prop::collection::vec(two, 4..30),
    );
    let tokens = (parts, others);
    let tokens = tokens.prop_map(|(parts, (cut, two))| [parts, cut, two].concat());
    tokens.prop_shuffle().prop_map(|longer| {
        let mut tokens: Vec<Vec<u8>> = (0..=255).map(|byte| vec![byte]).collect();
        for token in longer {
            if token.len() > 1 && !tokens.contains(&token) {
                tokens.push(token);
            }
        }
        Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap()
    })
}

fn ids(vocabulary: &Vocabulary, text: &str) -> Vec<Rank> {
    let copy = Vocabulary::read(&vocabulary.write()).unwrap();
    let mut counter = Counter::new(Encoding::O200kBase, copy, str::to_owned).unwrap();
    counter
        .pieces(text)
        .into_iter()
        .map(|piece| piece.id)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn made_up_vocabularies(vocabulary in vocabulary(), text in letters(8..40)) {
        prop_assert_eq!(ids(&vocabulary, &text), Reference::new(&vocabulary).encode(&text));
    }
}
