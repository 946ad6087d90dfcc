//! What is said to a model's server, and what it says while it answers.
//!
//! Owns: the four ways such servers speak, the body and headers of a request, the stream of an answer read event by event, and
//! a provider's own count as our [`Usage`](crate::usage::Usage). Does not own: sending anything, or keys (see the page's effects).

mod call;
mod events;
mod reply;

pub use call::{Ask, Call, Header, Protocol};
pub use events::Events;
pub use reply::{Reply, Said};
