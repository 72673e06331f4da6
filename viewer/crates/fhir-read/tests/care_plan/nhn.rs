//! NHN's plan interface.

use fhir_read::care_plan::{
    Answer, NhnPlan, SaveError, create_nhn_plan, nhn_answer, nhn_locks, read_nhn_history, read_nhn_plans,
};

use super::*;

fn sent() -> Json {
    json!({
        "id": "5e9c", "version": 4, "status": "active", "updated_at": "2026-11-01T08:00:00Z", "comment": "Vinter",
        "updated_by": { "reference": "Practitioner/1", "display": "Sol" }, "subject": { "reference": "Patient/kols" },
        "clinical_content": { "version": 2, "title": "Plan", "description": "", "x": 1.50, "zones": [
            { "condition": "Som vanlig", "action": "Kosthold: Spis godt\nGå tur\n  med hunden\n\nMålinger: Mål", "level": "green", "y": [1] },
            { "condition": "Blå", "action": "Ring 113", "level": "red" },
        ] },
    })
}

fn read_one(json: &Json) -> NhnPlan {
    let mut findings = Vec::new();
    let mut plans = read_nhn_plans(json.to_string().as_bytes(), PATIENT, &mut findings).unwrap();
    assert_eq!((plans.len(), findings.len()), (1, 0));
    plans.remove(0)
}

#[test]
fn each_line_of_an_action_is_an_activity() {
    let read = read_one(&sent());
    let texts = |area| -> Vec<String> {
        let of_cell = read.plan.activities(cell(PlanZone::Green, area));
        of_cell.map(|(_, text)| text.to_owned()).collect()
    };
    assert_eq!(texts(Area::Diet), ["Spis godt"]);
    assert_eq!(texts(Area::Other), ["Gå tur\nmed hunden"]);
    assert_eq!(texts(Area::Measurements), ["Mål"]);
    assert_eq!(
        (&*read.version.id, read.version.author.name.as_str()),
        ("4", "Sol")
    );
    assert_eq!((read.version.comment.as_str(), read.id()), ("Vinter", "5e9c"));
}

#[test]
fn an_edited_plan_names_its_version_and_keeps_what_is_not_known() {
    let read = read_one(&sent());
    let mut plan = read.plan.clone();
    plan.set(Place::Condition(PlanZone::Yellow), text("Tyngre pust"));
    plan.set(
        Place::Activity(cell(PlanZone::Red, Area::Other), "n".into()),
        text("Kosthold: ikke spis"),
    );
    plan.set(
        Place::Activity(cell(PlanZone::Red, Area::Medication), "m".into()),
        text("a\nb"),
    );
    let request = read.save(&plan, "Fordi", &signer("Odd")).unwrap();
    assert_eq!((request.method, request.path.as_str()), ("PUT", "plan/5e9c"));
    let body: Json = serde_json::from_str(&request.body).unwrap();
    assert_eq!(
        (&body["version"], &body["status"], &body["comment"]),
        (&json!(4), &json!("active"), &json!("Fordi"))
    );
    assert_eq!(body["updated_by"]["display"], "Odd");
    assert_eq!(body["clinical_content"]["x"], json!(1.5));
    assert_eq!(body["clinical_content"]["zones"][0]["y"], json!([1]));
    let mut stored = sent();
    stored["clinical_content"] = body["clinical_content"].clone();
    let again = read_one(&stored).plan;
    assert_eq!(chart_model::care_plan::compare(&plan, &again), []);
    assert_eq!(
        read.save(&read.plan, "", &signer("Odd")),
        Err(SaveError::NothingChanged)
    );
    plan.set(Place::Goal("g".into()), text("Danse"));
    let refused = SaveError::NotWritable(Place::Goal("g".into()));
    assert_eq!(read.save(&plan, "", &signer("Odd")), Err(refused));
    assert!(nhn_locks().of(&Place::Title).is_none() && nhn_locks().of(&Place::FollowUp).is_some());
}

#[test]
fn a_first_plan_is_created() {
    let mut plan = CarePlan::default();
    plan.set(Place::Title, text("Ny"));
    plan.set(Place::Condition(PlanZone::Green), text("Bra"));
    let request = create_nhn_plan(&plan, PATIENT, "", &signer("Odd")).unwrap();
    assert_eq!((request.method, request.path.as_str()), ("POST", "plan"));
    let body: Json = serde_json::from_str(&request.body).unwrap();
    assert_eq!(body["subject"]["reference"], "Patient/kols");
    assert_eq!(body["clinical_content"]["zones"][0]["level"], "green");
}

#[test]
fn other_patients_plans_and_errors_are_findings() {
    let mut other = sent();
    other["subject"]["reference"] = json!("Patient/8");
    let list = json!([other, sent(), { "error": "x" }]);
    let mut findings = Vec::new();
    let plans = read_nhn_plans(list.to_string().as_bytes(), PATIENT, &mut findings).unwrap();
    assert_eq!((plans.len(), findings.len()), (1, 2));
    assert_eq!(read_nhn_plans(b"[]", PATIENT, &mut findings), Ok(vec![]));
    assert!(read_nhn_plans(b"<html>", PATIENT, &mut findings).is_err());
}

#[test]
fn the_history_is_sorted_by_version() {
    let list = json!([{ "version": 2, "updated_by": { "display": "a" } }, { "version": 10, "comment": "x" }, { "version": 9 }]);
    let versions = read_nhn_history(list.to_string().as_bytes()).unwrap();
    let ids: Vec<&str> = versions.iter().map(|version| &*version.id).collect();
    assert_eq!(ids, ["10", "9", "2"]);
    assert!(read_nhn_history(b"{}").is_err());
}

#[test]
fn answers_mean_what_nhn_says() {
    assert_eq!(nhn_answer(200, b""), Answer::Saved);
    assert_eq!(nhn_answer(409, b"{}"), Answer::Conflict);
    let refused = Answer::Refused {
        status: 422,
        words: "version mangler".to_owned(),
    };
    assert_eq!(
        nhn_answer(422, r#"{"error":"version mangler"}"#.as_bytes()),
        refused
    );
}
