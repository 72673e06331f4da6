//! The patients of the gallery: fixtures, read as the app reads the answers of a server. Nothing of a
//! patient is made up here.

use std::rc::Rc;

use chart_model::{Accepted, PlanSummary, Reading};
use fhir_fixtures::{Case, DEFAULT_SEED, Date, date, generate_one, generate_sensor};
use fhir_read::{Enrolment, PatientRecord, Reader, read_enrolment, read_patient, read_plan};

use crate::state::Action;

/// The last day of the fixtures.
const UNTIL: Date = date(2026, 11, 22);
/// The moment that everything is seen from, milliseconds since 1970 UTC: noon of that day in Oslo.
pub(super) const NOW: i64 = 1_795_345_200_000;

/// Days of continuous glucose: as many as a first screen shows.
const SENSOR_DAYS: u16 = 90;

/// All that a server answers about one patient.
pub(super) struct Answers {
    patient: Rc<PatientRecord>,
    accepted: Accepted,
    plan: Option<Rc<PlanSummary>>,
    enrolled: bool,
}

impl Answers {
    /// About the patient of a fixture.
    pub(super) fn about(id: &str) -> Option<Self> {
        let case = match id {
            "cgm" => generate_sensor(SENSOR_DAYS, DEFAULT_SEED, UNTIL),
            _ => generate_one(id, DEFAULT_SEED, UNTIL)?,
        };
        let patient = case.resources().next()?.to_string();
        let bundle = bundle(&case);
        let page = Reader::new(id, "Simulert journal").observations(&bundle).ok()?;
        let mut plan = read_plan(&[&bundle], id).ok()?;
        // Versions are the server's to give.
        plan.plan
            .iter_mut()
            .for_each(|plan| plan.version = "3".to_owned());
        let mut accepted = Accepted::default();
        accepted.add(page.readings, page.excluded, page.findings, NOW);
        accepted.add(Vec::new(), Vec::new(), plan.findings, NOW);
        Some(Self {
            patient: Rc::new(read_patient(patient.as_bytes()).ok()?),
            accepted,
            plan: plan.plan.map(Rc::new),
            enrolled: read_enrolment(&bundle, id).ok()? == Enrolment::Enrolled,
        })
    }

    /// Who it is.
    pub(super) fn patient(&self) -> Action {
        Action::Patient(Rc::clone(&self.patient))
    }

    /// What was measured.
    pub(super) fn readings(&self) -> Action {
        Action::Readings {
            readings: self.accepted.readings(),
            excluded: Rc::new(self.accepted.excluded().to_vec()),
            findings: Rc::new(self.accepted.findings().to_vec()),
            fetched_at: NOW,
        }
    }

    /// Only the newest reading of each parameter, as when the period does not come.
    pub(super) fn newest(&self) -> Action {
        let newest = |readings: &Rc<Vec<Rc<Reading>>>| {
            let newest = readings.last().cloned();
            Rc::new(newest.into_iter().collect())
        };
        let readings = self.accepted.readings();
        Action::Readings {
            readings: readings.map(newest),
            excluded: Rc::default(),
            findings: Rc::default(),
            fetched_at: NOW,
        }
    }

    /// The plan, or that there is none.
    pub(super) fn plan(&self) -> Action {
        Action::Plan(self.plan.clone())
    }

    /// Whether there is follow-up: asked only where nothing was measured.
    pub(super) fn enrolled(&self) -> Option<Action> {
        (self.accepted.count() == 0).then_some(Action::Enrolled(self.enrolled))
    }
}

/// Everything about the patient of a fixture, as one Bundle.
pub(super) fn bundle_of(id: &str) -> Option<Vec<u8>> {
    Some(bundle(&generate_one(id, DEFAULT_SEED, UNTIL)?))
}

/// A case as one Bundle. Its resources are written one by one: those of a sensor would not fit side by side.
fn bundle(case: &Case) -> Vec<u8> {
    let entries: Vec<String> = case
        .resources()
        .map(|resource| format!(r#"{{"resource":{resource}}}"#))
        .collect();
    format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(",")).into_bytes()
}
