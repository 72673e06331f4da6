//! Who follows up, and how they are reached.

use chart_model::follow_up::Hours;
use serde_json::{Value, json};

use super::*;

fn read(resources: &[Value]) -> FollowUpReading {
    let entries: Vec<Value> = resources
        .iter()
        .map(|resource| json!({ "resource": resource }))
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms();
    read_follow_up(&[bundle.as_bytes()], "7", now).unwrap()
}

fn episode(id: &str, status: &str, period: Value, organisation: Value) -> Value {
    json!({ "resourceType": "EpisodeOfCare", "id": id, "status": status, "patient": { "reference": "Patient/7" },
        "type": [{ "text": "Digital hjemmeoppfølging" }], "period": period, "managingOrganization": organisation })
}

/// `standing service since–until`, `?` for what is not known.
fn lines(reading: &FollowUpReading) -> Vec<String> {
    let time = |time: &Option<ClinicalTime>| {
        time.as_ref()
            .map_or_else(|| "?".to_owned(), |time| time.text().to_owned())
    };
    let line = |one: &FollowUp| {
        let service = one.service.as_deref().unwrap_or("?");
        format!(
            "{} {service} {}–{}",
            one.standing.id(),
            time(&one.since),
            time(&one.until)
        )
    };
    reading.list.iter().map(line).collect()
}

#[test]
fn a_hand_over_shows_who_follows_now_and_who_did() {
    let (hospital, municipality) = (
        json!({ "display": "Sykehuset" }),
        json!({ "display": "Kommunen" }),
    );
    let reading = read(&[
        episode(
            "a",
            "finished",
            json!({ "start": "2026-08-01", "end": "2026-09-30" }),
            hospital.clone(),
        ),
        episode(
            "b",
            "active",
            json!({ "start": "2026-10-01" }),
            municipality.clone(),
        ),
        episode("c", "planned", json!({ "start": "2027-01-01" }), hospital.clone()),
        episode("d", "cancelled", json!({}), hospital.clone()),
    ]);
    assert_eq!(
        lines(&reading),
        [
            "running Kommunen 2026-10-01–?",
            "planned Sykehuset 2027-01-01–?",
            "ended Sykehuset 2026-08-01–2026-09-30"
        ]
    );
    assert_eq!(reading.left_out, 1);
    // A status that nobody changed.
    let forgotten = read(&[episode(
        "a",
        "active",
        json!({ "start": "2026-08-01", "end": "2026-09-30" }),
        hospital,
    )]);
    assert_eq!(lines(&forgotten), ["ended Sykehuset 2026-08-01–2026-09-30"]);
    let today = read(&[episode(
        "a",
        "active",
        json!({ "end": "2026-11-22" }),
        municipality,
    )]);
    assert_eq!(
        lines(&today),
        ["running Kommunen ?–2026-11-22"],
        "the last day counts"
    );
}

#[test]
fn how_a_service_is_reached_comes_from_it_and_from_its_opening_hours() {
    let reading = read(&[
        episode(
            "a",
            "active",
            json!({ "start": "2026-08-01" }),
            json!({ "reference": "Organization/o" }),
        ),
        json!({ "resourceType": "Organization", "id": "o", "name": "Oppfølgingstjenesten", "telecom": [
            { "system": "phone", "value": "22 22 22 22", "rank": 2 }, { "system": "phone", "value": "11 11 11 11", "rank": 1 },
            { "system": "phone", "value": "00 00 00 00", "use": "old" }, { "system": "email", "value": "a@x.example" },
            { "system": "fax", "value": "33" }],
            "contact": [{ "telecom": [{ "system": "phone", "value": "55 55 55 55" }] }] }),
        json!({ "resourceType": "HealthcareService", "id": "h", "providedBy": { "reference": "Organization/o" },
            "telecom": [{ "value": "44 44 44 44" }], "availabilityExceptions": "Stengt i romjulen", "availableTime": [
                { "daysOfWeek": ["mon", "tue", "wed", "thu", "fri"], "availableStartTime": "08:00:00", "availableEndTime": "15:30:00" },
                { "daysOfWeek": ["sat"], "allDay": true }, { "daysOfWeek": ["sun"] }] }),
    ]);
    let one = &reading.list[0];
    assert_eq!(one.service.as_deref(), Some("Oppfølgingstjenesten"));
    let phones: Vec<&str> = one.reach.phones.iter().map(|phone| &**phone).collect();
    assert_eq!(
        phones,
        ["11 11 11 11", "22 22 22 22", "55 55 55 55", "44 44 44 44"]
    );
    assert_eq!(one.reach.mails, ["a@x.example".into()]);
    assert_eq!(
        one.reach.hours,
        [
            Hours {
                days: vec![0, 1, 2, 3, 4],
                clock: Some((480, 930))
            },
            Hours {
                days: vec![5],
                clock: None
            }
        ]
    );
    assert_eq!(&*one.reach.remark, "Stengt i romjulen");
    assert_eq!((reading.missing.len(), reading.findings.len()), (0, 0));
}

#[test]
fn opening_hours_are_asked_for_where_only_the_organisation_came() {
    let organisation = json!({ "resourceType": "Organization", "id": "o", "name": "Kommunen" });
    let at = || json!({ "reference": "Organization/o" });
    let running = read(&[episode("a", "active", json!({}), at()), organisation.clone()]);
    assert_eq!(running.missing, ["HealthcareService?organization=Organization/o"]);
    let ended = read(&[episode("a", "finished", json!({}), at()), organisation]);
    assert_eq!(ended.missing, [""; 0], "nobody calls them now");
}

#[test]
fn what_is_not_known_is_none_and_what_was_not_sent_is_asked_for() {
    let reading = read(&[episode(
        "a",
        "active",
        json!({}),
        json!({ "reference": "Organization/o" }),
    )]);
    assert_eq!(lines(&reading), ["running ? ?–?"]);
    assert_eq!(reading.missing, ["Organization/o"]);
    assert_eq!(reading.list[0].reach, Reach::default());
    assert_eq!(lines(&read(&[])), [""; 0]);
    let odd = read(&[episode("a", "ongoing", json!({}), json!({}))]);
    assert_eq!(
        (odd.list.len(), odd.findings[0].kind),
        (0, FindingKind::UnknownStatus)
    );
}

#[test]
fn a_team_names_who_follows_now_and_adds_to_the_period_of_the_same_service() {
    let team = |member: Value| {
        json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "subject": { "reference": "Patient/7" },
            "participant": [{ "role": [{ "text": "Kontaktperson på sykehuset" }], "member": { "display": "Sol" } }, member] })
    };
    let service = json!({ "role": [{ "text": "Følger opp nå" }], "member": { "reference": "Organization/o", "display": "Kommunen" },
        "period": { "start": "2026-10-01", "end": "2026-12-31" } });
    let organisation = json!({ "resourceType": "Organization", "id": "o", "name": "Kommunen", "telecom": [{ "system": "phone", "value": "1" }] });
    let alone = read(&[team(service.clone()), organisation.clone()]);
    assert_eq!(lines(&alone), ["running Kommunen 2026-10-01–2026-12-31"]);
    let both = read(&[
        team(service),
        organisation,
        episode(
            "a",
            "active",
            json!({ "start": "2026-09-01" }),
            json!({ "reference": "Organization/o" }),
        ),
    ]);
    assert_eq!(lines(&both), ["running Kommunen 2026-09-01–2026-12-31"]);
    let person = json!({ "role": [{ "text": "Følger opp nå" }], "member": { "display": "Eva" }, "onBehalfOf": { "display": "Kommunen" } });
    let by = read(&[team(person)]);
    assert_eq!(
        by.list[0].person.as_ref().map(|person| &*person.name),
        Some("Eva")
    );
    assert_eq!(by.list[0].service.as_deref(), Some("Kommunen"));
    let nobody = json!({ "role": [{ "text": "Lege" }], "member": { "display": "Ola" } });
    assert_eq!(lines(&read(&[team(nobody)])), [""; 0]);
    let run = |status: &str| {
        json!({ "resourceType": "CareTeam", "id": "u", "status": status, "subject": { "reference": "Patient/7" },
            "name": "Hjemmeoppfølging", "period": { "start": "2026-09-01" }, "managingOrganization": [{ "display": "Kommunen" }] })
    };
    assert_eq!(
        lines(&read(&[run("active")])),
        ["running Kommunen 2026-09-01–?"],
        "nothing better is known"
    );
    assert_eq!(lines(&read(&[run("inactive")])), [""; 0]);
    let known = episode(
        "a",
        "active",
        json!({ "start": "2026-10-01" }),
        json!({ "display": "Sykehuset" }),
    );
    assert_eq!(
        lines(&read(&[run("active"), known])),
        ["running Sykehuset 2026-10-01–?"]
    );
}
