//! What a chart draws of each reading: its numbers, where the line to them is broken, at which edge an implausible one
//! stands. The same on the screen and in a document; holds no pixels and no colours.

use super::{Point, Series};
use crate::{Parameter, Zone};

/// A number of a point as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnNumber {
    /// In the unit of the axis; NaN where there is none.
    pub value: f64,
    /// Its own zone.
    pub zone: Zone,
    /// No line leads to it.
    pub is_broken: bool,
}

impl Series {
    /// One number of every point: `index` is 0, or 1 for diastolic.
    pub fn drawn_numbers(&self, index: usize) -> impl Iterator<Item = DrawnNumber> + '_ {
        let mut gaps = self.gaps.iter().peekable();
        let mut is_broken = false;
        self.points.iter().map(move |point| {
            let value = point.numbers.get(index).copied().unwrap_or(f64::NAN);
            let zone = point.zones.get(index).copied().flatten().unwrap_or(point.zone);
            // A break holds until there is a number again.
            is_broken |= gaps.next_if(|gap| gap.to == point.at).is_some();
            let drawn = DrawnNumber {
                value,
                zone,
                is_broken,
            };
            is_broken &= value.is_nan();
            drawn
        })
    }

    /// Whether an implausible point lies above what can be right; else it lies below.
    pub fn is_too_high(&self, point: &Point) -> bool {
        let plausible = |index: usize, value: f64| match &self.parameter {
            Parameter::Known(known) => known
                .spec()
                .numbers
                .get(index)
                .is_some_and(|number| value > number.plausible.1.to_f64()),
            Parameter::Other(_) => false,
        };
        let mut numbers = point.numbers.into_iter().enumerate();
        numbers.any(|(index, value)| plausible(index, value))
    }
}
