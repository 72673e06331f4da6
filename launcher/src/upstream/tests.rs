//! The SMART layer in front of another FHIR server, which here is a small one with habits of its own.

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::Upstream;
use crate::app::Backend;
use crate::auth::sessions::Lifetimes;
use crate::testing::{Site, ids};

fn observation(id: &str, patient: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "subject": {"reference": format!("Patient/{patient}")}})
}

/// Serves two pages of Observations, one of another patient among them.
async fn site() -> Site {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/r4", listener.local_addr().unwrap());
    let own_base = base.clone();
    let search = move |RawQuery(query): RawQuery| async move {
        let query = query.unwrap_or_default();
        let entry =
            |resource: Value| json!({"fullUrl": format!("{own_base}/Observation/x"), "resource": resource});
        let next = json!([{"relation": "next", "url": format!("{own_base}?_getpages=abc")}]);
        axum::Json(json!({
            "resourceType": "Bundle", "type": "searchset", "total": 3, "link": next,
            "entry": [entry(observation("a", "p")), entry(observation("b", "other"))],
            "asked": query,
        }))
    };
    let page = |RawQuery(query): RawQuery| async move {
        assert_eq!(query.as_deref(), Some("_getpages=abc"));
        let entry = json!([{"resource": observation("c", "p")}]);
        axum::Json(json!({"resourceType": "Bundle", "type": "searchset", "entry": entry}))
    };
    let read =
        || async { ([(header::ETAG, "W/\"7\"")], axum::Json(observation("b", "other"))).into_response() };
    let refusal = || async {
        let outcome = json!({"resourceType": "OperationOutcome", "issue": [{"diagnostics": "gone away"}]});
        (StatusCode::GONE, axum::Json(outcome)).into_response()
    };
    let router = Router::new()
        .route("/r4/Observation", get(search))
        .route("/r4", get(page))
        .route("/r4/Observation/b", get(read))
        .route("/r4/Observation/gone", get(refusal))
        .route("/r4/Observation/html", get(|| async { "<html>" }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Site::on(
        Backend::Upstream(Upstream::new(&base).unwrap()),
        Lifetimes::default(),
    )
}

#[tokio::test]
async fn pages_come_under_our_address_without_other_patients() {
    let site = site().await;
    let client = site.client("lege-berg", "p", "patient/Observation.rs").await;
    let reply = client.get("Observation?code=x").await;
    let bundle = reply.json();
    assert_eq!(ids(&bundle), ["a"]);
    assert_eq!(bundle["total"], Value::Null);
    assert_eq!(
        bundle["entry"][0]["fullUrl"],
        "http://127.0.0.1:8480/fhir/Observation/x"
    );
    let next = bundle["link"][0]["url"].as_str().unwrap();
    assert!(
        next.starts_with("http://127.0.0.1:8480/fhir/Observation?"),
        "{next}"
    );
    assert_eq!(client.ids(next).await, ["c"]);
}

#[tokio::test]
async fn the_gate_stands_before_and_behind() {
    let site = site().await;
    let client = site
        .client("lege-berg", "p", "patient/Observation.rs user/Practitioner.r")
        .await;
    for (path, status) in [
        ("Observation?patient=other", 403),
        ("Observation/b", 403),
        ("CarePlan?patient=p", 403),
        ("Observation/gone", 410),
        ("Observation/html", 502),
        ("Observation/none", 404),
        ("Practitioner/lege-berg", 200),
    ] {
        let reply = client.get(path).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text);
        assert_eq!(
            reply.json()["resourceType"] == "OperationOutcome",
            status != 200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_said_not_to() {
    let upstream = Upstream::new("http://127.0.0.1:9").unwrap();
    let site = Site::on(Backend::Upstream(upstream), Lifetimes::default());
    let client = site.client("lege-berg", "p", "patient/Observation.rs").await;
    let reply = client.get("Observation").await;
    assert_eq!(reply.status, StatusCode::BAD_GATEWAY);
    assert!(reply.text.contains("cannot be reached"), "{}", reply.text);
}
