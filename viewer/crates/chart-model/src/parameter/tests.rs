//! Codes, and which of them are one parameter.

use super::*;

#[test]
fn every_code_of_the_table_leads_to_its_parameter() {
    for known in Known::ALL {
        for (system, code) in known.spec().codes {
            assert_eq!(
                Known::from_code(system, code, "CAT"),
                Some(known),
                "{system}|{code}"
            );
        }
        assert_eq!(Known::from_id(known.spec().id), Some(known));
    }
    assert_eq!(Known::blood_pressure_part(LOINC, "8480-6"), Some(0));
    assert_eq!(Known::blood_pressure_part(SNOMED, "271650006"), Some(1));
}

#[test]
fn a_questionnaire_score_is_cat_only_by_its_text() {
    for (text, cat) in [
        ("CAT", true),
        ("CAT-score", true),
        ("Sum CAT (KOLS)", true),
        ("COPD assessment test", true),
        ("EQ-5D VAS", false),
        ("catalogue", false),
        ("", false),
    ] {
        assert_eq!(Known::from_code(LOINC, "74465-6", text).is_some(), cat, "{text}");
    }
    assert_eq!(Known::from_code(SNOMED, "446660005", ""), Some(Known::Cat));
    assert_eq!(Known::from_code("", "8867-4", ""), None);
}

#[test]
fn another_code_is_one_parameter_however_its_text_is_spelled() {
    let other = |code: &str, text: &str, unit: &str| Other {
        system: "urn:x".into(),
        code: code.into(),
        text: text.into(),
        unit: unit.into(),
    };
    assert_eq!(other("1", "Hoste", "/d"), other("1", "hoste", "/d"));
    assert_ne!(other("1", "Hoste", "/d"), other("1", "Hoste", "/h"));
    assert_ne!(other("", "Hoste", ""), other("", "Svimmel", ""));
    assert_ne!(
        other(QUESTIONNAIRE_SCORE, "EQ-5D", ""),
        other(QUESTIONNAIRE_SCORE, "WHO-5", "")
    );
    let key = |code, text, unit| Parameter::Other(Rc::new(other(code, text, unit))).key();
    assert_eq!(key("1", "Hoste", "/d"), key("1", "hoste", "/d"));
    assert_ne!(key("1", "Hoste", "/d"), key("1", "Hoste", "/h"));
    assert_ne!(
        key(QUESTIONNAIRE_SCORE, "EQ-5D", ""),
        key(QUESTIONNAIRE_SCORE, "WHO-5", "")
    );
    assert_eq!(Parameter::from(Known::Spo2).key(), "spo2");
}

#[test]
fn plausible_ends_are_inside() {
    let spo2 = Parameter::from(Known::Spo2);
    for (value, inside) in [
        ("49", false),
        ("50", true),
        ("100", true),
        ("101", false),
        ("0", false),
    ] {
        assert_eq!(
            spo2.is_plausible(0, Decimal::parse(value).unwrap()),
            inside,
            "{value}"
        );
    }
    let pressure = Parameter::from(Known::BloodPressure);
    assert!(pressure.is_plausible(0, Decimal::new(210, 0)));
    assert!(!pressure.is_plausible(1, Decimal::new(210, 0)));
    assert!(Parameter::from(Known::Cat).is_plausible(0, Decimal::ZERO));
}
