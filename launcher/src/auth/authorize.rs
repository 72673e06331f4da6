//! The authorize endpoint: checks the request and sends the browser back with a code at once, for the
//! clinician is signed in to the journal already.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::clients::client;
use super::scopes::Scopes;
use super::sessions::Grant;
use crate::app::{App, Urls};
use crate::habits::Habit;
use crate::journal::choose_patient;

/// A refusal that may be told to the app by redirect: OAuth's code for it, and words.
type Denied = (&'static str, &'static str);

pub(crate) async fn authorize(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let params: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let get = |name: &str| {
        params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let Some(client) = get("client_id").and_then(|id| client(&app.urls, id)) else {
        return page(
            &app.urls,
            "Appen er ikke registrert",
            "client_id mangler eller er ukjent (unknown client).",
        );
    };
    if get("redirect_uri") != Some(&client.redirect_uri) {
        return page(
            &app.urls,
            "Appen kan ikke åpnes",
            "redirect_uri er ikke nøyaktig den som er registrert for appen (redirect URI mismatch).",
        );
    }
    let state = get("state").filter(|state| !state.is_empty());
    let answer = match grant(&app, &get, client.id, &client.redirect_uri, state) {
        Ok(Some(grant)) => vec![("code", app.sessions.issue_code(grant))],
        Ok(None) => return choose_patient(&app, &params).await,
        Err((code, words)) => vec![
            ("error", code.to_owned()),
            ("error_description", words.to_owned()),
        ],
    };
    let mut target = form_urlencoded::Serializer::new(String::new());
    target.extend_pairs(&answer);
    if let Some(state) = state {
        target.append_pair("state", state);
    }
    target.append_pair("iss", &app.urls.issuer);
    let location = format!("{}?{}", client.redirect_uri, target.finish());
    (
        StatusCode::FOUND,
        common_headers(&app.urls),
        [(header::LOCATION, location)],
    )
        .into_response()
}

/// `None` when the patient is still to be chosen.
fn grant<'p>(
    app: &App,
    get: &impl Fn(&str) -> Option<&'p str>,
    client: &'static str,
    redirect_uri: &str,
    state: Option<&str>,
) -> Result<Option<Grant>, Denied> {
    let invalid = |words| ("invalid_request", words);
    match get("response_type") {
        Some("code") => {}
        Some(_) => return Err(("unsupported_response_type", "response_type must be code")),
        None => return Err(invalid("response_type is missing")),
    }
    state.ok_or(invalid("state is missing"))?;
    let audience = get("aud").ok_or(invalid("aud is missing"))?;
    if audience.strip_suffix('/').unwrap_or(audience) != app.urls.fhir {
        return Err(invalid("aud is not this server's FHIR base"));
    }
    let challenge = get("code_challenge").ok_or(invalid("code_challenge is missing: PKCE is required"))?;
    if get("code_challenge_method") != Some("S256") {
        return Err(invalid("code_challenge_method must be S256"));
    }
    // A SHA-256 in base64url has 43 characters.
    if challenge.len() != 43 {
        return Err(invalid("code_challenge is not a SHA-256 in base64url"));
    }
    let asked = get("scope").unwrap_or_default();
    let is_standalone =
        app.habits.has(Habit::Standalone) && asked.split(' ').any(|scope| scope == "launch/patient");
    let launch = match get("launch") {
        Some(launch) => app
            .sessions
            .launch(launch)
            .ok_or(invalid("launch is unknown or has expired"))?,
        None if is_standalone => return Ok(None),
        None => {
            return Err(invalid(
                "launch is missing: this server starts apps from the journal",
            ));
        }
    };
    let mut scopes = Scopes::grant(asked, &launch.user.allowed());
    if !is_standalone {
        scopes.withdraw(&["launch/patient"]);
    }
    if !app.faults.tokens().refresh {
        scopes.withdraw(&["online_access", "offline_access"]);
    }
    if scopes.text.is_empty() {
        return Err(("invalid_scope", "none of the scopes asked for can be granted"));
    }
    if !scopes.has("launch") && !is_standalone {
        return Err((
            "invalid_scope",
            "a launch from the journal needs the scope launch",
        ));
    }
    Ok(Some(Grant {
        client,
        redirect_uri: redirect_uri.to_owned(),
        challenge: challenge.to_owned(),
        nonce: get("nonce").map(str::to_owned),
        scopes,
        launch,
    }))
}

/// For errors that must not be sent to an address nobody registered.
fn page(urls: &Urls, title: &str, words: &str) -> Response {
    let body = format!(
        "<!doctype html><html lang=\"nb\"><meta charset=\"utf-8\"><title>{title}</title>\
         <h1>{title}</h1><p role=\"alert\">{words}</p>\
         <p>Lukk modulen og åpne den på nytt fra journalen. Varer feilen ved, kontakt brukerstøtte.</p></html>"
    );
    (StatusCode::BAD_REQUEST, common_headers(urls), Html(body)).into_response()
}

fn common_headers(urls: &Urls) -> [(HeaderName, String); 3] {
    let policy = format!(
        "default-src 'none'; frame-ancestors {} {}",
        urls.viewer,
        urls.embedders()
    );
    [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ]
}
