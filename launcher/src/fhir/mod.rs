//! The FHIR R4 API: takes requests, asks the gate, lets the store or the server behind answer.

pub(crate) mod access;
pub(crate) mod bundle;
pub(crate) mod call;
mod capability;
pub(crate) mod check;
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

/// The largest body taken: 16 MB.
pub(crate) const BODY_LIMIT: usize = 16 << 20;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/fhir", any(handle))
        .route("/fhir/", any(handle))
        .route("/fhir/{*path}", any(handle))
}

async fn handle(State(app): State<Arc<App>>, request: HttpRequest) -> Response {
    match answer(Arc::clone(&app), request).await {
        Ok(answer) => answer.into_response(),
        Err(refusal) => app.habits.refuse(refusal).into_response(),
    }
}

async fn answer(app: Arc<App>, request: HttpRequest) -> Result<Answer, Refusal> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Refusal::too_large(format!("the body is over {BODY_LIMIT} bytes or broke off")))?;
    let path = head
        .uri
        .path()
        .trim_start_matches("/fhir")
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
    app.habits.follow_cursor(&mut request);
    let open = request.path == "metadata";
    let access = if open {
        None
    } else {
        Some(app.habits.widened(access_of(&app, &request.headers)?))
    };
    let mut call = Call::parse(&request)?;
    let asked = app.habits.ask(&request.method, &mut call)?;
    let access = access.unwrap_or_else(|| Access {
        patient: String::new(),
        scopes: Default::default(),
    });
    let answered = match &app.backend {
        Backend::Upstream(upstream) => upstream.answer(&app.urls.fhir, &access, &call).await,
        Backend::Store(store) => {
            let (store, base) = (Arc::clone(store), app.urls.fhir.clone());
            tokio::task::spawn_blocking(move || local::answer(&store, &base, &access, &call))
                .await
                .unwrap_or_else(|error| Err(Refusal::internal(format!("the request failed: {error}"))))
        }
    };
    match answered {
        Ok(answer) => Ok(app.habits.answer(&app.urls.fhir, &asked, answer)),
        Err(refusal) => Err(app.habits.refuse_call(&asked, refusal)),
    }
}

pub(crate) fn access_of(app: &App, headers: &HeaderMap) -> Result<Access, Refusal> {
    let authorization = header_text(headers, header::AUTHORIZATION)
        .ok_or_else(|| Refusal::no_token("an access token is needed"))?;
    let token = authorization
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| Refusal::no_token("the Authorization header carries no Bearer token"))?;
    app.sessions
        .access(token)
        .ok_or_else(|| Refusal::no_token("the access token is unknown or has expired"))
}
