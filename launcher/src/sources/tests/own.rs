//! The authorization of a source that has its own: silent, asked, refused.

use super::*;
use crate::testing::{CHALLENGE, VERIFIER};

/// The authorization request of the source with one of its own.
pub(super) fn page(changed: &[(&str, &str)]) -> String {
    let good = [
        ("response_type", "code"),
        ("client_id", "dho-viewer-lab"),
        ("redirect_uri", "http://localhost:8481/"),
        ("aud", "http://127.0.0.1:8480/sources/lab-module/fhir"),
        ("scope", "user/Patient.rs user/Observation.rs"),
        ("state", "s1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let mut query = form_urlencoded::Serializer::new(String::new());
    let is_good = |name: &str| good.iter().any(|(known, _)| *known == name);
    for (name, value) in good {
        let other = changed.iter().find(|(changed, _)| *changed == name);
        let value = other.map_or(value, |(_, value)| *value);
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.extend_pairs(changed.iter().filter(|(name, _)| !is_good(name)));
    format!("/sources/lab-module/auth/authorize?{}", query.finish())
}

pub(super) fn called_back(reply: &Reply) -> std::collections::HashMap<String, String> {
    assert_eq!(reply.status, StatusCode::FOUND, "{}", reply.text);
    let (_, query) = reply.header(header::LOCATION).split_once('?').unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

pub(super) async fn redeem(site: &Site, code: &str, changed: &[(&str, &str)]) -> Reply {
    let good = [
        ("grant_type", "authorization_code"),
        ("client_id", "dho-viewer-lab"),
        ("redirect_uri", "http://localhost:8481/"),
        ("code", code),
        ("code_verifier", VERIFIER),
    ];
    let form: Vec<_> = good
        .into_iter()
        .map(|(name, value)| {
            let other = changed.iter().find(|(changed, _)| *changed == name);
            (name, other.map_or(value, |(_, value)| *value))
        })
        .collect();
    post(site, "/sources/lab-module/auth/token", None, &form).await
}

#[tokio::test]
async fn who_has_an_app_open_from_the_journal_is_let_in_without_being_asked() {
    let site = site();
    let silent = [("prompt", "none"), ("login_hint", "lege-berg")];
    let before = called_back(&site.get(&page(&silent)).await);
    assert_eq!(before["error"], "login_required");
    launch_token(&site, "p").await;
    let answer = called_back(&site.get(&page(&silent)).await);
    assert_eq!(answer["iss"], "http://127.0.0.1:8480/sources/lab-module/fhir");
    let token = redeem(&site, &answer["code"], &[]).await.json();
    assert_eq!(token["scope"], "user/Patient.rs user/Observation.rs");
    let token = token["access_token"].as_str().unwrap();
    let form = [("identifier", format!("{SYSTEM}|1"))];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let found = post(
        &site,
        "/sources/lab-module/fhir/Patient/_search",
        Some(token),
        &form,
    )
    .await;
    assert_eq!(ids(&found.json()), ["kari"]);
    let in_an_address = ask(
        &site,
        "lab-module",
        &format!("Patient?identifier={SYSTEM}|1"),
        token,
    )
    .await;
    assert_eq!(in_an_address.status, StatusCode::METHOD_NOT_ALLOWED);
    let form = [("patient", "kari")];
    let found = post(
        &site,
        "/sources/lab-module/fhir/Observation/_search",
        Some(token),
        &form,
    )
    .await;
    assert_eq!(ids(&found.json()), ["a"]);
}

#[tokio::test]
async fn who_is_not_known_is_asked_on_a_page() {
    let site = site();
    let reply = site.get(&page(&[])).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.text.contains("Fortsett som Ingrid Berg"), "{}", reply.text);
    let policy = reply.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("frame-ancestors http://localhost:8481"),
        "{policy}"
    );
    let link = reply
        .text
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let answer = called_back(&site.get(&link.replace("&amp;", "&")).await);
    assert!(answer.contains_key("code"));
    let made_up = site.get(&page(&[("confirmed", "made-up")])).await;
    assert_eq!(made_up.status, StatusCode::OK, "asked again");

    // With launch/patient the patient is chosen there, and silence is not enough.
    launch_token(&site, "p").await;
    let chooses = [
        ("scope", "launch/patient patient/Observation.rs"),
        ("login_hint", "lege-berg"),
    ];
    let silent = [chooses[0], chooses[1], ("prompt", "none")];
    assert_eq!(
        called_back(&site.get(&page(&silent)).await)["error"],
        "interaction_required"
    );
    let asked = site.get(&page(&chooses)).await.text;
    let link = asked.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = called_back(&site.get(&link.replace("&amp;", "&")).await);
    let token = redeem(&site, &answer["code"], &[]).await.json();
    assert!(
        ["kari", "ola"].contains(&token["patient"].as_str().unwrap()),
        "{token}"
    );
}

#[tokio::test]
async fn a_second_authorization_with_anything_wrong_is_refused() {
    let site = site();
    launch_token(&site, "p").await;
    for (name, value) in [
        ("client_id", "dho-viewer"),
        ("redirect_uri", "https://elsewhere.example/"),
    ] {
        let reply = site.get(&page(&[(name, value)])).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(!reply.headers.contains_key(header::LOCATION));
    }
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("state", "", "invalid_request"),
        ("aud", "http://127.0.0.1:8480/fhir", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", "system/*.rs", "invalid_scope"),
    ] {
        let known = [(name, value), ("prompt", "none"), ("login_hint", "lege-berg")];
        assert_eq!(
            called_back(&site.get(&page(&known)).await)["error"],
            error,
            "{name}"
        );
    }
    let answer = called_back(
        &site
            .get(&page(&[("prompt", "none"), ("login_hint", "lege-berg")]))
            .await,
    );
    for (name, value, error) in [
        ("client_id", "dho-viewer", "invalid_client"),
        ("code_verifier", "wrong", "invalid_grant"),
    ] {
        assert_eq!(
            redeem(&site, &answer["code"], &[(name, value)]).await.json()["error"],
            error,
            "{name}"
        );
    }
}
