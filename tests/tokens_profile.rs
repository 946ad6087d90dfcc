//! What kind of text a text is taken for, and what the table of families makes of it.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::tokens::{Families, Family, Profile};
use proptest::prelude::*;

const ENGLISH: &str = "Hello, the chair I ordered last month has lost a screw, and I can't find a spare one in the box. \
    Could you send me another, or tell me which size I should buy? I'd rather not return the whole thing.\n\
    Kind regards,\nMiriam Adler";
const GERMAN: &str = "Hallo, an dem Stuhl, den ich letzten Monat bestellt habe, fehlt eine Schraube. Können Sie mir eine neue \
    schicken oder sagen, welche Größe ich kaufen soll? Ich möchte ihn ungern ganz zurückgeben.\n\
    Viele Grüße\nMiriam Adler";
const FRENCH: &str = "Bonjour, il manque une vis à la chaise que j'ai commandée le mois dernier. Pouvez-vous m'en envoyer une \
    autre ou me dire quelle taille acheter ? Je préfère ne pas tout renvoyer.";
const INDONESIAN: &str = "Halo, kursi yang saya pesan bulan lalu kehilangan satu sekrup dan tidak ada cadangan di dalam kotak. \
    Bisakah Anda mengirim yang baru atau memberi tahu ukuran yang harus saya beli?";
const VIETNAMESE: &str = "Chào anh chị, chiếc ghế tôi đặt tháng trước bị thiếu một con ốc. Anh chị có thể gửi cho tôi cái khác \
    hoặc cho biết nên mua cỡ nào không? Tôi không muốn trả lại cả chiếc ghế.";
const PYTHON: &str = "import sys\n\n\nclass Basket:\n    \"\"\"What a customer wants to buy.\"\"\"\n\n    \
    def __init__(self, items=None):\n        self.items = list(items or [])\n\n    \
    def total(self, rate: float = 0.19) -> float:\n        # taxes are added last\n        \
    net = sum(price * count for price, count in self.items)\n        return round(net * (1 + rate), 2)\n";
const JSON: &str = "{\n  \"id\": \"ord_48213\",\n  \"lines\": [{\"sku\": \"CH-7\", \"qty\": 2, \"net\": 39.5}],\n  \
    \"note\": \"leave it with the neighbour\",\n  \"paid\": true\n}\n";
const LOG: &str = "2026-11-24T08:15:02.113Z INFO  [web-3] GET /api/v1/orders/48213 200 18ms\n\
    2026-11-24T08:15:02.907Z WARN  [web-1] retrying upstream call attempt=2 id=9f31c07a\n\
    2026-11-24T08:15:04.250Z ERROR [web-1] connection reset by peer 10.0.4.17:5432\n";
const CHINESE: &str =
    "您好，我上个月订的椅子少了一颗螺丝，盒子里也没有备用的。请问可以再寄一颗给我吗？";
const JAPANESE: &str = "先月注文した椅子のネジが一本足りません。箱の中にも予備がありませんでした。送っていただけますか。";
const KOREAN: &str =
    "지난달에 주문한 의자에 나사가 하나 빠져 있습니다. 새 나사를 보내 주실 수 있을까요?";
const RUSSIAN: &str = "Здравствуйте, в стуле, который я заказала в прошлом месяце, не хватает одного винта. Пришлите, пожалуйста, новый.";
const ARABIC: &str =
    "مرحبا، الكرسي الذي طلبته الشهر الماضي ينقصه برغي واحد. هل يمكنكم إرسال برغي آخر؟";
const HINDI: &str = "नमस्ते, पिछले महीने मँगाई गई कुर्सी में एक पेंच नहीं है। क्या आप दूसरा भेज सकते हैं?";

type Part = fn(Profile) -> u64;

const ENGLISH_PART: Part = |profile| profile.english;
const LATIN_PART: Part = |profile| profile.latin;
const CODE_PART: Part = |profile| profile.code;
const CJK_PART: Part = |profile| profile.cjk;
const OTHER_PART: Part = |profile| profile.other;

#[test]
fn a_text_is_mostly_of_its_own_class() {
    for (text, part) in [
        (ENGLISH, ENGLISH_PART),
        (GERMAN, LATIN_PART),
        (FRENCH, LATIN_PART),
        (INDONESIAN, LATIN_PART),
        (VIETNAMESE, LATIN_PART),
        (PYTHON, CODE_PART),
        (JSON, CODE_PART),
        (LOG, CODE_PART),
        (CHINESE, CJK_PART),
        (JAPANESE, CJK_PART),
        (KOREAN, CJK_PART),
        (RUSSIAN, OTHER_PART),
        (ARABIC, OTHER_PART),
        (HINDI, OTHER_PART),
    ] {
        let profile = Profile::of(text);
        assert!(
            part(profile) * 10 >= profile.total() * 9,
            "{profile:?} for {text}"
        );
    }
}

#[test]
fn a_short_line_goes_with_its_neighbours() {
    let greeting = Profile::of("Hallo Tom,\n\n");
    assert_eq!(greeting.total(), greeting.english, "nothing says otherwise");
    for lines in [
        format!("Hallo Tom,\n{GERMAN}"),
        format!("{GERMAN}\nHallo Tom,"),
    ] {
        assert_eq!(Profile::of(&lines).english, 0);
    }
}

#[test]
fn a_list_of_english_things_is_english() {
    let profile = Profile::of("red apples, green pears, two ripe bananas, butter, brown sugar");
    assert_eq!(profile.total(), profile.english);
}

#[test]
fn each_part_of_a_mixed_text_is_seen() {
    let mixed = [ENGLISH, GERMAN, PYTHON, CHINESE, RUSSIAN].join("\n\n");
    let profile = Profile::of(&mixed);
    for part in [ENGLISH_PART, LATIN_PART, CODE_PART, CJK_PART, OTHER_PART] {
        assert!(part(profile) * 20 > profile.total(), "{profile:?}");
    }
}

#[test]
fn curly_quotes_and_emoji_are_no_other_script() {
    let profile = Profile::of("“That’s the one,” she said – and they went home… 🎉");
    assert_eq!(profile.total(), profile.english);
}

#[test]
fn an_empty_text_has_no_parts() {
    for text in ["", "\n\n", " \t\r\n"] {
        assert_eq!(Profile::of(text), Profile::default());
    }
}

fn families() -> Families {
    Families::read(include_str!("../static/tokenizers.json")).unwrap()
}

#[test]
fn the_table_of_families_is_ordered() {
    let families = families();
    assert!(families.get("unknown").is_some());
    for (id, family) in families.iter() {
        for band in [
            family.english,
            family.latin,
            family.code,
            family.cjk,
            family.other,
        ] {
            assert!(band.0 <= band.1 && band.1 <= band.2, "{id}: {band:?}");
            assert!(
                band.0.is_sign_positive() && !band.0.is_zero(),
                "{id}: {band:?}"
            );
        }
        if let Some((least, likely, most)) = family.tool_prompt {
            assert!(least <= likely && likely <= most, "{id}");
        }
    }
}

fn count(family: &Family, base: u64, profile: Profile) -> (u64, u64, u64) {
    let count = family.text(base, profile).unwrap();
    (count.low, count.tokens, count.high)
}

fn profile() -> impl Strategy<Value = Profile> {
    let part = || prop_oneof![Just(0_u64), 0..10_000_000_000_u64];
    (part(), part(), part(), part(), part()).prop_map(|(english, latin, code, cjk, other)| {
        Profile {
            english,
            latin,
            code,
            cjk,
            other,
        }
    })
}

proptest! {
    #[test]
    fn a_band_is_ordered(profile in profile(), base in 0..100_000_000_u64) {
        for (id, family) in families().iter() {
            let (low, tokens, high) = count(family, base, profile);
            prop_assert!(low <= tokens && tokens <= high, "{id}");
        }
    }

    #[test]
    fn one_class_alone_is_its_own_band(share in 1..1_000_000_u64) {
        for (id, family) in families().iter() {
            let english = Profile { english: share, ..Profile::default() };
            let expected = (family.english.1 * rust_decimal::Decimal::from(100_000)).to_string();
            let (_, tokens, _) = count(family, 100_000, english);
            prop_assert_eq!(tokens.to_string(), expected.trim_end_matches(".00"), "{}", id);
        }
    }

    #[test]
    fn lines_of_different_scripts_add_up(words in 1..40_usize) {
        let (english, chinese) = ("the cat and the dog ".repeat(words), "猫和狗".repeat(words));
        let (one, two) = (Profile::of(&english), Profile::of(&chinese));
        prop_assert_eq!(Profile::of(&format!("{english}\n{chinese}")), one.plus(two));
    }

    #[test]
    fn any_text_has_a_profile(text in "\\PC{0,200}") {
        let profile = Profile::of(&text);
        let parts = profile.english + profile.latin + profile.code + profile.cjk + profile.other;
        prop_assert_eq!(profile.total(), parts);
        prop_assert_eq!(Profile::of(&text), profile);
        if text.chars().any(char::is_alphanumeric) {
            prop_assert!(parts > 0);
        }
    }
}
