//! Foretoken: know the bill before it comes.
//!
//! Text becomes tokens, tokens become usage, usage meets rates, rates make charges, charges make a bill.
//!
//! ```
//! use foretoken::{Catalog, Usage, rating::rate_request};
//!
//! let catalog = Catalog::from_json(r#"{"checked": "2026-11-09", "providers": [{
//!     "id": "openai", "name": "OpenAI", "source": "https://developers.openai.com/api/docs/pricing",
//!     "models": [{"id": "gpt-6.1-sol", "basis": "probable", "encoding": "o200k_base",
//!                 "prices": [{"usd": {"input": "2", "output": "10"}}]}]}]}"#).unwrap();
//! let model = catalog.find("gpt-6.1-sol").unwrap().model;
//!
//! // 195 tokens of prompt at $2.00 and 280 of answer at $10.00, each per million.
//! let now = "2026-11-24T12:00:00Z".parse().unwrap();
//! let rated = rate_request(model, &Usage::request(195, 280), now, None).unwrap();
//! assert_eq!(rated.total.amount().to_string(), "0.00319");
//! ```
//!
//! # Rooms
//!
//! Each room may use those above it; `tests/house.rs` holds the table. None of them knows a browser, a clock or a
//! network: the day, the catalogue and the counts are arguments.
//!
//! | room | what it owns |
//! |---|---|
//! | [`money`] | exact sums, products and quotients, and the only rounding |
//! | [`calendar`] | months as two instants, UTC days |
//! | [`figures`] | how a figure is written, and how a typed one is read |
//! | [`document`] | documents as JSON, and where in them a mistake stands |
//! | [`tokens`] | encodings, counts and how sure they are, prompts, framing, tools, families of tokenizers |
//! | [`usage`] | what a request used, by meter |
//! | [`catalog`] | providers, models, rate cards; finding a model by a name |
//! | [`scenario`] | all that the user chose |
//! | [`rating`] | usage × rates → exact charges |
//! | [`billing`] | plan × usage → bill |
//! | [`estimate`] | what a prompt costs on every model |
//! | [`sandbox`] | prompts run with a budget, before anyone is charged |
//! | [`attach`] | what a file is, from its first bytes |
//! | [`endpoint`] | what is said to a model's server, and what it says |
//! | [`wire`] | what the page and its worker say to each other |
//!
//! # Words
//!
//! - **Token**: a piece of text as a model reads and bills it. **Encoding**: a published way of cutting text into tokens.
//! - **[`TokenCount`]**: a number of tokens with its **[`Basis`]**: exact, stated by the user, probable, or an estimate
//!   with a band. **Family**: models whose tokenizers are alike; it has a band relative to an encoding.
//! - **[`Prompt`]**: what is sent before the answer: **[`Message`]s** and tools. **Framing**: tokens around the messages.
//! - **[`Meter`]**: one thing a provider counts. **[`Usage`]**: how much of each a request used; totals are inclusive.
//! - **Provider**, **[`Model`]**, **[`Catalog`]**: who sells what. **Rate**: an amount per so many of a meter.
//!   **Rate card**: rates that hold together in a window of dates, hours and weekdays. **Tier**: another rate for the
//!   whole request once its input passes a threshold. **Variant**: another way to ask, such as batch.
//! - **Charge**: one exact amount with its why. **Estimate**: what a prompt costs on a model, with its range.
//! - **[`Scenario`]**: all the user chose; what is shown follows from it and is never kept.
#![warn(clippy::too_many_lines, clippy::unwrap_used)]
#![deny(clippy::disallowed_types)]

pub mod attach;
pub mod billing;
pub mod calendar;
pub mod catalog;
pub mod document;
pub mod endpoint;
pub mod estimate;
pub mod figures;
pub mod money;
pub mod rating;
pub mod sandbox;
pub mod scenario;
pub mod tokens;
pub mod usage;
pub mod wire;

pub use catalog::{Catalog, Model};
pub use estimate::Estimate;
pub use money::{Currency, Money};
pub use scenario::Scenario;
pub use tokens::{Basis, Encoding, Message, Prompt, TokenCount};
pub use usage::{Meter, Usage};
