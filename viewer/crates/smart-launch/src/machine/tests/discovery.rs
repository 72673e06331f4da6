//! S2: where the endpoints are found.

use super::*;

#[test]
fn s2_relative_endpoints_are_resolved_and_queries_kept() {
    let check = |endpoint: &str, expected: &str| {
        let mut document = well_known();
        document["authorization_endpoint"] = json!(endpoint);
        let (_, effect) = run([
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
            answered(Request::WellKnown, &document),
        ]);
        let address = authorize_address(effect);
        assert!(address.as_str().starts_with(expected), "{address}");
    };
    check(
        "/auth/authorize",
        "https://ehr.example/auth/authorize?response_type=code&",
    );
    check(
        "authorize",
        "https://ehr.example/fhir/authorize?response_type=code&",
    );
    check(
        "https://login.example/a?tenant=1&x=%2F+y",
        "https://login.example/a?tenant=1&x=%2F+y&response_type=code&",
    );
}

#[test]
fn s2_the_capability_statement_stands_in_for_the_document() {
    let statement = json!({ "resourceType": "CapabilityStatement", "rest": [{ "security": { "extension": [{
        "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
        "extension": [
            { "url": "authorize", "valueUri": "https://ehr.example/old/authorize" },
            { "url": "token", "valueUri": "/old/token" }
        ] }] } }] });
    let check = |document: Event| {
        let events = [
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
            document,
        ];
        let (launch, effect) = run(events);
        assert_eq!(fetched(effect), "https://ehr.example/fhir/metadata");
        let (_, effect) = launch.step(answered(Request::Capability, &statement));
        assert_eq!(authorize_address(effect).path(), "/old/authorize");
    };
    check(raw(Request::WellKnown, 404, ""));
    check(raw(
        Request::WellKnown,
        200,
        "<!doctype html><title>Log in</title>",
    ));
    check(raw(Request::WellKnown, 200, "{}"));
    check(unreachable(Request::WellKnown));
}

#[test]
fn s2_static_endpoints_are_the_last_resort() {
    let (_, effect) = run([
        started("?iss=https://static.example/fhir&launch=1", NESTED, None),
        answered(Request::Hosts, &hosts()),
        raw(Request::WellKnown, 404, ""),
        raw(Request::Capability, 401, ""),
    ]);
    assert!(
        authorize_address(effect)
            .as_str()
            .starts_with("https://login.example/a?tenant=1&response_type=code")
    );
}

#[test]
fn s2_a_host_without_endpoints_is_named_with_the_documents_fault() {
    let check = |document: Event, kind: LaunchErrorKind| {
        let error = failure([
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
            document,
            raw(Request::Capability, 404, ""),
        ]);
        assert_eq!((error.step, error.kind), (Step::Discovery, kind));
        assert_eq!(error.host, "ehr.example");
    };
    let document = |body: &str| raw(Request::WellKnown, 200, body);
    check(raw(Request::WellKnown, 500, "{}"), LaunchErrorKind::Status(500));
    check(document("<html>"), LaunchErrorKind::NotJson);
    check(document("[]"), LaunchErrorKind::NotJson);
    check(
        document(r#"{"authorization_endpoint": "https://ehr.exam"#),
        LaunchErrorKind::NotJson,
    );
    check(
        document("{}"),
        LaunchErrorKind::FieldMissing("authorization_endpoint"),
    );
    check(
        document(r#"{"authorization_endpoint":"/a"}"#),
        LaunchErrorKind::FieldMissing("token_endpoint"),
    );
    check(
        document(r#"{"authorization_endpoint":"javascript:alert(1)","token_endpoint":"/t"}"#),
        LaunchErrorKind::FieldInvalid("authorization_endpoint"),
    );
    check(
        document(r#"{"authorization_endpoint":"/a","token_endpoint":"http://ehr.example/t"}"#),
        LaunchErrorKind::FieldInvalid("token_endpoint"),
    );
    check(unreachable(Request::WellKnown), LaunchErrorKind::Unreachable);
}

#[test]
fn s2_a_rung_that_the_host_has_not_is_left_out() {
    let start = || started("?iss=https://gateway.example/fhir&launch=1", NESTED, None);
    let (launch, effect) = run([start(), answered(Request::Hosts, &hosts())]);
    assert!(matches!(launch, Launch::Discovering(_)));
    assert_eq!(fetched(effect), "https://gateway.example/fhir/metadata");
    let error = failure([
        start(),
        answered(Request::Hosts, &hosts()),
        raw(Request::Capability, 403, ""),
    ]);
    assert_eq!(error.kind, LaunchErrorKind::Status(403));

    let mut none = hosts();
    none["hosts"][1]["discovery"] = json!({ "wellKnown": false, "capability": false });
    let (_, effect) = run([
        started("?iss=https://static.example/fhir&launch=1", NESTED, None),
        answered(Request::Hosts, &none),
    ]);
    assert_eq!(authorize_address(effect).host_str(), Some("login.example"));
}

#[test]
fn the_hosts_own_headers_go_with_discovery() {
    let gateway = "?iss=https://gateway.example/fhir&launch=1";
    let (_, effect) = run([started(gateway, NESTED, None), answered(Request::Hosts, &hosts())]);
    let Some(Effect::Get { headers, .. }) = effect else {
        panic!("nothing fetched: {effect:?}");
    };
    assert_eq!(headers, [("X-Key".to_owned(), "k-1".to_owned())]);
}

#[test]
fn s2_issuer_and_keys_of_the_profile_stand_in_for_those_that_discovery_leaves_out() {
    let endpoints = |document: &serde_json::Value| {
        let mut hosts = hosts();
        hosts["hosts"][0]["endpoints"] = json!({ "authorize": "/a", "token": "/t", "jwks": "/keys",
                                                 "issuer": "https://login.example" });
        let (launch, _) = run([
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts),
            answered(Request::WellKnown, document),
        ]);
        let Launch::Authorizing(authorizing, _) = launch else {
            panic!("not authorizing: {launch:?}");
        };
        authorizing.pending.endpoints
    };
    let found = endpoints(&well_known());
    assert_eq!(found.issuer.as_deref(), Some("https://login.example"));
    assert_eq!(found.jwks.as_deref(), Some("https://ehr.example/keys"));
    assert_eq!(found.token.as_str(), "https://ehr.example/auth/token");
    let mut document = well_known();
    document["issuer"] = json!("https://own.example");
    document["jwks_uri"] = json!("/own-keys");
    let found = endpoints(&document);
    assert_eq!(found.issuer.as_deref(), Some("https://own.example"));
    assert_eq!(found.jwks.as_deref(), Some("https://ehr.example/own-keys"));
}
