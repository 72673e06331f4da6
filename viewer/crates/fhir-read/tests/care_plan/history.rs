//! The versions of a plan, by whom and why.

use chart_model::care_plan::{KnownFrom, compare};
use fhir_read::care_plan::{HistoryReading, read_history, save, version_before};

use super::*;

fn history(server: &Server) -> HistoryReading {
    read_history(&[server.history().as_bytes()], "kols-plan", PATIENT).unwrap()
}

fn edit(server: &mut Server, name: &str, comment: &str, at_once: bool, change: impl Fn(&mut CarePlan)) {
    let (stored, mut plan) = current(server);
    change(&mut plan);
    let save = save(&stored, &plan, comment, &signer(name), instant(NOW)).unwrap();
    server.save(save, at_once).unwrap();
}

#[test]
fn each_save_is_one_version_however_many_resources_it_wrote() {
    for at_once in [true, false] {
        let mut server = Server::new(fixture());
        let first = current(&server).1;
        edit(&mut server, "Sol", "Vinter", at_once, |plan| {
            plan.set(Place::Condition(PlanZone::Yellow), text("Tyngre pust"));
            plan.set(Place::Goal("n".into()), text("Danse"));
        });
        edit(&mut server, "Odd", "", at_once, |plan| {
            plan.set(Place::Title, text("Ny"))
        });
        let reading = history(&server);
        assert!(!reading.is_cut);
        let said: Vec<_> = reading
            .versions
            .iter()
            .map(|v| {
                (
                    &*v.version.id,
                    v.version.author.name.as_str(),
                    v.version.comment.as_str(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [("3", "Odd", ""), ("2", "Sol", "Vinter"), ("1", "Sol Legesen", "")]
        );
        assert_eq!(reading.versions[2].plan, first);
        assert_eq!(reading.versions[0].plan, current(&server).1);
        let changes = compare(&reading.versions[2].plan, &reading.versions[1].plan);
        assert_eq!(changes.len(), 2);
        assert_eq!(version_before(&reading.versions[0].version).as_deref(), Some("2"));
        assert_eq!(version_before(&reading.versions[2].version), None);
    }
}

#[test]
fn provenance_is_matched_by_version_by_what_it_revised_or_by_time() {
    let names = |mut records: Vec<Json>| {
        let mut server = Server::new(fixture());
        server.put(server.get("CarePlan", "kols-plan"));
        server.put(server.get("CarePlan", "kols-plan"));
        let time = server.get("CarePlan", "kols-plan")["meta"]["lastUpdated"].clone();
        for record in &mut records {
            record["resourceType"] = json!("Provenance");
            if record["recorded"] == "now" {
                record["recorded"] = time.clone();
            }
            server.put(record.clone());
        }
        let newest = history(&server).versions.remove(0).version;
        assert_eq!(&*newest.id, "3");
        (newest.author.name, newest.author.organisation, newest.known_from)
    };
    let plan = json!([{ "reference": "CarePlan/kols-plan" }]);
    let agent = json!([{ "who": { "reference": "Practitioner/kols-nurse" }, "onBehalfOf": { "display": "Kommunen" } }]);
    let found = (
        "Odd Sykepleiersen".to_owned(),
        "Kommunen".to_owned(),
        KnownFrom::Provenance,
    );
    for record in [
        json!({ "target": [{ "reference": "CarePlan/kols-plan/_history/3" }], "agent": agent }),
        json!({ "target": plan, "agent": agent, "entity": [{ "role": "revision", "what": { "reference": "CarePlan/kols-plan/_history/2" } }] }),
        json!({ "target": plan, "agent": agent, "recorded": "now" }),
    ] {
        assert_eq!(names(vec![record.clone()]), found, "{record}");
    }
    let by_plan = ("Sol Legesen".to_owned(), String::new(), KnownFrom::Plan);
    for record in [
        json!({ "target": plan, "recorded": "now" }),
        json!({ "target": plan, "recorded": "2020-01-01", "agent": agent }),
        json!({ "target": [{ "reference": "CarePlan/other" }], "recorded": "now", "agent": agent }),
        json!({ "target": [{ "reference": "CarePlan/kols-plan/_history/1" }], "agent": agent }),
    ] {
        assert_eq!(names(vec![record.clone()]), by_plan, "{record}");
    }
}

#[test]
fn a_zone_changed_by_another_system_is_a_version_of_its_own() {
    let mut server = Server::new(fixture());
    let mut zone = server.get("CarePlan", "kols-plan-red");
    zone["activity"][0]["detail"]["description"] = json!("Start kuren du har hjemme nå.");
    server.put(zone);
    edit(&mut server, "Sol", "", true, |plan| {
        plan.set(Place::Title, text("Ny"))
    });
    let reading = history(&server);
    let ids: Vec<&str> = reading.versions.iter().map(|v| &*v.version.id).collect();
    assert_eq!(ids, ["2", "1+kols-plan-red/2", "1"]);
    let changes = compare(&reading.versions[2].plan, &reading.versions[1].plan);
    assert_eq!(
        changes.len(),
        1,
        "the reworded activity is known again without an id"
    );
    assert!(changes[0].before.is_some() && changes[0].after.is_some());
}

#[test]
fn a_zone_that_was_deleted_is_seen_as_deleted_and_again_once_it_is_back() {
    let server = Server::new(fixture());
    let zone = server.get("CarePlan", "kols-plan-red");
    let mut bundle: Json = serde_json::from_str(&server.history()).unwrap();
    let at = |hours: i64| chart_model::oslo::to_fhir(hours * 3_600_000 + 1_790_000_000_000);
    let mut back = zone.clone();
    back["meta"] = json!({ "versionId": "3", "lastUpdated": at(30) });
    let entries = bundle["entry"].as_array_mut().unwrap();
    entries.push(json!({
        "fullUrl": "http://h/fhir/CarePlan/kols-plan-red",
        "request": { "method": "DELETE", "url": "CarePlan/kols-plan-red" },
        "response": { "status": "204", "etag": "W/\"2\"", "lastModified": at(20) },
    }));
    entries.push(json!({ "resource": back }));
    let reading = read_history(&[bundle.to_string().as_bytes()], "kols-plan", PATIENT).unwrap();
    let ids: Vec<&str> = reading.versions.iter().map(|v| &*v.version.id).collect();
    assert_eq!(ids, ["1+kols-plan-red/3", "1+kols-plan-red/2", "1"]);
    let red = Place::Condition(PlanZone::Red);
    let said: Vec<bool> = reading
        .versions
        .iter()
        .map(|v| v.plan.get(&red).is_some())
        .collect();
    assert_eq!(said, [true, false, true]);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn missing_versions_are_said() {
    let mut server = Server::new(fixture());
    for title in ["a", "b", "c"] {
        edit(&mut server, "Sol", "", true, |plan| {
            plan.set(Place::Title, text(title))
        });
    }
    let whole = server.history();
    let without = |version: &str| {
        let mut bundle: Json = serde_json::from_str(&whole).unwrap();
        let entries = bundle["entry"].as_array_mut().unwrap();
        entries
            .retain(|e| e["resource"]["id"] != "kols-plan" || e["resource"]["meta"]["versionId"] != version);
        read_history(&[bundle.to_string().as_bytes()], "kols-plan", PATIENT).unwrap()
    };
    assert!(!history(&server).is_cut);
    for version in ["1", "2", "3"] {
        let reading = without(version);
        assert!(reading.is_cut);
        assert_eq!(reading.versions.len(), 3);
    }
    let said = r#"{"resourceType":"Bundle","type":"history","total":50,"entry":[]}"#;
    assert!(
        read_history(&[whole.as_bytes(), said.as_bytes()], "kols-plan", PATIENT)
            .unwrap()
            .is_cut
    );
}

#[test]
fn the_resources_to_trace_are_named() {
    let traced = current(&Server::new(fixture())).0.traced();
    assert_eq!(
        traced[..4],
        [
            "CarePlan/kols-plan",
            "CarePlan/kols-plan-green",
            "CarePlan/kols-plan-yellow",
            "CarePlan/kols-plan-red"
        ]
    );
    assert!(
        traced.contains(&"Goal/kols-limits-spo2".to_owned())
            && traced.contains(&"CareTeam/kols-team".to_owned())
    );
}
