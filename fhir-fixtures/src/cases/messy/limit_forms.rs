//! Limits as sources really send them: with holes, overlaps, wrong way round, without type, in other codes.
//! All are glucose readings at 18:00 on a day of their own.

use serde_json::json;

use super::GLUCOSE_LIMITS;
use crate::expected::Note::{
    InterpretationDisagrees, LimitOverlap, LimitReversed, LimitWithoutBounds, UnknownLimitType,
};
use crate::expected::Zone::{Green, NoLimit, RedHigh, Unknown, YellowHigh, YellowLow};
use crate::limits::{DANISH, Limit, limit, limit_in, untyped};
use crate::observation::Observation;
use crate::parameter::{BLOOD_PRESSURE, GLUCOSE};
use crate::resource::INTERPRETATION;
use crate::script::{Script, clock};

const DANISH_FHIR: &str = "http://ehealth.sundhed.dk/cs/reference-range-type";
const MEANING: &str = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
const NORMAL: Limit = limit("N", "4.0", "10.0");

pub(super) fn add(script: &mut Script) {
    let plain = [
        (
            "hole-between-limits",
            "11.2",
            &[limit("N", "4.0", "8.0"), limit("HH", "14.0", "")][..],
            Unknown,
        ),
        ("one-sided-within", "7.1", &[limit("N", "4.0", "")], Green),
        ("one-sided-above", "14.2", &[limit("HH", "14.0", "")], RedHigh),
        (
            "laboratory-range-within",
            "5.1",
            &[untyped("4.0", "6.0")],
            NoLimit,
        ),
        (
            "laboratory-range-outside",
            "7.4",
            &[untyped("4.0", "6.0")],
            NoLimit,
        ),
        (
            "typed-as-normal-range",
            "5.3",
            &[limit_in(MEANING, "normal", "4.0", "6.0")],
            NoLimit,
        ),
        ("only-green-within", "6.1", &[NORMAL], Green),
        ("only-green-outside", "10.4", &[NORMAL], Unknown),
        (
            "danish-yellow",
            "3.6",
            &[NORMAL, limit_in(DANISH_FHIR, "GAL", "3.0", "3.9")],
            YellowLow,
        ),
        (
            "danish-red",
            "15.5",
            &[
                NORMAL,
                limit_in(DANISH, "GAL", "10.1", "13.9"),
                limit_in(DANISH, "RAL", "14.0", ""),
            ],
            RedHigh,
        ),
        (
            "abnormal-above-green",
            "11.1",
            &[NORMAL, limit("A", "10.1", "13.9")],
            YellowHigh,
        ),
        (
            "abnormal-below-green",
            "3.4",
            &[NORMAL, limit("A", "3.0", "3.9")],
            YellowLow,
        ),
        ("on-the-lower-bound", "4", &GLUCOSE_LIMITS, Green),
        ("on-the-upper-bound", "10", &GLUCOSE_LIMITS, Green),
    ];
    for ((name, value, limits, zone), days_before) in plain.into_iter().zip(7..) {
        let reading = glucose(script, name, days_before, value).limits(limits);
        script.reading(reading, value, zone);
    }
    let noted = [
        (
            "reversed-limit",
            "6.5",
            &[limit("N", "10.0", "4.0")][..],
            Unknown,
            LimitReversed,
        ),
        (
            "overlapping-limits",
            "9.7",
            &[NORMAL, limit("H", "9.5", "13.9")],
            YellowHigh,
            LimitOverlap,
        ),
        // Both bounds are inclusive, so the value is in both.
        (
            "touching-limits",
            "10",
            &[NORMAL, limit("H", "10.0", "13.9")],
            YellowHigh,
            LimitOverlap,
        ),
        (
            "unknown-limit-type",
            "6.6",
            &[
                NORMAL,
                limit_in("https://leverandor.example/limits", "panic", "25.0", ""),
            ],
            Green,
            UnknownLimitType,
        ),
    ];
    for ((name, value, limits, zone, note), days_before) in noted.into_iter().zip(24..) {
        let reading = glucose(script, name, days_before, value).limits(limits);
        script.noted(reading, value, zone, &[note]);
    }

    let mut reading = glucose(script, "limit-without-bounds", 28, "6.4").limits(&[NORMAL]);
    if let Some(ranges) = reading.json["referenceRange"].as_array_mut() {
        ranges.push(json!({
            "type": { "coding": [{ "system": INTERPRETATION, "code": "H" }] },
            "text": "Etter legens skjønn",
        }));
    }
    script.noted(reading, "6.4", Green, &[LimitWithoutBounds]);
    let reading = glucose(script, "interpretation-disagrees", 29, "6.3").limits(&GLUCOSE_LIMITS);
    script.noted(
        reading.interpretation("H"),
        "6.3",
        Green,
        &[InterpretationDisagrees],
    );
    let reading = glucose(script, "interpretation-agrees", 30, "10.9").limits(&GLUCOSE_LIMITS);
    script.reading(reading.interpretation("H"), "10.9", YellowHigh);
    pressures(script);
}

fn glucose(script: &Script, name: &str, days_before: i32, value: &str) -> Observation {
    script
        .named(name, &GLUCOSE, &script.calendar.at(days_before, clock(18, 0)))
        .value(value)
}

/// Blood pressure where only the systolic pressure has limits: the more severe component decides, and
/// "no limit" is more severe than green.
fn pressures(script: &mut Script) {
    let systolic = [limit("N", "100", "140"), limit("H", "141", "160")];
    for (name, days_before, value, zone) in [
        ("limits-for-systolic-only-green", 4, (122, 80), NoLimit),
        ("limits-for-systolic-only-yellow", 3, (145, 85), YellowHigh),
    ] {
        let when = script.calendar.at(days_before, clock(9, 0));
        let reading = script
            .named(name, &BLOOD_PRESSURE, &when)
            .pressure((value.0, &systolic), (value.1, &[]));
        script.reading(reading, &format!("{}/{}", value.0, value.1), zone);
    }
    let when = script.calendar.at(2, clock(9, 0));
    let reading = script
        .named("implausible-diastolic", &BLOOD_PRESSURE, &when)
        .pressure((130, &systolic), (250, &[]));
    script.implausible(reading, "130/250");
}
