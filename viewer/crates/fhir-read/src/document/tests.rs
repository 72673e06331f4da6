//! A document that is written, found and read back.

use chart_model::care_plan::Author;

use super::stored::SHA1_BYTES;
use super::*;
use crate::json::Json;

fn signer() -> Signer {
    Signer {
        reference: "Practitioner/8".to_owned(),
        author: Author {
            name: "Sol Legesen".to_owned(),
            ..Author::default()
        },
    }
}

fn document<'a>(by: &'a Signer, pdf: &'a [u8]) -> NewDocument<'a> {
    NewDocument {
        fingerprint: "0123456789abcdef",
        patient: "7",
        title: "Egenmålinger siste 90 dager",
        kind: "Egenmålinger",
        by,
        made: 1_795_335_240_000,
        period: Period {
            from: 1_787_522_400_000,
            to: 1_795_335_240_000,
        },
        plan: Some(("CarePlan/p", "3")),
        encounter: None,
        custodian: None,
        lang: "nb",
        pdf,
        text: "SpO₂ 91 %",
    }
}

#[test]
fn what_was_written_is_read_back_byte_for_byte() {
    let by = signer();
    let pdf: Vec<u8> = (0..=255).collect();
    let document = document(&by, &pdf);
    let request = write_document(&document);
    let stored = Json::parse(request.body.as_bytes()).map(|mut json| {
        json.set("id", "d1");
        json.to_string()
    });
    let read = read_documents(stored.unwrap().as_bytes(), "7").unwrap();
    let [there] = read.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(there.is(&document, None, &[]), Some(true));
    assert_eq!(
        (&*there.id, &*there.title, &*there.text),
        ("d1", "Egenmålinger siste 90 dager", "SpO₂ 91 %")
    );
    assert_eq!(there.pdf.as_deref(), Some(&pdf[..]));
    assert_eq!(
        there.date.as_ref().map(|date| date.start_ms()),
        Some(1_795_335_240_000)
    );
    let other = NewDocument {
        pdf: b"%PDF",
        ..document.clone()
    };
    assert_eq!(
        there.is(&other, None, &[]),
        Some(false),
        "the server has other bytes"
    );
    assert_eq!(
        read_documents(request.body.as_bytes(), "8").unwrap(),
        [],
        "another patient's"
    );
    assert!(
        request
            .body
            .contains(r#""related":[{"reference":"CarePlan/p/_history/3"}]"#),
        "{}",
        request.body
    );
}

#[test]
fn a_document_whose_pdf_is_kept_beside_it_is_compared_with_what_stands_there() {
    let by = signer();
    let pdf = b"%PDF-1.7 \xff".to_vec();
    let document = document(&by, &pdf);
    let stored = |attachment: &str| {
        let json = format!(
            r#"{{"resourceType":"DocumentReference","subject":{{"reference":"Patient/7"}},"identifier":[{{"system":"{DOCUMENT_SYSTEM}",
            "value":"0123456789abcdef"}}],"content":[{{"attachment":{{"contentType":"application/pdf",{attachment}}}}}]}}"#
        );
        read_documents(json.as_bytes(), "7").unwrap().remove(0)
    };
    let at_url = stored(r#""url":"Binary/1""#);
    assert_eq!((at_url.pdf_url.as_str(), &at_url.pdf), ("Binary/1", &None));
    let binary = format!(
        r#"{{"resourceType":"Binary","contentType":"application/pdf","data":"{}"}}"#,
        STANDARD.encode(&pdf)
    );
    for (answer, expected) in [
        (pdf.clone(), true),
        (binary.into_bytes(), true),
        (b"%PDF-1.7".to_vec(), false),
        (b"<html>".to_vec(), false),
        (br#"{"resourceType":"OperationOutcome"}"#.to_vec(), false),
    ] {
        let beside = file_content(answer);
        assert_eq!(
            at_url.is(&document, Some(&beside), &[]),
            Some(expected),
            "{beside:?}"
        );
    }
    assert_eq!(at_url.is(&document, None, &[]), None, "it could not be read");
    // Where it could not be read, what the server says of it may tell.
    let hash = [7; SHA1_BYTES];
    let hashed = stored(&format!(r#""url":"Binary/1","hash":"{}""#, STANDARD.encode(hash)));
    assert_eq!(hashed.is(&document, None, &hash), Some(true));
    assert_eq!(hashed.is(&document, None, &[8; SHA1_BYTES]), Some(false));
    assert_eq!(hashed.is(&document, None, &[]), None);
    assert_eq!(
        stored(r#""url":"Binary/1","size":9"#).is(&document, None, &hash),
        Some(false)
    );
    assert_eq!(
        stored(r#""url":"Binary/1","size":10"#).is(&document, None, &hash),
        None
    );
    let hexadecimal = stored(r#""url":"Binary/1","hash":"a9993e364706816aba3e25717850c26c9cd0d89d""#);
    assert_eq!(hexadecimal.is(&document, None, &hash), None);
}

#[test]
fn a_document_is_looked_for_by_what_it_was_written_with() {
    let by = signer();
    let request = write_document(&document(&by, b"%PDF"));
    let search = document_search("http://h/fhir/", "7", "0123456789abcdef");
    assert_eq!(
        search,
        format!("http://h/fhir/DocumentReference?{}", request.if_none_exist)
    );
    assert_eq!(
        request.if_none_exist,
        "patient=Patient/7&identifier=https://dho-viewer.example/fhir/NamingSystem/document%7C0123456789abcdef"
    );
}

#[test]
fn a_lost_answer_is_no_refusal_and_what_is_there_is_not_written_again() {
    let there = br#"{"resourceType":"DocumentReference","id":"d1"}"#;
    let refused = br#"{"resourceType":"OperationOutcome","issue":[{"details":{"text":"Nei"}}]}"#;
    for (status, body, expected) in [
        (Some(201), &there[..], Written::There(Some("d1".to_owned()))),
        (Some(200), &there[..], Written::There(Some("d1".to_owned()))),
        (Some(201), b"", Written::There(None)),
        (Some(412), b"", Written::There(None)),
        (None, b"", Written::NotKnown),
        (Some(504), b"", Written::NotKnown),
        (Some(409), b"", Written::NotKnown),
        (
            Some(403),
            &refused[..],
            Written::Refused {
                status: 403,
                words: "Nei".to_owned(),
            },
        ),
        (
            Some(400),
            b"",
            Written::Refused {
                status: 400,
                words: String::new(),
            },
        ),
    ] {
        assert_eq!(written(status, body), expected, "{status:?}");
    }
    assert_eq!(
        located("http://h/fhir/DocumentReference/d1/_history/1").as_deref(),
        Some("d1")
    );
    assert_eq!(located("http://h/fhir/Patient/7"), None);
}
