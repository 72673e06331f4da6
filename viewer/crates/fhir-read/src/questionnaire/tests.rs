//! What is read of fillings, forms and scores, from whatever a source leaves out. Helpers of all of it.

use serde_json::{Value, json};

use super::*;

mod forms;
mod scores;

const AT: &str = "2026-11-20T08:00:00+01:00";
const CANONICAL: &str = "http://skjema.example/Questionnaire/ukens";

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

fn read(resources: &[Value]) -> QuestionnaireReading {
    let entries: Vec<Value> = resources
        .iter()
        .map(|resource| json!({ "resource": resource }))
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    read_questionnaires(&[bundle.as_bytes()], "7", "host", now()).unwrap()
}

fn with(mut resource: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        resource[field] = value.clone();
    }
    resource
}

fn response(id: &str, changes: Value) -> Value {
    with(
        json!({ "resourceType": "QuestionnaireResponse", "id": id, "status": "completed", "authored": AT,
            "subject": { "reference": "Patient/7" },
            "item": [{ "linkId": "1", "text": "Hoste", "answer": [{ "valueInteger": 3 }] }] }),
        changes,
    )
}

fn score(id: &str, value: f64, changes: Value) -> Value {
    with(
        json!({ "resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": AT,
            "subject": { "reference": "Patient/7" },
            "code": { "coding": [{ "system": "http://loinc.org", "code": "74465-6" }] },
            "valueQuantity": { "value": value, "code": "{score}" } }),
        changes,
    )
}

/// Each questionnaire with its fillings: `name: id scores…`.
fn listed(reading: &QuestionnaireReading) -> Vec<String> {
    let scores = |filling: &Filling| -> String {
        let scores = filling.scores.iter();
        scores
            .map(|score| format!(" {}={}", score.name, score.reading.values.text()))
            .collect()
    };
    let fillings = |of: &Fillings| -> Vec<String> {
        of.list
            .iter()
            .map(|filling| format!("{}{}", filling.id, scores(filling)))
            .collect()
    };
    let all = reading.questionnaires.iter();
    all.map(|of| format!("{}: {}", of.instrument.name.as_sent(), fillings(of).join(", ")))
        .collect()
}

#[track_caller]
fn check(resources: &[Value], expected: &[&str]) {
    let reading = read(resources);
    assert_eq!(listed(&reading), expected, "{reading:#?}");
}

fn derived(id: &str) -> Value {
    json!([{ "reference": format!("QuestionnaireResponse/{id}") }])
}
