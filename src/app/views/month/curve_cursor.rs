//! Reading the curve at any place: by pointer, by keyboard, by a slider.
#![expect(
    clippy::disallowed_types,
    reason = "positions on a drawing are lengths, not money"
)]

use std::rc::Rc;

use rust_decimal::Decimal;
use yew::prelude::*;

use super::curve_marks::{Signs, money, so_many};
use super::curve_plot::{Drawing, frame, height};
use super::scale::{Frame, long, px};
use crate::effects::dom;
use crate::growth::Growth;

/// Pixels around a sign within which the pointer reads the very place of the sign.
const NEAR: f64 = 4.0;

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
            && Rc::ptr_eq(&self.signs, &other.signs)
            && (self.chosen, self.width) == (other.chosen, other.width)
    }
}

/// The drawing with a cursor over it, and what stands under the cursor.
#[component]
pub fn Reader(props: &Props) -> Html {
    let Props {
        growth,
        signs,
        chosen,
        width,
    } = props;
    let over = use_node_ref();
    let at = use_state_eq(|| None::<u64>);
    let n = at.unwrap_or(growth.today).min(growth.until);
    let frame = frame(growth, *width);
    let on_move = {
        let (at, over, growth, signs) = (at.clone(), over.clone(), growth.clone(), signs.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(pixel) = dom::pixels_across(&over, &event) {
                at.set(Some(near(&growth, &signs, &frame, f64::from(pixel))));
            }
        })
    };
    let on_input = {
        let at = at.clone();
        dom::on_text::<InputEvent>(move |text| at.set(text.parse().ok()))
    };
    let on_key = {
        let (at, until) = (at.clone(), growth.until);
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = stepped(&event.key(), event.shift_key(), n, until) {
                event.prevent_default();
                at.set(Some(next));
            }
        })
    };
    let totals = growth.at(n);
    let said = readout(growth, n, &totals);
    html! {
        <>
        <div class="plot">
            <Drawing growth={growth.clone()} signs={signs.clone()} chosen={*chosen} width={*width} />
            <svg class="chart over" ref={over} width={width.to_string()} height={px(height(&frame))} aria-hidden="true" onmousemove={on_move}>
                <rect class="catch" width="100%" height="100%" />
                if n != growth.today { { cursor(&frame, n, &totals, *chosen) } }
            </svg>
        </div>
        <div class="cursor">
            <label for="curve-at">{ "Cursor" }</label>
            <input id="curve-at" type="range" min="0" max={growth.until.to_string()} step="1" value={n.to_string()}
                aria-valuetext={said.iter().map(|(name, amount)| format!("{name} {amount}")).collect::<Vec<_>>().join(", ")}
                oninput={on_input} onkeydown={on_key} />
            <p class="readout" data-testid="readout">
                { for said.iter().enumerate().map(|(at, (name, amount))| html! {
                    <span class={classes!((at == chosen + 1).then_some("sel"))}>{ name }{ " " }<b>{ amount }</b></span>
                }) }
            </p>
        </div>
        </>
    }
}

/// Where the pointer reads: at a sign that is very near, or where it is.
fn near(growth: &Growth, signs: &Signs, frame: &Frame, pixel: f64) -> u64 {
    let away = |n: u64| (frame.x(n as f64) - pixel).abs();
    let signs = signs.shown.iter().map(|sign| sign.n);
    let places = signs.chain([growth.today.min(growth.until)]);
    let nearest = places.min_by(|a, b| away(*a).total_cmp(&away(*b)));
    let nearest = nearest.filter(|n| away(*n) <= NEAR);
    nearest.unwrap_or_else(|| frame.at(pixel))
}

/// Where a key leads: a two-hundredth of the range, a tenth, or with Shift one.
fn stepped(key: &str, shift: bool, n: u64, until: u64) -> Option<u64> {
    let small = if shift { 1 } else { (until / 200).max(1) };
    let large = (until / 10).max(1);
    let next = match key {
        "ArrowLeft" | "ArrowDown" => n.saturating_sub(small),
        "ArrowRight" | "ArrowUp" => n.saturating_add(small),
        "PageDown" => n.saturating_sub(large),
        "PageUp" => n.saturating_add(large),
        "Home" => 0,
        "End" => until,
        _ => return None,
    };
    Some(next.min(until))
}

/// So many, and every plan there, the cheapest by word.
fn readout(growth: &Growth, n: u64, totals: &[Option<Decimal>]) -> Vec<(String, String)> {
    let least = totals.iter().flatten().min();
    let plan = |(at, total): (usize, &Option<Decimal>)| {
        let amount = match total {
            Some(total) if Some(total) == least && totals.len() > 1 => {
                format!("{} cheapest", money(*total))
            }
            Some(total) => money(*total),
            None => "no price".to_owned(),
        };
        (growth.name(at).to_owned(), amount)
    };
    let at = ("At".to_owned(), so_many(growth.question.axis, n));
    std::iter::once(at)
        .chain(totals.iter().enumerate().map(plan))
        .collect()
}

fn cursor(frame: &Frame, n: u64, totals: &[Option<Decimal>], chosen: usize) -> Html {
    let x = px(frame.x(n as f64));
    let dots = totals.iter().enumerate().filter_map(|(at, total)| {
        let class = if at == chosen { "spot sel" } else { "spot" };
        let y = px(frame.y(long((*total)?)));
        Some(html! { <circle {class} cx={x.clone()} cy={y} r="3" /> })
    });
    html! {
        <g><line class="hair" x1={x.clone()} x2={x.clone()} y1={px(frame.top)} y2={px(frame.bottom)} />{ for dots }</g>
    }
}
