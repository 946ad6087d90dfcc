//! Parts sum to the whole.

use super::any::{bill, of_kinds, plan_json, plans, read, usages};
use foretoken::billing::{Bill, LineKind, RoundingPlace};
use foretoken::money::{Exact, Ratio};
use foretoken::rating::price::{Part, Slice};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The parts that say all of their working: quantity × rate ÷ per.
fn plain(slice: &&Slice) -> bool {
    use Part::{Cell, Hours, Overage, Packages, Passed, Step, Tier, TierFee, TierPackages, Whole};
    matches!(
        slice.part,
        Whole
            | Tier(_)
            | TierFee(_)
            | Overage { .. }
            | Step(_)
            | Packages { .. }
            | TierPackages { .. }
            | Hours { .. }
            | Cell { .. }
            | Passed
    )
}

fn usage_lines(bill: &Bill) -> Vec<Decimal> {
    bill.lines_of(LineKind::Usage)
        .map(|line| *line.amount)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::any::cases(96), ..ProptestConfig::default() })]

    #[test]
    fn slices_sum_to_their_line(plan in plans(), usage in usages()) {
        let bill = bill(&plan, &usage).unwrap();
        for line in bill.lines.iter().filter(|line| line.quantity.is_some() || line.kind == LineKind::Fixed) {
            let sum = line.slices.iter().try_fold(Ratio::ZERO, |sum, slice| sum.plus(slice.amount)).unwrap();
            prop_assert_eq!(Exact(sum.value().unwrap()), line.exact, "{:?}", line);
            for slice in line.slices.iter().filter(plain) {
                let worked = slice.quantity.times(*slice.rate).unwrap().per(*slice.per).unwrap();
                prop_assert_eq!(worked, slice.amount, "{:?}", slice);
            }
        }
    }

    #[test]
    fn tiers_hold_all_that_is_billed(plan in plans(), usage in usages()) {
        let bill = bill(&plan, &usage).unwrap();
        for line in &bill.lines {
            let sliced = line.slices.iter().filter(|slice| matches!(slice.part, Part::Whole | Part::Tier(_) | Part::Overage { .. }));
            let sliced: Vec<_> = sliced.collect();
            if let Some(quantity) = line.quantity.filter(|_| !sliced.is_empty()) {
                let sum = sliced.iter().try_fold(Ratio::ZERO, |sum, slice| sum.plus(slice.quantity)).unwrap();
                prop_assert_eq!(sum, quantity.billed, "{:?}", line);
            }
        }
    }

    #[test]
    fn lines_sum_to_the_totals(plan in plans(), usage in usages()) {
        let bill = bill(&plan, &usage).unwrap();
        let totals = bill.totals;
        let places = if plan.rounding.place == RoundingPlace::Bill { plan.rounding.rounding() } else {
            foretoken::money::Rounding { decimals: 28, ..plan.rounding.rounding() }
        };
        let lines = |kinds: &[LineKind]| places.round(of_kinds(&bill, kinds));
        use LineKind::{Commitment, Credit, Discount, Fixed, Maximum, Minimum, Tax, Usage};
        prop_assert_eq!(lines(&[Fixed]), *totals.fixed);
        prop_assert_eq!(lines(&[Usage]), *totals.usage);
        prop_assert_eq!(lines(&[Discount]), *totals.discounts);
        prop_assert_eq!(lines(&[Minimum, Maximum]), *totals.limits);
        prop_assert_eq!(lines(&[Commitment]), *totals.commitment);
        // Where only totals are rounded, what prices hold and what credits pay give way to the total by less than a coin.
        let coin = if plan.rounding.place == RoundingPlace::Bill { Decimal::new(1, plan.rounding.decimals) } else { Decimal::ZERO };
        prop_assert!((lines(&[Tax]) - *totals.tax).abs() <= coin);
        prop_assert!((lines(&[Credit]) - *totals.credits).abs() <= coin);
        prop_assert_eq!(*totals.net + *totals.tax + *totals.credits, *totals.total);
        if plan.rounding.place != RoundingPlace::Bill {
            let held = plan.tax.as_ref().is_some_and(|tax| tax.mode == foretoken::billing::TaxMode::Inclusive);
            let before = *totals.fixed + *totals.usage + *totals.discounts + *totals.limits + *totals.commitment;
            prop_assert_eq!(*totals.net, if held { before - *totals.tax } else { before });
        }
    }

    #[test]
    fn every_line_is_in_whole_coins(mut plan in plan_json(), usage in usages(), decimals in 0u32..4) {
        plan["rounding"] = json!({"where": "line", "decimals": decimals});
        let plan = read(&plan);
        let bill = bill(&plan, &usage).unwrap();
        for line in &bill.lines {
            prop_assert_eq!(line.amount.round_dp(decimals), *line.amount, "{:?}", line);
        }
    }

    #[test]
    fn groups_of_a_shared_price_sum_to_one(charge in super::any::charge("graduated"), place in 0usize..2, usage in usages()) {
        shares_sum_to_the_whole(charge, ["line", "bill"][place], &usage)?;
    }

    #[test]
    fn groups_of_a_shared_step_sum_to_one(charge in super::any::charge("stairstep"), usage in usages()) {
        shares_sum_to_the_whole(charge, "line", &usage)?;
    }
}

/// The sum of a charge whose groups share a price is the charge without groups.
fn shares_sum_to_the_whole(
    mut charge: Value,
    place: &str,
    usage: &foretoken::usage::UsageLog,
) -> Result<(), TestCaseError> {
    charge["group_by"] = json!(["region", "model"]);
    charge["group_tiers"] = json!("shared");
    let plan = |charge: &Value| {
        read(
            &json!({"version": 1, "name": "Any", "rounding": {"where": place}, "charges": [charge]}),
        )
    };
    let shared = bill(&plan(&charge), usage).unwrap();
    charge["group_by"] = json!([]);
    let whole = bill(&plan(&charge), usage).unwrap();
    if usage_lines(&shared).is_empty() {
        return Ok(());
    }
    if place == "line" {
        prop_assert_eq!(
            usage_lines(&shared).iter().sum::<Decimal>(),
            usage_lines(&whole)[0]
        );
    } else {
        prop_assert_eq!(shared.totals.total, whole.totals.total);
    }
    prop_assert_eq!(
        &shared
            .included
            .iter()
            .map(|each| each.units)
            .collect::<Vec<_>>(),
        &whole
            .included
            .iter()
            .map(|each| each.units)
            .collect::<Vec<_>>()
    );
    Ok(())
}
