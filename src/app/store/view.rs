//! Where the user looks.

use foretoken::estimate::{Filter, Sort};
use foretoken::scenario::{AnswerEnd, AnswerTokens, ModelKey};
use foretoken::tokens::Encoding;

use crate::growth::Axis;

#[derive(Clone, Default, PartialEq)]
pub struct View {
    pub tokens: TokenView,
    pub filter: Filter,
    /// What the user sorted by; by itself a search is in the order of its matches, all else by price.
    pub sort: Option<Sort>,
    pub open: Option<ModelKey>,
    pub reading_open: bool,
    pub all_rows: bool,
    pub tools: bool,
    /// The figure of the answer that is being typed, and what stood there before its first key: the others give way
    /// to the whole number, not to its first digit.
    pub answer: Option<(AnswerEnd, AnswerTokens)>,
    /// Long texts are edited too, however slowly.
    pub edit_long: bool,
    /// The encodings of the models that were on screen: only their vocabularies are fetched.
    pub encodings: Vec<Encoding>,
    pub month: MonthView,
}

/// Where the user looks on the Month page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthView {
    /// The line of the bill whose working is open.
    pub line: Option<usize>,
    /// The plan that is being changed.
    pub editing: Option<usize>,
    /// What grows in the curve.
    pub axis: Axis,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenView {
    #[default]
    Text,
    Tokens,
    Ids,
}
