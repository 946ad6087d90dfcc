//! All that knows the browser. Everything else reads state and says what should happen.

pub mod address;
pub mod clock;
pub mod counting;
pub mod dom;
pub mod draft;
pub mod files;
pub mod intake;
pub mod intl;
pub mod later;
pub mod opinion;
pub mod privacy;
pub mod visible;
pub mod width;
