//! The token endpoint: codes and refresh tokens are checked and become access tokens.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::answer::answer;
use super::clients::client;
use super::sessions::{Issued, Sessions};
use crate::app::App;
use crate::faults::document::Tokens;

/// A refusal that may be told to the app: OAuth's code for it, and words.
pub(crate) type Denied = (&'static str, &'static str);

/// The parameters of a token request.
#[derive(Debug)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Self, Denied> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(("invalid_request", "the body must be form encoded"));
        }
        Ok(Self(form_urlencoded::parse(body).into_owned().collect()))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn need(&self, name: &str, missing: &'static str) -> Result<&str, Denied> {
        self.get(name).ok_or(("invalid_request", missing))
    }
}

pub(crate) async fn token(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    answered(exchange(&app, &headers, &body))
}

/// What a token endpoint sends.
pub(crate) fn answered(result: Result<Value, Denied>) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    match result {
        Ok(answer) => (no_store, Json(answer)).into_response(),
        Err((code, words)) => {
            let status = if code == "invalid_client" {
                StatusCode::UNAUTHORIZED
            } else {
                StatusCode::BAD_REQUEST
            };
            let body = json!({ "error": code, "error_description": words });
            (status, no_store, Json(body)).into_response()
        }
    }
}

fn exchange(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Value, Denied> {
    let form = Form::parse(headers, body)?;
    let client = client(&app.urls, form.need("client_id", "client_id is missing")?)
        .ok_or(("invalid_client", "the client is not registered"))?;
    Ok(answer(
        app,
        issue(&form, &app.sessions, &app.faults.tokens(), client.id)?,
    ))
}

/// Tokens for a code or a refresh token.
pub(crate) fn issue(
    form: &Form,
    sessions: &Sessions,
    tokens: &Tokens,
    client: &str,
) -> Result<Issued, Denied> {
    let issued = match form.need("grant_type", "grant_type is missing")? {
        "authorization_code" => {
            let verifier = form.need("code_verifier", "code_verifier is missing")?;
            let redirect_uri = form.need("redirect_uri", "redirect_uri is missing")?;
            sessions.redeem_code(form.need("code", "code is missing")?, tokens, |grant| {
                if grant.client != client {
                    Err("the code belongs to another client")
                } else if grant.redirect_uri != redirect_uri {
                    Err("redirect_uri is not the one of the authorization request")
                } else if challenge_of(verifier) != grant.challenge {
                    Err("code_verifier does not fit the code_challenge")
                } else {
                    Ok(())
                }
            })
        }
        "refresh_token" => {
            let refresh = form.need("refresh_token", "refresh_token is missing")?;
            sessions.refresh(refresh, tokens, client)
        }
        _ => {
            return Err((
                "unsupported_grant_type",
                "grant_type must be authorization_code or refresh_token",
            ));
        }
    };
    issued.map_err(|words| ("invalid_grant", words))
}

/// PKCE S256.
fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_challenge_is_the_one_of_the_standard() {
        // Appendix B of RFC 7636.
        assert_eq!(
            super::challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
