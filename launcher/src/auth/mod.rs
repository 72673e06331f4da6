//! The SMART authorization server: discovery, authorize, token, keys. The FHIR API asks it what a token may do.

mod answer;
pub(crate) mod authorize;
mod clients;
pub(crate) mod id_token;
pub(crate) mod scopes;
pub(crate) mod sessions;
pub(crate) mod token;
pub(crate) mod users;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::app_state;
use crate::habits::Habit;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/fhir/.well-known/smart-configuration", get(configuration))
        .route("/fhir/.well-known/openid-configuration", get(configuration))
        .route("/auth/authorize", get(authorize::authorize))
        .route("/auth/token", post(token::token))
        .route("/auth/jwks", get(jwks))
}

async fn configuration(State(app): State<Arc<App>>) -> Json<Value> {
    let habits = &app.habits;
    let place = if habits.has(Habit::RelativeEndpoints) {
        ""
    } else {
        &app.urls.journal
    };
    let query = if habits.has(Habit::EndpointQuery) {
        "?kontor=bryggen"
    } else {
        ""
    };
    let authorize = format!("{place}/auth/authorize{query}");
    let token = format!("{place}/auth/token{query}");
    if habits.has(Habit::SparseConfiguration) {
        return Json(json!({ "authorization_endpoint": authorize, "token_endpoint": token }));
    }
    let mut capabilities = CAPABILITIES.to_vec();
    if habits.has(Habit::Standalone) {
        capabilities.extend(["launch-standalone", "context-standalone-patient"]);
    }
    let mut associated: Vec<Value> = app.sources.associated().collect();
    let mut document = json!({
        "issuer": app.urls.issuer,
        "authorization_endpoint": authorize,
        "token_endpoint": token,
        "jwks_uri": format!("{place}/auth/jwks"),
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "response_types_supported": ["code"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": scopes::SUPPORTED,
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "ES384", "RS256", "RS384"],
        "authorization_response_iss_parameter_supported": true,
    });
    if habits.has(Habit::AppState) {
        let place = format!("{}{}", app.urls.journal, app_state::PATH);
        capabilities.push(app_state::CAPABILITY);
        associated.push(json!({ "url": place, "capabilities": [app_state::CAPABILITY] }));
        document["smart_app_state_endpoint"] = place.into();
    }
    document["capabilities"] = json!(capabilities);
    if !associated.is_empty() {
        document["associated_endpoints"] = associated.into();
    }
    Json(document)
}

const CAPABILITIES: [&str; 11] = [
    "launch-ehr",
    "client-public",
    "sso-openid-connect",
    "context-ehr-patient",
    "permission-v2",
    "permission-v1",
    "permission-patient",
    "permission-user",
    "permission-offline",
    "permission-online",
    "authorize-get",
];

async fn jwks(State(app): State<Arc<App>>) -> Json<Value> {
    Json(app.signer.jwks())
}
