//! A text that is counted and changed: after an edit only what the edit can have touched is counted again.
//!
//! A text is kept with the counts of its sections, which end only where its parts count alone what they count together (see
//! [`super::split`]). An edit opens the sections it touches, and the next ones on either side while the place between is no longer
//! one where a text may be cut. Where a text offers no such place, as one endless word does, its one section is counted anew.

use super::{Counter, Encoding, Progress};

/// A section ends at the first possible place after this many bytes.
const SECTION: usize = 1_000;

/// A text and what is counted of it in one encoding or more.
///
/// ```
/// use foretoken::tokens::{Counter, Encoding, Text, vocabulary::Vocabulary};
/// let tokens = ["H", "i", "!", "Hi"].map(|token| token.as_bytes().to_vec());
/// let vocabulary = Vocabulary::new("o200k_base", (0..).zip(tokens)).unwrap();
/// let mut counter = Counter::new(Encoding::O200kBase, vocabulary, str::to_owned).unwrap();
/// let mut text = Text::new("Hi!");
/// while !text.count(&mut counter, 250_000) {}
/// assert_eq!(text.tokens(Encoding::O200kBase), Some(2), "Hi and !");
/// text.splice(2, 3, "!!");
/// assert_eq!((text.as_str(), text.tokens(Encoding::O200kBase)), ("Hi!!", None));
/// ```
#[derive(Default)]
pub struct Text {
    text: String,
    counted: Vec<(Encoding, Sections)>,
}

#[derive(Default)]
struct Sections {
    list: Vec<Section>,
    /// A section that is being counted.
    open: Option<Open>,
}

/// Some bytes of a text and their tokens, where these are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Section {
    bytes: usize,
    tokens: Option<u64>,
}

/// A section that is not yet counted and is being cut into smaller ones.
struct Open {
    /// Its place in the list, and where it begins in the text.
    index: usize,
    from: usize,
    /// What it is cut into so far, all counted, and their bytes.
    made: Vec<Section>,
    bytes: usize,
    /// The next one: its length and how far it is.
    next: Option<(usize, Progress)>,
}

impl Text {
    pub fn new(text: impl Into<String>) -> Text {
        Text {
            text: text.into(),
            counted: Vec::new(),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The tokens of the whole text, once all of it is counted in this encoding.
    pub fn tokens(&self, encoding: Encoding) -> Option<u64> {
        let sections = self.sections(encoding);
        match sections {
            Some(sections) => sections.list.iter().map(|section| section.tokens).sum(),
            None => self.text.is_empty().then_some(0),
        }
    }

    /// The bytes that are counted in this encoding, and their tokens.
    pub fn progress(&self, encoding: Encoding) -> (usize, u64) {
        let Some(sections) = self.sections(encoding) else {
            return (0, 0);
        };
        let known = |list: &[Section]| {
            let known = list
                .iter()
                .filter_map(|section| Some((section.bytes, section.tokens?)));
            known.fold((0, 0), |(bytes, tokens), known| {
                (bytes + known.0, tokens + known.1)
            })
        };
        let mut all = known(&sections.list);
        if let Some(open) = &sections.open {
            let (_, tokens) = known(&open.made);
            let next = open.next.as_ref().map_or(0, |(_, next)| next.tokens());
            all = (all.0 + open.done(), all.1 + tokens + next);
        }
        all
    }

    fn sections(&self, encoding: Encoding) -> Option<&Sections> {
        let mut all = self.counted.iter();
        all.find_map(|(of, sections)| (*of == encoding).then_some(sections))
    }

    /// Count on in the counter's encoding until about `budget` bytes more are counted, or all; true when all are.
    pub fn count(&mut self, counter: &mut Counter, budget: usize) -> bool {
        let encoding = counter.encoding();
        let at = self.counted.iter().position(|(of, _)| *of == encoding);
        let at = at.unwrap_or_else(|| {
            self.counted.push((encoding, Sections::whole(&self.text)));
            self.counted.len() - 1
        });
        self.counted[at].1.count(&self.text, counter, budget)
    }

    /// Put `with` in the place of the bytes `from..to`, both at the edge of a character.
    ///
    /// # Panics
    /// Where they are not, or lie beyond the text.
    pub fn splice(&mut self, from: usize, to: usize, with: &str) {
        for (_, sections) in &mut self.counted {
            sections.close();
        }
        self.text.replace_range(from..to, with);
        for (encoding, sections) in &mut self.counted {
            sections.splice((from, to, with.len()), &self.text, *encoding);
        }
    }

    /// Forget the counts of all encodings but these.
    pub fn keep_only(&mut self, encodings: &[Encoding]) {
        self.counted.retain(|(of, _)| encodings.contains(of));
    }
}

impl Sections {
    fn whole(text: &str) -> Sections {
        let section = Section {
            bytes: text.len(),
            tokens: None,
        };
        Sections {
            list: (!text.is_empty()).then_some(section).into_iter().collect(),
            open: None,
        }
    }

    fn count(&mut self, text: &str, counter: &mut Counter, budget: usize) -> bool {
        let mut left = budget;
        loop {
            let mut open = match self.open.take().or_else(|| self.next_open()) {
                Some(open) => open,
                None => return true,
            };
            let section = self.list[open.index];
            while left > 0 && open.bytes < section.bytes {
                let before = open.done();
                open.count(&text[..open.from + section.bytes], counter, left);
                left = left.saturating_sub(open.done() - before);
            }
            if open.bytes < section.bytes {
                self.open = Some(open);
                return false;
            }
            self.list.splice(open.index..=open.index, open.made);
        }
    }

    /// The first section that is not counted.
    fn next_open(&self) -> Option<Open> {
        let mut from = 0;
        for (index, section) in self.list.iter().enumerate() {
            if section.tokens.is_none() {
                return Some(Open {
                    index,
                    from,
                    made: Vec::new(),
                    bytes: 0,
                    next: None,
                });
            }
            from += section.bytes;
        }
        None
    }

    /// Leave the section that is being counted; what is counted of it stands.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let rest = Section {
                bytes: self.list[open.index].bytes - open.bytes,
                tokens: None,
            };
            self.list
                .splice(open.index..=open.index, open.made.into_iter().chain([rest]));
        }
    }

    /// Follow a change of the text, in which `text` is what it is now: `with` bytes stand in the place of `from..to`.
    fn splice(&mut self, (from, to, with): (usize, usize, usize), text: &str, encoding: Encoding) {
        let is_cut = |at: usize| encoding.is_safe_cut(text, at);
        // The sections that hold the first byte that changed and the last, and where the first begins and the last ends.
        let (mut first, mut start) = (0, 0);
        while first + 1 < self.list.len() && start + self.list[first].bytes < from {
            start += self.list[first].bytes;
            first += 1;
        }
        while first > 0 && !is_cut(start) {
            first -= 1;
            start -= self.list[first].bytes;
        }
        let (mut after, mut end) = (first, start);
        while after < self.list.len() && (end < to || after == first) {
            end += self.list[after].bytes;
            after += 1;
        }
        while after < self.list.len() && !is_cut(end - to + from + with) {
            end += self.list[after].bytes;
            after += 1;
        }
        let changed = Section {
            bytes: end - to + from + with - start,
            tokens: None,
        };
        let changed = (changed.bytes > 0).then_some(changed);
        self.list.splice(first..after, changed);
    }
}

impl Open {
    /// The bytes that are counted. An encoding that reads the next part as a longer text counts more bytes than the part has.
    fn done(&self) -> usize {
        let next = self.next.as_ref();
        self.bytes + next.map_or(0, |(length, next)| next.done().min(*length))
    }

    /// Count on; `text` ends where this section does.
    fn count(&mut self, text: &str, counter: &mut Counter, budget: usize) {
        let at = self.from + self.bytes;
        let (bytes, mut progress) = self.next.take().unwrap_or_else(|| {
            let end = section_end(text, at, counter.encoding());
            (end - at, Progress::default())
        });
        if counter.count_on(&text[at..at + bytes], &mut progress, budget) {
            self.made.push(Section {
                bytes,
                tokens: Some(progress.tokens()),
            });
            self.bytes += bytes;
        } else {
            self.next = Some((bytes, progress));
        }
    }
}

/// The first place to cut, a good way after `at`.
fn section_end(text: &str, at: usize, encoding: Encoding) -> usize {
    let from = text.floor_char_boundary(at + SECTION);
    let mut places = (from..text.len()).filter(|at| text.is_char_boundary(*at));
    places
        .find(|at| encoding.is_safe_cut(text, *at))
        .unwrap_or(text.len())
}
