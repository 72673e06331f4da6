//! A series as arrays of plain numbers, made once and then drawn at any size. Holds no pixels and no
//! colours.

use chart_model::limits::classify;
use chart_model::series::{LimitStep, numbers};
use chart_model::{Component, Method, Point, Reading, Series, Status, Values, Zone, oslo};

use super::bands::{Band, bands};

/// Milliseconds since 1970 UTC, as the drawing wants them.
pub(crate) type Instant = f64;

/// How the dot of a reading is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Filled or hollow.
    pub method: Method,
    /// Dashed.
    pub preliminary: bool,
    /// Known to the day only: spans it.
    pub whole_day: bool,
}

/// What is drawn of a series.
#[derive(Debug)]
pub(crate) struct Plot {
    /// First and last instant of the axis: whole days in Oslo.
    pub span: (Instant, Instant),
    /// When each point was measured, ascending.
    pub times: Vec<Instant>,
    /// The numbers of each point: one line, or systolic and diastolic. NaN where a part is missing.
    pub lines: Vec<Line>,
    /// How each point is drawn.
    pub looks: Vec<Look>,
    /// The line is broken before this point.
    pub breaks: Vec<bool>,
    /// The breaks to be shaded: none while readings are still missing, since nobody knows then.
    pub gaps: Vec<(Instant, Instant)>,
    /// The limits through the period.
    pub bands: Vec<Band>,
    /// When limits changed.
    pub limit_changes: Vec<Instant>,
    /// Implausible readings: when, and whether the value is too high (else too low).
    pub edge_marks: Vec<(Instant, bool)>,
    /// What the axis must hold.
    pub range: Option<(f64, f64)>,
    /// Points and edge marks in order of time, as places in `points` and, after those, in `implausible`.
    pub order: Vec<usize>,
}

/// One number of every point.
#[derive(Debug)]
pub(crate) struct Line {
    /// In the shown unit.
    pub values: Vec<f64>,
    /// The zone of this number by itself.
    pub zones: Vec<Zone>,
}

impl Plot {
    /// Everything of `series` that is drawn. `complete`: all its readings have come.
    pub(crate) fn new(series: &Series, complete: bool) -> Self {
        let points = &series.points;
        let times: Vec<Instant> = points.iter().map(|p| instant(p.reading.time.axis_ms())).collect();
        let mut gaps = series.gaps.iter().peekable();
        let breaks = points
            .iter()
            .map(|point| {
                gaps.next_if(|gap| gap.to == point.reading.time.axis_ms())
                    .is_some()
            })
            .collect();
        let last_day = oslo::date_of(series.period.to).plus_days(1);
        let edge_marks: Vec<_> = series
            .implausible
            .iter()
            .map(|p| (instant(p.reading.time.axis_ms()), is_too_high(p, series)))
            .collect();
        let mut order: Vec<usize> = (0..points.len() + edge_marks.len()).collect();
        if !edge_marks.is_empty() {
            let at = |place: &usize| match times.get(*place) {
                Some(at) => *at,
                None => edge_marks.get(place - times.len()).map_or(0.0, |mark| mark.0),
            };
            order.sort_by(|a, b| at(a).total_cmp(&at(b)));
        }
        let pair = points
            .iter()
            .chain(&series.implausible)
            .any(|p| matches!(p.reading.values, Values::Pair { .. }));
        Self {
            span: (instant(series.period.from), instant(oslo::midnight(last_day))),
            lines: (0..if pair { 2 } else { 1 })
                .map(|index| line(series, index))
                .collect(),
            looks: points.iter().map(|point| look(&point.reading)).collect(),
            breaks,
            gaps: series
                .gaps
                .iter()
                .filter(|_| complete)
                .map(|gap| (instant(gap.from), instant(gap.to)))
                .collect(),
            bands: bands(series, pair),
            limit_changes: series
                .steps
                .iter()
                .skip(1)
                .map(|step| instant(step.from))
                .collect(),
            edge_marks,
            range: series.value_range(),
            times,
            order,
        }
    }

    /// The point of `series` that a mark stands for.
    pub(crate) fn point<'a>(&self, series: &'a Series, mark: usize) -> Option<&'a Point> {
        let place = *self.order.get(mark)?;
        series
            .points
            .get(place)
            .or_else(|| series.implausible.get(place.checked_sub(series.points.len())?))
    }

    /// When the mark at a place of `order` was measured.
    pub(crate) fn time_of(&self, mark: usize) -> Option<Instant> {
        let place = *self.order.get(mark)?;
        match self.times.get(place) {
            Some(time) => Some(*time),
            None => self.edge_marks.get(place - self.times.len()).map(|mark| mark.0),
        }
    }

    /// The mark nearest to an instant among those of the same day in Oslo.
    pub(crate) fn on_the_day_of(&self, at: Instant) -> Option<usize> {
        let day = |at: Instant| oslo::date_of(at as i64);
        let mark = self.nearest(at)?;
        (day(self.time_of(mark)?) == day(at)).then_some(mark)
    }

    /// The mark nearest to an instant.
    pub(crate) fn nearest(&self, at: Instant) -> Option<usize> {
        let after = self.order.partition_point(|place| {
            let time = match self.times.get(*place) {
                Some(time) => *time,
                None => self
                    .edge_marks
                    .get(place - self.times.len())
                    .map_or(0.0, |mark| mark.0),
            };
            time < at
        });
        let distance = |mark: &usize| {
            self.time_of(*mark)
                .map_or(f64::INFINITY, |time| (time - at).abs())
        };
        [after.checked_sub(1), Some(after)]
            .into_iter()
            .flatten()
            .filter(|mark| *mark < self.order.len())
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

fn instant(ms: i64) -> Instant {
    ms as Instant
}

fn look(reading: &Reading) -> Look {
    Look {
        method: reading.method,
        preliminary: reading.status == Status::Preliminary,
        whole_day: !reading.time.has_clock(),
    }
}

fn line(series: &Series, index: usize) -> Line {
    let pick = |point: &Point| {
        numbers(&point.reading)
            .get(index)
            .copied()
            .flatten()
            .unwrap_or(f64::NAN)
    };
    Line {
        values: series.points.iter().map(pick).collect(),
        zones: series
            .points
            .iter()
            .map(|point| zone(point, index, &series.steps))
            .collect(),
    }
}

/// The zone of one number of a point: the point's own, but of a blood pressure each part by itself.
fn zone(point: &Point, index: usize, steps: &[LimitStep]) -> Zone {
    let part: Option<&Component> = match &point.reading.values {
        Values::Single(_) => return point.zone,
        Values::Pair { systolic, diastolic } => if index == 0 { systolic } else { diastolic }.as_ref(),
    };
    let at = point.reading.time.axis_ms();
    let in_force = steps.iter().find(|step| step.from <= at && at <= step.to);
    let plan = in_force.and_then(|step| step.sets.get(index)?.as_ref());
    part.map_or(point.zone, |component| classify(component, plan).zone)
}

/// Above what can be right, or below.
fn is_too_high(point: &Point, series: &Series) -> bool {
    let plausible = |index: usize, value: f64| match &series.parameter {
        chart_model::Parameter::Known(known) => known
            .spec()
            .numbers
            .get(index)
            .is_some_and(|number| value > number.plausible.1.to_f64()),
        chart_model::Parameter::Other(_) => false,
    };
    numbers(&point.reading)
        .into_iter()
        .enumerate()
        .any(|(index, value)| value.is_some_and(|v| plausible(index, v)))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::text::fixtures::{reading, set};
    use chart_model::{ClinicalTime, Known, Period};

    fn series(known: Known, values: &[(&str, &str)]) -> Series {
        let limits = [
            Some(set(&["N 100-140", "A 141-160"])),
            Some(set(&["N 60-90", "A 91-100", "AA 101-"])),
        ];
        let readings: Vec<_> = values
            .iter()
            .map(|(time, value)| Rc::new(reading(known, value, limits.clone(), time)))
            .collect();
        let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms();
        Series::build(&known.into(), &readings, &[], None, Period::last_days(30, now))
    }

    #[test]
    fn the_line_is_broken_at_every_gap_of_the_series() {
        let days = ["01", "02", "03", "04", "12", "13"].map(|day| format!("2026-11-{day}T08:00:00+01:00"));
        let values: Vec<_> = days.iter().map(|day| (day.as_str(), "72")).collect();
        let series = series(Known::Pulse, &values);
        let plot = Plot::new(&series, true);
        assert_eq!(plot.breaks, [false, false, false, false, true, false]);
        assert_eq!(plot.gaps.len(), series.gaps.len());
        assert!(
            Plot::new(&series, false).gaps.is_empty(),
            "what has not come yet is not missing"
        );
    }

    #[test]
    fn each_number_of_a_blood_pressure_has_its_own_zone() {
        let plot = Plot::new(
            &series(Known::BloodPressure, &[("2026-11-20T08:00:00+01:00", "132/104")]),
            true,
        );
        let zones: Vec<_> = plot.lines.iter().map(|line| line.zones.clone()).collect();
        assert_eq!(zones, [[Zone::Green], [Zone::RedHigh]]);
    }

    #[test]
    fn implausible_readings_stand_at_the_edge_and_can_be_read_in_their_turn() {
        let series = series(
            Known::Pulse,
            &[
                ("2026-11-18T08:00:00+01:00", "72"),
                ("2026-11-19T08:00:00+01:00", "7"),
                ("2026-11-20T08:00:00+01:00", "700"),
                ("2026-11-21T08:00:00+01:00", "74"),
            ],
        );
        let plot = Plot::new(&series, true);
        let read: Vec<_> = (0..4)
            .map(|mark| plot.point(&series, mark).unwrap().reading.values.text())
            .collect();
        assert_eq!(read, ["72", "7", "700", "74"]);
        let edges: Vec<_> = plot.edge_marks.iter().map(|(_, high)| *high).collect();
        assert_eq!(edges, [false, true]);
        assert_eq!(plot.range, Some((72.0, 160.0)));
    }

    #[test]
    fn the_nearest_mark_is_found_from_any_place() {
        let plot = Plot::new(
            &series(
                Known::Pulse,
                &[
                    ("2026-11-18T08:00:00+01:00", "72"),
                    ("2026-11-20T08:00:00+01:00", "74"),
                ],
            ),
            true,
        );
        let (first, second) = (plot.times[0], plot.times[1]);
        for (at, mark) in [
            (0.0, 0),
            (first, 0),
            (first + 1.0, 0),
            (second - 1.0, 1),
            (second + 1e12, 1),
        ] {
            assert_eq!(plot.nearest(at), Some(mark), "{at}");
        }
        assert_eq!(Plot::new(&series(Known::Pulse, &[]), true).nearest(0.0), None);
    }
}
