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
    let check = |framed: bool, storage: bool, redirect: bool| {
        let (launch, effect) = run([
            started(LAUNCHED, Environment { framed, storage }, None),
            answered(Request::Hosts, &hosts()),
            answered(Request::WellKnown, &well_known()),
        ]);
        assert_eq!(matches!(effect, Some(Effect::Redirect { .. })), redirect);
        assert_eq!(matches!(launch, Launch::Leaving(_)), redirect);
        assert_eq!(matches!(effect, Some(Effect::OpenFrame { .. })), !redirect);
        assert_eq!(matches!(launch, Launch::Authorizing(_)), !redirect);
    };
    check(false, true, true);
    check(false, false, false);
    check(true, true, false);
    check(true, false, false);
}
