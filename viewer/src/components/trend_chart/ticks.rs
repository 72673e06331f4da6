//! Where the axes have ticks: round values, and midnights in Oslo.

use chart_model::time::Date;
use chart_model::{Decimal, oslo};

/// Least distance between the labels of the time axis, CSS pixels.
const LABEL_DISTANCE: f64 = 62.0;

/// A tick of the time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeTick {
    /// The midnight at which its day begins.
    pub at: i64,
    /// The day.
    pub date: Date,
    /// Which kind of label stands at it.
    pub label: Label,
}

/// What stands at a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
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
    Days(i64),
    Weeks(i64),
    Months(u8),
}

const GRAINS: [(Grain, f64); 8] = [
    (Grain::Days(1), 1.0),
    (Grain::Days(2), 2.0),
    (Grain::Weeks(1), 7.0),
    (Grain::Weeks(2), 14.0),
    (Grain::Months(1), 28.0),
    (Grain::Months(2), 59.0),
    (Grain::Months(3), 89.0),
    (Grain::Months(12), 365.0),
];

impl Grain {
    fn has(self, date: Date) -> bool {
        match self {
            Self::Days(every) => date.days_since_epoch() % every == 0,
            // 1970-01-05 was a Monday.
            Self::Weeks(every) => (date.days_since_epoch() - 4) % (7 * every) == 0,
            Self::Months(every) => date.day == 1 && (date.month - 1).is_multiple_of(every),
        }
    }
}

/// Ticks of the time from `from` up to but not at `to` (milliseconds since 1970 UTC) on `width` CSS pixels.
pub(super) fn time_ticks(from: i64, to: i64, width: f64) -> Vec<TimeTick> {
    let (first, last) = (oslo::date_of(from), oslo::date_of(to));
    let days = last.days_since_epoch() - first.days_since_epoch();
    let day_width = width / days.max(1) as f64;
    let wide_enough = |(_, days): &&(Grain, f64)| days * day_width >= LABEL_DISTANCE;
    let grain = GRAINS
        .iter()
        .find(wide_enough)
        .map_or(Grain::Months(12), |(grain, _)| *grain);
    let label = |date: Date| match grain {
        Grain::Days(_) | Grain::Weeks(_) => Label::Day,
        Grain::Months(12) => Label::Year,
        Grain::Months(_) if date.month == 1 => Label::Year,
        Grain::Months(_) => Label::Month,
    };
    (0..=days)
        .map(|day| first.plus_days(day))
        .filter(|date| grain.has(*date))
        .map(|date| TimeTick {
            at: oslo::midnight(date),
            date,
            label: label(date),
        })
        .filter(|tick| from <= tick.at && tick.at < to)
        .collect()
}

/// Round values from `low` to `high`, at most `most`, none finer than `decimals` decimals.
pub(super) fn value_ticks(low: f64, high: f64, most: usize, decimals: u8) -> Vec<Decimal> {
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
    use chart_model::{ClinicalTime, Period};

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
    fn ticks_grow_denser_with_the_room_there_is() {
        assert!(ticks(14, 1000.0).len() >= 14);
        assert!(ticks(30, 600.0).iter().all(|tick| tick.date.weekday() == 0));
        let year = ticks(365, 900.0);
        assert_eq!(year.len(), 12);
        assert_eq!(year.iter().filter(|tick| tick.label == Label::Year).count(), 1);
    }
}
