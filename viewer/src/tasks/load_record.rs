//! Loads the patient, the current plan and whether there is follow-up at all. How the answers are read is
//! `fhir-read`'s.

use std::rc::Rc;

use fhir_read::Enrolment;
use smart_launch::Access;

use super::collected::Newest;
use super::load_limits::PlanAnswers;
use super::session::Session;
use crate::state::{Action, Part, ProblemKind};

impl Session {
    pub(super) async fn load_patient(&self, round: u32) {
        let context = self.client.context();
        let outcome = async {
            let bytes = self.client.get(&self.queries.patient()).await?;
            let patient = fhir_read::read_patient(&bytes).map_err(|error| self.unread(&error))?;
            if patient.id != context.patient_id {
                self.abandon();
                return Ok(());
            }
            if self.is_current(round) {
                self.dispatch.emit(Action::Patient(Rc::new(patient)));
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
            let bytes = self.client.search(&self.plan_queries.plan()).await?;
            let mut read = fhir_read::read_plan(&[&bytes], patient).map_err(|error| self.unread(&error))?;
            let mut pages = vec![bytes];
            if !read.missing_goals.is_empty() && context.granted.allows("Goal", Access::Search) {
                let goals = self.client.search(&self.plan_queries.goals()).await?;
                pages.push(goals);
                let both: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
                read = fhir_read::read_plan(&both, patient).map_err(|error| self.unread(&error))?;
            }
            // Without their answer the plan is shown all the same, and that a part of it is missing is said.
            let mut requests = Ok(());
            if read.may_have_requests && context.granted.allows("ServiceRequest", Access::Search) {
                requests = self.client.search(&self.plan_queries.requests()).await.map(|answer| pages.push(answer));
                let all: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
                match fhir_read::read_plan(&all, patient) {
                    Ok(with_requests) => read = with_requests,
                    Err(error) => {
                        pages.pop();
                        requests = Err(self.unread(&error));
                    }
                }
            }
            let missing = read.missing_goals.len();
            let whole = pages.clone();
            if self.is_current(round) {
                let mut collected = self.collected.borrow_mut();
                collected.plan = PlanAnswers::new(pages, &read);
                collected.plan_findings = read.findings;
            }
            if self.publish(round).await {
                self.dispatch.emit(Action::Plan(read.plan.map(Rc::new)));
                self.take_plan(round, whole).await;
            }
            // A goal that did not come may be the limits.
            match missing {
                0 => requests,
                _ => Err(self.client.problem(
                    ProblemKind::Server,
                    &format!("{missing} goals of the plan were not sent"),
                )),
            }
        };
        let outcome = outcome.await;
        self.report(round, Part::Plan, outcome);
    }

    /// Whether the patient is followed up at home at all: asked only where there is no reading.
    pub(super) async fn load_enrolment(&self, round: u32) {
        let context = self.client.context();
        let is_wanted = {
            let collected = self.collected.borrow();
            collected.round == round && collected.newest == Newest::Here && collected.count() == 0
        };
        if !is_wanted || !context.granted.allows("EpisodeOfCare", Access::Search) {
            return;
        }
        let answer = self.client.search(&self.queries.episodes()).await;
        let enrolment = answer
            .ok()
            .and_then(|bytes| fhir_read::read_enrolment(&bytes, &context.patient_id).ok());
        if let Some(enrolment) = enrolment.filter(|_| self.is_current(round)) {
            self.dispatch
                .emit(Action::Enrolled(enrolment == Enrolment::Enrolled));
        }
    }
}
