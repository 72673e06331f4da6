//! Which plan counts, and what is taken from it.

use super::*;
use chart_model::{Known, Zone};
use serde_json::{Value, json};

fn bundle_of(kind: &str, resources: &[Value]) -> String {
    let entries: Vec<Value> = resources.iter().map(|r| json!({ "resource": r })).collect();
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries }).to_string()
}

fn read(resources: &[Value]) -> PlanReading {
    read_plan(&[bundle_of("searchset", resources).as_bytes()], "7").unwrap()
}

fn plan(id: &str, changes: Value) -> Value {
    let mut plan = json!({
        "resourceType": "CarePlan", "id": id, "status": "active",
        "meta": { "versionId": "3", "lastUpdated": "2026-09-03T08:12:00Z" },
        "subject": { "reference": "Patient/7" },
    });
    for (field, value) in changes.as_object().unwrap() {
        plan[field] = value.clone();
    }
    plan
}

fn self_treatment() -> Value {
    json!([{ "coding": [{ "system": PLAN_CATEGORY.0, "code": PLAN_CATEGORY.1 }] }])
}

fn goal(id: &str, code: &str, low: i64, updated: &str) -> Value {
    json!({
        "resourceType": "Goal", "id": id, "lifecycleStatus": "active",
        "meta": { "versionId": "2", "lastUpdated": updated },
        "target": [{
            "measure": { "coding": [{ "system": "http://loinc.org", "code": code }] },
            "detailRange": { "low": { "value": low, "unit": "mmHg" } },
        }],
    })
}

fn kinds(reading: &PlanReading) -> Vec<FindingKind> {
    reading.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn the_active_self_treatment_plan_is_the_plan() {
    let reading = read(&[
        plan("other", json!({})),
        plan(
            "zone",
            json!({ "partOf": [{ "reference": "CarePlan/ebp" }], "category": self_treatment() }),
        ),
        plan(
            "old",
            json!({ "status": "revoked", "category": self_treatment() }),
        ),
        plan(
            "ebp",
            json!({ "category": self_treatment(), "author": { "display": "Sol Legesen" } }),
        ),
    ]);
    let plan = reading.plan.as_ref().unwrap();
    assert_eq!((plan.id.as_str(), plan.version.as_str()), ("ebp", "3"));
    assert_eq!(plan.author.as_deref(), Some("Sol Legesen"));
    assert_eq!(
        plan.updated.as_ref().map(ClinicalTime::text),
        Some("2026-09-03T08:12:00Z")
    );
    assert!(reading.findings.is_empty());
}

#[test]
fn without_a_self_treatment_plan_any_active_one_will_do() {
    assert_eq!(read(&[plan("a", json!({}))]).plan.unwrap().id, "a");
    assert_eq!(read(&[plan("a", json!({ "status": "draft" }))]).plan, None);
    assert_eq!(read(&[]), PlanReading::default());
}

#[test]
fn of_several_plans_the_one_last_updated_counts_and_it_is_said() {
    let newer = json!({ "meta": { "lastUpdated": "2026-10-01T08:00:00Z" } });
    let reading = read(&[
        plan("a", json!({})),
        plan("b", newer),
        plan("c", json!({ "meta": {} })),
    ]);
    assert_eq!(reading.plan.as_ref().unwrap().id, "b");
    assert_eq!(kinds(&reading), [FindingKind::PlanConflict]);
}

#[test]
fn a_plan_of_another_patient_is_refused() {
    let reading = read(&[plan("a", json!({ "subject": { "reference": "Patient/8" } }))]);
    assert_eq!(reading.plan, None);
    assert_eq!(kinds(&reading), [FindingKind::PlanOfOtherPatient]);
}

#[test]
fn both_parts_of_a_blood_pressure_make_one_entry() {
    let goals = json!({ "goal": [{ "reference": "Goal/s" }, { "reference": "Goal/d/_history/2" }] });
    let reading = read(&[
        plan("a", goals),
        goal("s", "8480-6", 90, "2026-09-01T00:00:00Z"),
        goal("d", "8462-4", 50, "2026-09-02T00:00:00Z"),
    ]);
    let limits = &reading.plan.as_ref().unwrap().limits;
    assert_eq!(limits.len(), 1);
    assert_eq!(limits[0].parameter, Known::BloodPressure.into());
    let [alone, both] = &limits[0].eras[..] else {
        panic!("two eras: {:?}", limits[0].eras)
    };
    assert!(alone.sets[1].is_none());
    let lows = both.sets.each_ref().map(|set| set.as_ref()?.green()?.low);
    assert_eq!(lows.map(|low| low.unwrap().to_string()), ["90", "50"]);
    let since = ClinicalTime::parse("2026-09-02T00:00:00Z").unwrap();
    assert_eq!((alone.to, both.from), (since.start_ms(), since.start_ms()));
    assert!(reading.findings.is_empty());
}

#[test]
fn of_two_goals_for_one_number_the_newer_counts_whole() {
    let goals = json!({ "goal": [{ "reference": "Goal/1" }, { "reference": "Goal/2" }] });
    let reading = read(&[
        plan("a", goals),
        goal("1", "8480-6", 90, "2026-09-03T00:00:00Z"),
        goal("2", "8480-6", 95, "2026-09-02T00:00:00Z"),
    ]);
    let limits = &reading.plan.as_ref().unwrap().limits;
    let set = limits[0].current().unwrap().sets[0].as_ref().unwrap();
    assert_eq!(set.ranges.len(), 1);
    assert_eq!(set.classify(chart_model::Decimal::new(90, 0)).zone, Zone::Green);
    assert_eq!(kinds(&reading), [FindingKind::PlanConflict]);
}

#[test]
fn a_goal_that_did_not_come_along_is_named() {
    let reading = read(&[plan("a", json!({ "goal": [{ "reference": "Goal/1" }] }))]);
    assert_eq!(reading.missing_goals, ["1"]);
    assert_eq!(reading.findings[0].resource, "Goal/1");
}

#[test]
fn planned_intervals_come_from_the_timing() {
    let activity = |code: &str, repeat: Value, status: &str| {
        json!({ "detail": { "status": status,
            "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
            "scheduledTiming": { "repeat": repeat } } })
    };
    let day = 86_400_000;
    let repeat = |frequency: i64, period: f64, unit: &str| json!({ "frequency": frequency, "period": period, "periodUnit": unit });
    let reading = read(&[plan(
        "a",
        json!({ "activity": [
            activity("2708-6", repeat(4, 1.0, "d"), "in-progress"),
            activity("8462-4", repeat(1, 2.0, "wk"), "scheduled"),
            activity("29463-7", json!({ "period": 1, "periodUnit": "d" }), ""),
            activity("29463-7", repeat(1, 7.0, "d"), ""),
            activity("8310-5", repeat(1, 1.0, "d"), "stopped"),
            activity("8867-4", repeat(0, 1.0, "d"), ""),
            activity("9279-1", repeat(1, 1.0, "fortnight"), ""),
            { "detail": { "description": "Ta medisinen" } },
            { "reference": { "reference": "ServiceRequest/1" } },
        ] }),
    )]);
    let plan = reading.plan.unwrap();
    assert_eq!(
        plan.intervals,
        [
            (Known::Spo2.into(), day / 4),
            (Known::BloodPressure.into(), 14 * day),
            (Known::Weight.into(), day),
        ]
    );
}

#[test]
fn limits_of_a_goal_that_was_replaced_held_until_it_ended() {
    let mut old = goal("old", "8480-6", 90, "2026-09-20T00:00:00Z");
    old["lifecycleStatus"] = json!("completed");
    old["statusDate"] = json!("2026-09-10");
    let mut first = goal("old", "8480-6", 90, "2026-08-01T00:00:00Z");
    first["meta"]["versionId"] = json!("1");
    let new = goal("new", "8480-6", 95, "2026-09-10T08:00:00Z");
    let other = goal("other", "8480-6", 100, "2026-10-10T08:00:00Z");
    let goals = json!({ "goal": [{ "reference": "Goal/new" }] });
    let reading = read(&[plan("a", goals), old, first, new, other]);
    let eras = reading.plan.as_ref().unwrap().limits[0].eras.iter();
    let seen: Vec<_> = eras
        .map(|era| (chart_model::oslo::to_fhir(era.from), era.is_open()))
        .collect();
    assert_eq!(
        seen,
        [
            ("2026-08-01T02:00:00+02:00".to_owned(), false),
            ("2026-09-10T10:00:00+02:00".to_owned(), true)
        ]
    );
    assert!(
        reading.findings.is_empty(),
        "an active goal outside the plan is none of its"
    );
}

#[test]
fn a_goal_whose_earlier_versions_are_not_there_is_named_until_they_are() {
    let goals = json!({ "goal": [{ "reference": "Goal/1" }] });
    let newest = goal("1", "8480-6", 95, "2026-09-10T08:00:00Z");
    let mut oldest = goal("1", "8480-6", 90, "2026-08-01T00:00:00Z");
    let reading = read(&[plan("a", goals.clone()), newest.clone()]);
    let [unread] = &reading.unread_histories[..] else {
        panic!("one: {:?}", reading.unread_histories)
    };
    assert_eq!(
        (unread.goal.as_str(), &unread.parameter),
        ("1", &Known::BloodPressure.into())
    );
    assert_eq!(
        unread.since,
        ClinicalTime::parse("2026-09-10T08:00:00Z").unwrap().start_ms()
    );
    oldest["meta"]["versionId"] = json!("x");
    let search = bundle_of("searchset", &[plan("a", goals), newest.clone()]);
    let history = bundle_of("history", &[newest, oldest]);
    let reading = read_plan(&[search.as_bytes(), history.as_bytes()], "7").unwrap();
    assert_eq!(reading.unread_histories, []);
    assert_eq!(reading.plan.unwrap().limits[0].eras.len(), 2);
    assert_eq!(reading.findings, []);
}

fn request(id: &str, code: &str, low: i64, authored: &str) -> Value {
    let range = json!({ "url": crate::service_request::REFERENCE_RANGE, "extension": [
        { "url": "low", "valueQuantity": { "value": low, "unit": "mmHg" } },
        { "url": "type", "valueCodeableConcept": { "coding": [
            { "system": "urn:oid:1.2.208.184.100.1", "code": "GAL" }] } },
    ] });
    json!({
        "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "plan",
        "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "subject": { "reference": "Patient/7" }, "authoredOn": authored, "extension": [range],
    })
}

fn lows(reading: &PlanReading) -> [Option<String>; 2] {
    let limits = &reading.plan.as_ref().unwrap().limits;
    let current = limits.first().and_then(chart_model::LimitHistory::current);
    [0, 1].map(|number| {
        let set = current?.sets[number].as_ref()?;
        Some(set.ranges[0].bounds.low?.to_string())
    })
}

#[test]
fn requests_set_the_limits_that_no_goal_sets() {
    let (early, late) = ("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z");
    let goals = || json!({ "goal": [{ "reference": "Goal/1" }] });
    let text = |low: &str| (!low.is_empty()).then(|| low.to_owned());
    for (resources, expected, problems) in [
        (
            vec![plan("a", json!({})), request("s", "8480-6", 150, early)],
            ["150", ""],
            &[][..],
        ),
        (
            vec![
                plan("a", goals()),
                goal("1", "8480-6", 90, early),
                request("s", "8480-6", 150, late),
                request("d", "8462-4", 95, late),
            ],
            ["90", "95"],
            &[],
        ),
        (
            vec![
                plan("a", json!({})),
                request("2", "8480-6", 160, late),
                request("1", "8480-6", 150, early),
            ],
            ["160", ""],
            &[FindingKind::PlanConflict],
        ),
        (
            vec![plan("a", goals()), request("s", "8480-6", 150, late)],
            ["", ""],
            &[FindingKind::PlanUnreadable],
        ),
    ] {
        let reading = read(&resources);
        assert_eq!(lows(&reading), expected.map(text), "{resources:?}");
        assert_eq!(kinds(&reading), problems, "{resources:?}");
    }
}

#[test]
fn requests_are_looked_for_where_goals_set_no_limits_or_the_plan_names_some() {
    let goals = json!([{ "reference": "Goal/1" }]);
    let named = json!([{ "reference": { "reference": "ServiceRequest/1" } }]);
    let limits = || goal("1", "8480-6", 90, "2026-09-01T00:00:00Z");
    for (resources, expected) in [
        (vec![], false),
        (vec![plan("a", json!({}))], true),
        (vec![plan("a", json!({ "goal": goals })), limits()], false),
        (
            vec![plan("a", json!({ "goal": goals, "activity": named })), limits()],
            true,
        ),
    ] {
        assert_eq!(read(&resources).may_have_requests, expected, "{resources:?}");
    }
}
