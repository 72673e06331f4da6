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
use crate::app::App;

type Denied = (&'static str, &'static str);

pub(crate) async fn token(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    match exchange(&app, &headers, &body) {
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
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(("invalid_request", "the body must be form encoded"));
    }
    let params: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let get = |name: &'static str| {
        params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let need = |name, words| get(name).ok_or(("invalid_request", words));
    let client = client(&app.urls, need("client_id", "client_id is missing")?)
        .ok_or(("invalid_client", "the client is not registered"))?;
    let tokens = app.faults.tokens();
    let issued = match need("grant_type", "grant_type is missing")? {
        "authorization_code" => {
            let verifier = need("code_verifier", "code_verifier is missing")?;
            let redirect_uri = need("redirect_uri", "redirect_uri is missing")?;
            app.sessions
                .redeem_code(need("code", "code is missing")?, &tokens, |grant| {
                    if grant.client != client.id {
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
        "refresh_token" => app.sessions.refresh(
            need("refresh_token", "refresh_token is missing")?,
            &tokens,
            client.id,
        ),
        _ => {
            return Err((
                "unsupported_grant_type",
                "grant_type must be authorization_code or refresh_token",
            ));
        }
    };
    Ok(answer(app, issued.map_err(|words| ("invalid_grant", words))?))
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
