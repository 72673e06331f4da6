//! The site of the viewer: the built files with the headers of a careful host, and `hosts.json` with the real
//! ports. Another site than the journal, as in real life.

use std::path::Path;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
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
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip();
    Router::new()
        .route("/hosts.json", get(move || async move { Json((*hosts).clone()) }))
        .fallback_service(files.fallback(get(missing)))
        // What has no copy that was compressed beforehand.
        .layer(CompressionLayer::new())
        .layer(set(
            header::CONTENT_SECURITY_POLICY,
            &content_security_policy(urls),
        ))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(from_fn(kept))
        // A sandboxed frame has the origin `null`, also for its own files; they are public.
        .layer(set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}

/// A file with a hash in its name is the same for good; of all else a new version is there at the next launch.
async fn kept(request: Request, next: Next) -> Response {
    let is_for_good = has_hash(request.uri().path());
    let mut response = next.run(request).await;
    let is_file = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let value = match is_for_good && is_file {
        true => HeaderValue::from_static("public, max-age=31536000, immutable"),
        false => HeaderValue::from_static("no-cache"),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}

/// `-` and 16 hexadecimal digits.
fn has_hash(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(|byte| byte.is_ascii_hexdigit()).count();
        digits == 16
    })
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
    #[tokio::test]
    async fn files_are_sent_as_they_were_compressed_and_kept_by_what_their_names_say() {
        let dist = std::env::temp_dir().join(format!("launcher-dist-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        for (name, text) in [
            ("viewer-0123456789abcdef_bg.wasm", "plain"),
            ("viewer-0123456789abcdef_bg.wasm.br", "brotli"),
            ("viewer-0123456789abcdef-plan.wasm", "plan"),
            ("bootstrap.js", "start"),
        ] {
            std::fs::write(dist.join(name), text).unwrap();
        }
        let urls = Urls::new(9001, 9002, &Habits::default());
        let router = router(&urls, &dist, Value::Null);
        let mut seen = Vec::new();
        for (path, encodings) in [
            ("/viewer-0123456789abcdef_bg.wasm", "gzip, br"),
            ("/viewer-0123456789abcdef_bg.wasm", "gzip"),
            ("/viewer-0123456789abcdef-plan.wasm", "br"),
            ("/bootstrap.js", "br"),
            ("/viewer-0123456789abcdef-gone.wasm", "br"),
            ("/hosts.json", "br"),
        ] {
            let request = Request::get(path).header(header::ACCEPT_ENCODING, encodings);
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await;
            let response = response.unwrap();
            let text = |name: HeaderName| {
                let value = response.headers().get(name);
                value.map_or("", |value| value.to_str().unwrap()).to_owned()
            };
            let (kind, encoding) = (text(header::CONTENT_TYPE), text(header::CONTENT_ENCODING));
            let is_kept = text(header::CACHE_CONTROL).contains("immutable");
            seen.push((response.status().as_u16(), kind, encoding, is_kept));
        }
        std::fs::remove_dir_all(&dist).unwrap();
        let of = |status, kind: &str, encoding: &str, is_kept| {
            (status, kind.to_owned(), encoding.to_owned(), is_kept)
        };
        assert_eq!(
            seen,
            [
                of(200, "application/wasm", "br", true),
                of(200, "application/wasm", "", true),
                of(200, "application/wasm", "", true),
                of(200, "text/javascript", "", false),
                of(404, "text/html; charset=utf-8", "", false),
                of(200, "application/json", "", false),
            ]
        );
    }
}
