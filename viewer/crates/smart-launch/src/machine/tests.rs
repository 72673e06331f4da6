//! The launch from outside: every way through it, every error, and every event in every state. Here are the
//! ways into each state; the checks are in the files below, by part of the protocol.

mod authorize;
mod callback;
mod discovery;
mod every_state;
mod start;
mod token;

use super::*;
use crate::authorize::PendingLaunch;
use crate::context::LaunchContext;
use crate::event::{Carrier, Environment};
use crate::redacted::Redacted;
use oauth2::url::Url;
use serde_json::json;
use std::collections::HashMap;

const ISS: &str = "https://ehr.example/fhir";
const VIEWER: &str = "https://viewer.example/";
const LAUNCHED: &str = "?iss=https%3A%2F%2Fehr.example%2Ffhir&launch=l-7";
const NOW_MS: f64 = 1_000.0;

const NESTED: Environment = Environment {
    framed: true,
    carrier: Carrier::None,
};
const TOP_LEVEL: Environment = Environment {
    framed: false,
    carrier: Carrier::SessionStorage,
};
const SANDBOXED: Environment = Environment {
    framed: true,
    carrier: Carrier::FrameName,
};

fn hosts() -> serde_json::Value {
    json!({ "hosts": [
        { "name": "Journal", "iss": ISS, "clientId": "viewer",
          "scopes": ["launch", "patient/Observation.rs"], "search": { "lastn": true } },
        { "name": "Static", "iss": "https://static.example/fhir", "clientId": "viewer", "scopes": ["launch"],
          "endpoints": { "authorize": "https://login.example/a?tenant=1", "token": "https://login.example/t" } },
        { "name": "Gateway", "iss": "https://gateway.example/fhir", "clientId": "viewer", "standalone": true,
          "scopes": ["launch", "openid", "patient/Observation.rs"], "headers": { "X-Key": "k-1" },
          "discovery": { "wellKnown": false }, "patientPath": "/context/patient/id", "history": false }
    ]})
}

fn well_known() -> serde_json::Value {
    json!({
        "authorization_endpoint": "https://ehr.example/auth/authorize",
        "token_endpoint": "https://ehr.example/auth/token"
    })
}

fn token() -> serde_json::Value {
    json!({ "access_token": "tok-1", "token_type": "Bearer", "expires_in": 60,
            "scope": "launch patient/Observation.r", "patient": "p1" })
}

fn started(query: &str, environment: Environment, pending: Option<PendingLaunch>) -> Event {
    Event::Started(Box::new(Start {
        query: Redacted(query.to_owned()),
        viewer_address: VIEWER.to_owned(),
        environment,
        pending,
        random: Some(Redacted(std::array::from_fn(|index| {
            u8::try_from(index).unwrap()
        }))),
    }))
}

fn answered(request: Request, body: &serde_json::Value) -> Event {
    raw(request, 200, &body.to_string())
}

fn raw(request: Request, status: u16, body: &str) -> Event {
    Event::Answered {
        request,
        status,
        body: Redacted(body.as_bytes().to_vec()),
        now_ms: NOW_MS,
    }
}

fn unreachable(request: Request) -> Event {
    Event::Unreachable {
        request,
        detail: "Failed to fetch".to_owned(),
    }
}

fn callback(query: &str) -> Event {
    Event::CallbackReceived(Redacted(query.to_owned()))
}

fn blocked() -> Event {
    Event::NavigationBlocked {
        detail: "blocked".to_owned(),
    }
}

/// Carries the launch through `events`; the last state and the last event's effect.
fn run(events: impl IntoIterator<Item = Event>) -> (Launch, Option<Effect>) {
    events
        .into_iter()
        .fold((Launch::default(), None), |(launch, _), event| launch.step(event))
}

fn failure(events: impl IntoIterator<Item = Event>) -> LaunchError {
    match run(events) {
        (Launch::Failed, Some(Effect::Failed(error))) => error,
        other => panic!("no failure: {other:?}"),
    }
}

fn context(events: impl IntoIterator<Item = Event>) -> LaunchContext {
    match run(events) {
        (Launch::Finished, Some(Effect::Finished(context))) => *context,
        other => panic!("no context: {other:?}"),
    }
}

/// Up to and with the answer of discovery, in a nested frame.
fn to_authorize() -> Vec<Event> {
    vec![
        started(LAUNCHED, NESTED, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]
}

/// The `state` that the fixed randomness gives.
fn state() -> String {
    authorize_parameters(run(to_authorize()).1)["state"].clone()
}

fn good_callback() -> Event {
    callback(&format!("?code=c-1&state={}", state()))
}

fn to_exchange() -> Vec<Event> {
    let mut events = to_authorize();
    events.push(good_callback());
    events
}

fn and(mut events: Vec<Event>, event: Event) -> Vec<Event> {
    events.push(event);
    events
}

fn authorize_address(effect: Option<Effect>) -> Url {
    match effect {
        Some(Effect::OpenFrame { address } | Effect::Redirect { address, .. }) => {
            Url::parse(&address.0).unwrap()
        }
        other => panic!("no authorization page: {other:?}"),
    }
}

fn authorize_parameters(effect: Option<Effect>) -> HashMap<String, String> {
    authorize_address(effect).query_pairs().into_owned().collect()
}

fn fetched(effect: Option<Effect>) -> String {
    match effect {
        Some(Effect::Get { address, .. }) => address,
        other => panic!("nothing fetched: {other:?}"),
    }
}

/// A launch that left by redirect, as its carrier gives it back, and its `state`.
fn carried(environment: Environment) -> (String, PendingLaunch) {
    let (_, effect) = run([
        started(LAUNCHED, environment, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ]);
    let Some(Effect::Redirect { address, pending }) = effect else {
        panic!("no redirect: {effect:?}");
    };
    let text = pending.carried();
    let state = authorize_parameters(Some(Effect::OpenFrame { address }))["state"].clone();
    let carried = PendingLaunch::from_carried(&text.0).unwrap();
    assert_eq!(format!("{carried:?}"), format!("{pending:?}"));
    (state, carried)
}

fn token_request(effect: Option<Effect>) -> HashMap<String, String> {
    match effect {
        Some(Effect::PostForm { address, form, .. }) => {
            assert_eq!(address, "https://ehr.example/auth/token");
            oauth2::url::form_urlencoded::parse(form.0.as_bytes())
                .into_owned()
                .collect()
        }
        other => panic!("no token request: {other:?}"),
    }
}
