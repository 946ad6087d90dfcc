//! The curve as a drawing: lines, marks on them, and a strip of who is cheapest.
#![expect(
    clippy::disallowed_types,
    reason = "positions on a drawing are lengths, not money"
)]

use std::rc::Rc;

use foretoken::billing::{Cliff, Mark};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::curve_marks::{Sign, Signs, cheapest_words, money, so_many};
use super::scale::{Frame, Taken, amounts, fitting, long, numbers, px, spread, wide};
use crate::effects::intl;
use crate::growth::{Axis, Growth};

/// Pixels between the axis and the strip, and how high the strip is.
const UNDER: f64 = 30.0;
const STRIP: f64 = 20.0;

#[derive(Properties)]
pub struct Props {
    pub growth: Rc<Growth>,
    pub signs: Rc<Signs>,
    pub chosen: usize,
    pub width: u32,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.growth, &other.growth)
            && self.signs == other.signs
            && (self.chosen, self.width) == (other.chosen, other.width)
    }
}

/// The drawing without its cursor.
#[component]
pub fn Drawing(props: &Props) -> Html {
    let growth = &props.growth;
    let frame = frame(growth, props.width);
    let (width, height) = (props.width.to_string(), px(height(&frame)));
    html! {
        <svg class="chart" width={width.clone()} height={height.clone()} viewBox={format!("0 0 {width} {height}")} role="img" aria-label={spoken(growth)}>
            { rules(growth, &frame) }
            { across(growth, &frame) }
            { today(growth, &frame) }
            { for (0..growth.question.plans.len()).filter(|plan| *plan != props.chosen).map(|plan| line(growth, &frame, plan, false)) }
            { line(growth, &frame, props.chosen, true) }
            { ends(growth, &frame, props.chosen, f64::from(props.width)) }
            { badges(growth, &frame, &props.signs, props.chosen) }
            { strip(growth, &frame, props.chosen) }
        </svg>
    }
}

/// The field of the lines. It is the same for the drawing and for the cursor over it.
pub fn frame(growth: &Growth, width: u32) -> Frame {
    let ticks = ticks(growth);
    let high = ticks.last().copied().unwrap_or_default();
    let width = f64::from(width);
    let labels = ticks.iter().map(|amount| wide(&label(*amount)));
    let left = labels.fold(wide("cheapest"), f64::max) + 10.0;
    let names = (0..growth.question.plans.len()).map(|plan| wide(growth.name(plan)));
    let names = names.fold(0.0, f64::max).min(width * 0.22) + 14.0;
    let tall = if width < 560.0 { 320.0 } else { 400.0 };
    Frame {
        left,
        right: (width - names).max(left + 60.0),
        top: 30.0,
        bottom: tall,
        far: growth.until as f64,
        high: long(high),
    }
}

pub fn height(frame: &Frame) -> f64 {
    frame.bottom + UNDER + STRIP + 2.0
}

fn ticks(growth: &Growth) -> Vec<Decimal> {
    let totals = growth.curve.points.iter().flat_map(|point| &point.totals);
    let most = totals.flatten().copied().max().unwrap_or_default();
    amounts(most, 5)
}

fn label(amount: Decimal) -> String {
    intl::round_dollars(amount)
}

fn rules(growth: &Growth, frame: &Frame) -> Html {
    let rule = |amount: Decimal| {
        let y = px(frame.y(long(amount)));
        let class = if amount.is_zero() { "axis" } else { "grid" };
        html! {
            <><line {class} x1={px(frame.left)} x2={px(frame.right)} y1={y.clone()} y2={y} />
            <text class="scale" x={px(frame.left - 8.0)} y={px(frame.y(long(amount)) + 4.0)} text-anchor="end">{ label(amount) }</text></>
        }
    };
    html! { <g>{ for ticks(growth).into_iter().map(rule) }</g> }
}

/// The axis of what grows: its last label says what it is.
fn across(growth: &Growth, frame: &Frame) -> Html {
    let room = frame.right - frame.left;
    let ticks = numbers(growth.until, if room < 420.0 { 4 } else { 8 });
    let unit = match growth.question.axis {
        Axis::Requests => "requests",
        Axis::Prompt => "tokens of a prompt",
    };
    let end = format!("{} {unit}", intl::count(growth.until));
    let last = frame.right - wide(&end) * 0.92 - 8.0;
    let tick = |n: u64| {
        let x = frame.x(n as f64);
        let text = intl::count(n);
        let fits = n < growth.until && x + wide(&text) / 2.0 < last;
        html! {
            <><line class="tick" x1={px(x)} x2={px(x)} y1={px(frame.bottom)} y2={px(frame.bottom + 5.0)} />
            if fits { <text class="scale" x={px(x)} y={px(frame.bottom + 18.0)} text-anchor="middle">{ text }</text> }</>
        }
    };
    html! {
        <g>{ for ticks.into_iter().map(tick) }
        <text class="scale" x={px(frame.right)} y={px(frame.bottom + 18.0)} text-anchor="end">{ end }</text></g>
    }
}

fn today(growth: &Growth, frame: &Frame) -> Html {
    if growth.today > growth.until {
        return Html::default();
    }
    let x = frame.x(growth.today as f64);
    let words = match growth.question.axis {
        Axis::Requests => "your month",
        Axis::Prompt => "your prompts",
    };
    let words = format!("{words}, {}", intl::count(growth.today));
    let half = wide(&words) / 2.0;
    let at = x.clamp(half, (frame.right - half + 60.0).max(half));
    html! {
        <g><line class="today" x1={px(x)} x2={px(x)} y1="18" y2={px(frame.bottom)} />
        <text class="name" x={px(at)} y="12" text-anchor="middle">{ words }</text></g>
    }
}

/// A plan's line, broken where it has no price and where it jumps.
fn line(growth: &Growth, frame: &Frame, plan: usize, chosen: bool) -> Html {
    let cliffs: Vec<&Cliff> = cliffs(growth, plan);
    let mut path = String::new();
    let mut open = false;
    for point in &growth.curve.points {
        let Some(total) = point.totals.get(plan).copied().flatten() else {
            open = false;
            continue;
        };
        let breaks = cliffs
            .binary_search_by_key(&point.n, |cliff| cliff.n)
            .is_ok();
        path.push_str(if open && !breaks { " L" } else { " M" });
        path.push_str(&px(frame.x(point.n as f64)));
        path.push(' ');
        path.push_str(&px(frame.y(long(total))));
        open = true;
    }
    let class = if chosen {
        classes!("plan", "sel")
    } else {
        classes!("plan", format!("dash-{plan}"))
    };
    let drops = cliffs.iter().map(|cliff| {
        let x = px(frame.x(cliff.n as f64));
        let (before, after) = (frame.y(long(cliff.before)), frame.y(long(cliff.after)));
        html! { <line class={classes!("drop", chosen.then_some("sel"))} x1={x.clone()} x2={x} y1={px(before)} y2={px(after)} /> }
    });
    html! { <g data-plan={growth.name(plan).to_owned()}>{ for drops }<path {class} d={path} /></g> }
}

fn cliffs(growth: &Growth, plan: usize) -> Vec<&Cliff> {
    let marks = growth.curve.marks.iter().filter_map(|mark| match mark {
        Mark::Cliff(cliff) if cliff.plan == plan => Some(cliff),
        _ => None,
    });
    marks.collect()
}

/// The names of the plans, each at the end of its line.
fn ends(growth: &Growth, frame: &Frame, chosen: usize, width: f64) -> Html {
    let last = |plan: usize| {
        let mut points = growth.curve.points.iter().rev();
        let point = points.find(|point| point.totals.get(plan).is_some_and(Option::is_some))?;
        let total = point.totals.get(plan).copied().flatten()?;
        Some((plan, frame.y(long(total))))
    };
    let ends: Vec<(usize, f64)> = (0..growth.question.plans.len()).filter_map(last).collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
    let heights = spread(&wanted, 15.0, (frame.top, frame.bottom - 4.0));
    let name = |(plan, wanted): &(usize, f64), y: f64| {
        let class = classes!("name", (*plan == chosen).then_some("sel"));
        let text = fitting(growth.name(*plan), width - frame.right - 12.0);
        let moved = (wanted - y).abs() > 3.0;
        html! {
            <>if moved { <line class="leader" x1={px(frame.right + 1.0)} x2={px(frame.right + 9.0)} y1={px(*wanted)} y2={px(y)} /> }
            <text {class} x={px(frame.right + 11.0)} y={px(y + 4.0)}>{ text }</text></>
        }
    };
    html! { <g>{ for ends.iter().zip(heights).map(|(end, y)| name(end, y)) }</g> }
}

/// Letters and arrows, each as near to its place as the others let it.
fn badges(growth: &Growth, frame: &Frame, signs: &Signs, chosen: usize) -> Html {
    let mut taken = Taken::default();
    for sign in &signs.shown {
        for y in sign.heights() {
            taken.block((frame.x(sign.n as f64), frame.y(y)), (6.0, 6.0));
        }
    }
    let now = growth.at(growth.today).get(chosen).copied().flatten();
    let now = now.filter(|_| growth.today <= growth.until);
    let now = now.map(|amount| (frame.x(growth.today as f64), frame.y(long(amount))));
    if let Some(now) = now {
        taken.block(now, (10.0, 10.0));
    }
    let badges: Vec<Html> = signs
        .shown
        .iter()
        .map(|sign| badge(frame, sign, &mut taken))
        .collect();
    html! {
        <g>{ for badges }
        if let Some((x, y)) = now { <circle class="now" cx={px(x)} cy={px(y)} r="4" /> }</g>
    }
}

impl Sign {
    /// The amounts at which it is drawn, highest first.
    fn heights(&self) -> Vec<f64> {
        let evens = self.evens.iter().map(|even| long(even.bill));
        let cliffs = self.cliffs.iter();
        let cliffs = cliffs.flat_map(|cliff| [long(cliff.before), long(cliff.after)]);
        let mut heights: Vec<f64> = evens.chain(cliffs).collect();
        heights.sort_by(|a, b| b.total_cmp(a));
        heights
    }
}

fn badge(frame: &Frame, sign: &Sign, taken: &mut Taken) -> Html {
    let x = frame.x(sign.n as f64);
    let heights = sign.heights();
    let [Some(high), Some(low)] = [heights.first(), heights.last()] else {
        return Html::default();
    };
    let (high, low) = (frame.y(*high), frame.y(*low));
    let text = sign.badge();
    let wide = 12.0 + 8.0 * text.chars().count() as f64;
    let (left, right) = (frame.left + wide / 2.0, frame.right - wide / 2.0);
    let inside = |y: f64| y - 10.0 > frame.top && y + 10.0 < frame.bottom;
    let mut place = None;
    'search: for across in [0.0, -22.0, 22.0, -44.0, 44.0] {
        for away in [26.0, 48.0, 70.0, 92.0, 114.0] {
            for y in [high - away, low + away] {
                let at = ((x + across).clamp(left, right.max(left)), y);
                if inside(y) && taken.take(at, (wide + 2.0, 22.0)) {
                    place = Some(at);
                    break 'search;
                }
            }
        }
    }
    let Some((at, y)) = place else {
        return Html::default();
    };
    let from = if y < high { high } else { low };
    let end = if y < from { y + 10.0 } else { y - 10.0 };
    let dot = |y: f64| html! { <circle class="dot" cx={px(x)} cy={px(y)} r="3" /> };
    html! {
        <g class="sign" data-n={sign.n.to_string()}>
            <line class="leader" x1={px(x)} x2={px(at)} y1={px(from)} y2={px(end)} />
            { dot(high) }
            if (high - low).abs() > 1.0 { <circle class="dot" cx={px(x)} cy={px(low)} r="3" /> }
            <rect x={px(at - wide / 2.0)} y={px(y - 10.0)} width={px(wide)} height="20" rx="10" />
            <text x={px(at)} y={px(y + 4.0)} text-anchor="middle">{ text }</text>
        </g>
    }
}

/// Which plan is cheapest over which range, to scale.
fn strip(growth: &Growth, frame: &Frame, chosen: usize) -> Html {
    let y = frame.bottom + UNDER;
    let stretch = |from: u64, until: u64, plan: usize| {
        let (start, end) = (
            frame.x(from as f64),
            frame.x(until.saturating_add(1) as f64).min(frame.right),
        );
        let name = growth.name(plan).to_owned();
        let fits = wide(&name) + 10.0 < end - start;
        let class = classes!("stretch", (plan == chosen).then_some("sel"));
        html! {
            <g {class} data-plan={name.clone()} data-from={from.to_string()} data-until={until.to_string()}>
                <rect x={px(start)} y={px(y)} width={px((end - start).max(0.5))} height={px(STRIP)} />
                if fits { <text x={px((start + end) / 2.0)} y={px(y + 14.0)} text-anchor="middle">{ &name }</text> }
            </g>
        }
    };
    let stretches = growth.curve.cheapest.iter();
    html! {
        <g><text class="small" x={px(frame.left - 8.0)} y={px(y + 14.0)} text-anchor="end">{ "cheapest" }</text>
        { for stretches.map(|each| stretch(each.from, each.until, each.plan)) }</g>
    }
}

fn spoken(growth: &Growth) -> String {
    let plans = growth.question.plans.iter().enumerate();
    let totals = growth.at(growth.today);
    let now = plans.map(|(at, plan)| {
        let total = totals.get(at).copied().flatten();
        format!(
            "{} {}",
            plan.name,
            total.map_or_else(|| "no price".to_owned(), money)
        )
    });
    let now = now.collect::<Vec<_>>().join(", ");
    let axis = growth.question.axis;
    format!(
        "The bill of each plan from 0 to {}. At {}, as now: {now}. Cheapest: {}. The table below says it exactly.",
        so_many(axis, growth.until),
        so_many(axis, growth.today),
        cheapest_words(growth)
    )
}
