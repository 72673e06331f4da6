//! The way into a source: the requests as they are sent, every answer that gives no token, and where a token may go.

use super::*;
use crate::hosts::SearchConfig;
use oauth2::{ClientId, Scope};
use serde_json::{Value, json};
use std::collections::HashMap;

const BASE: &str = "https://lab.example/fhir";
const VIEWER: &str = "https://viewer.example/";

fn registration() -> Registration {
    Registration {
        client_id: ClientId::new("viewer-lab".to_owned()),
        scopes: ["openid", "user/Observation.rs"]
            .map(|scope| Scope::new(scope.to_owned()))
            .into(),
    }
}

fn source(entry: Entry) -> Source {
    Source {
        id: "lab".into(),
        name: "Lab".into(),
        fhir_base: BASE.into(),
        entry,
        kinds: Vec::new(),
        plan_home: false,
        search: SearchConfig::default(),
    }
}

fn exchanging() -> Source {
    source(Entry::Exchange {
        token_endpoint: "https://lab.example/token".into(),
        registration: registration(),
    })
}

fn parameters(text: &str) -> HashMap<String, String> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn configuration() -> String {
    json!({ "issuer": "https://lab.example", "authorization_endpoint": "https://lab.example/authorize?office=1",
            "token_endpoint": "/token" })
    .to_string()
}

fn random() -> Redacted<[u8; RANDOM_BYTES]> {
    Redacted([7; RANDOM_BYTES])
}

fn asked<'a>(random: &'a Redacted<[u8; RANDOM_BYTES]>, silent: bool) -> Asked<'a> {
    Asked {
        redirect_uri: VIEWER,
        random,
        login_hint: Some("lege-berg"),
        silent,
    }
}

fn opened(silent: bool) -> (HashMap<String, String>, PendingLaunch) {
    let random = random();
    let asked = asked(&random, silent);
    let own = source(Entry::Own(registration()));
    let (page, pending) = own
        .authorization(200, configuration().as_bytes(), &asked)
        .unwrap();
    let (place, query) = page.0.split_once('?').unwrap();
    assert_eq!(place, "https://lab.example/authorize");
    (parameters(query), pending)
}

#[test]
fn an_exchange_has_every_parameter_of_the_standard_encoded() {
    let subject = Redacted("t+/=&1".to_owned());
    let post = exchanging().exchange(&subject).unwrap();
    assert_eq!(post.address, "https://lab.example/token");
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "t+/=&1"),
        (
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        (
            "requested_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        ("resource", BASE),
        ("client_id", "viewer-lab"),
        ("scope", "openid user/Observation.rs"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(parameters(&post.form.0), HashMap::from(expected));
    assert!(!format!("{post:?}").contains("t+"));
    assert_eq!(source(Entry::Launch).exchange(&subject), None);
    assert_eq!(source(Entry::Own(registration())).exchange(&subject), None);
}

#[test]
fn s9_an_exchanged_token_goes_to_its_own_base_only() {
    let answer = json!({ "access_token": "e-1", "token_type": "Bearer", "expires_in": 60, "patient": "p-77",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token", "refresh_token": "r" });
    let grant = exchanging()
        .exchanged(200, answer.to_string().as_bytes(), 1_000.0)
        .unwrap();
    let token = |address: &str| grant.token_for(address).map(|token| token.secret().as_str());
    assert_eq!(
        token("https://lab.example/fhir/Observation?patient=p-77"),
        Some("e-1")
    );
    assert_eq!(token("https://lab.example/fhir2/Observation"), None);
    assert_eq!(token("https://lab.example/other"), None);
    assert_eq!(token("https://ehr.example/fhir/Observation"), None);
    assert_eq!(grant.patient_id(), Some("p-77"));
    assert_eq!(grant.tokens().expires_at_ms(), Some(61_000.0));
    assert!(
        grant.tokens().renewable() && grant.tokens().renewal().is_none(),
        "it is exchanged for anew"
    );
    assert!(grant.tokens().is_due(60_000.0), "before its end");
    assert!(
        grant.granted().allows("Observation", crate::Access::Search),
        "as asked"
    );
    assert!(!format!("{grant:?}").contains("e-1"));
}

#[test]
fn an_exchange_that_gives_no_token_is_named() {
    let failure = |status: u16, body: &str| exchanging().exchanged(status, body.as_bytes(), 0.0).unwrap_err();
    let refused = failure(
        400,
        r#"{"error":"invalid_target","error_description":"not here"}"#,
    );
    assert_eq!(
        (
            refused.step,
            refused.host.as_str(),
            refused.kind,
            refused.detail.as_str()
        ),
        (
            Step::Token,
            "lab.example",
            LaunchErrorKind::TokenRefused,
            "invalid_target: not here"
        )
    );
    assert_eq!(failure(503, "").kind, LaunchErrorKind::Status(503));
    assert_eq!(failure(200, "<html>").kind, LaunchErrorKind::NotJson);
    assert_eq!(
        failure(200, r#"{"access_token":"x","token_type":"N_A"}"#).kind,
        LaunchErrorKind::FieldInvalid("token_type")
    );
}

#[test]
fn a_patient_id_that_would_change_an_address_is_not_taken() {
    let body = json!({ "access_token": "e-1", "patient": "p?_id=2" }).to_string();
    let grant = exchanging().exchanged(200, body.as_bytes(), 0.0).unwrap();
    assert_eq!(grant.patient_id(), None);
}

#[test]
fn a_second_authorization_asks_the_source_itself() {
    let (silent, _) = opened(true);
    for (name, value) in [
        ("office", "1"),
        ("response_type", "code"),
        ("client_id", "viewer-lab"),
        ("redirect_uri", VIEWER),
        ("aud", BASE),
        ("scope", "openid user/Observation.rs"),
        ("code_challenge_method", "S256"),
        ("prompt", "none"),
        ("login_hint", "lege-berg"),
    ] {
        assert_eq!(silent.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(!silent.contains_key("launch"));
    let (shown, _) = opened(false);
    assert!(!shown.contains_key("prompt"));
}

#[test]
fn its_callback_is_exchanged_for_a_token_of_its_own() {
    let (page, pending) = opened(true);
    let own = source(Entry::Own(registration()));
    let query = Redacted(format!(
        "?code=c%2B1&state={}&iss=https%3A%2F%2Flab.example",
        page["state"]
    ));
    let post = own.called_back(&pending, &query).unwrap();
    assert_eq!(post.address, "https://lab.example/token");
    let form = parameters(&post.form.0);
    assert_eq!(
        (form["code"].as_str(), form["client_id"].as_str()),
        ("c+1", "viewer-lab")
    );
    assert!(form.contains_key("code_verifier"));
    let answer = json!({ "access_token": "o-1", "refresh_token": "r-1", "expires_in": 60 }).to_string();
    let grant = own.entered(&pending, 200, answer.as_bytes(), 0.0).unwrap();
    assert_eq!(grant.token_for(BASE).unwrap().secret(), "o-1");
    assert!(grant.tokens().renewable());
}

#[test]
fn a_source_that_has_to_ask_is_told_from_one_that_says_no() {
    let (page, pending) = opened(true);
    let own = source(Entry::Own(registration()));
    let back = |query: String| own.called_back(&pending, &Redacted(query)).unwrap_err();
    let state = &page["state"];
    for error in NEEDS_USER {
        assert_eq!(
            back(format!("error={error}&state={state}")),
            NotEntered::NeedsUser
        );
    }
    let kind = |query: String| match back(query) {
        NotEntered::Failed(error) => (error.step, error.kind),
        NotEntered::NeedsUser => panic!("asked"),
    };
    let at_callback = |kind| (Step::Callback, kind);
    assert_eq!(
        kind(format!("error=access_denied&state={state}")),
        at_callback(LaunchErrorKind::AuthorizationRefused)
    );
    assert_eq!(
        kind("error=login_required&state=another".to_owned()),
        at_callback(LaunchErrorKind::StateMismatch)
    );
    assert_eq!(
        kind(format!("code=c&state={state}&iss=https%3A%2F%2Fevil.example")),
        at_callback(LaunchErrorKind::IssuerMismatch)
    );
    assert_eq!(
        kind(format!("state={state}")),
        at_callback(LaunchErrorKind::FieldMissing("code"))
    );
}

#[test]
fn a_source_that_says_nothing_usable_of_itself_is_named() {
    let own = source(Entry::Own(registration()));
    assert_eq!(
        own.configuration_address(),
        "https://lab.example/fhir/.well-known/smart-configuration"
    );
    let random = random();
    let failure = |status: u16, body: &Value| {
        let asked = asked(&random, true);
        let error = own
            .authorization(status, body.to_string().as_bytes(), &asked)
            .unwrap_err();
        assert_eq!(error.host, "lab.example");
        (error.step, error.kind)
    };
    assert_eq!(
        failure(404, &json!({})),
        (Step::Discovery, LaunchErrorKind::Status(404))
    );
    assert_eq!(
        failure(
            200,
            &json!({ "authorization_endpoint": "http://lab.example/a", "token_endpoint": "/t" })
        ),
        (
            Step::Discovery,
            LaunchErrorKind::FieldInvalid("authorization_endpoint")
        )
    );
    let launch = source(Entry::Launch);
    let asked = asked(&random, true);
    let refused = launch
        .authorization(200, configuration().as_bytes(), &asked)
        .unwrap_err();
    assert_eq!(refused.kind, LaunchErrorKind::FieldMissing("authorization"));
}
