//! Prompts run with a budget before anyone is charged for them.
//!
//! Owns: the budget with what is set aside for requests under way, the rehearsal (an answer of the expected length, at the pace of a model,
//! that no model wrote), the ledger of what was sent, and what a conversation sends again. Does not own: what a request costs
//! (see `rating`), or how an endpoint is spoken to.

mod budget;
mod rehearsal;
mod session;

pub use budget::{Alert, Budget, Refused, Reservation};
pub use rehearsal::{Pace, Rehearsal, WORDS};
pub use session::{Entry, Outcome, Session, SessionError, Summary, Unpriced, VERSION};
