//! What comes from outside: files, the draft, the worker's replies, the minutes.

use std::collections::HashMap;
use std::rc::Rc;

use foretoken::estimate::Counts;
use foretoken::scenario::Scenario;
use foretoken::tokens::Encoding;
use foretoken::wire::{BlockPieces, Reply};

use super::{Arrival, Counter, Draft, MOST_BLOCKS, Shared, State};
use crate::effects::counting::Heard;

impl State {
    pub(super) fn arrive(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Draft(draft) => self.open_draft(draft),
            Arrival::UnreadableDraft => self.draft = Draft::Unreadable,
            Arrival::Catalog(catalog) => {
                self.listed = Shared::new(catalog);
                self.reprice();
            }
            Arrival::OnDemand(more) => {
                let mut listed = (*self.listed).clone();
                listed.merge(more);
                self.listed = Shared::new(listed);
                self.reprice();
            }
            Arrival::Index(index) => self.index = Some(Rc::new(index)),
            Arrival::Families(families) => self.families = Shared::new(families),
            Arrival::Media(media) => self.media = Shared::new(media),
            Arrival::Intake(intake) => self.take_in(intake),
            Arrival::Trouble(what) => self.trouble.push(what),
            Arrival::Heard(Heard::Reply(reply)) => self.hear(reply),
            Arrival::Heard(Heard::Broke { why }) => self.counter = Counter::Broken(why),
            Arrival::Weighed { turn, weighed } => self.weighed(turn, weighed),
            Arrival::Played { turn, milliseconds } => self.play(turn, milliseconds),
            Arrival::Session(session) => self.open_session(session),
            Arrival::Tick(now) => self.now = now,
            Arrival::Notice(notice) => self.notice = Some(notice),
        }
    }

    /// What the user typed before the draft was there comes after it: neither is lost.
    fn open_draft(&mut self, draft: Option<Box<Scenario>>) {
        self.draft = Draft::Open;
        let untouched = self.is_empty();
        if let Some(mut scenario) = draft {
            if !untouched {
                let typed = &self.scenario.prompt;
                scenario
                    .prompt
                    .messages
                    .extend(typed.messages.iter().cloned());
                if scenario.prompt.tools.is_empty() {
                    scenario.prompt.tools.clone_from(&typed.tools);
                }
            }
            self.scenario = Shared::new(*scenario);
            self.view.tools = !self.scenario.prompt.tools.is_empty();
            self.recount();
            self.reprice();
        }
        if untouched {
            self.kept = self.scenario.clone();
        }
    }

    fn hear(&mut self, reply: Reply) {
        // What was cancelled may still be on its way.
        let late = matches!(reply, Reply::Progress { .. } | Reply::Counted { .. });
        if late && self.cancelled == self.revision {
            return;
        }
        match reply {
            Reply::Progress { revision, stage } if revision == self.revision => {
                self.stage = Some(stage);
            }
            Reply::Counted { revision, counts } if revision == self.revision => {
                self.take_counts(counts);
            }
            Reply::Missing {
                revision,
                encoding,
                why,
            } if revision == self.revision || revision == 0 => {
                self.missing.insert(encoding, why);
            }
            Reply::Done { revision, counts } if revision == self.revision => {
                self.stage = None;
                if !counts.is_empty() && self.cancelled != revision {
                    self.take_counts(counts);
                }
                // An answer to an earlier look may come before that to what is on screen now.
                if self.counter == Counter::Working && self.is_counted() {
                    self.counter = Counter::Idle;
                }
            }
            Reply::Pieces {
                encoding, blocks, ..
            } => self.take_pieces(encoding, blocks),
            Reply::Failed { why } => self.counter = Counter::Broken(why),
            _ => {}
        }
    }

    /// Whether the prompt is counted in the encodings of all models on screen, but for those that could not be had.
    pub(super) fn is_counted(&self) -> bool {
        let wanted = self.view.encodings.iter().chain([&Encoding::O200kBase]);
        let known = |encoding: &Encoding| {
            let counted = self.counted == self.revision && self.counts.contains_key(encoding);
            counted || self.missing.contains_key(encoding)
        };
        wanted.into_iter().all(known)
    }

    fn take_counts(&mut self, counts: Counts) {
        let mut all = if self.counted == self.revision && !self.rough {
            (*self.counts).clone()
        } else {
            Counts::new()
        };
        all.extend(counts);
        self.counts = Shared::new(all);
        self.counted = self.revision;
        self.rough = false;
        self.stage = None;
    }

    fn take_pieces(&mut self, encoding: Encoding, blocks: Vec<BlockPieces>) {
        let mut all = if self.pieces.len() > MOST_BLOCKS {
            HashMap::new()
        } else {
            (*self.pieces).clone()
        };
        for block in blocks {
            all.insert((encoding, block.block.clone()), Rc::new(block));
        }
        self.pieces = Shared::new(all);
    }
}
