//! Limits in goals, each rule as a row.

use super::*;
use crate::limit_version::{Span, spans};
use chart_model::{Decimal, Zone};
use serde_json::{Value, json};

const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

fn target(code: &str, url: &str, zone: Option<&str>, low: i64, high: i64) -> Value {
    let mut target = json!({
        "measure": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "detailRange": { "low": { "value": low, "unit": "%" }, "high": { "value": high, "unit": "%" } },
    });
    if let Some(zone) = zone {
        target["extension"] = json!([{ "url": url,
            "valueCodeableConcept": { "coding": [{ "system": V3, "code": zone }] } }]);
    }
    target
}

/// What one version of a goal comes to by itself.
fn read_goal(goal: &Value) -> (Vec<Span>, Vec<FindingKind>) {
    let mut findings = Vec::new();
    let version = read_version(goal, false, &mut findings);
    let kinds = findings.iter().map(|finding| finding.kind).collect();
    (spans(version.into_iter().collect()), kinds)
}

fn read_version(goal: &Value, among_all_versions: bool, findings: &mut Vec<Finding>) -> Option<LimitVersion> {
    let text = goal.to_string();
    let sent = RawResource {
        kind: "Goal".to_owned(),
        id: "1".to_owned(),
        json: text.as_bytes(),
        among_all_versions,
    };
    let names = [("Practitioner/1", "Sol Legesen")];
    read(&sent, "7", &names, &mut Interner::default(), findings)
}

fn of_targets(targets: &[Value]) -> (Vec<Span>, Vec<FindingKind>) {
    read_goal(&json!({ "lifecycleStatus": "active", "target": targets }))
}

#[test]
fn targets_of_one_measure_make_one_set() {
    let (limits, findings) = of_targets(&[
        target("2708-6", LIMIT_ZONE, Some("N"), 90, 100),
        target("2708-6", "https://vendor.example/zone", Some("L"), 87, 90),
        target("2708-6", LIMIT_ZONE, Some("LL"), 0, 87),
    ]);
    assert_eq!((limits.len(), findings.len()), (1, 0));
    for (value, zone) in [(95, Zone::Green), (88, Zone::YellowLow), (80, Zone::RedLow)] {
        assert_eq!(limits[0].set.classify(Decimal::new(value, 0)).zone, zone);
    }
}

#[test]
fn a_plain_target_is_the_green_range_only() {
    let (limits, _) = of_targets(&[target("2708-6", "", None, 90, 100)]);
    assert_eq!(limits[0].set.classify(Decimal::new(95, 0)).zone, Zone::Green);
    assert_eq!(limits[0].set.classify(Decimal::new(80, 0)).zone, Zone::Unknown);
}

#[test]
fn what_cannot_be_read_gives_no_zone_and_is_said() {
    let mut in_kilopascal = target("2708-6", LIMIT_ZONE, Some("N"), 90, 100);
    in_kilopascal["detailRange"]["low"]["unit"] = json!("kPa");
    let mut no_range = target("2708-6", LIMIT_ZONE, Some("N"), 90, 100);
    no_range["detailRange"] = json!(null);
    let mut no_unit = target("2708-6", LIMIT_ZONE, Some("N"), 90, 100);
    no_unit["detailRange"] = json!({ "low": { "value": 90 } });
    for (target, problem) in [
        (
            target("2708-6", LIMIT_ZONE, Some("XX"), 90, 100),
            FindingKind::UnknownLimitType,
        ),
        (
            target("2708-6", LIMIT_ZONE, Some("N"), 100, 90),
            FindingKind::LimitReversed,
        ),
        (in_kilopascal, FindingKind::LimitUnit),
        (no_range, FindingKind::LimitWithoutBounds),
        (no_unit, FindingKind::LimitUnit),
    ] {
        let (limits, findings) = of_targets(&[target]);
        assert_eq!(limits[0].set.classify(Decimal::new(95, 0)).zone, Zone::Unknown);
        assert_eq!(findings, [problem]);
    }
    let (limits, findings) = of_targets(&[target("85354-9", LIMIT_ZONE, Some("N"), 90, 140)]);
    assert!(limits.is_empty());
    assert_eq!(findings, [FindingKind::UnknownLimitType]);
}

#[test]
fn a_goal_in_words_or_not_in_force_sets_no_limits() {
    let words = json!({ "target": [{ "detailString": "gå til butikken" }] });
    assert_eq!(read_goal(&words), (vec![], vec![]));
    let mut goal = json!({ "target": [target("2708-6", LIMIT_ZONE, Some("N"), 90, 100)] });
    assert_eq!(read_goal(&goal).0.len(), 1);
    goal["lifecycleStatus"] = json!("cancelled");
    assert_eq!(read_goal(&goal), (vec![], vec![]));
    goal["subject"] = json!({ "reference": "Patient/8" });
    assert_eq!(read_goal(&goal), (vec![], vec![FindingKind::PlanOfOtherPatient]));
}

#[test]
fn limits_hold_from_their_last_change() {
    let check = |version: Value, updated: Value, start: Value, since: Option<&str>| {
        let goal = json!({
            "meta": { "versionId": version, "lastUpdated": updated }, "startDate": start,
            "target": [target("2708-6", LIMIT_ZONE, Some("N"), 90, 100)],
        });
        let expected = since.map_or(i64::MAX, |text| ClinicalTime::parse(text).unwrap().start_ms());
        assert_eq!(read_goal(&goal).0[0].from, expected, "{goal}");
    };
    let (updated, start) = ("2026-09-03T08:12:00Z", "2026-08-01");
    check(json!("1"), json!(updated), json!(start), Some(start));
    check(json!("1"), json!(updated), json!(null), Some(updated));
    check(json!("2"), json!(updated), json!(start), Some(updated));
    check(json!("a-uuid"), json!(updated), json!(start), Some(updated));
    check(json!(null), json!(null), json!(start), Some(start));
    check(json!(null), json!(null), json!(null), None);
}

/// The spans of versions `(versionId, lastUpdated, status, lowest SpO₂)` as `from–to low author`.
fn check_versions(versions: &[(&str, &str, &str, i64)], among_all: bool, expected: &[&str]) {
    let versions = versions.iter().filter_map(|(version, updated, status, low)| {
        let goal = json!({
            "meta": { "versionId": version, "lastUpdated": updated }, "lifecycleStatus": status,
            "startDate": "2026-08-01", "expressedBy": { "reference": "Practitioner/1" },
            "target": [target("2708-6", LIMIT_ZONE, Some("N"), *low, 100)],
        });
        read_version(&goal, among_all, &mut Vec::new())
    });
    let day = |at: i64| match at {
        i64::MAX => String::new(),
        at => chart_model::oslo::to_fhir(at).chars().skip(5).take(5).collect(),
    };
    let said = spans(versions.collect()).into_iter().map(|span| {
        let low = span.set.green().and_then(|green| green.low).unwrap();
        let known = if span.follows_unknown { "after unknown" } else { "" };
        assert_eq!(span.author.as_deref(), Some("Sol Legesen"));
        format!("{}–{} {low} {known}", day(span.from), day(span.to))
            .trim_end()
            .to_owned()
    });
    assert_eq!(said.collect::<Vec<_>>(), expected, "{among_all}");
}

#[test]
fn a_version_holds_until_the_next_one() {
    let versions = [
        ("3", "2026-10-01T08:00:00Z", "active", 92),
        ("1", "2026-08-05T08:00:00Z", "active", 88),
        ("2", "2026-09-01T08:00:00Z", "active", 90),
    ];
    check_versions(
        &versions,
        false,
        &["08-01–09-01 88", "09-01–10-01 90", "10-01– 92"],
    );
    let [newest, oldest, _] = versions;
    check_versions(&[newest], false, &["10-01– 92 after unknown"]);
    check_versions(
        &[newest, newest, oldest, oldest],
        true,
        &["08-01–10-01 88", "10-01– 92"],
    );
}

#[test]
fn a_goal_that_is_ended_ends_its_limits_and_one_in_error_never_had_any() {
    let active = |version, updated, low| (version, updated, "active", low);
    let first = active("1", "2026-08-05T08:00:00Z", 88);
    for status in ["completed", "cancelled", "on-hold", "rejected"] {
        check_versions(
            &[first, ("2", "2026-09-01T08:00:00Z", status, 88)],
            true,
            &["08-01–09-01 88"],
        );
    }
    let again = active("3", "2026-10-01T08:00:00Z", 90);
    let stopped = ("2", "2026-09-01T08:00:00Z", "on-hold", 88);
    check_versions(&[first, stopped, again], true, &["08-01–09-01 88", "10-01– 90"]);
    check_versions(
        &[first, ("2", "2026-09-01T08:00:00Z", "entered-in-error", 88)],
        true,
        &[],
    );
    check_versions(
        &[
            first,
            ("2", "2026-09-01T08:00:00Z", "entered-in-error", 88),
            again,
        ],
        true,
        &["08-01–09-01 88", "10-01– 90"],
    );
}

#[test]
fn a_version_without_a_number_is_the_first_only_in_a_whole_history() {
    let versions = [
        ("a1b2", "2026-08-05T08:00:00Z", "active", 88),
        ("c3d4", "2026-09-01T08:00:00Z", "active", 90),
    ];
    check_versions(&versions, true, &["08-01–09-01 88", "09-01– 90"]);
    check_versions(&versions, false, &["08-05–09-01 88 after unknown", "09-01– 90"]);
    // Cut off: the oldest that came is not the first.
    check_versions(
        &[("4", "2026-08-05T08:00:00Z", "active", 88)],
        true,
        &["08-05– 88 after unknown"],
    );
}
