//! The journal's site put together: FHIR, authorization and frames, with gzip and CORS. Handles nothing itself.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::faults::{self, connection, inject};
use crate::fhir::call::IF_NONE_EXIST;
use crate::habits::{Habit, Habits, gate};
use crate::{app_state, auth, fhir, hub, journal, log, plans, sources};

pub(crate) fn router(app: Arc<App>) -> Router {
    let no_store = HeaderValue::from_static("no-store");
    Router::new()
        .merge(fhir::router())
        .merge(auth::router())
        .merge(plans::router())
        .merge(sources::router())
        .merge(app_state::router())
        .layer(from_fn_with_state(Arc::clone(&app), gate::check))
        .layer(from_fn_with_state(Arc::clone(&app), inject::inject))
        .layer(from_fn_with_state(Arc::clone(&app), log::note))
        .merge(hub::router())
        .route("/style.json", get(journal::style))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            no_store,
        ))
        .layer(cors(&app.habits))
        .merge(journal::router())
        .merge(faults::router())
        .merge(log::router())
        .merge(hub::journal_router())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(connection::note))
        .with_state(app)
}

/// Any origin may ask: what protects the data is the token.
fn cors(habits: &Habits) -> CorsLayer {
    let mut exposed = vec![
        header::LOCATION,
        header::CONTENT_LOCATION,
        header::LAST_MODIFIED,
        header::WWW_AUTHENTICATE,
        header::RETRY_AFTER,
    ];
    if !habits.has(Habit::EtagHidden) {
        exposed.push(header::ETAG);
    }
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            IF_NONE_EXIST,
            header::CACHE_CONTROL,
            HeaderName::from_static(gate::KEY_HEADER),
        ])
        .expose_headers(exposed)
        .max_age(Duration::from_secs(600))
}
