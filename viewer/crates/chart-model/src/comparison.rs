//! Two trends of one parameter laid over each other: by days since each one's start. Draws nothing.
//!
//! Days are days in Oslo and clock times are Oslo's, so that what was measured at 08.00 on the third day lies at
//! the same place in both, whatever the clock change between them.

use crate::series::Series;
use crate::time::{DAY_MS, Date};
use crate::{Period, oslo};

/// The places of two trends' readings on one axis of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Of each trend the places of its points, in their order: 0.0 is midnight in Oslo of its first day, 2.5 noon
    /// of its third.
    pub days: [Vec<f64>; 2],
    /// Length of the axis: whole days, of the longer trend.
    pub length: i64,
}

/// Lays two trends of one parameter over each other; `None` of two parameters.
pub fn align(first: &Series, second: &Series) -> Option<Comparison> {
    let both = [first, second];
    (first.parameter == second.parameter).then(|| Comparison {
        days: both.map(|series| {
            let start = oslo::date_of(series.period.from);
            let points = series.points.iter();
            points.map(|point| day(start, point.at)).collect()
        }),
        length: both
            .map(|series| series.period.calendar_days())
            .into_iter()
            .max()
            .unwrap_or(0),
    })
}

/// Days since the midnight in Oslo at which `start` begins, by Oslo's calendar and clock.
pub fn day(start: Date, instant: i64) -> f64 {
    let local = instant + oslo::offset_ms(instant) - start.days_since_epoch() * DAY_MS;
    local as f64 / DAY_MS as f64
}

/// The two parts of a period before and after an instant in it (a change of plan), of equal length: whatever the
/// shorter side holds. `None` if the instant does not lie inside.
pub fn around(instant: i64, period: Period) -> Option<[Period; 2]> {
    let length = (instant - period.from).min(period.to - instant);
    (length > 0).then(|| {
        [
            Period {
                from: instant - length,
                to: instant - 1,
            },
            Period {
                from: instant,
                to: instant + length,
            },
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{reading, spo2};
    use crate::{ClinicalTime, Known, accept};

    fn instant(text: &str) -> i64 {
        ClinicalTime::parse(text).unwrap().start_ms()
    }

    fn series(from: &str, to: &str, times: &[&str]) -> Series {
        let readings = times.iter().map(|time| reading(time, time, "91")).collect();
        let to = instant(to);
        let accepted = accept(readings, to);
        let from = instant(from);
        Series::build(&spo2(), &accepted.of(&spo2()), &[], None, Period { from, to })
    }

    #[test]
    fn the_same_clock_time_of_the_same_day_lies_at_the_same_place_across_the_clock_change() {
        let before = series(
            "2026-10-01",
            "2026-10-08T00:00:00+02:00",
            &[
                "2026-10-01T00:00:00+02:00",
                "2026-10-03T08:00:00+02:00",
                "2026-10-04",
            ],
        );
        // The clock is set back on its second day.
        let after = series(
            "2026-10-24",
            "2026-10-29T00:00:00+01:00",
            &["2026-10-26T08:00:00+01:00", "2026-10-27"],
        );
        let comparison = align(&before, &after).unwrap();
        let at_eight = 2.0 + 8.0 / 24.0;
        assert_eq!(comparison.days, [vec![0.0, at_eight, 3.5], vec![at_eight, 3.5]]);
        assert_eq!(comparison.length, 8);
        let mut other = after;
        other.parameter = Known::Pulse.into();
        assert_eq!(align(&before, &other), None);
    }

    #[test]
    fn before_and_after_an_instant_are_of_equal_length() {
        let period = Period { from: 0, to: 100 };
        let parts = |at| around(at, period).map(|parts| parts.map(|part| (part.from, part.to)));
        assert_eq!(parts(30), Some([(0, 29), (30, 60)]));
        assert_eq!(parts(80), Some([(60, 79), (80, 100)]));
        for at in [-5, 0, 100, 120] {
            assert_eq!(parts(at), None, "{at}");
        }
    }
}
