//! The resources that make up one plan, as they were sent, and the references between them. What they
//! say is read elsewhere.

use std::collections::VecDeque;

use chart_model::care_plan::PlanZone;
use chart_model::{ClinicalTime, Finding, FindingKind, order};

use super::terms;
use crate::bundle;
use crate::error::PageError;
use crate::json::Json;
use crate::resource::finding;

/// One resource; a contained one is a part of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) json: Json,
    /// The part that contains it.
    pub(crate) inside: Option<usize>,
    /// It differs from what was sent.
    pub(crate) changed: bool,
    /// It is not stored yet: what it is referred to by until it is.
    pub(crate) fresh: Option<String>,
}

impl Part {
    pub(crate) fn new(json: Json) -> Self {
        Self {
            json,
            inside: None,
            changed: false,
            fresh: None,
        }
    }

    pub(crate) fn kind(&self) -> &str {
        self.json.text("resourceType")
    }

    pub(crate) fn id(&self) -> &str {
        self.json.text("id")
    }

    /// `CarePlan/7`, for findings.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.kind(), self.id())
    }

    pub(crate) fn updated(&self) -> Option<ClinicalTime> {
        ClinicalTime::parse(self.updated_text()).ok()
    }

    fn updated_text(&self) -> &str {
        self.json.get("meta").text("lastUpdated")
    }

    pub(crate) fn updated_ms(&self) -> i64 {
        self.updated().map_or(i64::MIN, |time| time.start_ms())
    }

    pub(crate) fn version(&self) -> &str {
        self.json.get("meta").text("versionId")
    }
}

/// What a reference ends in: type and id; the type may be empty (`urn:uuid:…`, `#contained`).
pub(crate) fn target(reference: &str) -> (&str, &str) {
    let unversioned = reference.split("/_history/").next().unwrap_or(reference);
    match unversioned.rsplit_once('/') {
        Some((path, id)) => (path.rsplit('/').next().unwrap_or(path), id),
        None => ("", unversioned.trim_start_matches('#')),
    }
}

/// Resources, and which of them is the plan itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parts {
    pub(crate) list: Vec<Part>,
    pub(crate) main: usize,
}

impl Parts {
    /// `main` is the index of the plan among `resources`.
    pub(crate) fn new(resources: Vec<Json>, main: usize) -> Self {
        let mut list: Vec<Part> = resources.into_iter().map(Part::new).collect();
        for at in 0..list.len() {
            let contained = list
                .get(at)
                .map(|part| part.json.get("contained").items().to_vec());
            list.extend(contained.unwrap_or_default().into_iter().map(|json| Part {
                inside: Some(at),
                ..Part::new(json)
            }));
        }
        Self { list, main }
    }

    pub(crate) fn json(&self, at: usize) -> &Json {
        static NOTHING: Json = Json::List(Vec::new());
        self.list.get(at).map_or(&NOTHING, |part| &part.json)
    }

    pub(crate) fn main(&self) -> &Json {
        self.json(self.main)
    }

    /// The part that a reference inside part `from` leads to.
    pub(crate) fn resolve(&self, reference: &Json, from: usize) -> Option<usize> {
        let reference = reference.text("reference");
        let root = self.list.get(from).and_then(|part| part.inside).unwrap_or(from);
        if let Some(id) = reference.strip_prefix('#') {
            let inside = |part: &Part| part.inside == Some(root) && part.id() == id;
            return if id.is_empty() {
                Some(root)
            } else {
                self.list.iter().position(inside)
            };
        }
        let (kind, id) = target(reference);
        let matches = |part: &Part| {
            let fresh = part.fresh.as_deref() == Some(reference);
            fresh || (!id.is_empty() && part.inside.is_none() && (part.kind(), part.id()) == (kind, id))
        };
        self.list.iter().position(matches)
    }

    /// The plans that are part of the plan, each with its zone if it names one; those that were ended, or are only
    /// suggested, are not.
    pub(crate) fn children(&self) -> Vec<(usize, Option<PlanZone>)> {
        let whole_status = self.main().text("status");
        let is_child = |(at, part): &(usize, &Part)| {
            let mut whole = part.json.get("partOf").items().iter();
            part.kind() == "CarePlan"
                && (matches!(part.json.text("status"), "" | "active" | "on-hold")
                    || part.json.text("status") == whole_status)
                && *at != self.main
                && whole.any(|whole| self.resolve(whole, *at) == Some(self.main))
        };
        let children = self.list.iter().enumerate().filter(is_child);
        let mut children: Vec<_> = children.map(|(at, part)| (at, child_zone(&part.json))).collect();
        order::by_key(&mut children, |(_, zone)| {
            zone.map_or(i64::MAX, |zone| zone as i64)
        });
        children
    }

    /// The goals that the plan names, with those of its references that lead nowhere.
    pub(crate) fn goals(&self) -> (Vec<usize>, Vec<&str>) {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for reference in self.main().get("goal").items() {
            match self.resolve(reference, self.main) {
                Some(at) if !found.contains(&at) => found.push(at),
                Some(_) => {}
                None => missing.push(reference.text("reference")),
            }
        }
        (found, missing)
    }
}

fn child_zone(child: &Json) -> Option<PlanZone> {
    let mut categories = child.get("category").items().iter();
    categories
        .find_map(terms::zone)
        .or_else(|| terms::zone(&Json::object([("text", child.text("title").into())])))
}

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

/// People and places as a register keeps them: a plan names them, and their own versions are not the plan's. An
/// older plan is read with them as they are now, so that a new telephone is no change of the plan.
fn is_of_a_register(part: &Part) -> bool {
    let registers = [
        "Practitioner",
        "PractitionerRole",
        "RelatedPerson",
        "Organization",
        "Location",
    ];
    registers.contains(&part.kind())
}

/// Of each resource the version last updated up to `until`; of two with the same time the first.
pub(crate) fn latest(resources: &[Json], until: i64) -> Vec<Json> {
    let mut latest: Vec<Part> = Vec::new();
    for json in resources {
        let part = Part::new(json.clone());
        if part.updated_ms() > until && !is_of_a_register(&part) {
            continue;
        }
        let same = |other: &&mut Part| (other.kind(), other.id()) == (part.kind(), part.id());
        match latest.iter_mut().find(same) {
            Some(there) if there.updated_ms() < part.updated_ms() => *there = part,
            Some(_) => {}
            None => latest.push(part),
        }
    }
    latest.into_iter().map(|part| part.json).collect()
}
