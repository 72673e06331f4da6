//! Rules of reading Observations, each as a row: what an entry comes to.

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
fn a_blood_pressure_is_a_pair_whatever_way_it_comes() {
    let panel = |components: Value| json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": components });
    for (changes, expected) in [
        (
            panel(json!([part("8480-6", &json!(132)), part("8462-4", &json!(84))])),
            "blood-pressure 132/84 mm[Hg]",
        ),
        (
            panel(json!([part("8462-4", &json!(84)), part("8480-6", &json!(132.4))])),
            "blood-pressure 132/84 mm[Hg]",
        ),
        (
            panel(json!([part("8480-6", &json!(132))])),
            "blood-pressure 132/– mm[Hg]",
        ),
        (
            panel(json!([part("8480-6", &json!(132)), part("8462-4", &json!("x"))])),
            "blood-pressure 132/– mm[Hg] value-not-a-number",
        ),
        (
            json!({ "code": loinc("8462-4"), "valueQuantity": { "value": 84, "unit": "mmHg" } }),
            "blood-pressure –/84 mm[Hg]",
        ),
        (
            panel(json!([
                { "code": loinc("8480-6"), "dataAbsentReason": {} },
                { "code": loinc("8462-4"), "dataAbsentReason": {} }
            ])),
            "excluded no-value blood-pressure",
        ),
        (panel(json!([])), "missing-value Observation/1"),
        (
            json!({ "code": loinc("85354-9"), "valueQuantity": { "value": 132, "unit": "mmHg" } }),
            "value-not-a-number Observation/1 132",
        ),
    ] {
        check(&changes, &[expected]);
    }
}

#[test]
fn further_measurements_in_components_are_readings_of_their_own() {
    let pulse = json!({ "code": loinc("8867-4"), "valueQuantity": { "value": 72, "unit": "/min" } });
    let posture = json!({ "code": loinc("8361-8"), "valueCodeableConcept": { "text": "Sittende" } });
    let systolic = part("8480-6", &json!(132));
    check(
        &json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": [pulse, systolic, posture] }),
        &["blood-pressure 132/– mm[Hg]", "pulse 72 /min"],
    );
    check(
        &json!({ "code": { "text": "Hjemmemåling" }, "valueQuantity": null, "component": [pulse] }),
        &["pulse 72 /min"],
    );
    let page = read(&json!({ "component": [pulse], "identifier": [{ "system": "urn:x", "value": "1" }] }));
    let identifiers: Vec<_> = page.readings.iter().flat_map(|r| r.identifiers.clone()).collect();
    assert_eq!(identifiers, ["urn:x|1".into(), "urn:x|1#1".into()]);
    assert_eq!(page.entries, 2);
    check(
        &json!({ "code": { "text": "Skjema" }, "valueQuantity": null, "component": [posture] }),
        &["value-not-a-number Observation/1 Sittende"],
    );
}

#[test]
fn each_part_of_a_blood_pressure_has_its_own_limits_and_words() {
    let mut systolic = part("8480-6", &json!(150));
    systolic["referenceRange"] = json!([range("N", 100, 140), range("H", 140, 160)]);
    let mut diastolic = part("8462-4", &json!(84));
    diastolic["referenceRange"] = json!([range("N", 60, 90)]);
    let changes = json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": [systolic, diastolic],
        "interpretation": [{ "coding": [{ "system": V3, "code": "HH" }] }] });
    let page = read(&changes);
    let parts: Vec<_> = page.readings[0].values.components().collect();
    let zone = |part: &Component| {
        part.ranges
            .as_ref()
            .map(|set| set.classify(part.quantity.shown).zone)
    };
    assert_eq!(zone(parts[0]), Some(Zone::YellowHigh));
    assert_eq!(zone(parts[1]), Some(Zone::Green));
    assert!(parts.iter().all(|part| part.interpretation.is_none()));
    assert_eq!(
        page.readings[0].interpretation,
        Some(Severity::Red(Some(Side::High)))
    );
}

#[test]
fn limits_on_a_blood_pressure_as_a_whole_are_never_green() {
    let whole = |ranges: Value| {
        let components = [part("8480-6", &json!(132)), part("8462-4", &json!(84))];
        read(
            &json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": components,
            "referenceRange": ranges }),
        )
    };
    let page = whole(json!([range("N", 60, 140)]));
    assert_eq!(page.readings[0].remarks, [FindingKind::UnknownLimitType]);
    for part in page.readings[0].values.components() {
        let zone = part.ranges.as_ref().unwrap().classify(part.quantity.shown).zone;
        assert_eq!(zone, Zone::Unknown);
    }
    let page = whole(json!([{ "low": { "value": 60 } }]));
    assert!(
        page.readings[0]
            .values
            .components()
            .all(|part| part.ranges.is_none())
    );
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

#[test]
fn only_what_the_search_found_is_read() {
    let found = json!({ "resource": observation(&json!({})), "search": { "mode": "match" } });
    let along = json!({ "resource": observation(&json!({ "id": "2" })), "search": { "mode": "include" } });
    let device = json!({ "resource": { "resourceType": "Device", "id": "3", "status": "active" } });
    let deleted = json!({ "request": { "method": "DELETE", "url": "Observation/4" } });
    let outcome = json!({ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome",
        "issue": [{ "code": "warning", "details": { "text": "Ukjent parameter" } }] } });
    let page = read_entries(&[found, along, device, deleted, outcome]);
    assert_eq!(page.entries, 1);
    assert_eq!(summary(&page), ["spo2 91 %", "server-outcome  Ukjent parameter"]);
}

#[test]
fn a_resource_that_comes_again_is_read_once_over_all_pages() {
    let entry = |id: &str, value: i64| json!({ "resource": observation(&json!({ "id": id, "valueQuantity": { "value": value, "unit": "%" } })) });
    let bundle = |entries: &[Value]| json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let mut reader = Reader::new("7", "host");
    let mut sizes = Vec::new();
    for page in [
        bundle(&[entry("1", 91), entry("2", 92)]),
        bundle(&[entry("2", 90), entry("3", 93)]),
    ] {
        let page = reader.observations(page.as_bytes()).unwrap();
        sizes.push((page.entries, page.repeated, page.readings.len()));
    }
    assert_eq!(sizes, [(2, 0, 2), (1, 1, 1)]);
}

#[test]
fn readings_share_what_they_have_in_common() {
    let entry = |id: &str| {
        let changes = json!({ "id": id, "referenceRange": [range("N", 88, 100)], "device": { "display": "x" },
            "meta": { "source": "urn:a" } });
        json!({ "resource": observation(&changes) })
    };
    let page = read_entries(&[entry("1"), entry("2")]);
    let set = |reading: &Reading| match &reading.values {
        Values::Single(component) => component.ranges.clone().unwrap(),
        Values::Pair { .. } => panic!("one number"),
    };
    assert!(Rc::ptr_eq(&set(&page.readings[0]), &set(&page.readings[1])));
    assert!(Rc::ptr_eq(
        &page.readings[0].sources[0],
        &page.readings[1].sources[0]
    ));
}

#[test]
fn a_page_says_how_far_back_it_goes_only_if_it_came_newest_first() {
    let at = |times: &[&str]| {
        let entries: Vec<Value> = times
            .iter()
            .enumerate()
            .map(|(index, time)| {
                json!({ "resource": observation(&json!({ "id": index.to_string(), "effectiveDateTime": time })) })
            })
            .collect();
        read_entries(&entries).newest_first_down_to()
    };
    let (late, early) = ("2026-09-03T08:12:00+02:00", "2026-09-02T08:12:00+02:00");
    let instant = Some(1_788_415_920_000 - 24 * 3_600_000);
    assert_eq!(at(&[late, early]), instant);
    assert_eq!(at(&[late, late, early, early]), instant);
    assert_eq!(at(&[early, late]), None);
    // A date sorts at one end of its day or at the other; it says nothing about what lies between.
    assert_eq!(at(&[late, early, "2026-09-02"]), instant);
    assert_eq!(at(&["2026-09-03", "2026-09-02"]), None);
    assert_eq!(at(&[]), None);
}

#[test]
fn a_panel_is_left_out_and_its_members_are_read_by_themselves() {
    let members = json!([{ "reference": "Observation/2" }]);
    let panel = |changes: Value| {
        let mut panel =
            json!({ "id": "9", "code": loinc("85354-9"), "valueQuantity": null, "hasMember": members });
        for (field, value) in changes.as_object().unwrap() {
            panel[field] = value.clone();
        }
        panel
    };
    check(&panel(json!({})), &["excluded panel blood-pressure"]);
    check(
        &panel(json!({ "code": loinc("85353-1") })),
        &["excluded panel http://loinc.org|85353-1"],
    );
    check(
        &panel(json!({ "hasMember": null })),
        &["missing-value Observation/9"],
    );
    check(
        &panel(json!({ "hasMember": [] })),
        &["missing-value Observation/9"],
    );
    check(
        &panel(json!({ "component": [part("8480-6", &json!(130)), part("8462-4", &json!(80))] })),
        &["blood-pressure 130/80 mm[Hg]"],
    );
    let systolic =
        json!({ "id": "2", "code": loinc("8480-6"), "valueQuantity": { "value": 130, "unit": "mmHg" } });
    let page = read_entries(&[
        json!({ "resource": observation(&panel(json!({}))) }),
        json!({ "resource": observation(&systolic) }),
    ]);
    assert_eq!(
        (page.entries, page.readings.len(), page.excluded.len()),
        (2, 1, 1)
    );
}
