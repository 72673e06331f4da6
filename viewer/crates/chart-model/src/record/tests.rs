//! What a document is stamped with, and when two of it are one.

use super::*;
use crate::reading::Reading;
use crate::series::Point;
use crate::testing::{reading, spo2};
use crate::{accept, oslo, time::DAY_MS};

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
        beside: Vec::new(),
        incomplete: Vec::new(),
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
    let mut by_another = first.clone();
    by_another.stamp.by.name = "Sol".to_owned();
    let mut with_less_understood = first;
    with_less_understood.stamp.not_understood += 1;
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
        (with_less_understood, "more that could not be understood"),
    ] {
        assert_ne!(other.fingerprint(), print, "{why}");
    }
}

/// One every five minutes, from the oldest on; the last but one of each day below what the others are.
fn every_five_minutes(days: i64) -> Vec<Reading> {
    let until = instant("2026-11-22T00:00:00+01:00");
    let readings = (0..days * 288).map(|number| {
        let at = until - days * DAY_MS + number * 300_000;
        let value = if number % 288 == 286 { "70" } else { "95" };
        reading(&number.to_string(), &oslo::to_fhir(at), value)
    });
    readings.collect()
}

#[test]
fn more_readings_than_a_table_can_bear_stand_in_it_day_by_day() {
    let few = record(some(), instant(NOW), None);
    assert!(matches!(few.sections[0].table(), Table::Readings(rows) if rows.len() == 3));
    let many = record(every_five_minutes(3), instant(NOW), None);
    let Table::Days(days) = many.sections[0].table() else {
        panic!("{} rows", many.sections[0].rows().len());
    };
    let said: Vec<_> = days
        .iter()
        .map(|day| {
            let [Some(sum), None] = day.numbers else {
                panic!("{day:?}")
            };
            (
                day.date.day,
                day.n,
                sum.min.to_string(),
                sum.mean.to_string(),
                sum.max.to_string(),
            )
        })
        .collect();
    let of = |day| (day, 288, "70".to_owned(), "95".to_owned(), "95".to_owned());
    assert_eq!(said, [of(21), of(20), of(19)], "newest first");
    assert_eq!(days.iter().map(|day| day.n).sum::<usize>(), many.stamp.readings);
}

#[test]
fn a_thinned_chart_keeps_both_ends_of_every_stretch() {
    let record = record(every_five_minutes(90), instant(NOW), None);
    let section = &record.sections[0];
    let places = section.drawn_places();
    assert!(section.is_thinned() && places.len() < 1_500, "{}", places.len());
    assert!(places.is_sorted_by(|one, next| one < next), "each once, in order");
    let point = |place: &usize| &section.series.points[*place];
    let low = |point: &&Point| point.numbers[0] < 80.0;
    let kept = places.iter().map(point).filter(low).count();
    assert_eq!(kept, section.series.points.iter().filter(low).count());
    assert_eq!(
        (places.first(), places.last()),
        (Some(&0), Some(&(section.series.points.len() - 1)))
    );
}
