//! Plans as CarePlans of a FHIR server. How they are read is `fhir-read`'s; the versions are in `fhir_history`, the
//! requests in `fhir_fetching` and `fhir_saving`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chart_model::care_plan::{Author, CarePlan, EndState, KnownFrom, Proposal, Version};
use chart_model::{ClinicalTime, order};
use fhir_read::PageError;
use fhir_read::care_plan::{
    CarePlanReading, PlanQueries, StoredPlan, StoredProposal, propose, read_care_plans,
};

use super::repository::{NotSaved, Note, PlanReading, PlanRepository, Versions};
use super::wire::{Later, Wire};
use crate::state::plan::{PlanVersion, Suggestion};
use crate::state::{Problem, ProblemKind};

/// What this launch may ask of the server.
#[derive(Clone, Debug)]
pub(super) struct Offers {
    /// It includes what is referred to.
    pub(super) include: bool,
    /// It has `_history`.
    pub(super) history: bool,
    /// Goals may be searched.
    pub(super) goals: bool,
    /// Requests for measurements may be searched.
    pub(super) requests: bool,
    /// Care teams may be searched.
    pub(super) teams: bool,
    /// Periods of follow-up may be searched.
    pub(super) episodes: bool,
    /// Provenance may be searched.
    pub(super) records: bool,
    /// Kinds of people and organisations that may be read.
    pub(super) people: Vec<&'static str>,
}

/// The plans of one patient at one FHIR server.
pub(super) struct FhirPlans {
    pub(super) wire: Rc<dyn Wire>,
    pub(super) base: String,
    pub(super) queries: PlanQueries,
    pub(super) patient: String,
    pub(super) offers: Offers,
    pub(super) known: RefCell<Known>,
    /// The server has refused a transaction.
    pub(super) steps_only: Cell<bool>,
    /// People and organisations that were asked for one by one, as far as they were answered.
    pub(super) people: RefCell<Vec<(String, Option<Vec<u8>>)>>,
    /// The server has refused to add who is in the teams.
    pub(super) no_members: Cell<bool>,
}

/// What was read last.
#[derive(Default)]
pub(super) struct Known {
    pub(super) pages: Vec<Vec<u8>>,
    pub(super) current: Option<Rc<(StoredPlan, CarePlan)>>,
    proposals: Vec<StoredProposal>,
    /// Who has saved a version that was not read back yet, and recorded it.
    pub(super) signing: Option<Author>,
    /// The version that it became, and who that is.
    signed: Option<(Rc<str>, Author)>,
    /// The versions, as far as they have been read.
    pub(super) versions: Vec<PlanVersion>,
    /// The resources whose histories make that of the plan, those too that have been deleted since: the plan first.
    pub(super) traced: Vec<String>,
}

impl FhirPlans {
    /// `base` without a slash at its end.
    pub(super) fn new(wire: Rc<dyn Wire>, base: &str, patient: &str, offers: Offers) -> Self {
        Self {
            wire,
            base: base.to_owned(),
            queries: PlanQueries::new(base, patient),
            patient: patient.to_owned(),
            offers,
            known: RefCell::default(),
            steps_only: Cell::new(false),
            people: RefCell::default(),
            no_members: Cell::new(false),
        }
    }

    pub(super) fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.wire.problem(ProblemKind::NotFhir, &error.to_string())
    }

    pub(super) fn stored(&self) -> Option<Rc<(StoredPlan, CarePlan)>> {
        self.known.borrow().current.clone()
    }

    pub(super) fn parse(&self, pages: &[Vec<u8>]) -> Result<CarePlanReading, PageError> {
        let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        read_care_plans(&pages, &self.patient)
    }

    pub(super) fn keep(&self, pages: Vec<Vec<u8>>, read: CarePlanReading) -> PlanReading {
        let mut known = self.known.borrow_mut();
        let known = &mut *known;
        known.pages = pages;
        known.current = read.current.map(Rc::new);
        known.proposals = read.proposals;
        let Some(current) = known.current.as_deref() else {
            return PlanReading {
                findings: read.findings,
                ..PlanReading::default()
            };
        };
        let (stored, plan) = current;
        let mut version = stored.version();
        if let Some(author) = known.signing.take_if(|author| author.name == version.author.name) {
            known.signed = Some((Rc::clone(&version.id), author));
        }
        // The record of it says no more.
        if let Some((_, author)) = known.signed.as_ref().filter(|(id, _)| *id == version.id) {
            version.author.clone_from(author);
            version.known_from = KnownFrom::Provenance;
        }
        // What is known of its history begins with it.
        let newest = known.versions.first();
        if newest.is_some_and(|newest| newest.version.id != version.id) {
            let plan = Rc::new(plan.clone());
            let version = version.clone();
            known.versions.insert(0, PlanVersion { version, plan });
        }
        let traced = stored.traced();
        // The parts of another plan are none of this one's.
        if known.traced.first() != traced.first() {
            known.traced.clear();
        }
        for part in traced {
            if !known.traced.contains(&part) {
                known.traced.push(part);
            }
        }
        let mut needs_history = false;
        let mut proposals: Vec<Suggestion> = Vec::new();
        for proposal in known
            .proposals
            .iter()
            .filter(|proposal| proposal.is_for(stored.id()))
        {
            let base = is_earlier(proposal, &version).then(|| base_of(proposal, &known.versions));
            // Once the history is here there is no more to be known.
            needs_history |= matches!(base, Some(None)) && known.versions.is_empty();
            proposals.push((
                proposal.id().into(),
                proposal.version.time.clone(),
                Rc::new(Proposal {
                    plan: proposal.plan.clone(),
                    base: base
                        .flatten()
                        .map_or_else(|| plan.clone(), |base| (*base.plan).clone()),
                    author: proposal.version.author.clone(),
                    comment: proposal.version.comment.clone(),
                }),
            ));
        }
        order::by_key(&mut proposals, |(_, time, _)| {
            time.as_ref()
                .map_or(i64::MIN, chart_model::ClinicalTime::start_ms)
        });
        PlanReading {
            recorded: Rc::new(stored.recorded()),
            current: Some(Rc::new(PlanVersion {
                version,
                plan: Rc::new(plan.clone()),
            })),
            proposals,
            needs_history,
            locks: stored.locks(),
            findings: read.findings,
        }
    }
}

impl PlanRepository for FhirPlans {
    fn first(&self) -> Later<'_, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(self.first_answer())
    }

    fn take(&self, pages: Vec<Vec<u8>>) -> Result<PlanReading, PageError> {
        let read = self.parse(&pages)?;
        Ok(self.keep(pages, read))
    }

    fn read(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>> {
        Box::pin(async move {
            let first = self.first().await?;
            let pages = self.all_pages(first).await?;
            self.whole(pages).await
        })
    }

    fn complete(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>> {
        Box::pin(async move {
            let taken = self.known.borrow().pages.clone();
            self.whole(taken).await
        })
    }

    fn answers(&self) -> Vec<Vec<u8>> {
        self.known.borrow().pages.clone()
    }

    fn history(&self) -> Later<'_, Result<Versions, Rc<Problem>>> {
        Box::pin(self.read_versions())
    }

    fn save<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(self.write_version(edited, note))
    }

    fn suggest<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async move {
            let stored = self.stored().ok_or(NotSaved::NoVersion)?;
            let request = propose(&stored.0, edited, &note.comment, &note.signer, note.now)
                .map_err(|error| self.unwritable(error))?;
            self.send_alone(&request).await
        })
    }

    fn conclude<'a>(&'a self, id: &'a str, end: EndState, note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async move {
            let request = {
                let known = self.known.borrow();
                let stored = known.proposals.iter().find(|proposal| proposal.id() == id);
                let stored = stored.ok_or(NotSaved::Overtaken)?;
                stored
                    .conclude(end, &note.comment, &note.signer, note.now)
                    .map_err(|error| self.unwritable(error))?
            };
            self.send_alone(&request).await
        })
    }
}

/// It was written from an earlier version than this: as it says, or else by its time.
fn is_earlier(proposal: &StoredProposal, current: &Version) -> bool {
    match proposal.base_version() {
        Some(base) => *base != *current.id,
        None => start(&proposal.version) < start(current),
    }
}

/// The version that a suggestion was written from.
fn base_of<'a>(proposal: &StoredProposal, versions: &'a [PlanVersion]) -> Option<&'a PlanVersion> {
    versions.iter().find(|version| match proposal.base_version() {
        Some(base) => *base == *version.version.id,
        None => start(&version.version) <= start(&proposal.version),
    })
}

fn start(version: &Version) -> i64 {
    version.time.as_ref().map_or(i64::MIN, ClinicalTime::start_ms)
}
