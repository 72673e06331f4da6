//! Who made a version, and why: by the Provenance that belongs to it. Which versions there are is decided beside it.

use chart_model::ClinicalTime;
use chart_model::care_plan::{Author, KnownFrom, Version};

use super::super::parts::target;
use super::super::{people, remarks, terms};
use super::{Moment, TOGETHER_MS};
use crate::json::Json;

/// The record of who made a version: one that names the version; one that names the one before as what
/// was revised; else the nearest in time, if it was written together with it.
pub(super) fn record<'a>(records: &'a [Json], moment: &Moment<'_>, before: Option<&str>) -> Option<&'a Json> {
    let changed = moment.part.unwrap_or(moment.plan);
    let (kind, id) = (changed.kind(), changed.id());
    let version = |reference: &'a str| {
        let this = target(reference) == (kind, id);
        let (_, version) = reference.split_once("/_history/")?;
        this.then_some(version)
    };
    let versions = move |record: &'a Json, revised: bool| {
        let entities = record.get("entity").items().iter();
        let entities = entities.filter(move |entity| (entity.text("role") == "revision") == revised);
        let what = entities.map(|entity| entity.get("what").text("reference"));
        let targets = record.get("target").items().iter().filter(move |_| !revised);
        what.chain(targets.map(|target| target.text("reference")))
            .filter_map(version)
    };
    let names = |record: &&'a Json| versions(record, false).any(|version| version == changed.version());
    let revises = |record: &&'a Json| {
        moment.part.is_none()
            && before.is_some()
            && versions(record, true).any(|version| Some(version) == before)
    };
    let by_name = records
        .iter()
        .find(names)
        .or_else(|| records.iter().find(revises));
    by_name.or_else(|| {
        let time = changed.updated_ms();
        let away = |record: &&Json| {
            let recorded = ClinicalTime::parse(record.text("recorded"));
            recorded.map_or(i64::MAX, |recorded| {
                recorded.start_ms().saturating_sub(time).saturating_abs()
            })
        };
        let about = |record: &&Json| {
            let targets = record.get("target").items().iter();
            let mut targets = targets.map(|about| target(about.text("reference")));
            targets.any(|about| about == (kind, id) || about == (moment.plan.kind(), moment.plan.id()))
        };
        let near = records
            .iter()
            .filter(about)
            .filter(|record| versions(record, false).next().is_none());
        near.min_by_key(away).filter(|record| away(record) <= TOGETHER_MS)
    })
}

pub(super) fn version(moment: &Moment<'_>, record: Option<&Json>, resources: &[Json]) -> Version {
    let mut version = remarks::version(&moment.plan.json);
    if let Some(part) = moment.part {
        version.id = format!("{}+{}/{}", moment.plan.version(), part.id(), part.version()).into();
        version.time = moment.time();
        version.comment = String::new();
        version.author = Author::default();
        version.known_from = KnownFrom::Nothing;
    }
    let Some(record) = record else { return version };
    let reason = terms::words(record.first("reason"));
    if !reason.is_empty() {
        reason.clone_into(&mut version.comment);
    }
    if let Some(author) = author(record, resources) {
        version.author = author;
        version.known_from = KnownFrom::Provenance;
    }
    version
}

/// Who did it, by a Provenance; `None` if it names nobody.
fn author(record: &Json, resources: &[Json]) -> Option<Author> {
    let named = |reference: &Json| {
        let (kind, id) = target(reference.text("reference"));
        let there = resources
            .iter()
            .find(|json| (json.text("resourceType"), json.text("id")) == (kind, id));
        let display = reference.text("display");
        if display.is_empty() {
            there.map(people::name).unwrap_or_default()
        } else {
            display.to_owned()
        }
    };
    let agents = record.get("agent").items().iter();
    let mut authors = agents.map(|agent| Author {
        name: named(agent.get("who")),
        role: terms::words(agent.first("role")).to_owned(),
        organisation: named(agent.get("onBehalfOf")),
    });
    authors.find(|author| !author.name.is_empty())
}
