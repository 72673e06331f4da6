//! The addresses of what is fetched only when the doctor opens it: questionnaires, notes, events, who follows up. Nothing is
//! fetched here, and nothing of it before a click.

use chart_model::Known;

use crate::query::{HostSearch, encode, literal};

/// The searches of one patient at one FHIR base, for what is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDemand {
    base: String,
    patient: String,
    include: bool,
    count: u32,
}

impl OnDemand {
    /// `base` with or without a slash at its end; `patient` the id alone.
    pub fn new(base: &str, patient: &str, search: &HostSearch) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            patient: patient.to_owned(),
            include: search.include,
            count: search.page_size.max(1),
        }
    }

    /// Filled-in questionnaires, and their scores by the codes that scores have.
    pub fn questionnaires(&self) -> Vec<String> {
        let codes = Known::Cat.spec().codes.iter();
        let codes: Vec<String> = codes.map(|(system, code)| format!("{system}|{code}")).collect();
        vec![
            self.search("QuestionnaireResponse", &[], &[]),
            self.search("Observation", &[("code", &codes.join(","))], &[]),
        ]
    }

    /// A Questionnaire that fillings name: by its canonical address with or without a version, or `Questionnaire/7`.
    /// `None` for what is neither.
    pub fn questionnaire(&self, name: &str) -> Option<String> {
        if let Some(id) = name.strip_prefix("Questionnaire/") {
            return Some(format!("{}/Questionnaire/{}", self.base, encode(id, "")));
        }
        if !name.contains(':') {
            return None;
        }
        let (url, version) = name.split_once('|').unwrap_or((name, ""));
        let mut address = format!("{}/Questionnaire?url={}", self.base, encode(&literal(url), ":"));
        if !version.is_empty() {
            address.push_str(&format!("&version={}", encode(&literal(version), "")));
        }
        Some(address)
    }

    /// The scores that have codes of their own, by their category. A server may not know that parameter.
    pub fn survey_scores(&self) -> String {
        let survey = "http://terminology.hl7.org/CodeSystem/observation-category|survey";
        self.search("Observation", &[("category", survey)], &[])
    }

    /// The scores that were calculated from fillings, by the fillings' ids, however they are coded. A server may not know
    /// that parameter. `None` for no fillings.
    pub fn scores_of(&self, fillings: &[&str]) -> Option<String> {
        let from = fillings.iter().filter(|id| !id.is_empty());
        let from: Vec<String> = from
            .map(|id| format!("QuestionnaireResponse/{}", literal(id)))
            .collect();
        (!from.is_empty()).then(|| self.search("Observation", &[("derived-from", &from.join(","))], &[]))
    }

    /// Follow-up notes, whatever they are sent as. `readings` are the ids of readings with a comment: whoever wrote it is
    /// read with them.
    pub fn notes(&self, readings: &[&str]) -> Vec<String> {
        let mut searches = vec![
            self.search("Composition", &[], &["author", "entry"]),
            self.search("DetectedIssue", &[], &["author"]),
            self.search("Communication", &[], &["sender"]),
        ];
        if !readings.is_empty() {
            let ids: Vec<String> = readings.iter().map(|id| literal(id)).collect();
            searches.push(self.search("Observation", &[("_id", &ids.join(","))], &[]));
        }
        searches
    }

    /// Stays in hospital.
    pub fn encounters(&self) -> String {
        self.search("Encounter", &[], &["service-provider"])
    }

    /// Medicines as they are taken, and as they are ordered.
    pub fn medicines(&self) -> [String; 2] {
        ["MedicationStatement", "MedicationRequest"].map(|kind| self.search(kind, &[], &["medication"]))
    }

    /// A medicine that is named by its reference only: `Medication/7`.
    pub fn medication(&self, missing: &str) -> String {
        format!("{}/{}", self.base, encode(missing, "/"))
    }

    /// Periods of follow-up, with who is in charge.
    pub fn episodes(&self) -> String {
        self.search("EpisodeOfCare", &[], &["organization", "care-manager"])
    }

    /// Who follows up: periods and teams.
    pub fn follow_up(&self) -> Vec<String> {
        vec![self.episodes(), self.search("CareTeam", &[], &["participant"])]
    }

    /// How a service is reached: what is missing of it (`Organization/7`), with its opening hours; or a search for those
    /// alone (`HealthcareService?organization=Organization/7`).
    pub fn reach_of(&self, missing: &str) -> Vec<String> {
        let hours = |of: &str| format!("{}/HealthcareService?organization={}", self.base, encode(of, "/"));
        if let Some(of) = missing.strip_prefix("HealthcareService?organization=") {
            return vec![hours(of)];
        }
        let mut addresses = vec![format!("{}/{}", self.base, encode(missing, "/"))];
        if missing.starts_with("Organization/") {
            addresses.push(hours(missing));
        }
        addresses
    }

    fn search(&self, kind: &str, parameters: &[(&str, &str)], included: &[&str]) -> String {
        let mut address = format!(
            "{}/{kind}?patient=Patient/{}",
            self.base,
            encode(&self.patient, "")
        );
        for (name, value) in parameters {
            address.push_str(&format!("&{name}={}", encode(value, ":/")));
        }
        for what in included.iter().filter(|_| self.include) {
            address.push_str(&format!("&_include={kind}:{what}"));
        }
        address.push_str(&format!("&_count={}", self.count));
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posted;

    fn on_demand(include: bool) -> OnDemand {
        let search = HostSearch {
            date: "date".to_owned(),
            sort: true,
            include,
            elements: true,
            page_size: 200,
        };
        OnDemand::new("http://h/fhir/", "7", &search)
    }

    #[test]
    fn addresses_are_what_servers_know() {
        let q = on_demand(true);
        let [taken, ordered] = q.medicines();
        let mut found = q.questionnaires();
        found.extend(q.notes(&["1", "a,b"]));
        found.extend(q.follow_up());
        found.extend([q.encounters(), taken, ordered]);
        found.extend(q.reach_of("Organization/1"));
        found.extend(q.reach_of("Practitioner/1"));
        found.extend(q.reach_of("HealthcareService?organization=Organization/1"));
        let expected = [
            "QuestionnaireResponse?patient=Patient/7&_count=200",
            "Observation?patient=Patient/7&code=http://loinc.org%7C74465-6%2Chttp://snomed.info/sct%7C446660005%2C\
urn:oid:1.2.208.184.100.8%7CMCS88137&_count=200",
            "Composition?patient=Patient/7&_include=Composition:author&_include=Composition:entry&_count=200",
            "DetectedIssue?patient=Patient/7&_include=DetectedIssue:author&_count=200",
            "Communication?patient=Patient/7&_include=Communication:sender&_count=200",
            "Observation?patient=Patient/7&_id=1%2Ca%5C%2Cb&_count=200",
            "EpisodeOfCare?patient=Patient/7&_include=EpisodeOfCare:organization\
&_include=EpisodeOfCare:care-manager&_count=200",
            "CareTeam?patient=Patient/7&_include=CareTeam:participant&_count=200",
            "Encounter?patient=Patient/7&_include=Encounter:service-provider&_count=200",
            "MedicationStatement?patient=Patient/7&_include=MedicationStatement:medication&_count=200",
            "MedicationRequest?patient=Patient/7&_include=MedicationRequest:medication&_count=200",
            "Organization/1",
            "HealthcareService?organization=Organization/1",
            "Practitioner/1",
            "HealthcareService?organization=Organization/1",
        ];
        assert_eq!(found, expected.map(|path| format!("http://h/fhir/{path}")));
    }

    #[test]
    fn a_host_that_includes_nothing_is_not_asked_to_and_searches_can_be_posted() {
        let q = on_demand(false);
        let all = q
            .notes(&["1"])
            .into_iter()
            .chain(q.follow_up())
            .chain(q.questionnaires());
        for address in all {
            assert!(!address.contains("_include"), "{address}");
            assert!(posted(&address).is_some(), "{address}");
        }
    }

    #[test]
    fn scores_with_codes_of_their_own_are_asked_for_by_category_and_by_what_they_were_calculated_from() {
        let q = on_demand(true);
        assert_eq!(
            q.survey_scores(),
            "http://h/fhir/Observation?patient=Patient/7&category=http://terminology.hl7.org/CodeSystem/\
observation-category%7Csurvey&_count=200"
        );
        assert_eq!(
            q.scores_of(&["1", "", "2"]).as_deref(),
            Some(
                "http://h/fhir/Observation?patient=Patient/7&derived-from=QuestionnaireResponse/1%2CQuestionnaireResponse/2\
&_count=200"
            )
        );
        assert_eq!(q.scores_of(&[""]), None);
        assert_eq!(q.medication("Medication/a b"), "http://h/fhir/Medication/a%20b");
    }

    #[test]
    fn a_questionnaire_is_asked_for_by_its_address_or_its_id() {
        let q = on_demand(true);
        for (name, expected) in [
            ("Questionnaire/7", Some("Questionnaire/7")),
            ("http://x/cat", Some("Questionnaire?url=http:%2F%2Fx%2Fcat")),
            (
                "http://x/cat|1.0",
                Some("Questionnaire?url=http:%2F%2Fx%2Fcat&version=1.0"),
            ),
            ("urn:x:a&b", Some("Questionnaire?url=urn:x:a%26b")),
            ("cat", None),
            ("", None),
        ] {
            let expected = expected.map(|path| format!("http://h/fhir/{path}"));
            assert_eq!(q.questionnaire(name), expected, "{name}");
        }
    }
}
