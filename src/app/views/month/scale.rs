//! Lengths on a drawing: what stands where, and the round figures of an axis.
#![expect(
    clippy::disallowed_types,
    reason = "positions on a drawing are lengths, not money"
)]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The field of a drawing between its axes, in pixels, and how far both go.
#[derive(Clone, Copy, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// What stands at the right end and at the top; 0 stands at the left end and at the bottom.
    pub far: f64,
    pub high: f64,
}

impl Frame {
    pub fn x(&self, at: f64) -> f64 {
        self.left + (self.right - self.left) * (at / self.far.max(1.0))
    }

    pub fn y(&self, amount: f64) -> f64 {
        if self.high <= 0.0 {
            return self.bottom;
        }
        self.bottom - (self.bottom - self.top) * (amount / self.high)
    }

    /// What stands at a pixel.
    pub fn at(&self, pixel: f64) -> u64 {
        let share = (pixel - self.left) / (self.right - self.left).max(1.0);
        (share.clamp(0.0, 1.0) * self.far).round() as u64
    }
}

/// An amount as a length.
pub fn long(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or_default()
}

/// A length as an attribute, to a tenth of a pixel.
pub fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// About how wide a text of the page is at 12 pixels.
pub fn wide(text: &str) -> f64 {
    6.4 * text.chars().count() as f64
}

/// The text, or as much of it as fits.
pub fn fitting(text: &str, room: f64) -> String {
    if wide(text) <= room {
        return text.to_owned();
    }
    let letters = ((room / 6.4) as usize).saturating_sub(1);
    format!(
        "{}…",
        text.chars().take(letters).collect::<String>().trim_end()
    )
}

/// Round amounts from 0 to at least this one, so many at most above 0.
pub fn amounts(most: Decimal, ticks: u32) -> Vec<Decimal> {
    let mut size = Decimal::new(1, 6);
    let fits = |step: Decimal| step * Decimal::from(ticks) >= most;
    while !fits(size * Decimal::TEN) {
        size *= Decimal::TEN;
    }
    let steps = [10, 20, 25, 50, 100].map(|tenths| size * Decimal::new(tenths, 1));
    let step = steps.into_iter().find(|step| fits(*step));
    let step = step.unwrap_or(size * Decimal::TEN).normalize();
    let mut amounts = vec![Decimal::ZERO];
    while amounts.len() <= ticks as usize && amounts.last().is_some_and(|last| *last < most) {
        amounts.push(step * Decimal::from(amounts.len()));
    }
    amounts
}

/// Round numbers from 0 to at most this one, so many at most above 0.
pub fn numbers(until: u64, ticks: u64) -> Vec<u64> {
    let fits = |step: u64| until / step <= ticks;
    let mut size: u64 = 1;
    while !fits(size.saturating_mul(10)) {
        size *= 10;
    }
    let steps = [Some(1), Some(2), (size > 1).then_some(0), Some(5), Some(10)];
    let step = |factor: Option<u64>| match factor {
        Some(0) => Some(size / 10 * 25),
        factor => Some(factor?.saturating_mul(size)),
    };
    let step = steps.into_iter().filter_map(step).find(|step| fits(*step));
    let step = step.unwrap_or(until).max(1);
    (0..=until / step).map(|tick| tick * step).collect()
}

/// Boxes that are taken, so that signs do not cover each other.
#[derive(Default)]
pub struct Taken(Vec<[f64; 4]>);

impl Taken {
    /// The box of this width and height around a point, where it is free; then it is taken.
    pub fn take(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) -> bool {
        let own = [
            x - width / 2.0,
            y - height / 2.0,
            x + width / 2.0,
            y + height / 2.0,
        ];
        let apart = |other: &[f64; 4]| {
            own[2] <= other[0] || other[2] <= own[0] || own[3] <= other[1] || other[3] <= own[1]
        };
        let free = self.0.iter().all(apart);
        if free {
            self.0.push(own);
        }
        free
    }

    pub fn block(&mut self, around: (f64, f64), size: (f64, f64)) {
        self.0.push([
            around.0 - size.0 / 2.0,
            around.1 - size.1 / 2.0,
            around.0 + size.0 / 2.0,
            around.1 + size.1 / 2.0,
        ]);
    }
}

/// Heights of labels that would stand at these, none nearer to another than `apart`, all within the bounds where they
/// have room.
pub fn spread(wanted: &[f64], apart: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut heights = wanted.to_vec();
    let mut least = top;
    for at in &order {
        heights[*at] = heights[*at].max(least);
        least = heights[*at] + apart;
    }
    let mut most = bottom;
    for at in order.iter().rev() {
        heights[*at] = heights[*at].min(most);
        most = heights[*at] - apart;
    }
    heights
}
