//! The FHIR API through the whole site: searching, paging, writing, and a table of refusals.

mod documents;
mod refusing;
mod searching;
mod versions;
mod writing;

use serde_json::{Value, json};

use crate::testing::{Client, Site, ids};

fn observation(id: &str, patient: &str, code: &str, date: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": id, "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "subject": { "reference": format!("Patient/{patient}") },
        "effectiveDateTime": date,
        "device": { "reference": "Device/d" },
    })
}

fn plan(id: &str, patient: &str, title: &str) -> Value {
    json!({
        "resourceType": "CarePlan", "id": id, "status": "active", "intent": "plan", "title": title,
        "subject": { "reference": format!("Patient/{patient}") },
        "goal": [{ "reference": "Goal/g" }],
    })
}

fn goal(id: &str, patient: &str) -> Value {
    json!({
        "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": "x" },
        "subject": { "reference": format!("Patient/{patient}") },
    })
}

fn site() -> Site {
    let mut retracted = observation("s4", "p", "2708-6", "2026-11-01");
    retracted["status"] = "entered-in-error".into();
    let mut odd = observation("t1", "p", "x", "2026-10-01T12:00:00Z");
    odd["code"] = json!({ "text": "Egen kode" });
    Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        json!({"resourceType": "Patient", "id": "other"}),
        json!({"resourceType": "Device", "id": "d"}),
        observation("s1", "p", "2708-6", "2026-10-20T08:00:00+02:00"),
        observation("s2", "p", "2708-6", "2026-10-20"),
        observation("s3", "p", "2708-6", "2026-10-21T08:00:00+02:00"),
        retracted,
        observation("h1", "p", "8867-4", "2026-09-01T08:00:00Z"),
        odd,
        observation("x1", "other", "2708-6", "2026-10-20T08:00:00Z"),
        plan("c", "p", "Plan"),
        plan("cx", "other", "Plan"),
        goal("g", "p"),
    ])
}

const ALL: &str = "patient/*.cruds user/Practitioner.rs";

async fn doctor(site: &Site) -> Client<'_> {
    site.client("lege-berg", "p", ALL).await
}

async fn specialist(site: &Site) -> Client<'_> {
    site.client("spesialist-dahl", "p", ALL).await
}
