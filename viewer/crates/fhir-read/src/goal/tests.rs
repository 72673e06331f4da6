//! Limits in goals, each rule as a row.

use super::*;
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

fn read_goal(goal: &Value) -> (Vec<GoalLimits>, Vec<FindingKind>) {
    let text = goal.to_string();
    let sent = RawResource {
        kind: "Goal".to_owned(),
        id: "1".to_owned(),
        json: text.as_bytes(),
    };
    let mut findings = Vec::new();
    let limits = read(&sent, "7", &mut Interner::default(), &mut findings);
    (limits, findings.iter().map(|finding| finding.kind).collect())
}

fn of_targets(targets: &[Value]) -> (Vec<GoalLimits>, Vec<FindingKind>) {
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
    assert_eq!(read_goal(&goal), (vec![], vec![FindingKind::OtherPatient]));
}

#[test]
fn limits_hold_from_their_last_change() {
    let check = |version: Value, updated: Value, start: Value, since: Option<&str>| {
        let goal = json!({
            "meta": { "versionId": version, "lastUpdated": updated }, "startDate": start,
            "target": [target("2708-6", LIMIT_ZONE, Some("N"), 90, 100)],
        });
        let expected = since.map_or(i64::MAX, |text| ClinicalTime::parse(text).unwrap().start_ms());
        assert_eq!(read_goal(&goal).0[0].since, expected, "{goal}");
    };
    let (updated, start) = ("2026-09-03T08:12:00Z", "2026-08-01");
    check(json!("1"), json!(updated), json!(start), Some(start));
    check(json!("1"), json!(updated), json!(null), Some(updated));
    check(json!("2"), json!(updated), json!(start), Some(updated));
    check(json!("a-uuid"), json!(updated), json!(start), Some(updated));
    check(json!(null), json!(null), json!(start), Some(start));
    check(json!(null), json!(null), json!(null), None);
}
