//! The period that a trend shows. Days are days in Oslo.

use crate::oslo;

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

    /// The period cut into `parts` of equal length, oldest first; each begins where the one before ends.
    pub fn split(&self, parts: u32) -> Vec<Self> {
        let count = i64::from(parts.max(1));
        let edge = |index: i64| self.from + self.length() * index / count;
        (0..count)
            .map(|index| Self {
                from: edge(index),
                to: edge(index + 1),
            })
            .collect()
    }

    /// Number of calendar days in Oslo that it touches.
    pub fn calendar_days(&self) -> i64 {
        oslo::date_of(self.to).days_since_epoch() - oslo::date_of(self.from).days_since_epoch() + 1
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
    fn parts_lie_edge_to_edge_and_cover_the_period() {
        let period = Period { from: 1000, to: 2001 };
        let parts = period.split(4);
        assert_eq!((parts[0].from, parts[3].to), (1000, 2001));
        assert!(parts.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!(period.split(0), [period]);
    }
}
