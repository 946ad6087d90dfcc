//! Day by day, and bills before the end.

use super::any::{bill, catalog, december, of_kinds, plan_json, read, usages};
use foretoken::billing::{LineKind, day_by_day};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

const BEFORE_TAX: &[LineKind] = &[
    LineKind::Fixed,
    LineKind::Usage,
    LineKind::Discount,
    LineKind::Minimum,
    LineKind::Maximum,
    LineKind::Commitment,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: super::any::cases(32), ..ProptestConfig::default() })]

    #[test]
    fn the_days_sum_to_the_month(mut plan in plan_json(), usage in usages()) {
        let days = day_by_day(&read(&plan), &usage, &catalog(), december()).unwrap();
        // Days are unrounded, whatever the plan rounds.
        plan["rounding"] = json!({"where": "bill"});
        let month = bill(&read(&plan), &usage).unwrap();
        prop_assert_eq!(days.len(), 31);
        // Tax that prices hold is in the lines, and not in the days.
        let held: Decimal = match plan["tax"]["mode"] == json!("inclusive") {
            true => plan["tax"]["rates"].as_array().unwrap().iter()
                .map(|rate| rate["percent"].as_str().unwrap().parse::<Decimal>().unwrap()).sum(),
            false => Decimal::ZERO,
        };
        let hundred = Decimal::ONE_HUNDRED;
        let exact = of_kinds(&month, BEFORE_TAX) * hundred / (hundred + held);
        let last = days[30].so_far;
        let summed: Decimal = days.iter().map(|day| day.charge).sum();
        // Charges that do not end are held to 28 digits, each of 31 days and of a few lines may miss by one in the last.
        let digit = Decimal::new(1, 20);
        prop_assert!((last - exact).abs() < digit, "the last day {} and the month {}", last, exact);
        prop_assert!((summed - last).abs() < digit, "the days {} and the last of them {}", summed, last);
    }

    #[test]
    fn interim_bills_sum_to_the_net(mut plan in plan_json(), usage in usages(), every in 1u32..40) {
        plan["progressive"] = json!({"every": every.to_string()});
        let bill = bill(&read(&plan), &usage).unwrap();
        let summed: Decimal = bill.interim.iter().map(|each| *each.amount).sum();
        prop_assert_eq!(summed, *bill.totals.net);
        let days: Vec<_> = bill.interim.iter().map(|each| each.day).collect();
        prop_assert!(days.is_sorted(), "{:?}", days);
        prop_assert!(bill.interim[..days.len() - 1].iter().all(|each| !each.reached.is_empty()));
        // The steps that are told rise, and the last is the highest that was reached.
        let reached = bill.interim.iter().flat_map(|each| &each.reached);
        let steps: Vec<Decimal> = reached.map(|step| **step / Decimal::from(every)).collect();
        prop_assert!(steps.iter().all(Decimal::is_integer) && steps.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", steps);
        let mut billed = Decimal::ZERO;
        let highest = bill.interim.iter().map(|each| { billed += *each.amount; billed }).max().unwrap();
        prop_assert_eq!(steps.last().copied().unwrap_or_default(), (highest / Decimal::from(every)).floor().max(Decimal::ZERO));
    }
}
