//! SMART App State (STU 2.2, experimental): what apps keep for a user or a patient, as Basic resources at a base of
//! its own. In memory; the journal itself reads none of it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use serde_json::{Value, json};

use crate::app::{App, Urls};
use crate::auth::scopes::{Level, Op};
use crate::auth::sessions::Grant;
use crate::fhir::call::{header_text, version_of_etag};
use crate::fhir::check::check_content;
use crate::fhir::outcome::{FHIR_JSON, Refusal};
use crate::fhir::token_of;
use crate::random;

/// Below the journal's origin.
pub(crate) const PATH: &str = "/appstate";
/// As discovery documents say it.
pub(crate) const CAPABILITY: &str = "smart-app-state";

/// The largest state that the standard lets an app keep.
const LARGEST: usize = 256 * 1024;
/// The system of the codes that the viewer is registered with, beside its own origin; also what lies below it.
const REGISTERED: &str = "https://dho-viewer.example";

#[derive(Debug, Default)]
pub(crate) struct AppState(Mutex<BTreeMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    version: u64,
    resource: Value,
}

impl AppState {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn to_json(&self, id: &str) -> Value {
        let mut resource = self.resource.clone();
        resource["id"] = id.into();
        resource["meta"] = json!({ "versionId": self.version.to_string() });
        resource
    }

    fn answer(&self, status: StatusCode, id: &str) -> Response {
        let headers = [
            (header::CONTENT_TYPE, FHIR_JSON.to_owned()),
            (header::ETAG, format!("W/\"{}\"", self.version)),
        ];
        (status, headers, self.to_json(id).to_string()).into_response()
    }
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/appstate/Basic", get(search).post(create))
        .route("/appstate/Basic/{id}", put(update).delete(remove))
}

type Site = State<Arc<App>>;

async fn search(State(app): Site, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let found = || {
        let grant = grant(&app, &headers, Op::Search)?;
        let query = query.unwrap_or_default();
        let get = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        let code = get("code").ok_or_else(|| Refusal::invalid("code is missing"))?;
        let (system, _) = code.split_once('|').unwrap_or((&code, ""));
        permit_code(&app.urls, system)?;
        let subject = match (get("subject"), get("subject:missing").as_deref()) {
            (Some(subject), None) => Some(permit_subject(&app.urls, &grant, Some(&subject))?),
            (None, Some("true")) => None,
            _ => {
                return Err(Refusal::invalid(
                    "either subject or subject:missing=true is needed",
                ));
            }
        };
        let kept = app.app_state.kept();
        let matches = kept.iter().filter(|(_, state)| {
            code_of(&state.resource).is_some_and(|(system, word)| code == format!("{system}|{word}"))
                && subject_of(&state.resource) == subject.as_deref()
        });
        let entry = |(id, state): (&String, &Kept)| {
            json!({ "fullUrl": format!("{}{PATH}/Basic/{id}", app.urls.journal),
                    "resource": state.to_json(id), "search": { "mode": "match" } })
        };
        let entries: Vec<Value> = matches.map(entry).collect();
        let mut bundle = json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len() });
        if !entries.is_empty() {
            bundle["entry"] = entries.into();
        }
        Ok(([(header::CONTENT_TYPE, FHIR_JSON)], bundle.to_string()).into_response())
    };
    found().unwrap_or_else(Refusal::into_response)
}

async fn create(State(app): Site, headers: HeaderMap, body: Bytes) -> Response {
    let created = || {
        let grant = grant(&app, &headers, Op::Create)?;
        let resource = checked(&app.urls, &grant, &body)?;
        if resource.get("id").is_some() || resource.pointer("/meta/versionId").is_some() {
            return Err(Refusal::unprocessable("a new state has neither id nor version"));
        }
        let id = random::uuid();
        let state = Kept { version: 1, resource };
        let mut answer = state.answer(StatusCode::CREATED, &id);
        if let Ok(place) = format!("{}{PATH}/Basic/{id}", app.urls.journal).parse() {
            answer.headers_mut().insert(header::LOCATION, place);
        }
        app.app_state.kept().insert(id, state);
        Ok(answer)
    };
    created().unwrap_or_else(Refusal::into_response)
}

async fn update(State(app): Site, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let updated = || {
        let grant = grant(&app, &headers, Op::Update)?;
        let resource = checked(&app.urls, &grant, &body)?;
        if resource.get("id").and_then(Value::as_str) != Some(&id) {
            return Err(Refusal::invalid(format!("the id in the body is not {id}")));
        }
        let mut kept = app.app_state.kept();
        let state = current(&mut kept, &id, &headers)?;
        permit_subject(&app.urls, &grant, subject_of(&state.resource))?;
        let is_same = subject_of(&resource) == subject_of(&state.resource)
            && code_of(&resource) == code_of(&state.resource);
        if !is_same {
            return Err(Refusal::stale("code and subject of a state do not change"));
        }
        *state = Kept {
            version: state.version + 1,
            resource,
        };
        Ok(state.answer(StatusCode::OK, &id))
    };
    updated().unwrap_or_else(Refusal::into_response)
}

async fn remove(State(app): Site, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let removed = || {
        let grant = grant(&app, &headers, Op::Update)?;
        let mut kept = app.app_state.kept();
        let state = current(&mut kept, &id, &headers)?;
        permit_subject(&app.urls, &grant, subject_of(&state.resource))?;
        kept.remove(&id);
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    removed().unwrap_or_else(Refusal::into_response)
}

/// Settings are the user's, so that scopes of the patient say nothing about them. Who may change them may remove them.
fn grant(app: &App, headers: &HeaderMap, op: Op) -> Result<Grant, Refusal> {
    let grant = app
        .sessions
        .grant(token_of(headers)?)
        .ok_or_else(|| Refusal::no_token("the access token is unknown or has expired"))?;
    if grant.scopes.permit(Level::User, op, "Basic") {
        Ok(grant)
    } else {
        Err(Refusal::forbidden(format!(
            "the granted scopes do not include {op:?} of the user's Basic"
        )))
    }
}

/// The state that `If-Match` names; what is gone is a failed precondition.
fn current<'k>(
    kept: &'k mut BTreeMap<String, Kept>,
    id: &str,
    headers: &HeaderMap,
) -> Result<&'k mut Kept, Refusal> {
    let etag =
        header_text(headers, header::IF_MATCH).ok_or_else(|| Refusal::invalid("If-Match is missing"))?;
    let wanted = version_of_etag(etag)?;
    let state = kept
        .get_mut(id)
        .ok_or_else(|| Refusal::stale(format!("there is no Basic/{id}")))?;
    if state.version.to_string() == wanted {
        Ok(state)
    } else {
        Err(Refusal::stale(format!(
            "Basic/{id} is at version {}, not {wanted}",
            state.version
        )))
    }
}

/// A state that this app may keep, without what the server adds to it.
fn checked(urls: &Urls, grant: &Grant, body: &[u8]) -> Result<Value, Refusal> {
    if body.len() > LARGEST {
        return Err(Refusal::too_large("a state has 256 kB at most"));
    }
    let text = std::str::from_utf8(body).map_err(|_| Refusal::invalid("the body is not UTF-8"))?;
    let resource = check_content("Basic", text)?;
    let (system, _) =
        code_of(&resource).ok_or_else(|| Refusal::unprocessable("Basic.code has exactly one coding"))?;
    permit_code(urls, system)?;
    let extensions = resource
        .get("extension")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    for extension in extensions {
        let is_text = extension.get("valueString").is_some_and(Value::is_string);
        if !is_text || extension["url"].as_str().is_none() {
            return Err(Refusal::unprocessable(
                "extensions of a state are of valueString only",
            ));
        }
    }
    permit_subject(urls, grant, subject_of(&resource))?;
    Ok(resource)
}

/// An app has the codes of its own origin, and those that it is registered with.
fn permit_code(urls: &Urls, system: &str) -> Result<(), Refusal> {
    let is_below = |origin: &str| {
        let rest = system.strip_prefix(origin);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if is_below(&urls.viewer) || is_below(REGISTERED) {
        Ok(())
    } else {
        Err(Refusal::forbidden(format!("the app may not keep {system}")))
    }
}

/// The user and the patient of the launch, and nobody else; settings of everyone are for administrators.
fn permit_subject(urls: &Urls, grant: &Grant, subject: Option<&str>) -> Result<String, Refusal> {
    let subject = subject.ok_or_else(|| Refusal::forbidden("a state without a subject is everyone's"))?;
    let Some(place) = subject.strip_prefix(&urls.fhir) else {
        return Err(Refusal::unprocessable(
            "the subject is an absolute reference to this journal's server",
        ));
    };
    let own = [
        format!("/Practitioner/{}", grant.launch.user.id),
        format!("/Patient/{}", grant.launch.patient),
    ];
    if own.iter().any(|own| own == place) {
        Ok(subject.to_owned())
    } else {
        Err(Refusal::forbidden(
            "the subject is neither the user nor the patient of the launch",
        ))
    }
}

fn subject_of(resource: &Value) -> Option<&str> {
    resource.pointer("/subject/reference").and_then(Value::as_str)
}

/// System and code, if there is exactly one.
fn code_of(resource: &Value) -> Option<(&str, &str)> {
    match resource
        .pointer("/code/coding")
        .and_then(Value::as_array)?
        .as_slice()
    {
        [coding] => Some((coding["system"].as_str()?, coding["code"].as_str()?)),
        _ => None,
    }
}
