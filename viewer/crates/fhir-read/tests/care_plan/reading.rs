//! Every shape that a plan comes in.

use chart_model::care_plan::{Bound, FollowUp, Lock};
use chart_model::{FindingKind, Known, Zone};

use fhir_read::care_plan::{SaveError, read_history, save};
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

#[test]
fn the_fixture_plan_is_read_whole() {
    let reading = read(&Server::new(fixture()));
    assert_eq!(reading.findings, []);
    assert_eq!(reading.missing, Vec::<String>::new());
    let (stored, plan) = reading.current.unwrap();
    assert_eq!(stored.id(), "kols-plan");
    assert_eq!(plan.text(&Place::Title), "Egenbehandlingsplan ved KOLS");
    assert_eq!(
        plan.text(&Place::Condition(PlanZone::Red)),
        "Svært tung pust i hvile, feber eller forvirring."
    );
    let medication: Vec<&str> = plan
        .activities(cell(PlanZone::Red, Area::Medication))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(medication, ["Start kuren du har hjemme."]);
    assert_eq!(
        plan.activities(cell(PlanZone::Yellow, Area::Measurements))
            .count(),
        1
    );
    let goals: Vec<&str> = plan.goals().map(|(_, text)| text).collect();
    assert_eq!(goals, ["Å kunne gå til butikken selv og ha barnebarna på besøk."]);
    let contacts: Vec<&Contact> = plan.contacts().map(|(_, contact)| contact).collect();
    let expected = contact(
        "Sol Legesen",
        "Kontaktperson på sykehuset",
        "+47 99 00 00 03",
        "Prøvevik sykehus",
    );
    assert_eq!(contacts, [&expected]);
    let follow_up = plan.follow_up().unwrap();
    let who = contact(
        "Odd Sykepleiersen",
        "",
        "+47 99 00 00 04",
        "Oppfølgingstjenesten i Prøvevik kommune",
    );
    assert_eq!(follow_up.who, who);
    let spo2 = plan.limits(&Known::Spo2.into(), 0).unwrap();
    assert_eq!(spo2.as_sent, None);
    assert!(spo2.bound(Bound::YellowLow).is_some() && spo2.bound(Bound::RedLow).is_some());
    let every = plan.get(&Place::Interval(Known::Weight.into()));
    assert_eq!(every, Some(&Value::Interval(7 * 86_400_000)));
}

fn reading_of(resources: Vec<Json>) -> CarePlanReading {
    read(&Server::new(resources))
}

fn shell(fields: Json) -> Json {
    let mut plan = json!({
        "resourceType": "CarePlan", "id": "p", "status": "active", "intent": "plan",
        "subject": { "reference": "Patient/kols" },
    });
    for (field, value) in fields.as_object().unwrap() {
        plan[field] = value.clone();
    }
    plan
}

#[test]
fn zones_contacts_and_goals_may_be_contained() {
    let contained = json!([
        { "resourceType": "CarePlan", "id": "gul", "status": "active", "partOf": [{ "reference": "#" }],
          "category": [{ "coding": [{ "code": "yellow" }] }], "description": "Tyngre pust",
          "activity": [{ "detail": { "code": { "text": "Kosthold" }, "description": "Drikk <b>mye</b>\n1 l" } }] },
        { "resourceType": "Goal", "id": "mål", "description": { "text": "Danse" } },
        { "resourceType": "CareTeam", "id": "team", "participant": [
            { "role": [{ "coding": [{ "display": "Lege" }] }], "member": { "reference": "#rolle" } },
            { "member": { "reference": "Patient/kols", "display": "Kari" } }] },
        { "resourceType": "PractitionerRole", "id": "rolle", "practitioner": { "display": "Sol" },
          "organization": { "display": "Sykehuset" }, "telecom": [{ "system": "phone", "value": "113" }] },
    ]);
    let reading = reading_of(vec![shell(json!({
        "contained": contained, "goal": [{ "reference": "#mål" }], "careTeam": [{ "reference": "#team" }],
        "activity": [{ "detail": { "code": { "text": "Søvn" }, "description": "Sov godt" } },
                     { "detail": { "status": "stopped", "description": "Røyk" } }],
        "note": [{ "text": "Allergisk mot penicillin" }],
    }))]);
    assert_eq!(reading.findings, []);
    let plan = reading.current.unwrap().1;
    let diet: Vec<&str> = plan
        .activities(cell(PlanZone::Yellow, Area::Diet))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(diet, ["Drikk <b>mye</b>\n1 l"]);
    assert_eq!(plan.text(&Place::Condition(PlanZone::Yellow)), "Tyngre pust");
    assert_eq!(plan.goals().next(), Some((&Key::from("mål"), "Danse")));
    let contacts: Vec<&Contact> = plan.contacts().map(|(_, contact)| contact).collect();
    assert_eq!(contacts, [&contact("Sol", "Lege", "113", "Sykehuset")]);
    let always = Cell {
        zone: None,
        area: Area::Other,
    };
    assert_eq!(
        plan.activities(always).map(|(_, text)| text).collect::<Vec<_>>(),
        ["Sov godt"]
    );
    assert_eq!(
        plan.notes().next().map(|(_, text)| text),
        Some("Allergisk mot penicillin")
    );
}

#[test]
fn the_older_draft_has_a_condition_per_zone_and_is_only_read() {
    let condition = json!({
        "resourceType": "Condition", "id": "c", "subject": { "reference": "Patient/kols" },
        "severity": { "coding": [{ "code": "red" }] }, "code": { "text": "Blå lepper" },
        "note": [{ "text": "Ring 113" }],
    });
    let reading = reading_of(vec![
        shell(json!({ "addresses": [{ "reference": "Condition/c" }] })),
        condition,
    ]);
    let (stored, plan) = reading.current.unwrap();
    assert_eq!(plan.text(&Place::Condition(PlanZone::Red)), "Blå lepper");
    let place = activity(&plan, cell(PlanZone::Red, Area::Other), 0);
    assert_eq!(plan.text(&place), "Ring 113");
    let locks = stored.locks();
    assert_eq!(locks.of(&place), Some(Lock::OlderForm));
    assert_eq!(locks.of(&Place::Title), None);
}

#[test]
fn what_is_not_understood_is_said_and_the_rest_is_shown() {
    let other = json!({ "resourceType": "CarePlan", "id": "other", "status": "active",
        "subject": { "reference": "Patient/somebody" }, "title": "Hemmelig" });
    let reading = reading_of(vec![
        other,
        shell(json!({
            "title": "Plan", "goal": [{ "reference": "Goal/borte" }], "careTeam": [{ "reference": "CareTeam/t", "display": "Lungeteamet" }],
            "activity": [{ "reference": { "reference": "ServiceRequest/1" } }, 5, { "detail": { "description": "Hvil" } }],
        })),
    ]);
    let kinds: Vec<_> = reading
        .findings
        .iter()
        .map(|f| (f.kind, f.resource.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (FindingKind::OtherPatient, "CarePlan/other"),
            (FindingKind::UnreadableResource, "CarePlan/p"),
            (FindingKind::UnreadableResource, "CarePlan/p"),
            (FindingKind::UnreadableResource, "Goal/borte"),
        ]
    );
    assert_eq!(reading.missing, ["Goal/borte", "CareTeam/t"]);
    let plan = reading.current.unwrap().1;
    assert_eq!(plan.contacts().next().unwrap().1.name, "Lungeteamet");
    assert_eq!(plan.text(&Place::Title), "Plan");
}

#[test]
fn of_two_plans_the_one_last_updated_counts_and_it_is_said() {
    let mut server = Server::new(vec![shell(json!({ "title": "Gammel" }))]);
    server.put(shell(json!({ "id": "q", "title": "Ny" })));
    let reading = read(&server);
    assert_eq!(reading.findings[0].kind, FindingKind::PlanConflict);
    assert_eq!(reading.current.unwrap().1.text(&Place::Title), "Ny");
}

#[test]
fn an_episode_says_who_follows_up_where_no_team_does() {
    let reading = reading_of(vec![
        shell(json!({})),
        json!({ "resourceType": "EpisodeOfCare", "id": "e", "status": "active", "patient": { "reference": "Patient/kols" },
            "managingOrganization": { "reference": "Organization/o" }, "period": { "end": "2026-12-31" } }),
        json!({ "resourceType": "Organization", "id": "o", "name": "Kommunen", "telecom": [{ "value": "12345" }] }),
    ]);
    let expected = FollowUp {
        who: contact("Kommunen", "", "12345", ""),
        until: "2026-12-31".to_owned(),
    };
    assert_eq!(reading.current.unwrap().1.follow_up(), Some(&expected));
}

#[test]
fn a_zone_that_is_only_suggested_is_not_in_force() {
    let zone = |status: &str| {
        json!({ "resourceType": "CarePlan", "id": "z", "status": status, "subject": { "reference": "Patient/kols" },
            "partOf": [{ "reference": "CarePlan/p" }], "category": [{ "text": "Rød" }], "description": "Blå lepper" })
    };
    for (status, words) in [("active", "Blå lepper"), ("draft", ""), ("revoked", "")] {
        let plan = reading_of(vec![shell(json!({})), zone(status)])
            .current
            .unwrap()
            .1;
        assert_eq!(plan.text(&Place::Condition(PlanZone::Red)), words, "{status}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_changed_bytes_are_read_without_panic(edits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12)) {
        let mut bytes = Server::new(fixture()).history().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_care_plans(&[&bytes], PATIENT);
        let _ = read_history(&[&bytes], "kols-plan", PATIENT);
    }
}

#[test]
fn limits_in_requests_are_read_and_not_edited() {
    let case = fhir_fixtures::generate_one("plan-shapes", 1, fhir_fixtures::date(2026, 11, 22)).unwrap();
    let is_kind = |json: &Json, kinds: &[&str]| kinds.contains(&json["resourceType"].as_str().unwrap());
    let read = |kinds: &[&str]| {
        let entries = case.resources().filter(|json| is_kind(json, kinds));
        let entries: Vec<Json> = entries.map(|json| json!({ "resource": json })).collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries });
        read_care_plans(&[bundle.to_string().as_bytes()], "plan-shapes").unwrap()
    };
    let place = Place::Limits(Known::Spo2.into(), 0);
    let without = read(&["CarePlan", "Condition"]);
    assert!(without.may_have_requests);
    assert_eq!(without.current.unwrap().1.get(&place), None);

    let with = read(&["CarePlan", "Condition", "ServiceRequest"]);
    assert_eq!(with.findings, []);
    assert!(!with.may_have_requests);
    let (stored, plan) = with.current.unwrap();
    let set = plan
        .limits(&Known::Spo2.into(), 0)
        .unwrap()
        .ranges(&Known::Spo2.into());
    // What no range covers is not green.
    for (value, zone) in [(95, Zone::Unknown), (88, Zone::YellowLow), (80, Zone::RedLow)] {
        assert_eq!(set.classify(Decimal::new(value, 0)).zone, zone, "{value}");
    }
    let locks = stored.locks();
    assert_eq!(locks.of(&place), Some(Lock::Requested));
    assert_eq!(locks.of(&Place::Limits(Known::Pulse.into(), 0)), None);
    let mut edited = plan.clone();
    edited.set(Place::Title, text("Ny tittel"));
    assert!(save(&stored, &edited, "", &signer("Sol"), instant(NOW)).is_ok());
    edited.set(place.clone(), limits([Some(80), Some(90), None, None]));
    let refused = save(&stored, &edited, "", &signer("Sol"), instant(NOW));
    assert_eq!(refused.err(), Some(SaveError::NotWritable(place)));
    let instructions = plan
        .entries()
        .iter()
        .filter(|(place, _)| matches!(place, Place::Activity(..)));
    let actions = case.expected.plan.as_ref().unwrap().actions.len();
    assert_eq!(instructions.count(), actions, "the request is no instruction");
}
