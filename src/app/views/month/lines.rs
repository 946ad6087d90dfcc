//! The lines of a bill in words: what each slice is, and how it comes to its amount.

use foretoken::billing::{EachWindow, LineItem, LineKind, Plan, PlanCharge};
use foretoken::money::{Exact, Money, Ratio};
use foretoken::rating::price::{Bounds, Part, Price, Slice};
use foretoken::usage::COMPUTE_SECONDS;
use rust_decimal::Decimal;

use crate::effects::intl;

/// Slices beyond these are told together.
pub const MOST_SLICES: usize = 12;

/// What stands in a row of the bill beside its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells {
    pub name: String,
    pub quantity: String,
    pub rate: String,
    pub words: String,
    pub amount: String,
}

/// The charge a line comes from.
pub fn charge_of<'a>(plan: &'a Plan, line: &LineItem) -> Option<&'a PlanCharge> {
    let id = line.charge.as_ref()?;
    plan.charges.iter().find(|charge| charge.id == *id)
}

/// What one unit of a line's charge is called.
pub fn unit_of(plan: &Plan, line: &LineItem) -> &'static str {
    charge_of(plan, line).map_or("units", unit_of_charge)
}

/// What one unit of a charge is called.
pub fn unit_of_charge(charge: &PlanCharge) -> &'static str {
    let tokens = [
        "input",
        "cache_read",
        "cache_write",
        "cache_write_1h",
        "output",
        "output_reasoning",
    ];
    let quantity = &charge.quantity;
    let by = *quantity.convert.divide_by;
    let only = |name: &str| quantity.of.len() == 1 && quantity.of[0].as_ref() == name;
    if matches!(charge.price, Price::CostPlus(_))
        || (!quantity.of.is_empty()
            && quantity
                .of
                .iter()
                .all(|meter| tokens.contains(&meter.as_ref())))
    {
        return if by == Decimal::ONE {
            "tokens"
        } else {
            "units"
        };
    }
    match (only(COMPUTE_SECONDS), only("requests")) {
        (true, _) if by == Decimal::from(60) => "minutes",
        (true, _) if by == Decimal::ONE => "seconds",
        (_, true) if by == Decimal::ONE => "requests",
        _ => "units",
    }
}

/// A figure with no more decimals than help.
pub fn figure(ratio: Ratio) -> String {
    ratio
        .value()
        .map_or_else(|_| "–".to_owned(), |value| intl::number(value, 4))
}

pub fn plain(value: Exact) -> String {
    intl::number(*value, 6)
}

/// An amount in all its digits, or rounded with a sign where it never ends.
pub fn exactly(amount: Ratio) -> String {
    const MOST: u32 = 10;
    match amount.value() {
        Ok(value) if value.normalize().scale() <= MOST => {
            intl::exact(Money::usd(value.normalize()))
        }
        Ok(value) => format!("{}…", intl::exact(Money::usd(value.trunc_with_scale(MOST)))),
        Err(_) => "–".to_owned(),
    }
}

fn per_words(per: Exact) -> String {
    match (*per).normalize() {
        one if one == Decimal::ONE => String::new(),
        million if million == Decimal::from(1_000_000) => " / 1M".to_owned(),
        per => format!(" / {}", intl::number(per, 6)),
    }
}

/// The rate of a slice as its column shows it.
pub fn rate(slice: &Slice) -> String {
    match &slice.part {
        Part::Share => format!("{} %", plain(slice.rate)),
        Part::TierFee(_) | Part::Step(_) => String::new(),
        Part::Shared | Part::SpillOver { .. } | Part::Clamped => String::new(),
        Part::Carried { markup_percent } => format!("+ {} %", plain(*markup_percent)),
        Part::Tier(_) if *slice.per == Decimal::ONE_HUNDRED => format!("{} %", plain(slice.rate)),
        Part::Tier(_) if *slice.per == Decimal::from(10_000) => format!("{} bp", plain(slice.rate)),
        Part::List(list) if !list.markup_percent.is_zero() => {
            let sign = if *list.markup_percent < Decimal::ZERO {
                "−"
            } else {
                "+"
            };
            let percent = intl::number((*list.markup_percent).abs(), 4);
            format!(
                "{}{} {sign} {percent} %",
                intl::rate(*slice.rate),
                per_words(slice.per)
            )
        }
        _ => format!("{}{}", intl::rate(*slice.rate), per_words(slice.per)),
    }
}

/// The rows of a line's slices, where more than the line itself can be said.
pub fn slices(plan: &Plan, line: &LineItem) -> Vec<Cells> {
    let included = line
        .quantity
        .filter(|quantity| !quantity.included.is_zero());
    if line.slices.len() < 2 && included.is_none() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    if let Some(quantity) = included {
        rows.push(Cells {
            name: "Included".to_owned(),
            quantity: figure(quantity.included),
            rate: intl::rate(Decimal::ZERO),
            words: "come with the plan".to_owned(),
            amount: intl::dollars_and_cents(Decimal::ZERO),
        });
    }
    let shown = line.slices.iter().take(MOST_SLICES);
    rows.extend(shown.map(|slice| {
        Cells {
            name: part_name(slice),
            quantity: quantity(slice),
            rate: rate(slice),
            words: part_words(plan, line, slice),
            amount: slice
                .amount
                .value()
                .map_or_else(|_| "–".to_owned(), intl::dollars_and_cents),
        }
    }));
    let more = line.slices.len().saturating_sub(MOST_SLICES);
    if more > 0 {
        rows.push(Cells {
            name: format!("and {} more slices", intl::count(more as u64)),
            ..Cells::default()
        });
    }
    rows
}

fn quantity(slice: &Slice) -> String {
    match slice.part {
        Part::TierFee(_) | Part::Step(_) => String::new(),
        Part::Clamped => "each charged by itself, within its limits".to_owned(),
        Part::Share | Part::Carried { .. } => figure(slice.quantity),
        _ => figure(slice.quantity),
    }
}

fn part_name(slice: &Slice) -> String {
    match &slice.part {
        Part::Tier(bounds) | Part::TierPackages { tier: bounds, .. } => {
            format!("Tier {}", bounds.number)
        }
        Part::TierFee(bounds) => format!("Fee of tier {}", bounds.number),
        Part::Step(bounds) => format!("Step {}", bounds.number),
        Part::Overage { .. } => "Above the tiers".to_owned(),
        Part::Whole => "All of it".to_owned(),
        Part::Packages { .. } => "Packages".to_owned(),
        Part::Seats => "Seats".to_owned(),
        Part::Hours { .. } => "Unit-hours".to_owned(),
        Part::Share => "Share of the money".to_owned(),
        Part::Events => "Fee for each event".to_owned(),
        Part::Clamped => "Events, each within its limits".to_owned(),
        Part::List(_) => "At list price".to_owned(),
        Part::Carried { .. } => "Money passed on".to_owned(),
        Part::Cell { is, .. } => is
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .join(", "),
        Part::Passed => "Good enough".to_owned(),
        Part::Attempts => "Attempts".to_owned(),
        Part::Shared => "Share of the whole".to_owned(),
        Part::SpillOver { .. } => "An hour that spilled over".to_owned(),
    }
}

/// Which units a slice holds, in words.
pub fn part_words(plan: &Plan, line: &LineItem, slice: &Slice) -> String {
    let all = line
        .quantity
        .map(|quantity| figure(quantity.billed))
        .unwrap_or_default();
    let units = unit_of(plan, line);
    match &slice.part {
        Part::Tier(bounds) if in_windows(plan, line) => {
            format!("in tier {}, each stretch of time by itself", bounds.number)
        }
        Part::Tier(bounds) if is_volume(plan, line) => whole_tier(*bounds, units),
        Part::Tier(bounds) => tier(*bounds, slice, &all, units),
        Part::TierPackages { size, tier } => {
            format!("packages of {} in tier {}", plain(*size), tier.number)
        }
        Part::TierFee(_) => "once, as soon as the tier is entered".to_owned(),
        Part::Overage { above } => format!("what lies above {}", plain(*above)),
        Part::Step(bounds) => step(*bounds, units),
        Part::Packages { size } => format!("packages of {} {units}, for {all}", plain(*size)),
        Part::Seats if is_part(slice) => "each, for the days the plan is active".to_owned(),
        Part::Seats => "each for the period".to_owned(),
        Part::Hours { units } => format!("{} units, every hour, used or not", plain(*units)),
        Part::List(list) => listed(list),
        Part::Passed => format!("of {all} {units} reached the score"),
        Part::Attempts => "whatever their score".to_owned(),
        Part::Shared => format!(
            "of {} in all groups, at one price of {}",
            plain(slice.per),
            intl::dollars_and_cents(*slice.rate)
        ),
        Part::SpillOver { used } => format!(
            "of {} did not fit: their part of the hour’s list price",
            plain(*used)
        ),
        Part::Events => "that pay it".to_owned(),
        Part::Whole => format!("{all} {units}, all at one rate"),
        Part::Clamped => "each charged by itself, within its limits".to_owned(),
        Part::Share | Part::Carried { .. } | Part::Cell { .. } => String::new(),
    }
}

/// Each hour or day is priced by itself.
fn in_windows(plan: &Plan, line: &LineItem) -> bool {
    let quantity = charge_of(plan, line).map(|charge| &charge.quantity);
    quantity.is_some_and(|each| each.every.is_some() && each.each_window == EachWindow::Priced)
}

/// A fee for fewer days than the period has.
fn is_part(slice: &Slice) -> bool {
    let whole = Ratio::from(*slice.rate).times(slice.quantity.value().unwrap_or_default());
    whole.is_ok_and(|whole| whole != slice.amount)
}

fn is_volume(plan: &Plan, line: &LineItem) -> bool {
    charge_of(plan, line).is_some_and(|charge| matches!(charge.price, Price::Volume(_)))
}

fn tier(bounds: Bounds, slice: &Slice, all: &str, units: &str) -> String {
    let here = figure(slice.quantity);
    match (bounds.number, bounds.up_to) {
        (1, _) => format!("the first {here} of these {all} {units}"),
        (_, Some(up_to)) => {
            let room = intl::number(*up_to - *bounds.above, 6);
            format!("the next {here}, of up to {room}")
        }
        (_, None) => format!("the {here} above {}", plain(bounds.above)),
    }
}

fn whole_tier(bounds: Bounds, units: &str) -> String {
    match bounds.up_to {
        Some(up_to) if bounds.number == 1 => {
            format!(
                "all of them: up to {} {units} this rate holds for every one",
                plain(up_to)
            )
        }
        Some(up_to) => format!(
            "all of them: between {} and {} {units} this rate holds for every one",
            plain(bounds.above),
            plain(up_to)
        ),
        None => format!(
            "all of them: above {} {units} this rate holds for every one",
            plain(bounds.above)
        ),
    }
}

fn step(bounds: Bounds, units: &str) -> String {
    match bounds.up_to {
        Some(up_to) => format!(
            "one amount from {} to {} {units}",
            plain(bounds.above),
            plain(up_to)
        ),
        None => format!("one amount above {} {units}", plain(bounds.above)),
    }
}

fn listed(list: &foretoken::rating::price::ListPrice) -> String {
    let mut words = vec![if list.yours {
        "your own price".to_owned()
    } else {
        "the provider’s price".to_owned()
    }];
    if let Some(above) = list.context_above {
        words.push(format!("for prompts above {} tokens", intl::count(above)));
    }
    if let Some(day) = list.checked {
        words.push(format!("checked {}", intl::day(day)));
    }
    words.join(", ")
}

/// What an adjustment worked on, or what a plain line is.
pub fn line_words(plan: &Plan, line: &LineItem) -> String {
    let of = line.of.map(|of| intl::dollars_and_cents(*of));
    match (line.kind, of, line.percent) {
        (LineKind::Tax, Some(of), Some(percent)) if holds_tax(plan) => {
            let rates = plan.tax.iter().flat_map(|tax| &tax.rates);
            let all = rates.fold(Decimal::ONE_HUNDRED, |all, rate| all + *rate.percent);
            format!(
                "within {of}: {} / {} of it",
                plain(percent),
                plain(all.into())
            )
        }
        (LineKind::Discount, Some(of), Some(percent))
        | (LineKind::Tax, Some(of), Some(percent)) => {
            format!("{} % of {of}", plain(percent))
        }
        (LineKind::Discount, Some(of), None) => format!("taken off {of}"),
        (LineKind::Minimum, Some(of), _) => format!("lifts {of} to it"),
        (LineKind::Maximum, Some(of), _) => format!("lowers {of} to it"),
        (LineKind::Commitment, Some(of), _) => committed(plan, &of),
        (LineKind::Credit, ..) => "pays what was charged while it was valid".to_owned(),
        _ => match line.slices.as_slice() {
            [slice] => part_words(plan, line, slice),
            _ => String::new(),
        },
    }
}

fn holds_tax(plan: &Plan) -> bool {
    plan.tax.as_ref().is_some_and(|tax| tax.is_inside())
}

/// What goes beyond a promise, or falls short of it.
fn committed(plan: &Plan, of: &str) -> String {
    let Some(commitment) = &plan.commitment else {
        return String::new();
    };
    let (promised, factor) = (
        intl::dollars_and_cents(*commitment.amount),
        plain(commitment.overage_factor),
    );
    format!("{of} against {promised} promised; beyond it × {factor}")
}
