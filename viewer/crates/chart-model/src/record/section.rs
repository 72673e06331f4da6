//! What stands in a document of one parameter: its rows, its limits, and which readings its chart draws.

use std::rc::Rc;

use crate::order;
use crate::series::{LimitStep, Point, Series};
use crate::statistics::{self, Day, Statistics};

/// More readings than this stand in the table day by day.
pub const MOST_ROWS: usize = 400;
/// More readings than this are thinned in the chart.
const MOST_DOTS: usize = 1_000;
/// Into so many stretches of time.
const STRETCHES: i64 = 300;

/// One parameter.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its trend, as it was drawn.
    pub series: Rc<Series>,
    /// Its figures.
    pub figures: Statistics,
}

/// The table of a section, newest first.
#[derive(Clone, Debug)]
pub enum Table<'a> {
    /// A row for every reading, implausible ones among them.
    Readings(Vec<&'a Point>),
    /// A row for every day with a reading.
    Days(Vec<Day>),
}

impl Section {
    /// Every reading or, where they are more than [`MOST_ROWS`], every day.
    pub fn table(&self) -> Table<'_> {
        if self.series.points.len() + self.series.implausible.len() > MOST_ROWS {
            Table::Days(statistics::days(&self.series))
        } else {
            Table::Readings(self.rows())
        }
    }

    /// Every reading, newest first; implausible ones among them.
    pub fn rows(&self) -> Vec<&Point> {
        let mut rows: Vec<&Point> = self
            .series
            .points
            .iter()
            .chain(&self.series.implausible)
            .collect();
        order::by_key(&mut rows, |point| -point.at);
        rows
    }

    /// The limits in force through the period, oldest first.
    pub fn limits(&self) -> &[LimitStep] {
        &self.series.steps
    }

    /// The chart does not draw every reading.
    pub fn is_thinned(&self) -> bool {
        self.series.points.len() > MOST_DOTS
    }

    /// Places of the points that the chart draws, ascending: all; or where there are very many, of every stretch of time
    /// the first, the last, and of each number the lowest and the highest, among all and within each zone outside
    /// the limits.
    pub fn drawn_places(&self) -> Vec<usize> {
        let points = &self.series.points;
        if !self.is_thinned() {
            return (0..points.len()).collect();
        }
        let from = self.series.period.from;
        let length = (self.series.period.to - from).max(1);
        let stretch = |point: &Point| (point.at - from) * STRETCHES / length;
        let mut places = Vec::new();
        let mut first = 0;
        for points in points.chunk_by(|one, next| stretch(one) == stretch(next)) {
            let mut kept = vec![0, points.len() - 1];
            for number in [0, 1] {
                extremes(points, number, &mut kept);
            }
            order::by_key(&mut kept, |place| *place as i64);
            kept.dedup();
            places.extend(kept.into_iter().map(|place| first + place));
            first += points.len();
        }
        places
    }
}

/// Adds the places of the lowest and the highest number, of all and of each zone outside the limits.
fn extremes(points: &[Point], number: usize, kept: &mut Vec<usize>) {
    let value = |point: &Point| {
        let value = point.numbers.get(number).copied();
        value.filter(|value| !value.is_nan())
    };
    let zone = |point: &Point| point.zones.get(number).copied().flatten().unwrap_or(point.zone);
    let mut groups = vec![None];
    for point in points.iter().filter(|point| zone(point).is_outside()) {
        let group = Some(zone(point));
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for group in groups {
        let of_group = || {
            let all = points.iter().enumerate();
            let all = all.filter(|(_, point)| group.is_none_or(|group| zone(point) == group));
            all.filter_map(|(place, point)| Some((place, value(point)?)))
        };
        kept.extend(of_group().min_by(|a, b| a.1.total_cmp(&b.1)).map(|found| found.0));
        kept.extend(of_group().max_by(|a, b| a.1.total_cmp(&b.1)).map(|found| found.0));
    }
}
