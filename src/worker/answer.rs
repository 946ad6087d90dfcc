//! What the worker does with requests: the newest count wins, pieces on screen come first, a failure is a reply.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};

use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, Encoding, PromptCounts};
use foretoken::wire::{
    BlockPieces, CountRequest, PiecesRequest, Reply, Request, Sheet, Stage, Step,
};

use crate::{compose, fetch, look_up, milliseconds, rest, say};

/// Milliseconds of counting between two looks at the mailbox, and the bytes counted between two looks at the clock.
const BETWEEN_LOOKS: u64 = 25;
const BYTES_A_STEP: usize = 100_000;
/// Milliseconds without a request after which what is less urgent is done.
const REST: u32 = 150;

#[derive(Default)]
pub struct Desk {
    files: RefCell<HashMap<String, String>>,
    counters: RefCell<HashMap<Encoding, Counter>>,
    sheet: RefCell<Sheet>,
    /// The sheet holds a request that nobody has begun with.
    waiting: Cell<bool>,
    pieces: RefCell<Vec<PiecesRequest>>,
    /// Asked for once, in order.
    weighs: RefCell<VecDeque<CountRequest>>,
    newest: Cell<u64>,
    busy: Cell<bool>,
    /// How often the mailbox was found empty.
    rests: Cell<u64>,
}

impl Desk {
    /// Take a request in, with the texts that came beside it; true where somebody has to start working.
    pub fn take_in(&self, request: Request, whole: impl Iterator<Item = String>) -> bool {
        match request {
            Request::Open { vocabularies } => {
                let files = vocabularies.into_iter().map(|file| (file.name, file.url));
                self.files.borrow_mut().extend(files);
            }
            Request::Count(order) => {
                self.newest.set(order.request.revision);
                self.waiting.set(true);
                let mut sheet = self.sheet.borrow_mut();
                sheet.change(order.request, order.texts, whole);
            }
            Request::Pieces(pieces) => self.pieces.borrow_mut().push(pieces),
            Request::Weigh(request) => self.weighs.borrow_mut().push_back(request),
            Request::Cancel { revision } => {
                if self.newest.get() == revision {
                    self.newest.set(0);
                }
            }
        }
        !self.busy.replace(true)
    }

    /// Work until the mailbox is empty, and then at what is less urgent, which whoever comes next need not wait for.
    pub async fn work(&self) {
        loop {
            self.answer_pieces().await;
            if self.waiting.take() {
                self.answer_count().await;
            } else if !self.answer_weigh().await {
                break;
            }
        }
        self.busy.set(false);
        let at = self.rests.get() + 1;
        self.rests.set(at);
        if !self.sheet.borrow().is_settled() {
            rest(REST).await;
            if !self.busy.get() && self.rests.get() == at {
                self.settle();
            }
        }
    }

    /// Says `Done` in the end, whether all was counted or a newer request came: the page waits for it. The last counts come
    /// with it, so that the page is drawn once.
    async fn answer_count(&self) {
        let request = self.sheet.borrow().request().clone();
        let revision = request.revision;
        let mut counted = BTreeMap::new();
        let mut looked = milliseconds();
        for encoding in request.encodings {
            let there = self.counters.borrow().contains_key(&encoding);
            if !there && !counted.is_empty() {
                say_counted(revision, &mut counted);
            }
            if let Err(why) = self.open(encoding, revision).await {
                say(&Reply::Missing {
                    revision,
                    encoding,
                    why,
                });
                continue;
            }
            let Some(counts) = self.count_in(revision, encoding, &mut looked).await else {
                break;
            };
            counted.insert(encoding.plain(), counts);
            // What takes a moment only is said together.
            if milliseconds() - looked > BETWEEN_LOOKS {
                say_counted(revision, &mut counted);
                look_up().await;
                looked = milliseconds();
            }
        }
        say(&Reply::Done {
            revision,
            counts: counted,
        });
    }

    /// Nothing where a newer request came, or this one was cancelled. `looked` is when the mailbox was last looked at.
    async fn count_in(
        &self,
        revision: u64,
        encoding: Encoding,
        looked: &mut u64,
    ) -> Option<PromptCounts> {
        loop {
            if self.newest.get() != revision {
                return None;
            }
            match self.step(encoding)? {
                Step::More { .. } if milliseconds() - *looked < BETWEEN_LOOKS => {}
                Step::More { done, of, tokens } => {
                    say(&Reply::Progress {
                        revision,
                        stage: Stage::Counting {
                            encoding,
                            done,
                            of,
                            tokens,
                        },
                    });
                    look_up().await;
                    self.answer_pieces().await;
                    *looked = milliseconds();
                }
                Step::Done(counts) => return Some(counts),
            }
        }
    }

    fn step(&self, encoding: Encoding) -> Option<Step> {
        let mut counters = self.counters.borrow_mut();
        let counter = counters.get_mut(&encoding)?;
        Some(self.sheet.borrow_mut().step(counter, BYTES_A_STEP))
    }

    /// Find out what was left open, and say it.
    fn settle(&self) {
        let mut sheet = self.sheet.borrow_mut();
        sheet.settle();
        let revision = sheet.request().revision;
        let first = sheet.request().encodings.first().copied();
        let mut counters = self.counters.borrow_mut();
        let counter = first.and_then(|encoding| counters.get_mut(&encoding));
        if let (Some(counter), true) = (counter, self.newest.get() == revision) {
            let encoding = counter.encoding();
            if let Step::Done(counts) = sheet.step(counter, BYTES_A_STEP) {
                say_counted(revision, &mut BTreeMap::from([(encoding, counts)]));
            }
        }
    }

    /// False where nothing was asked for.
    async fn answer_weigh(&self) -> bool {
        let Some(request) = self.weighs.borrow_mut().pop_front() else {
            return false;
        };
        let revision = request.revision;
        let (mut counts, mut missing) = (BTreeMap::new(), BTreeMap::new());
        let mut sheet = Sheet::default();
        sheet.set(request.clone());
        for encoding in request.encodings {
            if let Err(why) = self.open(encoding, revision).await {
                missing.insert(encoding, why);
                continue;
            }
            let step = || {
                let mut counters = self.counters.borrow_mut();
                Some(sheet.step(counters.get_mut(&encoding)?, BYTES_A_STEP))
            };
            if let Some(counted) = all_of(step).await {
                counts.insert(encoding.plain(), counted);
            }
        }
        say(&Reply::Weighed {
            revision,
            counts,
            missing,
        });
        true
    }

    async fn answer_pieces(&self) {
        loop {
            let Some(request) = self.pieces.borrow_mut().pop() else {
                return;
            };
            let PiecesRequest {
                revision,
                encoding,
                blocks,
            } = request;
            match self.open(encoding, revision).await {
                Ok(()) => self.say_pieces(revision, encoding, blocks),
                Err(why) => say(&Reply::Missing {
                    revision,
                    encoding,
                    why,
                }),
            }
        }
    }

    fn say_pieces(&self, revision: u64, encoding: Encoding, blocks: Vec<String>) {
        let mut counters = self.counters.borrow_mut();
        let Some(counter) = counters.get_mut(&encoding) else {
            return;
        };
        let cut = |block: String| BlockPieces {
            pieces: counter.pieces(&block),
            read_as: Some(counter.normal(&block).into_owned()).filter(|read| *read != block),
            block,
        };
        say(&Reply::Pieces {
            revision,
            encoding,
            blocks: blocks.into_iter().map(cut).collect(),
        });
    }

    /// Make sure that the counter of this encoding is there, fetching its vocabulary the first time.
    async fn open(&self, encoding: Encoding, revision: u64) -> Result<(), String> {
        if self.counters.borrow().contains_key(&encoding) {
            return Ok(());
        }
        // What did not arrive, or not whole, may the second time, and not from a cache.
        let mut vocabulary = self.vocabulary(encoding, revision, false).await;
        if vocabulary.is_err() {
            vocabulary = self.vocabulary(encoding, revision, true).await;
        }
        let counter =
            Counter::new(encoding, vocabulary?, compose).map_err(|error| error.to_string())?;
        self.counters.borrow_mut().insert(encoding, counter);
        Ok(())
    }

    async fn vocabulary(
        &self,
        encoding: Encoding,
        revision: u64,
        afresh: bool,
    ) -> Result<Vocabulary, String> {
        let name = encoding.vocabulary();
        let file = self.file(name, revision, afresh).await?;
        let read = |why: String| format!("the vocabulary {name} arrived, but {why}");
        let base = Vocabulary::base(&file).map_err(|error| read(error.to_string()))?;
        let base = match &base {
            Some(base) => Some(self.file(base, revision, afresh).await?),
            None => None,
        };
        let base = base.map(|base| Vocabulary::read(&base)).transpose();
        let vocabulary = base.and_then(|base| Vocabulary::read_on(&file, base.as_ref()));
        vocabulary.map_err(|error| read(error.to_string()))
    }

    async fn file(&self, name: &str, revision: u64, afresh: bool) -> Result<Vec<u8>, String> {
        let missing = || format!("the vocabulary {name} is not part of this build");
        let url = self.files.borrow().get(name).cloned().ok_or_else(missing)?;
        let arrived = |done, of| {
            say(&Reply::Progress {
                revision,
                stage: Stage::Loading {
                    vocabulary: name.to_owned(),
                    done,
                    of,
                },
            });
        };
        let bytes = fetch(&url, afresh, arrived).await;
        bytes.map_err(|why| format!("the vocabulary {name} did not arrive: {why}"))
    }
}

/// Step on to the end, and let messages be heard meanwhile.
async fn all_of(mut step: impl FnMut() -> Option<Step>) -> Option<PromptCounts> {
    let mut looked = milliseconds();
    loop {
        if let Step::Done(counts) = step()? {
            return Some(counts);
        }
        if milliseconds() - looked > BETWEEN_LOOKS {
            look_up().await;
            looked = milliseconds();
        }
    }
}

/// Say what was counted, if anything was.
fn say_counted(revision: u64, counted: &mut BTreeMap<Encoding, PromptCounts>) {
    let counts = std::mem::take(counted);
    if !counts.is_empty() {
        say(&Reply::Counted { revision, counts });
    }
}
