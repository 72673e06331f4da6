//! NHN's "Pasientens planer" (0.4), which is plain JSON: a plan read and written, its history, what the
//! answers mean. It has a title, a description and per zone a condition and an action; no areas, goals,
//! contacts, limits or ids.
//!
//! How an action holds activities is in `nhn_lines`. Fields that are not known stay as they were sent.

use chart_model::care_plan::{
    Area, Author, CarePlan, Cell, Key, KnownFrom, Locks, Place, PlanZone, Value, Version,
};
use chart_model::{ClinicalTime, Finding, FindingKind, order};

use super::answer::Answer;
use super::nhn_lines::{Lines, activities, lines_of};
use super::parts::target;
use super::save::{Request, SaveError, Signer};
use crate::error::PageError;
use crate::json::Json;
use crate::resource::finding;

/// A plan, or a version of it.
#[derive(Clone, Debug, PartialEq)]
pub struct NhnPlan {
    json: Json,
    /// What it says.
    pub plan: CarePlan,
    /// Which version, when, by whom, why.
    pub version: Version,
}

/// Reads an answer with plans: the list of a patient's, or one. The first is the one that counts: active ones
/// before others, then the one last updated. Of other patients' there is a finding.
///
/// # Errors
/// [`PageError`] if it is neither.
pub fn read_nhn_plans(
    bytes: &[u8],
    patient: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<NhnPlan>, PageError> {
    let json = Json::parse(bytes).filter(|json| !json.items().is_empty() || *json == Json::List(Vec::new()));
    let json = json.ok_or_else(|| PageError::unexpected(bytes, None))?;
    let mut plans = Vec::new();
    for json in json.items() {
        if json.get("clinical_content").items().is_empty() {
            let said = json.text("error");
            findings.push(finding(FindingKind::UnreadableResource, json.text("id"), said));
        } else if !target_is(json.get("subject"), patient) {
            findings.push(finding(FindingKind::OtherPatient, json.text("id"), ""));
        } else {
            plans.push(read(json));
        }
    }
    let updated = |plan: &NhnPlan| {
        plan.version
            .time
            .as_ref()
            .map_or(i64::MIN, ClinicalTime::start_ms)
    };
    order::by_key(&mut plans, |plan| updated(plan).saturating_neg());
    order::by_key(&mut plans, |plan| i64::from(plan.json.text("status") != "active"));
    Ok(plans)
}

fn target_is(subject: &Json, patient: &str) -> bool {
    let names = [subject.text("reference"), subject.text("id"), subject.as_text()];
    let said = names.into_iter().find(|name| !name.is_empty());
    said.is_none_or(|said| target(said).1 == patient)
}

fn read(json: &Json) -> NhnPlan {
    let content = json.get("clinical_content");
    let mut plan = CarePlan::default();
    plan.set(Place::Title, Some(Value::text(content.text("title"))));
    plan.set(Place::Description, Some(Value::text(content.text("description"))));
    for zone in content.get("zones").items() {
        let Some(level) = level(zone) else { continue };
        let before = plan.text(&Place::Condition(level));
        let texts = [before, zone.text("condition")];
        let condition: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        plan.set(Place::Condition(level), Some(Value::Text(condition.join("\n"))));
        for (area, text) in activities(zone.text("action"))
            .into_iter()
            .map(|lines| lines.said)
        {
            let cell = Cell {
                zone: Some(level),
                area,
            };
            let same = plan.activities(cell).filter(|(_, there)| *there == text).count();
            let place = Place::Activity(cell, Key::of_content(&text, same));
            plan.set(place, Some(Value::Text(text)));
        }
    }
    NhnPlan {
        version: version(json),
        plan,
        json: json.clone(),
    }
}

fn level(zone: &Json) -> Option<PlanZone> {
    let level = zone.text("level");
    PlanZone::ALL
        .into_iter()
        .find(|zone| zone.id().eq_ignore_ascii_case(level))
}

fn version(json: &Json) -> Version {
    let by = json.get("updated_by");
    let names = [
        by.text("display"),
        by.text("name"),
        by.as_text(),
        by.text("reference"),
    ];
    let name = names.into_iter().find(|name| !name.is_empty());
    let id = match json.get("version") {
        Json::Atom(number) => number.as_ref(),
        other => other.as_text(),
    };
    Version {
        id: id.into(),
        time: ClinicalTime::parse(json.text("updated_at")).ok(),
        author: Author {
            name: name.unwrap_or_default().to_owned(),
            role: by.text("role").to_owned(),
            organisation: by.text("organisation").to_owned(),
        },
        comment: json.text("comment").to_owned(),
        known_from: if name.is_some() {
            KnownFrom::Plan
        } else {
            KnownFrom::Nothing
        },
    }
}

/// Reads the list of a plan's versions, newest first.
///
/// # Errors
/// [`PageError`] if it is no list.
pub fn read_nhn_history(bytes: &[u8]) -> Result<Vec<Version>, PageError> {
    let Some(Json::List(entries)) = Json::parse(bytes) else {
        return Err(PageError::unexpected(bytes, None));
    };
    let mut versions: Vec<Version> = entries.iter().map(version).collect();
    order::by_key(&mut versions, |version| {
        version.id.parse::<i64>().unwrap_or(0).saturating_neg()
    });
    Ok(versions)
}

/// What of a plan can only be read there.
pub fn nhn_locks() -> Locks {
    Locks {
        zones_only: true,
        ..Locks::default()
    }
}

/// The place that cannot be held, if there is one.
fn refused(plan: &CarePlan) -> Option<SaveError> {
    let mut places = plan.entries().iter().map(|(place, _)| place);
    let locks = nhn_locks();
    let place = places.find(|place| locks.of(place).is_some())?;
    Some(SaveError::NotWritable(place.clone()))
}

impl NhnPlan {
    /// Its UUID.
    pub fn id(&self) -> &str {
        self.json.text("id")
    }

    /// The request that makes `edited` the next version.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub fn save(&self, edited: &CarePlan, comment: &str, signer: &Signer) -> Result<Request, SaveError> {
        let edited = edited.clone().tidied(&self.plan);
        if edited == self.plan {
            return Err(SaveError::NothingChanged);
        }
        if let Some(refused) = refused(&edited) {
            return Err(refused);
        }
        let Json::Atom(version) = self.json.get("version") else {
            return Err(SaveError::NoVersion(self.id().to_owned()));
        };
        let mut body = Json::object([("version", Json::Atom(version.clone()))]);
        body.set("status", self.json.text("status"));
        fill(
            &mut body,
            comment,
            signer,
            content(self.json.get("clinical_content"), &self.plan, &edited),
        );
        Ok(Request {
            method: "PUT",
            path: format!("plan/{}", self.id()),
            if_match: None,
            body: body.to_string(),
        })
    }
}

/// The request that stores a patient's first plan.
///
/// # Errors
/// [`SaveError::NotWritable`] if it says something that the interface cannot hold.
pub fn create_nhn_plan(
    plan: &CarePlan,
    patient: &str,
    comment: &str,
    signer: &Signer,
) -> Result<Request, SaveError> {
    let plan = plan.clone().tidied(&CarePlan::default());
    if let Some(refused) = refused(&plan) {
        return Err(refused);
    }
    let subject = Json::object([("reference", Json::Text(format!("Patient/{patient}")))]);
    let mut body = Json::object([("status", "active".into()), ("subject", subject)]);
    fill(
        &mut body,
        comment,
        signer,
        content(&Json::Object(Vec::new()), &CarePlan::default(), &plan),
    );
    Ok(Request {
        method: "POST",
        path: "plan".to_owned(),
        if_match: None,
        body: body.to_string(),
    })
}

fn fill(body: &mut Json, comment: &str, signer: &Signer, content: Json) {
    let mut by = Json::Object(Vec::new());
    by.set("reference", signer.reference.as_str());
    by.set("display", signer.author.name.as_str());
    body.set("comment", comment);
    body.set("updated_by", by);
    body.set("clinical_content", content);
}

/// The content as it was sent with the plan in it. A zone that says what it said before stays as it was sent.
fn content(sent: &Json, before: &CarePlan, plan: &CarePlan) -> Json {
    let mut content = match sent {
        Json::Object(_) => sent.clone(),
        _ => Json::Object(Vec::new()),
    };
    content.remove("version");
    for (field, place) in [("title", Place::Title), ("description", Place::Description)] {
        // Here an empty text is one, unlike in FHIR.
        content.put(field, Json::from(plan.text(&place)));
    }
    content.edit_items("zones", |zones| {
        for zone in PlanZone::ALL {
            if words_of(before, zone) == words_of(plan, zone) {
                continue;
            }
            let (condition, said) = words_of(plan, zone);
            let same = |there: &&Json| level(there) == Some(zone);
            let sent: Vec<Lines> = zones
                .iter()
                .filter(same)
                .flat_map(|there| activities(there.text("action")))
                .collect();
            let lines = said.into_iter().map(|(area, text)| lines_of(area, text, &sent));
            let action = lines.collect::<Vec<_>>().join("\n");
            let first = zones.iter().position(|there| level(there) == Some(zone));
            let is_empty = condition.is_empty() && action.is_empty();
            let at = match first {
                None if is_empty => continue,
                None => {
                    zones.push(Json::object([("level", zone.id().into())]));
                    zones.len() - 1
                }
                Some(at) => at,
            };
            // A level that was sent twice is one now, with the words of both.
            let mut seen = 0;
            zones.retain(|there| {
                seen += usize::from(level(there) == Some(zone));
                level(there) != Some(zone) || seen == 1
            });
            if let Some(there) = zones.get_mut(at) {
                there.put("condition", Json::from(condition));
                there.put("action", Json::Text(action));
            }
        }
    });
    content
}

/// What a plan says of a zone: how it is known, and what is done, with what each is about.
fn words_of(plan: &CarePlan, zone: PlanZone) -> (&str, Vec<(Area, &str)>) {
    let activities = Area::ALL.into_iter().flat_map(|area| {
        let zone = Some(zone);
        plan.activities(Cell { zone, area })
            .map(move |(_, text)| (area, text))
    });
    (plan.text(&Place::Condition(zone)), activities.collect())
}

/// What an answer to a save means: 409, another version is stored by now; 422, something is missing.
pub fn nhn_answer(status: u16, body: &[u8]) -> Answer {
    let said = Json::parse(body);
    let words = said
        .as_ref()
        .map(|said| [said.text("error"), said.text("message"), said.text("detail")]);
    let words = words.into_iter().flatten().find(|words| !words.is_empty());
    match status {
        200..=299 if said.is_none() && !body.trim_ascii().is_empty() => Answer::Unreadable,
        200..=299 => Answer::Saved,
        409 | 412 => Answer::Conflict,
        _ => Answer::Refused {
            status,
            words: words.unwrap_or_default().to_owned(),
        },
    }
}
