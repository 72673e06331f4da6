//! Thinning a curve to what a screen can show without losing what matters: both ends, the extremes
//! of every pixel column, and every reading outside the limits.

/// Indexes to keep, ascending. `column` gives the pixel column of a point (never decreasing with the
/// index), `value` its height, `must_keep` whether it may not be dropped.
pub fn keep(
    count: usize,
    column: impl Fn(usize) -> i64,
    value: impl Fn(usize) -> f64,
    must_keep: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut kept = Vec::new();
    let mut start = 0;
    while start < count {
        let here = column(start);
        let mut end = start + 1;
        let (mut lowest, mut highest) = (start, start);
        while end < count && column(end) == here {
            if value(end) < value(lowest) {
                lowest = end;
            }
            if value(end) > value(highest) {
                highest = end;
            }
            end += 1;
        }
        for index in start..end {
            let edge = index == start || index + 1 == end;
            if edge || index == lowest || index == highest || must_keep(index) {
                kept.push(index);
            }
        }
        start = end;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keeps_ends_extremes_and_everything_outside(
            values in proptest::collection::vec((-1000_i32..1000, proptest::bool::weighted(0.05)), 1..500),
            per_column in 1_usize..50,
        ) {
            let kept = keep(
                values.len(),
                |i| (i / per_column) as i64,
                |i| f64::from(values[i].0),
                |i| values[i].1,
            );
            prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(kept.first(), Some(&0));
            prop_assert_eq!(kept.last(), Some(&(values.len() - 1)));
            let extremes = |indexes: &mut dyn Iterator<Item = usize>| {
                indexes.map(|i| values[i].0).fold((i32::MAX, i32::MIN), |(low, high), v| (low.min(v), high.max(v)))
            };
            prop_assert_eq!(extremes(&mut kept.iter().copied()), extremes(&mut (0..values.len())));
            prop_assert!((0..values.len()).filter(|i| values[*i].1).all(|i| kept.contains(&i)));
        }
    }

    #[test]
    fn few_points_are_all_kept() {
        assert_eq!(keep(3, |i| i as i64, |_| 0.0, |_| false), [0, 1, 2]);
        assert_eq!(keep(0, |_| 0, |_| 0.0, |_| false), Vec::<usize>::new());
    }
}
