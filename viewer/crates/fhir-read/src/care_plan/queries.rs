//! The addresses that plans are read at. Nothing is fetched here.

use chart_model::care_plan::Version;

use crate::query::encode;

/// How many versions are asked for at once.
const VERSIONS: u32 = 100;

/// The addresses of one patient's plans at one FHIR base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanQueries {
    base: String,
    patient: String,
}

/// What comes with the plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Included {
    /// Nothing: the host includes nothing.
    Nothing,
    /// Goals, teams and conditions.
    Parts,
    /// The same, and who is in the teams: it is they who have names and phones.
    Members,
    /// The same, and the records of who changed the plan when.
    Records,
}

impl PlanQueries {
    /// `base` with or without a slash at its end; `patient` the id alone.
    pub fn new(base: &str, patient: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            patient: patient.to_owned(),
        }
    }

    /// The plans in force with their zones, and the suggestions that wait, together with what is included.
    pub fn plans(&self, included: Included) -> String {
        let parts = "&_include=CarePlan:goal&_include=CarePlan:care-team&_include=CarePlan:condition";
        let members = "&_include:iterate=CareTeam:participant";
        let mut search = self.search("CarePlan") + "&status=active,draft";
        if included != Included::Nothing {
            search += parts;
        }
        if matches!(included, Included::Members | Included::Records) {
            search += members;
        }
        if included == Included::Records {
            search += "&_revinclude=Provenance:target";
        }
        search
    }

    /// The plans that are part of a plan, those too that have ended.
    pub fn zones(&self, plan: &str) -> String {
        self.search("CarePlan") + "&part-of=" + &encode(plan, "/")
    }

    /// All goals, for a host that does not include them.
    pub fn goals(&self) -> String {
        self.search("Goal")
    }

    /// Requests in force, some of which may set limits.
    pub fn requests(&self) -> String {
        self.search("ServiceRequest") + "&status=active"
    }

    /// All care teams with their members.
    pub fn teams(&self, include: bool) -> String {
        self.search("CareTeam")
            + if include {
                "&_include=CareTeam:participant"
            } else {
                ""
            }
    }

    /// Periods of follow-up.
    pub fn episodes(&self) -> String {
        self.search("EpisodeOfCare")
    }

    /// Who a clinician is: their role with what it refers to, by the id of the Practitioner.
    pub fn role_of(&self, practitioner: &str) -> String {
        let of = encode(practitioner, "");
        let included = "_include=PractitionerRole:practitioner&_include=PractitionerRole:organization";
        format!(
            "{}/PractitionerRole?practitioner=Practitioner/{of}&{included}",
            self.base
        )
    }

    /// What a reference leads to: `Practitioner/7`.
    pub fn read(&self, reference: &str) -> String {
        format!("{}/{}", self.base, encode(reference, "/"))
    }

    /// All versions of a resource.
    pub fn history(&self, reference: &str) -> String {
        format!("{}/_history?_count={VERSIONS}", self.read(reference))
    }

    /// One version of a resource.
    pub fn version(&self, reference: &str, version: &Version) -> String {
        format!("{}/_history/{}", self.read(reference), encode(&version.id, ""))
    }

    /// Who did what to any of these resources. Not by patient: that finds nothing where only the plan is the target.
    pub fn records(&self, references: &[String]) -> String {
        format!(
            "{}/Provenance?target={}",
            self.base,
            encode(&references.join(","), "/,")
        )
    }

    fn search(&self, kind: &str) -> String {
        format!(
            "{}/{kind}?patient=Patient/{}",
            self.base,
            encode(&self.patient, "")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::care_plan::{Author, KnownFrom};

    #[test]
    fn addresses_are_what_servers_know() {
        let queries = PlanQueries::new("http://h/fhir/", "7");
        let version = Version {
            id: "3".into(),
            time: None,
            author: Author::default(),
            comment: String::new(),
            known_from: KnownFrom::Nothing,
        };
        for (address, expected) in [
            (
                queries.plans(Included::Members),
                "CarePlan?patient=Patient/7&status=active,draft&_include=CarePlan:goal&_include=CarePlan:care-team\
&_include=CarePlan:condition&_include:iterate=CareTeam:participant",
            ),
            (
                queries.plans(Included::Records),
                "CarePlan?patient=Patient/7&status=active,draft&_include=CarePlan:goal&_include=CarePlan:care-team\
&_include=CarePlan:condition&_include:iterate=CareTeam:participant&_revinclude=Provenance:target",
            ),
            (
                queries.plans(Included::Parts),
                "CarePlan?patient=Patient/7&status=active,draft&_include=CarePlan:goal&_include=CarePlan:care-team\
&_include=CarePlan:condition",
            ),
            (
                queries.plans(Included::Nothing),
                "CarePlan?patient=Patient/7&status=active,draft",
            ),
            (
                queries.role_of("8"),
                "PractitionerRole?practitioner=Practitioner/8&_include=PractitionerRole:practitioner\
&_include=PractitionerRole:organization",
            ),
            (queries.goals(), "Goal?patient=Patient/7"),
            (
                queries.requests(),
                "ServiceRequest?patient=Patient/7&status=active",
            ),
            (
                queries.teams(true),
                "CareTeam?patient=Patient/7&_include=CareTeam:participant",
            ),
            (queries.episodes(), "EpisodeOfCare?patient=Patient/7"),
            (queries.read("Organization/1"), "Organization/1"),
            (queries.history("CarePlan/7"), "CarePlan/7/_history?_count=100"),
            (queries.version("CarePlan/7", &version), "CarePlan/7/_history/3"),
            (
                queries.records(&["CarePlan/7".to_owned(), "Goal/8".to_owned()]),
                "Provenance?target=CarePlan/7,Goal/8",
            ),
            (
                queries.zones("CarePlan/7"),
                "CarePlan?patient=Patient/7&part-of=CarePlan/7",
            ),
        ] {
            assert_eq!(address, format!("http://h/fhir/{expected}"));
        }
    }
}
