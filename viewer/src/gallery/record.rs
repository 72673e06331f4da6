//! The table of screens of the document for the journal.

use std::rc::Rc;

use super::entry::{Entry, screen};
use super::patients::NOW;
use super::scenes::{problem, ready, then};
use crate::state::record::{Check, Preview, There, Written};
use crate::state::{Action, Arrangement, ProblemKind, RecordAction, RecordCommand, State};

/// See the module.
#[rustfmt::skip]
pub(super) static RECORD_SCREENS: &[Entry] = &[
    screen("record", "To the journal", "What is in it and what is not, its text, and what can be done with it.", open),
    screen("record-running", "To the journal: being written", "Says so; a second click does nothing.", || standing(Written::Running)),
    screen("record-written", "To the journal: written", "When, and that it was read back; it is not offered again.", || there(false, Check::Same)),
    screen("record-was-there", "To the journal: written before", "Says when; nothing is written twice.", || there(true, Check::Same)),
    screen("record-differs", "To the journal: stored otherwise", "Says so, and what to do.", || there(false, Check::Differs)),
    screen("record-unknown", "To the journal: no answer", "Nobody knows; the button looks first.", || standing(Written::NotKnown)),
    screen("record-failed", "To the journal: refused", "Not written, why, and it can be tried again.", || standing(Written::Failed(problem(ProblemKind::Forbidden)))),
];

/// With one parameter that is not shown.
fn open() -> Option<State> {
    let hidden = Action::Arranged(Rc::new(Arrangement {
        order: Vec::new(),
        hidden: vec!["weight".to_owned()],
    }));
    let open = RecordAction::Asked(RecordCommand::Open);
    Some(then(ready("kols")?, [hidden, Action::Record(open)]))
}

fn standing(written: Written) -> Option<State> {
    let state = open()?;
    let print = Rc::clone(&state.record.draft.as_ref()?.fingerprint);
    Some(then(
        state,
        [Action::Record(RecordAction::Stands(print, written))],
    ))
}

fn there(was_there: bool, check: Check) -> Option<State> {
    standing(Written::There(There {
        at: Some(NOW),
        was_there,
        check,
    }))
}

/// What follows from a command: a preview without a picture, which is not made here.
pub(super) fn followed(command: RecordCommand) -> Action {
    Action::Record(match command {
        RecordCommand::Preview(draft) => RecordAction::Previewed(Preview {
            text: draft.lang.record_title(draft.choice).into(),
            picture: None,
            may_write: true,
        }),
        command => RecordAction::Asked(command),
    })
}
