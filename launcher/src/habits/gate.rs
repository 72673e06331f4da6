//! The gateway before the FHIR API of a host with a subscription key, and its missing discovery document.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Habit;
use crate::app::App;

/// The header and the value that the host profile has for it. Not a secret: it only names a subscription.
pub(crate) const KEY_HEADER: &str = "ocp-apim-subscription-key";
pub(crate) const KEY: &str = "simulert-abonnement";

pub(crate) async fn check(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let key = request.headers().get(KEY_HEADER);
    if path.starts_with("/fhir") && app.habits.has(Habit::SubscriptionKey) && key.is_none_or(|key| key != KEY)
    {
        let words = "Access denied due to missing subscription key.";
        let body = json!({ "statusCode": 401, "message": words });
        return (StatusCode::UNAUTHORIZED, Json(body)).into_response();
    }
    if path.contains("/.well-known/") && app.habits.has(Habit::NoWellKnown) {
        return (StatusCode::NOT_FOUND, "Not Found").into_response();
    }
    next.run(request).await
}
