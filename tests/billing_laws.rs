//! What holds for any plan and any use of it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "billing/adjusting.rs"]
mod adjusting;
#[path = "billing/any.rs"]
mod any;
#[path = "billing/days.rs"]
mod days;
#[path = "billing/names.rs"]
mod names;
#[path = "billing/parts.rs"]
mod parts;
#[path = "billing/prices.rs"]
mod prices;
#[path = "billing/records.rs"]
mod records;
#[path = "billing/shapes.rs"]
mod shapes;
