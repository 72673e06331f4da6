//! The site of the viewer: the built files with the headers of a careful host, and `hosts.json` with the real
//! ports. Another site than the journal, as in real life.

use std::path::Path;
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::Urls;

/// `hosts` is the document that says which journals may open the viewer.
pub(crate) fn router(urls: &Urls, dist: &Path, hosts: Value) -> Router {
    let hosts = Arc::new(hosts);
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
        // A sandboxed frame has the origin `null`, also for its own files; they are public.
        .layer(set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}

fn content_security_policy(urls: &Urls) -> String {
    let journal = &urls.journal;
    [
        "default-src 'none'".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        "style-src 'self'".to_owned(),
        "img-src 'self' blob: data:".to_owned(),
        "font-src 'self'".to_owned(),
        format!(
            "connect-src 'self' {journal} {}",
            journal.replacen("http", "ws", 1)
        ),
        format!("frame-src 'self' {journal}"),
        format!("frame-ancestors 'self' {}", urls.embedders()),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
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

    use crate::habits::Habits;
    use crate::hosts;

    #[tokio::test]
    async fn the_host_profile_has_the_real_ports_and_the_policy_names_the_journal() {
        let urls = Urls::new(9001, 9002, &Habits::default());
        let hosts = hosts::profile(&urls, &Habits::default(), hosts::Behind::default());
        let router = router(&urls, Path::new("no-such-folder"), hosts);
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
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let hosts: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(hosts["hosts"][0]["iss"], "http://127.0.0.1:9001/fhir");
        let request = Request::get("/nothing.js").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
