//! Age from a date of birth. Days are days in Oslo whatever the time zone of the browser; a date of birth
//! is a day and is never moved.

use crate::ClinicalTime;
use crate::time::{Date, Precision};

/// Age in whole years on a day. Who is born on 29 February turns a year older on 1 March in other years.
/// `None` for a birth that is not known to the day, or lies after `today`.
pub fn age_in_years(birth: &ClinicalTime, today: Date) -> Option<i64> {
    if birth.precision() < Precision::Day {
        return None;
    }
    let birth = birth.oslo_date();
    let before_birthday = (today.month, today.day) < (birth.month, birth.day);
    let years = i64::from(today.year - birth.year) - i64::from(before_birthday);
    (birth <= today).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oslo;
    use proptest::prelude::*;

    #[track_caller]
    fn check(birth: &str, now: &str, age: Option<i64>) {
        let today = oslo::date_of(ClinicalTime::parse(now).unwrap().start_ms());
        let birth = ClinicalTime::parse(birth).unwrap();
        assert_eq!(age_in_years(&birth, today), age, "{birth:?} {now}");
    }

    #[test]
    fn a_year_is_added_at_midnight_in_oslo() {
        check("1953-03-12", "2026-03-11T23:59:59+01:00", Some(72));
        // 00:30 on the birthday in Oslo is still the day before in UTC.
        check("1953-03-12", "2026-03-11T23:30:00Z", Some(73));
        check("1953-03-12", "2026-03-12T00:30:00+01:00", Some(73));
        check("1953-07-12", "2026-07-11T22:30:00Z", Some(73));
        check("1953-07-12", "2026-07-11T21:59:59Z", Some(72));
        // The same moment, told by clocks far east and far west.
        check("1953-07-12", "2026-07-12T08:30:00+10:00", Some(73));
        check("1953-07-12", "2026-07-11T12:30:00-10:00", Some(73));
    }

    #[test]
    fn the_29th_of_february_becomes_the_1st_of_march() {
        check("2004-02-29", "2026-02-28T12:00:00+01:00", Some(21));
        check("2004-02-29", "2026-03-01T12:00:00+01:00", Some(22));
        check("2004-02-29", "2028-02-28T12:00:00+01:00", Some(23));
        check("2004-02-29", "2028-02-29T12:00:00+01:00", Some(24));
    }

    #[test]
    fn newborns_are_nought_and_what_is_not_known_is_not_guessed() {
        check("2026-11-22", "2026-11-22T12:00:00+01:00", Some(0));
        check("2026-11-23", "2026-11-22T12:00:00+01:00", None);
        check("1953-03", "2026-11-22T12:00:00+01:00", None);
        check("1953", "2026-11-22T12:00:00+01:00", None);
        check("1910-06-01", "2026-05-31T12:00:00+02:00", Some(115));
    }

    proptest! {
        #[test]
        fn a_date_of_birth_is_shown_as_it_was_written(days in -30_000_i64..25_000) {
            let date = Date::from_days(days);
            let text = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
            prop_assert_eq!(ClinicalTime::parse(&text).unwrap().oslo_date(), date);
        }

        #[test]
        fn age_agrees_with_an_independent_library(birth in -20_000_i64..20_000, later in 0_i64..30_000) {
            let date = |days| jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let (born, today) = (date(birth), date(birth + later));
            let leap_day = (born.month(), born.day()) == (2, 29);
            prop_assume!(!leap_day);
            let expected = born.until((jiff::Unit::Year, today)).unwrap().get_years();
            let time = ClinicalTime::parse(&born.to_string()).unwrap();
            prop_assert_eq!(age_in_years(&time, Date::from_days(birth + later)), Some(i64::from(expected)));
        }
    }
}
