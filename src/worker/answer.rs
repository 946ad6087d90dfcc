//! What the worker does with requests: the newest count wins, pieces on screen come first, a failure is a reply.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use foretoken::tokens::vocabulary::Vocabulary;
use foretoken::tokens::{Counter, Encoding};
use foretoken::wire::{
    BlockPieces, CountJob, CountRequest, PiecesRequest, Reply, Request, Stage, Step,
};

use crate::{fetch, look_up, say};

/// Bytes cut into tokens between two looks at the mailbox: some 30 ms of work.
const BYTES_A_STEP: usize = 250_000;

#[derive(Default)]
pub struct Desk {
    files: RefCell<HashMap<String, String>>,
    counters: RefCell<HashMap<Encoding, Counter>>,
    count: RefCell<Option<CountRequest>>,
    pieces: RefCell<Vec<PiecesRequest>>,
    newest: Cell<u64>,
    busy: Cell<bool>,
}

impl Desk {
    /// Take a request in; true where somebody has to start working.
    pub fn take_in(&self, request: Request) -> bool {
        match request {
            Request::Open { vocabularies } => {
                let files = vocabularies.into_iter().map(|file| (file.name, file.url));
                self.files.borrow_mut().extend(files);
            }
            Request::Count(count) => {
                self.newest.set(count.revision);
                *self.count.borrow_mut() = Some(count);
            }
            Request::Pieces(pieces) => self.pieces.borrow_mut().push(pieces),
            Request::Cancel { revision } => {
                if self.newest.get() == revision {
                    self.newest.set(0);
                }
            }
        }
        !self.busy.replace(true)
    }

    /// Work until the mailbox is empty.
    pub async fn work(&self) {
        loop {
            self.answer_pieces().await;
            let Some(request) = self.count.take() else {
                break;
            };
            self.answer_count(&request).await;
        }
        self.busy.set(false);
    }

    /// Says `Done` in the end, whether all was counted or a newer request came: the page waits for it.
    async fn answer_count(&self, request: &CountRequest) {
        let revision = request.revision;
        for &encoding in &request.encodings {
            if let Err(why) = self.open(encoding, revision).await {
                say(&Reply::Missing {
                    revision,
                    encoding,
                    why,
                });
                continue;
            }
            if !self.count_in(request, encoding).await {
                break;
            }
        }
        say(&Reply::Done { revision });
    }

    /// False where a newer request came, or this one was cancelled.
    async fn count_in(&self, request: &CountRequest, encoding: Encoding) -> bool {
        let mut job = CountJob::new(request, encoding);
        loop {
            if self.newest.get() != request.revision {
                return false;
            }
            match self.step(&mut job, request, encoding) {
                Some(Step::More { done, of, tokens }) => {
                    say(&Reply::Progress {
                        revision: request.revision,
                        stage: Stage::Counting {
                            encoding,
                            done,
                            of,
                            tokens,
                        },
                    });
                    look_up().await;
                    self.answer_pieces().await;
                }
                Some(Step::Done(counts)) => {
                    say(&Reply::Counted {
                        revision: request.revision,
                        encoding,
                        counts,
                    });
                    look_up().await;
                    return true;
                }
                None => return false,
            }
        }
    }

    fn step(&self, job: &mut CountJob, request: &CountRequest, encoding: Encoding) -> Option<Step> {
        let mut counters = self.counters.borrow_mut();
        let counter = counters.get_mut(&encoding)?;
        Some(job.step(request, counter, BYTES_A_STEP))
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
        let counters = self.counters.borrow();
        let Some(counter) = counters.get(&encoding) else {
            return;
        };
        let cut = |block: String| BlockPieces {
            pieces: counter.pieces(&block),
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
        let name = encoding.vocabulary();
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
        let explain = |why: String| format!("the vocabulary {name} did not arrive: {why}");
        let bytes = fetch(&url, arrived).await.map_err(explain)?;
        let vocabulary = Vocabulary::read(&bytes).map_err(|error| error.to_string())?;
        let counter = Counter::new(encoding, &vocabulary).map_err(|error| error.to_string())?;
        self.counters.borrow_mut().insert(encoding, counter);
        Ok(())
    }
}
