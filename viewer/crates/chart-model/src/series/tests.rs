//! Trends: zones by the limits of their time, gaps, limit steps, each rule as a row.

mod eras;
mod line;
mod zones;

use super::*;
use crate::accept;
use crate::limit_history::{LimitEra, LimitHistory};
use crate::limits::{Bounds, LimitRange, Severity, Side};
use crate::reading::Values;
use crate::testing::{component, reading, spo2};
use crate::time::{ClinicalTime, DAY_MS, HOUR_MS, MINUTE_MS};
use crate::{Decimal, Known, Zone};

fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

fn now() -> i64 {
    instant("2026-11-22T09:14:00+01:00")
}

fn green_from(low: i64) -> Rc<RangeSet> {
    let bounds = Bounds {
        low: Some(Decimal::new(low, 0)),
        high: None,
    };
    Rc::new(RangeSet {
        ranges: vec![LimitRange {
            severity: Severity::Green,
            bounds,
        }],
        problem: None,
    })
}

fn with_limits(id: &str, time: &str, value: &str, ranges: &Rc<RangeSet>) -> Reading {
    Reading {
        values: Values::Single(component(value, Some(Rc::clone(ranges)))),
        ..reading(id, time, value)
    }
}

fn build(readings: Vec<Reading>, plan: Option<&PlanSummary>) -> Series {
    let accepted = accept(readings, now());
    Series::build(
        &spo2(),
        &accepted.of(&spo2()),
        accepted.excluded(),
        plan,
        Period::last_days(90, now()),
    )
}

fn daily(days: &[i64]) -> Vec<Reading> {
    let at = |day: &i64| oslo::to_fhir(now() - day * DAY_MS - HOUR_MS);
    days.iter()
        .map(|day| reading(&day.to_string(), &at(day), "91"))
        .collect()
}

fn plan(interval: Option<i64>, limits: Option<(Rc<RangeSet>, &str)>) -> PlanSummary {
    PlanSummary {
        intervals: interval.map(|interval| (spo2(), interval)).into_iter().collect(),
        limits: limits
            .map(|(set, since)| history(&[(since, "", set)]))
            .into_iter()
            .collect(),
        ..PlanSummary::default()
    }
}

/// Limits of the plan, each from one time to another (none: still), set by `Lege <number>`.
fn history(eras: &[(&str, &str, Rc<RangeSet>)]) -> LimitHistory {
    let eras = eras.iter().enumerate().map(|(index, (from, to, set))| {
        Rc::new(LimitEra {
            from: instant(from),
            to: if to.is_empty() { i64::MAX } else { instant(to) },
            sets: [Some(Rc::clone(set)), None],
            author: Some(format!("Lege {}", index + 1).into()),
        })
    });
    LimitHistory {
        parameter: spo2(),
        eras: eras.collect(),
        is_complete: false,
    }
}
