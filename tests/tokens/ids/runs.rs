//! Texts that offer no place to cut: one word, one run of blanks or signs, one picture written in letters.

use crate::split_texts::Random;

/// Each of about this many bytes.
pub fn all(bytes: usize) -> Vec<String> {
    let repeated = [
        "a",
        " ",
        "\n",
        "AB",
        "ABC",
        "abcdefg",
        "é",
        "中",
        "\u{301}",
        "7",
        "!",
        "-=",
        "\u{3000} \t",
        "🎉",
    ];
    let mut texts: Vec<String> = repeated
        .iter()
        .map(|unit| unit.repeat(bytes / unit.len()))
        .collect();
    texts.push(format!("{}x", " ".repeat(bytes)));
    let mut random = Random::new(bytes as u64);
    let mut some = |characters: &str| -> String {
        let characters: Vec<char> = characters.chars().collect();
        let width = characters[0].len_utf8();
        (0..bytes / width)
            .map(|_| random.pick(&characters))
            .collect()
    };
    texts.extend([
        some("abcdefghijklmnopqrstuvwxyz"),
        some("ab"),
        some("the and"),
        some("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
        some("!?.,;:-_#'+*~=()[]{}<>|/\\\"$%&@^`"),
        some(" \t\u{b}\u{c}"),
        some("的一是不了人我在有他这中大来上国"),
        some("あいうえおかきくけこ"),
        some("กขคงจฉชซ"),
        some("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    ]);
    texts
}
