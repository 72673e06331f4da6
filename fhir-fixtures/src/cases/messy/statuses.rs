//! Statuses, missing values, values that are no numbers, comments, vendors' own fields, origin.
//! All are pulses at 18:00 on a day of their own.

use serde_json::json;

use super::pulse;
use crate::expected::Exclusion::{Cancelled, EnteredInError, NoValue};
use crate::expected::Finding::{MissingValue, OtherPatient, UnknownStatus, ValueNotANumber};
use crate::expected::Zone::Green;
use crate::resource::{UCUM, reference};
use crate::script::Script;

pub(super) fn add(script: &mut Script) {
    retracted_or_not_yet_final(script);
    without_a_number(script);
    with_more_than_expected(script);
}

fn retracted_or_not_yet_final(script: &mut Script) {
    let observation = pulse(script, "entered-in-error", 5, 18, "180").status("entered-in-error");
    script.excluded(observation, EnteredInError);
    let observation = pulse(script, "cancelled", 6, 18, "150").status("cancelled");
    script.excluded(observation, Cancelled);
    for (days_before, status, value) in [
        (7, "preliminary", "71"),
        (8, "registered", "72"),
        (9, "amended", "73"),
        (10, "corrected", "74"),
    ] {
        let observation = pulse(script, status, days_before, 18, value).status(status);
        script.reading(observation, value, Green);
    }
    let observation = pulse(script, "invented-status", 11, 18, "75").status("verified");
    script.invalid(observation, UnknownStatus);
}

fn without_a_number(script: &mut Script) {
    let absent = json!({ "coding": [{
        "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "code": "error",
    }] });
    let observation = pulse(script, "data-absent", 12, 18, "0")
        .without("valueQuantity")
        .set("dataAbsentReason", absent);
    script.excluded(observation, NoValue);
    let observation = pulse(script, "no-value", 13, 18, "0").without("valueQuantity");
    script.finding(observation, MissingValue);
    let observation = pulse(script, "string-value", 14, 18, "0")
        .without("valueQuantity")
        .set("valueString", json!("72"));
    script.finding(observation, ValueNotANumber);
    let quoted = json!({ "value": "72", "unit": "/min", "system": UCUM, "code": "/min" });
    let observation = pulse(script, "quoted-number", 15, 18, "0").set("valueQuantity", quoted);
    script.invalid(observation, ValueNotANumber);
    let only_unit = json!({ "unit": "/min", "system": UCUM, "code": "/min" });
    let observation = pulse(script, "quantity-without-value", 16, 18, "0").set("valueQuantity", only_unit);
    script.finding(observation, MissingValue);
    script.implausible(pulse(script, "implausible-pulse", 20, 18, "300"), "300");
}

fn with_more_than_expected(script: &mut Script) {
    let extension = json!([{
        "url": "https://leverandor.example/fhir/StructureDefinition/battery",
        "extension": [{ "url": "level", "valueDecimal": 0.35 }, { "url": "charging", "valueBoolean": false }],
    }]);
    let note =
        json!([{ "text": "Målt rett etter trappegang.\nFølte meg bra. <b>Ikke</b> HTML & ikke \"kode\"." }]);
    let observation = pulse(script, "note-and-extension", 17, 18, "76")
        .set("extension", extension)
        .set("note", note);
    script.reading(observation, "76", Green);
    let observation = pulse(script, "vendor-field", 18, 18, "77").set(
        "xVendorData",
        json!({ "firmware": "2.1", "raw": [1, 2, 3], "value": 999 }),
    );
    script.not_r4(&observation);
    script.reading(observation, "77", Green);
    let observation = pulse(script, "other-patient", 19, 18, "65")
        .set("subject", reference("Patient/somebody-else"))
        .without("device");
    script.finding(observation, OtherPatient);
    let observation = pulse(script, "manual", 21, 18, "66").without("device").manual();
    script.reading(observation, "66", Green);
    let observation =
        pulse(script, "device-by-name", 22, 18, "67").set("device", json!({ "display": "Armbånd" }));
    script.reading(observation, "67", Green);
}
