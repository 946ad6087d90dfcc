//! Where a text may be cut, its parts split as the whole does.

use crate::pieces;
use crate::texts::{self, Random};
use foretoken::tokens::split::Pattern;

/// One character of every kind a rule may ask for.
const KINDS: &[&str] = &[
    "a", "l", "L", "s", "é", "É", "ʰ", "ก", "中", "㐀", "⺀", "〇", "𖿰", "か", "・", "\u{3099}",
    "\u{301}", "1", "٣", " ", "\t", "\n", "'", "/", "!", "，", "\u{FEFF}",
];

fn check_cut(pattern: Pattern, text: &str, at: usize) -> bool {
    let safe = pattern.is_safe_cut(text.as_bytes(), at);
    if safe {
        let (before, after) = text.split_at(at);
        let parts = [pieces(pattern, before), pieces(pattern, after)].concat();
        assert_eq!(
            pieces(pattern, text),
            parts,
            "{pattern:?}: {before:?} | {after:?}"
        );
    }
    safe
}

/// Every text of two characters on each side of the cut. (GLM-4 has Llama 3's scanner.)
#[test]
fn short_texts() {
    for pattern in Pattern::ALL.into_iter().filter(|p| *p != Pattern::Glm4) {
        for first in KINDS {
            for left in KINDS {
                for right in KINDS {
                    for last in KINDS {
                        let text = [*first, *left, *right, *last].concat();
                        check_cut(pattern, &text, first.len() + left.len());
                    }
                }
            }
        }
    }
}

#[test]
fn random_texts() {
    for pattern in Pattern::ALL {
        let mut random = Random::new(pattern as u64 + 77);
        for _ in 0..20_000 {
            let mut text = texts::random(&mut random);
            if random.below(2) == 0 {
                text = (0..2 + random.below(8))
                    .map(|_| random.pick(KINDS))
                    .collect();
            }
            for (at, _) in text.char_indices() {
                check_cut(pattern, &text, at);
            }
        }
    }
}

/// How many characters of a text go by between two cuts: few, or counting again after a change would take long.
#[test]
fn cuts_are_frequent() {
    let texts = [
        (
            "English",
            "The quick brown fox doesn't jump over 13 lazy dogs; it sleeps.\n",
            9,
        ),
        (
            "code",
            "    fn camelCase(self) -> Option<usize> {\n        self.at.checked_sub(1)\n    }\n",
            14,
        ),
        (
            "Chinese",
            "今天天气很好，我们去公园散步。他说：“明天见”，然后走了。\n",
            14,
        ),
        (
            "Japanese",
            "今日はとても天気がいいので、公園へ散歩に行きました。また明日、会いましょう。\n",
            16,
        ),
        (
            "Thai",
            "วันนี้อากาศดีมาก เราไปเดินเล่นที่สวนสาธารณะ แล้วพบกันใหม่พรุ่งนี้\n",
            25,
        ),
        (
            "Korean",
            "오늘은 날씨가 아주 좋아서 공원에 산책하러 갔습니다. 내일 또 만나요.\n",
            9,
        ),
        (
            "base64",
            "aGVsbG8gd29ybGQsIHRoaXMgaXMgYSB0ZXN0IG9mIGJhc2U2NCBjdXR0aW5nIQ9Zk3pLq7Xv",
            14,
        ),
        (
            "JSON",
            "{\"name\": \"token\", \"count\": [1, 22, 333], \"none\": null}\n",
            12,
        ),
    ];
    for pattern in crate::published().filter(|p| *p != Pattern::Whole) {
        for (name, text, most) in texts {
            let cuts = text
                .char_indices()
                .filter(|(at, _)| check_cut(pattern, text, *at));
            let apart = text.chars().count() / cuts.count();
            println!("{pattern:?} {name}: {apart}");
            assert!(
                apart <= most,
                "{pattern:?}: {name} has a cut every {apart} characters"
            );
        }
    }
}
