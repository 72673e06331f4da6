//! One patient at three servers with different habits, put together into one view: a vendor with VKP's ranges, a vendor with
//! Danish codes and ranges, a municipal journal's laboratory module with copies.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

use chart_model::{Accepted, ClinicalTime, Known, Parameter, Period, Series, Zone, sources};
use fhir_read::Reader;
use serde_json::{Value, json};

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

/// The patient goes by another id at each.
const PATIENTS: [(&str, &str); 3] = [("vkp-7", "Dignio"), ("dk-19", "Tellu"), ("4", "Gerica")];

fn observation(patient: &str, id: &str, code: (&str, &str), time: &str, value: f64, changes: Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation", "id": id, "status": "final", "subject": { "reference": format!("Patient/{patient}") },
        "code": { "coding": [{ "system": code.0, "code": code.1 }] }, "effectiveDateTime": time,
        "valueQuantity": { "value": value, "unit": "%", "code": "%", "system": "http://unitsofmeasure.org" },
    });
    for (field, value) in changes.as_object().unwrap() {
        observation[field] = value.clone();
    }
    observation
}

const LOINC: (&str, &str) = ("http://loinc.org", "2708-6");
const DANISH: (&str, &str) = ("urn:oid:1.2.208.176.2.1", "NPU03011");

fn ranges(system: &str, red: &str) -> Value {
    let of = |code: &str| json!({ "coding": [{ "system": system, "code": code }] });
    let quantity = |value: u8| json!({ "value": value, "unit": "%" });
    json!([{ "type": of(red), "high": quantity(86) }])
}

/// Reads each server's answer by the id that the patient has there.
fn accepted(answers: [Vec<Value>; 3]) -> Accepted {
    let mut accepted = Accepted::default();
    for ((patient, host), observations) in PATIENTS.iter().zip(answers) {
        let entries: Vec<Value> = observations
            .iter()
            .map(|one| json!({ "resource": one }))
            .collect();
        let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
        let page = Reader::new(patient, host)
            .observations(bundle.as_bytes())
            .unwrap();
        accepted.add(page.readings, page.excluded, page.findings, now());
    }
    accepted
}

fn spo2() -> Parameter {
    Known::Spo2.into()
}

#[test]
fn a_vendors_reading_and_its_copy_are_one_with_both_named_and_the_vendors_limits() {
    let device = json!({ "device": { "reference": "Device/1", "display": "Fingerklype" },
        "referenceRange": ranges("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "LL") });
    let vendor = observation("vkp-7", "1", LOINC, "2026-11-20T08:12:37+01:00", 86.0, device);
    let copy = observation("4", "1", LOINC, "2026-11-20T07:12:00Z", 86.0, json!({}));
    let accepted = accepted([vec![vendor], vec![], vec![copy]]);
    let list = accepted.of(&spo2());
    assert_eq!(
        (list.len(), accepted.excluded().len(), accepted.findings().len()),
        (1, 1, 0)
    );
    let named: Vec<&str> = list[0].sources.iter().map(|source| &**source).collect();
    assert_eq!(named, ["Dignio", "Gerica"]);
    let period = Period::last_days(90, now());
    let series = Series::build(&spo2(), &list, accepted.excluded(), None, period);
    assert_eq!(
        series.points[0].zone,
        Zone::RedLow,
        "by the limits of the one that has them"
    );
}

#[test]
fn two_vendors_devices_that_disagree_are_both_shown_on_one_axis_and_told_apart() {
    let device = |name: &str| json!({ "device": { "display": name } });
    let danish = json!({ "device": { "display": "Ring" },
        "referenceRange": ranges("urn:oid:1.2.208.184.100.1", "RAL") });
    let accepted = accepted([
        vec![observation(
            "vkp-7",
            "1",
            LOINC,
            "2026-11-20T08:12:37+01:00",
            91.0,
            device("Fingerklype"),
        )],
        vec![observation(
            "dk-19",
            "1",
            DANISH,
            "2026-11-20T08:12:10+01:00",
            86.0,
            danish,
        )],
        vec![],
    ]);
    let list = accepted.of(&spo2());
    assert_eq!(
        list.len(),
        2,
        "the same id at two servers is not the same reading"
    );
    let period = Period::last_days(90, now());
    let series = Series::build(&spo2(), &list, accepted.excluded(), None, period);
    for (one, other) in [(0, 1), (1, 0)] {
        let found = sources::other_result(&series.points, &list[one]);
        assert_eq!(found.map(|reading| &reading.id), Some(&list[other].id));
    }
    let devices: Vec<_> = list
        .iter()
        .map(|reading| reading.device.as_deref().unwrap())
        .collect();
    assert_eq!(devices, ["Ring", "Fingerklype"]);
}

#[test]
fn a_hand_over_half_way_is_one_curve_of_two_sources() {
    let day = |day: u8| format!("2026-11-{day:02}T08:00:00+01:00");
    let of = |patient: &str, code, days: std::ops::Range<u8>| -> Vec<Value> {
        days.map(|at| {
            observation(
                patient,
                &at.to_string(),
                code,
                &day(at),
                f64::from(80 + at),
                json!({}),
            )
        })
        .collect()
    };
    let accepted = accepted([of("vkp-7", LOINC, 1..10), of("dk-19", DANISH, 8..19), vec![]]);
    let list = accepted.of(&spo2());
    assert_eq!(
        (list.len(), accepted.excluded().len()),
        (18, 2),
        "both have the days of the hand-over"
    );
    let of = |name: &str| {
        let names = list.iter().flat_map(|reading| &reading.sources);
        names.filter(|source| &***source == name).count()
    };
    assert_eq!((of("Tellu"), of("Dignio")), (11, 9));
}

#[test]
fn each_servers_patient_is_told_from_others_by_the_id_of_that_server() {
    let at = "2026-11-20T08:00:00+01:00";
    let accepted = accepted([
        vec![observation("dk-19", "1", LOINC, at, 90.0, json!({}))],
        vec![observation("vkp-7", "1", LOINC, at, 91.0, json!({}))],
        vec![observation("4", "1", LOINC, at, 92.0, json!({}))],
    ]);
    let list = accepted.of(&spo2());
    assert_eq!((list.len(), accepted.findings().len()), (1, 2));
    assert!(
        accepted
            .findings()
            .iter()
            .all(|finding| finding.kind.id() == "other-patient")
    );
}
