//! A FHIRcast hub: apps subscribe with their token and hear over a WebSocket which patient the journal shows.
//! No reading is ever sent.

mod topics;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

pub(crate) use self::topics::Hub;
use self::topics::Line;
use crate::app::App;
use crate::auth::users::user;
use crate::fhir::call::header_text;

/// What apps call.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/hub", post(subscribe))
        .route("/hub/ws/{id}", get(listen))
}

/// What the journal's own pages call: without CORS.
pub(crate) fn journal_router() -> Router<Arc<App>> {
    Router::new().route("/hub/users/{user}", get(log).post(send))
}

#[derive(Debug, Deserialize)]
struct Subscription {
    #[serde(rename = "hub.channel.type")]
    channel: Option<String>,
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.topic")]
    topic: String,
    #[serde(rename = "hub.events", default)]
    events: String,
    #[serde(rename = "hub.channel.endpoint")]
    endpoint: Option<String>,
}

async fn subscribe(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Form(asked): Form<Subscription>,
) -> Response {
    let refuse = |status: StatusCode, words: &'static str| (status, words).into_response();
    let bearer = header_text(&headers, header::AUTHORIZATION).and_then(|text| text.split_once(' '));
    let token = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some(user) = token.and_then(|(_, token)| app.sessions.user(token.trim())) else {
        return refuse(StatusCode::UNAUTHORIZED, "an access token is needed");
    };
    if asked.topic != app.hub.topic(user) {
        return refuse(StatusCode::FORBIDDEN, "the topic is not of this session");
    }
    let place = format!("{}/hub/ws/", app.urls.journal.replacen("http", "ws", 1));
    match asked.mode.as_str() {
        "subscribe" if asked.channel.as_deref() != Some("websocket") => {
            refuse(StatusCode::BAD_REQUEST, "hub.channel.type must be websocket")
        }
        "subscribe" if asked.events.trim().is_empty() => {
            refuse(StatusCode::BAD_REQUEST, "hub.events is missing")
        }
        "subscribe" => {
            let endpoint = format!("{place}{}", app.hub.subscribe(user, &asked.events));
            (
                StatusCode::ACCEPTED,
                Json(json!({ "hub.channel.endpoint": endpoint })),
            )
                .into_response()
        }
        "unsubscribe" => {
            let id = asked
                .endpoint
                .as_deref()
                .and_then(|endpoint| endpoint.strip_prefix(&place));
            if id.is_some_and(|id| app.hub.unsubscribe(user, id)) {
                StatusCode::ACCEPTED.into_response()
            } else {
                refuse(StatusCode::NOT_FOUND, "there is no such subscription")
            }
        }
        _ => refuse(
            StatusCode::BAD_REQUEST,
            "hub.mode must be subscribe or unsubscribe",
        ),
    }
}

async fn listen(State(app): State<Arc<App>>, Path(id): Path<String>, upgrade: WebSocketUpgrade) -> Response {
    match app.hub.connect(&id) {
        Some(connected) => upgrade.on_upgrade(move |socket| serve(app, id, connected, socket)),
        None => (StatusCode::NOT_FOUND, "there is no such subscription").into_response(),
    }
}

/// Until either side ends it: events out, acknowledgements in.
async fn serve(app: Arc<App>, id: String, mut connected: topics::Connected, mut socket: WebSocket) {
    if socket
        .send(Message::Text(connected.confirmation.into()))
        .await
        .is_ok()
    {
        loop {
            tokio::select! {
                event = connected.events.recv() => {
                    let Some(event) = event else { break };
                    if socket.send(Message::Text(event.into())).await.is_err() {
                        break;
                    }
                }
                received = socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => app.hub.acknowledged(&id, &text),
                    Some(Ok(Message::Close(_))) | Some(Err(_)) | None => break,
                    Some(Ok(_)) => {}
                },
            }
        }
    }
    app.hub.disconnected(&id);
}

#[derive(Debug, Deserialize)]
struct Happening {
    event: String,
    patient: Option<String>,
}

async fn send(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Json(happening): Json<Happening>,
) -> Result<Json<Vec<Line>>, StatusCode> {
    let user = user(&id).ok_or(StatusCode::NOT_FOUND)?;
    app.hub.send(user, &happening.event, happening.patient.as_deref());
    Ok(Json(app.hub.log(user)))
}

async fn log(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Json<Vec<Line>>, StatusCode> {
    let user = user(&id).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(app.hub.log(user)))
}
