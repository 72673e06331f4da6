//! Plans as CarePlans of a FHIR server. How they are read and written is `fhir-read`'s; the versions are in
//! `fhir_history`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chart_model::care_plan::{Author, CarePlan, EndState, Proposal, Version};
use chart_model::{ClinicalTime, order};
use fhir_read::PageError;
use fhir_read::care_plan::{
    Answer, CarePlanReading, PlanQueries, Request, Save, SaveError, StoredPlan, StoredProposal, answer,
    next_page, propose, read_care_plans, save,
};
use futures_util::future::try_join_all;

use super::repository::{NotSaved, Note, PlanReading, PlanRepository, Suggestion};
use super::wire::{Answered, Later, Wire};
use crate::state::plan::{HistoryKind, PlanVersion};
use crate::state::{Problem, ProblemKind};

const CONTENT_TYPE: &str = "application/fhir+json";
/// More pages of one answer than this are not followed.
const PAGES: usize = 50;

/// What this launch may ask of the server.
#[derive(Clone, Copy, Debug)]
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
}

/// The plans of one patient at one FHIR server.
pub(super) struct FhirPlans {
    pub(super) wire: Rc<dyn Wire>,
    base: String,
    pub(super) queries: PlanQueries,
    pub(super) patient: String,
    pub(super) offers: Offers,
    pub(super) known: RefCell<Known>,
    /// The server has refused a transaction.
    steps_only: Cell<bool>,
}

/// What was read last.
#[derive(Default)]
pub(super) struct Known {
    pub(super) pages: Vec<Vec<u8>>,
    pub(super) current: Option<Rc<(StoredPlan, CarePlan)>>,
    proposals: Vec<StoredProposal>,
    /// The versions, as far as they have been read.
    pub(super) versions: Vec<PlanVersion>,
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
        }
    }

    pub(super) fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.wire.problem(ProblemKind::NotFhir, &error.to_string())
    }

    pub(super) fn stored(&self) -> Option<Rc<(StoredPlan, CarePlan)>> {
        self.known.borrow().current.clone()
    }

    /// All pages from the first one on.
    pub(super) async fn all_pages(&self, first: Vec<u8>) -> Result<Vec<Vec<u8>>, Rc<Problem>> {
        let mut pages = vec![first];
        while let Some(next) = pages.last().and_then(|page| next_page(page)) {
            let foreign =
                |link: fhir_read::ForeignLink| self.wire.problem(ProblemKind::ForeignLink, &link.to_string());
            let address = fhir_read::next_link(&self.base, &next).map_err(foreign)?;
            pages.push(self.wire.read(&address).await?);
            if pages.len() == PAGES {
                break;
            }
        }
        Ok(pages)
    }

    async fn search(&self, address: String) -> Result<Vec<Vec<u8>>, Rc<Problem>> {
        self.all_pages(self.wire.search(&address).await?).await
    }

    /// The searches for what the plan names and the first answer did not bring.
    fn further(&self, read: &CarePlanReading) -> Vec<String> {
        let Some((stored, plan)) = &read.current else {
            return Vec::new();
        };
        let names = |kind: &str| {
            let named = |reference: &String| reference.starts_with(kind);
            (read.missing.iter().any(named), stored.traced().iter().any(named))
        };
        let (goals_missing, _) = names("Goal/");
        let (team_missing, team_there) = names("CareTeam/");
        [
            (self.offers.goals && goals_missing, self.queries.goals()),
            (
                self.offers.requests && read.may_have_requests,
                self.queries.requests(),
            ),
            // Together with the members: it is they who have phones.
            (
                self.offers.teams && (team_missing || (team_there && self.offers.include)),
                self.queries.teams(self.offers.include),
            ),
            (
                self.offers.episodes && plan.follow_up().is_none(),
                self.queries.episodes(),
            ),
        ]
        .into_iter()
        .filter_map(|(is_wanted, search)| is_wanted.then_some(search))
        .collect()
    }

    fn parse(&self, pages: &[Vec<u8>]) -> Result<CarePlanReading, PageError> {
        let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        read_care_plans(&pages, &self.patient)
    }

    fn keep(&self, pages: Vec<Vec<u8>>, read: CarePlanReading) -> PlanReading {
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
        let version = stored.version();
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
            current: Some(Rc::new(PlanVersion {
                version,
                plan: Rc::new(plan.clone()),
            })),
            proposals,
            needs_history,
            findings: read.findings,
        }
    }

    async fn send(&self, request: &Request) -> Result<Answered, NotSaved> {
        let answered = self.wire.write(&self.base, CONTENT_TYPE, request).await;
        answered.map_err(|problem| match problem.kind {
            ProblemKind::Network => NotSaved::Unanswered(problem),
            _ => NotSaved::Refused(problem),
        })
    }

    fn refused(&self, status: u16, words: &str) -> NotSaved {
        let kind = match status {
            401 => ProblemKind::Unauthorized,
            403 => ProblemKind::Forbidden,
            _ => ProblemKind::Server,
        };
        let detail = format!("HTTP {status} {words}");
        match status {
            // A gateway's word: what became of it behind is not known.
            502 | 504 => NotSaved::Unanswered(self.wire.problem(kind, detail.trim_end())),
            _ => NotSaved::Refused(self.wire.problem(kind, detail.trim_end())),
        }
    }

    fn unwritable(&self, error: SaveError) -> NotSaved {
        match error {
            SaveError::NoVersion(_) => NotSaved::NoVersion,
            SaveError::NotWritable(_) => NotSaved::Refused(
                self.wire
                    .problem(ProblemKind::Forbidden, "a part of the plan that is only read"),
            ),
            SaveError::NothingChanged => NotSaved::Overtaken,
        }
    }

    /// One request that stands alone.
    async fn send_alone(&self, request: &Request) -> Result<(), NotSaved> {
        let answered = self.send(request).await?;
        match answer(answered.status, &answered.body, false) {
            Answer::Saved => Ok(()),
            Answer::Conflict => Err(NotSaved::Overtaken),
            Answer::TransactionRefused => Err(self.refused(answered.status, "")),
            Answer::Refused { status, words } => Err(self.refused(status, &words)),
        }
    }

    async fn save_at_once(&self, save: &Save) -> Result<bool, NotSaved> {
        let answered = self.send(&save.transaction()).await?;
        match answer(answered.status, &answered.body, true) {
            Answer::Saved => Ok(true),
            Answer::Conflict => Err(NotSaved::Overtaken),
            Answer::TransactionRefused => Ok(false),
            Answer::Refused { status, words } => Err(self.refused(status, &words)),
        }
    }

    async fn save_in_steps(&self, save: Save) -> Result<(), NotSaved> {
        let mut steps = save.steps();
        while let Some(request) = steps.next() {
            let outcome = match self.send(&request).await {
                Ok(answered) => match answer(answered.status, &answered.body, false) {
                    Answer::Saved => {
                        steps.answered(&answered.body, answered.location.as_deref());
                        continue;
                    }
                    Answer::Conflict => NotSaved::Overtaken,
                    Answer::TransactionRefused => self.refused(answered.status, ""),
                    Answer::Refused { status, words } => self.refused(status, &words),
                },
                Err(failed) => failed,
            };
            if steps.is_before_gate() {
                return Err(outcome);
            }
            let problem = match outcome {
                NotSaved::Refused(problem) | NotSaved::Unanswered(problem) => problem,
                _ => self.wire.problem(ProblemKind::Server, "HTTP 412"),
            };
            return Err(if steps.is_record() {
                NotSaved::NotRecorded(problem)
            } else {
                let detail = format!("{}; not saved: {}", problem.detail, steps.left().join(", "));
                NotSaved::Partly(self.wire.problem(problem.kind, &detail))
            });
        }
        Ok(())
    }
}

impl PlanRepository for FhirPlans {
    fn take(&self, pages: Vec<Vec<u8>>) -> Result<PlanReading, PageError> {
        let read = self.parse(&pages)?;
        Ok(self.keep(pages, read))
    }

    fn read(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>> {
        Box::pin(async move {
            let mut pages = self.search(self.queries.plans(self.offers.include)).await?;
            let mut read = self.parse(&pages).map_err(|error| self.unread(&error))?;
            let further = self.further(&read);
            if !further.is_empty() {
                let answers = further.into_iter().map(|address| self.search(address));
                pages.extend(try_join_all(answers).await?.into_iter().flatten());
                read = self.parse(&pages).map_err(|error| self.unread(&error))?;
            }
            Ok(self.keep(pages, read))
        })
    }

    fn history(&self) -> Later<'_, Result<(Vec<PlanVersion>, HistoryKind), Rc<Problem>>> {
        Box::pin(self.read_versions())
    }

    fn save<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async move {
            let stored = self.stored().ok_or(NotSaved::NoVersion)?;
            let save = save(&stored.0, edited, &note.comment, &note.signer, note.now)
                .map_err(|error| self.unwritable(error))?;
            if !self.steps_only.get() {
                if self.save_at_once(&save).await? {
                    return Ok(());
                }
                self.steps_only.set(true);
            }
            self.save_in_steps(save).await
        })
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

/// Name, role and organisation of the clinician `Practitioner/7`.
pub(super) async fn author(wire: &dyn Wire, base: &str, practitioner: &str) -> Option<Author> {
    let (_, id) = practitioner.rsplit_once('/')?;
    let queries = PlanQueries::new(base, "");
    let page = wire.search(&queries.role_of(id)).await.ok()?;
    Some(fhir_read::care_plan::read_author(&page, practitioner))
}
