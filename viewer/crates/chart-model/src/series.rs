//! The trend of one parameter in one period: points with their zones, breaks in the line, limit
//! steps, the value range of the axis, coverage. Holds no pixels and no colours.

mod assessed;
mod drawn;
mod gaps;
mod steps;
mod within;

use std::rc::Rc;

pub use assessed::Assessed;
pub use drawn::DrawnNumber;

use crate::finding::FindingKind;
use crate::limit_history::{Held, LimitEra, LimitHistory};
use crate::limits::{self, LimitRange, RangeSet, Severity, Side};
use crate::reading::{Component, Excluded, Reading};
use crate::{Parameter, Period, PlanSummary, Zone, oslo};

/// A reading with the zone that held for it when it was taken, and why.
#[derive(Clone, Debug)]
pub struct Point {
    /// The reading.
    pub reading: Rc<Reading>,
    /// Its place on the time axis, milliseconds since 1970 UTC. This and what follows is of the reading too, but
    /// here a hundred thousand of them can be gone through quickly.
    pub at: i64,
    /// Its numbers as by [`numbers`]; NaN where there is none.
    pub numbers: [f64; 2],
    /// It cannot be right.
    pub implausible: bool,
    /// Its zone; of a blood pressure the more severe of the two.
    pub zone: Zone,
    /// The zone of each number that is there: one, or systolic and diastolic.
    pub zones: [Option<Zone>; 2],
    /// What gave it its zone.
    pub why: Why,
    /// Limits overlap at the value.
    pub overlap: bool,
    /// The zone the source gives itself, where it differs from ours.
    pub disagrees: Option<Zone>,
}

/// What gave a point its zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whose limits.
    pub basis: Basis,
    /// Which number decided: 0, or 1 for diastolic.
    pub number: usize,
    /// Place of the range that decided among the limits of that number; `None` where no range holds the value.
    pub range: Option<usize>,
}

/// Whose limits gave a point its zone, or why none did.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// The reading's own.
    Reading,
    /// The plan's, in force at its time: since when, and set by whom.
    Plan(Rc<LimitEra>),
    /// The reading brings a laboratory's or device's normal range and no individual limits: no colour.
    Standard,
    /// There are no individual limits for it: no colour.
    None,
    /// The plan has limits, or may have, but which held at its time is not known: no colour.
    NotKnown,
}

impl Point {
    /// The limits that the deciding number was classed by; its standard range where there was nothing else.
    pub fn set(&self) -> Option<&Rc<RangeSet>> {
        match &self.why.basis {
            Basis::Reading | Basis::Standard => {
                let parts = self.reading.values.parts();
                (*parts.get(self.why.number)?)?.ranges.as_ref()
            }
            Basis::Plan(era) => era.sets.get(self.why.number)?.as_ref(),
            Basis::None | Basis::NotKnown => None,
        }
    }

    /// The range that decided its zone, with bounds and severity.
    pub fn range(&self) -> Option<&LimitRange> {
        self.set()?.ranges.get(self.why.range?)
    }

    /// Whether anything is odd about it although it is shown; see [`Point::remarks`].
    pub fn has_remarks(&self) -> bool {
        self.overlap || self.implausible || self.disagrees.is_some() || !self.reading.remarks.is_empty()
    }

    /// What is odd about it although it is shown: while reading it, in its limits, in its value.
    pub fn remarks(&self) -> Vec<FindingKind> {
        let mut remarks = self.reading.remarks.clone();
        let found = [
            (self.overlap, FindingKind::LimitOverlap),
            (self.disagrees.is_some(), FindingKind::InterpretationDisagrees),
            (self.implausible, FindingKind::Implausible),
        ];
        remarks.extend(found.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind));
        remarks
    }

    /// Takes back that there is no limit, where the plan that could set one is not known.
    pub fn limits_unknown(&mut self) {
        if self.zone == Zone::NoLimit {
            self.zone = Zone::Unknown;
            self.why.basis = Basis::NotKnown;
        }
        for zone in self.zones.iter_mut().filter(|zone| **zone == Some(Zone::NoLimit)) {
            *zone = Some(Zone::Unknown);
        }
    }
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
    /// Whose they are; of the plan's, since when and by whom.
    pub basis: Basis,
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
        let mut assessed = Assessed::default();
        assessed.renew(readings, plan.and_then(|plan| plan.history(parameter)));
        Self::of(parameter, assessed.points(), excluded, plan, period)
    }

    /// The same of readings that have been assessed already, by the history of the same plan.
    pub fn of(
        parameter: &Parameter,
        assessed: &[Point],
        excluded: &[Excluded],
        plan: Option<&PlanSummary>,
        period: Period,
    ) -> Self {
        let history = plan.and_then(|plan| plan.history(parameter));
        let place = |end: i64| assessed.partition_point(|point| point.at < end);
        let end = period.to.max(end_of_today(period.to)).saturating_add(1);
        let inside = assessed.get(place(period.from)..place(end)).unwrap_or_default();
        let odd = inside.iter().filter(|point| point.implausible).count();
        let mut implausible = Vec::with_capacity(odd);
        let mut points = Vec::with_capacity(inside.len() - odd);
        for point in inside {
            let list = if point.implausible {
                &mut implausible
            } else {
                &mut points
            };
            list.push(point.clone());
        }
        let interval = plan.and_then(|plan| plan.interval_of(parameter));
        let gaps = gaps::gaps(&points, interval);
        let steps = steps::limit_steps(&points, history, period);
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

    /// Lowest and highest value that the axis must hold: every point and every limit in the period. A bound that no
    /// living patient can reach (red from 0 % to 84 %) is the end of a scale and no limit. `None` if there is neither.
    pub fn value_range(&self) -> Option<(f64, f64)> {
        let values = self
            .points
            .iter()
            .flat_map(|point| point.numbers)
            .filter(|number| !number.is_nan());
        let sets = self.steps.iter().flat_map(|step| step.sets.iter().enumerate());
        let bounds = sets.filter_map(|(number, set)| Some((number, set.as_ref()?)));
        let bounds = bounds
            .flat_map(|(number, set)| set.ranges.iter().map(move |range| (number, range.bounds)))
            .flat_map(|(number, bounds)| [bounds.low, bounds.high].map(|bound| (number, bound)))
            .filter_map(|(number, bound)| bound.filter(|bound| self.parameter.is_plausible(number, *bound)))
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
            .filter(|point| point.numbers.iter().any(|number| !number.is_nan()))
            .count()
    }

    /// Number of days in Oslo with at least one point.
    pub fn days_with_readings(&self) -> usize {
        let mut days = 0;
        let mut ends = i64::MIN;
        for point in &self.points {
            if point.at >= ends {
                days += 1;
                ends = oslo::midnight(oslo::date_of(point.at).plus_days(1));
            }
        }
        days
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
    reading.values.parts().map(|part| number(part?))
}

/// Finds a reading's zone by the limits that were in force when it was taken: its own, whole; else
/// the plan's that held at its time; else none. `plan` is the history of its parameter.
pub fn assess(reading: &Rc<Reading>, plan: Option<&LimitHistory>) -> Point {
    let held = plan.map_or(Held::Nothing, |history| history.through(&reading.time));
    let mut point = Point {
        reading: Rc::clone(reading),
        at: reading.time.axis_ms(),
        numbers: numbers(reading).map(|number| number.unwrap_or(f64::NAN)),
        implausible: reading.is_implausible(),
        zone: Zone::Unknown,
        zones: [None; 2],
        why: Why {
            basis: Basis::None,
            number: 0,
            range: None,
        },
        overlap: false,
        disagrees: None,
    };
    for (number, part) in reading.values.parts().into_iter().enumerate() {
        let Some(component) = part else { continue };
        let basis = basis(component, number, held);
        let fallback = match &basis {
            Basis::Plan(era) => era.sets.get(number).and_then(Option::as_ref),
            _ => None,
        };
        let mut classed = limits::classify(component, fallback);
        if basis == Basis::NotKnown {
            classed.zone = Zone::Unknown;
        }
        let is_first = point.zones.iter().all(Option::is_none);
        if is_first || classed.zone > point.zone {
            point.zone = classed.zone;
            point.why = Why {
                basis,
                number,
                range: classed.range,
            };
        }
        if let Some(zone) = point.zones.get_mut(number) {
            *zone = Some(classed.zone);
        }
        point.overlap |= classed.overlap;
        let said = component.interpretation;
        point.disagrees = point.disagrees.or_else(|| disagreement(said?, classed.zone));
    }
    let said = reading.interpretation;
    point.disagrees = point.disagrees.or_else(|| disagreement(said?, point.zone));
    if point.why.basis == Basis::NotKnown {
        // Nobody can disagree with what is not known.
        point.disagrees = point.disagrees.filter(|said| *said != Zone::Green);
    }
    point
}

/// Whose limits one number is classed by.
fn basis(component: &Component, number: usize, held: Held<'_>) -> Basis {
    let own = component.ranges.as_ref();
    if own.is_some_and(|set| set.is_personal()) {
        return Basis::Reading;
    }
    match held {
        Held::Era(era) if era.sets.get(number).is_some_and(Option::is_some) => Basis::Plan(Rc::clone(era)),
        Held::NotKnown => Basis::NotKnown,
        Held::Era(_) | Held::Nothing if own.is_some() => Basis::Standard,
        Held::Era(_) | Held::Nothing => Basis::None,
    }
}

/// The zone that the source itself gives, where it differs from ours. A source that calls a reading normal does
/// not disagree with there being no limits.
fn disagreement(said: Severity, zone: Zone) -> Option<Zone> {
    let nothing_to_say = zone == Zone::NoLimit && said == Severity::Green;
    let side = match zone {
        Zone::YellowLow | Zone::RedLow => Side::Low,
        _ => Side::High,
    };
    (!said.agrees_with(zone) && !nothing_to_say).then(|| said.zone(side))
}

/// The limits that a reading carries itself, one set per number.
pub fn own_sets(reading: &Reading) -> [Option<Rc<RangeSet>>; 2] {
    reading.values.parts().map(|part| part?.ranges.clone())
}

#[cfg(test)]
mod tests;
