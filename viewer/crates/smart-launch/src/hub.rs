//! FHIRcast: which patient the journal shows, told by its hub. Context only: no reading is ever pushed. Connects
//! to nothing itself.

mod message;

use crate::address::Address;
use crate::context::HubOffer;
use crate::discovery::{json_object, text};
use crate::redacted::Redacted;
use message::Heard;
use oauth2::url::form_urlencoded;

/// How often a lost connection is made again, without having heard anything in between.
const TRIES: u32 = 3;
/// Wait before the first time, in milliseconds; twice as long each time after it.
const FIRST_WAIT_MS: f64 = 1_000.0;

const EVENTS: &str = "Patient-open,Patient-close,SyncError,UserLogout";

/// The subscription of one launch.
#[derive(Debug)]
pub struct Hub {
    offer: HubOffer,
    patient_id: String,
    phase: HubPhase,
    /// Connections lost since something was heard.
    lost: u32,
    /// Moment of the newest event, in milliseconds since 1970.
    newest_ms: Option<f64>,
    /// The journal shows another patient than ours.
    is_away: bool,
}

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HubPhase {
    /// Nothing has happened.
    Idle,
    /// Waits for the hub's answer to the subscription.
    Subscribing,
    /// Listens to the socket.
    Listening,
    /// Waits before it subscribes again.
    Waiting,
    /// The hub wants nothing of us, or the launch is over.
    Over,
}

/// What happened.
#[derive(Debug)]
pub enum HubEvent {
    /// Begin.
    Started,
    /// The subscription was answered, with whatever status.
    SubscriptionAnswered {
        /// HTTP status.
        status: u16,
        /// Content as it came.
        body: Vec<u8>,
    },
    /// The subscription was not answered.
    SubscriptionUnreachable,
    /// The socket brought a message.
    Message(String),
    /// The socket was closed, or could not be opened.
    Closed,
    /// The wait is over.
    Waited,
    /// The view of our patient is blank, and nothing is kept that would be wanted once the patient is back.
    NothingKept,
    /// The user leaves the page.
    Leaving,
}

/// What the caller must do.
#[derive(Debug, Clone, PartialEq)]
pub enum HubEffect {
    /// POST the form with the launch's token; the answer to a subscription comes back as an event, that to the
    /// end of one does not.
    Post {
        /// Absolute.
        address: String,
        /// Encoded form.
        form: Redacted<String>,
    },
    /// Open a socket.
    Connect {
        /// `wss:` address; whoever knows it can listen.
        address: Redacted<String>,
    },
    /// Answer on the socket.
    Send(String),
    /// Wait so many milliseconds.
    Wait(f64),
    /// The journal has turned to another patient, or closed ours: blank the view at once. What is kept for when
    /// ours is back is the caller's to know: without [`HubEvent::NothingKept`] the hub listens on.
    OtherPatient,
    /// The journal shows our patient again.
    OurPatient,
    /// The user has logged out: drop the tokens.
    LoggedOut,
    /// Close the socket, normally (1000).
    Close,
}

impl Hub {
    /// The subscription of a launch for this patient.
    pub fn new(offer: HubOffer, patient_id: String) -> Self {
        Self {
            offer,
            patient_id,
            phase: HubPhase::Idle,
            lost: 0,
            newest_ms: None,
            is_away: false,
        }
    }

    /// What to do after an event, in order. An event that the phase does not wait for changes nothing.
    pub fn step(&mut self, event: HubEvent) -> Vec<HubEffect> {
        match (self.phase, event) {
            (HubPhase::Idle, HubEvent::Started) | (HubPhase::Waiting, HubEvent::Waited) => {
                self.phase = HubPhase::Subscribing;
                vec![self.post("subscribe")]
            }
            (HubPhase::Subscribing, HubEvent::SubscriptionAnswered { status, body }) => {
                match endpoint(&self.offer.url, &body).filter(|_| (200..=299).contains(&status)) {
                    Some(address) => {
                        self.phase = HubPhase::Listening;
                        vec![HubEffect::Connect { address }]
                    }
                    None => self.over(Vec::new()),
                }
            }
            (HubPhase::Subscribing, HubEvent::SubscriptionUnreachable)
            | (HubPhase::Listening, HubEvent::Closed) => self.try_again(),
            (HubPhase::Listening, HubEvent::Message(text)) => self.hear(&text),
            (HubPhase::Listening, HubEvent::Leaving | HubEvent::NothingKept) => {
                let unsubscribe = self.post("unsubscribe");
                self.over(vec![unsubscribe, HubEffect::Close])
            }
            (HubPhase::Subscribing | HubPhase::Waiting, HubEvent::Leaving) => self.over(Vec::new()),
            _ => Vec::new(),
        }
    }

    fn over(&mut self, effects: Vec<HubEffect>) -> Vec<HubEffect> {
        self.phase = HubPhase::Over;
        effects
    }

    fn try_again(&mut self) -> Vec<HubEffect> {
        if self.lost == TRIES {
            return self.over(Vec::new());
        }
        let wait = FIRST_WAIT_MS * f64::from(1_u32 << self.lost);
        self.lost += 1;
        self.phase = HubPhase::Waiting;
        vec![HubEffect::Wait(wait)]
    }

    fn post(&self, mode: &str) -> HubEffect {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("hub.channel.type", "websocket")
            .append_pair("hub.mode", mode)
            .append_pair("hub.topic", &self.offer.topic.0)
            .append_pair("hub.events", EVENTS)
            .finish();
        HubEffect::Post {
            address: self.offer.url.clone(),
            form: Redacted(form),
        }
    }

    fn hear(&mut self, text: &str) -> Vec<HubEffect> {
        let (acknowledge, heard) = match message::read(text, &self.offer.topic.0) {
            message::Message::Event {
                acknowledge,
                moment_ms,
                heard,
            } => {
                self.lost = 0;
                let is_older =
                    matches!((moment_ms, self.newest_ms), (Some(this), Some(newest)) if this < newest);
                if !is_older {
                    self.newest_ms = moment_ms.or(self.newest_ms);
                }
                (HubEffect::Send(acknowledge), heard.filter(|_| !is_older))
            }
            message::Message::Denied => return self.over(vec![HubEffect::Close]),
            message::Message::Other => return Vec::new(),
        };
        let is_ours = |patient: &Option<String>| patient.as_ref() == Some(&self.patient_id);
        let is_away = self.is_away;
        match heard {
            Some(Heard::PatientOpen(patient)) if is_away && is_ours(&patient) => {
                self.is_away = false;
                vec![HubEffect::OurPatient, acknowledge]
            }
            // What names no patient may be anybody: only one known to be ours changes nothing.
            Some(Heard::PatientOpen(patient)) if !is_away && !is_ours(&patient) => self.away(acknowledge),
            // And only one known to be another's does not close ours.
            Some(Heard::PatientClose(patient)) if !is_away && (patient.is_none() || is_ours(&patient)) => {
                self.away(acknowledge)
            }
            Some(Heard::UserLogout) => {
                let unsubscribe = self.post("unsubscribe");
                self.over(vec![
                    HubEffect::LoggedOut,
                    acknowledge,
                    unsubscribe,
                    HubEffect::Close,
                ])
            }
            _ => vec![acknowledge],
        }
    }

    fn away(&mut self, acknowledge: HubEffect) -> Vec<HubEffect> {
        self.is_away = true;
        vec![HubEffect::OtherPatient, acknowledge]
    }
}

/// The socket's address in the hub's answer: `wss:`, or `ws:` where the hub itself is not `https`.
fn endpoint(hub: &str, body: &[u8]) -> Option<Redacted<String>> {
    let answer = json_object(body).ok()?;
    let socket = Address::parse(text(&answer, "hub.channel.endpoint")?)?;
    let fits = socket.scheme() == "wss" || (socket.scheme() == "ws" && hub.starts_with("http:"));
    fits.then(|| Redacted(socket.into()))
}

#[cfg(test)]
mod tests;
