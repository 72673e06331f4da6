//! How plans are written at a FHIR server: at once where it takes transactions, else request by request, and what its
//! answers mean for the doctor. What is written is `fhir-read`'s.

use chart_model::care_plan::{Author, CarePlan};
use fhir_read::care_plan::{Answer, PlanQueries, Request, Save, SaveError, StoredPlan, answer, save};

use super::fhir_plans::FhirPlans;
use super::repository::{NotSaved, Note};
use super::wire::{Answered, Wire};
use crate::state::ProblemKind;

const CONTENT_TYPE: &str = "application/fhir+json";

impl FhirPlans {
    /// Makes `edited` the next version of what was read last, or the patient's first plan.
    pub(super) async fn write_version(&self, edited: &CarePlan, note: &Note) -> Result<(), NotSaved> {
        let stored = self.stored();
        let first = || StoredPlan::first(&self.patient);
        let stored = stored.map_or_else(first, |stored| stored.0.clone());
        let save = save(&stored, edited, &note.comment, &note.signer, note.now)
            .map_err(|error| self.unwritable(error))?;
        let at_once = !self.steps_only.get() && self.save_at_once(&save).await?;
        if !at_once {
            self.steps_only.set(true);
            self.save_in_steps(save).await?;
        }
        self.known.borrow_mut().signing = Some(note.signer.author.clone());
        Ok(())
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

    fn unreadable(&self) -> NotSaved {
        let detail = "an answer that is no FHIR";
        NotSaved::Unanswered(self.wire.problem(ProblemKind::NotFhir, detail))
    }

    pub(super) fn unwritable(&self, error: SaveError) -> NotSaved {
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
    pub(super) async fn send_alone(&self, request: &Request) -> Result<(), NotSaved> {
        let answered = self.send(request).await?;
        match answer(answered.status, &answered.body, false) {
            Answer::Saved => Ok(()),
            Answer::Conflict => Err(NotSaved::Overtaken),
            Answer::Unreadable => Err(self.unreadable()),
            Answer::TransactionRefused => Err(self.refused(answered.status, "")),
            Answer::Refused { status, words } => Err(self.refused(status, &words)),
        }
    }

    async fn save_at_once(&self, save: &Save) -> Result<bool, NotSaved> {
        let answered = self.send(&save.transaction()).await?;
        match answer(answered.status, &answered.body, true) {
            Answer::Saved => Ok(true),
            Answer::Conflict => Err(NotSaved::Overtaken),
            Answer::Unreadable => Err(self.unreadable()),
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
                    Answer::Unreadable => self.unreadable(),
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

/// Name, role and organisation of the clinician `Practitioner/7`.
pub(super) async fn author(wire: &dyn Wire, base: &str, practitioner: &str) -> Option<Author> {
    let (_, id) = practitioner.rsplit_once('/')?;
    let queries = PlanQueries::new(base, "");
    let page = wire.search(&queries.role_of(id)).await.ok()?;
    Some(fhir_read::care_plan::read_author(&page, practitioner))
}
