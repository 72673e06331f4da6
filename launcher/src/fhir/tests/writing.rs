//! Saves, new resources and transactions.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::*;
use crate::fhir::call::IF_NONE_EXIST;

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

fn provenance(patient: &str, entity: &str) -> Value {
    json!({
        "resourceType": "Provenance", "recorded": "2026-11-22T10:00:00Z",
        "target": [{"reference": "CarePlan/c"}, {"reference": format!("Patient/{patient}")}],
        "agent": [{"who": {"reference": "Practitioner/spesialist-dahl"}}],
        "entity": [{"role": "source", "what": {"reference": entity}}],
    })
}

#[tokio::test]
async fn a_transaction_is_done_whole_with_its_references_resolved() {
    let site = site();
    let client = specialist(&site).await;
    let entries = [
        ("PUT", "CarePlan/c", plan("c", "p", "Ny")),
        ("POST", "Goal", goal("x", "p")),
        ("POST", "Provenance", provenance("p", "urn:uuid:Goal")),
    ];
    let reply = client.post("", &posted("transaction", &entries)).await.json();
    assert_eq!(reply["type"], "transaction-response");
    assert_eq!(reply["entry"][0]["response"]["etag"], "W/\"2\"");
    let moments = [0, 1, 2].map(|n: usize| reply["entry"][n]["response"]["lastModified"].clone());
    assert!(moments.iter().all(|moment| *moment == moments[0]), "{moments:?}");
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
        (
            ("POST", "Provenance", provenance("other", "Goal/g")),
            StatusCode::FORBIDDEN,
        ),
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

#[tokio::test]
async fn who_may_create_and_not_update_may_only_suggest() {
    let site = site();
    let with = |mut resource: Value, changes: Value| {
        for (name, value) in changes.as_object().unwrap() {
            resource[name] = value.clone();
        }
        resource
    };
    let draft = json!({"intent": "proposal", "status": "draft"});
    for (rtype, resource, doctor, gp, specialist) in [
        ("CarePlan", plan("x", "p", "Plan"), 403, 403, 201),
        (
            "CarePlan",
            with(plan("x", "p", "Forslag"), draft.clone()),
            403,
            201,
            201,
        ),
        (
            "CarePlan",
            with(plan("x", "other", "Forslag"), draft),
            403,
            403,
            403,
        ),
        (
            "CarePlan",
            with(plan("x", "p", "Forslag"), json!({"intent": "proposal"})),
            403,
            403,
            201,
        ),
        ("Goal", goal("x", "p"), 403, 403, 201),
        (
            "Goal",
            with(goal("x", "p"), json!({"lifecycleStatus": "proposed"})),
            403,
            201,
            201,
        ),
        ("Provenance", provenance("p", "Goal/g"), 403, 201, 201),
        ("Observation", observation("x", "p", "1", "2026"), 403, 403, 403),
    ] {
        for (user, status) in [
            ("lege-berg", doctor),
            ("sykepleier-lie", doctor),
            ("fastlege-solheim", gp),
            ("spesialist-dahl", specialist),
        ] {
            let client = site.client(user, "p", ALL).await;
            let reply = client.post(rtype, &resource).await;
            assert_eq!(reply.status.as_u16(), status, "{user} {rtype}: {}", reply.text);
        }
    }
    for (user, status) in [
        ("lege-berg", 403),
        ("sykepleier-lie", 403),
        ("fastlege-solheim", 403),
        ("spesialist-vik", 200),
    ] {
        let client = site.client(user, "p", ALL).await;
        let reply = client.put("CarePlan/c", "W/\"1\"", &plan("c", "p", "Ny")).await;
        assert_eq!(reply.status.as_u16(), status, "{user}: {}", reply.text);
    }
}

#[tokio::test]
async fn what_is_created_once_is_there_once() {
    let site = site();
    let client = specialist(&site).await;
    let named = |id: &str| {
        let mut plan = plan("x", "p", "Forslag");
        plan["identifier"] = json!([{"system": "urn:x", "value": id}]);
        plan
    };
    let post = async |id: &str, condition: &str| {
        let headers = [
            (header::CONTENT_TYPE, "application/fhir+json"),
            (IF_NONE_EXIST, condition),
        ];
        client
            .send(Method::POST, "CarePlan", &headers, named(id).to_string())
            .await
    };
    let first = post("1", "identifier=urn:x|1").await;
    let again = post("1", "identifier=urn:x|1").await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::OK)
    );
    assert_eq!(first.json(), again.json());
    for (condition, status) in [
        ("", 400),
        ("colour=red", 400),
        ("status=active", 412),
        ("patient=other", 403),
    ] {
        let reply = post("2", condition).await;
        assert_eq!(reply.status.as_u16(), status, "{condition}: {}", reply.text);
    }
    let mut bundle = posted(
        "transaction",
        &[
            ("POST", "CarePlan", named("1")),
            ("POST", "Provenance", provenance("p", "urn:uuid:CarePlan")),
        ],
    );
    bundle["entry"][0]["request"]["ifNoneExist"] = "identifier=urn:x|1".into();
    let reply = client.post("", &bundle).await.json();
    assert_eq!(reply["entry"][0]["response"]["status"], "200 OK");
    let found = client
        .get("CarePlan?identifier=urn:x|1&_revinclude=Provenance:entity")
        .await
        .json();
    assert_eq!(found["total"], 1);
    assert_eq!(found["entry"][1]["resource"]["resourceType"], "Provenance");
}

#[tokio::test]
async fn a_resource_refers_to_nothing_that_its_patient_does_not_have() {
    let site = site();
    let client = specialist(&site).await;
    for (reference, status) in [
        ("Goal/g", 200),
        ("http://127.0.0.1:8480/fhir/Goal/g", 200),
        ("https://elsewhere.example/fhir/Goal/g", 200),
        ("Practitioner/spesialist-dahl", 200),
        ("Goal/nowhere", 422),
        ("http://127.0.0.1:8480/fhir/Goal/nowhere", 422),
        ("Observation/x1", 422),
        ("Patient/other", 422),
        ("urn:uuid:nothing", 422),
        ("nonsense", 422),
    ] {
        let mut plan = plan("c", "p", "Ny");
        plan["goal"] = json!([{ "reference": reference }]);
        let version = client.get("CarePlan/c").await.header(header::ETAG).to_owned();
        let reply = client.put("CarePlan/c", &version, &plan).await;
        assert_eq!(reply.status.as_u16(), status, "{reference}: {}", reply.text);
    }
    // A Provenance that does not name the patient is nobody's.
    let mut of_plan_only = provenance("p", "Goal/g");
    of_plan_only["target"].as_array_mut().unwrap().pop();
    assert_eq!(
        client.post("Provenance", &of_plan_only).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_stale_save_in_a_transaction_changes_nothing() {
    let site = site();
    let client = specialist(&site).await;
    let entries = [
        ("POST", "Goal", goal("x", "p")),
        ("PUT", "CarePlan/c", plan("c", "p", "Ny")),
    ];
    let bundle = posted("transaction", &entries);
    assert_eq!(client.post("", &bundle).await.status, StatusCode::OK);
    let stale = client.post("", &bundle).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text);
    assert_eq!(client.ids("Goal?patient=p").await.len(), 2);
}
