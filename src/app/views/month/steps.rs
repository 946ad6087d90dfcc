#![expect(
    clippy::disallowed_types,
    reason = "widths and heights on a drawing are lengths, not money"
)]
//! Slices to scale: as wide as their units, as high as their rate, so that the area is the amount.

use foretoken::billing::LineItem;
use foretoken::rating::price::{Part, Slice};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::effects::intl;

/// Where the ground of the drawing lies, and how high the dearest slice rises above it.
const GROUND: f64 = 92.0;
const HIGHEST: f64 = 64.0;
/// A slice narrower than this many percent keeps its figures to the table.
const NARROW: f64 = 16.0;

struct Step {
    units: f64,
    rate: f64,
    slice: Option<Slice>,
}

/// The drawing, where a line has slices that differ in rate, or units that were included.
pub fn steps(line: &LineItem) -> Html {
    let steps = collect(line);
    let all: f64 = steps.iter().map(|step| step.units).sum();
    let dearest = steps.iter().map(|step| step.rate).fold(0.0, f64::max);
    if steps.len() < 2 || all <= 0.0 || dearest <= 0.0 {
        return Html::default();
    }
    let mut begin = 0.0;
    let drawn: Vec<Html> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let width = step.units / all * 100.0;
            let drawn = draw(at, step, begin, width, dearest);
            begin += width;
            drawn
        })
        .collect();
    html! {
        <figure class="steps">
            <svg width="100%" height="116" role="img" aria-label="The slices to scale: the table beside it has their figures">
                <defs>{ for (0..4).map(hatch) }</defs>
                { for drawn }
                <line class="axis" x1="0" x2="100%" y1={px(GROUND)} y2={px(GROUND)} />
            </svg>
            <figcaption class="cap">{ "Width is units and height the rate, so the area is the amount." }</figcaption>
        </figure>
    }
}

/// Tiers and what lies above them, and the included units before them.
fn collect(line: &LineItem) -> Vec<Step> {
    let sliced = |slice: &&Slice| {
        matches!(
            slice.part,
            Part::Tier(_) | Part::Overage { .. } | Part::Whole
        )
    };
    let mut steps: Vec<Step> = Vec::new();
    let included = line
        .quantity
        .and_then(|quantity| quantity.included.value().ok());
    if let Some(units) = included.filter(|units| !units.is_zero()) {
        steps.push(Step {
            units: plain(units),
            rate: 0.0,
            slice: None,
        });
    }
    steps.extend(line.slices.iter().filter(sliced).map(|slice| Step {
        units: slice.quantity.value().map_or(0.0, plain),
        rate: plain(*slice.rate),
        slice: Some(slice.clone()),
    }));
    steps.retain(|step| step.units > 0.0);
    steps
}

fn draw(at: usize, step: &Step, begin: f64, width: f64, dearest: f64) -> Html {
    let height = (step.rate / dearest * HIGHEST).max(1.0);
    let top = GROUND - height;
    let (x, wide) = (percent(begin), percent(width));
    let middle = percent(begin + width / 2.0);
    let roomy = width >= NARROW;
    let amount = step
        .slice
        .as_ref()
        .and_then(|slice| slice.amount.value().ok());
    let rate = step
        .slice
        .as_ref()
        .map_or_else(|| "included".to_owned(), |slice| intl::rate(*slice.rate));
    let units = step
        .slice
        .as_ref()
        .map(|slice| slice.quantity)
        .and_then(|units| units.value().ok());
    let units = units.and_then(|units| units.to_u64()).map(intl::compact);
    html! {
        <>
        <rect class="step" {x} width={wide} y={px(top)} height={px(height)} fill={format!("url(#hatch-{})", at % 4)} />
        if roomy {
            <text x={middle.clone()} y={px(top - 6.0)} text-anchor="middle">{ rate }</text>
            if let Some(amount) = amount.filter(|_| height > 24.0 && width >= 2.0 * NARROW) {
                <text class="strong" x={middle.clone()} y={px(top + height / 2.0 + 4.0)} text-anchor="middle">{ intl::dollars_and_cents(amount) }</text>
            }
            if let Some(units) = units { <text x={middle} y={px(GROUND + 16.0)} text-anchor="middle">{ units }</text> }
        }
        </>
    }
}

/// Four grounds that can be told apart without colour.
fn hatch(kind: usize) -> Html {
    let id = format!("hatch-{kind}");
    let turn = ["0", "45", "-45", "90"][kind];
    html! {
        <pattern {id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={format!("rotate({turn})")}>
            <rect class="ground" width="6" height="6" />
            if kind > 0 { <line class="hatch" x1="0" x2="0" y1="0" y2="6" /> }
        </pattern>
    }
}

fn plain(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

fn px(length: f64) -> String {
    format!("{}", length.round() as i64)
}

fn percent(share: f64) -> String {
    let parts = (share.clamp(0.0, 100.0) * 100.0).round() as u32;
    format!("{}.{:02}%", parts / 100, parts % 100)
}
