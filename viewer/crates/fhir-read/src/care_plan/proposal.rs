//! A suggestion: a CarePlan with `intent=proposal` and `status=draft` that would replace the plan. It is
//! one resource, with its zones, goals and contacts contained in it: it is suggested whole or not at all,
//! and whoever may create a plan's suggestion needs no other right. It keeps the keys of the plan that it was
//! written from, so that both can be compared item by item.
//!
//! Decided, it is `completed` (all or part of it was accepted) or `revoked` (none); an extension says which,
//! a note who decided and why.

use chart_model::care_plan::{CarePlan, EndState, Version, diff};
use chart_model::{Finding, oslo};

use super::edit::Editor;
use super::parts::{Part, Parts, target};
use super::read;
use super::remarks::{self, DECISION_NOTE};
use super::save::{Request, SaveError, Signer, change_note};
use super::stored::StoredPlan;
use super::terms;
use crate::json::Json;

/// Says on a suggestion which version of the plan it was written from.
const BASE: &str = "https://dho-viewer.example/fhir/StructureDefinition/proposal-base";
/// Says on a suggestion what became of it.
const OUTCOME: &str = "https://dho-viewer.example/fhir/StructureDefinition/proposal-outcome";

/// A stored suggestion.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredProposal {
    json: Json,
    /// What it suggests.
    pub plan: CarePlan,
    /// Who suggested it when, and why; its id is that of the version of the suggestion itself.
    pub version: Version,
}

pub(crate) fn read(parts: &Parts, patient: &str, findings: &mut Vec<Finding>) -> StoredProposal {
    StoredProposal {
        plan: read::read(parts, patient, findings),
        version: remarks::version(parts.main()),
        json: parts.main().clone(),
    }
}

/// The request that stores `suggested` as a suggestion for `stored`.
///
/// # Errors
/// [`SaveError::NothingChanged`], or [`SaveError::NotWritable`].
pub fn propose(
    stored: &StoredPlan,
    suggested: &CarePlan,
    comment: &str,
    signer: &Signer,
    now: i64,
) -> Result<Request, SaveError> {
    let patient = stored.patient.as_str();
    let current = read::read(&stored.parts, patient, &mut Vec::new());
    let suggested = suggested.clone().tidied(&current);
    if diff(&current, &suggested).is_empty() {
        return Err(SaveError::NothingChanged);
    }
    let main = stored.parts.main();
    let base = Json::object([
        ("url", BASE.into()),
        ("valueString", main.get("meta").text("versionId").into()),
    ]);
    let mut by = Json::Object(Vec::new());
    by.set("reference", signer.reference.as_str());
    by.set("display", signer.author.name.as_str());
    let (system, code) = terms::PLAN_CATEGORY;
    let coding = Json::object([("system", system.into()), ("code", code.into())]);
    let category = match main.get("category") {
        Json::List(categories) if !categories.is_empty() => Json::List(categories.clone()),
        _ => Json::list_of(Json::object([("coding", Json::list_of(coding))])),
    };
    let plan = format!("CarePlan/{}", stored.id());
    let mut editor = Editor {
        parts: Parts::new(Vec::new(), 0),
        patient: patient.to_owned(),
        is_proposal: true,
    };
    let mut shell = Json::object([("resourceType", "CarePlan".into())]);
    if !main.get("meta").text("versionId").is_empty() {
        shell.set("extension", Json::list_of(base));
    }
    shell.set(
        "replaces",
        Json::list_of(Json::object([("reference", Json::Text(plan))])),
    );
    shell.set("status", "draft");
    shell.set("intent", "proposal");
    shell.set("category", category);
    shell.set("subject", editor.subject());
    shell.set("author", by);
    editor.parts.list.push(Part::new(shell));
    for change in diff(&CarePlan::default(), &suggested) {
        let place = change.place.clone();
        editor.write(change).ok_or(SaveError::NotWritable(place))?;
    }
    let mut json = editor.finish().main().clone();
    json.edit_items("note", |notes| {
        notes.push(change_note(comment, signer, &oslo::to_fhir(now)))
    });
    Ok(Request {
        method: "POST",
        path: "CarePlan".to_owned(),
        if_match: None,
        body: json.to_string(),
    })
}

impl StoredProposal {
    /// Id of the CarePlan.
    pub fn id(&self) -> &str {
        self.json.text("id")
    }

    /// True if it would replace the plan of this id, or does not say which.
    pub fn is_for(&self, plan: &str) -> bool {
        let replaced = self.json.get("replaces").items();
        replaced.is_empty()
            || replaced
                .iter()
                .any(|other| target(other.text("reference")).1 == plan)
    }

    /// The version of the plan that it was written from, if it says so.
    pub fn base_version(&self) -> Option<&str> {
        self.extension(BASE).map(|base| base.text("valueString"))
    }

    /// What became of it; `None` while it is not decided.
    pub fn end_state(&self) -> Option<EndState> {
        EndState::from_id(self.extension(OUTCOME)?.text("valueCode"))
    }

    fn extension(&self, url: &str) -> Option<&Json> {
        self.json
            .get("extension")
            .items()
            .iter()
            .find(|extension| extension.text("url") == url)
    }

    /// The request that records the decision.
    ///
    /// # Errors
    /// [`SaveError::NoVersion`] if the server gave none for the suggestion.
    pub fn conclude(
        &self,
        end: EndState,
        comment: &str,
        signer: &Signer,
        now: i64,
    ) -> Result<Request, SaveError> {
        let part = Part::new(self.json.clone());
        if part.version().is_empty() {
            return Err(SaveError::NoVersion(part.name()));
        }
        let mut json = part.json.clone();
        json.remove("text");
        json.set(
            "status",
            if end == EndState::Rejected {
                "revoked"
            } else {
                "completed"
            },
        );
        let outcome = Json::object([("url", OUTCOME.into()), ("valueCode", end.id().into())]);
        json.edit_items("extension", |extensions| {
            extensions.retain(|extension| extension.text("url") != OUTCOME);
            extensions.push(outcome);
        });
        let mut note = change_note(comment, signer, &oslo::to_fhir(now));
        note.set("id", DECISION_NOTE);
        json.edit_items("note", |notes| {
            notes.retain(|note| note.text("id") != DECISION_NOTE);
            notes.push(note);
        });
        Ok(Request {
            method: "PUT",
            path: part.name(),
            if_match: Some(format!("W/\"{}\"", part.version())),
            body: json.to_string(),
        })
    }
}
