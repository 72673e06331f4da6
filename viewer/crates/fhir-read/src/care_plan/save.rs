//! An edited plan as requests to a server: one transaction where the server takes it, else one request
//! after the other. Sends nothing itself.
//!
//! The order of single requests: first the goals that are new, which nobody sees until the plan names
//! them; then the plan itself, with `If-Match`, as the gate: if somebody else saved first, it is refused
//! here and nothing visible has changed. Then the zones, goals and team, each with `If-Match`, and last the
//! Provenance. Every request leaves whole zones and whole sets of limits, old or new and never half of one; and
//! since the gate comes first, nothing is ever in force that no version in the log accounts for. Where the rest
//! breaks off, [`Steps::left`] says what is not saved yet.

use chart_model::care_plan::{Author, CarePlan, Place};
use chart_model::{order, oslo};

use super::edit::edit;
use super::parts::{Part, Parts};
use super::remarks::{CHANGE_NOTE, NO_COMMENT};
use super::steps::Steps;
use super::stored::StoredPlan;
use crate::json::Json;

/// Who saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// `Practitioner/7`, as the launch names the user; empty if it does not.
    pub reference: String,
    /// Name, role and organisation.
    pub author: Author,
}

/// Why nothing can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The server gave no version of this resource: whether somebody else saves at the same time could
    /// not be told.
    NoVersion(String),
    /// A change at a place that is only read.
    NotWritable(Place),
    /// Nothing was changed.
    NothingChanged,
}

/// One request, relative to the FHIR base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `PUT` or `POST`.
    pub method: &'static str,
    /// `CarePlan/7`; empty for a transaction.
    pub path: String,
    /// For the header `If-Match`: `W/"3"`.
    pub if_match: Option<String>,
    /// JSON.
    pub body: String,
}

/// One resource to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Write {
    pub(crate) json: Json,
    /// What it is referred to by until it has an id; `None` if it is stored already.
    pub(crate) fresh: Option<String>,
    pub(crate) if_match: Option<String>,
    pub(crate) is_plan: bool,
}

/// Everything that one save writes, in the order of single requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    writes: Vec<Write>,
    provenance: Json,
}

/// What saving `edited` onto `stored` takes. `now` is in milliseconds since 1970 UTC; `comment` may be empty.
///
/// # Errors
/// See [`SaveError`].
pub fn save(
    stored: &StoredPlan,
    edited: &CarePlan,
    comment: &str,
    signer: &Signer,
    now: i64,
) -> Result<Save, SaveError> {
    let mut parts = edit(stored, edited).map_err(SaveError::NotWritable)?;
    if !parts.list.iter().any(|part| part.changed) {
        return Err(SaveError::NothingChanged);
    }
    let main = parts.main;
    let now = oslo::to_fhir(now);
    hold_from(&mut parts, stored, now.get(..10).unwrap_or_default());
    if let Some(part) = parts.list.get_mut(main) {
        // It differs in every save, so that every server makes a version of it.
        part.json.edit_items("note", |notes| {
            notes.retain(|note| note.text("id") != CHANGE_NOTE);
            notes.push(change_note(comment, signer, &now));
        });
        part.changed = true;
    }
    let mut writes = Vec::new();
    for (at, part) in parts.list.iter().enumerate() {
        if part.changed && part.inside.is_none() {
            writes.push((turn(at == main, part), write(part, at == main)?));
        }
    }
    order::by_key(&mut writes, |(turn, _)| *turn);
    let plan = parts.list.get(main);
    Ok(Save {
        writes: writes.into_iter().map(|(_, write)| write).collect(),
        provenance: provenance(plan, &stored.patient, comment, signer, &now),
    })
}

/// Limits that were changed hold from this day on: a reader who knows no history must not class older readings by them.
/// Those of a new goal hold from when it was stored.
fn hold_from(parts: &mut Parts, stored: &StoredPlan, day: &str) {
    for (at, part) in parts.list.iter_mut().enumerate() {
        let is_stored_goal = part.kind() == "Goal" && part.fresh.is_none();
        if is_stored_goal && part.json.get("target") != stored.parts.json(at).get("target") {
            part.json.set("startDate", day);
        }
    }
}

/// See the order of single requests above.
fn turn(is_plan: bool, part: &Part) -> i64 {
    match (is_plan, part.kind(), &part.fresh) {
        (false, "Goal", Some(_)) => 0,
        (true, ..) => 1,
        (false, _, Some(_)) => 2,
        (false, _, None) => 3,
    }
}

fn write(part: &Part, is_plan: bool) -> Result<Write, SaveError> {
    let if_match = match part.fresh {
        Some(_) => None,
        None if part.version().is_empty() => return Err(SaveError::NoVersion(part.name())),
        // The header is not readable across sites, and servers want it quoted.
        None => Some(format!("W/\"{}\"", part.version())),
    };
    let mut json = part.json.clone();
    without_forbidden(&mut json);
    Ok(Write {
        json,
        fresh: part.fresh.clone(),
        if_match,
        is_plan,
    })
}

/// A resource is written back as it was, but for characters that no string of FHIR may hold: a source that has them all
/// the same would refuse to take them.
fn without_forbidden(json: &mut Json) {
    let is_forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    match json {
        Json::Text(text) => text.retain(|c| !is_forbidden(c)),
        Json::List(items) => items.iter_mut().for_each(without_forbidden),
        Json::Object(fields) => fields.iter_mut().for_each(|(_, value)| without_forbidden(value)),
        Json::Atom(_) => {}
    }
}

pub(crate) fn change_note(comment: &str, signer: &Signer, now: &str) -> Json {
    let mut note = Json::object([("id", CHANGE_NOTE.into())]);
    note.set("authorString", signer.author.name.as_str());
    note.set("time", now);
    note.set("text", if comment.is_empty() { NO_COMMENT } else { comment });
    note
}

fn provenance(plan: Option<&Part>, patient: &str, comment: &str, signer: &Signer, now: &str) -> Json {
    let reference = |to: String| Json::object([("reference", Json::Text(to))]);
    let this = plan.map_or_else(String::new, |plan| {
        plan.fresh.clone().unwrap_or_else(|| plan.name())
    });
    let operation = |code: &str| {
        let system = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
        let coding = Json::object([("system", system.into()), ("code", code.into())]);
        Json::object([("coding", Json::list_of(coding))])
    };
    let is_new = plan.is_some_and(|plan| plan.fresh.is_some());
    let mut who = Json::Object(Vec::new());
    who.set("reference", signer.reference.as_str());
    who.set("display", signer.author.name.as_str());
    let mut agent = Json::object([("who", who)]);
    if !signer.author.role.is_empty() {
        let role = Json::object([("text", signer.author.role.as_str().into())]);
        agent.set("role", Json::list_of(role));
    }
    agent.edit("onBehalfOf", |behalf| {
        behalf.set("display", signer.author.organisation.as_str())
    });
    let mut provenance = Json::object([
        ("resourceType", "Provenance".into()),
        (
            "target",
            Json::List(vec![
                reference(this.clone()),
                reference(format!("Patient/{patient}")),
            ]),
        ),
        ("recorded", now.into()),
    ]);
    if !comment.is_empty() {
        provenance.set("reason", Json::list_of(Json::object([("text", comment.into())])));
    }
    provenance.set("activity", operation(if is_new { "CREATE" } else { "UPDATE" }));
    provenance.set("agent", Json::list_of(agent));
    if let Some(plan) = plan.filter(|_| !is_new) {
        let before = format!("{this}/_history/{}", plan.version());
        provenance.set("entity", Json::list_of(entity("revision", before)));
    }
    provenance
}

pub(crate) fn entity(role: &str, what: String) -> Json {
    let what = Json::object([("reference", Json::Text(what))]);
    Json::object([("role", role.into()), ("what", what)])
}

/// The version that a plan gets where they are numbered one by one: `If-Match` sees to it that no other comes between.
/// Where they are not it is not known before it is there, and a transaction cannot name it.
fn version_to_come(plan: &Write) -> Option<String> {
    let id = plan.json.text("id");
    let version: u64 = plan.json.get("meta").text("versionId").parse().ok()?;
    let is_stored = plan.is_plan && plan.fresh.is_none();
    is_stored.then(|| format!("CarePlan/{id}/_history/{}", version.saturating_add(1)))
}

impl Save {
    /// All of it at once, for a server that takes transactions.
    pub fn transaction(&self) -> Request {
        let mut provenance = self.provenance.clone();
        if let Some(version) = self.writes.iter().find_map(version_to_come) {
            provenance.edit_items("entity", |entities| entities.insert(0, entity("source", version)));
        }
        let entry = |write: &Write| {
            let (kind, id) = (write.json.text("resourceType"), write.json.text("id"));
            let mut entry = Json::Object(Vec::new());
            let (method, url) = match &write.fresh {
                Some(fresh) => {
                    entry.set("fullUrl", fresh.as_str());
                    ("POST", kind.to_owned())
                }
                None => ("PUT", format!("{kind}/{id}")),
            };
            entry.set("resource", write.json.clone());
            let mut request = Json::object([("method", method.into()), ("url", Json::Text(url))]);
            request.set("ifMatch", write.if_match.as_deref().unwrap_or_default());
            entry.set("request", request);
            entry
        };
        let provenance = Write {
            json: provenance,
            fresh: Some("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned()),
            if_match: None,
            is_plan: false,
        };
        let entries = self.writes.iter().chain([&provenance]).map(entry).collect();
        let bundle = Json::object([
            ("resourceType", "Bundle".into()),
            ("type", "transaction".into()),
            ("entry", Json::List(entries)),
        ]);
        Request {
            method: "POST",
            path: String::new(),
            if_match: None,
            body: bundle.to_string(),
        }
    }

    /// One after the other, for a server that does not.
    pub fn steps(self) -> Steps {
        Steps::new(self.writes, self.provenance)
    }
}
