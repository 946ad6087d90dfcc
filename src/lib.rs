//! Foretoken: know the bill before it comes.
//!
//! Text becomes tokens, tokens become usage, usage meets rates, rates make charges, charges make a bill.
#![warn(clippy::too_many_lines, clippy::unwrap_used)]
#![deny(clippy::disallowed_types)]

pub mod calendar;
pub mod money;
pub mod tokens;
