//! The FHIR R4 API: takes requests, asks the gate, lets the store or the server behind answer.

pub(crate) mod access;
pub(crate) mod bundle;
pub(crate) mod call;
mod capability;
pub(crate) mod check;
pub(crate) mod check_document;
pub(crate) mod dates;
mod history;
pub(crate) mod index;
pub(crate) mod local;
pub(crate) mod outcome;
pub(crate) mod parameters;
pub(crate) mod query;
pub(crate) mod raw;
mod search;
pub(crate) mod store;
pub(crate) mod transaction;
pub(crate) mod types;
mod writing;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use self::access::Access;
use self::call::{Call, Request, header_text};
use self::local::Answer;
use self::outcome::Refusal;
use crate::app::{App, Backend};
use crate::auth::sessions::Sessions;
use crate::habits::Habits;

/// The largest body taken: 16 MB.
pub(crate) const BODY_LIMIT: usize = 16 << 20;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/fhir", any(handle))
        .route("/fhir/", any(handle))
        .route("/fhir/{*path}", any(handle))
}

/// A FHIR base: where it is, whose data it serves, and in what way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Served<'a> {
    /// Below the origin.
    pub(crate) path: &'a str,
    /// Its whole address.
    pub(crate) base: &'a str,
    pub(crate) backend: &'a Backend,
    pub(crate) habits: &'a Habits,
}

async fn handle(State(app): State<Arc<App>>, request: HttpRequest) -> Response {
    let served = Served {
        path: "/fhir",
        base: &app.urls.fhir,
        backend: &app.backend,
        habits: &app.habits,
    };
    respond(served, |headers| access_of(&app, headers), request).await
}

/// Answers a request on a FHIR base; `access` says what its token may do there.
pub(crate) async fn respond(
    served: Served<'_>,
    access: impl Fn(&HeaderMap) -> Result<Access, Refusal>,
    request: HttpRequest,
) -> Response {
    match answer(served, access, request).await {
        Ok(answer) => answer.into_response(),
        Err(refusal) => served.habits.refuse(refusal).into_response(),
    }
}

async fn answer(
    served: Served<'_>,
    access: impl Fn(&HeaderMap) -> Result<Access, Refusal>,
    request: HttpRequest,
) -> Result<Answer, Refusal> {
    let Served { base, habits, .. } = served;
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Refusal::too_large(format!("the body is over {BODY_LIMIT} bytes or broke off")))?;
    let path = head
        .uri
        .path()
        .trim_start_matches(served.path)
        .trim_matches('/')
        .to_owned();
    let query = head.uri.query().unwrap_or_default().to_owned();
    let mut request = Request {
        method: head.method,
        path,
        query,
        headers: head.headers,
        body,
    };
    habits.follow_cursor(&mut request);
    let open = request.path == "metadata";
    let access = if open {
        None
    } else {
        Some(habits.widened(access(&request.headers)?))
    };
    let mut call = Call::parse(&request)?;
    let asked = habits.ask(&request.method, &mut call)?;
    let access = access.unwrap_or_else(|| Access {
        patient: String::new(),
        scopes: Default::default(),
    });
    let answered = match served.backend {
        Backend::Upstream(upstream) => upstream.answer(base, &access, &call).await,
        Backend::Store(store) => {
            let (store, base) = (Arc::clone(store), base.to_owned());
            tokio::task::spawn_blocking(move || local::answer(&store, &base, &access, &call))
                .await
                .unwrap_or_else(|error| Err(Refusal::internal(format!("the request failed: {error}"))))
        }
    };
    match answered {
        Ok(answer) => Ok(habits.answer(base, &asked, answer)),
        Err(refusal) => Err(habits.refuse_call(&asked, refusal)),
    }
}

/// What the journal's token of a request may do.
pub(crate) fn access_of(app: &App, headers: &HeaderMap) -> Result<Access, Refusal> {
    access_in(&app.sessions, headers)
}

/// What the token of a request may do, if it is one of these sessions.
pub(crate) fn access_in(sessions: &Sessions, headers: &HeaderMap) -> Result<Access, Refusal> {
    sessions
        .access(token_of(headers)?)
        .ok_or_else(|| Refusal::no_token("the access token is unknown or has expired"))
}

pub(crate) fn token_of(headers: &HeaderMap) -> Result<&str, Refusal> {
    let authorization = header_text(headers, header::AUTHORIZATION)
        .ok_or_else(|| Refusal::no_token("an access token is needed"))?;
    authorization
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| Refusal::no_token("the Authorization header carries no Bearer token"))
}
