//! What is written for the journal, for the validators in `tests/conformance`: run with `DHO_APPROVE=1` after a change to it,
//! and look at the difference.

use chart_model::Period;
use chart_model::care_plan::Author;
use fhir_read::care_plan::Signer;
use fhir_read::{NewDocument, view_opened, write_document, write_state};

use super::now;

#[test]
fn what_is_written_is_what_was_approved() {
    let by = |reference: &str| Signer {
        reference: reference.to_owned(),
        author: Author {
            name: "Sol Legesen".to_owned(),
            ..Author::default()
        },
    };
    let signer = by("Practitioner/8");
    let whole = NewDocument {
        fingerprint: "00112233445566778899aabbccddeeff",
        patient: "7",
        title: "Egenmålinger 24.08.2026–22.11.2026",
        kind: "Egenmålinger",
        by: &signer,
        made: now(),
        period: Period::last_days(90, now()),
        plan: Some(("CarePlan/p", "3")),
        encounter: Some("Encounter/e"),
        custodian: Some("Organization/o"),
        lang: "nb",
        pdf: b"%PDF-1.7\n",
        text: "SpO₂: 84–92 %",
    };
    let nobody = by("");
    let least = NewDocument {
        by: &nobody,
        plan: None,
        encounter: None,
        custodian: None,
        text: "",
        ..whole.clone()
    };
    let user = "https://h.example/fhir/Practitioner/8";
    let written = [
        write_document(&whole).body,
        write_document(&least).body,
        view_opened("7", &signer, now(), "Egenmåling"),
        write_state(None, user, "gp", Some(r#"{"days":30}"#))
            .unwrap()
            .body,
    ];
    let lines: String = written.iter().map(|resource| format!("{resource}\n")).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/on_demand/written.ndjson");
    if std::env::var_os("DHO_APPROVE").is_some() {
        std::fs::write(path, &lines).unwrap();
    }
    assert_eq!(lines, std::fs::read_to_string(path).unwrap());
}
