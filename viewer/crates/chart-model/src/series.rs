//! The trend of one parameter in one period: points with their zones, breaks in the line, limit
//! steps, the value range of the axis, coverage. Holds no pixels and no colours.

mod gaps;
mod steps;

use std::rc::Rc;

use crate::finding::FindingKind;
use crate::limits::{self, Bounds, Classed, RangeSet};
use crate::reading::{Component, Excluded, Reading, Values};
use crate::{CurrentLimits, Parameter, Period, PlanSummary, Zone, oslo};

/// A reading with the zone that held for it when it was taken.
#[derive(Clone, Debug)]
pub struct Point {
    /// The reading.
    pub reading: Rc<Reading>,
    /// Its zone; of a blood pressure the more severe of the two.
    pub zone: Zone,
    /// Where the limits came from.
    pub basis: Basis,
    /// Limits overlap at the value.
    pub overlap: bool,
    /// The zone the source gives itself, where it differs from ours.
    pub disagrees: Option<Zone>,
    /// The bounds that decided the zone, where one range did.
    pub bounds: Option<Bounds>,
}

impl Point {
    /// What is odd about it although it is shown: while reading it, in its limits, in its value.
    pub fn remarks(&self) -> Vec<FindingKind> {
        let mut remarks = self.reading.remarks.clone();
        let found = [
            (self.overlap, FindingKind::LimitOverlap),
            (self.disagrees.is_some(), FindingKind::InterpretationDisagrees),
            (self.reading.is_implausible(), FindingKind::Implausible),
        ];
        remarks.extend(found.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind));
        remarks
    }

    /// Takes back that there is no limit, where the plan that could set one is not known.
    pub fn limits_unknown(&mut self) {
        if self.zone == Zone::NoLimit {
            self.zone = Zone::Unknown;
        }
    }
}

/// Whose limits gave a point its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The reading's own.
    Reading,
    /// The plan's, in force at its time.
    Plan,
    /// None: there are no individual limits for it.
    None,
}

/// A break in the line: no reading for longer than the cadence allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Instant of the last reading before it.
    pub from: i64,
    /// Instant of the first reading after it.
    pub to: i64,
}

/// Limits that held from one instant to another, one set per number.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitStep {
    /// First instant.
    pub from: i64,
    /// Up to here; the next step or the end of the period.
    pub to: i64,
    /// One set per number: one, or systolic and diastolic.
    pub sets: [Option<Rc<RangeSet>>; 2],
}

/// The trend of one parameter in one period.
#[derive(Clone, Debug)]
pub struct Series {
    /// What is measured.
    pub parameter: Parameter,
    /// The period.
    pub period: Period,
    /// The readings of the period, oldest first; drawn where their unit can stand on the axis.
    pub points: Vec<Point>,
    /// Implausible readings of the period: in the table and as edge markers, not among `points`.
    pub implausible: Vec<Point>,
    /// Exclusions of this parameter in the period, implausible ones not counted.
    pub excluded: Vec<Excluded>,
    /// Breaks in the line between points.
    pub gaps: Vec<Gap>,
    /// The limits through the period, oldest first, without overlap.
    pub steps: Vec<LimitStep>,
}

impl Series {
    /// Builds the trend. `readings` are all of one parameter, oldest first; `plan` gives limits for
    /// readings without their own and the planned interval.
    pub fn build(
        parameter: &Parameter,
        readings: &[Rc<Reading>],
        excluded: &[Excluded],
        plan: Option<&PlanSummary>,
        period: Period,
    ) -> Self {
        let current = plan.and_then(|plan| plan.limits_of(parameter));
        let start = readings.partition_point(|reading| reading.time.axis_ms() < period.from);
        let inside = readings.get(start..).unwrap_or_default();
        let (implausible, points): (Vec<_>, Vec<_>) = inside
            .iter()
            .take_while(|reading| reading.time.axis_ms() <= period.to.max(end_of_today(period.to)))
            .map(|reading| assess(reading, current))
            .partition(|point| point.reading.is_implausible());
        let interval = plan.and_then(|plan| plan.interval_of(parameter));
        let gaps = gaps::gaps(&points, interval);
        let steps = steps::limit_steps(&points, current, period);
        let excluded = excluded
            .iter()
            .filter(|e| e.parameter.as_ref() == Some(parameter))
            .filter(|e| {
                e.time
                    .as_ref()
                    .is_some_and(|time| period.contains(time.axis_ms()))
            })
            .cloned()
            .collect();
        Self {
            parameter: parameter.clone(),
            period,
            points,
            implausible,
            excluded,
            gaps,
            steps,
        }
    }

    /// See [`Point::limits_unknown`], for all of them.
    pub fn limits_unknown(&mut self) {
        self.points
            .iter_mut()
            .chain(&mut self.implausible)
            .for_each(Point::limits_unknown);
    }

    /// Lowest and highest value that the axis must hold: every point and every limit in the period.
    /// `None` if there is neither.
    pub fn value_range(&self) -> Option<(f64, f64)> {
        let values = self
            .points
            .iter()
            .flat_map(|point| numbers(&point.reading).into_iter().flatten());
        let sets = self.steps.iter().flat_map(|step| step.sets.iter().flatten());
        let bounds = sets
            .flat_map(|set| set.ranges.iter())
            .flat_map(|range| [range.bounds.low, range.bounds.high])
            .flatten()
            .map(|bound| bound.to_f64());
        values.chain(bounds).fold(None, |range, value| match range {
            None => Some((value, value)),
            Some((low, high)) => Some((low.min(value), high.max(value))),
        })
    }

    /// Number of points that can be drawn: not those that came in a unit which cannot be converted.
    pub fn drawn(&self) -> usize {
        self.points
            .iter()
            .filter(|point| numbers(&point.reading).iter().any(Option::is_some))
            .count()
    }

    /// Number of days in Oslo with at least one point.
    pub fn days_with_readings(&self) -> usize {
        let mut days: Vec<_> = self
            .points
            .iter()
            .map(|point| oslo::date_of(point.reading.time.axis_ms()))
            .collect();
        days.dedup();
        days.len()
    }
}

/// A date of today stands at noon, which may be later than now.
fn end_of_today(now: i64) -> i64 {
    oslo::noon(oslo::date_of(now))
}

/// The numbers to draw: one, or systolic and diastolic; `None` where a part is missing or came in a
/// unit that cannot stand on this axis.
pub fn numbers(reading: &Reading) -> [Option<f64>; 2] {
    let number = |component: &Component| {
        component
            .quantity
            .as_sent_unit
            .is_none()
            .then(|| component.quantity.shown.to_f64())
    };
    match &reading.values {
        Values::Single(component) => [number(component), None],
        Values::Pair { systolic, diastolic } => [
            systolic.as_ref().and_then(number),
            diastolic.as_ref().and_then(number),
        ],
    }
}

/// Finds a reading's zone by the limits that were in force when it was taken: its own, whole; else
/// the plan's if they already held then; else none.
pub fn assess(reading: &Rc<Reading>, plan: Option<&CurrentLimits>) -> Point {
    let held = plan.filter(|limits| limits.since <= reading.time.start_ms());
    let fallback = |index: usize| {
        held.and_then(|limits| limits.sets.get(index))
            .and_then(Option::as_ref)
    };
    let classed = |component: &Component, index: usize| {
        let classed = limits::classify(component, fallback(index));
        let own = component.ranges.as_ref().is_some_and(|set| set.is_personal());
        let basis = match (own, fallback(index)) {
            (true, _) => Basis::Reading,
            (false, Some(_)) => Basis::Plan,
            (false, None) => Basis::None,
        };
        (classed, basis, component.interpretation)
    };
    let parts: Vec<(Classed, Basis, Option<Zone>)> = match &reading.values {
        Values::Single(component) => vec![classed(component, 0)],
        Values::Pair { systolic, diastolic } => {
            let systolic = systolic.as_ref().map(|c| classed(c, 0));
            systolic
                .into_iter()
                .chain(diastolic.as_ref().map(|c| classed(c, 1)))
                .collect()
        }
    };
    let overlap = parts.iter().any(|(classed, ..)| classed.overlap);
    let disagrees = parts.iter().find_map(|(classed, _, source)| {
        // A source that calls a reading normal does not disagree with there being no limits.
        let nothing_to_say = classed.zone == Zone::NoLimit && *source == Some(Zone::Green);
        source.filter(|source| *source != classed.zone && !nothing_to_say)
    });
    let worst = parts.into_iter().max_by_key(|(classed, ..)| classed.zone);
    let (zone, basis, bounds) = worst.map_or((Zone::Unknown, Basis::None, None), |(classed, basis, _)| {
        (classed.zone, basis, classed.bounds)
    });
    Point {
        reading: Rc::clone(reading),
        zone,
        basis,
        overlap,
        disagrees,
        bounds,
    }
}

/// The limits that a reading carries itself, one set per number.
pub fn own_sets(reading: &Reading) -> [Option<Rc<RangeSet>>; 2] {
    match &reading.values {
        Values::Single(component) => [component.ranges.clone(), None],
        Values::Pair { systolic, diastolic } => {
            let set = |part: &Option<Component>| part.as_ref().and_then(|c| c.ranges.clone());
            [set(systolic), set(diastolic)]
        }
    }
}

#[cfg(test)]
mod tests;
