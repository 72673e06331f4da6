//! What is waited for, for how long, and what is asked for once more.

use chart_model::Known;
use chart_model::time::DAY_MS;

use super::*;
use crate::state::fixtures::{TODAY, at, plan};

#[test]
fn a_retry_awaits_that_part_only() {
    for part in [Part::Patient, Part::Latest, Part::Period, Part::Plan] {
        let mut state = then(
            all_done(),
            [failed(part, ProblemKind::Server), Action::Retrying(part)],
        );
        assert!(state.is_busy(), "{part:?}");
        assert_eq!(*state.fetch(part), Fetch::Waiting);
        let state = state.reduce(done(part));
        assert!(!state.is_busy(), "{part:?}");
    }
}

#[test]
fn a_parameter_that_failed_has_its_row_until_it_is_there() {
    let weight = || chart_model::Parameter::from(Known::Weight);
    let missing = Action::MissingParameters(vec![(weight(), problem(ProblemKind::Server))]);
    let state = then(all_done(), [missing]);
    let seen = |state: &State| {
        let rows = rows(state);
        let row = rows.iter().find(|row| row.parameter == weight());
        row.map(|row| (row.latest.is_some(), row.problem.is_some(), row.waiting))
    };
    assert_eq!(seen(&state), Some((false, true, false)));
    let state = state.reduce(Action::RetryingParameter(weight()));
    assert_eq!((seen(&state), state.is_busy()), (Some((false, true, true)), true));
    let again = Err(problem(ProblemKind::Network));
    let state = state.reduce(Action::FetchedParameter(weight(), again));
    assert_eq!(
        (seen(&state), state.is_busy()),
        (Some((false, true, false)), false)
    );
    let state = state
        .reduce(one_of_each(&[Known::Spo2, Known::Weight]))
        .reduce(Action::FetchedParameter(weight(), Ok(())));
    assert_eq!(seen(&state), Some((true, false, false)));
}

#[test]
fn how_long_a_wait_takes_counts_from_where_it_begins_and_ends_with_it() {
    let slow = || Action::Waited(Pace::Slow);
    let busy = |state: &State| (state.is_busy(), state.pace, state.waits);
    let state = after([]);
    assert_eq!(busy(&state), (true, Pace::Quick, 0));
    let state = state.reduce(slow());
    assert_eq!(busy(&state), (true, Pace::Slow, 0));
    let state = state.reduce(started());
    assert_eq!(busy(&state), (true, Pace::Quick, 1), "fetching is a new wait");
    let state = state.reduce(slow()).reduce(Action::Waited(Pace::VerySlow));
    assert_eq!(busy(&state), (true, Pace::VerySlow, 1));
    let state = all_done().into_iter().skip(1).fold(state, State::reduce);
    assert_eq!(busy(&state), (false, Pace::Quick, 1));
    let state = state.reduce(Action::Retrying(Part::Plan));
    assert_eq!(busy(&state), (true, Pace::Quick, 2));
    let state = state.reduce(slow()).reduce(Action::Refreshing { period: PERIOD });
    assert_eq!(busy(&state), (true, Pace::Quick, 3));
    let state = state
        .reduce(slow())
        .reduce(failed(Part::Plan, ProblemKind::Unauthorized));
    assert_eq!(busy(&state), (false, Pace::Quick, 3));
}

#[test]
fn time_alone_changes_nothing_but_a_reading_that_becomes_overdue() {
    let mut actions = all_done();
    actions.push(plan(&[], &[(Known::Spo2, DAY_MS)]));
    let state = after(actions).at(at("2026-11-22T20:00:00+01:00"));
    let revision = state.revision;
    assert_eq!(rows(&state)[0].overdue_days, None, "36 hours after {TODAY}");
    let state = state.at(at("2026-11-22T20:00:01+01:00"));
    assert_eq!(rows(&state)[0].overdue_days, Some(1));
    assert_eq!(state.revision, revision + 1);
    let later = state.at(at("2026-11-22T21:00:00+01:00"));
    assert_eq!(later.revision, revision + 1);
}
