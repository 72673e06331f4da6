//! What a FHIRcast hub says on its socket. Draws no conclusion from it.

use crate::instant::instant_ms;
use lenient_json::Json;

/// A message of the hub.
#[derive(Debug, PartialEq)]
pub(super) enum Message {
    /// An event of our topic.
    Event {
        /// What the hub wants to hear: that it came.
        acknowledge: String,
        /// When it happened, in milliseconds since 1970, if it says so readably.
        moment_ms: Option<f64>,
        /// What it says, where that is for us.
        heard: Option<Heard>,
    },
    /// The subscription is refused or has been ended.
    Denied,
    /// Nothing for us: the confirmation of the subscription, another topic's event, no message at all.
    Other,
}

/// An event, with the patient's logical id where it names one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    PatientOpen(Option<String>),
    PatientClose(Option<String>),
    UserLogout,
}

pub(super) fn read(text: &str, topic: &str) -> Message {
    let Some(message) = Json::parse(text.as_bytes()) else {
        return Message::Other;
    };
    let said = |field: &str| message.get(field).as_str();
    if said("hub.mode") == Some("denied") {
        return Message::Denied;
    }
    let (Some(id), Some(event)) = (said("id"), message.field("event")) else {
        return Message::Other;
    };
    if event.get("hub.topic").as_str() != Some(topic) {
        return Message::Other;
    }
    Message::Event {
        acknowledge: Json::object([("id", id.into()), ("status", "200".into())]).to_string(),
        moment_ms: said("timestamp").and_then(instant_ms),
        heard: heard(event),
    }
}

fn heard(event: &Json) -> Option<Heard> {
    let name = event.get("hub.event").as_str()?;
    let is = |expected: &str| name.eq_ignore_ascii_case(expected);
    if is("Patient-open") {
        Some(Heard::PatientOpen(patient(event)))
    } else if is("Patient-close") {
        Some(Heard::PatientClose(patient(event)))
    } else if is("UserLogout") {
        Some(Heard::UserLogout)
    } else {
        None
    }
}

fn patient(event: &Json) -> Option<String> {
    let context = event.get("context").list()?;
    let is_patient = |entry: &&Json| entry.get("key").as_str() == Some("patient");
    let resource = context.iter().find(is_patient)?.get("resource");
    resource.get("id").as_str().map(str::to_owned)
}
