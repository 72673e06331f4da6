//! Limits as areas of a chart: from when to when, from which value to which. Open ends stay open here
//! and are filled to the end of the axis when drawn.

use std::rc::Rc;

use crate::{Decimal, LimitRange, RangeSet, Series, Severity, Zone, order};

/// One range of limits while it was in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// When, from and to; milliseconds since 1970 UTC.
    pub span: (f64, f64),
    /// Lowest value, open if `None`.
    pub low: Option<f64>,
    /// Highest value, open if `None`.
    pub high: Option<f64>,
    /// What it means to lie inside.
    pub zone: Zone,
    /// A general range and no individual limit.
    pub standard: bool,
    /// Values between which it may be drawn: the halves of the axis that belong to systolic and diastolic.
    pub within: (f64, f64),
}

/// All bands of a series. `pair`: two numbers on one axis.
pub fn bands(series: &Series, pair: bool) -> Vec<Band> {
    let mut bands = Vec::new();
    for step in &series.steps {
        let span = (step.from as f64, step.to as f64);
        let border = pair.then(|| border(&step.sets)).flatten();
        for (index, set) in step.sets.iter().enumerate() {
            let Some(set) = set.as_ref().filter(|set| set.problem.is_none()) else {
                continue;
            };
            let within = match (border, index) {
                (None, _) => (f64::NEG_INFINITY, f64::INFINITY),
                (Some(border), 0) => (border, f64::INFINITY),
                (Some(border), _) => (f64::NEG_INFINITY, border),
            };
            bands.extend(of_set(set, span, within));
        }
    }
    // Red over yellow over green, so that where they overlap the more severe is seen.
    order::by_key(&mut bands, |band| band.zone as i64);
    bands
}

impl Band {
    /// All of one set of limits that held through a span.
    pub fn of(set: &RangeSet, span: (f64, f64)) -> Vec<Self> {
        let mut bands: Vec<_> = of_set(set, span, (f64::NEG_INFINITY, f64::INFINITY)).collect();
        order::by_key(&mut bands, |band| band.zone as i64);
        bands
    }
}

fn of_set(set: &RangeSet, span: (f64, f64), within: (f64, f64)) -> impl Iterator<Item = Band> + '_ {
    set.ranges.iter().map(move |range| Band {
        span,
        low: range.bounds.low.map(|low| closed(low, set, range, true)),
        high: range.bounds.high.map(|high| closed(high, set, range, false)),
        zone: set.zone_of(range),
        standard: range.severity == Severity::Standard,
        within,
    })
}

/// Limits are written in whole steps (85–87, then 88–): the step between two neighbours is no hole, both
/// meet in its middle.
fn closed(bound: Decimal, set: &RangeSet, range: &LimitRange, is_low: bool) -> f64 {
    let value = bound.to_f64();
    let neighbours = set
        .ranges
        .iter()
        .filter(|other| *other != range && other.severity != Severity::Standard);
    let facing = neighbours.filter_map(|other| {
        if is_low {
            other.bounds.high
        } else {
            other.bounds.low
        }
    });
    for other in facing {
        let step = 10_f64.powi(-i32::from(bound.scale().max(other.scale())));
        let distance = if is_low {
            value - other.to_f64()
        } else {
            other.to_f64() - value
        };
        if distance > 0.0 && distance < step * 1.001 {
            return f64::midpoint(value, other.to_f64());
        }
    }
    value
}

/// Where the axis is divided between diastolic (below) and systolic (above): halfway between the highest
/// that is fine for the one and the lowest that is fine for the other.
fn border(sets: &[Option<Rc<RangeSet>>; 2]) -> Option<f64> {
    let [systolic, diastolic] = sets;
    let green = |set: &Option<Rc<RangeSet>>| set.as_ref()?.green().or_else(|| set.as_ref()?.standard());
    let (upper, lower) = (green(systolic)?, green(diastolic)?);
    let from = lower.high.or(lower.low)?.to_f64();
    let to = upper.low.or(upper.high)?.to_f64();
    Some(f64::midpoint(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;

    fn range(severity: Severity, low: Option<&str>, high: Option<&str>) -> LimitRange {
        let bound = |text: &str| Decimal::parse(text).unwrap();
        LimitRange {
            severity,
            bounds: Bounds {
                low: low.map(bound),
                high: high.map(bound),
            },
        }
    }

    #[test]
    fn neighbouring_limits_meet_and_a_real_hole_stays() {
        let set = RangeSet {
            ranges: vec![
                range(Severity::Green, Some("88"), None),
                range(Severity::Yellow(None), Some("85"), Some("87")),
                range(Severity::Red(None), None, Some("80")),
            ],
            problem: None,
        };
        let ends = |range: &LimitRange| {
            (
                range.bounds.low.map(|low| closed(low, &set, range, true)),
                range.bounds.high.map(|high| closed(high, &set, range, false)),
            )
        };
        let ends: Vec<_> = set.ranges.iter().map(ends).collect();
        assert_eq!(
            ends,
            [(Some(87.5), None), (Some(85.0), Some(87.5)), (None, Some(80.0))]
        );
    }
}
