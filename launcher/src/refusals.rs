//! One table of everything that a real server refuses, asked of this one through its whole site. Tests only.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::testing::{Client, Site};

const SCOPE: &str = "launch openid online_access patient/Observation.rs patient/CarePlan.r";

/// Each changes one thing of a good launch; an empty value leaves the parameter out.
enum Attempt {
    Authorize(&'static str, &'static str),
    Token(&'static str, &'static str),
    /// A read or search with a good token.
    Get(&'static str),
    /// The same after so much has happened.
    GetAfter(After, &'static str),
}

enum After {
    CodeReused,
    RefreshReused,
    TokenExpired,
    NoToken,
    OtherToken,
}

use After::{CodeReused, NoToken, OtherToken, RefreshReused, TokenExpired};
use Attempt::{Authorize, Get, GetAfter, Token};

const TABLE: [(&str, Attempt, &str); 37] = [
    ("nothing wrong", Get("Observation?patient=p"), "200"),
    ("unknown client", Authorize("client_id", "other"), "400 page"),
    ("no client", Authorize("client_id", ""), "400 page"),
    ("no redirect", Authorize("redirect_uri", ""), "400 page"),
    (
        "foreign redirect",
        Authorize("redirect_uri", "https://elsewhere.example/"),
        "400 page",
    ),
    (
        "redirect with less",
        Authorize("redirect_uri", "http://localhost:8481"),
        "400 page",
    ),
    (
        "redirect with more",
        Authorize("redirect_uri", "http://localhost:8481/?a=b"),
        "400 page",
    ),
    (
        "redirect of another port",
        Authorize("redirect_uri", "http://localhost:8482/"),
        "400 page",
    ),
    (
        "redirect in capitals",
        Authorize("redirect_uri", "http://LOCALHOST:8481/"),
        "400 page",
    ),
    ("PKCE missing", Authorize("code_challenge", ""), "invalid_request"),
    (
        "PKCE without a method is plain",
        Authorize("code_challenge_method", ""),
        "invalid_request",
    ),
    (
        "PKCE plain",
        Authorize("code_challenge_method", "plain"),
        "invalid_request",
    ),
    (
        "implicit flow",
        Authorize("response_type", "token"),
        "unsupported_response_type",
    ),
    ("no state", Authorize("state", ""), "invalid_request"),
    ("no aud", Authorize("aud", ""), "invalid_request"),
    (
        "foreign aud",
        Authorize("aud", "https://elsewhere.example/fhir"),
        "invalid_request",
    ),
    (
        "aud of the origin only",
        Authorize("aud", "http://127.0.0.1:8480"),
        "invalid_request",
    ),
    (
        "launch made up",
        Authorize("launch", "made-up"),
        "invalid_request",
    ),
    (
        "no scope that can be granted",
        Authorize("scope", "system/*.rs"),
        "invalid_scope",
    ),
    (
        "another client at the token endpoint",
        Token("client_id", "other"),
        "401 invalid_client",
    ),
    (
        "another redirect at the token endpoint",
        Token("redirect_uri", "http://localhost:8481"),
        "400 invalid_grant",
    ),
    ("code made up", Token("code", "made-up"), "400 invalid_grant"),
    (
        "verifier missing",
        Token("code_verifier", ""),
        "400 invalid_request",
    ),
    (
        "verifier wrong",
        Token("code_verifier", "wrong"),
        "400 invalid_grant",
    ),
    (
        "grant type unknown",
        Token("grant_type", "password"),
        "400 unsupported_grant_type",
    ),
    (
        "code used twice revokes its tokens",
        GetAfter(CodeReused, "Observation"),
        "401",
    ),
    (
        "refresh token used twice revokes its tokens",
        GetAfter(RefreshReused, "Observation"),
        "401",
    ),
    ("token expired", GetAfter(TokenExpired, "Observation"), "401"),
    ("no token", GetAfter(NoToken, "Observation"), "401"),
    ("token made up", GetAfter(OtherToken, "Observation"), "401"),
    ("type not granted", Get("Goal?patient=p"), "403"),
    ("search not granted", Get("CarePlan?patient=p"), "403"),
    (
        "search for another patient",
        Get("Observation?patient=other"),
        "403",
    ),
    (
        "search for two patients",
        Get("Observation?patient=p,other"),
        "403",
    ),
    ("reading of another patient", Get("Observation/x"), "403"),
    (
        "version of another patient",
        Get("Observation/x/_history/1"),
        "403",
    ),
    (
        "newest of another patient",
        Get("Observation/$lastn?patient=other"),
        "403",
    ),
];

fn site() -> Site {
    let reading = |id: &str, patient: &str| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "code": {},
            "subject": {"reference": format!("Patient/{patient}")}})
    };
    Site::with(&[reading("o", "p"), reading("x", "other")])
}

async fn refresh(site: &Site, token: &Value) {
    let refresh = token["refresh_token"].as_str().unwrap();
    let body = format!("grant_type=refresh_token&client_id=dho-viewer&refresh_token={refresh}");
    let kind = "application/x-www-form-urlencoded";
    let request = Request::post("/auth/token").header(header::CONTENT_TYPE, kind);
    site.send(request.body(Body::from(body)).unwrap()).await;
}

async fn outcome(attempt: &Attempt) -> String {
    let site = site();
    let launch = site.launch("lege-berg", "p");
    if let Authorize(name, value) = attempt {
        let reply = site
            .get(&site.authorize_path(&launch, SCOPE, &[(name, value)]))
            .await;
        if reply.status != StatusCode::FOUND {
            assert!(!reply.headers.contains_key(header::LOCATION));
            return format!("{} page", reply.status.as_u16());
        }
        let (_, query) = reply.header(header::LOCATION).split_once('?').unwrap();
        let mut answer = form_urlencoded::parse(query.as_bytes());
        return answer.find(|(name, _)| name == "error").unwrap().1.into_owned();
    }
    if let GetAfter(TokenExpired, _) = attempt {
        let body = Body::from(r#"{"tokens":{"seconds":0}}"#);
        site.send(Request::put("/faults").body(body).unwrap()).await;
    }
    let code = site.authorize(&launch, SCOPE, &[]).await["code"].clone();
    if let Token(name, value) = attempt {
        let reply = site.token(&code, &[(name, value)]).await;
        return format!(
            "{} {}",
            reply.status.as_u16(),
            reply.json()["error"].as_str().unwrap()
        );
    }
    let token = site.token(&code, &[]).await.json();
    let access = token["access_token"].as_str().unwrap();
    let (access, path) = match attempt {
        Get(path) => (access, path),
        GetAfter(after, path) => {
            match after {
                CodeReused => drop(site.token(&code, &[]).await),
                RefreshReused => {
                    refresh(&site, &token).await;
                    refresh(&site, &token).await;
                }
                TokenExpired | NoToken | OtherToken => {}
            }
            match after {
                NoToken => ("", path),
                OtherToken => ("made-up", path),
                _ => (access, path),
            }
        }
        Authorize(..) | Token(..) => unreachable!(),
    };
    Client::new(&site, access)
        .get(path)
        .await
        .status
        .as_u16()
        .to_string()
}

#[tokio::test]
async fn what_a_real_server_refuses_is_refused() {
    for (what, attempt, expected) in &TABLE {
        assert_eq!(outcome(attempt).await, *expected, "{what}");
    }
}
