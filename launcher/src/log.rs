//! What the journal and the sources have been asked, oldest first, so that a session can be counted afterwards. Holds
//! no bodies, tokens or codes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;

use crate::app::App;
use crate::faults::kind::RequestKind;
use crate::sources;

/// More requests than this push out the oldest.
const MOST: usize = 20_000;

#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<Entry>,
    /// How many have been taken out at the front.
    before: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Entry {
    method: String,
    /// Left out for the journal itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// A kind of request by the names of `/faults`: `Observation`, `token`, …
    kind: String,
    /// Path, and the query of FHIR requests.
    address: String,
    /// 0 until it is answered, and where the connection was dropped.
    status: u16,
}

impl RequestLog {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, entry: Entry) -> usize {
        let mut inner = self.inner();
        if inner.entries.len() == MOST {
            inner.entries.pop_front();
            inner.before += 1;
        }
        inner.entries.push_back(entry);
        inner.before + inner.entries.len() - 1
    }

    fn answered(&self, number: usize, status: StatusCode) {
        let mut inner = self.inner();
        let place = number.checked_sub(inner.before);
        if let Some(entry) = place.and_then(|place| inner.entries.get_mut(place)) {
            entry.status = status.as_u16();
        }
    }
}

/// Outermost layer of the endpoints: what faults do to a request is seen too.
pub(crate) async fn note(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let Some(kind) = RequestKind::of(uri.path()).filter(|_| request.method() != Method::OPTIONS) else {
        return next.run(request).await;
    };
    // The query of an authorization request has values that are nobody else's.
    let address = match kind {
        RequestKind::Resource(_) => uri.path_and_query().map_or(uri.path(), |whole| whole.as_str()),
        _ => uri.path(),
    };
    let entry = Entry {
        method: request.method().to_string(),
        source: sources::id_in(uri.path()).map(|(id, _)| id.to_owned()),
        address: address.to_owned(),
        kind: kind.into(),
        status: 0,
    };
    let number = app.log.add(entry);
    let response = next.run(request).await;
    app.log.answered(number, response.status());
    response
}

/// Without CORS: only the journal's own pages, and programs, may ask.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/requests", get(show).delete(clear))
}

async fn show(State(app): State<Arc<App>>) -> Response {
    let entries: Vec<Entry> = app.log.inner().entries.iter().cloned().collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &entries {
        let source = entry
            .source
            .as_ref()
            .map_or_else(String::new, |source| format!("{source}/"));
        let name = format!("{} {source}{}", entry.method, entry.kind);
        *counts.entry(name).or_default() += 1;
    }
    Json(json!({ "requests": entries, "counts": counts })).into_response()
}

async fn clear(State(app): State<Arc<App>>) -> Response {
    *app.log.inner() = Inner::default();
    show(State(app)).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use serde_json::{Value, json};

    use crate::testing::Site;

    #[tokio::test]
    async fn a_session_can_be_counted_by_kind_and_holds_nothing_secret() {
        let site = Site::with(&[json!({"resourceType": "Patient", "id": "p"})]);
        let client = site.client("lege-berg", "p", "patient/*.rs").await;
        client.get("Patient/p").await;
        client.get("Observation?patient=p").await;
        client.get("Observation?patient=other").await;
        let log = site.get("/requests").await;
        let shown: Value = log.json();
        assert_eq!(
            shown["counts"],
            json!({ "GET Observation": 2, "GET Patient": 1, "GET authorize": 1, "POST token": 1 })
        );
        assert_eq!(shown["requests"][4]["status"], 403);
        assert_eq!(shown["requests"][3]["address"], "/fhir/Observation?patient=p");
        assert!(!log.text.contains("launch="), "{}", log.text);
        let clear = Request::delete("/requests").body(Body::empty()).unwrap();
        assert_eq!(site.send(clear).await.json()["requests"], json!([]));
    }
}
