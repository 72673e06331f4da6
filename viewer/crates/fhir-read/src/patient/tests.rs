//! Names, dates of birth and numbers, as they are sent.

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

#[test]
fn a_search_gives_each_patient_that_can_be_read_and_nothing_else() {
    let bundle = format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{}}},{{"resource":5}},
            {{"resource":{{"resourceType":"OperationOutcome"}}}}]}}"#,
        r#"{"resourceType":"Patient","id":"7",
            "identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"12835300240"}]}"#
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
