//! The time, and the edges of months in the user's own time zone.

use foretoken::calendar::{Month, Timestamp, read_instant};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::prelude::*;

pub fn now() -> Timestamp {
    instant(&Date::new_0()).unwrap_or(Timestamp::UNIX_EPOCH)
}

thread_local! {
    /// To ask takes the browser a third of a millisecond, with every drawing.
    static ZONE: String = ask_zone();
}

/// The name of the user's time zone, as `Europe/Berlin`.
pub fn zone() -> String {
    ZONE.with(String::clone)
}

fn ask_zone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// The year and month it is here.
pub fn this_month() -> (i16, i8) {
    let today = Date::new_0();
    let year = i16::try_from(today.get_full_year()).unwrap_or(i16::MAX);
    let month = i8::try_from(today.get_month() + 1).unwrap_or(1);
    (year, month)
}

/// A month from its first midnight here to the next month's.
pub fn month(year: i16, month: i8) -> Option<Month> {
    let start = local_midnight(year, i32::from(month) - 1)?;
    let end = local_midnight(year, i32::from(month))?;
    Month::between(year, month, start, end).ok()
}

/// The first midnight of a month counted from 0; 12 is the next year's January.
fn local_midnight(year: i16, month: i32) -> Option<Timestamp> {
    let year = u32::try_from(year).ok()?;
    instant(&Date::new_with_year_month_day(year, month, 1))
}

fn instant(date: &Date) -> Option<Timestamp> {
    let text: String = date.to_iso_string().into();
    read_instant(&text)
}

/// Microseconds since the page was opened, as finely as the browser tells them.
pub fn microseconds() -> u64 {
    let now = web_sys::window().and_then(|window| window.performance());
    now.map_or(0, |performance| (performance.now() * 1_000.0) as u64)
}

/// The beginning of something whose time a measurement may ask the browser for (see tools/bench.mjs).
pub fn begins(what: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        performance.clear_marks_with_mark_name(what);
        // Refused only for names that are the browser's own.
        let _ = performance.mark(what);
    }
}

/// Its end; the last measure alone is kept. What never began is not measured.
pub fn ends(what: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        performance.clear_measures_with_measure_name(what);
        let _ = performance.measure_with_start_mark(what, what);
    }
}

/// Call `tick` with the time every minute until the handle is dropped.
pub fn every_minute(mut tick: impl FnMut(Timestamp) + 'static) -> gloo::timers::callback::Interval {
    gloo::timers::callback::Interval::new(60_000, move || tick(now()))
}

/// Call `tick` every so many milliseconds until the handle is dropped.
pub fn every(milliseconds: u32, tick: impl FnMut() + 'static) -> gloo::timers::callback::Interval {
    gloo::timers::callback::Interval::new(milliseconds, tick)
}

/// Call `then` once after some milliseconds, unless the handle is dropped before.
pub fn after(milliseconds: u32, then: impl FnOnce() + 'static) -> gloo::timers::callback::Timeout {
    gloo::timers::callback::Timeout::new(milliseconds, then)
}

/// Call `then` whenever the page is hidden or left, until the handle is dropped.
pub fn when_hidden(then: impl Fn() + 'static) -> gloo::events::EventListener {
    let document = gloo::utils::document();
    gloo::events::EventListener::new(&document, "visibilitychange", move |_| {
        if gloo::utils::document().hidden() {
            then();
        }
    })
}

pub(super) fn call(function: &Function, argument: &JsValue) -> Option<String> {
    function
        .call1(&JsValue::UNDEFINED, argument)
        .ok()
        .and_then(|text| text.as_string())
}
