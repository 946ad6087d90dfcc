//! The days as drawings: what was charged so far, and what is left of included units.
#![expect(
    clippy::disallowed_types,
    reason = "positions on a drawing are lengths, not money"
)]

use foretoken::calendar::Date;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::days::{Days, allowance_words, charged};
use super::scale::{Frame, Taken, amounts, long, px, wide};
use crate::daily::Daily;
use crate::effects::intl;

const SHARES: [u32; 3] = [50, 75, 90];

#[derive(Properties, PartialEq)]
pub struct SpentProps {
    pub days: Days,
    pub width: u32,
}

/// What was charged by the end of each day, and the limit.
#[component]
pub fn Spent(props: &SpentProps) -> Html {
    let (days, width) = (&*props.days.0, f64::from(props.width));
    let limit = days
        .limit()
        .filter(|limit| *limit <= days.end() * Decimal::from(4));
    let ticks = amounts(highest(days).max(limit.unwrap_or_default()), 4);
    let labels = ticks
        .iter()
        .map(|amount| wide(&intl::round_dollars(*amount)));
    let right = if limit.is_some() {
        wide("90 %") + 12.0
    } else {
        6.0
    };
    let tall = if width < 480.0 { 210.0 } else { 270.0 };
    let frame = Frame {
        left: labels.fold(30.0, f64::max) + 10.0,
        right: width - right,
        top: 14.0,
        bottom: tall,
        far: days.days.len() as f64,
        high: long(ticks.last().copied().unwrap_or_default()),
    };
    let rule = |amount: &Decimal| {
        let y = frame.y(long(*amount));
        let class = if amount.is_zero() { "axis" } else { "grid" };
        html! {
            <><line {class} x1={px(frame.left)} x2={px(frame.right)} y1={px(y)} y2={px(y)} />
            <text class="scale" x={px(frame.left - 8.0)} y={px(y + 4.0)} text-anchor="end">{ intl::round_dollars(*amount) }</text></>
        }
    };
    let (w, h) = (props.width.to_string(), px(tall + 24.0));
    html! {
        <svg class="chart" width={w.clone()} height={h.clone()} viewBox={format!("0 0 {w} {h}")} role="img" aria-label={spoken(days)}>
            { weekends(days, &frame) }
            { for ticks.iter().map(rule) }
            { dates(days, &frame) }
            { for limit.map(|limit| limits(limit, &frame)) }
            <path class="plan sel" d={path(days.days.iter().map(|day| long(day.so_far)), 0.0, &frame)} />
            { crossings(days, &frame) }
        </svg>
    }
}

fn highest(days: &Daily) -> Decimal {
    days.days
        .iter()
        .map(|day| day.so_far)
        .max()
        .unwrap_or_default()
}

/// A line from where the month begins through the end of each day.
fn path(ends: impl Iterator<Item = f64>, start: f64, frame: &Frame) -> String {
    let mut path = format!("M{} {}", px(frame.x(0.0)), px(frame.y(start)));
    for (day, amount) in ends.enumerate() {
        path.push_str(&format!(
            " L{} {}",
            px(frame.x(day as f64 + 1.0)),
            px(frame.y(amount))
        ));
    }
    path
}

fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_zero_offset()
}

fn weekends(days: &Daily, frame: &Frame) -> Html {
    let each = frame.x(1.0) - frame.x(0.0);
    let days = days.days.iter().enumerate();
    let shade = days.filter(|(_, day)| weekday(day.date) >= 5).map(|(at, _)| {
        html! {
            <rect class="weekend" x={px(frame.x(at as f64))} width={px(each)} y={px(frame.top)} height={px(frame.bottom - frame.top)} />
        }
    });
    html! { <g>{ for shade }</g> }
}

/// The first day and every Monday that has room.
fn dates(days: &Daily, frame: &Frame) -> Html {
    let mut end = 0.0;
    let mut labels = Vec::new();
    for (at, day) in days.days.iter().enumerate() {
        if at > 0 && weekday(day.date) != 0 {
            continue;
        }
        let (x, text) = (frame.x(at as f64), intl::weekday(day.date));
        let tick = html! { <line class="tick" x1={px(x)} x2={px(x)} y1={px(frame.bottom)} y2={px(frame.bottom + 5.0)} /> };
        let fits = x >= end && x + wide(&text) < frame.right + 30.0;
        if fits {
            end = x + wide(&text) + 10.0;
        }
        labels.push(html! {
            <>{ tick }if fits { <text class="scale" x={px(x)} y={px(frame.bottom + 18.0)}>{ text }</text> }</>
        });
    }
    html! { <g>{ for labels }</g> }
}

/// The limit and shares of it.
fn limits(limit: Decimal, frame: &Frame) -> Html {
    let share = |percent: u32| {
        let y = frame.y(long(limit) * f64::from(percent) / 100.0);
        html! {
            <><line class="share" x1={px(frame.left)} x2={px(frame.right)} y1={px(y)} y2={px(y)} />
            <text class="scale" x={px(frame.right + 6.0)} y={px(y + 4.0)}>{ format!("{percent} %") }</text></>
        }
    };
    let y = frame.y(long(limit));
    html! {
        <g class="limit">{ for SHARES.into_iter().map(share) }
        <line class="all" x1={px(frame.left)} x2={px(frame.right)} y1={px(y)} y2={px(y)} />
        <text class="scale all" x={px(frame.right + 6.0)} y={px(y + 4.0)}>{ "100 %" }</text>
        <text class="name" x={px(frame.left + 6.0)} y={px(y - 5.0)}>{ format!("limit {}", intl::dollars_and_cents(limit)) }</text></g>
    }
}

/// A mark on each day on which a share was reached, with its day where there is room.
fn crossings(days: &Daily, frame: &Frame) -> Html {
    let mut taken = Taken::default();
    let mut mark = |crossing: &foretoken::billing::Crossing| {
        let at = days
            .days
            .iter()
            .position(|day| day.date == crossing.date)
            .unwrap_or_default();
        let (x, y) = (frame.x(at as f64 + 1.0), frame.y(long(crossing.amount)));
        let most = crossing.reached.last().copied().unwrap_or_default();
        let what = if most == 100 {
            "limit".to_owned()
        } else {
            format!("{most} %")
        };
        let text = format!("{what}, {}", intl::weekday(crossing.date));
        let middle = (x - 10.0 - wide(&text) / 2.0, y - 10.0);
        let room = frame.right - frame.left > 360.0
            && middle.0 - wide(&text) / 2.0 > frame.left
            && middle.1 > frame.top;
        let fits = room && taken.take(middle, (wide(&text), 15.0));
        let class = if most == 100 { "cross full" } else { "cross" };
        html! {
            <g data-day={crossing.date.to_string()}>
                <line class="leader" x1={px(x)} x2={px(x)} y1={px(y)} y2={px(frame.bottom)} />
                <circle {class} cx={px(x)} cy={px(y)} r="4.5" />
                if fits { <text class={if most == 100 { "name sel" } else { "name" }} x={px(x - 10.0)} y={px(y - 6.0)} text-anchor="end">{ text }</text> }
            </g>
        }
    };
    let marks: Vec<Html> = days.crossings.iter().map(&mut mark).collect();
    html! { <g>{ for marks }</g> }
}

fn spoken(days: &Daily) -> String {
    let end = charged(days.end());
    let limit = days.limit().map(|limit| {
        let limit = intl::dollars_and_cents(limit);
        match days.passed() {
            Some(day) => format!(" The limit of {limit} is passed on {}.", intl::weekday(day)),
            None => format!(" The limit of {limit} is not reached."),
        }
    });
    format!(
        "What was charged by the end of each day, {end} at the end of the month.{} The tables say it exactly.",
        limit.unwrap_or_default()
    )
}

#[derive(Properties, PartialEq)]
pub struct LeftProps {
    pub days: Days,
    pub width: u32,
    pub at: usize,
}

/// What is left of included units at the end of each day.
#[component]
pub fn Left(props: &LeftProps) -> Html {
    let days = &*props.days.0;
    let Some(allowance) = days.allowances.get(props.at) else {
        return html! { <svg /> };
    };
    let (_, unit) = allowance_words(days, allowance);
    let whole = long(allowance.whole);
    let frame = Frame {
        left: (wide(&intl::compact_number(allowance.whole)) + 10.0).max(40.0),
        right: f64::from(props.width) - 6.0,
        top: 26.0,
        bottom: 110.0,
        far: days.days.len() as f64,
        high: whole,
    };
    let line = path(allowance.left.iter().map(|left| long(*left)), whole, &frame);
    let area = format!(
        "{line} L{} {} L{} {} Z",
        px(frame.right),
        px(frame.bottom),
        px(frame.left),
        px(frame.bottom)
    );
    let used = allowance
        .crossings
        .iter()
        .find(|crossing| crossing.reached.contains(&100));
    let used = used.map_or_else(
        || {
            format!(
                "{} {unit} are left at the end",
                intl::number(allowance.left.last().copied().unwrap_or_default(), 0)
            )
        },
        |crossing| format!("used up on {}", intl::weekday(crossing.date)),
    );
    let title = format!("Included {unit} left: {used}");
    let (w, h) = (props.width.to_string(), px(frame.bottom + 24.0));
    html! {
        <svg class="chart left" width={w.clone()} height={h.clone()} viewBox={format!("0 0 {w} {h}")} role="img" aria-label={format!("{title}. The tables say it exactly.")}>
            <text class="name" x={px(frame.left)} y="14">{ &title }</text>
            { weekends(days, &frame) }
            <path class="area" d={area} />
            <path class="level" d={line} />
            <line class="axis" x1={px(frame.left)} x2={px(frame.right)} y1={px(frame.bottom)} y2={px(frame.bottom)} />
            <text class="scale" x={px(frame.left - 8.0)} y={px(frame.top + 4.0)} text-anchor="end">{ intl::compact_number(allowance.whole) }</text>
            <text class="scale" x={px(frame.left - 8.0)} y={px(frame.bottom + 4.0)} text-anchor="end">{ "0" }</text>
            { dates(days, &frame) }
        </svg>
    }
}
