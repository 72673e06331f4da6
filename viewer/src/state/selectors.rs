//! Questions that components ask of the [`State`]: pure, and the only place where readings, plan and
//! period are put together.

use std::rc::Rc;

use chart_model::accept::latest;
use chart_model::series::{Point, Series, assess, own_sets};
use chart_model::{Finding, Known, Parameter, PlanSummary, RangeSet, Reading};

use super::{Fetch, Problem, State};

/// One row of the latest values, ready to draw.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What it shows.
    pub(crate) parameter: Parameter,
    /// The newest reading that can be right, with its zone; `None` if there has never been one.
    pub(crate) latest: Option<Point>,
    /// An implausible reading that is newer than `latest`.
    pub(crate) newer_implausible: Option<Rc<Reading>>,
    /// The limits shown as text, one set per number: the plan's current ones, else those of the
    /// newest reading.
    pub(crate) limits: [Option<Rc<RangeSet>>; 2],
    /// The period's trend; feeds the sparkline too.
    pub(crate) series: Rc<Series>,
    /// The period's readings are still on their way.
    pub(crate) waiting: bool,
    /// The period's readings, or some of them, did not come.
    pub(crate) problem: Option<Rc<Problem>>,
}

/// The rows in the order shown: the plan's, then the table's, then other codes by name. The order
/// never depends on how severe a reading is. Empty until the period is known.
pub(crate) fn rows(state: &State) -> Vec<Row> {
    let Some(period) = state.period else {
        return Vec::new();
    };
    let plan = state.plan.as_deref();
    let mut present: Vec<(&Parameter, &Rc<Vec<Rc<Reading>>>)> = state.readings.iter().collect();
    present.sort_by_key(|(parameter, _)| rank(parameter, plan));
    let problem = match (&state.period_fetch, &state.latest_fetch) {
        (Fetch::Failed(problem), _) | (_, Fetch::Failed(problem)) => Some(Rc::clone(problem)),
        _ => None,
    };
    // As long as the plan has not been read, nobody knows that there is no limit.
    let plan_is_known = state.plan_fetch == Fetch::Done;
    let row = |(parameter, readings): (&Parameter, &Rc<Vec<Rc<Reading>>>)| {
        let current = plan.and_then(|plan| plan.limits_of(parameter));
        let newest = latest(readings);
        let mut newest_point = newest.map(|reading| assess(reading, current));
        let mut series = Series::build(parameter, readings, &state.excluded, plan, period);
        if !plan_is_known {
            newest_point.iter_mut().for_each(Point::limits_unknown);
            series.limits_unknown();
        }
        let newer_implausible = readings.last().filter(|last| last.is_implausible()).cloned();
        Row {
            parameter: parameter.clone(),
            latest: newest_point,
            newer_implausible,
            limits: match (current, newest) {
                (Some(limits), _) => limits.sets.clone(),
                (None, Some(reading)) => own_sets(reading),
                (None, None) => [None, None],
            },
            series: Rc::new(series),
            waiting: state.period_fetch == Fetch::Waiting,
            problem: problem.clone(),
        }
    };
    present.into_iter().map(row).collect()
}

/// What is to be said of the readings in the rows although they are shown: as findings, oldest first.
pub(crate) fn remarks(rows: &[Row]) -> Vec<Finding> {
    let points = rows
        .iter()
        .flat_map(|row| row.series.points.iter().chain(&row.series.implausible));
    let of_point = |point: &Point| {
        let finding = |kind| Finding {
            kind,
            resource: format!("Observation/{}", point.reading.id),
            detail: String::new(),
        };
        point.remarks().into_iter().map(finding).collect::<Vec<_>>()
    };
    points.flat_map(of_point).collect()
}

fn rank<'a>(parameter: &'a Parameter, plan: Option<&PlanSummary>) -> (usize, usize, &'a Parameter) {
    let in_plan = plan
        .and_then(|plan| {
            plan.limits
                .iter()
                .position(|limits| limits.parameter == *parameter)
        })
        .unwrap_or(usize::MAX);
    let in_table = match parameter {
        Parameter::Known(known) => Known::ALL.iter().position(|k| k == known).unwrap_or(usize::MAX),
        Parameter::Other(_) => usize::MAX,
    };
    (in_plan, in_table, parameter)
}

#[cfg(test)]
mod tests {
    use chart_model::{
        ClinicalTime, Component, CurrentLimits, Decimal, FindingKind, Method, Period, Quantity, Status,
        Values, Zone, accept,
    };

    use super::*;
    use crate::state::ProblemKind;

    fn now() -> i64 {
        ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms()
    }

    fn reading(known: Known, id: &str, time: &str, value: &str) -> Reading {
        let shown = Decimal::parse(value).unwrap();
        let quantity = Quantity {
            shown,
            comparator: None,
            as_sent_unit: None,
            source_text: None,
        };
        Reading {
            id: id.into(),
            parameter: known.into(),
            time: ClinicalTime::parse(time).unwrap(),
            end: None,
            values: Values::Single(Component {
                quantity,
                ranges: None,
                interpretation: None,
            }),
            status: Status::Final,
            method: Method::Device,
            sources: vec!["vkp".into()],
            device: None,
            identifiers: Vec::new(),
            note: None,
            remarks: Vec::new(),
        }
    }

    fn state(readings: Vec<Reading>) -> State {
        State {
            period: Some(Period::last_days(90, now())),
            readings: accept(readings, now()).readings(),
            period_fetch: Fetch::Done,
            plan_fetch: Fetch::Done,
            ..State::default()
        }
    }

    #[test]
    fn while_the_plan_is_not_known_nobody_says_that_there_is_no_limit() {
        let mut state = state(vec![reading(Known::Spo2, "a", "2026-11-21T08:00:00+01:00", "91")]);
        let zones = |state: &State| {
            let row = rows(state).remove(0);
            (row.latest.map(|point| point.zone), row.series.points[0].zone)
        };
        assert_eq!(zones(&state), (Some(Zone::NoLimit), Zone::NoLimit));
        let problem = Problem {
            kind: ProblemKind::Server,
            host: "ehr.example".into(),
            detail: String::new(),
        };
        for fetch in [Fetch::Waiting, Fetch::Failed(Rc::new(problem))] {
            state.plan_fetch = fetch;
            assert_eq!(zones(&state), (Some(Zone::Unknown), Zone::Unknown));
        }
    }

    #[test]
    fn what_is_odd_about_a_shown_reading_is_a_finding() {
        let mut odd = reading(Known::Spo2, "a", "2026-11-21T08:00:00+01:00", "91");
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
    fn rows_stand_in_the_plans_order_then_the_tables_and_never_by_severity() {
        let time = "2026-11-21T08:00:00+01:00";
        let mut state = state(vec![
            reading(Known::Pulse, "a", time, "72"),
            reading(Known::Spo2, "b", time, "91"),
            reading(Known::Weight, "c", time, "84.2"),
        ]);
        let ids = |state: &State| {
            rows(state)
                .iter()
                .map(|row| row.parameter.id())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&state), ["spo2", "pulse", "weight"]);
        let limits = vec![CurrentLimits {
            parameter: Known::Weight.into(),
            sets: [None, None],
            since: 0,
        }];
        state.plan = Some(Rc::new(PlanSummary {
            limits,
            ..PlanSummary::default()
        }));
        assert_eq!(ids(&state), ["weight", "spo2", "pulse"]);
    }

    #[test]
    fn the_latest_value_may_be_older_than_the_period_and_an_implausible_one_is_named_beside_it() {
        let state = state(vec![
            reading(Known::Spo2, "old", "2026-05-02T08:00:00+02:00", "91"),
            reading(Known::Spo2, "wrong", "2026-11-21T08:00:00+01:00", "9"),
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
    fn a_row_says_whether_its_readings_are_awaited_missing_or_all_there() {
        let mut state = state(vec![reading(Known::Spo2, "a", "2026-11-21T08:00:00+01:00", "91")]);
        assert_eq!(
            rows(&state)
                .iter()
                .map(|row| (row.waiting, row.problem.is_some()))
                .collect::<Vec<_>>(),
            [(false, false)]
        );
        state.period_fetch = Fetch::Waiting;
        assert!(rows(&state)[0].waiting);
        let problem = Problem {
            kind: ProblemKind::Server,
            host: "ehr.example".into(),
            detail: String::new(),
        };
        state.period_fetch = Fetch::Failed(Rc::new(problem));
        assert!(rows(&state)[0].problem.is_some());
    }
}
