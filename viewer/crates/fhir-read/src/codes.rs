//! What a code says: which parameter is measured, and which zone an interpretation or a limit's type
//! means. Codes decide; display texts are only read for questionnaire scores, which share one code.

use chart_model::parameter::{LOINC, QUESTIONNAIRE_SCORE, SNOMED};
use chart_model::{Known, Other, Parameter, Severity, Side};

use crate::intern::Interner;
use crate::resource::{Coding, Concept, Reference};

/// What an Observation or a component measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured<'a> {
    /// A parameter of the table.
    Known(Known),
    /// Part of a blood pressure: 0 systolic, 1 diastolic.
    Pressure(usize),
    /// Any other code, with the source's own name for it.
    Other {
        system: &'a str,
        code: &'a str,
        text: &'a str,
    },
}

impl Measured<'_> {
    /// As a parameter; readings of one unlisted code in two units are two parameters.
    pub(crate) fn parameter(self, unit: &str, interner: &mut Interner) -> Parameter {
        match self {
            Self::Known(known) => known.into(),
            Self::Pressure(_) => Known::BloodPressure.into(),
            Self::Other { system, code, text } => Parameter::Other(interner.other(Other {
                system: system.into(),
                code: code.into(),
                text: text.into(),
                unit: unit.into(),
            })),
        }
    }
}

/// Reads a code. A coding that is in the table wins over others, then the first with a code, then
/// the text alone. `None` if there is nothing to go by.
pub(crate) fn measured<'a>(
    concept: &'a Concept<'_>,
    derived_from: &'a [Reference<'_>],
) -> Option<Measured<'a>> {
    if let Some(listed) = concept
        .coding
        .iter()
        .find_map(|coding| in_table(coding, concept, derived_from))
    {
        return Some(listed);
    }
    let coding = concept
        .coding
        .iter()
        .find(|coding| coding.code.filled().is_some());
    let displays = concept.coding.iter().find_map(|coding| coding.display.filled());
    let origin = derived_from.iter().find_map(|origin| origin.display.filled());
    let code = coding.map_or("", |coding| coding.code.or_empty());
    let score = code == QUESTIONNAIRE_SCORE;
    let text = concept
        .text
        .filled()
        .or(displays)
        .or(origin.filter(|_| score))
        .unwrap_or(code);
    (!text.is_empty()).then(|| Measured::Other {
        system: coding.map_or("", |coding| coding.system.or_empty()),
        code,
        text,
    })
}

/// A code system by the address that FHIR gives it, also where a source calls it by its OID or spells that otherwise.
fn usual(system: &str) -> &str {
    match system.trim_end_matches('/') {
        "http://loinc.org" | "https://loinc.org" | "urn:oid:2.16.840.1.113883.6.1" => LOINC,
        "http://snomed.info/sct" | "https://snomed.info/sct" | "urn:oid:2.16.840.1.113883.6.96" => SNOMED,
        // An edition of it: `…/sct/51000202101`.
        edition if edition.starts_with("http://snomed.info/sct/") => SNOMED,
        other => other,
    }
}

fn in_table<'a>(
    coding: &Coding<'_>,
    concept: &Concept<'_>,
    derived_from: &[Reference<'_>],
) -> Option<Measured<'a>> {
    let (system, code) = (usual(coding.system.filled()?), coding.code.filled()?);
    if let Some(part) = Known::blood_pressure_part(system, code) {
        return Some(Measured::Pressure(part));
    }
    let text = if (system, code) == (LOINC, QUESTIONNAIRE_SCORE) {
        let names = concept.coding.iter().map(|coding| &coding.display);
        let origins = derived_from
            .iter()
            .flat_map(|origin| [&origin.display, &origin.reference]);
        let texts = names.chain([&concept.text]).chain(origins);
        texts.map(|text| text.or_empty()).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    };
    Known::from_code(system, code, &text).map(Measured::Known)
}

pub(crate) const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
const RANGE_MEANING: &str = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
const DANISH: [&str; 2] = [
    "urn:oid:1.2.208.184.100.1",
    "http://ehealth.sundhed.dk/cs/reference-range-type",
];

/// The severity that a coding gives a range of limits (data-model, "Limits in force"); `None` if it
/// is in no table.
fn severity(coding: &Coding<'_>) -> Option<Severity> {
    let (system, code) = (coding.system.filled()?, coding.code.filled()?);
    match (system, code) {
        (INTERPRETATION, "N") => Some(Severity::Green),
        (INTERPRETATION, "L") => Some(Severity::Yellow(Some(Side::Low))),
        (INTERPRETATION, "H") => Some(Severity::Yellow(Some(Side::High))),
        (INTERPRETATION, "A") => Some(Severity::Yellow(None)),
        (INTERPRETATION, "LL") => Some(Severity::Red(Some(Side::Low))),
        (INTERPRETATION, "HH") => Some(Severity::Red(Some(Side::High))),
        (INTERPRETATION, "AA") => Some(Severity::Red(None)),
        (RANGE_MEANING, "normal") => Some(Severity::Standard),
        (system, "GAL") if DANISH.contains(&system) => Some(Severity::Yellow(None)),
        (system, "RAL") if DANISH.contains(&system) => Some(Severity::Red(None)),
        _ => None,
    }
}

/// What the codings of one type say together, the more exact of two that agree; `None` if they contradict each other
/// or none of them is in a table.
pub(crate) fn agreed<'c, 'a: 'c>(codings: impl IntoIterator<Item = &'c Coding<'a>>) -> Option<Severity> {
    let mut said = codings.into_iter().filter_map(severity);
    let first = said.next()?;
    said.try_fold(first, |agreed, next| match (agreed, next) {
        _ if agreed == next => Some(agreed),
        (Severity::Yellow(None), Severity::Yellow(_)) | (Severity::Red(None), Severity::Red(_)) => Some(next),
        (Severity::Yellow(_), Severity::Yellow(None)) | (Severity::Red(_), Severity::Red(None)) => {
            Some(agreed)
        }
        _ => None,
    })
}

/// What one coding of an interpretation says: as a limit's type does, or "significantly" low or high, which HL7 ranks
/// with low and high.
fn said(coding: &Coding<'_>) -> Option<Severity> {
    let side = match coding.code.filled() {
        Some("LU") => Side::Low,
        Some("HU") => Side::High,
        _ => return severity(coding),
    };
    (coding.system.filled() == Some(INTERPRETATION)).then_some(Severity::Yellow(Some(side)))
}

/// What a source's own `interpretation` says, the most severe if it says several things.
pub(crate) fn interpreted(concepts: &[Concept<'_>]) -> Option<Severity> {
    let said = concepts
        .iter()
        .flat_map(|concept| concept.coding.iter())
        .filter_map(said);
    let rank = |severity: &Severity| match severity {
        Severity::Standard | Severity::Unreadable => 0,
        Severity::Green => 1,
        Severity::Yellow(side) => 2 + u8::from(side.is_some()),
        Severity::Red(side) => 4 + u8::from(side.is_some()),
    };
    said.filter(|severity| rank(severity) > 0).max_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, derived_from: &str, expected: Option<Measured<'_>>) {
        let concept: Concept<'_> = crate::json::read(code.as_bytes()).unwrap();
        let origin: Reference<'_> = crate::json::read(derived_from.as_bytes()).unwrap();
        assert_eq!(measured(&concept, &[origin]), expected, "{code} {derived_from}");
    }

    #[test]
    fn a_code_of_the_table_wins_then_the_first_then_the_text() {
        check(
            r#"{"coding":[{"system":"urn:x","code":"1"},{"system":"http://loinc.org","code":"2708-6"}]}"#,
            "{}",
            Some(Measured::Known(Known::Spo2)),
        );
        check(
            r#"{"coding":[{"system":"http://loinc.org","code":"8462-4"}]}"#,
            "{}",
            Some(Measured::Pressure(1)),
        );
        let other = |system, code, text| Some(Measured::Other { system, code, text });
        check(
            r#"{"coding":[{"display":"x"},{"system":"urn:x","code":"1"}],"text":"Hoste"}"#,
            "{}",
            other("urn:x", "1", "Hoste"),
        );
        check(
            r#"{"coding":[{"system":"urn:x","code":"1","display":"Cough"}]}"#,
            "{}",
            other("urn:x", "1", "Cough"),
        );
        check(r#"{"coding":[{"code":"1"}]}"#, "{}", other("", "1", "1"));
        check(r#"{"text":"Hoste"}"#, "{}", other("", "", "Hoste"));
        for nothing in [
            "{}",
            r#"{"coding":[{"system":"urn:x"}]}"#,
            r#"{"coding":5,"text":7}"#,
        ] {
            check(nothing, "{}", None);
        }
    }

    #[test]
    fn a_code_system_may_be_called_by_its_oid() {
        for (system, code, known) in [
            ("http://loinc.org/", "2708-6", Known::Spo2),
            ("https://loinc.org", "2708-6", Known::Spo2),
            ("urn:oid:2.16.840.1.113883.6.1", "8867-4", Known::Pulse),
            ("urn:oid:2.16.840.1.113883.6.96", "27113001", Known::Weight),
            ("http://snomed.info/sct/51000202101", "27113001", Known::Weight),
        ] {
            let concept = format!(r#"{{"coding":[{{"system":"{system}","code":"{code}"}}]}}"#);
            check(&concept, "{}", Some(Measured::Known(known)));
        }
        check(
            r#"{"coding":[{"system":"urn:oid:2.16","code":"2708-6"}]}"#,
            "{}",
            Some(Measured::Other {
                system: "urn:oid:2.16",
                code: "2708-6",
                text: "2708-6",
            }),
        );
    }

    #[test]
    fn a_questionnaire_score_is_known_by_its_texts() {
        let score = r#"{"coding":[{"system":"http://loinc.org","code":"74465-6"}]}"#;
        let cat = Some(Measured::Known(Known::Cat));
        check(score, r#"{"display":"CAT"}"#, cat);
        check(score, r#"{"reference":"QuestionnaireResponse/CAT-12"}"#, cat);
        let text = r#"{"coding":[{"system":"http://loinc.org","code":"74465-6","display":"CAT-score"}]}"#;
        check(text, "{}", cat);
        let other = |text| {
            Some(Measured::Other {
                system: LOINC,
                code: QUESTIONNAIRE_SCORE,
                text,
            })
        };
        check(score, r#"{"display":"EQ-5D"}"#, other("EQ-5D"));
        check(score, "{}", other("74465-6"));
    }

    #[test]
    fn an_interpretation_says_the_most_severe_of_its_codes() {
        let read = |codes: &[&str]| {
            let coding = codes
                .iter()
                .map(|c| serde_json::json!({"system": INTERPRETATION, "code": c}));
            let json = serde_json::json!([{ "coding": coding.collect::<Vec<_>>() }]).to_string();
            let concepts: crate::json::List<Concept<'_>> = crate::json::read_list(json.as_bytes()).unwrap();
            interpreted(&concepts)
        };
        let (low, high) = (Some(Side::Low), Some(Side::High));
        for (codes, said) in [
            (&["N"][..], Some(Severity::Green)),
            (&["L"], Some(Severity::Yellow(low))),
            (&["H"], Some(Severity::Yellow(high))),
            (&["A"], Some(Severity::Yellow(None))),
            (&["LL"], Some(Severity::Red(low))),
            (&["HH"], Some(Severity::Red(high))),
            (&["AA"], Some(Severity::Red(None))),
            (&["LU"], Some(Severity::Yellow(low))),
            (&["HU"], Some(Severity::Yellow(high))),
            (&["POS"], None),
            (&[], None),
            (&["H", "HH"], Some(Severity::Red(high))),
            (&["HH", "N"], Some(Severity::Red(high))),
            (&["A", "L"], Some(Severity::Yellow(low))),
            (&["L", "A"], Some(Severity::Yellow(low))),
        ] {
            assert_eq!(read(codes), said, "{codes:?}");
        }
    }
}
