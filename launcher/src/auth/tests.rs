//! Launch, authorization and tokens, with a table of everything that must be refused.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::sessions::Lifetimes;
use crate::testing::{BASE, Site};

const SCOPE: &str = "launch openid fhirUser patient/Observation.rs patient/CarePlan.rsu";

#[tokio::test]
async fn a_launch_gives_a_token_with_its_context() {
    let site = Site::with(&[]);
    let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
    assert_eq!((answer["state"].as_str(), answer["iss"].as_str()), ("s1", BASE));
    let reply = site.token(&answer["code"], &[]).await;
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    let token = reply.json();
    assert_eq!(token["patient"], "p");
    assert_eq!(
        (&token["token_type"], &token["expires_in"]),
        (&json!("Bearer"), &json!(3600))
    );
    assert_eq!(
        token["scope"],
        "launch openid fhirUser patient/Observation.rs patient/CarePlan.rs"
    );
    assert_eq!(token["need_patient_banner"], false);
    assert_eq!(token["refresh_token"], Value::Null);
    let id_token = token["id_token"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD
        .decode(id_token.split('.').nth(1).unwrap())
        .unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["iss"], BASE);
    assert_eq!(
        (&claims["aud"], &claims["nonce"]),
        (&json!("dho-viewer"), &json!("n1"))
    );
    assert_eq!(claims["fhirUser"], format!("{BASE}/Practitioner/lege-berg"));
}

#[tokio::test]
async fn what_is_wrong_with_a_valid_redirect_is_told_by_redirect() {
    let site = Site::with(&[]);
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("state", "", "invalid_request"),
        ("aud", "", "invalid_request"),
        ("aud", "https://elsewhere.example/fhir", "invalid_request"),
        ("aud", "http://127.0.0.1:8480/fhir//", "invalid_request"),
        ("launch", "", "invalid_request"),
        ("launch", "never-issued", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", "nonsense", "invalid_scope"),
        ("scope", "patient/Observation.rs", "invalid_scope"),
    ] {
        let answer = site
            .authorize(&site.launch("lege-berg", "p"), SCOPE, &[(name, value)])
            .await;
        assert_eq!(
            answer.get("error").map(String::as_str),
            Some(error),
            "{name}={value}"
        );
        assert!(
            !answer.contains_key("code") && answer.contains_key("error_description"),
            "{name}={value}"
        );
    }
}

#[tokio::test]
async fn an_unknown_client_or_redirect_gets_a_page_and_no_redirect() {
    let site = Site::with(&[]);
    for (name, value) in [
        ("client_id", "someone-else"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "http://localhost:8481"),
        ("redirect_uri", "http://localhost:8481/?x=1"),
        ("redirect_uri", "http://localhost:8481/callback"),
        ("redirect_uri", "https://elsewhere.example/"),
    ] {
        let launch = site.launch("lege-berg", "p");
        let reply = site
            .get(&site.authorize_path(&launch, SCOPE, &[(name, value)]))
            .await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{name}={value}");
        assert!(reply.text.contains("<h1>") && !reply.headers.contains_key(header::LOCATION));
        let policy = reply.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.contains("frame-ancestors http://localhost:8481"),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn aud_may_end_in_one_slash() {
    let site = Site::with(&[]);
    let aud = format!("{BASE}/");
    let answer = site
        .authorize(&site.launch("lege-berg", "p"), SCOPE, &[("aud", &aud)])
        .await;
    assert!(answer.contains_key("code"));
}

#[tokio::test]
async fn a_token_request_that_does_not_fit_the_code_is_refused() {
    let site = Site::with(&[]);
    for (name, value, error) in [
        ("client_id", "someone-else", "invalid_client"),
        ("client_id", "", "invalid_request"),
        ("redirect_uri", "http://localhost:8481", "invalid_grant"),
        ("redirect_uri", "", "invalid_request"),
        ("code", "never-issued", "invalid_grant"),
        ("code_verifier", "wrong", "invalid_grant"),
        ("code_verifier", "", "invalid_request"),
        ("grant_type", "password", "unsupported_grant_type"),
    ] {
        let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
        let reply = site.token(&answer["code"], &[(name, value)]).await;
        assert_eq!(reply.json()["error"], error, "{name}={value}");
        assert!(reply.status.is_client_error());
    }
}

#[tokio::test]
async fn a_code_works_once_and_its_second_use_revokes_its_tokens() {
    let site = Site::with(&[]);
    let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
    let token = site.token(&answer["code"], &[]).await.json();
    let access = token["access_token"].as_str().unwrap();
    assert!(site.app.sessions.access(access).is_some());
    assert_eq!(
        site.token(&answer["code"], &[]).await.json()["error"],
        "invalid_grant"
    );
    assert!(site.app.sessions.access(access).is_none());
}

#[tokio::test]
async fn launches_codes_and_tokens_end() {
    let none = |change: fn(&mut Lifetimes)| {
        let mut lifetimes = Lifetimes::default();
        change(&mut lifetimes);
        Site::new(&[], lifetimes)
    };
    let site = none(|lifetimes| lifetimes.launch = 0);
    let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
    assert_eq!(answer["error"], "invalid_request");

    let site = none(|lifetimes| lifetimes.code = 0);
    let answer = site.authorize(&site.launch("lege-berg", "p"), SCOPE, &[]).await;
    assert_eq!(
        site.token(&answer["code"], &[]).await.json()["error"],
        "invalid_grant"
    );

    let site = none(|lifetimes| lifetimes.access = 0);
    let client = site.client("lege-berg", "p", "patient/Observation.rs").await;
    assert_eq!(client.get("Observation").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn refresh_tokens_are_given_on_request_and_rotate() {
    let site = Site::with(&[]);
    let scope = format!("{SCOPE} offline_access");
    let first = site.token_for("lege-berg", "p", &scope).await;
    let refresh = async |token: &Value| {
        let token = token["refresh_token"].as_str().unwrap();
        let body = format!("grant_type=refresh_token&client_id=dho-viewer&refresh_token={token}");
        let request = Request::post("/auth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        site.send(request).await.json()
    };
    let second = refresh(&first).await;
    assert_eq!(
        (&second["scope"], &second["patient"]),
        (&first["scope"], &first["patient"])
    );
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(refresh(&first).await["error"], "invalid_grant");
    let revoked = second["access_token"].as_str().unwrap();
    assert!(site.app.sessions.access(revoked).is_none());
}

#[tokio::test]
async fn a_token_request_must_be_form_encoded() {
    let site = Site::with(&[]);
    let request = Request::post("/auth/token")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(site.send(request).await.json()["error"], "invalid_request");
}

#[tokio::test]
async fn discovery_names_the_real_endpoints() {
    let site = Site::with(&[]);
    let found = site.get("/fhir/.well-known/smart-configuration").await.json();
    assert_eq!(found["issuer"], BASE);
    assert_eq!(found["token_endpoint"], "http://127.0.0.1:8480/auth/token");
    assert_eq!(found["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(site.get("/auth/jwks").await.json()["keys"][0]["alg"], "ES256");
}

#[tokio::test]
async fn a_standalone_launch_lets_choose_the_patient_where_the_host_offers_it() {
    let patient = json!({"resourceType": "Patient", "id": "p1", "name": [{"text": "Kari Nordmann"}]});
    let scope = "launch/patient patient/Observation.rs";
    let path = |site: &Site| site.authorize_path("", scope, &[]);
    let strict = Site::with(std::slice::from_ref(&patient));
    let refused = strict.get(&path(&strict)).await;
    assert!(refused.header(header::LOCATION).contains("error=invalid_request"));

    let site = Site::imitating(&[patient], None, &["standalone"]);
    let page = site.get(&path(&site)).await;
    assert!(page.text.contains("Kari Nordmann"), "{}", page.text);
    let choice = page
        .text
        .split("<a href=\"/auth/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let reply = site.get(&format!("/auth/{}", choice.replace("&amp;", "&"))).await;
    let location = reply.header(header::LOCATION);
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let token = site.token(code, &[]).await.json();
    assert_eq!(
        (&token["patient"], &token["scope"]),
        (&json!("p1"), &json!(scope))
    );
}
