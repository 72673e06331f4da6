//! Readings as sentences, in every language.

use std::rc::Rc;

use super::*;
use crate::text::fixtures::{moment, reading, set};
use chart_model::series::assess;
use chart_model::{FindingKind, LimitEra, LimitHistory, Method, RangeSet, Severity, Side};

const TODAY: Date = Date {
    year: 2026,
    month: 11,
    day: 22,
};

#[track_caller]
fn check(
    lang: Lang,
    known: Known,
    values: &str,
    ranges: &[Option<Rc<RangeSet>>; 2],
    method: Method,
    sentence: &str,
) {
    let reading = Reading {
        method,
        ..reading(known, values, ranges.clone(), "2026-09-03T08:12:00+02:00")
    };
    let point = assess(&Rc::new(reading), None);
    let said = lang
        .readout(&point, &[], TODAY)
        .sentence(&lang.parameter(&known.into()));
    assert_eq!(said.replace('\u{a0}', " "), sentence);
}

#[test]
fn a_point_is_read_aloud_as_a_sentence() {
    let own = [Some(set(&["N 88-", "A 85-87", "AA -84"])), None];
    for (lang, value, ranges, sentence) in [
        (
            Lang::Bokmal,
            "86",
            &own,
            "SpO₂ 86 %, gul, under 88, 3. sep. 08.12, apparat, grense sendt med målingen",
        ),
        (
            Lang::Nynorsk,
            "84",
            &own,
            "SpO₂ 84 %, raud, under 85, 3. sep. 08.12, apparat, grense send med målinga",
        ),
        (
            Lang::English,
            "86",
            &own,
            "SpO₂ 86%, yellow, below 88, 3 Sep 08:12, device, limit sent with the reading",
        ),
        (
            Lang::Bokmal,
            "86",
            &[None, None],
            "SpO₂ 86 %, ingen grense, 3. sep. 08.12, apparat",
        ),
        (
            Lang::Nynorsk,
            "86",
            &[None, None],
            "SpO₂ 86 %, inga grense, 3. sep. 08.12, apparat",
        ),
        (
            Lang::English,
            "7",
            &own,
            "SpO₂ 7%, implausible, please check, 3 Sep 08:12, device",
        ),
    ] {
        check(lang, Known::Spo2, value, ranges, Method::Device, sentence);
    }
}

#[test]
fn a_point_without_a_zone_says_why() {
    let said = |kind: FindingKind, unit: Option<&str>, ranges| {
        let mut reading = reading(Known::Weight, "185", [ranges, None], "2026-09-03T08:12:00+02:00");
        reading.remarks = vec![kind];
        if let Values::Single(component) = &mut reading.values {
            component.quantity.as_sent_unit = unit.map(Into::into);
        }
        Lang::Bokmal
            .readout(&assess(&Rc::new(reading), None), &[], TODAY)
            .zone
    };
    let broken = Rc::new(RangeSet {
        ranges: Vec::new(),
        problem: Some(FindingKind::LimitReversed),
    });
    assert_eq!(
        said(FindingKind::UnitConflict, Some("lb ≠ kg"), None),
        "ikke dekket, to enheter som ikke er den samme; vises som sendt"
    );
    assert_eq!(
        said(FindingKind::LimitReversed, None, Some(broken)),
        "ikke dekket, grensene er snudd (nedre over øvre)"
    );
    assert_eq!(
        said(FindingKind::LimitReversed, None, Some(set(&["N -200"]))),
        "innenfor, grense opp til 200"
    );
}

#[test]
fn the_zone_that_the_source_gives_is_said() {
    let said = |interpretation, ranges: &[&str]| {
        let ranges = (!ranges.is_empty()).then(|| set(ranges));
        let mut reading = reading(Known::Spo2, "86", [ranges, None], "2026-09-03T08:12:00+02:00");
        if let Values::Single(component) = &mut reading.values {
            component.interpretation = Some(interpretation);
        }
        let readout = Lang::Bokmal.readout(&assess(&Rc::new(reading), None), &[], TODAY);
        readout.more.rsplit(", ").next().map(str::to_owned)
    };
    let yellow = Severity::Yellow(Some(Side::Low));
    for (interpretation, ranges, words) in [
        (yellow, &["N 88-", "A 85-87"][..], "kilden sier det samme"),
        (yellow, &["N 80-"], "kilden sier gul"),
        (Severity::Green, &[], "kilden sier innenfor"),
    ] {
        assert_eq!(said(interpretation, ranges).as_deref(), Some(words));
    }
}

#[test]
fn a_limit_of_the_plan_says_since_when_and_by_whom() {
    let era = |from: &str, to: Option<&str>, low: &str, author: Option<&str>| {
        Rc::new(LimitEra {
            from: moment(from),
            to: to.map_or(i64::MAX, moment),
            sets: [Some(set(&[&format!("N {low}-"), "A 85-87"])), None],
            author: author.map(Rc::from),
        })
    };
    let changed = "2026-10-01T08:00:00+02:00";
    let history = LimitHistory {
        parameter: Known::Spo2.into(),
        eras: vec![
            era("2026-09-01", Some(changed), "88", Some("Sol Legesen")),
            era(changed, None, "92", None),
        ],
        is_complete: false,
    };
    for (lang, time, more) in [
        (
            Lang::Bokmal,
            "2026-09-03T08:12:00+02:00",
            "grense fra planen, siden 1. sep., satt av Sol Legesen",
        ),
        (
            Lang::Nynorsk,
            "2026-09-03T08:12:00+02:00",
            "grense frå planen, sidan 1. sep., sett av Sol Legesen",
        ),
        (
            Lang::English,
            "2026-09-03T08:12:00+02:00",
            "limit from the plan, since 1 Sep, set by Sol Legesen",
        ),
        (
            Lang::Bokmal,
            "2026-10-03T08:12:00+02:00",
            "grense fra planen, siden 1. okt.",
        ),
        (
            Lang::Bokmal,
            "2026-08-30T08:12:00+02:00",
            "hvilken grense som gjaldt da, er ikke kjent",
        ),
    ] {
        let reading = reading(Known::Spo2, "95", [None, None], time);
        let point = assess(&Rc::new(reading), Some(&history));
        let said = lang.readout(&point, &[], TODAY).more;
        let said = said.replace('\u{a0}', " ");
        assert!(said.ends_with(more), "{said}");
    }
}

#[test]
fn a_blood_pressure_says_which_number_is_outside() {
    let ranges = [
        Some(set(&["N 100-140", "A 141-160"])),
        Some(set(&["N 60-90", "A 91-100", "AA 101-"])),
    ];
    for (lang, values, sentence) in [
        (
            Lang::Bokmal,
            "150/104",
            "Blodtrykk 150/104 mmHg, rød, diastolisk over 100, 3. sep. 08.12, manuelt, grense sendt med målingen",
        ),
        (
            Lang::Nynorsk,
            "150/84",
            "Blodtrykk 150/84 mmHg, gul, systolisk over 140, 3. sep. 08.12, manuelt, grense send med målinga",
        ),
        (
            Lang::English,
            "150/104",
            "Blood pressure 150/104 mmHg, red, diastolic above 100, 3 Sep 08:12, manual, limit sent with the reading",
        ),
    ] {
        check(
            lang,
            Known::BloodPressure,
            values,
            &ranges,
            Method::Manual,
            sentence,
        );
    }
}
