//! Classing by limits, each rule as a row and every bound on both sides.

use super::*;
use crate::reading::Quantity;
use proptest::prelude::*;

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn range(severity: Severity, low: &str, high: &str) -> LimitRange {
    let bound = |text: &str| (!text.is_empty()).then(|| number(text));
    LimitRange {
        severity,
        bounds: Bounds {
            low: bound(low),
            high: bound(high),
        },
    }
}

const LOW: Option<Side> = Some(Side::Low);
const HIGH: Option<Side> = Some(Side::High);

/// Pulse of a patient with limits on both sides.
fn pulse() -> RangeSet {
    RangeSet {
        ranges: vec![
            range(Severity::Red(LOW), "", "44"),
            range(Severity::Yellow(LOW), "45", "49"),
            range(Severity::Green, "50", "100"),
            range(Severity::Yellow(HIGH), "101", "120"),
            range(Severity::Red(HIGH), "121", ""),
        ],
        problem: None,
    }
}

fn check(set: &RangeSet, value: &str, zone: Zone) {
    assert_eq!(set.classify(number(value)).zone, zone, "{value} in {set:?}");
}

#[test]
fn bounds_are_inclusive_at_every_edge() {
    for (value, zone) in [
        ("0", Zone::RedLow),
        ("44", Zone::RedLow),
        ("45", Zone::YellowLow),
        ("49", Zone::YellowLow),
        ("50", Zone::Green),
        ("100", Zone::Green),
        ("101", Zone::YellowHigh),
        ("120", Zone::YellowHigh),
        ("121", Zone::RedHigh),
        ("250", Zone::RedHigh),
    ] {
        check(&pulse(), value, zone);
    }
}

#[test]
fn what_no_range_covers_is_unknown() {
    check(&pulse(), "44.5", Zone::Unknown);
    let only_green = RangeSet {
        ranges: vec![range(Severity::Green, "88", "")],
        problem: None,
    };
    check(&only_green, "88", Zone::Green);
    check(&only_green, "87", Zone::Unknown);
}

#[test]
fn a_general_normal_range_colours_nothing() {
    let standard = RangeSet {
        ranges: vec![range(Severity::Standard, "94", "100")],
        problem: None,
    };
    check(&standard, "97", Zone::NoLimit);
    check(&standard, "80", Zone::NoLimit);
    assert!(!standard.is_personal());
    check(&RangeSet::default(), "80", Zone::NoLimit);
    let mixed = RangeSet {
        ranges: vec![
            range(Severity::Standard, "94", "100"),
            range(Severity::Green, "88", "92"),
        ],
        problem: None,
    };
    check(&mixed, "95", Zone::Unknown);
    check(&mixed, "90", Zone::Green);
}

#[test]
fn where_ranges_overlap_the_more_severe_counts_with_a_remark() {
    let set = RangeSet {
        ranges: vec![
            range(Severity::Green, "88", "100"),
            range(Severity::Yellow(LOW), "85", "88"),
            range(Severity::Red(LOW), "", "85"),
        ],
        problem: None,
    };
    for (value, zone, overlap) in [
        ("88", Zone::YellowLow, true),
        ("85", Zone::RedLow, true),
        ("89", Zone::Green, false),
        ("86", Zone::YellowLow, false),
    ] {
        let classed = set.classify(number(value));
        assert_eq!((classed.zone, classed.overlap), (zone, overlap), "{value}");
    }
}

#[test]
fn inside_a_range_of_unknown_type_nothing_is_green() {
    let set = RangeSet {
        ranges: vec![
            range(Severity::Green, "4", "10"),
            range(Severity::Unreadable, "9", ""),
            range(Severity::Red(HIGH), "20", ""),
        ],
        problem: None,
    };
    for (value, zone) in [
        ("6", Zone::Green),
        ("9", Zone::Unknown),
        ("12", Zone::Unknown),
        ("20", Zone::RedHigh),
        ("3", Zone::Unknown),
    ] {
        check(&set, value, zone);
    }
}

#[test]
fn limits_with_a_problem_give_no_colour_at_all() {
    let set = RangeSet {
        problem: Some(FindingKind::LimitReversed),
        ..pulse()
    };
    check(&set, "72", Zone::Unknown);
    check(&set, "10", Zone::Unknown);
    assert!(set.is_personal());
}

#[test]
fn a_side_that_the_type_leaves_open_follows_from_the_other_ranges() {
    let danish = RangeSet {
        ranges: vec![
            range(Severity::Green, "4", "10"),
            range(Severity::Yellow(None), "3", "3.9"),
            range(Severity::Yellow(None), "10.1", "13.9"),
            range(Severity::Red(None), "", "2.9"),
            range(Severity::Red(None), "14", ""),
        ],
        problem: None,
    };
    for (value, zone) in [
        ("2.9", Zone::RedLow),
        ("3.5", Zone::YellowLow),
        ("4", Zone::Green),
        ("12", Zone::YellowHigh),
        ("14", Zone::RedHigh),
    ] {
        check(&danish, value, zone);
    }
    // Without a green range: yellow lies inside of red, red outside of yellow.
    let two = |yellow: (&str, &str), red: (&str, &str)| RangeSet {
        ranges: vec![
            range(Severity::Yellow(None), yellow.0, yellow.1),
            range(Severity::Red(None), red.0, red.1),
        ],
        problem: None,
    };
    let low = two(("85", "88"), ("70", "84"));
    check(&low, "86", Zone::YellowLow);
    check(&low, "80", Zone::RedLow);
    let high = two(("101", "120"), ("121", "200"));
    check(&high, "110", Zone::YellowHigh);
    check(&high, "150", Zone::RedHigh);
    // On both sides: by the nearest, in whatever order they come.
    let mut both = RangeSet {
        ranges: vec![
            range(Severity::Red(None), "120", "250"),
            range(Severity::Yellow(None), "100", "119"),
            range(Severity::Red(None), "0", "40"),
            range(Severity::Yellow(None), "41", "50"),
        ],
        problem: None,
    };
    for _ in 0..both.ranges.len() {
        check(&both, "130", Zone::RedHigh);
        check(&both, "110", Zone::YellowHigh);
        check(&both, "45", Zone::YellowLow);
        check(&both, "30", Zone::RedLow);
        both.ranges.rotate_left(1);
    }
    // A general range tells the sides too.
    let beside_standard = RangeSet {
        ranges: vec![
            range(Severity::Yellow(None), "41", "50"),
            range(Severity::Standard, "60", "100"),
        ],
        problem: None,
    };
    check(&beside_standard, "45", Zone::YellowLow);
}

fn component(
    value: &str,
    comparator: Option<Comparator>,
    unit: Option<&str>,
    ranges: Option<RangeSet>,
) -> Component {
    Component {
        quantity: Quantity {
            shown: number(value),
            comparator,
            as_sent_unit: unit.map(Rc::from),
            source_text: None,
        },
        ranges: ranges.map(Rc::new),
        interpretation: None,
    }
}

#[test]
fn own_limits_come_first_and_whole_then_the_plans_then_none() {
    let plan = Rc::new(RangeSet {
        ranges: vec![range(Severity::Green, "0", "200")],
        problem: None,
    });
    let standard = RangeSet {
        ranges: vec![range(Severity::Standard, "60", "80")],
        problem: None,
    };
    for (ranges, fallback, zone) in [
        (Some(pulse()), Some(&plan), Zone::YellowHigh),
        (None, Some(&plan), Zone::Green),
        (Some(standard.clone()), Some(&plan), Zone::Green),
        (Some(standard), None, Zone::NoLimit),
        (None, None, Zone::NoLimit),
    ] {
        assert_eq!(
            classify(&component("110", None, None, ranges), fallback).zone,
            zone
        );
    }
}

#[test]
fn a_unit_that_cannot_be_converted_is_never_coloured() {
    let with_limits = component("72", None, Some("slag"), Some(pulse()));
    assert_eq!(classify(&with_limits, None).zone, Zone::Unknown);
    assert_eq!(
        classify(&component("72", None, Some(""), None), None).zone,
        Zone::Unknown
    );
}

#[test]
fn a_bound_instead_of_a_number_is_classed_only_where_it_is_certain() {
    for (value, comparator, zone) in [
        ("44", Comparator::Less, Zone::RedLow),
        ("50", Comparator::Less, Zone::Unknown),
        ("125", Comparator::Greater, Zone::RedHigh),
        ("110", Comparator::GreaterOrEqual, Zone::Unknown),
        ("44", Comparator::Greater, Zone::Unknown),
    ] {
        let classed = classify(&component(value, Some(comparator), None, Some(pulse())), None);
        assert_eq!(classed.zone, zone, "{comparator:?} {value}");
    }
}

proptest! {
    #[test]
    fn green_is_never_given_outside_a_green_range(
        bounds in proptest::collection::vec((0_i64..100, 0_i64..100, 0_u8..6), 0..6),
        value in 0_i64..100,
    ) {
        let ranges = bounds
            .iter()
            .map(|(low, high, severity)| {
                let severity = match severity {
                    0 => Severity::Green,
                    1 => Severity::Yellow(None),
                    2 => Severity::Yellow(LOW),
                    3 => Severity::Red(HIGH),
                    4 => Severity::Red(None),
                    _ => Severity::Standard,
                };
                LimitRange { severity, bounds: Bounds { low: Some(Decimal::new(*low, 0)), high: Some(Decimal::new(*high, 0)) } }
            })
            .collect();
        let set = RangeSet { ranges, problem: None };
        let classed = set.classify(Decimal::new(value, 0));
        let inside = |severity: fn(&Severity) -> bool| {
            set.ranges.iter().any(|r| severity(&r.severity) && r.bounds.contains(Decimal::new(value, 0)))
        };
        let in_red = inside(|s| matches!(s, Severity::Red(_)));
        let in_yellow = inside(|s| matches!(s, Severity::Yellow(_)));
        let in_green = inside(|s| *s == Severity::Green);
        prop_assert_eq!(classed.zone == Zone::Green, in_green && !in_yellow && !in_red);
        prop_assert_eq!(matches!(classed.zone, Zone::RedLow | Zone::RedHigh), in_red);
        prop_assert_eq!(matches!(classed.zone, Zone::YellowLow | Zone::YellowHigh), in_yellow && !in_red);
    }
}
