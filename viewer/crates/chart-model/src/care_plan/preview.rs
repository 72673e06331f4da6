//! What new limits would make of the readings that are there. Changes no reading.

use std::rc::Rc;

use crate::limits::{RangeSet, classify};
use crate::reading::{Component, Reading, Values};
use crate::series::Point;
use crate::{Parameter, Zone};

use super::LimitSet;

/// Readings of a period, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitPreview {
    /// Readings that are yellow by the limits in force now.
    pub yellow_before: usize,
    /// Those that would be yellow by the new limits.
    pub yellow_after: usize,
    /// Readings that are red by the limits in force now.
    pub red_before: usize,
    /// Those that would be red by the new limits.
    pub red_after: usize,
    /// Readings that are shown yellow: each by the limits that were in force when it was taken.
    pub yellow_shown: usize,
    /// Those that are shown red.
    pub red_shown: usize,
}

impl LimitPreview {
    /// The readings are shown in other colours than the limits in force now would give them.
    pub const fn is_shown_otherwise(&self) -> bool {
        self.yellow_shown != self.yellow_before || self.red_shown != self.red_before
    }
}

/// Limits by which readings are classed, one set per number: one, or systolic and diastolic.
pub type Sets = [Option<Rc<RangeSet>>; 2];

/// Counts the readings of a period by the limits in force now and by new ones, all of them by each: the same limits
/// give the same numbers, whatever held when a reading was taken. That is what new limits change; how the readings are
/// shown, by what held at their time, is counted beside it. `points` are those of the trend, so implausible ones are not
/// among them.
pub fn limit_preview(points: &[Point], now: &Sets, new: &Sets) -> LimitPreview {
    let mut preview = LimitPreview::default();
    for point in points {
        let [before, after] = [now, new].map(|sets| zone_under(&point.reading, sets));
        count(before, &mut preview.yellow_before, &mut preview.red_before);
        count(after, &mut preview.yellow_after, &mut preview.red_after);
        count(point.zone, &mut preview.yellow_shown, &mut preview.red_shown);
    }
    preview
}

/// What limits of a plan class by; `None` for a number without any.
pub fn sets_of(limits: &[LimitSet; 2], parameter: &Parameter) -> Sets {
    limits
        .each_ref()
        .map(|set| (!set.is_empty()).then(|| set.ranges(parameter)))
}

/// The zone that a reading would have if these limits had held; of a blood pressure the more severe.
fn zone_under(reading: &Reading, [first, second]: &Sets) -> Zone {
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
