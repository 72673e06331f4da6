//! What sources do that differs from what the profiles say, each from the text of a Bundle to the lines that are shown.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod common;

use common::*;
use serde_json::{Value, json};

/// Readings with these changes at [`AT`], as lines; then what is no reading.
#[track_caller]
fn check_all(readings: &[(f64, Value)], expected: &[&str]) {
    let resources = readings.iter().enumerate();
    let resources: Vec<Value> = resources
        .map(|(place, (value, changes))| reading(&place.to_string(), AT, *value, changes.clone()))
        .collect();
    check_resources(&resources, expected);
}

#[track_caller]
fn check_resources(resources: &[Value], expected: &[&str]) {
    let seen = see(resources);
    let excluded = seen.excluded().into_iter().map(|kind| format!("excluded {kind}"));
    let findings = seen.findings().into_iter().map(|kind| format!("finding {kind}"));
    let lines: Vec<String> = seen.lines().into_iter().chain(excluded).chain(findings).collect();
    assert_eq!(lines, expected, "{}", json!(resources));
}

fn both(changes: &[Value]) -> Value {
    let mut all = json!({});
    for (field, value) in changes.iter().filter_map(Value::as_object).flatten() {
        all[field] = value.clone();
    }
    all
}

fn of(number: &str, value: f64, unit: &str, code: &str) -> Value {
    let quantity =
        json!({ "value": value, "unit": unit, "code": code, "system": "http://unitsofmeasure.org" });
    json!({ "code": loinc(number), "valueQuantity": quantity })
}

fn pressure(number: &str, value: f64) -> Value {
    of(number, value, "mmHg", "mm[Hg]")
}

fn ranges(ranges: Value) -> Value {
    json!({ "referenceRange": ranges })
}

fn identifier(value: &str) -> Value {
    json!({ "identifier": [{ "system": "urn:x", "value": value }] })
}

fn device(id: &str) -> Value {
    json!({ "device": { "reference": format!("Device/{id}") } })
}

#[test]
fn a_unit_that_is_another_by_its_code_than_in_words_colours_nothing() {
    let limits = ranges(json!([range("N", "70", "", "kg")]));
    check(
        both(&[of("29463-7", 185.0, "lb", "kg"), limits.clone()]),
        "weight 185.0 lb ≠ kg unknown unit-conflict",
    );
    check(
        both(&[of("29463-7", 84.2, "kilo", "kg"), limits]),
        "weight 84.2 kg green",
    );
    let bound = |value: f64| json!({ "value": value, "unit": "mmol/L", "code": "mg/dL" });
    let limits = json!([{ "type": code(V3, "N"), "low": bound(4.0), "high": bound(10.0) }]);
    check(
        both(&[of("15074-8", 5.6, "mmol/L", "mmol/L"), ranges(limits)]),
        "glucose 5.6 mmol/L unknown limit-unit",
    );
}

#[test]
fn a_bound_without_a_unit_is_in_that_of_the_other_bound() {
    let limits = json!([{ "type": code(V3, "N"),
        "low": { "value": 70, "unit": "mg/dL" }, "high": { "value": 180 } }]);
    let glucose = |value: f64| both(&[of("15074-8", value, "mmol/L", "mmol/L"), ranges(limits.clone())]);
    check(glucose(10.0), "glucose 10.0 mmol/L green");
    check(glucose(12.0), "glucose 12.0 mmol/L unknown");
}

#[test]
fn a_bound_with_a_comparator_is_none() {
    let limits = json!([{ "type": code(V3, "N"), "low": { "value": 91, "comparator": ">", "unit": "%" } }]);
    check(ranges(limits), "spo2 91 % unknown limit-without-bounds");
}

#[test]
fn a_type_whose_codings_contradict_each_other_is_unknown() {
    let kind = |codes: [&str; 2]| {
        let coding = codes.map(|code| json!({ "system": V3, "code": code }));
        ranges(json!([{ "type": { "coding": coding }, "low": quantity("88", "%") }]))
    };
    check(kind(["N", "HH"]), "spo2 91 % unknown unknown-limit-type");
    check(kind(["A", "H"]), "spo2 91 % yellow-high");
    check(kind(["AA", "A"]), "spo2 91 % unknown unknown-limit-type");
}

#[test]
fn a_general_range_that_cannot_be_used_does_not_stand_in_the_way_of_the_plan() {
    for (broken, remark) in [
        (range("", "100", "88", "%"), "limit-reversed"),
        (range("", "10", "13", "kPa"), "limit-unit"),
        (json!({}), "limit-without-bounds"),
    ] {
        let observation = reading("1", AT, 91.0, ranges(json!([broken])));
        let alone = format!("spo2 91 % unknown {remark}");
        check_resources(std::slice::from_ref(&observation), &[&alone]);
        let mut planned = plan(
            "1",
            "2026-09-01T08:00:00Z",
            &[("N", "94", "100"), ("LL", "0", "93")],
        );
        planned.push(observation);
        check_resources(&planned, &[&format!("spo2 91 % red-low {remark}")]);
    }
    // A limit of the patient's own that cannot be used does: it is not known what it would have said.
    let mut planned = plan("1", "2026-09-01T08:00:00Z", &[("N", "80", "100")]);
    planned.push(reading(
        "1",
        AT,
        91.0,
        ranges(json!([range("N", "100", "88", "%")])),
    ));
    check_resources(&planned, &["spo2 91 % unknown limit-reversed"]);
}

#[test]
fn limits_that_meet_only_once_they_are_rounded_overlap_there() {
    let limits = ranges(json!([
        range("N", "70", "180", "mg/dL"),
        range("H", "181", "250", "mg/dL")
    ]));
    for (value, expected) in [
        (179.0, "glucose 9.9 mmol/L green"),
        (180.0, "glucose 10.0 mmol/L yellow-high limit-overlap"),
        (181.0, "glucose 10.0 mmol/L yellow-high limit-overlap"),
        (182.0, "glucose 10.1 mmol/L yellow-high"),
    ] {
        check(
            both(&[of("2339-0", value, "mg/dL", "mg/dL"), limits.clone()]),
            expected,
        );
    }
}

#[test]
fn halves_of_a_blood_pressure_are_one_reading() {
    let halves = |changes: [Value; 2]| {
        let [one, other] = changes;
        [
            (0.0, both(&[pressure("8462-4", 84.0), one])),
            (0.0, both(&[pressure("8480-6", 132.0), other])),
        ]
    };
    let together = ["blood-pressure 132/84 mm[Hg] no-limit", "excluded joined"];
    let apart = [
        "blood-pressure –/84 mm[Hg] no-limit",
        "blood-pressure 132/– mm[Hg] no-limit",
    ];
    for changes in [
        [json!({}), json!({})],
        [device("a"), device("a")],
        [device("a"), json!({})],
        [identifier("17"), identifier("17")],
        [identifier("17"), identifier("18")],
    ] {
        check_all(&halves(changes), &together);
    }
    for changes in [
        [device("a"), device("b")],
        [
            json!({}),
            json!({ "effectiveDateTime": "2026-11-20T08:00:01+01:00" }),
        ],
        [
            json!({ "meta": { "source": "urn:a" } }),
            json!({ "meta": { "source": "urn:b" } }),
        ],
    ] {
        check_all(&halves(changes), &apart);
    }
    let day = json!({ "effectiveDateTime": "2026-11-20" });
    check_all(&halves([day.clone(), day]), &apart);
    let panel = json!({ "code": loinc("85354-9"), "valueQuantity": null,
        "hasMember": [{ "reference": "Observation/0" }, { "reference": "Observation/1" }] });
    let [one, other] = halves([json!({}), json!({})]);
    check_all(
        &[one, other, (0.0, panel)],
        &[together[0], "excluded panel", "excluded joined"],
    );
}

#[test]
fn a_joined_blood_pressure_keeps_what_either_half_says() {
    let high = json!({ "referenceRange": [range("HH", "90", "", "mm[Hg]")], "note": [{ "text": "Svimmel" }],
        "status": "preliminary" });
    let seen = see(&[
        reading("b", AT, 0.0, both(&[pressure("8462-4", 95.0), high, device("a")])),
        reading("a", AT, 0.0, pressure("8480-6", 132.0)),
    ]);
    assert_eq!(seen.lines(), ["blood-pressure 132/95 mm[Hg] red-high"]);
    let point = seen.latest(&chart_model::Known::BloodPressure.into()).unwrap();
    let reading = &point.reading;
    assert_eq!(
        (&*reading.id, reading.status.id(), reading.note.as_deref()),
        ("a", "preliminary", Some("Svimmel"))
    );
    assert_eq!(reading.device.as_deref(), Some("Device/a"));
    assert_eq!(point.why.number, 1, "the diastolic decides");
}

#[test]
fn a_blood_pressure_in_two_units_is_labelled_with_neither() {
    let panel = |diastolic: Value| {
        let limits = json!([range("N", "100", "140", "mm[Hg]")]);
        let systolic = both(&[pressure("8480-6", 132.0), ranges(limits)]);
        json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": [systolic, diastolic] })
    };
    for (diastolic, expected) in [
        (
            of("8462-4", 11.2, "kPa", "kPa"),
            "blood-pressure 132/84 mm[Hg] no-limit",
        ),
        (
            json!({ "code": loinc("8462-4"), "valueQuantity": { "value": 84 } }),
            "blood-pressure 132/84  unknown missing-unit",
        ),
        (
            of("8462-4", 84.0, "mmHg", "kPa"),
            "blood-pressure 132/84.0  unknown unit-conflict",
        ),
    ] {
        check(panel(diastolic), expected);
    }
}

#[test]
fn a_blood_pressure_measured_twice_in_one_observation_is_two_readings() {
    let part = |number: &str, value: f64| pressure(number, value);
    let changes = json!({ "code": loinc("85354-9"), "valueQuantity": null, "component": [
        part("8480-6", 132.0), part("8462-4", 84.0), part("8480-6", 128.0), part("8462-4", 80.0)] });
    check_all(
        &[(0.0, both(&[changes, identifier("17"), device("a")]))],
        &[
            "blood-pressure 132/84 mm[Hg] no-limit",
            "blood-pressure 128/80 mm[Hg] no-limit",
        ],
    );
}

#[test]
fn of_two_versions_under_one_identifier_the_correction_is_shown() {
    let version = |status: &str| both(&[identifier("17"), json!({ "status": status })]);
    for (older, newer) in [
        ("final", "corrected"),
        ("final", "amended"),
        ("preliminary", "final"),
        ("preliminary", "corrected"),
        ("registered", "amended"),
    ] {
        let (wrong, right) = ((91.0, version(older)), (97.0, version(newer)));
        let expected = ["spo2 97 % no-limit", "excluded duplicate"];
        check_all(&[wrong.clone(), right.clone()], &expected);
        check_all(&[right, wrong], &expected);
    }
    // The limits of what was corrected were of another number: they go with it.
    let limits = ranges(json!([range("N", "88", "", "%")]));
    check_all(
        &[
            (91.0, both(&[version("final"), limits])),
            (97.0, version("corrected")),
        ],
        &["spo2 97 % no-limit", "excluded duplicate"],
    );
}

#[test]
fn an_identifier_that_all_readings_share_makes_them_no_duplicates() {
    let at = |day: u8, value: f64| {
        let time = format!("2026-11-{day}T08:00:00+01:00");
        reading(&time, &time, value, identifier("enrolment"))
    };
    check_resources(
        &[at(18, 91.0), at(19, 95.0), at(20, 91.0)],
        &["spo2 91 % no-limit", "spo2 95 % no-limit", "spo2 91 % no-limit"],
    );
}

#[test]
fn equal_readings_of_one_day_without_clock_times_stay_two() {
    let day = both(&[device("a"), json!({ "effectiveDateTime": "2026-11-20" })]);
    check_all(
        &[(91.0, day.clone()), (91.0, day)],
        &["spo2 91 % no-limit", "spo2 91 % no-limit"],
    );
}
