//! S5 to S9: the token request, its answer, and the context.

use super::*;
use crate::scopes::Access;

#[test]
fn s5_the_token_request_has_every_parameter_encoded() {
    let code = "c+1&x=y/%zæ ";
    let encoded: String = oauth2::url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    let query = format!("?code={encoded}&state={}", state());
    let form = token_request(run(and(to_authorize(), callback(&query))).1);
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], code);
    assert_eq!(form["redirect_uri"], VIEWER);
    assert_eq!(form["client_id"], "viewer");
    assert_eq!(form["code_verifier"].len(), 43);
    assert_eq!(form.len(), 5);
}

#[test]
fn s5_a_token_that_does_not_come_is_named() {
    let check = |event: Event, kind: LaunchErrorKind, detail: &str| {
        let error = failure(and(to_exchange(), event));
        assert_eq!((error.step, error.kind), (Step::Token, kind));
        assert_eq!(error.host, "ehr.example");
        assert!(error.detail.contains(detail), "{}", error.detail);
    };
    let refusal = r#"{"error":"invalid_grant","error_description":"code used"}"#;
    check(
        raw(Request::Token, 400, refusal),
        LaunchErrorKind::TokenRefused,
        "invalid_grant: code used",
    );
    check(
        raw(Request::Token, 503, "<html>"),
        LaunchErrorKind::Status(503),
        "",
    );
    check(
        raw(Request::Token, 200, "<html>"),
        LaunchErrorKind::NotJson,
        "HTML",
    );
    check(
        raw(Request::Token, 200, r#"{"access_token":"to"#),
        LaunchErrorKind::NotJson,
        "",
    );
    check(
        raw(Request::Token, 200, "{}"),
        LaunchErrorKind::FieldMissing("access_token"),
        "",
    );
    check(
        raw(Request::Token, 200, r#"{"access_token":"t","token_type":"mac"}"#),
        LaunchErrorKind::FieldInvalid("token_type"),
        "mac",
    );
    check(
        unreachable(Request::Token),
        LaunchErrorKind::Unreachable,
        "Failed to fetch",
    );
    check(Event::TimedOut, LaunchErrorKind::TimedOut, "");
}

#[test]
fn s5_expiry_counts_from_the_answer_and_may_be_missing() {
    let expires_at_ms = |answer: &serde_json::Value| {
        let found = context(and(to_exchange(), answered(Request::Token, answer)));
        found.tokens.expires_at_ms()
    };
    assert_eq!(expires_at_ms(&token()), Some(61_000.0));
    let endless = json!({ "access_token": "t", "patient": "p1" });
    assert_eq!(expires_at_ms(&endless), None);
}

#[test]
fn s6_granted_scopes_decide_and_default_to_those_asked() {
    let granted = context(and(to_exchange(), answered(Request::Token, &token()))).granted;
    assert!(granted.allows("Observation", Access::Read));
    assert!(!granted.allows("Observation", Access::Search));
    let silent = json!({ "access_token": "t", "patient": "p1" });
    let granted = context(and(to_exchange(), answered(Request::Token, &silent))).granted;
    assert!(granted.allows("Observation", Access::Search));
}

#[test]
fn s7_a_missing_patient_is_a_named_error_and_never_guessed() {
    let check = |patient: serde_json::Value, kind: LaunchErrorKind| {
        let answer = json!({ "access_token": "t", "patient": patient, "encounter": "e" });
        let error = failure(and(to_exchange(), answered(Request::Token, &answer)));
        assert_eq!((error.step, error.kind), (Step::Context, kind));
    };
    check(json!(null), LaunchErrorKind::PatientMissing);
    check(json!(""), LaunchErrorKind::PatientMissing);
    check(json!({ "reference": 1 }), LaunchErrorKind::PatientMissing);
    check(json!("p1?x=y"), LaunchErrorKind::FieldInvalid("patient"));
    check(json!(".."), LaunchErrorKind::FieldInvalid("patient"));
    check(json!("p 1"), LaunchErrorKind::FieldInvalid("patient"));
}

#[test]
fn the_context_has_base_and_host_settings() {
    let found = context(and(to_exchange(), answered(Request::Token, &token())));
    assert_eq!(found.fhir_base, ISS);
    assert_eq!(found.host_name, "Journal");
    assert_eq!(found.tokens.access().secret(), "tok-1");
    assert!(found.search.lastn);
}

#[test]
fn s9_the_token_goes_to_the_fhir_bases_origin_only() {
    let mut document = well_known();
    document["associated_endpoints"] =
        json!([{ "url": "https://dho.example/fhir/", "capabilities": [] }, { "url": "ftp://x" }, 3]);
    let state = state();
    let found = context([
        started(LAUNCHED, NESTED, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &document),
        callback(&format!("?code=c-1&state={state}")),
        answered(Request::Token, &token()),
    ]);
    let check = |address: &str, trusted: bool| {
        assert_eq!(found.may_receive_token(address), trusted, "{address}");
    };
    check("https://ehr.example/fhir/Patient/p1", true);
    check("https://ehr.example/fhir?_getpages=1", true);
    check("https://ehr.example:443/fhir", true);
    check("https://dho.example/fhir/Observation", true);
    check("https://ehr.example:444/fhir", false);
    check("http://ehr.example/fhir", false);
    check("https://ehr.example.evil.example/fhir", false);
    check("https://ehr.example@evil.example/fhir", false);
    check("https://user@ehr.example/fhir", false);
    check("Patient/p1", false);
    check("", false);
}

#[test]
fn s9_the_hosts_own_headers_go_below_the_fhir_base_only() {
    let mut found = context(and(to_exchange(), answered(Request::Token, &token())));
    found.headers = vec![("X-Key".to_owned(), "k-1".to_owned())];
    let check = |address: &str, sent: bool| {
        assert_eq!(!found.headers_for(address).is_empty(), sent, "{address}");
    };
    check("https://ehr.example/fhir", true);
    check("https://ehr.example/fhir/Patient/p1", true);
    check("https://ehr.example/fhir?_getpages=1", true);
    check("https://ehr.example/fhir2/Patient", false);
    check("https://ehr.example/auth/token", false);
    check("https://evil.example/fhir", false);
}

#[test]
fn s7_what_the_launch_offers_is_in_the_context() {
    let answer = json!({ "access_token": "t", "patient": "p1", "locale": "nn", "intent": "review",
        "smart_web_messaging_handle": "h", "smart_web_messaging_origin": "https://ehr.example",
        "hub.url": "https://hub.example/h", "hub.topic": "t",
        "fhirContext": [{ "reference": "CarePlan/7", "type": "CarePlan" }] });
    let found = context(and(to_exchange(), answered(Request::Token, &answer)));
    assert_eq!(
        (found.locale.as_deref(), found.intent.as_deref()),
        (Some("nn"), Some("review"))
    );
    assert_eq!(found.messaging.unwrap().origin, "https://ehr.example");
    assert_eq!(found.hub.unwrap().url, "https://hub.example/h");
    assert_eq!(found.fhir_context[0].reference, "CarePlan/7");
    let found = context(and(to_exchange(), answered(Request::Token, &token())));
    assert!(found.messaging.is_none() && found.hub.is_none() && found.identity.is_none());
}

#[test]
fn s9_the_token_does_not_go_to_a_hub_in_plain_text() {
    let answer =
        json!({ "access_token": "t", "patient": "p1", "hub.url": "http://hub.example/h", "hub.topic": "t" });
    let found = context(and(to_exchange(), answered(Request::Token, &answer)));
    assert_eq!(found.hub, None);
}

/// The context of a launch whose profile and discovery document have more in them.
fn context_with(in_profile: &serde_json::Value, in_document: &serde_json::Value) -> LaunchContext {
    let (mut hosts, mut document) = (hosts(), well_known());
    for (target, more) in [(&mut hosts["hosts"][0], in_profile), (&mut document, in_document)] {
        for (name, value) in more.as_object().unwrap() {
            target[name] = value.clone();
        }
    }
    context([
        started(LAUNCHED, NESTED, None),
        answered(Request::Hosts, &hosts),
        answered(Request::WellKnown, &document),
        callback(&format!("?code=c-1&state={}", state())),
        answered(Request::Token, &token()),
    ])
}

#[test]
fn s9_the_launchs_token_does_not_go_to_a_source_with_one_of_its_own() {
    let source = |id: &str, base: &str, token: &str| {
        let mut source = json!({ "id": id, "name": id, "fhirBase": base, "token": token });
        if token == "exchange" {
            source["tokenEndpoint"] = json!("/token");
        }
        source
    };
    let sources = json!([
        source("same", "https://same.example/fhir", "launch"),
        source("exchange", "https://ehr.example/vendor/fhir", "exchange"),
        source("own", "https://dho.example/lab/fhir", "own"),
    ]);
    let associated = json!([{ "url": "https://dho.example/fhir" }, { "url": "https://same.example/fhir/" }]);
    let found = context_with(
        &json!({ "sources": sources }),
        &json!({ "associated_endpoints": associated }),
    );
    let ids: Vec<&str> = found.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["same", "exchange", "own", "https://dho.example/fhir"]);
    let check = |address: &str, trusted: bool| {
        assert_eq!(found.may_receive_token(address), trusted, "{address}");
    };
    check("https://same.example/fhir/Observation", true);
    check("https://ehr.example/fhir/Observation", true);
    check("https://ehr.example/vendor/fhir/Observation", false);
    check("https://ehr.example/vendor/fhir", false);
    check("https://dho.example/fhir/Observation", true);
    check("https://dho.example/lab/fhir/Observation?patient=1", false);
}

#[test]
fn settings_are_kept_where_the_host_says_so() {
    let place = |document: serde_json::Value| {
        let found = context_with(&json!({ "audit": true }), &document);
        assert!(found.audit);
        (found.app_state, found.sources.len())
    };
    let state = |base: &str| Some(base.to_owned());
    assert_eq!(place(json!({})), (None, 0));
    let capable = json!(["smart-app-state"]);
    assert_eq!(place(json!({ "capabilities": capable })), (state(ISS), 0));
    assert_eq!(
        place(
            json!({ "associated_endpoints": [{ "url": "/state/", "capabilities": capable }, { "url": "/dho" }] })
        ),
        (state("https://ehr.example/state"), 1)
    );
    assert_eq!(
        place(json!({ "smart_app_state_endpoint": "https://ehr.example/old" })),
        (state("https://ehr.example/old"), 0)
    );
    assert_eq!(
        place(json!({ "smart_app_state_endpoint": "http://ehr.example/old" })),
        (None, 0)
    );
}

#[test]
fn s9_at_a_source_the_token_stays_below_its_base_and_nothing_of_the_issuer_comes_along() {
    let sources = json!([
        { "id": "same", "name": "Vendor", "fhirBase": "https://same.example/fhir", "token": "launch",
          "search": { "post": true } },
        { "id": "other", "name": "Other", "fhirBase": "https://other.example/fhir", "token": "exchange",
          "tokenEndpoint": "/token" },
    ]);
    let found = context_with(
        &json!({ "sources": sources, "headers": { "X-Key": "k" } }),
        &json!({}),
    );
    let [same, other] = found.sources.as_slice() else {
        panic!("two sources");
    };
    let at_same = found.at_source(same, None, "p-77".to_owned()).unwrap();
    assert_eq!(
        (at_same.host_name.as_str(), at_same.patient_id.as_str()),
        ("Vendor", "p-77")
    );
    assert_eq!(at_same.tokens.access().secret(), "tok-1");
    assert!(at_same.search.post && at_same.headers.is_empty() && at_same.sources.is_empty());
    assert!(at_same.may_receive_token("https://same.example/fhir/Observation"));
    assert!(!at_same.may_receive_token("https://same.example/other"));
    assert!(!at_same.may_receive_token("https://ehr.example/fhir/Observation"));

    assert!(
        found.at_source(other, None, "x".to_owned()).is_none(),
        "the launch's token is not its"
    );
    let answer = br#"{"access_token":"e-1","scope":"patient/Observation.r"}"#;
    let grant = other.exchanged(200, answer, NOW_MS).unwrap();
    let at_other = found.at_source(other, Some(&grant), "x".to_owned()).unwrap();
    assert_eq!(at_other.tokens.access().secret(), "e-1");
    assert!(!at_other.granted.allows("CarePlan", crate::Access::Read));
    let mut elsewhere = other.clone();
    elsewhere.fhir_base = "https://elsewhere.example/fhir".to_owned();
    assert!(
        found
            .at_source(&elsewhere, Some(&grant), "x".to_owned())
            .is_none()
    );
}
