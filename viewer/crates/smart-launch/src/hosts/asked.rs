//! The scopes that a host is asked for: the least that the role needs, in the host's syntax. What was
//! granted is in `scopes`.

use oauth2::Scope;

/// What the users of a host do with the plan. Decides what is asked for; what is granted decides what the
/// view offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// They look: the GP's overview.
    Reader,
    /// They also change the plan and its limits: the hospital.
    Editor,
}

/// How a host spells scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `patient/Observation.read`
    V1,
    /// `patient/Observation.rs`
    V2,
}

/// Which refresh token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refresh {
    /// None: the launch ends with its token.
    None,
    /// One that lives as long as the log-in to the journal.
    Online,
    /// One that outlives it.
    Offline,
}

/// Resource types with the v2 rights that a reader and an editor need. What neither reads is not listed. Clinicians
/// and where they work belong to no patient.
const NEEDED: [(&str, &str, &str); 24] = [
    ("patient/Patient", "r", "r"),
    ("patient/Observation", "rs", "rs"),
    ("patient/CarePlan", "rs", "crus"),
    ("patient/Goal", "rs", "crus"),
    ("patient/CareTeam", "rs", "crus"),
    ("patient/Condition", "rs", "rs"),
    ("patient/ServiceRequest", "rs", "rs"),
    ("patient/EpisodeOfCare", "rs", "rs"),
    ("patient/Provenance", "rs", "crs"),
    ("user/Practitioner", "rs", "rs"),
    ("user/PractitionerRole", "rs", "rs"),
    ("user/Organization", "rs", "rs"),
    // On demand, and the document to the journal.
    ("patient/QuestionnaireResponse", "rs", "rs"),
    ("user/Questionnaire", "rs", "rs"),
    ("patient/Composition", "rs", "rs"),
    ("patient/DetectedIssue", "rs", "rs"),
    ("patient/Communication", "rs", "rs"),
    ("patient/Encounter", "rs", "rs"),
    ("patient/MedicationStatement", "rs", "rs"),
    ("patient/MedicationRequest", "rs", "rs"),
    ("patient/Medication", "r", "r"),
    ("user/HealthcareService", "rs", "rs"),
    ("patient/DocumentReference", "crs", "crs"),
    ("patient/Binary", "r", "r"),
];

/// A user's own settings, where the host keeps them.
pub(super) const SETTINGS: [(&str, &str); 1] = [("user/Basic", "cuds")];

/// Resource types with the v2 rights that are needed on them.
pub(super) type Needs = Vec<(&'static str, &'static str)>;

/// At other sources the patient has another id and must be searched for.
pub(super) fn needs(role: Role, audit: bool, has_sources: bool) -> Needs {
    let of_role = |(resource, reader, editor)| match role {
        _ if has_sources && resource == "patient/Patient" => (resource, "rs"),
        Role::Reader => (resource, reader),
        Role::Editor => (resource, editor),
    };
    let mut needs: Needs = NEEDED.into_iter().map(of_role).collect();
    if audit {
        needs.push(("patient/AuditEvent", "c"));
    }
    needs
}

/// The scopes for these needs.
pub(super) fn scopes(needs: &Needs, syntax: Syntax, refresh: Refresh) -> Vec<Scope> {
    let mut scopes: Vec<String> = ["launch", "openid", "fhirUser"].map(str::to_owned).into();
    match refresh {
        Refresh::None => {}
        Refresh::Online => scopes.push("online_access".to_owned()),
        Refresh::Offline => scopes.push("offline_access".to_owned()),
    }
    let mut scopes: Vec<Scope> = scopes.into_iter().map(Scope::new).collect();
    scopes.extend(written(needs, syntax));
    scopes
}

/// Needs as the host writes them.
pub(super) fn written(needs: &[(&str, &str)], syntax: Syntax) -> Vec<Scope> {
    let mut scopes: Vec<String> = Vec::new();
    for (resource, rights) in needs {
        match syntax {
            Syntax::V2 => scopes.push(format!("{resource}.{rights}")),
            Syntax::V1 => {
                if rights.contains(['r', 's']) {
                    scopes.push(format!("{resource}.read"));
                }
                if rights.contains(['c', 'u']) {
                    scopes.push(format!("{resource}.write"));
                }
            }
        }
    }
    scopes.into_iter().map(Scope::new).collect()
}
