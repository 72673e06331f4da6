//! Rules of reading Observations, each as a row: what an entry comes to.

mod blood_pressure;
mod pages;

use chart_model::{Component, Decimal, Method, Parameter, Severity, Side, Status, Values, Zone};
use serde_json::{Value, json};

use super::*;

const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

/// A sound SpO₂ reading with `changes` made to it; `null` removes a field.
fn observation(changes: &Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation", "id": "1", "status": "final",
        "code": loinc("2708-6"),
        "subject": { "reference": "Patient/7" },
        "effectiveDateTime": "2026-09-03T08:12:00+02:00",
        "valueQuantity": { "value": 91, "unit": "%", "code": "%" },
    });
    for (field, value) in changes.as_object().unwrap() {
        observation[field] = value.clone();
    }
    observation
}

fn loinc(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://loinc.org", "code": code }] })
}

fn part(code: &str, value: &Value) -> Value {
    json!({ "code": loinc(code), "valueQuantity": { "value": value, "unit": "mmHg" } })
}

fn range(code: &str, low: i64, high: i64) -> Value {
    json!({ "type": { "coding": [{ "system": V3, "code": code }] },
        "low": { "value": low }, "high": { "value": high } })
}

fn read_entries(entries: &[Value]) -> ObservationPage {
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let page = Reader::new("7", "host").observations(bundle.as_bytes()).unwrap();
    let replacing = page.findings.iter().filter(|f| f.kind.replaces_reading()).count();
    assert_eq!(
        page.entries,
        page.readings.len() + page.excluded.len() + replacing,
        "{bundle}"
    );
    page
}

fn read(changes: &Value) -> ObservationPage {
    read_entries(&[json!({ "resource": observation(changes) })])
}

/// Everything that came of the page, one line each.
fn summary(page: &ObservationPage) -> Vec<String> {
    let readings = page.readings.iter().map(|r| {
        let remarks: Vec<_> = r.remarks.iter().map(|kind| kind.id()).collect();
        format!(
            "{} {} {} {}",
            r.parameter.id(),
            r.values.text(),
            r.unit(),
            remarks.join(",")
        )
        .trim_end()
        .to_owned()
    });
    let excluded = page.excluded.iter().map(|e| {
        let parameter = e.parameter.as_ref().map(Parameter::id).unwrap_or_default();
        format!("excluded {} {parameter}", e.kind.id())
    });
    let findings = page.findings.iter().map(|f| {
        format!("{} {} {}", f.kind.id(), f.resource, f.detail)
            .trim_end()
            .to_owned()
    });
    readings.chain(excluded).chain(findings).collect()
}

fn check(changes: &Value, expected: &[&str]) {
    assert_eq!(summary(&read(changes)), expected, "{changes}");
}

#[test]
fn an_entry_is_a_reading_an_exclusion_or_a_finding() {
    for (changes, expected) in [
        (json!({}), "spo2 91 %"),
        (json!({ "status": null }), "spo2 91 %"),
        (json!({ "status": "registered" }), "spo2 91 %"),
        (
            json!({ "status": "entered-in-error" }),
            "excluded entered-in-error spo2",
        ),
        (
            json!({ "status": "entered-in-error", "code": null, "effectiveDateTime": "x" }),
            "excluded entered-in-error ",
        ),
        (json!({ "status": "cancelled" }), "excluded cancelled spo2"),
        (json!({ "status": "done" }), "unknown-status Observation/1 done"),
        (json!({ "subject": null }), "spo2 91 %"),
        (
            json!({ "subject": { "reference": "Patient/8", "display": "Ola" } }),
            "other-patient Observation/1",
        ),
        (
            json!({ "status": "entered-in-error", "subject": { "reference": "Patient/8" } }),
            "other-patient Observation/1",
        ),
        (json!({ "code": {} }), "missing-code Observation/1"),
        (json!({ "effectiveDateTime": null }), "missing-time Observation/1"),
        (
            json!({ "effectiveDateTime": null, "issued": "2026-09-03T08:12:00Z" }),
            "missing-time Observation/1",
        ),
        (
            json!({ "effectiveDateTime": "2026-09-03T08:12:00" }),
            "time-without-zone Observation/1 2026-09-03T08:12:00",
        ),
        (
            json!({ "effectiveDateTime": "i går" }),
            "malformed-time Observation/1 i går",
        ),
        (json!({ "valueQuantity": null }), "missing-value Observation/1"),
        (
            json!({ "valueQuantity": null, "dataAbsentReason": { "text": "Glemt" } }),
            "excluded no-value spo2",
        ),
        (
            json!({ "valueQuantity": null, "valueString": "høy" }),
            "value-not-a-number Observation/1 høy",
        ),
        (
            json!({ "valueQuantity": { "value": 0, "unit": "%" } }),
            "spo2 0 %",
        ),
        (
            json!({ "valueQuantity": { "value": 91, "comparator": "<", "unit": "%" } }),
            "spo2 <91 %",
        ),
        (
            json!({ "valueQuantity": { "value": 91, "unit": "kPa" } }),
            "spo2 91 kPa unknown-unit",
        ),
        (
            json!({ "valueQuantity": null, "valueInteger": 91 }),
            "spo2 91  missing-unit",
        ),
        (
            json!({ "code": loinc("41950-7"), "valueQuantity": null, "valueInteger": 4200 }),
            "steps 4200 /d",
        ),
        (
            json!({ "code": { "text": "Hoste" }, "valueQuantity": { "value": 3.10, "unit": "poeng" } }),
            "Hoste 3.1 poeng",
        ),
        (
            json!({ "code": { "coding": [{ "system": "urn:x", "code": "9" }] } }),
            "urn:x|9 91 %",
        ),
        (
            json!({ "referenceRange": [range("N", 95, 90)] }),
            "spo2 91 % limit-reversed",
        ),
        (json!({ "resourceType": 5 }), "unreadable-resource"),
    ] {
        check(&changes, &[expected]);
    }
}

#[test]
fn unknown_fields_and_wrong_shapes_of_others_cost_nothing() {
    for changes in [
        json!({ "extension": [{ "url": "x", "valueDecimal": 1.5 }], "vendorField": { "a": [1] } }),
        json!({ "category": 5, "device": 5, "performer": "x", "note": {}, "identifier": [7, null] }),
        json!({ "meta": "x", "interpretation": false, "method": [], "derivedFrom": 3, "component": "x" }),
        json!({ "issued": 7, "encounter": [], "bodySite": 1, "_status": { "id": "x" } }),
    ] {
        check(&changes, &["spo2 91 %"]);
    }
}

#[test]
fn everything_around_the_number_is_kept() {
    let page = read(&json!({
        "effectiveDateTime": null,
        "effectivePeriod": { "start": "2026-09-03", "end": "2026-09-04" },
        "status": "preliminary",
        "device": { "reference": "Device/1" },
        "note": [{ "text": "Etter trapp" }],
        "meta": { "source": "https://hjemme.example/fhir" },
        "valueQuantity": { "value": 90.6, "unit": "%" },
        "interpretation": [{ "coding": [{ "system": V3, "code": "L" }] }],
    }));
    let reading = &page.readings[0];
    assert_eq!(reading.time.text(), "2026-09-03");
    assert_eq!(reading.end.as_ref().map(|end| end.text()), Some("2026-09-04"));
    assert_eq!(
        (reading.status, reading.method),
        (Status::Preliminary, Method::Device)
    );
    assert_eq!(reading.device.as_deref(), Some("Device/1"));
    assert_eq!(reading.note.as_deref(), Some("Etter trapp"));
    assert_eq!(reading.sources, ["https://hjemme.example/fhir".into()]);
    let Values::Single(component) = &reading.values else {
        panic!("one number")
    };
    assert_eq!(component.quantity.shown, Decimal::new(91, 0));
    assert_eq!(component.quantity.source_text.as_deref(), Some("90.6 %"));
    assert_eq!(component.interpretation, Some(Severity::Yellow(Some(Side::Low))));
}
