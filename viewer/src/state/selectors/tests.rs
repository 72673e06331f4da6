//! What rows, choices and remarks are made of, in tables.

use chart_model::{FindingKind, Known, Zone};
use proptest::prelude::*;

use super::*;
use crate::state::fixtures::{
    TODAY, after, arranged, one_of_each, other, plan, problem, reading, readings, started,
};
use crate::state::{Action, Part, ProblemKind};

/// Everything has answered; there is no plan.
fn state(readings_of: Vec<Reading>) -> State {
    let done = [Part::Patient, Part::Latest, Part::Period, Part::Plan];
    let mut actions = vec![started(), readings(readings_of)];
    actions.extend(done.map(|part| Action::Fetched(part, Ok(()))));
    actions.push(Action::Complete);
    after(actions)
}

fn ids(state: &State) -> Vec<String> {
    rows(state).iter().map(|row| row.parameter.id()).collect()
}

#[test]
fn while_the_plan_is_not_known_nobody_says_that_there_is_no_limit() {
    let state = state(vec![reading(Known::Spo2, "a", TODAY, "91")]);
    let zones = |state: &State| {
        let row = rows(state).remove(0);
        (row.latest.map(|point| point.zone), row.series.points[0].zone)
    };
    assert_eq!(zones(&state), (Some(Zone::NoLimit), Zone::NoLimit));
    let failed = || Action::Fetched(Part::Plan, Err(problem(ProblemKind::Server)));
    let never_read = State {
        plan_known: false,
        ..state.clone()
    };
    assert_eq!(zones(&never_read), (Some(Zone::Unknown), Zone::Unknown));
    assert_eq!(zones(&never_read.reduce(failed())).1, Zone::Unknown);
    let in_part = state.clone().reduce(plan(&[], &[])).reduce(failed());
    assert_eq!(zones(&in_part).1, Zone::Unknown);
    // What was read before is still the best that is known.
    let refreshing = state.reduce(Action::Refreshing {
        period: crate::state::fixtures::PERIOD,
    });
    let zone = |state: &State| rows(state).remove(0).latest.map(|point| point.zone);
    assert_eq!(zone(&refreshing), Some(Zone::NoLimit));
    assert_eq!(zone(&refreshing.reduce(failed())), Some(Zone::NoLimit));
}

#[test]
fn what_is_odd_about_a_shown_reading_is_a_finding() {
    let mut odd = reading(Known::Spo2, "a", TODAY, "91");
    odd.remarks = vec![FindingKind::LimitReversed];
    let wrong = reading(Known::Spo2, "b", "2026-11-21T09:00:00+01:00", "9");
    let found = remarks(&rows(&state(vec![odd, wrong])));
    let found: Vec<_> = found.iter().map(|f| (f.kind, &*f.resource)).collect();
    assert_eq!(
        found,
        [
            (FindingKind::LimitReversed, "Observation/a"),
            (FindingKind::Implausible, "Observation/b")
        ]
    );
}

#[test]
fn rows_stand_in_the_plans_order_then_the_tables_then_other_codes_and_never_by_severity() {
    let measured = || {
        readings(vec![
            reading(Known::Pulse, "a", TODAY, "250"),
            reading(Known::Spo2, "b", TODAY, "91"),
            reading(other("cough"), "c", TODAY, "1"),
            reading(Known::Weight, "d", TODAY, "84.2"),
        ])
    };
    let all = |limits: &[Known]| {
        after([
            started(),
            measured(),
            plan(limits, &[]),
            Action::Fetched(Part::Latest, Ok(())),
            Action::Fetched(Part::Plan, Ok(())),
        ])
    };
    assert_eq!(ids(&all(&[])), ["spo2", "pulse", "weight", "urn:x|cough"]);
    assert_eq!(
        ids(&all(&[Known::Weight, Known::Fev1, Known::Pulse])),
        ["weight", "pulse", "spo2", "urn:x|cough"]
    );
}

#[test]
fn the_doctors_own_order_and_choice_come_first() {
    let of_each = |known: &[Known]| {
        known
            .iter()
            .map(|k| reading(*k, k.spec().id, TODAY, "60"))
            .collect()
    };
    let state = state(of_each(&[Known::Spo2, Known::Pulse, Known::Weight]));
    for (order, hidden, shown) in [
        (&[][..], &[][..], &["spo2", "pulse", "weight"][..]),
        (&["weight", "spo2"], &[], &["weight", "spo2", "pulse"]),
        (&["weight", "steps"], &["spo2"], &["weight", "pulse"]),
        (&["pulse"], &["spo2", "pulse", "weight"], &[]),
    ] {
        let state = state.clone().reduce(arranged(order, hidden));
        assert_eq!(ids(&state), shown, "{order:?} {hidden:?}");
        assert_eq!(choices(&state).len(), 3, "what is hidden can be chosen again");
    }
}

#[test]
fn what_the_plan_names_can_be_chosen_before_it_is_measured() {
    let state = after([
        started(),
        one_of_each(&[Known::Spo2, Known::Pulse]),
        plan(&[Known::Pulse, Known::Fev1], &[(Known::Weight, 1)]),
        Action::Fetched(Part::Latest, Ok(())),
        Action::Fetched(Part::Plan, Ok(())),
        arranged(&[], &["spo2"]),
    ]);
    let seen: Vec<_> = choices(&state)
        .into_iter()
        .map(|choice| {
            (
                choice.parameter.id(),
                choice.shown,
                choice.has_limits,
                choice.has_readings,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("pulse".to_owned(), true, true, true),
            ("spo2".to_owned(), false, false, true),
            ("fev1".to_owned(), true, true, false),
            ("weight".to_owned(), true, false, false),
        ]
    );
    assert_eq!(ids(&state), ["pulse"]);
}

#[test]
fn the_latest_value_may_be_older_than_the_period_and_an_implausible_one_is_named_beside_it() {
    let state = state(vec![
        reading(Known::Spo2, "old", "2026-05-02T08:00:00+02:00", "91"),
        reading(Known::Spo2, "wrong", TODAY, "9"),
    ]);
    let [row] = &rows(&state)[..] else {
        panic!("one row")
    };
    assert_eq!(row.latest.as_ref().map(|point| &*point.reading.id), Some("old"));
    assert_eq!(
        row.newer_implausible.as_ref().map(|reading| &*reading.id),
        Some("wrong")
    );
    assert_eq!((row.series.points.len(), row.series.implausible.len()), (0, 1));
}

#[test]
fn a_row_tells_the_change_since_the_reading_before_however_old_that_is() {
    let state = state(vec![
        reading(Known::Weight, "a", "2026-05-02T08:00:00+02:00", "83.5"),
        reading(Known::Weight, "b", TODAY, "84.2"),
    ]);
    let change = rows(&state).remove(0).change.unwrap();
    assert_eq!(change.by[0].unwrap().to_string(), "0.7");
    assert_eq!(&*change.previous.id, "a");
}

#[test]
fn a_row_says_whether_its_readings_are_awaited_missing_or_all_there() {
    let mut state = state(vec![reading(Known::Spo2, "a", TODAY, "91")]);
    let seen = |state: &State| {
        let rows = rows(state);
        rows.iter()
            .map(|row| (row.waiting, row.problem.is_some()))
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&state), [(false, false)]);
    state.period_fetch = Fetch::Waiting;
    assert_eq!(seen(&state), [(true, false)]);
    state.period_fetch = Fetch::Failed(problem(ProblemKind::Server));
    assert_eq!(seen(&state), [(false, true)]);
}

proptest! {
    #[test]
    fn every_parameter_has_exactly_one_choice_and_at_most_one_row(
        measured in prop::collection::vec(0_usize..11, 0..11),
        order in prop::collection::vec(0_usize..11, 0..11),
        hidden in prop::collection::vec(0_usize..11, 0..11),
        planned in prop::collection::vec(0_usize..11, 0..5),
    ) {
        let known = |places: &[usize]| places.iter().map(|place| Known::ALL[*place]).collect::<Vec<_>>();
        let names = |places: &[usize]| known(places).iter().map(|known| known.spec().id).collect::<Vec<_>>();
        let state = after([
            started(),
            one_of_each(&known(&measured)),
            plan(&known(&planned), &[]),
            Action::Fetched(Part::Latest, Ok(())),
            Action::Fetched(Part::Plan, Ok(())),
            arranged(&names(&order), &names(&hidden)),
        ]);
        let mut chosen: Vec<_> = choices(&state).iter().map(|choice| choice.parameter.id()).collect();
        let mut expected: Vec<_> = names(&measured).iter().chain(&names(&planned)).map(|id| (*id).to_owned()).collect();
        let shown: Vec<_> = choices(&state)
            .into_iter()
            .filter(|choice| choice.shown && choice.has_readings)
            .map(|choice| choice.parameter.id())
            .collect();
        prop_assert_eq!(ids(&state), shown, "rows are the choices that are shown, in their order");
        chosen.sort();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(chosen, expected);
    }
}
