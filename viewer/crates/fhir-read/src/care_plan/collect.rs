//! The resources in answers of a server, whatever kind of answer it is: each version once, with what a history says
//! beside it. What they make up together is in `parts`.

use std::collections::VecDeque;

use chart_model::{ClinicalTime, Finding, FindingKind};

use super::parts::{Part, target};
use crate::bundle;
use crate::error::PageError;
use crate::json::Json;
use crate::resource::finding;

/// The resources of some answers, each version once; those of another patient are a finding instead.
pub(crate) fn collect(
    pages: &[&[u8]],
    patient: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Json>, PageError> {
    let mut found: Vec<Json> = Vec::new();
    for page in pages {
        for resource in resources_of(page, findings)? {
            let part = Part::new(resource);
            if !is_of(&part.json, patient) {
                findings.push(finding(FindingKind::OtherPatient, &part.name(), ""));
                continue;
            }
            match found.iter_mut().find(|other| is_same_version(other, &part)) {
                Some(there) => date(
                    there,
                    [
                        ("versionId", part.version()),
                        ("lastUpdated", part.updated_text()),
                    ],
                ),
                None => found.push(part.json),
            }
        }
    }
    Ok(found)
}

/// By its name, or where one of the two answers gave it none, by its time.
fn is_same_version(other: &Json, part: &Part) -> bool {
    if (other.text("resourceType"), other.text("id")) != (part.kind(), part.id()) {
        return false;
    }
    let (meta, at) = (other.get("meta"), part.updated_ms());
    let of_one_time =
        || ClinicalTime::parse(meta.text("lastUpdated")).map_or(i64::MIN, |t| t.start_ms()) == at;
    match (meta.text("versionId"), part.version()) {
        ("", "") => of_one_time(),
        ("", _) | (_, "") => at > i64::MIN && of_one_time(),
        (one, other) => one == other,
    }
}

/// Says of a resource which version it is, and of when, as far as it does not say that itself.
fn date(json: &mut Json, said: [(&'static str, &str); 2]) {
    for (field, said) in said {
        if said.is_empty() || !json.get("meta").text(field).is_empty() {
            continue;
        }
        let mut meta = match json.get("meta") {
            Json::Object(fields) => Json::Object(fields.clone()),
            _ => Json::Object(Vec::new()),
        };
        meta.set(field, said);
        json.set("meta", meta);
    }
}

/// The resources of a bundle, those deleted too, or a resource that was read by itself.
fn resources_of(page: &[u8], findings: &mut Vec<Finding>) -> Result<VecDeque<Json>, PageError> {
    let alone = Json::parse(page)
        .filter(|json| !matches!(json.text("resourceType"), "" | "Bundle" | "OperationOutcome"));
    if let Some(alone) = alone {
        return Ok(VecDeque::from([alone]));
    }
    let resources = bundle::resources(page, findings)?;
    let mut all: VecDeque<Json> = resources
        .iter()
        .filter_map(|sent| Json::parse(sent.json))
        .collect();
    if let Some(bundle) = Json::parse(page) {
        let entries = bundle.get("entry").items();
        entries.iter().for_each(|entry| date_from(&mut all, entry));
        all.extend(entries.iter().filter_map(deleted));
    }
    Ok(all)
}

/// Which version a response says that it is, and when it was made.
fn version_of(response: &Json) -> [(&'static str, &str); 2] {
    let version = response.text("etag").trim_start_matches("W/");
    [
        ("versionId", version.trim_matches('"')),
        ("lastUpdated", response.text("lastModified")),
    ]
}

/// A history may say beside a resource what the resource does not say itself.
fn date_from(all: &mut VecDeque<Json>, entry: &Json) {
    let resource = entry.get("resource");
    let response = entry.get("response");
    let is_it = |json: &&mut Json| **json == *resource;
    if response.items().is_empty() {
        return;
    }
    if let Some(json) = all.iter_mut().find(is_it) {
        date(json, version_of(response));
    }
}

/// The version that a deletion in a history makes: it says when, and nothing else.
fn deleted(entry: &Json) -> Option<Json> {
    let (request, response) = (entry.get("request"), entry.get("response"));
    if request.text("method") != "DELETE" || !entry.get("resource").text("resourceType").is_empty() {
        return None;
    }
    let addresses = [request.text("url"), entry.text("fullUrl")];
    let (kind, id) = addresses
        .into_iter()
        .map(target)
        .find(|(kind, id)| !kind.is_empty() && !id.is_empty())?;
    let mut meta = Json::Object(Vec::new());
    for (field, said) in version_of(response) {
        meta.set(field, said);
    }
    Some(Json::object([
        ("resourceType", kind.into()),
        ("id", id.into()),
        ("meta", meta),
    ]))
}

/// False if it says that it is about another patient.
fn is_of(resource: &Json, patient: &str) -> bool {
    let subject = match resource.text("resourceType") {
        "CarePlan" | "Goal" | "CareTeam" | "Condition" | "ServiceRequest" => resource.get("subject"),
        "EpisodeOfCare" => resource.get("patient"),
        "Patient" => return resource.text("id") == patient,
        _ => return true,
    };
    let reference = subject.text("reference");
    let (kind, id) = target(reference);
    reference.is_empty() || (matches!(kind, "" | "Patient") && id.trim_start_matches("urn:uuid:") == patient)
}
