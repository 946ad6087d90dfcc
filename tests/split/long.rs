//! Long runs: cut as the expression cuts them, and each byte looked at a few times only.

use crate::expression::Expression;
use crate::{pieces, published};
use foretoken::tokens::split::Pattern;
use std::time::{Duration, Instant};

/// What is repeated, and what stands after it.
const RUNS: &[(&str, &str)] = &[
    ("a", ""),
    ("a", "B"),
    ("A", ""),
    ("A", "!"),
    ("A", "a"),
    ("A中", "!"),
    ("中", ""),
    ("中", "A"),
    ("中A", "!"),
    ("\u{301}", ""),
    ("\u{301}", "A"),
    ("\u{301}A", "!"),
    ("aA", ""),
    ("Aa", "'s"),
    ("か", "x"),
    ("é", "É"),
    ("É", "é"),
    ("ÉA", "1"),
    (" ", ""),
    (" ", "x"),
    (" ", "1"),
    (" ", "!"),
    (" ", "\n"),
    ("\t", "x"),
    ("\t ", "中"),
    ("\u{3000}", "x"),
    ("\n", ""),
    ("\n", "x"),
    ("\n ", "x"),
    (" \n", "x"),
    ("\r\n", "!"),
    ("!", ""),
    ("!", "\n"),
    ("!", "a"),
    ("!\n", "/"),
    ("/", "\n"),
    ("！", "a"),
    ("'", ""),
    ("'s", ""),
    ("'S", ""),
    ("'l", "x"),
    ("1", ""),
    ("1", "a"),
    ("〇", "中"),
    ("٣", " "),
    ("\0", ""),
    ("\0", "a"),
    ("\0", "中"),
    ("\u{FEFF}", "a"),
    ("😀", ""),
    ("a ", ""),
    (" a", ""),
    (" 1", ""),
    ("a1", ""),
    ("a中", ""),
    ("!か", ""),
    ("⺀", "中"),
    (" \u{301}", "A"),
];

fn run((unit, after): &(&str, &str), bytes: usize) -> String {
    unit.repeat(bytes / unit.len()) + after
}

/// The engine looks at some runs whole for every piece: where a short run takes it long, it is not given a long one.
#[test]
fn long_runs_are_cut_as_published() {
    for pattern in published() {
        let expression = Expression::of(pattern);
        for case in RUNS {
            let start = Instant::now();
            check(pattern, &expression, &run(case, 500));
            let patient = start.elapsed() < Duration::from_micros(500);
            let bytes = if patient { 100_000 } else { 3_000 };
            check(pattern, &expression, &run(case, bytes));
        }
    }
}

fn check(pattern: Pattern, expression: &Expression, text: &str) {
    let equal = pieces(pattern, text) == expression.pieces(text);
    let start: String = text.chars().take(8).collect();
    assert!(equal, "{pattern:?}: {} bytes of {start:?}", text.len());
}

/// A scanner that looked at every byte once for every piece, or at every piece's rest of the text, would need thousands
/// of times what it may.
#[test]
fn long_runs_take_linear_time() {
    for pattern in published() {
        for case in RUNS {
            let text = run(case, 200_000);
            let start = Instant::now();
            assert!(pattern.pieces(&text).map(str::len).sum::<usize>() == text.len());
            let taken = start.elapsed();
            assert!(
                taken < Duration::from_secs(2),
                "{pattern:?} took {taken:?} over {case:?}, many times"
            );
        }
    }
}
