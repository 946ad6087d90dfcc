use super::CountRequest;
use crate::tokens::{Counter, Encoding, Profile, PromptCounts, chat_framing, chunks, count_tools};

/// A count of one request in one encoding, done in steps so that whoever runs it can look at its mailbox in between.
///
/// ```no_run
/// use foretoken::wire::{CountJob, Step};
/// # fn run(request: foretoken::wire::CountRequest, counter: &mut foretoken::tokens::Counter) {
/// let mut job = CountJob::new(&request, counter.encoding());
/// while let Step::More { done, of, .. } = job.step(&request, counter, 250_000) {
///     println!("{done} of {of} bytes");
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct CountJob {
    counts: PromptCounts,
    /// Whether the kinds of text are told apart too: once for a request is enough, with its first encoding.
    profiled: bool,
    text: usize,
    offset: usize,
    done: usize,
    of: usize,
}

/// Where a job stands after a step.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    More { done: u64, of: u64, tokens: u64 },
    Done(PromptCounts),
}

impl CountJob {
    pub fn new(request: &CountRequest, encoding: Encoding) -> CountJob {
        CountJob {
            profiled: request.encodings.first() == Some(&encoding),
            counts: PromptCounts {
                messages: vec![0; request.prompt.messages.len()],
                documents: vec![0; request.prompt.documents().count()],
                ..PromptCounts::default()
            },
            text: 0,
            offset: 0,
            done: 0,
            of: request.prompt.bytes() + request.sample.len(),
        }
    }

    /// Count on until about `budget` bytes were cut into tokens afresh; what the counter remembers is nearly free.
    pub fn step(&mut self, request: &CountRequest, counter: &mut Counter, budget: usize) -> Step {
        let mut spent = 0;
        while spent < budget {
            let Some(text) = text_at(request, self.text) else {
                return Step::Done(self.finish(request, counter));
            };
            match chunks(&text[self.offset..]).next() {
                None => self.next_text(text),
                Some(chunk) => spent += self.count_chunk(chunk, counter),
            }
        }
        Step::More {
            done: self.done as u64,
            of: self.of as u64,
            tokens: self.counts.text(),
        }
    }

    /// Returns what it cost: a chunk counted before costs a twentieth.
    fn count_chunk(&mut self, chunk: &str, counter: &mut Counter) -> usize {
        let cost = if counter.remembers(chunk) {
            chunk.len() / 20
        } else {
            chunk.len()
        };
        let count = counter.count_chunk(chunk);
        self.offset += chunk.len();
        self.done += chunk.len();
        self.counts.in_parts |= count.in_parts;
        let PromptCounts {
            messages,
            documents,
            sample,
            ..
        } = &mut self.counts;
        let counted = messages.iter_mut().chain(documents).nth(self.text);
        *counted.unwrap_or(sample) += count.tokens;
        cost.max(1)
    }

    fn next_text(&mut self, text: &str) {
        if self.profiled {
            let profile = Profile::of(text);
            let messages = self.counts.messages.len();
            if self.text < messages {
                self.counts.profiles.push(profile);
            } else if self.text < messages + self.counts.documents.len() {
                self.counts.document_profiles.push(profile);
            } else {
                self.counts.sample_profile = profile;
            }
        }
        self.text += 1;
        self.offset = 0;
    }

    fn finish(&mut self, request: &CountRequest, counter: &mut Counter) -> PromptCounts {
        let encoding = counter.encoding();
        let mut counts = std::mem::take(&mut self.counts);
        let mut count = |text: &str| counter.count(text).tokens;
        counts.framing = chat_framing(&request.prompt.messages, &mut count);
        match count_tools(&request.prompt.tools, encoding, &mut count) {
            Ok(tools) => counts.tools = tools,
            Err(error) => counts.tools_error = Some(error.to_string()),
        }
        counts
    }
}

/// The messages in order, then the documents, then the sample answer.
fn text_at(request: &CountRequest, index: usize) -> Option<&str> {
    let prompt = &request.prompt;
    let messages = prompt.messages.iter().map(|message| &*message.text);
    let documents = prompt.documents().map(|document| &*document.text);
    messages
        .chain(documents)
        .chain([&*request.sample])
        .nth(index)
}
