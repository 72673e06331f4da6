//! The documents in a patient's journal: the list that the frame shows, and each opened as it was written. Also who has
//! looked, as apps have told. Writes nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::escape;
use super::record::{norwegian_date, resources};
use crate::app::App;
use crate::fhir::check_document::decoded;
use crate::fhir::index::{at_path, split_reference};

/// What a browser may show by itself.
const SHOWN: [&str; 3] = ["application/pdf", "text/plain; charset=utf-8", "image/png"];

#[derive(Debug, Deserialize)]
pub(super) struct OfPatient {
    patient: String,
}

/// The list as HTML, asked for again when its tab is opened.
pub(super) async fn list(State(app): State<Arc<App>>, Query(of): Query<OfPatient>) -> Response {
    let html = items(&app, &of.patient).await;
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

pub(super) async fn items(app: &App, patient: &str) -> String {
    let documents = resources(app, "DocumentReference", Some(patient)).await;
    let mut documents = documents.unwrap_or_default();
    documents.sort_by_key(|document| std::cmp::Reverse(text(document, "/date").to_owned()));
    if documents.is_empty() {
        return "<li class=\"hint\">Ingen dokumenter</li>".to_owned();
    }
    documents.iter().map(item).collect()
}

fn item(document: &Value) -> String {
    let id = text(document, "/id");
    let title = [
        "/description",
        "/content/0/attachment/title",
        "/type/text",
        "/type/coding/0/display",
    ];
    let title = title
        .iter()
        .map(|place| text(document, place))
        .find(|text| !text.is_empty());
    let day = text(document, "/date").get(..10).and_then(|day| day.parse().ok());
    let date = day.map_or_else(String::new, |day| format!("{}: ", norwegian_date(day)));
    let author = text(document, "/author/0/display");
    let kinds: Vec<&str> = at_path(document, "content.attachment.contentType")
        .into_iter()
        .filter_map(Value::as_str)
        .collect();
    format!(
        "<li>{date}<a href=\"/documents/{id}\" target=\"_blank\" rel=\"noopener\" data-document=\"{id}\" \
         data-status=\"{status}\">{title}</a> <span class=\"hint\">{kinds}{author}</span></li>",
        id = escape(id),
        status = escape(text(document, "/status")),
        title = escape(title.unwrap_or("Dokument uten tittel")),
        kinds = escape(&kinds.join(", ")),
        author = escape(&if author.is_empty() {
            String::new()
        } else {
            format!(" · {author}")
        }),
    )
}

/// The first content that a browser can show, else the first.
pub(super) async fn open(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    let documents = resources(&app, "DocumentReference", None)
        .await
        .unwrap_or_default();
    let document = documents.iter().find(|document| text(document, "/id") == id);
    let attachments = document
        .map(|document| at_path(document, "content.attachment"))
        .unwrap_or_default();
    let is_shown = |attachment: &&&Value| shown_as(attachment).is_some();
    let Some(attachment) = attachments.iter().find(is_shown).or(attachments.first()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Some(bytes) = content(&app, attachment).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = shown_as(attachment);
    let headers = [
        (header::CONTENT_TYPE, kind.unwrap_or("application/octet-stream")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            if kind.is_some() { "inline" } else { "attachment" },
        ),
    ];
    (headers, bytes).into_response()
}

/// The type under which a browser shows it, whatever its parameters.
fn shown_as(attachment: &Value) -> Option<&'static str> {
    let essence = |kind: &'_ str| {
        kind.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let said = essence(text(attachment, "/contentType"));
    SHOWN.into_iter().find(|kind| essence(kind) == said)
}

/// Inside the attachment, or in the Binary that it names.
async fn content(app: &App, attachment: &Value) -> Option<Vec<u8>> {
    if let Some(data) = attachment.get("data") {
        return decoded(data);
    }
    let (rtype, id) = split_reference(attachment.get("url")?.as_str()?)?;
    let binaries = resources(app, "Binary", None).await.ok()?;
    let binary = binaries
        .iter()
        .find(|binary| rtype == "Binary" && text(binary, "/id") == id)?;
    decoded(binary.get("data")?)
}

/// When and by whom a patient's data were looked at.
pub(super) async fn audit(State(app): State<Arc<App>>, Query(of): Query<OfPatient>) -> Response {
    let events = resources(&app, "AuditEvent", Some(&of.patient))
        .await
        .unwrap_or_default();
    let first = |event: &Value, places: &[&str]| {
        let mut texts = places.iter().map(|place| text(event, place));
        texts.find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    };
    let line = |event: &Value| {
        let who = ["/agent/0/name", "/agent/0/who/display", "/agent/0/who/reference"];
        json!({
            "recorded": text(event, "/recorded"),
            "who": first(event, &who),
            "action": text(event, "/action"),
            "what": first(event, &["/type/display", "/type/code"]),
        })
    };
    Json(events.iter().map(line).collect::<Value>()).into_response()
}

fn text<'v>(resource: &'v Value, pointer: &str) -> &'v str {
    resource
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
