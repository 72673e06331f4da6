//! Whether the next reading is late, measured against how often the plan asks for one. Without a plan
//! nothing is ever late. Writes no words.

use crate::time::DAY_MS;
use crate::{ClinicalTime, oslo};

/// Days in Oslo since the latest reading, where it is overdue: strictly more than 1.5 × the planned
/// interval has passed, and no less than 24 hours. `planned` is in milliseconds; without it: `None`.
/// A latest reading without a clock time counts from 12:00 of its day.
pub fn overdue(latest: &ClinicalTime, planned: Option<i64>, now: i64) -> Option<i64> {
    let planned = planned.filter(|interval| *interval > 0)?;
    let passed = now.checked_sub(latest.axis_ms())?;
    let is_late = passed.saturating_mul(2) > planned.saturating_mul(3) && passed >= DAY_MS;
    let today = oslo::date_of(now).days_since_epoch();
    is_late.then(|| today - oslo::date_of(latest.axis_ms()).days_since_epoch())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::HOUR_MS;
    use proptest::prelude::*;

    fn at(text: &str) -> ClinicalTime {
        ClinicalTime::parse(text).unwrap()
    }

    #[track_caller]
    fn check(latest: &str, planned: Option<i64>, now: &str, days: Option<i64>) {
        let found = overdue(&at(latest), planned, at(now).start_ms());
        assert_eq!(found, days, "{latest} {planned:?} {now}");
    }

    #[test]
    fn exactly_one_and_a_half_intervals_are_not_overdue_and_a_second_more_is() {
        let daily = Some(DAY_MS);
        check(
            "2026-11-20T08:00:00+01:00",
            daily,
            "2026-11-21T20:00:00+01:00",
            None,
        );
        check(
            "2026-11-20T08:00:00+01:00",
            daily,
            "2026-11-21T20:00:01+01:00",
            Some(1),
        );
        let weekly = Some(7 * DAY_MS);
        check(
            "2026-11-01T08:00:00+01:00",
            weekly,
            "2026-11-11T20:00:00+01:00",
            None,
        );
        check(
            "2026-11-01T08:00:00+01:00",
            weekly,
            "2026-11-11T20:00:01+01:00",
            Some(10),
        );
    }

    #[test]
    fn less_than_a_day_is_never_overdue() {
        let often = Some(4 * HOUR_MS);
        check(
            "2026-11-20T23:00:00+01:00",
            often,
            "2026-11-21T06:00:00+01:00",
            None,
        );
        check(
            "2026-11-20T23:00:00+01:00",
            often,
            "2026-11-21T22:59:59+01:00",
            None,
        );
        check(
            "2026-11-20T23:00:00+01:00",
            often,
            "2026-11-21T23:00:00+01:00",
            Some(1),
        );
    }

    #[test]
    fn days_are_counted_by_the_calendar_of_oslo_across_the_clock_change() {
        let daily = Some(DAY_MS);
        check(
            "2026-10-23T23:30:00+02:00",
            daily,
            "2026-10-26T00:30:00+01:00",
            Some(3),
        );
        // 23:30 UTC is the next day in Oslo.
        check(
            "2026-11-19T23:30:00Z",
            daily,
            "2026-11-22T08:00:00+01:00",
            Some(2),
        );
        check("2026-11-20", daily, "2026-11-22T00:00:00+01:00", None);
        check("2026-11-20", daily, "2026-11-22T00:00:01+01:00", Some(2));
    }

    #[test]
    fn without_a_planned_interval_nothing_is_late() {
        for planned in [None, Some(0), Some(-1)] {
            check(
                "2020-01-01T08:00:00+01:00",
                planned,
                "2026-11-22T08:00:00+01:00",
                None,
            );
        }
        check(
            "2026-11-22T08:00:00+01:00",
            Some(DAY_MS),
            "2026-11-21T08:00:00+01:00",
            None,
        );
    }

    proptest! {
        #[test]
        fn what_is_overdue_stays_so_and_by_at_least_a_day(hours in 0_i64..2_000, planned in 1_i64..300) {
            let latest = at("2026-03-01T08:00:00+01:00");
            let after = |hours: i64| overdue(&latest, Some(planned * HOUR_MS), latest.start_ms() + hours * HOUR_MS);
            if let Some(days) = after(hours) {
                prop_assert!(days >= 1);
                prop_assert!(after(hours + 1).is_some_and(|later| later >= days));
            }
        }
    }
}
