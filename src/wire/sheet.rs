use std::collections::HashMap;

use super::{CountRequest, TextChange};
use crate::tokens::{
    Counter, Encoding, Profile, PromptCounts, Text, ToolCount, chat_framing, count_tools,
};

/// What kind of text a longer one is is found out after its tokens are said, when the user rests.
const PROFILED_AT_ONCE: usize = 64_000;
/// Until then its beginning speaks for it.
const BEGINNING: usize = 20_000;

/// The request that is being counted, with its texts as they are now and all that is known of them. A newer request changes
/// its texts; what did not change need not be counted again.
///
/// ```no_run
/// use foretoken::wire::{Sheet, Step};
/// # fn run(request: foretoken::wire::CountRequest, counter: &mut foretoken::tokens::Counter) {
/// let mut sheet = Sheet::default();
/// sheet.set(request);
/// while let Step::More { done, of, .. } = sheet.step(counter, 250_000) {
///     println!("{done} of {of} bytes");
/// }
/// # }
/// ```
#[derive(Default)]
pub struct Sheet {
    /// Without its texts.
    request: CountRequest,
    /// The texts in the order of [`CountRequest::split`].
    texts: Vec<Entry>,
    /// What the tools come to in each encoding.
    tools: HashMap<Encoding, (ToolCount, Option<String>)>,
}

#[derive(Default)]
struct Entry {
    text: Text,
    profile: Option<Profile>,
    /// What stands for the profile while it is not known.
    before: Option<Profile>,
}

/// Where a count stands after a step.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    More { done: u64, of: u64, tokens: u64 },
    Done(PromptCounts),
}

impl Sheet {
    /// Take a request with all its texts.
    pub fn set(&mut self, request: CountRequest) {
        let (rest, texts) = request.split();
        let changes = vec![TextChange::Whole; texts.len()];
        self.change(rest, changes, texts.iter().map(|text| text.to_string()));
    }

    /// Take a request without its texts, what became of each of these, and those that come whole.
    pub fn change(
        &mut self,
        request: CountRequest,
        changes: Vec<TextChange>,
        mut whole: impl Iterator<Item = String>,
    ) {
        if request.prompt.tools != self.request.prompt.tools {
            self.tools.clear();
        }
        self.texts.resize_with(changes.len(), Entry::default);
        for (entry, change) in self.texts.iter_mut().zip(changes) {
            match change {
                TextChange::Same => {}
                TextChange::Whole => {
                    *entry = Entry {
                        text: Text::new(whole.next().unwrap_or_default()),
                        ..Entry::default()
                    }
                }
                TextChange::Splice { from, to, with } => {
                    entry.text.splice(from, to, &with);
                    entry.before = entry.profile.take().or(entry.before);
                }
            }
            entry.text.keep_only(&request.encodings);
        }
        self.request = request;
    }

    pub fn request(&self) -> &CountRequest {
        &self.request
    }

    /// Count on in the counter's encoding until about `budget` bytes more are counted.
    pub fn step(&mut self, counter: &mut Counter, budget: usize) -> Step {
        let encoding = counter.encoding();
        let mut left = budget;
        for entry in &mut self.texts {
            let before = entry.text.progress(encoding).0;
            if left == 0 || !entry.text.count(counter, left) {
                return self.more(encoding);
            }
            left = left.saturating_sub(entry.text.progress(encoding).0 - before);
        }
        Step::Done(self.counts(counter))
    }

    fn more(&self, encoding: Encoding) -> Step {
        let (mut done, mut of, mut tokens) = (0, 0, 0);
        for entry in &self.texts {
            let known = entry.text.progress(encoding);
            done += known.0 as u64;
            tokens += known.1;
            of += entry.text.as_str().len() as u64;
        }
        Step::More { done, of, tokens }
    }

    /// What is known of the request, once all its texts are counted.
    pub fn counts(&mut self, counter: &mut Counter) -> PromptCounts {
        let encoding = counter.encoding();
        let mut counts = PromptCounts::default();
        let messages = self.request.prompt.messages.len();
        let documents = self.request.prompt.documents().count();
        for (at, entry) in self.texts.iter_mut().enumerate() {
            let tokens = entry.text.tokens(encoding).unwrap_or_default();
            let profile = entry.profile_for_now();
            if at < messages {
                counts.messages.push(tokens);
                counts.profiles.push(profile);
            } else if at < messages + documents {
                counts.documents.push(tokens);
                counts.document_profiles.push(profile);
            } else {
                counts.sample = tokens;
                counts.sample_profile = profile;
            }
        }
        let mut count = |text: &str| counter.count(text);
        counts.framing = chat_framing(&self.request.prompt.messages, &mut count);
        let tools = self.tools.entry(encoding).or_insert_with(|| {
            match count_tools(&self.request.prompt.tools, encoding, &mut count) {
                Ok(tools) => (tools, None),
                Err(error) => (ToolCount::default(), Some(error.to_string())),
            }
        });
        (counts.tools, counts.tools_error) = tools.clone();
        counts
    }

    /// Whether [`Sheet::settle`] has nothing to do.
    pub fn is_settled(&self) -> bool {
        self.texts.iter().all(|entry| entry.profile.is_some())
    }

    /// Find out what kind of text the long ones are.
    pub fn settle(&mut self) {
        for entry in &mut self.texts {
            let text = entry.text.as_str();
            entry.profile.get_or_insert_with(|| Profile::of(text));
        }
    }
}

impl Entry {
    fn profile_for_now(&mut self) -> Profile {
        let text = self.text.as_str();
        if self.profile.is_none() && text.len() <= PROFILED_AT_ONCE {
            self.profile = Some(Profile::of(text));
        }
        let beginning = || Profile::of(&text[..text.floor_char_boundary(BEGINNING)]);
        self.profile.or(self.before).unwrap_or_else(beginning)
    }
}
