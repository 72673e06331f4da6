//! S4 and S13: which callbacks are taken.

use super::*;
use crate::address::Address;

#[test]
fn s4_a_callback_that_does_not_fit_is_refused() {
    let state = state();
    let check = |query: &str, kind: LaunchErrorKind, detail: &str| {
        let error = failure(and(to_authorize(), callback(query)));
        assert_eq!((error.step, error.kind), (Step::Callback, kind), "{query}");
        assert_eq!(error.host, "ehr.example");
        assert!(error.detail.contains(detail), "{}", error.detail);
        assert!(!error.to_string().contains("c-1"), "{error}");
    };
    check("?code=c-1", LaunchErrorKind::StateMismatch, "no state");
    check("?code=c-1&state=", LaunchErrorKind::StateMismatch, "no state");
    check(
        "?code=c-1&state=other",
        LaunchErrorKind::StateMismatch,
        "another state",
    );
    check(
        &format!("?code=c-1&state={state}x"),
        LaunchErrorKind::StateMismatch,
        "another state",
    );
    check("?error=access_denied", LaunchErrorKind::StateMismatch, "no state");
    check(
        &format!("?state={state}"),
        LaunchErrorKind::FieldMissing("code"),
        "",
    );
    check(
        &format!("?code=&state={state}"),
        LaunchErrorKind::FieldMissing("code"),
        "",
    );
    check(
        &format!("?code=c-1&state={state}&iss=https://evil.example/"),
        LaunchErrorKind::IssuerMismatch,
        "https://ehr.example/fhir",
    );
    check(
        &format!("?error=access_denied&error_description=%3Cb%3Enei%3C%2Fb%3E&state={state}"),
        LaunchErrorKind::AuthorizationRefused,
        "access_denied: <b>nei</b>",
    );
}

#[test]
fn s4_the_callbacks_iss_is_the_declared_issuer() {
    let check = |document: serde_json::Value, iss: &str, accepted: bool| {
        let state = state();
        let (launch, _) = run([
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
            answered(Request::WellKnown, &document),
            callback(&format!("?code=c-1&state={state}{iss}")),
        ]);
        assert_eq!(matches!(launch, Launch::Exchanging(_)), accepted, "{iss}");
    };
    let mut declared = well_known();
    declared["issuer"] = json!("https://login.example");
    check(declared.clone(), "&iss=https://login.example", true);
    check(declared.clone(), "&iss=https://login.example/", false);
    check(declared.clone(), "&iss=https://ehr.example/fhir", false);
    check(declared.clone(), "", true);
    declared["authorization_response_iss_parameter_supported"] = json!(true);
    check(declared.clone(), "", false);
    check(declared, "&iss=https://login.example", true);
    check(well_known(), "&iss=https://ehr.example/fhir", true);
    check(well_known(), "&iss=https://evil.example", false);
}

#[test]
fn s4_a_second_callback_is_refused() {
    let error = failure(and(to_exchange(), good_callback()));
    assert_eq!(
        (error.step, error.kind),
        (Step::Callback, LaunchErrorKind::CallbackRepeated)
    );
}

#[test]
fn s4_a_callback_that_no_launch_waits_for_is_refused() {
    for query in ["?code=c-1&state=s", "?error=access_denied", "?code=c-1"] {
        let error = failure([
            started(query, TOP_LEVEL, None),
            answered(Request::Hosts, &hosts()),
        ]);
        assert_eq!(
            (error.step, error.kind),
            (Step::Callback, LaunchErrorKind::CallbackUnexpected)
        );
    }
}

#[test]
fn a_launch_survives_the_redirect_in_the_same_frame() {
    let (state, pending) = carried(TOP_LEVEL);
    let found = context([
        started(&format!("?code=c-1&state={state}"), TOP_LEVEL, Some(pending)),
        answered(Request::Hosts, &hosts()),
        answered(Request::Token, &token()),
    ]);
    assert_eq!(found.patient_id, "p1");
}

#[test]
fn s4_the_stored_launch_refuses_another_state() {
    let (_, pending) = carried(TOP_LEVEL);
    let error = failure([
        started("?code=c-1&state=other", TOP_LEVEL, Some(pending)),
        answered(Request::Hosts, &hosts()),
    ]);
    assert_eq!(
        (error.step, error.kind),
        (Step::Callback, LaunchErrorKind::StateMismatch)
    );
}

#[test]
fn s1_a_stored_launch_of_a_host_no_longer_configured_is_refused() {
    let (state, pending) = carried(TOP_LEVEL);
    let error = failure([
        started(&format!("?code=c-1&state={state}"), TOP_LEVEL, Some(pending)),
        answered(Request::Hosts, &json!({ "hosts": [] })),
    ]);
    assert_eq!(error.kind, LaunchErrorKind::IssuerNotAllowed);
}

#[test]
fn a_launch_survives_the_redirect_in_a_sandboxed_frame() {
    let (state, pending) = carried(SANDBOXED);
    let found = context([
        started(&format!("?code=c-1&state={state}"), SANDBOXED, Some(pending)),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
        answered(Request::Token, &token()),
    ]);
    assert_eq!(found.patient_id, "p1");
}

#[test]
fn s1_a_launch_from_the_frames_name_cannot_say_where_the_code_goes() {
    let (state, mut pending) = carried(SANDBOXED);
    pending.endpoints.token = Address::parse("https://evil.example/token").unwrap();
    let (_, effect) = run([
        started(&format!("?code=c-1&state={state}"), SANDBOXED, Some(pending)),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]);
    // Checks the address too: the one that discovery found.
    assert_eq!(token_request(effect)["code"], "c-1");
}

#[test]
fn s4_a_launch_from_the_frames_name_refuses_another_state() {
    let (_, pending) = carried(SANDBOXED);
    let error = failure([
        started("?code=c-1&state=other", SANDBOXED, Some(pending)),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]);
    assert_eq!(
        (error.step, error.kind),
        (Step::Callback, LaunchErrorKind::StateMismatch)
    );
}

#[test]
fn s13_a_new_launch_takes_nothing_from_a_stored_one() {
    let (_, pending) = carried(TOP_LEVEL);
    let (launch, effect) = run([
        started(LAUNCHED, TOP_LEVEL, Some(pending)),
        answered(Request::Hosts, &hosts()),
    ]);
    assert!(matches!(launch, Launch::Discovering(_)));
    assert!(fetched(effect).ends_with("/.well-known/smart-configuration"));
}
