//! The clinicians who are signed in to the simulated journals, what their role allows, and their FHIR resources.
//! All are made up.

use serde_json::{Value, json};

use super::scopes::{self, ResourceScope};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Frame {
    Hospital,
    Gp,
}

#[derive(Debug)]
pub(crate) struct User {
    /// Id of the Practitioner.
    pub(crate) id: &'static str,
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) role: &'static str,
    pub(crate) workplace: &'static str,
    pub(crate) frame: Frame,
    /// Scopes beside those that everyone has.
    allowed: &'static [&'static str],
    /// SNOMED CT code of the role.
    role_code: &'static str,
    organization: &'static str,
}

/// What an editor of the plan may do. Who may create what he may not update may only suggest it.
const EDITS: &str = "patient/CarePlan.cu patient/Goal.cu patient/CareTeam.cu patient/Provenance.c";
const SUGGESTS: &str = "patient/CarePlan.c patient/Goal.c patient/CareTeam.c patient/Provenance.c";

/// What everyone reads; that somebody has looked may be logged for everyone.
const READS: &str = "patient/*.rs patient/AuditEvent.c user/Practitioner.rs user/PractitionerRole.rs \
     user/Organization.rs user/HealthcareService.rs user/Questionnaire.rs user/Basic.cruds";

/// A document in the patient's journal, with its content inside or beside it.
const DOCUMENTS: &str = "patient/DocumentReference.c patient/Binary.c";

pub(crate) const USERS: [User; 5] = [
    User {
        id: "lege-berg",
        given: "Ingrid",
        family: "Berg",
        role: "Sykehuslege",
        workplace: "Fjordbyen sykehus, medisinsk avdeling",
        frame: Frame::Hospital,
        allowed: &[DOCUMENTS],
        role_code: "309343006",
        organization: "fjordbyen-sykehus",
    },
    User {
        id: "spesialist-dahl",
        given: "Anders",
        family: "Dahl",
        role: "Lungespesialist",
        workplace: "Fjordbyen sykehus, lungeavdelingen",
        frame: Frame::Hospital,
        allowed: &[EDITS, DOCUMENTS],
        role_code: "41672002",
        organization: "fjordbyen-sykehus",
    },
    User {
        id: "spesialist-vik",
        given: "Hanne",
        family: "Vik",
        role: "Hjertespesialist",
        workplace: "Fjordbyen sykehus, hjerteavdelingen",
        frame: Frame::Hospital,
        allowed: &[EDITS, DOCUMENTS],
        role_code: "17561000",
        organization: "fjordbyen-sykehus",
    },
    User {
        id: "sykepleier-lie",
        given: "Maria",
        family: "Lie",
        role: "Sykepleier (lesetilgang)",
        workplace: "Fjordbyen sykehus, medisinsk avdeling",
        frame: Frame::Hospital,
        allowed: &[],
        role_code: "224535009",
        organization: "fjordbyen-sykehus",
    },
    User {
        id: "fastlege-solheim",
        given: "Kari",
        family: "Solheim",
        role: "Fastlege",
        workplace: "Bryggen legesenter",
        frame: Frame::Gp,
        allowed: &[SUGGESTS, DOCUMENTS, "patient/Communication.c"],
        role_code: "62247001",
        organization: "bryggen-legesenter",
    },
];

impl User {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    pub(crate) fn allowed(&self) -> Vec<ResourceScope> {
        scopes::allowed(&format!("{READS} {}", self.allowed.join(" ")))
    }
}

pub(crate) fn user(id: &str) -> Option<&'static User> {
    USERS.iter().find(|user| user.id == id)
}

/// The one who is signed in where no other is chosen.
pub(crate) fn default_user(frame: Frame) -> &'static User {
    USERS.iter().find(|user| user.frame == frame).unwrap_or(&USERS[0])
}

/// Practitioners, their roles and organizations, so that `fhirUser` can be read.
pub(crate) fn resources() -> Vec<Value> {
    let organization = |id: &str, name: &str| json!({"resourceType": "Organization", "id": id, "name": name});
    let mut resources = vec![
        organization("fjordbyen-sykehus", "Fjordbyen sykehus"),
        organization("bryggen-legesenter", "Bryggen legesenter"),
    ];
    for user in &USERS {
        resources.push(json!({
            "resourceType": "Practitioner",
            "id": user.id,
            "active": true,
            "name": [{ "use": "official", "family": user.family, "given": [user.given], "text": user.name() }],
        }));
        resources.push(json!({
            "resourceType": "PractitionerRole",
            "id": format!("rolle-{}", user.id),
            "active": true,
            "practitioner": { "reference": format!("Practitioner/{}", user.id), "display": user.name() },
            "organization": { "reference": format!("Organization/{}", user.organization) },
            "code": [{
                "coding": [{ "system": "http://snomed.info/sct", "code": user.role_code }],
                "text": user.role,
            }],
        }));
    }
    resources
}
