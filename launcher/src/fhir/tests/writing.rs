//! Saves, new resources and transactions.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn a_save_needs_the_version_it_changes() {
    let site = site();
    let client = specialist(&site).await;
    let read = client.get("CarePlan/c").await;
    assert_eq!(read.header(header::ETAG), "W/\"1\"");
    assert!(read.headers.contains_key(header::LAST_MODIFIED));
    let saved = client.put("CarePlan/c", "W/\"1\"", &plan("c", "p", "Ny")).await;
    assert_eq!(
        (saved.status, saved.header(header::ETAG)),
        (StatusCode::OK, "W/\"2\"")
    );
    assert_eq!(saved.json()["meta"]["versionId"], "2");
    let stale = client
        .put("CarePlan/c", "W/\"1\"", &plan("c", "p", "Eldre"))
        .await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(client.get("CarePlan/c").await.json()["title"], "Ny");
    assert_eq!(client.get("CarePlan/c/_history/1").await.json()["title"], "Plan");
    let history = client.get("CarePlan/c/_history").await.json();
    assert_eq!(
        (
            history["type"].as_str(),
            history["entry"].as_array().unwrap().len()
        ),
        (Some("history"), 2)
    );
    assert_eq!(history["entry"][0]["resource"]["title"], "Ny");
}

#[tokio::test]
async fn a_new_resource_gets_its_id_and_place() {
    let site = site();
    let client = specialist(&site).await;
    let reply = client.post("Goal", &goal("mine", "p")).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    let place = reply.header(header::LOCATION).to_owned();
    assert!(
        place.starts_with("http://127.0.0.1:8480/fhir/Goal/") && !place.contains("mine"),
        "{place}"
    );
    assert_eq!(client.get(&place).await.json()["id"], reply.json()["id"]);
}

fn posted(kind: &str, entries: &[(&str, &str, Value)]) -> Value {
    let entry = |(method, url, resource): &(&str, &str, Value)| {
        let mut request = json!({"method": method, "url": url});
        if *method == "PUT" {
            request["ifMatch"] = "W/\"1\"".into();
        }
        json!({"fullUrl": format!("urn:uuid:{url}"), "resource": resource, "request": request})
    };
    let entries: Vec<_> = entries.iter().map(entry).collect();
    json!({"resourceType": "Bundle", "type": kind, "entry": entries})
}

fn provenance(patient: &str) -> Value {
    json!({
        "resourceType": "Provenance", "recorded": "2026-11-22T10:00:00Z",
        "target": [{"reference": "CarePlan/c"}, {"reference": format!("Patient/{patient}")}],
        "agent": [{"who": {"reference": "Practitioner/spesialist-dahl"}}],
        "entity": [{"role": "source", "what": {"reference": "urn:uuid:Goal"}}],
    })
}

#[tokio::test]
async fn a_transaction_is_done_whole_with_its_references_resolved() {
    let site = site();
    let client = specialist(&site).await;
    let entries = [
        ("PUT", "CarePlan/c", plan("c", "p", "Ny")),
        ("POST", "Goal", goal("x", "p")),
        ("POST", "Provenance", provenance("p")),
    ];
    let reply = client.post("", &posted("transaction", &entries)).await.json();
    assert_eq!(reply["type"], "transaction-response");
    assert_eq!(reply["entry"][0]["response"]["etag"], "W/\"2\"");
    let new_goal = reply["entry"][1]["response"]["location"].as_str().unwrap();
    let found = client.get("Provenance?patient=p&target=CarePlan/c").await.json();
    let source = found["entry"][0]["resource"]["entity"][0]["what"]["reference"]
        .as_str()
        .unwrap();
    assert!(
        new_goal.starts_with(&format!("{source}/_history/")),
        "{new_goal} {source}"
    );
}

#[tokio::test]
async fn a_transaction_with_one_bad_entry_changes_nothing() {
    let site = site();
    let client = specialist(&site).await;
    for (bad, status) in [
        (("POST", "Provenance", provenance("other")), StatusCode::FORBIDDEN),
        (
            ("PUT", "CarePlan/cx", plan("cx", "other", "Ny")),
            StatusCode::FORBIDDEN,
        ),
        (
            ("POST", "Observation", observation("n", "p", "1", "2026")),
            StatusCode::FORBIDDEN,
        ),
        (
            ("POST", "Goal", json!({"resourceType": "Goal"})),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (("DELETE", "CarePlan/c", Value::Null), StatusCode::BAD_REQUEST),
    ] {
        let reply = client
            .post(
                "",
                &posted("transaction", &[("PUT", "CarePlan/c", plan("c", "p", "Ny")), bad]),
            )
            .await;
        assert_eq!(reply.status, status, "{}", reply.text);
        assert!(reply.text.contains("entry 2"), "{}", reply.text);
        assert_eq!(client.get("CarePlan/c").await.json()["title"], "Plan");
    }
    let both = [
        ("PUT", "CarePlan/c", plan("c", "p", "Ny")),
        ("PUT", "CarePlan/cx", plan("cx", "other", "Ny")),
    ];
    let reply = client.post("", &posted("batch", &both)).await.json();
    assert_eq!(reply["entry"][0]["response"]["status"], "200 OK");
    assert_eq!(reply["entry"][1]["response"]["status"], "403");
}
