//! What new limits would have made of the readings that are there. Changes no reading.

use std::rc::Rc;

use crate::limits::{RangeSet, classify};
use crate::reading::{Component, Reading, Values};
use crate::series::Point;
use crate::{Parameter, Zone};

use super::LimitSet;

/// Readings of a period, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitPreview {
    /// Yellow readings as they are coloured: each by the limits of its own time.
    pub yellow_before: usize,
    /// Yellow ones if the new limits had held.
    pub yellow_after: usize,
    /// Red readings as they are coloured.
    pub red_before: usize,
    /// Red ones if the new limits had held.
    pub red_after: usize,
}

/// Counts the readings of a period before and after. `points` are those of the trend, so implausible
/// ones are not among them; "before" is what the doctor sees in it and can count. `new` has one set
/// per number: one, or systolic and diastolic.
pub fn limit_preview(points: &[Point], parameter: &Parameter, new: &[LimitSet; 2]) -> LimitPreview {
    let sets = ranges(parameter, new);
    let mut preview = LimitPreview::default();
    for point in points {
        count(point.zone, &mut preview.yellow_before, &mut preview.red_before);
        let after = under(&point.reading, &sets);
        count(after, &mut preview.yellow_after, &mut preview.red_after);
    }
    preview
}

/// The zone that a reading would have had if these limits had held; of a blood pressure the more severe.
pub fn zone_under(reading: &Reading, parameter: &Parameter, new: &[LimitSet; 2]) -> Zone {
    under(reading, &ranges(parameter, new))
}

fn ranges(parameter: &Parameter, new: &[LimitSet; 2]) -> [Option<Rc<RangeSet>>; 2] {
    new.each_ref()
        .map(|set| (!set.is_empty()).then(|| set.ranges(parameter)))
}

fn under(reading: &Reading, sets: &[Option<Rc<RangeSet>>; 2]) -> Zone {
    let [first, second] = sets;
    let zone = |component: &Component, set: &Option<Rc<RangeSet>>| {
        let bare = Component {
            ranges: None,
            ..component.clone()
        };
        classify(&bare, set.as_ref()).zone
    };
    let zones = match &reading.values {
        Values::Single(component) => [Some(zone(component, first)), None],
        Values::Pair { systolic, diastolic } => [
            systolic.as_ref().map(|component| zone(component, first)),
            diastolic.as_ref().map(|component| zone(component, second)),
        ],
    };
    zones.into_iter().flatten().max().unwrap_or(Zone::Unknown)
}

fn count(zone: Zone, yellow: &mut usize, red: &mut usize) {
    match zone {
        Zone::YellowLow | Zone::YellowHigh => *yellow += 1,
        Zone::RedLow | Zone::RedHigh => *red += 1,
        Zone::Green | Zone::NoLimit | Zone::Unknown => {}
    }
}
