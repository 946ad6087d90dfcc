//! The sandbox: what the user asks of it, and what happens while an answer arrives.

use std::rc::Rc;

use foretoken::catalog::{Catalog, Listing};
use foretoken::estimate::{Counts, Estimate, Given, NoFigure, estimate, key_of};
use foretoken::money::Money;
use foretoken::rating::rate_request;
use foretoken::sandbox::{Budget, Entry, Outcome, Pace, Refused, Rehearsal, Reservation, Session};
use foretoken::scenario::Scenario;
use foretoken::tokens::{Encoding, Message, Prompt, Role};
use foretoken::usage::Usage;

use super::{Draft, Shared, State, with_base};
use crate::effects::counting::Weighed;
use crate::rows::{encoding_of, selected};

/// What is asked of the sandbox.
pub enum Ask {
    /// Send this to the model, after what was said before.
    Say(String),
    /// Send the prompt of the Estimate page, as it stands.
    Prompt,
    Stop,
    Limit(Money),
    Pause(bool),
    /// As the user set it; else that of the model's class.
    Pace(Option<Pace>),
    /// Begin anew: the conversation and its ledger go, the limit stays.
    Clear,
}

/// The sandbox as it stands.
#[derive(Clone, PartialEq)]
pub struct Sandbox {
    pub session: Shared<Session>,
    /// The session as it is kept.
    pub kept: Shared<Session>,
    pub budget: Budget,
    pub run: Run,
    /// Raised with each request: what arrives for an earlier one is late.
    pub turn: u64,
}

/// What the sandbox is at.
#[derive(Clone, PartialEq)]
pub enum Run {
    AtRest,
    /// These messages are being counted, before it is known whether they go out.
    Weighing(Rc<Prompt>),
    Answering(Rc<Answering>),
    /// They did not go out, for this reason; what was said is still in its field.
    Refused(Refusal),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    Budget(Refused),
    NoFigure(NoFigure),
    Counter(String),
}

/// An answer on its way: its line of the ledger so far, and how it goes on.
#[derive(Clone, PartialEq)]
pub struct Answering {
    entry: Entry,
    rehearsal: Rehearsal,
    reservation: Reservation,
}

impl Default for Sandbox {
    fn default() -> Self {
        let session: Shared<Session> = Shared::default();
        Sandbox {
            kept: session.clone(),
            budget: Budget::new(session.limit()),
            session,
            run: Run::AtRest,
            turn: 0,
        }
    }
}

impl Answering {
    /// So many milliseconds after the request.
    fn play(&mut self, milliseconds: u64) {
        self.entry.milliseconds = milliseconds;
        self.entry.usage.output_tokens = self.rehearsal.tokens_at(milliseconds);
    }

    pub fn text(&self) -> String {
        self.rehearsal.text(self.usage().output_tokens)
    }

    pub fn usage(&self) -> Usage {
        self.entry.usage
    }

    /// What it has cost so far.
    pub fn cost(&self, catalog: &Catalog) -> Option<Money> {
        Some(self.entry.cost(catalog).ok()?.total)
    }

    fn is_whole(&self) -> bool {
        self.usage().output_tokens == self.rehearsal.tokens()
            && self.entry.milliseconds >= self.rehearsal.milliseconds()
    }
}

impl State {
    pub(super) fn ask(&mut self, ask: Ask) {
        if self.draft == Draft::Forgotten {
            self.draft = Draft::Open;
        }
        match ask {
            Ask::Say(said) => self.say(&said),
            Ask::Prompt => {
                let prompt = self.scenario.prompt.clone();
                if self.sandbox.session.messages.is_empty() {
                    self.weigh(prompt);
                }
            }
            Ask::Stop => self.end_answer(Outcome::Stopped),
            Ask::Limit(limit) => {
                self.sandbox.budget.set_limit(limit);
                self.change_session(|session| session.limit = limit.amount());
                self.forget_refusal();
            }
            Ask::Pause(paused) => {
                self.sandbox.budget.pause(paused);
                self.forget_refusal();
            }
            Ask::Pace(pace) => self.change_session(|session| session.pace = pace),
            Ask::Clear => {
                self.change_session(|session| {
                    session.messages.clear();
                    session.entries.clear();
                });
                self.sandbox = Sandbox {
                    session: self.sandbox.session.clone(),
                    kept: self.sandbox.kept.clone(),
                    budget: Budget::new(self.sandbox.session.limit()),
                    run: Run::AtRest,
                    turn: self.sandbox.turn + 1,
                };
            }
        }
    }

    fn change_session(&mut self, change: impl FnOnce(&mut Session)) {
        let mut session = (*self.sandbox.session).clone();
        change(&mut session);
        self.sandbox.session = Shared::new(session);
    }

    /// How fast an answer of this model arrives: as the user set it, else as its class does.
    pub fn pace(&self, listing: Listing<'_>) -> Pace {
        let own = self.sandbox.session.pace;
        own.unwrap_or_else(|| Pace::of(listing.model, self.now))
    }

    fn forget_refusal(&mut self) {
        if matches!(self.sandbox.run, Run::Refused(_)) {
            self.sandbox.run = Run::AtRest;
        }
    }

    fn say(&mut self, said: &str) {
        if said.trim().is_empty() {
            return;
        }
        let mut messages = self.sandbox.session.messages.clone();
        messages.push(Message::new(Role::User, said));
        let tools = self.scenario.prompt.tools.clone();
        self.weigh(Prompt { messages, tools });
    }

    /// One request at a time: what is asked meanwhile is not heard.
    fn weigh(&mut self, prompt: Prompt) {
        let free = matches!(self.sandbox.run, Run::AtRest | Run::Refused(_));
        if free && !prompt.is_empty() {
            self.sandbox.turn += 1;
            self.sandbox.run = Run::Weighing(Rc::new(prompt));
        }
    }

    /// The encodings that a request to the selected model is counted in.
    pub fn sandbox_encodings(&self) -> Vec<Encoding> {
        with_base(selected(self).and_then(|listing| encoding_of(listing.model)))
    }

    /// What was to be sent is counted: set the most it can cost aside and begin, or say why it stays here.
    pub(super) fn weighed(&mut self, turn: u64, weighed: Weighed) {
        let Run::Weighing(prompt) = self.sandbox.run.clone() else {
            return;
        };
        if turn != self.sandbox.turn {
            return;
        }
        let begun = match weighed {
            Ok((counts, _)) => self.begin(&prompt, &counts),
            Err(why) => Err(Refusal::Counter(why)),
        };
        self.sandbox.run = match begun {
            Ok(answering) => Run::Answering(Rc::new(answering)),
            Err(why) => Run::Refused(why),
        };
    }

    fn begin(&mut self, prompt: &Rc<Prompt>, counts: &Counts) -> Result<Answering, Refusal> {
        let not_counted = || Refusal::Counter("its vocabulary could not be had".to_owned());
        let month = self.month().ok_or_else(not_counted)?;
        let scenario = Scenario {
            prompt: (**prompt).clone(),
            ..(*self.scenario).clone()
        };
        let given = Given {
            scenario: &scenario,
            counts,
            rough: false,
            ..self.given(month)
        };
        let listing = selected(self).ok_or_else(not_counted)?;
        let estimate = estimate(listing, given).ok_or_else(not_counted)?;
        let (answering, budget) = self.answering(listing, &estimate, prompt)?;
        self.sandbox.budget = budget;
        self.change_session(|session| session.messages.clone_from(&prompt.messages));
        Ok(answering)
    }

    /// The answer on its way, and the budget with the most it can cost set aside.
    fn answering(
        &self,
        listing: Listing<'_>,
        estimate: &Estimate,
        prompt: &Prompt,
    ) -> Result<(Answering, Budget), Refusal> {
        if let Err(why) = &estimate.request {
            return Err(Refusal::NoFigure(why.clone()));
        }
        let unknown = Refusal::NoFigure(NoFigure::AnswerUnknown);
        let answer = estimate.answer.tokens.ok_or(unknown)?;
        let mut budget = self.sandbox.budget.clone();
        // A rehearsal has no cache: all that is sent is new to it.
        let most = Usage::request(estimate.prompt.total.high, answer.high);
        let variant = self.scenario.load.variant.as_deref();
        let at_most = rate_request(listing.model, &most, self.now, variant)
            .map_err(|why| Refusal::NoFigure(why.into()))?;
        let reservation = budget.reserve(at_most.total).map_err(Refusal::Budget)?;
        let seed = self.sandbox.session.entries.len() as u64;
        let counted = estimate.prompt.total;
        let said = prompt.messages.last().map_or("", |message| &message.text);
        let entry = Entry {
            at: self.now,
            model: key_of(listing),
            variant: variant.map(str::to_owned),
            rehearsed: true,
            said: said.chars().take(SAID).collect(),
            counted,
            resent: self.resent(counted.tokens, prompt),
            usage: Usage::request(counted.tokens, 0),
            reported: None,
            outcome: Outcome::Whole,
            milliseconds: 0,
        };
        let answering = Answering {
            entry,
            rehearsal: Rehearsal::new(seed, answer, self.pace(listing)),
            reservation,
        };
        Ok((answering, budget))
    }

    /// What of a request the conversation had before: the last request and its answer, where there was one.
    fn resent(&self, input: u64, prompt: &Prompt) -> u64 {
        let last = self
            .sandbox
            .session
            .entries
            .last()
            .filter(|_| prompt.messages.len() > 1);
        last.map_or(0, |last| {
            let had = last.usage.input_tokens;
            had.saturating_add(last.usage.output_tokens).min(input)
        })
    }

    /// So many milliseconds after the request.
    pub(super) fn play(&mut self, turn: u64, milliseconds: u64) {
        if turn != self.sandbox.turn {
            return;
        }
        if let Run::Answering(answering) = &mut self.sandbox.run {
            let answering = Rc::make_mut(answering);
            answering.play(milliseconds);
            if answering.is_whole() {
                self.end_answer(Outcome::Whole);
            }
        }
    }

    fn end_answer(&mut self, outcome: Outcome) {
        let Run::Answering(answering) = self.sandbox.run.clone() else {
            return;
        };
        let entry = Entry {
            outcome,
            ..answering.entry.clone()
        };
        // What had a price when it went out has one still, or else it cost the most it could.
        let at_most = self.sandbox.budget.set_aside(answering.reservation);
        let cost = entry
            .cost(&self.catalog)
            .map_or(at_most, |rated| rated.total);
        // Refused only where the sum has more digits than there are: the ledger says the cost all the same.
        let _ = self.sandbox.budget.settle(answering.reservation, cost);
        self.change_session(|session| {
            if entry.usage.output_tokens > 0 {
                let answer = Message::new(Role::Assistant, answering.text());
                session.messages.push(answer);
            }
            session.entries.push(entry);
        });
        self.sandbox.run = Run::AtRest;
    }

    /// A session that was kept.
    pub(super) fn open_session(&mut self, session: Session) {
        if self.sandbox.turn == 0 {
            self.sandbox.budget.set_limit(session.limit());
            self.sandbox.session = Shared::new(session);
            self.sandbox.kept = self.sandbox.session.clone();
            self.respend();
        }
    }

    /// What was spent follows from the ledger and the prices, whichever arrives or changes later.
    pub(super) fn respend(&mut self) {
        if let Ok(summary) = self.sandbox.session.summary(&self.catalog) {
            self.sandbox.budget.spend(summary.cost);
        }
    }
}

/// Letters of what was said that the ledger keeps.
const SAID: usize = 60;
