//! Whatever becomes of a bundle on its way, reading it never panics and every entry is accounted for.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

use chart_model::{Accepted, ClinicalTime, Finding};
use fhir_read::{
    HostSearch, ObservationPage, Queries, Reader, next_link, read_enrolment, read_patient, read_plan,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// A searchset with one entry of most kinds.
fn bundle() -> Value {
    let loinc = |code: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
    let quantity = |value: f64, unit: &str| json!({ "value": value, "unit": unit });
    let range = |code: &str| {
        json!({ "low": { "value": 88, "unit": "%" }, "high": { "value": 100 }, "type": { "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "code": code }] } })
    };
    let observation = |id: &str, fields: Value| {
        let mut resource = json!({
            "resourceType": "Observation", "id": id, "status": "final",
            "meta": { "versionId": "1", "source": "urn:a#1" },
            "identifier": [{ "system": "urn:x", "value": id }],
            "code": loinc("2708-6"), "subject": { "reference": "Patient/7" },
            "effectiveDateTime": "2026-09-03T08:12:00+02:00",
        });
        for (field, value) in fields.as_object().unwrap() {
            resource[field] = value.clone();
        }
        json!({ "fullUrl": format!("http://h/fhir/Observation/{id}"), "resource": resource,
            "search": { "mode": "match" } })
    };
    let pressure = json!([
        { "code": loinc("8480-6"), "valueQuantity": quantity(132.0, "mm[Hg]"), "referenceRange": [range("N")] },
        { "code": loinc("8462-4"), "valueQuantity": quantity(84.0, "mm[Hg]") },
        { "code": loinc("8867-4"), "valueQuantity": quantity(72.0, "/min") },
    ]);
    json!({
        "resourceType": "Bundle", "type": "searchset",
        "link": [{ "relation": "next", "url": "http://h/fhir?page=2" }],
        "entry": [
            observation("1", json!({ "valueQuantity": quantity(91.0, "%"), "referenceRange": [range("N"), range("L")],
                "interpretation": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
                    "code": "A" }] }], "note": [{ "text": "x" }], "device": { "reference": "Device/1" } })),
            observation("2", json!({ "code": loinc("85354-9"), "component": pressure })),
            observation("3", json!({ "status": "entered-in-error", "valueQuantity": quantity(1.0, "%") })),
            observation("4", json!({ "valueQuantity": { "value": "x" } })),
            observation("5", json!({ "dataAbsentReason": { "text": "x" } })),
            observation("6", json!({ "subject": { "reference": "Patient/8" } })),
            observation("7", json!({ "effectiveDateTime": "2027-09-03", "valueInteger": 91 })),
            observation("8", json!({ "code": { "text": "Hoste" }, "valueInteger": 3 })),
            observation("1", json!({ "identifier": [], "valueQuantity": quantity(91.0, "%") })),
            { "resource": { "resourceType": "Device", "id": "1" }, "search": { "mode": "include" } },
            { "resource": { "resourceType": "OperationOutcome", "issue": [{ "code": "x" }] }, "search": { "mode": "outcome" } },
        ],
    })
}

/// Reads and accepts, and checks that nothing is lost.
fn account(bytes: &[u8]) -> Option<ObservationPage> {
    let page = Reader::new("7", "host").observations(bytes).ok()?;
    let replacing = |findings: &[Finding]| findings.iter().filter(|f| f.kind.replaces_reading()).count();
    let set_aside = page.excluded.len() + replacing(&page.findings);
    assert_eq!(page.entries, page.readings.len() + set_aside);
    let ObservationPage {
        readings,
        excluded,
        findings,
        ..
    } = page.clone();
    let now = ClinicalTime::parse("2026-11-22T12:00:00+01:00")
        .unwrap()
        .start_ms();
    let mut accepted = Accepted::default();
    accepted.add(readings, excluded, findings, now);
    let set_aside = accepted.excluded().len() + replacing(accepted.findings());
    assert_eq!(page.entries, accepted.count() + set_aside);
    Some(page)
}

/// Number of values in a JSON tree, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Changes the `at`-th value of the tree, counted depth first.
fn change(value: &mut Value, at: usize, how: &Change) {
    let mut before = 1;
    let within = |at: usize, child: &Value, before: usize| at >= before && at < before + size(child);
    match value {
        Value::Array(items) => {
            for index in 0..items.len() {
                let child = &mut items[index];
                if at == before {
                    match how {
                        Change::Drop => drop(items.remove(index)),
                        Change::Double => items.insert(index, items[index].clone()),
                        Change::Retype(other) => items[index] = other.clone(),
                    }
                    return;
                }
                if within(at, child, before) {
                    return change(child, at - before, how);
                }
                before += size(child);
            }
        }
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                let child = fields.get_mut(&name).unwrap();
                if at == before {
                    match how {
                        Change::Drop => drop(fields.remove(&name)),
                        Change::Double => *child = json!([child, child]),
                        Change::Retype(other) => *child = other.clone(),
                    }
                    return;
                }
                if within(at, child, before) {
                    return change(child, at - before, how);
                }
                before += size(child);
            }
        }
        _ => {}
    }
}

#[derive(Clone, Debug)]
enum Change {
    Drop,
    Double,
    Retype(Value),
}

fn changes() -> impl Strategy<Value = Change> {
    let shapes = [
        "null",
        "5",
        "-0.5e3",
        "true",
        "\"\"",
        "\"x\"",
        "[]",
        "[[]]",
        "{}",
        "{\"a\":[1]}",
    ];
    prop_oneof![
        Just(Change::Drop),
        Just(Change::Double),
        prop::sample::select(shapes.to_vec())
            .prop_map(|json| Change::Retype(serde_json::from_str(json).unwrap())),
    ]
}

#[test]
fn the_sound_bundle_comes_to_what_it_should() {
    let page = account(bundle().to_string().as_bytes()).unwrap();
    assert_eq!((page.entries, page.repeated), (9, 1));
    assert_eq!(page.excluded.len(), 2);
    assert_eq!(page.next.as_deref(), Some("http://h/fhir?page=2"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_changed_bytes_are_accounted_for(edits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8)) {
        let mut bytes = bundle().to_string().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        account(&bytes);
        read_plan(&[&bytes], "7").ok();
        read_enrolment(&bytes, "7").ok();
    }

    #[test]
    fn any_cut_keeps_the_entries_before_it(cut in any::<Index>()) {
        let text = bundle().to_string();
        let cut = cut.index(text.len());
        let whole = account(text.as_bytes()).map_or(0, |page| page.entries);
        if let Some(page) = account(&text.as_bytes()[..cut]) {
            prop_assert!(page.entries <= whole);
            prop_assert!(page.findings.iter().any(|f| f.kind.id() == "broken-bundle"));
        }
    }

    #[test]
    fn any_changed_values_are_accounted_for(edits in prop::collection::vec((any::<Index>(), changes()), 1..6)) {
        let mut bundle = bundle();
        for (at, how) in &edits {
            let at = at.index(size(&bundle).max(1));
            change(&mut bundle, at, how);
        }
        account(bundle.to_string().as_bytes());
    }

    #[test]
    fn a_change_within_one_entry_costs_no_other(at in any::<Index>(), how in changes()) {
        let mut bundle = bundle();
        let entry = &mut bundle["entry"][0];
        let at = 1 + at.index(size(entry) - 1);
        change(entry, at, &how);
        let page = account(bundle.to_string().as_bytes()).unwrap();
        // Without its id it is no longer the same as its repetition.
        prop_assert!(page.entries + page.repeated >= 9, "{}", page.entries);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        account(&bytes);
        read_patient(&bytes).ok();
        read_plan(&[&bytes], "7").ok();
    }

    #[test]
    fn a_link_that_is_followed_stays_on_its_server(link in "(https?:)?[/\\\\]{0,3}(h|h:80|evil|[^/]{0,3})[:@/?#.\\\\]{0,2}[a-z/]{0,6}") {
        if let Ok(url) = next_link("http://h/fhir", &link) {
            let host = url.to_lowercase().strip_prefix("http://").map(str::to_owned).unwrap();
            let host = host.split(['/', '?', '#']).next().unwrap().to_owned();
            prop_assert!(["h", "h:80", "h:"].contains(&host.as_str()), "{url}");
        }
    }

    #[test]
    fn an_address_never_leaves_its_path(id in "\\PC{0,12}") {
        let search = HostSearch { date: "date".to_owned(), sort: true, include: true, elements: true, page_size: 500 };
        let queries = Queries::new("http://h/fhir", &id, search);
        prop_assert!(queries.patient().starts_with("http://h/fhir/Patient/"));
        prop_assert!(queries.patient().bytes().all(|b| b.is_ascii_graphic()));
        prop_assert_eq!(queries.newest().matches('?').count(), 1);
    }
}
