//! Small parts that pages are made of. They know nothing of the store.

pub mod basis;
pub mod field;
pub mod icon;
pub mod kept;
pub mod segments;
pub mod select;
pub mod text;
pub mod words;
