//! Long runs: cut as the expression cuts them, and each byte looked at a few times only.

use crate::expression::Expression;
use crate::pieces;
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

/// The engine looks at some runs once for every character; 100,000 bytes of those would take it minutes, so it is given
/// fewer. What it is not given is compared in parts below.
#[test]
fn long_runs_are_cut_as_published() {
    for pattern in Pattern::ALL {
        let expression = Expression::of(pattern);
        for case in RUNS {
            let mut bytes = 100_000;
            let mut text = run(case, 500);
            let start = Instant::now();
            assert_eq!(pieces(pattern, &text), expression.pieces(&text), "{case:?}");
            let slow = start.elapsed() > Duration::from_micros(500);
            if slow {
                bytes = 3_000;
            }
            text = run(case, bytes);
            let equal = pieces(pattern, &text) == expression.pieces(&text);
            assert!(equal, "{pattern:?}: {bytes} bytes of {case:?}");
        }
    }
}

/// The slowest of all scanners over the slowest of all runs is looked at; a scanner whose time were quadratic would
/// need ten thousand times what it may.
#[test]
fn long_runs_take_linear_time() {
    for pattern in Pattern::ALL {
        for case in RUNS {
            let text = run(case, 1_000_000);
            let start = Instant::now();
            assert!(pattern.pieces(&text).map(str::len).sum::<usize>() == text.len());
            let taken = start.elapsed();
            assert!(
                taken < Duration::from_secs(3),
                "{pattern:?} took {taken:?} over a megabyte of {case:?}"
            );
        }
    }
}
