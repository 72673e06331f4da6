//! Why a launch failed: step, host, kind and a detail for support. The words for the doctor live in the
//! viewer's message catalogue.

use crate::address::Address;
use std::fmt;

/// The step of the launch that failed; its name is the viewer's `data-step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Reading the launch itself: the page's query, the configured hosts, the browser's abilities.
    Start,
    /// Finding the authorization server's endpoints.
    Discovery,
    /// Opening the authorization page.
    Authorize,
    /// What the authorization server sent back to the viewer.
    Callback,
    /// Exchanging the code for a token.
    Token,
    /// The launch context in the token answer: which patient.
    Context,
}

impl Step {
    /// The step's name in `data-step`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Start => "start",
            Step::Discovery => "discovery",
            Step::Authorize => "authorize",
            Step::Callback => "callback",
            Step::Token => "token",
            Step::Context => "context",
        }
    }
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LaunchErrorKind {
    /// Neither a launch nor a callback: opened directly, or reloaded.
    NotLaunched,
    /// A `launch` without `iss`.
    IssuerMissing,
    /// An `iss` without `launch`.
    LaunchMissing,
    /// The issuer is not among the configured hosts.
    IssuerNotAllowed,
    /// The list of hosts is not valid; the detail names the field.
    HostsInvalid,
    /// The browser gives no cryptographic randomness.
    NoRandomness,
    /// No answer: network, name, certificate, CORS or content security policy (the browser does not tell).
    Unreachable,
    /// No answer within the time allowed.
    TimedOut,
    /// An HTTP status that is not success.
    Status(u16),
    /// The answer is not a JSON object (HTML, cut off, empty).
    NotJson,
    /// A field that must be there is missing or empty.
    FieldMissing(&'static str),
    /// A field has a value that cannot be used.
    FieldInvalid(&'static str),
    /// The authorization page could be opened neither in this frame nor in a nested one.
    NavigationBlocked,
    /// The authorization page stays in the nested frame without calling back: it shows an error of its own (an
    /// unknown client, a wrong redirect address), asks for a log-in, or may not be framed.
    AuthorizationStayed,
    /// The authorization server said no; the detail has its `error` and `error_description`.
    AuthorizationRefused,
    /// A callback that no launch waits for: used before, reloaded, or started in another window.
    CallbackUnexpected,
    /// A second callback for the same launch.
    CallbackRepeated,
    /// The callback's `state` is missing or of another launch.
    StateMismatch,
    /// The callback's `iss` (RFC 9207) is missing where promised, or another server's.
    IssuerMismatch,
    /// The token endpoint said no; the detail has its `error` and `error_description`.
    TokenRefused,
    /// The token answer names no patient.
    PatientMissing,
}

/// A launch that ended without a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaunchError {
    /// Where in the launch.
    pub step: Step,
    /// Host name, with port where it has one, of the server concerned; the viewer's own for [`Step::Start`].
    pub host: String,
    /// What.
    pub kind: LaunchErrorKind,
    /// For support: plain text, from the server at most in part. Never holds a code, token or launch value.
    pub detail: String,
}

impl fmt::Display for LaunchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {:?}", self.step.as_str(), self.host, self.kind)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for LaunchError {}

/// What went wrong and its detail, before step and host are known.
pub(crate) type Fault = (LaunchErrorKind, String);

pub(crate) fn fault(kind: LaunchErrorKind, detail: impl Into<String>) -> Fault {
    (kind, detail.into())
}

/// With the step and the host that were missing.
pub(crate) fn error_at(step: Step, host: String, (kind, detail): Fault) -> LaunchError {
    LaunchError {
        step,
        host,
        kind,
        detail,
    }
}

pub(crate) fn success(status: u16) -> Result<(), Fault> {
    match status {
        200..=299 => Ok(()),
        _ => Err(fault(LaunchErrorKind::Status(status), "")),
    }
}

/// `host` or `host:port` of an address; the address itself, cut short, when it has none.
pub(crate) fn host_of(address: &str) -> String {
    Address::parse(address).map_or_else(|| clip(address), |address| address.host().to_owned())
}

/// A server's text cut to what fits in an error message, without control characters.
pub(crate) fn clip(text: &str) -> String {
    const LONGEST: usize = 300;
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}
