//! Loads the patient, the current plan and whether there is follow-up at all. How the answers are read is
//! `fhir-read`'s.

use std::rc::Rc;

use fhir_read::care_plan::next_page;
use fhir_read::{Enrolment, PlanReading};
use futures_util::future::join_all;
use smart_launch::Access;

use super::collected::Newest;
use super::load_limits::PlanAnswers;
use super::plan;
use super::session::Session;
use crate::state::{Action, Part, Problem, ProblemKind};

/// More pages of requests than this are not followed.
const PAGES: usize = 50;

impl Session {
    pub(super) async fn load_patient(&self, round: u32) {
        let context = self.client.context();
        let _turn = self.sources.patient_turn.take().await;
        let outcome = async {
            let bytes = self.client.get(&self.queries.patient()).await?;
            let patient = fhir_read::read_patient(&bytes).map_err(|error| self.unread(&error))?;
            if patient.id != context.patient_id {
                let _is_kept = self.abandon();
                return Ok(());
            }
            if self.is_current(round) {
                let patient = Rc::new(patient);
                *self.sources.patient.borrow_mut() = Some(Rc::clone(&patient));
                self.dispatch.emit(Action::Patient(patient));
            }
            Ok(())
        };
        let outcome = outcome.await;
        self.report(round, Part::Patient, outcome);
    }

    pub(super) async fn load_plan(&self, round: u32) {
        let context = self.client.context();
        if !context.granted.allows("CarePlan", Access::Search) {
            // This launch has no plan: nothing is awaited.
            self.report(round, Part::Plan, Ok(()));
            return;
        }
        let outcome = async {
            if self.has_foreign_plan() {
                return self.load_foreign_plan(round).await;
            }
            let patient = &context.patient_id;
            let bytes = self.first_of_plan().await?;
            let mut read = fhir_read::read_plan(&[&bytes], patient).map_err(|error| self.unread(&error))?;
            let mut pages = vec![bytes];
            if !read.missing_goals.is_empty() && context.granted.allows("Goal", Access::Search) {
                let goals = self.client.search(&self.plan_queries.goals()).await?;
                pages.push(goals);
                let both: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
                read = fhir_read::read_plan(&both, patient).map_err(|error| self.unread(&error))?;
            }
            // Without their answer the plan is shown all the same, and that a part of it is missing is said.
            let mut failed = None;
            if read.may_have_requests && context.granted.allows("ServiceRequest", Access::Search) {
                match self.with_requests(&pages).await {
                    Ok(whole) => (pages, read) = whole,
                    Err(problem) => failed = Some(problem),
                }
            }
            let missing = read.missing_goals.len();
            if missing > 0 {
                // A goal that did not come may be the limits.
                let detail = format!("{missing} goals of the plan were not sent");
                failed = Some(self.client.problem(ProblemKind::Server, &detail));
            }
            let whole = pages.clone();
            if self.show_plan_summary(round, pages, read, failed.clone()).await {
                self.take_plan(round, whole).await;
            }
            failed.map_or(Ok(()), Err)
        };
        let outcome = outcome.await;
        self.report(round, Part::Plan, outcome);
    }

    /// Shows what the trends need of a plan that was read with these answers; false if they are not wanted any more.
    async fn show_plan_summary(
        &self,
        round: u32,
        pages: Vec<Vec<u8>>,
        read: PlanReading,
        failed: Option<Rc<Problem>>,
    ) -> bool {
        if self.is_current(round) {
            let mut collected = self.collected.borrow_mut();
            collected.plan = PlanAnswers::new(pages, &read, failed);
            collected.plan_findings = read.findings;
        }
        let is_shown = self.publish(round).await;
        if is_shown {
            self.dispatch.emit(Action::Plan(read.plan.map(Rc::new)));
        }
        is_shown
    }

    /// The same of a plan that was read back once it was saved.
    pub(super) async fn show_summary(&self, round: u32, pages: Vec<Vec<u8>>) -> bool {
        let all: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        match fhir_read::read_plan(&all, &self.client.context().patient_id) {
            Ok(read) => {
                let is_shown = self.show_plan_summary(round, pages, read, None).await;
                self.report(round, Part::Plan, Ok(()));
                is_shown
            }
            Err(_) => false,
        }
    }

    /// The answers about the plan together with the requests that may set its limits, and what they say.
    async fn with_requests(&self, pages: &[Vec<u8>]) -> Result<(Vec<Vec<u8>>, PlanReading), Rc<Problem>> {
        let context = self.client.context();
        let mut pages = pages.to_vec();
        pages.push(self.client.search(&self.plan_queries.requests()).await?);
        let mut followed = 0;
        while let Some(next) = pages.last().and_then(|page| next_page(page)) {
            followed += 1;
            if followed == PAGES {
                let detail = "more requests than are read";
                return Err(self.client.problem(ProblemKind::Server, detail));
            }
            let address = fhir_read::next_link(plan::base(context), &next)
                .map_err(|link| self.client.problem(ProblemKind::ForeignLink, &link.to_string()))?;
            pages.push(self.client.get(&address).await?);
        }
        let all: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        let read = fhir_read::read_plan(&all, &context.patient_id).map_err(|error| self.unread(&error))?;
        Ok((pages, read))
    }

    /// Whether the patient is followed up at home at all: asked only where there is no reading, everywhere that says so.
    pub(super) async fn load_enrolment(&self, round: u32) {
        let is_wanted = {
            let collected = self.collected.borrow();
            collected.round == round && collected.newest == Newest::Here && self.sources.count() == 0
        };
        if !is_wanted {
            return;
        }
        let places: Vec<Self> = std::iter::once(self.clone()).chain(self.others()).collect();
        let asked = places
            .iter()
            .filter(|there| there.may_ask("EpisodeOfCare", Access::Search));
        let answers = join_all(asked.map(Self::enrolment)).await;
        let is_enrolled = answers.contains(&Some(Enrolment::Enrolled));
        // Where one does not answer, nobody knows.
        let is_known = is_enrolled || (!answers.is_empty() && !answers.contains(&None));
        if is_known && self.is_current(round) {
            self.dispatch.emit(Action::Enrolled(is_enrolled));
        }
    }

    async fn enrolment(&self) -> Option<Enrolment> {
        let answer = self.client.search(&self.queries.episodes()).await;
        fhir_read::read_enrolment(&answer.ok()?, &self.client.context().patient_id).ok()
    }
}
