//! The search parameters of each resource type and where their values stand. Reads no resource.

mod table;

pub(crate) use self::table::search_params;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The one date of the type that can be searched and sorted by.
    Date,
    Reference,
    Token,
    /// An address with or without a version behind `|`.
    Canonical,
}

/// A search parameter; `path` is one or several member paths parted by `|`, lists are entered by themselves.
#[derive(Debug)]
pub(crate) struct SearchParam {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) path: &'static str,
}

const fn date(name: &'static str, path: &'static str) -> SearchParam {
    SearchParam {
        name,
        kind: Kind::Date,
        path,
    }
}

const fn reference(name: &'static str, path: &'static str) -> SearchParam {
    SearchParam {
        name,
        kind: Kind::Reference,
        path,
    }
}

const fn canonical(name: &'static str, path: &'static str) -> SearchParam {
    SearchParam {
        name,
        kind: Kind::Canonical,
        path,
    }
}

const fn token(name: &'static str, path: &'static str) -> SearchParam {
    SearchParam {
        name,
        kind: Kind::Token,
        path,
    }
}

/// A document's own number is among its identifiers.
pub(crate) const IDENTIFIER: SearchParam = token("identifier", "identifier|masterIdentifier");

/// The types searched by the module, as the capability statement lists them.
pub(crate) const SEARCHED: [&str; 24] = [
    "AuditEvent",
    "CarePlan",
    "CareTeam",
    "Communication",
    "Composition",
    "Condition",
    "DetectedIssue",
    "Device",
    "DocumentReference",
    "Encounter",
    "EpisodeOfCare",
    "Goal",
    "HealthcareService",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "ServiceRequest",
];
