//! Faults on request, so that a module can be tried against what real journals do when they fail: which are set,
//! the address where they are set, and what happens to requests meanwhile.

pub(crate) mod connection;
pub(crate) mod document;
pub(crate) mod inject;
pub(crate) mod kind;
mod tamper;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use self::document::{Document, LaunchSettings, Tokens, What};
use self::kind::RequestKind;
use crate::app::App;

#[derive(Debug, Default)]
pub(crate) struct Faults {
    document: Mutex<Document>,
}

/// What faults are told apart by.
#[derive(Debug)]
struct Asked<'a> {
    /// `None`: the journal itself.
    source: Option<&'a str>,
    kind: &'a RequestKind,
    method: &'a Method,
    /// Followed by the body of a posted form.
    address: &'a str,
}

/// What happens to one request.
#[derive(Debug, Default)]
struct Due {
    delay: Duration,
    what: Option<What>,
    retry_after: Option<u32>,
}

impl Faults {
    fn document(&self) -> MutexGuard<'_, Document> {
        self.document.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tokens(&self) -> Tokens {
        self.document().tokens.clone()
    }

    pub(crate) fn launch(&self) -> LaunchSettings {
        self.document().launch.clone()
    }

    fn are_set(&self) -> bool {
        !self.document().faults.is_empty()
    }

    /// Counts the faults that this request meets. All delays add up; of the others the first happens. A drop on
    /// a connection used before is not counted, nor is what follows it at once: browsers send the request again by
    /// themselves.
    fn due(&self, asked: &Asked<'_>, is_fresh: bool) -> Due {
        let mut due = Due::default();
        for fault in &mut self.document().faults {
            if fault.is_repeated(asked) {
                due.what = Some(What::Drop);
                continue;
            }
            let is_delay = fault.fault == What::Delay;
            if !fault.is_due(asked) || due.what.is_some() && !is_delay {
                continue;
            }
            if is_delay {
                due.delay += Duration::from_millis(fault.ms.unwrap_or_default());
            } else {
                due.what = Some(fault.fault);
                due.retry_after = fault.retry_after;
            }
            if is_fresh || !fault.fault.is_repeated_by_browsers() {
                fault.count(asked);
            }
        }
        due
    }
}

/// Without CORS: only the journal's own pages, and programs, may ask for faults.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/faults", get(show).put(set).delete(clear))
}

async fn show(State(app): State<Arc<App>>) -> Response {
    let document = app.faults.document().clone();
    ([(header::CACHE_CONTROL, "no-store")], Json(document)).into_response()
}

async fn set(State(app): State<Arc<App>>, body: Bytes) -> Response {
    match Document::parse(&body) {
        Ok(document) => {
            let (prepared, algorithm) = (Arc::clone(&app), document.tokens.algorithm);
            let _ = tokio::task::spawn_blocking(move || prepared.signer.prepare(algorithm)).await;
            *app.faults.document() = document;
            show(State(app)).await
        }
        Err(problem) => (StatusCode::BAD_REQUEST, problem).into_response(),
    }
}

async fn clear(State(app): State<Arc<App>>) -> Response {
    *app.faults.document() = Document::default();
    show(State(app)).await
}
