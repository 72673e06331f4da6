//! Each fault as the module meets it, and the document that sets them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::testing::{Client, Site};

const SCOPE: &str = "launch openid fhirUser online_access patient/*.rs";

fn site() -> Site {
    let reading = |id: &str| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "code": {},
        "subject": {"reference": "Patient/p"}})
    };
    Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        reading("a"),
        reading("b"),
    ])
}

async fn document(site: &Site, method: Method, body: &Value) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri("/faults");
    let reply = site
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await;
    (reply.status, reply.text)
}

async fn set(site: &Site, body: Value) {
    let (status, text) = document(site, Method::PUT, &body).await;
    assert_eq!(status, StatusCode::OK, "{text}");
}

async fn fault(site: &Site, on: &str, fault: &str) {
    set(site, json!({ "faults": [{ "on": on, "fault": fault }] })).await;
}

async fn doctor(site: &Site) -> Client<'_> {
    site.client("lege-berg", "p", "patient/*.rs").await
}

fn claims(token: &Value, part: usize) -> Value {
    let part = token["id_token"].as_str().unwrap().split('.').nth(part).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn what_is_no_fault_is_refused_by_name() {
    let site = site();
    let one = |fault: Value| json!({ "faults": [fault] });
    for (body, named) in [
        (json!(7), "7"),
        (json!({ "fault": [] }), "fault"),
        (one(json!({ "on": "Observation" })), "fault"),
        (one(json!({ "on": "observation", "fault": "503" })), "observation"),
        (one(json!({ "on": "any", "fault": "504" })), "504"),
        (one(json!({ "on": "any", "fault": "delay" })), "ms"),
        (one(json!({ "on": "any", "fault": "503", "ms": 1 })), "ms"),
        (one(json!({ "on": "token", "fault": "wrong-state" })), "faults[0]"),
        (one(json!({ "on": "any", "fault": "503", "wrong": 1 })), "wrong"),
    ] {
        let (status, text) = document(&site, Method::PUT, &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(text.contains(named), "{body}: {text}");
    }
}

#[tokio::test]
async fn a_fault_happens_as_often_as_said_and_only_where_it_is_set() {
    let site = site();
    let client = doctor(&site).await;
    let one = json!({ "on": "Observation", "match": "code=x", "fault": "503", "retryAfter": 2, "times": 1 });
    set(&site, json!({ "faults": [one] })).await;
    for (path, status) in [
        ("Observation", 200),
        ("Patient/p", 200),
        ("Observation?code=x", 503),
        ("Observation?code=x", 200),
    ] {
        assert_eq!(client.get(path).await.status.as_u16(), status, "{path}");
    }
    let (_, text) = document(&site, Method::GET, &Value::Null).await;
    let shown: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(shown["faults"][0]["hits"], 1);
    assert_eq!(shown["faults"][0]["match"], "code=x");
    let (_, text) = document(&site, Method::DELETE, &Value::Null).await;
    assert!(!text.contains("503"), "{text}");
}

#[tokio::test]
async fn a_posted_search_is_matched_by_its_body() {
    let site = site();
    let client = doctor(&site).await;
    set(
        &site,
        json!({ "faults": [{ "on": "Observation", "match": "code=x", "fault": "403" }] }),
    )
    .await;
    let kind = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
    for (body, status) in [("code=x", 403), ("code=y", 200)] {
        let reply = client
            .send(Method::POST, "Observation/_search", &kind, body.to_owned())
            .await;
        assert_eq!(reply.status.as_u16(), status, "{body}");
    }
}

#[tokio::test]
async fn refusals_are_said_in_the_words_of_the_endpoint() {
    let site = site();
    let client = doctor(&site).await;
    for (status, code) in [
        (401, "login"),
        (403, "forbidden"),
        (429, "throttled"),
        (503, "transient"),
    ] {
        set(
            &site,
            json!({ "faults": [{ "on": "any", "fault": status.to_string(), "retryAfter": 7 }] }),
        )
        .await;
        let reply = client.get("Observation").await;
        assert_eq!(reply.status.as_u16(), status);
        assert_eq!(reply.json()["issue"][0]["code"], code);
        assert_eq!(reply.header(header::RETRY_AFTER), "7");
        assert_eq!(reply.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
        let token = site.token("any", &[]).await;
        assert_eq!(token.status.as_u16(), status);
        assert!(token.json()["error"].is_string());
        let found = site.get("/fhir/.well-known/smart-configuration").await;
        assert_eq!(found.status.as_u16(), status);
    }
}

#[tokio::test]
async fn answers_can_be_cut_or_be_something_else() {
    let site = site();
    let client = doctor(&site).await;
    let whole = client.get("Observation").await.text;
    fault(&site, "Observation", "truncated").await;
    assert_eq!(client.get("Observation").await.text, whole[..whole.len() / 2]);
    fault(&site, "Observation", "html").await;
    let page = client.get("Observation").await;
    assert!(page.status.is_success() && page.text.starts_with("<!doctype html>"));
    fault(&site, "Observation", "foreign-next").await;
    let links = client.get("Observation").await.json()["link"].clone();
    assert!(
        links[1]["url"]
            .as_str()
            .unwrap()
            .starts_with("https://elsewhere.example/"),
        "{links}"
    );
    fault(&site, "Observation", "other-patient").await;
    let entries = client.get("Observation").await.json()["entry"].clone();
    assert_eq!(
        entries[0]["resource"]["subject"]["reference"],
        "Patient/noen-andre"
    );
    assert_eq!(entries[1]["resource"]["subject"]["reference"], "Patient/p");
    fault(&site, "Patient", "other-patient").await;
    assert_eq!(client.get("Patient/p").await.json()["id"], "noen-andre");
}

#[tokio::test]
async fn delays_add_up_before_the_answer() {
    let site = site();
    let client = doctor(&site).await;
    let delay = json!({ "on": "any", "fault": "delay", "ms": 30 });
    set(&site, json!({ "faults": [delay, delay] })).await;
    let start = std::time::Instant::now();
    assert_eq!(client.get("Observation").await.status, StatusCode::OK);
    assert!(start.elapsed().as_millis() >= 60);
}

/// The site behind a real port, for what cannot be seen without a connection.
async fn listening(site: &Site) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let service = crate::site::router(std::sync::Arc::clone(&site.app))
        .into_make_service_with_connect_info::<super::connection::Connection>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let _ = rustls::crypto::ring::default_provider().install_default();
    origin
}

#[tokio::test]
async fn a_dropped_connection_ends_without_an_answer() {
    let site = site();
    fault(&site, "metadata", "drop").await;
    let address = format!("{}/fhir/metadata", listening(&site).await);
    let failed = reqwest::get(&address).await.unwrap_err();
    assert!(failed.is_request(), "{failed:?}");
    assert_eq!(site.app.faults.document().faults[0].hits, 1);
}

#[tokio::test]
async fn what_a_browser_repeats_by_itself_at_once_is_not_answered_either() {
    let site = site();
    let once = json!({ "faults": [{ "on": "metadata", "fault": "drop", "times": 1 }] });
    set(&site, once).await;
    let address = format!("{}/fhir/metadata", listening(&site).await);
    for _ in 0..2 {
        let failed = reqwest::get(&address).await.unwrap_err();
        assert!(failed.is_request(), "{failed:?}");
    }
    assert_eq!(site.app.faults.document().faults[0].hits, 1);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(reqwest::get(&address).await.unwrap().status().is_success());
}

#[tokio::test]
async fn a_lost_answer_is_to_something_that_was_done() {
    let site = site();
    let scope = "launch patient/Goal.crus";
    let token = site.token_for("spesialist-dahl", "p", scope).await;
    fault(&site, "Goal", "lost-answer").await;
    let address = format!("{}/fhir/Goal", listening(&site).await);
    let goal = json!({
        "resourceType": "Goal", "lifecycleStatus": "active", "description": {"text": "x"},
        "subject": {"reference": "Patient/p"},
    });
    let posted = reqwest::Client::new()
        .post(&address)
        .bearer_auth(token["access_token"].as_str().unwrap())
        .header(header::CONTENT_TYPE, "application/fhir+json")
        .body(goal.to_string());
    assert!(posted.send().await.unwrap_err().is_request());
    assert_eq!(site.app.faults.document().faults[0].hits, 1);
    site.send(Request::delete("/faults").body(Body::empty()).unwrap())
        .await;
    let client = site.client("spesialist-dahl", "p", "patient/Goal.s").await;
    assert_eq!(client.ids("Goal?patient=p").await.len(), 1);
}

#[tokio::test]
async fn the_way_back_from_the_authorization_can_be_wrong() {
    let site = site();
    for (name, in_state, in_iss) in [
        ("wrong-state", false, true),
        ("no-state", false, true),
        ("wrong-iss", true, false),
    ] {
        fault(&site, "authorize", name).await;
        let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
        assert_eq!(
            answer.get("state").is_some_and(|state| state == "s1"),
            in_state,
            "{name}"
        );
        assert_eq!(answer.contains_key("state"), name != "no-state", "{name}");
        assert_eq!(answer["iss"] == crate::testing::BASE, in_iss, "{name}");
        assert!(answer.contains_key("code"), "{name}");
    }
}

#[tokio::test]
async fn the_id_token_can_be_wrong_in_one_thing() {
    let site = site();
    let good = site.token_for("lege-berg", "p", SCOPE).await;
    assert_eq!(
        (&claims(&good, 0)["alg"], &claims(&good, 1)["nonce"]),
        (&json!("ES256"), &json!("n1"))
    );
    for name in ["alg-none", "bad-signature", "wrong-nonce", "expired-id-token"] {
        fault(&site, "token", name).await;
        let token = site.token_for("lege-berg", "p", SCOPE).await;
        let (head, body) = (claims(&token, 0), claims(&token, 1));
        assert_eq!(head["alg"] == "none", name == "alg-none", "{name}");
        assert_eq!(body["nonce"] != "n1", name == "wrong-nonce", "{name}");
        let is_over = body["exp"].as_i64() < Some(crate::fhir::dates::now() / 1000);
        assert_eq!(is_over, name == "expired-id-token", "{name}");
        assert_eq!(token["patient"], "p", "{name}");
    }
}

#[tokio::test]
async fn a_code_can_have_expired() {
    let site = site();
    let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
    fault(&site, "token", "expired-code").await;
    let reply = site.token(&answer["code"], &[]).await;
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );
}

#[tokio::test]
async fn tokens_live_and_rotate_as_set() {
    let site = site();
    set(&site, json!({ "tokens": { "seconds": 5, "rotate": false } })).await;
    let token = site.token_for("lege-berg", "p", SCOPE).await;
    assert_eq!(token["expires_in"], 5);
    let refresh = token["refresh_token"].as_str().unwrap();
    let client = "dho-viewer";
    let tokens = site.app.faults.tokens();
    for _ in 0..2 {
        let issued = site.app.sessions.refresh(refresh, &tokens, client).unwrap();
        assert!(issued.refresh.is_none());
    }
    set(&site, json!({ "tokens": { "refresh": false } })).await;
    let token = site.token_for("lege-berg", "p", SCOPE).await;
    assert_eq!(token["refresh_token"], Value::Null);
    assert!(!token["scope"].as_str().unwrap().contains("online_access"));
}

#[tokio::test]
async fn the_launch_says_what_is_set() {
    let site = site();
    set(
        &site,
        json!({ "launch": {
            "needPatientBanner": true, "smartStyleUrl": "style.json", "locale": "nn-NO",
            "context": { "intent": "plan", "patient": null },
        }}),
    )
    .await;
    let token = site.token_for("lege-berg", "p", SCOPE).await;
    assert_eq!(token["need_patient_banner"], true);
    assert_eq!(token["smart_style_url"], "http://127.0.0.1:8480/style.json");
    assert_eq!(
        (&token["locale"], &claims(&token, 1)["locale"]),
        (&json!("nn-NO"), &json!("nn-NO"))
    );
    assert_eq!((&token["intent"], token.get("patient")), (&json!("plan"), None));
    let style = site.get("/style.json").await;
    assert_eq!(style.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    assert!(style.json()["color_highlight"].is_string());
}

#[tokio::test]
async fn the_id_token_is_signed_as_set_and_may_name_its_user_relatively() {
    let site = site();
    set(
        &site,
        json!({ "tokens": { "algorithm": "RS256" }, "launch": { "relativeFhirUser": true } }),
    )
    .await;
    let token = site.token_for("lege-berg", "p", SCOPE).await;
    assert_eq!(claims(&token, 0)["alg"], "RS256");
    assert_eq!(claims(&token, 1)["fhirUser"], "Practitioner/lege-berg");
    let keys = site.get("/auth/jwks").await.json()["keys"].clone();
    assert!(
        keys.as_array()
            .unwrap()
            .iter()
            .any(|key| key["kid"] == claims(&token, 0)["kid"])
    );
}

#[tokio::test]
async fn messages_are_offered_for_the_page_that_opened_the_module() {
    let site = site();
    set(&site, json!({ "launch": { "messaging": true } })).await;
    let page = site.get("/gp?patient=p").await.text;
    let part = |from: &str| {
        page.split(from)
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let answer = site.authorize(&part("&amp;launch="), SCOPE, &[]).await;
    let token = site.token(&answer["code"], &[]).await.json();
    assert_eq!(token["smart_web_messaging_handle"], part("data-handle=\""));
    assert_eq!(token["smart_web_messaging_origin"], "http://127.0.0.1:8480");
}
