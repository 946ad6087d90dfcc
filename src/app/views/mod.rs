//! Pages and their regions. They read the store and say what should happen; they know no browser.

mod answer;
mod attached;
mod attached_sum;
mod calibrate;
mod estimate;
mod explain;
mod facts;
mod gauge;
mod help;
mod licences;
mod load;
mod message;
mod month;
mod opinion;
mod pieces;
mod price_form;
mod privacy;
mod prompt;
mod prompt_sum;
mod reading;
mod record;
mod row;
mod sandbox;
mod working;

pub use estimate::Estimate;
pub use help::help;
pub use month::Month;
pub use privacy::privacy;
pub use sandbox::sandbox;
