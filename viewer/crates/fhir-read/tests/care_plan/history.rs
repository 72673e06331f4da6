//! The versions of a plan, by whom and why.

use chart_model::care_plan::{KnownFrom, compare};
use fhir_read::care_plan::{HistoryReading, read_history, save, unread_parts, unread_people, version_before};

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

/// The newest version's author of a plan that was saved by another system, which recorded it like this. `at` is its time.
fn author_by(record: Json, others: Vec<Json>) -> (Author, KnownFrom) {
    let mut server = Server::new(fixture());
    for other in others {
        server.put(other);
    }
    server.put(server.get("CarePlan", "kols-plan"));
    let mut record = record;
    record["resourceType"] = json!("Provenance");
    record["recorded"] = server.get("CarePlan", "kols-plan")["meta"]["lastUpdated"].clone();
    server.put(record);
    let newest = history(&server).versions.remove(0).version;
    (newest.author, newest.known_from)
}

#[test]
fn an_author_is_known_by_reference_role_and_workplace_however_a_record_names_them() {
    let author = |name: &str, role: &str, organisation: &str| Author {
        name: name.to_owned(),
        role: role.to_owned(),
        organisation: organisation.to_owned(),
    };
    let plan = json!([{ "reference": "CarePlan/kols-plan" }]);
    let role = json!({ "resourceType": "PractitionerRole", "id": "r", "code": [{ "text": "Lungesykepleier" }],
        "practitioner": { "reference": "Practitioner/kols-nurse" }, "organization": { "display": "Fjordbyen" } });
    for (record, expected) in [
        (
            json!({ "target": plan, "agent": [{ "who": { "reference": "PractitionerRole/r" } }] }),
            author("Odd Sykepleiersen", "Lungesykepleier", "Fjordbyen"),
        ),
        (
            json!({ "target": plan, "contained": [{ "resourceType": "Practitioner", "id": "p", "name": [{ "text": "Eva Ro" }] }],
                "agent": [{ "who": { "reference": "#p" }, "onBehalfOf": { "display": "Legekontoret" } }] }),
            author("Eva Ro", "", "Legekontoret"),
        ),
        (
            json!({ "target": plan, "agent": [
                { "who": { "reference": "Device/epj", "display": "Journalen" } },
                { "type": { "coding": [{ "code": "author" }] }, "who": { "display": "Eva Ro" } },
            ] }),
            author("Eva Ro", "", ""),
        ),
        (
            json!({ "target": plan, "agent": [{ "who": { "display": "Eva\u{7} Ro" } }] }),
            author("Eva Ro", "", ""),
        ),
        (
            json!({ "target": plan, "agent": [{ "who": {}, "onBehalfOf": { "display": "Legekontoret" } }] }),
            author("", "", "Legekontoret"),
        ),
        // What was recorded of a zone that was changed with the plan is of the plan's version.
        (
            json!({ "target": [{ "reference": "CarePlan/kols-plan-red" }], "agent": [{ "who": { "display": "Eva Ro" } }] }),
            author("Eva Ro", "", ""),
        ),
    ] {
        let found = author_by(record.clone(), vec![role.clone()]);
        assert_eq!(found, (expected, KnownFrom::Provenance), "{record}");
    }
}

#[test]
fn what_only_an_earlier_version_names_is_asked_for() {
    let mut server = Server::new(fixture());
    let mut plan = server.get("CarePlan", "kols-plan");
    let goals = plan["goal"].as_array_mut().unwrap();
    goals.pop();
    plan.as_object_mut().unwrap().remove("careTeam");
    server.put(plan);
    server.put(
        json!({ "resourceType": "CarePlan", "id": "kols-ended", "status": "completed", "intent": "plan",
        "subject": { "reference": "Patient/kols" }, "partOf": [{ "reference": "CarePlan/kols-plan" }] }),
    );
    server.put(json!({ "resourceType": "Provenance", "id": "r", "recorded": "2026-10-01T08:00:00Z",
        "target": [{ "reference": "CarePlan/kols-plan" }, { "reference": "CarePlan/deleted" }, { "reference": "Patient/kols" }],
        "agent": [{ "who": { "reference": "Practitioner/away" } }, { "who": { "reference": "Practitioner/known", "display": "Eva Ro" } }] }));
    let traced = current(&server).0.traced();
    let pages = server.history();
    let pages = [pages.as_bytes()];
    let mut parts = unread_parts(&pages, "kols-plan", PATIENT, &traced).unwrap();
    parts.sort();
    let (former_goal, rest) = parts.split_last().unwrap();
    assert_eq!(
        rest,
        ["CarePlan/deleted", "CarePlan/kols-ended", "CareTeam/kols-team"]
    );
    assert!(former_goal.starts_with("Goal/"), "{former_goal}");
    assert_eq!(unread_people(&pages, PATIENT).unwrap(), ["Practitioner/away"]);
}

#[test]
fn a_history_may_date_and_number_its_versions_beside_them() {
    let plan = |title: &str| {
        json!({ "resourceType": "CarePlan", "id": "kols-plan", "status": "active", "intent": "plan",
            "title": title, "subject": { "reference": "Patient/kols" } })
    };
    let entry = |title: &str, version: &str, hour: u8| {
        json!({ "resource": plan(title), "response": { "status": "200", "etag": format!("W/\"{version}\""),
            "lastModified": format!("2026-10-01T{hour:02}:00:00Z") } })
    };
    let bundle = json!({ "resourceType": "Bundle", "type": "history",
        "entry": [entry("b", "x7", 9), entry("c", "x9", 10), entry("a", "x1", 8)] });
    let reading = read_history(&[bundle.to_string().as_bytes()], "kols-plan", PATIENT).unwrap();
    let said: Vec<_> = reading
        .versions
        .iter()
        .map(|v| (&*v.version.id, v.plan.text(&Place::Title)))
        .collect();
    assert_eq!(said, [("x9", "c"), ("x7", "b"), ("x1", "a")]);
}

#[test]
fn versions_that_have_no_names_are_told_apart_by_their_times() {
    let entry = |title: &str, hour: u8| {
        json!({ "resource": { "resourceType": "CarePlan", "id": "kols-plan", "status": "active", "intent": "plan",
            "meta": { "lastUpdated": format!("2026-10-01T{hour:02}:00:00Z") },
            "title": title, "subject": { "reference": "Patient/kols" } } })
    };
    let bundle =
        json!({ "resourceType": "Bundle", "type": "history", "entry": [entry("b", 9), entry("a", 8)] });
    let reading = read_history(&[bundle.to_string().as_bytes()], "kols-plan", PATIENT).unwrap();
    let said: Vec<_> = reading
        .versions
        .iter()
        .map(|v| v.plan.text(&Place::Title))
        .collect();
    assert_eq!(said, ["b", "a"]);
}

#[test]
fn changes_are_known_by_the_records_that_come_with_the_plan() {
    let mut server = Server::new(fixture());
    assert_eq!(current(&server).0.recorded(), []);
    for (name, comment, day) in [("Sol", "Vinter", 1), ("Odd", "", 2)] {
        let (stored, mut plan) = current(&server);
        plan.set(Place::Title, text(name));
        plan.set(Place::Goal(name.into()), text("Danse"));
        let at = instant(&format!("2026-11-0{day}T10:00:00Z"));
        let save = save(&stored, &plan, comment, &signer(name), at).unwrap();
        server.save(save, true).unwrap();
    }
    // How the plan was begun, and what was recorded of another plan, are no changes of it.
    let begun = server.get("CarePlan", "kols-plan-red")["meta"]["lastUpdated"].clone();
    for target in ["CarePlan/kols-plan", "CarePlan/other"] {
        server.put(
            json!({ "resourceType": "Provenance", "recorded": begun, "target": [{ "reference": target }],
            "agent": [{ "who": { "display": "Første" } }] }),
        );
    }
    let (stored, _) = current(&server);
    let recorded = stored.recorded();
    let said: Vec<_> = recorded
        .iter()
        .map(|it| (it.author.name.as_str(), it.comment.as_str()))
        .collect();
    assert_eq!(said, [("Odd", ""), ("Sol", "Vinter")]);
    assert_eq!(
        stored.version().author.role,
        "Lungelege",
        "the record says more than the plan"
    );
    assert_eq!(stored.version().known_from, KnownFrom::Provenance);
}

/// The plan at some instants, each as `title version lastUpdated`; `-` is what is not said.
fn plans(versions: &[&str]) -> Vec<Json> {
    let resource = |said: &&str| {
        let mut words = said.split(' ');
        let mut next = || words.next().unwrap();
        let (title, version, updated) = (next(), next(), next());
        let mut plan = json!({ "resourceType": "CarePlan", "id": "kols-plan", "status": "active", "intent": "plan",
            "title": title, "subject": { "reference": "Patient/kols" }, "meta": {} });
        for (field, said) in [("versionId", version), ("lastUpdated", updated)] {
            if said != "-" {
                plan["meta"][field] = json!(said);
            }
        }
        plan
    };
    versions.iter().map(resource).collect()
}

#[test]
fn the_version_in_force_is_the_same_in_a_search_and_in_a_history_that_says_more_of_it() {
    let bundle = |kind: &str, plans: Vec<Json>| {
        let entries: Vec<Json> = plans
            .into_iter()
            .map(|plan| json!({ "resource": plan }))
            .collect();
        json!({ "resourceType": "Bundle", "type": kind, "entry": entries }).to_string()
    };
    let older = "b 2 2026-10-02T08:00:00Z";
    for (found, listed) in [
        ("c 3 -", "c 3 2026-10-03T08:00:00Z"),
        ("c - 2026-10-03T08:00:00Z", "c 3 2026-10-03T10:00:00+02:00"),
        ("c 3 -", "c 3 -"),
    ] {
        let pages = [
            bundle("searchset", plans(&[found])),
            bundle("history", plans(&[older, listed, "a 1 2026-10-01T08:00:00Z"])),
        ];
        let pages = pages.each_ref().map(String::as_bytes);
        let reading = read_history(&pages, "kols-plan", PATIENT).unwrap();
        let said: Vec<_> = reading
            .versions
            .iter()
            .map(|v| (&*v.version.id, v.plan.text(&Place::Title)))
            .collect();
        assert_eq!(said, [("3", "c"), ("2", "b"), ("1", "a")], "{found}, {listed}");
    }
}

#[test]
fn numbers_that_leap_are_no_count_of_versions() {
    for (numbers, is_cut) in [
        (&[12, 57, 301, 302][..], false),
        (&[2, 3, 4], true),
        (&[1, 3, 9], true),
        (&[3, 4, 6, 7], true),
        (&[1, 2, 3], false),
    ] {
        let said: Vec<String> = numbers
            .iter()
            .zip(1..)
            .map(|(number, day)| format!("t{day} {number} 2026-10-0{day}T08:00:00Z"))
            .collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let entries: Vec<Json> = plans(&said)
            .into_iter()
            .map(|plan| json!({ "resource": plan }))
            .collect();
        let page = json!({ "resourceType": "Bundle", "type": "history", "entry": entries }).to_string();
        let reading = read_history(&[page.as_bytes()], "kols-plan", PATIENT).unwrap();
        assert_eq!(reading.is_cut, is_cut, "{numbers:?}");
    }
}
