//! The working of a line in sentences.

use foretoken::billing::{LineItem, Plan, RoundingPlace};
use foretoken::money::Money;
use foretoken::rating::price::{Part, Slice};

use super::lines::{
    MOST_SLICES, charge_of, exactly, figure, line_words, part_words, plain, rate, unit_of,
};
use crate::effects::intl;
use crate::parts::words::capital;

/// The working of a line in sentences: each slice, their sum, and the rounding.
pub fn sentences(plan: &Plan, line: &LineItem) -> Vec<String> {
    let mut said: Vec<String> = quantity_words(plan, line).into_iter().collect();
    said.extend(
        line.slices
            .iter()
            .take(MOST_SLICES)
            .map(|slice| slice_sentence(plan, line, slice)),
    );
    let exact = exactly((*line.exact).into());
    let amount = intl::dollars_to(*line.amount, plan.rounding.decimals);
    match line.of {
        Some(_) => said.push(format!("{}: {exact}.", line_words(plan, line))),
        None if line.slices.len() > 1 => said.push(format!("Together {exact}.")),
        None => {}
    }
    said.push(match *line.exact == *line.amount {
        true => "Nothing had to be rounded.".to_owned(),
        false if plan.rounding.place == RoundingPlace::Bill => {
            "Only the totals are rounded.".to_owned()
        }
        false if plan.rounding.place == RoundingPlace::TierLine => {
            format!("Each slice is rounded, and they sum to {amount}.")
        }
        false => format!("Rounded once, here: {amount}."),
    });
    said
}

/// From what was measured to what is priced.
fn quantity_words(plan: &Plan, line: &LineItem) -> Option<String> {
    let quantity = line.quantity?;
    let charge = charge_of(plan, line)?;
    let units = unit_of(plan, line);
    let mut steps = Vec::new();
    if quantity.measured != quantity.converted {
        let by = plain(charge.quantity.convert.divide_by);
        steps.push(format!(
            "{} ÷ {by} are {} {units}",
            figure(quantity.measured),
            figure(quantity.converted)
        ));
    }
    if !quantity.included.is_zero() {
        steps.push(format!(
            "of {} {units} {} are included",
            figure(quantity.converted),
            figure(quantity.included)
        ));
        steps.push(format!("{} are left to be priced", figure(quantity.billed)));
    }
    (!steps.is_empty()).then(|| capital(&steps.join("; ")) + ".")
}

fn slice_sentence(plan: &Plan, line: &LineItem, slice: &Slice) -> String {
    let amount = exactly(slice.amount);
    let words = part_words(plan, line, slice);
    let sum = match &slice.part {
        Part::TierFee(_) | Part::Step(_) => format!("{amount}, {words}"),
        Part::Clamped => format!("{} events come to {amount}", figure(slice.quantity)),
        Part::Shared => format!(
            "{} of {} is {amount}",
            figure(slice.quantity),
            plain(slice.per)
        ),
        Part::SpillOver { .. } => format!(
            "{} × {} ÷ {} = {amount}",
            figure(slice.quantity),
            exactly((*slice.rate).into()),
            plain(slice.per)
        ),
        Part::Share => format!(
            "{} of {} is {amount}",
            rate(slice),
            intl::exact(Money::usd(slice.quantity.value().unwrap_or_default()))
        ),
        _ => format!("{} × {} = {amount}", figure(slice.quantity), rate(slice)),
    };
    match (words.is_empty(), &slice.part) {
        (true, _) | (_, Part::TierFee(_) | Part::Step(_)) => format!("{sum}."),
        _ => format!("{}: {sum}.", capital(&words)),
    }
}
