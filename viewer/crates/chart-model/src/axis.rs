//! The axes of a chart: which values they hold, and where they have ticks: round values, and midnights and hours in
//! Oslo. Knows no size beside the room that labels need.

use crate::time::{DAY_MS, Date};
use crate::{Decimal, oslo};

/// Share of the value range added above and below, so that no dot lies on the frame.
const PADDING: f64 = 0.08;

/// Least distance between the labels of the time axis, CSS pixels.
const LABEL_DISTANCE: f64 = 62.0;

/// A tick of the time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeTick {
    /// The midnight at which its day begins, or the hour.
    pub at: i64,
    /// The day.
    pub date: Date,
    /// Which kind of label stands at it.
    pub label: Label,
}

/// What stands at a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The clock time.
    Clock,
    /// Day and month.
    Day,
    /// The month's name.
    Month,
    /// The year.
    Year,
}

/// How far apart ticks are, finest first, each with its shortest length in days.
#[derive(Clone, Copy)]
enum Grain {
    Hours(u8),
    Days(i64),
    Weeks(i64),
    Months(i64),
}

const GRAINS: [(Grain, f64); 12] = [
    (Grain::Hours(1), 1.0 / 24.0),
    (Grain::Hours(3), 1.0 / 8.0),
    (Grain::Hours(6), 1.0 / 4.0),
    (Grain::Hours(12), 1.0 / 2.0),
    (Grain::Days(1), 1.0),
    (Grain::Days(2), 2.0),
    (Grain::Weeks(1), 7.0),
    (Grain::Weeks(2), 14.0),
    (Grain::Months(1), 28.0),
    (Grain::Months(2), 59.0),
    (Grain::Months(3), 89.0),
    (Grain::Months(12), 365.0),
];

/// Lowest and highest value of an axis that holds all of `range`: padded, but not past zero where all values are
/// positive, nor past 100 where `percent`.
pub fn padded((low, high): (f64, f64), percent: bool) -> (f64, f64) {
    let pad = if high > low {
        (high - low) * PADDING
    } else {
        (high.abs() * PADDING).max(0.5)
    };
    let bottom = if low >= 0.0 {
        (low - pad).max(0.0)
    } else {
        low - pad
    };
    let top = if percent && high <= 100.0 {
        (high + pad).min(100.0 + pad / 2.0)
    } else {
        high + pad
    };
    (bottom, top)
}

/// Ticks of the time from `from` up to but not at `to` (milliseconds since 1970 UTC) on `width` CSS pixels.
pub fn time_ticks(from: i64, to: i64, width: f64) -> Vec<TimeTick> {
    let day_width = width / ((to - from).max(1) as f64 / DAY_MS as f64);
    let wide_enough = |(_, days): &&(Grain, f64)| days * day_width >= LABEL_DISTANCE;
    let grain = GRAINS
        .iter()
        .find(wide_enough)
        .map_or(Grain::Months(12), |(grain, _)| *grain);
    let (first, last) = (oslo::date_of(from), oslo::date_of(to));
    let day = |date: Date, label: Label| TimeTick {
        at: oslo::midnight(date),
        date,
        label,
    };
    let mut ticks = Vec::new();
    match grain {
        Grain::Hours(every) => {
            for date in days(first, last, 1, 0) {
                ticks.push(day(date, Label::Day));
                let hours = (every..24).step_by(usize::from(every));
                ticks.extend(hours.filter_map(|hour| {
                    let (at, label) = (oslo::at_hour(date, hour)?, Label::Clock);
                    Some(TimeTick { at, date, label })
                }));
            }
        }
        Grain::Days(every) => ticks.extend(days(first, last, every, 0).map(|date| day(date, Label::Day))),
        // 1970-01-05 was a Monday.
        Grain::Weeks(every) => {
            ticks.extend(days(first, last, 7 * every, 4).map(|date| day(date, Label::Day)));
        }
        Grain::Months(every) => {
            let count = |date: Date| i64::from(date.year) * 12 + i64::from(date.month) - 1;
            let next = count(first).div_euclid(every) * every;
            ticks.extend(steps(next, count(last), every).filter_map(|months| {
                let year = i32::try_from(months.div_euclid(12)).ok()?;
                let month = u8::try_from(months.rem_euclid(12)).ok()? + 1;
                let label = if month == 1 { Label::Year } else { Label::Month };
                Some(day(Date::new(year, month, 1)?, label))
            }));
        }
    }
    ticks.retain(|tick| from <= tick.at && tick.at < to);
    ticks
}

/// Days from the first to the last whose number, counted from `offset` days after 1970-01-01, is a multiple of `every`.
fn days(first: Date, last: Date, every: i64, offset: i64) -> impl Iterator<Item = Date> {
    let before = (first.days_since_epoch() - offset).div_euclid(every) * every + offset;
    steps(before, last.days_since_epoch(), every).map(Date::from_days)
}

/// From one number up to another, in steps.
fn steps(from: i64, to: i64, step: i64) -> impl Iterator<Item = i64> {
    (0..=(to - from).div_euclid(step)).map(move |index| from + index * step)
}

/// Round values from `low` to `high`, at most `most`, none finer than `decimals` decimals.
pub fn value_ticks(low: f64, high: f64, most: usize, decimals: u8) -> Vec<Decimal> {
    let steps = (-i32::from(decimals)..=12)
        .flat_map(|exponent| [1_i64, 2, 5].map(|mantissa| (mantissa, exponent)))
        .map(|(mantissa, exponent)| (mantissa, exponent, 10_f64.powi(exponent)));
    for (mantissa, exponent, power) in steps {
        let step = mantissa as f64 * power;
        let (first, last) = ((low / step).ceil(), (high / step).floor());
        let few = last - first < most as f64;
        if few {
            let counts = first as i64..=last as i64;
            return counts
                .filter_map(|count| tick(count * mantissa, exponent))
                .collect();
        }
    }
    Vec::new()
}

/// `mantissa` × 10^`exponent`.
fn tick(mantissa: i64, exponent: i32) -> Option<Decimal> {
    match u8::try_from(-exponent) {
        Ok(scale) => Some(Decimal::new(mantissa, scale)),
        Err(_) => Some(Decimal::new(
            mantissa.checked_mul(10_i64.checked_pow(exponent.unsigned_abs())?)?,
            0,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClinicalTime, Period};

    #[test]
    fn the_axis_is_padded_but_keeps_to_what_can_be() {
        assert_eq!(padded((80.0, 100.0), true), (78.4, 100.8));
        assert_eq!(padded((0.0, 40.0), false), (0.0, 43.2));
        assert_eq!(padded((1.0, 101.0), false), (0.0, 109.0));
        assert!(padded((36.6, 36.6), false).1 > 36.6);
    }

    fn values(low: f64, high: f64, decimals: u8) -> Vec<String> {
        value_ticks(low, high, 5, decimals)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn values_have_round_ticks_no_finer_than_they_are_shown() {
        assert_eq!(values(78.4, 100.8, 0), ["80", "85", "90", "95", "100"]);
        assert_eq!(values(36.1, 38.4, 1), ["36.5", "37.0", "37.5", "38.0"]);
        assert_eq!(values(90.2, 92.9, 0), ["91", "92"]);
        assert_eq!(values(0.0, 14_300.0, 0), ["0", "5000", "10000"]);
        assert_eq!(values(-2.0, 2.0, 0), ["-2", "-1", "0", "1", "2"]);
    }

    fn ticks(days: i64, width: f64) -> Vec<TimeTick> {
        let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms();
        let period = Period::last_days(days, now);
        time_ticks(period.from, period.to, width)
    }

    #[test]
    fn ticks_stand_at_midnights_in_oslo_on_both_sides_of_the_clock_change() {
        let ticks = ticks(90, 300.0);
        let written: Vec<_> = ticks.iter().map(|tick| oslo::to_fhir(tick.at)).collect();
        assert_eq!(
            written,
            [
                "2026-09-01T00:00:00+02:00",
                "2026-10-01T00:00:00+02:00",
                "2026-11-01T00:00:00+01:00"
            ]
        );
        assert!(ticks.iter().all(|tick| tick.label == Label::Month));
    }

    #[test]
    fn hours_are_those_of_the_clock_in_oslo_when_it_is_changed() {
        let at = |text: &str| ClinicalTime::parse(text).unwrap().start_ms();
        let hours = |from: &str, to: &str| {
            let ticks = time_ticks(at(from), at(to), 1700.0);
            let clocks: Vec<_> = ticks.iter().map(|tick| oslo::civil(tick.at)).collect();
            assert!(clocks.iter().all(|clock| clock.minute == 0));
            clocks.iter().map(|clock| clock.hour).collect::<Vec<_>>()
        };
        let spring = hours("2026-03-29T00:00:00+01:00", "2026-03-29T06:00:00+02:00");
        assert_eq!(spring, [0, 1, 3, 4, 5]);
        let autumn = hours("2026-10-25T00:00:00+02:00", "2026-10-25T06:00:00+01:00");
        assert_eq!(autumn, [0, 1, 2, 3, 4, 5]);
        let days = time_ticks(
            at("2026-11-20T10:00:00+01:00"),
            at("2026-11-22T10:00:00+01:00"),
            600.0,
        );
        let labels: Vec<_> = days.iter().map(|tick| tick.label == Label::Clock).collect();
        assert_eq!(labels, [true, true, false, true, true, true, false, true]);
    }

    #[test]
    fn ticks_grow_denser_with_the_room_there_is() {
        assert!(ticks(14, 1000.0).len() >= 14);
        assert!(ticks(30, 600.0).iter().all(|tick| tick.date.weekday() == 0));
        let year = ticks(365, 900.0);
        assert_eq!(year.len(), 12);
        assert_eq!(year.iter().filter(|tick| tick.label == Label::Year).count(), 1);
    }
}
