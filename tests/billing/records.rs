//! How the same use is written down.

use super::any::{bill, plan_json, plans, read, record, usages};
use super::shapes::SHAPES;
use foretoken::billing::{Bill, Plan};
use foretoken::money::Exact;
use foretoken::usage::{UsageLog, UsageRecord};
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The same requests in as many records as the second member says.
fn in_pieces(record: &UsageRecord, pieces: u32) -> Vec<UsageRecord> {
    let times = |value: Decimal, by: u32| value * Decimal::from(by);
    (1..=pieces)
        .map(|by| {
            let mut piece = record.clone();
            piece.context = record
                .input_of_each()
                .map(Into::into)
                .filter(|_| by > 1 || record.context.is_some());
            piece.requests = times(*record.requests, by).into();
            piece.amount = record.amount.map(|amount| times(*amount, by).into());
            piece
                .quantities
                .values_mut()
                .for_each(|value| *value = times(**value, by).into());
            piece
        })
        .collect()
}

/// The same record but for one thing.
fn twisted(record: &UsageRecord, what: u32) -> UsageRecord {
    let more = |value: Decimal| Exact::from(value + Decimal::new(1, 2));
    let mut twin = record.clone();
    match what {
        0 => twin.amount = Some(more(record.quantity("amount"))),
        1 => {
            twin.score = if record.score.is_some() {
                None
            } else {
                Some(Exact::ONE)
            }
        }
        2 => twin
            .quantities
            .values_mut()
            .for_each(|value| *value = more(**value)),
        3 => twin.variant = Some("batch".into()),
        4 => twin.context = Some(more(1_000.into())),
        _ => drop(twin.properties.insert("region".into(), "asia".into())),
    }
    twin
}

/// A log with many alike records, and some among them that are alike but for one thing.
fn repetitive() -> impl Strategy<Value = UsageLog> {
    vec((record(), 1u32..4, 0u32..8), 0..7).prop_map(|records| {
        let pieces = records.iter().flat_map(|(record, pieces, what)| {
            let twin = (*what < 6).then(|| twisted(record, *what));
            let twin = twin.into_iter().chain([record.clone()]);
            in_pieces(record, *pieces).into_iter().chain(twin)
        });
        UsageLog::new(pieces.collect())
    })
}

/// All of a bill but how many records it left out.
fn figures(plan: &Plan, usage: &UsageLog) -> Result<Bill, String> {
    let bill = bill(plan, usage).map_err(|why| why.to_string())?;
    Ok(Bill {
        left_out: 0,
        ..bill
    })
}

fn same(plan: &Plan, usage: &UsageLog, other: &UsageLog) -> Result<(), TestCaseError> {
    match (figures(plan, usage), figures(plan, other)) {
        (Ok(bill), Ok(again)) => prop_assert_eq!(bill, again),
        (bill, again) => prop_assert_eq!(bill.is_err(), again.is_err()),
    }
    Ok(())
}

/// Whether a plan asks which of two requests of the same instant was first.
fn goes_by_order(plan: &serde_json::Value) -> bool {
    let text = plan.to_string();
    [
        "\"latest\"",
        "\"position\"",
        "\"free_events\"",
        "\"free_amount\"",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// What is to be paid by line, whatever the order of their parts.
fn amounts(bill: &Bill) -> Vec<String> {
    let lines = bill.lines.iter().map(|line| {
        format!(
            "{:?} {:?} {:?} {}",
            line.charge, line.group, line.exact, line.amount
        )
    });
    lines
        .chain([format!(
            "{:?} {:?} {:?}",
            bill.totals, bill.credits, bill.interim
        )])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::any::cases(64), ..ProptestConfig::default() })]

    #[test]
    fn a_plan_reads_back_as_it_was_written(plan in plans(), usage in usages()) {
        prop_assert_eq!(&Plan::from_json(&plan.to_json()).unwrap(), &plan);
        prop_assert_eq!(&Plan::from_json(&plan.to_pretty_json()).unwrap(), &plan);
        prop_assert_eq!(&UsageLog::from_json(&usage.to_json()).unwrap(), &usage);
        // What is as usual is not said.
        let usual = [r#""per":"1""#, r#""above":"extend""#, r#""at_zero":"first_tier""#, r#""where":{}"#, r#""divide_by":"1""#,
            r#""overage_factor":"1""#, r#""cost_basis":"1""#, r#""group_by":[]"#, r#""carried":"0""#, r#""true_up":true"#];
        for member in usual {
            prop_assert!(!plan.to_json().contains(member), "{}", member);
        }
        let charges: serde_json::Value = serde_json::from_str(&plan.to_json()).unwrap();
        prop_assert!(charges["charges"].as_array().unwrap().iter().all(|charge| charge["prorate"] != true));
    }

    #[test]
    fn a_compact_log_is_billed_alike(plan in plans(), usage in repetitive()) {
        let compact = usage.compact();
        compact.check().unwrap();
        same(&plan, &usage, &compact)?;
    }

    #[test]
    fn a_compact_log_is_billed_alike_in_every_shape(
        charges in SHAPES.iter().map(|shape| super::any::charge(shape).boxed()).collect::<Vec<_>>(), usage in repetitive(),
    ) {
        for charge in charges {
            let plan = read(&serde_json::json!({"version": 1, "name": "Any", "charges": [charge]}));
            same(&plan, &usage, &usage.compact())?;
        }
    }

    #[test]
    fn pieces_of_one_record_become_one(record in record(), pieces in 1u32..6) {
        let compact = UsageLog::new(in_pieces(&record, pieces)).compact();
        prop_assert_eq!(compact.records.len(), 1);
        // 1 + 2 + … + n
        let all = Decimal::from(pieces * (pieces + 1) / 2);
        prop_assert_eq!(compact.records[0].quantity("input"), record.quantity("input") * all);
        prop_assert_eq!(compact.records[0].quantity("requests"), record.quantity("requests") * all);
        prop_assert_eq!(compact.records[0].quantity("amount"), record.quantity("amount") * all);
        prop_assert_eq!(compact.records[0].input_of_each(), record.input_of_each());
    }

    #[test]
    fn compacting_again_changes_nothing(usage in repetitive()) {
        let compact = usage.compact();
        prop_assert_eq!(compact.compact(), compact);
    }

    #[test]
    fn the_order_of_different_instants_is_the_instants(plan in plans(), usage in usages(), seed in vec(any::<u32>(), 12)) {
        let mut seen = BTreeSet::new();
        let records: Vec<_> = usage.records.into_iter().filter(|record| seen.insert(record.at)).collect();
        let mut shuffled: Vec<_> = records.iter().cloned().zip(seed).collect();
        shuffled.sort_by_key(|(_, place)| *place);
        let shuffled = shuffled.into_iter().map(|(record, _)| record).collect();
        prop_assert_eq!(bill(&plan, &UsageLog::new(records)), bill(&plan, &UsageLog::new(shuffled)));
    }

    #[test]
    fn the_order_of_one_instant_is_nothing_to_most(plan in plan_json(), usage in usages(), seed in vec(any::<u32>(), 12)) {
        prop_assume!(!goes_by_order(&plan));
        let plan = read(&plan);
        let mut usage = usage;
        for record in &mut usage.records {
            record.at = "2026-12-15T12:00:00Z".parse().unwrap();
        }
        let mut shuffled: Vec<_> = usage.records.iter().cloned().zip(seed).collect();
        shuffled.sort_by_key(|(_, place)| *place);
        let shuffled = UsageLog::new(shuffled.into_iter().map(|(record, _)| record).collect());
        prop_assert_eq!(amounts(&bill(&plan, &usage).unwrap()), amounts(&bill(&plan, &shuffled).unwrap()));
    }
}
