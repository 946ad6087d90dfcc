//! Texts that make tokenizers disagree, and a source of random ones.
#![allow(dead_code, reason = "each test file uses the part of this it needs")]

use proptest::prelude::*;

pub const ENGLISH: &str = "Dear Ms. O'Neill,\n\nThank you for your letter of 3 May. We've looked into it, and you're right: \
    the invoice (no. 20481) was sent twice. I'll cancel one of them, and you'll get $1,204.50 back within 5 days.\n";
pub const CODE: &str = "#[derive(Debug)]\nstruct Row<'a> {\n    name: &'a str,\n\tcount: u64, // tabs, too\r\n}\n\n\
    fn main() -> Result<(), Box<dyn Error>> {\n        let x = 0xFF_u8 as f32 / 3.0e-4;\n    println!(\"{x:?}\");\n    Ok(())\n}\n";
pub const CHINESE: &str =
    "您好，我上个月订的椅子少了一颗螺丝。请问可以再寄一颗吗？价格是１２３元。\n𠀀𠀁𪚥";
pub const JAPANESE: &str = "お誕生日おめでとう。カタカナとｶﾀｶﾅ、それに漢字々々。\u{3000}全角の空白";
pub const EMOJI: &str = "👍🏽👩‍👩‍👧‍👦🏳️‍🌈 ok 🇩🇪🇫🇷 ☕️1️⃣ 🫠🫠🫠  🎉!";
pub const ARABIC: &str =
    "مرحبًا، الكرسي الذي طلبته الشهر الماضي ينقصه برغي واحد. السعر ١٢٣٫٤٥ دولارًا؟";
pub const BLANKS: &str =
    " a  b   c\t\td \n\n\n e\r\n\r\n  \t f \u{a0}g\u{2003} \u{2003}h\u{85}i\u{2028}j\u{b}k   \n   ";
pub const END: &str = "<|endoftext|>";

/// What breaks programs that handle text, in the manner of the Big List of Naughty Strings.
pub const NASTY: [&str; 24] = [
    "",
    " ",
    "\n",
    "\0\u{1}\u{7f}",
    "undefined null NaN \\ \\\\ \\x00",
    "1E+02 0xffffffffffffffff 1/0 -0.00 ,.;",
    "123456789012345678901234567890123456789",
    "<>?:\"{}|_+!@#$%^&*()`~,./;'[]\\-=<script>alert('x')</script>",
    "Ω≈ç√∫˜µ≤≥÷åß∂ƒ©˙∆˚¬…æœ∑´®†¥¨ˆøπ“‘¡™£¢∞§¶•ªº–≠",
    "ЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМ ก็่ ʰʱʲ ǅǈ ⅔Ⅳ①",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮ a\u{300}\u{301}\u{302}",
    "\u{feff}mark \u{200b}zero\u{200d}width\u{2060} \u{ad}",
    "\u{202e}right to left\u{202c} \u{2066}isolate\u{2069}",
    "\u{fffd}\u{ffff}\u{10ffff}\u{e000}",
    "it'S we'LL I'M they'Re 'tis 'S ''ll x'v e'ſ",
    "don’t can’t l’été",
    "HTTPServerXMLParser iPhone eBay McDonald ÄÖÜäöü İıſß",
    "a\u{300}'s Ünïcödé's É'll",
    "$HOME ${x:-y} %d%s%n `rm -rf /` ; -- ' OR 1=1",
    "田中さんにあげて下さい\u{3000}\u{3000}パーティー (｡◕ ∀ ◕｡)",
    "<|im_start|>user<|im_end|><|fim_prefix|><|endofprompt|><|return|>",
    "/path/to//file.tar.gz?x=1&y=2#z\r\n\r\n\r",
    "......!!!!!!------======\n\n////\n//",
    "\t \t\n \t x \r \n\r y",
];

/// Every fixed text.
pub fn all() -> Vec<String> {
    let named = [ENGLISH, CODE, CHINESE, JAPANESE, EMOJI, ARABIC, BLANKS, END];
    let mut texts: Vec<String> = named.into_iter().chain(NASTY).map(str::to_owned).collect();
    texts.extend(long_words());
    texts.push(texts.join(" "));
    texts.push(texts[..8].join("\n\n"));
    texts
}

/// Pieces that the pattern does not split: the merging has to cope alone.
fn long_words() -> Vec<String> {
    let mixed: String = (0..6_000_u32)
        .map(|at| char::from(b'a' + (at.wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
        .collect();
    vec![
        "a".repeat(20_000),
        "ABAB".repeat(2_000),
        "长".repeat(3_000),
        "!".repeat(5_000),
        "\n".repeat(5_000),
        "7".repeat(5_000),
        format!("{mixed} {mixed}"),
        format!("{}x{}", " ".repeat(5_000), " ".repeat(5_000)),
    ]
}

/// Texts of ordinary bits and stray characters, with many places where a cut may fall.
pub fn rich_in_seams() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        6 => "[a-zA-Z]{1,9}",
        6 => Just(" ".to_owned()),
        1 => "[ \t\r\n]{1,5}",
        1 => prop::sample::select(vec!["'s", "'LL", "'", "’", "\"", "'d ", " '", "s' "]).prop_map(str::to_owned),
        1 => "[0-9]{1,5}",
        1 => "[\\PC]{1,4}",
        1 => prop::sample::select(vec!["é", "ſ", "中文", "👍🏽", "\u{301}", "\u{a0}", "\u{3000}", "ß ", "ق "]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![", ", ". ", ".\n\n", ");\n", "<|endoftext|>", "://"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(bit, 0..400).prop_map(|bits| bits.concat())
}

/// Any characters at all, whole planes of them unassigned.
pub fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..60).prop_map(|letters| letters.into_iter().collect())
}
