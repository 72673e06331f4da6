//! FHIR dates and times with the precision they were written in. A year stays a year; a date has
//! no clock time. Holds no calendar of Norway: that is `oslo`.

use crate::oslo;

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// `2026`
    Year,
    /// `2026-09`
    Month,
    /// `2026-09-03`: no clock time, and none is ever made up.
    Day,
    /// `2026-09-03T08:12+02:00` (FHIR asks for seconds; some sources leave them out)
    Minute,
    /// With seconds, and possibly fractions.
    Second,
}

/// A time as a source wrote it.
#[derive(Clone, Debug)]
pub struct ClinicalTime {
    text: Box<str>,
    start: i64,
    precision: Precision,
}

/// Why a text is no FHIR time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// A clock time without an offset: which instant it means is unknown.
    WithoutZone,
    /// Not a FHIR date, dateTime or instant.
    Malformed,
}

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in 24 hours (not always a day in Oslo).
pub const DAY_MS: i64 = 24 * HOUR_MS;

impl ClinicalTime {
    /// Reads a FHIR `date`, `dateTime` or `instant`. Years 1000–9999; second 60 counts as 59.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let bytes = text.as_bytes();
        let (date, clock) = match bytes.iter().position(|b| *b == b'T') {
            Some(at) => (bytes.get(..at), bytes.get(at + 1..)),
            None => (Some(bytes), None),
        };
        let (date, precision) = parse_date(date.unwrap_or_default()).ok_or(TimeError::Malformed)?;
        let (start, precision) = match clock {
            None => (oslo::midnight(date), precision),
            Some(_) if precision != Precision::Day => return Err(TimeError::Malformed),
            Some(clock) => {
                let clock = parse_clock(clock).ok_or(TimeError::Malformed)?;
                let offset = clock.offset_minutes.ok_or(TimeError::WithoutZone)?;
                let start = date.days_since_epoch() * DAY_MS + clock.ms - i64::from(offset) * MINUTE_MS;
                (start, clock.precision)
            }
        };
        Ok(Self {
            text: text.into(),
            start,
            precision,
        })
    }

    /// As the source wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How exactly it is known.
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// The first instant it can mean, milliseconds since 1970 UTC; for a date without clock time
    /// the midnight in Oslo at which that day (month, year) begins.
    pub const fn start_ms(&self) -> i64 {
        self.start
    }

    /// Where it stands on a time axis: the instant itself, or for a date 12:00 in Oslo of its (first) day.
    pub fn axis_ms(&self) -> i64 {
        if self.has_clock() {
            self.start
        } else {
            oslo::noon(oslo::date_of(self.start))
        }
    }

    /// True if a clock time was given.
    pub fn has_clock(&self) -> bool {
        self.precision >= Precision::Minute
    }

    /// The day in Oslo on which it lies (the first, for a month or a year).
    pub fn oslo_date(&self) -> Date {
        oslo::date_of(self.start)
    }
}

/// Two times are equal if they mean the same instant with the same precision, however written.
impl PartialEq for ClinicalTime {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.has_clock() == other.has_clock()
    }
}

impl Eq for ClinicalTime {}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1000–9999.
    pub year: i32,
    /// 1–12.
    pub month: u8,
    /// 1–31, existing in that month.
    pub day: u8,
}

impl Date {
    /// `None` if there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1000..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (valid && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// Reads `2026-09-03`, nothing less.
    pub fn parse(text: &str) -> Option<Self> {
        match parse_date(text.as_bytes()) {
            Some((date, Precision::Day)) => Some(date),
            _ => None,
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    pub fn days_since_epoch(self) -> i64 {
        // Count years from March, so that the leap day is the last of its year.
        let (year, month) = if self.month > 2 {
            (i64::from(self.year), i64::from(self.month) - 3)
        } else {
            (i64::from(self.year) - 1, i64::from(self.month) + 9)
        };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + leap_days + day_of_year - 719_468
    }

    /// The day that lies `days` after 1970-01-01; years outside 1000–9999 are clamped to their ends.
    pub fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 {
            month_index + 3
        } else {
            month_index - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let fits = (1000..=9999).contains(&year);
        match (i32::try_from(year), u8::try_from(month), u8::try_from(day)) {
            (Ok(year), Ok(month), Ok(day)) if fits => Self { year, month, day },
            _ if year < 1000 => Self {
                year: 1000,
                month: 1,
                day: 1,
            },
            _ => Self {
                year: 9999,
                month: 12,
                day: 31,
            },
        }
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days(self.days_since_epoch() + days)
    }

    /// 0 = Monday … 6 = Sunday.
    pub fn weekday(self) -> i64 {
        (self.days_since_epoch() + 3).rem_euclid(7)
    }
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Exactly `N` ASCII digits as a number.
fn digits<const N: usize>(bytes: &[u8]) -> Option<u32> {
    if bytes.len() != N {
        return None;
    }
    bytes.iter().try_fold(0_u32, |sum, byte| {
        byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

fn parse_date(bytes: &[u8]) -> Option<(Date, Precision)> {
    let year = i32::try_from(digits::<4>(bytes.get(..4)?)?).ok()?;
    let part = |from: usize| -> Option<u8> {
        if bytes.get(from) != Some(&b'-') {
            return None;
        }
        u8::try_from(digits::<2>(bytes.get(from + 1..from + 3)?)?).ok()
    };
    match bytes.len() {
        4 => Some((Date::new(year, 1, 1)?, Precision::Year)),
        7 => Some((Date::new(year, part(4)?, 1)?, Precision::Month)),
        10 => Some((Date::new(year, part(4)?, part(7)?)?, Precision::Day)),
        _ => None,
    }
}

struct Clock {
    ms: i64,
    precision: Precision,
    offset_minutes: Option<i32>,
}

/// `HH:MM[:SS[.fff]]` and then `Z`, `±HH:MM` or nothing.
fn parse_clock(bytes: &[u8]) -> Option<Clock> {
    let zone_at = bytes
        .iter()
        .position(|b| matches!(b, b'Z' | b'+' | b'-'))
        .unwrap_or(bytes.len());
    let (clock, zone) = bytes.split_at_checked(zone_at)?;
    let offset_minutes = match zone {
        [] => None,
        [b'Z'] => Some(0),
        [sign, rest @ ..] if rest.get(2) == Some(&b':') => {
            let hours = i32::try_from(digits::<2>(rest.get(..2)?)?).ok()?;
            let minutes = i32::try_from(digits::<2>(rest.get(3..)?)?).ok()?;
            if hours > 14 || minutes > 59 {
                return None;
            }
            let total = hours * 60 + minutes;
            Some(if *sign == b'-' { -total } else { total })
        }
        _ => return None,
    };
    let hour = i64::from(digits::<2>(clock.get(..2)?)?);
    let minute = i64::from(digits::<2>(clock.get(3..5)?)?);
    if clock.get(2) != Some(&b':') || hour > 23 || minute > 59 {
        return None;
    }
    let of_minute = hour * HOUR_MS + minute * MINUTE_MS;
    let (ms, precision) = match clock.get(5..)? {
        [] => (of_minute, Precision::Minute),
        [b':', seconds @ ..] => (of_minute + parse_seconds(seconds)?, Precision::Second),
        _ => return None,
    };
    Some(Clock {
        ms,
        precision,
        offset_minutes,
    })
}

fn parse_seconds(bytes: &[u8]) -> Option<i64> {
    let second = i64::from(digits::<2>(bytes.get(..2)?)?);
    let fraction = match bytes.get(2..)? {
        [] => 0,
        [b'.', fraction @ ..] if !fraction.is_empty() && fraction.iter().all(u8::is_ascii_digit) => {
            let thousandths = fraction.iter().chain(b"00").take(3);
            thousandths.fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'))
        }
        _ => return None,
    };
    (second <= 60).then(|| second.min(59) * 1000 + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<(i64, Precision), TimeError>) {
        let read = ClinicalTime::parse(text).map(|t| (t.start_ms(), t.precision()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn keeps_the_precision_it_was_written_in() {
        // 2026-09-02T22:00Z is midnight of 3 September in Oslo (summer time).
        check("2026-09-03", Ok((1_788_386_400_000, Precision::Day)));
        check(
            "2026-09-03T08:12:00+02:00",
            Ok((1_788_415_920_000, Precision::Second)),
        );
        check("2026-09-03T06:12:00Z", Ok((1_788_415_920_000, Precision::Second)));
        check(
            "2026-09-03T08:12+02:00",
            Ok((1_788_415_920_000, Precision::Minute)),
        );
        check(
            "2026-09-03T08:12:00.5+02:00",
            Ok((1_788_415_920_500, Precision::Second)),
        );
        assert_eq!(
            ClinicalTime::parse("2026-09").unwrap().precision(),
            Precision::Month
        );
        assert_eq!(ClinicalTime::parse("2026").unwrap().precision(), Precision::Year);
    }

    #[test]
    fn refuses_what_is_not_a_fhir_time_and_says_why() {
        check("2026-09-03T08:12:00", Err(TimeError::WithoutZone));
        for text in [
            "",
            "26-09-03",
            "2026-13-01",
            "2026-02-29",
            "2026-09-31",
            "2026-09-03T",
            "2026-09-03T25:00:00Z",
            "03.09.2026",
            "2026-09T08:12:00Z",
            "2026-09-03 08:12:00Z",
            "2026-09-03T08:12:00+2:00",
            "2026-09-03T08:12:00.Z",
            "2026-9-3",
            "2026-09-03T08:12:61Z",
            "2026-09-03T08:60:00Z",
            "2026-09-03T08:12:00+15:00",
            "2026-09-03T8:12:00Z",
        ] {
            check(text, Err(TimeError::Malformed));
        }
    }

    #[test]
    fn a_date_stands_at_noon_and_has_no_clock() {
        let date = ClinicalTime::parse("2026-09-03").unwrap();
        assert!(!date.has_clock());
        assert_eq!(date.axis_ms() - date.start_ms(), 12 * HOUR_MS);
        assert_eq!(
            date.oslo_date(),
            Date {
                year: 2026,
                month: 9,
                day: 3
            }
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,32}") {
            let _ = ClinicalTime::parse(&text);
        }

        #[test]
        fn days_and_dates_convert_both_ways(days in -200_000_i64..800_000) {
            prop_assert_eq!(Date::from_days(days).days_since_epoch(), days);
        }

        #[test]
        fn reads_the_same_instant_as_an_independent_library(seconds in 0_i64..4_000_000_000, offset in -14_i32..=14) {
            let zone = jiff::tz::TimeZone::fixed(jiff::tz::Offset::from_seconds(offset * 3600).unwrap());
            let zoned = jiff::Timestamp::from_second(seconds).unwrap().to_zoned(zone);
            let text = zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            prop_assert_eq!(ClinicalTime::parse(&text).unwrap().start_ms(), seconds * 1000);
        }
    }
}
