//! The limits through a period, as steps. Classes nothing.

use std::rc::Rc;

use super::{LimitStep, Point, own_sets};
use crate::{CurrentLimits, Period, RangeSet};

/// The limits through the period as steps: each reading's own set holds from that reading to the
/// next one with another set; the plan's current limits hold from the day they were set.
pub(super) fn limit_steps(points: &[Point], plan: Option<&CurrentLimits>, period: Period) -> Vec<LimitStep> {
    let mut changes: Vec<(i64, [Option<Rc<RangeSet>>; 2])> = Vec::new();
    for point in points {
        let own = own_sets(&point.reading);
        let at = point.reading.time.axis_ms();
        let sets = match plan {
            Some(plan) if own.iter().all(Option::is_none) && plan.since <= point.reading.time.start_ms() => {
                plan.sets.clone()
            }
            _ => own,
        };
        if changes.last().is_none_or(|(_, last)| *last != sets) {
            changes.push((at, sets));
        }
    }
    if let Some(plan) = plan {
        let at = plan.since.max(period.from);
        let later = changes
            .last()
            .is_none_or(|(last, sets)| *last < at && *sets != plan.sets);
        if at < period.to && later && points.last().is_none_or(|p| p.reading.time.axis_ms() < at) {
            changes.push((at, plan.sets.clone()));
        }
    }
    let ends = changes
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([period.to])
        .collect::<Vec<_>>();
    let steps = changes
        .into_iter()
        .zip(ends)
        .map(|((from, sets), to)| LimitStep { from, to, sets });
    steps
        .filter(|step| step.sets.iter().any(Option::is_some))
        .collect()
}
