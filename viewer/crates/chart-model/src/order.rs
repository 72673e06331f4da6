//! Sorting that costs the app little: the standard library's comes once more for each kind of thing that is sorted, at
//! more than a kilobyte each.

use std::cmp::Ordering;

/// Sorts by a key, lowest first; things with the same key keep their order. The key is asked for once of each.
pub fn by_key<T>(things: &mut Vec<T>, key: impl FnMut(&T) -> i64) {
    let mut keys: Vec<(i64, usize)> = things.iter().map(key).zip(0..).collect();
    if keys.is_sorted() {
        return;
    }
    keys.sort_unstable();
    let mut unsorted: Vec<Option<T>> = things.drain(..).map(Some).collect();
    things.extend(
        keys.iter()
            .filter_map(|(_, place)| unsorted.get_mut(*place)?.take()),
    );
}

/// Sorts a few things (tens), lowest first; equal ones keep their order.
pub fn few<T>(things: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    for end in 1..things.len() {
        for at in (1..=end).rev() {
            match things.get(at - 1..=at) {
                Some([before, after]) if compare(before, after).is_gt() => things.swap(at - 1, at),
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in prop::collection::vec(-3_i64..3, 0..20)) {
            let mut things: Vec<(i64, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = things.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut some = things.clone();
            by_key(&mut things, |(key, _)| *key);
            prop_assert_eq!(&things, &expected);
            few(&mut some, |(one, _), (other, _)| one.cmp(other));
            prop_assert_eq!(&some, &expected);
        }
    }
}
