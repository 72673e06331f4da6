//! Which instants have been fetched already, so that only what is missing is asked for. Fetches nothing
//! and holds no readings.

use crate::Period;

/// A set of instants, milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Oldest first; no two overlap or touch.
    periods: Vec<Period>,
}

impl Loaded {
    /// Every instant there is.
    pub fn everything() -> Self {
        Self {
            periods: vec![Period {
                from: i64::MIN,
                to: i64::MAX,
            }],
        }
    }

    /// Adds every instant of a period, both ends included; one that ends before it begins has none.
    pub fn add(&mut self, period: Period) {
        if period.from > period.to {
            return;
        }
        let apart = |other: &Period| {
            other.to < period.from.saturating_sub(1) || other.from > period.to.saturating_add(1)
        };
        let (mut kept, joined): (Vec<_>, Vec<_>) = self.periods.iter().copied().partition(apart);
        let whole = joined.into_iter().fold(period, |whole, other| Period {
            from: whole.from.min(other.from),
            to: whole.to.max(other.to),
        });
        let place = kept.partition_point(|other| other.from < whole.from);
        kept.insert(place, whole);
        self.periods = kept;
    }

    /// The parts of a period that are not in the set, oldest first.
    pub fn missing(&self, period: Period) -> Vec<Period> {
        let mut missing = Vec::new();
        let mut from = Some(period.from);
        for loaded in &self.periods {
            let Some(start) = from.filter(|start| *start <= period.to) else {
                break;
            };
            if loaded.to < start {
                continue;
            }
            if loaded.from > start {
                missing.push(Period {
                    from: start,
                    to: loaded.from.saturating_sub(1).min(period.to),
                });
            }
            from = loaded.to.checked_add(1);
        }
        if let Some(start) = from.filter(|start| *start <= period.to) {
            missing.push(Period {
                from: start,
                to: period.to,
            });
        }
        missing
    }

    /// True if nothing has been fetched.
    pub fn is_empty(&self) -> bool {
        self.periods.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period((from, to): (i64, i64)) -> Period {
        Period { from, to }
    }

    fn loaded(periods: &[(i64, i64)]) -> Loaded {
        let mut loaded = Loaded::default();
        periods.iter().copied().map(period).for_each(|p| loaded.add(p));
        loaded
    }

    #[track_caller]
    fn check(there: &[(i64, i64)], asked: (i64, i64), missing: &[(i64, i64)]) {
        let found: Vec<_> = loaded(there)
            .missing(period(asked))
            .into_iter()
            .map(|p| (p.from, p.to))
            .collect();
        assert_eq!(found, missing, "{there:?} {asked:?}");
    }

    #[test]
    fn only_what_is_not_there_is_missing() {
        check(&[], (10, 20), &[(10, 20)]);
        check(&[(10, 20)], (10, 20), &[]);
        check(&[(10, 20)], (5, 25), &[(5, 9), (21, 25)]);
        check(&[(10, 20)], (0, 9), &[(0, 9)]);
        check(&[(10, 20)], (12, 15), &[]);
        check(&[(10, 20), (30, 40)], (0, 50), &[(0, 9), (21, 29), (41, 50)]);
        check(&[(30, 40), (10, 20)], (15, 35), &[(21, 29)]);
        check(&[(10, 20)], (20, 21), &[(21, 21)]);
        check(&[(i64::MIN, i64::MAX)], (i64::MIN, i64::MAX), &[]);
        check(&[(10, i64::MAX)], (0, i64::MAX), &[(0, 9)]);
        check(&[(i64::MIN, 10)], (i64::MIN, 12), &[(11, 12)]);
    }

    #[test]
    fn a_short_period_far_back_does_not_ask_for_all_between() {
        check(&[(1_000, i64::MAX)], (10, 20), &[(10, 20)]);
    }

    #[test]
    fn periods_that_touch_become_one_and_a_reversed_one_adds_nothing() {
        assert_eq!(loaded(&[(10, 20), (21, 30)]), loaded(&[(10, 30)]));
        assert_eq!(loaded(&[(10, 20), (30, 40), (15, 35)]), loaded(&[(10, 40)]));
        assert!(loaded(&[(20, 10)]).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_there_and_what_is_missing_make_up_what_was_asked(
            added in prop::collection::vec((-50_i64..50, 0_i64..20), 0..8),
            (from, length) in (-60_i64..60, 0_i64..60),
        ) {
            let added: Vec<_> = added.into_iter().map(|(from, length)| (from, from + length)).collect();
            let mut set = loaded(&added);
            let asked = Period { from, to: from + length };
            let missing = set.missing(asked);
            for instant in asked.from..=asked.to {
                let was_there = added.iter().any(|(from, to)| *from <= instant && instant <= *to);
                let times = missing.iter().filter(|p| p.contains(instant)).count();
                prop_assert_eq!(times, usize::from(!was_there), "{}", instant);
            }
            prop_assert!(missing.iter().all(|p| asked.contains(p.from) && asked.contains(p.to)));
            missing.iter().for_each(|p| set.add(*p));
            prop_assert!(set.missing(asked).is_empty());
            let before = set.clone();
            set.add(asked);
            prop_assert_eq!(set, before, "adding what is there changes nothing");
        }
    }
}
