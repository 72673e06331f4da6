//! Each habit of versions and saves, by a plan that is saved and looked at.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::testing::{Client, Reply, Site};

const SCOPE: &str = "patient/CarePlan.crus patient/Provenance.crs";

fn plan(title: &str) -> Value {
    json!({
        "resourceType": "CarePlan", "id": "k", "status": "active", "intent": "plan", "title": title,
        "subject": {"reference": "Patient/p"},
    })
}

/// A plan with three versions, and a Provenance of the second.
fn with(habits: &[&str]) -> Site {
    let version = |number: u8| {
        let mut plan = plan(&format!("Plan {number}"));
        plan["meta"] = json!({
            "versionId": number.to_string(),
            "lastUpdated": format!("2026-10-0{number}T08:00:00Z"),
        });
        plan
    };
    let provenance = json!({
        "resourceType": "Provenance", "id": "v2", "recorded": "2026-10-02T08:00:00Z",
        "target": [{"reference": "CarePlan/k"}, {"reference": "Patient/p"}],
        "agent": [{"who": {"display": "x"}}],
        "entity": [{"role": "source", "what": {"reference": "CarePlan/k/_history/2"}}],
    });
    let patient = json!({"resourceType": "Patient", "id": "p"});
    let data = [patient, version(3), version(1), version(2), provenance];
    Site::imitating(&data, None, habits)
}

async fn specialist(site: &Site) -> Client<'_> {
    site.client("spesialist-dahl", "p", SCOPE).await
}

fn transaction(if_match: &str, title: &str) -> Value {
    json!({"resourceType": "Bundle", "type": "transaction", "entry": [{
        "resource": plan(title),
        "request": {"method": "PUT", "url": "CarePlan/k", "ifMatch": if_match},
    }]})
}

fn versions(history: &Value) -> String {
    let entries = history["entry"].as_array().into_iter().flatten();
    let version = |entry: &Value| {
        entry["resource"]["meta"]["versionId"]
            .as_str()
            .unwrap_or("-")
            .to_owned()
    };
    entries.map(version).collect::<Vec<_>>().join(" ")
}

/// A save on the version before the newest, alone or in a transaction.
async fn stale(habits: &[&str], in_transaction: bool) -> Reply {
    let site = with(habits);
    let client = specialist(&site).await;
    if in_transaction {
        client.post("", &transaction("W/\"2\"", "Ny")).await
    } else {
        client.put("CarePlan/k", "W/\"2\"", &plan("Ny")).await
    }
}

#[tokio::test]
async fn a_stale_save_is_answered_in_the_servers_way() {
    for (habits, alone, in_transaction) in [
        ([].as_slice(), 412, 412),
        (&["stale-409"], 409, 409),
        (&["stale-400"], 412, 400),
        (&["ignore-if-match"], 200, 200),
        (&["no-transaction"], 412, 403),
    ] {
        assert_eq!(stale(habits, false).await.status.as_u16(), alone, "{habits:?}");
        let reply = stale(habits, true).await;
        assert_eq!(
            reply.status.as_u16(),
            in_transaction,
            "{habits:?}: {}",
            reply.text
        );
    }
    let words = stale(&["stale-400"], true).await.text;
    assert!(words.contains("Entry failed with status 412"), "{words}");
}

#[tokio::test]
async fn old_versions_are_to_be_had_in_the_servers_way() {
    for (habits, history, second, first) in [
        ([].as_slice(), Some("3 2 1"), 200, 200),
        (&["no-history"], None, 200, 200),
        (&["no-old-versions"], None, 404, 404),
        (&["no-versions"], None, 404, 404),
        (&["history-cut=2"], Some("3 2"), 200, 200),
        (&["vanished-version=2"], Some("3 1"), 410, 200),
        (&["vanished-version"], Some("3 1"), 410, 200),
    ] {
        let site = with(habits);
        let client = specialist(&site).await;
        let reply = client.get("CarePlan/k/_history?_count=50").await;
        match history {
            Some(history) => assert_eq!(versions(&reply.json()), history, "{habits:?}"),
            None => assert_eq!(reply.status, StatusCode::NOT_FOUND, "{habits:?}"),
        }
        for (version, status) in [("2", second), ("1", first)] {
            let reply = client.get(&format!("CarePlan/k/_history/{version}")).await;
            assert_eq!(reply.status.as_u16(), status, "{habits:?} {version}");
        }
    }
}

#[tokio::test]
async fn the_list_of_versions_shows_the_habits() {
    for (habits, query, total, links) in [
        ([].as_slice(), "?_count=2", json!(3), 2),
        (&["total-wrong"], "?_count=2", json!(2), 2),
        (&["total-absent"], "?_count=2", Value::Null, 2),
        (&["history-cut=2", "total-wrong"], "", json!(2), 1),
    ] {
        let site = with(habits);
        let history = specialist(&site)
            .await
            .get(&format!("CarePlan/k/_history{query}"))
            .await
            .json();
        assert_eq!(history["total"], total, "{habits:?}");
        assert_eq!(history["link"].as_array().unwrap().len(), links, "{habits:?}");
    }
}

#[tokio::test]
async fn versions_may_be_uuids() {
    let site = with(&["uuid-versions"]);
    let client = specialist(&site).await;
    let history = client.get("CarePlan/k/_history").await.json();
    let titles: Vec<_> = (0..3)
        .map(|n| history["entry"][n]["resource"]["title"].clone())
        .collect();
    assert_eq!(titles, ["Plan 3", "Plan 2", "Plan 1"]);
    let read = client.get("CarePlan/k").await;
    let etag = read.header(header::ETAG).to_owned();
    assert_eq!(etag.len(), r#"W/"""#.len() + 36, "{etag}");
    let named = client.get("Provenance/v2").await.json();
    let second = named["entity"][0]["what"]["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(client.get(&second).await.json()["title"], "Plan 2");
    let saved = client.put("CarePlan/k", &etag, &plan("Ny")).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert_ne!(saved.header(header::ETAG), etag);
    let stale = client.put("CarePlan/k", &etag, &plan("Eldre")).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_server_may_name_no_versions_at_all() {
    let site = with(&["no-versions"]);
    let client = specialist(&site).await;
    for reply in [
        client.get("CarePlan/k").await,
        client.get("CarePlan?patient=p").await,
        client.put("CarePlan/k", "W/\"3\"", &plan("Ny")).await,
        client.post("", &transaction("W/\"4\"", "Nyere")).await,
        client.post("CarePlan", &plan("Annen")).await,
    ] {
        assert!(reply.status.is_success(), "{}", reply.text);
        let named: Vec<_> = [header::ETAG, header::LOCATION, header::CONTENT_LOCATION]
            .into_iter()
            .map(|name| reply.header(name).to_owned())
            .filter(|value| value.contains("W/") || value.contains("_history"))
            .collect();
        assert_eq!(named, Vec::<String>::new());
        for word in ["versionId", "_history", "etag"] {
            assert!(!reply.text.contains(word), "{word}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn the_etag_is_hidden_from_browsers_or_not_there() {
    for (habits, is_there, is_exposed) in [
        ([].as_slice(), true, true),
        (&["etag-hidden"], true, false),
        (&["no-etag"], false, true),
    ] {
        let site = with(habits);
        let client = specialist(&site).await;
        let origin = [(header::ORIGIN, "http://localhost:8481")];
        let reply = client
            .send(axum::http::Method::GET, "CarePlan/k", &origin, String::new())
            .await;
        assert_eq!(reply.headers.contains_key(header::ETAG), is_there, "{habits:?}");
        let exposed = reply.header(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        assert_eq!(exposed.contains("etag"), is_exposed, "{habits:?}: {exposed}");
        assert_eq!(reply.json()["meta"]["versionId"], "3", "{habits:?}");
    }
}

#[tokio::test]
async fn a_save_that_changes_nothing_may_make_no_version() {
    for (habits, version) in [([].as_slice(), "4"), (&["same-content"], "3")] {
        let site = with(habits);
        let client = specialist(&site).await;
        let saved = client.put("CarePlan/k", "W/\"3\"", &plan("Plan 3")).await.json();
        assert_eq!(saved["meta"]["versionId"], version, "{habits:?}");
        let saved = client
            .put("CarePlan/k", &format!("W/\"{version}\""), &plan("Ny"))
            .await
            .json();
        assert_ne!(saved["meta"]["versionId"], version, "{habits:?}");
    }
}

#[tokio::test]
async fn a_save_may_be_stored_otherwise_than_it_was_sent() {
    let site = with(&["cut-texts=20"]);
    let client = specialist(&site).await;
    let long = "Blåbær og fløte hver dag";
    let saved = client.put("CarePlan/k", "W/\"3\"", &plan(long)).await;
    assert_eq!(saved.status, StatusCode::OK);
    let read = client.get("CarePlan/k").await.json();
    assert_eq!(read["title"], long.chars().take(20).collect::<String>());
    client.post("", &transaction("W/\"4\"", &long.repeat(2))).await;
    assert_eq!(
        client.get("CarePlan/k").await.json()["title"]
            .as_str()
            .unwrap()
            .chars()
            .count(),
        20
    );
}
