//! Limits and how a number is classed by them. A set of ranges is used whole or not at all: parts
//! of two sets are never mixed. Bounds are inclusive.
//!
//! Rules (data-model, "Limits in force"): typed ranges give the zone; what none of them covers is
//! unknown; ranges without a type are a laboratory's or device's normal range and colour nothing;
//! where ranges overlap at the value the more severe counts, with a remark; a range whose low lies
//! above its high makes the whole set unusable. Limits that overlap or leave a hole only once they are rounded do so:
//! 180 and 181 mg/dL are both 10.0 mmol/L, and what is shown alike is coloured alike, by the more severe.

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

impl Severity {
    /// True if a zone is what it says; where it names no side, either will do.
    pub fn agrees_with(self, zone: Zone) -> bool {
        match self {
            Self::Green => zone == Zone::Green,
            Self::Yellow(_) if !matches!(zone, Zone::YellowLow | Zone::YellowHigh) => false,
            Self::Red(_) if !matches!(zone, Zone::RedLow | Zone::RedHigh) => false,
            Self::Yellow(side) | Self::Red(side) => side.is_none_or(|side| self.zone(side) == zone),
            Self::Standard | Self::Unreadable => true,
        }
    }

    /// The zone that it means, on `side` where it names none itself.
    pub const fn zone(self, side: Side) -> Zone {
        match self {
            Self::Green => Zone::Green,
            Self::Standard => Zone::NoLimit,
            Self::Unreadable => Zone::Unknown,
            Self::Yellow(Some(Side::Low)) => Zone::YellowLow,
            Self::Yellow(Some(Side::High)) => Zone::YellowHigh,
            Self::Red(Some(Side::Low)) => Zone::RedLow,
            Self::Red(Some(Side::High)) => Zone::RedHigh,
            Self::Yellow(None) => Self::Yellow(Some(side)).zone(side),
            Self::Red(None) => Self::Red(Some(side)).zone(side),
        }
    }
}

/// One range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitRange {
    /// What being inside means.
    pub severity: Severity,
    /// The bounds; at least one is there, but for a general range that cannot be used.
    pub bounds: Bounds,
}

/// The ranges of one number, as one source set them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RangeSet {
    /// In the order sent; none of individual limits with a problem.
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
    /// Place in the set of the range that decided, if one did.
    pub range: Option<usize>,
}

impl Classed {
    const fn plain(zone: Zone) -> Self {
        Self {
            zone,
            overlap: false,
            range: None,
        }
    }
}

impl RangeSet {
    /// True if at least one range is, or was meant to be, the patient's own limit (typed). A general range that cannot
    /// be used is none: it does not stand in the way of the plan's limits.
    pub fn is_personal(&self) -> bool {
        let was_meant = self.ranges.is_empty() && self.problem.is_some();
        was_meant || self.ranges.iter().any(|r| r.severity != Severity::Standard)
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
        let hits = self
            .ranges
            .iter()
            .enumerate()
            .filter(|(_, range)| range.severity != Severity::Standard && range.bounds.contains(value))
            .map(|(place, range)| (self.zone_of(range), place));
        let mut classed = Classed::plain(Zone::Unknown);
        for (zone, place) in hits {
            classed.overlap = classed.range.is_some();
            if !classed.overlap || zone > classed.zone {
                classed.zone = zone;
                classed.range = Some(place);
            }
        }
        classed
    }

    /// The zone of one range; a side that the type leaves open follows from where the range lies.
    pub fn zone_of(&self, range: &LimitRange) -> Zone {
        let open = matches!(range.severity, Severity::Yellow(None) | Severity::Red(None));
        range
            .severity
            .zone(if open { self.side_of(range) } else { Side::High })
    }

    /// Below or above: by the open end if there is one; else by where the range lies beside the green one, else the
    /// general one, else the nearest of another severity (a red range lies further out than a yellow one), else any;
    /// else above.
    fn side_of(&self, range: &LimitRange) -> Side {
        match (range.bounds.low, range.bounds.high) {
            (None, Some(_)) => return Side::Low,
            (Some(_), None) => return Side::High,
            _ => {}
        }
        let is_yellow = |range: &LimitRange| matches!(range.severity, Severity::Yellow(_));
        let is_red = |range: &LimitRange| matches!(range.severity, Severity::Red(_));
        let beside = |other: &LimitRange| {
            let below = range.bounds.high.zip(other.bounds.low);
            let above = other.bounds.high.zip(range.bounds.low);
            let apart = |ends: Option<(Decimal, Decimal)>| {
                let (lower, upper) = ends.filter(|(lower, upper)| lower <= upper)?;
                upper.minus(lower)
            };
            let further_out = is_yellow(range) && is_red(other);
            match (apart(below), apart(above)) {
                (Some(distance), None) => Some((distance, if further_out { Side::High } else { Side::Low })),
                (None, Some(distance)) => Some((distance, if further_out { Side::Low } else { Side::High })),
                _ => None,
            }
        };
        let nearest = |is_meant: &dyn Fn(&LimitRange) -> bool| {
            let others = self.ranges.iter().filter(|other| is_meant(other));
            let nearest = others.filter_map(beside).min_by_key(|(distance, _)| *distance);
            nearest.map(|(_, side)| side)
        };
        nearest(&|other| other.severity == Severity::Green)
            .or_else(|| nearest(&|other| other.severity == Severity::Standard))
            .or_else(|| {
                nearest(&|other| (is_yellow(other), is_red(other)) != (is_yellow(range), is_red(range)))
            })
            .or_else(|| nearest(&|_| true))
            .unwrap_or(Side::High)
    }
}

/// The zone of one number: by its own ranges if it carries any, else by `fallback` (the plan's
/// limits that were in force at its time), else none. A value in a unit that could not be converted,
/// or beside nothing but a general range that cannot be used, is unknown; a value with a comparator is
/// unknown unless both ends of what it can be lie in one zone.
pub fn classify(component: &Component, fallback: Option<&Rc<RangeSet>>) -> Classed {
    let own = component.ranges.as_ref();
    let Some(set) = own.filter(|set| set.is_personal()).or(fallback) else {
        let is_unclear =
            component.quantity.as_sent_unit.is_some() || own.is_some_and(|set| set.problem.is_some());
        return Classed::plain(if is_unclear { Zone::Unknown } else { Zone::NoLimit });
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
            let decided = at.range.and_then(|place| set.ranges.get(place));
            let open = decided.is_some_and(|range| {
                let end = if lower {
                    range.bounds.low
                } else {
                    range.bounds.high
                };
                end.is_none()
            });
            if open && !at.overlap {
                at
            } else {
                Classed::plain(Zone::Unknown)
            }
        }
    }
}

#[cfg(test)]
mod tests;
