//! The rules of SMART App State, each with what breaks it.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use crate::testing::{BASE, Reply, Site};

const CODE: &str = "https://dho-viewer.example/state";

fn state(subject: &str) -> Value {
    json!({
        "resourceType": "Basic",
        "code": { "coding": [{ "system": CODE, "code": "preferences" }] },
        "subject": { "reference": format!("{BASE}/{subject}") },
        "extension": [{ "url": "https://dho-viewer.example/state/v1", "valueString": "{\"days\":90}" }],
    })
}

struct User<'s> {
    site: &'s Site,
    token: String,
}

async fn user<'s>(site: &'s Site, id: &str) -> User<'s> {
    user_with(site, id, "launch patient/*.rs user/Basic.cuds").await
}

async fn user_with<'s>(site: &'s Site, id: &str, scope: &str) -> User<'s> {
    let token = site.token_for(id, "p", scope).await;
    let token = token["access_token"].as_str().unwrap().to_owned();
    User { site, token }
}

impl User<'_> {
    async fn send(&self, method: Method, path: &str, etag: Option<&str>, body: &Value) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/appstate/{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if let Some(etag) = etag {
            request = request.header(header::IF_MATCH, etag);
        }
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.site.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn keep(&self, body: &Value) -> Reply {
        self.send(Method::POST, "Basic", None, body).await
    }

    async fn found(&self, subject: &str) -> Value {
        let path = format!("Basic?code={CODE}|preferences&subject={BASE}/{subject}");
        self.send(Method::GET, &path, None, &Value::Null).await.json()
    }
}

#[tokio::test]
async fn what_a_user_keeps_is_found_changed_and_removed_again() {
    let site = Site::with(&[]);
    let berg = user(&site, "lege-berg").await;
    assert_eq!(berg.found("Practitioner/lege-berg").await["total"], 0);
    let created = berg.keep(&state("Practitioner/lege-berg")).await;
    assert_eq!(created.status.as_u16(), 201, "{}", created.text);
    let mut kept = created.json();
    assert_eq!(
        (created.header(header::ETAG), &kept["meta"]["versionId"]),
        ("W/\"1\"", &json!("1"))
    );
    let id = kept["id"].as_str().unwrap().to_owned();
    assert!(
        created
            .header(header::LOCATION)
            .ends_with(&format!("/appstate/Basic/{id}"))
    );

    kept["extension"][0]["valueString"] = json!("{\"days\":30}");
    let place = format!("Basic/{id}");
    let updated = berg.send(Method::PUT, &place, Some("W/\"1\""), &kept).await;
    assert_eq!(
        (updated.status.as_u16(), updated.header(header::ETAG)),
        (200, "W/\"2\"")
    );
    for (etag, status) in [(Some("W/\"1\""), 412), (None, 400), (Some("2"), 400)] {
        let reply = berg.send(Method::PUT, &place, etag, &kept).await;
        assert_eq!(reply.status.as_u16(), status, "{etag:?}");
    }
    let mut moved = kept.clone();
    moved["code"]["coding"][0]["code"] = json!("other");
    assert_eq!(
        berg.send(Method::PUT, &place, Some("W/\"2\""), &moved)
            .await
            .status
            .as_u16(),
        412
    );

    let found = berg.found("Practitioner/lege-berg").await;
    assert_eq!(
        found["entry"][0]["resource"]["extension"][0]["valueString"],
        "{\"days\":30}"
    );
    assert_eq!(berg.found("Patient/p").await["total"], 0);

    assert_eq!(
        berg.send(Method::DELETE, &place, Some("W/\"1\""), &Value::Null)
            .await
            .status
            .as_u16(),
        412
    );
    assert_eq!(
        berg.send(Method::DELETE, &place, Some("W/\"2\""), &Value::Null)
            .await
            .status
            .as_u16(),
        204
    );
    assert_eq!(
        berg.send(Method::PUT, &place, Some("W/\"2\""), &kept)
            .await
            .status
            .as_u16(),
        412
    );
}

#[tokio::test]
async fn what_is_no_state_of_this_app_and_user_is_refused() {
    let site = Site::with(&[]);
    let berg = user(&site, "lege-berg").await;
    let with = |change: fn(&mut Value)| {
        let mut body = state("Practitioner/lege-berg");
        change(&mut body);
        body
    };
    for (what, body, status) in [
        ("as it should be", with(|_| {}), 201),
        ("another user", state("Practitioner/lege-vik"), 403),
        ("another patient", state("Patient/other"), 403),
        (
            "nobody",
            with(|b| drop(b.as_object_mut().unwrap().remove("subject"))),
            403,
        ),
        (
            "a relative subject",
            with(|b| b["subject"]["reference"] = json!("Patient/p")),
            422,
        ),
        (
            "another app",
            with(|b| b["code"]["coding"][0]["system"] = json!("https://other.example")),
            403,
        ),
        (
            "two codes",
            with(|b| b["code"]["coding"] = json!([{ "code": "a" }, { "code": "b" }])),
            422,
        ),
        (
            "no code",
            with(|b| drop(b.as_object_mut().unwrap().remove("code"))),
            422,
        ),
        ("an id", with(|b| b["id"] = json!("x")), 422),
        (
            "a version",
            with(|b| b["meta"] = json!({ "versionId": "1" })),
            422,
        ),
        (
            "another extension",
            with(|b| b["extension"][0] = json!({ "url": "u", "valueInteger": 1 })),
            422,
        ),
        (
            "another type",
            with(|b| b["resourceType"] = json!("Patient")),
            400,
        ),
        (
            "too large",
            with(|b| b["extension"][0]["valueString"] = json!("x".repeat(300_000))),
            413,
        ),
    ] {
        assert_eq!(berg.keep(&body).await.status.as_u16(), status, "{what}");
    }
    for path in [
        "Basic",
        "Basic?code=https://dho-viewer.example/state|preferences",
        "Basic?subject=x",
    ] {
        assert_eq!(
            berg.send(Method::GET, path, None, &Value::Null)
                .await
                .status
                .as_u16(),
            400,
            "{path}"
        );
    }
    let vik = user(&site, "spesialist-vik").await;
    let path = format!("Basic?code={CODE}|preferences&subject={BASE}/Practitioner/lege-berg");
    assert_eq!(
        vik.send(Method::GET, &path, None, &Value::Null)
            .await
            .status
            .as_u16(),
        403
    );
    assert_eq!(site.get("/appstate/Basic?code=x").await.status.as_u16(), 401);
}

#[tokio::test]
async fn the_journal_says_where_settings_are_kept_if_it_keeps_any() {
    let plain = Site::imitating(&[], None, &[])
        .get("/fhir/.well-known/smart-configuration")
        .await
        .json();
    assert_eq!(plain["smart_app_state_endpoint"], Value::Null);
    let site = Site::imitating(&[], None, &["app-state"]);
    let told = site.get("/fhir/.well-known/smart-configuration").await.json();
    assert_eq!(told["smart_app_state_endpoint"], "http://127.0.0.1:8480/appstate");
    assert!(
        told["capabilities"]
            .as_array()
            .unwrap()
            .contains(&json!("smart-app-state"))
    );
    let associated = told["associated_endpoints"].as_array().unwrap();
    assert!(
        associated
            .iter()
            .any(|place| place["capabilities"] == json!(["smart-app-state"]))
    );
}

#[tokio::test]
async fn nothing_is_kept_without_the_scope_for_it() {
    let site = Site::with(&[]);
    for (scope, found, kept) in [
        ("launch patient/*.rs", 403, 403),
        ("launch patient/*.cruds", 403, 403),
        ("launch user/Basic.s", 200, 403),
        ("launch user/Basic.read user/Basic.write", 200, 201),
    ] {
        let user = user_with(&site, "lege-berg", scope).await;
        let path = format!("Basic?code={CODE}|preferences&subject={BASE}/Practitioner/lege-berg");
        let search = user.send(Method::GET, &path, None, &Value::Null).await;
        let creation = user.keep(&state("Practitioner/lege-berg")).await;
        assert_eq!(
            (search.status.as_u16(), creation.status.as_u16()),
            (found, kept),
            "{scope}"
        );
    }
}
