//! Limits on readings, each rule as a row.

use super::*;
use chart_model::{Known, Zone};
use serde_json::{Value, json};

const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

fn typed(system: &str, code: &str, low: Option<f64>, high: Option<f64>, unit: &str) -> Value {
    let mut range = json!({ "type": { "coding": [{ "system": system, "code": code }] } });
    let quantity = |value: f64| json!({ "value": value, "unit": unit });
    if let Some(low) = low {
        range["low"] = quantity(low);
    }
    if let Some(high) = high {
        range["high"] = quantity(high);
    }
    range
}

fn read(known: Known, ranges: &Value, unit: &str) -> (Option<Rc<RangeSet>>, Vec<FindingKind>) {
    let text = ranges.to_string();
    let ranges = Raw::of(Some(&text));
    let mut remarks = Vec::new();
    let set = of_reading(
        &ranges,
        &known.into(),
        unit,
        &mut Interner::default(),
        &mut remarks,
    );
    (set, remarks)
}

fn check(known: Known, ranges: &Value, value: &str, zone: Zone, remarks: &[FindingKind]) {
    let (set, said) = read(known, ranges, known.spec().unit);
    let zone_read = set.map(|set| set.classify(Decimal::parse(value).unwrap()).zone);
    assert_eq!(zone_read, Some(zone), "{ranges} {value}");
    assert_eq!(said, remarks, "{ranges}");
}

#[test]
fn every_type_of_the_table_gives_its_zone() {
    let danish = "urn:oid:1.2.208.184.100.1";
    let ehealth = "http://ehealth.sundhed.dk/cs/reference-range-type";
    let meaning = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
    for (system, code, zone) in [
        (V3, "N", Zone::Green),
        (V3, "L", Zone::YellowLow),
        (V3, "H", Zone::YellowHigh),
        (V3, "A", Zone::YellowHigh),
        (V3, "LL", Zone::RedLow),
        (V3, "HH", Zone::RedHigh),
        (V3, "AA", Zone::RedHigh),
        (danish, "GAL", Zone::YellowHigh),
        (danish, "RAL", Zone::RedHigh),
        (ehealth, "GAL", Zone::YellowHigh),
        (ehealth, "RAL", Zone::RedHigh),
        (meaning, "normal", Zone::NoLimit),
    ] {
        let ranges = json!([typed(system, code, Some(80.0), None, "/min")]);
        check(Known::Pulse, &ranges, "90", zone, &[]);
    }
    check(
        Known::Pulse,
        &json!([{ "low": { "value": 50 } }]),
        "90",
        Zone::NoLimit,
        &[],
    );
}

#[test]
fn a_range_for_people_of_some_age_or_kind_is_no_limit_of_this_patient() {
    for (field, value) in [
        ("age", json!({ "low": { "value": 18 } })),
        ("appliesTo", json!([{ "text": "Gravide" }])),
    ] {
        let mut range = typed(V3, "HH", Some(80.0), None, "/min");
        range[field] = value;
        check(Known::Pulse, &json!([range]), "90", Zone::NoLimit, &[]);
    }
}

#[test]
fn limits_are_converted_and_rounded_like_the_value() {
    let ranges = json!([typed(V3, "N", Some(70.0), Some(180.0), "mg/dL")]);
    for (value, zone) in [
        ("3.8", Zone::Unknown),
        ("3.9", Zone::Green),
        ("10.0", Zone::Green),
        ("10.1", Zone::Unknown),
    ] {
        check(Known::Glucose, &ranges, value, zone, &[]);
    }
}

#[test]
fn a_bound_without_a_unit_is_in_the_unit_of_the_reading() {
    let ranges = json!([{ "low": { "value": 100 }, "high": { "value": 200 } }]);
    let (set, remarks) = read(Known::Weight, &ranges, "[lb_av]");
    let bounds = set.unwrap().ranges[0].bounds;
    assert_eq!(
        (bounds.low.unwrap().to_string(), bounds.high.unwrap().to_string()),
        ("45.4".to_owned(), "90.7".to_owned())
    );
    assert!(remarks.is_empty());
}

/// Beside a green range from 88.
fn check_beside_green(broken: Value, value: &str, zone: Zone, remark: FindingKind) {
    let green = typed(V3, "N", Some(88.0), None, "%");
    check(Known::Spo2, &json!([green, broken]), value, zone, &[remark]);
}

#[test]
fn limits_that_contradict_themselves_or_cannot_be_compared_give_no_zone() {
    for (broken, remark) in [
        (
            typed(V3, "N", Some(95.0), Some(90.0), "%"),
            FindingKind::LimitReversed,
        ),
        (typed(V3, "H", Some(9.0), None, "kPa"), FindingKind::LimitUnit),
        (
            json!({ "low": { "value": "88" }, "high": { "value": 90 } }),
            FindingKind::LimitWithoutBounds,
        ),
    ] {
        check_beside_green(broken, "91", Zone::Unknown, remark);
    }
}

#[test]
fn inside_a_range_of_unknown_type_there_is_no_zone_outside_the_others_count() {
    for broken in [
        typed(V3, "XX", Some(95.0), None, "%"),
        typed("urn:x", "N", Some(95.0), None, "%"),
        json!({ "type": { "text": "gul" }, "low": { "value": 95 } }),
    ] {
        check_beside_green(broken.clone(), "91", Zone::Green, FindingKind::UnknownLimitType);
        check_beside_green(broken, "95", Zone::Unknown, FindingKind::UnknownLimitType);
    }
}

#[test]
fn a_range_without_bounds_holds_no_value_and_is_remarked() {
    for broken in [typed(V3, "H", None, None, "%"), json!("88-90"), json!({})] {
        check_beside_green(broken, "91", Zone::Green, FindingKind::LimitWithoutBounds);
    }
    let alone = json!([typed(V3, "H", None, None, "%")]);
    check(
        Known::Spo2,
        &alone,
        "91",
        Zone::Unknown,
        &[FindingKind::LimitWithoutBounds],
    );
}

#[test]
fn no_ranges_and_ranges_in_words_are_no_limits() {
    assert_eq!(read(Known::Spo2, &json!([]), "%"), (None, vec![]));
    assert_eq!(
        read(Known::Spo2, &json!([{ "text": "negativ" }]), "%"),
        (None, vec![])
    );
}

#[test]
fn a_limit_in_the_same_unknown_unit_as_the_value_is_said_once() {
    let text = json!([{ "low": { "value": 13 } }]).to_string();
    let ranges = Raw::of(Some(&text));
    let mut remarks = vec![FindingKind::UnknownUnit];
    let weight = Known::Weight.into();
    let set = of_reading(&ranges, &weight, "stone", &mut Interner::default(), &mut remarks);
    assert_eq!(set.unwrap().problem, Some(FindingKind::LimitUnit));
    assert_eq!(remarks, [FindingKind::UnknownUnit]);
}
