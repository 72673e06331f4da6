//! The addresses of everything that the first screen asks for, as plain text. Nothing is fetched here.
//!
//! The rules follow how servers differ: `patient=Patient/<id>` (an absolute address finds nothing),
//! dates only as `ge`/`lt` with offsets (`date=<day>` finds part of the day's readings), nothing that
//! a server may not know.

use chart_model::{Parameter, oslo};

/// How pages are asked for at a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSearch {
    /// Its name for the search parameter of a reading's time: `date`.
    pub date: String,
    /// It sorts, or ignores `_sort` without harm.
    pub sort: bool,
    /// It sends along what `_include` names, or ignores that without harm.
    pub include: bool,
    /// It honours `_elements`, or ignores it without harm.
    pub elements: bool,
    /// Readings per page, at least 1.
    pub page_size: u32,
}

/// Everything of an Observation that is read. Servers that take the search parameter's name for the
/// element's know `value` and `effective`; others want each type spelled out.
const ELEMENTS: &str = "identifier,status,code,subject,effective,effectiveDateTime,effectivePeriod,\
effectiveInstant,effectiveTiming,performer,value,valueQuantity,valueInteger,valueString,\
valueCodeableConcept,dataAbsentReason,interpretation,note,method,device,referenceRange,hasMember,\
derivedFrom,component,meta";

/// How many of each code `$lastn` is asked for: the newest may be void or implausible, and all
/// questionnaire scores share one code.
const LASTN: u32 = 5;

/// How many versions of a goal are asked for: limits are changed a few times a year.
const VERSIONS: u32 = 100;

/// The searches of one patient at one FHIR base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queries {
    base: String,
    patient: String,
    search: HostSearch,
}

impl Queries {
    /// `base` is the FHIR base, with or without a slash at its end; `patient` the id alone.
    pub fn new(base: &str, patient: &str, search: HostSearch) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            patient: patient.to_owned(),
            search,
        }
    }

    /// Read of the Patient.
    pub fn patient(&self) -> String {
        format!("{}/Patient/{}", self.base, encode(&self.patient, ""))
    }

    /// The first page of all readings, newest first: for most patients the whole of it.
    pub fn newest(&self) -> String {
        self.readings(&[])
    }

    /// The newest readings of each code, for a host that offers `$lastn`.
    pub fn lastn(&self) -> String {
        let max = LASTN.to_string();
        self.search_for("Observation/$lastn", &[("max", &max)], true)
    }

    /// Readings without a usable time, for a host that offers `:missing`.
    pub fn undated(&self) -> String {
        let count = self.search.page_size.max(1).to_string();
        let missing = format!("{}:missing", self.search.date);
        self.search_for("Observation", &[(&missing, "true"), ("_count", &count)], true)
    }

    /// Readings from an instant (inclusive, milliseconds since 1970 UTC) up to another (exclusive),
    /// or open-ended: then what a fast clock dates ahead is seen too, and reported.
    pub fn period(&self, from: i64, to: Option<i64>) -> String {
        let from = format!("ge{}", oslo::to_fhir(from));
        let to = to.map(|to| format!("lt{}", oslo::to_fhir(to)));
        let dates: Vec<_> = [Some(from.as_str()), to.as_deref()]
            .into_iter()
            .flatten()
            .map(|date| (&*self.search.date, date))
            .collect();
        self.readings(&dates)
    }

    /// The page of readings before an instant, newest first.
    pub fn before(&self, instant: i64) -> String {
        let date = format!("lt{}", oslo::to_fhir(instant));
        self.readings(&[(&self.search.date, &date)])
    }

    /// The newest readings of one parameter, whenever they were taken; `None` for one without a code.
    pub fn latest_of(&self, parameter: &Parameter) -> Option<String> {
        let codes = match parameter {
            Parameter::Known(known) => {
                let codes = known.spec().codes.iter();
                let codes: Vec<String> = codes.map(|(system, code)| format!("{system}|{code}")).collect();
                codes.join(",")
            }
            Parameter::Other(other) if other.code.is_empty() => return None,
            Parameter::Other(other) => format!("{}|{}", literal(&other.system), literal(&other.code)),
        };
        let count = LASTN.to_string();
        Some(self.newest_first(&[("code", &*codes)], &count))
    }

    /// All goals, for servers that do not include them with the plan.
    pub fn goals(&self) -> String {
        self.search_for("Goal", &[], false)
    }

    /// Requests in force: where a plan sets no limits in goals, they may.
    pub fn requests(&self) -> String {
        self.search_for("ServiceRequest", &[("status", "active")], false)
    }

    /// All versions of a goal: which limits held when.
    pub fn goal_history(&self, id: &str) -> String {
        format!("{}/Goal/{}/_history?_count={VERSIONS}", self.base, encode(id, ""))
    }

    /// Periods of follow-up.
    pub fn episodes(&self) -> String {
        self.search_for("EpisodeOfCare", &[], false)
    }

    fn readings(&self, dates: &[(&str, &str)]) -> String {
        let count = self.search.page_size.max(1).to_string();
        self.newest_first(dates, &count)
    }

    fn newest_first(&self, parameters: &[(&str, &str)], count: &str) -> String {
        let sort = format!("-{}", self.search.date);
        let mut parameters = parameters.to_vec();
        if self.search.sort {
            parameters.push(("_sort", &sort));
        }
        parameters.push(("_count", count));
        self.search_for("Observation", &parameters, true)
    }

    fn search_for(&self, what: &str, parameters: &[(&str, &str)], elements: bool) -> String {
        let patient = format!("Patient/{}", self.patient);
        let mut url = format!("{}/{what}?patient={}", self.base, encode(&patient, "/"));
        for (name, value) in parameters {
            url.push_str(&format!("&{name}={}", encode(value, ":")));
        }
        if elements && self.search.elements {
            url.push_str("&_elements=");
            url.push_str(ELEMENTS);
        }
        url
    }
}

/// A search as it is sent where nothing about the patient may stand in an address: the address of `_search`,
/// and the form. `None` for what is no search of a type (a read, an operation).
pub fn posted(search: &str) -> Option<(String, &str)> {
    let (path, form) = search.split_once('?')?;
    let (_, kind) = path.rsplit_once('/')?;
    let is_type = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic());
    is_type.then(|| (format!("{path}/_search"), form))
}

/// A text as a search value: what separates values is escaped.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '|' | ',' | '$') {
            literal.push('\\');
        }
        literal.push(character);
    }
    literal
}

/// Percent-encodes all but letters, digits, `-._~` and the characters in `kept`.
pub(crate) fn encode(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain =
            byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte);
        if plain {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use chart_model::{Known, Other};

    use super::*;

    fn queries(search: HostSearch) -> Queries {
        Queries::new("http://h/fhir/", "7", search)
    }

    fn host(elements: bool) -> HostSearch {
        HostSearch {
            date: "date".to_owned(),
            sort: true,
            include: true,
            elements,
            page_size: 500,
        }
    }

    fn plain() -> Queries {
        queries(host(false))
    }

    #[test]
    fn a_host_may_lack_what_is_common() {
        let q = queries(HostSearch {
            date: "effectivedatetime".to_owned(),
            sort: false,
            ..host(false)
        });
        assert_eq!(
            q.newest(),
            "http://h/fhir/Observation?patient=Patient/7&_count=500"
        );
        assert!(
            q.before(0).contains("&effectivedatetime=lt1970-"),
            "{}",
            q.before(0)
        );
        assert!(
            q.undated().contains("&effectivedatetime:missing=true&"),
            "{}",
            q.undated()
        );
        let q = queries(HostSearch {
            date: "effectivedatetime".to_owned(),
            ..host(false)
        });
        assert!(
            q.newest().contains("&_sort=-effectivedatetime&"),
            "{}",
            q.newest()
        );
    }

    #[test]
    fn a_search_can_be_posted_and_nothing_else() {
        assert_eq!(
            posted("http://h/fhir/Goal?patient=Patient/7&_count=5"),
            Some((
                "http://h/fhir/Goal/_search".to_owned(),
                "patient=Patient/7&_count=5"
            ))
        );
        assert_eq!(posted("http://h/fhir/Patient/7"), None);
        assert_eq!(posted("http://h/fhir/Observation/$lastn?patient=Patient/7"), None);
        assert_eq!(posted("http://h/fhir/?x=1"), None);
    }

    #[test]
    fn builds_every_address_of_the_first_screen() {
        let q = plain();
        for (url, expected) in [
            (q.patient(), "Patient/7"),
            (q.newest(), "Observation?patient=Patient/7&_sort=-date&_count=500"),
            (q.lastn(), "Observation/$lastn?patient=Patient/7&max=5"),
            (
                q.undated(),
                "Observation?patient=Patient/7&date:missing=true&_count=500",
            ),
            (
                q.period(1_788_415_920_000, None),
                "Observation?patient=Patient/7&date=ge2026-09-03T08:12:00%2B02:00&_sort=-date&_count=500",
            ),
            (
                q.period(1_788_415_920_000, Some(1_796_000_000_000)),
                "Observation?patient=Patient/7&date=ge2026-09-03T08:12:00%2B02:00\
&date=lt2026-11-30T01:53:20%2B01:00&_sort=-date&_count=500",
            ),
            (
                q.before(1_788_415_920_000),
                "Observation?patient=Patient/7&date=lt2026-09-03T08:12:00%2B02:00&_sort=-date&_count=500",
            ),
            (
                q.latest_of(&Known::Steps.into()).unwrap(),
                "Observation?patient=Patient/7&code=http:%2F%2Floinc.org%7C41950-7%2Chttp:%2F%2Floinc.org%7C55423-8\
%2Curn:oid:1.2.208.184.100.8%7CMCS88192&_sort=-date&_count=5",
            ),
            (q.goals(), "Goal?patient=Patient/7"),
            (q.requests(), "ServiceRequest?patient=Patient/7&status=active"),
            (q.goal_history("g1"), "Goal/g1/_history?_count=100"),
            (q.episodes(), "EpisodeOfCare?patient=Patient/7"),
        ] {
            assert_eq!(url, format!("http://h/fhir/{expected}"));
        }
    }

    #[test]
    fn a_code_outside_the_table_is_asked_for_as_it_was_sent() {
        let latest_of = |system: &str, code: &str| {
            let other = Other {
                system: system.into(),
                code: code.into(),
                text: "Hoste".into(),
                unit: "".into(),
            };
            plain().latest_of(&Parameter::Other(Rc::new(other)))
        };
        assert_eq!(
            latest_of("urn:x", "a,b|c").as_deref(),
            Some(
                "http://h/fhir/Observation?patient=Patient/7&code=urn:x%7Ca%5C%2Cb%5C%7Cc&_sort=-date&_count=5"
            )
        );
        assert_eq!(
            latest_of("", "cough").as_deref(),
            Some("http://h/fhir/Observation?patient=Patient/7&code=%7Ccough&_sort=-date&_count=5")
        );
        assert_eq!(latest_of("", ""), None);
    }

    #[test]
    fn elements_are_named_where_the_host_offers_them() {
        let url = queries(host(true)).newest();
        assert!(url.contains("&_elements=identifier,status,"), "{url}");
        assert!(url.contains(",value,valueQuantity,"), "{url}");
        assert!(!url.contains(' '), "{url}");
    }

    #[test]
    fn an_id_with_other_characters_cannot_change_the_search() {
        let q = Queries::new("http://h/fhir", "7&x=/ø", host(false));
        assert!(q.newest().contains("?patient=Patient/7%26x%3D/%C3%B8&"));
        assert_eq!(q.patient(), "http://h/fhir/Patient/7%26x%3D%2F%C3%B8");
    }
}
