//! The site of the viewer: the built files with the headers of a careful host, and `hosts.json` with the real
//! ports. Another site than the journal, as in real life.

use std::path::Path;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::Urls;

/// `has_upstream`: another server answers behind the journal, of which nothing special is known.
pub(crate) fn router(urls: &Urls, dist: &Path, has_upstream: bool) -> Router {
    let hosts = Arc::new(hosts(urls, has_upstream));
    let set = |name: HeaderName, value: &str| {
        let value = HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static(""));
        SetResponseHeaderLayer::overriding(name, value)
    };
    Router::new()
        .route("/hosts.json", get(move || async move { Json((*hosts).clone()) }))
        .fallback_service(ServeDir::new(dist).fallback(get(missing)))
        .layer(CompressionLayer::new())
        .layer(set(
            header::CONTENT_SECURITY_POLICY,
            &content_security_policy(urls),
        ))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::CACHE_CONTROL, "no-cache"))
}

fn content_security_policy(urls: &Urls) -> String {
    let journal = &urls.journal;
    [
        "default-src 'none'".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        "style-src 'self'".to_owned(),
        "img-src 'self' blob: data:".to_owned(),
        "font-src 'self'".to_owned(),
        format!("connect-src 'self' {journal}"),
        format!("frame-src 'self' {journal}"),
        format!("frame-ancestors 'self' {journal}"),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// The host profile of this launcher. Of another server it promises only what every server can do.
fn hosts(urls: &Urls, has_upstream: bool) -> Value {
    let search = if has_upstream {
        json!({ "elements": true, "pageSize": 500, "parallel": 2 })
    } else {
        json!({ "lastn": true, "missing": true, "elements": true, "pageSize": 1000, "parallel": 4 })
    };
    json!({ "hosts": [{
        "name": "Simulert journal",
        "iss": urls.fhir,
        "clientId": "dho-viewer",
        "scopes": [
            "launch", "openid", "fhirUser", "patient/Patient.r", "patient/Observation.rs",
            "patient/CarePlan.rs", "patient/Goal.rs", "patient/EpisodeOfCare.rs",
        ],
        "search": search,
    }] })
}

async fn missing() -> Response {
    let page = "<!doctype html><html lang=\"nb\"><meta charset=\"utf-8\"><title>Finnes ikke</title>\
        <p>Siden finnes ikke. Er modulen ikke bygget ennå, gjør <code>cargo xtask demo</code> det.</p></html>";
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    #[tokio::test]
    async fn the_host_profile_has_the_real_ports_and_the_policy_names_the_journal() {
        let router = router(&Urls::new(9001, 9002), Path::new("no-such-folder"), false);
        let request = Request::get("/hosts.json").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            policy.contains("frame-ancestors 'self' http://127.0.0.1:9001"),
            "{policy}"
        );
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let hosts: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(hosts["hosts"][0]["iss"], "http://127.0.0.1:9001/fhir");
        assert_eq!(hosts["hosts"][0]["search"]["lastn"], true);
        assert!(super::hosts(&Urls::new(9001, 9002), true)["hosts"][0]["search"]["lastn"].is_null());
        let request = Request::get("/nothing.js").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
