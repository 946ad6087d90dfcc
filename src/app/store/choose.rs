//! What the user sets.

use std::rc::Rc;
use std::sync::Arc;

use foretoken::catalog::YOURS;
use foretoken::estimate::Counts;
use foretoken::scenario::{AnswerLength, ModelKey, Scenario};
use foretoken::tokens::{Encoding, Message, PromptCounts, Role};

use super::{Choice, Counter, Draft, MOST_PINS, Notice, Sandbox, Shared, State, taking};

impl State {
    pub(super) fn choose(&mut self, choice: Choice) {
        let counted = matches!(
            choice,
            Choice::Text(..)
                | Choice::Role(..)
                | Choice::AddMessage
                | Choice::RemoveMessage(_)
                | Choice::MoveMessage { .. }
                | Choice::Tools(_)
                | Choice::Detach(_)
                | Choice::Detail(..)
                | Choice::TextOnly(..)
                | Choice::Clear
                | Choice::Undo
                | Choice::Forget
                | Choice::Example(_)
                | Choice::Sample(_)
        );
        if counted
            && !matches!(choice, Choice::Undo)
            && matches!(self.notice, Some(Notice::Removed { .. }))
        {
            // To undo that now would take back what was done since.
            self.notice = None;
        }
        let priced = matches!(
            choice,
            Choice::Override(_) | Choice::Restore(_) | Choice::Forget
        );
        if matches!(
            choice,
            Choice::RemoveMessage(_) | Choice::Clear | Choice::Example(_) | Choice::Detach(_)
        ) && !self.is_empty()
        {
            let what = match choice {
                Choice::RemoveMessage(_) => "message removed",
                Choice::Detach(_) => "attachment removed",
                _ => "prompt cleared",
            };
            let prompt = Rc::new(self.scenario.prompt.clone());
            self.notice = Some(Notice::Removed { prompt, what });
        }
        self.draft = match (self.draft, &choice) {
            (_, Choice::Forget) => Draft::Forgotten,
            (Draft::Forgotten, _) => Draft::Open,
            (draft, _) => draft,
        };
        self.follow(&choice);
        let mut scenario = (*self.scenario).clone();
        self.set(&mut scenario, choice);
        self.scenario = Shared::new(scenario);
        if counted {
            self.recount();
        }
        if priced {
            self.reprice();
        }
    }

    fn set(&mut self, scenario: &mut Scenario, choice: Choice) {
        match choice {
            Choice::Load(change) => change(&mut scenario.load),
            Choice::Month(change) => {
                let mut month = scenario.month.clone();
                change(&mut month);
                if month.plans != scenario.month.plans || month.chosen != scenario.month.chosen {
                    self.view.month.line = None;
                }
                if month.plans.len() < scenario.month.plans.len() {
                    // Another plan may stand in its place now.
                    self.view.month.editing = None;
                }
                scenario.month = month;
            }
            Choice::Length(length) => {
                self.view.answer = None;
                scenario.answer.length = length;
            }
            Choice::Sample(sample) => {
                scenario.answer.sample = sample;
                scenario.answer.length = AnswerLength::Sample;
            }
            Choice::OwnAnswer {
                end,
                tokens,
                beside,
            } => {
                let before = self.view.answer.filter(|(typed, _)| *typed == end);
                let (_, before) = *self.view.answer.insert(before.unwrap_or((end, beside)));
                scenario.answer.own = before.with(end, tokens);
                scenario.answer.length = AnswerLength::Own;
            }
            Choice::Forget => {
                *scenario = Scenario::default();
                self.sandbox = Sandbox {
                    turn: self.sandbox.turn + 1,
                    ..Sandbox::default()
                };
            }
            Choice::Select(key) => scenario.selected = Some(key),
            Choice::Pin(key) => pin(&mut scenario.pins, key),
            Choice::Override(own) => {
                scenario
                    .overrides
                    .retain(|known| known.target() != own.target());
                scenario.overrides.push(own);
            }
            Choice::Restore(key) => restore(scenario, &key),
            Choice::Calibrate(family, None) => {
                scenario.calibrations.remove(&family);
            }
            Choice::Calibrate(family, Some(known)) => {
                scenario.calibrations.insert(family, known);
            }
            Choice::Undo => {
                if let Some(Notice::Removed { prompt, .. }) = self.notice.take() {
                    scenario.prompt = (*prompt).clone();
                }
            }
            prompt => set_prompt(scenario, prompt),
        }
    }

    pub(super) fn recount(&mut self) {
        self.revision += 1;
        self.stage = None;
        self.missing.clear();
        self.counter = if self.is_empty() {
            Counter::Idle
        } else {
            Counter::Working
        };
        if self.is_empty() {
            self.counts = Shared::default();
            self.counted = self.revision;
        } else if self.counts.is_empty() || self.rough {
            self.counts = Shared::new(rough_counts(&self.scenario));
            self.rough = true;
        }
    }

    pub(super) fn reprice(&mut self) {
        self.catalog = if self.scenario.overrides.is_empty() {
            self.listed.clone()
        } else {
            Shared::new(self.listed.with_overrides(&self.scenario.overrides))
        };
        self.respend();
    }
}

/// Take back what the user set of a model; a model of their own is gone with it, and from where it was chosen.
fn restore(scenario: &mut Scenario, key: &ModelKey) {
    scenario
        .overrides
        .retain(|own| !own.is_of(&key.provider, &key.model));
    if key.provider == YOURS {
        scenario.pins.retain(|pin| pin != key);
        scenario.selected.take_if(|selected| selected == key);
    }
}

fn set_prompt(scenario: &mut Scenario, choice: Choice) {
    let messages = &mut scenario.prompt.messages;
    match choice {
        Choice::Text(index, text) => {
            if let Some(message) = messages.get_mut(index) {
                message.text = text;
            }
        }
        Choice::Role(index, role) => {
            if let Some(message) = messages.get_mut(index) {
                message.role = role;
            }
        }
        Choice::AddMessage => messages.push(Message::new(next_role(messages), "")),
        Choice::RemoveMessage(index) if messages.len() > 1 => {
            messages.remove(index);
        }
        Choice::RemoveMessage(_) => {
            messages[0].text = Arc::from("");
            messages[0].attachments.clear();
        }
        Choice::MoveMessage { from, to } if from.max(to) < messages.len() => {
            messages.swap(from, to)
        }
        Choice::Tools(tools) => scenario.prompt.tools = tools,
        Choice::Clear => scenario.prompt = Scenario::default().prompt,
        Choice::Example(example) => {
            *messages = example
                .iter()
                .map(|(role, text)| Message::new(*role, *text))
                .collect();
        }
        attached => taking::change(messages, attached),
    }
}

/// A user speaks after the system and after the assistant.
fn next_role(messages: &[Message]) -> Role {
    match messages.last().map(|message| message.role) {
        Some(Role::User) => Role::Assistant,
        _ => Role::User,
    }
}

fn pin(pins: &mut Vec<ModelKey>, key: ModelKey) {
    if let Some(index) = pins.iter().position(|pin| *pin == key) {
        pins.remove(index);
    } else if pins.len() < MOST_PINS {
        pins.push(key);
    }
}

/// A guess from the number of characters, shown until the vocabulary has arrived, and marked as a guess.
fn rough_counts(scenario: &Scenario) -> Counts {
    let messages = &scenario.prompt.messages;
    let counts = PromptCounts {
        framing: 4 * messages.len() as u64 + 3,
        ..PromptCounts::rough(
            messages.iter().map(|message| message.text.as_ref()),
            &scenario.answer.sample,
        )
        .with_rough_documents(scenario.prompt.documents().map(|document| &*document.text))
    };
    Counts::from([(Encoding::O200kBase, counts)])
}
