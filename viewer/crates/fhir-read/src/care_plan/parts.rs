//! The resources that make up one plan, as they were sent, and the references between them. What they
//! say is read elsewhere.

use chart_model::care_plan::PlanZone;
use chart_model::{ClinicalTime, order};

use super::terms;
use crate::json::Json;

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

    pub(crate) fn updated_text(&self) -> &str {
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
