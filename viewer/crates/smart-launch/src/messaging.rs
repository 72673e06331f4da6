//! SMART Web Messaging: what the viewer asks of the journal around it, and which answers it believes. Nothing is
//! offered to the user before the journal has answered the handshake. Posts and hears nothing itself.

use crate::context::MessagingOffer;
use lenient_json::Json;

/// What the journal is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalRequest {
    kind: &'static str,
    payload: Json,
}

impl JournalRequest {
    /// Close the viewer.
    pub fn done() -> Self {
        Self {
            kind: "ui.done",
            payload: Json::Object(Vec::new()),
        }
    }

    /// Open a part of the journal.
    pub fn launch_activity(activity_type: &str, parameters: Json) -> Self {
        Self {
            kind: "ui.launchActivity",
            payload: Json::object([
                ("activityType", activity_type.into()),
                ("activityParameters", parameters),
            ]),
        }
    }

    /// Put a resource before the user, to be saved or not.
    pub fn create_in_scratchpad(resource: Json) -> Self {
        Self {
            kind: "scratchpad.create",
            payload: Json::object([("resource", resource)]),
        }
    }
}

/// The conversation with the journal.
#[derive(Debug)]
pub struct Messaging {
    offer: MessagingOffer,
    /// Begins the ids of this conversation: unlike that of any other.
    id_prefix: String,
    sent: u32,
    phase: Phase,
    /// Requests without their last answer.
    open: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing sent.
    Silent,
    /// The handshake is sent.
    Greeting,
    /// The journal has answered it.
    Talking,
    /// It has not, in time.
    Over,
}

/// What happened.
#[derive(Debug)]
pub enum MessagingEvent {
    /// Begin.
    Started,
    /// A window sent a message.
    Received {
        /// Its origin, from the browser.
        origin: String,
        /// It is the window that the viewer talks to (its parent, or its opener where it is not framed).
        from_journal: bool,
        /// The message as JSON text.
        message: String,
    },
    /// The time for the handshake is over.
    TimedOut,
    /// The user wants something of the journal.
    Asked(JournalRequest),
}

/// What the caller must do.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagingEffect {
    /// Post to the journal's window.
    Post {
        /// The exact target origin.
        origin: String,
        /// JSON text.
        message: String,
    },
    /// The journal listens: what it can be asked for may be offered.
    Listening,
    /// An answer to a request.
    Answered {
        /// The request was carried out.
        done: bool,
        /// The journal's own words.
        detail: String,
    },
}

impl Messaging {
    /// `id_prefix` is made of randomness.
    pub fn new(offer: MessagingOffer, id_prefix: String) -> Self {
        Self {
            offer,
            id_prefix,
            sent: 0,
            phase: Phase::Silent,
            open: Vec::new(),
        }
    }

    /// What to do after an event. What the phase does not wait for, and what does not come from the journal's
    /// own window and origin, changes nothing.
    pub fn step(&mut self, event: MessagingEvent) -> Option<MessagingEffect> {
        match (self.phase, event) {
            (Phase::Silent, MessagingEvent::Started) => {
                self.phase = Phase::Greeting;
                Some(self.post("status.handshake", &Json::Object(Vec::new())))
            }
            (Phase::Talking, MessagingEvent::Asked(request)) => {
                Some(self.post(request.kind, &request.payload))
            }
            (Phase::Greeting, MessagingEvent::TimedOut) => {
                self.phase = Phase::Over;
                None
            }
            (
                Phase::Greeting | Phase::Talking,
                MessagingEvent::Received {
                    origin,
                    from_journal: true,
                    message,
                },
            ) if origin == self.offer.origin => self.hear(&Json::parse(message.as_bytes())?),
            _ => None,
        }
    }

    fn post(&mut self, kind: &str, payload: &Json) -> MessagingEffect {
        self.sent += 1;
        let id = format!("{}-{}", self.id_prefix, self.sent);
        let message = Json::object([
            ("messagingHandle", self.offer.handle.0.as_str().into()),
            ("messageId", id.as_str().into()),
            ("messageType", kind.into()),
            ("payload", payload.clone()),
        ]);
        self.open.push(id);
        MessagingEffect::Post {
            origin: self.offer.origin.clone(),
            message: message.to_string(),
        }
    }

    fn hear(&mut self, message: &Json) -> Option<MessagingEffect> {
        let answered = message.get("responseToMessageId").as_str()?;
        let index = self.open.iter().position(|id| id == answered)?;
        if message.get("additionalResponsesExpected").flag() != Some(true) {
            self.open.remove(index);
        }
        if self.phase == Phase::Greeting {
            self.phase = Phase::Talking;
            return Some(MessagingEffect::Listening);
        }
        let payload = message.get("payload");
        let text = |field: &str| payload.get(field).as_str().map(str::to_owned);
        let status = text("status").unwrap_or_default();
        Some(MessagingEffect::Answered {
            done: status == "success" || status.starts_with('2'),
            detail: text("statusDetail").unwrap_or(status),
        })
    }
}

#[cfg(test)]
mod tests;
