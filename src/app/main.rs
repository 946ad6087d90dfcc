//! The page: it starts here. What is shown is in `views`, what it follows from in `store`.
#![deny(clippy::disallowed_types)]
#![warn(clippy::too_many_lines, clippy::unwrap_used)]

mod attaching;
mod daily;
mod effects;
mod growth;
mod months;
mod parts;
mod route;
mod rows;
mod sandboxing;
mod shell;
mod store;
mod views;

fn main() {
    effects::dom::mount::<shell::App>();
}
