//! What is taken down of the screen, and what is known of its writing.

use chart_model::record::Beside;
use chart_model::{Known, Reading};

use super::*;
use crate::state::fixtures::{TODAY, after, arranged, now, plan, problem, reading, readings, started};
use crate::state::{
    Action, Lacking, OnDemandAction, OnDemandCommand, Part, ProblemKind, SourceState, Stand, Topic,
};

fn asked(command: RecordCommand) -> Action {
    Action::Record(RecordAction::Asked(command))
}

/// Everything has answered.
fn ready(readings_of: Vec<Reading>, more: impl IntoIterator<Item = Action>) -> State {
    let done = [Part::Patient, Part::Latest, Part::Period, Part::Plan];
    let mut actions = vec![started(), readings(readings_of), plan(&[], &[])];
    actions.extend(done.map(|part| Action::Fetched(part, Ok(()))));
    actions.push(Action::Complete);
    actions.extend(more);
    after(actions)
}

fn two() -> Vec<Reading> {
    vec![
        reading(Known::Spo2, "a", TODAY, "91"),
        reading(Known::Pulse, "b", TODAY, "72"),
    ]
}

fn opened(state: State) -> (State, Rc<Draft>) {
    let state = state.reduce(asked(RecordCommand::Open));
    let draft = state.record.draft.clone().unwrap();
    (state, draft)
}

fn parameters(draft: &Draft) -> Vec<String> {
    let sections = draft.record.sections.iter();
    sections.map(|section| section.series.parameter.id()).collect()
}

#[test]
fn what_is_shown_is_taken_down_in_its_order_and_what_is_hidden_is_named() {
    let (_, draft) = opened(ready(two(), [arranged(&["pulse", "spo2"], &[])]));
    assert_eq!(parameters(&draft), ["pulse", "spo2"]);
    assert_eq!(draft.record.stamp.readings, 2);
    assert_eq!(draft.record.stamp.not_shown, []);
    let (_, draft) = opened(ready(two(), [arranged(&[], &["pulse"])]));
    assert_eq!(parameters(&draft), ["spo2"]);
    assert_eq!(draft.record.stamp.not_shown, [Known::Pulse.into()]);
    let old = vec![
        reading(Known::Spo2, "a", TODAY, "91"),
        reading(Known::Pulse, "b", "2025-01-02T08:00:00+01:00", "72"),
    ];
    let (_, draft) = opened(ready(old, [arranged(&[], &["pulse"])]));
    assert_eq!(
        draft.record.stamp.not_shown,
        [],
        "nothing of the period is left out"
    );
}

#[test]
fn what_is_on_the_screen_beside_the_readings_is_named_as_missing() {
    let open = |topic| Action::OnDemand(OnDemandAction::Asked(OnDemandCommand::Toggle(topic)));
    let (_, draft) = opened(ready(two(), []));
    assert_eq!(draft.record.stamp.beside, [Beside::Plan]);
    let all = [
        Topic::FollowUp,
        Topic::Notes,
        Topic::Medicines,
        Topic::Admissions,
        Topic::Questionnaires,
    ];
    let (state, draft) = opened(ready(two(), all.map(open)));
    let parts = [
        Beside::Plan,
        Beside::Questionnaires,
        Beside::Notes,
        Beside::Events,
        Beside::FollowUp,
    ];
    assert_eq!(draft.record.stamp.beside, parts);
    let print = Rc::clone(&draft.fingerprint);
    let (_, draft) = opened(state.reduce(open(Topic::Notes)));
    assert_eq!(draft.fingerprint, print, "the content is the same");
    let unplanned = after([started(), readings(two()), Action::Fetched(Part::Patient, Ok(()))]);
    assert_eq!(unplanned.beside(), []);
}

#[test]
fn while_readings_are_on_their_way_nothing_is_taken_down() {
    let state = after([started(), readings(two())]);
    assert!(!state.may_record());
    assert!(state.reduce(asked(RecordCommand::Open)).record.draft.is_none());
}

#[test]
fn a_document_does_not_change_with_the_screen_and_goes_with_the_patient() {
    let (state, before) = opened(ready(two(), []));
    let state = state.reduce(readings(vec![reading(Known::Spo2, "c", TODAY, "80")]));
    let same = state.record.draft.clone().unwrap();
    assert!(Rc::ptr_eq(&before, &same));
    assert!(state.reduce(Action::OtherPatient).record.draft.is_none());
}

#[test]
fn sources_are_those_of_the_readings_or_of_the_launch_where_there_are_several() {
    let (_, draft) = opened(ready(two(), []));
    let [source] = draft.record.stamp.sources.as_slice() else {
        panic!("{:?}", draft.record.stamp.sources)
    };
    assert_eq!((&*source.name, source.fetched), ("vkp", Some(now())));
    let state = |name: &str, stand: Stand| SourceState {
        fetched_at: Some(now()),
        stand,
        ..SourceState::new(name)
    };
    let failed = Stand::Failed(Lacking::Readings, problem(ProblemKind::Network));
    let sources = vec![
        state("Journalen", Stand::Here),
        state("Kommunen", failed),
        state("Sykehuset", Stand::UnknownPatient),
    ];
    let (_, draft) = opened(ready(two(), [Action::Sources(Rc::new(sources))]));
    let stamps: Vec<_> = draft
        .record
        .stamp
        .sources
        .iter()
        .map(|source| source.fetched)
        .collect();
    assert_eq!(stamps, [Some(now()), None], "what did not all come has no time");
}

#[test]
fn what_did_not_all_come_is_named() {
    let failed = Action::Fetched(Part::Period, Err(problem(ProblemKind::Server)));
    let (_, draft) = opened(ready(two(), [failed]));
    let incomplete = &draft.record.stamp.incomplete;
    assert_eq!(incomplete.len(), 2, "{incomplete:?}");
}

#[test]
fn what_became_of_the_writing_is_known_for_the_same_content_until_the_patient_changes() {
    let (state, draft) = opened(ready(two(), []));
    assert_eq!(state.record.written(&draft).id(), "idle");
    let there = Written::There(There {
        at: Some(now()),
        was_there: false,
        check: Check::Same,
    });
    let stands = |written| Action::Record(RecordAction::Stands(Rc::clone(&draft.fingerprint), written));
    let state = state.reduce(stands(Written::Running)).reduce(stands(there));
    let state = state.reduce(asked(RecordCommand::Close));
    assert!(state.record.draft.is_none());
    let (state, again) = opened(state);
    assert_eq!(state.record.written(&again).id(), "written");
    let (state, other) = opened(state.reduce(arranged(&[], &["pulse"])));
    assert_eq!(state.record.written(&other).id(), "idle");
    let state = state
        .reduce(Action::OtherPatient)
        .reduce(stands(Written::NotKnown));
    assert_eq!(state.record.written(&draft).id(), "idle");
}
