//! A day of the calendar, without clock time or time zone.

use super::{Precision, parse_date};

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
