//! S8: what an id_token must be before a name is shown. The signature itself is verified by the caller: here
//! it stands for its verdict.

use super::*;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const NOW_MS: f64 = 1_000_000.0;

fn expected() -> Expected {
    Expected {
        issuer: "https://login.example".to_owned(),
        client_id: ClientId::new("viewer".to_owned()),
        nonce: Redacted("n-1".to_owned()),
        fhir_base: "https://ehr.example/fhir".to_owned(),
    }
}

fn claims() -> Value {
    json!({ "iss": "https://login.example", "aud": "viewer", "exp": 1_300, "nonce": "n-1", "sub": "u-7",
            "name": "Lege Legesen", "fhirUser": "Practitioner/7", "locale": "nn-NO" })
}

fn header() -> Value {
    json!({ "alg": "ES256", "kid": "k-1" })
}

fn encode(part: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(part.to_string())
}

fn token(header: &Value, claims: &Value) -> String {
    format!(
        "{}.{}.{}",
        encode(header),
        encode(claims),
        BASE64_URL_SAFE_NO_PAD.encode("signature")
    )
}

fn jwks() -> Value {
    json!({ "keys": [
        { "kty": "RSA", "kid": "k-0", "n": "nn", "e": "AQAB" },
        { "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "k-1", "x": "xx", "y": "yy", "d": "private" },
        { "kty": "EC", "crv": "P-256", "kid": "k-2", "x": "x2", "y": "y2" },
    ] })
}

fn start(token: &str) -> Next {
    let jwks = Some("https://login.example/keys".to_owned());
    Identity::new(Redacted(token.to_owned()), expected(), jwks)
        .step(IdentityEvent::Started { now_ms: NOW_MS })
}

fn keys(body: &Value) -> IdentityEvent {
    IdentityEvent::KeysAnswered {
        status: 200,
        body: body.to_string().into_bytes(),
    }
}

/// The whole way with these keys, the signature fitting.
fn user(token: &str, jwks: &Value) -> Result<User, IdentityProblem> {
    let (mut state, mut effect) = start(token);
    loop {
        let event = match effect {
            Some(IdentityEffect::GetKeys { .. }) => keys(jwks),
            Some(IdentityEffect::Verify(_)) => IdentityEvent::Verified(Some(true)),
            Some(IdentityEffect::Known(user)) => return Ok(user),
            Some(IdentityEffect::Unknown(problem)) => return Err(problem),
            None => panic!("stuck in {state:?}"),
        };
        (state, effect) = state.step(event);
    }
}

fn with(changes: &Value) -> Result<User, IdentityProblem> {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    user(&token(&header(), &claims), &jwks())
}

#[test]
fn s8_a_token_of_this_launch_names_the_user() {
    let known = user(&token(&header(), &claims()), &jwks()).unwrap();
    assert_eq!(known.subject, "u-7");
    assert_eq!(known.name.as_deref(), Some("Lege Legesen"));
    assert_eq!(known.fhir_user.as_deref(), Some("Practitioner/7"));
}

#[test]
fn s8_issuer_audience_expiry_and_nonce_must_fit() {
    let check = |changes: Value, claim: &'static str| {
        assert_eq!(with(&changes), Err(IdentityProblem::Claim(claim)), "{changes}");
    };
    check(json!({ "iss": "https://evil.example" }), "iss");
    check(json!({ "iss": null }), "iss");
    check(json!({ "aud": "another" }), "aud");
    check(json!({ "aud": ["another"] }), "aud");
    check(json!({ "aud": [] }), "aud");
    check(json!({ "aud": null }), "aud");
    check(json!({ "aud": ["viewer", "another"] }), "azp");
    check(json!({ "aud": ["viewer", "another"], "azp": "another" }), "azp");
    check(json!({ "azp": "another" }), "azp");
    check(json!({ "exp": null }), "exp");
    check(json!({ "exp": "soon" }), "exp");
    check(json!({ "exp": 940 }), "exp");
    check(json!({ "nonce": "n-2" }), "nonce");
    check(json!({ "nonce": null }), "nonce");
    check(json!({ "sub": "" }), "sub");
    for fine in [
        json!({ "iss": "https://login.example/" }),
        json!({ "aud": ["viewer"] }),
        json!({ "aud": ["viewer", "another"], "azp": "viewer" }),
        json!({ "exp": 941 }),
        json!({ "exp": 2_000.5 }),
    ] {
        assert!(with(&fine).is_ok(), "{fine}");
    }
}

#[test]
fn s8_only_asymmetric_signatures_are_accepted() {
    for algorithm in ["none", "None", "HS256", "HS384", "PS256", "ES512", "EdDSA", ""] {
        let header = json!({ "alg": algorithm, "kid": "k-1" });
        let token = token(&header, &claims());
        assert_eq!(
            user(&token, &jwks()),
            Err(IdentityProblem::AlgorithmRefused),
            "{algorithm}"
        );
    }
    let unsigned = format!("{}.{}.", encode(&json!({ "alg": "none" })), encode(&claims()));
    assert_eq!(user(&unsigned, &jwks()), Err(IdentityProblem::AlgorithmRefused));
}

#[test]
fn s8_what_is_no_token_is_refused() {
    let two_parts = format!("{}.{}", encode(&header()), encode(&claims()));
    let critical = token(&json!({ "alg": "ES256", "kid": "k-1", "crit": ["x"] }), &claims());
    let list = format!("{}.{}.c2ln", encode(&header()), encode(&json!([1])));
    for text in [
        "",
        ".",
        "..",
        "a.b.c",
        "a.b.c.d",
        two_parts.as_str(),
        critical.as_str(),
        list.as_str(),
    ] {
        assert_eq!(user(text, &jwks()), Err(IdentityProblem::Malformed), "{text}");
    }
}

#[test]
fn s8_the_signature_is_verified_with_the_key_that_the_header_names() {
    let (state, effect) = start(&token(&header(), &claims()));
    let Some(IdentityEffect::GetKeys { address }) = effect else {
        panic!("no keys asked for: {effect:?}");
    };
    assert_eq!(address, "https://login.example/keys");
    let (state, effect) = state.step(keys(&jwks()));
    let Some(IdentityEffect::Verify(verification)) = effect else {
        panic!("nothing to verify: {effect:?}");
    };
    assert_eq!(verification.algorithm, Algorithm::Es256);
    let key: Value = serde_json::from_str(&verification.key).unwrap();
    assert_eq!(key, json!({ "kty": "EC", "crv": "P-256", "x": "xx", "y": "yy" }));
    assert_eq!(verification.signature, b"signature");
    let input = format!("{}.{}", encode(&header()), encode(&claims()));
    assert_eq!(verification.input, input.as_bytes());
    let verdict = |verdict| match state.clone().step(IdentityEvent::Verified(verdict)).1 {
        Some(IdentityEffect::Unknown(problem)) => Some(problem),
        _ => None,
    };
    assert_eq!(verdict(Some(true)), None);
    assert_eq!(verdict(Some(false)), Some(IdentityProblem::SignatureRefused));
    assert_eq!(verdict(None), Some(IdentityProblem::CannotVerify));
}

#[test]
fn s8_without_one_fitting_key_nobody_is_shown() {
    let check = |header: Value, jwks: Value, found: bool| {
        let known = user(&token(&header, &claims()), &jwks);
        assert_eq!(known.is_ok(), found, "{header} {jwks}");
        assert!(found || known == Err(IdentityProblem::NoKey));
    };
    check(json!({ "alg": "ES256", "kid": "k-9" }), jwks(), false);
    check(json!({ "alg": "RS256", "kid": "k-1" }), jwks(), false);
    check(json!({ "alg": "ES384", "kid": "k-1" }), jwks(), false);
    check(json!({ "alg": "RS256", "kid": "k-0" }), jwks(), true);
    check(json!({ "alg": "RS384", "kid": "k-0" }), jwks(), true);
    // Without an id only a key that is the only one of its kind.
    check(json!({ "alg": "RS256" }), jwks(), true);
    check(json!({ "alg": "ES256" }), jwks(), false);
    check(header(), json!({ "keys": [] }), false);
    check(header(), json!([]), false);
    check(
        header(),
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k-1", "x": "xx" }] }),
        false,
    );
    let encryption =
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k-1", "use": "enc", "x": "x", "y": "y" }] });
    check(header(), encryption, false);
    let named = Identity::new(Redacted(token(&header(), &claims())), expected(), None);
    let (_, effect) = named.step(IdentityEvent::Started { now_ms: NOW_MS });
    assert!(matches!(
        effect,
        Some(IdentityEffect::Unknown(IdentityProblem::NoKey))
    ));
}

#[test]
fn s8_fhir_user_is_taken_relative_or_absolute() {
    let fhir_user = |reference: &str| with(&json!({ "fhirUser": reference })).unwrap().fhir_user;
    let check = |reference: &str, taken: Option<&str>| {
        assert_eq!(fhir_user(reference).as_deref(), taken, "{reference}");
    };
    check("Practitioner/7", Some("Practitioner/7"));
    check("https://ehr.example/fhir/Practitioner/7", Some("Practitioner/7"));
    check(
        "https://ehr.example/fhir/PractitionerRole/7/_history/2",
        Some("PractitionerRole/7"),
    );
    check(
        "https://other.example/fhir/Practitioner/7",
        Some("https://other.example/fhir/Practitioner/7"),
    );
    check("Observation/7", None);
    check("Practitioner/", None);
    check("7", None);
}

#[test]
fn every_event_in_every_state_leads_where_it_should() {
    let unverified = || {
        let jwks = Some("https://login.example/keys".to_owned());
        Identity::new(Redacted(token(&header(), &claims())), expected(), jwks)
    };
    let loading = || start(&token(&header(), &claims())).0;
    let verifying = || loading().step(keys(&jwks())).0;
    let done = || verifying().step(IdentityEvent::Verified(Some(true))).0;
    let name = |state: &Identity| match state {
        Identity::Unverified(_) => "unverified",
        Identity::LoadingKeys(_) => "loading",
        Identity::Verifying(_) => "verifying",
        Identity::Done => "done",
    };
    type Case = (&'static str, fn() -> IdentityEvent);
    let events: [Case; 6] = [
        ("started", || IdentityEvent::Started { now_ms: NOW_MS }),
        ("keys", || keys(&jwks())),
        ("refused keys", || IdentityEvent::KeysAnswered {
            status: 500,
            body: jwks().to_string().into_bytes(),
        }),
        ("no keys", || IdentityEvent::KeysUnreachable),
        ("fits", || IdentityEvent::Verified(Some(true))),
        ("does not fit", || IdentityEvent::Verified(Some(false))),
    ];
    let moves = [
        ("unverified", "started", "loading"),
        ("loading", "keys", "verifying"),
        ("loading", "refused keys", "done"),
        ("loading", "no keys", "done"),
        ("verifying", "fits", "done"),
        ("verifying", "does not fit", "done"),
    ];
    for state in [&unverified as &dyn Fn() -> Identity, &loading, &verifying, &done] {
        let from = name(&state());
        for (event_name, event) in &events {
            let (to, effect) = state().step(event());
            let listed = moves
                .iter()
                .find(|(at, event, _)| *at == from && event == event_name);
            let (expected, acts) = listed.map_or((from, false), |(_, _, to)| (*to, true));
            assert_eq!(
                (name(&to), effect.is_some()),
                (expected, acts),
                "{event_name} in {from}"
            );
        }
    }
}

#[test]
fn a_claim_can_be_read_before_it_is_checked() {
    let of = |token: &str| Identity::new(Redacted(token.to_owned()), expected(), None).claimed("sub");
    assert_eq!(of(&token(&header(), &claims())).as_deref(), Some("u-7"));
    assert_eq!(of("nonsense"), None);
}

#[test]
fn nothing_secret_shows_in_debug() {
    let token = token(&header(), &claims());
    let jwks = Some("https://login.example/keys".to_owned());
    let shown = format!("{:?}", Identity::new(Redacted(token.clone()), expected(), jwks));
    assert!(!shown.contains(&token) && !shown.contains("n-1"), "{shown}");
}

proptest::proptest! {
    #[test]
    fn any_token_and_any_keys_end_without_a_panic(text in ".{0,80}", body in ".{0,80}") {
        let _ = start(&text);
        let (state, _) = start(&token(&header(), &claims()));
        let _ = state.step(IdentityEvent::KeysAnswered { status: 200, body: body.into_bytes() });
    }
}
