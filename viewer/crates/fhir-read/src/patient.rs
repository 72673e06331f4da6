//! The Patient, as far as the patient check line shows it. Numbers that fail their checksum are
//! marked, never refused: the rule changes in 2032, and test series differ.

mod person;

use chart_model::ClinicalTime;

use crate::bundle;
use crate::error::PageError;
use crate::json::{self, List, Raw, Text, fields};
use crate::resource::{Identifier, read_one};

pub use person::Found;

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
    /// All identifiers: system and value.
    pub identifiers: Vec<(String, String)>,
    /// The record is not in use: another has taken its place, or it is inactive.
    pub is_out_of_use: bool,
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

#[derive(Debug, Default)]
struct Patient<'a> {
    id: Text<'a>,
    identifier: List<Identifier<'a>>,
    name: List<HumanName<'a>>,
    birth_date: Text<'a>,
    active: Raw<'a>,
    link: List<Link<'a>>,
}

fields!(Patient {
    b"id": id,
    b"identifier": identifier,
    b"name": name,
    b"birthDate": birth_date,
    b"active": active,
    b"link": link,
});

/// Another record of the same person.
#[derive(Debug, Default)]
struct Link<'a> {
    kind: Text<'a>,
}

fields!(Link { b"type": kind });

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
        identifiers: patient
            .identifier
            .iter()
            .filter_map(|id| Some((id.system.filled()?.to_owned(), id.value.filled()?.to_owned())))
            .collect(),
        is_out_of_use: patient.active.json() == Some("false")
            || patient
                .link
                .iter()
                .any(|link| link.kind.or_empty() == "replaced-by"),
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
mod tests;
