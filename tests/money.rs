//! Exact or refused, and rounded as an accountant does: against whole numbers large enough to hold every digit.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::money::{Currency, Money, MoneyError, parse, product, quotient, round, sum};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn sums_that_fit_are_exact() {
    for (left, right, expected) in [
        ("0.1", "0.2", "0.3"),
        ("-2.5", "2.5", "0"),
        (
            "99999999999999999999999999.99",
            "0.01",
            "100000000000000000000000000",
        ),
        (
            "0.0000000000000000000000000001",
            "1",
            "1.0000000000000000000000000001",
        ),
        (
            "100000000000000000000",
            "1.0000000000000000000000000000",
            "100000000000000000001",
        ),
    ] {
        assert_eq!(sum(decimal(left), decimal(right)), Ok(decimal(expected)));
        assert_eq!(sum(decimal(right), decimal(left)), Ok(decimal(expected)));
    }
}

#[test]
fn what_needs_too_many_digits_is_refused() {
    let (tiny, large) = (decimal("0.0000000000000001"), decimal("10000000000000"));
    assert!(product(tiny, tiny).is_err(), "1e-32 is not 0");
    assert!(
        sum(large, tiny).is_err(),
        "13 digits before the point and 16 after make 30"
    );
    assert!(sum(tiny, large).is_err());
    assert!(sum(Decimal::MAX, Decimal::ONE).is_err());
    assert!(product(Decimal::MAX, Decimal::TWO).is_err());
    let message = product(tiny, tiny).unwrap_err().to_string();
    assert!(message.starts_with("0.0000000000000001 × 0.0000000000000001 needs more than"));
    let error = quotient(large, Decimal::ZERO);
    assert_eq!(error, Err(MoneyError::DivisionByZero(large)));
}

#[test]
fn zeros_at_the_end_cost_no_digits() {
    let padded = decimal("2.00000000000000000000");
    assert_eq!(product(padded, padded), Ok(decimal("4")));
    assert_eq!(product(decimal("0.5"), decimal("0.2")), Ok(decimal("0.1")));
    // 7.5e28 × 4 tenths are 3e29 tenths, which no decimal holds, but 3e28 wholes.
    let (most, whole) = (
        "75000000000000000000000000000",
        "30000000000000000000000000000",
    );
    assert_eq!(product(decimal(most), decimal("0.4")), Ok(decimal(whole)));
    assert_eq!(
        product(decimal("0.000000000000000"), Decimal::MAX),
        Ok(Decimal::ZERO)
    );
}

#[test]
fn half_a_coin_goes_away_from_zero() {
    for (amount, decimals, expected) in [
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("-0.125", 2, "-0.13"),
        ("-0.135", 2, "-0.14"),
        ("0.1249999999999999999999999999", 2, "0.12"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("7", 2, "7"),
    ] {
        assert_eq!(
            round(decimal(amount), decimals),
            decimal(expected),
            "{amount}"
        );
    }
    assert_eq!(
        Money::usd(decimal("-0.005")).rounded().amount(),
        decimal("-0.01")
    );
}

#[test]
fn a_share_is_multiplied_first() {
    // 7 ÷ 3600 × 3600 is 7 only if the product comes first.
    let whole = Money::usd(decimal("7"));
    let share = whole.share(3600.into(), 3600.into()).unwrap();
    assert_eq!(share.amount(), decimal("7"));
    assert_eq!(
        Money::usd(Decimal::ONE)
            .share(1.into(), 3.into())
            .unwrap()
            .amount(),
        decimal("0.3333333333333333333333333333")
    );
    assert_eq!(
        Money::usd(Decimal::TWO)
            .share(1.into(), 3.into())
            .unwrap()
            .amount(),
        decimal("0.6666666666666666666666666667")
    );
}

#[test]
fn an_amount_is_digits_with_one_point() {
    for (text, expected) in [
        ("0.25", "0.25"),
        (" 12 ", "12"),
        ("-3.50", "-3.5"),
        ("007", "7"),
    ] {
        assert_eq!(parse(text), Ok(decimal(expected)));
    }
    for text in [
        "",
        " ",
        ".",
        "-",
        "1e5",
        "1E-3",
        "1,000",
        "1_000",
        "1 000",
        "1.2.3",
        "0x10",
        "NaN",
        "inf",
        "--1",
        "１２",
        "$5",
        "0.00000000000000000000000000001",
        "99999999999999999999999999999999",
    ] {
        let seen = parse(text).unwrap_err();
        assert_eq!(seen, MoneyError::NotAnAmount(text.to_owned()), "{text:?}");
    }
}

#[test]
fn money_travels_as_text() {
    let money = Money::usd(decimal("0.1000"));
    let json = serde_json::to_string(&money).unwrap();
    assert_eq!(json, r#"{"amount":"0.1000","currency":"USD"}"#);
    assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    assert_eq!(
        (Currency::USD.to_string(), Currency::USD.code()),
        ("USD".into(), "USD")
    );
}

/// The digits of `left ÷ right` by long division, at least `decimals` after the point, half away from zero.
fn long_division(left: u64, right: u64, decimals: u32) -> u128 {
    let (left, right) = (u128::from(left), u128::from(right));
    let mut digits = left / right;
    let mut rest = left % right;
    for _ in 0..decimals {
        digits = digits * 10 + rest * 10 / right;
        rest = rest * 10 % right;
    }
    digits + u128::from(rest * 2 >= right)
}

/// Decimals that are whole at this many places.
fn scaled(mantissa: i64, scale: u32) -> Decimal {
    Decimal::new(mantissa, scale)
}

proptest! {
    #[test]
    fn a_sum_is_the_sum_of_whole_numbers(left in -1_000_000_000_000i64..1_000_000_000_000, right in any::<i32>(), a in 0u32..9, b in 0u32..9) {
        // Both as billionths.
        let (in_left, in_right) = (i128::from(left) * 10_i128.pow(9 - a), i128::from(right) * 10_i128.pow(9 - b));
        let expected = Decimal::from_i128_with_scale(in_left + in_right, 9);
        prop_assert_eq!(sum(scaled(left, a), scaled(right.into(), b)), Ok(expected));
    }

    #[test]
    fn a_product_is_the_product_of_whole_numbers(left in any::<i64>(), right in any::<i32>(), a in 0u32..14, b in 0u32..14) {
        let whole = i128::from(left) * i128::from(right);
        let expected = Decimal::try_from_i128_with_scale(whole, a + b);
        prop_assume!(expected.is_ok());
        prop_assert_eq!(product(scaled(left, a), scaled(right.into(), b)), Ok(expected.unwrap()));
    }

    #[test]
    fn a_quotient_is_long_division(left in 0u64..1_000_000_000, right in 1u64..1_000_000_000) {
        let found = quotient(left.into(), right.into()).unwrap();
        let digits = u128::try_from(found.mantissa()).unwrap();
        prop_assert_eq!(digits, long_division(left, right, found.scale()));
        let ends = long_division(left, right, 18) * u128::from(right) == u128::from(left) * 10_u128.pow(18);
        prop_assert!(found.scale() >= 18 || ends, "{} has too few digits", found);
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_coin(amount in any::<i64>(), scale in 0u32..12, decimals in 0u32..6) {
        let exact = scaled(amount, scale);
        let rounded = round(exact, decimals);
        prop_assert!(rounded.scale() <= decimals.max(exact.scale()));
        prop_assert!((rounded - exact).abs() * Decimal::TWO <= scaled(1, decimals));
        prop_assert_eq!(round(-exact, decimals), -rounded);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,40}") {
        if let Ok(amount) = parse(&text) {
            prop_assert!(text.trim().bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte)), "{} from {:?}", amount, text);
        }
    }

    #[test]
    fn what_is_written_reads_back(mantissa in any::<i64>(), scale in 0u32..20) {
        let amount = scaled(mantissa, scale);
        prop_assert_eq!(parse(&amount.to_string()), Ok(amount));
    }
}
