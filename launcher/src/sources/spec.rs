//! Which sources there are: what they are called, how each is entered, and its habits. Holds no data.

use serde_json::{Value, json};

use crate::app::Urls;
use crate::habits::Habits;
use crate::hosts;

/// How a token for a source is had.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Entry {
    /// The journal's token is taken.
    Launch,
    /// The journal's token is exchanged for one of the source (RFC 8693).
    Exchange,
    /// The source has an authorization server of its own, which knows who is logged in to the journal.
    Own,
}

#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) entry: Entry,
    /// The viewer as it is registered there.
    pub(crate) client: &'static str,
    pub(super) habits: &'static [&'static str],
    /// What apps may ask for, where they ask the source itself.
    scopes: &'static [&'static str],
    kinds: &'static [&'static str],
    has_plans: bool,
}

pub(crate) const SPECS: [Spec; 3] = [
    Spec {
        id: "hospital",
        name: "Sykehusets hjemmeoppfølging",
        entry: Entry::Launch,
        client: "dho-viewer",
        habits: &["uuid-versions", "no-lastn"],
        scopes: &[],
        kinds: &[
            "Observation",
            "CarePlan",
            "QuestionnaireResponse",
            "EpisodeOfCare",
            "CareTeam",
            "Composition",
            "DetectedIssue",
        ],
        has_plans: true,
    },
    Spec {
        id: "municipality",
        name: "Kommunens hjemmeoppfølging",
        entry: Entry::Exchange,
        client: "dho-viewer-kommune",
        habits: &[
            "cap-count=50",
            "total-absent",
            "no-lastn",
            "no-include",
            "no-missing",
            "opaque-next",
        ],
        scopes: &[
            "patient/Patient.rs",
            "patient/Observation.rs",
            "patient/Device.rs",
            "patient/QuestionnaireResponse.rs",
            "patient/EpisodeOfCare.rs",
            "user/Organization.rs",
        ],
        kinds: &["Observation", "QuestionnaireResponse", "EpisodeOfCare"],
        has_plans: false,
    },
    Spec {
        id: "lab-module",
        name: "Kommunens journal (laboratoriemodul)",
        entry: Entry::Own,
        client: "dho-viewer-lab",
        habits: &[
            "post-search",
            "no-lastn",
            "code-and-date-only",
            "readings-only",
            "no-history",
            "unknown-parameter-400",
        ],
        scopes: &["user/Patient.rs", "user/Observation.rs"],
        kinds: &["Observation"],
        has_plans: false,
    },
];

impl Spec {
    /// Of the FHIR base, below the journal's origin.
    pub(super) fn path(&self) -> String {
        format!("/sources/{}/fhir", self.id)
    }

    /// Of the endpoints that give tokens, below the journal's origin.
    pub(super) fn auth_path(&self) -> String {
        format!("/sources/{}/auth", self.id)
    }

    fn profile(&self, urls: &Urls) -> Value {
        let mut habits = Habits::default();
        // Known names: the sources are opened with the same.
        let _ = self.habits.iter().try_for_each(|habit| habits.add(habit));
        let mut profile = json!({
            "id": self.id,
            "name": self.name,
            "fhirBase": format!("{}{}", urls.journal, self.path()),
            "kinds": self.kinds,
            "search": hosts::search(&habits, false),
        });
        profile["token"] = match self.entry {
            Entry::Launch => "launch",
            Entry::Exchange => "exchange",
            Entry::Own => "own",
        }
        .into();
        if self.entry != Entry::Launch {
            profile["clientId"] = self.client.into();
            profile["scopes"] = json!(self.scopes);
        }
        if self.entry == Entry::Exchange {
            profile["tokenEndpoint"] = format!("{}{}/token", urls.journal, self.auth_path()).into();
        }
        if self.has_plans {
            profile["planHome"] = true.into();
        }
        profile
    }
}

/// What a host profile says of them.
pub(crate) fn profiles(urls: &Urls) -> Value {
    SPECS.iter().map(|spec| spec.profile(urls)).collect()
}
