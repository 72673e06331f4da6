//! The same parameters under other codes, and parameters that no table knows.

use serde_json::json;

use super::WEIGHT_LIMITS;
use crate::calendar::Moment;
use crate::expected::Finding::MissingCode;
use crate::expected::Zone::{Green, NoLimit};
use crate::limits::limit;
use crate::observation::Observation;
use crate::parameter::{BLOOD_PRESSURE, CAT, FEV1, PEF, PULSE, SPO2, WEIGHT};
use crate::resource::{LOINC, SNOMED, quantity};
use crate::script::{Script, clock};

const DANISH_NPU: &str = "urn:oid:1.2.208.176.2.1";
const DANISH_MCS: &str = "urn:oid:1.2.208.184.100.8";
const DEVICE_CODES: &str = "urn:iso:std:iso:11073:10101";
const VENDOR: &str = "https://leverandor.example/codes";

pub(super) fn add(script: &mut Script) {
    known_under_other_codes(script);
    unknown(script);
}

fn at_ten(script: &Script, days_before: i32) -> Moment {
    script.calendar.at(days_before, clock(10, 0))
}

fn known_under_other_codes(script: &mut Script) {
    let green = [
        limit("N", "90", ""),
        limit("L", "86", "89"),
        limit("LL", "", "85"),
    ];
    for (name, days_before, system, code, value) in [
        ("spo2-by-pulse-oximetry", 5, LOINC, "59408-5", "95"),
        ("spo2-snomed", 4, SNOMED, "431314004", "97"),
        ("spo2-danish", 3, DANISH_NPU, "NPU03011", "94"),
    ] {
        let reading = script
            .named(name, &SPO2, &at_ten(script, days_before))
            .value(value)
            .limits(&green);
        script.reading(reading.code(system, code, "SpO2"), value, Green);
    }
    let vendor_first = json!({
        "coding": [{ "system": VENDOR, "code": "spo2-v2" }, { "system": LOINC, "code": "2708-6" }],
        "text": "O2-metning",
    });
    let reading = script
        .named("spo2-vendor-code-first", &SPO2, &at_ten(script, 2))
        .value("93")
        .limits(&green);
    script.reading(reading.set("code", vendor_first), "93", Green);

    for (name, days_before, system, code, value) in [
        ("weight-mistyped-code", 40, LOINC, "29563-7", "77.2"),
        ("weight-snomed", 41, SNOMED, "27113001", "77.8"),
    ] {
        let when = script.calendar.at(days_before, clock(20, 0));
        let reading = script
            .named(name, &WEIGHT, &when)
            .value(value)
            .limits(&WEIGHT_LIMITS);
        script.reading(reading.code(system, code, "Vekt"), value, Green);
    }
    let reading = script
        .named("pef-device-code", &PEF, &script.calendar.at(1, clock(20, 0)))
        .value("460");
    script.reading(reading.code(DEVICE_CODES, "152584", "PEF"), "460", NoLimit);
    let reading = script
        .named("fev1-danish", &FEV1, &at_ten(script, 1))
        .value("2.4");
    script.reading(reading.code(DANISH_MCS, "MCS88015", "FEV1"), "2.4", NoLimit);
    let reading = script
        .named("cat-snomed", &CAT, &at_ten(script, 6))
        .value("12")
        .manual();
    script.reading(reading.code(SNOMED, "446660005", "CAT"), "12", NoLimit);

    // A panel and components in SNOMED CT, diastolic first.
    let component = |code: &str, value: &str| {
        json!({
            "code": { "coding": [{ "system": SNOMED, "code": code }] },
            "valueQuantity": quantity(value, "mm[Hg]"),
        })
    };
    let reading = script
        .named(
            "pressure-snomed-diastolic-first",
            &BLOOD_PRESSURE,
            &at_ten(script, 1),
        )
        .code(SNOMED, "75367002", "Blodtrykk")
        .set(
            "component",
            json!([component("271650006", "82"), component("271649006", "128")]),
        );
    script.reading(reading, "128/82", NoLimit);
}

fn unknown(script: &mut Script) {
    let reading = script
        .named("unknown-loinc", &WEIGHT, &at_ten(script, 3))
        .value_in("171", "cm");
    let reading = listed_as(
        reading.code(LOINC, "8302-2", "Høyde"),
        "http://loinc.org|8302-2",
        "cm",
    );
    script.reading(reading, "171", NoLimit);
    let reading = script.named("vendor-code", &CAT, &at_ten(script, 3)).value("3");
    let reading = listed_as(
        reading.code(VENDOR, "ankel", "Hevelse"),
        "https://leverandor.example/codes|ankel",
        "{score}",
    );
    script.reading(reading, "3", NoLimit);
    let reading = script
        .named("code-as-text-only", &WEIGHT, &at_ten(script, 3))
        .value_in("24.5", "cm");
    let reading = listed_as(
        reading.set("code", json!({ "text": "Ankelomkrets" })),
        "Ankelomkrets",
        "cm",
    );
    script.reading(reading, "24.5", NoLimit);
    // The code of every questionnaire score: this one is not CAT.
    let reading = script
        .named("other-questionnaire", &CAT, &at_ten(script, 5))
        .value("70")
        .manual();
    let reading = listed_as(
        reading.code(LOINC, "74465-6", "EQ-5D VAS"),
        "http://loinc.org|74465-6",
        "{score}",
    );
    script.reading(reading, "70", NoLimit);

    for (name, code) in [("no-code", json!(null)), ("empty-code", json!({}))] {
        let observation = script.named(name, &PULSE, &at_ten(script, 7)).value("60");
        let observation = if code.is_null() {
            observation.without("code")
        } else {
            observation.set("code", code)
        };
        script.invalid(listed_as(observation, "", ""), MissingCode);
    }
}

/// Says under which name and in which unit the entry is to be listed.
fn listed_as(observation: Observation, parameter: &str, unit: &str) -> Observation {
    Observation {
        parameter: parameter.to_owned(),
        unit: unit.to_owned(),
        ..observation
    }
}
