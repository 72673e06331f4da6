//! Who may do what: scopes and the patient compartment, for one access token. The single gate of every FHIR
//! request; it looks nothing up.

use serde_json::Value;

use super::index::patient_of;
use super::outcome::Refusal;
use super::types::may_be_without_patient;
use crate::auth::scopes::{Level, Op, Scopes};

/// What an access token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// The patient of the launch.
    pub(crate) patient: String,
    pub(crate) scopes: Scopes,
}

/// How far a search may look.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reach {
    Everything,
    Patient(String),
}

impl Access {
    pub(crate) fn reach(&self, op: Op, rtype: &str) -> Result<Reach, Refusal> {
        if self.scopes.permit(Level::User, op, rtype) {
            Ok(Reach::Everything)
        } else if self.scopes.permit(Level::Patient, op, rtype) {
            Ok(Reach::Patient(self.patient.clone()))
        } else {
            Err(Refusal::forbidden(format!(
                "the granted scopes do not include {op:?} of {rtype}"
            )))
        }
    }

    /// `patient` is the one whose data the resource is.
    pub(crate) fn permit(&self, op: Op, rtype: &str, patient: Option<&str>) -> Result<(), Refusal> {
        match (self.reach(op, rtype)?, patient) {
            (Reach::Everything, _) => Ok(()),
            (Reach::Patient(own), Some(patient)) if own == patient => Ok(()),
            (Reach::Patient(_), None) if may_be_without_patient(rtype) && op == Op::Read => Ok(()),
            _ => Err(Refusal::forbidden(format!(
                "this {rtype} is not of the launch's patient"
            ))),
        }
    }

    /// For content on its way in. Who may create what he may not update may only suggest it. A new Patient would be its own compartment under an id not yet known: nobody's.
    pub(crate) fn permit_write(&self, op: Op, rtype: &str, content: &Value) -> Result<(), Refusal> {
        let patient = if rtype == "Patient" && op == Op::Create {
            None
        } else {
            patient_of(rtype, content)
        };
        self.permit(op, rtype, patient.as_deref())?;
        if op == Op::Create && self.reach(Op::Update, rtype).is_err() {
            return permit_suggestion(rtype, content);
        }
        Ok(())
    }

    /// A search that names another patient is refused, not answered with nothing.
    pub(crate) fn permit_patients(reach: &Reach, asked: &[String]) -> Result<(), Refusal> {
        match reach {
            Reach::Patient(own) if asked.iter().any(|patient| patient != own) => Err(Refusal::forbidden(
                "the search names another patient than the launch's",
            )),
            _ => Ok(()),
        }
    }
}

/// What a suggestion says of itself, for the types that a plan consists of.
const SUGGESTED: [(&str, &str, &str); 4] = [
    ("CarePlan", "intent", "proposal"),
    ("CarePlan", "status", "draft"),
    ("Goal", "lifecycleStatus", "proposed"),
    ("CareTeam", "status", "proposed"),
];

fn permit_suggestion(rtype: &str, content: &Value) -> Result<(), Refusal> {
    let mut of_type = SUGGESTED.iter().filter(|(of, ..)| *of == rtype);
    match of_type.find(|(_, element, code)| content.get(element) != Some(&Value::from(*code))) {
        None => Ok(()),
        Some((_, element, code)) => Err(Refusal::forbidden(format!(
            "the granted scopes let {rtype} be suggested only, with {element} {code}"
        ))),
    }
}
