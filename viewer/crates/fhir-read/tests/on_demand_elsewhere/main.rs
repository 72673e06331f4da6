//! What is opened on demand as others send it: in none of these answers is anything as in our fixtures. Notes are here.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod forms;
mod happenings;

use chart_model::ClinicalTime;
use fhir_read::read_notes;
use serde_json::{Value, json};

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

fn bundle(resources: &[Value]) -> String {
    let entries: Vec<Value> = resources.iter().map(|it| json!({ "resource": it })).collect();
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }).to_string()
}

fn patient() -> Value {
    json!({ "reference": "https://sykehus.example/r4/Patient/42" })
}

#[test]
fn messages_are_never_notes_by_whatever_name_they_go() {
    let nurse = json!({ "reference": "Practitioner/n" });
    let about = json!([{ "reference": "Observation/1" }]);
    let chat = |changes: Value| {
        let mut message = json!({ "resourceType": "Communication", "id": "m", "status": "completed", "subject": patient(),
            "sender": nurse, "about": about, "sent": "2026-11-20T08:00:00Z",
            "payload": [{ "contentString": "Hei igjen!" }] });
        for (name, value) in changes.as_object().unwrap() {
            message[name] = value.clone();
        }
        message
    };
    let called = |text: &str| json!([{ "text": text }]);
    for changes in [
        json!({ "category": [{ "coding": [{ "system": "urn:app", "code": "chat" }] }] }),
        json!({ "category": called("Besked") }),
        json!({ "category": called("Meddelande") }),
        json!({ "category": called("Direktemelding") }),
        json!({ "medium": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode",
            "code": "SMSWRIT" }] }] }),
        json!({ "topic": { "text": "Samtaletråd" } }),
        json!({ "recipient": [patient()] }),
        json!({ "sender": patient() }),
        json!({ "sender": { "reference": "RelatedPerson/r" } }),
        json!({ "sender": { "reference": "Device/bot" } }),
        json!({ "inResponseTo": [{ "reference": "Communication/x" }] }),
        json!({ "about": null }),
        json!({ "sender": null }),
    ] {
        let sent = chat(changes.clone());
        let reading = read_notes(&[bundle(&[sent]).as_bytes()], "42").unwrap();
        assert_eq!(reading.notes.len(), 0, "{changes}");
    }
    let note =
        chat(json!({ "category": called("Vurdering"), "recipient": [{ "reference": "Organization/o" }] }));
    let reading = read_notes(&[bundle(&[note]).as_bytes()], "42").unwrap();
    assert_eq!(reading.notes.len(), 1);
}
