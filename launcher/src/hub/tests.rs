//! The hub as an app meets it, over a real socket.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::auth::users::user;
use crate::testing::{Reply, Site};

const EVENTS: &str = "Patient-open,patient-close,UserLogout";

async fn token(site: &Site) -> (String, String) {
    let body = Body::from(r#"{"launch":{"fhircast":true}}"#);
    site.send(Request::put("/faults").body(body).unwrap()).await;
    let token = site.token_for("lege-berg", "p", "launch patient/*.rs").await;
    assert_eq!(token["hub.url"], "http://127.0.0.1:8480/hub");
    let text = |name: &str| token[name].as_str().unwrap().to_owned();
    (text("access_token"), text("hub.topic"))
}

async fn ask(site: &Site, token: &str, pairs: &[(&str, &str)]) -> Reply {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let request = Request::post("/hub")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    site.send(request.body(Body::from(body)).unwrap()).await
}

fn subscription<'a>(mode: &'a str, topic: &'a str, events: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("hub.channel.type", "websocket"),
        ("hub.mode", mode),
        ("hub.topic", topic),
        ("hub.events", events),
    ]
}

#[tokio::test]
async fn only_the_session_of_the_topic_may_subscribe() {
    let site = Site::with(&[]);
    let (token, topic) = token(&site).await;
    for (access, mode, topic, events, status) in [
        (token.as_str(), "subscribe", topic.as_str(), EVENTS, 202),
        ("made-up", "subscribe", &topic, EVENTS, 401),
        (&token, "subscribe", "another", EVENTS, 403),
        (&token, "subscribe", &topic, "", 400),
        (&token, "listen", &topic, EVENTS, 400),
        (&token, "unsubscribe", &topic, EVENTS, 404),
    ] {
        let reply = ask(&site, access, &subscription(mode, topic, events)).await;
        assert_eq!(reply.status.as_u16(), status, "{mode} {events}: {}", reply.text);
    }
    assert_eq!(site.get("/hub/ws/made-up").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_journals_patients_are_told_and_answers_are_logged() {
    let patient = |id: &str| json!({"resourceType": "Patient", "id": id});
    let site = Site::with(&[patient("p"), patient("q")]);
    site.get("/hospital?patient=p").await;
    let (token, topic) = token(&site).await;
    let reply = ask(&site, &token, &subscription("subscribe", &topic, EVENTS)).await;
    let endpoint = reply.json()["hub.channel.endpoint"].as_str().unwrap().to_owned();

    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let here = listener.local_addr().unwrap().to_string();
    let service = crate::site::router(Arc::clone(&site.app));
    tokio::spawn(async move { axum::serve(listener, service).await });
    let (mut socket, _) = tokio_tungstenite::connect_async(endpoint.replace("127.0.0.1:8480", &here))
        .await
        .unwrap();
    let mut next = async || -> Value {
        let message = socket.next().await.unwrap().unwrap();
        let value: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
        if value["event"]["hub.event"] == "Patient-close" {
            let answer = json!({"id": value["id"], "status": "200"}).to_string();
            socket.send(Message::Text(answer.into())).await.unwrap();
        }
        value
    };
    let confirmed = next().await;
    assert_eq!(
        (&confirmed["hub.mode"], &confirmed["hub.topic"]),
        (&json!("subscribe"), &json!(topic))
    );
    site.get("/hospital?patient=q").await;
    site.app.hub.send(user("lege-berg").unwrap(), "SyncError", None);
    site.app.hub.send(user("lege-berg").unwrap(), "USERLOGOUT", None);
    for (event, patient) in [
        ("Patient-close", json!("p")),
        ("Patient-open", json!("q")),
        ("USERLOGOUT", Value::Null),
    ] {
        let told = next().await;
        assert_eq!(told["event"]["hub.event"], event);
        let id = told
            .pointer("/event/context/0/resource/id")
            .cloned()
            .unwrap_or_default();
        assert_eq!(id, patient, "{event}");
    }
    let is_answered = || {
        let log = site.app.hub.log(user("lege-berg").unwrap());
        log.iter()
            .any(|line| line.event == "Patient-close" && line.status.as_deref() == Some("200"))
    };
    for _ in 0..100 {
        if is_answered() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(is_answered());

    let mut pairs = subscription("unsubscribe", &topic, EVENTS).to_vec();
    pairs.push(("hub.channel.endpoint", &endpoint));
    assert_eq!(ask(&site, &token, &pairs).await.status, StatusCode::ACCEPTED);
    assert!(!matches!(socket.next().await, Some(Ok(Message::Text(_)))));
}
