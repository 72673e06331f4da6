//! Times as they are written and read.

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
