//! How days and times are written, and the age of a reading in words. What a source did not say (a clock
//! time, a day) is never made up. Days are days in Oslo.

use chart_model::axis::{Label, TimeTick};
use chart_model::{ClinicalTime, Date, PeriodChoice, Precision, oslo};

use super::{Lang, Msg};

/// A reading older than this many days is given its date and no longer an age.
const OLDEST_IN_DAYS: i64 = 365;

impl Lang {
    /// `09.14`
    pub(crate) fn clock(self, instant: i64) -> String {
        let civil = oslo::civil(instant);
        self.say(Msg::Clock(civil.hour, civil.minute)).into_owned()
    }

    /// `12.03.1953`
    pub(crate) fn full_date(self, date: Date) -> String {
        self.say(Msg::FullDate(date)).into_owned()
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
        let days = days_ago(time, now);
        match days {
            _ if time.precision() < Precision::Day => self.date(time),
            ..=1 => self.since(time, now),
            2..=OLDEST_IN_DAYS => self.say(Msg::DaysAgo(days)).into_owned(),
            _ => self.full_date(time.oslo_date()),
        }
    }

    /// When something was measured, to go after "since": `i dag 07.40`, `i går 08.12`, `3. sep. 08.12`.
    pub(super) fn since(self, time: &ClinicalTime, now: i64) -> String {
        let near = match days_ago(time, now) {
            _ if time.precision() < Precision::Day => None,
            // A device's clock may run a little ahead past midnight.
            ..=0 => Some(Msg::Today),
            1 => Some(Msg::Yesterday),
            _ => None,
        };
        match near {
            None => self.moment(time, oslo::date_of(now)),
            Some(near) if time.has_clock() => {
                format!("{} {}", self.say(near), self.clock(time.start_ms()))
            }
            Some(near) => self.say(near).into_owned(),
        }
    }

    /// When data was fetched: `09.14`, with its day if that is not today.
    pub(crate) fn fetched(self, at: i64, now: i64) -> String {
        let (date, today) = (oslo::date_of(at), oslo::date_of(now));
        if date < today {
            format!("{} {}", self.day(date, today), self.clock(at))
        } else {
            self.clock(at)
        }
    }

    /// What stands at a tick of a time axis.
    pub(crate) fn tick(self, tick: &TimeTick) -> String {
        match tick.label {
            Label::Clock => self.clock(tick.at),
            Label::Day => self
                .say(Msg::DayOfMonth(tick.date.day, tick.date.month))
                .into_owned(),
            Label::Month => self.say(Msg::Month(tick.date.month)).into_owned(),
            Label::Year => tick.date.year.to_string(),
        }
    }

    /// The period shown, in words: `Siste 90 dager`, `3. sep.–12. okt.`.
    pub(crate) fn period(self, choice: PeriodChoice, today: Date) -> String {
        match choice {
            PeriodChoice::LastDays(days) => self.say(Msg::LastDays(days)),
            PeriodChoice::Between { from, to } if from == to => self.day(from, today).into(),
            PeriodChoice::Between { from, to } => {
                self.say(Msg::FromTo(&self.day(from, today), &self.day(to, today)))
            }
        }
        .into_owned()
    }
}

/// How many days of Oslo ago.
fn days_ago(time: &ClinicalTime, now: i64) -> i64 {
    oslo::date_of(now).days_since_epoch() - time.oslo_date().days_since_epoch()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fixtures::moment;

    const NOW: &str = "2026-11-22T09:14:00+01:00";

    fn time(text: &str) -> ClinicalTime {
        ClinicalTime::parse(text).unwrap()
    }

    fn today() -> Date {
        time(NOW).oslo_date()
    }

    /// What the three languages say, with the spaces that a reader sees.
    fn in_all(say: impl Fn(Lang) -> String) -> [String; 3] {
        Lang::ALL.map(|lang| say(lang).replace('\u{a0}', " "))
    }

    #[test]
    fn the_age_of_a_reading_is_said_in_days_of_oslo() {
        for (source, ages) in [
            (
                "2026-11-22T07:40:00+01:00",
                ["i dag 07.40", "i dag 07.40", "today 07:40"],
            ),
            (
                "2026-11-21T23:30:00Z",
                ["i dag 00.30", "i dag 00.30", "today 00:30"],
            ),
            (
                "2026-11-21T08:12:00+01:00",
                ["i går 08.12", "i går 08.12", "yesterday 08:12"],
            ),
            (
                "2026-11-22T09:16:00+01:00",
                ["i dag 09.16", "i dag 09.16", "today 09:16"],
            ),
            (
                "2026-11-10T08:12:00+01:00",
                ["12 dager siden", "for 12 dagar sidan", "12 days ago"],
            ),
            (
                "2025-11-22T08:12:00+01:00",
                ["365 dager siden", "for 365 dagar sidan", "365 days ago"],
            ),
            (
                "2025-11-21T08:12:00+01:00",
                ["21.11.2025", "21.11.2025", "21 Nov 2025"],
            ),
        ] {
            let said = in_all(|lang| lang.age(&time(source), moment(NOW)));
            assert_eq!(said, ages, "{source}");
        }
    }

    #[test]
    fn a_reading_without_clock_time_is_never_given_one() {
        for (source, age, moment_said) in [
            ("2026-11-22", "i dag", "22.\u{a0}nov."),
            ("2026-11-21", "i går", "21.\u{a0}nov."),
            ("2026-11-10", "12 dager siden", "10.\u{a0}nov."),
            ("2026-09", "sep. 2026", "sep. 2026"),
            ("2026", "2026", "2026"),
        ] {
            let (lang, time) = (Lang::Bokmal, time(source));
            assert_eq!(lang.age(&time, moment(NOW)), age, "{source}");
            assert_eq!(lang.moment(&time, today()), moment_said, "{source}");
            assert_eq!(lang.moment_in_text(&time, today()), moment_said, "{source}");
        }
    }

    #[test]
    fn a_moment_has_day_and_clock_and_another_year_is_named() {
        let this_year = time("2026-09-03T06:12:00Z");
        let said = in_all(|lang| lang.moment(&this_year, today()));
        assert_eq!(said, ["3. sep. 08.12", "3. sep. 08.12", "3 Sep 08:12"]);
        let said = in_all(|lang| lang.moment_in_text(&this_year, today()));
        assert_eq!(said, ["3. sep. kl. 08.12", "3. sep. kl. 08.12", "3 Sep at 08:12"]);
        let last_year = time("2025-09-03T08:12:00+02:00");
        let said = in_all(|lang| lang.moment(&last_year, today()));
        assert_eq!(
            said,
            ["3. sep. 2025 08.12", "3. sep. 2025 08.12", "3 Sep 2025 08:12"]
        );
    }

    #[test]
    fn birth_dates_keep_their_precision() {
        for (source, dates) in [
            ("1953-03-12", ["12.03.1953", "12.03.1953", "12 Mar 1953"]),
            ("1953-03", ["mars 1953", "mars 1953", "Mar 1953"]),
            ("1953", ["1953"; 3]),
        ] {
            assert_eq!(in_all(|lang| lang.date(&time(source))), dates);
        }
    }

    #[test]
    fn the_time_of_a_fetch_has_its_day_once_that_is_over() {
        let fetched = |at| in_all(|lang| lang.fetched(moment(at), moment(NOW)));
        assert_eq!(fetched(NOW), ["09.14", "09.14", "09:14"]);
        assert_eq!(
            fetched("2026-11-21T23:50:00+01:00"),
            ["21. nov. 23.50", "21. nov. 23.50", "21 Nov 23:50"]
        );
    }

    #[test]
    fn a_period_is_said_in_words() {
        let date = |text| Date::parse(text).unwrap();
        let between = |from, to| {
            let choice = PeriodChoice::between(date(from), date(to), today()).unwrap();
            in_all(|lang| lang.period(choice, today()))
        };
        let ninety = in_all(|lang| lang.period(PeriodChoice::LastDays(90), today()));
        assert_eq!(ninety, ["Siste 90 dager", "Siste 90 dagar", "Last 90 days"]);
        assert_eq!(
            between("2026-09-03", "2026-10-12"),
            ["3. sep.–12. okt.", "3. sep.–12. okt.", "3 Sep – 12 Oct"]
        );
        assert_eq!(between("2025-12-03", "2026-01-12")[0], "3. des. 2025–12. jan.");
        assert_eq!(between("2026-09-03", "2026-09-03")[2], "3 Sep");
    }
}
