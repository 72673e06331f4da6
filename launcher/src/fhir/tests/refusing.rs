//! What is refused, and how.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use super::*;

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
