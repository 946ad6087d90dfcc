//! Numbers as people type them in their own locale, and how many decimals a figure shows.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::figures::{
    Bounds, Decimals, NumberError, Separators, all_decimals, range_decimals, rate_decimals,
    read_number, request_decimals,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

const GERMAN: Separators = Separators {
    thousands: '.',
    decimal: ',',
};
const FRENCH: Separators = Separators {
    thousands: '\u{202f}',
    decimal: ',',
};
const SWISS: Separators = Separators {
    thousands: '’',
    decimal: '.',
};
const ENGLISH: Separators = Separators::ENGLISH;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn wide() -> Bounds {
    Bounds {
        least: decimal("-1000000000"),
        most: decimal("1000000000"),
        whole: false,
    }
}

fn read(text: &str, signs: Separators) -> Result<Decimal, NumberError> {
    read_number(text, signs, wide())
}

#[test]
fn each_locale_reads_its_own_signs() {
    for (signs, typed, expected) in [
        (ENGLISH, "1,234.5", "1234.5"),
        (ENGLISH, "1,234,567", "1234567"),
        (GERMAN, "1.234,5", "1234.5"),
        (GERMAN, "1.234.567", "1234567"),
        (GERMAN, "1,5", "1.5"),
        (GERMAN, "1,234", "1.234"),
        (FRENCH, "1\u{202f}234,5", "1234.5"),
        (FRENCH, "1\u{a0}234\u{a0}567", "1234567"),
        (FRENCH, "1 234,5", "1234.5"),
        (SWISS, "1’234.5", "1234.5"),
        (SWISS, "1'234'567.25", "1234567.25"),
    ] {
        assert_eq!(read(typed, signs), Ok(decimal(expected)), "{typed}");
    }
}

#[test]
fn every_locale_reads_plain_digits() {
    for signs in [ENGLISH, GERMAN, FRENCH, SWISS] {
        for (typed, expected) in [
            ("0", "0"),
            ("  12 345 ", "12345"),
            ("12345", "12345"),
            ("007", "7"),
            ("-1", "-1"),
            ("−1", "-1"),
            ("\u{a0}42\n", "42"),
        ] {
            assert_eq!(read(typed, signs), Ok(decimal(expected)), "{typed:?}");
        }
    }
    for (typed, expected) in [
        (".5", "0.5"),
        ("5.", "5"),
        ("-.25", "-0.25"),
        ("1.500", "1.5"),
    ] {
        assert_eq!(read(typed, ENGLISH), Ok(decimal(expected)), "{typed}");
    }
}

#[test]
fn what_is_not_a_number_is_refused_with_an_example() {
    for typed in [
        "1,5", "12,3456", ",123", "1,,234", "1e309", "1e5", "0x10", "１２", "١٢", "∞", "NaN",
        "abc", "1.2.3", "1 2", "--1", "- 1", "$5", "5%", "½", ".", "-", "-.", ",", "+", "1_000",
        "\0",
    ] {
        let error = read(typed, ENGLISH).unwrap_err();
        let message = format!("“{typed}” is not a number; write it like 1,234.5");
        assert_eq!(error.to_string(), message);
    }
    assert!(
        read("1.5", GERMAN).is_err(),
        "a thousands sign before one digit"
    );
    assert!(read("1.234.567", ENGLISH).is_err());
    let german = read("zwölf", GERMAN).unwrap_err().to_string();
    assert_eq!(german, "“zwölf” is not a number; write it like 1.234,5");
}

#[test]
fn nothing_typed_is_not_zero() {
    for typed in ["", " ", "\t\n", "\u{a0}\u{3000}"] {
        assert_eq!(read(typed, ENGLISH), Err(NumberError::Empty));
    }
}

#[test]
fn bounds_are_kept_and_named() {
    let bounds = Bounds::whole(1, 1_000);
    let said = |typed: &str| read_number(typed, ENGLISH, bounds).unwrap_err().to_string();
    assert_eq!(said("0"), "at least 1");
    assert_eq!(said("-5"), "at least 1");
    assert_eq!(said("1,001"), "at most 1000");
    assert_eq!(said("2.5"), "whole numbers only");
    for inside in ["1", "1,000", "2.0"] {
        assert!(read_number(inside, ENGLISH, bounds).is_ok(), "{inside}");
    }
}

#[test]
fn a_very_long_text_is_refused_in_a_short_message() {
    for typed in [
        "9".repeat(100_000),
        "x".repeat(100_000),
        "é".repeat(40),
        "1,".repeat(50_000),
    ] {
        let message = read(&typed, ENGLISH).unwrap_err().to_string();
        assert!(
            message.chars().count() < 90 && message.contains('…'),
            "{message}"
        );
    }
}

fn most(decimals: Decimals) -> u32 {
    assert!(decimals.least <= decimals.most);
    decimals.most
}

#[test]
fn a_request_shows_three_digits_of_itself() {
    for (amount, decimals) in [
        ("0", 6),
        ("0.000001", 8),  // 0.00000100
        ("0.0000123", 7), // 0.0000123
        ("0.00123", 6),   // 0.001230
        ("0.999999", 6),
        ("1", 4),
        ("9.9999", 4),
        ("10", 2),
        ("-12.345", 2),
        ("-0.0000123", 7),
    ] {
        let shown = request_decimals(decimal(amount));
        assert_eq!(shown, Decimals::exactly(decimals), "{amount}");
    }
}

#[test]
fn a_range_shows_two() {
    for (amount, decimals) in [
        ("0", 0),
        ("0.00159", 4),
        ("0.5", 2),
        ("1", 2),
        ("9.99", 2),
        ("10", 0),
        ("-0.0159", 3),
    ] {
        let shown = range_decimals(decimal(amount));
        assert_eq!(shown, Decimals::exactly(decimals), "{amount}");
    }
}

#[test]
fn a_rate_shows_cents_or_all_it_has() {
    for (rate, decimals) in [
        ("2", 2),
        ("2.50", 2),
        ("0.075", 3),
        ("0.02500", 3),
        ("15", 2),
    ] {
        let shown = rate_decimals(decimal(rate));
        assert_eq!((shown.least, shown.most), (2, decimals), "{rate}");
    }
    assert_eq!(most(all_decimals(decimal("0.0003900"))), 5);
    assert_eq!(most(all_decimals(decimal("3"))), 2);
    assert_eq!(
        most(all_decimals(decimal("0.0000000000000000000000001"))),
        20,
        "a page has an edge"
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(typed in "\\PC{0,60}", thousands in any::<char>(), sign in any::<char>()) {
        let _ = read(&typed, Separators { thousands, decimal: sign });
    }

    #[test]
    fn nearly_numbers_do_not_either(typed in "[-−+0-9.,'’ \u{a0}\u{202f}eE]{0,40}") {
        for signs in [ENGLISH, GERMAN, FRENCH, SWISS] {
            if let Ok(number) = read(&typed, signs) {
                prop_assert!(typed.contains(|c: char| c.is_ascii_digit()), "{} from {:?}", number, typed);
            }
        }
    }

    #[test]
    fn what_a_locale_writes_it_reads(number in -999_999_999i64..999_999_999, scale in 0u32..4) {
        let exact = Decimal::new(number, scale);
        for signs in [ENGLISH, GERMAN, FRENCH, SWISS] {
            prop_assert_eq!(read(&written(exact, signs), signs), Ok(exact.normalize()));
        }
    }

    #[test]
    fn decimals_never_run_away(mantissa in any::<i64>(), scale in 0u32..28) {
        let amount = Decimal::new(mantissa, scale);
        for decimals in [request_decimals(amount), range_decimals(amount), all_decimals(amount)] {
            prop_assert!(most(decimals) <= 20);
        }
    }
}

/// A number with a locale's signs, as a browser would write it.
fn written(number: Decimal, signs: Separators) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::from(if number.is_sign_negative() { "-" } else { "" });
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(signs.thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(signs.decimal);
        out.push_str(fraction);
    }
    out
}

/// India groups all but the last three digits in twos.
#[test]
fn lakhs_are_read() {
    let read = |text| read_number(text, Separators::ENGLISH, Bounds::whole(0, u64::MAX));
    assert_eq!(read("1,23,456"), Ok(123_456.into()));
    assert_eq!(read("12,34,56,789"), Ok(123_456_789.into()));
    for mixed in ["1,234,56", "12,345,67,890", "1,23,45"] {
        assert!(read(mixed).is_err(), "{mixed}");
    }
}
