//! Vocabularies nobody would make, in which what is far away decides: long pieces are joined window by window, and must come out as
//! if they were joined whole.

use crate::published::reference::long;
use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, Encoding, Progress};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Tokens made of two others: which two, and where in the order of merging they stand.
type Made = (usize, usize, u32);

/// What a vocabulary is made of, and which tokens a text.
#[derive(Debug, Clone)]
struct World {
    encoding: Encoding,
    letters: Vec<&'static str>,
    made: Vec<Made>,
    text: Vec<(usize, usize)>,
}

fn world() -> impl Strategy<Value = World> {
    let bytes = (
        Just(Encoding::O200kBase),
        prop::sample::select(vec![vec!["a"], vec!["a", "b"], vec!["a", "b", "c"]]),
    );
    // The last two are no tokens of Gemma's here: they are bytes that join nothing.
    let letters = vec![
        vec!["a", "b", "é"],
        vec!["a", "é", "ж", "ß"],
        vec!["a", "ß"],
    ];
    let characters = (Just(Encoding::Gemma), prop::sample::select(letters));
    let made = prop::collection::vec(any::<Made>(), 1..60);
    let text = prop::collection::vec((any::<usize>(), 1..300_usize), 1..60);
    (
        prop_oneof![2 => bytes.boxed(), 1 => characters.boxed()],
        made,
        text,
    )
        .prop_map(|((encoding, letters), made, text)| World {
            encoding,
            letters,
            made,
            text,
        })
}

impl World {
    /// The tokens of several parts, in the order of merging, each with the place it was given.
    fn tokens(&self) -> Vec<Vec<u8>> {
        let is_token =
            |letter: &&&str| self.encoding != Encoding::Gemma || !["ж", "ß"].contains(letter);
        let letters = self.letters.iter().filter(is_token);
        let mut known: Vec<Vec<u8>> = letters.map(|letter| letter.as_bytes().to_vec()).collect();
        let mut places = vec![0; known.len()];
        for (left, right, place) in &self.made {
            // Mostly of the newest, so that they grow.
            let pick = |number: usize| &known[known.len() - 1 - number % known.len().min(6)];
            let token = [pick(*left).as_slice(), pick(*right)].concat();
            if token.len() <= 900 && !known.contains(&token) {
                known.push(token);
                places.push(1 + place);
            }
        }
        let mut order: Vec<usize> = (0..known.len()).collect();
        order.sort_by_key(|at| places[*at]);
        order.into_iter().map(|at| known[at].clone()).collect()
    }

    fn vocabulary(&self) -> Vocabulary {
        let bytes = (0..=255).map(|byte| vec![byte]);
        let mut tokens: Vec<Vec<u8>> = bytes.collect();
        tokens.extend(self.tokens().into_iter().filter(|token| token.len() > 1));
        // Ids that say nothing of the order.
        let ids = (0..tokens.len() as u32).map(|id| id ^ 1_024);
        Vocabulary::in_order(self.encoding.vocabulary(), ids.zip(tokens)).unwrap()
    }

    /// A few thousand bytes of tokens, of repeated tokens, and of letters.
    fn text(&self) -> String {
        let mut text = String::new();
        let tokens = self.tokens();
        for (number, length) in &self.text {
            let letter = self.letters[number % self.letters.len()];
            let unit = match number % 5 {
                0 => letter,
                1 => &self.letters.concat(),
                _ => std::str::from_utf8(&tokens[number / 5 % tokens.len()]).unwrap(),
            };
            text.push_str(&unit.repeat(length.div_ceil(unit.len())));
            text.push_str(letter);
            if text.len() > 6_000 {
                break;
            }
        }
        text
    }
}

fn check(world: &World) -> Result<(), TestCaseError> {
    let (vocabulary, text) = (world.vocabulary(), world.text());
    let positions: HashMap<&[u8], usize> = vocabulary
        .tokens()
        .enumerate()
        .map(|(at, (token, _))| (token, at))
        .collect();
    let whole = positions.contains_key(text.as_bytes());
    let cuts: Vec<usize> = match world.encoding {
        Encoding::Gemma => {
            crate::published::reference::cuts(&text, |token| positions.contains_key(token))
        }
        _ => (0..=text.len()).collect(),
    };
    let merged = long::merge(text.as_bytes(), &cuts, |token| {
        positions.get(token).copied()
    });
    let expected: Vec<(usize, u32)> = match whole {
        true => vec![(text.len(), vocabulary.id(positions[text.as_bytes()]))],
        false => merged
            .iter()
            .map(|token| (token.len(), vocabulary.id(positions[token])))
            .collect(),
    };
    let mut counter = Counter::new(world.encoding, vocabulary.clone(), str::to_owned).unwrap();
    let found: Vec<(usize, u32)> = counter
        .pieces(&text)
        .iter()
        .map(|piece| (piece.bytes, piece.id))
        .collect();
    let at = found
        .iter()
        .zip(&expected)
        .take_while(|(one, other)| one == other)
        .count();
    prop_assert!(
        found == expected,
        "from token {} of {} on, {} bytes",
        at,
        expected.len(),
        text.len()
    );
    prop_assert_eq!(counter.count(&text), expected.len() as u64);
    let mut progress = Progress::default();
    while !counter.count_on(&text, &mut progress, 500) {}
    prop_assert_eq!(progress.tokens(), expected.len() as u64);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn long_pieces_come_out_as_if_joined_whole(world in world()) {
        check(&world)?;
    }
}

/// Four hundred of each of three letters are tokens, and so are two such neighbours: first the later two. A window that sees the first
/// two and a part of the third joins the wrong ones, and sees no more when it is tried again.
#[test]
fn what_comes_a_window_later_decides() {
    let lengths = [2, 4, 8, 16, 32, 64, 128, 256, 384, 400];
    let run = |letter: &str, length: usize| letter.repeat(length).into_bytes();
    let made = lengths
        .iter()
        .flat_map(|length| ["a", "b", "c"].map(|letter| run(letter, *length)));
    let bytes = (0..=255).map(|byte| vec![byte]);
    let [a, b, c] = ["a", "b", "c"].map(|letter| run(letter, 400));
    let late = [[b.as_slice(), &c].concat(), [a.as_slice(), &b].concat()];
    let tokens: Vec<Vec<u8>> = bytes.chain(made).chain(late).collect();
    let vocabulary = Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap();
    let mut counter = Counter::new(Encoding::O200kBase, vocabulary, str::to_owned).unwrap();
    let text = ["a", "b", "c"].map(|letter| letter.repeat(400)).concat();
    for times in [2, 3, 10, 600] {
        let pieces = counter.pieces(&text.repeat(times));
        assert!(
            pieces
                .chunks(2)
                .all(|two| (two[0].bytes, two[1].bytes) == (400, 800))
        );
        assert_eq!(pieces.len(), 2 * times);
        assert_eq!(counter.count(&text.repeat(times)), 2 * times as u64);
    }
}

/// Each character and the next are a token, of which the later are made first: the end of a piece decides how all of it is cut, by
/// whether it has an odd number of characters. That is more than can be taken back.
#[test]
fn the_end_of_a_piece_decides_its_beginning() {
    let characters: Vec<String> = ('\u{4E00}'..='\u{9FA5}').map(String::from).collect();
    let mut tokens: Vec<Vec<u8>> = (0..=255).map(|byte| vec![byte]).collect();
    let starts = characters
        .iter()
        .map(|character| character.as_bytes()[..2].to_vec());
    tokens.extend(starts.collect::<BTreeSet<_>>());
    tokens.extend(
        characters
            .iter()
            .map(|character| character.as_bytes().to_vec()),
    );
    tokens.extend(
        characters
            .windows(2)
            .rev()
            .map(|two| two.concat().into_bytes()),
    );
    let vocabulary = Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap();
    let mut counter = Counter::new(Encoding::O200kBase, vocabulary, str::to_owned).unwrap();
    for length in [500, 1_001, 5_000, 20_901, 20_902] {
        let text = characters[..length].concat();
        let first = if length % 2 == 1 { 3 } else { 6 };
        let pieces = counter.pieces(&text);
        assert_eq!(pieces[0].bytes, first);
        assert!(pieces[1..].iter().all(|piece| piece.bytes == 6), "{length}");
        let mut progress = Progress::default();
        while !counter.count_on(&text, &mut progress, 10_000) {}
        assert_eq!(progress.tokens(), length.div_ceil(2) as u64, "{length}");
    }
}
