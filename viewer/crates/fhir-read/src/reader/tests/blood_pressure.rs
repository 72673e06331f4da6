//! A blood pressure and other readings of several numbers.

use super::*;

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
