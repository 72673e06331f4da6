//! The addresses of everything that the first screen asks for, as plain text. Nothing is fetched here.
//!
//! The rules follow how servers differ: `patient=Patient/<id>` (an absolute address finds nothing),
//! dates only as `ge`/`lt` with offsets (`date=<day>` finds part of the day's readings), nothing that
//! a server may not know.

use chart_model::{Known, oslo};

/// How pages are asked for at a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostSearch {
    /// It honours `_elements`, or ignores it without harm.
    pub elements: bool,
    /// Readings per page, at least 1.
    pub page_size: u32,
}

/// Everything of an Observation that is read. Servers that take the search parameter's name for the
/// element's know `value` and `effective`; others want each type spelled out.
const ELEMENTS: &str = "identifier,status,code,subject,effective,effectiveDateTime,effectivePeriod,\
effectiveInstant,effectiveTiming,performer,value,valueQuantity,valueInteger,valueString,\
valueCodeableConcept,dataAbsentReason,interpretation,note,method,device,referenceRange,derivedFrom,\
component,meta";

/// How many of each code `$lastn` is asked for: the newest may be void or implausible, and all
/// questionnaire scores share one code.
const LASTN: u32 = 5;

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
        self.search_for(
            "Observation",
            &[("date:missing", "true"), ("_count", &count)],
            true,
        )
    }

    /// Readings from an instant (inclusive, milliseconds since 1970 UTC) up to another (exclusive),
    /// or open-ended: then what a fast clock dates ahead is seen too, and reported.
    pub fn period(&self, from: i64, to: Option<i64>) -> String {
        let from = format!("ge{}", oslo::to_fhir(from));
        let to = to.map(|to| format!("lt{}", oslo::to_fhir(to)));
        let dates: Vec<_> = [Some(from.as_str()), to.as_deref()]
            .into_iter()
            .flatten()
            .map(|date| ("date", date))
            .collect();
        self.readings(&dates)
    }

    /// The page of readings before an instant, newest first.
    pub fn before(&self, instant: i64) -> String {
        let date = format!("lt{}", oslo::to_fhir(instant));
        self.readings(&[("date", &date)])
    }

    /// The newest readings of one parameter, whenever they were taken.
    pub fn latest_of(&self, known: Known) -> String {
        let codes: Vec<String> = known
            .spec()
            .codes
            .iter()
            .map(|(system, code)| format!("{system}|{code}"))
            .collect();
        let count = LASTN.to_string();
        let parameters = [
            ("code", codes.join(",")),
            ("_sort", "-date".to_owned()),
            ("_count", count),
        ];
        let parameters: Vec<_> = parameters
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.search_for("Observation", &parameters, true)
    }

    /// The active plans with their goals.
    pub fn plan(&self) -> String {
        self.search_for(
            "CarePlan",
            &[("status", "active"), ("_include", "CarePlan:goal")],
            false,
        )
    }

    /// All goals, for servers that do not include them with the plan.
    pub fn goals(&self) -> String {
        self.search_for("Goal", &[], false)
    }

    /// Periods of follow-up.
    pub fn episodes(&self) -> String {
        self.search_for("EpisodeOfCare", &[], false)
    }

    fn readings(&self, dates: &[(&str, &str)]) -> String {
        let count = self.search.page_size.max(1).to_string();
        let mut parameters = dates.to_vec();
        parameters.extend([("_sort", "-date"), ("_count", &count)]);
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

/// Percent-encodes all but letters, digits, `-._~` and the characters in `kept`.
fn encode(text: &str, kept: &str) -> String {
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
    use super::*;

    fn queries(search: HostSearch) -> Queries {
        Queries::new("http://h/fhir/", "7", search)
    }

    fn plain() -> Queries {
        queries(HostSearch {
            elements: false,
            page_size: 500,
        })
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
                q.latest_of(Known::Steps),
                "Observation?patient=Patient/7&code=http:%2F%2Floinc.org%7C41950-7%2Chttp:%2F%2Floinc.org%7C55423-8\
%2Curn:oid:1.2.208.184.100.8%7CMCS88192&_sort=-date&_count=5",
            ),
            (
                q.plan(),
                "CarePlan?patient=Patient/7&status=active&_include=CarePlan:goal",
            ),
            (q.goals(), "Goal?patient=Patient/7"),
            (q.episodes(), "EpisodeOfCare?patient=Patient/7"),
        ] {
            assert_eq!(url, format!("http://h/fhir/{expected}"));
        }
    }

    #[test]
    fn elements_are_named_where_the_host_offers_them() {
        let url = queries(HostSearch {
            elements: true,
            page_size: 500,
        })
        .newest();
        assert!(url.contains("&_elements=identifier,status,"), "{url}");
        assert!(url.contains(",value,valueQuantity,"), "{url}");
        assert!(!url.contains(' '), "{url}");
    }

    #[test]
    fn an_id_with_other_characters_cannot_change_the_search() {
        let q = Queries::new(
            "http://h/fhir",
            "7&x=/ø",
            HostSearch {
                elements: false,
                page_size: 500,
            },
        );
        assert!(q.newest().contains("?patient=Patient/7%26x%3D/%C3%B8&"));
        assert_eq!(q.patient(), "http://h/fhir/Patient/7%26x%3D%2F%C3%B8");
    }
}
