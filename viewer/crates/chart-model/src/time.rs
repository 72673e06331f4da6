//! FHIR dates and times with the precision they were written in. A year stays a year; a date has
//! no clock time. Holds no calendar of Norway: that is `oslo`.

mod date;

pub use date::Date;

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

    /// The last instant it can mean: the same one where a clock time was given, else the last of that day, month
    /// or year in Oslo.
    pub fn last_ms(&self) -> i64 {
        let first = self.oslo_date();
        let next = match self.precision {
            Precision::Minute | Precision::Second => return self.start,
            Precision::Day => first.plus_days(1),
            // Wherever the next month or year begins, it is the first of a month so many days on.
            Precision::Month => Date {
                day: 1,
                ..first.plus_days(31)
            },
            Precision::Year => Date {
                month: 1,
                day: 1,
                ..first.plus_days(366)
            },
        };
        oslo::midnight(next) - 1
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
mod tests;
