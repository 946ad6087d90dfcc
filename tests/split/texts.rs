//! Texts to split: picked, random, and all around one character.

/// A fixed sequence of numbers (splitmix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// What random texts are made of: a line is one pool of which a text takes some.
const POOLS: &[&[&str]] = &[
    &[
        "a", "b", "s", "t", "e", "l", "é", "ß", "ж", "α", "ſ", "ﬆ", "ⓐ", "𝒶", "𐐨", "ʰ",
    ],
    &[
        "A", "B", "S", "R", "V", "E", "L", "É", "Ж", "Ω", "Ⅷ", "ǅ", "ᾼ", "𝐀", "𐐀", "K", "Å",
    ],
    &[
        "中", "文", "龥", "龦", "㐀", "𠀀", "々", "〇", "⺀", "⼀", "〡", "𖿰", "𖿢", "豈",
    ],
    &[
        "か", "ナ", "ー", "・", "゙", "゛", "\u{3040}", "ヿ", "゠", "ㇰ", "ｶ", "한", "ᄀ", "ㄱ", "ำ",
        "ก", "ا", "א", "अ", "ª",
    ],
    &[
        "\u{301}",
        "\u{300}",
        "ี",
        "\u{93E}",
        "\u{20DD}",
        "\u{FE0F}",
        "\u{E0100}",
        "\u{5B0}",
        "\u{64E}",
        "\u{302A}",
    ],
    &[
        "1", "2", "42", "٣", "५", "²", "½", "Ⅳ", "①", "𝟗", "𑁦", "〇", "１",
    ],
    &[
        " ", "  ", "\t", "\u{A0}", "\u{3000}", "\u{2003}", "\u{2028}", "\u{85}", "\u{B}", "\u{C}",
        "\u{1680}",
    ],
    &["\n", "\r", "\r\n", "\n\n", " \n", "\n "],
    &[
        "'", "'s", "'S", "'t", "'re", "'RE", "'vE", "'ll", "'lL", "'m", "'d", "'ſ", "’s", "''",
    ],
    &[
        ".", ",", "!", "/", "//", "-", "_", "#", "$", "+", "`", "|", "~", "\"", "(", "，", "。",
        "、", "—", "€", "«", "¡", "٪", "।",
    ],
    &["😀", "👩‍💻", "🏽", "🇩🇪", "©", "→", "𝄞", "①"],
    &[
        "\u{FEFF}",
        "\0",
        "\u{7F}",
        "\u{AD}",
        "\u{200D}",
        "\u{200B}",
        "\u{180E}",
        "\u{E000}",
        "\u{378}",
        "\u{10FFFF}",
        "\u{E0001}",
        "\u{334FF}",
        "\u{2FFFF}",
    ],
    &[
        "the",
        "Hello",
        "HTTPServer",
        "camelCase",
        "don't",
        "abcdefgh",
        "ABCDEFGHI",
        "abcdefghijklmnopq",
        "12345",
        "        ",
        "https://",
        "!!!",
    ],
];

/// Mostly a few pools at a time, for then what belongs together meets; sometimes any character there is.
pub fn random(random: &mut Random) -> String {
    let pools: Vec<&[&str]> = (0..1 + random.below(5))
        .map(|_| random.pick(POOLS))
        .collect();
    let mut text = String::new();
    for _ in 0..random.below(18) {
        match random.below(24) {
            0 => text.push(any_character(random)),
            1 => {
                let pool = random.pick(POOLS);
                text.push_str(random.pick(pool));
            }
            _ => {
                let pool = random.pick(&pools);
                text.push_str(random.pick(pool));
            }
        }
    }
    text
}

fn any_character(random: &mut Random) -> char {
    let end = random.pick(&[0x100, 0x800, 0x3100, 0x1_0000, 0x3_4000, 0x11_0000]);
    char::from_u32(random.below(end) as u32).unwrap_or('\u{FFFD}')
}

/// A character among each kind that could take it, be taken by it, or look past it.
pub fn around(character: char) -> String {
    let c = character;
    format!(
        "{c}a{c}A{c}{c}1{c}\u{301}{c}'s{c} {c}  {c}!{c}\n{c}中{c}か{c}\u{FEFF}{c}\u{FEFF}A{c}B {c}/{c}a {c}{c}"
    )
}

pub fn tricky() -> Vec<String> {
    let texts = [
        "",
        "a",
        " ",
        "\n",
        "'",
        "'s",
        "'S",
        "'ſ",
        "'sx",
        "it's",
        "it'S IT'LL It'lL",
        "'lL'L'l",
        "don't'll",
        "x'y",
        "''s",
        "a's's's",
        "' s",
        "\u{301}'s",
        "中's",
        "'re're",
        "'r",
        "'l",
        "x'r",
        "x'RE",
        "HE'Ll",
        "HELLO'llx",
        "1's",
        "helloWorld",
        "HTTPServer",
        "ABC",
        " ABC",
        " ABCd",
        "AaBb",
        "ABC中",
        "ABC中DEF",
        "A中B中C",
        "中ABCd",
        "ǅabc",
        "aǅ",
        "ABC\u{301}",
        "\u{301}ABC",
        "\u{301}abc",
        " \u{301}ABC",
        "!\u{301}ABC",
        "!!\u{301}A",
        "\u{301}",
        "\u{301}\u{301} ",
        "ʰABC",
        "AʰB",
        "a\u{301}B",
        "\t\u{301}a",
        "1234567",
        " 1234567",
        "12 345",
        "１２３４",
        "٣٣٣٣",
        "1a2b",
        "Ⅳ4Ⅳ4",
        "〇〇〇〇",
        "1〇2",
        "中〇文",
        "〇1中",
        "!",
        " !",
        "  !",
        "!!",
        "!\n",
        "!\r\n\n/ /",
        "!/\n/a",
        " ?\n\n x",
        "...abc",
        "!abc",
        "!éa",
        "aé!aé",
        "$a1",
        "_a_b",
        "//\n//",
        "(a)",
        " (a)",
        "，abc",
        "，，中",
        "!中",
        "⺀a",
        "!⺀中",
        "!⼀a",
        "・か",
        "か・",
        "か!ナ",
        " か",
        "  か",
        "\tか",
        " \n",
        "\n ",
        " \n ",
        "a \n b",
        "a\n\n  b",
        "  \n\n  ",
        "a  ",
        "a \n",
        "a\n ",
        "a \n  ",
        "\r\n\r\n",
        "\r\r\n a",
        "   a",
        "   1",
        "   !",
        "\t\ta",
        "\t\t1",
        "\t1",
        " \t1",
        "\u{3000}a",
        "\u{3000}\u{3000}中",
        "\u{A0}\u{A0}x",
        "\u{85}a",
        "\u{85}\n",
        "\n\u{85}",
        "\u{2028}\u{2029}x",
        "a\u{85}",
        "\u{B}\u{C}a",
        "  \u{FEFF}",
        " \u{FEFF}a",
        "\u{FEFF}",
        "\u{FEFF}a",
        "\u{FEFF}\u{FEFF}",
        "\u{FEFF}\u{FEFF}A",
        "\u{FEFF}中",
        "\u{FEFF}1",
        "\0\0\0",
        "\0\0a",
        "\0 a",
        "\0!",
        " \0",
        "  \0a",
        "!\0",
        "!\0a",
        "\0\n",
        "\u{200D}\u{301}",
        "👩‍💻 x",
        "a\u{200D}b",
        "\u{E0100}",
        "漢\u{E0100}字",
        "กำลัง",
        "สวัสดี ครับ",
        "नमस्ते",
        "السلام عليكم",
        "Привет, мир! ПРИВЕТмир",
        "你好，世界。Hello世界123",
        "こんにちは、世界！カタカナー",
        "안녕하세요 세계",
        "ΣΊΣΥΦΟΣ σίσυφος",
        "\u{3099}か",
        "か\u{3099}",
        "a\u{3099}",
        "\u{16FF0}中",
        "中\u{16FF0}a",
        "𖿢中",
        "fn main() {\n    println!(\"{}\", x);\n}\n",
        "    if x:\n\t\treturn\n\n\n  # no",
        "aGVsbG8gd29ybGQ/+8==",
        "a\r\nb\rc\n",
        "https://x.org/a?b=c&d='e'",
        "<|endoftext|>",
        "I'M SURE IT'D'VE",
        "O'Reilly's l'été d'Or",
    ];
    texts.into_iter().map(str::to_owned).collect()
}
