//! Each habit seen from outside, and that the imitated hosts are as they are described.

mod saving;

use axum::http::{Method, header};
use serde_json::{Value, json};

use super::gate::{KEY, KEY_HEADER};
use crate::testing::{BASE, Client, Reply, Site, ids};

const FORM: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");

fn data() -> Vec<Value> {
    let reading = |id: &str, day: &str, patient: &str| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "code": {"coding": [{"code": "x"}]},
            "subject": {"reference": format!("Patient/{patient}")}, "effectiveDateTime": day})
    };
    vec![
        json!({"resourceType": "Patient", "id": "p"}),
        reading("a", "2026-10-03", "p"),
        reading("b", "2026-10-01", "p"),
        reading("c", "2026-10-02", "p"),
        reading("d", "2026-10-02", "other"),
        json!({"resourceType": "EpisodeOfCare", "id": "e", "status": "active",
            "patient": {"reference": "Patient/p"}}),
        json!({"resourceType": "CarePlan", "id": "k", "status": "active", "intent": "plan",
            "subject": {"reference": "Patient/p"}, "goal": [{"reference": "Goal/g"}]}),
        json!({"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": {"text": "x"},
            "subject": {"reference": "Patient/p"}}),
    ]
}

fn with(habits: &[&str]) -> Site {
    Site::imitating(&data(), None, habits)
}

async fn doctor(site: &Site) -> Client<'_> {
    site.client("lege-berg", "p", "patient/*.rs").await
}

async fn ask(habits: &[&str], path: &str) -> Reply {
    let site = with(habits);
    doctor(&site).await.get(path).await
}

#[tokio::test]
async fn what_a_server_does_not_offer_is_refused() {
    for (habits, path, status) in [
        (["no-history"].as_slice(), "Observation/a/_history", 404),
        (&["no-history"], "Observation/a/_history/1", 200),
        (&["no-lastn"], "Observation/$lastn?patient=p", 404),
        (&["cap-count=2"], "Observation/$lastn?patient=p", 200),
        (&["no-elements"], "Observation?_elements=code", 200),
        (
            &["no-elements", "unknown-parameter-400"],
            "Observation?_elements=code",
            400,
        ),
        (
            &["no-elements", "unknown-parameter-422"],
            "Observation?_elements=code",
            422,
        ),
        (
            &["no-include", "unknown-parameter-422"],
            "CarePlan?_include=CarePlan:goal",
            422,
        ),
        (
            &["no-missing", "unknown-parameter-400"],
            "Observation?date:missing=true",
            400,
        ),
        (&["unknown-parameter-422"], "Observation?colour=red", 422),
        (
            &["unknown-parameter-422"],
            "Observation?code=x&date=ge2026&_sort=-date&_count=5",
            200,
        ),
        (&["unknown-parameter-outcome"], "Observation?colour=red", 200),
        (
            &["effectivedatetime", "unknown-parameter-400"],
            "Observation?date=2026",
            400,
        ),
        (
            &["effectivedatetime", "unknown-parameter-400"],
            "Observation?_sort=-date",
            400,
        ),
        (&["post-search"], "Observation?code=x", 405),
        (&["code-and-date-only"], "Observation?_sort=-date", 400),
        (&["readings-only"], "CarePlan?patient=p", 404),
        (&["few-types"], "EpisodeOfCare?patient=p", 404),
        (&["sees-everyone"], "Observation?patient=other", 200),
        (&[], "Observation?patient=other", 403),
    ] {
        assert_eq!(
            ask(habits, path).await.status.as_u16(),
            status,
            "{habits:?} {path}"
        );
    }
}

#[tokio::test]
async fn what_is_not_understood_has_no_effect() {
    for (habit, path, found) in [
        ("ignore-sort", "Observation?_sort=date", "a b c"),
        ("cap-count=2", "Observation?_sort=date&_count=500", "b c"),
        ("no-include", "CarePlan?_include=CarePlan:goal", "k"),
        (
            "effectivedatetime",
            "Observation?effectivedatetime=2026-10-02",
            "c",
        ),
        (
            "effectivedatetime",
            "Observation?_sort=-effectivedatetime",
            "a c b",
        ),
        ("sees-everyone", "Observation?_sort=date", "b c d a"),
    ] {
        assert_eq!(ids(&ask(&[habit], path).await.json()).join(" "), found, "{habit}");
    }
}

#[tokio::test]
async fn answers_show_the_habits() {
    let path = "Observation?_sort=date&_count=2&colour=red";
    for (habits, pointer, value) in [
        (["unknown-parameter-outcome"].as_slice(), "/total", json!(3)),
        (&["unknown-parameter-outcome", "total-wrong"], "/total", json!(2)),
        (
            &["unknown-parameter-outcome", "total-absent"],
            "/total",
            Value::Null,
        ),
        (
            &["unknown-parameter-outcome"],
            "/entry/2/search/mode",
            json!("outcome"),
        ),
        (
            &["unknown-parameter-outcome", "registered"],
            "/entry/0/resource/status",
            json!("registered"),
        ),
        (&["details-only"], "/issue/0/diagnostics", Value::Null),
        (&["diagnostics-only"], "/issue/0/details", Value::Null),
    ] {
        let found = ask(habits, path).await.json().pointer(pointer).cloned();
        assert_eq!(found.unwrap_or_default(), value, "{habits:?}");
    }
    assert!(
        !ask(&["no-etag"], "Patient/p")
            .await
            .headers
            .contains_key(header::ETAG)
    );
    assert!(ask(&[], "Patient/p").await.headers.contains_key(header::ETAG));
    let plain = with(&[]).get("/fhir/metadata").await.text;
    let without = with(&["no-oauth-uris"]).get("/fhir/metadata").await.text;
    assert!(plain.contains("oauth-uris") && !without.contains("oauth-uris") && without.contains("CarePlan"));
}

#[tokio::test]
async fn pages_are_followed_by_cursor_and_end_at_a_limit() {
    let site = with(&["opaque-next", "page-limit=2"]);
    let client = doctor(&site).await;
    let next = |bundle: &Value| {
        bundle
            .pointer("/link/1/url")
            .map(|url| url.as_str().unwrap().to_owned())
    };
    let first = client.get("Observation?_sort=date&_count=1").await.json();
    let second = next(&first).unwrap();
    assert!(
        second.starts_with("http://127.0.0.1:8480/fhir?_getpages="),
        "{second}"
    );
    let reply = client.get(&second).await.json();
    assert_eq!(ids(&reply), ["c"]);
    assert_eq!(client.get(&next(&reply).unwrap()).await.status.as_u16(), 400);
    assert_eq!(client.get("?_getpages=nonsense").await.status.as_u16(), 405);
}

#[tokio::test]
async fn the_issuer_may_end_in_a_slash() {
    let site = with(&["iss-slash"]);
    let found = site.get("/fhir/.well-known/smart-configuration").await.json();
    assert_eq!(found["issuer"], format!("{BASE}/"));
    let page = site.get("/gp?patient=p").await.text;
    assert!(
        page.contains("iss=http%3A%2F%2F127.0.0.1%3A8480%2Ffhir%2F&amp;launch="),
        "{page}"
    );
}

#[tokio::test]
async fn dips_is_behind_a_gateway_and_names_its_date_otherwise() {
    let site = Site::imitating(&data(), Some("dips"), &[]);
    let client = site.client("lege-berg", "p", "patient/*.read").await;
    assert_eq!(
        site.get("/fhir/.well-known/smart-configuration")
            .await
            .status
            .as_u16(),
        401
    );
    assert_eq!(client.get("Observation").await.status.as_u16(), 401);
    let key = [(header::HeaderName::from_static(KEY_HEADER), KEY)];
    for (path, status) in [
        (".well-known/smart-configuration", 404),
        ("metadata", 200),
        (
            "Observation?effectivedatetime=ge2026-10-01&_sort=-effectivedatetime&_count=500",
            200,
        ),
        ("Observation?date=ge2026-10-01", 400),
        ("Observation?colour=red", 400),
    ] {
        let reply = client.send(Method::GET, path, &key, String::new()).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text);
    }
}

#[tokio::test]
async fn gp_is_a_partial_facade_with_a_nested_patient() {
    let site = Site::imitating(&data(), Some("gp"), &[]);
    let found = site.get("/fhir/.well-known/smart-configuration").await.json();
    assert_eq!(
        found,
        json!({
            "authorization_endpoint": "/auth/authorize?kontor=bryggen",
            "token_endpoint": "/auth/token?kontor=bryggen",
        })
    );
    let token = site
        .token_for("fastlege-solheim", "p", "launch openid patient/*.rs")
        .await;
    assert_eq!(
        (&token["patient"], &token["context"]["patient"]["id"]),
        (&Value::Null, &json!("p"))
    );
    let client = site.client("fastlege-solheim", "p", "patient/*.rs").await;
    assert_eq!(client.get("Observation?code=x").await.status.as_u16(), 405);
    assert_eq!(client.get("Patient/p").await.status.as_u16(), 200);
    let body = "patient=p&_sort=date&_count=1".to_owned();
    let page = client
        .send(Method::POST, "Observation/_search", &[FORM], body)
        .await
        .json();
    assert_eq!(ids(&page), ["b"]);
    let next = page.pointer("/link/1/url").unwrap().as_str().unwrap();
    assert_eq!(client.ids(next).await, ["c"]);
}

#[tokio::test]
async fn nhn_takes_posted_searches_by_code_and_date_only() {
    let site = Site::imitating(&data(), Some("nhn"), &[]);
    let client = doctor(&site).await;
    for (body, status) in [
        ("patient=p&code=x&date=ge2026-10-02&_count=500", 200),
        ("patient=p&_sort=-date", 400),
        ("patient=p&_elements=code", 400),
    ] {
        let reply = client
            .send(Method::POST, "Observation/_search", &[FORM], body.to_owned())
            .await;
        assert_eq!(reply.status.as_u16(), status, "{body}");
        let is_registered = reply.json().pointer("/entry/0/resource/status") == Some(&json!("registered"));
        assert_eq!(is_registered, status == 200, "{body}");
    }
    let reply = client
        .send(Method::POST, "CarePlan/_search", &[FORM], String::new())
        .await;
    assert_eq!(reply.status.as_u16(), 404);
}
