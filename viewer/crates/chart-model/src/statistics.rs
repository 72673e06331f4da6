//! Figures that sum up a trend, each with the number of readings behind it. Draws nothing and words nothing.
//!
//! Rules: mean, lowest and highest are of the numbers as shown (converted and rounded), the mean rounded half
//! away from zero to the parameter's decimals, so that it can be checked against the table. Left out, and counted
//! by kind: implausible values, what is in a unit that cannot be converted, bounds (`<3.9`), and everything that is
//! no reading (retracted, cancelled, duplicates, without a value). The shares of the zones are shares of the
//! *readings*, for continuous glucose too: a sensor reads at even intervals, so while it is worn "time in zone" is
//! the share of its readings; time without readings counts for no zone.

use crate::reading::{Component, ExclusionKind};
use crate::series::{Point, Series};
use crate::time::Date;
use crate::{Decimal, Known, Parameter, Zone, order, oslo};

/// The figures of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Plausible readings of the period, of any unit: what the zones are shares of.
    pub n: usize,
    /// Of each number: one, or systolic and diastolic; `None` where no reading has one that can be summed up.
    pub numbers: [Option<Summary>; 2],
    /// Of a blood pressure the mean of every seven days, oldest first; empty for anything else.
    pub weeks: Vec<Week>,
    /// Readings by zone, those of none left out; mildest first.
    pub zones: Vec<(Zone, usize)>,
    /// What was left out of `n`, by kind; implausible readings among it.
    pub excluded: Vec<(ExclusionKind, usize)>,
    /// Readings of `n` without a place among `numbers`: in a unit that cannot be converted.
    pub other_unit: usize,
    /// Readings of `n` without a place among `numbers`: a bound and no number.
    pub bounds: usize,
}

/// What can be said of one number, in the parameter's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Numbers behind it, at least 1.
    pub n: usize,
    /// Rounded to the parameter's decimals.
    pub mean: Decimal,
    /// Lowest, as shown.
    pub min: Decimal,
    /// Highest, as shown.
    pub max: Decimal,
}

/// The mean blood pressure of seven days in Oslo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week {
    /// First day. A week ends on the period's last day, or so many times seven days before it.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Systolic and diastolic; each with its own `n`.
    pub numbers: [Option<Summary>; 2],
}

/// The readings of a day in Oslo.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Plausible readings of it.
    pub n: usize,
    /// Of each number, as in [`Statistics::numbers`].
    pub numbers: [Option<Summary>; 2],
    /// Readings by zone, those of none left out; mildest first.
    pub zones: Vec<(Zone, usize)>,
    /// Implausible readings of it.
    pub implausible: usize,
}

impl Statistics {
    /// The share of readings in a zone in whole per cent, rounded half up; `None` without readings. Shares need
    /// not add up to 100: the counts do, to `n`.
    pub fn percent(&self, zone: Zone) -> Option<usize> {
        let counted = self.zones.iter().find(|(of, _)| *of == zone);
        percent(counted.map_or(0, |(_, count)| *count), self.n)
    }
}

/// A share in whole per cent, rounded half up; `None` of nothing.
pub fn percent(count: usize, of: usize) -> Option<usize> {
    (count * 200 + of).checked_div(of * 2)
}

/// The figures of a series: all of its period.
pub fn of(series: &Series) -> Statistics {
    let points = &series.points;
    let decimals = decimals(series);
    let mut excluded: Vec<(ExclusionKind, usize)> = Vec::new();
    for exclusion in series
        .excluded
        .iter()
        .filter(|excluded| excluded.kind.is_left_out())
    {
        count(&mut excluded, exclusion.kind);
    }
    for _ in &series.implausible {
        count(&mut excluded, ExclusionKind::Implausible);
    }
    order::by_key(&mut excluded, |(kind, _)| *kind as i64);
    let all_are = |is: fn(&Component) -> bool| {
        let all = |point: &&Point| point.reading.values.components().all(is);
        points.iter().filter(all).count()
    };
    Statistics {
        n: points.len(),
        numbers: summaries(points, decimals),
        weeks: if series.parameter == Parameter::Known(Known::BloodPressure) {
            weeks(series, decimals)
        } else {
            Vec::new()
        },
        zones: zones(points),
        excluded,
        other_unit: all_are(|component| component.quantity.as_sent_unit.is_some()),
        bounds: all_are(|component| {
            component.quantity.as_sent_unit.is_none() && component.quantity.comparator.is_some()
        }),
    }
}

/// The same of each day that has a reading, newest first.
pub fn days(series: &Series) -> Vec<Day> {
    let decimals = decimals(series);
    let day_of = |point: &Point| oslo::date_of(point.at);
    let mut days: Vec<Day> = series
        .points
        .chunk_by(|one, next| day_of(one) == day_of(next))
        .filter_map(|points| {
            Some(Day {
                date: day_of(points.first()?),
                n: points.len(),
                numbers: summaries(points, decimals),
                zones: zones(points),
                implausible: 0,
            })
        })
        .collect();
    for date in series.implausible.iter().map(day_of) {
        match days.iter_mut().find(|day| day.date == date) {
            Some(day) => day.implausible += 1,
            None => days.push(Day {
                date,
                n: 0,
                numbers: [None, None],
                zones: Vec::new(),
                implausible: 1,
            }),
        }
    }
    order::by_key(&mut days, |day| -day.date.days_since_epoch());
    days
}

fn zones(points: &[Point]) -> Vec<(Zone, usize)> {
    let mut zones: Vec<(Zone, usize)> = Vec::new();
    for point in points {
        count(&mut zones, point.zone);
    }
    order::by_key(&mut zones, |(zone, _)| *zone as i64);
    zones
}

fn count<T: PartialEq>(counts: &mut Vec<(T, usize)>, what: T) {
    match counts.iter_mut().find(|(counted, _)| *counted == what) {
        Some((_, count)) => *count += 1,
        None => counts.push((what, 1)),
    }
}

/// The parameter's decimals; for a code outside the table as many as the most exact reading has.
fn decimals(series: &Series) -> u8 {
    match &series.parameter {
        Parameter::Known(known) => known.spec().decimals,
        Parameter::Other(_) => {
            let components = series
                .points
                .iter()
                .flat_map(|point| point.reading.values.components());
            components
                .map(|component| component.quantity.shown.scale())
                .max()
                .unwrap_or(0)
        }
    }
}

fn summaries(points: &[Point], decimals: u8) -> [Option<Summary>; 2] {
    [0, 1].map(|number| {
        let numbers = || points.iter().filter_map(move |point| measured(point, number));
        Some(Summary {
            n: numbers().count(),
            mean: Decimal::mean(numbers(), decimals)?,
            min: numbers().min()?,
            max: numbers().max()?,
        })
    })
}

/// A number that can be summed up: measured, and in the parameter's own unit.
fn measured(point: &Point, number: usize) -> Option<Decimal> {
    let part = point.reading.values.parts().get(number).copied().flatten()?;
    let quantity = &part.quantity;
    (quantity.comparator.is_none() && quantity.as_sent_unit.is_none()).then_some(quantity.shown)
}

fn weeks(series: &Series, decimals: u8) -> Vec<Week> {
    let mut weeks = Vec::new();
    let mut rest = &series.points[..];
    let mut to = oslo::date_of(series.period.to);
    while !rest.is_empty() {
        let from = to.plus_days(-6);
        let begins = oslo::midnight(from);
        let (before, inside) = rest.split_at(rest.partition_point(|p| p.at < begins));
        let numbers = summaries(inside, decimals);
        if numbers.iter().any(Option::is_some) {
            weeks.push(Week { from, to, numbers });
        }
        rest = before;
        to = from.plus_days(-1);
    }
    weeks.reverse();
    weeks
}

#[cfg(test)]
mod tests;
