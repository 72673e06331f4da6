//! Several servers as one view: what is one reading, whose limits win, and how much is looked at anew.

use super::super::same::LOOKED_AT;
use super::super::{accept, latest};
use super::*;
use crate::reading::Values;
use crate::testing::{reading, spo2};
use crate::time::MINUTE_MS;
use crate::{Bounds, ClinicalTime, Decimal, Known, LimitRange, RangeSet, Severity, oslo};

const AT: &str = "2026-11-20T08:12:37+01:00";
const MINUTE: &str = "2026-11-20T08:12:00+01:00";

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

fn of(id: &str, time: &str, source: &str, device: &str) -> Reading {
    Reading {
        sources: vec![source.into()],
        device: (!device.is_empty()).then(|| device.into()),
        ..reading(id, time, "91")
    }
}

fn with_limits(mut reading: Reading, severity: Severity) -> Reading {
    if let Values::Single(part) = &mut reading.values {
        part.ranges = Some(Rc::new(RangeSet {
            ranges: vec![LimitRange {
                bounds: Bounds {
                    low: Decimal::parse("88"),
                    high: None,
                },
                severity,
            }],
            problem: None,
        }));
    }
    reading
}

fn together(servers: &[(&str, Vec<Reading>)]) -> Together {
    let servers: Vec<_> = servers
        .iter()
        .map(|(name, readings)| (*name, accept(readings.clone(), now())))
        .collect();
    let places: Vec<_> = servers
        .iter()
        .map(|(name, accepted)| Place { name, accepted })
        .collect();
    let mut together = Together::default();
    together.renew(&places);
    together
}

fn list(together: &Together) -> Rc<Vec<Rc<Reading>>> {
    together.readings().get(&spo2()).cloned().unwrap_or_default()
}

#[test]
fn a_reading_that_two_servers_pass_on_of_one_system_is_there_once_and_names_who_has_it() {
    let both = together(&[
        ("hub", vec![of("a", AT, "https://vendor.example", "")]),
        ("vendor", vec![of("b", AT, "https://vendor.example", "")]),
    ]);
    let list = list(&both);
    assert_eq!((list.len(), both.excluded().len()), (1, 1));
    assert_eq!(list[0].sources.len(), 2, "{:?}", list[0].sources);
}

#[test]
fn a_device_is_known_by_its_name_at_another_server_and_not_by_its_reference() {
    for (one, other, distinct) in [
        ("Nonin 3230 (Device/7)", "Nonin 3230 (Device/99)", 1),
        ("Nonin 3230 (Device/7)", "Nonin 3230", 1),
        ("Nonin 3230 (Device/7)", "Device/99", 1),
        ("Device/7", "Device/99", 1),
        ("Nonin 3230 (Device/7)", "Beurer PO 60 (Device/7)", 2),
    ] {
        let both = together(&[
            ("a", vec![of("a", AT, "x", one)]),
            ("b", vec![of("b", AT, "y", other)]),
        ]);
        assert_eq!(list(&both).len(), distinct, "{one} {other}");
    }
}

#[test]
fn two_readings_of_one_server_are_never_made_one_by_a_copy() {
    let both = together(&[
        (
            "vendor",
            vec![
                of("a", AT, "v", ""),
                of("b", "2026-11-20T08:12:50+01:00", "v", ""),
            ],
        ),
        ("lab", vec![of("c", MINUTE, "l", "")]),
    ]);
    assert_eq!((list(&both).len(), both.excluded().len()), (2, 1));
}

#[test]
fn the_vendors_limits_win_over_a_copy_without_and_over_the_laboratorys_normal_range() {
    let vendor = || with_limits(of("a", AT, "vendor", ""), Severity::Green);
    for copy in [
        of("b", MINUTE, "lab", "Nonin 3230"),
        with_limits(of("b", MINUTE, "lab", "Nonin 3230"), Severity::Standard),
    ] {
        for servers in [
            [("vendor", vec![vendor()]), ("lab", vec![copy.clone()])],
            [("lab", vec![copy.clone()]), ("vendor", vec![vendor()])],
        ] {
            let list = list(&together(&servers));
            assert_eq!(list.len(), 1);
            let part = list[0].values.components().next().unwrap();
            assert!(part.ranges.as_ref().is_some_and(|set| set.is_personal()));
            assert_eq!(list[0].time.text(), AT);
            assert_eq!(list[0].device.as_deref(), Some("Nonin 3230"));
        }
    }
}

#[test]
fn an_identifier_tells_a_copy_wherever_in_time_it_has_been_put() {
    let numbered = |id: &str, time: &str, value: &str, numbers: &[&str]| Reading {
        identifiers: numbers.iter().map(|number| (*number).into()).collect(),
        ..reading(id, time, value)
    };
    let all = together(&[
        ("a", vec![numbered("a", AT, "91", &["x|1"])]),
        (
            "b",
            vec![numbered("b", "2026-11-20T11:00:00+01:00", "92", &["x|1", "y|1"])],
        ),
        (
            "c",
            vec![numbered("c", "2026-11-20T12:00:00+01:00", "91", &["y|1"])],
        ),
    ]);
    assert_eq!((list(&all).len(), all.excluded().len()), (1, 2));
    // The same within one server, in any order.
    for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let rows = [
            numbered("a", AT, "91", &["x|1"]),
            numbered("b", AT, "92", &["x|1", "y|1"]),
            numbered("c", AT, "93", &["y|1"]),
        ];
        let accepted = accept(order.map(|at: usize| rows[at].clone()).into(), now());
        assert_eq!((accepted.count(), accepted.excluded().len()), (1, 2), "{order:?}");
    }
}

#[test]
fn which_server_comes_first_changes_nothing() {
    let servers = [
        ("a", vec![of("a", AT, "a", "")]),
        ("b", vec![of("b", AT, "b", "")]),
        ("c", vec![of("c", MINUTE, "c", "Nonin 3230")]),
    ];
    let kept = [[0, 1, 2], [2, 1, 0], [1, 0, 2]].map(|order| {
        let list = list(&together(&order.map(|at: usize| servers[at].clone())));
        (list.len(), list[0].id.clone())
    });
    assert!(kept.iter().all(|one| *one == kept[0]), "{kept:?}");
    assert_eq!(kept[0].0, 1);
}

/// A year of continuous glucose, every five minutes.
fn glucose(count: i64) -> Vec<Reading> {
    (0..count)
        .map(|number| Reading {
            parameter: Known::Glucose.into(),
            sources: vec!["cgm".into()],
            ..reading(
                &format!("g{number}"),
                &oslo::to_fhir(now() - number * 5 * MINUTE_MS),
                "6.1",
            )
        })
        .collect()
}

#[test]
fn beside_a_year_of_glucose_only_what_is_new_and_shared_is_looked_at() {
    let year = accept(glucose(100_000), now());
    let mut own = accept(vec![of("a", AT, "journal", "")], now());
    let mut lab = accept(Vec::new(), now());
    let mut view = Together::default();
    let mut looked_at = |own: &Accepted, lab: &Accepted| {
        LOOKED_AT.set(0);
        view.renew(&[
            Place {
                name: "own",
                accepted: own,
            },
            Place {
                name: "cgm",
                accepted: &year,
            },
            Place {
                name: "lab",
                accepted: lab,
            },
        ]);
        (LOOKED_AT.get(), view.clone())
    };
    let (looks, first) = looked_at(&own, &lab);
    let glucose_of = |view: &Together| {
        view.readings()
            .get(&Known::Glucose.into())
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(looks, 0, "nothing is in two places");
    assert!(
        Rc::ptr_eq(&glucose_of(&first), &year.of(&Known::Glucose.into())),
        "taken as it is"
    );

    own.add(
        vec![of("b", MINUTE, "journal", "")],
        Vec::new(),
        Vec::new(),
        now(),
    );
    let (looks, second) = looked_at(&own, &lab);
    assert_eq!(looks, 0);
    assert!(Rc::ptr_eq(&glucose_of(&first), &glucose_of(&second)));
    assert_eq!(
        latest(&list(&second)).unwrap().id,
        list(&second).last().unwrap().id
    );

    // Three hundred copies in a laboratory module: each is compared with what is near it.
    let copies = glucose(300).into_iter().map(|reading| Reading {
        sources: vec!["lab".into()],
        ..reading
    });
    lab.add(copies.collect(), Vec::new(), Vec::new(), now());
    let (looks, third) = looked_at(&own, &lab);
    assert!((300..=600).contains(&looks), "{looks}");
    assert_eq!((glucose_of(&third).len(), third.excluded().len()), (100_000, 300));
    let (looks, fourth) = looked_at(&own, &lab);
    assert_eq!(looks, 0, "nothing has changed");
    assert!(Rc::ptr_eq(fourth.excluded(), third.excluded()));
}
