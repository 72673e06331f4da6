//! Histories that other systems wrote: who made a version, what only earlier versions name, versions that are named, dated
//! and numbered in other ways.

use chart_model::care_plan::KnownFrom;
use fhir_read::care_plan::{HistoryReading, read_history, save, unread_parts, unread_people};

use super::*;

fn history(server: &Server) -> HistoryReading {
    read_history(&[server.history().as_bytes()], "kols-plan", PATIENT).unwrap()
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
