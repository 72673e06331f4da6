//! The period that a trend shows. Days are days in Oslo.

use crate::oslo;
use crate::time::Date;

/// From an instant up to another, both inclusive, milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First instant.
    pub from: i64,
    /// Last instant.
    pub to: i64,
}

impl Period {
    /// The last `days` days before `now`: from the Oslo midnight that many days ago, up to now.
    pub fn last_days(days: i64, now: i64) -> Self {
        Self {
            from: oslo::midnight(oslo::date_of(now).plus_days(-days)),
            to: now,
        }
    }

    /// True if the instant lies in it.
    pub const fn contains(&self, instant: i64) -> bool {
        self.from <= instant && instant <= self.to
    }

    /// Length in milliseconds, at least 1.
    pub const fn length(&self) -> i64 {
        let length = self.to - self.from;
        if length < 1 { 1 } else { length }
    }

    /// The period cut from its end into at most `parts` pieces of about equal length, the newest first: each but
    /// the last is a whole number of `unit` milliseconds long. No two share an instant.
    pub fn cut(&self, parts: u32, unit: i64) -> Vec<Self> {
        let (parts, unit) = (i64::from(parts.max(1)), unit.max(1));
        let units = self.length() / unit + 1;
        let length = units.saturating_add(parts - 1) / parts * unit;
        let mut pieces = Vec::new();
        let mut to = self.to;
        while to >= self.from {
            let from = to.saturating_sub(length - 1).max(self.from);
            pieces.push(Self { from, to });
            to = from - 1;
        }
        pieces
    }

    /// The period right before it, of as many calendar days in Oslo.
    #[must_use]
    pub fn before(&self) -> Self {
        let first = oslo::date_of(self.from).plus_days(-self.calendar_days());
        Self {
            from: oslo::midnight(first),
            to: self.from - 1,
        }
    }

    /// Number of calendar days in Oslo that it touches.
    pub fn calendar_days(&self) -> i64 {
        oslo::date_of(self.to).days_since_epoch() - oslo::date_of(self.from).days_since_epoch() + 1
    }
}

/// Which period the doctor wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodChoice {
    /// So many days before today, and today up to now.
    LastDays(i64),
    /// From one day in Oslo to another, both included. Made by [`PeriodChoice::between`].
    Between {
        /// First day.
        from: Date,
        /// Last day, not before the first.
        to: Date,
    },
}

/// Why a pair of days is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodError {
    /// The last day lies before the first.
    Reversed,
    /// The first day has not begun.
    NotBegun,
}

/// The last three months, which is what GPs look at before a consultation.
impl Default for PeriodChoice {
    fn default() -> Self {
        Self::LastDays(90)
    }
}

impl PeriodChoice {
    /// Lengths of [`PeriodChoice::LastDays`] that are offered, days.
    pub const OFFERED_DAYS: [i64; 4] = [14, 30, 90, 365];

    /// From one day to another, as seen on the day `today`.
    ///
    /// # Errors
    /// [`PeriodError`] if it holds no day up to today.
    pub fn between(from: Date, to: Date, today: Date) -> Result<Self, PeriodError> {
        if to < from {
            Err(PeriodError::Reversed)
        } else if from > today {
            Err(PeriodError::NotBegun)
        } else {
            Ok(Self::Between { from, to })
        }
    }

    /// The instants that it means at the moment `now`; none of them later than that.
    pub fn period(self, now: i64) -> Period {
        match self {
            Self::LastDays(days) => Period::last_days(days, now),
            Self::Between { from, to } => Period {
                from: oslo::midnight(from),
                to: (oslo::midnight(to.plus_days(1)) - 1).min(now),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ClinicalTime;

    #[test]
    fn ninety_days_begin_at_oslo_midnight_across_the_clock_change() {
        let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms();
        let period = Period::last_days(90, now);
        assert_eq!(oslo::to_fhir(period.from), "2026-08-24T00:00:00+02:00");
        assert_eq!(period.to, now);
        assert!(period.contains(period.from) && period.contains(now));
        assert!(!period.contains(period.from - 1) && !period.contains(now + 1));
        assert_eq!(period.calendar_days(), 91);
    }

    #[test]
    fn the_period_before_has_as_many_days_and_ends_where_it_begins() {
        let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms();
        let before = Period::last_days(90, now).before();
        assert_eq!(oslo::to_fhir(before.from), "2026-05-25T00:00:00+02:00");
        assert_eq!(oslo::to_fhir(before.to), "2026-08-23T23:59:59+02:00");
        assert_eq!(before.calendar_days(), 91);
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[track_caller]
    fn check(choice: PeriodChoice, now: &str, from: &str, to: &str) {
        let period = choice.period(ClinicalTime::parse(now).unwrap().start_ms());
        let found = (oslo::to_fhir(period.from), oslo::to_fhir(period.to));
        assert_eq!(found, (from.to_owned(), to.to_owned()), "{choice:?} {now}");
    }

    #[test]
    fn an_own_period_has_whole_days_in_oslo_and_ends_no_later_than_now() {
        let now = "2026-11-22T09:14:00+01:00";
        let between = |from, to| PeriodChoice::between(day(from), day(to), day("2026-11-22")).unwrap();
        for (from, to, first, last) in [
            (
                "2026-05-02",
                "2026-05-02",
                "2026-05-02T00:00:00+02:00",
                "2026-05-02T23:59:59+02:00",
            ),
            (
                "2026-10-24",
                "2026-10-25",
                "2026-10-24T00:00:00+02:00",
                "2026-10-25T23:59:59+01:00",
            ),
            ("2026-11-20", "2026-11-22", "2026-11-20T00:00:00+01:00", now),
            ("2026-11-20", "2027-01-01", "2026-11-20T00:00:00+01:00", now),
        ] {
            check(between(from, to), now, first, last);
        }
    }

    #[test]
    fn the_last_days_are_those_of_oslo_when_utc_is_still_on_the_day_before() {
        check(
            PeriodChoice::LastDays(14),
            "2026-11-21T23:30:00Z",
            "2026-11-08T00:00:00+01:00",
            "2026-11-22T00:30:00+01:00",
        );
    }

    #[test]
    fn days_in_the_wrong_order_or_not_begun_are_no_period() {
        let today = day("2026-11-22");
        for (from, to, expected) in [
            ("2026-11-22", "2026-11-22", Ok(())),
            ("2026-11-22", "2026-11-21", Err(PeriodError::Reversed)),
            ("2026-11-23", "2026-11-23", Err(PeriodError::NotBegun)),
            ("2026-11-24", "2026-11-23", Err(PeriodError::Reversed)),
        ] {
            let found = PeriodChoice::between(day(from), day(to), today).map(drop);
            assert_eq!(found, expected, "{from} {to}");
        }
    }

    #[test]
    fn pieces_lie_edge_to_edge_and_cover_the_period() {
        for (parts, unit, lengths) in [
            (4, 100, vec![300, 300, 300, 102]),
            (4, 1, vec![251, 251, 251, 249]),
            (4, 5000, vec![1002]),
            (0, 0, vec![1002]),
            (9, 400, vec![400, 400, 202]),
        ] {
            let period = Period { from: 1000, to: 2001 };
            let pieces = period.cut(parts, unit);
            let found: Vec<i64> = pieces.iter().map(|piece| piece.to - piece.from + 1).collect();
            assert_eq!(found, lengths, "{parts} {unit}");
            assert_eq!((pieces[0].to, pieces[pieces.len() - 1].from), (2001, 1000));
            assert!(pieces.windows(2).all(|pair| pair[1].to + 1 == pair[0].from));
        }
        assert_eq!(Period { from: 5, to: 5 }.cut(4, 100).len(), 1);
    }
}
