//! Thinning a curve to what a screen can show without losing what matters: both ends, the extremes
//! of every pixel column, and every reading outside the limits.
//!
//! What "every" means: for each pixel column and each zone outside the limits, [`Column::outside`] gives the
//! lowest and the highest reading of that zone in that column. Drawn from the one to the other in the zone's
//! colour, every reading outside the limits is covered at its own height, however many share the column.

use crate::Zone;

/// Readings to a block whose extremes are worked out once.
const BLOCK: usize = 64;

/// The zones outside the limits, in the order of [`Column::outside`] and of severity.
pub const OUTSIDE: [Zone; 4] = [Zone::YellowLow, Zone::YellowHigh, Zone::RedLow, Zone::RedHigh];

/// The lowest and the highest of some numbers; of none, `low` is above `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Lowest.
    pub low: f32,
    /// Highest.
    pub high: f32,
}

impl Extent {
    /// Of no numbers.
    pub const EMPTY: Self = Self {
        low: f32::INFINITY,
        high: f32::NEG_INFINITY,
    };

    /// Whether there are no numbers.
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// A number more; NaN changes nothing.
    fn add(&mut self, value: f32) {
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }

    fn join(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
    }
}

/// The extremes of a run of readings: of all, and of each zone of [`OUTSIDE`].
#[derive(Clone, Copy, Debug, PartialEq)]
struct Extremes {
    all: Extent,
    outside: [Extent; 4],
}

impl Extremes {
    const EMPTY: Self = Self {
        all: Extent::EMPTY,
        outside: [Extent::EMPTY; 4],
    };

    fn add(&mut self, value: f32, zone: Zone) {
        self.all.add(value);
        let outside = match zone {
            Zone::Green | Zone::NoLimit | Zone::Unknown => return,
            Zone::YellowLow => 0,
            Zone::YellowHigh => 1,
            Zone::RedLow => 2,
            Zone::RedHigh => 3,
        };
        if let Some(extent) = self.outside.get_mut(outside) {
            extent.add(value);
        }
    }

    fn join(&mut self, other: &Self) {
        self.all.join(other.all);
        for (extent, other) in self.outside.iter_mut().zip(other.outside) {
            extent.join(other);
        }
    }
}

/// What a pixel column shows of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Which column: 0 is the first of those asked for.
    pub at: usize,
    /// Place of its first reading that has a number.
    pub first: usize,
    /// Place of its last reading that has a number.
    pub last: usize,
    /// Of all readings in it.
    pub all: Extent,
    /// Of the readings of each zone of [`OUTSIDE`].
    pub outside: [Extent; 4],
}

/// A curve's extremes by blocks, so that a column of thousands of readings is found from some tens of numbers.
/// Made once for a curve.
#[derive(Debug)]
pub struct Blocks(Vec<Extremes>);

/// The numbers of a curve as they are thinned.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a, M> {
    /// When, ascending.
    pub times: &'a [f64],
    /// How much; NaN where there is no number.
    pub values: &'a [f32],
    /// What is known of each reading, its zone among it.
    pub marks: &'a [M],
    /// Of `values` and `marks`.
    pub blocks: &'a Blocks,
}

impl Blocks {
    /// Of the readings of a curve.
    pub fn new<M: Copy + Into<Zone>>(values: &[f32], marks: &[M]) -> Self {
        let blocks = values.chunks(BLOCK).zip(marks.chunks(BLOCK));
        Self(blocks.map(|(values, marks)| extremes(values, marks)).collect())
    }
}

fn extremes<M: Copy + Into<Zone>>(values: &[f32], marks: &[M]) -> Extremes {
    let mut extremes = Extremes::EMPTY;
    for (value, mark) in values.iter().zip(marks) {
        extremes.add(*value, (*mark).into());
    }
    extremes
}

impl<M: Copy + Into<Zone>> Curve<'_, M> {
    /// Walks the columns that hold a reading with a number, from the left. `count` columns of equal width
    /// begin at `from`, each `width` long (milliseconds, as `times`); what lies before and after is left out.
    pub fn columns(&self, from: f64, width: f64, count: usize, mut each: impl FnMut(Column)) {
        let mut start = self.times.partition_point(|time| *time < from);
        let mut usual = 1;
        for at in 0..count {
            let end = self.until(start, usual, from + width * (at + 1) as f64);
            if end > start {
                usual = end - start;
                if let Some(column) = self.column(at, start, end) {
                    each(column);
                }
                start = end;
            }
        }
    }

    /// The first place from `start` on that is not before `time`; probably about `usual` places on.
    fn until(&self, start: usize, usual: usize, time: f64) -> usize {
        let before = |at: usize| self.times.get(at).is_some_and(|there| *there < time);
        let (mut low, mut step) = (start, usual);
        // `low` is known to be the answer or before it.
        while before(low + step) {
            low += step + 1;
            step *= 2;
        }
        let within = self
            .times
            .get(low..self.times.len().min(low + step))
            .unwrap_or_default();
        low + within.partition_point(|there| *there < time)
    }

    fn column(&self, at: usize, start: usize, end: usize) -> Option<Column> {
        let numbered = |place: &usize| self.values.get(*place).is_some_and(|value| !value.is_nan());
        let first = (start..end).find(numbered)?;
        let last = (first..end).rev().find(numbered)?;
        let run = |from: usize, to: usize| {
            extremes(
                self.values.get(from..to).unwrap_or_default(),
                self.marks.get(from..to).unwrap_or_default(),
            )
        };
        let (first_block, end_block) = (start.div_ceil(BLOCK), end / BLOCK);
        let extremes = if first_block < end_block {
            let mut sum = run(start, first_block * BLOCK);
            for block in self.blocks.0.get(first_block..end_block).unwrap_or_default() {
                sum.join(block);
            }
            sum.join(&run(end_block * BLOCK, end));
            sum
        } else {
            run(start, end)
        };
        Some(Column {
            at,
            first,
            last,
            all: extremes.all,
            outside: extremes.outside,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A curve with irregular times, gaps in its numbers and all zones.
    fn curves() -> impl Strategy<Value = (Vec<f64>, Vec<f32>, Vec<Zone>)> {
        let zone = prop::sample::select(vec![
            Zone::Green,
            Zone::Green,
            Zone::Unknown,
            Zone::NoLimit,
            Zone::YellowLow,
            Zone::YellowHigh,
            Zone::RedLow,
            Zone::RedHigh,
        ]);
        let value = prop_oneof![9 => -1000_i32..1000, 1 => Just(i32::MAX)];
        prop::collection::vec((0_u32..200, value, zone), 0..900).prop_map(|points| {
            let mut now = 0.0;
            let mut curve = (Vec::new(), Vec::new(), Vec::new());
            for (step, value, zone) in points {
                now += f64::from(step);
                curve.0.push(now);
                curve
                    .1
                    .push(if value == i32::MAX { f32::NAN } else { value as f32 });
                curve.2.push(zone);
            }
            curve
        })
    }

    fn extent(values: impl Iterator<Item = f32>) -> Extent {
        let mut extent = Extent::EMPTY;
        values.for_each(|value| extent.add(value));
        extent
    }

    proptest! {
        #[test]
        fn every_column_keeps_its_ends_its_extremes_and_every_reading_outside(
            (times, values, marks) in curves(),
            from in -100.0_f64..50_000.0,
            width in 0.5_f64..20_000.0,
            count in 1_usize..300,
        ) {
            let blocks = Blocks::new(&values, &marks);
            let curve = Curve { times: &times, values: &values, marks: &marks, blocks: &blocks };
            let mut columns = Vec::new();
            curve.columns(from, width, count, |column| columns.push(column));

            let mut expected = Vec::new();
            for at in 0..count {
                let (left, right) = (from + width * at as f64, from + width * (at + 1) as f64);
                let left = if at == 0 { from } else { left };
                let inside = |i: &usize| left <= times[*i] && times[*i] < right && !values[*i].is_nan();
                let places: Vec<usize> = (0..times.len()).filter(inside).collect();
                let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
                let of = |zone: Zone| extent(places.iter().filter(|i| marks[**i] == zone).map(|i| values[*i]));
                expected.push(Column {
                    at,
                    first: *first,
                    last: *last,
                    all: extent(places.iter().map(|i| values[*i])),
                    outside: OUTSIDE.map(of),
                });
            }
            prop_assert_eq!(columns, expected);
        }
    }

    #[test]
    fn a_single_reading_outside_among_a_hundred_thousand_is_kept_at_every_zoom() {
        let count = 100_000;
        let times: Vec<f64> = (0..count).map(|i| f64::from(i) * 300_000.0).collect();
        let mut values = vec![80.0_f32; times.len()];
        let mut marks = vec![Zone::Green; times.len()];
        (values[54_321], marks[54_321]) = (176.0, Zone::RedHigh);
        let blocks = Blocks::new(&values, &marks);
        let curve = Curve {
            times: &times,
            values: &values,
            marks: &marks,
            blocks: &blocks,
        };
        for share in [1.0, 0.3, 0.01, 0.0005] {
            let span = times[99_999] * share;
            let from = (times[54_321] - span / 2.0).max(0.0);
            let mut found = Vec::new();
            curve.columns(from, span / 1146.0, 1146, |column| {
                if !column.outside[3].is_empty() {
                    found.push((column.all.high, column.outside[3]));
                }
            });
            let spike = Extent {
                low: 176.0,
                high: 176.0,
            };
            assert_eq!(found, [(176.0, spike)], "{share}");
        }
    }
}
