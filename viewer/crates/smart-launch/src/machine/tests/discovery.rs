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
