//! SMART App Launch 2.2 as a state machine without input or output: a state and an event give the next
//! state and the effect that the caller carries out. It holds no network, clock, randomness, storage or
//! wording: these are handed in (see [`Start`] and [`Event`]) or belong to the caller.
//!
//! ```text
//! Idle ─Started→ LoadingHosts ─hosts.json→ Discovering ─endpoints→ Authorizing ─callback→ Exchanging ─token→ Finished
//!                     │                        │   │                   └─ refused: Offering ─callback→ Exchanging
//!                     │                        │   └─ same frame: Leaving (the page returns as Started)
//!                     │                        └─ callback, endpoints not to be trusted ─────→ Exchanging
//!                     └─ callback of a launch that left by redirect ─────────────────────────→ Exchanging
//! ```
//! Every state can end in `Failed`, with an error that names the step and the host.
//!
//! A [`Source`] beside the issuer is entered with the launch's token, with one given for it, or by an authorization of
//! its own.
//!
//! Beside it, and built the same way: [`Identity`] (who is logged in), [`Hub`] (which patient the journal shows),
//! [`Messaging`] (what the journal can be asked for), and the rules of [`Tokens`] and [`Attempts`].

#![warn(missing_docs)]

mod address;
mod authorize;
mod context;
mod discovery;
mod entering;
mod error;
mod event;
mod hosts;
mod hub;
mod identity;
mod instant;
mod machine;
mod messaging;
mod query;
mod redacted;
mod retry;
mod scopes;
mod source;
mod token;
mod tokens;

pub use authorize::{PendingLaunch, RANDOM_BYTES};
pub use context::{FhirContextItem, HubOffer, LaunchContext, MessagingOffer};
pub use discovery::Endpoints;
pub use entering::{Asked, NotEntered, Post};
pub use error::{LaunchError, LaunchErrorKind, Step};
pub use event::{Carrier, Effect, Environment, Event, Request, Start};
pub use hosts::{
    DiscoveryRungs, Host, HostConfig, HostConfigError, PlanService, PlanServiceKind, Role, SearchConfig,
};
pub use hub::{Hub, HubEffect, HubEvent};
pub use identity::{Algorithm, Identity, IdentityEffect, IdentityEvent, IdentityProblem, User, Verification};
pub use machine::{Authorizing, Discovering, Launch};
pub use messaging::{JournalRequest, Messaging, MessagingEffect, MessagingEvent};
pub use redacted::Redacted;
pub use retry::{Attempts, Outcome, Then};
pub use scopes::{Access, GrantedScopes};
pub use source::{Entry, PatientSearch, Registration, Source, SourceGrant};
pub use tokens::{RenewalError, Tokens};
