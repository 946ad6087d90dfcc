//! Discounts, limits, tax and credits.

use super::any::{bill, catalog, december, discounts, plan_json, plans, read, usages};
use foretoken::billing::{Draw, LineKind, RoundingPlace, day_by_day};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

const ORDERS: [&str; 7] = [
    "foretoken",
    "openmeter",
    "orb",
    "lago",
    "flexprice",
    "zuora",
    "stripe",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: super::any::cases(96), ..ProptestConfig::default() })]

    #[test]
    fn discounts_take_at_most_everything(mut plan in plan_json(), discounts in discounts(), usage in usages(), place in 0usize..2, decimals in 0u32..3) {
        let first = plan["charges"][0]["id"].as_str().unwrap().to_owned();
        // The last is always on what odd shares left of one charge.
        let last = json!({"name": "All", "percent": "100", "on": [first]});
        let discounts = discounts.into_iter().chain([last]).collect::<Vec<_>>();
        plan["discounts"] = serde_json::from_str(&json!(discounts).to_string().replace("FIRST", &first)).unwrap();
        plan["discount_order"] = json!("as_listed");
        plan["rounding"] = json!({"where": (["line", "bill"][place]), "decimals": decimals});
        let plan = read(&plan);
        let coin = Decimal::new(1, plan.rounding.decimals);
        let bill = bill(&plan, &usage).unwrap();
        prop_assert!(*bill.totals.net >= Decimal::ZERO, "{:?}", bill.totals);
        for line in bill.lines_of(LineKind::Discount) {
            // Rounded it may take a part of a coin more than others left of its charges.
            let of = (*line.of.unwrap()).max(Decimal::ZERO);
            prop_assert!(*line.amount <= Decimal::ZERO && -*line.amount < of + coin, "{:?}", line);
        }
    }

    /// Where what was charged falls again (a cheaper tier for all, an overage below list), what a credit paid is not given back.
    #[test]
    fn credits_never_make_a_bill_negative(plan in plans(), usage in usages()) {
        prop_assume!(plan.rounding.place != RoundingPlace::Bill);
        let days = day_by_day(&plan, &usage, &catalog(), december()).unwrap();
        let falls = days.iter().any(|day| day.charge < Decimal::ZERO);
        let bill = bill(&plan, &usage).unwrap();
        let positive = *bill.totals.total >= Decimal::ZERO;
        prop_assert!(positive || falls && plan.credits_draw == Draw::AsUsed, "{:?}", bill.totals);
    }

    #[test]
    fn a_credit_is_used_expired_or_left(plan in plans(), usage in usages()) {
        let bill = bill(&plan, &usage).unwrap();
        for (credit, stated) in bill.credits.iter().zip(&plan.credits) {
            prop_assert_eq!(credit.opening, stated.amount);
            prop_assert_eq!(*credit.used + *credit.expired + *credit.left, *credit.opening);
            prop_assert!(*credit.used >= Decimal::ZERO && *credit.expired >= Decimal::ZERO && *credit.left >= Decimal::ZERO);
            let gone = stated.expires.is_some_and(|day| day <= bill.period.until());
            prop_assert!(if gone { credit.left } else { credit.expired }.is_zero(), "{:?}", credit);
        }
        let used: Decimal = bill.credits.iter().map(|credit| *credit.used).sum();
        let lines: Decimal = bill.lines_of(LineKind::Credit).map(|line| *line.amount).sum();
        prop_assert_eq!(used, -lines);
    }

    #[test]
    fn orders_differ_only_in_tax_limits_and_credits(mut plan in plan_json(), usage in usages()) {
        for name in ["tax", "minimum", "maximum", "commitment", "credits"] {
            plan.as_object_mut().unwrap().remove(name);
        }
        let bills = ORDERS.map(|order| {
            plan["order"] = json!(order);
            bill(&read(&plan), &usage).unwrap()
        });
        for other in &bills[1..] {
            prop_assert_eq!(&bills[0], other);
        }
    }

    #[test]
    fn limits_hold(mut plan in plan_json(), usage in usages(), least in 0u32..50, more in 0u32..50) {
        for name in ["commitment", "discounts", "tax", "active"] {
            plan.as_object_mut().unwrap().remove(name);
        }
        plan["minimum"] = json!(least.to_string());
        plan["maximum"] = json!((least + more).to_string());
        let bill = bill(&read(&plan), &usage).unwrap();
        prop_assert!(*bill.totals.net >= least.into() && *bill.totals.net <= (least + more).into(), "{:?}", bill.totals);
    }

    #[test]
    fn tax_inside_prices_changes_no_total(mut plan in plan_json(), usage in usages(), percent in 0u32..30) {
        for name in ["credits", "rounding"] {
            plan.as_object_mut().unwrap().remove(name);
        }
        plan["tax"] = json!({"mode": "inclusive", "rates": [{"name": "VAT", "percent": percent.to_string()}, {"name": "City", "percent": "1"}]});
        let taxed = bill(&read(&plan), &usage).unwrap().totals;
        plan.as_object_mut().unwrap().remove("tax");
        let plain = bill(&read(&plan), &usage).unwrap().totals;
        prop_assert_eq!(taxed.total, plain.total);
        prop_assert_eq!(*taxed.net + *taxed.tax, *plain.net);
        // Net of 1 + percent + 1 %, to half a cent.
        let worked = *taxed.net * Decimal::from(101 + percent) - *plain.net * Decimal::ONE_HUNDRED;
        prop_assert!(worked.abs() <= Decimal::new(5, 3) * Decimal::from(101 + percent), "{:?}", taxed);
    }
}
