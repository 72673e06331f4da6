//! What a code says: which parameter is measured, and which zone an interpretation or a limit's type
//! means. Codes decide; display texts are only read for questionnaire scores, which share one code.

use chart_model::parameter::{LOINC, QUESTIONNAIRE_SCORE};
use chart_model::{Decimal, Known, Other, Parameter, RangeSet, Severity, Side, Zone};

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

fn in_table<'a>(
    coding: &Coding<'_>,
    concept: &Concept<'_>,
    derived_from: &[Reference<'_>],
) -> Option<Measured<'a>> {
    let (system, code) = (coding.system.filled()?, coding.code.filled()?);
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

const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
const RANGE_MEANING: &str = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
const DANISH: [&str; 2] = [
    "urn:oid:1.2.208.184.100.1",
    "http://ehealth.sundhed.dk/cs/reference-range-type",
];

/// The severity that a coding gives a range of limits (data-model, "Limits in force"); `None` if it
/// is in no table.
pub(crate) fn severity(coding: &Coding<'_>) -> Option<Severity> {
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

/// The zone that a source's own `interpretation` means, the most severe if it says several. Where
/// the code names no side (`A`, `AA`), the nearer end of the green range tells; without one there is
/// no zone to give.
pub(crate) fn interpreted(
    concepts: &[Concept<'_>],
    value: Decimal,
    limits: Option<&RangeSet>,
) -> Option<Zone> {
    let side = |said: Option<Side>| said.or_else(|| nearer_end(value, limits?));
    let zones = concepts
        .iter()
        .flat_map(|concept| concept.coding.iter())
        .filter_map(severity)
        .filter_map(|severity| match severity {
            Severity::Green => Some(Zone::Green),
            Severity::Yellow(said) => side(said).map(|side| match side {
                Side::Low => Zone::YellowLow,
                Side::High => Zone::YellowHigh,
            }),
            Severity::Red(said) => side(said).map(|side| match side {
                Side::Low => Zone::RedLow,
                Side::High => Zone::RedHigh,
            }),
            Severity::Standard | Severity::Unreadable => None,
        });
    zones.max()
}

fn nearer_end(value: Decimal, limits: &RangeSet) -> Option<Side> {
    let green = limits.green()?;
    let low = match (green.low, green.high) {
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (Some(low), Some(high)) => value.to_f64() * 2.0 < low.to_f64() + high.to_f64(),
        (None, None) => return None,
    };
    Some(if low { Side::Low } else { Side::High })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::{Bounds, LimitRange};

    fn check(code: &str, derived_from: &str, expected: Option<Measured<'_>>) {
        let concept: Concept<'_> = serde_json::from_str(code).unwrap();
        let origin: Reference<'_> = serde_json::from_str(derived_from).unwrap();
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
    fn interpretation_codes_mean_zones() {
        let whole = |value| Some(Decimal::new(value, 0));
        let green = |low, high| RangeSet {
            ranges: vec![LimitRange {
                severity: Severity::Green,
                bounds: Bounds { low, high },
            }],
            problem: None,
        };
        let read = |codes: &[&str], value, limits: Option<&RangeSet>| {
            let coding = codes
                .iter()
                .map(|c| serde_json::json!({"system": INTERPRETATION, "code": c}));
            let json = serde_json::json!([{ "coding": coding.collect::<Vec<_>>() }]).to_string();
            let concepts: Vec<Concept<'_>> = serde_json::from_str(&json).unwrap();
            interpreted(&concepts, Decimal::new(value, 0), limits)
        };
        for (code, zone) in [
            ("N", Some(Zone::Green)),
            ("L", Some(Zone::YellowLow)),
            ("H", Some(Zone::YellowHigh)),
            ("LL", Some(Zone::RedLow)),
            ("HH", Some(Zone::RedHigh)),
            ("A", None),
            ("AA", None),
            ("POS", None),
        ] {
            assert_eq!(read(&[code], 90, None), zone, "{code}");
        }
        let both_ends = green(whole(50), whole(100));
        assert_eq!(read(&["A"], 49, Some(&both_ends)), Some(Zone::YellowLow));
        assert_eq!(read(&["A"], 120, Some(&both_ends)), Some(Zone::YellowHigh));
        assert_eq!(
            read(&["AA"], 70, Some(&green(whole(88), None))),
            Some(Zone::RedLow)
        );
        assert_eq!(
            read(&["AA"], 70, Some(&green(None, whole(60)))),
            Some(Zone::RedHigh)
        );
        assert_eq!(read(&["H", "HH"], 70, None), Some(Zone::RedHigh));
    }
}
