//! Plans of NHN's "Pasientens planer", which is plain JSON. How they are read and written is `fhir-read`'s. It
//! has no suggestions.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::care_plan::{CarePlan, EndState};
use fhir_read::PageError;
use fhir_read::care_plan::{
    Answer, NhnPlan, SaveError, create_nhn_plan, nhn_answer, nhn_locks, read_nhn_history, read_nhn_plans,
};
use futures_util::future::join_all;

use super::repository::{NotSaved, Note, PlanReading, PlanRepository, Versions};
use super::wire::{Later, Wire};
use crate::state::plan::{HistoryKind, PlanVersion};
use crate::state::{Problem, ProblemKind};

const CONTENT_TYPE: &str = "application/json";
/// Versions that are read, newest first.
const VERSIONS: usize = 60;

/// The plans of one patient at one service.
pub(super) struct NhnPlans {
    wire: Rc<dyn Wire>,
    base: String,
    patient: String,
    stored: RefCell<Option<Rc<NhnPlan>>>,
}

impl NhnPlans {
    /// `base` without a slash at its end; `patient` safe as a part of an address.
    pub(super) fn new(wire: Rc<dyn Wire>, base: &str, patient: &str) -> Self {
        Self {
            wire,
            base: base.to_owned(),
            patient: patient.to_owned(),
            stored: RefCell::default(),
        }
    }

    fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.wire.problem(ProblemKind::NotFhir, &error.to_string())
    }

    async fn read_versions(&self) -> Result<Versions, Rc<Problem>> {
        let Some(stored) = self.stored.borrow().clone() else {
            return Ok(alone(None));
        };
        let plan = format!("{}/plan/{}", self.base, stored.id());
        let Ok(list) = self.wire.read(&format!("{plan}/history")).await else {
            return Ok(alone(Some(version_of(&stored))));
        };
        let listed = read_nhn_history(&list).map_err(|error| self.unread(&error))?;
        let addresses: Vec<String> = listed
            .iter()
            .take(VERSIONS)
            .map(|version| format!("{plan}/version/{}", version.id))
            .collect();
        let answers = join_all(addresses.iter().map(|address| self.wire.read(address))).await;
        let mut findings = Vec::new();
        let read = answers.into_iter().flatten().filter_map(|answer| {
            let plans = read_nhn_plans(&answer, &self.patient, &mut findings).ok()?;
            plans.first().map(version_of)
        });
        let versions: Vec<PlanVersion> = read.collect();
        let kind = if versions.len() == listed.len() {
            HistoryKind::Complete
        } else {
            HistoryKind::CutShort
        };
        Ok(Versions {
            versions,
            kind,
            findings,
        })
    }
}

/// The plan in force, without a history.
fn alone(current: Option<PlanVersion>) -> Versions {
    Versions {
        versions: current.into_iter().collect(),
        kind: HistoryKind::NotGiven,
        findings: Vec::new(),
    }
}

fn version_of(plan: &NhnPlan) -> PlanVersion {
    PlanVersion {
        version: plan.version.clone(),
        plan: Rc::new(plan.plan.clone()),
    }
}

impl PlanRepository for NhnPlans {
    fn first(&self) -> Later<'_, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(async move {
            let address = format!("{}/plan?patient={}", self.base, self.patient);
            self.wire.read(&address).await
        })
    }

    fn take(&self, pages: Vec<Vec<u8>>) -> Result<PlanReading, PageError> {
        let mut reading = PlanReading {
            locks: nhn_locks(),
            ..PlanReading::default()
        };
        let mut plans = Vec::new();
        for page in pages {
            plans.extend(read_nhn_plans(&page, &self.patient, &mut reading.findings)?);
        }
        let first = plans.into_iter().next().map(Rc::new);
        reading.current = first.as_deref().map(version_of).map(Rc::new);
        *self.stored.borrow_mut() = first;
        Ok(reading)
    }

    fn read(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>> {
        Box::pin(async move {
            let page = self.first().await?;
            self.take(vec![page]).map_err(|error| self.unread(&error))
        })
    }

    fn complete(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>> {
        self.read()
    }

    fn answers(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    fn history(&self) -> Later<'_, Result<Versions, Rc<Problem>>> {
        Box::pin(self.read_versions())
    }

    fn save<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async move {
            let refused = |kind, detail: &str| NotSaved::Refused(self.wire.problem(kind, detail));
            let stored = self.stored.borrow().clone();
            let (comment, signer) = (&*note.comment, &note.signer);
            let request = match stored {
                Some(stored) => stored.save(edited, comment, signer),
                None => create_nhn_plan(edited, &self.patient, comment, signer),
            };
            let request = match request {
                Ok(request) => request,
                Err(SaveError::NothingChanged) => return Err(NotSaved::Overtaken),
                Err(SaveError::NoVersion(_)) => return Err(NotSaved::NoVersion),
                Err(SaveError::NotWritable(_)) => {
                    let detail = "only the texts of the zones can be kept there";
                    return Err(refused(ProblemKind::Forbidden, detail));
                }
            };
            let answered = self.wire.write(&self.base, CONTENT_TYPE, &request).await;
            let answered = answered.map_err(|problem| match problem.kind {
                ProblemKind::Network => NotSaved::Unanswered(problem),
                _ => NotSaved::Refused(problem),
            })?;
            match nhn_answer(answered.status, &answered.body) {
                Answer::Saved => Ok(()),
                Answer::Conflict => Err(NotSaved::Overtaken),
                Answer::Unreadable => {
                    let detail = "an answer that is no plan";
                    Err(NotSaved::Unanswered(
                        self.wire.problem(ProblemKind::NotFhir, detail),
                    ))
                }
                Answer::TransactionRefused => Err(refused(ProblemKind::Server, "")),
                Answer::Refused { status, words } => {
                    let kind = match status {
                        401 => ProblemKind::Unauthorized,
                        403 => ProblemKind::Forbidden,
                        _ => ProblemKind::Server,
                    };
                    Err(refused(kind, format!("HTTP {status} {words}").trim_end()))
                }
            }
        })
    }

    fn suggest<'a>(&'a self, _edited: &'a CarePlan, _note: &'a Note) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async { Err(self.no_suggestions()) })
    }

    fn conclude<'a>(
        &'a self,
        _id: &'a str,
        _end: EndState,
        _note: &'a Note,
    ) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async { Err(self.no_suggestions()) })
    }
}

impl NhnPlans {
    fn no_suggestions(&self) -> NotSaved {
        let detail = "no suggestions can be kept there";
        NotSaved::Refused(self.wire.problem(ProblemKind::Forbidden, detail))
    }
}
