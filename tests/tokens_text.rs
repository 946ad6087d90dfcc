//! Whatever is done to a text, in whatever steps it is counted: the count is that of the text as it is in the end.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/text/cuts.rs"]
mod cuts;
#[path = "tokens/text/nasty.rs"]
mod nasty;
#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::{Encoding, Progress, Text};
use proptest::prelude::*;
use published::{compose, counter, published_count};

/// What is done to a text.
#[derive(Debug, Clone)]
enum Deed {
    Count {
        budget: usize,
    },
    Splice {
        at: At,
        removed: usize,
        with: String,
    },
}

/// A place in a text, wherever that is once the text is there.
#[derive(Debug, Clone, Copy)]
enum At {
    Anywhere(usize),
    /// Beside the end of a section that a text has which is counted for the first time.
    Seam {
        number: usize,
        before: usize,
    },
}

impl At {
    fn place(self, text: &str, encoding: Encoding) -> usize {
        match self {
            At::Anywhere(at) => text.floor_char_boundary(at % (text.len() + 1)),
            At::Seam { number, before } => {
                let seams = seams(text, encoding);
                let seam = seams[number % seams.len()];
                text.floor_char_boundary(seam.saturating_sub(before))
            }
        }
    }
}

/// Where sections end: the first place to cut after each thousand bytes.
fn seams(text: &str, encoding: Encoding) -> Vec<usize> {
    let mut seams = vec![0];
    while let Some(last) = seams.last().filter(|last| **last < text.len()) {
        let mut places = text.ceil_char_boundary(last + 1_000)..text.len();
        let is_cut = |at: &usize| text.is_char_boundary(*at) && encoding.is_safe_cut(text, *at);
        seams.push(places.find(is_cut).unwrap_or(text.len()));
    }
    seams
}

fn place() -> impl Strategy<Value = At> {
    prop_oneof![
        any::<usize>().prop_map(At::Anywhere),
        (0..9_usize, 0..6_usize).prop_map(|(number, before)| At::Seam { number, before }),
    ]
}

const BITS: [&str; 23] = [
    "",
    "",
    "a",
    " ",
    "\n",
    "'",
    "\t",
    "é",
    "\u{301}",
    "中",
    "1",
    "!",
    "/",
    "'s",
    "\u{2581}",
    "か",
    "・",
    "\u{9c7}\u{9be}",
    "각",
    "\u{11a8}",
    " \u{301}",
    "> </",
    "\u{958}",
];

fn with() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(BITS.to_vec()).prop_map(str::to_owned),
        1 => texts::rich_in_seams(),
        1 => Just("\u{958}\u{301}".repeat(600)),
        1 => Just("x".repeat(3_000)),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let removed = prop_oneof![4 => 0..4_usize, 2 => 900..1_300_usize, 1 => 0..9_000_usize];
    let budget = prop_oneof![1..50_usize, 500..3_000_usize];
    prop_oneof![
        2 => (place(), removed, with()).prop_map(|(at, removed, with)| Deed::Splice { at, removed, with }),
        1 => budget.prop_map(|budget| Deed::Count { budget }),
    ]
}

/// A few thousand bytes, some of them without a place to cut.
fn long_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        5 => texts::rich_in_seams(),
        1 => Just("長い文字列と\u{2581}そのつづき".repeat(30)),
        1 => Just("क\u{93c}ि e\u{301}\u{327} \u{1100}\u{1161}\u{11a8}".repeat(40)),
        1 => (0..2_500_usize).prop_map(|length| "z".repeat(length)),
        1 => (0..1_100_usize).prop_map(|length| " \t".repeat(length)),
    ];
    prop::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}

fn follow(encoding: Encoding, before: &str, deeds: &[Deed]) -> Result<(), TestCaseError> {
    let mut counter = counter(encoding);
    let mut text = Text::new(before);
    let mut expected = before.to_owned();
    for deed in deeds {
        match deed {
            Deed::Count { budget } => {
                let counted = text.progress(encoding).0;
                let all = text.count(&mut counter, *budget);
                let least = expected.len().min(counted + budget);
                prop_assert!(text.progress(encoding).0 >= least);
                prop_assert_eq!(text.tokens(encoding).is_some(), all || expected.is_empty());
            }
            Deed::Splice { at, removed, with } => {
                let from = at.place(&expected, encoding);
                let to = expected.ceil_char_boundary((from + removed).min(expected.len()));
                text.splice(from, to, with);
                expected.replace_range(from..to, with);
                let (bytes, tokens) = text.progress(encoding);
                prop_assert!(bytes <= expected.len() && tokens <= 2 * bytes as u64);
            }
        }
    }
    prop_assert_eq!(text.as_str(), &expected);
    while !text.count(&mut counter, 1_500) {}
    let tokens = text.tokens(encoding);
    prop_assert_eq!(tokens, Some(counter.count(&expected)), "{:?}", encoding);
    prop_assert_eq!(
        tokens,
        Some(published_count(encoding, &expected)),
        "{:?}",
        encoding
    );
    prop_assert_eq!(text.progress(encoding), (expected.len(), tokens.unwrap()));
    Ok(())
}

/// Sections end where a piece does; what is typed or deleted beside such a place may join what was apart.
#[test]
fn edits_beside_a_seam() {
    let units = [
        "ab\n", "12\n", "ab ", "中。", "Ab", "'s", "!\n", "a1", "か中", "\t\n", "é!", "각 ",
    ];
    for encoding in Encoding::ALL {
        let mut counter = counter(encoding);
        for unit in units {
            let before = unit.repeat(1_500 / unit.len());
            let seam = seams(&before, encoding)[1];
            for with in &BITS[1..] {
                for from in seam.saturating_sub(1)..before.len().min(seam + 2) {
                    let from = before.floor_char_boundary(from);
                    for to in [
                        from,
                        before.ceil_char_boundary((from + 2).min(before.len())),
                    ] {
                        let mut text = Text::new(before.as_str());
                        text.count(&mut counter, usize::MAX);
                        text.splice(from, to, with);
                        text.count(&mut counter, usize::MAX);
                        let afresh = counter.count(text.as_str());
                        assert_eq!(
                            text.tokens(encoding),
                            Some(afresh),
                            "{encoding:?}: {unit:?}, {with:?} for {from}..{to}"
                        );
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn edits_and_steps_change_no_count(text in long_text(), deeds in prop::collection::vec(deed(), 0..12)) {
        for encoding in Encoding::ALL {
            follow(encoding, &text, &deeds)?;
        }
    }

    #[test]
    fn any_budgets_count_the_same(text in long_text(), budgets in prop::collection::vec(1..2_000_usize, 1..6)) {
        for encoding in Encoding::ALL {
            let mut counter = counter(encoding);
            let (mut progress, mut before) = (Progress::default(), 0);
            let length = encoding.normal(&text, compose).len();
            for budget in budgets.iter().cycle() {
                let all = counter.count_on(&text, &mut progress, *budget);
                prop_assert!(progress.done() >= length.min(before + budget));
                before = progress.done();
                if all {
                    break;
                }
            }
            prop_assert_eq!(progress.done(), length);
            prop_assert_eq!(progress.tokens(), counter.count(&text));
            prop_assert_eq!(progress.tokens(), counter.pieces(&text).len() as u64);
        }
    }

    /// Two encodings of one text do not get into each other's way.
    #[test]
    fn encodings_are_counted_side_by_side(text in long_text(), at in place(), with in with()) {
        let both = [Encoding::Cl100kBase, Encoding::Gemma];
        let mut counted = Text::new(text.as_str());
        for encoding in both {
            counted.count(&mut counter(encoding), 1_700);
        }
        let from = at.place(&text, Encoding::Cl100kBase);
        counted.splice(from, text.len(), &with);
        for encoding in both {
            while !counted.count(&mut counter(encoding), 1_700) {}
            prop_assert_eq!(counted.tokens(encoding), Some(counter(encoding).count(counted.as_str())));
        }
        counted.keep_only(&both[..1]);
        prop_assert_eq!(counted.tokens(both[1]), counted.as_str().is_empty().then_some(0));
        prop_assert!(counted.tokens(both[0]).is_some());
    }
}
