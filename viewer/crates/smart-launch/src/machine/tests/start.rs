//! S1: only configured issuers, and only a page that a journal launched.

use super::*;

#[test]
fn s1_an_issuer_that_is_not_configured_is_never_contacted() {
    let check = |query: &str| {
        let error = failure([started(query, NESTED, None), answered(Request::Hosts, &hosts())]);
        assert_eq!(
            (error.step, error.kind),
            (Step::Start, LaunchErrorKind::IssuerNotAllowed),
            "{query}"
        );
        error.host
    };
    assert_eq!(
        check("?iss=https://evil.example:8443/fhir&launch=1"),
        "evil.example:8443"
    );
    assert_eq!(check("?iss=https://ehr.example/fhir2&launch=1"), "ehr.example");
    assert_eq!(check("?iss=nonsense&launch=1"), "nonsense");
}

#[test]
fn s1_parameters_of_the_page_change_neither_client_nor_server_nor_scope() {
    let query = format!(
        "{LAUNCHED}&client_id=evil&scope=system/*.cruds&redirect_uri=https://evil.example/\
         &fhirServiceUrl=https://evil.example/&authorization_endpoint=https://evil.example/&aud=x"
    );
    let (_, effect) = run([
        started(&query, NESTED, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]);
    let address = authorize_address(effect);
    assert!(!address.as_str().contains("evil"), "{address}");
    assert!(!address.as_str().contains("system"), "{address}");
}

#[test]
fn s1_an_issuer_is_taken_with_or_without_a_trailing_slash() {
    let (_, effect) = run([
        started(&LAUNCHED.replace("fhir&", "fhir%2F&"), NESTED, None),
        answered(Request::Hosts, &hosts()),
    ]);
    assert_eq!(
        fetched(effect),
        "https://ehr.example/fhir/.well-known/smart-configuration"
    );
}

#[test]
fn the_page_must_be_launched_by_a_journal() {
    let check = |query: &str, kind: LaunchErrorKind| {
        let mut hosts = hosts();
        hosts["hosts"][2]["standalone"] = json!(false);
        let error = failure([started(query, TOP_LEVEL, None), answered(Request::Hosts, &hosts)]);
        assert_eq!((error.step, error.kind), (Step::Start, kind), "{query}");
        assert_eq!(error.host, "viewer.example");
    };
    check("", LaunchErrorKind::NotLaunched);
    check("?", LaunchErrorKind::NotLaunched);
    check("?utm_source=x", LaunchErrorKind::NotLaunched);
    check("?launch=l-7", LaunchErrorKind::IssuerMissing);
    check("?launch=l-7&iss=", LaunchErrorKind::IssuerMissing);
    check("?iss=https://ehr.example/fhir", LaunchErrorKind::LaunchMissing);
}

#[test]
fn a_host_list_that_cannot_be_used_is_an_error_of_the_start() {
    let check = |event: Event, kind: LaunchErrorKind, detail: &str| {
        let error = failure([started(LAUNCHED, NESTED, None), event]);
        assert_eq!((error.step, error.kind), (Step::Start, kind));
        assert_eq!(error.host, "viewer.example");
        assert!(error.detail.contains(detail), "{}", error.detail);
    };
    check(raw(Request::Hosts, 404, ""), LaunchErrorKind::Status(404), "");
    check(
        raw(Request::Hosts, 200, "<html>"),
        LaunchErrorKind::HostsInvalid,
        "(file)",
    );
    check(
        raw(Request::Hosts, 200, r#"{"hosts":[{}]}"#),
        LaunchErrorKind::HostsInvalid,
        "hosts[0].iss",
    );
    check(
        unreachable(Request::Hosts),
        LaunchErrorKind::Unreachable,
        "Failed to fetch",
    );
    check(Event::TimedOut, LaunchErrorKind::TimedOut, "");
}

#[test]
fn without_cryptographic_randomness_nothing_is_launched() {
    let Event::Started(start) = started(LAUNCHED, NESTED, None) else {
        return;
    };
    let start = Start {
        random: None,
        ..*start
    };
    let error = failure([
        Event::Started(Box::new(start)),
        answered(Request::Hosts, &hosts()),
    ]);
    assert_eq!(
        (error.step, error.kind),
        (Step::Start, LaunchErrorKind::NoRandomness)
    );
}
