//! The versions of a plan, put together from the versions of the resources that it is made of.
//!
//! A version is a version of the plan's own CarePlan, with its zones, goals and team as they were then.
//! What was saved within a minute of it belongs to it: a save by single requests is one version. Where a
//! zone or a goal was changed by itself (by another system) that is a version of its own, told apart by that
//! resource's version behind the plan's.

use std::rc::Rc;

use chart_model::care_plan::{Author, CarePlan, KnownFrom, Version};
use chart_model::{ClinicalTime, Finding, order};

use super::parts::{Part, Parts, collect, latest, target};
use super::people;
use super::read;
use super::remarks;
use super::stored::StoredPlan;
use super::{requests, terms};
use crate::error::PageError;
use crate::json::Json;

/// What is written within this time, milliseconds, was written together.
const TOGETHER_MS: i64 = 60_000;

/// One version of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanVersion {
    /// Its number, time, author and comment.
    pub version: Version,
    /// What it said.
    pub plan: CarePlan,
}

/// The versions that the source gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryReading {
    /// Newest first.
    pub versions: Vec<PlanVersion>,
    /// Versions are missing: before the oldest, or between two.
    pub is_cut: bool,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the history of a plan from answers in any order: `_history` of the plan and of its parts
/// ([`StoredPlan::traced`]), single versions, Provenance, and whatever was read of the plan as it is now.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_history(pages: &[&[u8]], plan: &str, patient: &str) -> Result<HistoryReading, PageError> {
    let mut reading = HistoryReading::default();
    let resources = collect(pages, patient, &mut reading.findings)?;
    let (records, resources): (Vec<Json>, Vec<Json>) = resources
        .into_iter()
        .partition(|json| json.text("resourceType") == "Provenance");
    let is_plan = |part: &Part| (part.kind(), part.id()) == ("CarePlan", plan);
    let parts: Vec<Part> = resources.iter().cloned().map(Part::new).collect();
    let mut plans: Vec<&Part> = parts.iter().filter(|part| is_plan(part)).collect();
    order::by_key(&mut plans, |part| part.version().parse().unwrap_or(i64::MAX));
    order::by_key(&mut plans, |part| part.updated_ms());
    // What a list left out may have been read one by one.
    let is_short = |list: Vec<Part>| {
        let versions =
            |of: &Part| goes_back_to_the_first(parts.iter().filter(|part| part.name() == of.name()));
        list.first().and_then(versions) != Some(true)
    };
    reading.is_cut = goes_back_to_the_first(plans.iter().copied()) == Some(false)
        || cut_lists(pages).into_iter().any(is_short);
    let mut previous: Option<CarePlan> = None;
    for moment in moments(&plans, &parts) {
        let mut there = latest(&resources, moment.until);
        there.retain(|json| !is_plan(&Part::new(json.clone())));
        there.insert(0, moment.plan.json.clone());
        let parts = Parts::new(there, 0);
        let said = read::read(&parts, patient, &mut Vec::new());
        if moment.part.is_some() && previous.as_ref() == Some(&said) {
            continue;
        }
        let before = plans.iter().take_while(|part| **part != moment.plan).last();
        let record = record(&records, &moment, before.map(|part| part.version()));
        reading.versions.push(PlanVersion {
            version: version(&moment, record, &resources),
            plan: said.clone(),
        });
        previous = Some(said);
    }
    reading.versions.reverse();
    Ok(reading)
}

/// A time at which the plan became another.
struct Moment<'a> {
    /// Version of the plan in force.
    plan: &'a Part,
    /// The part that was changed, where it was not the plan itself.
    part: Option<&'a Part>,
    /// What was written up to here belongs to it, milliseconds.
    until: i64,
}

impl Moment<'_> {
    fn time(&self) -> Option<ClinicalTime> {
        self.part.unwrap_or(self.plan).updated()
    }
}

fn moments<'a>(plans: &[&'a Part], parts: &'a [Part]) -> Vec<Moment<'a>> {
    let of_plan = |part: &&Part| {
        matches!(part.kind(), "CarePlan" | "Goal" | "CareTeam" | "Condition")
            || requests::sets_limits(&part.json)
    };
    let near_a_plan = |at: i64| {
        plans
            .iter()
            .any(|plan| plan.updated_ms().abs_diff(at) <= TOGETHER_MS.unsigned_abs())
    };
    let first = plans.first().map_or(i64::MAX, |plan| plan.updated_ms());
    let mut alone: Vec<&Part> = parts
        .iter()
        .filter(of_plan)
        .filter(|part| {
            !plans
                .iter()
                .any(|plan| plan.id() == part.id() && plan.kind() == part.kind())
        })
        .filter(|part| part.updated_ms() > first && !near_a_plan(part.updated_ms()))
        .collect();
    order::by_key(&mut alone, |part| part.updated_ms());
    let mut moments: Vec<Moment<'a>> = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        let from = plan.updated_ms();
        let next = plans.get(at + 1).map_or(i64::MAX, |next| next.updated_ms());
        let until = if next == i64::MAX && alone.is_empty() {
            i64::MAX
        } else {
            from.saturating_add(TOGETHER_MS)
                .min(next.saturating_sub(1))
                .max(from)
        };
        moments.push(Moment {
            plan,
            part: None,
            until,
        });
        for part in alone
            .iter()
            .filter(|part| (from..next).contains(&part.updated_ms()))
        {
            let at = part.updated_ms();
            match moments.last_mut() {
                Some(last) if last.part.is_some() && at - last.until <= TOGETHER_MS => last.until = at,
                _ => moments.push(Moment {
                    plan,
                    part: Some(part),
                    until: at,
                }),
            }
        }
    }
    moments
}

/// The record of who made a version: one that names the version; one that names the one before as what
/// was revised; else the nearest in time, if it was written together with it.
fn record<'a>(records: &'a [Json], moment: &Moment<'_>, before: Option<&str>) -> Option<&'a Json> {
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

fn version(moment: &Moment<'_>, record: Option<&Json>, resources: &[Json]) -> Version {
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

/// Whether numbered versions go back to the first without a gap. Opaque numbers tell nothing.
fn goes_back_to_the_first<'a>(versions: impl Iterator<Item = &'a Part>) -> Option<bool> {
    let numbers: Option<Vec<u64>> = versions.map(|part| part.version().parse().ok()).collect();
    numbers.map(|mut numbers| {
        order::by_key(&mut numbers, |number| *number as i64);
        (1..)
            .zip(numbers)
            .all(|(expected, number): (u64, u64)| expected == number)
    })
}

/// What each history holds that counts more versions than that, and has no next page.
fn cut_lists(pages: &[&[u8]]) -> Vec<Vec<Part>> {
    let bundles = pages.iter().filter_map(|page| Json::parse(page));
    let histories = bundles.filter(|bundle| bundle.text("type") == "history");
    let cut = histories.filter_map(|bundle| {
        let entries = bundle.get("entry").items();
        let total = match bundle.get("total") {
            Json::Atom(total) => total.parse().unwrap_or(0),
            _ => 0,
        };
        let mut links = bundle.get("link").items().iter();
        let has_next = links.any(|link| link.text("relation") == "next");
        let parts = entries
            .iter()
            .map(|entry| Part::new(entry.get("resource").clone()));
        (!has_next && total > entries.len()).then(|| parts.collect())
    });
    cut.collect()
}

/// The oldest that each cut history holds, as `CarePlan/7` and its version: what was before it may be had one by one.
pub fn cut_histories(pages: &[&[u8]]) -> Vec<(String, Version)> {
    let oldest = |list: Vec<Part>| {
        let oldest = list
            .iter()
            .min_by_key(|part| part.version().parse().unwrap_or(u64::MAX))?;
        Some((oldest.name(), remarks::version(&oldest.json)))
    };
    cut_lists(pages).into_iter().filter_map(oldest).collect()
}

impl StoredPlan {
    /// The resources whose histories make that of the plan, as `CarePlan/7`: the plan first, then its zones,
    /// goals and teams, and requests that set limits.
    pub fn traced(&self) -> Vec<String> {
        let parts = &self.parts;
        let children = parts.children().into_iter().map(|(at, _)| at);
        let all = [parts.main]
            .into_iter()
            .chain(children)
            .chain(parts.goals().0)
            .chain(people::teams(parts))
            .chain(requests::requests(parts).map(|(at, _)| at));
        all.filter_map(|at| parts.list.get(at))
            .filter(|part| part.inside.is_none() && part.fresh.is_none())
            .map(Part::name)
            .collect()
    }

    /// The plans that this one came in the place of, as `CarePlan/5`: the last step of the ladder.
    pub fn replaces(&self) -> Vec<&str> {
        let replaced = self.parts.main().get("replaces").items().iter();
        replaced.map(|plan| plan.text("reference")).collect()
    }
}

/// The version before a version, where versions are numbered: for reading them one by one where there is
/// no `_history`.
pub fn version_before(version: &Version) -> Option<Rc<str>> {
    let number: u64 = version.id.parse().ok()?;
    (number > 1).then(|| (number - 1).to_string().into())
}
