//! What sources send that nobody expects, each from the text of a Bundle to the line that is shown.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod common;

use common::*;
use serde_json::{Value, json};

/// A reading of a LOINC code, value as JSON text, with ranges.
fn of(number: &str, value: &str, unit: &str, ranges: &[Value]) -> Value {
    json!({ "code": loinc(number), "valueQuantity": quantity(value, unit), "referenceRange": ranges })
}

#[test]
fn limits_come_in_other_units_than_values() {
    let glucose = [range("N", "72", "180", "mg/dL"), range("HH", "250", "", "mg/dL")];
    check(
        of("15074-8", "9.9", "mmol/L", &glucose),
        "glucose 9.9 mmol/L green",
    );
    check(
        of("15074-8", "13.9", "mmol/l", &glucose),
        "glucose 13.9 mmol/L red-high",
    );
    let mixed =
        json!({ "low": quantity("4", "mmol/L"), "high": quantity("180", "mg/dL"), "type": code(V3, "N") });
    check(of("2345-7", "72", "mg/dL", &[mixed]), "glucose 4.0 mmol/L green");
    let pounds = [range("N", "", "185", "[lb_av]"), range("H", "186", "", "[lb_av]")];
    check(of("29463-7", "84400", "g", &pounds), "weight 84.4 kg yellow-high");
    check(of("29563-7", "83.9", "kg", &pounds), "weight 83.9 kg green");
    let fahrenheit = [range("H", "100.4", "", "[degF]")];
    check(
        of("8310-5", "38", "Cel", &fahrenheit),
        "temperature 38 Cel yellow-high",
    );
    check(
        of("8310-5", "37.94", "Cel", &fahrenheit),
        "temperature 37.9 Cel unknown",
    );
    check(
        of("19935-6", "6.5", "L/s", &[range("LL", "", "400", "L/min")]),
        "pef 390 L/min red-low",
    );
    check(
        of("20150-9", "1120", "mL", &[range("N", "1.1", "", "L")]),
        "fev1 1.12 L green",
    );
    check(
        of("8310-5", "38", "Cel", &[range("H", "38", "", "mmHg")]),
        "temperature 38 Cel unknown limit-unit",
    );
}

#[test]
fn a_bound_without_a_unit_is_in_the_unit_of_its_reading() {
    check(
        of("29463-7", "185", "[lb_av]", &[range("N", "", "185", "")]),
        "weight 83.9 kg green",
    );
}

#[test]
fn every_shape_of_limits_is_classed_or_said() {
    let spo2 = |ranges: &[Value]| json!({ "referenceRange": ranges });
    let percent = |kind: &str, low: &str, high: &str| range(kind, low, high, "%");
    for (ranges, expected) in [
        (vec![percent("N", "88", "")], "spo2 91 % green"),
        (vec![percent("LL", "", "91")], "spo2 91 % red-low"),
        (vec![percent("N", "92", "")], "spo2 91 % unknown"),
        (vec![percent("N", "91", "91")], "spo2 91 % green"),
        (
            vec![percent("N", "91", ""), percent("L", "", "91")],
            "spo2 91 % yellow-low limit-overlap",
        ),
        (vec![percent("N", "95", "90")], "spo2 91 % unknown limit-reversed"),
        (
            vec![percent("N", "88", ""), percent("L", "87", "85")],
            "spo2 91 % unknown limit-reversed",
        ),
        (vec![percent("", "94", "100")], "spo2 91 % no-limit"),
        (vec![json!({ "text": "94–100 %" })], "spo2 91 % no-limit"),
        (
            vec![json!({ "text": "88–92 %", "type": code(V3, "N") })],
            "spo2 91 % unknown limit-without-bounds",
        ),
        (vec![json!({})], "spo2 91 % unknown limit-without-bounds"),
        (
            vec![json!({ "low": quantity("88", "%"), "type": code("urn:x", "9") })],
            "spo2 91 % unknown unknown-limit-type",
        ),
        (
            vec![
                json!({ "low": quantity("88", "%"), "type": code("http://terminology.hl7.org/CodeSystem/referencerange-meaning", "normal") }),
            ],
            "spo2 91 % no-limit",
        ),
        (vec![percent("N", "0.0880e3", "")], "spo2 91 % green"),
    ] {
        check(spo2(&ranges), expected);
    }
    let danish = |kind: &str, low: &str, high: &str| {
        let mut range = percent("", low, high);
        range["type"] = code("http://ehealth.sundhed.dk/cs/reference-range-type", kind);
        range
    };
    let both = [danish("GAL", "", "92"), danish("RAL", "", "88")];
    check(spo2(&both), "spo2 91 % yellow-low");
    check(of("2708-6", "87", "%", &both), "spo2 87 % red-low limit-overlap");
}

#[test]
fn codes_of_other_systems_are_the_same_parameters() {
    for (system, number, unit, value, expected) in [
        (
            "urn:oid:1.2.208.176.2.1",
            "NPU03011",
            "%",
            "91",
            "spo2 91 % no-limit",
        ),
        (
            "urn:oid:1.2.208.176.2.1",
            "NPU21692",
            "/min",
            "72",
            "pulse 72 /min no-limit",
        ),
        (
            "urn:oid:2.16.578.1.12.4.1.1.7280",
            "NPU02187",
            "mmol/l",
            "5.6",
            "glucose 5.6 mmol/L no-limit",
        ),
        (
            "http://snomed.info/sct",
            "27113001",
            "kg",
            "84.25",
            "weight 84.3 kg no-limit",
        ),
        (
            "urn:oid:1.2.208.184.100.8",
            "MCS88015",
            "L",
            "1.1",
            "fev1 1.1 L no-limit",
        ),
        (
            "urn:oid:1.2.208.184.100.8",
            "MCS88192",
            "{steps}/d",
            "4200",
            "steps 4200 /d no-limit",
        ),
        (
            "urn:iso:std:iso:11073:10101",
            "152584",
            "L/min",
            "390",
            "pef 390 L/min no-limit",
        ),
        ("http://loinc.org", "59408-5", "%", "91", "spo2 91 % no-limit"),
        (
            "http://loinc.org",
            "99999-9",
            "mg/L",
            "12.30",
            "http://loinc.org|99999-9 12.30 mg/L no-limit",
        ),
    ] {
        let mut changes = json!({ "code": code(system, number) });
        changes["valueQuantity"] =
            serde_json::from_str(&format!(r#"{{"value":1,"unit":"{unit}"}}"#)).unwrap();
        let text = reading("1", AT, 91.0, changes)
            .to_string()
            .replace(r#""value":1"#, &format!(r#""value":{value}"#));
        let seen = see_pages(&[format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{text}}}]}}"#
        )]);
        assert_eq!(seen.lines(), [expected], "{number}");
    }
    check(json!({ "code": { "text": "SpO2" } }), "SpO2 91.0 % no-limit");
    check(
        json!({ "code": { "coding": [{ "code": "2708-6" }] } }),
        "|2708-6 91.0 % no-limit",
    );
}

#[test]
fn what_the_source_says_itself_is_compared_with_the_limits() {
    let said = |codes: &[&str], ranges: &[Value]| {
        let codings: Vec<Value> = codes
            .iter()
            .map(|said| json!({ "system": V3, "code": said }))
            .collect();
        json!({ "interpretation": [{ "coding": codings }], "referenceRange": ranges })
    };
    let green = [range("N", "88", "", "%")];
    for (codes, ranges, expected) in [
        (&["N"][..], &green[..], "spo2 91 % green"),
        (&["LL"], &green, "spo2 91 % green interpretation-disagrees"),
        (&["A"], &green, "spo2 91 % green interpretation-disagrees"),
        (&["A"], &[range("L", "", "91", "%")], "spo2 91 % yellow-low"),
        (
            &["H"],
            &[range("L", "", "91", "%")],
            "spo2 91 % yellow-low interpretation-disagrees",
        ),
        (&["N", "HH"], &green, "spo2 91 % green interpretation-disagrees"),
        (&["N"], &[], "spo2 91 % no-limit"),
        (&["L"], &[], "spo2 91 % no-limit interpretation-disagrees"),
        (&["A"], &[], "spo2 91 % no-limit interpretation-disagrees"),
        (&["POS"], &green, "spo2 91 % green"),
    ] {
        check(said(codes, ranges), expected);
    }
    let mut resources = plan("1", "2026-09-01T08:00:00Z", &[("L", "", "91"), ("N", "92", "")]);
    resources.push(reading("1", AT, 91.0, said(&["A"], &[])));
    resources.push(reading("2", AT, 91.0, said(&["AA"], &[])));
    assert_eq!(
        see(&resources).lines(),
        [
            "spo2 91 % yellow-low",
            "spo2 91 % yellow-low interpretation-disagrees"
        ],
        "the plan's limits have a side where the word has none"
    );
}

#[test]
fn a_period_is_measured_at_its_start_and_an_unusable_time_is_said() {
    let times = |changes: Value| {
        let mut all = json!({ "effectiveDateTime": null });
        for (field, value) in changes.as_object().unwrap() {
            all[field] = value.clone();
        }
        all
    };
    let span = json!({ "start": "2026-11-19T08:00:00+01:00", "end": "2026-11-20T08:00:00+01:00" });
    let seen = see(&[reading("1", "", 91.0, times(json!({ "effectivePeriod": span })))]);
    let latest = seen.latest(&chart_model::Known::Spo2.into()).unwrap();
    assert_eq!(latest.reading.time.text(), "2026-11-19T08:00:00+01:00");
    assert_eq!(
        latest.reading.end.as_ref().map(|end| end.text()),
        Some("2026-11-20T08:00:00+01:00")
    );
    for (changes, expected) in [
        (
            times(json!({ "effectiveInstant": "2026-11-20T08:00:00.123Z" })),
            "spo2 91 % no-limit",
        ),
        (
            times(json!({ "effectiveDateTime": "2026-11" })),
            "spo2 91 % no-limit",
        ),
        (
            times(json!({ "effectiveDateTime": "2026-11-20T08:00:00" })),
            "finding time-without-zone",
        ),
        (
            times(json!({ "effectiveDateTime": "2026-11-20T08:00Z" })),
            "spo2 91 % no-limit",
        ),
        (
            times(json!({ "effectiveDateTime": "20.11.2026" })),
            "finding malformed-time",
        ),
        (
            times(json!({ "effectiveDateTime": "2026-02-30" })),
            "finding malformed-time",
        ),
        (
            times(json!({ "effectiveTiming": { "event": ["2026-11-20"] } })),
            "finding malformed-time",
        ),
        (times(json!({})), "finding missing-time"),
    ] {
        check(changes, expected);
    }
}

#[test]
fn devices_inside_a_reading_are_told_apart_by_their_numbers() {
    let device = |serial: &str| {
        json!({ "device": { "reference": "#d" },
            "contained": [{ "resourceType": "Device", "id": "d", "serialNumber": serial }] })
    };
    let two = see(&[
        reading("1", AT, 91.0, device("A")),
        reading("2", AT, 91.0, device("B")),
    ]);
    assert_eq!((two.lines().len(), two.excluded().len()), (2, 0));
    let one = see(&[
        reading("1", AT, 91.0, device("A")),
        reading("2", AT, 91.0, device("A")),
    ]);
    assert_eq!((one.lines().len(), one.excluded()), (1, vec!["duplicate"]));
}
