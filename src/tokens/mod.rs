//! Tokens: what a model reads and bills.
pub mod vocabulary;
