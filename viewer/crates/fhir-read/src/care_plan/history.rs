//! The versions of a plan, put together from the versions of the resources that it is made of.
//!
//! A version is a version of the plan's own CarePlan, with its zones, goals and team as they were then.
//! What was saved within a minute of it belongs to it: a save by single requests is one version. Where a
//! zone or a goal was changed by itself (by another system) that is a version of its own, told apart by that
//! resource's version behind the plan's.

mod cut;
mod named;
mod who;

use std::rc::Rc;

use chart_model::care_plan::{CarePlan, Version};
use chart_model::{ClinicalTime, Finding, order};

use super::collect::collect;
use super::parts::{Part, Parts, latest, target};
use super::people;
use super::read;
use super::requests;
use super::stored::StoredPlan;
use crate::error::PageError;
pub use cut::cut_histories;
use cut::{cut_lists, goes_back_to_the_first};
pub use named::{unread_parts, unread_people};
use who::Records;

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
    let is_plan = |part: &Part| (part.kind(), part.id()) == ("CarePlan", plan);
    let parts: Vec<Part> = resources.iter().cloned().map(Part::new).collect();
    let mut plans: Vec<&Part> = parts.iter().filter(|part| is_plan(part)).collect();
    order::by_key(&mut plans, |part| part.version().parse().unwrap_or(i64::MAX));
    if plans.iter().all(|part| part.updated().is_some()) {
        order::by_key(&mut plans, |part| part.updated_ms());
    }
    // What a list left out may have been read one by one.
    let is_short = |list: Vec<Part>| {
        let versions =
            |of: &Part| goes_back_to_the_first(parts.iter().filter(|part| part.name() == of.name()));
        list.first().and_then(versions) != Some(true)
    };
    reading.is_cut = goes_back_to_the_first(plans.iter().copied()) == Some(false)
        || cut_lists(pages).into_iter().any(is_short);
    let named = named::parts_of(&resources, plan);
    let known = Parts::new(latest(&resources, i64::MAX), 0);
    let records = Records { all: &known };
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
        let record = records.of(&moment, before.map(|part| part.version()), &named);
        reading.versions.push(PlanVersion {
            version: records.version(&moment, record),
            plan: said.clone(),
        });
        previous = Some(said);
    }
    reading.versions.reverse();
    Ok(reading)
}

/// A time at which the plan became another.
pub(super) struct Moment<'a> {
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

    /// What the plan's version is: as its record says, else as it says itself.
    pub fn version(&self) -> Version {
        self.with_records(|records, moment, parts| {
            let record = records.of(moment, None, parts);
            records.version(moment, record)
        })
        .unwrap_or_else(|| super::remarks::version(self.parts.main()))
    }

    /// When the plan was changed, by whom and why, by the records that were sent with it: newest first, without how it was
    /// begun. The source may have changes that nobody recorded.
    pub fn recorded(&self) -> Vec<Version> {
        self.with_records(|records, moment, parts| records.changes(moment, parts))
            .unwrap_or_default()
    }

    fn with_records<T>(
        &self,
        ask: impl FnOnce(&Records<'_>, &Moment<'_>, &[(&str, &str)]) -> T,
    ) -> Option<T> {
        let plan = self.parts.list.get(self.parts.main)?;
        let traced = self.traced();
        let parts: Vec<(&str, &str)> = traced.iter().map(|name| target(name)).collect();
        let moment = Moment {
            plan,
            part: None,
            until: i64::MAX,
        };
        Some(ask(&Records { all: &self.parts }, &moment, &parts))
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
