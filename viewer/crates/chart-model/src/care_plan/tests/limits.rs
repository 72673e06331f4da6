//! Four bounds and the ranges that they mean; merging; the preview.

use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::limits::{Bounds, LimitRange, RangeSet, Severity, Side};
use crate::series::assess;
use crate::testing::reading;
use crate::{Parameter, Zone};

fn range(severity: Severity, low: Option<i64>, high: Option<i64>) -> LimitRange {
    let decimal = |bound: Option<i64>| Some(Decimal::new(bound?, 0));
    LimitRange {
        severity,
        bounds: Bounds {
            low: decimal(low),
            high: decimal(high),
        },
    }
}

const LOW: Option<Side> = Some(Side::Low);
const HIGH: Option<Side> = Some(Side::High);

fn read(known: Known, ranges: Vec<LimitRange>) -> LimitSet {
    LimitSet::from_ranges(
        &known.into(),
        0,
        &Rc::new(RangeSet {
            ranges,
            problem: None,
        }),
    )
}

#[test]
fn a_bound_is_the_last_value_of_the_milder_zone() {
    let set = bounds([Some(85), Some(88), None, None]).ranges(&Known::Spo2.into());
    for (value, zone) in [
        (100, Zone::Green),
        (88, Zone::Green),
        (87, Zone::YellowLow),
        (85, Zone::YellowLow),
        (84, Zone::RedLow),
    ] {
        assert_eq!(set.classify(Decimal::new(value, 0)).zone, zone, "{value}");
    }
    let set = bounds([None, None, Some(80), Some(82)]).ranges(&Known::Weight.into());
    for (value, zone) in [
        (800, Zone::Green),
        (801, Zone::YellowHigh),
        (820, Zone::YellowHigh),
        (821, Zone::RedHigh),
    ] {
        assert_eq!(set.classify(Decimal::new(value, 1)).zone, zone, "{value}");
    }
}

#[test]
fn bounds_are_read_out_of_ranges_however_they_are_cut() {
    use Severity::{Green, Red, Yellow};
    // Apart by one step, touching (the more severe counts), closed where nothing can lie beyond.
    for (ranges, expected) in [
        (
            vec![
                range(Green, Some(88), Some(100)),
                range(Yellow(LOW), Some(85), Some(87)),
                range(Red(LOW), None, Some(84)),
            ],
            [Some(85), Some(88), None, None],
        ),
        (
            vec![
                range(Green, Some(90), Some(100)),
                range(Yellow(LOW), Some(87), Some(90)),
                range(Red(LOW), Some(0), Some(87)),
            ],
            [Some(88), Some(91), None, None],
        ),
        (
            vec![range(Green, Some(88), None), range(Red(None), None, Some(87))],
            [Some(88), None, None, None],
        ),
    ] {
        let read = read(Known::Spo2, ranges);
        assert_eq!(read, bounds(expected));
    }
}

#[test]
fn what_four_bounds_cannot_say_is_kept_as_sent() {
    let plain = read(Known::Pulse, vec![range(Severity::Green, Some(50), Some(100))]);
    assert!(
        plain.as_sent.is_some(),
        "below 50 is not covered, which is not yellow"
    );
    assert_eq!(plain.bounds, bounds([None, Some(50), Some(100), None]).bounds);
    assert_eq!(
        plain.with(Bound::YellowLow, Some(Decimal::new(48, 0))),
        bounds([None, Some(48), Some(100), None])
    );
    let gap = vec![
        range(Severity::Green, Some(50), Some(100)),
        range(Severity::Yellow(HIGH), Some(110), None),
    ];
    assert!(read(Known::Pulse, gap).as_sent.is_some());
    let none = LimitSet::from_ranges(&Known::Pulse.into(), 0, &Rc::default());
    assert!(none.is_empty());
}

proptest! {
    #[test]
    fn bounds_written_as_ranges_are_read_as_the_same_bounds(
        values in prop::collection::btree_set(50_i64..=100, 4), set in prop::collection::vec(prop::bool::ANY, 4),
    ) {
        let mut values = values.into_iter();
        let limits = bounds([0, 1, 2, 3].map(|at: usize| values.next().filter(|_| set[at])));
        // A bound at the end of what can be has nothing beyond it.
        let parameter: Parameter = Known::Pulse.into();
        prop_assert_eq!(LimitSet::from_ranges(&parameter, 0, &limits.ranges(&parameter)), limits.clone());
        let parameter: Parameter = Known::Spo2.into();
        prop_assert_eq!(LimitSet::from_ranges(&parameter, 0, &limits.ranges(&parameter)), limits);
    }
}

#[test]
fn bounds_merge_one_by_one_and_clash_where_they_end_in_the_wrong_order() {
    let with = |limits: LimitSet| {
        let mut plan = CarePlan::default();
        plan.set(spo2_limits(), Some(Value::Limits(limits)));
        plan
    };
    let base = with(bounds([Some(85), Some(90), None, None]));
    let merged = merge(
        &base,
        &with(bounds([Some(83), Some(90), None, None])),
        &with(bounds([Some(85), Some(88), None, None])),
    );
    assert_eq!(merged.plan, with(bounds([Some(83), Some(88), None, None])));
    // Each alone is in order: red under 89, yellow under 87.
    let merged = merge(
        &base,
        &with(bounds([Some(89), Some(90), None, None])),
        &with(bounds([Some(85), Some(87), None, None])),
    );
    assert_eq!(merged.clashes[0].place, spo2_limits());
}

#[test]
fn the_preview_counts_every_reading_by_the_limits_now_and_by_the_new_ones() {
    let parameter: Parameter = Known::Spo2.into();
    // What held when they were taken makes no difference but for how they are shown.
    let old = bounds([Some(70), Some(86), None, None]).ranges(&parameter);
    let points: Vec<_> = ["95", "91", "90", "87", "86", "85"]
        .into_iter()
        .map(|value| {
            let mut reading = reading(value, "2026-11-20T08:00:00+01:00", value);
            if let crate::Values::Single(component) = &mut reading.values {
                component.ranges = Some(Rc::clone(&old));
            }
            assess(&Rc::new(reading), None)
        })
        .collect();
    let sets = |all: [Option<i64>; 4]| sets_of(&[bounds(all), LimitSet::default()], &parameter);
    let now = sets([Some(88), Some(92), None, None]);
    let counted = |yellow, red| LimitPreview {
        yellow_before: 2,
        yellow_after: yellow,
        red_before: 3,
        red_after: red,
        yellow_shown: 1,
        red_shown: 0,
    };
    let none = sets([None; 4]);
    let new = sets([Some(86), Some(88), None, None]);
    for (limits, expected) in [
        (&now, counted(2, 3)),
        (&new, counted(2, 1)),
        (&none, counted(0, 0)),
    ] {
        let preview = limit_preview(&points, &now, limits);
        assert_eq!(preview, expected);
        assert!(preview.is_shown_otherwise());
    }
}
