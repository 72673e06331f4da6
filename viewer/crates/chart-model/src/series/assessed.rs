//! The zones of all readings of a parameter, kept while more readings arrive. Knows no period.

use std::rc::Rc;

use super::{Point, assess};
use crate::Reading;
use crate::limit_history::LimitHistory;

/// Readings with their zones, oldest first: each is assessed once, however often readings are added.
#[derive(Clone, Debug, Default)]
pub struct Assessed {
    points: Vec<Point>,
}

impl Assessed {
    /// Makes it those of `readings` (all of one parameter, oldest first), by the limits of `plan`, which must be
    /// the same as before: for another plan begin anew.
    pub fn renew(&mut self, readings: &[Rc<Reading>], plan: Option<&LimitHistory>) {
        let mut before = std::mem::take(&mut self.points).into_iter().peekable();
        self.points.reserve_exact(readings.len());
        let is_older = |point: &Point, reading: &Reading| point.at < reading.time.axis_ms();
        for reading in readings {
            // What is not there any more was replaced by the same reading from another source.
            while before.next_if(|point| is_older(point, reading)).is_some() {}
            let kept = before.next_if(|point| Rc::ptr_eq(&point.reading, reading));
            self.points.push(kept.unwrap_or_else(|| assess(reading, plan)));
        }
    }

    /// The readings with their zones, oldest first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reading;

    fn at(minute: u8) -> Rc<Reading> {
        let time = format!("2026-11-21T08:{minute:02}:00+01:00");
        Rc::new(reading(&minute.to_string(), &time, "91"))
    }

    #[test]
    fn readings_come_out_as_they_are_whatever_was_there_before() {
        let all: Vec<_> = (0..8).map(at).collect();
        let pick = |places: &[usize]| -> Vec<Rc<Reading>> {
            places.iter().map(|place| Rc::clone(&all[*place])).collect()
        };
        let mut assessed = Assessed::default();
        let steps: [&[usize]; 6] = [&[2, 5], &[0, 2, 3, 5, 7], &[0, 3, 7], &[], &[1], &[0, 1, 2]];
        for places in steps {
            let readings = pick(places);
            assessed.renew(&readings, None);
            let points = assessed.points();
            assert_eq!(points.len(), readings.len(), "{places:?}");
            let same = points.iter().zip(&readings);
            assert!(
                same.clone()
                    .all(|(point, reading)| Rc::ptr_eq(&point.reading, reading))
            );
        }
    }

    #[test]
    fn what_was_assessed_is_not_assessed_again() {
        let (first, second) = (at(1), at(2));
        let mut assessed = Assessed::default();
        assessed.renew(&[Rc::clone(&first)], None);
        assessed.points.iter_mut().for_each(|point| point.overlap = true);
        assessed.renew(&[first, second], None);
        let marked: Vec<bool> = assessed.points.iter().map(|point| point.overlap).collect();
        assert_eq!(marked, [true, false]);
    }
}
