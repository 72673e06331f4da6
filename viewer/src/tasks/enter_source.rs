//! Enters a source: its token, and the patient of the launch by the id that he has there. How a token is had is in `door`;
//! who is the same person is `fhir_read`'s.

use std::rc::Rc;

use fhir_read::{Found, PatientRecord, read_patient, read_patients};
use smart_launch::{Entry, Source};

use super::door::{Door, NotGranted, grant};
use super::fhir_client::FhirClient;
use super::plan::Later;
use super::session::Session;
use super::sources::Entered;
use crate::state::{Lacking, Problem, ProblemKind, Stand};

/// See [`SourcesChunk::enter`](crate::chunks::SourcesChunk).
pub(crate) fn enter_source(
    session: Session,
    at: usize,
    is_asked: bool,
) -> Later<'static, Result<Entered, Stand>> {
    Box::pin(async move {
        match session.sources.source(at) {
            Some(source) => session.enter(source, is_asked).await,
            None => Err(session.patient_unknown()),
        }
    })
}

impl Session {
    /// # Errors
    /// Where the source stands instead.
    async fn enter(&self, source: &Source, is_asked: bool) -> Result<Entered, Stand> {
        let patient = self.patient().await.ok_or_else(|| self.patient_unknown())?;
        let door = Door {
            source: source.clone(),
            launch: self.launch.clone(),
            page: Rc::clone(&self.page),
        };
        let granted = match &source.entry {
            Entry::Launch => None,
            Entry::Exchange { .. } | Entry::Own(_) => {
                Some(grant(door.clone(), is_asked).await.map_err(stand)?)
            }
        };
        let told = granted
            .as_ref()
            .and_then(|grant| grant.patient_id().map(str::to_owned));
        // Nobody's resources are asked for before it is known whose they are.
        let looking = self
            .launch
            .at_source(source, granted.as_ref().map(|grant| (grant, door)))
            .ok_or_else(|| {
                let detail = "no token for the source";
                Stand::Failed(
                    Lacking::Entry,
                    self.client.problem(ProblemKind::Forbidden, detail),
                )
            })?;
        let id = match (told, &source.entry) {
            (Some(id), _) => is_this(&looking, source, &id, &patient).await,
            (None, Entry::Launch) => {
                let found = find(&looking, source, &patient).await;
                self.or_by_own_id(found, &looking, source, &patient).await
            }
            (None, _) => find(&looking, source, &patient).await,
        };
        let id = id.map_err(|stand| {
            if looking.asks_user() {
                Stand::AsksUser
            } else {
                stand
            }
        })?;
        Ok(Entered::new(looking.with_patient(&id)))
    }
}

impl Session {
    /// The launch's token is for the patient of the launch at every server that takes it, and he may have the same id
    /// there: asked where it may not be searched, or there is nothing to search by.
    async fn or_by_own_id(
        &self,
        found: Result<String, Stand>,
        looking: &FhirClient,
        source: &Source,
        patient: &PatientRecord,
    ) -> Result<String, Stand> {
        let may_be = match &found {
            Err(Stand::Failed(_, problem)) => problem.kind == ProblemKind::Forbidden,
            Err(Stand::UnknownPatient) => patient.identifiers.is_empty(),
            _ => false,
        };
        if !may_be {
            return found;
        }
        let own = &self.launch.context().patient_id;
        is_this(looking, source, own, patient).await.or(found)
    }
}

fn stand(not: NotGranted) -> Stand {
    match not {
        NotGranted::AsksUser => Stand::AsksUser,
        NotGranted::Failed(problem) => Stand::Failed(Lacking::Entry, problem),
    }
}

/// The id that the source itself says its token is for, where that is the patient of the launch.
async fn is_this(
    looking: &FhirClient,
    source: &Source,
    id: &str,
    patient: &PatientRecord,
) -> Result<String, Stand> {
    let address = format!("{}/Patient/{id}", source.fhir_base);
    let bytes = looking.get(&address).await.map_err(not_found)?;
    let there = read_patient(&bytes).map_err(|error| unread(looking, &error.to_string()))?;
    let is_same = there.id == id
        && (there.is_same_person(patient) || (there.id == patient.id && there.is_alike(patient)));
    if is_same {
        Ok(id.to_owned())
    } else {
        Err(Stand::UnknownPatient)
    }
}

/// The only patient there with an identifier of the launch's: by the first of them that is known there.
async fn find(looking: &FhirClient, source: &Source, patient: &PatientRecord) -> Result<String, Stand> {
    for (system, value) in patient.search_ids() {
        let search = source.patient_search(&system, &value);
        let bytes = looking.find_patient(&search).await.map_err(not_found)?;
        let found = read_patients(&bytes).map_err(|error| unread(looking, &error.to_string()))?;
        match patient.among(&found) {
            Found::None => {}
            Found::One(there) => return Ok(there.id.clone()),
            Found::Several => return Err(unread(looking, "two patients have the number")),
        }
    }
    Err(Stand::UnknownPatient)
}

fn unread(looking: &FhirClient, detail: &str) -> Stand {
    not_found(looking.problem(ProblemKind::NotFhir, detail))
}

/// It is not known by which id the source has the patient.
fn not_found(problem: Rc<Problem>) -> Stand {
    Stand::Failed(Lacking::Patient, problem)
}
