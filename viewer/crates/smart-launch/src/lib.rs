//! SMART App Launch 2.2 as a state machine without input or output: a state and an event give the next
//! state and the effect that the caller carries out. It holds no network, clock, randomness, storage or
//! wording: these are handed in (see [`Start`] and [`Event`]) or belong to the caller.
//!
//! ```text
//! Idle ─Started→ LoadingHosts ─hosts.json→ Discovering ─endpoints→ Authorizing ─callback→ Exchanging ─token→ Finished
//!                     │                                  └─ same frame: Leaving (the page returns as Started)
//!                     └─ callback of a launch that left by redirect ───────────────→ Exchanging
//! ```
//! Every state can end in `Failed`, with an error that names the step and the host.

#![warn(missing_docs)]

mod authorize;
mod context;
mod discovery;
mod error;
mod event;
mod hosts;
mod machine;
mod query;
mod redacted;
mod scopes;
mod token;

pub use authorize::{PendingLaunch, RANDOM_BYTES};
pub use context::{FhirContextItem, LaunchContext};
pub use discovery::Endpoints;
pub use error::{LaunchError, LaunchErrorKind, Step};
pub use event::{Effect, Environment, Event, Request, Start};
pub use hosts::{Host, HostConfig, HostConfigError, SearchConfig};
pub use machine::{Authorizing, Discovering, Launch};
pub use oauth2::AccessToken;
pub use redacted::Redacted;
pub use scopes::{Access, GrantedScopes};
