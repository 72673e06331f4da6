//! What a document is stamped with, and when two of it are one.

use super::*;
use crate::reading::Reading;
use crate::testing::{reading, spo2};
use crate::{accept, time::DAY_MS};

fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

fn record(readings: Vec<Reading>, now: i64, plan: Option<&str>) -> Record {
    let accepted = accept(readings, now);
    let period = Period::last_days(90, now);
    let series = Series::build(&spo2(), &accepted.of(&spo2()), accepted.excluded(), None, period);
    let made = Made {
        patient: Identity {
            id: "7".into(),
            ..Identity::default()
        },
        not_understood: 1,
        not_shown: Vec::new(),
        sources: vec![SourceStamp {
            name: "vkp".into(),
            fetched: Some(now),
        }],
        plan: plan.map(|version| PlanStamp {
            id: "p".into(),
            version: version.into(),
            updated: None,
        }),
        by: Author::default(),
        at: now,
    };
    Record::new(vec![Rc::new(series)], period, made)
}

fn some() -> Vec<Reading> {
    let twice = Reading {
        device: Some("d".into()),
        ..reading("b", "2026-11-21T08:00:00+01:00", "91")
    };
    vec![
        reading("a", "2026-11-20T08:00:00+01:00", "90"),
        twice.clone(),
        Reading {
            id: "c".into(),
            ..twice
        },
        reading("d", "2026-11-21T09:00:00+01:00", "3"),
    ]
}

const NOW: &str = "2026-11-22T09:14:00+01:00";

#[test]
fn the_stamp_counts_what_is_in_it_and_what_is_left_out() {
    let record = record(some(), instant(NOW), Some("3"));
    assert_eq!(record.stamp.readings, 2);
    let kinds = [(ExclusionKind::Duplicate, 1), (ExclusionKind::Implausible, 1)];
    assert_eq!(record.stamp.excluded, kinds);
    let rows: Vec<String> = record.sections[0]
        .rows()
        .iter()
        .map(|row| row.reading.values.text())
        .collect();
    assert_eq!(rows, ["3", "91", "90"], "implausible ones stand in the table");
}

#[test]
fn the_same_content_of_the_same_days_has_one_fingerprint() {
    let first = record(some(), instant(NOW), Some("3"));
    let print = first.fingerprint();
    assert_eq!(print.len(), 32);
    assert_eq!(
        record(some(), instant(NOW) + 600_000, Some("3")).fingerprint(),
        print,
        "fetched again"
    );
    let mut other_value = some();
    other_value[0] = reading("a", "2026-11-20T08:00:00+01:00", "89");
    let mut by_another = first;
    by_another.stamp.by.name = "Sol".to_owned();
    for (other, why) in [
        (
            record(some(), instant(NOW), Some("4")),
            "another version of the plan",
        ),
        (record(some(), instant(NOW), None), "no plan"),
        (record(other_value, instant(NOW), Some("3")), "another value"),
        (
            record(some().into_iter().take(1).collect(), instant(NOW), Some("3")),
            "fewer readings",
        ),
        (record(some(), instant(NOW) + DAY_MS, Some("3")), "another day"),
        (by_another, "another user"),
    ] {
        assert_ne!(other.fingerprint(), print, "{why}");
    }
}
