//! Limits in requests, each rule as a row.

use super::*;
use crate::limit_version::{Span, spans};
use chart_model::{Decimal, Zone};
use serde_json::{Value, json};

const DANISH: &str = "http://ehealth.sundhed.dk/cs/reference-range-type";
const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

/// `GAL 86-89 %`: type, bounds (either may be missing) and unit.
fn range(text: &str) -> Value {
    let mut words = text.split(' ');
    let (kind, bounds) = (words.next().unwrap(), words.next().unwrap());
    let unit = words.next();
    let (low, high) = bounds.split_once('-').unwrap();
    let mut parts = Vec::new();
    for (name, bound) in [("low", low), ("high", high)] {
        if let Ok(value) = bound.parse::<i64>() {
            parts.push(json!({ "url": name, "valueQuantity": { "value": value, "unit": unit } }));
        }
    }
    if kind != "none" {
        let system = if ["GAL", "RAL"].contains(&kind) {
            DANISH
        } else {
            V3
        };
        let coding = json!({ "coding": [{ "system": system, "code": kind }] });
        parts.push(json!({ "url": "type", "valueCodeableConcept": coding }));
    }
    json!({ "url": REFERENCE_RANGE, "extension": parts })
}

fn request(ranges: &[&str], changes: Value) -> Value {
    let ranges: Vec<Value> = ranges.iter().map(|text| range(text)).collect();
    let mut request = json!({
        "resourceType": "ServiceRequest", "id": "1", "status": "active", "intent": "plan",
        "meta": { "versionId": "1", "lastUpdated": "2026-09-03T08:12:00Z" },
        "extension": ranges,
        "code": { "coding": [{ "system": "urn:oid:1.2.208.176.2.1", "code": "NPU03011" }] },
        "subject": { "reference": "Patient/7" },
        "authoredOn": "2026-09-01T10:00:00Z",
        "requester": { "reference": "Practitioner/1", "display": "Sol Legesen" },
    });
    for (field, value) in changes.as_object().unwrap() {
        request[field] = value.clone();
    }
    request
}

fn read_request(request: &Value) -> (Vec<Span>, Vec<FindingKind>) {
    let text = request.to_string();
    let sent = RawResource {
        kind: "ServiceRequest".to_owned(),
        id: "1".to_owned(),
        json: text.as_bytes(),
        among_all_versions: false,
    };
    let mut findings = Vec::new();
    let version = read(&sent, "7", "plan", &mut Interner::default(), &mut findings);
    let kinds = findings.iter().map(|finding| finding.kind).collect();
    (spans(version.into_iter().collect()), kinds)
}

/// The zones that a request gives to values of SpO₂.
#[track_caller]
fn check(ranges: &[&str], zones: &[(i64, Zone)], problems: &[FindingKind]) {
    let (spans, findings) = read_request(&request(ranges, json!({})));
    assert_eq!(findings, problems, "{ranges:?}");
    assert_eq!(spans.is_empty(), zones.is_empty(), "{ranges:?}");
    for (value, zone) in zones {
        assert_eq!(
            spans[0].set.classify(Decimal::new(*value, 0)).zone,
            *zone,
            "{ranges:?} {value}"
        );
    }
}

#[test]
fn ranges_of_a_request_make_one_set() {
    check(
        &["GAL 86-89 %", "RAL -85 %"],
        &[
            (95, Zone::Unknown),
            (89, Zone::YellowLow),
            (86, Zone::YellowLow),
            (85, Zone::RedLow),
            (60, Zone::RedLow),
        ],
        &[],
    );
    check(
        &["N 90- %", "L 86-89 %", "LL -85 %"],
        &[(99, Zone::Green), (88, Zone::YellowLow), (80, Zone::RedLow)],
        &[],
    );
}

#[test]
fn what_cannot_be_read_gives_no_zone_and_is_said() {
    let unknown = &[(88, Zone::Unknown)];
    check(&["GAL 89-86 %"], unknown, &[FindingKind::LimitReversed]);
    check(&["GAL 86-89"], unknown, &[FindingKind::LimitUnit]);
    check(&["GAL 86-89 kPa"], unknown, &[FindingKind::LimitUnit]);
    check(&["GAL - %"], unknown, &[FindingKind::LimitWithoutBounds]);
    check(&["XX 86-89 %"], unknown, &[FindingKind::UnknownLimitType]);
    check(
        &["N 90- %", "GAL 89-86 %"],
        unknown,
        &[FindingKind::LimitReversed],
    );
}

#[test]
fn a_range_for_everybody_is_no_limit_of_this_patient() {
    check(&["none 90-100 %"], &[], &[]);
    check(&[], &[], &[]);
}

#[test]
fn a_request_counts_only_if_it_is_in_force_and_of_this_plan_and_patient() {
    for (changes, count, problems) in [
        (json!({}), 1, &[][..]),
        (json!({ "status": null }), 1, &[]),
        (json!({ "status": "revoked" }), 0, &[]),
        (json!({ "status": "draft" }), 0, &[]),
        (json!({ "status": "on-hold" }), 0, &[]),
        (json!({ "status": "entered-in-error" }), 0, &[]),
        (json!({ "intent": "proposal" }), 0, &[]),
        (json!({ "basedOn": [{ "reference": "CarePlan/plan" }] }), 1, &[]),
        (json!({ "basedOn": [{ "reference": "CarePlan/other" }] }), 0, &[]),
        (
            json!({ "basedOn": [{ "reference": "ServiceRequest/9" }] }),
            1,
            &[],
        ),
        (
            json!({ "subject": { "reference": "Patient/8" } }),
            0,
            &[FindingKind::PlanOfOtherPatient],
        ),
        (json!({ "code": null }), 0, &[FindingKind::UnknownLimitType]),
        (
            json!({ "code": { "coding": [{ "system": "http://loinc.org", "code": "85354-9" }] } }),
            0,
            &[FindingKind::UnknownLimitType],
        ),
    ] {
        let (spans, findings) = read_request(&request(&["GAL 86-89 %"], changes.clone()));
        assert_eq!((spans.len(), &*findings), (count, problems), "{changes}");
    }
}

#[test]
fn limits_of_a_request_hold_from_its_start_or_its_last_change() {
    let (authored, updated) = ("2026-09-01T10:00:00Z", "2026-09-03T08:12:00Z");
    let later = "2026-09-05T00:00:00Z";
    let version = |id: &str| json!({ "versionId": id, "lastUpdated": updated });
    for (changes, since, follows_unknown) in [
        (json!({}), Some(authored), false),
        (
            json!({ "occurrencePeriod": { "start": later } }),
            Some(later),
            false,
        ),
        (json!({ "occurrenceDateTime": later }), Some(later), false),
        // Written afterwards: nothing was classed by it before.
        (
            json!({ "occurrenceDateTime": "2020-01-01" }),
            Some(authored),
            false,
        ),
        (json!({ "authoredOn": null }), Some(updated), false),
        (json!({ "meta": version("2") }), Some(updated), true),
        (json!({ "meta": version("a-uuid") }), Some(updated), true),
        (json!({ "meta": null }), Some(authored), false),
        (json!({ "meta": null, "authoredOn": null }), None, false),
    ] {
        let (spans, _) = read_request(&request(&["GAL 86-89 %"], changes.clone()));
        let expected = since.map_or(i64::MAX, |text| ClinicalTime::parse(text).unwrap().start_ms());
        assert_eq!(
            (spans[0].from, spans[0].follows_unknown),
            (expected, follows_unknown),
            "{changes}"
        );
        assert_eq!(spans[0].author.as_deref(), Some("Sol Legesen"));
    }
}
