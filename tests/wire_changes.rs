//! What changed of a text, sent alone, makes the text again; and a sheet that follows changes counts what a fresh one counts.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tokens/published.rs"]
mod published;
#[path = "tokens/texts.rs"]
mod texts;

use foretoken::tokens::{Counter, Encoding, Message, Prompt, PromptCounts, Role};
use foretoken::wire::{CountRequest, Sheet, Step, TextChange};
use proptest::prelude::*;
use published::counter;

fn applied(before: &str, change: &TextChange, whole: &str) -> String {
    match change {
        TextChange::Same => before.to_owned(),
        TextChange::Whole => whole.to_owned(),
        TextChange::Splice { from, to, with } => {
            let mut text = before.to_owned();
            text.replace_range(from..to, with);
            text
        }
    }
}

/// Long enough that what changed is looked for, and much of it alike.
fn long_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => texts::rich_in_seams(),
        1 => Just("aaaaaaab".repeat(90)),
        1 => Just("é\u{301}中🎉".repeat(60)),
        1 => Just("цчшщ".repeat(300)),
    ];
    prop::collection::vec(part, 1..9).prop_map(|parts| parts.concat())
}

/// Where, how many bytes, and what stands there instead.
type Edit = (usize, usize, String);

fn edit() -> impl Strategy<Value = Edit> {
    let bits = vec![
        "", "a", "é", "\u{301}", "ц", "ч", "🎉", "🎊", "aaaaaaab", " ", "中文",
    ];
    let with = prop_oneof![
        4 => prop::sample::select(bits).prop_map(str::to_owned),
        1 => texts::rich_in_seams(),
    ];
    (
        any::<usize>(),
        prop_oneof![3 => 0..9_usize, 1 => 0..3_000_usize],
        with,
    )
}

fn edited(before: &str, (at, removed, with): &Edit) -> String {
    let from = before.floor_char_boundary(at % (before.len() + 1));
    let to = before.ceil_char_boundary((from + removed).min(before.len()));
    let mut text = before.to_owned();
    text.replace_range(from..to, with);
    text
}

fn request(texts: &[String], encodings: &[Encoding]) -> CountRequest {
    let (sample, messages) = texts.split_last().unwrap();
    let messages = messages
        .iter()
        .map(|text| Message::new(Role::User, text.as_str()));
    CountRequest {
        revision: 1,
        prompt: Prompt {
            messages: messages.collect(),
            tools: String::new(),
        },
        sample: sample.clone(),
        encodings: encodings.to_vec(),
    }
}

fn count(sheet: &mut Sheet, counter: &mut Counter, budget: usize) -> PromptCounts {
    loop {
        if let Step::Done(counts) = sheet.step(counter, budget) {
            return counts;
        }
    }
}

fn fresh(request: &CountRequest, counter: &mut Counter) -> PromptCounts {
    let mut sheet = Sheet::default();
    sheet.set(request.clone());
    sheet.settle();
    count(&mut sheet, counter, usize::MAX)
}

#[test]
fn a_change_is_the_smallest_that_makes_the_other_text() {
    let before = "0123456789".repeat(1_000);
    let splice = |from, to, with: &str| TextChange::Splice {
        from,
        to,
        with: with.to_owned(),
    };
    let cases = [
        (4_321, 4_321, "x"),
        (0, 0, "x"),
        (10_000, 10_000, "x"),
        (5_000, 7_000, ""),
        (1, 2, "ж"),
    ];
    for (from, to, with) in cases {
        let mut after = before.clone();
        after.replace_range(from..to, with);
        let change = TextChange::between(&before, &after);
        assert_eq!(applied(&before, &change, ""), after);
        let TextChange::Splice {
            from: found,
            to: end,
            with: sent,
        } = &change
        else {
            panic!("{change:?}");
        };
        assert_eq!(
            (end - found, sent.len()),
            (to - from, with.len()),
            "{change:?}"
        );
    }
    assert_eq!(
        TextChange::between(&before, &before.clone()),
        TextChange::Same
    );
    assert_eq!(TextChange::between("short", "shorter"), TextChange::Whole);
    assert_eq!(TextChange::between(&before, ""), splice(0, 10_000, ""));
    // The first byte of both letters is the same.
    let (one, other) = (
        "é".repeat(3_000),
        format!("{}è{}", "é".repeat(1_500), "é".repeat(1_499)),
    );
    assert_eq!(TextChange::between(&one, &other), splice(3_000, 3_002, "è"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_change_makes_the_other_text(before in long_text(), edits in prop::collection::vec(edit(), 0..4)) {
        let after = edits.iter().fold(before.clone(), |text, edit| edited(&text, edit));
        for (before, after) in [(&before, &after), (&after, &before)] {
            let change = TextChange::between(before, after);
            prop_assert_eq!(&applied(before, &change, after), after);
            if let TextChange::Splice { from, to, with } = &change {
                prop_assert!(from <= to && with.len() <= after.len() / 2 + 1);
            }
            prop_assert_eq!(change == TextChange::Same, before == after);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Requests that follow each other, each with some texts changed, of which some are counted only in part.
    #[test]
    fn a_sheet_that_follows_changes_counts_what_a_fresh_one_counts(
        texts in prop::collection::vec(long_text(), 1..4),
        changes in prop::collection::vec((any::<usize>(), edit(), 0..5_u8, 1..4_000_usize), 1..8),
    ) {
        let encodings = [Encoding::O200kBase, Encoding::Qwen];
        let mut texts = texts;
        let mut sheet = Sheet::default();
        let (_, mut sent) = request(&texts, &encodings).split();
        sheet.set(request(&texts, &encodings));
        for (which, edit, kind, budget) in changes {
            let at = which % texts.len();
            match kind {
                0 => texts.insert(at, edit.2.clone()),
                1 if texts.len() > 1 => drop(texts.remove(at)),
                _ => texts[at] = edited(&texts[at], &edit),
            }
            let (rest, now) = request(&texts, &encodings).split();
            let (changes, whole) = TextChange::all(&sent, &now);
            sheet.change(rest, changes, whole.iter().map(|text| text.to_string()));
            sent = now;
            for encoding in encodings {
                sheet.step(&mut counter(encoding), budget);
            }
        }
        for encoding in encodings {
            let mut counter = counter(encoding);
            sheet.settle();
            let counts = count(&mut sheet, &mut counter, 2_000);
            let expected = fresh(&request(&texts, &encodings), &mut counter);
            prop_assert_eq!(counts, expected);
        }
    }
}
