//! Instruments, scales and changed answers.

use super::*;
use crate::testing::reading;
use crate::{Series, accept};
use proptest::prelude::*;

fn instrument(name: &str, canonical: &str) -> Instrument {
    Instrument::new(Wording::new(name, ""), canonical)
}

#[test]
fn a_questionnaire_is_known_by_its_name_or_its_address_and_never_by_a_code() {
    for (name, canonical, key, shown) in [
        ("CAT", "", "cat", "CAT"),
        (
            "COPD Assessment Test",
            "http://x/Questionnaire/17",
            "cat",
            "COPD Assessment Test",
        ),
        (
            "KOLS-skjema",
            "http://x/Questionnaire/cat|2.0",
            "cat",
            "KOLS-skjema",
        ),
        ("", "http://x/Questionnaire/CAT-v1", "cat", "CAT-v1"),
        ("EQ-5D-5L", "", "eq-5d-5l", "EQ-5D-5L"),
        ("EQ5D5L", "", "eq-5d-5l", "EQ5D5L"),
        ("EQ-5D (euroqol) helse", "", "eq-5d", "EQ-5D (euroqol) helse"),
        ("EQ-5D-Y", "", "eq-5d-y", "EQ-5D-Y"),
        (
            "Every day survey, EuroQol",
            "",
            "eq-5d",
            "Every day survey, EuroQol",
        ),
        ("PHQ-9", "", "phq-9", "PHQ-9"),
        ("PHQ-9", "http://x/phq|1", "http://x/phq", "PHQ-9"),
        ("", "urn:uuid:abc", "urn:uuid:abc", "abc"),
        ("", "", "", ""),
        (
            "Hvor ofte har du en katt (cat) hjemme?",
            "",
            "hvor ofte har du en katt (cat) hjemme?",
            "Hvor ofte har du en katt (cat) hjemme?",
        ),
    ] {
        let found = instrument(name, canonical);
        assert_eq!(
            (&*found.key, found.name.as_sent()),
            (key, shown),
            "{name} {canonical}"
        );
    }
}

#[test]
fn a_score_is_on_the_scale_that_its_questionnaire_and_name_give() {
    for (questionnaire, name, is_part, scale) in [
        ("CAT", "CAT", false, Scale::Cat),
        ("CAT", "Poengsum", false, Scale::Cat),
        ("CAT", "Hoste", true, Scale::Other),
        ("CAT", "CAT-score", true, Scale::Cat),
        ("EQ-5D-5L", "EQ-5D VAS", false, Scale::Eq5dVas),
        ("EQ-5D-5L", "EQ VAS-skår", true, Scale::Eq5dVas),
        ("EQ-5D-5L", "EQ-5D indeks", false, Scale::Eq5dIndex),
        ("EQ-5D-5L", "Utility index", false, Scale::Eq5dIndex),
        ("EQ-5D-5L", "EQ-5D-5L", false, Scale::Other),
        ("PHQ-9", "CAT", false, Scale::Other),
        ("PHQ-9", "VAS", false, Scale::Other),
    ] {
        assert_eq!(
            Scale::of(name, &instrument(questionnaire, ""), is_part),
            scale,
            "{questionnaire} {name}"
        );
    }
}

#[test]
fn a_score_that_names_less_is_of_the_questionnaire_that_it_may_mean() {
    for (there, named, expected) in [
        (("EQ-5D-5L", "http://x/eq"), "EQ-5D VAS", true),
        (("PHQ-9", "http://x/phq"), "phq-9", true),
        (("PHQ-9", "http://x/phq"), "PHQ", false),
        (("CAT", "http://x/1"), "CAT-score", true),
        (("CAT", ""), "EQ-5D", false),
        (("CAT", ""), "", false),
    ] {
        let named_instrument = Instrument::of_score(named, "");
        assert_eq!(
            instrument(there.0, there.1).may_be(&named_instrument),
            expected,
            "{there:?} {named}"
        );
    }
}

fn line(link: &str, text: &str, answers: &[Answer]) -> Line {
    Line {
        depth: 0,
        link: link.into(),
        text: Wording::new(text, ""),
        answers: answers.to_vec(),
        is_heading: false,
    }
}

fn filling(canonical: &str, time: &str, lines: Vec<Line>) -> Filling {
    Filling {
        id: time.into(),
        instrument: Rc::new(instrument("Skjema", canonical)),
        status: FillingStatus::Completed,
        time: ClinicalTime::parse(time).ok(),
        author: "".into(),
        answered_by: "".into(),
        scores: Vec::new(),
        lines,
    }
}

fn number(value: i64) -> Answer {
    Answer::Number {
        value: Decimal::new(value, 0),
        comparator: None,
        unit: "".into(),
    }
}

fn choice(code: &str, text: &str) -> Answer {
    Answer::Choice {
        code: code.into(),
        text: Wording::new(text, ""),
    }
}

#[test]
fn only_answers_that_differ_are_changed() {
    let both = |before, now| Changed {
        before: Some(before),
        now: Some(now),
    };
    let check = |canonical: &str, before: Vec<Line>, now: Vec<Line>, expected: &[Changed]| {
        let (before, now) = (
            filling(canonical, "2026-09-01", before),
            filling(canonical, "2026-10-01", now),
        );
        assert_eq!(changed_answers(&before, &now), expected, "{before:?} {now:?}");
    };
    let cough = |value| line("1", "Hoste", &[number(value)]);
    check("", vec![cough(2)], vec![cough(2)], &[]);
    check("", vec![cough(2)], vec![cough(3)], &[both(0, 0)]);
    check("", vec![cough(2)], vec![line("1", "Hoste", &[])], &[both(0, 0)]);
    check(
        "",
        vec![],
        vec![cough(2)],
        &[Changed {
            before: None,
            now: Some(0),
        }],
    );
    check(
        "",
        vec![cough(2)],
        vec![],
        &[Changed {
            before: Some(0),
            now: None,
        }],
    );
    check("", vec![], vec![line("1", "Overskrift", &[])], &[]);
    check(
        "",
        vec![line("1", "Hoste", &[number(2)])],
        vec![line("1", "Hoste?", &[number(2)])],
        &[
            Changed {
                before: None,
                now: Some(0),
            },
            Changed {
                before: Some(0),
                now: None,
            },
        ],
    );
    check(
        "http://x",
        vec![line("1", "Hoste", &[number(2)])],
        vec![line("1", "Hoste?", &[number(2)])],
        &[],
    );
    check(
        "",
        vec![line("1", "1", &[number(2)])],
        vec![cough(3)],
        &[both(0, 0)],
    );
    check(
        "",
        vec![line("", "Hoste", &[number(2)])],
        vec![line("", "Hoste", &[number(3)])],
        &[both(0, 0)],
    );
    check(
        "",
        vec![cough(1), cough(2)],
        vec![cough(1), cough(3)],
        &[both(1, 1)],
    );
    check(
        "",
        vec![line("1", "Hoste", &[choice("urn:x|a", "Aldri")])],
        vec![line("1", "Hoste", &[choice("urn:x|a", "Never")])],
        &[],
    );
    check(
        "",
        vec![line("1", "Hoste", &[choice("", "Aldri")])],
        vec![line("1", "Hoste", &[choice("urn:x|a", "Aldri")])],
        &[],
    );
    let (other, one) = (
        filling("http://x", "2026-10-01", vec![]),
        filling("http://y", "2026-10-02", vec![cough(1)]),
    );
    assert_eq!(changed_answers(&other, &one), [], "two questionnaires");
}

#[test]
fn fillings_are_listed_by_questionnaire_newest_first_with_the_latest_score() {
    let scored = |canonical: &str, time: &str, value: Option<&str>| {
        let mut filling = filling(canonical, time, vec![]);
        filling.scores = value
            .into_iter()
            .map(|value| Score {
                scale: Scale::Cat,
                name: "CAT".into(),
                reading: Rc::new(Reading {
                    parameter: Known::Cat.into(),
                    ..reading(time, time, value)
                }),
            })
            .collect();
        Rc::new(filling)
    };
    let list = by_instrument(vec![
        scored("http://x", "2026-08-01", Some("12")),
        scored("http://y", "2026-09-15", None),
        scored("http://x", "2026-10-01", None),
        scored("http://x", "2026-09-01", Some("18")),
        scored("http://y", "", None),
    ]);
    let order: Vec<Vec<&str>> = list
        .iter()
        .map(|of| of.list.iter().map(|filling| &*filling.id).collect())
        .collect();
    assert_eq!(
        order,
        [
            vec!["2026-10-01", "2026-09-01", "2026-08-01"],
            vec!["2026-09-15", ""]
        ]
    );
    assert_eq!(&*list[0].latest_scored().unwrap().id, "2026-09-01");
    let parameters = list[0].parameters();
    assert_eq!(parameters, [Known::Cat.into()]);
    let curve = list[0].curve(&parameters[0]);
    let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms();
    let series = Series::build(
        &parameters[0],
        &curve,
        &[],
        None,
        crate::Period::last_days(365, now),
    );
    assert_eq!(series.points.len(), 2);
    let ends = Scale::Cat.ends().unwrap();
    assert_eq!(ends, (Decimal::ZERO, Decimal::new(40, 0)));
    assert!(!list[0].latest_scored().unwrap().scores[0].is_off_scale());
}

#[test]
fn the_latest_scores_are_known_before_anything_is_fetched() {
    let of = |parameter: Parameter, id: &str, time: &str, value: &str| Reading {
        parameter,
        ..reading(id, time, value)
    };
    let vas = || Scale::Eq5dVas.parameter("", "{score}");
    let accepted = accept(
        vec![
            of(Known::Cat.into(), "a", "2026-10-01", "18"),
            of(Known::Cat.into(), "b", "2026-11-01", "20"),
            of(vas(), "c", "2026-11-15", "70"),
            of(Known::Spo2.into(), "d", "2026-11-20", "91"),
        ],
        ClinicalTime::parse("2026-11-22T09:14:00+01:00")
            .unwrap()
            .start_ms(),
    );
    let readings = accepted.readings();
    let found: Vec<&str> = latest_scores(&readings)
        .into_iter()
        .map(|reading| &*reading.id)
        .collect();
    assert_eq!(found, ["c", "b"]);
}

proptest! {
    #[test]
    fn every_line_with_an_answer_is_the_same_changed_new_or_gone(
        before in prop::collection::vec((0_u8..4, 0_i64..3), 0..8),
        now in prop::collection::vec((0_u8..4, 0_i64..3), 0..8),
    ) {
        let lines = |of: &[(u8, i64)]| of.iter()
            .map(|(link, value)| line(&link.to_string(), "x", &[number(*value)]))
            .collect::<Vec<_>>();
        let (before, now) = (filling("", "2026-09-01", lines(&before)), filling("", "2026-10-01", lines(&now)));
        let changes = changed_answers(&before, &now);
        let mut seen_before = std::collections::HashSet::new();
        let mut seen_now = std::collections::HashSet::new();
        for change in &changes {
            prop_assert!(change.before.is_none_or(|at| at < before.lines.len() && seen_before.insert(at)));
            prop_assert!(change.now.is_none_or(|at| at < now.lines.len() && seen_now.insert(at)));
            prop_assert!(change.before.is_some() || change.now.is_some());
        }
        prop_assert!(changed_answers(&now, &now).is_empty());
        let gone = changes.iter().filter(|change| change.now.is_none()).count();
        let new = changes.iter().filter(|change| change.before.is_none()).count();
        prop_assert_eq!(before.lines.len() + new, now.lines.len() + gone);
    }
}
