//! The limits of one number as a doctor edits them: four optional bounds.
//!
//! Meaning of a bound (ux, "Limits editor"; "gul, under 88"): it is the last value, inclusive, of the
//! milder zone. Yellow low 88 and red low 85 on whole numbers: green from 88, yellow 85 to 87, red to 84.
//! Ranges written from bounds leave no gap and no overlap: they meet one step of the parameter's decimals apart.

use std::rc::Rc;

use crate::limits::{Bounds, LimitRange, RangeSet, Severity, Side};
use crate::{Decimal, Parameter, Zone};

/// One of the four bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Below it is red.
    RedLow,
    /// Below it is yellow.
    YellowLow,
    /// Above it is yellow.
    YellowHigh,
    /// Above it is red.
    RedHigh,
}

impl Bound {
    /// From the lowest to the highest.
    pub const ALL: [Self; 4] = [Self::RedLow, Self::YellowLow, Self::YellowHigh, Self::RedHigh];

    /// The stable name used by hooks: `red-low`, ….
    pub const fn id(self) -> &'static str {
        match self {
            Self::RedLow => "red-low",
            Self::YellowLow => "yellow-low",
            Self::YellowHigh => "yellow-high",
            Self::RedHigh => "red-high",
        }
    }
}

/// The limits of one number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitSet {
    /// The bounds that are set, from the lowest to the highest, in the parameter's shown unit.
    pub bounds: [Option<Decimal>; 4],
    /// The source's own ranges where they say something that four bounds cannot: a value that no range
    /// covers, ranges that contradict each other. The bounds are then only a suggestion to begin with,
    /// and setting one makes these ranges give way.
    pub as_sent: Option<Rc<RangeSet>>,
}

impl LimitSet {
    /// Limits of these bounds.
    pub const fn of(bounds: [Option<Decimal>; 4]) -> Self {
        Self {
            bounds,
            as_sent: None,
        }
    }

    /// True if nothing is limited.
    pub fn is_empty(&self) -> bool {
        self.as_sent.is_none() && self.bounds.iter().all(Option::is_none)
    }

    /// One bound.
    pub fn bound(&self, bound: Bound) -> Option<Decimal> {
        self.bounds.get(bound as usize).copied().flatten()
    }

    /// The limits with one bound set, or taken away.
    #[must_use]
    pub fn with(&self, bound: Bound, value: Option<Decimal>) -> Self {
        let mut bounds = self.bounds;
        if let Some(there) = bounds.get_mut(bound as usize) {
            *there = value;
        }
        Self::of(bounds)
    }

    /// The bounds that differ, with what they were and are.
    pub fn changed(&self, newer: &Self) -> Vec<(Bound, Option<Decimal>, Option<Decimal>)> {
        let all = Bound::ALL.into_iter();
        all.map(|bound| (bound, self.bound(bound), newer.bound(bound)))
            .filter(|(_, was, is)| was != is)
            .collect()
    }

    /// The first two bounds that stand in the wrong order; bounds rise strictly.
    pub fn disorder(&self) -> Option<(Bound, Bound)> {
        let set = Bound::ALL
            .into_iter()
            .filter_map(|bound| Some((bound, self.bound(bound)?)));
        let set: Vec<_> = set.collect();
        set.windows(2).find_map(|pair| match pair {
            [(low, below), (high, above)] if below >= above => Some((*low, *high)),
            _ => None,
        })
    }

    /// What values are classed by: the source's own ranges, or those that the bounds mean.
    pub fn ranges(&self, parameter: &Parameter) -> Rc<RangeSet> {
        if let Some(as_sent) = &self.as_sent {
            return Rc::clone(as_sent);
        }
        let [red_low, yellow_low, yellow_high, red_high] = self.bounds;
        let step = step(parameter, self.bounds.into_iter().flatten());
        let under = |bound: Option<Decimal>| bound?.minus(step);
        let over = |bound: Option<Decimal>| bound?.minus(Decimal::ZERO.minus(step)?);
        let mut ranges = Vec::new();
        let mut add = |is_set: bool, severity, low, high| {
            if is_set {
                let bounds = Bounds { low, high };
                ranges.push(LimitRange { severity, bounds });
            }
        };
        let any = !self.is_empty();
        add(
            any,
            Severity::Green,
            yellow_low.or(red_low),
            yellow_high.or(red_high),
        );
        add(
            yellow_low.is_some(),
            Severity::Yellow(Some(Side::Low)),
            red_low,
            under(yellow_low),
        );
        add(
            red_low.is_some(),
            Severity::Red(Some(Side::Low)),
            None,
            under(red_low),
        );
        add(
            yellow_high.is_some(),
            Severity::Yellow(Some(Side::High)),
            over(yellow_high),
            red_high,
        );
        add(
            red_high.is_some(),
            Severity::Red(Some(Side::High)),
            over(red_high),
            None,
        );
        Rc::new(RangeSet {
            ranges,
            problem: None,
        })
    }

    /// Reads the bounds out of ranges, whatever way they are cut: by the zones that they give to each
    /// value around their ends. Values that cannot occur do not count (a saturation over 100 %).
    pub fn from_ranges(parameter: &Parameter, number: usize, set: &Rc<RangeSet>) -> Self {
        let ends = set
            .ranges
            .iter()
            .flat_map(|range| [range.bounds.low, range.bounds.high])
            .flatten();
        let step = step(parameter, ends.clone());
        let minus_step = Decimal::ZERO.minus(step).unwrap_or(step);
        let mut values: Vec<Decimal> = ends
            .flat_map(|end| [end.minus(step), Some(end), end.minus(minus_step)])
            .flatten()
            .filter(|value| {
                parameter.is_plausible(number, *value) || set.classify(*value).zone != Zone::Unknown
            })
            .collect();
        crate::order::few(&mut values, Ord::cmp);
        values.dedup();
        let zones: Vec<(Zone, Decimal)> = values.iter().map(|v| (set.classify(*v).zone, *v)).collect();
        let has = |zone| zones.iter().any(|(there, _)| *there == zone);
        let lowest = |not: &[Zone]| {
            zones
                .iter()
                .find(|(zone, _)| !not.contains(zone))
                .map(|(_, v)| *v)
        };
        let highest = |not: &[Zone]| {
            zones
                .iter()
                .rfind(|(zone, _)| !not.contains(zone))
                .map(|(_, v)| *v)
        };
        let read = Self::of([
            has(Zone::RedLow).then(|| lowest(&[Zone::RedLow])).flatten(),
            has(Zone::YellowLow)
                .then(|| lowest(&[Zone::RedLow, Zone::YellowLow]))
                .flatten(),
            has(Zone::YellowHigh)
                .then(|| highest(&[Zone::RedHigh, Zone::YellowHigh]))
                .flatten(),
            has(Zone::RedHigh).then(|| highest(&[Zone::RedHigh])).flatten(),
        ]);
        let means = read.ranges(parameter);
        let exact = set.problem.is_none()
            && read.disorder().is_none()
            && zones
                .iter()
                .all(|(zone, value)| means.classify(*value).zone == *zone);
        if exact {
            return read;
        }
        let green = set.green().unwrap_or_default();
        Self {
            bounds: [None, green.low, green.high, None],
            as_sent: Some(Rc::clone(set)),
        }
    }

    /// Two editors' bounds put together, each by itself; `None` on a clash, which it also is if the
    /// bounds of the two together are in the wrong order, or what they changed was no four bounds.
    pub(super) fn merge(base: &Self, mine: &Self, theirs: &Self) -> Option<Self> {
        if base.as_sent.is_some() || mine.as_sent.is_some() || theirs.as_sent.is_some() {
            return None;
        }
        let mut merged = Self::default();
        for bound in Bound::ALL {
            let (b, m, t) = (base.bound(bound), mine.bound(bound), theirs.bound(bound));
            let value = if m == t || t == b {
                m
            } else if m == b {
                t
            } else {
                return None;
            };
            merged = merged.with(bound, value);
        }
        merged.disorder().is_none().then_some(merged)
    }
}

/// The smallest difference between two shown values: of a parameter that is not in the table, that of
/// the bound with the most decimals.
fn step(parameter: &Parameter, bounds: impl Iterator<Item = Decimal>) -> Decimal {
    let decimals = match parameter {
        Parameter::Known(known) => known.spec().decimals,
        Parameter::Other(_) => bounds.map(Decimal::scale).max().unwrap_or_default(),
    };
    Decimal::new(1, decimals)
}
