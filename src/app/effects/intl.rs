//! Numbers, money and dates in the user's locale, by the browser's Intl. Digits travel as text: nothing becomes a float.

use std::cell::RefCell;
use std::collections::HashMap;

use foretoken::calendar::{Date, Timestamp, iso_day, iso_instant};
use foretoken::figures::{
    Decimals, Separators, all_decimals, range_decimals, rate_decimals, request_decimals,
};
use foretoken::money::{self, Money};
use js_sys::{Array, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;

use super::clock::call;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    Plain,
    Dollars,
    Compact,
}

thread_local! {
    static NUMBERS: RefCell<HashMap<(Style, Decimals), Function>> = RefCell::default();
    static DATES: RefCell<HashMap<&'static str, Function>> = RefCell::default();
}

/// A whole number, grouped.
pub fn count(number: u64) -> String {
    number_in(Style::Plain, Decimals::WHOLE, number.into())
}

/// A number with at most this many decimals.
pub fn number(number: Decimal, most: u32) -> String {
    number_in(Style::Plain, Decimals { least: 0, most }, number)
}

/// A large number in few letters: 1.05M, 128K.
pub fn compact(number: u64) -> String {
    number_in(
        Style::Compact,
        Decimals { least: 0, most: 2 },
        number.into(),
    )
}

/// The same for a figure that need not be whole.
pub fn compact_number(number: Decimal) -> String {
    number_in(Style::Compact, Decimals { least: 0, most: 2 }, number)
}

/// What one request costs.
pub fn request(amount: Money) -> String {
    dollars(amount.amount(), request_decimals(amount.amount()))
}

/// Money to the cent.
pub fn cents(amount: Money) -> String {
    dollars(amount.amount(), Decimals::CENTS)
}

/// An amount of dollars, to the cent.
pub fn dollars_and_cents(amount: Decimal) -> String {
    dollars(amount, Decimals::CENTS)
}

/// An amount of dollars on an axis, with no more decimals than it has.
pub fn round_dollars(amount: Decimal) -> String {
    let most = amount.normalize().scale();
    let least = if most == 0 { 0 } else { most.max(2) };
    dollars(amount, Decimals { least, most: least })
}

/// An amount of dollars to so many decimals, cents at least.
pub fn dollars_to(amount: Decimal, decimals: u32) -> String {
    dollars(amount, Decimals::exactly(decimals.max(2)))
}

/// A day without its year, as Mon 14 Dec.
pub fn weekday(date: Date) -> String {
    formatted("weekday", &format!("{}T12:00:00Z", iso_day(date)))
}

/// A day of a month that is known, as 14 Dec.
pub fn short_day(date: Date) -> String {
    formatted("short day", &format!("{}T12:00:00Z", iso_day(date)))
}

/// Every digit of an exact amount.
pub fn exact(amount: Money) -> String {
    dollars(amount.amount(), all_decimals(amount.amount()))
}

/// A price per million.
pub fn rate(rate: Decimal) -> String {
    dollars(rate, rate_decimals(rate))
}

/// A range in few digits; one figure where both ends read the same.
pub fn range(low: Money, high: Money) -> String {
    ends(low, high, Style::Dollars)
}

/// A range where the unit stands elsewhere: in the head of a column.
pub fn bare_range(low: Money, high: Money) -> String {
    ends(low, high, Style::Plain)
}

fn ends(low: Money, high: Money, style: Style) -> String {
    let end = |amount: Money| number_in(style, range_decimals(amount.amount()), amount.amount());
    let (low, high) = (end(low), end(high));
    if low == high {
        low
    } else {
        format!("{low} – {high}")
    }
}

/// How many times as much, as a sign.
pub fn times(ratio: Decimal) -> String {
    format!("×{}", ratio_figure(ratio))
}

/// How many times as much, in words.
pub fn times_as_much(ratio: Decimal) -> String {
    format!("{} times as much", ratio_figure(ratio))
}

fn ratio_figure(ratio: Decimal) -> String {
    let decimals = if ratio < Decimal::ONE_HUNDRED { 1 } else { 0 };
    number_in(Style::Plain, Decimals::exactly(decimals), ratio)
}

/// A share in percent, never shown as 0 where there is something.
pub fn percent(percent: Decimal) -> String {
    let least = Decimal::new(1, 2);
    if percent > Decimal::ZERO && percent < least {
        return format!("< {} %", number(least, 2));
    }
    let most = if percent < Decimal::TEN { 2 } else { 0 };
    format!("{} %", number(percent, most))
}

/// A day, as 24 Nov 2026.
pub fn day(date: Date) -> String {
    formatted("day", &format!("{}T12:00:00Z", iso_day(date)))
}

/// A month, as December 2026.
pub fn month(year: i16, month: i8) -> String {
    formatted("month", &format!("{year:04}-{month:02}-15T12:00:00Z"))
}

/// The name of a month alone.
pub fn month_name(month: i8) -> String {
    formatted("month name", &format!("2026-{month:02}-15T12:00:00Z"))
}

/// An instant as the clock here shows it.
pub fn moment(instant: Timestamp) -> String {
    formatted("moment", &iso_instant(instant))
}

/// The signs that numbers are typed with here.
pub fn separators() -> Separators {
    let shown = number_in(
        Style::Plain,
        Decimals::exactly(1),
        Decimal::new(12_345_678, 1),
    );
    let signs: Vec<char> = shown.chars().filter(|c| !c.is_numeric()).collect();
    match signs.as_slice() {
        [thousands, .., decimal] => Separators {
            thousands: *thousands,
            decimal: *decimal,
        },
        _ => Separators::ENGLISH,
    }
}

fn dollars(amount: Decimal, decimals: Decimals) -> String {
    number_in(Style::Dollars, decimals, amount)
}

fn number_in(style: Style, decimals: Decimals, number: Decimal) -> String {
    // Half away from zero here, so that every browser shows the same digits.
    let digits = match style {
        Style::Compact => number,
        _ => money::round(number, decimals.most),
    };
    NUMBERS.with_borrow_mut(|known| {
        let format = known
            .entry((style, decimals))
            .or_insert_with(|| number_format(style, decimals));
        call(format, &digits.to_string().into()).unwrap_or_else(|| digits.to_string())
    })
}

fn number_format(style: Style, decimals: Decimals) -> Function {
    let options = Object::new();
    // Fields are read in these digits, so all figures are written in them.
    set(&options, "numberingSystem", &"latn".into());
    if style != Style::Compact {
        set(&options, "minimumFractionDigits", &decimals.least.into());
        set(&options, "maximumFractionDigits", &decimals.most.into());
    }
    match style {
        Style::Plain => {}
        Style::Dollars => {
            set(&options, "style", &"currency".into());
            set(&options, "currency", &"USD".into());
            set(&options, "currencyDisplay", &"narrowSymbol".into());
        }
        Style::Compact => {
            set(&options, "notation", &"compact".into());
            set(&options, "maximumSignificantDigits", &3.into());
        }
    }
    Intl::NumberFormat::new(&Array::new(), &options).format()
}

fn formatted(kind: &'static str, iso: &str) -> String {
    DATES.with_borrow_mut(|known| {
        let format = known.entry(kind).or_insert_with(|| date_format(kind));
        call(format, &js_sys::Date::new(&iso.into())).unwrap_or_else(|| iso.to_owned())
    })
}

fn date_format(kind: &str) -> Function {
    let options = Object::new();
    match kind {
        "month" => {
            set(&options, "month", &"long".into());
            set(&options, "year", &"numeric".into());
        }
        "month name" => set(&options, "month", &"long".into()),
        "weekday" => {
            set(&options, "weekday", &"short".into());
            set(&options, "day", &"numeric".into());
            set(&options, "month", &"short".into());
            set(&options, "timeZone", &"UTC".into());
        }
        "short day" => {
            set(&options, "day", &"numeric".into());
            set(&options, "month", &"short".into());
            set(&options, "timeZone", &"UTC".into());
        }
        "moment" => {
            set(&options, "dateStyle", &"medium".into());
            set(&options, "timeStyle", &"short".into());
        }
        _ => {
            set(&options, "dateStyle", &"medium".into());
            set(&options, "timeZone", &"UTC".into());
        }
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

fn set(options: &Object, name: &str, value: &wasm_bindgen::JsValue) {
    // Setting a property of a plain object does not fail.
    let _ = Reflect::set(options, &name.into(), value);
}
