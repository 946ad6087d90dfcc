//! Where the user looks.

use foretoken::estimate::{Filter, Sort};
use foretoken::scenario::ModelKey;
use foretoken::tokens::Encoding;

use super::{Counter, State, TokenView};
use crate::growth::Axis;
use crate::route::Page;

/// Where the user looks.
pub enum Look {
    Page(Page),
    Tokens(TokenView),
    Filter(Filter),
    Sort(Sort),
    Working(ModelKey),
    ReadingWorking(bool),
    AllRows,
    Tools(bool),
    TryAgain,
    EditLong,
    /// A line of the bill, to open its working or to close it.
    Line(usize),
    /// A plan to change, or none.
    Edit(Option<usize>),
    /// What grows in the curve.
    Axis(Axis),
    /// Encodings of models that are on screen now.
    Encodings(Vec<Encoding>),
    CancelCount,
    CountAgain,
    Dismiss,
}

impl State {
    pub(super) fn look(&mut self, look: Look) {
        match look {
            Look::Page(page) => self.page = page,
            Look::Tokens(view) => self.view.tokens = view,
            Look::Filter(filter) => {
                self.view.all_rows = false;
                if filter.query != self.view.filter.query {
                    self.view.sort = None;
                }
                self.view.filter = filter;
            }
            Look::Sort(sort) => self.view.sort = Some(sort),
            Look::Working(key) => {
                self.view.open = (self.view.open.as_ref() != Some(&key)).then_some(key);
            }
            Look::ReadingWorking(open) => self.view.reading_open = open,
            Look::AllRows => self.view.all_rows = true,
            Look::Tools(shown) => self.view.tools = shown,
            Look::CancelCount => {
                // Where the first encoding is counted, only models of the others go without.
                let has_figures = self.counted == self.revision && !self.rough;
                self.counter = if has_figures {
                    Counter::Idle
                } else {
                    Counter::Cancelled
                };
                self.cancelled = self.revision;
                self.stage = None;
            }
            Look::TryAgain => {
                self.trouble.clear();
                self.attempt += 1;
            }
            Look::EditLong => self.view.edit_long = true,
            Look::Line(at) => {
                let line = &mut self.view.month.line;
                *line = (*line != Some(at)).then_some(at);
            }
            Look::Encodings(encodings) => {
                let seen = &mut self.view.encodings;
                for encoding in encodings {
                    if !seen.contains(&encoding) {
                        seen.push(encoding);
                    }
                }
                if self.counter == Counter::Idle && !self.is_empty() && !self.is_counted() {
                    self.counter = Counter::Working;
                }
            }
            Look::Edit(plan) => self.view.month.editing = plan,
            Look::Axis(axis) => self.view.month.axis = axis,
            Look::CountAgain => self.recount(),
            Look::Dismiss => self.notice = None,
        }
    }
}
