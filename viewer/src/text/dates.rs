//! How days and times are written, and the age of a reading in words. What a source did not say (a clock
//! time, a day) is never made up. Days are days in Oslo.

use chart_model::time::Date;
use chart_model::{ClinicalTime, Precision, oslo};

use super::{Lang, Msg};

/// A reading older than this many days is given its date and no longer an age.
const OLDEST_IN_DAYS: i64 = 365;

impl Lang {
    /// `09.14`
    pub(crate) fn clock(self, instant: i64) -> String {
        let civil = oslo::civil(instant);
        match self {
            Self::Bokmal => format!("{:02}.{:02}", civil.hour, civil.minute),
        }
    }

    /// `12.03.1953`
    pub(crate) fn full_date(self, date: Date) -> String {
        match self {
            Self::Bokmal => format!("{:02}.{:02}.{:04}", date.day, date.month, date.year),
        }
    }

    /// `3. sep.`, with the year if it is another one than today's.
    pub(crate) fn day(self, date: Date, today: Date) -> String {
        let day = self.say(Msg::DayOfMonth(date.day, date.month));
        if date.year == today.year {
            day.into_owned()
        } else {
            format!("{day} {}", date.year)
        }
    }

    /// A birth date or another date standing for itself, as exactly as it is known: `12.03.1953`, `1953`.
    pub(crate) fn date(self, time: &ClinicalTime) -> String {
        let date = time.oslo_date();
        match time.precision() {
            Precision::Year => date.year.to_string(),
            Precision::Month => format!("{} {}", self.say(Msg::Month(date.month)), date.year),
            _ => self.full_date(date),
        }
    }

    /// When something was measured, as exactly as it is known: `3. sep. 08.12`, `3. sep.`, `sep. 2026`.
    pub(crate) fn moment(self, time: &ClinicalTime, today: Date) -> String {
        let date = time.oslo_date();
        match time.precision() {
            Precision::Year | Precision::Month => self.date(time),
            Precision::Day => self.day(date, today),
            _ => format!("{} {}", self.day(date, today), self.clock(time.start_ms())),
        }
    }

    /// The same in running text: `3. sep. kl. 08.12`.
    pub(crate) fn moment_in_text(self, time: &ClinicalTime, today: Date) -> String {
        if time.has_clock() {
            let day = self.day(time.oslo_date(), today);
            self.say(Msg::AtClock(&day, &self.clock(time.start_ms())))
                .into_owned()
        } else {
            self.moment(time, today)
        }
    }

    /// The age of a reading in words: `i dag 07.40`, `i går 08.12`, `12 dager siden`; the date, where it
    /// is older than a year or not known to the day.
    pub(crate) fn age(self, time: &ClinicalTime, now: i64) -> String {
        if time.precision() < Precision::Day {
            return self.date(time);
        }
        let date = time.oslo_date();
        let days = oslo::date_of(now).days_since_epoch() - date.days_since_epoch();
        let near = match days {
            // A device's clock may run a little ahead past midnight.
            ..=0 => Msg::Today,
            1 => Msg::Yesterday,
            2..=OLDEST_IN_DAYS => return self.say(Msg::DaysAgo(days)).into_owned(),
            _ => return self.full_date(date),
        };
        if time.has_clock() {
            format!("{} {}", self.say(near), self.clock(time.start_ms()))
        } else {
            self.say(near).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T09:14:00+01:00";

    fn time(text: &str) -> ClinicalTime {
        ClinicalTime::parse(text).unwrap()
    }

    #[test]
    fn the_age_of_a_reading_is_said_in_days_of_oslo() {
        for (source, age) in [
            ("2026-11-22T07:40:00+01:00", "i dag 07.40"),
            ("2026-11-21T23:30:00Z", "i dag 00.30"),
            ("2026-11-21T08:12:00+01:00", "i går 08.12"),
            ("2026-11-22T09:16:00+01:00", "i dag 09.16"),
            ("2026-11-10T08:12:00+01:00", "12 dager siden"),
            ("2025-11-22T08:12:00+01:00", "365 dager siden"),
            ("2025-11-21T08:12:00+01:00", "21.11.2025"),
        ] {
            assert_eq!(
                Lang::Bokmal.age(&time(source), time(NOW).start_ms()),
                age,
                "{source}"
            );
        }
    }

    #[test]
    fn a_reading_without_clock_time_is_never_given_one() {
        for (source, age, moment) in [
            ("2026-11-22", "i dag", "22.\u{a0}nov."),
            ("2026-11-21", "i går", "21.\u{a0}nov."),
            ("2026-11-10", "12 dager siden", "10.\u{a0}nov."),
            ("2026-09", "sep. 2026", "sep. 2026"),
            ("2026", "2026", "2026"),
        ] {
            let now = time(NOW);
            assert_eq!(Lang::Bokmal.age(&time(source), now.start_ms()), age, "{source}");
            assert_eq!(
                Lang::Bokmal.moment(&time(source), now.oslo_date()),
                moment,
                "{source}"
            );
            assert_eq!(
                Lang::Bokmal.moment_in_text(&time(source), now.oslo_date()),
                moment,
                "{source}"
            );
        }
    }

    #[test]
    fn another_year_is_named() {
        let today = time(NOW).oslo_date();
        let moment = Lang::Bokmal.moment(&time("2025-09-03T08:12:00+02:00"), today);
        assert_eq!(moment, "3.\u{a0}sep. 2025 08.12");
        let text = Lang::Bokmal.moment_in_text(&time("2026-09-03T06:12:00Z"), today);
        assert_eq!(text, "3.\u{a0}sep. kl.\u{a0}08.12");
    }

    #[test]
    fn birth_dates_keep_their_precision() {
        assert_eq!(Lang::Bokmal.date(&time("1953-03-12")), "12.03.1953");
        assert_eq!(Lang::Bokmal.date(&time("1953-03")), "mars 1953");
        assert_eq!(Lang::Bokmal.date(&time("1953")), "1953");
    }
}
