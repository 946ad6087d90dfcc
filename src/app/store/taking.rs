//! Files on their way into the prompt, and those that were refused.

use foretoken::attach::AttachError;
use foretoken::tokens::{Attachment, Message};

use super::{Choice, Draft, Notice, Shared, State};
use crate::effects::intake::{self, Progress};

/// A file that is being read, or could not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    pub id: u32,
    /// The message it is for.
    pub message: usize,
    pub name: String,
    pub stands: Stands,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    Reading(Option<Progress>),
    Refused(AttachError),
}

/// What becomes of a file.
pub enum Intake {
    Begun {
        id: u32,
        message: usize,
        name: String,
    },
    At(u32, Progress),
    Done(u32, Result<Attachment, AttachError>),
    /// The user has read why it was refused, or stopped it.
    Dismissed(u32),
}

impl State {
    pub(super) fn take_in(&mut self, intake: Intake) {
        let mut takings = (*self.takings).clone();
        match intake {
            Intake::Begun { id, message, name } => takings.push(Taking {
                id,
                message,
                name,
                stands: Stands::Reading(None),
            }),
            Intake::At(id, progress) => {
                if let Some(taking) = takings.iter_mut().find(|taking| taking.id == id) {
                    taking.stands = Stands::Reading(Some(progress));
                }
            }
            Intake::Dismissed(id) => {
                intake::stop(id);
                takings.retain(|taking| taking.id != id);
            }
            Intake::Done(id, result) => {
                let Some(at) = takings.iter().position(|taking| taking.id == id) else {
                    return;
                };
                match result {
                    Ok(attachment) => {
                        let message = takings.remove(at).message;
                        self.attach(message, attachment);
                    }
                    Err(why) => takings[at].stands = Stands::Refused(why),
                }
            }
        }
        self.takings = Shared::new(takings);
    }

    fn attach(&mut self, message: usize, attachment: Attachment) {
        let mut scenario = (*self.scenario).clone();
        let messages = &mut scenario.prompt.messages;
        let last = messages.len().saturating_sub(1);
        if let Some(message) = messages.get_mut(message.min(last)) {
            message.attachments.push(attachment);
        }
        self.scenario = Shared::new(scenario);
        if matches!(self.notice, Some(Notice::Removed { .. })) {
            // To undo that now would take this back too.
            self.notice = None;
        }
        if self.draft == Draft::Forgotten {
            self.draft = Draft::Open;
        }
        self.recount();
    }

    /// Keep every file with its message where messages come and go.
    pub(super) fn follow(&mut self, choice: &Choice) {
        if self.takings.is_empty() {
            return;
        }
        let mut takings = (*self.takings).clone();
        match choice {
            Choice::MoveMessage { from, to } => {
                for taking in &mut takings {
                    if taking.message == *from {
                        taking.message = *to;
                    } else if taking.message == *to {
                        taking.message = *from;
                    }
                }
            }
            Choice::RemoveMessage(at) => {
                leave(&mut takings, |taking| taking.message == *at);
                for taking in takings.iter_mut().filter(|taking| taking.message > *at) {
                    taking.message -= 1;
                }
            }
            Choice::Clear | Choice::Example(_) | Choice::Forget | Choice::Undo => {
                leave(&mut takings, |_| true);
            }
            _ => return,
        }
        self.takings = Shared::new(takings);
    }
}

fn leave(takings: &mut Vec<Taking>, gone: impl Fn(&Taking) -> bool) {
    for taking in takings.extract_if(.., |taking| gone(taking)) {
        intake::stop(taking.id);
    }
}

/// An attachment by its message and its place among what is attached to that.
fn find(messages: &mut [Message], (message, index): (usize, usize)) -> Option<&mut Attachment> {
    messages.get_mut(message)?.attachments.get_mut(index)
}

/// What the user sets of an attachment.
pub fn change(messages: &mut [Message], choice: Choice) {
    match choice {
        Choice::Detail(at, detail) => {
            if let Some(Attachment::Image(image)) = find(messages, at) {
                image.detail = detail;
            }
        }
        Choice::TextOnly(at, text_only) => {
            if let Some(Attachment::Document(document)) = find(messages, at) {
                document.text_only = text_only;
            }
        }
        Choice::Detach((message, index)) => {
            if let Some(message) = messages.get_mut(message)
                && index < message.attachments.len()
            {
                message.attachments.remove(index);
            }
        }
        _ => {}
    }
}
