//! In which order rows stand, and when that is decided.

use chart_model::Known;

use super::*;
use crate::state::fixtures::plan;
use crate::state::{Lacking, SourceState, Stand};

fn order_of(state: &State) -> Option<Vec<String>> {
    let order = state.order.as_ref()?;
    Some(order.iter().map(chart_model::Parameter::id).collect())
}

fn ids(text: &str) -> Option<Vec<String>> {
    Some(text.split(' ').map(str::to_owned).collect())
}

#[test]
fn rows_wait_until_plan_and_latest_values_are_known_or_failed() {
    let measured = || one_of_each(&[Known::Spo2, Known::Pulse, Known::Weight]);
    let planned = || plan(&[Known::Weight], &[]);
    let state = after([started(), measured(), done(Part::Latest)]);
    assert_eq!((order_of(&state), rows(&state).len()), (None, 0));
    assert!(state.awaits_rows());
    let state = state.reduce(planned()).reduce(done(Part::Plan));
    assert_eq!(order_of(&state), ids("weight spo2 pulse"));
    assert!(!state.awaits_rows());

    let without_plan = after([
        started(),
        measured(),
        done(Part::Latest),
        failed(Part::Plan, ProblemKind::Server),
    ]);
    assert_eq!(order_of(&without_plan), ids("spo2 pulse weight"));

    let plan_first = after([
        started(),
        planned(),
        done(Part::Plan),
        measured(),
        done(Part::Latest),
    ]);
    assert_eq!(order_of(&plan_first), ids("weight spo2 pulse"));
}

#[test]
fn rows_wait_for_what_their_user_chose_earlier() {
    let mut actions = all_done();
    actions[0] = Action::Started(Opening {
        awaits_user: true,
        ..opening()
    });
    actions.pop();
    let state = after(actions);
    assert!(state.awaits_rows());
    let unknown = Err(smart_launch::IdentityProblem::CannotVerify);
    let state = state
        .reduce(arranged(&["spo2"], &[]))
        .reduce(Action::User(unknown));
    assert_eq!(order_of(&state), ids("spo2"));
}

#[test]
fn after_two_seconds_rows_are_shown_and_never_change_place_again() {
    let measured = one_of_each(&[Known::Spo2, Known::Pulse, Known::Weight]);
    let state = after([started(), Action::Waited(Pace::Slow)]);
    assert!(state.awaits_rows(), "there is nothing to show yet");
    let state = state.reduce(measured);
    assert_eq!(order_of(&state), ids("spo2 pulse weight"));
    let state = state
        .reduce(plan(&[Known::Weight], &[]))
        .reduce(done(Part::Plan))
        .reduce(one_of_each(&[
            Known::Spo2,
            Known::Pulse,
            Known::Weight,
            Known::BloodPressure,
            Known::Glucose,
        ]))
        .reduce(done(Part::Latest));
    assert_eq!(
        order_of(&state),
        ids("spo2 pulse weight blood-pressure glucose"),
        "what comes later is put last"
    );
    let refreshed = state
        .reduce(Action::Complete)
        .reduce(Action::Refreshing { period: PERIOD });
    assert_eq!(
        order_of(&refreshed),
        ids("spo2 pulse weight blood-pressure glucose")
    );
}

#[test]
fn a_patient_without_readings_is_known_to_have_none() {
    let nothing = after([
        started(),
        readings(Vec::new()),
        done(Part::Period),
        done(Part::Latest),
        done(Part::Plan),
    ]);
    assert!(nothing.never_measured() && !nothing.awaits_rows());
    for (stand, is_known) in [
        (Stand::Waiting, false),
        (Stand::AsksUser, false),
        (
            Stand::Failed(Lacking::Readings, problem(ProblemKind::Server)),
            false,
        ),
        (Stand::UnknownPatient, true),
        (Stand::Here, true),
    ] {
        let other = SourceState {
            stand,
            ..SourceState::new("kommune")
        };
        let sources = vec![SourceState::new("journal"), other];
        let told = nothing.clone().reduce(Action::Sources(Rc::new(sources)));
        assert_eq!(told.never_measured(), is_known, "{:?}", told.sources);
    }
    let failed = after([
        started(),
        failed(Part::Period, ProblemKind::Server),
        failed(Part::Latest, ProblemKind::Server),
    ]);
    assert!(!failed.never_measured());
    let hidden = then(all_done(), [arranged(&[], &["spo2"])]);
    assert!(rows(&hidden).is_empty() && !hidden.never_measured());
    let old = after([
        started(),
        readings(vec![reading(Known::Spo2, "a", "2020-01-01", "91")]),
        done(Part::Period),
        done(Part::Latest),
    ]);
    assert!(!old.never_measured());
}
