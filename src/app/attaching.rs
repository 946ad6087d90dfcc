//! From a drop, a pick or a paste to what is attached: each file is read by itself, and the store hears how it goes.

use yew::platform::spawn_local;

use crate::effects::intake::{self, Incoming};
use crate::shell::Dispatch;
use crate::store::{Action, Arrival, Intake};

/// Take these in as attachments of a message.
pub fn take_in(dispatch: &Dispatch, message: usize, incoming: Vec<Incoming>) {
    for each in incoming {
        let id = intake::next();
        let hear = {
            let dispatch = dispatch.clone();
            move |intake| dispatch.dispatch(Action::Arrive(Arrival::Intake(intake)))
        };
        hear(Intake::Begun {
            id,
            message,
            name: each.name(),
        });
        spawn_local(async move {
            let tell = hear.clone();
            let result = intake::read(id, each, move |progress| tell(Intake::At(id, progress)));
            hear(Intake::Done(id, result.await));
        });
    }
}
