//! A series as arrays of plain numbers, made once and then drawn at any size. Holds no pixels and no
//! colours.

use chart_model::bands::{Band, bands};
use chart_model::decimate::{Blocks, Curve};
use chart_model::{Known, Point, Reading, Series, Status, order, oslo};

use super::dot::{Dot, Look};

/// Milliseconds since 1970 UTC, as the drawing wants them.
pub(crate) type Instant = f64;

/// What is drawn of a series.
#[derive(Debug)]
pub(crate) struct Plot {
    /// First and last instant of the axis: whole days in Oslo.
    pub span: (Instant, Instant),
    /// When each point was measured, ascending.
    pub times: Vec<Instant>,
    /// The numbers of each point: one line, or systolic and diastolic.
    pub lines: Vec<Line>,
    /// The breaks in the line.
    pub gaps: Vec<(Instant, Instant)>,
    /// The limits through the period.
    pub bands: Vec<Band>,
    /// When limits changed.
    pub limit_changes: Vec<Instant>,
    /// Implausible readings: when, and whether the value is too high (else too low).
    pub edge_marks: Vec<(Instant, bool)>,
    /// What the axis must hold.
    pub range: Option<(f64, f64)>,
    /// Points and edge marks in order of time, as places in `points` and, after those, in `implausible`; empty
    /// where there are no edge marks, and the order is that of the points.
    order: Vec<usize>,
}

/// One number of every point. A year of continuous glucose has 105,120 of them, so they are small.
#[derive(Debug)]
pub(crate) struct Line {
    /// In the shown unit; NaN where a part is missing.
    pub values: Vec<f32>,
    /// How each is drawn.
    pub dots: Vec<Dot>,
    /// Of the two above.
    pub blocks: Blocks,
}

impl Line {
    /// Of numbers as long as their dots.
    pub(crate) fn new(values: Vec<f32>, dots: Vec<Dot>) -> Self {
        Self {
            blocks: Blocks::new(&values, &dots),
            values,
            dots,
        }
    }

    /// The number at a place, if there is one.
    pub(crate) fn value(&self, place: usize) -> Option<f64> {
        let value = f64::from(*self.values.get(place)?);
        (!value.is_nan()).then_some(value)
    }

    /// The dot at a place where there is a number.
    pub(crate) fn dot(&self, place: usize) -> Dot {
        self.dots.get(place).copied().unwrap_or_default()
    }
}

impl Plot {
    /// Everything of `series` that is drawn.
    pub(crate) fn new(series: &Series) -> Self {
        let points = &series.points;
        let times: Vec<Instant> = points.iter().map(|point| instant(point.at)).collect();
        let last_day = oslo::date_of(series.period.to).plus_days(1);
        let edge_marks: Vec<_> = series
            .implausible
            .iter()
            .map(|point| (instant(point.at), series.is_too_high(point)))
            .collect();
        let mut places = Vec::new();
        if !edge_marks.is_empty() {
            places.extend(0..points.len() + edge_marks.len());
            let at = |place: &usize| at_place(&times, &edge_marks, *place).unwrap_or_default();
            order::by_key(&mut places, |place| at(place) as i64);
        }
        let pair = series.parameter == Known::BloodPressure.into();
        Self {
            span: (instant(series.period.from), instant(oslo::midnight(last_day))),
            lines: (0..if pair { 2 } else { 1 })
                .map(|index| line(series, index))
                .collect(),
            gaps: series
                .gaps
                .iter()
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
            order: places,
        }
    }

    /// One line of plain numbers, as the bench page is given them: dots of an apparatus, and no marks at the edge.
    #[cfg(feature = "bench")]
    pub(crate) fn of_columns(
        times: Vec<Instant>,
        line: Line,
        gaps: Vec<(Instant, Instant)>,
        bands: Vec<Band>,
        range: (f64, f64),
    ) -> Self {
        Self {
            span: times
                .first()
                .copied()
                .zip(times.last().copied())
                .unwrap_or_default(),
            lines: vec![line],
            gaps,
            bands,
            limit_changes: Vec::new(),
            edge_marks: Vec::new(),
            range: Some(range),
            times,
            order: Vec::new(),
        }
    }

    /// A line as it is thinned.
    pub(crate) fn curve<'a>(&'a self, line: &'a Line) -> Curve<'a, Dot> {
        Curve {
            times: &self.times,
            values: &line.values,
            marks: &line.dots,
            blocks: &line.blocks,
        }
    }

    /// Number of marks: points and edge marks.
    pub(crate) fn marks(&self) -> usize {
        self.times.len() + self.edge_marks.len()
    }

    /// Where a mark stands: among the points, or after those among the implausible.
    pub(crate) fn place_of(&self, mark: usize) -> Option<usize> {
        if self.order.is_empty() {
            (mark < self.times.len()).then_some(mark)
        } else {
            self.order.get(mark).copied()
        }
    }

    /// The point of `series` that a mark stands for.
    pub(crate) fn point<'a>(&self, series: &'a Series, mark: usize) -> Option<&'a Point> {
        let place = self.place_of(mark)?;
        series
            .points
            .get(place)
            .or_else(|| series.implausible.get(place.checked_sub(series.points.len())?))
    }

    /// When a mark was measured; marks are in the order of time.
    pub(crate) fn time_of(&self, mark: usize) -> Option<Instant> {
        at_place(&self.times, &self.edge_marks, self.place_of(mark)?)
    }

    /// The mark nearest to an instant among those of the same day in Oslo.
    pub(crate) fn on_the_day_of(&self, at: Instant) -> Option<usize> {
        let day = |at: Instant| oslo::date_of(at as i64);
        let mark = self.nearest(at)?;
        (day(self.time_of(mark)?) == day(at)).then_some(mark)
    }

    /// The mark nearest to an instant.
    pub(crate) fn nearest(&self, at: Instant) -> Option<usize> {
        let after = if self.order.is_empty() {
            self.times.partition_point(|time| *time < at)
        } else {
            let before =
                |place: &usize| at_place(&self.times, &self.edge_marks, *place).is_some_and(|time| time < at);
            self.order.partition_point(before)
        };
        let distance = |mark: &usize| {
            self.time_of(*mark)
                .map_or(f64::INFINITY, |time| (time - at).abs())
        };
        [after.checked_sub(1), Some(after)]
            .into_iter()
            .flatten()
            .filter(|mark| *mark < self.marks())
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// When what stands at a place was measured.
fn at_place(times: &[Instant], edge_marks: &[(Instant, bool)], place: usize) -> Option<Instant> {
    match times.get(place) {
        Some(time) => Some(*time),
        None => edge_marks.get(place - times.len()).map(|mark| mark.0),
    }
}

fn instant(ms: i64) -> Instant {
    ms as Instant
}

fn line(series: &Series, index: usize) -> Line {
    let numbers = series.drawn_numbers(index).zip(&series.points);
    let (values, dots) = numbers
        .map(|(drawn, point)| {
            let dot = Dot::new(drawn.zone, look(&point.reading), drawn.is_broken);
            (drawn.value as f32, dot)
        })
        .unzip();
    Line::new(values, dots)
}

fn look(reading: &Reading) -> Look {
    Look {
        method: reading.method,
        preliminary: reading.status == Status::Preliminary,
        whole_day: !reading.time.has_clock(),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::text::fixtures::{reading, set};
    use chart_model::{ClinicalTime, Known, Period, Zone};

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
        let plot = Plot::new(&series);
        let breaks: Vec<_> = plot.lines[0].dots.iter().map(|dot| dot.is_broken()).collect();
        assert_eq!(breaks, [false, false, false, false, true, false]);
        assert_eq!(plot.gaps.len(), series.gaps.len());
    }

    #[test]
    fn each_number_of_a_blood_pressure_has_its_own_zone() {
        let plot = Plot::new(&series(
            Known::BloodPressure,
            &[("2026-11-20T08:00:00+01:00", "132/104")],
        ));
        let zones: Vec<_> = plot.lines.iter().map(|line| line.dot(0).zone()).collect();
        assert_eq!(zones, [Zone::Green, Zone::RedHigh]);
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
        let plot = Plot::new(&series);
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
        let plot = Plot::new(&series(
            Known::Pulse,
            &[
                ("2026-11-18T08:00:00+01:00", "72"),
                ("2026-11-20T08:00:00+01:00", "74"),
            ],
        ));
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
        assert_eq!(Plot::new(&series(Known::Pulse, &[])).nearest(0.0), None);
    }
}
