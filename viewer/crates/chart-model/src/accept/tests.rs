//! Which readings are one and which are two, and what is refused.

use super::*;
use crate::reading::Values;
use crate::testing::{reading, spo2};
use proptest::prelude::*;

const NOW: &str = "2026-11-22T09:14:00+01:00";

fn now() -> i64 {
    ClinicalTime::parse(NOW).unwrap().start_ms()
}

fn check(readings: Vec<Reading>, distinct: usize, duplicates: usize, why: &str) -> Accepted {
    let accepted = accept(readings, now());
    assert_eq!(
        (accepted.count(), accepted.excluded().len()),
        (distinct, duplicates),
        "{why}"
    );
    accepted
}

#[test]
fn the_same_reading_from_two_systems_is_shown_once_with_both_named() {
    let from = |id: &str, time: &str, source: &str, device: Option<&str>, identifier: Option<&str>| Reading {
        sources: vec![source.into()],
        device: device.map(Into::into),
        identifiers: identifier.map(Into::into).into_iter().collect(),
        ..reading(id, time, "91")
    };
    let utc = "2026-11-21T07:12:00Z";
    let oslo = "2026-11-21T08:12:00+01:00";
    let accepted = check(
        vec![
            from("a", utc, "vkp", None, Some("x|1")),
            from("b", oslo, "gerica", Some("d"), Some("x|1")),
        ],
        1,
        1,
        "same identifier",
    );
    assert_eq!(accepted.of(&spo2())[0].sources.len(), 2);
    check(
        vec![
            from("a", utc, "vkp", Some("d"), None),
            from("b", oslo, "vkp", Some("d"), None),
        ],
        1,
        1,
        "same device, instant and value",
    );
    check(
        vec![
            from("a", utc, "vkp", None, None),
            from("b", oslo, "gerica", None, None),
        ],
        1,
        1,
        "no device, two sources",
    );
    check(
        vec![
            from("a", utc, "vkp", None, None),
            from("b", oslo, "vkp", None, None),
        ],
        2,
        0,
        "no device, one source: two readings",
    );
    check(
        vec![
            from("a", utc, "vkp", Some("d"), None),
            from("b", oslo, "vkp", Some("e"), None),
        ],
        2,
        0,
        "two devices: two readings",
    );
    check(
        vec![
            from("a", utc, "vkp", Some("d"), None),
            from("b", oslo, "gerica", None, None),
        ],
        1,
        1,
        "two sources, only one names a device: a copy",
    );
    check(
        vec![
            from("a", "2026-11-21", "vkp", None, None),
            from("b", "2026-11-21", "gerica", None, None),
        ],
        2,
        0,
        "a date alone is too coarse to tell",
    );
    let mut other_value = from("b", oslo, "gerica", None, None);
    other_value.values = reading("b", oslo, "92").values;
    check(
        vec![from("a", utc, "vkp", None, None), other_value],
        2,
        0,
        "two values in the same minute",
    );
}

#[test]
fn the_fuller_of_two_duplicates_is_kept() {
    let mut with_limits = reading("b", "2026-11-21T08:12:00+01:00", "91");
    with_limits.identifiers = vec!["x|1".into()];
    if let Values::Single(component) = &mut with_limits.values {
        component.ranges = Some(Rc::default());
    }
    let mut plain = reading("a", "2026-11-21T08:12:00+01:00", "91");
    plain.identifiers = vec!["x|1".into()];
    for order in [vec![plain.clone(), with_limits.clone()], vec![with_limits, plain]] {
        let accepted = check(order, 1, 1, "either order");
        assert!(
            accepted.of(&spo2())[0]
                .values
                .components()
                .all(|c| c.ranges.is_some())
        );
        assert_eq!(&*accepted.excluded()[0].id, "a");
    }
}

#[test]
fn a_future_reading_is_a_finding_beyond_the_clock_tolerance() {
    for (time, future) in [
        ("2026-11-22T09:19:00+01:00", false),
        ("2026-11-22T09:19:01+01:00", true),
        ("2026-11-22", false),
        ("2026-11-23", true),
        ("2027", true),
    ] {
        let accepted = accept(vec![reading("a", time, "91")], now());
        assert_eq!(accepted.findings().len(), usize::from(future), "{time}");
        assert_eq!(accepted.count(), usize::from(!future), "{time}");
    }
}

#[test]
fn the_latest_is_the_newest_by_instant_that_can_be_right() {
    let accepted = accept(
        vec![
            reading("implausible", "2026-11-22T08:00:00+01:00", "3"),
            reading("newest", "2026-11-21T23:30:00Z", "91"),
            reading("later-on-paper", "2026-11-22T00:15:00+01:00", "95"),
        ],
        now(),
    );
    assert_eq!(&*latest(&accepted.of(&spo2())).unwrap().id, "newest");
}

proptest! {
    #[test]
    fn every_reading_comes_out_once_however_the_pages_are_cut(
        rows in proptest::collection::vec((0_i64..40, 85_i64..90, 0_u8..3, proptest::option::of(0_u8..3)), 0..60),
        cut in 0_usize..60,
    ) {
        let all: Vec<Reading> = rows
            .iter()
            .enumerate()
            .map(|(index, (minute, value, source, device))| Reading {
                sources: vec![source.to_string().into()],
                device: device.map(|d| d.to_string().into()),
                ..reading(&index.to_string(), &oslo::to_fhir(now() - minute * MINUTE_MS * 10 + 20 * MINUTE_MS), &value.to_string())
            })
            .collect();
        let total = all.len();
        let once = accept(all.clone(), now());
        prop_assert_eq!(once.count() + once.excluded().len() + once.findings().len(), total);
        let (first, second) = all.split_at(cut.min(total));
        let mut twice = accept(second.to_vec(), now());
        twice.add(first.to_vec(), Vec::new(), Vec::new(), now());
        prop_assert_eq!(twice.count() + twice.excluded().len() + twice.findings().len(), total);
        let sorted = once.of(&spo2());
        prop_assert!(sorted.windows(2).all(|pair| pair[0].time.axis_ms() <= pair[1].time.axis_ms()));
    }
}
