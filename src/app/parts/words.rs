use crate::effects::intl;

/// A text of ours with a capital at its beginning. ASCII is enough for it, and Unicode's tables of capitals are large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_uppercase())
            .chain(letters)
            .collect()
    })
}

/// So many of something: 1 token, 2 tokens.
pub fn many(number: u64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", intl::count(number))
}
