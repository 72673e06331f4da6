//! Questionnaires, notes, events and who follows up, whatever becomes of an answer on its way: never a panic, never a
//! silent loss, and what is wrong with one resource costs no other. Also what is written for the journal and its log.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod fixtures;
#[path = "../mutation/mod.rs"]
mod mutation;
mod written;

use chart_model::ClinicalTime;
use chart_model::questionnaire::changed_answers;
use fhir_read::{read_documents, read_events, read_follow_up, read_notes, read_questionnaires, read_state};
use mutation::{changes, mutate, size};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

const AT: &str = "2026-11-20T08:00:00+01:00";

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

fn to(reference: &str) -> Value {
    json!({ "reference": reference })
}

/// Two fillings with their scores.
fn questionnaires() -> Vec<Value> {
    let filling = |id: &str, at: &str, answer: i64| {
        json!({ "resourceType": "QuestionnaireResponse", "id": id, "status": "completed", "authored": at,
            "subject": to("Patient/7"), "questionnaire": "http://x/cat|1", "author": { "display": "Kari" },
            "item": [{ "linkId": "g", "text": "Pust", "item": [
                { "linkId": "1", "text": "Hoste", "answer": [{ "valueInteger": answer, "item": [
                    { "linkId": "1a", "answer": [{ "valueString": "Natt" }] }] }] },
                { "linkId": "2", "answer": [{ "valueCoding": { "system": "urn:x", "code": "a" } }] }] }] })
    };
    let score = |id: &str, of: &str, at: &str| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": at,
            "subject": to("Patient/7"), "code": { "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" },
            "derivedFrom": [to(&format!("QuestionnaireResponse/{of}"))], "valueQuantity": { "value": 18, "code": "{score}" } })
    };
    vec![
        filling("r1", "2026-10-20T08:00:00+02:00", 2),
        filling("r2", AT, 3),
        score("s1", "r1", "2026-10-20T08:00:00+02:00"),
        score("s2", "r2", AT),
        json!({ "resourceType": "Questionnaire", "id": "q", "url": "http://x/cat", "version": "1", "title": "CAT", "language": "nb",
            "item": [{ "linkId": "1", "text": "Hoste", "_text": { "extension": [{
                "url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
                    { "url": "lang", "valueCode": "en" }, { "url": "content", "valueString": "Cough" }] }] } },
                { "linkId": "2", "answerOption": [{ "valueCoding": { "system": "urn:x", "code": "a", "display": "Ofte" } }] }] }),
    ]
}

/// Notes of each kind, none of which refers to another.
fn notes() -> Vec<Value> {
    vec![
        json!({ "resourceType": "Composition", "id": "c", "status": "final", "subject": to("Patient/7"), "date": AT,
            "author": [{ "display": "Odd" }], "title": "Oppfølging", "event": [{ "code": [{ "text": "Ringte" }],
                "period": { "start": AT } }],
            "section": [{ "title": "Vurdering", "text": { "div": "<div>Tyngre <b>pust</b></div>" }, "entry": [to("Observation/1")] }] }),
        json!({ "resourceType": "DetectedIssue", "id": "d", "status": "final", "patient": to("Patient/7"),
            "implicated": [to("Observation/1")], "mitigation": [{ "action": { "text": "Startet kur" }, "date": AT,
                "author": to("Practitioner/p") }] }),
        json!({ "resourceType": "Communication", "id": "m", "status": "completed", "subject": to("Patient/7"),
            "sender": to("Practitioner/p"), "about": [to("Observation/1")], "sent": AT, "payload": [{ "contentString": "Bedre" }] }),
        json!({ "resourceType": "Observation", "id": "1", "status": "final", "subject": to("Patient/7"),
            "effectiveDateTime": AT, "note": [{ "text": "Kontrollert", "authorString": "Odd" }] }),
        json!({ "resourceType": "Practitioner", "id": "p", "name": [{ "family": "Sykepleiersen" }] }),
    ]
}

fn events() -> Vec<Value> {
    vec![
        json!({ "resourceType": "Encounter", "id": "e", "status": "finished", "class": { "code": "IMP" },
            "subject": to("Patient/7"), "period": { "start": "2026-10-12", "end": "2026-10-21" } }),
        json!({ "resourceType": "EpisodeOfCare", "id": "e", "status": "active", "patient": to("Patient/7"),
            "period": { "start": "2026-08-01" }, "managingOrganization": to("Organization/o") }),
        json!({ "resourceType": "MedicationStatement", "id": "s", "status": "active", "subject": to("Patient/7"),
            "medicationCodeableConcept": { "text": "Prednisolon" }, "dosage": [{ "text": "20 mg" }],
            "effectivePeriod": { "start": "2026-10-01", "end": "2026-10-05" } }),
        json!({ "resourceType": "MedicationRequest", "id": "o", "status": "active", "intent": "order",
            "subject": to("Patient/7"), "medicationCodeableConcept": { "text": "Furix" }, "authoredOn": "2026-09-01",
            "dosageInstruction": [{ "text": "40 mg", "timing": { "repeat": { "boundsPeriod": { "start": "2026-09-02" } } } }] }),
        json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "subject": to("Patient/7"), "participant": [{
            "role": [{ "text": "Følger opp nå" }], "member": to("Organization/o"), "period": { "start": "2026-08-01" } }] }),
        json!({ "resourceType": "Organization", "id": "o", "name": "Kommunen", "telecom": [{ "system": "phone", "value": "1" }] }),
        json!({ "resourceType": "HealthcareService", "id": "h", "providedBy": to("Organization/o"), "availableTime": [{
            "daysOfWeek": ["mon"], "availableStartTime": "08:00:00", "availableEndTime": "15:00:00" }] }),
    ]
}

fn bundle(resources: &[Value]) -> Value {
    let entries = resources.iter().map(|resource| json!({ "resource": resource }));
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries.collect::<Vec<_>>() })
}

/// Reads everything of everything, and goes through what comes out.
fn read_all(bytes: &[u8]) {
    if let Ok(reading) = read_questionnaires(&[bytes], "7", "host", now()) {
        for of in &reading.questionnaires {
            for filling in &of.list {
                changed_answers(filling, of.list.last().unwrap());
            }
            for parameter in of.parameters() {
                assert!(!of.curve(&parameter).is_empty());
            }
        }
    }
    if let Ok(reading) = read_notes(&[bytes], "7") {
        assert!(reading.notes.iter().all(|note| !note.text.contains('\u{0}')));
    }
    if let Ok(reading) = read_events(&[bytes], "7", now()) {
        for event in &reading.events {
            let (from, to) = event.span(now());
            assert!(from <= to);
        }
        let starts: Vec<i64> = reading.events.iter().map(|event| event.from.axis_ms()).collect();
        assert!(starts.is_sorted());
    }
    read_follow_up(&[bytes], "7", now()).ok();
    read_documents(bytes, "7").ok();
    read_state(bytes, "http://h/Practitioner/1").ok();
}

/// What came out of each resource: names of what is shown, and how much was set aside.
fn outcomes(resources: &[Value]) -> (Vec<String>, usize) {
    let bytes = bundle(resources).to_string();
    let pages: &[&[u8]] = &[bytes.as_bytes()];
    let questionnaires = read_questionnaires(pages, "7", "host", now()).unwrap();
    let fillings = questionnaires.questionnaires.iter().flat_map(|of| &of.list);
    let mut names: Vec<String> = Vec::new();
    for filling in fillings {
        if !filling.id.is_empty() || !filling.lines.is_empty() {
            names.push(format!("QuestionnaireResponse/{}", filling.id));
        }
        names.extend(
            filling
                .scores
                .iter()
                .map(|score| format!("score {}", score.reading.id)),
        );
    }
    let notes = read_notes(pages, "7").unwrap();
    names.extend(notes.notes.iter().map(|note| note.id.to_string()));
    let events = read_events(pages, "7", now()).unwrap();
    names.extend(
        events
            .events
            .iter()
            .map(|event| format!("{} {}", event.kind.id(), event.id)),
    );
    let set_aside = questionnaires.left_out
        + questionnaires.findings.len()
        + notes.left_out.iter().map(|(_, count)| count).sum::<usize>()
        + notes.findings.len()
        + events.left_out
        + events.findings.len();
    names.sort();
    names.dedup();
    (names, set_aside)
}

fn everything() -> Vec<Value> {
    [questionnaires(), notes(), events()].concat()
}

#[test]
fn the_sound_answers_come_to_what_they_should() {
    let (names, set_aside) = outcomes(&everything());
    assert_eq!(
        names,
        [
            "Communication/m",
            "Composition/c",
            "DetectedIssue/d",
            "Observation/1",
            "QuestionnaireResponse/r1",
            "QuestionnaireResponse/r2",
            "admission Encounter/e",
            "medication-start MedicationRequest/o",
            "medication-start MedicationStatement/s",
            "medication-stop MedicationStatement/s",
            "monitoring EpisodeOfCare/e",
            "score s1",
            "score s2",
        ]
    );
    assert_eq!(set_aside, 0);
    let reading = read_questionnaires(
        &[bundle(&questionnaires()).to_string().as_bytes()],
        "7",
        "host",
        now(),
    )
    .unwrap();
    let of = &reading.questionnaires[0];
    assert_eq!(changed_answers(&of.list[1], &of.list[0]).len(), 1);
}

/// What a resource comes to when all is well: the names in `outcomes` that are its own.
fn own(resource: &Value) -> Vec<String> {
    outcomes(std::slice::from_ref(resource)).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_changed_values_are_read_without_panic(edits in prop::collection::vec((any::<Index>(), changes()), 1..8)) {
        let mut bundle = bundle(&everything());
        for (at, how) in &edits {
            let at = at.index(size(&bundle).max(1));
            mutate(&mut bundle, at, how);
        }
        read_all(bundle.to_string().as_bytes());
    }

    #[test]
    fn any_changed_bytes_are_read_without_panic(edits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8), cut in any::<Index>()) {
        let mut bytes = bundle(&everything()).to_string().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
        read_all(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn a_change_within_one_resource_costs_no_other(entry in any::<Index>(), at in any::<Index>(), how in changes()) {
        // Of the scores only the filling that they are of says which questionnaire they are of: those are left alone.
        let sound = [notes(), events()].concat();
        let entry = entry.index(sound.len());
        let mut odd = sound.clone();
        let at = at.index(size(&odd[entry]));
        mutate(&mut odd[entry], at, &how);
        let (before, _) = outcomes(&sound);
        let (after, _) = outcomes(&odd);
        let own = own(&sound[entry]);
        for name in before.iter().filter(|name| !own.contains(name)) {
            prop_assert!(after.contains(name), "{} is lost by a change of {}", name, odd[entry]);
        }
    }

    #[test]
    fn a_changed_resource_is_shown_or_set_aside(entry in any::<Index>(), at in any::<Index>(), how in changes()) {
        let sound: Vec<Value> = everything()
            .into_iter()
            .filter(|resource| resource["resourceType"] != "Observation" && !own(resource).is_empty())
            .collect();
        let mut odd = sound[entry.index(sound.len())].clone();
        let kind = odd["resourceType"].clone();
        let at = at.index(size(&odd));
        mutate(&mut odd, at, &how);
        // What is no longer a resource of its kind is none that could be lost.
        prop_assume!(odd["resourceType"] == kind);
        let (names, set_aside) = outcomes(std::slice::from_ref(&odd));
        prop_assert!(!names.is_empty() || set_aside > 0, "{}", odd);
    }
}
