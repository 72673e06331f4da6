//! Which questionnaire a filling and a score are of.

use chart_model::questionnaire::Scale;
use chart_model::{Known, Parameter};

use super::*;

#[test]
fn a_score_is_of_the_filling_that_it_was_calculated_from_else_of_what_it_names() {
    let named =
        |text: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": text });
    // The fixtures' way: no questionnaire, the score names it.
    check(
        &[
            response("r", json!({})),
            score(
                "s",
                18.0,
                json!({ "derivedFrom": derived("r"), "code": named("CAT") }),
            ),
        ],
        &["CAT: r CAT=18"],
    );
    // The questionnaire wins over what the score is called.
    check(
        &[
            response("r", json!({ "questionnaire": format!("{CANONICAL}|1.0") })),
            json!({ "resourceType": "Questionnaire", "id": "q", "url": CANONICAL, "version": "1.0", "title": "PHQ-9" }),
            score(
                "s",
                18.0,
                json!({ "derivedFrom": derived("r"), "code": named("CAT") }),
            ),
        ],
        &["PHQ-9: r CAT=18"],
    );
    // All with the same code, told apart.
    check(
        &[
            score("a", 18.0, json!({ "code": named("CAT") })),
            score("b", 70.0, json!({ "code": named("EQ-5D VAS") })),
            score("c", 0.71, json!({ "code": named("EQ-5D index") })),
            score("d", 5.0, json!({ "code": named("PHQ-9") })),
        ],
        &[
            "CAT:  CAT=18",
            "EQ-5D:  EQ-5D VAS=70.0 EQ-5D index=0.71",
            "PHQ-9:  PHQ-9=5.0",
        ],
    );
    // By name and minute, where nothing refers.
    check(
        &[
            response(
                "r",
                json!({ "_questionnaire": { "extension": [{
                "url": "http://hl7.org/fhir/StructureDefinition/display", "valueString": "EQ-5D-5L" }] } }),
            ),
            score("b", 70.0, json!({ "code": named("EQ-5D VAS") })),
        ],
        &["EQ-5D-5L: r EQ-5D VAS=70.0"],
    );
    // The response that it was calculated from was not sent.
    check(
        &[score(
            "s",
            18.0,
            json!({ "derivedFrom": [{ "reference": "QuestionnaireResponse/x", "display": "CAT" }] }),
        )],
        &["CAT:  CAT=18"],
    );
}

#[test]
fn components_of_one_observation_are_scores_by_their_own_names() {
    let part =
        |text: &str, value: f64| json!({ "code": { "text": text }, "valueQuantity": { "value": value } });
    let eq5d = score(
        "s",
        0.0,
        json!({ "valueQuantity": null, "derivedFrom": derived("r"),
        "component": [part("EQ-5D VAS", 70.0), part("EQ-5D index", 0.71)] }),
    );
    let named = json!({ "questionnaire": "http://x/Questionnaire/eq-5d-5l" });
    let reading = read(&[response("r", named), eq5d]);
    assert_eq!(listed(&reading), ["eq-5d-5l: r EQ-5D VAS=70.0 EQ-5D index=0.71"]);
    let scales: Vec<Scale> = reading.questionnaires[0].list[0]
        .scores
        .iter()
        .map(|score| score.scale)
        .collect();
    assert_eq!(scales, [Scale::Eq5dVas, Scale::Eq5dIndex]);
    // Of a CAT the whole is the score, and a question is none.
    let code = json!({ "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" });
    let cat = score(
        "s",
        18.0,
        json!({ "code": code, "component": [part("Hoste", 3.0)] }),
    );
    let scores = &read(&[cat]).questionnaires[0].list[0].scores;
    let found: Vec<_> = scores
        .iter()
        .map(|score| (score.scale, score.reading.parameter.clone()))
        .collect();
    assert_eq!(found[0], (Scale::Cat, Parameter::Known(Known::Cat)));
    assert_eq!(found[1].0, Scale::Other);
}

#[test]
fn a_filling_may_say_its_own_score() {
    let item = |link: &str, text: &str, value: i64| json!({ "linkId": link, "text": text, "answer": [{ "valueInteger": value }] });
    let cat = json!({ "questionnaire": "http://x/cat" });
    check(
        &[response(
            "r",
            with(
                cat.clone(),
                json!({ "item": [item("1", "Hoste", 3), item("9", "Total score", 18)] }),
            ),
        )],
        &["cat: r Total score=18"],
    );
    check(
        &[response(
            "r",
            with(
                cat.clone(),
                json!({ "extension": [{ "url": "http://x/total-score", "valueInteger": 18 }] }),
            ),
        )],
        &["cat: r total-score=18"],
    );
    let form = json!({ "resourceType": "Questionnaire", "id": "q", "url": "http://x/cat", "title": "CAT", "item": [
        { "linkId": "9", "text": "Sum", "code": [{ "system": "http://ehelse.no/scoringFormulas", "code": "TS" }] }] });
    let both = response(
        "r",
        with(
            cat.clone(),
            json!({ "item": [item("1", "Hoste", 3), item("9", "Sum", 18)] }),
        ),
    );
    check(&[both.clone(), form.clone()], &["CAT: r Sum=18"]);
    // An Observation says it too: once.
    check(
        &[
            both,
            form,
            score("s", 19.0, json!({ "derivedFrom": derived("r") })),
        ],
        &["CAT: r CAT=19"],
    );
}

#[test]
fn what_was_taken_back_is_counted_and_what_cannot_be_read_is_said() {
    let reading = read(&[
        response("a", json!({ "status": "entered-in-error" })),
        score("b", 18.0, json!({ "derivedFrom": derived("a") })),
        score(
            "c",
            18.0,
            json!({ "status": "entered-in-error", "code": { "coding": [
            { "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" } }),
        ),
        response("d", json!({ "status": "final" })),
        response("e", json!({ "subject": { "reference": "Patient/8" } })),
        response("f", json!({ "authored": "2026-11-20T08:00:00" })),
        response("g", json!({ "status": "in-progress", "authored": "2026-11" })),
        score(
            "h",
            18.0,
            json!({ "effectiveDateTime": "2027-01-01", "code": { "coding": [
            { "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" } }),
        ),
    ]);
    assert_eq!(reading.left_out, 3);
    let findings: Vec<_> = reading.findings.iter().map(|finding| finding.kind.id()).collect();
    assert_eq!(
        findings,
        [
            "other-patient",
            "unknown-status",
            "time-without-zone",
            "future-reading"
        ]
    );
    let list: Vec<_> = reading
        .questionnaires
        .iter()
        .flat_map(|of| &of.list)
        .map(|f| (&*f.id, f.status))
        .collect();
    assert_eq!(
        list,
        [("g", FillingStatus::InProgress), ("f", FillingStatus::Completed)]
    );
}

#[test]
fn fillings_that_nothing_names_are_told_apart_by_their_questions() {
    let asked = |id: &str, at: &str, text: &str| {
        response(
            id,
            json!({ "authored": at, "item": [{ "linkId": "1", "text": text, "answer": [{ "valueInteger": 1 }] }] }),
        )
    };
    let named = json!({ "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" });
    check(
        &[
            asked("a", "2026-11-01", "Hoste"),
            asked("b", "2026-11-02", "Søvn"),
            asked("c", AT, "Hoste"),
            score("s", 18.0, json!({ "code": named, "derivedFrom": derived("c") })),
        ],
        &["CAT: c CAT=18, a", ": b"],
    );
}

#[test]
fn fillings_of_one_form_are_one_questionnaire_by_the_name_that_any_of_them_has() {
    let named =
        |text: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": text });
    let of = |id: &str, at: &str| {
        response(
            id,
            json!({ "authored": at, "questionnaire": "http://x/Questionnaire/17|1" }),
        )
    };
    for (name, value) in [("CAT", "18"), ("Søvnskår", "18.0")] {
        let score = score(
            "s",
            18.0,
            json!({ "code": named(name), "derivedFrom": derived("b") }),
        );
        let all = [of("a", "2026-11-01"), of("b", AT), of("c", "2026-11-21"), score];
        check(&all, &[&format!("{name}: c, b {name}={value}, a")]);
    }
}

#[test]
fn the_same_filling_and_score_from_two_systems_are_one() {
    let named = json!({ "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" });
    let copy = |id: &str, source: &str| {
        let of = format!("r-{id}");
        [
            response(&of, json!({ "questionnaire": "http://x/cat" })),
            score(
                id,
                18.0,
                json!({ "code": named, "derivedFrom": derived(&of), "meta": { "source": source } }),
            ),
        ]
    };
    let all = [copy("a", "urn:vkp"), copy("b", "urn:gerica")].concat();
    let reading = read(&all);
    assert_eq!(
        (listed(&reading), reading.left_out),
        (vec!["CAT: r-a CAT=18".to_owned()], 2)
    );
    assert_eq!(
        reading.questionnaires[0].list[0].scores[0].reading.sources.len(),
        2
    );
}
