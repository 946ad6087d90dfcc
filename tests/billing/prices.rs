//! What holds for any price of a shape.

use super::any::{bill, decimal, read};
use super::shapes::{bounds, small};
use foretoken::money::{Ratio, Rounding, RoundingMode};
use foretoken::rating::price::Price;
use foretoken::usage::{UsageLog, UsageRecord};
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

/// Rising bounds and a price for each tier; the last is open.
fn table() -> impl Strategy<Value = (Vec<u32>, Vec<Decimal>)> {
    (vec(1u32..200, 0..4), vec(small(), 4)).prop_map(|(gaps, prices)| {
        let mut below = 0;
        let bounds: Vec<u32> = gaps
            .iter()
            .map(|gap| {
                below += gap;
                below
            })
            .collect();
        let open = bounds.len() + 1;
        (bounds, prices.into_iter().cycle().take(open).collect())
    })
}

fn price(shape: &str, per: &str, (bounds, prices): &(Vec<u32>, Vec<Decimal>)) -> Price {
    let mut tiers: Vec<_> = prices
        .iter()
        .map(|amount| json!({"amount": amount.to_string()}))
        .collect();
    for (tier, bound) in tiers.iter_mut().zip(bounds) {
        tier["up_to"] = json!(bound.to_string());
    }
    serde_json::from_value(json!({shape: {"per": per, "tiers": tiers}})).unwrap()
}

fn cost(price: &Price, quantity: impl Into<Ratio>) -> Ratio {
    price.of(quantity).unwrap().amount
}

fn ratio(value: Decimal) -> Ratio {
    value.into()
}

/// The price of one unit at this place: of the first tier whose bound it does not exceed.
fn price_of_unit((bounds, prices): &(Vec<u32>, Vec<Decimal>), unit: u32) -> Decimal {
    let tier = bounds
        .iter()
        .position(|bound| unit <= *bound)
        .unwrap_or(bounds.len());
    prices[tier]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::any::cases(256), ..ProptestConfig::default() })]

    /// The integral of the price of each unit.
    #[test]
    fn graduated_is_the_sum_of_its_units(table in table(), units in 0u32..900, per in prop::sample::select(vec!["1", "1000", "7"])) {
        let sum: Decimal = (1..=units).map(|unit| price_of_unit(&table, unit)).sum();
        let expected = ratio(sum).per(decimal(per)).unwrap();
        prop_assert_eq!(cost(&price("graduated", per, &table), units), expected);
    }

    #[test]
    fn graduated_has_no_cliffs_and_never_falls(table in table(), units in 0u32..900, more in small()) {
        let graduated = price("graduated", "1", &table);
        for bound in &table.0 {
            let step = Decimal::new(1, 12);
            let above = cost(&graduated, Decimal::from(*bound) + step);
            let jump = above.minus(cost(&graduated, *bound)).unwrap();
            prop_assert_eq!(jump, ratio(price_of_unit(&table, bound + 1) * step));
        }
        let (less, all) = (cost(&graduated, units), cost(&graduated, Decimal::from(units) + more));
        prop_assert!(!all.minus(less).unwrap().is_negative());
    }

    #[test]
    fn volume_falls_off_a_cliff_where_its_price_falls(table in table()) {
        let volume = price("volume", "1", &table);
        for (at, bound) in table.0.iter().enumerate() {
            let (step, bound) = (Decimal::new(1, 12), Decimal::from(*bound));
            let (below, above) = (cost(&volume, bound), cost(&volume, bound + step));
            prop_assert_eq!(below, ratio(bound * table.1[at]));
            prop_assert_eq!(above, ratio((bound + step) * table.1[at + 1]));
            // A bound is 1 at least and prices differ by 0.0001 at least; the step alone costs less than 1e-10.
            let falls = above.compare(below).unwrap().is_lt();
            prop_assert_eq!(falls, table.1[at + 1] < table.1[at]);
        }
    }

    #[test]
    fn twice_as_many_units_cost_twice_as_much(amount in small(), units in small(), per in prop::sample::select(vec!["1", "3", "1000000"])) {
        let unit: Price = serde_json::from_value(json!({"unit": {"amount": amount.to_string(), "per": per}})).unwrap();
        let once = cost(&unit, units);
        prop_assert_eq!(cost(&unit, units * Decimal::TWO), once.plus(once).unwrap());
        prop_assert_eq!(once, ratio(amount * units).per(decimal(per)).unwrap());
    }

    #[test]
    fn packages_never_fall_and_hold_what_was_used(size in 1u32..300, units in small(), more in small(), up in any::<bool>()) {
        let round = if up { "up" } else { "down" };
        let package: Price = serde_json::from_value(json!({"package": {"size": size.to_string(), "amount": "1", "round": round}})).unwrap();
        let packages = |units: Decimal| cost(&package, units).value().unwrap();
        prop_assert!(packages(units) <= packages(units + more));
        // n packages hold it and n − 1 do not; rounded down, they are filled by it and one more would not be.
        let (held, size) = (packages(units) * Decimal::from(size), Decimal::from(size));
        let rest = if up { held - units } else { units - held };
        prop_assert!(rest >= Decimal::ZERO && rest < size, "{} of {} left", rest, size);
    }

    #[test]
    fn stairs_rise_where_their_steps_do(bounds in bounds(), units in 0u32..9_000, more in 0u32..500) {
        let steps = bounds.iter().enumerate().map(|(at, bound)| match bound {
            Some(bound) => json!({"up_to": bound.to_string(), "amount": (at + 1).to_string()}),
            None => json!({"amount": (at + 1).to_string()}),
        });
        let stairs: Price = serde_json::from_value(json!({"stairstep": {"tiers": steps.collect::<Vec<_>>()}})).unwrap();
        let step = |units: u32| cost(&stairs, units).value().unwrap();
        prop_assert!(step(units) <= step(units + more));
        let place = bounds.iter().position(|bound| bound.is_none_or(|bound| units <= bound)).unwrap_or(bounds.len() - 1);
        prop_assert_eq!(step(units), Decimal::from(place + 1));
    }

    #[test]
    fn rounding_moves_less_than_a_coin(mantissa in any::<i64>(), scale in 0u32..12, decimals in 0u32..6) {
        let amount = Decimal::new(mantissa, scale);
        let by = |mode| Rounding { mode, decimals }.round(amount);
        let (up, down) = (by(RoundingMode::Up), by(RoundingMode::Down));
        let (half, even) = (by(RoundingMode::HalfUp), by(RoundingMode::HalfEven));
        let coin = Decimal::new(1, decimals);
        prop_assert!(down.abs() <= amount.abs() && amount.abs() <= up.abs());
        prop_assert!((up - down).abs() <= coin && (up == down) == (up == amount));
        for nearest in [half, even] {
            prop_assert!(nearest == up || nearest == down);
            prop_assert!((nearest - amount).abs() * Decimal::TWO <= coin);
        }
        prop_assert!(half == even || (half - amount).abs() * Decimal::TWO == coin);
    }

    /// 1e15 tokens or a trillionth of one: the bill holds every digit, or says that it cannot.
    #[test]
    fn huge_and_tiny_are_exact_or_refused(huge in 1u64..1_000, tiny in 1u64..1_000, digits in 1i64..1_000_000, scale in 0u32..16) {
        let amount = Decimal::new(digits, scale);
        let quantities = [Decimal::from(huge) * decimal("1000000000000000"), Decimal::new(i64::try_from(tiny).unwrap(), 12)];
        for quantity in quantities {
            let mut record = UsageRecord::at("2026-12-07T12:00:00Z".parse().unwrap());
            record.quantities.insert("input".into(), quantity.into());
            let plan = read(&json!({"version": 1, "name": "Any", "charges": [{"id": "tokens", "quantity": {"of": ["input"]},
                "price": {"unit": {"amount": amount.to_string(), "per": "1000000"}}}]}));
            match bill(&plan, &UsageLog::new(vec![record])) {
                Ok(bill) => {
                    // In whole numbers: quantity × amount, six places further right; what has more than 28 is correct to the last.
                    let (whole, places) = (quantity.mantissa() * amount.mantissa(), quantity.scale() + amount.scale() + 6);
                    let beyond = 10_i128.pow(places.saturating_sub(28));
                    let shown = bill.lines[0].exact.mantissa() * 10_i128.pow(places.min(28) - bill.lines[0].exact.scale());
                    prop_assert!((shown * beyond - whole).abs() * 2 <= beyond, "{}", shown);
                }
                Err(why) => prop_assert!(why.to_string().contains("more than the 28 digits"), "{}", why),
            }
        }
    }
}
