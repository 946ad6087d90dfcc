//! Writes `src/tokens/split/classes.bin` from the Unicode data of the `regex` crate, and sees that it is up to date:
//! `UPDATE_TABLE=1 cargo test --test split` writes it.

use crate::generated::assert_current;
use regex_syntax::hir::{Class, HirKind};

const PATH: &str = "src/tokens/split/classes.bin";

/// The kinds of characters in the order of their numbers; a character is of the first kind that has it.
const NAMED: [(u8, &str); 13] = [
    (7, r"[\x{4E00}-\x{9FA5}]"),
    (8, r"[\p{Han}&&\p{L}]"),
    (9, r"[\p{Han}&&\p{M}]"),
    (10, r"[\p{Han}&&\p{N}]"),
    (11, r"\p{Han}"),
    (0, r"[\p{Lu}\p{Lt}]"),
    (1, r"\p{Ll}"),
    (6, r"\p{L}"),
    (5, r"\p{M}"),
    (3, r"\p{N}"),
    (4, r"\s"),
    (2, r"[\p{P}\p{S}]"),
    (OTHER, r"(?s:.)"),
];

const ROW: usize = 128;
const LOW_END: usize = 0x33480;
const TAGS: std::ops::Range<usize> = 0xE0000..0xE0200;
const OTHER: u8 = 12;

fn ranges(class: &str) -> Vec<(usize, usize)> {
    let parsed = regex_syntax::parse(class).unwrap();
    match parsed.kind() {
        HirKind::Class(Class::Unicode(class)) => class
            .ranges()
            .iter()
            .map(|range| (range.start() as usize, range.end() as usize))
            .collect(),
        HirKind::Class(Class::Bytes(class)) => class
            .ranges()
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
        other => panic!("{class} is no class: {other:?}"),
    }
}

/// The kind of every code point.
fn kinds() -> Vec<u8> {
    let mut kinds = vec![OTHER; 0x11_0000];
    for (kind, class) in NAMED.iter().rev() {
        for (first, last) in ranges(class) {
            kinds[first..=last].fill(*kind);
        }
    }
    kinds
}

fn table(kinds: &[u8]) -> Vec<u8> {
    let mut rows: Vec<&[u8]> = Vec::new();
    let mut table = Vec::new();
    for row in kinds[..LOW_END].chunks(ROW).chain(kinds[TAGS].chunks(ROW)) {
        let known = rows.iter().position(|other| *other == row);
        let number = known.unwrap_or_else(|| {
            rows.push(row);
            rows.len() - 1
        });
        table.push(u8::try_from(number).expect("rows are numbered in a byte"));
    }
    table.extend(rows.concat().chunks(2).map(|pair| pair[0] | pair[1] << 4));
    table
}

/// Every code point at which the kinds change, or the kana blocks begin or end, and the one before it.
pub fn edges() -> Vec<char> {
    let kinds = kinds();
    let changes =
        (1..kinds.len()).filter(|at| kinds[*at] != kinds[at - 1] || [0x3040, 0x3100].contains(at));
    changes
        .flat_map(|at| [at - 1, at])
        .filter_map(|code| char::from_u32(code as u32))
        .collect()
}

#[test]
fn the_table_is_that_of_the_regex_crate() {
    let kinds = kinds();
    let left_out = kinds[LOW_END..TAGS.start].iter().chain(&kinds[TAGS.end..]);
    assert!(
        left_out.clone().all(|kind| *kind == OTHER),
        "there are characters where the table has none"
    );
    let expected = table(&kinds);
    assert_current(PATH, &expected, "split");
}

/// What the kinds are built on: they would be wrong of a Unicode that broke it.
#[test]
fn the_kinds_are_what_their_names_say() {
    let within = |inner: &str, outer: &str| {
        let outer = ranges(outer);
        ranges(inner).iter().all(|(first, last)| {
            outer
                .iter()
                .any(|(start, end)| start <= first && last <= end)
        })
    };
    assert!(within(r"[\x{4E00}-\x{9FA5}]", r"[\p{Lo}&&\p{Han}]"));
    assert!(within(r"[\p{Han}&&\p{L}]", r"[\p{Lo}\p{Lm}]"));
    assert!(within(r"\p{Han}", r"[\p{L}\p{M}\p{N}\p{P}\p{S}]"));
    for nothing in [
        r"[\x{3040}-\x{30FF}&&\p{Han}]",
        r"[\x{3040}-\x{30FF}&&[\p{Lu}\p{Lt}\p{Ll}\p{N}\s]]",
        r"[\s&&[\p{L}\p{M}\p{N}\p{P}\p{S}]]",
    ] {
        assert!(ranges(nothing).is_empty(), "{nothing}");
    }
}
