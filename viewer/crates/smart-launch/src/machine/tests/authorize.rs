//! S3: the authorization request, and where its page is opened.

use super::*;

#[test]
fn s3_the_authorization_request_has_every_parameter() {
    let parameters = authorize_parameters(run(to_authorize()).1);
    let check = |name: &str, value: &str| assert_eq!(parameters[name], value);
    check("response_type", "code");
    check("client_id", "viewer");
    check("redirect_uri", VIEWER);
    check("aud", ISS);
    check("launch", "l-7");
    check("scope", "launch patient/Observation.rs");
    check("code_challenge_method", "S256");
}

#[test]
fn s6_settings_are_asked_for_where_the_host_keeps_them_and_scopes_are_not_written_out() {
    let asked = |fields: serde_json::Value, document: serde_json::Value| {
        let mut hosts = hosts();
        hosts["hosts"][0].as_object_mut().unwrap().remove("scopes");
        let mut well_known = well_known();
        for (into, from) in [(&mut hosts["hosts"][0], fields), (&mut well_known, document)] {
            for (name, value) in from.as_object().unwrap() {
                into[name] = value.clone();
            }
        }
        let (_, effect) = run([
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts),
            answered(Request::WellKnown, &well_known),
        ]);
        let scopes = authorize_parameters(effect)["scope"].clone();
        let of_settings = scopes.split(' ').filter(|scope| scope.contains("Basic"));
        of_settings.map(str::to_owned).collect::<Vec<_>>()
    };
    let keeps = || json!({ "capabilities": ["smart-app-state"] });
    assert_eq!(asked(json!({}), keeps()), ["user/Basic.cuds"]);
    assert_eq!(
        asked(json!({ "scopeSyntax": "v1" }), keeps()),
        ["user/Basic.read", "user/Basic.write"]
    );
    assert_eq!(asked(json!({}), json!({})), [""; 0]);
    assert_eq!(asked(json!({ "scopes": ["launch"] }), keeps()), [""; 0]);
}

#[test]
fn s3_state_nonce_and_verifier_have_256_bits_each_and_differ() {
    let parameters = authorize_parameters(run(to_authorize()).1);
    let unreserved = |text: &str| {
        text.len() == 43
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    assert!(unreserved(&parameters["state"]));
    assert!(unreserved(&parameters["nonce"]));
    assert!(unreserved(&parameters["code_challenge"]));
    assert_ne!(parameters["state"], parameters["nonce"]);
}

#[test]
fn s3_the_verifier_sent_belongs_to_the_challenge() {
    use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
    let challenge = authorize_parameters(run(to_authorize()).1)["code_challenge"].clone();
    let form = token_request(run(to_exchange()).1);
    let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
    assert_eq!(
        PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str(),
        challenge
    );
}

#[test]
fn s3_aud_is_the_issuer_as_the_journal_sent_it() {
    let (_, effect) = run([
        started(&LAUNCHED.replace("fhir&", "fhir%2F&"), NESTED, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]);
    assert_eq!(authorize_parameters(effect)["aud"], "https://ehr.example/fhir/");
}

#[test]
fn the_frame_decides_between_redirect_and_nested_frame() {
    let check = |framed: bool, carrier: Carrier, redirect: bool| {
        let (launch, effect) = run([
            started(LAUNCHED, Environment { framed, carrier }, None),
            answered(Request::Hosts, &hosts()),
            answered(Request::WellKnown, &well_known()),
        ]);
        assert_eq!(matches!(effect, Some(Effect::Redirect { .. })), redirect);
        assert_eq!(matches!(launch, Launch::Leaving(_)), redirect);
        assert_eq!(matches!(effect, Some(Effect::OpenFrame { .. })), !redirect);
        assert_eq!(matches!(launch, Launch::Authorizing(..)), !redirect);
    };
    check(false, Carrier::SessionStorage, true);
    check(false, Carrier::None, false);
    check(true, Carrier::SessionStorage, false);
    check(true, Carrier::None, false);
    check(true, Carrier::FrameName, true);
}

#[test]
fn a_refused_frame_leads_to_a_window_with_the_same_request() {
    let nested = authorize_parameters(run(to_authorize()).1);
    for refusal in [Event::AuthorizationStayed, blocked()] {
        let (launch, effect) = run(and(to_authorize(), refusal));
        let Some(Effect::OfferWindow { address }) = effect else {
            panic!("no window: {effect:?}");
        };
        let window = authorize_parameters(Some(Effect::OpenFrame { address }));
        assert_eq!(window, nested);
        let (launch, effect) = launch.step(good_callback());
        assert!(matches!(launch, Launch::Exchanging(_)));
        assert_eq!(token_request(effect)["code"], "c-1");
    }
}

/// The standalone host, as a page of its own.
fn standalone(query: &str) -> Vec<Event> {
    vec![
        started(query, TOP_LEVEL, None),
        answered(Request::Hosts, &hosts()),
    ]
}

#[test]
fn without_a_journal_the_host_is_asked_for_the_patient() {
    let statement = json!({ "rest": [{ "security": { "extension": [{
        "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
        "extension": [ { "url": "authorize", "valueUri": "/a" }, { "url": "token", "valueUri": "/t" } ] }] } }] });
    for query in ["", "?iss=https://gateway.example/fhir"] {
        let (_, effect) = run(and(standalone(query), answered(Request::Capability, &statement)));
        let parameters = authorize_parameters(effect);
        assert_eq!(
            parameters["scope"],
            "launch/patient openid patient/Observation.rs"
        );
        assert_eq!(parameters["aud"], "https://gateway.example/fhir");
        assert!(!parameters.contains_key("launch"));
    }
}

#[test]
fn only_a_page_of_its_own_and_a_host_that_offers_it_starts_without_a_journal() {
    let check = |query: &str, environment: Environment, kind: LaunchErrorKind| {
        let error = failure([
            started(query, environment, None),
            answered(Request::Hosts, &hosts()),
        ]);
        assert_eq!((error.step, error.kind), (Step::Start, kind), "{query}");
    };
    let gateway = "?iss=https://gateway.example/fhir";
    check("", NESTED, LaunchErrorKind::NotLaunched);
    check("", SANDBOXED, LaunchErrorKind::NotLaunched);
    check(gateway, NESTED, LaunchErrorKind::LaunchMissing);
    check(
        &LAUNCHED.replace("&launch=l-7", ""),
        TOP_LEVEL,
        LaunchErrorKind::LaunchMissing,
    );
    check(
        "?iss=https://evil.example/fhir",
        TOP_LEVEL,
        LaunchErrorKind::IssuerNotAllowed,
    );
}

#[test]
fn two_hosts_without_a_journal_leave_the_choice_to_the_address() {
    let mut two = hosts();
    two["hosts"][0]["standalone"] = json!(true);
    let error = failure([started("", TOP_LEVEL, None), answered(Request::Hosts, &two)]);
    assert_eq!(error.kind, LaunchErrorKind::NotLaunched);
}
