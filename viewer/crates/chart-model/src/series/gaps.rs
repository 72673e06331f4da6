//! Breaks in the line of a trend. Draws nothing. What cannot be drawn (an unknown unit) bridges no break.
//!
//! How often somebody measures is not how fast they repeat it: a blood pressure is taken twice in the morning and twice
//! in the evening, a minute apart. Intervals within one sitting therefore say nothing of the cadence, unless nearly all
//! are so short: then it is a sensor's.

use super::{Gap, Point};
use crate::order;
use crate::time::MINUTE_MS;

/// The longest interval within one sitting.
const SITTING_MS: i64 = 15 * MINUTE_MS;

/// Breaks in the line: strictly more than 1.5 × the planned interval, else strictly more than 3 ×
/// the median interval of the points drawn. With fewer than three intervals there is no median to go by.
pub(super) fn gaps(points: &[Point], planned: Option<i64>) -> Vec<Gap> {
    let drawn = points.iter().filter(|point| point.is_drawn());
    let times: Vec<i64> = drawn.map(|point| point.at).collect();
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

/// Median of the intervals between times, `None` with fewer than three intervals. Those within a sitting are left out
/// where they are no more than three of four.
fn median_interval(times: &[i64]) -> Option<i64> {
    let mut intervals: Vec<i64> = times
        .windows(2)
        .filter_map(|pair| pair.last().zip(pair.first()).map(|(to, from)| to - from))
        .collect();
    order::by_key(&mut intervals, |interval| *interval);
    let within_sittings = intervals.partition_point(|interval| *interval <= SITTING_MS);
    if within_sittings * 4 <= intervals.len() * 3 {
        intervals.drain(..within_sittings);
    }
    if intervals.len() < 3 {
        return None;
    }
    let upper = *intervals.get(intervals.len() / 2)?;
    let lower = *intervals.get((intervals.len() - 1) / 2)?;
    Some((lower + upper) / 2)
}
