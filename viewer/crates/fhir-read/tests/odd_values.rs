//! Numbers and values as no source should send them, each from the text of a Bundle to the line that is shown.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod common;

use common::*;
use serde_json::{Value, json};

/// The text of a number as it stands in JSON, which `serde_json` would not keep.
#[track_caller]
fn check_number(value: &str, expected: &str) {
    let text = reading("1", AT, 91.0, json!({})).to_string();
    assert!(text.contains(r#""value":91.0"#), "{text}");
    let text = text.replace(r#""value":91.0"#, &format!(r#""value":{value}"#));
    let seen = see_pages(&[format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{text}}}]}}"#
    )]);
    let said: Vec<String> = seen
        .lines()
        .into_iter()
        .chain(seen.findings().into_iter().map(str::to_owned))
        .collect();
    assert_eq!(said, [expected], "{value}");
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    for (value, expected) in [
        ("91.00", "spo2 91 % no-limit"),
        ("9.1e1", "spo2 91 % no-limit"),
        ("9.1E+1", "spo2 91 % no-limit"),
        ("0.0091e4", "spo2 91 % no-limit"),
        ("90.500000000000000000000000000001", "spo2 91 % no-limit"),
        ("90.499999999999999999999999999999", "spo2 90 % no-limit"),
        ("90.5", "spo2 91 % no-limit"),
        ("-0", "spo2 0 % no-limit implausible"),
        ("-0.0", "spo2 0 % no-limit implausible"),
        ("-91", "spo2 -91 % no-limit implausible"),
        ("1e400", "value-not-a-number"),
        ("\"91\"", "value-not-a-number"),
        ("true", "value-not-a-number"),
    ] {
        check_number(value, expected);
    }
}

#[test]
fn values_of_other_types_are_findings_and_never_made_up() {
    let instead = |field: &str, value: Value| {
        let mut changes = json!({ "valueQuantity": null });
        changes[field] = value;
        changes
    };
    for (changes, expected) in [
        (
            instead("valueInteger", json!(91)),
            "spo2 91  unknown missing-unit",
        ),
        (
            instead("valueSampledData", json!({ "data": "91 92" })),
            "finding value-not-a-number",
        ),
        (
            instead("valueString", json!("91 %")),
            "finding value-not-a-number",
        ),
        (
            instead("valueRange", json!({ "low": { "value": 90 } })),
            "finding value-not-a-number",
        ),
        (
            instead("valueCodeableConcept", json!({ "text": "lav" })),
            "finding value-not-a-number",
        ),
        (
            instead("dataAbsentReason", json!({ "text": "glemt" })),
            "excluded no-value",
        ),
        (instead("note", json!([])), "finding missing-value"),
        (
            json!({ "valueQuantity": { "value": 91, "comparator": "<", "unit": "%" } }),
            "spo2 <91 % no-limit",
        ),
        (
            json!({ "valueQuantity": { "value": 91 } }),
            "spo2 91  unknown missing-unit",
        ),
        (
            json!({ "valueQuantity": { "value": 0.91, "unit": "1", "code": "1" } }),
            "spo2 0.91 1 unknown unknown-unit",
        ),
    ] {
        check(changes, expected);
    }
    let bound = json!({ "valueQuantity": { "value": 91, "comparator": "<", "unit": "%" },
        "referenceRange": [range("LL", "", "91", "%")] });
    check(bound, "spo2 <91 % red-low");
}
