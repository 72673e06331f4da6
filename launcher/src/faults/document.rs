//! The document of `/faults`: what is to go wrong, on which requests and how often, and what the token endpoint
//! is to say. Checked when it is set; applies nothing itself.

use std::time::{Duration, Instant};

use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Asked;
use super::kind::RequestKind;
use crate::auth::id_token::Algorithm;
use crate::sources::SPECS;

/// Everything that can be set. What is left out is as in an ordinary journal.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) faults: Vec<Fault>,
    pub(crate) tokens: Tokens,
    pub(crate) launch: LaunchSettings,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) on: RequestKind,
    /// At this source instead of at the journal itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    /// Only where the request has this method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// Only where the address, or the body of a posted form, contains this.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub(crate) containing: Option<String>,
    pub(crate) fault: What,
    /// Milliseconds of a delay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ms: Option<u64>,
    /// Seconds, for `Retry-After` of 429 and 503.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<u32>,
    /// How often; without it until it is cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<u32>,
    /// How often it has happened.
    #[serde(default)]
    pub(crate) hits: u32,
    /// The last request that got no answer.
    #[serde(skip)]
    unanswered: Option<Unanswered>,
}

#[derive(Clone, Debug)]
struct Unanswered {
    method: Method,
    address: String,
    at: Instant,
}

/// The same request again so soon is the browser's own doing: a module waits longer before it repeats.
const REPEATED_BY_BROWSER: Duration = Duration::from_millis(150);

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum What {
    Delay,
    /// The connection ends without an answer.
    Drop,
    /// What was asked is done, and then the connection ends without an answer.
    LostAnswer,
    #[serde(rename = "401")]
    Unauthorized,
    #[serde(rename = "403")]
    Forbidden,
    #[serde(rename = "429")]
    TooManyRequests,
    #[serde(rename = "503")]
    Unavailable,
    /// A web page with status 200, as a proxy's log-in page is.
    Html,
    /// The first half of the answer.
    Truncated,
    /// The next page is at another server.
    ForeignNext,
    /// The first resource of the answer is of another patient.
    OtherPatient,
    WrongState,
    NoState,
    WrongIss,
    /// Nobody is known to be logged in, and an app that asks silently is told so.
    LoginRequired,
    /// The id_token is not signed, and says so.
    AlgNone,
    /// The id_token's signature is of something else.
    BadSignature,
    WrongNonce,
    ExpiredIdToken,
    /// The code has expired when it is redeemed.
    ExpiredCode,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Tokens {
    /// Life of an access token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<u32>,
    /// A refresh token works once and is replaced.
    pub(crate) rotate: bool,
    /// `online_access` and `offline_access` are granted.
    pub(crate) refresh: bool,
    /// Signs the id_token.
    pub(crate) algorithm: Algorithm,
}

impl Default for Tokens {
    fn default() -> Self {
        Self {
            seconds: None,
            rotate: true,
            refresh: true,
            algorithm: Algorithm::default(),
        }
    }
}

/// What the journal says of the launch beside the patient.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct LaunchSettings {
    /// The module must show the patient: the journal's own banner is then hidden.
    pub(crate) need_patient_banner: bool,
    /// Absolute, or below the journal's origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) smart_style_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locale: Option<String>,
    /// SMART Web Messaging is offered.
    pub(crate) messaging: bool,
    /// The FHIRcast hub is offered.
    pub(crate) fhircast: bool,
    /// `fhirUser` is `Practitioner/<id>` instead of a whole address.
    pub(crate) relative_fhir_user: bool,
    /// Members set in the token answer (`intent`, `encounter`, `fhirContext`...), or left out of it by null.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(crate) context: Map<String, Value>,
}

impl Document {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, String> {
        let document: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        for (place, fault) in document.faults.iter().enumerate() {
            fault
                .check()
                .map_err(|problem| format!("faults[{place}]: {problem}"))?;
        }
        Ok(document)
    }
}

impl Fault {
    fn check(&self) -> Result<(), &'static str> {
        if self
            .source
            .as_ref()
            .is_some_and(|id| SPECS.iter().all(|spec| spec.id != id))
        {
            return Err("there is no such source");
        }
        if !self.fault.fits(&self.on) && self.on != RequestKind::Any {
            return Err("this fault cannot happen on these requests");
        }
        match (self.fault, self.ms) {
            (What::Delay, None) => Err("a delay needs ms"),
            (What::Delay, Some(ms)) if ms > 600_000 => Err("ms is at most 600000"),
            (What::Delay, Some(_)) | (_, None) => Ok(()),
            (_, Some(_)) => Err("only a delay has ms"),
        }
    }

    /// Whether it happens on this request.
    pub(super) fn is_due(&self, asked: &Asked<'_>) -> bool {
        self.is_on(asked) && self.times.is_none_or(|times| self.hits < times)
    }

    fn is_on(&self, asked: &Asked<'_>) -> bool {
        let Asked {
            source,
            kind,
            method,
            address,
        } = *asked;
        self.source.as_deref() == source
            && (self.on == *kind || self.on == RequestKind::Any)
            && self.fault.fits(kind)
            && self.method.as_ref().is_none_or(|only| method == only.as_str())
            && self.containing.as_ref().is_none_or(|part| address.contains(part))
    }

    /// Whether a browser asks by itself what it has just been given no answer to. It does so where it takes the
    /// connection to have served before, which is not seen from here where it opened it in advance.
    pub(super) fn is_repeated(&self, asked: &Asked<'_>) -> bool {
        self.unanswered.as_ref().is_some_and(|last| {
            last.method == *asked.method
                && last.address == asked.address
                && last.at.elapsed() < REPEATED_BY_BROWSER
        })
    }

    /// It happens now.
    pub(super) fn count(&mut self, asked: &Asked<'_>) {
        self.hits += 1;
        if self.fault.is_repeated_by_browsers() {
            self.unanswered = Some(Unanswered {
                method: asked.method.clone(),
                address: asked.address.to_owned(),
                at: Instant::now(),
            });
        }
    }
}

impl What {
    /// A browser sends a request again by itself when a connection that has served before ends without an answer.
    pub(super) fn is_repeated_by_browsers(self) -> bool {
        matches!(self, Self::Drop | Self::LostAnswer)
    }

    fn fits(self, kind: &RequestKind) -> bool {
        match self {
            Self::Delay
            | Self::Drop
            | Self::LostAnswer
            | Self::Unauthorized
            | Self::Forbidden
            | Self::TooManyRequests
            | Self::Unavailable
            | Self::Html
            | Self::Truncated => true,
            Self::ForeignNext | Self::OtherPatient => matches!(kind, RequestKind::Resource(_)),
            Self::WrongState | Self::NoState | Self::WrongIss | Self::LoginRequired => {
                *kind == RequestKind::Authorize
            }
            Self::AlgNone
            | Self::BadSignature
            | Self::WrongNonce
            | Self::ExpiredIdToken
            | Self::ExpiredCode => *kind == RequestKind::Token,
        }
    }
}
