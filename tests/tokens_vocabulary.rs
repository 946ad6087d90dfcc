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
    assert_eq!((read.len(), file.len()), (50_256, 301_824));
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
    newer[8] = 2;
    assert_eq!(
        Vocabulary::read(&newer),
        Err(VocabularyError::OtherFormat { seen: 2 })
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
    assert!(Vocabulary::new("x", [(0, Vec::new())]).is_err());
    assert!(Vocabulary::new("x", [(0, vec![b' '; 1025])]).is_err());
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
        let _ = Vocabulary::read(&[b"foretokV\x01".as_slice(), &body].concat());
    }
}
