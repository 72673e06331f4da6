//! What the versions of a plan name, and what of it no answer held: parts that only an earlier version names, people whom
//! a record or an earlier team names. Fetches nothing.

use super::super::collect::collect;
use super::super::parts::{Part, Parts, target};
use super::super::people;
use crate::error::PageError;
use crate::json::Json;

/// What the plan is or was made of, by type and id: what any version of it names, plans that are part of it, and what was
/// recorded together with it.
pub(super) fn parts_of<'a>(resources: &'a [Json], plan: &str) -> Vec<(&'a str, &'a str)> {
    let this = ("CarePlan", plan);
    let is_this = |reference: &Json| target(reference.text("reference")) == this;
    let mut parts: Vec<(&str, &str)> = Vec::new();
    let mut add = |kind: &'a str, id: &'a str| {
        let is_part = matches!(kind, "CarePlan" | "Goal" | "CareTeam" | "Condition");
        if is_part && (kind, id) != this && !id.is_empty() && !parts.contains(&(kind, id)) {
            parts.push((kind, id));
        }
    };
    for json in resources {
        let id = json.text("id");
        let named = match json.text("resourceType") {
            "CarePlan" if id == plan => &["goal", "careTeam", "addresses"][..],
            "CarePlan" if json.get("partOf").items().iter().any(is_this) => {
                add("CarePlan", id);
                continue;
            }
            "Provenance" if json.get("target").items().iter().any(is_this) => &["target"],
            _ => continue,
        };
        for reference in named.iter().flat_map(|field| json.get(field).items()) {
            let (kind, id) = target(reference.text("reference"));
            add(kind, id);
        }
    }
    parts
}

/// What versions of a plan name and whose histories were not `asked` for (as [`StoredPlan::traced`] names them).
///
/// [`StoredPlan::traced`]: super::super::StoredPlan::traced
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn unread_parts(
    pages: &[&[u8]],
    plan: &str,
    patient: &str,
    asked: &[String],
) -> Result<Vec<String>, PageError> {
    let resources = collect(pages, patient, &mut Vec::new())?;
    let named = parts_of(&resources, plan).into_iter();
    let named = named.map(|(kind, id)| format!("{kind}/{id}"));
    Ok(named.filter(|name| !asked.contains(name)).collect())
}

/// Whom the records and the teams of all versions name and who was not sent, as `Practitioner/7`.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn unread_people(pages: &[&[u8]], patient: &str) -> Result<Vec<String>, PageError> {
    let parts = Parts::new(collect(pages, patient, &mut Vec::new())?, 0);
    let is_team = |at: &usize| {
        parts
            .list
            .get(*at)
            .is_some_and(|part: &Part| part.kind() == "CareTeam")
    };
    let teams: Vec<usize> = (0..parts.list.len()).filter(is_team).collect();
    Ok(people::missing_of(&parts, &teams))
}
