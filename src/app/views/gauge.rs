#![expect(
    clippy::disallowed_types,
    reason = "positions on a drawn scale are lengths, not money"
)]

use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::effects::intl;
use crate::rows::{Row, Table};
use foretoken::money::Money;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub table: Rc<Table>,
}

/// Where the axis lies, from the top.
const AXIS: &str = "44";

/// A logarithmic rule with every model's price on it, and a needle for the one being read.
#[component]
pub fn Gauge(props: &Props) -> Html {
    let table = &props.table;
    let prices: Vec<f64> = table.marks.iter().filter_map(plain).collect();
    let Some(scale) = Scale::over(&prices) else {
        // An element all the same: Yew loses the place of a component that draws nothing.
        return html! { <figure /> };
    };
    let reading = table.reading.as_deref();
    html! {
        <figure>
            <svg class="gauge" width="100%" height="76" role="img" aria-label={spoken(table)}>
                <line class="axis" x1="0" x2="100%" y1={AXIS} y2={AXIS} />
                { for scale.ticks() }
                { for prices.iter().map(|price| mark(&scale, *price)) }
                { table.cheapest.as_ref().map(|row| name(&scale, row, "cheapest", reading)) }
                { reading.map(|row| needle(&scale, row)) }
            </svg>
            <figcaption class="cap">
                { "Each long tick is ten times the one before. Short marks are the other models; the band runs from a short to a long answer." }
            </figcaption>
        </figure>
    }
}

struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// From below the least price to above the greatest, at least a decade wide.
    fn over(prices: &[f64]) -> Option<Scale> {
        let positive = || prices.iter().copied().filter(|price| *price > 0.0);
        let least = positive().reduce(f64::min)?.log10();
        let most = positive().reduce(f64::max)?.log10();
        Some(Scale {
            low: (least - 0.15).min(most - 1.0),
            high: most + 0.15,
        })
    }

    /// A place on the rule, in percent of its width.
    fn at(&self, price: f64) -> String {
        percent(self.place(price))
    }

    fn width(&self, from: f64, to: f64) -> String {
        percent(self.place(to) - self.place(from))
    }

    /// A share of the rule, from 0 at its low end to 1 at its high end.
    fn place(&self, price: f64) -> f64 {
        ((price.log10() - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn ticks(&self) -> Vec<Html> {
        let decades = self.low.floor() as i32..=self.high.ceil() as i32;
        decades
            .flat_map(|decade| (1..=9).map(move |step| (decade, step)))
            .filter_map(|(decade, step)| self.tick(decade, step))
            .collect()
    }

    fn tick(&self, decade: i32, step: i32) -> Option<Html> {
        let price = 10_f64.powi(decade) * f64::from(step);
        if price.log10() < self.low || price.log10() > self.high {
            return None;
        }
        let x = self.at(price);
        let (class, end) = if step == 1 {
            ("major", "57")
        } else {
            ("minor", "50")
        };
        let label = (step == 1).then(|| {
            html! { <text class="scale" x={x.clone()} y="70" text-anchor={self.anchor(price)}>{ tick_label(decade) }</text> }
        });
        Some(
            html! { <><line class={class} x1={x.clone()} x2={x} y1={AXIS} y2={end} />{ label }</> },
        )
    }

    /// Words near an end of the rule are kept inside it.
    fn anchor(&self, price: f64) -> &'static str {
        let place = self.place(price);
        if place < 0.12 {
            "start"
        } else if place > 0.88 {
            "end"
        } else {
            "middle"
        }
    }
}

/// A power of ten in dollars, exactly.
fn tick_label(decade: i32) -> String {
    let amount = match u32::try_from(-decade) {
        Ok(places) => Decimal::new(1, places.min(28)),
        Err(_) => (0..decade).fold(Decimal::ONE, |amount, _| amount * Decimal::TEN),
    };
    intl::rate(amount)
}

fn mark(scale: &Scale, price: f64) -> Html {
    if price <= 0.0 {
        return Html::default();
    }
    let x = scale.at(price);
    html! { <line class="mark" x1={x.clone()} x2={x} y1="34" y2={AXIS} /> }
}

fn name(scale: &Scale, row: &Row, role: &str, reading: Option<&Row>) -> Html {
    let Some(price) = row.price().and_then(|price| plain(&price.amount())) else {
        return Html::default();
    };
    if price <= 0.0 || reading.is_some_and(|reading| reading.key == row.key) {
        return Html::default();
    }
    html! {
        <text class="name" x={scale.at(price)} y="28" text-anchor={scale.anchor(price)}>{ format!("{}, {role}", row.title) }</text>
    }
}

fn needle(scale: &Scale, row: &Row) -> Html {
    let cost = row
        .estimate
        .as_ref()
        .and_then(|estimate| estimate.request.as_ref().ok());
    let Some(cost) = cost else {
        return Html::default();
    };
    let [Some(low), Some(price), Some(high)] =
        [cost.low.total, cost.expected.total, cost.high.total]
            .map(|money: Money| plain(&money.amount()))
    else {
        return Html::default();
    };
    if price <= 0.0 || low <= 0.0 {
        return Html::default();
    }
    let x = scale.at(price);
    html! {
        <>
        <rect class="band" x={scale.at(low)} width={scale.width(low, high)} y="40" height="8" />
        <line class="end" x1={scale.at(low)} x2={scale.at(low)} y1="36" y2="52" />
        <line class="end" x1={scale.at(high)} x2={scale.at(high)} y1="36" y2="52" />
        <line class="needle" x1={x.clone()} x2={x.clone()} y1="18" y2="58" />
        <text class="name sel" x={x} y="12" text-anchor={scale.anchor(price)}>{ &row.title }</text>
        </>
    }
}

fn spoken(table: &Table) -> String {
    let say = |row: &Rc<Row>| {
        let price = row.price().map(intl::request)?;
        Some(format!("{} {price}", row.title))
    };
    let rows = [&table.cheapest, &table.reading, &table.dearest];
    let named: Vec<String> = rows.into_iter().flatten().filter_map(say).collect();
    format!(
        "Price of one request on a logarithmic scale, cheapest to dearest: {}",
        named.join(", ")
    )
}

fn plain(amount: &Decimal) -> Option<f64> {
    amount.to_f64()
}

fn percent(share: f64) -> String {
    let parts = (share.clamp(0.0, 1.0) * 10_000.0).round() as u32;
    format!("{}.{:02}%", parts / 100, parts % 100)
}
