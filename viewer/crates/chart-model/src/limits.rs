//! Limits and how a number is classed by them. A set of ranges is used whole or not at all: parts
//! of two sets are never mixed. Bounds are inclusive.
//!
//! Rules (data-model, "Limits in force"): typed ranges give the zone; what none of them covers is
//! unknown; ranges without a type are a laboratory's or device's normal range and colour nothing;
//! where ranges overlap at the value the more severe counts, with a remark; a range whose low lies
//! above its high makes the whole set unusable.

use std::rc::Rc;

use crate::finding::FindingKind;
use crate::reading::{Comparator, Component};
use crate::{Decimal, Zone};

/// A bound or two, inclusive, in the parameter's shown unit and rounded by its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Lowest value inside.
    pub low: Option<Decimal>,
    /// Highest value inside.
    pub high: Option<Decimal>,
}

impl Bounds {
    /// True if `value` lies inside; a missing bound is open.
    pub fn contains(&self, value: Decimal) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }
}

/// Which side of normal a range lies on, where its type says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Below.
    Low,
    /// Above.
    High,
}

/// What a range's type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// `N`: green.
    Green,
    /// `A`, `L`, `H`, Danish `GAL`: yellow; the side is `None` where the code does not say it.
    Yellow(Option<Side>),
    /// `AA`, `LL`, `HH`, Danish `RAL`: red.
    Red(Option<Side>),
    /// No type, or HL7 `normal`: a general normal range, no individual limit.
    Standard,
    /// A type that is in no table: what lies inside is neither green nor anything else.
    Unreadable,
}

/// One range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRange {
    /// What being inside means.
    pub severity: Severity,
    /// The bounds; at least one is there.
    pub bounds: Bounds,
}

/// The ranges of one number, as one source set them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RangeSet {
    /// In the order sent.
    pub ranges: Vec<LimitRange>,
    /// Set if the limits contradict themselves or cannot be compared (reversed, unit): then no value
    /// is classed by what is left, but `Unknown`.
    pub problem: Option<FindingKind>,
}

/// A zone with the remark that came up while finding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classed {
    /// The zone.
    pub zone: Zone,
    /// Ranges overlap at the value.
    pub overlap: bool,
    /// The bounds that decided, if one range did.
    pub bounds: Option<Bounds>,
}

impl Classed {
    const fn plain(zone: Zone) -> Self {
        Self {
            zone,
            overlap: false,
            bounds: None,
        }
    }
}

impl RangeSet {
    /// True if at least one range is the patient's own limit (typed).
    pub fn is_personal(&self) -> bool {
        self.problem.is_some() || self.ranges.iter().any(|r| r.severity != Severity::Standard)
    }

    /// The green range if the set has exactly one, else `None`.
    pub fn green(&self) -> Option<Bounds> {
        let mut green = self.ranges.iter().filter(|r| r.severity == Severity::Green);
        match (green.next(), green.next()) {
            (Some(range), None) => Some(range.bounds),
            _ => None,
        }
    }

    /// The general normal range if the set has one.
    pub fn standard(&self) -> Option<Bounds> {
        self.ranges
            .iter()
            .find(|r| r.severity == Severity::Standard)
            .map(|r| r.bounds)
    }

    /// Classes a value that is already in the shown unit and rounded.
    pub fn classify(&self, value: Decimal) -> Classed {
        if self.problem.is_some() {
            return Classed::plain(Zone::Unknown);
        }
        if !self.is_personal() {
            return Classed::plain(Zone::NoLimit);
        }
        let mut hits = self
            .ranges
            .iter()
            .filter(|r| r.severity != Severity::Standard && r.bounds.contains(value))
            .map(|r| (self.zone_of(r), r.bounds));
        let Some(first) = hits.next() else {
            return Classed::plain(Zone::Unknown);
        };
        hits.fold(
            Classed {
                zone: first.0,
                overlap: false,
                bounds: Some(first.1),
            },
            |worst, (zone, bounds)| {
                let (zone, bounds) = if zone > worst.zone {
                    (zone, Some(bounds))
                } else {
                    (worst.zone, worst.bounds)
                };
                Classed {
                    zone,
                    overlap: true,
                    bounds,
                }
            },
        )
    }

    /// The zone of one range; a side that the type leaves open follows from where the range lies.
    pub fn zone_of(&self, range: &LimitRange) -> Zone {
        match range.severity {
            Severity::Green => Zone::Green,
            Severity::Standard => Zone::NoLimit,
            Severity::Unreadable => Zone::Unknown,
            Severity::Yellow(side) => match side.unwrap_or_else(|| self.side_of(range)) {
                Side::Low => Zone::YellowLow,
                Side::High => Zone::YellowHigh,
            },
            Severity::Red(side) => match side.unwrap_or_else(|| self.side_of(range)) {
                Side::Low => Zone::RedLow,
                Side::High => Zone::RedHigh,
            },
        }
    }

    /// Below or above: by the open end if there is one, else by where the range lies beside the
    /// green one, else beside any other (a red range lies further out than a yellow one), else high.
    fn side_of(&self, range: &LimitRange) -> Side {
        match (range.bounds.low, range.bounds.high) {
            (None, Some(_)) => return Side::Low,
            (Some(_), None) => return Side::High,
            _ => {}
        }
        let beside = |other: &LimitRange| {
            let further_out =
                matches!(range.severity, Severity::Yellow(_)) && matches!(other.severity, Severity::Red(_));
            let lies_below = range
                .bounds
                .high
                .zip(other.bounds.low)
                .is_some_and(|(high, low)| high <= low);
            let lies_above = range
                .bounds
                .low
                .zip(other.bounds.high)
                .is_some_and(|(low, high)| low >= high);
            match (lies_below, lies_above) {
                (true, false) => Some(if further_out { Side::High } else { Side::Low }),
                (false, true) => Some(if further_out { Side::Low } else { Side::High }),
                _ => None,
            }
        };
        let green = self
            .ranges
            .iter()
            .filter(|r| r.severity == Severity::Green)
            .find_map(beside);
        green
            .or_else(|| self.ranges.iter().find_map(beside))
            .unwrap_or(Side::High)
    }
}

/// The zone of one number: by its own ranges if it carries any, else by `fallback` (the plan's
/// limits that were in force at its time), else none. A value in a unit that could not be converted
/// is unknown wherever there is a limit; a value with a comparator is unknown unless both ends of
/// what it can be lie in one zone.
pub fn classify(component: &Component, fallback: Option<&Rc<RangeSet>>) -> Classed {
    let Some(set) = component
        .ranges
        .as_ref()
        .filter(|set| set.is_personal())
        .or(fallback)
    else {
        return Classed::plain(if component.quantity.as_sent_unit.is_some() {
            Zone::Unknown
        } else {
            Zone::NoLimit
        });
    };
    if component.quantity.as_sent_unit.is_some() {
        return Classed::plain(Zone::Unknown);
    }
    let at = set.classify(component.quantity.shown);
    match component.quantity.comparator {
        None => at,
        Some(comparator) => {
            let lower = matches!(comparator, Comparator::Less | Comparator::LessOrEqual);
            // Certain only where the range that holds the number goes on without end that way.
            let open = at
                .bounds
                .is_some_and(|b| if lower { b.low.is_none() } else { b.high.is_none() });
            if open && !at.overlap {
                at
            } else {
                Classed::plain(Zone::Unknown)
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
}
