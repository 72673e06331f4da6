//! What happens to a launch and what it asks for. How one leads to the other is in `machine`.

use crate::authorize::{PendingLaunch, RANDOM_BYTES};
use crate::context::LaunchContext;
use crate::error::LaunchError;
use crate::redacted::Redacted;

/// What the page knows when it starts.
#[derive(Debug)]
pub struct Start {
    /// The query of the page's address, already taken off the address.
    pub query: Redacted<String>,
    /// The viewer's own address without query: the registered `redirect_uri`.
    pub viewer_address: String,
    /// What the frame allows.
    pub environment: Environment,
    /// The launch that left by redirect, if one was carried over. It has already been removed from there.
    pub pending: Option<PendingLaunch>,
    /// From the cryptographic generator, used once; `None` where the browser has none.
    pub random: Option<Redacted<[u8; RANDOM_BYTES]>>,
}

/// What the frame allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Environment {
    /// The page is inside another page.
    pub framed: bool,
    /// What can carry a pending launch over a redirect in the same frame.
    pub carrier: Carrier,
}

/// What can carry a pending launch over a redirect in the same frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Nothing: storage is blocked, as in a cross-site frame.
    None,
    /// `sessionStorage`, which no other origin can read or write.
    SessionStorage,
    /// The frame's name, in a sandboxed frame that has no origin of its own and so cannot open a nested one.
    /// Other pages in this frame, and whoever may embed the viewer, can read and write it: the endpoints in
    /// it are not trusted.
    FrameName,
}

/// Which request is meant; an answer to any but the latest is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// The viewer's own `hosts.json`.
    Hosts,
    /// The SMART configuration document.
    WellKnown,
    /// The CapabilityStatement.
    Capability,
    /// The token endpoint.
    Token,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The page has started.
    Started(Box<Start>),
    /// A request was answered, with whatever status.
    Answered {
        /// Which.
        request: Request,
        /// HTTP status.
        status: u16,
        /// Content as it came.
        body: Redacted<Vec<u8>>,
        /// The time, in milliseconds since 1970.
        now_ms: f64,
    },
    /// A request got no answer.
    Unreachable {
        /// Which.
        request: Request,
        /// The browser's words.
        detail: String,
    },
    /// The authorization server called back in the nested frame, with this query.
    CallbackReceived(Redacted<String>),
    /// The authorization page could not be opened.
    NavigationBlocked {
        /// Why.
        detail: String,
    },
    /// A page of the authorization server stays in the nested frame and does not call back (it shows an error
    /// or asks for something, or the browser refused to show it), or its window was closed before it did.
    AuthorizationStayed,
    /// What the launch waits for did not come in the time allowed.
    TimedOut,
}

/// What the caller must do.
#[derive(Debug)]
pub enum Effect {
    /// GET; JSON is wanted.
    Get {
        /// Comes back in the answer.
        request: Request,
        /// Absolute, or relative to the viewer for [`Request::Hosts`].
        address: String,
        /// The host's own headers.
        headers: Vec<(String, String)>,
    },
    /// POST of a form.
    PostForm {
        /// Comes back in the answer.
        request: Request,
        /// Absolute.
        address: String,
        /// Encoded form; holds the code and the verifier.
        form: Redacted<String>,
    },
    /// Give the pending launch to the [`Carrier`], then go to the authorization page in this frame.
    Redirect {
        /// Absolute.
        address: Redacted<String>,
        /// For [`Start::pending`] on return.
        pending: Box<PendingLaunch>,
    },
    /// Open the authorization page in a nested frame and wait for its callback.
    OpenFrame {
        /// Absolute.
        address: Redacted<String>,
    },
    /// The nested frame was no way: ask the user for a click, open the authorization page in a window of its
    /// own, and wait for its callback. Users may take their time.
    OfferWindow {
        /// Absolute.
        address: Redacted<String>,
    },
    /// The launch is done.
    Finished(Box<LaunchContext>),
    /// The launch is over.
    Failed(LaunchError),
}
