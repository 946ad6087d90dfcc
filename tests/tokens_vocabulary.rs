//! Vocabularies in files: what is written reads back, and what is not ours or not whole is refused with a reason.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::tokens::vocabulary::{Rank, Vocabulary, VocabularyError};
use proptest::prelude::*;
use std::collections::HashMap;

/// A small vocabulary with all its kinds: single bytes, pairs, a pair of pairs, a gap, and a token no pair makes.
fn tiny() -> Vocabulary {
    let tokens: [(Rank, &[u8]); 7] = [
        (0, b"t"),
        (1, b"h"),
        (2, b"e"),
        (3, b"th"),
        (5, b"the"),
        (6, b"\xff\xfe"),
        (9, b"thethe"),
    ];
    Vocabulary::new("tiny", tokens.map(|(rank, bytes)| (rank, bytes.to_vec()))).unwrap()
}

#[test]
fn a_vocabulary_reads_back() {
    let read = Vocabulary::read(&tiny().write()).unwrap();
    assert_eq!(read, tiny());
    assert_eq!(read.encoding(), "tiny");
    assert_eq!(read.len(), 7);
    let ranks: Vec<Rank> = read.tokens().map(|(_, rank)| rank).collect();
    assert_eq!(ranks, [0, 1, 2, 3, 5, 6, 9]);
    assert_eq!(read.tokens().last(), Some((b"thethe".as_slice(), 9)));
    assert_eq!(read.bytes(), b"theththe\xff\xfethethe");
    assert_eq!(read.ends(), [1, 2, 3, 5, 8, 10, 16]);
    let ids: Vec<Rank> = (0..7).map(|position| read.id(position)).collect();
    assert_eq!(ids, ranks);
    assert_eq!(read.token(4), b"the");
}

#[test]
fn the_published_ranks_read_back_bit_for_bit() {
    let published = tiktoken_rs::r50k_base().unwrap();
    let tokens = (0..50_256).map(|rank| (rank, published.decode_bytes(&[rank]).unwrap()));
    let file = Vocabulary::new("r50k_base", tokens).unwrap().write();
    let read = Vocabulary::read(&file).unwrap();
    for (token, rank) in read.tokens() {
        assert_eq!(token, published.decode_bytes(&[rank]).unwrap());
    }
    assert_eq!((read.len(), file.len()), (50_256, 301_840));
}

#[test]
fn the_tokenizer_can_be_built_from_it() {
    let published = tiktoken_rs::p50k_base().unwrap();
    let tokens = (0..50_281)
        .filter(|rank| *rank != 50_256) // <|endoftext|>, which no text has
        .map(|rank| (rank, published.decode_bytes(&[rank]).unwrap()));
    let file = Vocabulary::new("p50k_base", tokens).unwrap().write();
    let encoder = Vocabulary::read(&file)
        .unwrap()
        .tokens()
        .map(|(token, rank)| (token.to_vec(), rank))
        .collect();
    let pattern =
        r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s";
    let built = tiktoken_rs::CoreBPE::new(encoder, Default::default(), pattern).unwrap();
    let text = "fn main() {\n                    println!(\"Grüße, Jörg ☕\");\n}";
    assert_eq!(built.encode_ordinary(text), published.encode_ordinary(text));
}

#[test]
fn what_is_not_a_vocabulary_is_refused() {
    let foreign = Vocabulary::read(b"<!doctype html>").unwrap_err();
    assert_eq!(
        foreign.to_string(),
        "this is not a vocabulary: it should begin with \"foretokV\" and begins with \"<!doctyp\""
    );
    let mut newer = tiny().write();
    newer[8] = 3;
    assert_eq!(
        Vocabulary::read(&newer).unwrap_err().to_string(),
        "this vocabulary has format 3, and this version reads format 2"
    );
}

#[test]
fn a_file_cut_short_is_refused_wherever_it_is_cut() {
    let file = tiny().write();
    for end in 0..file.len() {
        let error = Vocabulary::read(&file[..end]).unwrap_err();
        assert!(
            matches!(
                error,
                VocabularyError::Truncated { .. } | VocabularyError::Damaged
            ),
            "cut at {end}: {error}"
        );
    }
    let longer = [file.as_slice(), b"x"].concat();
    assert_eq!(Vocabulary::read(&longer), Err(VocabularyError::Damaged));
}

#[test]
fn every_changed_bit_is_noticed() {
    let file = tiny().write();
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            assert!(
                Vocabulary::read(&changed).is_err(),
                "bit {bit} of byte {at}"
            );
        }
    }
}

#[test]
fn a_rank_cannot_be_given_twice_and_a_token_is_not_empty() {
    let twice = [(4, b"a".to_vec()), (4, b"b".to_vec())];
    assert_eq!(
        Vocabulary::new("x", twice),
        Err(VocabularyError::RankTwice(4))
    );
    let same = [(4, b"a".to_vec()), (5, b"a".to_vec())];
    assert_eq!(
        Vocabulary::new("x", same),
        Err(VocabularyError::TokenTwice(5))
    );
    assert!(Vocabulary::new("x", [(0, Vec::new())]).is_err());
    assert!(Vocabulary::new("x", [(0, vec![b' '; 1025])]).is_err());
}

/// Tokens that merge in another order than that of their ids, one of them made of one that comes later.
fn turned() -> Vocabulary {
    let tokens: [(Rank, &[u8]); 6] = [
        (7, b"a"),
        (8, b"b"),
        (5, b"aaaa"),
        (4, b"aaa"),
        (3, b"aa"),
        (9, "中".as_bytes()),
    ];
    let tokens = tokens.map(|(rank, bytes)| (rank, bytes.to_vec()));
    Vocabulary::in_order("turned", tokens).unwrap()
}

#[test]
fn the_order_of_merging_may_be_another_than_that_of_ids() {
    let read = Vocabulary::read(&turned().write()).unwrap();
    assert_eq!(read, turned());
    let ids: Vec<Rank> = read.tokens().map(|(_, id)| id).collect();
    assert_eq!(ids, [7, 8, 5, 4, 3, 9]);
    assert_eq!(ids, [0, 1, 2, 3, 4, 5].map(|position| read.id(position)));
}

/// Has "t", "h", "the" and more of [`tiny`], in its order.
fn on_tiny() -> Vocabulary {
    let tokens: [(Rank, &[u8]); 6] = [
        (0, b"t"),
        (1, b"h"),
        (2, b"th"),
        (3, b"the"),
        (4, b"thethe"),
        (5, b"theth"),
    ];
    let tokens = tokens.map(|(rank, bytes)| (rank, bytes.to_vec()));
    Vocabulary::new("larger", tokens).unwrap()
}

#[test]
fn a_vocabulary_can_stand_on_anothers_tokens() {
    let file = on_tiny().write_on(&tiny());
    assert!(file.len() < on_tiny().write().len() + 40);
    assert_eq!(Vocabulary::base(&file), Ok(Some("tiny".to_owned())));
    assert_eq!(Vocabulary::base(&tiny().write()), Ok(None));
    assert_eq!(Vocabulary::read_on(&file, Some(&tiny())), Ok(on_tiny()));
    let alone = Vocabulary::read(&file).unwrap_err();
    assert_eq!(
        alone.to_string(),
        "the vocabulary larger is written on top of tiny, which is not there"
    );
    let other = Vocabulary::read_on(&file, Some(&turned())).unwrap_err();
    assert_eq!(
        other.to_string(),
        "the vocabulary larger is written on top of tiny, and not on the turned that is there"
    );
    // One that needs none does not look at what it is given.
    let whole = on_tiny().write();
    assert_eq!(Vocabulary::read_on(&whole, Some(&tiny())), Ok(on_tiny()));
}

/// The checksum as `src/tokens/vocabulary/file.rs` describes it, over what precedes and what follows it.
fn seal(file: &mut [u8], at: usize) {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut word = |word: u64| {
        let mixed = (state ^ word).wrapping_mul(0x0100_0000_01b3);
        state = mixed ^ (mixed >> 32);
    };
    for part in [&file[..at], &file[at + 8..]] {
        let mut padded = part.to_vec();
        padded.resize((part.len() / 8 + 1) * 8, 0);
        for eight in padded.chunks(8) {
            word(u64::from_le_bytes(eight.try_into().unwrap()));
        }
        word(part.len() as u64);
    }
    file[at..at + 8].copy_from_slice(&state.to_le_bytes());
}

#[test]
fn a_wrong_file_with_a_right_checksum_does_no_harm() {
    let (tiny, turned, on_tiny) = (tiny(), turned(), on_tiny());
    // Before the checksum: magic, names and counts, then stretches of ids and, in the last, of the base.
    let files = [
        (tiny.write(), 9 + 5 + 1 + 8 + 4 + 3 * 8, None),
        (turned.write(), 9 + 7 + 1 + 8 + 4 + 5 * 8, None),
        (
            on_tiny.write_on(&tiny),
            9 + 7 + 5 + 8 + 4 + 3 * 8 + 8 + 4 + 8,
            Some(&tiny),
        ),
    ];
    for (file, at, base) in files {
        let mut sealed = file.clone();
        seal(&mut sealed, at);
        assert_eq!(sealed, file, "the checksum is where this thinks it is");
        for changed in 0..file.len() {
            for value in 0..=255 {
                let mut wrong = file.clone();
                wrong[changed] = value;
                seal(&mut wrong, at);
                let _ = Vocabulary::read_on(&wrong, base);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_vocabulary_reads_back(tokens in proptest::collection::hash_map(proptest::collection::vec(97u8..101, 1..9), any::<bool>(), 0..200)) {
        let mut rank = 0;
        let ranked: HashMap<Rank, Vec<u8>> = tokens.into_iter().map(|(token, skip)| {
            rank += if skip && rank < 300 { 2 } else { 1 };
            (rank, token)
        }).collect();
        let gaps_fit = ranked.len() < 200;
        prop_assume!(gaps_fit);
        let vocabulary = Vocabulary::new("any", ranked.clone()).unwrap();
        let read = Vocabulary::read(&vocabulary.write()).unwrap();
        let back: HashMap<Rank, Vec<u8>> = read.tokens().map(|(token, rank)| (rank, token.to_vec())).collect();
        prop_assert_eq!(back, ranked);
    }

    #[test]
    fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Vocabulary::read(&[b"foretokV\x02".as_slice(), &body].concat());
    }
}
