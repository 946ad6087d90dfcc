//! Divisions put off until the end, and decimals as documents hold them.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::money::{Exact, MoneyError, Ratio, Rounding, RoundingMode};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn whole(text: &str) -> Ratio {
    decimal(text).into()
}

/// `over ÷ under`.
fn part(over: &str, under: &str) -> Ratio {
    whole(over).per(decimal(under)).unwrap()
}

fn shown(ratio: Ratio) -> String {
    ratio.value().unwrap().normalize().to_string()
}

#[test]
fn a_quotient_has_28_digits_and_the_last_is_right() {
    for (over, under, expected) in [
        ("1", "3", "0.3333333333333333333333333333"),
        ("2", "3", "0.6666666666666666666666666667"),
        ("-2", "3", "-0.6666666666666666666666666667"),
        ("1", "8", "0.125"),
        ("100", "7", "14.285714285714285714285714286"),
    ] {
        assert_eq!(shown(part(over, under)), expected);
    }
}

#[test]
fn powers_of_ten_move_the_point() {
    assert_eq!(shown(part("7", "1000")), "0.007");
    assert_eq!(shown(part("0.007", "0.001")), "7");
    assert_eq!(
        shown(part("1", "10000000000000000000000000000")),
        "0.0000000000000000000000000001"
    );
    // One digit more is too small to show. It is not nothing, and not lost: ten times as much can be shown.
    let tiny = part("1", "10000000000000000000000000000")
        .per(10.into())
        .unwrap();
    assert!(!tiny.is_zero());
    assert!(matches!(tiny.value(), Err(MoneyError::TooPrecise { .. })));
    assert_eq!(
        shown(tiny.times(10.into()).unwrap()),
        "0.0000000000000000000000000001"
    );
}

#[test]
fn nothing_is_lost_between_multiplying_and_dividing() {
    // 7 ÷ 3,600 × 3,600, and 1e-16 × 1e-16 × 1e16.
    assert_eq!(part("7", "3600").times(3_600.into()).unwrap(), whole("7"));
    let tiny = decimal("0.0000000000000001");
    let product = whole("0.0000000000000001").times(tiny).unwrap();
    let message = product.value().unwrap_err().to_string();
    assert!(
        message.ends_with("needs more than the 28 digits an amount can hold"),
        "{message}"
    );
    assert_eq!(shown(product.per(tiny).unwrap()), "0.0000000000000001");
}

#[test]
fn dividing_by_nothing_or_less_is_refused() {
    for divisor in ["0", "-1", "-0.5"] {
        assert_eq!(
            whole("7").per(decimal(divisor)).unwrap_err(),
            MoneyError::DivisionByZero(7.into())
        );
        assert!(whole("7").divided(whole(divisor)).is_err());
        assert!(whole("7").share(whole("1"), whole(divisor)).is_err());
    }
}

#[test]
fn down_is_below_and_up_is_above() {
    for (over, under, down, rest, up) in [
        ("7", "2", "3", true, "4"),
        ("-7", "2", "-4", true, "-3"),
        ("8", "2", "4", false, "4"),
        ("-8", "2", "-4", false, "-4"),
        ("0", "3", "0", false, "0"),
        ("0.5", "1", "0", true, "1"),
        ("-0.5", "1", "-1", true, "0"),
        ("-3", "1", "-3", false, "-3"),
    ] {
        assert_eq!(
            part(over, under).floor(),
            Ok((decimal(down), rest)),
            "{over}/{under}"
        );
        assert_eq!(part(over, under).ceil(), Ok(decimal(up)), "{over}/{under}");
    }
}

#[test]
fn down_is_right_where_the_quotient_has_more_than_28_digits() {
    // 59,999,999,999,999,999,999,999,999,999 ÷ 3 is 19,999,999,999,999,999,999,999,999,999 and two thirds: shown it is 2e28.
    let almost = part("59999999999999999999999999999", "3");
    assert_eq!(shown(almost), "20000000000000000000000000000");
    assert_eq!(
        almost.floor(),
        Ok((decimal("19999999999999999999999999999"), true))
    );
    assert_eq!(almost.ceil(), Ok(decimal("20000000000000000000000000000")));
    assert_eq!(
        almost.compare(whole("20000000000000000000000000000")),
        Ok(Ordering::Less)
    );
    // A third of 1e-28 above 1, and below.
    let little = part("0.0000000000000000000000000001", "3");
    let (above, below) = (
        whole("1").plus(little).unwrap(),
        whole("1").minus(little).unwrap(),
    );
    assert_eq!(
        (above.floor(), above.ceil()),
        (Ok((1.into(), true)), Ok(2.into()))
    );
    assert_eq!(
        (below.floor(), below.ceil()),
        (Ok((0.into(), true)), Ok(1.into()))
    );
    assert_eq!(
        (above.compare(below), below.compare(above)),
        (Ok(Ordering::Greater), Ok(Ordering::Less))
    );
    assert_eq!((shown(above), shown(below)), ("1".into(), "1".into()));
}

#[test]
fn equal_is_what_comes_to_the_same() {
    assert_eq!(part("1", "3"), part("2", "6"));
    assert_eq!(part("0.10", "3"), part("1", "30"));
    assert_ne!(part("1", "3"), whole("0.3333333333333333333333333333"));
    let (third, shown) = (part("1", "3"), whole("0.3333333333333333333333333333"));
    assert_eq!(
        (third.at_least(shown), third.at_most(shown)),
        (Ok(third), Ok(shown))
    );
    assert_eq!(
        (shown.at_least(third), shown.at_most(third)),
        (Ok(third), Ok(shown))
    );
}

#[test]
fn less_than_nothing() {
    let debt = whole("1").minus(part("4", "3")).unwrap();
    assert_eq!(debt, part("-1", "3"));
    assert!(debt.is_negative() && !debt.is_zero());
    assert!(!debt.negative().is_negative());
    assert!(!whole("0").is_negative() && whole("0").is_zero());
    assert_eq!(debt.at_least(Ratio::ZERO), Ok(Ratio::ZERO));
    assert_eq!(debt.plus(part("1", "3")), Ok(Ratio::ZERO));
    assert_eq!(Ratio::ZERO.minus(part("1", "3")), Ok(debt));
}

#[test]
fn shares_sum_to_what_was_shared() {
    // $100 by 1, 2 and 4 sevenths.
    let shares = ["1", "2", "4"].map(|part| whole("100").share(whole(part), whole("7")).unwrap());
    assert_eq!(shown(shares[0]), "14.285714285714285714285714286");
    let sum = shares[0]
        .plus(shares[1])
        .and_then(|sum| sum.plus(shares[2]));
    assert_eq!(sum, Ok(whole("100")));
    // A part and a whole that are themselves quotients: a third of two thirds is half.
    assert_eq!(
        whole("10").share(part("1", "3"), part("2", "3")),
        Ok(whole("5"))
    );
}

/// 1 + 1/2 + 1/3 + … + 1/n.
fn harmonic(last: u32) -> Ratio {
    let part = |n: u32| Ratio::from(1).per(n.into()).unwrap();
    (1..=last).fold(Ratio::ZERO, |sum, n| sum.plus(part(n)).unwrap())
}

#[test]
fn sums_stay_exact_beyond_28_digits() {
    // 1/2 + 1/6 + … + 1/(n(n + 1)) is n/(n + 1).
    let telescope = (1..=100_u32).fold(Ratio::ZERO, |sum, n| {
        let next = Ratio::from(1).per((n * (n + 1)).into()).unwrap();
        sum.plus(next).unwrap()
    });
    assert_eq!(telescope, part("100", "101"));
    // The common denominator of the first ninety has 39 digits: 5.08257060284851555413238995038…, less 100 it is
    // 94.917429397151484445867610049618…, by whole numbers.
    let (sum, debt) = (harmonic(90), harmonic(90).minus(whole("100")).unwrap());
    assert_eq!(shown(sum), "5.0825706028485155541323899504");
    assert_eq!(shown(debt), "-94.91742939715148444586761005");
    assert!(debt.is_negative() && !debt.negative().is_negative() && !sum.is_negative());
    assert!(!debt.is_zero() && debt.minus(debt).unwrap().is_zero());
    assert_eq!(
        (sum.floor(), debt.floor()),
        (Ok((5.into(), true)), Ok(((-95).into(), true)))
    );
    assert_eq!((sum.ceil(), debt.ceil()), (Ok(6.into()), Ok((-94).into())));
    assert_eq!(
        (debt.at_least(Ratio::ZERO), debt.at_most(Ratio::ZERO)),
        (Ok(Ratio::ZERO), Ok(debt))
    );
    assert_eq!(sum.plus(debt.negative()), Ok(whole("100")));
}

#[test]
fn what_is_not_kept_is_too_small_to_show() {
    // The common denominator of the first thousand has 433 digits, more than are kept: 7.4854708605503449126565182043339…
    let sum = harmonic(1_000);
    assert_eq!(shown(sum), "7.4854708605503449126565182043");
    assert_eq!(
        (sum.floor(), sum.ceil()),
        (Ok((7.into(), true)), Ok(8.into()))
    );
    // Taken off again from the first on, nothing that can be shown is left, and nothing to round up.
    let none = (1..=1_000).fold(sum, |rest, n: u32| {
        rest.minus(Ratio::from(1).per(n.into()).unwrap()).unwrap()
    });
    assert_eq!(none.value(), Ok(Decimal::ZERO));
    let five = none.plus(whole("5")).unwrap();
    assert_eq!(
        (five.floor(), five.ceil()),
        (Ok((5.into(), false)), Ok(5.into()))
    );
    assert_eq!(shown(five.negative()), "-5");
}

#[test]
fn what_no_decimal_holds_is_refused() {
    let largest = Ratio::from(Decimal::MAX);
    let beyond = largest.plus(largest).unwrap();
    assert!(beyond.value().is_err() && beyond.floor().is_err() && beyond.ceil().is_err());
    assert_eq!(beyond.per(2.into()).unwrap().value(), Ok(Decimal::MAX));
    // 1e28 six times over has 169 digits: more than can be worked with.
    let power = |times: u32| {
        (0..times).try_fold(whole("1"), |all, _| {
            all.times(decimal("10000000000000000000000000000"))
        })
    };
    assert!(power(2).is_ok() && power(6).is_err());
}

#[test]
fn rounded_once_from_all_digits() {
    let rounding = |mode, decimals| Rounding { mode, decimals };
    let third = part("100", "3");
    for (mode, decimals, expected) in [
        (RoundingMode::HalfUp, 2, "33.33"),
        (RoundingMode::Up, 2, "33.34"),
        (RoundingMode::Down, 0, "33"),
        (RoundingMode::HalfEven, 0, "33"),
    ] {
        assert_eq!(
            third.rounded(rounding(mode, decimals)),
            Ok(decimal(expected))
        );
    }
    // Three thirds are whole: rounding down takes nothing away.
    let all = third.plus(third).and_then(|two| two.plus(third)).unwrap();
    assert_eq!(all.rounded(rounding(RoundingMode::Down, 2)), Ok(100.into()));
    assert_eq!(
        part("5", "2").rounded(rounding(RoundingMode::HalfEven, 0)),
        Ok(2.into())
    );
}

#[test]
fn a_ratio_is_written_divided() {
    assert_eq!(
        serde_json::to_string(&part("1", "3")).unwrap(),
        "\"0.3333333333333333333333333333\""
    );
    assert_eq!(serde_json::to_string(&part("5", "2")).unwrap(), "\"2.5\"");
    let tiny = part("1", "10000000000000000000000000000")
        .per(10.into())
        .unwrap();
    assert!(serde_json::to_string(&tiny).is_err());
    assert_eq!(
        (Ratio::default(), Ratio::from(7_u32)),
        (Ratio::ZERO, whole("7"))
    );
}

#[test]
fn a_decimal_travels_as_text() {
    for (text, written) in [
        ("0.0500", "0.05"),
        ("12", "12"),
        ("-3.50", "-3.5"),
        ("-0.00", "0"),
        ("100", "100"),
        (
            "0.1234567890123456789012345678",
            "0.1234567890123456789012345678",
        ),
    ] {
        let exact: Exact = serde_json::from_str(&format!("\"{text}\"")).unwrap();
        assert_eq!(exact.to_string(), written);
        assert_eq!(
            serde_json::to_string(&exact).unwrap(),
            format!("\"{written}\"")
        );
    }
    for wrong in [
        "0.05",
        "5",
        "null",
        "\"\"",
        "\"1e5\"",
        "\"1_000\"",
        "\"0.12345678901234567890123456789\"",
        "[\"1\"]",
    ] {
        assert!(serde_json::from_str::<Exact>(wrong).is_err(), "{wrong}");
    }
    let message = serde_json::from_str::<Exact>("0.05")
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("expected a decimal in quotes, such as \"0.05\""),
        "{message}"
    );
    assert_eq!(
        "x".parse::<Exact>(),
        Err(MoneyError::NotAnAmount("x".into()))
    );
}

/// Fractions of figures small enough for whole numbers to hold all.
fn fractions() -> impl Strategy<Value = (i128, i128)> {
    (
        -1_000_000_000_000i128..1_000_000_000_000,
        1i128..1_000_000_000,
    )
}

fn ratio((over, under): (i128, i128)) -> Ratio {
    let whole = |number| Decimal::from_i128_with_scale(number, 0);
    Ratio::from(whole(over)).per(whole(under)).unwrap()
}

proptest! {
    #[test]
    fn ratios_are_fractions(left in fractions(), right in fractions()) {
        let over = left.0 * right.1 + right.0 * left.1;
        let sum = ratio(left).plus(ratio(right)).unwrap();
        // The sum is over ÷ (left.1 × right.1), compared crosswise.
        prop_assert_eq!(sum.times(Decimal::from_i128_with_scale(left.1, 0)).unwrap(), ratio((over, 1)).per(Decimal::from_i128_with_scale(right.1, 0)).unwrap());
        prop_assert_eq!(ratio(left).compare(ratio(right)).unwrap(), (left.0 * right.1).cmp(&(right.0 * left.1)));
        prop_assert_eq!(sum.minus(ratio(right)).unwrap(), ratio(left));
        let (whole, rest) = ratio(left).floor().unwrap();
        prop_assert_eq!(whole, Decimal::from_i128_with_scale(left.0.div_euclid(left.1), 0));
        prop_assert_eq!(rest, left.0.rem_euclid(left.1) != 0);
    }

    #[test]
    fn shares_of_shares_come_back(amounts in prop::collection::vec(fractions(), 1..12)) {
        // Twelve shares of 1 by other fractions have more than a hundred digits; undone, every one that can be shown is right.
        let positive: Vec<_> = amounts.iter().map(|(over, under)| ratio((over.abs() + 1, *under))).collect();
        let one = Ratio::from(1);
        let shared = positive.iter().try_fold(one, |share, part| share.share(*part, positive[0])).unwrap();
        let undone = positive.iter().try_fold(shared, |share, part| share.share(positive[0], *part)).unwrap();
        let missed = undone.minus(one).unwrap().value().unwrap();
        prop_assert!(missed.abs() <= Decimal::new(1, 12), "{}", missed);
    }
}
