//! The plans of the FHIR server taken over into the plan service, with their versions. After that the two go their
//! own ways: a host has its plans in one place.

use serde_json::{Value, json};

use super::document::{Parts, numbered_content, version};
use super::store;
use crate::fhir::dates::instant_text;
use crate::fhir::index::split_reference;
use crate::fhir::outcome::Refusal;
use crate::fhir::store::{Database, Stored, history, of_patient};
use crate::random;

const ZONES: [&str; 3] = ["green", "yellow", "red"];

/// Each current plan of a patient of whom the service has none. What the service has no place for (goals, limits,
/// contacts) stays behind.
pub(super) fn take_over(db: &Database, patient: &str) -> Result<(), Refusal> {
    store::prepare(db)?;
    if !store::newest_of(db, patient)?.is_empty() {
        return Ok(());
    }
    let plans = of_patient(db, "CarePlan", patient)?;
    let provenances = of_patient(db, "Provenance", patient)?;
    let (parts, whole): (Vec<&Value>, Vec<&Value>) = plans.iter().partition(|plan| plan["partOf"].is_array());
    let is_current = |plan: &&&Value| plan["status"] == "active" && plan["intent"] == "plan";
    for plan in whole.iter().filter(is_current) {
        let Some(id) = plan["id"].as_str() else { continue };
        let of_plan = |part: &&&Value| refers(&part["partOf"], &format!("CarePlan/{id}"));
        let zones: Vec<Vec<Stored>> = parts
            .iter()
            .filter(of_plan)
            .filter_map(|part| Some(history(db, "CarePlan", part["id"].as_str()?)))
            .collect::<Result<_, _>>()?;
        for document in versions(&history(db, "CarePlan", id)?, &zones, &provenances) {
            store::add(db, patient, &document)?;
        }
    }
    Ok(())
}

/// `saved` are the versions of a plan, `zones` those of each of its parts; newest first.
fn versions(saved: &[Stored], zones: &[Vec<Stored>], provenances: &[Value]) -> Vec<Value> {
    let mut documents: Vec<Value> = Vec::new();
    let mut saved = saved.iter().rev().peekable();
    while let Some(plan) = saved.next() {
        let until = saved.peek().map_or(i64::MAX, |next| next.updated);
        let content = json(plan);
        let in_force = |zone: &Vec<Stored>| zone.iter().find(|version| version.updated < until).map(json);
        let mut zones: Vec<Value> = zones
            .iter()
            .filter_map(in_force)
            .filter_map(|zone| as_zone(&zone))
            .collect();
        zones.sort_by_key(|zone| ZONES.iter().position(|level| zone["level"] == *level));
        let text = |name: &str| content[name].as_str().unwrap_or_default().to_owned();
        let before = documents
            .last()
            .map_or(Value::Null, |last| last["clinical_content"].clone());
        let provenance = provenances.iter().find(|it| is_of(it, plan));
        let who = provenance.map(|it| &it["agent"][0]["who"]);
        let who = who.filter(|who| who["display"].is_string());
        let parts = Parts {
            status: text("status"),
            comment: provenance.map_or_else(String::new, reason),
            updated_by: who.unwrap_or(&content["author"]).clone(),
            content: numbered_content(
                json!({ "title": text("title"), "description": text("description"), "zones": zones }),
                &before,
            ),
        };
        let number = documents.len() as u64 + 1;
        let id = random::uuid_for(&format!("plan/{}", plan.id));
        documents.push(version(
            &id,
            number,
            &instant_text(plan.updated),
            &content["subject"],
            parts,
        ));
    }
    documents
}

fn json(stored: &Stored) -> Value {
    serde_json::from_str(&stored.json).unwrap_or_default()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn refers(references: &Value, to: &str) -> bool {
    items(references).any(|reference| {
        let target = reference["reference"].as_str().and_then(split_reference);
        target.is_some_and(|(rtype, id)| format!("{rtype}/{id}") == to)
    })
}

/// A Provenance says which version it is of; `reference` may be absolute.
fn is_of(provenance: &Value, plan: &Stored) -> bool {
    let version = format!("CarePlan/{}/_history/{}", plan.id, plan.version);
    items(&provenance["entity"]).any(|entity| {
        let is_new = entity["role"] != "revision";
        let what = entity["what"]["reference"].as_str();
        is_new && what.is_some_and(|what| what.ends_with(&version))
    })
}

fn reason(provenance: &Value) -> String {
    let text = &provenance["reason"][0]["text"];
    text.as_str().unwrap_or_default().to_owned()
}

/// A part that is a zone in force: its actions line by line, each led by its area.
fn as_zone(part: &Value) -> Option<Value> {
    let codings = items(&part["category"]).flat_map(|category| items(&category["coding"]));
    let level = codings
        .filter_map(|coding| coding["code"].as_str())
        .find(|code| ZONES.contains(code))?;
    if part["status"] != "active" {
        return None;
    }
    let lines = items(&part["activity"]).filter_map(|activity| {
        let detail = &activity["detail"];
        let action = detail["description"].as_str()?;
        let code = &detail["code"];
        let area = code["text"]
            .as_str()
            .or_else(|| code["coding"][0]["display"].as_str());
        Some(area.map_or_else(|| action.to_owned(), |area| format!("{area}: {action}")))
    });
    let action = lines.collect::<Vec<_>>().join("\n");
    Some(
        json!({ "condition": part["description"].as_str().unwrap_or_default(), "action": action, "level": level }),
    )
}
