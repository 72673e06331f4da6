//! Values and limits in other units, in none, and on the edge of rounding. Conversions are worked out by hand.

use serde_json::json;

use super::{GLUCOSE_LIMITS, TEMPERATURE_LIMITS, WEIGHT_LIMITS};
use crate::expected::Note::{LimitUnit, MissingUnit, UnknownUnit};
use crate::expected::Zone::{Green, NoLimit, RedHigh, Unknown, YellowHigh};
use crate::limits::{Limit, limit};
use crate::observation::Observation;
use crate::parameter::{FEV1, GLUCOSE, PEF, Parameter, SPO2, TEMPERATURE, WEIGHT};
use crate::resource::number;
use crate::script::{Script, clock};

static WEIGHT_IN_G: [Limit; 2] = [limit("N", "75000", "80000"), limit("H", "80100", "82000")];
/// In kg: to 79.8, 80.3–82.1, from 82.6.
static WEIGHT_IN_LB: [Limit; 3] = [
    limit("N", "", "176"),
    limit("H", "177", "181"),
    limit("HH", "182", ""),
];
/// In °C: 36.0–37.8, 37.9–38.4, from 38.5.
static TEMPERATURE_IN_F: [Limit; 3] = [
    limit("N", "96.8", "100.0"),
    limit("H", "100.2", "101.1"),
    limit("HH", "101.3", ""),
];
/// In L/min: from 402, 324–396.
static PEF_IN_L_S: [Limit; 2] = [limit("N", "6.7", ""), limit("L", "5.4", "6.6")];
static PEF_LIMITS: [Limit; 3] = [
    limit("N", "400", ""),
    limit("L", "320", "399"),
    limit("LL", "", "319"),
];
static SPO2_LIMITS: [Limit; 3] = [
    limit("N", "90", ""),
    limit("L", "86", "89"),
    limit("LL", "", "85"),
];

pub(super) fn add(script: &mut Script) {
    weights(script);
    temperatures(script);
    flows(script);
    sugar(script);
}

fn evening(script: &Script, name: &str, parameter: &Parameter, days_before: i32) -> Observation {
    script.named(name, parameter, &script.calendar.at(days_before, clock(20, 0)))
}

fn weights(script: &mut Script) {
    // 77.25 kg: half away from zero.
    let reading = evening(script, "weight-in-grams", &WEIGHT, 30)
        .value_in("77250", "g")
        .limits_in(&WEIGHT_IN_G, "g");
    script.reading(reading, "77.3", Green);
    // 77.11 kg; limits in another unit than the value.
    let reading = evening(script, "weight-in-pounds", &WEIGHT, 31)
        .value_in("170", "[lb_av]")
        .limits(&WEIGHT_LIMITS);
    script.reading(reading, "77.1", Green);
    // 81.65 kg.
    let reading = evening(script, "weight-and-limits-in-pounds", &WEIGHT, 32)
        .value_in("180", "[lb_av]")
        .limits_in(&WEIGHT_IN_LB, "[lb_av]");
    script.reading(reading, "81.6", YellowHigh);
    let reading = evening(script, "weight-with-zero-at-the-end", &WEIGHT, 33).limits(&WEIGHT_LIMITS);
    let mut reading = reading.value("78");
    reading.json["valueQuantity"]["value"] = number("78.0");
    script.reading(reading, "78.0", Green);
    // Bounds without a unit are in the reading's own.
    let mut reading = evening(script, "bounds-without-unit", &WEIGHT, 34).value_in("77400", "g");
    reading = reading.limits_in(&WEIGHT_IN_G, "g");
    for range in reading.json["referenceRange"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        for bound in ["low", "high"] {
            range[bound] = json!({ "value": range[bound]["value"] });
        }
    }
    script.reading(reading, "77.4", Green);

    let reading = evening(script, "unknown-unit", &WEIGHT, 35)
        .value_with_unit_text("12.1", "stein")
        .limits(&WEIGHT_LIMITS);
    script.undrawn(reading, "12.1", "stein", UnknownUnit);
    let mut reading = evening(script, "missing-unit", &WEIGHT, 36).limits(&WEIGHT_LIMITS);
    reading = reading.set("valueQuantity", json!({ "value": 77.2 }));
    script.undrawn(reading, "77.2", "", MissingUnit);
    let reading = evening(script, "limit-in-centimetres", &WEIGHT, 37)
        .value("77.2")
        .limits_in(&WEIGHT_LIMITS, "cm");
    script.noted(reading, "77.2", Unknown, &[LimitUnit]);
    let reading = evening(script, "implausible-weight", &WEIGHT, 38)
        .value("771")
        .limits(&WEIGHT_LIMITS);
    script.implausible(reading, "771");
}

fn temperatures(script: &mut Script) {
    for (name, days_before, fahrenheit, shown, zone) in [
        ("fahrenheit", 5, "99.5", "37.5", Green),
        ("fever-in-fahrenheit", 6, "101.3", "38.5", RedHigh),
    ] {
        let reading = evening(script, name, &TEMPERATURE, days_before)
            .value_in(fahrenheit, "[degF]")
            .limits_in(&TEMPERATURE_IN_F, "[degF]");
        script.reading(reading, shown, zone);
    }
    // The digits shown decide: 37.8 is within, 37.9 is not.
    for (name, days_before, value, shown, zone) in [
        ("rounds-down-to-the-bound", 7, "37.84", "37.8", Green),
        ("rounds-up-from-the-bound", 8, "37.85", "37.9", YellowHigh),
    ] {
        let reading = evening(script, name, &TEMPERATURE, days_before)
            .value(value)
            .limits(&TEMPERATURE_LIMITS);
        script.reading(reading, shown, zone);
    }
    let reading = evening(script, "implausible-temperature", &TEMPERATURE, 9)
        .value("3.7")
        .limits(&TEMPERATURE_LIMITS);
    script.implausible(reading, "3.7");
}

/// Peak flow (7.5 L/s are 450 L/min), FEV1 and SpO₂.
fn flows(script: &mut Script) {
    let reading = evening(script, "pef", &PEF, 4).value("440").limits(&PEF_LIMITS);
    script.reading(reading, "440", Green);
    let reading = evening(script, "pef-per-second", &PEF, 3)
        .value_in("7.5", "L/s")
        .limits_in(&PEF_IN_L_S, "L/s");
    script.reading(reading, "450", Green);
    let reading = evening(script, "pef-per-second-other-limits", &PEF, 2)
        .value_in("7.25", "L/s")
        .limits(&PEF_LIMITS);
    script.reading(reading, "435", Green);
    let reading = evening(script, "fev1-three-decimals", &FEV1, 3).value("2.455");
    script.reading(reading, "2.46", NoLimit);
    // Rounded first, then classed.
    let reading = evening(script, "spo2-with-decimal", &SPO2, 8)
        .value("89.5")
        .limits(&SPO2_LIMITS);
    script.reading(reading, "90", Green);
    let reading = evening(script, "implausible-spo2", &SPO2, 9)
        .value("9")
        .limits(&SPO2_LIMITS);
    script.implausible(reading, "9");
}

fn sugar(script: &mut Script) {
    let reading = evening(script, "unit-as-text", &GLUCOSE, 3)
        .value_with_unit_text("6.2", "mmol/l")
        .limits(&GLUCOSE_LIMITS);
    script.reading(reading, "6.2", Green);
    // A zero is never "missing", here it cannot be right.
    let reading = evening(script, "zero-glucose", &GLUCOSE, 4)
        .value("0")
        .limits(&GLUCOSE_LIMITS);
    script.implausible(reading, "0");
    // The meter's display ends at 33.3.
    let mut reading = evening(script, "comparator", &GLUCOSE, 5)
        .value("33.3")
        .limits(&GLUCOSE_LIMITS);
    reading.json["valueQuantity"]["comparator"] = json!(">");
    script.reading_with(reading, "33.3", RedHigh, |reading| {
        reading.comparator = Some(">".to_owned())
    });
    let mg_dl = [limit("N", "72", "180"), limit("H", "182", "250")];
    let reading = evening(script, "limits-in-other-unit", &GLUCOSE, 6)
        .value("10.7")
        .limits_in(&mg_dl, "mg/dL");
    script.reading(reading, "10.7", YellowHigh);
}
