//! The table of screens of what is opened on demand.

use std::rc::Rc;

use fhir_read::{read_events, read_follow_up, read_notes, read_questionnaires};

use super::entry::{Entry, screen};
use super::patients::{NOW, bundle_of};
use super::scenes::{problem, ready, then};
use crate::state::on_demand::{Answer, FromSource, NoteHere, NotesHere};
use crate::state::{Action, OnDemandAction, OnDemandCommand, ProblemKind, State, Topic};

/// See the module.
#[rustfmt::skip]
pub(super) static ON_DEMAND_SCREENS: &[Entry] = &[
    screen("demand-closed", "On demand: heads", "Collapsed, with the latest score; no number that begs for attention.", || offered("questionnaires")),
    screen("demand-questionnaires", "Questionnaires, opened", "Curves of scores, fillings newest first; scores of one code have curves of their own.", || opened("questionnaires", Topic::Questionnaires)),
    screen("demand-answers", "Questionnaires: the answers of one filling", "The questions' own texts; what was answered otherwise last time says so in words.", || opened("questionnaires", Topic::Questionnaires)).pressed(".filling button"),
    screen("demand-notes", "Follow-up notes, opened", "Who, when, on which reading, what was done; small flags on the points.", || opened("notes", Topic::Notes)),
    screen("demand-follow-up", "Who follows up, opened", "Since, until, phone, hours; what is not known is said.", || opened("events", Topic::FollowUp)),
    screen("demand-events", "Events on the time axis", "Thin marks on the axis, the same in words below.", events),
    screen("demand-waiting", "On demand: on its way", "Says that it is being fetched.", || Some(then(asked("notes", Topic::Notes)?, [told(OnDemandAction::Awaited(Topic::Notes))]))),
    screen("demand-failed", "On demand: did not come", "An error with retry; never 'none'.", || Some(then(asked("notes", Topic::Notes)?, [came(Topic::Notes, None)]))),
    screen("demand-none", "On demand: there is none", "Says so; not an empty list.", || Some(then(asked("notes", Topic::Questionnaires)?, [came(Topic::Questionnaires, answer("notes", Topic::Questionnaires))]))),
];

fn told(action: OnDemandAction) -> Action {
    Action::OnDemand(action)
}

fn offered(id: &str) -> Option<State> {
    Some(then(
        ready(id)?,
        [told(OnDemandAction::Offered(Topic::ALL.into()))],
    ))
}

fn asked(id: &str, topic: Topic) -> Option<State> {
    Some(then(offered(id)?, [toggled(topic)]))
}

fn toggled(topic: Topic) -> Action {
    told(OnDemandAction::Asked(OnDemandCommand::Toggle(topic)))
}

fn opened(id: &str, topic: Topic) -> Option<State> {
    Some(then(asked(id, topic)?, [came(topic, Some(answer(id, topic)?))]))
}

fn events() -> Option<State> {
    let state = offered("events")?;
    let topics = [Topic::Admissions, Topic::Medicines, Topic::Monitoring];
    // The answers of one bundle tell of all kinds: each is the same.
    let came = topics.map(|topic| came(topic, answer("events", topic)));
    Some(then(then(state, topics.map(toggled)), came))
}

/// What the source gave; nothing where that is a failure.
fn came(topic: Topic, answer: Option<Answer>) -> Action {
    let failed = answer.is_none().then(|| problem(ProblemKind::Server));
    let from = FromSource {
        source: "Simulert journal".into(),
        answer: answer.map(Rc::new),
        problem: failed,
    };
    told(OnDemandAction::Came(topic, vec![from]))
}

fn answer(id: &str, topic: Topic) -> Option<Answer> {
    let bundle = bundle_of(id)?;
    let pages = [&*bundle];
    Some(match topic {
        Topic::Questionnaires => {
            Answer::Questionnaires(read_questionnaires(&pages, id, "Simulert journal", NOW).ok()?)
        }
        Topic::Notes => {
            let read = read_notes(&pages, id).ok()?;
            let readings = ready(id)?.readings;
            let readings: Vec<_> = readings.values().flat_map(|list| list.iter().cloned()).collect();
            let here = |note: chart_model::notes::Note| NoteHere {
                about: readings
                    .iter()
                    .filter(|reading| note.is_about(reading))
                    .cloned()
                    .collect(),
                note,
            };
            Answer::Notes(NotesHere {
                notes: read.notes.into_iter().map(here).collect(),
                left_out: read.left_out,
                findings: read.findings,
            })
        }
        Topic::FollowUp => Answer::FollowUp(read_follow_up(&pages, id, NOW).ok()?),
        Topic::Admissions | Topic::Medicines | Topic::Changes | Topic::Monitoring => {
            Answer::Events(read_events(&pages, id, NOW).ok()?)
        }
    })
}
