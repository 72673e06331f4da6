//! Who made a version, and why: by the Provenance that belongs to it. Which versions there are is decided beside it.

use chart_model::care_plan::{Author, KnownFrom, Version, clean_text};
use chart_model::{ClinicalTime, order};

use super::super::parts::{Parts, target};
use super::super::{people, remarks, terms};
use super::{Moment, TOGETHER_MS};
use crate::json::Json;

/// The records of who did what, with the people that they name: places of Provenances in `all`.
pub(in super::super) struct Records<'a> {
    pub(in super::super) all: &'a Parts,
}

impl<'a> Records<'a> {
    fn places(&self) -> impl Iterator<Item = usize> + use<'a> {
        let all = self.all;
        (0..all.list.len()).filter(move |at| all.json(*at).text("resourceType") == "Provenance")
    }

    /// The record of who made a version: one that names the version; one that names the one before as what
    /// was revised; else the nearest in time, if it was written together with it, one of the plan before one of a
    /// part of it. `parts` are what the plan is made of, by type and id.
    pub(in super::super) fn of(
        &self,
        moment: &Moment<'_>,
        before: Option<&str>,
        parts: &[(&str, &str)],
    ) -> Option<usize> {
        let changed = moment.part.unwrap_or(moment.plan);
        let this = (changed.kind(), changed.id());
        let names = |at: &usize| self.versions(*at, this, false).any(|id| id == changed.version());
        let revises = |at: &usize| {
            moment.part.is_none()
                && before.is_some()
                && self.versions(*at, this, true).any(|id| Some(id) == before)
        };
        let by_name = self.places().find(names).or_else(|| self.places().find(revises));
        let plan = [this, (moment.plan.kind(), moment.plan.id())];
        by_name.or_else(|| {
            let near = |about: &[(&str, &str)]| {
                let about = self.places().filter(|at| self.is_about(*at, about));
                about
                    .filter(|at| self.versions(*at, this, false).next().is_none())
                    .map(|at| (self.away(at, changed.updated_ms()), at))
                    .filter(|(away, _)| *away <= TOGETHER_MS)
                    .min()
            };
            let (_, at) = near(&plan).or_else(|| near(parts))?;
            Some(at)
        })
    }

    /// The versions of a resource that a record names: as what was revised, or as what came of it.
    fn versions(
        &self,
        at: usize,
        this: (&'a str, &'a str),
        revised: bool,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let record = self.all.json(at);
        let entities = record.get("entity").items().iter();
        let entities = entities.filter(move |entity| (entity.text("role") == "revision") == revised);
        let what = entities.map(|entity| entity.get("what").text("reference"));
        let targets = record.get("target").items().iter().filter(move |_| !revised);
        what.chain(targets.map(|target| target.text("reference")))
            .filter_map(move |reference| {
                let (_, version) = reference.split_once("/_history/")?;
                (target(reference) == this).then_some(version)
            })
    }

    fn is_about(&self, at: usize, wanted: &[(&str, &str)]) -> bool {
        let mut targets = self.all.json(at).get("target").items().iter();
        targets.any(|about| wanted.contains(&target(about.text("reference"))))
    }

    /// How far from an instant it was recorded, milliseconds.
    fn away(&self, at: usize, time: i64) -> i64 {
        self.time(at).map_or(i64::MAX, |recorded| {
            recorded.start_ms().saturating_sub(time).saturating_abs()
        })
    }

    fn time(&self, at: usize) -> Option<ClinicalTime> {
        ClinicalTime::parse(self.all.json(at).text("recorded")).ok()
    }

    /// A version, with what the record of it says.
    pub(in super::super) fn version(&self, moment: &Moment<'_>, record: Option<usize>) -> Version {
        let mut version = remarks::version(&moment.plan.json);
        if let Some(part) = moment.part {
            version.id = format!("{}+{}/{}", moment.plan.version(), part.id(), part.version()).into();
            version.time = moment.time();
            version.comment = String::new();
            version.author = Author::default();
            version.known_from = KnownFrom::Nothing;
        }
        if let Some(record) = record {
            self.tell(&mut version, record);
        }
        version
    }

    fn tell(&self, version: &mut Version, record: usize) {
        let reason = terms::words(self.all.json(record).first("reason"));
        if !reason.is_empty() {
            version.comment = clean_text(reason);
        }
        if let Some(author) = self.author(record) {
            version.author = author;
            version.known_from = KnownFrom::Provenance;
        }
    }

    /// Who did it; `None` if nobody is named. Who wrote it comes before who passed it on, and people before machines.
    fn author(&self, at: usize) -> Option<Author> {
        let mut agents: Vec<&Json> = self.all.json(at).get("agent").items().iter().collect();
        order::by_key(&mut agents, |agent| rank(agent));
        let authors = agents.into_iter().map(|agent| {
            let who = people::author(self.all, agent.get("who"), at);
            let behalf = people::author(self.all, agent.get("onBehalfOf"), at).name;
            let role = terms::words(agent.first("role"));
            let role = if role.is_empty() { &who.role } else { role };
            let organisation = if behalf.is_empty() {
                &who.organisation
            } else {
                &behalf
            };
            Author {
                name: clean_text(&who.name),
                role: clean_text(role),
                organisation: clean_text(organisation),
            }
        });
        let mut authors: Vec<Author> = authors.collect();
        let named = authors.iter().position(|author| !author.name.is_empty());
        let known = named.or_else(|| authors.iter().position(|author| !author.organisation.is_empty()))?;
        Some(authors.swap_remove(known))
    }

    /// When the plan was changed, by whom and why, as far as it is recorded: newest first. What was recorded together is
    /// one change. The record of how the plan was begun is not among them.
    pub(in super::super) fn changes(&self, plan: &Moment<'_>, parts: &[(&str, &str)]) -> Vec<Version> {
        let this = (plan.plan.kind(), plan.plan.id());
        let mut places: Vec<usize> = self
            .places()
            .filter(|at| self.is_about(*at, &[this]) || self.is_about(*at, parts))
            .filter(|at| self.time(*at).is_some())
            .collect();
        let begins = |at: usize| self.time(at).map_or(i64::MIN, |time| time.start_ms());
        order::by_key(&mut places, |at| begins(*at).saturating_neg());
        let revises = |at: &usize| self.versions(*at, this, true).next().is_some();
        if places.last().is_some_and(|first| !revises(first)) {
            places.pop();
        }
        let mut changes: Vec<Version> = Vec::new();
        let mut last = i64::MAX;
        for at in places {
            if last.saturating_sub(begins(at)) > TOGETHER_MS {
                let id = self.versions(at, this, false).next().unwrap_or_default();
                let mut change = Version {
                    id: id.into(),
                    time: self.time(at),
                    author: Author::default(),
                    comment: String::new(),
                    known_from: KnownFrom::Nothing,
                };
                self.tell(&mut change, at);
                changes.push(change);
            }
            last = begins(at);
        }
        changes
    }
}

/// Lower is asked first.
fn rank(agent: &Json) -> i64 {
    let codings = agent.get("type").get("coding").items();
    let is = |code: &str| codings.iter().any(|coding| coding.text("code") == code);
    let (kind, _) = target(agent.get("who").text("reference"));
    if kind == "Device" || is("assembler") || is("custodian") {
        2
    } else {
        i64::from(!is("author"))
    }
}
