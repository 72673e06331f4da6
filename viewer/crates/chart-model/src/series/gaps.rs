//! Breaks in the line of a trend. Draws nothing.

use super::{Gap, Point};
use crate::order;

/// Breaks in the line: strictly more than 1.5 × the planned interval, else strictly more than 3 ×
/// the median interval of the points. With fewer than three intervals there is no median to go by.
pub(super) fn gaps(points: &[Point], planned: Option<i64>) -> Vec<Gap> {
    let times: Vec<i64> = points.iter().map(|point| point.at).collect();
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
    order::by_key(&mut intervals, |interval| *interval);
    let upper = *intervals.get(intervals.len() / 2)?;
    let lower = *intervals.get((intervals.len() - 1) / 2)?;
    Some((lower + upper) / 2)
}
