//! The exchange of the journal's token, and everything that it refuses.

use super::*;

/// A good exchange, with some parameters otherwise; an empty value leaves one out.
pub(super) async fn exchange(site: &Site, subject: &str, changed: &[(&str, &str)]) -> Reply {
    let good = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", subject),
        (
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        (
            "requested_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        ("resource", "http://127.0.0.1:8480/sources/municipality/fhir"),
        ("client_id", "dho-viewer-kommune"),
        ("scope", "patient/Patient.rs patient/Observation.rs"),
    ];
    let form: Vec<_> = good
        .into_iter()
        .map(|(name, value)| {
            let other = changed.iter().find(|(changed, _)| *changed == name);
            (name, other.map_or(value, |(_, value)| *value))
        })
        .filter(|(_, value)| !value.is_empty())
        .collect();
    post(site, "/sources/municipality/auth/token", None, &form).await
}

#[tokio::test]
async fn the_journals_token_is_exchanged_for_one_of_the_source() {
    let site = site();
    let launch = launch_token(&site, "p").await;
    let reply = exchange(&site, &launch, &[]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    let answer = reply.json();
    assert_eq!(answer["patient"], "kari");
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 300);
    assert_eq!(answer["scope"], "patient/Patient.rs patient/Observation.rs");
    assert_eq!(
        answer["issued_token_type"],
        "urn:ietf:params:oauth:token-type:access_token"
    );
    let token = answer["access_token"].as_str().unwrap();
    let readings = ask(&site, "municipality", "Observation?patient=kari", token)
        .await
        .json();
    assert_eq!(ids(&readings), ["a"]);
    assert_eq!(
        ask(&site, "municipality", "Goal?patient=kari", token)
            .await
            .status
            .as_u16(),
        403
    );
    assert_eq!(
        ask(&site, "municipality", "Observation?patient=ola", token)
            .await
            .status
            .as_u16(),
        403
    );

    let per = launch_token(&site, "per").await;
    let nobody = exchange(&site, &per, &[]).await.json();
    assert_eq!(nobody["patient"], Value::Null, "he is not known there");
}

#[tokio::test]
async fn an_exchange_with_anything_wrong_is_refused() {
    let site = site();
    let launch = launch_token(&site, "p").await;
    for (name, value, refused) in [
        ("grant_type", "", "400 invalid_request"),
        ("grant_type", "authorization_code", "400 unsupported_grant_type"),
        ("subject_token", "", "400 invalid_request"),
        ("subject_token", "made-up", "400 invalid_request"),
        ("subject_token_type", "", "400 invalid_request"),
        (
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:id_token",
            "400 invalid_request",
        ),
        (
            "requested_token_type",
            "urn:ietf:params:oauth:token-type:saml2",
            "400 invalid_request",
        ),
        (
            "resource",
            "http://127.0.0.1:8480/sources/hospital/fhir",
            "400 invalid_target",
        ),
        ("client_id", "", "400 invalid_request"),
        ("client_id", "dho-viewer", "401 invalid_client"),
        ("scope", "", "400 invalid_scope"),
        ("scope", "system/*.rs", "400 invalid_scope"),
    ] {
        let reply = exchange(&site, &launch, &[(name, value)]).await;
        let error = reply.json()["error"].as_str().unwrap().to_owned();
        assert_eq!(
            format!("{} {error}", reply.status.as_u16()),
            refused,
            "{name}={value}"
        );
    }
    let json = Request::post("/sources/municipality/auth/token")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(site.send(json).await.json()["error"], "invalid_request");
    let taken_as_it_is = post(
        &site,
        "/sources/hospital/auth/token",
        None,
        &[("client_id", "dho-viewer")],
    )
    .await;
    assert_eq!(taken_as_it_is.json()["error"], "unsupported_grant_type");
    assert_eq!(
        site.get("/sources/nowhere/fhir/metadata").await.status,
        StatusCode::NOT_FOUND
    );
}
