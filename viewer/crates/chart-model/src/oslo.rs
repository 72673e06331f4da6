//! Civil time in Europe/Oslo. Norway follows the European Union's rule since 1996: UTC+1, and UTC+2
//! from the last Sunday of March to the last Sunday of October, both at 01:00 UTC. Earlier years are
//! given the same rule; no home monitoring is that old.

use crate::time::{DAY_MS, Date, HOUR_MS, MINUTE_MS};

/// A clock time in Oslo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The day.
    pub date: Date,
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
}

/// Offset from UTC at an instant, in milliseconds: one or two hours.
pub fn offset_ms(instant: i64) -> i64 {
    let year = Date::from_days(instant.div_euclid(DAY_MS)).year;
    let summer = last_sunday(year, 3, 31) + HOUR_MS..last_sunday(year, 10, 31) + HOUR_MS;
    if summer.contains(&instant) {
        2 * HOUR_MS
    } else {
        HOUR_MS
    }
}

/// UTC midnight of the last Sunday of a month with 31 days.
fn last_sunday(year: i32, month: u8, last_day: u8) -> i64 {
    let last = Date {
        year,
        month,
        day: last_day,
    };
    (last.days_since_epoch() - (last.weekday() + 1) % 7) * DAY_MS
}

/// The day in Oslo at an instant.
pub fn date_of(instant: i64) -> Date {
    Date::from_days((instant + offset_ms(instant)).div_euclid(DAY_MS))
}

/// Day and clock in Oslo at an instant.
pub fn civil(instant: i64) -> Civil {
    let local = instant + offset_ms(instant);
    let of_day = local.rem_euclid(DAY_MS);
    Civil {
        date: Date::from_days(local.div_euclid(DAY_MS)),
        hour: u8::try_from(of_day / HOUR_MS).unwrap_or(0),
        minute: u8::try_from(of_day % HOUR_MS / MINUTE_MS).unwrap_or(0),
    }
}

/// The instant at which a day begins in Oslo. The clock is never changed at midnight, so there is
/// exactly one.
pub fn midnight(date: Date) -> i64 {
    let utc = date.days_since_epoch() * DAY_MS;
    // The offset at local midnight is the one that holds an hour or two earlier than UTC midnight;
    // changes come at 01:00 UTC, after either.
    utc - offset_ms(utc - 2 * HOUR_MS)
}

/// The instant of 12:00 in Oslo on a day.
pub fn noon(date: Date) -> i64 {
    let utc = date.days_since_epoch() * DAY_MS + 12 * HOUR_MS;
    utc - offset_ms(utc - HOUR_MS)
}

/// The instant of a full hour in Oslo on a day, the first where it comes twice; `None` where it is left out.
pub fn at_hour(date: Date, hour: u8) -> Option<i64> {
    let start = midnight(date);
    let even = start + i64::from(hour) * HOUR_MS;
    // As many hours after midnight, unless the clock was changed in between.
    let changed = even - (offset_ms(even) - offset_ms(start));
    [even, changed].into_iter().find(|at| {
        civil(*at)
            == Civil {
                date,
                hour,
                minute: 0,
            }
    })
}

/// An instant as a FHIR dateTime with Oslo's offset and seconds: `2026-09-03T08:12:00+02:00`.
pub fn to_fhir(instant: i64) -> String {
    let Civil { date, hour, minute } = civil(instant);
    let second = instant.rem_euclid(MINUTE_MS) / 1000;
    let offset = offset_ms(instant) / HOUR_MS;
    format!(
        "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}+{offset:02}:00",
        date.year, date.month, date.day
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ClinicalTime;
    use proptest::prelude::*;

    #[test]
    fn days_of_both_clock_changes_have_23_and_25_hours() {
        for (year, month, day, hours) in [(2026, 3, 29, 23), (2026, 10, 25, 25), (2026, 11, 22, 24)] {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(
                midnight(date.plus_days(1)) - midnight(date),
                hours * HOUR_MS,
                "{date:?}"
            );
            assert_eq!(
                civil(noon(date)),
                Civil {
                    date,
                    hour: 12,
                    minute: 0
                }
            );
        }
    }

    #[test]
    fn an_instant_is_written_with_the_offset_of_its_own_day() {
        let summer = ClinicalTime::parse("2026-09-03T06:12:07Z").unwrap();
        assert_eq!(to_fhir(summer.start_ms()), "2026-09-03T08:12:07+02:00");
        let winter = ClinicalTime::parse("2026-12-03T06:12:07Z").unwrap();
        assert_eq!(to_fhir(winter.start_ms()), "2026-12-03T07:12:07+01:00");
    }

    proptest! {
        #[test]
        fn agrees_with_the_time_zone_database(seconds in 852_073_200_i64..2_145_000_000) {
            let zone = jiff::tz::TimeZone::get("Europe/Oslo").unwrap();
            let zoned = jiff::Timestamp::from_second(seconds).unwrap().to_zoned(zone.clone());
            let ours = civil(seconds * 1000);
            prop_assert_eq!(ours.date, Date::new(i32::from(zoned.year()), zoned.month() as u8, zoned.day() as u8).unwrap());
            prop_assert_eq!((ours.hour, ours.minute), (zoned.hour() as u8, zoned.minute() as u8));
            let start = zoned.start_of_day().unwrap().timestamp().as_millisecond();
            prop_assert_eq!(midnight(ours.date), start);
        }
    }
}
