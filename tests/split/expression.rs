//! The published expressions, run by the engine tiktoken runs them with.

use fancy_regex::{Regex, RegexBuilder};
use foretoken::tokens::split::Pattern;

/// One expression, or several of which each cuts what the one before left.
pub struct Expression(Vec<Regex>);

impl Expression {
    pub fn of(pattern: Pattern) -> Expression {
        Expression(pattern.regex().lines().map(compiled).collect())
    }

    pub fn pieces<'text>(&self, text: &'text str) -> Vec<&'text str> {
        let whole = if text.is_empty() { vec![] } else { vec![text] };
        self.0.iter().fold(whole, |pieces, expression| {
            pieces
                .into_iter()
                .flat_map(|piece| isolated(expression, piece))
                .collect()
        })
    }
}

fn compiled(expression: &str) -> Regex {
    RegexBuilder::new(expression)
        .backtrack_limit(100_000_000)
        .build()
        .unwrap()
}

/// The matches of an expression, and what lies between them: `"behavior": "Isolated"`.
fn isolated<'text>(expression: &Regex, text: &'text str) -> Vec<&'text str> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for found in expression.find_iter(text) {
        let found = found.unwrap();
        pieces.extend([&text[at..found.start()], found.as_str()]);
        at = found.end();
    }
    pieces.push(&text[at..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
