//! Filled-in questionnaires: forms inside the response, codes without words, scores in other places.

use std::rc::Rc;

use chart_model::questionnaire::{Answer, Filling, FillingStatus, Fillings, Line, changed_answers};
use fhir_read::{QuestionnaireReading, read_questionnaires};
use serde_json::{Value, json};

use crate::{bundle, now, patient};

fn filled_in(resources: &[Value]) -> QuestionnaireReading {
    read_questionnaires(&[bundle(resources).as_bytes()], "42", "Verten", now()).unwrap()
}

fn response(id: &str, authored: &str, changes: Value) -> Value {
    let mut response = json!({ "resourceType": "QuestionnaireResponse", "id": id, "status": "completed",
        "subject": patient(), "authored": authored });
    for (name, value) in changes.as_object().unwrap() {
        response[name] = value.clone();
    }
    response
}

/// Each line as `question: answers`, headings as `# heading`.
fn lines(filling: &Filling, lang: &str) -> Vec<String> {
    let answer = |answer: &Answer| match answer {
        Answer::Choice { text, .. } => text.in_language(lang).to_owned(),
        Answer::Number { value, .. } => value.to_string(),
        Answer::Text(text) => text.to_string(),
        Answer::Flag(flag) => flag.to_string(),
        other => format!("{other:?}"),
    };
    let line = |line: &Line| {
        let text = line.text.in_language(lang);
        let answers: Vec<String> = line.answers.iter().map(answer).collect();
        match line.is_heading {
            true => format!("# {text}"),
            false => format!("{}{text}: {}", " ".repeat(line.depth.into()), answers.join(" | ")),
        }
    };
    filling.lines.iter().map(line).collect()
}

fn scores(of: &Fillings) -> Vec<String> {
    let all = of.list.iter().flat_map(|filling| &filling.scores);
    all.map(|score| format!("{:?} {}={}", score.scale, score.name, score.reading.values.text()))
        .collect()
}

fn only(reading: &QuestionnaireReading) -> &Fillings {
    assert_eq!(reading.findings, []);
    assert_eq!(reading.questionnaires.len(), 1, "{reading:#?}");
    &reading.questionnaires[0]
}

/// The five dimensions and the scale, as a form that only has codes.
fn eq5d(id: &str, authored: &str, levels: [u8; 5], vas: i64) -> Value {
    let names = [
        "Mobility",
        "Self-care",
        "Usual activities",
        "Pain / discomfort",
        "Anxiety / depression",
    ];
    let dimension = |(place, (name, level)): (usize, (&str, u8))| {
        json!({ "linkId": format!("eq{place}"), "text": name,
            "answer": [{ "valueCoding": { "system": "urn:euroqol", "code": format!("{level}") } }] })
    };
    let mut items: Vec<Value> = names.into_iter().zip(levels).enumerate().map(dimension).collect();
    items.push(json!({ "linkId": "eqvas", "text": "EQ VAS", "answer": [{ "valueInteger": vas }] }));
    response(
        id,
        authored,
        json!({ "questionnaire": "https://skjema.example/Questionnaire/EQ-5D-5L|2.1", "language": "en",
            "item": [{ "linkId": "d", "text": "EQ-5D-5L", "item": items }] }),
    )
}

#[test]
fn the_form_inside_the_response_gives_questions_and_the_words_of_bare_codes() {
    let choice = |code: &str| json!([{ "valueCoding": { "system": "urn:valg", "code": code } }]);
    let reading = filled_in(&[response(
        "a",
        "2026-11-20",
        json!({ "questionnaire": "#skjema", "contained": [{ "resourceType": "Questionnaire", "id": "skjema",
            "language": "nn", "title": "Pusteskjema", "item": [{ "linkId": "del", "type": "group", "text": "Pust",
                "item": [{ "linkId": "1", "type": "choice", "text": "Blir du tungpusta?",
                    "answerOption": [{ "valueCoding": { "system": "urn:valg", "code": "2", "display": "Av og til" } }],
                    "item": [{ "linkId": "1.1", "type": "string", "text": "Når?" }] }] }] }],
            "item": [{ "linkId": "del", "item": [{ "linkId": "1", "answer": [{ "valueCoding": { "system": "urn:valg", "code": "2" },
                "item": [{ "linkId": "1.1", "answer": [{ "valueString": "I trappa" }] }] }] }] },
                { "linkId": "ukjend", "answer": choice("9") }] }),
    )]);
    let form = only(&reading);
    assert_eq!(form.instrument.name.in_language("nb"), "Pusteskjema");
    assert_eq!(
        lines(&form.list[0], "nb"),
        [
            "# Pust",
            " Blir du tungpusta?: Av og til",
            "  Når?: I trappa",
            "ukjend: 9"
        ]
    );
    assert_eq!(reading.missing, Vec::<String>::new());
}

#[test]
fn eq5d_by_codes_alone_has_its_dimensions_as_answers_and_its_visual_scale_as_a_curve() {
    let reading = filled_in(&[
        eq5d("a", "2026-08-20T10:00:00+02:00", [1, 1, 2, 3, 1], 70),
        eq5d("b", "2026-11-20T10:00:00+01:00", [2, 1, 2, 3, 1], 55),
    ]);
    let form = only(&reading);
    assert_eq!(&*form.instrument.key, "eq-5d-5l");
    assert_eq!(scores(form), ["Eq5dVas EQ VAS=55", "Eq5dVas EQ VAS=70"]);
    let [vas] = &form.parameters()[..] else {
        panic!("one curve: {:?}", form.parameters());
    };
    assert_eq!(form.curve(vas).len(), 2);
    assert_eq!(
        lines(&form.list[0], "en")[1..3],
        [" Mobility: 2", " Self-care: 1"]
    );
    let changed: Vec<usize> = changed_answers(&form.list[1], &form.list[0])
        .iter()
        .filter_map(|changed| changed.now)
        .collect();
    assert_eq!(changed, [1, 6], "mobility and the scale");
    assert_eq!(
        reading.missing,
        ["https://skjema.example/Questionnaire/EQ-5D-5L|2.1"]
    );
}

#[test]
fn an_index_observed_beside_it_does_not_hide_the_visual_scale_that_was_answered() {
    let index = json!({ "resourceType": "Observation", "id": "i", "status": "final", "subject": patient(),
        "effectiveDateTime": "2026-11-20T10:00:00+01:00", "code": { "text": "EQ-5D-5L index" },
        "derivedFrom": [{ "reference": "https://sykehus.example/r4/QuestionnaireResponse/b" }],
        "valueQuantity": { "value": 0.632 } });
    let vas = json!({ "resourceType": "Observation", "id": "v", "status": "final", "subject": patient(),
        "effectiveDateTime": "2026-11-20T10:00:00+01:00", "code": { "text": "EQ-5D-5L VAS" },
        "derivedFrom": [{ "reference": "QuestionnaireResponse/b" }], "valueInteger": 55 });
    let filling = eq5d("b", "2026-11-20T10:00:00+01:00", [2, 1, 2, 3, 1], 55);
    let alone = filled_in(&[filling.clone(), index.clone()]);
    assert_eq!(
        scores(only(&alone)),
        ["Eq5dIndex EQ-5D-5L index=0.632", "Eq5dVas EQ VAS=55"]
    );
    let both = filled_in(&[filling, index, vas]);
    let mut found = scores(only(&both));
    found.sort_unstable();
    assert_eq!(
        found,
        ["Eq5dIndex EQ-5D-5L index=0.632", "Eq5dVas EQ-5D-5L VAS=55"],
        "and not twice"
    );
}

#[test]
fn a_score_in_an_extension_is_that_of_its_filling() {
    let reading = filled_in(&[response(
        "a",
        "2026-11-20T08:00:00Z",
        json!({ "questionnaire": "https://skjema.example/Questionnaire/hads-a",
            "extension": [{ "url": "https://skjema.example/StructureDefinition/total-score", "valueDecimal": 11 }],
            "item": [{ "linkId": "1", "text": "Anspent", "answer": [{ "valueInteger": 2 }] }] }),
    )]);
    assert_eq!(scores(only(&reading)), ["Other total-score=11"]);
}

#[test]
fn two_fillings_of_one_day_are_two_and_what_differs_is_marked() {
    let filling = |id: &str, authored: &str, cough: i64| {
        response(
            id,
            authored,
            json!({ "questionnaire": "https://skjema.example/Questionnaire/x",
            "item": [{ "linkId": "1", "text": "Hoste", "answer": [{ "valueInteger": cough }] },
                { "linkId": "2", "text": "Slim", "answer": [{ "valueInteger": 0 }] }] }),
        )
    };
    for times in [
        ["2026-11-20T08:00:00+01:00", "2026-11-20T20:00:00+01:00"],
        ["2026-11-20", "2026-11-20"],
    ] {
        let reading = filled_in(&[filling("a", times[0], 2), filling("b", times[1], 4)]);
        let list = &only(&reading).list;
        assert_eq!((list.len(), reading.left_out), (2, 0), "{times:?}");
        assert_eq!(changed_answers(&list[1], &list[0]).len(), 1, "{times:?}");
    }
    // Of a day alone nobody knows that two with the same answers are one.
    let same = filled_in(&[filling("a", "2026-11-20", 2), filling("b", "2026-11-20", 2)]);
    assert_eq!(only(&same).list.len(), 2);
}

#[test]
fn how_far_a_filling_came_is_told_and_what_was_taken_back_is_counted_with_its_score() {
    let of = |id: &str, status: &str| {
        response(
            id,
            "2026-11-20T08:00:00Z",
            json!({ "status": status, "questionnaire": "https://skjema.example/q",
            "item": [{ "linkId": id, "text": "Hoste", "answer": [{ "valueBoolean": false }] }] }),
        )
    };
    let score = json!({ "resourceType": "Observation", "id": "s", "status": "final", "subject": patient(),
        "effectiveDateTime": "2026-11-20T08:00:00Z", "valueInteger": 7, "code": { "text": "Sum" },
        "derivedFrom": [{ "reference": "QuestionnaireResponse/c" }] });
    let reading = filled_in(&[
        of("a", "amended"),
        of("b", "in-progress"),
        of("c", "entered-in-error"),
        of("d", "stopped"),
        score,
    ]);
    let statuses: Vec<FillingStatus> = only(&reading).list.iter().map(|filling| filling.status).collect();
    assert_eq!(
        statuses,
        [
            FillingStatus::Amended,
            FillingStatus::InProgress,
            FillingStatus::Stopped
        ]
    );
    assert_eq!(reading.left_out, 2, "the filling and its score");
}

#[test]
fn a_filling_without_form_texts_or_time_is_shown_with_what_there_is() {
    let bare = json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "subject": patient(),
        "item": [{ "linkId": "A1", "answer": [{ "valueCoding": { "code": "ja" } }] },
            { "linkId": "A2", "answer": [{ "valueDecimal": 0.0 }] }, { "linkId": "A3" }] });
    let reading = filled_in(&[bare]);
    let filling: &Rc<Filling> = &only(&reading).list[0];
    assert_eq!(lines(filling, "nb"), ["A1: ja", "A2: 0.0", "A3: "]);
    assert!(filling.time.is_none() && filling.instrument.name.is_empty());
}
