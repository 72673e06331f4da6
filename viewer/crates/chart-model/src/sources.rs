//! Readings of several sources in one view: how much each has given and how fresh it is, and where two devices disagree.
//! Which readings are the same one is decided in `accept`; nothing is fetched here.

use std::rc::Rc;

use crate::accept::Readings;
use crate::reading::Reading;
use crate::time::MINUTE_MS;
use crate::{ClinicalTime, order};

/// What one source has given.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Its name.
    pub source: Rc<str>,
    /// Readings that came from it; one that several sources have counts for each.
    pub readings: usize,
    /// When the newest of them was taken.
    pub newest: Option<ClinicalTime>,
}

/// What each source has given, the freshest first. Readings that cannot be right make no source fresh.
pub fn shares(readings: &Readings) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for reading in readings.values().flat_map(|list| list.iter()) {
        for source in &reading.sources {
            let at = shares.iter().position(|share| share.source == *source);
            let at = at.unwrap_or_else(|| {
                shares.push(Share {
                    source: Rc::clone(source),
                    readings: 0,
                    newest: None,
                });
                shares.len() - 1
            });
            let Some(share) = shares.get_mut(at) else { continue };
            share.readings += 1;
            let is_newer = share
                .newest
                .as_ref()
                .is_none_or(|newest| newest.axis_ms() < reading.time.axis_ms());
            if is_newer && !reading.is_implausible() {
                share.newest = Some(reading.time.clone());
            }
        }
    }
    order::by_key(&mut shares, |share| {
        share.newest.as_ref().map_or(i64::MAX, |newest| -newest.axis_ms())
    });
    shares
}

/// Places of two readings of one parameter that two devices, or two sources, took in the same minute with different
/// results. `readings` are in order of time.
pub fn disagreements(readings: &[Rc<Reading>]) -> Vec<(usize, usize)> {
    let minute = |reading: &Reading| reading.time.axis_ms().div_euclid(MINUTE_MS);
    let mut pairs = Vec::new();
    for (first, one) in readings
        .iter()
        .enumerate()
        .filter(|(_, one)| one.time.has_clock())
    {
        let after = readings.iter().enumerate().skip(first + 1);
        for (second, other) in after.take_while(|(_, other)| minute(other) == minute(one)) {
            if other.time.has_clock()
                && are_told_apart(one, other)
                && one.values.text() != other.values.text()
            {
                pairs.push((first, second));
            }
        }
    }
    pairs
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
    use crate::testing::{reading, spo2};
    use crate::{accept, oslo};
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
        let list = accepted.of(&spo2());
        assert_eq!((list.len(), disagreements(&list)), (3, vec![(0, 1)]));
    }

    #[test]
    fn each_source_has_its_share_and_its_own_freshness() {
        let accepted = accept(
            vec![
                from("a", AT, "91", "dignio", "oximeter"),
                from("b", MINUTE, "91", "gerica", ""),
                from("c", "2026-11-21T08:00:00+01:00", "92", "dignio", "oximeter"),
                from("d", "2026-11-22T08:00:00+01:00", "3", "gerica", ""),
            ],
            now(),
        );
        let found: Vec<_> = shares(&accepted.readings())
            .into_iter()
            .map(|share| {
                (
                    share.source.to_string(),
                    share.readings,
                    share.newest.unwrap().text().to_owned(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("dignio".to_owned(), 2, "2026-11-21T08:00:00+01:00".to_owned()),
                ("gerica".to_owned(), 2, AT.to_owned()),
            ]
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
            let devices = |list: &[Reading]| {
                let mut seen: Vec<(i64, String, Rc<str>)> = list.iter()
                    .filter_map(|r| Some((r.time.start_ms() / MINUTE_MS, r.values.text(), r.device.clone()?)))
                    .collect();
                seen.sort();
                seen.dedup();
                seen
            };
            let before = devices(&all);
            let split = turn.min(all.len());
            all.rotate_left(split);
            let total = all.len();
            let accepted = accept(all, now());
            prop_assert_eq!(accepted.count() + accepted.excluded().len(), total);
            let left: Vec<Reading> = accepted.of(&spo2()).iter().map(|r| Reading::clone(r)).collect();
            prop_assert_eq!(devices(&left), before);
            prop_assert!(left.windows(2).all(|pair| pair[0].time.axis_ms() <= pair[1].time.axis_ms()));
        }
    }
}
