//! The trend of one parameter in one period: points with their zones, breaks in the line, limit
//! steps, the value range of the axis, coverage. Holds no pixels and no colours.

mod assessed;
mod drawn;
mod gaps;
mod point;
mod steps;
mod within;

use std::rc::Rc;

pub use assessed::Assessed;
pub use drawn::DrawnNumber;
pub use point::{Basis, Point, Why, assess, numbers, own_sets};

use crate::limits::RangeSet;
use crate::reading::{Excluded, Reading};
use crate::{ClinicalTime, Parameter, Period, PlanSummary, oslo};

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
        let end = within::end(period.to);
        let inside = assessed
            .get(place(period.from)..place(end.saturating_add(1)))
            .unwrap_or_default();
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
                let at = e.time.as_ref().map(ClinicalTime::axis_ms);
                at.is_some_and(|at| period.from <= at && at <= end)
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
        self.points.iter().filter(|point| point.is_drawn()).count()
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

#[cfg(test)]
mod tests;
