//! The Patient, as far as the patient check line shows it. Numbers that fail their checksum are
//! marked, never refused: the rule changes in 2032, and test series differ.

use chart_model::ClinicalTime;

use crate::bundle;
use crate::error::PageError;
use crate::json::{self, List, Text, fields};
use crate::resource::{Identifier, read_one};

/// Who the patient is.
#[derive(Clone, Debug, PartialEq)]
pub struct PatientRecord {
    /// The resource id.
    pub id: String,
    /// The official name, else the usual one, else the first that is not an old one.
    pub name: Option<String>,
    /// Date of birth in the precision it was written in.
    pub birth: Option<ClinicalTime>,
    /// Norwegian national numbers, in the order sent.
    pub national_ids: Vec<NationalId>,
}

/// A number of one of the three Norwegian series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalId {
    /// Which series.
    pub kind: NationalIdKind,
    /// As sent.
    pub number: String,
    /// False if it is not eleven digits with both check digits right: worth a warning.
    pub checks: bool,
}

/// The series of Norwegian national numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NationalIdKind {
    /// Fødselsnummer.
    BirthNumber,
    /// D-nummer.
    DNumber,
    /// Felles hjelpenummer.
    HelpNumber,
}

/// What the systems of all three series begin with.
const NATIONAL: &str = "urn:oid:2.16.578.1.12.4.1.4.";

impl NationalIdKind {
    /// The system of its numbers in FHIR.
    pub fn system(self) -> String {
        let series = match self {
            Self::BirthNumber => "1",
            Self::DNumber => "2",
            Self::HelpNumber => "3",
        };
        [NATIONAL, series].concat()
    }

    fn of(system: &str) -> Option<Self> {
        match system.strip_prefix(NATIONAL) {
            Some("1") => Some(Self::BirthNumber),
            Some("2") => Some(Self::DNumber),
            Some("3") => Some(Self::HelpNumber),
            _ => None,
        }
    }
}

impl PatientRecord {
    /// Has a national number of the other's: the same person in another system.
    pub fn is_same_person(&self, other: &Self) -> bool {
        let is_shared = |id: &NationalId| {
            let mut others = other.national_ids.iter();
            others.any(|other| (other.kind, &other.number) == (id.kind, &id.number))
        };
        self.national_ids.iter().any(is_shared)
    }
}

#[derive(Debug, Default)]
struct Patient<'a> {
    id: Text<'a>,
    identifier: List<Identifier<'a>>,
    name: List<HumanName<'a>>,
    birth_date: Text<'a>,
}

fields!(Patient { b"id": id, b"identifier": identifier, b"name": name, b"birthDate": birth_date });

#[derive(Debug, Default)]
struct HumanName<'a> {
    usage: Text<'a>,
    text: Text<'a>,
    family: Text<'a>,
    given: Vec<Text<'a>>,
}

fields!(HumanName { b"use": usage, b"text": text, b"family": family, b"given": given });

impl HumanName<'_> {
    /// Given names and family name; without either, the name as one text.
    fn whole(&self) -> Option<String> {
        let given = self.given.iter().filter_map(Text::filled);
        let parts: Vec<&str> = given.chain(self.family.filled()).collect();
        if parts.is_empty() {
            self.text.filled().map(str::to_owned)
        } else {
            Some(parts.join(" "))
        }
    }
}

/// Reads a Patient.
///
/// # Errors
/// [`PageError`] if the answer is no Patient.
pub fn read_patient(bytes: &[u8]) -> Result<PatientRecord, PageError> {
    Ok(record(&read_one(bytes, "Patient")?))
}

/// Reads the answer to a search for patients. One that cannot be read is nobody's.
///
/// # Errors
/// [`PageError`] if the answer is no Bundle.
pub fn read_patients(bytes: &[u8]) -> Result<Vec<PatientRecord>, PageError> {
    let sent = bundle::resources(bytes, &mut Vec::new())?;
    let patients = sent.iter().filter(|resource| resource.kind == "Patient");
    Ok(patients
        .filter_map(|resource| Some(record(&json::read(resource.json)?)))
        .collect())
}

fn record(patient: &Patient<'_>) -> PatientRecord {
    let rank = |name: &&HumanName<'_>| match name.usage.or_empty() {
        "official" => 0,
        "usual" => 1,
        "old" | "maiden" => 3,
        _ => 2,
    };
    let name = patient
        .name
        .iter()
        .filter(|name| name.whole().is_some())
        .min_by_key(rank);
    let national_ids = patient.identifier.iter().filter_map(|id| {
        let number = id.value.filled()?;
        Some(NationalId {
            kind: NationalIdKind::of(id.system.filled()?)?,
            number: number.to_owned(),
            checks: checks(number),
        })
    });
    PatientRecord {
        id: patient.id.or_empty().to_owned(),
        name: name.and_then(HumanName::whole),
        birth: patient
            .birth_date
            .filled()
            .and_then(|text| ClinicalTime::parse(text).ok()),
        national_ids: national_ids.collect(),
    }
}

/// Both check digits, modulus 11 (all three series have them).
fn checks(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    let sum = |weights: &[u32]| {
        let digits = digits.iter().flatten();
        digits
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum::<u32>()
    };
    let eleven = digits.as_ref().is_some_and(|digits| digits.len() == 11);
    eleven
        && sum(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && sum(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_name(names: &str, expected: Option<&str>) {
        let json = format!(r#"{{"resourceType":"Patient","id":"7","name":{names}}}"#);
        let patient = read_patient(json.as_bytes()).unwrap();
        assert_eq!(patient.name.as_deref(), expected, "{names}");
    }

    #[test]
    fn the_official_name_comes_first() {
        check_name(
            r#"[{"use":"old","family":"Gammel"},{"use":"usual","given":["Kari"]},
                {"use":"official","given":["Kari","Anne"],"family":"Nordmann"}]"#,
            Some("Kari Anne Nordmann"),
        );
        check_name(
            r#"[{"use":"old","family":"Gammel"},{"text":"Kari N."}]"#,
            Some("Kari N."),
        );
        check_name(
            r#"[{"use":"official"},{"use":"usual","given":["Kari"]}]"#,
            Some("Kari"),
        );
        check_name(r#"[{"family":5,"given":[7,"Kari"]}]"#, Some("Kari"));
        check_name(r#"[{"given":5,"family":"N"}]"#, Some("N"));
        check_name("[]", None);
        check_name("7", None);
    }

    #[test]
    fn birth_date_keeps_its_precision_and_numbers_only_warn() {
        let json = br#"{"resourceType":"Patient","id":"7","birthDate":"1953-03","identifier":[
            {"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"12835300240"},
            {"system":"urn:oid:2.16.578.1.12.4.1.4.2","value":"12835300241"},
            {"system":"urn:oid:2.16.578.1.12.4.1.4.3","value":"1"},
            {"system":"urn:other","value":"12835300240"}]}"#;
        let patient = read_patient(json).unwrap();
        assert_eq!(patient.birth.as_ref().map(ClinicalTime::text), Some("1953-03"));
        let ids: Vec<_> = patient
            .national_ids
            .iter()
            .map(|id| (id.kind, id.checks))
            .collect();
        assert_eq!(
            ids,
            [
                (NationalIdKind::BirthNumber, true),
                (NationalIdKind::DNumber, false),
                (NationalIdKind::HelpNumber, false),
            ]
        );
    }

    fn with_ids(ids: &[(&str, &str)]) -> String {
        let ids = ids.iter().map(|(series, number)| {
            serde_json::json!({ "system": format!("urn:oid:2.16.578.1.12.4.1.4.{series}"), "value": number })
        });
        serde_json::json!({ "resourceType": "Patient", "id": "7", "identifier": ids.collect::<Vec<_>>() })
            .to_string()
    }

    #[test]
    fn a_shared_number_of_one_series_is_the_same_person() {
        let person = |ids: &[(&str, &str)]| read_patient(with_ids(ids).as_bytes()).unwrap();
        for (one, other, same) in [
            (&[("1", "12835300240")][..], &[("1", "12835300240")][..], true),
            (
                &[("1", "12835300240")],
                &[("2", "52835300257"), ("1", "12835300240")],
                true,
            ),
            (&[("1", "12835300240")], &[("1", "12835300259")], false),
            (&[("1", "12835300240")], &[("2", "12835300240")], false),
            (&[], &[], false),
            (&[("1", "12835300240")], &[], false),
        ] {
            assert_eq!(
                person(one).is_same_person(&person(other)),
                same,
                "{one:?} {other:?}"
            );
            assert_eq!(
                person(other).is_same_person(&person(one)),
                same,
                "{other:?} {one:?}"
            );
        }
    }

    #[test]
    fn a_search_gives_each_patient_that_can_be_read_and_nothing_else() {
        let bundle = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{}}},{{"resource":5}},
                {{"resource":{{"resourceType":"OperationOutcome"}}}}]}}"#,
            with_ids(&[("1", "12835300240")])
        );
        let found = read_patients(bundle.as_bytes()).unwrap();
        assert_eq!(
            (found.len(), found[0].national_ids[0].kind.system()),
            (1, format!("{NATIONAL}1"))
        );
        assert!(read_patients(b"<html>").is_err());
    }

    #[test]
    fn something_else_than_a_patient_is_an_error() {
        for (json, error) in [
            (
                "<html>",
                PageError::NotFhir {
                    found: "<html>".to_owned(),
                },
            ),
            (
                r#"{"resourceType":"Bundle"}"#,
                PageError::NotFhir {
                    found: "Bundle".to_owned(),
                },
            ),
            (
                r#"{"resourceType":"OperationOutcome","issue":[{"details":{"text":"Ikke funnet"}}]}"#,
                PageError::Outcome {
                    text: "Ikke funnet".to_owned(),
                },
            ),
        ] {
            assert_eq!(read_patient(json.as_bytes()), Err(error));
        }
    }
}
