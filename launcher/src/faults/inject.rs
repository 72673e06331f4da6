//! The layer that lets faults happen to requests of the FHIR and authorization endpoints.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::Asked;
use super::connection::IsFresh;
use super::document::What;
use super::kind::RequestKind;
use super::tamper;
use crate::app::App;
use crate::fhir::BODY_LIMIT;
use crate::fhir::outcome::Refusal;
use crate::sources;

pub(crate) async fn inject(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let kind = RequestKind::of(request.uri().path()).filter(|_| app.faults.are_set());
    let Some(kind) = kind else {
        return next.run(request).await;
    };
    let is_fresh = request
        .extensions()
        .get::<IsFresh>()
        .is_none_or(|IsFresh(fresh)| *fresh);
    let (request, address) = match readable(request).await {
        Ok(readable) => readable,
        Err(refusal) => return refusal.into_response(),
    };
    let path = request.uri().path();
    let asked = Asked {
        source: sources::id_in(path).map(|(id, _)| id),
        kind: &kind,
        method: request.method(),
        address: &address,
    };
    let due = app.faults.due(&asked, is_fresh);
    tokio::time::sleep(due.delay).await;
    let Some(what) = due.what else {
        return next.run(request).await;
    };
    let status = match what {
        What::Delay => return next.run(request).await,
        What::LostAnswer => {
            if is_fresh {
                next.run(request).await;
            }
            std::panic::resume_unwind(Box::new("dropped on request"))
        }
        // Ends the task of the connection, and with it the connection, without an answer.
        What::Drop => std::panic::resume_unwind(Box::new("dropped on request")),
        What::Html => return Html(PAGE).into_response(),
        What::ExpiredCode => {
            return oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", "the code has expired");
        }
        What::Unauthorized => StatusCode::UNAUTHORIZED,
        What::Forbidden => StatusCode::FORBIDDEN,
        What::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        What::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => return tamper::changed(&app, what, next.run(request).await).await,
    };
    let mut response = refusal(&kind, status);
    if let Some(seconds) = due.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

const PAGE: &str =
    "<!doctype html><html lang=\"nb\"><title>Logg inn</title><h1>Logg inn på nettverket</h1></html>";

/// The request as it was, and its address followed by the body of a posted form.
async fn readable(request: Request) -> Result<(Request, String), Refusal> {
    let mut address = request.uri().to_string();
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        return Ok((request, address));
    }
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Refusal::too_large("the form is too large or broke off"))?;
    address.push(' ');
    address.push_str(&String::from_utf8_lossy(&body));
    Ok((Request::from_parts(head, Body::from(body)), address))
}

fn refusal(kind: &RequestKind, status: StatusCode) -> Response {
    let words = "refused on request of the fault panel";
    match kind {
        RequestKind::Token => {
            let code = match status {
                StatusCode::UNAUTHORIZED => "invalid_client",
                StatusCode::FORBIDDEN => "unauthorized_client",
                _ => "temporarily_unavailable",
            };
            oauth_error(status, code, words)
        }
        RequestKind::Authorize | RequestKind::Jwks | RequestKind::Discovery | RequestKind::Any => (
            status,
            Html(format!(
                "<!doctype html><html lang=\"en\"><title>{status}</title><h1>{status}</h1></html>"
            )),
        )
            .into_response(),
        RequestKind::Metadata | RequestKind::Transaction | RequestKind::Plans | RequestKind::Resource(_) => {
            Refusal::injected(status, words).into_response()
        }
    }
}

fn oauth_error(status: StatusCode, code: &str, words: &str) -> Response {
    let body = json!({ "error": code, "error_description": words });
    (status, Json(body)).into_response()
}
