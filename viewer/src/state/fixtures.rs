//! Readings, plans and problems written short, for the tests of the store.

use std::rc::Rc;

use chart_model::{
    ClinicalTime, Component, Decimal, Known, LimitEra, LimitHistory, Method, Other, Parameter, Period,
    PeriodChoice, PlanSummary, Quantity, Reading, Status, Values, accept,
};

use super::{Action, Arrangement, Opening, Problem, ProblemKind, Role, State};
use crate::text::Lang;

pub(super) const TODAY: &str = "2026-11-21T08:00:00+01:00";

/// An instant, epoch milliseconds.
pub(super) fn at(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

pub(super) fn now() -> i64 {
    at("2026-11-22T09:14:00+01:00")
}

pub(super) fn after(actions: impl IntoIterator<Item = Action>) -> State {
    actions
        .into_iter()
        .fold(State::default().at(now()), State::reduce)
}

pub(super) fn started() -> Action {
    Action::Started(opening())
}

pub(super) fn opening() -> Opening {
    let choice = PeriodChoice::default();
    Opening {
        period: choice.period(now()),
        choice,
        lang: Lang::Bokmal,
        role: Role::Reader,
        need_banner: false,
        reads_plan: true,
        awaits_user: false,
        arrangement: Rc::default(),
        whose: "p".into(),
    }
}

pub(super) fn problem(kind: ProblemKind) -> Rc<Problem> {
    Rc::new(Problem {
        kind,
        host: "ehr.example".into(),
        detail: String::new(),
    })
}

/// A final reading of a device without limits.
pub(super) fn reading(parameter: impl Into<Parameter>, id: &str, time: &str, value: &str) -> Reading {
    let quantity = Quantity {
        shown: Decimal::parse(value).unwrap(),
        comparator: None,
        as_sent_unit: None,
        source_text: None,
    };
    Reading {
        id: id.into(),
        parameter: parameter.into(),
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
        interpretation: None,
        remarks: Vec::new(),
    }
}

/// One reading of today of each.
pub(super) fn one_of_each(known: &[Known]) -> Action {
    readings(
        known
            .iter()
            .map(|known| reading(*known, known.spec().id, TODAY, "60"))
            .collect(),
    )
}

pub(super) fn readings(readings: Vec<Reading>) -> Action {
    Action::Readings {
        readings: accept(readings, now()).readings(),
        excluded: Rc::default(),
        findings: Rc::default(),
        fetched_at: now(),
    }
}

/// A plan with (empty) limits for these, in this order, and planned intervals, milliseconds.
pub(super) fn plan(limits: &[Known], intervals: &[(Known, i64)]) -> Action {
    let limits = limits.iter().map(|known| LimitHistory {
        parameter: (*known).into(),
        eras: vec![Rc::new(LimitEra {
            from: 0,
            to: i64::MAX,
            sets: [None, None],
            author: None,
        })],
        is_complete: true,
    });
    Action::Plan(Some(Rc::new(PlanSummary {
        limits: limits.collect(),
        intervals: intervals
            .iter()
            .map(|(known, interval)| ((*known).into(), *interval))
            .collect(),
        ..PlanSummary::default()
    })))
}

pub(super) fn other(code: &str) -> Parameter {
    Parameter::Other(Rc::new(Other {
        system: "urn:x".into(),
        code: code.into(),
        text: code.into(),
        unit: "".into(),
    }))
}

pub(super) fn arranged(order: &[&str], hidden: &[&str]) -> Action {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Action::Arranged(Rc::new(Arrangement {
        order: ids(order),
        hidden: ids(hidden),
    }))
}

/// Any other period.
pub(super) const PERIOD: Period = Period { from: 10, to: 2_000 };
