//! The token endpoints of the sources: the journal's token exchanged for one of the source (RFC 8693), or a code of
//! the source's own authorization.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Source;
use super::spec::Entry;
use crate::app::App;
use crate::auth::scopes::Scopes;
use crate::auth::sessions::{Grant, Issued, Launch};
use crate::auth::token::{Denied, Form, answered, issue};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

pub(super) async fn token(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match app.sources.find(&id) {
        Some(source) => answered(given(&app, source, &headers, &body)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn given(app: &App, source: &Source, headers: &HeaderMap, body: &[u8]) -> Result<Value, Denied> {
    let form = Form::parse(headers, body)?;
    if form.need("client_id", "client_id is missing")? != source.spec.client {
        return Err(("invalid_client", "the client is not registered here"));
    }
    match source.spec.entry {
        Entry::Launch => Err((
            "unsupported_grant_type",
            "the journal's token is taken here as it is",
        )),
        Entry::Own => {
            let issued = issue(&form, &source.sessions, &app.faults.tokens(), source.spec.client)?;
            Ok(answer(issued))
        }
        Entry::Exchange => {
            let issued = exchanged(app, source, &form)?;
            let mut answer = answer(issued);
            answer["issued_token_type"] = ACCESS_TOKEN.into();
            Ok(answer)
        }
    }
}

fn exchanged(app: &App, source: &Source, form: &Form) -> Result<Issued, Denied> {
    if form.need("grant_type", "grant_type is missing")? != EXCHANGE {
        return Err(("unsupported_grant_type", "grant_type must be token-exchange"));
    }
    if form.need("subject_token_type", "subject_token_type is missing")? != ACCESS_TOKEN {
        return Err(("invalid_request", "subject_token_type must be access_token"));
    }
    if form
        .get("requested_token_type")
        .is_some_and(|kind| kind != ACCESS_TOKEN)
    {
        return Err(("invalid_request", "only access tokens are given"));
    }
    let subject = form.need("subject_token", "subject_token is missing")?;
    let subject = app
        .sessions
        .grant(subject)
        .ok_or(("invalid_request", "subject_token is unknown or has expired"))?;
    let is_here = |target: &str| target.trim_end_matches('/') == source.base;
    if ["resource", "audience"]
        .iter()
        .any(|name| form.get(name).is_some_and(|target| !is_here(target)))
    {
        return Err(("invalid_target", "this source gives tokens for itself only"));
    }
    let scopes = Scopes::grant(form.get("scope").unwrap_or_default(), &source.allowed());
    if scopes.text.is_empty() {
        return Err(("invalid_scope", "none of the scopes asked for can be granted"));
    }
    let patient = source.patient_here(app, &subject.launch.patient);
    let patient = patient.map_err(|_| ("server_error", "the patient could not be looked up"))?;
    let grant = Grant {
        client: source.spec.client,
        redirect_uri: String::new(),
        challenge: String::new(),
        nonce: None,
        scopes,
        // Who is not known here is nobody: the token finds nothing.
        launch: Launch::new(
            subject.launch.user,
            &patient.unwrap_or_default(),
            &subject.launch.origin,
        ),
    };
    Ok(source.sessions.give(grant, &app.faults.tokens()))
}

fn answer(issued: Issued) -> Value {
    let mut answer = json!({
        "access_token": issued.access,
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": issued.grant.scopes.text,
    });
    if let Some(refresh) = issued.refresh {
        answer["refresh_token"] = refresh.into();
    }
    let patient = issued.grant.launch.patient;
    if !patient.is_empty() {
        answer["patient"] = patient.into();
    }
    answer
}
