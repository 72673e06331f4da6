//! Each action, and the order of actions, in tables.

mod order;
mod waiting;

use chart_model::{Date, Known, PeriodChoice};

use super::*;
use crate::state::fixtures::{
    PERIOD, after, arranged, now, one_of_each, opening, problem, reading, readings, started,
};
use crate::state::{Role, rows};
use crate::text::Lang;

fn done(part: Part) -> Action {
    Action::Fetched(part, Ok(()))
}

fn failed(part: Part, kind: ProblemKind) -> Action {
    Action::Fetched(part, Err(problem(kind)))
}

fn all_done() -> Vec<Action> {
    vec![
        started(),
        one_of_each(&[Known::Spo2]),
        done(Part::Patient),
        done(Part::Period),
        done(Part::Latest),
        done(Part::Plan),
        Action::Complete,
    ]
}

fn then(mut actions: Vec<Action>, more: impl IntoIterator<Item = Action>) -> State {
    actions.extend(more);
    after(actions)
}

#[test]
fn a_launch_goes_from_launching_through_loading_to_ready() {
    assert_eq!(after([]).phase.id(), "launching");
    assert_eq!(after([started()]).phase.id(), "loading");
    assert_eq!(after([started(), Action::Complete]).phase.id(), "ready");
}

#[test]
fn a_launch_opens_as_the_user_left_it() {
    let choice = PeriodChoice::LastDays(30);
    let state = after([Action::Started(Opening {
        choice,
        lang: Lang::Nynorsk,
        role: Role::Editor,
        need_banner: true,
        ..opening()
    })]);
    assert_eq!(
        (state.choice, state.lang, state.role, state.need_banner),
        (choice, Lang::Nynorsk, Role::Editor, true)
    );
}

#[test]
fn a_failed_part_is_never_the_same_as_an_empty_one() {
    let failed = after([started(), failed(Part::Period, ProblemKind::Server)]);
    let empty = after([started(), done(Part::Period)]);
    assert_ne!(failed.period_fetch, empty.period_fetch);
    assert_eq!(failed.plan_fetch, Fetch::Waiting, "the others go on");
    assert_eq!(failed.phase.id(), "loading");
}

#[test]
fn an_expired_token_and_a_missing_patient_stay_so_when_the_rest_arrives() {
    for (part, kind, id) in [
        (Part::Period, ProblemKind::Unauthorized, "expired"),
        (Part::Patient, ProblemKind::NotFound, "error"),
        (Part::Plan, ProblemKind::NotFound, "ready"),
        (Part::Patient, ProblemKind::Forbidden, "ready"),
    ] {
        let state = after([started(), failed(part, kind), Action::Complete]);
        assert_eq!(state.phase.id(), id, "{part:?} {kind:?}");
    }
}

#[test]
fn a_token_refused_for_one_parameter_ends_the_session_too() {
    let refused = || problem(ProblemKind::Unauthorized);
    for action in [
        Action::MissingParameters(vec![(Known::Weight.into(), refused())]),
        Action::FetchedParameter(Known::Weight.into(), Err(refused())),
    ] {
        assert_eq!(then(all_done(), [action]).phase.id(), "expired");
    }
}

#[test]
fn nothing_is_shown_of_another_patient() {
    let state = after([
        started(),
        one_of_each(&[Known::Spo2]),
        Action::Enrolled(true),
        Action::OtherPatient,
        Action::Complete,
    ]);
    assert_eq!(
        (
            state.phase.id(),
            state.enrolled,
            state.period,
            state.readings.len()
        ),
        ("blanked", None, None, 0)
    );
    assert!(rows(&state).is_empty());
}

#[test]
fn a_new_start_keeps_nothing_of_what_was_there() {
    let state = then(
        all_done(),
        [
            Action::Enrolled(true),
            Action::Toggle(Known::Spo2.into()),
            started(),
        ],
    );
    assert_eq!((state.enrolled, state.open, state.fetched_at), (None, None, None));
    assert_eq!(state.order, None);
}

#[test]
fn the_language_outlives_a_failed_launch_and_another_patient() {
    for action in [
        Action::OtherPatient,
        Action::LaunchFailed(Rc::new(smart_launch::LaunchError {
            step: smart_launch::Step::Start,
            host: String::new(),
            kind: smart_launch::LaunchErrorKind::TimedOut,
            detail: String::new(),
        })),
    ] {
        let state = after([Action::Language(Lang::English), Action::Offline(true), action]);
        assert_eq!((state.lang, state.offline), (Lang::English, true));
    }
}

#[test]
fn a_refresh_keeps_the_view_until_new_data_comes() {
    let state = then(
        all_done(),
        [
            Action::Toggle(Known::Spo2.into()),
            Action::Refreshing { period: PERIOD },
        ],
    );
    assert_eq!(
        (state.phase.id(), state.fetched_at, state.period),
        ("loading", Some(now()), Some(PERIOD))
    );
    assert_eq!(state.open, Some(Known::Spo2.into()));
    assert_eq!(rows(&state).len(), 1);
}

#[test]
fn a_refresh_without_connection_leaves_the_earlier_view_with_its_own_time() {
    let no_answer = [Part::Period, Part::Latest].map(|part| failed(part, ProblemKind::Network));
    let mut actions = vec![Action::Refreshing { period: PERIOD }];
    actions.extend(no_answer);
    actions.push(Action::Complete);
    let state = then(all_done(), actions.clone());
    assert_eq!((state.is_stale(), state.fetched_at), (true, Some(now())));
    assert_eq!(rows(&state).len(), 1, "what was there stays");

    let never = then(vec![started()], actions);
    assert!(!never.is_stale(), "there is no earlier view");
}

#[test]
fn the_browser_losing_its_connection_makes_the_view_stale_until_it_has_it_again() {
    let offline = then(all_done(), [Action::Offline(true)]);
    assert_eq!((offline.offline, offline.is_stale()), (true, true));
    let online = offline.reduce(Action::Offline(false));
    assert_eq!((online.offline, online.is_stale()), (false, false));
}

#[test]
fn nothing_opens_a_session_that_is_over() {
    for end in [
        failed(Part::Plan, ProblemKind::Unauthorized),
        Action::OtherPatient,
    ] {
        let over = then(all_done(), [end]);
        let id = over.phase.id();
        let state = over
            .reduce(Action::Refreshing { period: PERIOD })
            .reduce(Action::Retrying(Part::Plan))
            .reduce(Action::Complete);
        assert_eq!((state.phase.id(), state.is_busy()), (id, false));
    }
}

#[test]
fn a_row_opens_and_closes_and_only_one_is_open() {
    let toggle = |known: Known| Action::Toggle(known.into());
    assert_eq!(
        after([toggle(Known::Spo2), toggle(Known::Pulse)]).open,
        Some(Known::Pulse.into())
    );
    assert_eq!(after([toggle(Known::Spo2), toggle(Known::Spo2)]).open, None);
}

#[test]
fn another_period_is_awaited_and_the_rest_stays() {
    let day = Date::parse("2026-05-02").unwrap();
    let choice = PeriodChoice::Between { from: day, to: day };
    let state = then(
        all_done(),
        [Action::PeriodChosen {
            period: PERIOD,
            choice,
        }],
    );
    assert_eq!((state.period, state.choice), (Some(PERIOD), choice));
    assert_eq!(
        (state.period_fetch, state.latest_fetch),
        (Fetch::Waiting, Fetch::Done)
    );
    assert_eq!(state.phase.id(), "ready");
}

#[test]
fn what_is_only_about_the_view_does_not_make_rows_anew() {
    let state = then(all_done(), []);
    let revision = state.revision;
    let view_only = [
        Action::Toggle(Known::Spo2.into()),
        Action::Language(Lang::English),
        Action::Picker(true),
        Action::Offline(true),
        Action::Restyled,
    ];
    let state = view_only.into_iter().fold(state, State::reduce);
    assert_eq!(
        (state.revision, state.picker_open, state.lang),
        (revision, true, Lang::English)
    );
    assert_ne!(state.reduce(arranged(&["spo2"], &[])).revision, revision);
}
