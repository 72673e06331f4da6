//! The resources of some answers that belong together: searches of several kinds, resources read one by one, documents
//! (Bundles in a Bundle). Each resource once, in its newest version, and none of another patient. What they say is read
//! elsewhere.

use chart_model::{ClinicalTime, Decimal, Finding, FindingKind};

use crate::bundle;
use crate::care_plan::parts::target;
use crate::error::PageError;
use crate::json::{self, Json};
use crate::resource::{Head, finding};

/// The resources, in the order sent, and what could not be read.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) list: Vec<Json>,
    pub(crate) findings: Vec<Finding>,
}

impl Gathered {
    /// # Errors
    /// [`PageError`] if an answer is neither a Bundle nor a resource.
    pub(crate) fn read(pages: &[&[u8]], patient: &str) -> Result<Self, PageError> {
        let mut gathered = Self::default();
        for page in pages {
            gathered.page(page, patient)?;
        }
        Ok(gathered)
    }

    fn page(&mut self, page: &[u8], patient: &str) -> Result<(), PageError> {
        let head = json::read::<Head<'_>>(page).unwrap_or_default();
        if !matches!(head.resource_type.or_empty(), "" | "Bundle" | "OperationOutcome") {
            self.add(
                page,
                &name(head.resource_type.or_empty(), head.id.or_empty()),
                patient,
            );
            return Ok(());
        }
        for sent in bundle::resources(page, &mut self.findings)? {
            // A Bundle inside is a document. Their depth is bounded by that of readable JSON.
            if sent.kind == "Bundle" {
                self.page(sent.json, patient)?;
            } else {
                self.add(sent.json, &name(&sent.kind, &sent.id), patient);
            }
        }
        Ok(())
    }

    fn add(&mut self, bytes: &[u8], name: &str, patient: &str) {
        let Some(json) = Json::parse(bytes).filter(|json| !json.text("resourceType").is_empty()) else {
            return self.tell(FindingKind::UnreadableResource, name, "");
        };
        if !is_of(&json, patient) {
            return self.tell(FindingKind::OtherPatient, name, "");
        }
        let id = json.text("id");
        let same = |other: &&mut Json| {
            !id.is_empty()
                && (other.text("resourceType"), other.text("id")) == (json.text("resourceType"), id)
        };
        match self.list.iter_mut().find(same) {
            Some(there) if updated(there) < updated(&json) => *there = json,
            Some(_) => {}
            None => self.list.push(json),
        }
    }

    /// The resources of one kind.
    pub(crate) fn of<'a>(&'a self, kind: &'static str) -> impl Iterator<Item = &'a Json> {
        self.list
            .iter()
            .filter(move |json| json.text("resourceType") == kind)
    }

    /// What a reference of the resource `from` leads to, if it was sent.
    pub(crate) fn resolve<'a>(&'a self, reference: &Json, from: &'a Json) -> Option<&'a Json> {
        let reference = reference.text("reference");
        if let Some(id) = reference.strip_prefix('#') {
            let mut contained = from.get("contained").items().iter();
            return contained.find(|json| json.text("id") == id);
        }
        let (kind, id) = target(reference);
        let id = id.strip_prefix("urn:uuid:").unwrap_or(id);
        let mut all = self.list.iter();
        all.find(|json| {
            !id.is_empty() && json.text("id") == id && (kind.is_empty() || json.text("resourceType") == kind)
        })
    }

    pub(crate) fn tell(&mut self, kind: FindingKind, resource: &str, detail: &str) {
        self.findings.push(finding(kind, resource, detail));
    }
}

/// The period in which something began: its own, or where that has no start the first one in which its status said that it
/// was going on (`statusHistory`).
pub(crate) fn begun(json: &Json) -> &Json {
    let own = json.get("period");
    if own.field("start").is_some() {
        return own;
    }
    let history = json.get("statusHistory").items().iter();
    let going_on = history.filter(|one| matches!(one.text("status"), "active" | "in-progress"));
    let periods = going_on.map(|one| one.get("period"));
    let start = |period: &&Json| {
        ClinicalTime::parse(period.text("start"))
            .ok()
            .map(|time| time.start_ms())
    };
    let first = periods.filter(|period| start(period).is_some()).min_by_key(start);
    first.unwrap_or(own)
}

/// `Composition/7`; the kind alone where there is no id.
pub(crate) fn name_of(json: &Json) -> String {
    name(json.text("resourceType"), json.text("id"))
}

fn name(kind: &str, id: &str) -> String {
    if id.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}/{id}")
    }
}

fn updated(json: &Json) -> i64 {
    ClinicalTime::parse(json.get("meta").text("lastUpdated")).map_or(i64::MIN, |time| time.start_ms())
}

/// False if it says that it is about somebody else. A reference that names nobody cannot say so.
fn is_of(json: &Json, patient: &str) -> bool {
    if json.text("resourceType") == "Patient" {
        return json.text("id") == patient;
    }
    ["subject", "patient"].into_iter().all(|field| {
        let reference = json.get(field).text("reference");
        let (kind, id) = target(reference);
        reference.is_empty()
            || (matches!(kind, "" | "Patient") && id.trim_start_matches("urn:uuid:") == patient)
    })
}

/// The number in a field, with its digits.
pub(crate) fn number(json: &Json) -> Option<Decimal> {
    match json {
        Json::Atom(written) => Decimal::parse(written),
        _ => None,
    }
}

/// The first text of some that there is.
pub(crate) fn first_filled<const N: usize>(texts: [&str; N]) -> &str {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// A time, where it is one; a finding where something else was sent.
pub(crate) fn time(json: &Json, field: &str, of: &str, findings: &mut Vec<Finding>) -> Option<ClinicalTime> {
    let sent = json
        .field(field)
        .filter(|sent| !matches!(sent, Json::Atom(word) if &**word == "null"))?;
    match ClinicalTime::parse(sent.as_text()) {
        Ok(time) => Some(time),
        Err(error) => {
            let kind = match error {
                chart_model::time::TimeError::WithoutZone => FindingKind::TimeWithoutZone,
                chart_model::time::TimeError::Malformed => FindingKind::MalformedTime,
            };
            findings.push(finding(kind, of, &sent.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(resources: &str) -> Gathered {
        let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{resources}]}}"#);
        Gathered::read(&[bundle.as_bytes()], "7").unwrap()
    }

    fn names(gathered: &Gathered) -> Vec<String> {
        gathered.list.iter().map(name_of).collect()
    }

    #[test]
    fn each_resource_is_there_once_and_in_its_newest_version() {
        let version = |at: &str, title: &str| {
            format!(
                r#"{{"resource":{{"resourceType":"Composition","id":"1","title":"{title}","meta":{{"lastUpdated":"{at}"}}}}}}"#
            )
        };
        let (old, new) = (
            version("2026-09-01T08:00:00Z", "old"),
            version("2026-09-02T08:00:00Z", "new"),
        );
        for order in [format!("{old},{new}"), format!("{new},{old}")] {
            let gathered = gathered(&order);
            assert_eq!(
                (names(&gathered), gathered.list[0].text("title")),
                (vec!["Composition/1".to_owned()], "new")
            );
        }
    }

    #[test]
    fn another_patients_is_refused_by_either_name_of_the_field() {
        for (field, reference, expected) in [
            ("subject", "Patient/7", 0),
            ("patient", "https://h/fhir/Patient/7", 0),
            ("subject", "Patient/8", 1),
            ("patient", "Patient/70", 1),
            ("subject", "Group/7", 1),
            ("subject", "", 0),
        ] {
            let found = gathered(&format!(
                r#"{{"resource":{{"resourceType":"DetectedIssue","id":"1","{field}":{{"reference":"{reference}"}}}}}}"#
            ));
            let refused = found
                .findings
                .iter()
                .filter(|f| f.kind == FindingKind::OtherPatient);
            assert_eq!(
                (found.list.len(), refused.count()),
                (1 - expected, expected),
                "{reference}"
            );
        }
    }

    #[test]
    fn a_document_inside_and_a_resource_alone_are_read_and_what_is_broken_is_said() {
        let found = gathered(
            r#"{"resource":{"resourceType":"Bundle","type":"document","entry":[
                {"resource":{"resourceType":"Composition","id":"1"}},{"resource":{"resourceType":"DetectedIssue","id":"2"}}]}},
               {"resource":{"id":"3"}},{"resource":5}"#,
        );
        assert_eq!(names(&found), ["Composition/1", "DetectedIssue/2"]);
        assert_eq!(found.findings.len(), 2);
        let alone = Gathered::read(&[br#"{"resourceType":"Organization","id":"1"}"#], "7").unwrap();
        assert_eq!(names(&alone), ["Organization/1"]);
        assert!(Gathered::read(&[b"<html>"], "7").is_err());
    }

    #[test]
    fn a_reference_leads_to_what_was_sent_or_is_contained() {
        let found = gathered(
            r#"{"resource":{"resourceType":"Composition","id":"1","contained":[{"resourceType":"Practitioner","id":"a"}]}},
               {"resource":{"resourceType":"Practitioner","id":"2"}}"#,
        );
        for (reference, expected) in [
            ("#a", Some("Practitioner/a")),
            ("Practitioner/2", Some("Practitioner/2")),
            ("https://h/fhir/Practitioner/2/_history/1", Some("Practitioner/2")),
            ("urn:uuid:2", Some("Practitioner/2")),
            ("Organization/2", None),
            ("#b", None),
            ("", None),
        ] {
            let reference = Json::object([("reference", reference.into())]);
            let led = found.resolve(&reference, &found.list[0]).map(name_of);
            assert_eq!(led.as_deref(), expected, "{reference}");
        }
    }
}
