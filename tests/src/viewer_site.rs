//! The built viewer served by a stub, with a list of hosts that the test writes: for issuers that are not the
//! launcher, and for addresses that the launcher does not know.

use std::path::{Component, Path};

use serde_json::Value;

use crate::stub::{Answer, Stub};
use crate::{Result, root, setting};

/// Serves the viewer with `hosts` as its `hosts.json`. Its address is the stub's `other_site`.
///
/// # Errors
/// When there is no free port.
pub fn serve(hosts: &Value) -> Result<Stub> {
    let dist = setting("DHO_DIST", root().join("dist"));
    let hosts = hosts.to_string();
    Stub::start(move |request| match request.path.as_str() {
        "/hosts.json" => Answer::new(200, "application/json", hosts.clone()),
        "/" => file(&dist, "index.html"),
        path => file(&dist, path.trim_start_matches('/')),
    })
}

fn file(dist: &Path, name: &str) -> Answer {
    let inside = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let content_type = match Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match std::fs::read(dist.join(name)) {
        Ok(bytes) if inside => Answer::new(200, content_type, bytes),
        _ => Answer::not_found(),
    }
}
