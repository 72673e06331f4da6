//! What is a note and what is not, and what it says.

use chart_model::FindingKind;
use serde_json::{Value, json};

use super::*;

fn read(resources: &[Value]) -> NotesReading {
    let entries: Vec<Value> = resources
        .iter()
        .map(|resource| json!({ "resource": resource }))
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    read_notes(&[bundle.as_bytes()], "7").unwrap()
}

fn with(mut resource: Value, changes: &Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        resource[field] = value.clone();
    }
    resource
}

fn reference(to: &str) -> Value {
    json!({ "reference": to })
}

/// As VKP sends it.
fn vkp() -> Vec<Value> {
    vec![
        json!({ "resourceType": "Composition", "id": "c", "status": "final", "subject": reference("Patient/7"),
            "type": { "coding": [{ "system": "http://loinc.org", "code": "34133-9" }] }, "date": "2026-11-20T09:00:00+01:00",
            "author": [{ "reference": "PractitionerRole/r" }], "title": "Oppfølging av rød måling",
            "event": [{ "code": [{ "text": "Ringte pasienten" }], "period": { "start": "2026-11-20T08:40:00+01:00" } }],
            "section": [
                { "title": "Vurdering", "text": { "status": "additional", "div": "<div>Tyngre pust<br/>SpO2 &lt; 88</div>" },
                  "entry": [reference("DetectedIssue/d")] },
                { "section": [{ "text": { "div": "<div>Ny måling i morgen</div>" } }] }] }),
        json!({ "resourceType": "DetectedIssue", "id": "d", "status": "final", "patient": reference("Patient/7"),
            "code": { "text": "Varsel ved måling" }, "detail": "Rød", "implicated": [reference("Observation/1")],
            "evidence": [{ "detail": [{ "type": "Observation", "identifier": { "system": "urn:x", "value": "9" } }] }],
            "mitigation": [{ "action": { "text": "Startet prednisolonkur" }, "date": "2026-11-20T08:50:00+01:00",
                "author": { "reference": "Practitioner/p" } }] }),
        json!({ "resourceType": "PractitionerRole", "id": "r", "practitioner": reference("Practitioner/p"),
            "organization": { "display": "Prøvevik kommune" }, "code": [{ "text": "Sykepleier" }] }),
        json!({ "resourceType": "Practitioner", "id": "p", "name": [{ "given": ["Odd"], "family": "Sykepleiersen" }] }),
    ]
}

#[test]
fn a_note_with_its_warning_says_who_when_on_which_readings_and_what_was_done() {
    let reading = read(&vkp());
    let [note] = reading.notes.as_slice() else {
        panic!("{reading:#?}")
    };
    assert_eq!(
        (note.kind, &*note.id, &*note.title),
        (NoteKind::Note, "Composition/c", "Oppfølging av rød måling")
    );
    assert_eq!(
        &*note.text,
        "Vurdering: Tyngre pust\nSpO2 < 88\nNy måling i morgen\nRød"
    );
    let by = &note.author;
    assert_eq!(
        (&*by.name, &*by.role, &*by.organisation),
        ("Odd Sykepleiersen", "Sykepleier", "Prøvevik kommune")
    );
    let links: Vec<_> = note
        .readings
        .iter()
        .map(|link| (&*link.id, &*link.identifier))
        .collect();
    assert_eq!(links, [("", "urn:x|9"), ("1", "")]);
    let done: Vec<_> = note.done.iter().map(|done| (&*done.what, &*done.by)).collect();
    assert_eq!(
        done,
        [
            ("Ringte pasienten", ""),
            ("Startet prednisolonkur", "Odd Sykepleiersen")
        ]
    );
    assert_eq!((reading.left_out, reading.findings), (vec![], vec![]));
}

#[test]
fn a_warning_is_a_note_only_where_something_was_done_about_it() {
    let mut warning = vkp().remove(1);
    let alone = read(&[warning.clone()]);
    let [note] = alone.notes.as_slice() else {
        panic!("{alone:#?}")
    };
    assert_eq!(
        (note.kind, &*note.title, &*note.text),
        (NoteKind::Measures, "Varsel ved måling", "Rød")
    );
    warning["mitigation"] = json!([]);
    assert_eq!(read(&[warning]).left_out, [(NotANote::Warning, 1)]);
}

#[test]
fn a_document_is_a_note_unless_it_is_known_to_be_another_or_was_taken_back() {
    let note = vkp().remove(0);
    for (changes, expected) in [
        (json!({}), None),
        (json!({ "type": { "text": "Notat" } }), None),
        (json!({ "type": null, "title": null }), None),
        (json!({ "status": "preliminary" }), None),
        (json!({ "status": "entered-in-error" }), Some(NotANote::Retracted)),
        (
            json!({ "type": { "coding": [{ "code": "18842-5" }] } }),
            Some(NotANote::OtherDocument),
        ),
        (
            json!({ "category": [{ "text": "Tiltaksplan" }] }),
            Some(NotANote::OtherDocument),
        ),
    ] {
        let reading = read(&[with(note.clone(), &changes)]);
        let left_out = reading.left_out.first().map(|(why, _)| *why);
        assert_eq!(
            (reading.notes.len(), left_out),
            (usize::from(expected.is_none()), expected),
            "{changes}"
        );
    }
}

/// A remark of a nurse on a reading.
fn remark(changes: &Value) -> Value {
    with(
        json!({ "resourceType": "Communication", "id": "m", "status": "completed", "subject": reference("Patient/7"),
            "sender": reference("Practitioner/p"), "about": [reference("Observation/1")], "sent": "2026-11-20T09:00:00+01:00",
            "payload": [{ "contentString": "Ringte, bedre i dag" }] }),
        changes,
    )
}

#[test]
fn a_message_is_never_a_note_and_what_cannot_be_told_is_a_message() {
    let medium = |text: &str| json!([{ "text": text }]);
    let category = |code: &str| json!([{ "coding": [{ "code": code }] }]);
    for (changes, is_note, why) in [
        (json!({}), true, "a nurse on a reading"),
        (
            json!({ "recipient": [reference("Organization/o")] }),
            true,
            "to the service",
        ),
        (
            json!({ "about": null, "category": [{ "text": "Oppfølgingsnotat" }] }),
            true,
            "called a note",
        ),
        (
            json!({ "sender": null, "category": [{ "text": "Notat" }] }),
            true,
            "a note of nobody named",
        ),
        (
            json!({ "sender": { "display": "Odd" }, "topic": { "text": "Merknad" } }),
            true,
            "a note by a name",
        ),
        (
            json!({ "recipient": [reference("Patient/7")], "medium": medium("Telefon") }),
            true,
            "tells of a call",
        ),
        (
            json!({ "recipient": [reference("Patient/7")], "medium": category("PHONE") }),
            true,
            "by code",
        ),
        (json!({ "about": null }), false, "about nothing"),
        (
            json!({ "about": [reference("Patient/7")] }),
            false,
            "about the patient only",
        ),
        (json!({ "sender": null }), false, "of nobody"),
        (
            json!({ "sender": { "display": "Kari" } }),
            false,
            "of somebody, who knows who",
        ),
        (
            json!({ "sender": reference("Patient/7") }),
            false,
            "from the patient",
        ),
        (
            json!({ "sender": { "type": "RelatedPerson", "display": "Datter" } }),
            false,
            "from a relative",
        ),
        (
            json!({ "sender": reference("Device/d") }),
            false,
            "from a machine",
        ),
        (
            json!({ "recipient": [reference("Patient/7")] }),
            false,
            "to the patient",
        ),
        (
            json!({ "recipient": [reference("Organization/o"), reference("RelatedPerson/x")] }),
            false,
            "to a relative too",
        ),
        (
            json!({ "recipient": [reference("Patient/7")], "medium": medium("SMS") }),
            false,
            "by text message",
        ),
        (json!({ "medium": medium("Chat") }), false, "by chat"),
        (
            json!({ "category": category("notification") }),
            false,
            "a notification",
        ),
        (json!({ "category": category("reminder") }), false, "a reminder"),
        (
            json!({ "category": category("instruction") }),
            false,
            "an instruction",
        ),
        (
            json!({ "topic": { "text": "Melding fra pasient" } }),
            false,
            "its topic",
        ),
        (
            json!({ "inResponseTo": [reference("Communication/x")] }),
            false,
            "an answer",
        ),
        (
            json!({ "partOf": [reference("Communication/x")] }),
            false,
            "part of a conversation",
        ),
        (
            json!({ "about": null, "category": [{ "text": "Digital hjemmeoppfølging" }] }),
            false,
            "a general category",
        ),
    ] {
        let reading = read(&[remark(&changes)]);
        let left_out: Vec<_> = if is_note {
            vec![]
        } else {
            vec![(NotANote::Message, 1)]
        };
        assert_eq!(
            (reading.notes.len(), reading.left_out),
            (usize::from(is_note), left_out),
            "{why}"
        );
    }
    let answer = remark(&json!({ "id": "n", "inResponseTo": [reference("Communication/m")], "about": null }));
    let reading = read(&[remark(&json!({})), answer]);
    assert_eq!(
        reading.left_out,
        [(NotANote::Message, 2)],
        "what somebody answered is a conversation"
    );
    for status in ["entered-in-error", "not-done", "preparation"] {
        let reading = read(&[remark(&json!({ "status": status }))]);
        assert_eq!(reading.left_out, [(NotANote::Retracted, 1)], "{status}");
    }
}

#[test]
fn a_remark_says_what_was_written_and_on_what() {
    let reading = read(&[remark(
        &json!({ "payload": [{ "contentString": "Ringte" }, { "contentString": "<b>bedre</b>" }] }),
    )]);
    let note = &reading.notes[0];
    assert_eq!(
        (note.kind, &*note.text, &*note.readings[0].id),
        (NoteKind::Remark, "Ringte\n<b>bedre</b>", "1")
    );
    let file = json!({ "payload": [{ "contentAttachment": { "title": "Epikrise.pdf" } }] });
    assert_eq!(&*read(&[remark(&file)]).notes[0].text, "Epikrise.pdf");
}

#[test]
fn comments_on_readings_are_notes_but_for_the_patients_own() {
    let observation = json!({ "resourceType": "Observation", "id": "1", "status": "final", "subject": reference("Patient/7"),
        "effectiveDateTime": "2026-11-20T08:00:00+01:00", "note": [
            { "text": "Kontrollert", "authorReference": { "reference": "Practitioner/p", "display": "Odd" }, "time": "2026-11-20T09:00:00+01:00" },
            { "text": "Etter tur", "authorReference": reference("Patient/7") },
            { "text": "Av ukjent", "authorString": "Vakt" },
            { "text": " " }] });
    let reading = read(&[observation]);
    let found: Vec<_> = reading
        .notes
        .iter()
        .map(|note| {
            (
                &*note.text,
                &*note.author.name,
                note.time.as_ref().unwrap().text(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Kontrollert", "Odd", "2026-11-20T09:00:00+01:00"),
            ("Av ukjent", "Vakt", "2026-11-20T08:00:00+01:00")
        ]
    );
    assert_eq!(reading.left_out, [(NotANote::PatientComment, 1)]);
}

#[test]
fn another_patients_note_is_refused_and_a_time_that_is_none_is_said() {
    let mut note = vkp().remove(0);
    note["date"] = json!("i går");
    let reading = read(&[note.clone()]);
    assert_eq!(reading.notes[0].time, None);
    assert_eq!(reading.findings[0].kind, FindingKind::MalformedTime);
    note["subject"] = reference("Patient/8");
    let reading = read(&[note]);
    assert_eq!(
        (reading.notes.len(), reading.findings[0].kind),
        (0, FindingKind::OtherPatient)
    );
}
