//! What the hub knows: of each signed-in user a topic with the patient shown and who listens. In memory only.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::auth::users::User;
use crate::fhir::dates::{instant_text, now};
use crate::random;

/// Known by the users' ids.
#[derive(Default)]
pub(crate) struct Hub(Mutex<HashMap<&'static str, Topic>>);

struct Topic {
    id: String,
    patient: Option<String>,
    listeners: HashMap<String, Listener>,
    log: Vec<Line>,
}

/// An app that subscribed; before it has connected, events have nowhere to go.
struct Listener {
    events: Vec<String>,
    sender: Option<UnboundedSender<String>>,
}

/// What was sent, and what the app answered to it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) event: String,
    pub(crate) id: String,
    pub(crate) status: Option<String>,
}

impl fmt::Debug for Hub {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hub")
    }
}

/// What a connection starts with: the message that confirms it, and the events to come.
pub(super) struct Connected {
    pub(super) confirmation: String,
    pub(super) events: UnboundedReceiver<String>,
}

impl Hub {
    fn topics(&self) -> MutexGuard<'_, HashMap<&'static str, Topic>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of a user's topic; it stays the same for as long as this program runs.
    pub(crate) fn topic(&self, user: &'static User) -> String {
        self.with(user, |topic| topic.id.clone())
    }

    fn with<T>(&self, user: &'static User, work: impl FnOnce(&mut Topic) -> T) -> T {
        let mut topics = self.topics();
        let topic = topics.entry(user.id).or_insert_with(|| Topic {
            id: random::opaque(),
            patient: None,
            listeners: HashMap::new(),
            log: Vec::new(),
        });
        work(topic)
    }

    /// The journal of this user now shows this patient, or none.
    pub(crate) fn show(&self, user: &'static User, patient: Option<&str>) {
        self.with(user, |topic| {
            if topic.patient.as_deref() == patient {
                return;
            }
            if let Some(before) = topic.patient.take() {
                topic.send("Patient-close", Some(&before));
            }
            if let Some(patient) = patient {
                topic.send("Patient-open", Some(patient));
                topic.patient = Some(patient.to_owned());
            }
        });
    }

    /// Any event at all, for who tries the module.
    pub(crate) fn send(&self, user: &'static User, event: &str, patient: Option<&str>) {
        self.with(user, |topic| topic.send(event, patient));
    }

    pub(crate) fn log(&self, user: &'static User) -> Vec<Line> {
        self.with(user, |topic| topic.log.clone())
    }

    /// The id of a new subscription.
    pub(super) fn subscribe(&self, user: &'static User, events: &str) -> String {
        let id = random::opaque();
        let listener = Listener {
            events: events.split(',').map(|event| event.trim().to_owned()).collect(),
            sender: None,
        };
        self.with(user, |topic| topic.listeners.insert(id.clone(), listener));
        id
    }

    pub(super) fn unsubscribe(&self, user: &'static User, id: &str) -> bool {
        self.with(user, |topic| {
            let was_there = topic.listeners.remove(id).is_some();
            topic.note("unsubscribe", was_there.then_some("202"));
            was_there
        })
    }

    pub(super) fn connect(&self, id: &str) -> Option<Connected> {
        let mut topics = self.topics();
        let topic = topics
            .values_mut()
            .find(|topic| topic.listeners.contains_key(id))?;
        topic.note("subscribe", Some("202"));
        let (sender, events) = unbounded_channel();
        let listener = topic.listeners.get_mut(id)?;
        listener.sender = Some(sender);
        let confirmation = json!({
            "hub.mode": "subscribe",
            "hub.topic": topic.id,
            "hub.events": listener.events.join(","),
            "hub.lease_seconds": 7200,
        });
        Some(Connected {
            confirmation: confirmation.to_string(),
            events,
        })
    }

    /// What an app answers to an event: `{"id", "status"}`.
    pub(super) fn acknowledged(&self, listener: &str, text: &str) {
        let answer: Value = serde_json::from_str(text).unwrap_or_default();
        let (Some(id), Some(status)) = (answer.get("id").and_then(Value::as_str), answer.get("status"))
        else {
            return;
        };
        let status = status.as_str().map_or_else(|| status.to_string(), str::to_owned);
        let mut topics = self.topics();
        let topic = topics
            .values_mut()
            .find(|topic| topic.listeners.contains_key(listener));
        let line = topic.and_then(|topic| topic.log.iter_mut().find(|line| line.id == id));
        if let Some(line) = line {
            line.status = Some(status);
        }
    }

    pub(super) fn disconnected(&self, id: &str) {
        for topic in self.topics().values_mut() {
            topic.listeners.remove(id);
        }
    }
}

impl Topic {
    fn send(&mut self, event: &str, patient: Option<&str>) {
        let id = random::uuid();
        let context: Vec<Value> = patient
            .map(|patient| json!({ "key": "patient", "resource": { "resourceType": "Patient", "id": patient } }))
            .into_iter()
            .collect();
        let text = json!({
            "timestamp": instant_text(now()),
            "id": id,
            "event": { "hub.topic": self.id, "hub.event": event, "context": context },
        })
        .to_string();
        let mut is_heard = false;
        self.listeners.retain(|_, listener| {
            let Some(sender) = &listener.sender else {
                return true;
            };
            let wanted = listener
                .events
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(event));
            is_heard |= wanted;
            !wanted || sender.send(text.clone()).is_ok()
        });
        if is_heard {
            self.log.push(Line {
                event: event.to_owned(),
                id,
                status: None,
            });
        }
    }

    fn note(&mut self, what: &str, status: Option<&str>) {
        self.log.push(Line {
            event: what.to_owned(),
            id: String::new(),
            status: status.map(str::to_owned),
        });
    }
}
