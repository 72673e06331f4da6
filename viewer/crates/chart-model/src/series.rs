//! The trend of one parameter in one period: points with their zones, breaks in the line, limit
//! steps, the value range of the axis, coverage. Holds no pixels and no colours.

use std::rc::Rc;

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
        let gaps = gaps(&points, interval);
        let steps = limit_steps(&points, current, period);
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

/// Breaks in the line: strictly more than 1.5 × the planned interval, else strictly more than 3 ×
/// the median interval of the points. With fewer than three intervals there is no median to go by.
fn gaps(points: &[Point], planned: Option<i64>) -> Vec<Gap> {
    let times: Vec<i64> = points.iter().map(|point| point.reading.time.axis_ms()).collect();
    let Some(limit) = planned
        .map(|interval| interval * 3 / 2)
        .or_else(|| median_interval(&times).map(|m| m * 3))
    else {
        return Vec::new();
    };
    let pairs = times.windows(2).filter_map(|pair| match pair {
        [from, to] if to - from > limit => Some(Gap { from: *from, to: *to }),
        _ => None,
    });
    pairs.collect()
}

/// Median of the intervals between times, `None` with fewer than three intervals.
fn median_interval(times: &[i64]) -> Option<i64> {
    let mut intervals: Vec<i64> = times
        .windows(2)
        .filter_map(|pair| pair.last().zip(pair.first()).map(|(to, from)| to - from))
        .collect();
    if intervals.len() < 3 {
        return None;
    }
    intervals.sort_unstable();
    let upper = *intervals.get(intervals.len() / 2)?;
    let lower = *intervals.get((intervals.len() - 1) / 2)?;
    Some((lower + upper) / 2)
}

/// The limits through the period as steps: each reading's own set holds from that reading to the
/// next one with another set; the plan's current limits hold from the day they were set.
fn limit_steps(points: &[Point], plan: Option<&CurrentLimits>, period: Period) -> Vec<LimitStep> {
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
mod tests {
    use super::*;
    use crate::accept;
    use crate::limits::{LimitRange, Severity};
    use crate::testing::{component, reading, spo2};
    use crate::time::{ClinicalTime, DAY_MS, HOUR_MS};
    use crate::{Decimal, Known};
    use proptest::prelude::*;

    fn instant(text: &str) -> i64 {
        ClinicalTime::parse(text).unwrap().start_ms()
    }

    fn now() -> i64 {
        instant("2026-11-22T09:14:00+01:00")
    }

    fn green_from(low: i64) -> Rc<RangeSet> {
        let bounds = Bounds {
            low: Some(Decimal::new(low, 0)),
            high: None,
        };
        Rc::new(RangeSet {
            ranges: vec![LimitRange {
                severity: Severity::Green,
                bounds,
            }],
            problem: None,
        })
    }

    fn with_limits(id: &str, time: &str, value: &str, ranges: &Rc<RangeSet>) -> Reading {
        Reading {
            values: Values::Single(component(value, Some(Rc::clone(ranges)))),
            ..reading(id, time, value)
        }
    }

    fn build(readings: Vec<Reading>, plan: Option<&PlanSummary>) -> Series {
        let accepted = accept(readings, now());
        Series::build(
            &spo2(),
            &accepted.of(&spo2()),
            accepted.excluded(),
            plan,
            Period::last_days(90, now()),
        )
    }

    fn daily(days: &[i64]) -> Vec<Reading> {
        let at = |day: &i64| oslo::to_fhir(now() - day * DAY_MS - HOUR_MS);
        days.iter()
            .map(|day| reading(&day.to_string(), &at(day), "91"))
            .collect()
    }

    fn plan(interval: Option<i64>, limits: Option<(Rc<RangeSet>, &str)>) -> PlanSummary {
        PlanSummary {
            intervals: interval.map(|interval| (spo2(), interval)).into_iter().collect(),
            limits: limits
                .map(|(set, since)| CurrentLimits {
                    parameter: spo2(),
                    sets: [Some(set), None],
                    since: instant(since),
                })
                .into_iter()
                .collect(),
            ..PlanSummary::default()
        }
    }

    fn check_gaps(days: &[i64], planned: Option<i64>, gaps: usize, why: &str) {
        let plan = plan(planned, None);
        assert_eq!(build(daily(days), Some(&plan)).gaps.len(), gaps, "{why}");
    }

    #[test]
    fn the_line_breaks_strictly_beyond_the_cadence() {
        check_gaps(&[9, 8, 7, 6, 5], None, 0, "daily");
        check_gaps(&[9, 8, 7, 4, 3, 2], None, 0, "exactly three medians");
        check_gaps(&[19, 18, 17, 8, 7, 6], None, 1, "nine days without");
        check_gaps(&[30, 20, 10], None, 0, "two intervals are no cadence");
        check_gaps(
            &[19, 18, 17, 15, 14],
            Some(DAY_MS),
            1,
            "planned daily, one day missed",
        );
        check_gaps(&[9, 6, 3], Some(2 * DAY_MS), 0, "exactly 1.5 × the plan");
        check_gaps(&[], None, 0, "nothing");
    }

    #[test]
    fn a_gap_lies_between_the_readings_around_it() {
        let series = build(daily(&[19, 18, 17, 8, 7]), None);
        let [gap] = series.gaps[..] else {
            panic!("one gap: {:?}", series.gaps)
        };
        assert_eq!(gap.to - gap.from, 9 * DAY_MS);
    }

    #[test]
    fn old_readings_keep_the_limits_they_were_taken_under() {
        let (before, after) = (green_from(88), green_from(92));
        let series = build(
            vec![
                with_limits("a", "2026-11-10T08:00:00+01:00", "90", &before),
                with_limits("b", "2026-11-11T08:00:00+01:00", "90", &after),
            ],
            None,
        );
        let zones: Vec<_> = series.points.iter().map(|point| point.zone).collect();
        assert_eq!(zones, [Zone::Green, Zone::Unknown]);
        let starts: Vec<_> = series.steps.iter().map(|step| (step.from, step.to)).collect();
        let (first, second) = (
            instant("2026-11-10T08:00:00+01:00"),
            instant("2026-11-11T08:00:00+01:00"),
        );
        assert_eq!(starts, [(first, second), (second, now())]);
    }

    #[test]
    fn the_plans_limits_hold_from_the_instant_they_were_set_and_not_before() {
        let plan = plan(None, Some((green_from(88), "2026-11-10T08:00:00+01:00")));
        let series = build(
            vec![
                reading("a", "2026-11-10T07:59:59+01:00", "90"),
                reading("b", "2026-11-10T08:00:00+01:00", "90"),
            ],
            Some(&plan),
        );
        let seen: Vec<_> = series
            .points
            .iter()
            .map(|point| (point.zone, point.basis))
            .collect();
        assert_eq!(seen, [(Zone::NoLimit, Basis::None), (Zone::Green, Basis::Plan)]);
    }

    #[test]
    fn a_new_limit_is_drawn_from_its_own_day_even_before_the_first_reading_under_it() {
        let plan = plan(None, Some((green_from(92), "2026-11-20T12:00:00+01:00")));
        let series = build(
            vec![with_limits(
                "a",
                "2026-11-10T08:00:00+01:00",
                "90",
                &green_from(88),
            )],
            Some(&plan),
        );
        let starts: Vec<_> = series.steps.iter().map(|step| step.from).collect();
        assert_eq!(
            starts,
            [
                instant("2026-11-10T08:00:00+01:00"),
                instant("2026-11-20T12:00:00+01:00")
            ]
        );
        assert_eq!(series.value_range(), Some((88.0, 92.0)));
    }

    #[test]
    fn the_period_begins_at_midnight_and_ends_now() {
        let series = build(
            vec![
                reading("before", "2026-08-23T23:59:59+02:00", "91"),
                reading("first", "2026-08-24T00:00:00+02:00", "91"),
                reading("today", "2026-11-22", "91"),
            ],
            None,
        );
        let ids: Vec<_> = series.points.iter().map(|point| &*point.reading.id).collect();
        assert_eq!(ids, ["first", "today"]);
        assert_eq!(series.days_with_readings(), 2);
    }

    #[test]
    fn an_implausible_value_is_off_axis_and_summary_and_zero_is_a_value() {
        let series = build(
            vec![
                reading("a", "2026-11-10T08:00:00+01:00", "9"),
                reading("b", "2026-11-11T08:00:00+01:00", "91"),
            ],
            None,
        );
        assert_eq!((series.points.len(), series.implausible.len()), (1, 1));
        assert_eq!(series.value_range(), Some((91.0, 91.0)));
        let steps = Parameter::from(Known::Steps);
        let zero = Reading {
            parameter: steps.clone(),
            ..reading("z", "2026-11-11T08:00:00+01:00", "0")
        };
        let accepted = accept(vec![zero], now());
        let series = Series::build(
            &steps,
            &accepted.of(&steps),
            &[],
            None,
            Period::last_days(90, now()),
        );
        assert_eq!((series.points.len(), series.value_range()), (1, Some((0.0, 0.0))));
    }

    fn pressure(systolic: Option<&Rc<RangeSet>>, diastolic: Option<&Rc<RangeSet>>) -> Zone {
        let part = |value: &str, ranges: Option<&Rc<RangeSet>>| Some(component(value, ranges.cloned()));
        let values = Values::Pair {
            systolic: part("132", systolic),
            diastolic: part("84", diastolic),
        };
        let reading = Reading {
            parameter: Known::BloodPressure.into(),
            values,
            ..reading("a", "2026-11-10T08:00:00+01:00", "0")
        };
        assess(&Rc::new(reading), None).zone
    }

    #[test]
    fn a_blood_pressure_has_the_more_severe_zone_and_unknown_is_never_green() {
        let green = green_from(50);
        let unknown = green_from(200);
        let red = Rc::new(RangeSet {
            ranges: vec![LimitRange {
                severity: Severity::Red(None),
                bounds: Bounds {
                    low: Some(Decimal::new(80, 0)),
                    high: None,
                },
            }],
            problem: None,
        });
        for (systolic, diastolic, zone) in [
            (Some(&green), Some(&green), Zone::Green),
            (Some(&green), None, Zone::NoLimit),
            (Some(&green), Some(&unknown), Zone::Unknown),
            (Some(&unknown), Some(&red), Zone::RedHigh),
            (None, None, Zone::NoLimit),
        ] {
            assert_eq!(pressure(systolic, diastolic), zone);
        }
    }

    #[test]
    fn a_reading_in_an_unknown_unit_counts_but_cannot_be_drawn() {
        let mut in_stone = reading("a", "2026-11-10T08:00:00+01:00", "13");
        if let Values::Single(component) = &mut in_stone.values {
            component.quantity.as_sent_unit = Some("stone".into());
        }
        let series = build(
            vec![in_stone, reading("b", "2026-11-11T08:00:00+01:00", "91")],
            None,
        );
        assert_eq!((series.points.len(), series.drawn()), (2, 1));
        assert_eq!(series.value_range(), Some((91.0, 91.0)));
    }

    #[test]
    fn the_sources_own_zone_is_kept_where_it_disagrees() {
        let mut reading = with_limits("a", "2026-11-10T08:00:00+01:00", "90", &green_from(88));
        if let Values::Single(component) = &mut reading.values {
            component.interpretation = Some(Zone::RedLow);
        }
        let point = assess(&Rc::new(reading), None);
        assert_eq!((point.zone, point.disagrees), (Zone::Green, Some(Zone::RedLow)));
        for (said, disagrees) in [(Zone::Green, None), (Zone::YellowLow, Some(Zone::YellowLow))] {
            let mut without_limits = crate::testing::reading("a", "2026-11-10T08:00:00+01:00", "90");
            if let Values::Single(component) = &mut without_limits.values {
                component.interpretation = Some(said);
            }
            assert_eq!(assess(&Rc::new(without_limits), None).disagrees, disagrees);
        }
    }

    proptest! {
        #[test]
        fn points_gaps_and_steps_stay_in_order_and_in_the_period(
            days in proptest::collection::vec((0_i64..130, 86_i64..96, 0_usize..3), 0..80),
        ) {
            let sets = [green_from(88), green_from(90), green_from(92)];
            let readings = days.iter().enumerate().map(|(index, (day, value, set))| {
                let time = oslo::to_fhir(now() - day * DAY_MS - HOUR_MS);
                with_limits(&index.to_string(), &time, &value.to_string(), &sets[*set])
            });
            let series = build(readings.collect(), None);
            let inside = days.iter().filter(|(day, ..)| series.period.contains(now() - day * DAY_MS - HOUR_MS)).count();
            prop_assert_eq!(series.points.len(), inside);
            prop_assert!(series.gaps.iter().all(|gap| gap.from < gap.to));
            prop_assert!(series.steps.windows(2).all(|pair| pair[0].to == pair[1].from));
            if let Some((low, high)) = series.value_range() {
                prop_assert!(series.points.iter().all(|p| numbers(&p.reading)[0].is_some_and(|v| low <= v && v <= high)));
            }
        }
    }
}
