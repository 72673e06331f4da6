//! When the history of limits is asked for.

use chart_model::{Known, accept};

use super::*;
use crate::text::fixtures::{moment, reading, set};

const CHANGED: &str = "2026-10-01T08:00:00+02:00";

#[track_caller]
fn check(readings: &[(&str, bool)], settled: bool, expected: usize, why: &str) {
    let now = moment("2026-11-22T09:14:00+01:00");
    let readings = readings.iter().enumerate().map(|(index, (time, own))| {
        let own = own.then(|| set(&["N 88-"]));
        Reading {
            id: index.to_string().into(),
            ..reading(Known::Spo2, "91", [own, None], time)
        }
    });
    let unread = UnreadHistory {
        goal: "g".to_owned(),
        parameter: Known::Spo2.into(),
        since: moment(CHANGED),
    };
    let answers = PlanAnswers {
        unread: vec![unread.clone(), unread],
        settled: settled.then(|| "g".to_owned()).into_iter().collect(),
        pages: Vec::new(),
        failed: None,
    };
    let readings = accept(readings.collect(), now).readings();
    let wanted = answers.wanted(&readings, Period::last_days(90, now));
    assert_eq!(wanted.len(), expected, "{why}");
}

#[test]
fn a_history_is_asked_for_once_and_only_where_a_reading_on_screen_lacks_it() {
    let (long_ago, before, after) = ("2026-03-01T08:00:00+01:00", "2026-09-20T08:00:00+02:00", CHANGED);
    check(&[], false, 0, "no readings");
    check(
        &[(after, false)],
        false,
        0,
        "measured under the limits that are known",
    );
    check(
        &[(before, false), (after, false)],
        false,
        1,
        "one of the period is older",
    );
    check(&[(before, false)], true, 0, "it has been asked for");
    check(
        &[(before, true), (after, false)],
        false,
        0,
        "it brings its own limits",
    );
    check(
        &[(long_ago, false), (after, false)],
        false,
        0,
        "it is not of the period",
    );
    check(&[(long_ago, false)], false, 1, "it is the latest, and shown");
    check(
        &[("2026-10-01", false)],
        false,
        1,
        "on the day of the change nobody knows",
    );
}
