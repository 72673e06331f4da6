//! Edited plans saved and read again: what was edited is there, and all else is as it was.

use chart_model::Known;
use chart_model::care_plan::{EndState, FollowUp, Version, compare};
use fhir_read::care_plan::{SaveError, propose, save};

use super::*;

/// Saves an edited plan and reads it again.
fn saved(server: &mut Server, edited: &CarePlan, at_once: bool) -> CarePlan {
    let (stored, _) = current(server);
    let save = save(&stored, edited, "Fordi", &signer("Sol Legesen"), instant(NOW)).unwrap();
    server.save(save, at_once).unwrap();
    let reading = read(server);
    assert_eq!(reading.findings, []);
    reading.current.unwrap().1
}

fn edited(plan: &CarePlan) -> CarePlan {
    let mut plan = plan.clone();
    plan.set(Place::Title, text("Ny tittel"));
    plan.set(Place::Description, text("For vinteren"));
    plan.set(Place::Condition(PlanZone::Yellow), text("Tyngre pust i én dag"));
    let medication = cell(PlanZone::Yellow, Area::Medication);
    let first = activity(&plan, medication, 0);
    let new = Place::Activity(cell(PlanZone::Yellow, Area::Diet), "n1".into());
    plan.set(first.clone(), text("Øk inhalasjon.\n<b>Ring</b> \"nå\""));
    plan.set_after(
        Place::Activity(medication, "n2".into()),
        text("Hvil"),
        first.key(),
    );
    plan.set(new, text("Drikk mer"));
    plan.set(activity(&plan, cell(PlanZone::Red, Area::Other), 0), None);
    let goal = plan.goals().next().unwrap().0.clone();
    plan.set(Place::Goal(goal), text("Gå på tur"));
    plan.set(Place::Goal("n3".into()), text("Sove godt"));
    plan.set(
        Place::Limits(Known::Spo2.into(), 0),
        limits([Some(82), Some(86), None, None]),
    );
    plan.set(Place::Limits(Known::Temperature.into(), 0), None);
    plan.set(
        Place::Limits(Known::BloodPressure.into(), 0),
        limits([None, Some(100), Some(150), None]),
    );
    plan.set(
        Place::Limits(Known::BloodPressure.into(), 1),
        limits([None, None, Some(95), Some(110)]),
    );
    let person = plan.contacts().next().unwrap().0.clone();
    plan.set(
        Place::Contact(person),
        Some(Value::Contact(contact(
            "Sol Legesen",
            "Lungelege",
            "+47 11 11 11 11",
            "Prøvevik sykehus",
        ))),
    );
    plan.set(
        Place::Contact("n4".into()),
        Some(Value::Contact(contact("Legevakten", "Ved hast", "116117", ""))),
    );
    plan.set(
        Place::FollowUp,
        Some(Value::FollowUp(FollowUp {
            who: contact("Eva", "", "22 22 22 22", "Kommunen"),
            until: "2026-12-31".to_owned(),
        })),
    );
    plan.set(
        Place::Interval(Known::Weight.into()),
        Some(Value::Interval(86_400_000)),
    );
    plan.set(
        Place::Interval(Known::Steps.into()),
        Some(Value::Interval(12 * 3_600_000)),
    );
    plan.set(Place::Interval(Known::Cat.into()), None);
    plan.set(Place::Note("n5".into()), text("Allergisk mot penicillin"));
    plan
}

#[test]
fn every_sort_of_edit_is_there_after_saving() {
    for at_once in [true, false] {
        let mut server = Server::new(fixture());
        let plan = edited(&current(&server).1);
        let read = saved(&mut server, &plan, at_once);
        assert_eq!(compare(&plan, &read), []);
        // And again, with what the first save left behind.
        let mut plan = read;
        plan.set(activity(&plan, cell(PlanZone::Yellow, Area::Diet), 0), None);
        plan.set(Place::Contact("n4".into()), None);
        plan.set(Place::FollowUp, None);
        plan.set(
            Place::Limits(Known::Temperature.into(), 0),
            limits([None, None, Some(38), Some(39)]),
        );
        plan.set(Place::Note("n5".into()), None);
        let mut read = saved(&mut server, &plan, at_once);
        // The period of follow-up tells now.
        assert!(
            read.follow_up()
                .unwrap()
                .who
                .name
                .starts_with("Oppfølgingstjenesten")
        );
        read.set(Place::FollowUp, None);
        assert_eq!(compare(&plan, &read), []);
    }
}

#[test]
fn what_is_not_understood_is_saved_as_it_was() {
    let mut resources = fixture();
    for resource in &mut resources {
        if resource["id"] == "kols-plan-yellow" {
            resource["extension"] = json!([{ "url": "urn:x", "valueDecimal": 1.50 }]);
            resource["text"] = json!({ "status": "generated", "div": "<div>gammel</div>" });
            resource["activity"][0]["detail"]["goal"] = json!([{ "reference": "Goal/x" }]);
        }
    }
    let mut server = Server::new(resources);
    let mut plan = current(&server).1;
    let place = activity(&plan, cell(PlanZone::Yellow, Area::Medication), 0);
    plan.set(place, text("Øk inhalasjon"));
    saved(&mut server, &plan, true);
    let zone = server.get("CarePlan", "kols-plan-yellow");
    assert_eq!(
        zone["extension"],
        json!([{ "url": "urn:x", "valueDecimal": 1.50 }])
    );
    assert_eq!(
        zone["activity"][0]["detail"]["goal"],
        json!([{ "reference": "Goal/x" }])
    );
    assert_eq!(
        zone["text"],
        Json::Null,
        "a narrative would go on saying the old words"
    );
    for untouched in ["kols-plan-green", "kols-plan-red"] {
        assert_eq!(server.get("CarePlan", untouched)["meta"]["versionId"], "1");
    }
    assert_eq!(server.get("CareTeam", "kols-team")["meta"]["versionId"], "1");
}

#[test]
fn a_save_says_who_and_why_and_from_which_version() {
    for at_once in [true, false] {
        let mut server = Server::new(fixture());
        let (stored, mut plan) = current(&server);
        plan.set(Place::Title, text("Ny"));
        let save = save(&stored, &plan, "Vinter", &signer("Sol"), instant(NOW)).unwrap();
        server.save(save, at_once).unwrap();
        let version: Version = current(&server).0.version();
        assert_eq!(
            (version.author.name.as_str(), version.comment.as_str()),
            ("Sol", "Vinter")
        );
        let record = &server.all("Provenance")[0];
        assert_eq!(record["target"][0]["reference"], "CarePlan/kols-plan");
        assert_eq!(record["target"][1]["reference"], "Patient/kols");
        assert_eq!(record["reason"][0]["text"], "Vinter");
        assert_eq!(record["agent"][0]["onBehalfOf"]["display"], "Prøvevik sykehus");
        let version = |role: &str, number: u8| {
            let reference = format!("CarePlan/kols-plan/_history/{number}");
            json!({ "role": role, "what": { "reference": reference } })
        };
        assert_eq!(
            record["entity"],
            json!([version("source", 2), version("revision", 1)])
        );
    }
}

#[test]
fn a_version_whose_name_cannot_be_known_before_it_is_there_is_not_named_in_a_transaction() {
    let mut resources = fixture();
    for resource in &mut resources {
        if resource["id"] == "kols-plan" {
            resource["meta"] = json!({ "versionId": "b7c1" });
        }
    }
    let entries: Vec<Json> = resources.iter().map(|json| json!({ "resource": json })).collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries });
    let read = read_care_plans(&[bundle.to_string().as_bytes()], PATIENT).unwrap();
    let (stored, mut plan) = read.current.unwrap();
    plan.set(Place::Title, text("Ny"));
    let save = save(&stored, &plan, "", &signer("Sol"), instant(NOW)).unwrap();
    let sent: Json = serde_json::from_str(&save.transaction().body).unwrap();
    let record = sent["entry"].as_array().unwrap().last().unwrap();
    let revised = json!({ "role": "revision", "what": { "reference": "CarePlan/kols-plan/_history/b7c1" } });
    assert_eq!(record["resource"]["entity"], json!([revised]));
}

#[test]
fn a_stale_save_changes_nothing() {
    for at_once in [true, false] {
        let mut server = Server::new(fixture());
        let (stored, plan) = current(&server);
        let mut theirs = plan.clone();
        theirs.set(Place::Title, text("Deres"));
        saved(&mut server, &theirs, at_once);
        let before = server.everything();
        let mut mine = edited(&plan);
        // A new goal that nobody names is all that the steps may leave behind.
        mine.set(Place::Goal("n3".into()), None);
        mine.set(Place::Limits(Known::BloodPressure.into(), 0), None);
        mine.set(Place::Limits(Known::BloodPressure.into(), 1), None);
        let save = save(&stored, &mine, "", &signer("Ola"), instant(NOW)).unwrap();
        assert_eq!(server.save(save, at_once), Err(412));
        assert_eq!(server.everything(), before);
    }
}

#[test]
fn steps_that_break_off_say_what_is_left() {
    let mut server = Server::new(fixture());
    let (stored, plan) = current(&server);
    let save = save(&stored, &edited(&plan), "", &signer("Ola"), instant(NOW)).unwrap();
    server.broken = Some("CarePlan/kols-plan-yellow".to_owned());
    let mut steps = save.steps();
    assert!(steps.is_before_gate());
    while let Some(request) = steps.next() {
        let (status, stored) = server.send(&request);
        if status != 200 {
            break;
        }
        steps.answered(stored.to_string().as_bytes(), None);
    }
    assert!(!steps.is_before_gate() && !steps.is_record());
    let left = steps.left();
    assert_eq!(
        left.first().map(String::as_str),
        Some("CarePlan/kols-plan-yellow")
    );
    assert_eq!(left.last().map(String::as_str), Some("Provenance"));
    // Sent again once the server is well, the rest is saved.
    server.broken = None;
    while let Some(request) = steps.next() {
        let (_, stored) = server.send(&request);
        steps.answered(stored.to_string().as_bytes(), None);
    }
    assert_eq!(compare(&edited(&plan), &current(&server).1), []);
}

#[test]
fn without_a_version_or_a_change_nothing_is_saved() {
    let mut server = Server::new(fixture());
    let (stored, plan) = current(&server);
    let nothing = save(&stored, &plan, "x", &signer("Ola"), instant(NOW));
    assert_eq!(nothing, Err(SaveError::NothingChanged));
    let pages = server.everything().replace("\"versionId\"", "\"versjon\"");
    let stored = read_care_plans(&[pages.as_bytes()], PATIENT)
        .unwrap()
        .current
        .unwrap()
        .0;
    let mut changed = plan;
    changed.set(Place::Title, text("x"));
    assert_eq!(
        save(&stored, &changed, "", &signer("Ola"), instant(NOW)),
        Err(SaveError::NoVersion("CarePlan/kols-plan".to_owned()))
    );
    server.tick();
}

#[test]
fn a_server_that_saves_something_else_is_found_out() {
    let mut server = Server::new(fixture());
    let mut plan = current(&server).1;
    plan.set(Place::Title, text("Ny tittel"));
    saved(&mut server, &plan, true);
    let mut stored = server.get("CarePlan", "kols-plan");
    stored["title"] = json!("NY TITTEL");
    server.put(stored);
    let changes = compare(&plan, &current(&server).1);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].place, Place::Title);
}

/// Everything that is written, for the validators in `tests/conformance`: run with `DHO_APPROVE=1` after a
/// change to it, and look at the difference.
#[test]
fn what_is_written_is_what_was_approved() {
    let server = Server::new(fixture());
    let (stored, plan) = current(&server);
    let by = signer("Sol Legesen");
    let save = save(&stored, &edited(&plan), "Fordi", &by, instant(NOW)).unwrap();
    let transaction: Json = serde_json::from_str(&save.transaction().body).unwrap();
    let entries = transaction["entry"].as_array().unwrap().iter();
    let mut written: Vec<Json> = entries.map(|entry| entry["resource"].clone()).collect();
    written.push(transaction.clone());
    let mut server = server;
    let request = propose(&stored, &edited(&plan), "Bør prøves", &by, instant(NOW)).unwrap();
    server.send(&request);
    let reading = read(&server);
    let proposal = &reading.proposals[0];
    assert_eq!(compare(&edited(&plan), &proposal.plan), []);
    let concluded = proposal
        .conclude(EndState::Partly, "", &by, instant(NOW))
        .unwrap();
    written.extend([request.body, concluded.body].map(|body| serde_json::from_str::<Json>(&body).unwrap()));
    let lines: String = written.iter().map(|resource| format!("{resource}\n")).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/care_plan/written.ndjson");
    if std::env::var_os("DHO_APPROVE").is_some() {
        std::fs::write(path, &lines).unwrap();
    }
    assert_eq!(lines, std::fs::read_to_string(path).unwrap());
}
