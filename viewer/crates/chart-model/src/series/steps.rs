//! The limits through a period, as steps. Classes nothing.

use std::rc::Rc;

use super::{Basis, LimitStep, Point};
use crate::limit_history::{LimitEra, LimitHistory};
use crate::{Period, RangeSet};

/// One set per number.
type Sets<'a> = [Option<&'a Rc<RangeSet>>; 2];

/// The limits through the period as steps. A reading says which limits held at its time; between readings
/// those of the plan begin and end at their own instants, unless the next reading of that era brings others.
/// Where no limit held, or none is known, there is no step.
pub(super) fn limit_steps(points: &[Point], plan: Option<&LimitHistory>, period: Period) -> Vec<LimitStep> {
    let mut steps = Steps {
        list: Vec::new(),
        end: period.to,
    };
    let boundaries = plan.map(|plan| boundaries(plan, period)).unwrap_or_default();
    let mut rest = points;
    for (index, (at, era)) in boundaries.iter().enumerate() {
        let begun = rest.partition_point(|point| point.at < *at);
        let (before, after) = rest.split_at(begun);
        steps.add_points(before, plan);
        let sets = era
            .as_ref()
            .map_or([None, None], |era| era.sets.each_ref().map(Option::as_ref));
        let until = boundaries.get(index + 1).map_or(i64::MAX, |(at, _)| *at);
        let next = after.first().filter(|point| point.at < until);
        let holds = next.is_none_or(|next| are_same(&in_force(next, plan), &sets));
        if holds && !steps.last_is(&sets) {
            let basis = era
                .as_ref()
                .map_or(Basis::None, |era| Basis::Plan(Rc::clone(era)));
            steps.add(*at, sets.map(|set| set.cloned()), basis);
        }
        rest = after;
    }
    steps.add_points(rest, plan);
    steps
        .list
        .retain(|step| step.from < step.to && step.sets.iter().any(Option::is_some));
    steps.list
}

/// Steps from limits that hold until others do.
struct Steps {
    list: Vec<LimitStep>,
    end: i64,
}

impl Steps {
    fn add_points(&mut self, points: &[Point], plan: Option<&LimitHistory>) {
        for point in points {
            let sets = in_force(point, plan);
            if !self.last_is(&sets) {
                let basis = basis(point, plan);
                self.add(point.at, sets.map(|set| set.cloned()), basis);
            }
        }
    }

    fn last_is(&self, sets: &Sets<'_>) -> bool {
        self.list
            .last()
            .is_some_and(|last| are_same(&last.sets.each_ref().map(Option::as_ref), sets))
    }

    fn add(&mut self, from: i64, sets: [Option<Rc<RangeSet>>; 2], basis: Basis) {
        if let Some(last) = self.list.last_mut() {
            last.to = from;
        }
        let to = self.end;
        self.list.push(LimitStep {
            from,
            to,
            sets,
            basis,
        });
    }
}

/// Most readings share their limits, so that the pointers tell.
fn are_same(one: &Sets<'_>, other: &Sets<'_>) -> bool {
    one.iter().zip(other).all(|pair| match pair {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other) || one == other,
        (one, other) => one.is_none() && other.is_none(),
    })
}

/// Instants of the period at which the plan's limits begin, or end without others in their place.
fn boundaries(plan: &LimitHistory, period: Period) -> Vec<(i64, Option<Rc<LimitEra>>)> {
    let mut boundaries = Vec::new();
    let inside = |era: &&Rc<LimitEra>| era.to > period.from && era.from < period.to;
    let mut eras = plan.eras.iter().filter(inside).peekable();
    while let Some(era) = eras.next() {
        boundaries.push((era.from.max(period.from), Some(Rc::clone(era))));
        if era.to < period.to && eras.peek().is_none_or(|next| next.from > era.to) {
            boundaries.push((era.to, None));
        }
    }
    boundaries
}

/// The limits that held at a reading's time: of each number its own, else the plan's, else its standard range.
fn in_force<'a>(point: &'a Point, plan: Option<&'a LimitHistory>) -> Sets<'a> {
    let parts = point.reading.values.parts();
    let own = parts.map(|part| part?.ranges.as_ref());
    if own.iter().flatten().count() == parts.iter().flatten().count()
        && own.iter().flatten().all(|set| set.is_personal())
    {
        return own;
    }
    let era = plan.and_then(|plan| plan.at(point.at));
    let planned = era.map_or([None, None], |era| era.sets.each_ref().map(Option::as_ref));
    let [first, second] = own;
    let [first_planned, second_planned] = planned;
    let of_number = |own: Option<&'a Rc<RangeSet>>, planned: Option<&'a Rc<RangeSet>>| {
        own.filter(|set| set.is_personal()).or(planned).or(own)
    };
    [of_number(first, first_planned), of_number(second, second_planned)]
}

/// Whose they are: a reading's own, if one of its numbers has such.
fn basis(point: &Point, plan: Option<&LimitHistory>) -> Basis {
    let parts = point.reading.values.parts();
    let mut own = parts.iter().filter_map(|part| part.as_ref()?.ranges.as_ref());
    let era = plan.and_then(|plan| plan.at(point.at));
    match (own.clone().any(|set| set.is_personal()), era) {
        (true, _) => Basis::Reading,
        (false, Some(era)) => Basis::Plan(Rc::clone(era)),
        (false, None) if own.next().is_some() => Basis::Standard,
        (false, None) => Basis::None,
    }
}
