//! The FHIR API through the whole site: searching, paging, writing, and a table of refusals.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use crate::testing::{Client, Site, ids};

fn observation(id: &str, patient: &str, code: &str, date: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": id, "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "subject": { "reference": format!("Patient/{patient}") },
        "effectiveDateTime": date,
        "device": { "reference": "Device/d" },
    })
}

fn plan(id: &str, patient: &str, title: &str) -> Value {
    json!({
        "resourceType": "CarePlan", "id": id, "status": "active", "intent": "plan", "title": title,
        "subject": { "reference": format!("Patient/{patient}") },
        "goal": [{ "reference": "Goal/g" }],
    })
}

fn goal(id: &str, patient: &str) -> Value {
    json!({
        "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": "x" },
        "subject": { "reference": format!("Patient/{patient}") },
    })
}

fn site() -> Site {
    let mut retracted = observation("s4", "p", "2708-6", "2026-11-01");
    retracted["status"] = "entered-in-error".into();
    let mut odd = observation("t1", "p", "x", "2026-10-01T12:00:00Z");
    odd["code"] = json!({ "text": "Egen kode" });
    Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        json!({"resourceType": "Patient", "id": "other"}),
        json!({"resourceType": "Device", "id": "d"}),
        observation("s1", "p", "2708-6", "2026-10-20T08:00:00+02:00"),
        observation("s2", "p", "2708-6", "2026-10-20"),
        observation("s3", "p", "2708-6", "2026-10-21T08:00:00+02:00"),
        retracted,
        observation("h1", "p", "8867-4", "2026-09-01T08:00:00Z"),
        odd,
        observation("x1", "other", "2708-6", "2026-10-20T08:00:00Z"),
        plan("c", "p", "Plan"),
        plan("cx", "other", "Plan"),
        goal("g", "p"),
    ])
}

const ALL: &str = "patient/*.cruds user/Practitioner.rs";

async fn doctor(site: &Site) -> Client<'_> {
    site.client("lege-berg", "p", ALL).await
}

async fn specialist(site: &Site) -> Client<'_> {
    site.client("spesialist-dahl", "p", ALL).await
}

#[tokio::test]
async fn searches_find_what_they_say() {
    let site = site();
    let client = doctor(&site).await;
    for (query, found) in [
        ("Observation?code=2708-6&_sort=date", "s2 s1 s3 s4"),
        ("Observation?code=http://loinc.org|8867-4", "h1"),
        ("Observation?code=http://snomed.info/sct|8867-4", ""),
        (
            "Observation?code=8867-4,http://loinc.org|2708-6&status=final&_sort=-date",
            "s3 s1 s2 h1",
        ),
        ("Observation?patient=Patient/p&code=8867-4", "h1"),
        ("Observation?subject=p&_id=h1,s1&_sort=-date", "s1 h1"),
        ("Observation?date=2026-10-20&_sort=date", "s2 s1"),
        ("Observation?date=2026-10&status=final&_sort=date", "t1 s2 s1 s3"),
        (
            "Observation?date=ge2026-10-20T06:00:00Z&status=final&_sort=date",
            "s2 s1 s3",
        ),
        ("Observation?date=gt2026-10-20&status=final", "s3"),
        ("Observation?date=lt2026-10-01", "h1"),
        ("Observation?date=le2026-10-01&_sort=date", "h1 t1"),
        ("Observation?date=sa2026-10-20&date=lt2026-11&_sort=date", "s3"),
        ("Observation?date=eb2026-10-01", "h1"),
        (
            "Observation?date=ne2026-10-20&status=final&_sort=date",
            "h1 t1 s3",
        ),
        ("Observation?date:missing=true", ""),
        ("Observation?date:missing=false&code=8867-4", "h1"),
        ("Observation?device=Device/d&code=8867-4", "h1"),
        ("CarePlan?goal=g&status=active", "c"),
        ("CarePlan?_include=CarePlan:goal", "c g"),
        ("Patient?_id=p", "p"),
        ("Patient", "p"),
    ] {
        assert_eq!(client.ids(query).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn a_posted_search_is_the_same_search() {
    let site = site();
    let client = doctor(&site).await;
    let kind = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
    let body = "patient=p&code=8867-4".to_owned();
    let reply = client
        .send(Method::POST, "Observation/_search", &kind, body)
        .await;
    assert_eq!(ids(&reply.json()), ["h1"]);
}

#[tokio::test]
async fn pages_go_through_everything_once_with_the_right_total() {
    let site = site();
    let client = doctor(&site).await;
    let mut path = "Observation?patient=p&_sort=-date&_count=2".to_owned();
    let mut found = Vec::new();
    loop {
        let bundle = client.get(&path).await.json();
        assert_eq!(bundle["total"], 6);
        found.extend(ids(&bundle));
        let links = bundle["link"].as_array().unwrap().clone();
        match links.iter().find(|link| link["relation"] == "next") {
            Some(next) => path = next["url"].as_str().unwrap().to_owned(),
            None => break,
        }
        assert!(
            path.starts_with("http://127.0.0.1:8480/fhir/Observation?"),
            "{path}"
        );
    }
    assert_eq!(found, ["s4", "s3", "s1", "s2", "t1", "h1"]);
    let counted = client.get("Observation?code=2708-6&_summary=count").await.json();
    assert_eq!((&counted["total"], &counted["entry"]), (&json!(4), &Value::Null));
}

#[tokio::test]
async fn the_newest_per_code_leaves_retracted_readings_out() {
    let site = site();
    let client = doctor(&site).await;
    for (query, found) in [
        ("patient=p", "t1 h1 s3"),
        ("patient=Patient/p&max=2&code=2708-6", "s3 s1"),
        ("patient=p&code=8867-4&_elements=value", "h1"),
    ] {
        let mut found_ids = client.ids(&format!("Observation/$lastn?{query}")).await;
        let mut wanted: Vec<_> = found.split(' ').collect();
        found_ids.sort();
        wanted.sort_unstable();
        assert_eq!(found_ids, wanted, "{query}");
    }
}

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

#[tokio::test]
async fn every_refusal_is_an_operation_outcome() {
    let site = site();
    let client = specialist(&site).await;
    let json = "application/fhir+json";
    let plan = |patient: &str| plan("c", patient, "Ny").to_string();
    for (method, path, name, value, body, status) in [
        (
            Method::GET,
            "Observation/x1",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Observation/x1/_history",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Patient/other",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Patient/unheard-of",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Observation?patient=other",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Observation?subject=Patient/other",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Observation/$lastn?patient=other",
            header::ACCEPT,
            "*/*",
            String::new(),
            403,
        ),
        (
            Method::GET,
            "Observation/$lastn",
            header::ACCEPT,
            "*/*",
            String::new(),
            400,
        ),
        (
            Method::GET,
            "Observation?_page=xyz",
            header::ACCEPT,
            "*/*",
            String::new(),
            400,
        ),
        (
            Method::GET,
            "Observation?colour=red",
            header::ACCEPT,
            "*/*",
            String::new(),
            400,
        ),
        (
            Method::GET,
            "Observation/none",
            header::ACCEPT,
            "*/*",
            String::new(),
            404,
        ),
        (
            Method::GET,
            "Observation/s1/_history/9",
            header::ACCEPT,
            "*/*",
            String::new(),
            404,
        ),
        (Method::GET, "Nonsense", header::ACCEPT, "*/*", String::new(), 404),
        (
            Method::GET,
            "Observation/$stats",
            header::ACCEPT,
            "*/*",
            String::new(),
            404,
        ),
        (
            Method::GET,
            "Observation/s1/x/y/z",
            header::ACCEPT,
            "*/*",
            String::new(),
            404,
        ),
        (
            Method::DELETE,
            "Observation/s1",
            header::ACCEPT,
            "*/*",
            String::new(),
            405,
        ),
        (
            Method::PUT,
            "Observation",
            header::CONTENT_TYPE,
            json,
            String::new(),
            405,
        ),
        (Method::GET, "", header::ACCEPT, "*/*", String::new(), 405),
        (
            Method::GET,
            "Patient/p",
            header::ACCEPT,
            "application/fhir+xml",
            String::new(),
            406,
        ),
        (
            Method::PUT,
            "CarePlan/c",
            header::CONTENT_TYPE,
            "text/plain",
            plan("p"),
            415,
        ),
        (
            Method::PUT,
            "CarePlan/c",
            header::CONTENT_TYPE,
            json,
            "{".to_owned(),
            400,
        ),
        (
            Method::PUT,
            "CarePlan/d",
            header::CONTENT_TYPE,
            json,
            plan("p"),
            400,
        ),
        (Method::PUT, "Goal/c", header::CONTENT_TYPE, json, plan("p"), 400),
        (
            Method::PUT,
            "CarePlan/c",
            header::CONTENT_TYPE,
            json,
            plan("other"),
            403,
        ),
        (
            Method::PUT,
            "CarePlan/c",
            header::CONTENT_TYPE,
            json,
            r#"{"resourceType":"CarePlan"}"#.into(),
            422,
        ),
        (
            Method::POST,
            "Observation/_search",
            header::CONTENT_TYPE,
            json,
            "{}".to_owned(),
            415,
        ),
        (Method::POST, "", header::CONTENT_TYPE, json, plan("p"), 400),
        (
            Method::POST,
            "",
            header::CONTENT_TYPE,
            json,
            "x".repeat(17 << 20),
            413,
        ),
    ] {
        let reply = client.send(method.clone(), path, &[(name, value)], body).await;
        assert_eq!(reply.status.as_u16(), status, "{method} {path}: {}", reply.text);
        assert_eq!(
            reply.json()["resourceType"],
            "OperationOutcome",
            "{method} {path}"
        );
        assert!(
            reply.json()["issue"][0]["details"]["text"].is_string(),
            "{method} {path}"
        );
        assert_eq!(reply.headers.contains_key(header::ALLOW), status == 405);
    }
    for authorization in ["", "Bearer", "Bearer unknown", "Basic abc"] {
        let request = Request::get("/fhir/Patient/p").header(header::AUTHORIZATION, authorization);
        let reply = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        assert!(reply.headers.contains_key(header::WWW_AUTHENTICATE));
        assert_eq!(reply.json()["resourceType"], "OperationOutcome");
    }
}

#[tokio::test]
async fn what_is_not_granted_is_refused() {
    let site = site();
    let reader = site.client("sykepleier-lie", "p", ALL).await;
    assert_eq!(reader.get("CarePlan/c").await.status, StatusCode::OK);
    let saved = reader.put("CarePlan/c", "W/\"1\"", &plan("c", "p", "Ny")).await;
    assert_eq!(saved.status, StatusCode::FORBIDDEN);
    let narrow = site.client("lege-berg", "p", "patient/Observation.s").await;
    assert_eq!(narrow.get("Observation").await.status, StatusCode::OK);
    for path in [
        "Observation/s1",
        "CarePlan",
        "Patient/p",
        "Practitioner/lege-berg",
        "Device/d",
    ] {
        assert_eq!(narrow.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let included = narrow
        .get("Observation?_include=Observation:device&code=8867-4")
        .await
        .json();
    assert_eq!(ids(&included), ["h1"]);
}

#[tokio::test]
async fn open_documents_need_no_token_and_everything_may_be_asked_across_origins() {
    let site = site();
    let statement = site.get("/fhir/metadata").await;
    assert_eq!(statement.json()["resourceType"], "CapabilityStatement");
    let request = Request::get("/fhir/metadata").header(header::ORIGIN, "http://localhost:8481");
    let reply = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    let exposed = reply.header(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    assert!(
        ["etag", "location", "content-location"]
            .iter()
            .all(|name| exposed.contains(name)),
        "{exposed}"
    );
    let request = Request::options("/fhir/Observation")
        .header(header::ORIGIN, "http://localhost:8481")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization");
    let reply = site.send(request.body(Body::empty()).unwrap()).await;
    assert!(
        reply.status.is_success()
            && reply
                .header(header::ACCESS_CONTROL_ALLOW_HEADERS)
                .contains("authorization")
    );
}
