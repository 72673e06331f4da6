//! What is done about the plan: fetched whole and with its versions once it is opened, saved, suggested, decided.
//! What is shown and written is the desk's (`state::plan`); what a plan is, and how two merge, is `chart-model`'s.

mod fhir_fetching;
mod fhir_history;
mod fhir_plans;
mod fhir_saving;
mod nhn_plans;
mod repository;
mod saving;
mod seen;
mod wire;
mod writing;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use chart_model::Finding;
use fhir_read::PageError;
use fhir_read::care_plan::Signer;
use smart_launch::{Access, LaunchContext, PlanService, PlanServiceKind, User};

use super::fhir_client::FhirClient;
use super::session::{Outcome, Session};
use crate::browser::chunks::fetch;
use crate::chunks::{self, Chunk};
use crate::state::{Action, DeskAction, PlanCommand, PlanDesk, Problem, ProblemKind};
use fhir_plans::{FhirPlans, Offers};
use nhn_plans::NhnPlans;
use repository::{PlanReading, PlanRepository};
pub(crate) use wire::Later;

/// The plan of one launch, and how far it has been fetched.
pub(crate) struct PlanWork {
    source: Source,
    /// All of it is here, not only what the first screen's answer held.
    is_whole: Cell<bool>,
    has_history: Cell<bool>,
    /// The versions were asked for, to be marked on the time axis.
    asked_marks: Cell<bool>,
    is_writing: Cell<bool>,
    /// Who is logged in, once verified.
    user: RefCell<Option<User>>,
    signer: RefCell<Option<Signer>>,
    /// The first answer, where it was asked for to see whether there is a plan, and not used yet.
    first: RefCell<Option<Vec<u8>>>,
    /// The version that the user saw last, once it is known who that is.
    seen: RefCell<Option<Option<String>>>,
}

/// Where plans are. The first screen calls them by their types: what it does not need of them is in [`Chunk::Plan`].
enum Source {
    Fhir(Box<FhirPlans>),
    /// No FHIR server: what the trends need of a plan is not there.
    Nhn(NhnPlans),
}

impl fmt::Debug for PlanWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanWork").finish_non_exhaustive()
    }
}

impl PlanWork {
    pub(super) fn new(client: &FhirClient) -> Self {
        let context = client.context();
        let wire = Rc::new(client.clone());
        let patient = &context.patient_id;
        let base = base(context);
        let source = if is_nhn(context.plan_service.as_ref()) {
            Source::Nhn(NhnPlans::new(wire, base, patient))
        } else {
            Source::Fhir(Box::new(FhirPlans::new(wire, base, patient, offers(context))))
        };
        Self {
            source,
            is_whole: Cell::new(false),
            has_history: Cell::new(false),
            asked_marks: Cell::new(false),
            is_writing: Cell::new(false),
            user: RefCell::default(),
            signer: RefCell::default(),
            first: RefCell::default(),
            seen: RefCell::default(),
        }
    }

    /// All that the source can be asked for.
    fn repository(&self) -> &dyn PlanRepository {
        match &self.source {
            Source::Fhir(plans) => &**plans,
            Source::Nhn(plans) => plans,
        }
    }

    /// The user of this id at the issuer is the one who was logged in.
    pub(super) fn is_of(&self, subject: Option<&str>) -> bool {
        let user = self.user.borrow();
        user.as_ref().map(|user| &*user.subject) == subject
    }

    /// Whether there is a plan of the patient here. What was fetched to see that is not fetched again.
    ///
    /// # Errors
    /// It is not known.
    pub(super) async fn has_plan(&self, client: &FhirClient) -> Result<bool, Rc<Problem>> {
        let unread = |error: PageError| client.problem(ProblemKind::NotFhir, &error.to_string());
        let Source::Fhir(plans) = &self.source else {
            let missing = |_| client.problem(ProblemKind::Network, Chunk::Plan.name());
            fetch(Chunk::Plan).await.map_err(missing)?;
            return match chunks::plan() {
                Some(plan) => (plan.has_foreign)(self).await,
                None => Ok(false),
            };
        };
        let bytes = plans.first().await?;
        let patient = &client.context().patient_id;
        let has = fhir_read::read_plan(&[&bytes], patient)
            .map_err(unread)?
            .plan
            .is_some();
        self.first.replace(Some(bytes));
        Ok(has)
    }

    /// Who is logged in, once verified.
    pub(super) fn user(&self) -> Option<User> {
        self.user.borrow().clone()
    }

    /// It is known who is logged in.
    pub(super) fn signed_in(&self, user: &User) {
        *self.user.borrow_mut() = Some(user.clone());
    }
}

fn is_nhn(service: Option<&PlanService>) -> bool {
    service.is_some_and(|service| service.kind == PlanServiceKind::Nhn)
}

/// The base address of the source of plans.
pub(super) fn base(context: &LaunchContext) -> &str {
    let service = context.plan_service.as_ref();
    service.map_or(&*context.fhir_base, |service| &*service.url)
}

fn offers(context: &LaunchContext) -> Offers {
    let search = |kind| context.granted.allows(kind, Access::Search);
    let mut people = vec!["Practitioner", "PractitionerRole", "Organization"];
    people.retain(|kind| context.granted.allows(kind, Access::Read));
    Offers {
        include: context.search.include,
        history: context.history,
        goals: search("Goal"),
        requests: search("ServiceRequest"),
        teams: search("CareTeam"),
        episodes: search("EpisodeOfCare"),
        records: search("Provenance"),
        people,
    }
}

/// See [`PlanChunk::serve`](crate::chunks::PlanChunk).
pub(crate) fn serve_plan(session: Session, command: PlanCommand, desk: PlanDesk) -> Later<'static, ()> {
    Box::pin(async move { session.serve_opened_plan(command, desk).await })
}

/// See [`PlanChunk::complete`](crate::chunks::PlanChunk).
pub(crate) fn complete_plan(session: Session, round: u32) -> Later<'static, ()> {
    Box::pin(async move {
        let whole = session.plans.repository().complete().await;
        session.show_whole(round, whole);
    })
}

/// See [`PlanChunk::has_foreign`](crate::chunks::PlanChunk).
pub(crate) fn has_foreign_plan(plans: &PlanWork) -> Later<'_, Result<bool, Rc<Problem>>> {
    Box::pin(async move { Ok(plans.repository().read().await?.current.is_some()) })
}

/// See [`PlanChunk::load_foreign`](crate::chunks::PlanChunk).
pub(crate) fn load_foreign_plan(session: Session, round: u32) -> Later<'static, Outcome> {
    Box::pin(async move {
        let reading = session.plans.repository().read().await?;
        session.plans.is_whole.set(true);
        session.show_plan(round, reading);
        if session.publish(round).await {
            // It sets no limits.
            session.dispatch.emit(Action::Plan(None));
        }
        Ok(())
    })
}

impl Session {
    /// A trend was opened or touched: where no record told of the plan's earlier versions, they are fetched for its time
    /// axis. What does not come is not missed here; the change log says it.
    pub(super) async fn load_marks(&self) {
        let planner = self.planner();
        if !self.desk.borrow().lacks_marks() || planner.plans.asked_marks.replace(true) {
            return;
        }
        if Chunk::Plan.is_here() || fetch(Chunk::Plan).await.is_ok() {
            let desk = self.desk.borrow().clone();
            planner.serve_plan(PlanCommand::AskHistory, desk).await;
        }
    }

    /// Does what the doctor asks for about the plan, once the chunk for it is here.
    pub(super) async fn serve_plan(&self, command: PlanCommand, desk: PlanDesk) {
        if let Some(plan) = chunks::plan() {
            (plan.serve)(self.clone(), command, desk).await;
        }
    }

    /// Does what the doctor asks for about the plan, as far as it is more than another view of it. `desk` is as
    /// the doctor sees it.
    async fn serve_opened_plan(&self, command: PlanCommand, desk: PlanDesk) {
        match command {
            PlanCommand::Open(_)
            | PlanCommand::OpenAt(_)
            | PlanCommand::Compare { .. }
            | PlanCommand::Edit => {
                self.remember_seen(&desk);
                self.open_plan().await;
            }
            // Limits are written beside the charts too: what is written onto is the whole plan.
            PlanCommand::Set(..) | PlanCommand::Review => self.open_plan().await,
            PlanCommand::AskHistory => {
                self.open_plan().await;
                self.load_history().await;
            }
            PlanCommand::Reload => {
                self.plans.is_whole.set(false);
                self.open_plan().await;
                if self.plans.has_history.get() {
                    self.load_history().await;
                }
            }
            PlanCommand::Save => self.save_draft(&desk).await,
            PlanCommand::ApplyDecisions(proposal) => self.save_decisions(&desk, proposal).await,
            _ => {}
        }
    }

    /// The first screen's answers hold the plan, or most of it.
    pub(super) async fn take_plan(&self, round: u32, pages: Vec<Vec<u8>>) {
        let Source::Fhir(plans) = &self.plans.source else {
            return;
        };
        let Ok(reading) = plans.take(pages) else { return };
        let was_whole = self.plans.is_whole.replace(false);
        self.show_plan(round, reading);
        if let Some(plan) = chunks::plan().filter(|_| was_whole) {
            self.plans.is_whole.set(true);
            (plan.complete)(self.clone(), round).await;
        }
    }

    /// The first answer about the plan.
    pub(super) async fn first_of_plan(&self) -> Result<Vec<u8>, Rc<Problem>> {
        if let Some(bytes) = self.plans.first.take() {
            return Ok(bytes);
        }
        match &self.plans.source {
            Source::Fhir(plans) => plans.first().await,
            Source::Nhn(plans) => plans.first().await,
        }
    }

    /// The plan where it is no FHIR.
    pub(super) async fn load_foreign_plan(&self, round: u32) -> Outcome {
        self.chunk(Chunk::Plan).await?;
        match chunks::plan() {
            Some(plan) => (plan.load_foreign)(self.clone(), round).await,
            None => Ok(()),
        }
    }

    /// The plan is at a service that is no FHIR server.
    pub(super) fn has_foreign_plan(&self) -> bool {
        matches!(self.plans.source, Source::Nhn(_))
    }

    /// What the first screen's answer did not hold, once.
    async fn open_plan(&self) {
        let round = self.round();
        if self.plans.is_whole.replace(true) {
            return;
        }
        self.tell(DeskAction::WholeAwaited(true));
        let plans = self.plans.repository();
        let reading = async {
            let reading = plans.read().await?;
            // A suggestion is read against the version that it was written from.
            if reading.needs_history && plans.history().await.is_ok() {
                return plans.complete().await;
            }
            Ok(reading)
        };
        let reading = reading.await;
        self.show_whole(round, reading);
    }

    fn show_whole(&self, round: u32, reading: Result<PlanReading, Rc<Problem>>) {
        match reading {
            Ok(reading) => self.show_plan(round, reading),
            // What there is stays, and the next opening tries again.
            Err(_) => self.plans.is_whole.set(false),
        }
        self.tell(DeskAction::WholeAwaited(false));
    }

    fn show_plan(&self, round: u32, reading: PlanReading) {
        if !self.is_current(round) {
            return;
        }
        self.note(reading.findings);
        self.recall_seen();
        self.tell(DeskAction::Source {
            locks: Rc::new(reading.locks),
            // NHN's service keeps none.
            takes_suggestions: !self.has_foreign_plan(),
            recorded: reading.recorded,
        });
        self.tell(DeskAction::Current(reading.current));
        self.tell(DeskAction::Proposals(reading.proposals));
    }

    /// What could not be read of the plan is said with the rest of it.
    fn note(&self, findings: Vec<Finding>) {
        let is_more = {
            let mut collected = self.collected.borrow_mut();
            let before = collected.plan_findings.len();
            for finding in findings {
                if !collected.plan_findings.contains(&finding) {
                    collected.plan_findings.push(finding);
                }
            }
            collected.plan_findings.len() > before
        };
        // The readings may all be on screen already: nothing else would show what has come now.
        if is_more {
            self.show_readings();
        }
    }

    async fn load_history(&self) {
        let round = self.round();
        self.tell(DeskAction::HistoryAwaited);
        let outcome = self.plans.repository().history().await;
        if self.is_current(round) {
            match outcome {
                Ok(read) => {
                    self.plans.has_history.set(true);
                    self.note(read.findings);
                    self.tell(DeskAction::History(Rc::new(read.versions), read.kind));
                }
                Err(problem) => self.tell(DeskAction::HistoryFailed(problem)),
            }
        }
    }

    pub(super) fn tell(&self, action: DeskAction) {
        self.dispatch.emit(Action::Desk(action));
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
