//! The authorize endpoint: checks the request and sends the browser back with a code at once, for the
//! clinician is signed in to the journal already.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::clients::client;
use super::scopes::Scopes;
use super::sessions::Grant;
use super::token::Denied;
use crate::app::{App, Urls};
use crate::habits::Habit;
use crate::journal::choose_patient;

/// The parameters of an authorization request.
#[derive(Debug)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// A request in which what every authorization server demands is right.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) challenge: String,
}

impl Checked {
    /// `audience` is the FHIR base without a slash at its end.
    pub(crate) fn of(query: &Query, audience: &str) -> Result<Self, Denied> {
        let invalid = |words| ("invalid_request", words);
        match query.get("response_type") {
            Some("code") => {}
            Some(_) => return Err(("unsupported_response_type", "response_type must be code")),
            None => return Err(invalid("response_type is missing")),
        }
        let state = query.get("state").filter(|state| !state.is_empty());
        state.ok_or(invalid("state is missing"))?;
        let asked = query.get("aud").ok_or(invalid("aud is missing"))?;
        if asked.strip_suffix('/').unwrap_or(asked) != audience {
            return Err(invalid("aud is not this server's FHIR base"));
        }
        let challenge = query
            .get("code_challenge")
            .ok_or(invalid("code_challenge is missing: PKCE is required"))?;
        if query.get("code_challenge_method") != Some("S256") {
            return Err(invalid("code_challenge_method must be S256"));
        }
        // A SHA-256 in base64url has 43 characters.
        if challenge.len() != 43 {
            return Err(invalid("code_challenge is not a SHA-256 in base64url"));
        }
        Ok(Self {
            challenge: challenge.to_owned(),
        })
    }
}

pub(crate) async fn authorize(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(query.as_deref().unwrap_or_default());
    let Some(client) = query.get("client_id").and_then(|id| client(&app.urls, id)) else {
        return page(
            &app.urls,
            "Appen er ikke registrert",
            "client_id mangler eller er ukjent (unknown client).",
        );
    };
    if query.get("redirect_uri") != Some(&client.redirect_uri) {
        return page(
            &app.urls,
            "Appen kan ikke åpnes",
            "redirect_uri er ikke nøyaktig den som er registrert for appen (redirect URI mismatch).",
        );
    }
    let answer = match grant(&app, &query, client.id, &client.redirect_uri) {
        Ok(Some(grant)) => Ok(app.sessions.issue_code(grant)),
        Ok(None) => return choose_patient(&app, query.pairs()).await,
        Err(denied) => Err(denied),
    };
    back_with(
        &app.urls,
        &client.redirect_uri,
        &app.urls.issuer,
        query.get("state"),
        answer,
    )
}

/// Sends the browser back to the app with a code, or with why there is none.
pub(crate) fn back_with(
    urls: &Urls,
    redirect_uri: &str,
    issuer: &str,
    state: Option<&str>,
    answer: Result<String, Denied>,
) -> Response {
    let answer = match answer {
        Ok(code) => vec![("code", code)],
        Err((code, words)) => vec![
            ("error", code.to_owned()),
            ("error_description", words.to_owned()),
        ],
    };
    let mut target = form_urlencoded::Serializer::new(String::new());
    target.extend_pairs(&answer);
    if let Some(state) = state.filter(|state| !state.is_empty()) {
        target.append_pair("state", state);
    }
    target.append_pair("iss", issuer);
    let location = format!("{redirect_uri}?{}", target.finish());
    (
        StatusCode::FOUND,
        common_headers(urls),
        [(header::LOCATION, location)],
    )
        .into_response()
}

/// `None` when the patient is still to be chosen.
fn grant(
    app: &App,
    query: &Query,
    client: &'static str,
    redirect_uri: &str,
) -> Result<Option<Grant>, Denied> {
    let checked = Checked::of(query, &app.urls.fhir)?;
    let invalid = |words| ("invalid_request", words);
    let asked = query.get("scope").unwrap_or_default();
    let is_standalone =
        app.habits.has(Habit::Standalone) && asked.split(' ').any(|scope| scope == "launch/patient");
    let launch = match query.get("launch") {
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
        challenge: checked.challenge,
        nonce: query.get("nonce").map(str::to_owned),
        scopes,
        launch,
    }))
}

/// For errors that must not be sent to an address nobody registered.
pub(crate) fn page(urls: &Urls, title: &str, words: &str) -> Response {
    let body = format!(
        "<h1>{title}</h1><p role=\"alert\">{words}</p>\
         <p>Lukk modulen og åpne den på nytt fra journalen. Varer feilen ved, kontakt brukerstøtte.</p>"
    );
    page_with(urls, StatusCode::BAD_REQUEST, title, &body)
}

/// A page of the authorization server; `title` and `body` are HTML.
pub(crate) fn page_with(urls: &Urls, status: StatusCode, title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"nb\"><meta charset=\"utf-8\"><title>{title}</title>{body}</html>"
    );
    (status, common_headers(urls), Html(page)).into_response()
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
