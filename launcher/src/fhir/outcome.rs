//! Every refusal of the FHIR server: a status and an OperationOutcome. Decides nothing.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(crate) const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";

#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// From the FHIR value set `issue-type`.
    code: &'static str,
    pub(crate) text: String,
    /// Methods for `Allow` (405 only).
    allow: Option<&'static str>,
    words: Words,
}

/// Where an OperationOutcome says what is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Words {
    #[default]
    Both,
    Details,
    Diagnostics,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            status,
            code,
            text: text.into(),
            allow: None,
            words: Words::default(),
        }
    }

    pub(crate) fn invalid(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", text)
    }

    pub(crate) fn unknown_parameter(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "not-supported", text)
    }

    pub(crate) fn no_token(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "login", text)
    }

    pub(crate) fn forbidden(text: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", text)
    }

    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", text)
    }

    pub(crate) fn gone(text: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "deleted", text)
    }

    pub(crate) fn processing(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "processing", text)
    }

    pub(crate) fn method(text: impl Into<String>, allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text)
        }
    }

    pub(crate) fn not_acceptable(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-supported", text)
    }

    pub(crate) fn conflict(text: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", text)
    }

    pub(crate) fn stale(text: impl Into<String>) -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "conflict", text)
    }

    pub(crate) fn too_large(text: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", text)
    }

    pub(crate) fn media_type(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    pub(crate) fn unprocessable(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invariant", text)
    }

    pub(crate) fn upstream(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "transient", text)
    }

    /// What the server behind refused: its status where it is about the request, and its own words.
    pub(crate) fn of_upstream(status: StatusCode, body: &str) -> Self {
        let outcome: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        let issue = outcome.get("issue").and_then(|issues| issues.get(0));
        let words = issue
            .and_then(|issue| {
                issue
                    .get("details")
                    .and_then(|d| d.get("text"))
                    .or(issue.get("diagnostics"))
            })
            .and_then(serde_json::Value::as_str)
            .map_or_else(|| format!("the server behind answered {status}"), str::to_owned);
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::upstream(words),
            _ if status.is_client_error() => Self::new(status, "processing", words),
            _ => Self::upstream(words),
        }
    }

    /// A refusal for no reason but that it was asked for.
    pub(crate) fn injected(status: StatusCode, text: impl Into<String>) -> Self {
        let code = match status {
            StatusCode::UNAUTHORIZED => "login",
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::TOO_MANY_REQUESTS => "throttled",
            _ => "transient",
        };
        Self::new(status, code, text)
    }

    pub(crate) fn internal(text: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", text)
    }

    /// The same refusal, its text led by where it happened.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.text = format!("{place}: {}", self.text);
        self
    }

    pub(crate) fn in_words(self, words: Words) -> Self {
        Self { words, ..self }
    }

    pub(crate) fn outcome(&self) -> serde_json::Value {
        let mut issue = json!({ "severity": "error", "code": self.code });
        if !matches!(self.words, Words::Diagnostics) {
            issue["details"] = json!({ "text": self.text });
        }
        if !matches!(self.words, Words::Details) {
            issue["diagnostics"] = json!(self.text);
        }
        json!({ "resourceType": "OperationOutcome", "issue": [issue] })
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(format!("the store failed: {error}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = self.outcome().to_string();
        let mut response = (self.status, [(header::CONTENT_TYPE, FHIR_JSON)], body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = r#"Bearer realm="fhir", error="invalid_token""#;
            headers.insert(
                header::WWW_AUTHENTICATE,
                header::HeaderValue::from_static(challenge),
            );
        }
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, header::HeaderValue::from_static(allow));
        }
        response
    }
}
