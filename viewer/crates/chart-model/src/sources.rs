//! Readings of several sources beside each other: where two devices, or two sources, disagree. Which readings are the same
//! one is decided in `accept`; nothing is fetched here.

use std::rc::Rc;

use crate::reading::Reading;
use crate::series::Point;
use crate::time::MINUTE_MS;

/// What another device, or another source, measured in the same minute with another result. `points` are in order of
/// time.
pub fn other_result<'a>(points: &'a [Point], reading: &Reading) -> Option<&'a Rc<Reading>> {
    let minute = |reading: &Reading| reading.time.axis_ms().div_euclid(MINUTE_MS);
    let start = points.partition_point(|point| minute(&point.reading) < minute(reading));
    let mut near = points
        .get(start..)?
        .iter()
        .map(|point| &point.reading)
        .take_while(|other| minute(other) == minute(reading));
    near.find(|other| {
        other.time.has_clock()
            && reading.time.has_clock()
            && are_told_apart(reading, other)
            && reading.values.text() != other.values.text()
    })
}

/// By their devices where both name one, else by their sources.
fn are_told_apart(one: &Reading, other: &Reading) -> bool {
    match (&one.device, &other.device) {
        (Some(one), Some(other)) => one != other,
        _ => !one.sources.iter().any(|source| other.sources.contains(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::assess;
    use crate::testing::{reading, spo2};
    use crate::{ClinicalTime, accept, oslo};
    use proptest::prelude::*;

    fn now() -> i64 {
        ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms()
    }

    fn from(id: &str, time: &str, value: &str, source: &str, device: &str) -> Reading {
        Reading {
            sources: vec![source.into()],
            device: (!device.is_empty()).then(|| device.into()),
            ..reading(id, time, value)
        }
    }

    const AT: &str = "2026-11-20T08:12:37+01:00";
    const MINUTE: &str = "2026-11-20T08:12:00+01:00";

    #[test]
    fn a_copy_in_another_system_is_the_same_reading_and_names_both() {
        for (copy, distinct) in [
            (from("b", AT, "91", "gerica", ""), 1),
            (from("b", MINUTE, "91", "gerica", ""), 1),
            (from("b", "2026-11-20T08:12+01:00", "91", "gerica", ""), 1),
            (from("b", MINUTE, "91", "gerica", "oximeter"), 1),
            (from("b", MINUTE, "91", "gerica", "another"), 2),
            (from("b", MINUTE, "92", "gerica", ""), 2),
            (from("b", "2026-11-20T08:13:00+01:00", "91", "gerica", ""), 2),
            (from("b", "2026-11-20T08:12:37.4+01:00", "91", "gerica", ""), 1),
            (from("b", "2026-11-20T07:12:37Z", "91", "gerica", ""), 1),
            (from("b", "2026-11-20T07:12:37+01:00", "91", "gerica", ""), 2),
            (from("b", "2026-11-20T08:14:00+01:00", "91", "gerica", ""), 2),
            (from("b", "2026-11-20T08:12:05+01:00", "91", "gerica", ""), 2),
            (from("b", "2026-11-20", "91", "gerica", ""), 2),
            (from("b", MINUTE, "91", "dignio", ""), 2),
            (from("b", MINUTE, "91", "dignio", "oximeter"), 2),
        ] {
            let vendor = from("a", AT, "91", "dignio", "oximeter");
            for both in [
                vec![vendor.clone(), copy.clone()],
                vec![copy.clone(), vendor.clone()],
            ] {
                let accepted = accept(both, now());
                assert_eq!(accepted.count(), distinct, "{copy:?}");
                assert_eq!(accepted.count() + accepted.excluded().len(), 2, "{copy:?}");
                if distinct == 1 {
                    let list = accepted.of(&spo2());
                    assert_eq!(list[0].device.as_deref(), Some("oximeter"), "{copy:?}");
                    assert_eq!(list[0].sources.len(), 2, "{copy:?}");
                }
            }
        }
    }

    #[test]
    fn three_systems_with_two_devices_between_them_are_two_readings() {
        let all = [
            from("a", AT, "91", "dignio", "oximeter"),
            from("b", MINUTE, "91", "gerica", ""),
            from("c", AT, "91", "tellu", "ring"),
        ];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let accepted = accept(order.map(|at: usize| all[at].clone()).into(), now());
            assert_eq!(accepted.count(), 2, "{order:?}");
        }
    }

    #[test]
    fn two_devices_that_disagree_are_both_there_and_said_to_disagree() {
        let accepted = accept(
            vec![
                from("a", AT, "91", "dignio", "oximeter"),
                from("b", AT, "86", "tellu", "ring"),
                from("c", "2026-11-20T09:00:00+01:00", "90", "dignio", "oximeter"),
            ],
            now(),
        );
        let points: Vec<Point> = accepted
            .of(&spo2())
            .iter()
            .map(|reading| assess(reading, None))
            .collect();
        let beside = |at: usize| other_result(&points, &points[at].reading).map(|other| other.id.to_string());
        assert_eq!(
            [0, 1, 2].map(beside),
            [Some("b".to_owned()), Some("a".to_owned()), None]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_two_devices_are_merged(
            rows in prop::collection::vec((0_i64..4, 0_i64..60, 90_i64..92, 0_u8..3, 0_u8..3), 0..30),
            turn in 0_usize..30,
        ) {
            let mut all: Vec<Reading> = rows.iter().enumerate().map(|(id, (minute, second, value, source, device))| {
                let second = if second % 2 == 0 { 0 } else { *second };
                let time = oslo::to_fhir(now() - minute * MINUTE_MS + second * 1000 - 600_000);
                let device = if *device == 0 { String::new() } else { device.to_string() };
                from(&id.to_string(), &time, &value.to_string(), &source.to_string(), &device)
            }).collect();
            let before = all.clone();
            let split = turn.min(all.len());
            all.rotate_left(split);
            let total = all.len();
            let accepted = accept(all, now());
            prop_assert_eq!(accepted.count() + accepted.excluded().len(), total);
            let left: Vec<Reading> = accepted.of(&spo2()).iter().map(|r| Reading::clone(r)).collect();
            for reading in before.iter().filter(|reading| reading.device.is_some()) {
                let is_it = |other: &&Reading| other.device == reading.device
                    && other.values.text() == reading.values.text()
                    && (other.time.start_ms() - reading.time.start_ms()).abs() < MINUTE_MS;
                prop_assert!(left.iter().any(|other| is_it(&other)), "{reading:?}");
            }
            prop_assert!(left.windows(2).all(|pair| pair[0].time.axis_ms() <= pair[1].time.axis_ms()));
        }
    }
}
