//! Whether a place is safe to cut is a matter of few characters, so that after an edit few places need be looked at again.

use foretoken::tokens::Encoding;

/// One character of every kind a rule may ask for.
const KINDS: [&str; 20] = [
    "a", "s", "é", "中", "〇", "か", "・", "\u{301}", "1", " ", "\t", "\n", "'", "/", "!",
    "\u{FEFF}", "\u{2581}", "\u{11A8}", "각", ">",
];

/// If a text may be cut on both sides of a character, then whether the second cut is safe depends on nothing before the first. And
/// no cut depends on what comes after the next character.
#[test]
fn an_edit_reaches_no_further_than_the_next_place_to_cut() {
    for encoding in Encoding::ALL {
        for left in KINDS {
            for right in KINDS {
                let mut answers = [false; 2];
                for first in KINDS {
                    for second in KINDS {
                        let text = [first, second, left, right].concat();
                        let at = first.len() + second.len();
                        if encoding.is_safe_cut(&text, at) {
                            let next = encoding.is_safe_cut(&text, at + left.len());
                            answers[usize::from(next)] = true;
                        }
                        let short = &text[..at + left.len()];
                        let alone = encoding.is_safe_cut(short, at);
                        assert_eq!(
                            encoding.is_safe_cut(&text, at),
                            alone,
                            "{encoding:?}: {text:?}"
                        );
                    }
                }
                assert_ne!(answers, [true; 2], "{encoding:?}: {left:?}, {right:?}");
            }
        }
    }
}
