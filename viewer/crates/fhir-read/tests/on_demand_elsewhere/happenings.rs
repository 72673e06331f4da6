//! Stays, medicines, periods of follow-up and who follows up: without ends, stopped early, times in other places.

use chart_model::ClinicalTime;
use chart_model::events::Event;
use chart_model::follow_up::{FollowUp, Hours, Standing};
use fhir_read::{read_events, read_follow_up};
use serde_json::{Value, json};

use crate::{bundle, now, patient};

fn happened(resources: &[Value]) -> Vec<Event> {
    let reading = read_events(&[bundle(resources).as_bytes()], "42", now()).unwrap();
    assert_eq!(reading.findings, []);
    reading.events
}

fn following(resources: &[Value]) -> Vec<FollowUp> {
    let reading = read_follow_up(&[bundle(resources).as_bytes()], "42", now()).unwrap();
    assert_eq!(reading.findings, []);
    reading.list
}

#[test]
fn events_without_an_end_or_with_their_times_elsewhere_have_their_place() {
    let stay = |status: &str, period: Value| {
        json!({ "resourceType": "Encounter", "id": "e", "status": status, "class": { "code": "IMP" },
            "subject": patient(), "period": period })
    };
    let [running] = &happened(&[stay(
        "in-progress",
        json!({ "start": "2026-11-19T22:10:00+01:00" }),
    )])[..] else {
        panic!("one stay");
    };
    assert!(running.lasts && running.to.is_none());
    // Over, and nobody says when: a moment, and not one that goes on.
    let [over] = &happened(&[stay("finished", json!({ "start": "2026-10-01" }))])[..] else {
        panic!("one stay");
    };
    assert!(!over.lasts && over.to.is_none());

    let episode = json!({ "resourceType": "EpisodeOfCare", "id": "p", "status": "active", "patient": patient(),
        "managingOrganization": { "display": "Vestre kommune" }, "statusHistory": [
            { "status": "waitlist", "period": { "start": "2026-07-01", "end": "2026-08-14" } },
            { "status": "active", "period": { "start": "2026-08-15", "end": "2026-09-30" } },
            { "status": "onhold", "period": { "start": "2026-10-01", "end": "2026-10-15" } },
            { "status": "active", "period": { "start": "2026-10-16" } }] });
    let [monitoring] = &happened(std::slice::from_ref(&episode))[..] else {
        panic!("one period");
    };
    assert_eq!((monitoring.from.text(), monitoring.lasts), ("2026-08-15", true));
    let [service] = &following(&[episode])[..] else {
        panic!("one service");
    };
    assert_eq!(service.since.as_ref().map(ClinicalTime::text), Some("2026-08-15"));
    assert_eq!((service.standing, &service.until), (Standing::Running, &None));
}

#[test]
fn a_medicine_that_was_stopped_before_its_time_has_stopped_when_its_order_says() {
    let order = |changes: Value| {
        let mut order = json!({ "resourceType": "MedicationRequest", "id": "o", "status": "stopped", "intent": "order",
            "subject": patient(), "authoredOn": "2026-09-01",
            "medicationCodeableConcept": { "coding": [{ "system": "urn:atc", "code": "H02AB06", "display": "Prednisolon" }] },
            "statusReason": { "text": "Bivirkning" } });
        for (name, value) in changes.as_object().unwrap() {
            order[name] = value.clone();
        }
        order
    };
    let list = |order: Value| -> Vec<String> {
        let said = |event: &Event| {
            format!(
                "{} {} {} {}",
                event.kind.id(),
                event.from.text(),
                event.label,
                event.detail
            )
        };
        happened(&[order]).iter().map(said).collect()
    };
    let bounds = |end: &str| {
        json!({ "dosageInstruction": [{ "text": "20 mg", "timing": { "repeat": {
            "boundsPeriod": { "start": "2026-09-02", "end": end } } } }] })
    };
    assert_eq!(
        list(order(bounds("2026-09-05"))),
        [
            "medication-start 2026-09-02 Prednisolon 20 mg",
            "medication-stop 2026-09-05 Prednisolon Bivirkning"
        ]
    );
    // When it was stopped nobody says: its start is there and why it was stopped, and no day is made up for that.
    assert_eq!(
        list(order(bounds("2027-01-01"))),
        ["medication-start 2026-09-02 Prednisolon 20 mg; Bivirkning"]
    );
    assert_eq!(
        list(order(json!({}))),
        ["medication-start 2026-09-01 Prednisolon Bivirkning"]
    );
}

#[test]
fn a_team_with_a_period_and_a_place_with_hours_say_since_when_and_how_to_reach_them() {
    let list = following(&[
        json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "subject": patient(),
            "period": { "start": "2026-06-01", "end": "2027-06-01" }, "name": "Hjemmeoppfølging",
            "participant": [{ "member": { "reference": "Organization/o" } },
                { "member": { "reference": "Practitioner/p", "display": "Eva Vik" } }] }),
        json!({ "resourceType": "Organization", "id": "o", "name": "Vestre kommune",
            "telecom": [{ "system": "phone", "value": "70 00 00 01" }, { "system": "url", "value": "https://x.example" }] }),
        json!({ "resourceType": "Location", "id": "l", "managingOrganization": { "reference": "Organization/o" },
            "hoursOfOperation": [{ "daysOfWeek": ["mon", "wed"], "openingTime": "09:00:00", "closingTime": "14:30:00" }],
            "telecom": [{ "system": "phone", "value": "70 00 00 02" }] }),
    ]);
    let [service] = &list[..] else {
        panic!("one service: {list:#?}");
    };
    assert_eq!(service.service.as_deref(), Some("Vestre kommune"));
    let times = [&service.since, &service.until].map(|time| time.as_ref().map(ClinicalTime::text));
    assert_eq!(times, [Some("2026-06-01"), Some("2027-06-01")]);
    assert_eq!(service.reach.phones, ["70 00 00 01".into(), "70 00 00 02".into()]);
    let hours = Hours {
        days: vec![0, 2],
        clock: Some((540, 870)),
    };
    assert_eq!(service.reach.hours, [hours]);
}
